"""What differs when an evidence pack is worked out again: `tthc verify`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tthc_cli.report import Column, Marks, Report, Table
from tthc_cli.reports.fields import tail
from tthc_cli.tuples import NamedTuple
from tthc_cli.wording import fill
from tthc_cli.wording.evidence import DIFFERS, MADE_BY, SAME, difference
from tthc_cli.wording.titles import COLUMNS, TABLES


class Difference(NamedTuple):
    """One thing that is not as the pack says: a file, a row, a day off, or a field of an obligation."""

    kind: str
    key: str
    packed: object
    now: object


def report(path: str, manifest: Mapping[str, Any], found: Sequence[Difference], marks: Marks) -> Report:
    """Every difference, and which program made the pack."""
    versions = {**manifest["versions"], "now": marks.fingerprint["tthc"]}
    payload = {
        "schema": "tthc.verify/1",
        "pack": path,
        "same": not found,
        "as_of": manifest["as_of"],
        "versions": versions,
        "files": manifest["files"],
        "differences": [{"kind": item.kind, "key": item.key, "packed": item.packed, "now": item.now} for item in found],
        **tail(marks),
    }
    lines = tuple(difference(item.kind, item.key, item.packed, item.now) for item in found)
    facts = {"path": path, "count": len(found), "as_of": date.fromisoformat(manifest["as_of"]), **versions}
    columns = (Column(COLUMNS["verdict"]), Column(COLUMNS["key"]), Column(COLUMNS["message"], wide=True))
    rows = tuple((item.kind, item.key, line) for item, line in zip(found, lines, strict=True))
    talk = (*lines, fill(DIFFERS if found else SAME, facts), fill(MADE_BY, facts))
    return Report(payload, (Table(TABLES["findings"], columns, rows),), plain=(), screen=(), before=talk, lines=lines)
