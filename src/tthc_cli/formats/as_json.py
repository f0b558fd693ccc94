"""JSON: the report's object, dates in ISO form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tthc_cli.report import Report


def render(report: Report, terminal: object = None) -> Iterable[str]:
    """One object, indented."""
    return json.dumps(dict(report.payload), ensure_ascii=False, indent=2, default=_plain), "\n"


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence):
        return list(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(type(value).__name__)
