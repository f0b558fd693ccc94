"""How wide each column of a table is, and which are left out, for a given width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from tthc_cli.formats.cells import NUMBERS, shown
from tthc_cli.report import Column, Table
from tthc_cli.tuples import NamedTuple

GAP = 2
"""Blanks between two columns."""
_NARROWEST, _SHRUNK = 16, 10
"""Characters that a wide column, or any column of text where room is short, keeps at least."""


class Laid(NamedTuple):
    """A column ready to print: its texts, the widths it can do with and would like, and the width it gets."""

    column: Column
    texts: tuple[str, ...]
    least: int
    natural: int
    width: int = 0

    @property
    def right(self) -> bool:
        """Whether its texts stand at the right."""
        return self.column.kind in NUMBERS


def lay(table: Table, width: int) -> list[Laid]:
    """The columns that have anything to show and fit, with their widths."""
    columns = [_measured(column, table, at) for at, column in enumerate(table.columns)]
    columns = [column for column in columns if any(column.texts)] or columns[:1]
    while _least(columns) > width and (minor := [c for c in columns if c.column.minor]):
        columns.remove(minor[-1])
    if _least(columns) > width:
        columns = [_shrunk(column) for column in columns]
    return _shared_out(columns, width - GAP * (len(columns) - 1))


def _measured(column: Column, table: Table, at: int) -> Laid:
    values = [row[at] for row in table.rows]
    said = {value: " ".join(shown(value, column).split()) for value in set(values)}
    texts = tuple(said[value] for value in values)
    heading = max(map(len, column.title.split()))
    natural = max([heading, *map(len, said.values())])
    least = max(heading, min(natural, _NARROWEST)) if column.wide else natural
    return Laid(column, texts, least, natural)


def _shrunk(column: Laid) -> Laid:
    """The column as narrow as its longest word lets it be."""
    if column.column.kind in ("text", "verdict"):
        words = (word for text in (column.column.title, *column.texts) for word in text.split())
        longest = max(map(len, words), default=1)
        return Laid(column.column, column.texts, min(column.least, max(_SHRUNK, longest)), column.natural)
    return column


def _least(columns: Sequence[Laid]) -> int:
    return sum(column.least for column in columns) + GAP * (len(columns) - 1)


def _shared_out(columns: Sequence[Laid], width: int) -> list[Laid]:
    """Room beyond the least goes to the texts, what is left to the headings."""
    widths = [column.least for column in columns]
    for wanted in (
        [column.natural for column in columns],
        [max(column.natural, len(column.column.title)) for column in columns],
    ):
        _grow(widths, wanted, width)
    return [Laid(c.column, c.texts, c.least, c.natural, w) for c, w in zip(columns, widths, strict=True)]


def _grow(widths: list[int], wanted: Sequence[int], room: int) -> None:
    """Room goes, bit by bit, to the column that would else take the most lines."""
    while sum(widths) < room and (wanting := [at for at, width in enumerate(widths) if width < wanted[at]]):
        widths[max(wanting, key=lambda at: wanted[at] / widths[at])] += 1


@lru_cache(maxsize=4096)
def wrapped(text: str, width: int) -> tuple[str, ...]:
    """Lines of whole words; only a word that is too long is broken."""
    if len(text) <= width:
        return (text,)
    lines, line = [], ""
    for word in _pieces(text, width):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return (*lines, line)


def _pieces(text: str, width: int) -> Iterator[str]:
    for word in text.split():
        yield from (word[start : start + width] for start in range(0, len(word), width))
