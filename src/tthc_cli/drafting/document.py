"""A document in the one form that every reader yields: paragraphs and tables in order, each with its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands; what a format does not have is None.

    line: of a text file; paragraph, page, table, row: counted from 1; sheet: of a workbook, whose own number `row` is.
    """

    line: int | None = None
    page: int | None = None
    sheet: str | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `across`: columns it spans; `continued`: it belongs to the cell above, and has no text."""

    text: str = ""
    across: int = 1
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row; its cells, with their spans, fill the table's columns from the left."""

    cells: tuple[Cell, ...]
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells."""

    rows: tuple[Row, ...]
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables, its list number in front where it has one."""

    text: str
    place: Place = Place()


Block = Paragraph | Table
Document = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a person should know of: `code` names the sentence in `wording`, `facts` fill its blanks.

    codes begin with what was done: `mended_`, `guessed_`, `open_` (a person must decide), `left_` (not in the plan).
    task: id of the task or section concerned.
    """

    code: str
    place: Place
    facts: dict[str, object]
    task: str = ""

    @property
    def kind(self) -> str:
        """What was done: mended, guessed, open or left."""
        return self.code.partition("_")[0]
