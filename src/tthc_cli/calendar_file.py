"""The working calendar as people write it: one entry a year, from the official notices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from tthc_cli.workdays import YearDays


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CalendarYear(_Written):
    """A year whose days off have been announced.

    notices: numbers of the papers that announced them; off: weekdays off; worked: Saturdays or Sundays worked instead.
    """

    notices: tuple[str, ...] = ()
    off: dict[date, str]
    worked: dict[date, str] = Field(default_factory=dict)


class CalendarFile(_Written):
    """The verified years. A day outside its year, or one that would change nothing, is an error."""

    title: str
    notes: tuple[str, ...] = ()
    years: dict[int, CalendarYear]

    @model_validator(mode="after")
    def _sound(self) -> CalendarFile:
        if flaws := [*self._flaws()]:
            raise ValidationError.from_exception_data("CalendarFile", flaws)
        return self

    def _flaws(self) -> Iterator[InitErrorDetails]:
        for year, days in self.years.items():
            for listed, on_weekend, should in (("off", False, "a weekday"), ("worked", True, "a Saturday or Sunday")):
                for day in getattr(days, listed):
                    at = ("years", str(year), listed, day.isoformat())
                    if day.year != year:
                        yield _flaw("wrong_year", at, "{day} lies outside {year}", day, year=year)
                    elif (day.weekday() >= 5) != on_weekend:
                        yield _flaw("wrong_weekday", at, "{day} is not {should}", day, should=should)

    def year_days(self) -> dict[int, YearDays]:
        """The years as `Calendar` takes them."""
        return {year: YearDays(year, days.off, days.worked, days.notices) for year, days in self.years.items()}


def _flaw(code: str, loc: tuple[str, ...], text: str, day: date, **facts: object) -> InitErrorDetails:
    error = PydanticCustomError(code, text, {"day": day.isoformat(), **facts})
    return InitErrorDetails(type=error, loc=loc, input=day)
