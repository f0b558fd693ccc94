"""An empty workbook with headings, for people to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

_WIDTH = 18


def workbook(title: str, headings: Mapping[str, bool]) -> bytes:
    """One sheet of headings, each with whether its cells are days."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.create_sheet(title, 0)
    del book[book.sheetnames[1]]
    for place, (heading, dated) in enumerate(headings.items(), 1):
        cell = sheet.cell(1, place, heading)
        cell.font = Font(bold=True)
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = _WIDTH
        if dated:
            column.number_format = "dd/mm/yyyy"
    sheet.freeze_panes = "A2"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
