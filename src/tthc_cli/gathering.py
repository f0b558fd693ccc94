"""What registers said, row by row, and several of them put together: the order in which they were read is all one."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from tthc_cli.numbering import PLACE, Numbers
from tthc_cli.records import NOTHING, Paper, Problem, Stamp
from tthc_cli.understanding import Doubt, Fault, Slot

Add = Callable[[int], None]


class Pile:
    """The papers for the same slots from the same issuer, kept flat: a register may hold very many.

    Row by row their lines, the marks of their numbers, and the places of their stamps among all stamps of the register.
    """

    __slots__ = ("_all", "issuer", "lines", "marks", "slots", "stamps")

    def __init__(self, slots: tuple[Slot, ...], issuer: str, stamps: Sequence[Stamp]) -> None:
        self.slots, self.issuer, self._all = slots, issuer, stamps
        self.lines, self.marks, self.stamps = array("I"), array("Q"), array("I")

    def adders(self) -> tuple[Add, Add, Add]:
        """What puts the paper of a row on the pile: its line, its mark, and its stamp."""
        return self.lines.append, self.marks.append, self.stamps.append

    def add(self, line: int, mark: int, stamp: int) -> None:
        """Put the paper of a row on the pile."""
        self.lines.append(line)
        self.marks.append(mark)
        self.stamps.append(stamp)

    def rows(self) -> Iterator[tuple[int, int, Stamp]]:
        """Line, mark and stamp of each paper."""
        return zip(self.lines, self.marks, map(self._all.__getitem__, self.stamps), strict=True)

    def papers(self) -> list[Paper]:
        """The first paper with each stamp, which stands for all with it."""
        first = dict(zip(reversed(self.stamps), reversed(self.lines), strict=True))
        return [Paper(first[at], self._all[at], times=times) for at, times in Counter(self.stamps).items()]


class Shard(NamedTuple):
    """One file, or part of one, among those that a register consists of.

    last: its last line; start: where in the file it begins; headings: of each field its heading and the number of its
    column; base: what is added to a line of it, so that all lines of a register differ; unread: it could not be read,
    and nobody knows what it holds.
    """

    path: str
    last: int = 0
    start: int = 0
    headings: Mapping[str, tuple[str, int]] = NOTHING
    base: int = 0
    unread: bool = False


class Gathered(NamedTuple):
    """What a register said: papers, problems, and what rejected rows leave in doubt.

    Lines count through all of its shards (see `place`). set_aside: rows of papers that came after the day of the
    report, which are as if not there. A doubt is (task, unit, occasion), its occasion None where any of the unit's
    unanswered occasions may be meant.
    """

    piles: tuple[Pile, ...]
    numbers: Numbers
    stamps: Sequence[Stamp]
    problems: tuple[Problem, ...]
    doubts: frozenset[Doubt]
    rows: int
    accepted: int
    set_aside: int
    shards: tuple[Shard, ...] = ()

    @property
    def incomplete(self) -> bool:
        """Whether a shard could not be read: then a paper that is not there may be in it."""
        return any(shard.unread for shard in self.shards)

    def shard(self, line: int) -> Shard:
        """The shard that a line is in."""
        return self.shards[bisect_left(self.shards, line, key=_end)]

    def place(self, line: int) -> tuple[str, int]:
        """The file of a line, and its number in it."""
        shard = self.shard(line)
        return shard.path, line - shard.base

    def problem(self, line: int, fault: Fault) -> Problem:
        """A fault of a row as it is told."""
        heading, position = self.shard(line).headings.get(fault.field, (fault.field, 1))
        return fault.problem(line, heading, position)

    def papers(self, tasks: Collection[str]) -> Mapping[Slot, list[Paper]]:
        """Every single paper that may answer these tasks, with its number, by slot and in order."""
        found: dict[Slot, list[Paper]] = defaultdict(list)
        for pile in self.piles:
            for slot in pile.slots:
                if slot[0] in tasks:
                    found[slot] += [Paper(line, stamp, self.numbers.text(mark)) for line, mark, stamp in pile.rows()]
        for papers in found.values():
            papers.sort(key=attrgetter("line"))
        return found


def _end(shard: Shard) -> int:
    return shard.base + shard.last


def joined(parts: Iterable[Gathered]) -> Gathered:
    """One register of parts as they were read, in the order of their paths and lines, however they come.

    Papers entered twice are told of here, since the second may be in another part.
    """
    listed = sorted(parts, key=_place)
    return _with_twice(listed[0] if len(listed) == 1 else _Joining().of(listed))


def _place(part: Gathered) -> tuple[str, int]:
    (shard,) = part.shards
    return shard.path, shard.start


class _Joining:
    """Puts parts one behind the other: the same slots are one pile, the same stamp and number one place."""

    def __init__(self) -> None:
        self.numbers = Numbers()
        self.stamps: list[Stamp] = []
        self.places: dict[Stamp, int] = {}
        self.piles: dict[tuple[tuple[Slot, ...], str], Pile] = {}
        self.shards: list[Shard] = []

    def of(self, parts: Sequence[Gathered]) -> Gathered:
        """All of them as one."""
        problems: list[Problem] = []
        for part in parts:
            base = self._shard(part.shards[0])
            self._add(part, base)
            problems += [problem._replace(line=problem.line + base) for problem in part.problems]
        return Gathered(
            tuple(self.piles.values()),
            self.numbers,
            self.stamps,
            tuple(problems),
            frozenset().union(*(part.doubts for part in parts)),
            sum(part.rows for part in parts),
            sum(part.accepted for part in parts),
            sum(part.set_aside for part in parts),
            tuple(self.shards),
        )

    def _shard(self, shard: Shard) -> int:
        """What is to be added to its lines; the parts of one file are one shard."""
        last = self.shards[-1] if self.shards else None
        base = _end(last) if last else 0
        if last and last.path == shard.path:
            self.shards[-1] = last._replace(last=last.last + shard.last)
        else:
            self.shards.append(shard._replace(base=base, last=max(shard.last, 1)))
        return base

    def _add(self, part: Gathered, base: int) -> None:
        stamps = [self._stamp(stamp) for stamp in part.stamps]
        moved = stamps != [*range(len(stamps))]
        steps = self._steps(part)
        for pile in part.piles:
            key = pile.slots, pile.issuer
            if key not in self.piles:
                self.piles[key] = Pile(*key, self.stamps)
            mine = self.piles[key]
            mine.lines += array("I", [line + base for line in pile.lines]) if base else pile.lines
            mine.stamps += array("I", [stamps[place] for place in pile.stamps]) if moved else pile.stamps
            mine.marks += array("Q", [mark + steps[mark >> PLACE] for mark in pile.marks]) if steps else pile.marks

    def _stamp(self, stamp: Stamp) -> int:
        place = self.places.setdefault(stamp, len(self.stamps))
        if place == len(self.stamps):
            self.stamps.append(stamp)
        return place

    def _steps(self, part: Gathered) -> Mapping[int, int]:
        """How far the marks of each place of the part's numbers move; nothing where none does."""
        used = {mark >> PLACE for pile in part.piles for mark in pile.marks}
        found = {place: self.numbers.take(part.numbers, place) - (place << PLACE) for place in sorted(used)}
        return found if any(found.values()) else {}


def _with_twice(gathered: Gathered) -> Gathered:
    """With a warning of each paper that stood in an earlier row: same issuer, year, number and occasion."""
    found: list[Problem] = []
    numbers = gathered.numbers
    for pile in gathered.piles:
        if numbers.differ(pile.marks):
            continue
        seen = set()
        for line, mark, stamp in pile.rows():
            day = stamp.document or stamp.sent or stamp.received
            paper = numbers.same(mark), day and day.year
            if mark and paper in seen:
                fault = Fault("R12", "document_number", "paper_twice", numbers.text(mark))
                found.append(gathered.problem(line, fault))
            seen.add(paper)
    return gathered._replace(problems=(*gathered.problems, *found)) if found else gathered
