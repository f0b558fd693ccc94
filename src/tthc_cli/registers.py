"""Opens a register, or a file beside it, with the reader for its kind."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import ExitStack
from fnmatch import fnmatch
from pathlib import Path
from stat import S_ISREG

from tthc_cli.csv_spans import Span
from tthc_cli.errors import InputError, Trouble
from tthc_cli.register_csv import open_csv
from tthc_cli.remote import Remote, Source
from tthc_cli.submissions import Columns
from tthc_cli.tables import KINDS, OLE, WORKBOOKS, ZIP, Table

_NOT_MEANT = ".~"
"""How the names begin of hidden files, and of those that an open program keeps beside its document."""


def files(source: Source) -> tuple[Source, ...]:
    """The files that a register consists of: all of a folder, or of a pattern (`so/*.csv`), by name; else the one.

    InputError where there is none.
    """
    if meant := among(source, entries(source)):
        return meant
    raise InputError(Trouble(str(source), "no_registers"))


def among(source: Source, found: tuple[Source, ...]) -> tuple[Source, ...]:
    """Of what lies in a folder the registers, by their names; of what fits a pattern all files that are not hidden."""
    if found == (source,):
        return found
    return tuple(path for path in found if is_register(path) or (_is_pattern(source) and _is_meant(path)))


def entries(source: Source) -> tuple[Source, ...]:
    """What lies in a folder, or fits a pattern, by name; else the one itself. InputError if a URL cannot be listed."""
    found: Iterable[Source]
    try:
        if isinstance(source, Remote):
            found = source.files()
        elif source.is_dir():
            found = source.iterdir()
        elif _is_pattern(source):
            found = _fitting(str(source))
        else:
            return (source,)
        return tuple(sorted(set(found), key=str))
    except OSError:
        return (source,)  # whoever opens it will say why it cannot be


def _fitting(pattern: str) -> Iterable[Path]:
    """What a whole path as a pattern fits; pathlib knows patterns only below a folder."""
    from glob import glob

    return map(Path, glob(pattern, recursive=True))  # noqa: PTH207


def left_out(source: Source) -> tuple[str, ...]:
    """The names of the folders in a folder that hold registers, which are not read with those beside them."""
    if isinstance(source, Remote):  # to list it once more takes time, and would tell nothing of what is below
        return ()
    inner = [each for each in entries(source) if each != source and is_folder(each) and not is_hidden(each)]
    return tuple(each.name for each in inner if any(map(is_register, entries(each))))


def _is_pattern(source: Source) -> bool:
    return isinstance(source, Path) and any(sign in str(source) for sign in "*?[") and not source.exists()


def _is_meant(path: Source) -> bool:
    return not (is_hidden(path) or is_folder(path))


def is_folder(path: Source) -> bool:
    """Whether it is a folder, which a URL tells by its end."""
    try:
        return path.is_dir() if isinstance(path, Path) else path.url.endswith("/")
    except OSError:
        return False


def is_hidden(path: Source) -> bool:
    """Whether it is not meant to be seen, by its name."""
    return path.name[:1] in _NOT_MEANT


def is_register(path: Source) -> bool:
    """Whether a file among others is meant as a register, by its name."""
    return path.suffix.lower() in KINDS and _is_meant(path)


State = tuple[int, int]


def state(source: str | Source) -> State | None:
    """The size of a file, and when it was written last, in nanoseconds; None for what is no file of this machine."""
    if isinstance(source, Remote) or str(source) == "-":
        return None
    try:
        found = Path(source).stat()
    except (OSError, ValueError):
        return None
    return (found.st_size, found.st_mtime_ns) if S_ISREG(found.st_mode) else None


def reads(source: Source, path: Path) -> bool:
    """Whether a file at this path is read, or would be if it were there, as a register or a part of one."""
    if isinstance(source, Remote):
        return False
    try:
        found = [each for each in entries(source) if isinstance(each, Path) and each.exists()]
        if path.exists() and any(_are_one(path, each) for each in found):
            return True
        if source.is_dir():
            return path.suffix.lower() in KINDS and _are_one(path.parent, source)
        fits = fnmatch(path.name, source.name) if _is_pattern(source) else path.name == source.name
        return fits and _is_in(path.parent, source.parent)
    except (OSError, ValueError):
        return False


def _is_in(folder: Path, pattern: Path) -> bool:
    """Whether a folder is this one, or one of those that fit it as a pattern."""
    found = [pattern] if pattern.exists() else _fitting(f"{pattern}/")
    return any(_are_one(folder, each) for each in found)


def _are_one(path: Path, other: Path) -> bool:
    """Whether they are one file or folder; where a share gives none of them a number, by their names."""
    return path.samefile(other) and (path.stat().st_ino != 0 or path.resolve() == other.resolve())


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
    """The table of a fetched copy, which is deleted when the table is closed."""
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
    if path.suffix.lower() in WORKBOOKS:
        return True
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return stream.read(4) in (ZIP, OLE)
    except (OSError, ValueError):
        return False
