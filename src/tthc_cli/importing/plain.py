"""Reads plain text: paragraphs, tables parted by tabs as copied from a sheet, and tables of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tthc_cli.drafting.document import Block, Cell, Document, Paragraph, Place, Row, Table
from tthc_cli.text_file import read_text

# At least one cell with two dashes or a colon: "| - | - |" is a row of nothing.
_RULE = re.compile(r"(?=.*(?:--|:-|-:))\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:[-*_=]\s*){3,}")


def read(path: Path) -> Document:
    """The paragraphs and tables of a text."""
    return tuple(blocks(read_text(path)))


def blocks(text: str) -> Iterator[Block]:
    """One paragraph a line; neighbouring rows make a table, over empty lines too where a page ended."""
    rows: list[Row] = []
    tabbed = False
    number = 0
    for line, written in enumerate(text.split("\n"), 1):
        cells = _cells(written)
        if cells is None:
            if rows and written.strip():
                number += 1
                yield _table(rows, number)
                rows = []
            if written.strip() and not _SEPARATOR.fullmatch(written):
                yield Paragraph(_BREAK.sub(" ", written).strip(), Place(line=line))
            continue
        if rows and tabbed != ("\t" in written):
            number += 1
            yield _table(rows, number)
            rows = []
        tabbed = "\t" in written
        if cells:
            rows.append(Row(tuple(Cell(_BREAK.sub("\n", cell)) for cell in cells), Place(line=line)))
    if rows:
        yield _table(rows, number + 1)


def _cells(line: str) -> list[str] | None:
    """The cells of a row; [] for the rule under headings; None for a line that is no row."""
    if "\t" in line.strip("\n"):
        return line.rstrip("\r").split("\t") if line.strip() else None
    stripped = line.strip()
    if not stripped.startswith("|") and len(_BAR.findall(stripped)) < 2:
        return None
    if _RULE.fullmatch(stripped):
        return []
    inner = stripped.removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.replace("\\|", "|").strip() for cell in _BAR.split(inner)]


def _table(rows: list[Row], number: int) -> Table:
    return Table(tuple(rows), Place(table=number, line=rows[0].place.line))
