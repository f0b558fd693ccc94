"""JSON: the report's object, dates in ISO form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import cache
from json.encoder import encode_basestring as _quoted

from tthc_cli.report import Report

_SCALARS = {str, int, float, bool, type(None), date}


def render(report: Report, terminal: object = None) -> Iterable[str]:
    """One object, indented, in pieces: a list may be very long."""
    before = "{"
    for name, value in report.payload.items():
        yield f"{before}\n  {_quoted(name)}: "
        if isinstance(value, Sequence) and not isinstance(value, str) and value:
            yield from _items(value, "  ")
        else:
            yield _text(value, "  ")
        before = ","
    yield "\n}\n"


def _items(values: Iterable[object], margin: str) -> Iterator[str]:
    before = "["
    for value in values:
        yield f"{before}\n{margin}  {_text(value, margin + '  ')}"
        before = ","
    yield f"\n{margin}]"


def _text(value: object, margin: str) -> str:
    """A value as JSON, its inner lines behind a margin."""
    if isinstance(value, str):
        return _quoted(value)
    if value is None:
        return "null"
    if type(value) in _SCALARS:
        return f'"{value}"' if isinstance(value, date) else _scalar(value)
    if isinstance(value, Mapping):
        return _object(value, margin) if value else "{}"
    if isinstance(value, Set):
        value = sorted(value)
    if isinstance(value, Sequence):
        return "".join(_items(value, margin)) if value else "[]"
    raise TypeError(type(value).__name__)


def _object(fields: Mapping[str, object], margin: str) -> str:
    inner = f"{margin}  "
    if _SCALARS.issuperset(map(type, fields.values())):
        lines = _flat(inner)(fields)[1:-1]
    else:
        lines = f",\n{inner}".join(f"{_quoted(name)}: {_text(value, inner)}" for name, value in fields.items())
    return f"{{\n{inner}{lines}\n{margin}}}"


@cache
def _flat(margin: str) -> Callable[[object], str]:
    """Encodes an object without inner ones, its fields on lines of their own; the library's own indenting is slow."""
    separators = f",\n{margin}", ": "
    return json.JSONEncoder(ensure_ascii=False, separators=separators, default=date.isoformat).encode


_scalar = _flat("")
