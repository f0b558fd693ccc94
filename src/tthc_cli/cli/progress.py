"""How far the reading of a large register has come, on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tthc_cli.remote import Source
    from tthc_cli.tables import Groups, Piece, Table

LARGE = 20_000_000
_SAMPLE = 1 << 16
_WORKBOOK = b"PK"


def watcher(path: Source | None) -> Callable[[Table], Table] | None:
    """What makes a table tell how far it is read; None where it is small, no text file, or nobody looks."""
    if not isinstance(path, Path) or not sys.stderr.isatty() or not path.is_file() or path.stat().st_size <= LARGE:
        return None
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE)
    if sample.startswith(_WORKBOOK):
        return None
    lines = path.stat().st_size * max(sample.count(b"\n"), 1) // len(sample)
    return lambda table: table._replace(read=lambda groups: _told(table, groups, lines))


def _told(table: Table, groups: Groups | None, lines: int) -> Iterator[Piece]:
    """The pieces of a table; a percentage by the lines that are read goes to the terminal as they pass."""
    from tthc_cli.wording import fill
    from tthc_cli.wording.workspace import PROGRESS

    assert table.lines
    following, text = 0, ""
    for piece in table.read(groups):
        if (line := table.lines()) >= following:
            text = fill(PROGRESS, {"path": table.path, "percent": min(99, line * 100 // lines)})
            sys.stderr.write(f"\r{text}")
            sys.stderr.flush()
            following = line + max(1, lines // 100)
        yield piece
    sys.stderr.write(f"\r{' ' * len(text)}\r")
