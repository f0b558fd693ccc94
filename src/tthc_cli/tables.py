"""A table of a file, its columns found and its rows yet to be read, cell by cell or by groups of columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import TracebackType
from typing import Literal

from tthc_cli.errors import Trouble
from tthc_cli.naming import fold
from tthc_cli.submissions import REGISTER, Cell, Placement, placed
from tthc_cli.tuples import NamedTuple

Reason = Literal["columns", "quote", "long", "encoding"]

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb"})
KINDS = frozenset({".csv", ".tsv", *WORKBOOKS})
"""The ends of the names of files that hold tables."""
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How workbooks begin: those that can be read, and those of older Office programs or with a password."""


class TornError(Exception):
    """A part of a file ends inside a record, or begins with a row that goes on from those before: it is read whole."""


class BadRow(NamedTuple):
    """A record that cannot be read.

    columns: more filled cells than headings; quote: a quote malformed or unclosed; long: a cell longer than can be
    read; encoding: undecodable bytes. `column` is the heading, `position` its place from 1 (0: not known), `text` what
    stands there. cells: what its cells seem to say, at least one a heading; enough to doubt by, never to judge by.
    """

    reason: Reason
    column: str
    text: str
    position: int = 0
    cells: tuple[str, ...] = ()


Row = tuple[int, list[Cell] | BadRow]
"""The physical line or sheet row where a record starts, and its cells, as many as the headings."""


class Groups(NamedTuple):
    """Columns that are looked at together, by their indexes: those of words, those of days, that of a number.

    known: tells how many of a task and a unit some cells name in their places, by which a row is told from prose in
    a cell of several lines.
    """

    words: tuple[int, ...]
    days: tuple[int, ...]
    number: int | None
    known: Callable[[Sequence[str]], int] | None = None


Said = str | tuple[Cell, ...]
"""What a row says in a group of columns: its cells, or the text that holds them as it is written."""


def by_field(said: Said, fields: Sequence[str], delimiter: str) -> Mapping[str, Cell]:
    """The cells of what a row says in a group of columns, by their fields; of text they stand between delimiters."""
    if isinstance(said, tuple):
        cells: Sequence[Cell] = said
    elif '"' in said:
        cells = next(csv.reader([said], delimiter=delimiter))
    else:
        cells = said.split(delimiter)
    return dict(zip(fields, cells, strict=bool(fields)))


class Grouped(NamedTuple):
    """Rows of plain text by groups of columns, each as wide as the headings.

    lines: of each row its physical line; rows: of each its words, the running number and the rest of its number ("12"
    and "BC-STP" of "12/BC-STP"; "" and all of it where it has no such form), and its days.
    """

    lines: Iterable[int]
    rows: Sequence[tuple[str, ...]]


Piece = Grouped | Iterable[Row]
"""Rows that follow each other."""


def is_deadline(heading: str) -> bool:
    """Whether a heading is that of deadlines, which lists of duties have, the program's own reports among them."""
    return re.search(r"\bhan\b", fold(heading)) is not None


def _is_part(said: str, heading: str) -> bool:
    """Whether a cell says some of a heading's words, or nothing."""
    return not (folded := fold(said)) or f" {folded} " in f" {fold(heading)} "


def _day_named(heading: str) -> str | None:
    """The field of days that a heading names, by whatever name."""
    return next((field for field in placed(REGISTER, (heading,)).fields if field in REGISTER.dates), None)


class Table(NamedTuple):
    """A file with its columns found, and its rows yet to be read, once.

    read: the pieces in which every row is, each to be read to its end before the next; those of plain text by groups of
    columns where these are named. `lines`: how many physical lines were read; None: the last row's. `delimiter`: of
    plain text, what parts its cells. `several`: its workbook has more such sheets, and `path` names this one beside
    the file; `others`: the tables of those, read after this one and closed with it; `left_out`: the titles of those
    that are taken for lists; `troubles`: why it cannot be read. `over`: what stands above the headings, and then the
    title of the sheet.
    """

    path: str
    headings: tuple[str, ...]
    placement: Placement
    read: Callable[[Groups | None], Iterable[Piece]]
    close: Callable[[], None] = lambda: None
    lines: Callable[[], int] | None = None
    delimiter: str = ""
    several: bool = False
    others: tuple[Table, ...] = ()
    left_out: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    over: tuple[str, ...] = ()

    @property
    def rows(self) -> Iterator[Row]:
        """All rows, cell by cell."""
        return chain.from_iterable(self.read(None))  # type: ignore[arg-type]  # none is grouped

    def is_heading(self, cells: Sequence[Cell]) -> bool:
        """Whether all that stands in a row is part of what heads its column: the second row of headings, once more."""
        return all(_is_part(str(cell), heading) for cell, heading in zip(cells, self.headings, strict=False))

    def names_others(self, days: Mapping[str, Cell]) -> bool:
        """Whether headings that stand again over columns of days, by their fields, are those of other days."""
        said = ((name, str(cell)) for name, cell in days.items())
        others = [(name, text) for name, text in said if not _is_part(text, self.headings[self.placement.fields[name]])]
        return any(is_deadline(text) or _day_named(text) not in (None, name) for name, text in others)

    @property
    def each(self) -> tuple[Table, ...]:
        """This table and those of the other sheets, in the order in which they stand in the workbook."""
        return (self, *self.others)

    def __enter__(self) -> Table:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
