"""Files in the user's cache folder that open with all that they depend on: believed only where that is unchanged."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from tthc_cli import __version__
from tthc_cli.errors import TthcError
from tthc_cli.tuples import NamedTuple

MOST_KEPT = 128
"""So many files of a kind; the oldest are forgotten."""
_LONG, _PIECE = 1 << 21, 1 << 18
"""Of a file of more bytes not all are kept; so many are looked at at once."""
State = tuple[int, ...]


class Head(NamedTuple):
    """What must be unchanged for what is kept to be believed, and how its files were before they were looked at."""

    text: bytes
    files: tuple[Path, ...]
    states: tuple[State, ...]


def head(depends: object, files: Iterable[Path], most: int | None = None) -> Head | None:
    """What must be unchanged: the program's version, `depends` as its `repr` tells it, and what is in files.

    None where one is no file that can be read twice, which the reading proper will report if it is amiss, or where they
    hold more than `most` bytes.
    """
    listed = tuple(files)
    try:
        # What is read of a pipe is gone, and what is elsewhere is not looked at.
        if not all(path.is_file() for path in listed):
            return None
        states = tuple(map(_state, listed))
        if most is not None and sum(size for size, *_ in states) > most:
            return None
        sources = [*map(_content, listed, states)]
    except (OSError, ValueError):
        return None
    told = repr((depends, [*map(len, sources)])).encode()
    text = b"".join((b"tthc %b %d\n" % (__version__.encode(), len(told)), told, *sources))
    return Head(text, listed, states)


def _state(path: Path) -> State:
    """How long a file is, which it is, and when it was changed: all that tells of a change without a look into it."""
    found = path.stat()
    return found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns


def _content(path: Path, state: State) -> bytes:
    """The very bytes of a file; of a long one their checksum, and all that tells of a change without a look into it."""
    size, *_ = state
    if size <= _LONG:
        return path.read_bytes()
    sum_ = 0
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            sum_ = crc32(piece, sum_)
    return repr((sum_, *state)).encode()


def place(folder: Path, name: str, kind: str) -> Path:
    """The file that is kept for a name."""
    return folder / f"{crc32(name.encode()):08x}.{kind}"


def kept(file: Path, head: Head) -> bytes | None:
    """What a file holds behind this head; None where that is not there, or damaged."""
    try:
        with file.open("rb") as stream:
            if stream.read(len(head.text)) != head.text:
                return None
            sum_, found = stream.read(8), stream.read()
    except OSError:
        return None
    return found if sum_ == _sum(found) else None


def keep(file: Path, head: Head, content: bytes) -> None:
    """Write what is to be found the next time, and forget the oldest of its kind; where it cannot be, nothing is.

    Nor where a file was changed since the head was made: nobody knows which of the two the content was made from.
    """
    from tthc_cli.formats import write

    with suppress(OSError, TthcError):
        if head.states != tuple(map(_state, head.files)):
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        new = not file.exists()
        write(file, (head.text, _sum(content), content))
        if not new:
            return
        others = sorted(file.parent.glob(f"*{file.suffix}"), key=lambda each: each.stat().st_mtime_ns)
        for oldest in others[:-MOST_KEPT]:
            oldest.unlink()


def _sum(content: bytes) -> bytes:
    return b"%08x" % crc32(content)
