"""Points in time as a tree names them: days, periods, lengths of time, days of some month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tthc_cli.periods import MONTHS, Every, Period
from tthc_cli.phrases.cursor import Place, Token

Tree = Any
"""A tree of lark's, whose leaves hold tokens."""
_EVERY: dict[str, Every] = {"month": "month", "quarter": "quarter", "yearly": "year"}
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


class Unfit(Exception):
    """Words that mean no deadline: a day that is no day, a start without an end."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.place = place


@dataclass(frozen=True, slots=True)
class Day:
    """A day; year: None where the words name none."""

    place: Place
    year: int | None
    month: int
    day: int

    def date(self, year: int) -> date:
        """The day in the year it names, else in this one; Unfit where there is no such day."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            raise Unfit(self.place) from None


@dataclass(frozen=True, slots=True)
class Named:
    """A period; year: None where the words name none."""

    place: Place
    every: Every
    number: int
    year: int | None

    def period(self, year: int) -> Period:
        """The period in the year it names, else in this one."""
        return Period(self.year or year, self.every, self.number)

    @property
    def last_month(self) -> int:
        """Number of its last month in the year."""
        return self.number * MONTHS[self.every]


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time that reports come in, in months: "quý", "6 tháng"."""

    place: Place
    months: int


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of a month. month: "first", "last" or "next" of the `months` long period that is meant, "" for none told.

    months: 0 where the words do not tell; following: of the period after.
    """

    place: Place
    day: int
    month: str
    months: int
    following: bool


Point = Day | Named | Length | MonthDay


@dataclass(frozen=True, slots=True)
class When:
    """Points named in one breath; span: from the first to the last; clock: with the hour of the day."""

    place: Place
    points: tuple[Point, ...]
    span: bool = False
    clock: bool = False


def leaves(tree: Tree) -> Iterator[Token]:
    """The tokens of a tree, in order."""
    for node in tree.children:
        if hasattr(node, "data"):
            yield from leaves(node)
        else:
            yield node.value


def place_of(tree: Tree) -> Place:
    """From the first to the last word of a tree."""
    found = list(leaves(tree))
    return found[0].start, found[-1].end


class Points:
    """Reads the points of trees that were made for the shape of a text."""

    def __init__(self, text: str, year: int) -> None:
        self.text, self.year = text, year

    def number(self, token: Token) -> int:
        """The value of a number; Unfit where figures and words differ."""
        written = int(self.text[slice(*token.places[0])]) if token.places else token.number
        if not 0 < written < 1000 or token.number not in (-1, written):
            raise Unfit(token.place)
        return written

    def named_year(self, token: Token) -> int:
        """The year that a token names."""
        year = int(self.text[slice(*token.places[-1])])
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise Unfit(token.place)
        return year

    def when(self, node: Tree) -> When:
        """What a node of the grammar's `when` names."""
        place, name = place_of(node), str(node.data)
        match name:
            case "dates":
                return When(place, tuple(self._day(item) for item in node.children if hasattr(item, "data")))
            case "clock":
                return replace(self.when(node.children[-1]), clock=True)
            case "months" | "quarters" | "months_through" | "quarters_through":
                return self._numbered(node, place)
            case "first_months" | "last_months" | "first_half" | "last_half":
                return self._part_of_year(node, place)
            case "year":
                return When(place, (Named(place, "year", 1, self.named_year(node.children[0].value)),))
            case "last_month":
                return When(place, (Length(place, 3),))
            case "monthday" | "edge_day" | "next_day":
                return When(place, (self._month_day(node, place),))
            case _:
                return When(place, (self.length(node),))

    def _day(self, node: Tree) -> Day:
        tokens, place = list(leaves(node)), place_of(node)
        year = next((self.named_year(token) for token in tokens if token.type in ("YEAR", "DATE")), None)
        if node.data == "next_year":
            year = self.year + 1
        numbers = [self.number(token) for token in tokens if token.type == "NUMBER"]
        for token in tokens:
            if token.type in ("DATE", "DAYMONTH"):
                numbers = [int(self.text[slice(*at)]) for at in token.places[:2]]
        return Day(place, year, numbers[1], numbers[0])

    def _numbered(self, node: Tree, place: Place) -> When:
        """Months or quarters by their numbers; numbers in a row, a year at most behind them, are a span."""
        every: Every = "month" if node.data.startswith("months") else "quarter"
        found = [self._named(inner, every) for inner in node.children if hasattr(inner, "data")]
        numbers = [item.number for item in found]
        alike = all(item.year is None for item in found[:-1])
        row = len(found) > 1 and alike and numbers == [*range(numbers[0], numbers[0] + len(found))]
        through = node.data.endswith("through")
        if (
            through
            and len(found) > 2
            and not (sorted(set(numbers)) == numbers and numbers[-2] - numbers[0] == len(found) - 2)
        ):
            raise Unfit(place)
        return When(place, tuple(found), span=through or row)

    def _named(self, node: Tree, every: Every) -> Named:
        tokens = list(leaves(node))
        number = self.number(tokens[0])
        if number > 12 // MONTHS[every]:
            raise Unfit(place_of(node))
        return Named(place_of(node), every, number, self.named_year(tokens[1]) if len(tokens) > 1 else None)

    def _part_of_year(self, node: Tree, place: Place) -> When:
        """ "6 tháng đầu năm", "9 tháng đầu năm", "nửa cuối năm": whole periods from the year's start or to its end."""
        tokens = list(leaves(node))
        year = self.named_year(tokens[-1]) if tokens[-1].type == "YEAR" else None
        months = 6 if node.data.endswith("half") else self.number(tokens[0])
        if months >= 12:
            raise Unfit(place)
        every: Every = "half_year" if months == 6 else "quarter" if months % 3 == 0 else "month"
        all_, count = 12 // MONTHS[every], months // MONTHS[every]
        first = 1 if node.data.startswith("first") else all_ - count + 1
        points = tuple(Named(place, every, number, year) for number in range(first, first + count))
        return When(place, points, span=count > 1)

    def length(self, node: Tree) -> Length:
        """The length that a node of the grammar's `unit` names."""
        place = place_of(node)
        name = str(node.data)
        if name in _EVERY:
            return Length(place, MONTHS[_EVERY[name]])
        number = self.number(node.children[0].value)
        return Length(place, number if name == "some_months" else 12 * number)

    def _month_day(self, node: Tree, place: Place) -> MonthDay:
        types = [token.type for token in leaves(node)]
        day = self.number(node.children[1].value)
        if day > 31:
            raise Unfit(place)
        month = "first" if "FIRST" in types else "last" if "LAST" in types else "next" if "NEXT" in types else ""
        months = 3 if "QUARTER" in types else 12 if "YEARLY" in types else 0
        return MonthDay(place, day, month, months, "NEXT" in types and month != "next")
