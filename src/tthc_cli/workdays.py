"""The working calendar of the Vietnamese administration: days off, worked Saturdays, and counting between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

ONE_DAY = timedelta(days=1)


class YearDays(NamedTuple):
    """One year's departures from the Monday-to-Friday week, each with its reason.

    off: weekdays off; worked: Saturdays or Sundays worked in exchange; notices: the official papers that ordered them.
    verified: the days come from those papers; otherwise they are a forecast.
    """

    year: int
    off: Mapping[date, str]
    worked: Mapping[date, str]
    notices: tuple[str, ...] = ()
    verified: bool = True


class Calendar:
    """Working days over any years; a year without a notice is asked of `forecast` once and remembered as unverified."""

    def __init__(self, years: Mapping[int, YearDays], forecast: Callable[[int], YearDays]) -> None:
        self._given = dict(years)
        self._forecast = forecast
        self._years: dict[int, YearDays] = {}
        self._work: dict[int, _Counted] = {}

    def year(self, year: int) -> YearDays:
        """The departures of one year."""
        if year not in self._years:
            self._years[year] = self._given.get(year) or self._forecast(year)
        return self._years[year]

    @property
    def verified_years(self) -> tuple[int, ...]:
        """Years whose days come from official notices."""
        return tuple(sorted(self._given))

    @property
    def unverified_years(self) -> tuple[int, ...]:
        """Years that were asked about and rest on a forecast."""
        return tuple(sorted(year for year, days in self._years.items() if not days.verified))

    def notices(self) -> dict[int, tuple[str, ...]]:
        """The official papers behind every year that was asked about; none for a forecast."""
        return {year: days.notices for year, days in sorted(self._years.items())}

    def days(self) -> list[tuple[str, str, str]]:
        """Every departure of the verified years and of the forecast years in use: ISO date, kind, reason."""
        years = {**self._given, **self._years}
        return sorted(
            (day.isoformat(), kind, reason)
            for days in years.values()
            for kind, listed in (("off", days.off), ("worked", days.worked))
            for day, reason in listed.items()
        )

    def is_workday(self, day: date) -> bool:
        """Monday to Friday less the days off, and the worked Saturdays (the yearly notices)."""
        days = self.year(day.year)
        return day in days.worked if day.weekday() >= 5 else day not in days.off

    def reason(self, day: date) -> str | None:
        """Why a day departs from the plain week; None where it does not."""
        days = self.year(day.year)
        return days.off.get(day) or days.worked.get(day)

    def roll(self, day: date) -> date:
        """The day itself if worked, else the next working day (BLDS 2015, Điều 148.5)."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def back(self, day: date) -> date:
        """The last working day that is not after this day."""
        while not self.is_workday(day):
            day -= ONE_DAY
        return day

    def add(self, day: date, count: int) -> date:
        """The count-th working day after a day that is itself not counted; negative: before it; 0: `roll`."""
        if count == 0:
            return self.roll(day)
        year = day.year
        known = self._work.get(year) or self._counted(year)
        at = day.toordinal() - known.first
        index = known.upto[at] - 1 + count if count > 0 else known.before[at] + count
        while index < 0:
            year -= 1
            known = self._counted(year)
            index += len(known.days)
        while index >= len(known.days):
            index -= len(known.days)
            year += 1
            known = self._counted(year)
        return known.days[index]

    def count(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative where `end` comes first."""
        if end < start:
            return -self.count(end, start)
        between = sum(len(self._counted(year).days) for year in range(start.year, end.year))
        return self._upto(end) - self._upto(start) + between

    def _upto(self, day: date) -> int:
        known = self._counted(day.year)
        return known.upto[day.toordinal() - known.first]

    def _counted(self, year: int) -> _Counted:
        if year not in self._work:
            first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
            every = map(date.fromordinal, range(first, after))
            worked = [(day, self.is_workday(day)) for day in every]
            upto = tuple(accumulate(works for _, works in worked))
            before = tuple(rank - works for rank, (_, works) in zip(upto, worked, strict=True))
            self._work[year] = _Counted(first, upto, before, tuple(day for day, works in worked if works))
        return self._work[year]


class _Counted(NamedTuple):
    """The working days of a year, and for each of its days from the first on, how many come up to it, and before it."""

    first: int
    upto: tuple[int, ...]
    before: tuple[int, ...]
    days: tuple[date, ...]
