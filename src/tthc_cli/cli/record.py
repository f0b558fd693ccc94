"""What a command says, noted as it goes out, so that it can be said again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tthc_cli.formats import encoded

_MOST = 1 << 22
"""A report of more bytes is not noted."""


class Record:
    """What a command said, noted as it goes out.

    warned: with a warning, which holds for now only; unfinished: reports of which not all went out, since whoever read
    them went away, or not all was noted, since it was too much.
    """

    def __init__(self) -> None:
        self.out: list[bytes] = []
        self.beside: list[str] = []
        self.warned = False
        self.unfinished = 0

    def heard(self, pieces: Iterable[str | bytes]) -> Iterator[bytes]:
        """The pieces of a report on their way."""
        self.unfinished += 1
        size = 0
        for piece in encoded(pieces):
            size += len(piece)
            if size <= _MOST:
                self.out.append(piece)
            yield piece
        self.unfinished -= size <= _MOST

    @property
    def lasts(self) -> bool:
        """Whether it is an answer, whole, that will hold another time."""
        return bool(self.out) and not (self.warned or self.unfinished)

    def told(self, code: int) -> bytes:
        """All of it with the exit code, to be repeated."""
        beside = "".join(f"{line}\n" for line in self.beside).encode("utf-8", "backslashreplace")
        return b"".join((b"%d %d\n" % (code, sum(map(len, self.out))), *self.out, beside))
