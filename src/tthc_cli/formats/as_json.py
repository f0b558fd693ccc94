"""JSON: the report's object, and each item of what it holds on a line of its own; dates in ISO form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from json import JSONEncoder
from typing import Any

from tthc_cli.report import Report


def render(report: Report, terminal: object = None) -> Iterable[str]:
    """One object, in pieces: a list may be very long."""
    before = "{"
    for name, value in report.payload.items():
        yield f"{before}\n  {_written(name)}: "
        yield from _lines(value)
        before = ","
    yield "\n}\n"


def _lines(value: object) -> Iterator[str]:
    if not value or isinstance(value, str) or not isinstance(value, Mapping | Sequence):
        yield _written(value)
        return
    before, after, items = "[", "]", map(_written, value)
    if isinstance(value, Mapping):
        before, after, items = "{", "}", map(_pair, value.items())
    for item in items:
        yield f"{before}\n    {item}"
        before = ","
    yield f"\n  {after}"


def _pair(item: tuple[str, object]) -> str:
    name, value = item
    return f"{_written(name)}: {_written(value)}"


def _plain(value: object) -> Any:
    """What the library cannot write, as what it can."""
    match value:
        case date():
            return value.isoformat()
        case Mapping():
            return dict(value)
        case Set():
            return sorted(value)
        case Sequence():
            return list(value)
    raise TypeError(type(value).__name__)


_written = JSONEncoder(ensure_ascii=False, check_circular=False, default=_plain).encode
