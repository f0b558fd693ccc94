"""A table as an Excel workbook: days are days, everything else is text that Excel takes for nothing more."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from tthc_cli.formats.cells import shown
from tthc_cli.report import Cell, Column, Table

_NARROW, _BROAD = 18, 60
_LONGEST_TITLE, _LONGEST_CELL = 31, 32767


def workbook(table: Table) -> bytes:
    """One sheet: bold headings that stay in sight, and a filter on each."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.title[:_LONGEST_TITLE])
    for place, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _BROAD if column.wide else _NARROW
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    top, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)

    def cell(value: Cell, column: Column, heading: bool = False) -> Any:
        day = datetime.combine(value, time()) if isinstance(value, date) else None
        made = WriteOnlyCell(sheet, day or _plain(shown(value, column)))
        if day:
            made.number_format = "dd/mm/yyyy"
        elif value is not None:
            made.data_type = "s"
        made.alignment = top
        if heading:
            made.font = bold
        return made

    sheet.append([cell(column.title, column, heading=True) for column in table.columns])
    for row in table.rows:
        sheet.append([cell(value, column) for value, column in zip(row, table.columns, strict=True)])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _plain(text: str) -> str | None:
    """Text that a workbook can hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_CELL] or None
