"""The physical lines of a CSV file, those that no record has taken yet held, so that they can be read again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from tthc_cli.csv_text import Block
from tthc_cli.submissions import HEADER_WITHIN
from tthc_cli.tables import TornError


class Lines:
    """Lines of a file, or of a part of it: a record of the part may run on to those beyond.

    done: the last line that a record took, from 1; dirty: the last line of the last block in which something could not
    be decoded, or is too long; quoted: whether there was a quote in any block held.
    """

    def __init__(self, blocks: Iterator[Block], beyond: Iterator[Block] | None = None) -> None:
        self._blocks, self._beyond = blocks, beyond or iter(())
        self._first = 1
        self._last: int | None = None
        self.held: list[str] = []
        self.done = self.dirty = 0
        self.quoted = False

    def peek(self) -> None:
        """Hold enough lines to look for a header."""
        for block in self._blocks:
            self.hold(block)
            if len(self.held) > 2 * HEADER_WITHIN:
                break

    def left(self) -> bool:
        """Whether lines are held that no record has taken."""
        return self.done < self._end()

    def next(self) -> str:
        """The line after the last record, one being left."""
        return self.held[self.done + 1 - self._first]

    def rest(self) -> Iterator[str]:
        """The lines after the last record."""
        self._forget()
        return chain(self.held, chain.from_iterable(map(self.hold, chain(self._blocks, self._over()))))

    def waiting(self) -> Iterator[str]:
        """The lines after the last record, as far as they are held."""
        self._forget()
        return islice(self.held, self._end() - self.done)

    def next_block(self) -> Block | None:
        """The block after the lines held, to be held or to be counted as done."""
        return next(self._blocks, None)

    def hold(self, block: Block) -> list[str]:
        """Hold a block's lines behind those held."""
        self._forget()
        lines = block.lines()
        self.held += lines
        self.quoted = self.quoted or '"' in block.text
        if not block.plain:
            self.dirty = self.done + len(self.held)
        return lines

    def enter(self, last: int) -> None:
        """Count the lines up to this one as done; TornError where it lies beyond the part."""
        if self._last is not None and last > self._last:
            raise TornError
        self.done = last

    def _end(self) -> int:
        return self._first + len(self.held) - 1 if self._last is None else self._last

    def _over(self) -> Iterator[Block]:
        self._forget()
        self._last = self._end()
        yield from self._beyond

    def _forget(self) -> None:
        self.held = self.held[self.done + 1 - self._first :]
        self._first = self.done + 1
