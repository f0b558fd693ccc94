"""CSV as Excel opens it in Vietnam: a byte order mark, semicolons, and no cell that it would take for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from io import StringIO

from tthc_cli import wording
from tthc_cli.report import Cell, Column, Report

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(report: Report, terminal: object = None) -> Iterable[str]:
    """Every table with its headings, an empty line before each but the first."""
    yield "\ufeff"
    for at, table in enumerate(report.tables if report.flat is None else report.flat):
        if at:
            yield "\r\n"
        yield from _lines([column.title for column in table.columns])
        for row in table.rows:
            yield from _lines([cell(value, column) for value, column in zip(row, table.columns, strict=True)])


def _lines(cells: list[str | int | float]) -> Iterator[str]:
    buffer = StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerow(cells)
    yield buffer.getvalue()


def cell(value: Cell, column: Column) -> str | int | float:
    """A value as a spreadsheet takes it: dates in ISO form, words for verdicts, text that is never a formula."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if column.kind == "rate" and isinstance(value, (int, float)):
        return wording.rate(value)
    if isinstance(value, str):
        text = wording.verdict(value) if column.kind == "verdict" else value
        return safe(text)
    return value


def safe(text: str) -> str:
    """Text that no spreadsheet runs."""
    return f"'{text}" if text.startswith(_FORMULA) else text
