"""The papers of a register in columns of integers, row by row: a register may hold very many."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import lt
from zlib import Z_RLE, compressobj, decompress

from tthc_cli.records import Paper, Slot, Stamp
from tthc_cli.tuples import NamedTuple

Add = Callable[[int], None]
Change = Callable[[Iterable[int]], Iterable[int]]
"""What becomes of the numbers of a column, one by one, where it is put behind another."""
_FIRST, _FURTHER, _LEAST = 1 << 20, 1 << 18, 1 << 8
"""After how many rows piles are packed the first time, and again; a pile with fewer new ones is left as it is."""


class _Packed(NamedTuple):
    """A chunk of a column, compressed.

    data: by zlib, of shuffled bytes (`_packed`); size: how many numbers; more: what is to be added to each of them.
    """

    data: bytes
    size: int
    more: int = 0


class Column:
    """A column of unsigned integers, one a row, that only grows: the latest are in an array, those before compressed.

    kind: the type code of the array, "I" (32 bits) or "Q" (64 bits). Whoever reads rows appends to `flat` itself.
    """

    __slots__ = ("_packed", "flat")

    def __init__(self, kind: str, numbers: Iterable[int] = ()) -> None:
        self.flat = array(kind, numbers)
        self._packed: list[_Packed] = []

    def __len__(self) -> int:
        return sum(packed.size for packed in self._packed) + len(self.flat)

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(self.parts())

    def parts(self) -> Iterator[array[int]]:
        """All numbers, an array of many at a time."""
        yield from map(self._unpacked, self._packed)
        if self.flat:
            yield self.flat

    def rises(self) -> bool:
        """Whether each number is greater than the one before."""
        least = -1
        for part in self.parts():
            numbers = part.tolist()
            if numbers[0] <= least or not all(map(lt, numbers, islice(numbers, 1, None))):
                return False
            least = numbers[-1]
        return True

    def count(self, number: int) -> int:
        """How many of them are this one."""
        return sum(part.count(number) for part in self.parts())

    def pack(self) -> None:
        """Compress what is in the array, and empty it: who holds its `append` may go on appending."""
        if self.flat:
            self._packed.append(_packed(self.flat))
            del self.flat[:]

    def take(self, other: Column, more: int = 0, change: Change | None = None) -> None:
        """Put another's numbers behind these, with something added to each, or changed."""
        if other._packed:
            self.pack()
        for packed in other._packed:
            if change:
                packed = _packed(array(self.flat.typecode, change(other._unpacked(packed))))
            self._packed.append(packed._replace(more=packed.more + more))
        fresh = change(other.flat) if change else map(more.__add__, other.flat) if more else other.flat
        self.flat += array(self.flat.typecode, fresh)

    def _unpacked(self, packed: _Packed) -> array[int]:
        width, data = self.flat.itemsize, bytearray(packed.size * self.flat.itemsize)
        loose = decompress(packed.data)
        for at in range(width):
            data[at::width] = loose[at * packed.size : (at + 1) * packed.size]
        found = array(self.flat.typecode, bytes(data))
        return array(found.typecode, map(packed.more.__add__, found)) if packed.more else found


def _packed(numbers: array[int]) -> _Packed:
    """A chunk, its bytes shuffled: byte 0 of every number, then byte 1, and so on, since these are most alike.

    What repeats, then, is one byte, many times: to look for more takes time and finds nothing.
    """
    data, width, packer = numbers.tobytes(), numbers.itemsize, compressobj(1, strategy=Z_RLE)
    packed = [packer.compress(data[at::width]) for at in range(width)]
    return _Packed(b"".join((*packed, packer.flush())), len(numbers))


class Pile:
    """The papers for the same slots from the same issuer, as three columns of as many rows.

    lines: where each stands; marks: its document number (`numbering.Numbers`); stamps: the index of its days among all
    stamps of the register.
    """

    __slots__ = ("issuer", "lines", "marks", "slots", "stamps")

    def __init__(self, slots: tuple[Slot, ...], issuer: str) -> None:
        self.slots, self.issuer = slots, issuer
        self.lines, self.marks, self.stamps = Column("I"), Column("Q"), Column("I")

    def adders(self) -> tuple[Add, Add, Add]:
        """What puts the paper of a row on the pile: its line, its mark, and its stamp."""
        return self.lines.flat.append, self.marks.flat.append, self.stamps.flat.append

    def add(self, line: int, mark: int, stamp: int) -> None:
        """Put the paper of a row on the pile."""
        self.lines.flat.append(line)
        self.marks.flat.append(mark)
        self.stamps.flat.append(stamp)

    def pack(self) -> None:
        """Keep what is new in less room."""
        if len(self.lines.flat) >= _LEAST:
            for column in (self.lines, self.marks, self.stamps):
                column.pack()

    def take(self, other: Pile, further: int, stamps: Change | None, marks: Change | None) -> None:
        """Put another pile under this one, its lines so much further down, its stamps and marks changed."""
        self.lines.take(other.lines, further)
        self.stamps.take(other.stamps, change=stamps)
        self.marks.take(other.marks, change=marks)

    def between(self, above: int, last: int) -> Pile:
        """The papers whose lines come after one, up to another."""
        found = Pile(self.slots, self.issuer)
        lines = array("I", self.lines)
        mine = slice(bisect_right(lines, above), bisect_right(lines, last))
        found.lines.flat += lines[mine]
        found.marks.flat += array("Q", self.marks)[mine]
        found.stamps.flat += array("I", self.stamps)[mine]
        return found

    def rows(self, stamps: Sequence[Stamp]) -> Iterator[tuple[int, int, Stamp]]:
        """Line, mark and stamp of each paper, by the stamps of the register."""
        return zip(self.lines, self.marks, map(stamps.__getitem__, self.stamps), strict=True)

    def papers(self, every: Sequence[Stamp]) -> list[Paper]:
        """The first paper with each stamp, which stands for all with it; every: the stamps of the register."""
        found: dict[int, tuple[int, int]] = {}
        for lines, stamps in zip(self.lines.parts(), self.stamps.parts(), strict=True):
            row = 0
            for at, times in Counter(stamps).items():  # in the order in which they are met first
                row = stamps.index(at, row)
                line, before = found.get(at, (lines[row], 0))
                found[at] = line, before + times
        return [Paper(line, every[at], times=times) for at, (line, times) in found.items()]


class Piles(dict[tuple[tuple[Slot, ...], str], Pile]):
    """Piles by their slots and their issuer, each made when it is first looked up."""

    def __missing__(self, key: tuple[tuple[Slot, ...], str]) -> Pile:
        self[key] = Pile(*key)
        return self[key]


class Packing:
    """Has piles packed as a register proves to be large.

    large: the rows are those of one part of a register that is known to be large, to be sent to another process.
    """

    def __init__(self, large: bool = False) -> None:
        self._at, self._large = _FURTHER if large else _FIRST, large

    def after(self, rows: int, piles: Iterable[Pile]) -> None:
        """Pack them after so many rows, if there are many new ones."""
        if rows >= self._at:
            self._at = rows + _FURTHER
            _pack(piles)

    def end(self, piles: Iterable[Pile]) -> None:
        """Pack what is left of a large part."""
        if self._large:
            _pack(piles)


def _pack(piles: Iterable[Pile]) -> None:
    for pile in piles:
        pile.pack()
