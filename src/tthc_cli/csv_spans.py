"""Parts of a large CSV file that can be read side by side, each beginning where a line begins."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from tthc_cli.tuples import NamedTuple

LEAST = 1 << 22
"""A smaller file is read sooner whole. A part has at least a quarter of this."""
_LARGE, _MORE = 1 << 26, 4
"""A file with parts larger than this has up to so many times more: what is read of a smaller one is sooner at hand."""
_SAMPLE = 1 << 16
"""Bytes at the beginning of a file by which UTF-16 is known."""


class Span(NamedTuple):
    """Bytes of a file from `start` up to `end`."""

    start: int
    end: int

    @property
    def large(self) -> bool:
        """Whether it holds very many rows."""
        return self.end - self.start >= _LARGE


class Part:
    """A stream that may be made to begin late and to end early."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.end: int | None = None

    def read(self, size: int) -> bytes:
        """So many bytes, or what is left before the end."""
        return self._stream.read(self._most(size))

    def line(self, size: int) -> bytes:
        """What is left of a line, but no more than so many bytes."""
        return self._stream.readline(self._most(size))

    def _most(self, size: int) -> int:
        return size if self.end is None else max(0, min(size, self.end - self._stream.tell()))

    def take(self, span: Span) -> None:
        """Go on with these bytes, and end behind them."""
        self._stream.seek(span.start)
        self.end = span.end


def spans(path: Path, count: int) -> tuple[Span, ...]:
    """Parts of a file of which so many are read at once; none where it is to be read as a whole.

    Zeros among the first bytes tell of wide letters, whose ends of lines are not to be told by one byte.
    """
    try:
        size = path.stat().st_size if path.is_file() else 0
        if count < 2 or size < LEAST:
            return ()
        with path.open("rb") as stream:
            sample = stream.read(_SAMPLE)
            if b"\0" in sample:
                return ()
            wanted = max(count, min(size // _LARGE, _MORE * count))
            starts = sorted({0, size, *_starts(stream, size, min(wanted, 4 * size // LEAST))})
    except (OSError, ValueError):
        return ()  # whoever reads it will say why it cannot be
    return tuple(Span(*pair) for pair in pairwise(starts))


def _starts(stream: BinaryIO, size: int, count: int) -> Iterator[int]:
    """The ends of lines that divide the file into so many parts, about equally long."""
    for number in range(1, count):
        stream.seek(size * number // count)
        stream.readline()
        yield stream.tell()
