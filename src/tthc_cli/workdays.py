"""The working calendar of the Vietnamese administration: days off, worked Saturdays, and counting between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from tthc_cli.tuples import NamedTuple

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
        self._work: dict[int, Sequence[date]] = {}
        # For each day the working days of its year, and among them the places of the last one up to this day and of the
        # first one from it on; -1, or as many as there are, where that lies in another year.
        self._around: dict[date, tuple[Sequence[date], int, int]] = {}

    def year(self, year: int) -> YearDays:
        """The departures of one year."""
        if year not in self._years:
            self._years[year] = self._given.get(year) or self._forecast(year)
        return self._years[year]

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
        try:
            days, last, first = self._around[day]
            index = (last if count > 0 else first) + count
            if index >= 0:
                return days[index]
        except LookupError:  # its year is not counted yet, or the day sought lies in a later one
            pass
        return self._across(day, count)

    def _across(self, day: date, count: int) -> date:
        """What `add` says, whatever years lie between."""
        year, days = day.year, self._worked(day.year)
        _, last, first = self._around[day]
        index = (last if count > 0 else first) + count
        while index < 0:
            year -= 1
            days = self._worked(year)
            index += len(days)
        while index >= len(days):
            index -= len(days)
            year += 1
            days = self._worked(year)
        return days[index]

    def count(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative where `end` comes first."""
        if end < start:
            return -self.count(end, start)
        between = sum(len(self._worked(year)) for year in range(start.year, end.year))
        return self._upto(end) - self._upto(start) + between

    def _upto(self, day: date) -> int:
        """How many working days its year has up to and with this day."""
        self._worked(day.year)
        return self._around[day][1] + 1

    def _worked(self, year: int) -> Sequence[date]:
        """The working days of a year; enters what is around each of its days."""
        if year not in self._work:
            days: list[date] = []
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            for day in map(date.fromordinal, range(first, last + 1)):
                if works := self.is_workday(day):
                    days.append(day)
                self._around[day] = (days, len(days) - 1, len(days) - works)
            self._work[year] = days
        return self._work[year]
