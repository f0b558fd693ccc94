"""Markdown: every table whole, with the talk around them."""

from __future__ import annotations

from collections.abc import Iterable

from tthc_cli.formats.cells import NUMBERS, made, shown
from tthc_cli.report import Report, Table


def render(report: Report, terminal: object = None) -> Iterable[str]:
    """Paragraphs and pipe tables."""
    missing = [line for line in report.warnings if line not in report.before]
    for line in (*report.before, *missing):
        yield f"{escaped(line)}\n\n"
    for table in report.tables:
        if table.rows:
            yield from _table(table)
    for line in (*report.after, *filter(None, [made(report)])):
        yield f"{escaped(line)}\n\n"


def _table(table: Table) -> Iterable[str]:
    yield f"## {escaped(table.title)}\n\n"
    yield _row(column.title for column in table.columns)
    yield _row("---:" if column.kind in NUMBERS else "---" for column in table.columns)
    for row in table.rows:
        yield _row(escaped(shown(value, column)) for value, column in zip(row, table.columns, strict=True))
    yield "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def escaped(text: str) -> str:
    """Text that breaks no table and is no markup of its own."""
    for char in "\\|`*_<>[]":
        text = text.replace(char, f"\\{char}")
    return " ".join(text.split())
