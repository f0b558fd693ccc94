"""Word: a report's tables with the talk around them, on A4 pages that can be edited and printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from tthc_cli.formats import word
from tthc_cli.formats.cells import made
from tthc_cli.formats.layout import GAP, lay
from tthc_cli.report import Report, Table

if TYPE_CHECKING:
    from docx.document import Document

_TITLE, _BODY, _CELL, _SMALL = 14, 11, 10, 9
_MARGINS = (15, 15, 20, 15)
_WIDE = 7
"""A table of more columns lies."""
_LETTER = 1.9
"""Millimetres that a letter takes in a cell, on average."""
_NO_DAY = date(1980, 1, 1)


def render(report: Report, terminal: object = None) -> Iterable[bytes]:
    """One file; its tables are those of plain text."""
    document = word.new(_BODY)
    section = document.sections[0]
    tables = [table for table in (report.tables if report.plain is None else report.plain) if table.rows]
    word.lay(section, any(_columns(table) > _WIDE for table in tables), _MARGINS)
    word.number_pages(section, _CELL)
    if report.title:
        word.write(document.add_paragraph(), report.title, size=_TITLE, bold=True, after=4)
    for line in dict.fromkeys((*report.before, *report.warnings)):
        if line != report.title:
            word.write(document.add_paragraph(), line, italic=True, after=4)
    for table in tables:
        _table(document, table, word.width(section))
    for line in (*report.after, *filter(None, [made(report)])):
        word.write(document.add_paragraph(), line, size=_SMALL, italic=True, before=3)
    as_of = report.payload.get("as_of")
    word.sign_off(document, "tthc", report.title, as_of if isinstance(as_of, date) else _NO_DAY)
    yield word.packed(document)


def _columns(table: Table) -> int:
    """How many columns say anything."""
    return sum(any(row[at] is not None for row in table.rows) for at, _ in enumerate(table.columns))


def _table(document: Document, table: Table, width: float) -> None:
    """A table with the columns that the page has room for."""
    columns = lay(table, int(width / _LETTER))
    whole = sum(column.width + GAP for column in columns)
    widths = [(column.width + GAP) * width / whole for column in columns]
    word.write(document.add_paragraph(), table.title, bold=True, before=8, after=3, keep=True)
    found = word.table(document, 1, widths, ruled=True)
    word.heading_row(found, [column.column.title for column in columns], _CELL)
    rows = zip(*(column.texts for column in columns), strict=True)
    word.add_rows(found, rows, [column.right for column in columns], _CELL, table.total)
