"""A table laid out on its columns, spans and merged cells resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tthc_cli.drafting.document import Place, Row, Table


@dataclass(frozen=True, slots=True)
class Line:
    """A row on the columns of its table.

    texts: of each column, what stands in the cell that begins there; "" elsewhere.
    covers: of each column, what stands in the cell that covers it. widest: the most columns that a filled cell covers.
    above: of each column, the text of the cell that reaches into this row from above, else "".
    """

    place: Place
    texts: tuple[str, ...]
    covers: tuple[str, ...]
    above: tuple[str, ...]
    widest: int = 1

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.texts)

    def text(self, at: int) -> str:
        """What holds for a column: its own text, or that of a cell reaching down into it."""
        return (self.texts[at] or self.above[at]) if at < self.width else ""

    def own(self, at: int) -> str:
        """What was written in this row in a column."""
        return self.texts[at] if at < self.width else ""

    def over(self, at: int) -> str:
        """The text of the cell that covers a column, also where it began further left or above."""
        return self.covers[at] or self.above[at]

    @property
    def filled(self) -> tuple[str, ...]:
        """The texts written in this row."""
        return tuple(text for text in self.texts if text)


def lines(table: Table) -> Iterator[Line]:
    """The rows of a table, all of one width."""
    width = max((_used(row) for row in table.rows), default=0)
    above = [""] * width
    for row in table.rows:
        line = _line(row, width, above)
        above = [line.texts[at] or line.above[at] for at in range(width)]
        yield line


def _used(row: Row) -> int:
    """Columns of a row up to its last cell that holds something; one that spans the table counts by where it begins."""
    at = used = 0
    for cell in row.cells:
        if cell.text.strip() or cell.continued:
            used = at + 1
        at += max(cell.across, 1)
    return used


def _line(row: Row, width: int, before: list[str]) -> Line:
    texts, covers, above = [""] * width, [""] * width, [""] * width
    at = 0
    for cell in row.cells:
        end = min(at + max(cell.across, 1), width)
        if cell.continued:
            above[at:end] = before[at:end]
        elif at < end:
            texts[at] = cell.text.strip()
            covers[at:end] = [cell.text.strip()] * (end - at)
        at = end
    widest = max((cell.across for cell in row.cells if cell.text.strip()), default=1)
    return Line(row.place, tuple(texts), tuple(covers), tuple(above), widest)
