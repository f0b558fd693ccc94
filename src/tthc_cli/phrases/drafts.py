"""Rules in the making: what the words have said so far, until the whole phrase is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal

from tthc_cli import rules
from tthc_cli.periods import MONTHS, Every
from tthc_cli.phrases.cursor import Place
from tthc_cli.phrases.points import Day, MonthDay, Named, Unfit
from tthc_cli.rules import AnyRule

_REPORTS: dict[int, Every] = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}
_NINE = 9
_KINDS: dict[str, Any] = {
    "by_date": rules.ByDate,
    "before_date": rules.BeforeDate,
    "period": rules.InPeriod,
    "recurring": rules.Recurring,
    "after_event": rules.AfterEvent,
    "before_event": rules.BeforeEvent,
    "on_event": rules.OnEvent,
    "on_request": rules.OnRequest,
    "external": rules.External,
    "continuous": rules.Continuous,
}
Edge = Literal["", "before", "end"]


@dataclass(eq=False)
class Draft:
    """A rule in the making. dated: it names its own day and can carry a condition or be soft."""

    place: Place
    dated = False

    def rule(self, year: int) -> AnyRule:
        """The rule in a plan of this year; Unfit where it cannot be."""
        raise NotImplementedError


@dataclass(eq=False)
class Dated(Draft):
    """A draft with a day of its own. condition: words that name the event without which nothing is due.

    latest: the words say that it is the last day of all, "chậm nhất".
    """

    condition: str | None = field(default=None, kw_only=True)
    soft: bool = field(default=False, kw_only=True)
    latest: bool = field(default=False, kw_only=True)
    dated = True

    @property
    def terms(self) -> dict[str, Any]:
        """What binds the day."""
        return {"condition": self.condition, "soft": self.soft}


@dataclass(eq=False)
class OnDay(Dated):
    """A day, to be reached or (before) not to be reached.

    opens: the day on which it begins; of: the kind of period whose day it is; spoken: "ngày 15 tháng 7", to which
    further months may be added.
    """

    day: Day
    before: bool = False
    opens: date | None = None
    of: str = ""
    spoken: bool = False

    def rule(self, year: int) -> AnyRule:
        found = self.day.date(year)
        if self.before:
            return _rule("before_date", date=found, **self.terms)
        if self.opens and self.opens > found:
            raise Unfit(self.place)
        return _rule("by_date", date=found, opens=self.opens, **self.terms)


@dataclass(eq=False)
class InSpan(Dated):
    """From one period to another, or one alone.

    edge: a day before it, or its end; "": any day in it; added: "và" joins it to what stands before.
    """

    first: Named
    last: Named
    edge: Edge = ""
    numbers: tuple[int, ...] = ()
    added: bool = False

    @property
    def months(self) -> int:
        """How long each of its periods is."""
        return MONTHS[self.first.every]

    def reportable_in(self, year: int) -> bool:
        """Whether it may be the period of a report of a plan of this year: "quý I, II, III"."""
        plain = not (self.edge or self.condition or self.soft) and self.first.every in ("quarter", "half_year")
        return plain and {self.first.year, self.last.year} <= {None, year}

    def name_year(self, year: int | None) -> None:
        """Put it into a year."""
        alone = self.first is self.last
        self.first = self.first._replace(year=year)
        self.last = self.first if alone else self.last._replace(year=year)

    def bounds(self, year: int) -> tuple[date, date]:
        """First and last day."""
        return self.first.period(year).first, self.last.period(year).last

    def holds(self, other: Dated, year: int) -> bool:
        """Whether any day in it will do, and a day or shorter period lies in it; "trước 01/4" lies in quarter I."""
        first, last = self.bounds(year)
        if isinstance(other, OnDay):
            own = (other.day.date(year) - timedelta(days=other.before),) * 2
        else:
            own = other.bounds(year) if isinstance(other, InSpan) else (first, last)
        return not self.edge and own != (first, last) and first <= own[0] <= own[1] <= last

    def rule(self, year: int) -> AnyRule:
        first = self.first.period(year)
        last = first if self.last is self.first else self.last.period(year)
        if last.last < first.last:
            raise Unfit(self.place)
        if self.edge == "before":
            return _rule("before_date", date=first.first, **self.terms)
        if self.edge == "end":
            return _rule("by_date", date=last.last, **self.terms)
        until = str(last) if last != first else None
        return _rule("period", period=str(first), until=until, condition=self.condition, soft=self.soft)


@dataclass(eq=False)
class Report(Draft):
    """Something that comes again, `months` long; sure: the words say that it does, else its neighbours must.

    vague: "báo cáo 6 tháng" alone may be one report or two; counted: its length is, "3 tháng"; shares: it may have the
    day of the one before, "trước ngày 25 hằng tháng, quý". day, month, before: as in the rule.
    """

    months: int
    sure: bool = True
    only: tuple[int, ...] = ()
    day: int = 0
    month: int = 0
    before: bool = False
    vague: bool = False
    counted: bool = False
    shares: bool = False

    def on(self, day: Day, before: bool, year: int) -> None:
        """Take a day of the year; Unfit where it is not told of which period."""
        day.date(year)
        ahead = day.year == year + 1
        month = day.month + 12 * ahead
        if day.year not in (None, year, year + 1):
            raise Unfit(day.place)
        if self.months == 6 and not self.only:
            self.only = (1,) if month <= 9 else (2,)
        if self.months not in (_NINE, 12) and len(self.only) != 1:
            raise Unfit(day.place)
        start = (self.only[0] - 1) * self.months if self.only else 0
        if not start < month <= start + self.months + (12 if ahead else 3 * bool(self.only)):
            raise Unfit(day.place)
        self.day, self.before, self.month = day.day, before, month - start

    def on_month_day(self, day: MonthDay) -> None:
        """Take a day of its first or last month, or of the month after it, or of those of the next."""
        self.day, self.before = day.day, False
        if day.month == "next":
            self.month = self.months + 1
        elif day.month == "first":
            self.month = self.months + 1 if day.following else 1
        else:
            self.month = 2 * self.months if day.following else self.months

    def rule(self, year: int) -> AnyRule:
        if self.months == _NINE:
            return self._nine_months(year).rule(year)
        unsure = (self.vague and not self.only) or (self.shares and not self.day)
        if self.months not in _REPORTS or self.month > 24 or unsure:
            raise Unfit(self.place)
        return _rule(
            "recurring",
            every=_REPORTS[self.months],
            only=self.only if self.only and len(self.only) * self.months != 12 else None,
            day=self.day or None,
            month=self.month if self.day and self.month not in (0, self.months) else None,
            before=self.before,
        )

    def _nine_months(self, year: int) -> Dated:
        """NĐ 09/2019/NĐ-CP, Điều 12 knows a report on nine months, which are no period that fills a year."""
        if self.day:
            month = self.month or _NINE
            day = Day(self.place, year + (month - 1) // 12, (month - 1) % 12 + 1, self.day)
            return OnDay(self.place, day, self.before)
        first = Named(self.place, "quarter", 1, year)
        return InSpan(self.place, first, first._replace(number=3))


@dataclass(eq=False)
class Other(Draft):
    """A rule that is known at once: `kind` and its fields."""

    kind: str
    fields: dict[str, Any] = field(default_factory=dict)

    def rule(self, year: int) -> AnyRule:
        return _rule(self.kind, **self.fields)


@lru_cache(maxsize=1 << 14)
def _rule(kind: str, **fields: Any) -> AnyRule:
    """The rule of a kind; made once, since the same days come again and again."""
    made: AnyRule = _KINDS[kind](kind=kind, **fields)
    return made


def span(place: Place, first: Named, last: Named) -> InSpan:
    """From one period to another; a year that one of them names is the other's too, or its neighbour's."""
    ahead = first.last_month <= last.last_month
    if first.year is None and last.year is None:
        if not ahead:
            raise Unfit(place)
    elif first.year is None:
        assert last.year
        first = first._replace(year=last.year if ahead else last.year - 1)
    elif last.year is None:
        last = last._replace(year=first.year if ahead else first.year + 1)
    return InSpan(place, first, last)
