"""The working calendar as people write it: one entry a year, from the official notices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tthc_cli.workdays import YearDays
from tthc_cli.written import Flaw, Written, fresh


class CalendarYear(Written):
    """A year whose days off have been announced.

    notices: numbers of the papers that announced them; off: weekdays off; worked: Saturdays or Sundays worked instead.
    """

    notices: tuple[str, ...] = ()
    off: dict[date, str]
    worked: dict[date, str] = fresh(factory=dict)


class CalendarFile(Written):
    """The verified years. A day outside its year, or one that would change nothing, is a flaw."""

    title: str
    notes: tuple[str, ...] = ()
    years: dict[int, CalendarYear]

    def flaws(self) -> Iterator[Flaw]:
        """Days that cannot be, in the order of the file."""
        for year, days in self.years.items():
            for listed, on_weekend in (("off", False), ("worked", True)):
                for day in getattr(days, listed):
                    at = ("years", str(year), listed, day.isoformat())
                    if day.year != year:
                        yield Flaw(at, "wrong_year", {"day": day.isoformat(), "year": year})
                    elif (day.weekday() >= 5) != on_weekend:
                        yield Flaw(at, "wrong_weekday", {"day": day.isoformat(), "listed": listed})

    def year_days(self) -> dict[int, YearDays]:
        """The years as `Calendar` takes them."""
        return {year: YearDays(year, days.off, days.worked, days.notices) for year, days in self.years.items()}
