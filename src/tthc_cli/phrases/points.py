"""Points in time as a tree names them: days, periods, lengths of time, days of some month."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from tthc_cli.periods import MONTHS, Every, Period
from tthc_cli.phrases.cursor import Place, Token
from tthc_cli.phrases.grammar import Form
from tthc_cli.phrases.shape import Shaped
from tthc_cli.tuples import NamedTuple

_MONTHS = {"MONTH": 1, "QUARTER": 3, "YEARLY": 12}
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


class Unfit(Exception):
    """Words that mean no deadline: a day that is no day, a start without an end."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.place = place


class Day(NamedTuple):
    """A day; year: None where the words name none; weekday: the day of the week they give it, -1 for none."""

    place: Place
    year: int | None
    month: int
    day: int
    weekday: int = -1

    @property
    def in_year(self) -> tuple[int, int]:
        """Where in a year it lies."""
        return self.month, self.day

    def date(self, year: int) -> date:
        """The day in the year it names, else in this one; Unfit where there is no such day."""
        try:
            found = date(self.year or year, self.month, self.day)
        except ValueError:
            raise Unfit(self.place) from None
        if self.weekday not in (-1, found.weekday()):
            raise Unfit(self.place)
        return found


class Named(NamedTuple):
    """A period; year: None where the words name none."""

    place: Place
    every: Every
    number: int
    year: int | None

    @property
    def in_year(self) -> tuple[int, int]:
        """Where in a year it lies."""
        return self.last_month, 0

    def period(self, year: int) -> Period:
        """The period in the year it names, else in this one."""
        return _period(self.year or year, self.every, self.number)

    @property
    def last_month(self) -> int:
        """Number of its last month in the year."""
        return self.number * MONTHS[self.every]


_period = lru_cache(maxsize=4096)(Period)


class Length(NamedTuple):
    """A length of time that reports come in, in months: "quý", or counted, "6 tháng"."""

    place: Place
    months: int
    counted: bool = False


class MonthDay(NamedTuple):
    """A day of a month. month: "first", "last" or "next" of the `months` long period that is meant, "" for none told.

    months: 0 where the words do not tell; following: of the period after.
    """

    place: Place
    day: int
    month: str
    months: int
    following: bool


Point = Day | Named | Length | MonthDay


class When(NamedTuple):
    """Points named in one breath; span: from the first to the last; clock: with the hour of the day."""

    place: Place
    points: tuple[Point, ...]
    span: bool = False
    clock: bool = False


