"""How far the reading of a large register has come, on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tthc_cli.submissions import Row

LARGE = 20_000_000
_SAMPLE = 1 << 16
_WORKBOOK = b"PK"


def watcher(path: Path | None) -> Callable[[Iterator[Row]], Iterator[Row]] | None:
    """What tells of the reading of a register's rows; None where it is small, no text file, or nobody looks."""
    if path is None or not sys.stderr.isatty() or not path.is_file() or path.stat().st_size <= LARGE:
        return None
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE)
    if sample.startswith(_WORKBOOK):
        return None
    lines = path.stat().st_size * max(sample.count(b"\n"), 1) // len(sample)
    return lambda rows: _told(rows, str(path), lines)


def _told(rows: Iterator[Row], path: str, lines: int) -> Iterator[Row]:
    """The rows; a percentage by their line numbers goes to the terminal as they pass."""
    from tthc_cli.wording import fill
    from tthc_cli.wording.workspace import PROGRESS

    following, text = 0, ""
    for row in rows:
        if row[0] >= following:
            text = fill(PROGRESS, {"path": path, "percent": min(99, row[0] * 100 // lines)})
            sys.stderr.write(f"\r{text}")
            sys.stderr.flush()
            following = row[0] + max(1, lines // 100)
        yield row
    sys.stderr.write(f"\r{' ' * len(text)}\r")
