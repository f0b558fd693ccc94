"""Opens a register, or a file beside it, with the reader for its kind."""

from __future__ import annotations

import sys
from pathlib import Path

from tthc_cli.register_csv import open_csv
from tthc_cli.submissions import Columns, Table

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb"})
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def open_table(source: str | Path, columns: Columns) -> Table:
    """Open a CSV file or a workbook, told apart by name and first bytes; "-" reads CSV from standard input."""
    path = Path(source)
    if str(path) == "-":
        return open_csv(sys.stdin.buffer, columns, "-")
    if not _is_workbook(path):
        return open_csv(path, columns, str(source))
    from tthc_cli.register_xlsx import open_xlsx

    return open_xlsx(path, columns, str(source))


def _is_workbook(path: Path) -> bool:
    """Only a regular file is looked into, since what is read from a pipe is gone."""
    if path.suffix.lower() in _WORKBOOKS:
        return True
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return stream.read(4) in _MAGIC
    except (OSError, ValueError):
        return False
