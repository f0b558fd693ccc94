"""Calendar periods and how they are written: 2021, 2021-H1, 2021-Q3, 2021-05."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from tthc_cli.tuples import NamedTuple
from tthc_cli.workdays import ONE_DAY

Every = Literal["month", "quarter", "half_year", "year"]
MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_WRITTEN = r"(\d{4})(?:-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2])))?"


class Period(NamedTuple):
    """`number` counts within the year from 1: the third quarter is (2021, "quarter", 3); a year is number 1."""

    year: int
    every: Every
    number: int = 1

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read `2021`, `2021-H1`, `2021-Q3` or `2021-05`; ValueError for anything else."""
        match = re.fullmatch(_WRITTEN, text)
        if not match:
            raise ValueError(text)
        year, quarter, half, month = match.groups()
        if quarter:
            return cls(int(year), "quarter", int(quarter))
        if half:
            return cls(int(year), "half_year", int(half))
        return cls(int(year), "month", int(month)) if month else cls(int(year), "year")

    @classmethod
    def of_year(cls, year: int, every: Every) -> Iterator[Period]:
        """Every period of this length in a year, in order."""
        return (cls(year, every, number) for number in range(1, 12 // MONTHS[every] + 1))

    @property
    def first(self) -> date:
        return date(self.year, (self.number - 1) * MONTHS[self.every] + 1, 1)

    @property
    def last(self) -> date:
        return self.day_of_last_month(31)

    def day_of_last_month(self, day: int) -> date:
        """That day of the period's last month; a month too short gives its last day (BLDS 2015, Điều 148.3)."""
        return self.day_of_month(MONTHS[self.every], day)

    def day_of_month(self, month: int, day: int) -> date:
        """The same for a month counted from the period's first; a number beyond its last is a month after it."""
        years, number = divmod((self.number - 1) * MONTHS[self.every] + month - 1, 12)
        return clamped(self.year + years, number + 1, day)

    def window(self, from_day: int, to_day: int) -> tuple[date, date]:
        """Days whose data a periodic report covers, both counted (NĐ 09/2019/NĐ-CP, Điều 12).

        From `from_day` of the month before the period to `to_day` of its last month.
        """
        before = self.first - ONE_DAY
        return clamped(before.year, before.month, from_day), self.day_of_last_month(to_day)

    def __str__(self) -> str:
        marks = {"quarter": f"-Q{self.number}", "half_year": f"-H{self.number}", "month": f"-{self.number:02}"}
        return f"{self.year}{marks.get(self.every, '')}"


def clamped(year: int, month: int, day: int) -> date:
    """A day of a month, or the month's last day where it has no such day."""
    last = 31 if month == 12 else (date(year, month + 1, 1) - ONE_DAY).day
    return date(year, month, min(day, last))


def months_after(day: date, months: int) -> date:
    """The corresponding day so many months later (negative: earlier), or that month's last (BLDS 2015, Điều 148.3)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return clamped(year, month + 1, day.day)
