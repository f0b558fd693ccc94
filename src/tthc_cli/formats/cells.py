"""Cells as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tthc_cli import wording
from tthc_cli.report import Cell, Column, Report
from tthc_cli.wording.titles import say

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


def made(report: Report) -> str:
    """What the report was made with, in a line; empty where it does not say."""
    prints = report.payload.get("fingerprint")
    if not isinstance(prints, Mapping):
        return ""
    return say("made_with", made=", ".join(f"{name} {value}" for name, value in prints.items()))
