"""What registers said, row by row, and several of them put together, in whatever order they were read."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from operator import attrgetter

from tthc_cli.dates import is_month_first
from tthc_cli.mistakes import Mistakes
from tthc_cli.numbering import Numbers
from tthc_cli.piles import Packing, Pile, Piles
from tthc_cli.records import NOTHING, PROOFS, Paper, Problem, Slot, Stamp
from tthc_cli.tuples import NamedTuple
from tthc_cli.understanding import Doubt, Fault

_MONTHS, _MANY = 12, 10
"""How many there are in a year; how many times as often as slips stands what they are slips among."""


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

    def problem(self, line: int, fault: Fault) -> Problem:
        """A fault of a row as it is told."""
        heading, position = self.headings.get(fault.field, (fault.field, 1))
        return fault.problem(line, heading, position)


class Gathered(NamedTuple):
    """What a register said: papers, problems, and what rejected rows leave in doubt.

    Lines count through all of its shards (see `locate`). set_aside: rows of papers that came after the day of the
    report, which are as if not there. A doubt is (task, unit, occasion), its occasion None where any of the unit's
    unanswered occasions may be meant.
    """

    piles: tuple[Pile, ...]
    numbers: Numbers
    stamps: Sequence[Stamp]
    problems: Mistakes
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

    def locate(self, line: int) -> tuple[str, int]:
        """The file of a line, and its number in it."""
        shard = self.shard(line)
        return shard.path, line - shard.base

    def papers(self, tasks: Collection[str]) -> Mapping[Slot, list[Paper]]:
        """Every single paper that may answer these tasks, with its number, by slot and in order."""
        found: dict[Slot, list[Paper]] = defaultdict(list)
        for pile in self.piles:
            for slot in pile.slots:
                if slot[0] in tasks:
                    rows = pile.rows(self.stamps)
                    found[slot] += [Paper(line, stamp, self.numbers.text(mark)) for line, mark, stamp in rows]
        for papers in found.values():
            papers.sort(key=attrgetter("line"))
        return found


def _end(shard: Shard) -> int:
    return shard.base + shard.last


def merged(parts: Iterable[Gathered]) -> Gathered:
    """Several parts as one, in the order of their paths and lines.

    Associative and commutative: in whatever order parts are merged, in steps or at once, the same is judged by them.
    """
    listed = [*parts]
    return listed[0] if len(listed) == 1 else _Merging().of(listed)


def joined(parts: Iterable[Gathered]) -> Gathered:
    """The whole register: all of its parts merged, with what can be told of the whole only.

    That is papers entered twice, the second of which may be in another part, and the files that parts are of; and
    whether days are written with the month first, so that those that can be read either way may be meant so.
    """
    whole = merged(parts)
    files: list[Shard] = []
    for shard in whole.shards:
        if files and files[-1].path == shard.path:
            files[-1] = files[-1]._replace(last=_end(shard) - files[-1].base)
        else:
            files.append(shard)
    # In the order of the rows, whichever parts they came from.
    piles = sorted((pile for pile in whole.piles if pile.lines), key=lambda pile: next(iter(pile.lines)))
    stamps = whole.stamps
    month_first = sum(kind.code == "R07" and is_month_first(kind.value) for kind in whole.problems.kinds)
    # A few among many in one file are slips; of several files, some may be all of it.
    if month_first and (len(files) > 1 or month_first * _MANY > sum(map(_has_day_first, stamps))):
        stamps = [stamp._replace(swappable=frozenset((*PROOFS, "proposed"))) for stamp in stamps]
    return _with_twice(whole._replace(piles=tuple(piles), stamps=stamps, shards=tuple(files)))


def _has_day_first(stamp: Stamp) -> bool:
    """Whether a day of a text stands in it that is none with the month first."""
    return not stamp.swappable and any(isinstance(day, date) and day.day > _MONTHS for day in stamp)


class _Merging:
    """Puts parts one behind the other: the same slots are one pile, the same stamp and number one place."""

    def __init__(self) -> None:
        self.numbers = Numbers()
        self.stamps: dict[Stamp, int] = {}
        self.piles = Piles()
        self.bases: dict[tuple[str, int], int] = {}
        self.packing, self.papers = Packing(), 0

    def of(self, parts: Sequence[Gathered]) -> Gathered:
        """All of them as one."""
        shards: list[Shard] = []
        for shard, holder in sorted(((shard, part) for part in parts for shard in part.shards), key=_place):
            base = _end(shards[-1]) if shards else 0
            self._add(holder, shard, base)
            self.bases[shard.path, shard.start] = base
            shards.append(shard._replace(base=base, last=max(shard.last, 1)))
        problems = Mistakes()
        for part in parts:
            problems.take(part.problems, self._line_of(part))
        problems.sort()
        return Gathered(
            tuple(self.piles.values()),
            self.numbers,
            tuple(self.stamps),
            problems,
            frozenset().union(*(part.doubts for part in parts)),
            sum(part.rows for part in parts),
            sum(part.accepted for part in parts),
            sum(part.set_aside for part in parts),
            tuple(shards),
        )

    def _line_of(self, part: Gathered) -> Callable[[int], int]:
        """Where a line of a part stands in the whole."""

        def further(shard: Shard) -> int:
            return self.bases[shard.path, shard.start] - shard.base

        if len(part.shards) == 1:
            return further(part.shards[0]).__add__
        return lambda line: line + further(part.shard(line))

    def _add(self, part: Gathered, shard: Shard, base: int) -> None:
        """What a part says of one of its shards, whose lines now count from a base."""
        places = [self.stamps.setdefault(stamp, len(self.stamps)) for stamp in part.stamps]
        stamps = partial(map, places.__getitem__) if places != [*range(len(places))] else None
        marks = self.numbers.take(part.numbers)
        alone = len(part.shards) == 1
        for whole in part.piles:
            pile = whole if alone else whole.between(shard.base, _end(shard))
            if pile.lines:
                self.piles[pile.slots, pile.issuer].take(pile, base - shard.base, stamps, marks)
                self.papers += len(pile.lines)
        self.packing.after(self.papers, self.piles.values())


def _place(piece: tuple[Shard, Gathered]) -> tuple[str, int]:
    shard, _ = piece
    return shard.path, shard.start


def _with_twice(gathered: Gathered) -> Gathered:
    """With a warning of each paper that stood in an earlier row: same issuer, year, number and occasion."""
    found: list[Problem] = []
    numbers = gathered.numbers
    for pile in gathered.piles:
        if numbers.differ(pile.marks):
            continue
        seen: dict[object, int] = {}
        for line, mark, stamp in pile.rows(gathered.stamps):
            day = stamp.document or stamp.sent or stamp.received
            paper = numbers.same(mark), day and day.year
            if mark and paper in seen:
                path, first = gathered.locate(seen[paper])
                facts = {"first": first if path == gathered.locate(line)[0] else f"{first} ({path})"}
                fault = Fault("R12", "document_number", "paper_twice", numbers.text(mark), facts=facts)
                found.append(gathered.shard(line).problem(line, fault))
            seen.setdefault(paper, line)
    return gathered._replace(problems=gathered.problems.and_(found))
