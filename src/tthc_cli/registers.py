"""Opens a register, or a file beside it, with the reader for its kind."""

from __future__ import annotations

import re
import sys
from contextlib import ExitStack
from glob import glob
from pathlib import Path

from tthc_cli.csv_spans import Span
from tthc_cli.errors import InputError, Trouble
from tthc_cli.register_csv import open_csv
from tthc_cli.remote import Remote, Source
from tthc_cli.submissions import Columns
from tthc_cli.tables import Table

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb"})
_KINDS = frozenset({".csv", ".tsv", *_WORKBOOKS})
_NOT_MEANT = ".~"
"""Hidden files, and those that a program that is open keeps beside its document, begin so."""
_PATTERN = re.compile(r"[*?\[]")
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def files(source: Source) -> tuple[Source, ...]:
    """The files that a register consists of: all of a folder, or of a pattern (`so/*.csv`), by name; else the one.

    InputError where there is none.
    """
    found: list[Source]
    if isinstance(source, Remote):
        if (listed := source.files()) == (source,):
            return listed
        found = [path for path in listed if path.suffix.lower() in _KINDS]
    elif source.is_dir():
        found = [path for path in source.iterdir() if path.suffix.lower() in _KINDS]
    elif _PATTERN.search(str(source)) and not source.exists():
        # A whole path as a pattern: pathlib knows patterns only below a folder.
        found = [Path(name) for name in glob(str(source), recursive=True)]  # noqa: PTH207
    else:
        return (source,)
    meant = [path for path in found if path.name[0] not in _NOT_MEANT]
    if not meant:
        raise InputError(Trouble(str(source), "no_registers"))
    return tuple(sorted(meant, key=str))


def open_table(source: str | Source, columns: Columns, span: Span | None = None, name: str = "") -> Table:
    """Open a CSV file or a workbook, told apart by name and first bytes; "-" reads CSV from standard input.

    span: the part of a large CSV file that is wanted; name: what the file is called where it is told of.
    """
    name = name or str(source)
    if isinstance(source, Remote):
        return _fetched(source, columns, name)
    path = Path(source)
    if str(path) == "-":
        return open_csv(sys.stdin.buffer, columns, name)
    return _opened(path, columns, name, span)


def _fetched(source: Remote, columns: Columns, name: str) -> Table:
    """The table of a copy that is gone when it is closed."""
    with ExitStack() as stack:
        table = stack.enter_context(_opened(stack.enter_context(source.fetched()), columns, name))
        return table._replace(close=stack.pop_all().close)


def _opened(path: Path, columns: Columns, name: str, span: Span | None = None) -> Table:
    if not _is_workbook(path):
        return open_csv(path, columns, name, span)
    from tthc_cli.register_xlsx import open_xlsx

    return open_xlsx(path, columns, name)


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
