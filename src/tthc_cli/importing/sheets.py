"""Reads workbooks (XLSX): each sheet is a table, with merged cells and values as the sheet shows them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tthc_cli.drafting.document import Block, Cell, Document, Place, Row, Table
from tthc_cli.register_xlsx import damage_told, shown_cell

_MOST_COLUMNS = 100


def read(path: Path) -> Document:
    """The sheets that are to be seen, each a table."""
    from openpyxl import load_workbook

    warnings.filterwarnings("ignore", module="openpyxl")
    with damage_told(str(path)):
        book = load_workbook(path, data_only=True)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return tuple(block for number, sheet in enumerate(sheets, 1) for block in _table(sheet, number))


def _table(sheet: Any, number: int) -> Iterator[Block]:
    merged = {cell: area for area in sheet.merged_cells.ranges for cell in _corners(area)}
    rows = []
    for line, cells in enumerate(sheet.iter_rows(max_col=min(sheet.max_column, _MOST_COLUMNS)), 1):
        row = Row(tuple(_cells(cells, line, merged)), Place(sheet=sheet.title, row=line))
        if any(cell.text or cell.continued for cell in row.cells):
            rows.append(row)
    if rows:
        yield Table(tuple(rows), Place(sheet=sheet.title, table=number))


def _corners(area: Any) -> Iterator[tuple[int, int]]:
    """The first cell of each row of a merged area."""
    return ((row, area.min_col) for row in range(area.min_row, area.max_row + 1))


def _cells(cells: Any, line: int, merged: dict[tuple[int, int], Any]) -> Iterator[Cell]:
    until = 0
    for at, cell in enumerate(cells, 1):
        if at <= until:
            continue
        area = merged.get((line, at))
        until = min(area.max_col, len(cells)) if area else at
        value = "" if cell.value is None else shown_cell(cell.value, cell.number_format)
        text = f"{value.day:02}/{value.month:02}/{value.year}" if isinstance(value, date) else str(value)
        yield Cell(text.strip(), until - at + 1, bool(area and area.min_row != line))
