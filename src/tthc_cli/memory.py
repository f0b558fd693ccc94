"""What was read is kept in mind for a while: papers say the same few things over and over."""

from __future__ import annotations

from typing import TypeVar

Value = TypeVar("Value")
MOST_REMEMBERED = 1 << 14


def remember(table: dict[str, Value], text: str, value: Value) -> Value:
    """The value, now kept under its text; a table that is full begins anew."""
    if len(table) >= MOST_REMEMBERED:
        table.clear()
    table[text] = value
    return value
