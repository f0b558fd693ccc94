"""JSON: the report's object, dates in ISO form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring as _quoted
from typing import Any

from tthc_cli.report import Report

_SCALARS: dict[type, Callable[[Any], str]] = {
    str: _quoted,
    int: int.__repr__,
    float: float.__repr__,
    bool: lambda value: "true" if value else "false",
    type(None): lambda _: "null",
    date: lru_cache(lambda day: f'"{day}"'),
}
"""How each scalar is written; the library's own way is slow where lines are indented."""


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


def _text(value: Any, margin: str) -> str:
    """A value as JSON, its inner lines behind a margin."""
    if written := _SCALARS.get(type(value)):
        return written(value)
    write = _NESTED.get(type(value)) or next((each for kind, each in _NESTED.items() if isinstance(value, kind)), None)
    if not write:
        raise TypeError(type(value).__name__)
    return write(value, margin)


def _list(values: Sequence[object], margin: str) -> str:
    return "".join(_items(values, margin)) if values else "[]"


def _object(fields: Mapping[str, object], margin: str) -> str:
    if not fields:
        return "{}"
    inner, find = f"{margin}  ", _SCALARS.get
    values = [written(value) if (written := find(type(value))) else _text(value, inner) for value in fields.values()]
    return _form(margin, *fields) % tuple(values)


_NESTED: dict[type, Callable[[Any, str], str]] = {
    dict: _object,
    list: _list,
    tuple: _list,
    str: lambda text, _: _quoted(text),
    Mapping: _object,
    Sequence: _list,
    Set: lambda values, margin: _list(sorted(values), margin),
}
"""How what holds others is written, by the first kind that it is of; the usual kinds are told by their type alone."""


@lru_cache
def _form(margin: str, *names: str) -> str:
    """An object with blanks for its values; the same few come again and again."""
    lines = (f"\n{margin}  {_quoted(name)}: ".replace("%", "%%") + "%s" for name in names)
    return f"{{{','.join(lines)}\n{margin}}}"
