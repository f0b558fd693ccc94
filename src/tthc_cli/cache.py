"""The cache: files in the user's cache folder, each beginning with the key that it was made for.

A key holds what the content depends on - the program's version, what the caller names, the very bytes of the files that
were read - so an entry is never taken for one made from something else: no times to live, nothing to invalidate.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from tthc_cli import __version__
from tthc_cli.errors import TthcError
from tthc_cli.tuples import NamedTuple

MOST_ENTRIES = 128
"""So many entries of a suffix; when one more is stored, the oldest are deleted."""
_LONG, _CHUNK = 1 << 21, 1 << 18
"""Bytes: a longer file stands in a key by its checksum, which is worked out chunk by chunk."""
State = tuple[int, ...]


class Key(NamedTuple):
    """What an entry depends on, as the bytes that it begins with, part by part.

    files, states: what was read for it, and how each file was before that (`_state`).
    """

    parts: tuple[bytes, ...]
    files: tuple[Path, ...]
    states: tuple[State, ...]


def key_of(depends: object, files: Iterable[Path], most: int | None = None) -> Key | None:
    """The key of what is made from files and from `depends`, which counts as its `repr`.

    None, so that nothing is cached, where a file is a pipe, is not there or cannot be read (whoever reads it will say
    so), and where they hold more than `most` bytes together.
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
    return Key((b"tthc %b %d\n" % (__version__.encode(), len(told)), told, *sources), listed, states)


def _state(path: Path) -> State:
    """Size, inode, and times of writing and of change in nanoseconds: what tells of a change without reading."""
    found = path.stat()
    return found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns


def _content(path: Path, state: State) -> bytes:
    """The very bytes of a file; of a long one its CRC-32 and its state."""
    size, *_ = state
    if size <= _LONG:
        return path.read_bytes()
    checksum = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            checksum = crc32(chunk, checksum)
    return repr((checksum, *state)).encode()


def entry(folder: Path, name: str, suffix: str) -> Path:
    """The file of a name; another name may share it, which the key tells."""
    return folder / f"{crc32(name.encode()):08x}.{suffix}"


def load(file: Path, key: Key) -> bytes | None:
    """The content of an entry; None where there is none, where it was made for another key, or is damaged."""
    try:
        with file.open("rb") as stream:
            if any(stream.read(len(part)) != part for part in key.parts):
                return None
            checksum, found = stream.read(8), stream.read()
    except OSError:
        return None
    return found if checksum == _checksum(found) else None


def store(file: Path, key: Key, content: bytes) -> None:
    """Write an entry, and delete the oldest of its suffix; where nothing can be written, nothing is.

    Nor where a file was changed since the key was made: nobody knows which of the two the content was made from.
    """
    from tthc_cli.formats import write

    with suppress(OSError, TthcError):
        if key.states != tuple(map(_state, key.files)):
            return
        if new := not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
        write(file, (*key.parts, _checksum(content), content))
        if not new:
            return
        others = sorted(file.parent.glob(f"*{file.suffix}"), key=lambda each: each.stat().st_mtime_ns)
        for oldest in others[:-MOST_ENTRIES]:
            oldest.unlink()


def _checksum(content: bytes) -> bytes:
    return b"%08x" % crc32(content)
