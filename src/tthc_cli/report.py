"""What a command has to say, before any format: one JSON object, tables for people, and the talk around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from tthc_cli.tuples import NamedTuple

if TYPE_CHECKING:
    from tthc_cli.overview import Overview

Kind = Literal["text", "date", "number", "rate", "verdict"]
Cell = str | int | float | date | None


class Column(NamedTuple):
    """One column; a `verdict` cell holds the verdict's id, a `rate` cell a part of one.

    wide: its text may wrap; minor: a screen too narrow for all leaves it out, the last one first.
    """

    title: str
    kind: Kind = "text"
    wide: bool = False
    minor: bool = False


class Table(NamedTuple):
    """A titled table of plain values; how they are shown is the format's matter.

    total: the last row sums up the others; bars: columns whose numbers may be drawn as one stacked bar a row.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    total: bool = False
    bars: tuple[int, ...] = ()


class Sheet(NamedTuple):
    """A page of a workbook: a title, lines and tables one under the other; a table alone is there to be filtered."""

    name: str
    tables: tuple[Table, ...]
    title: str = ""
    lines: tuple[str, ...] = ()


class Blank(NamedTuple):
    """A column to be filled in: what may be chosen, if that is listed, and how to fill it in."""

    title: str
    hint: str
    dated: bool = False
    choices: tuple[str, ...] = ()


class Form(NamedTuple):
    """A sheet to be filled in, its days not before `since`, with a page of guidance; `lists` names the hidden page."""

    name: str
    blanks: tuple[Blank, ...]
    guide: Sheet
    lists: str
    since: date


class Entry(NamedTuple):
    """A whole day of a calendar.

    key: the same in every report of the same thing; group: what calendars file it under; settled: nothing is left to
    do; tentative: the day may yet fall away; alarms: days on whose morning to remind.
    """

    key: str
    day: date
    title: str
    lines: tuple[str, ...]
    group: str
    settled: bool = False
    tentative: bool = False
    alarms: tuple[date, ...] = ()


class Agenda(NamedTuple):
    """A calendar: its name, the day it was known on, and its days."""

    name: str
    as_of: date
    entries: Sequence[Entry]


class Marks(NamedTuple):
    """What every report carries: what made it, and what to be careful of.

    unverified_years: their days off are only a forecast; disputed: tasks whose rule disagrees with its words.
    """

    fingerprint: Mapping[str, str]
    unverified_years: tuple[int, ...] = ()
    disputed: tuple[str, ...] = ()


class Report(NamedTuple):
    """What every command returns and every format renders.

    payload: the JSON object, "schema" first. tables: complete; flat: as CSV has them, several put into one.
    sheets: the pages of a workbook; None: a page for each table. agenda: makes its days a calendar; None: it has none.
    screen: what text shows on a terminal, grouped; plain: what it shows elsewhere; None: the tables.
    before, after: lines of talk around the tables. warnings: what a person must see whatever the format.
    overview: makes the whole at a glance, for formats that draw; None: there is nothing to draw.
    lines: one a finding, `file:line:col: severity CODE message`; None: no such list.
    title: of a page of its own; "": it is called by its first table.
    """

    payload: Mapping[str, object]
    tables: Sequence[Table] = ()
    plain: Sequence[Table] | None = None
    screen: Sequence[Table] | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    overview: Callable[[], Overview] | None = None
    lines: Sequence[str] | None = None
    flat: Sequence[Table] | None = None
    sheets: Sequence[Sheet] | None = None
    agenda: Callable[[], Agenda] | None = None
    title: str = ""