class Points:
    """Reads the points of clauses that were made for the shape of a text."""

    def __init__(self, shaped: Shaped, year: int) -> None:
        self.shaped, self.year = shaped, year

    def number(self, token: Token) -> int:
        """The value of a number; Unfit where figures and words differ."""
        written = token.number
        for start, _ in token.places:
            written = self.shaped.number(start)
        if not 0 < written < 1000 or token.number not in (-1, written):
            raise Unfit(token.place)
        return written

    def named_year(self, token: Token) -> int:
        """The year that a token names."""
        year = self.shaped.number(token.places[-1][0])
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise Unfit(token.place)
        return year

    def when(self, form: Form) -> When:
        """What a form of the grammar's `when` names."""
        place = form.place
        match form.name:
            case "dates" | "clock":
                return When(place, tuple(map(self._day, form.items)), clock=form.name == "clock")
            case "of_months":
                return self._of_months(form)
            case "months" | "quarters":
                return self._numbered(form)
            case "part_of_year":
                return self._part_of_year(form)
            case "bare":
                return self._bare(form)
            case "year":
                return When(place, (Named(place, "year", 1, self.named_year(form.tokens[0])),))
            case "last_month":
                return When(place, (Length(place, 3),))
            case "month_day":
                return When(place, (self._month_day(form),))
            case _:
                return When(place, (self.length(form),))

    def _day(self, form: Form) -> Day:
        year, numbers = None, []
        weekday = max(token.number for token in form.tokens if token.type not in ("NUMBER", "NEXT"))
        for token in form.tokens:
            match token.type:
                case "DATE" | "DAYMONTH":
                    numbers = [self.shaped.number(start) for start, _ in token.places[:2]]
                case "NUMBER":
                    numbers.append(self.number(token))
                case "NEXT":
                    year = self.year + 1
            if token.type in ("DATE", "YEAR"):
                year = self.named_year(token)
        return Day(form.place, year, numbers[1], numbers[0], weekday)

    def _of_months(self, form: Form) -> When:
        day, months = self.number(form.tokens[1]), [self._named(item, "month") for item in form.items[1:]]
        if form.tokens[0].number >= 0:
            raise Unfit(form.place)
        return When(form.place, tuple(Day(form.place, month.year, month.number, day) for month in months))

    def _numbered(self, form: Form) -> When:
        """Months or quarters by their numbers; numbers in a row, a year at most behind them, are a span."""
        every: Every = "month" if form.name == "months" else "quarter"
        found = tuple(self._named(item, every) for item in form.items)
        through = any(token.type == "THROUGH" for token in form.tokens)
        if len(found) == 1 or (through and len(found) == 2):
            return When(form.place, found, span=through)
        numbers = [item.number for item in found]
        row = numbers[:-1] == [*range(numbers[0], numbers[0] + len(found) - 1)] and numbers[-1] > numbers[-2]
        if through and not row:
            raise Unfit(form.place)
        if len(found) == 4 and every == "quarter" and row and not through:
            raise Unfit(form.place)  # each quarter, or the year?
        span = row and (through or numbers[-1] == numbers[-2] + 1) and all(item.year is None for item in found[:-1])
        return When(form.place, found, span=span)

    def _bare(self, form: Form) -> When:
        """ "07/2021" is a month, "III/2021" a quarter; not so with the year in words."""
        number, year = form.tokens
        if self.shaped.shape[year.start] not in "/-.":
            raise Unfit(form.place)
        return When(form.place, (self._named(form, "month" if number.type == "NUMBER" else "quarter"),))

    def _named(self, form: Form, every: Every) -> Named:
        number = self.number(form.tokens[0])
        if number > 12 // MONTHS[every]:
            raise Unfit(form.place)
        last = form.tokens[-1]
        year = self.year + 1 if last.type == "NEXT" else self.named_year(last) if last.type == "YEAR" else None
        return Named(form.place, every, number, year)

    def _part_of_year(self, form: Form) -> When:
        """ "6 tháng đầu năm", "9 tháng đầu năm", "nửa cuối năm": whole periods from the year's start or to its end."""
        *_, position, last = form.tokens
        year = self.named_year(last) if last.type == "YEAR" else None
        months = 6 if form.tokens[0].type == "HALF" else self.number(form.tokens[0])
        if months >= 12:
            raise Unfit(form.place)
        every: Every = "half_year" if months == 6 else "quarter" if months % 3 == 0 else "month"
        all_, count = 12 // MONTHS[every], months // MONTHS[every]
        first = 1 if position.type == "FIRST" else all_ - count + 1
        points = tuple(Named(form.place, every, number, year) for number in range(first, first + count))
        return When(form.place, points, span=count > 1)

    def length(self, form: Form) -> Length:
        """The length that a form of the grammar's `length` names."""
        unit = form.tokens[-1].type
        count = self.number(form.tokens[0]) if len(form.tokens) > 1 else 1
        if unit == "QUARTER" and count > 1:
            raise Unfit(form.place)  # "04 quý": each of them, or the year?
        return Length(form.place, count * _MONTHS[unit], len(form.tokens) > 1)

    def _month_day(self, form: Form) -> MonthDay:
        types = {token.type for token in form.tokens}
        day = self.number(form.tokens[1])
        if day > 31 or form.tokens[0].number >= 0:
            raise Unfit(form.place)
        month = next((name for name in ("FIRST", "LAST", "NEXT") if name in types), "")
        months = 3 if "QUARTER" in types else 12 if "YEARLY" in types else 0
        return MonthDay(form.place, day, month.lower(), months, "NEXT" in types and month != "NEXT")
