"""Cells as people read them."""

from __future__ import annotations

from datetime import date

from tthc_cli import wording
from tthc_cli.report import Cell, Column

NUMBERS = ("number", "rate")


def shown(value: Cell, column: Column) -> str:
    """A cell's text: dates as dd/mm/yyyy, verdicts and rates in words."""
    if value is None:
        return ""
    if isinstance(value, date):
        return wording.day(value)
    if column.kind == "rate" and isinstance(value, (int, float)):
        return wording.rate(value)
    return wording.verdict(value) if column.kind == "verdict" and isinstance(value, str) else str(value)
