"""From rows of a register to papers, each placed at the obligation that it may answer."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import NamedTuple

from tthc_cli.dates import read_date
from tthc_cli.numbering import Numbers
from tthc_cli.records import Paper, Problem, Reading, Stamp
from tthc_cli.submissions import BadRow, Cell, Table, read_result
from tthc_cli.understanding import MOST_REMEMBERED, Doubt, Fault, Meaning, Slot, Understanding

_MEANING = ("task", "agency", "parent", "period", "event")
_DATES = ("sent_on", "document_date", "received_on", "proposed_on")
# What a row says, but for the number of its document and words for people.
_SAID = (*_MEANING, *_DATES, "issuer", "result")


class Pile:
    """The papers of rows that say the same, kept flat: line by line, and the marks of their numbers."""

    __slots__ = ("issuer", "lines", "marks", "slots", "stamp")

    def __init__(self, slots: tuple[Slot, ...], stamp: Stamp, issuer: Cell) -> None:
        self.slots, self.stamp, self.issuer = slots, stamp, issuer
        self.lines, self.marks = array("I"), array("Q")

    def rows(self) -> Iterator[tuple[int, int]]:
        """Line and mark of each row."""
        return zip(self.lines, self.marks, strict=True)

    @property
    def paper(self) -> Paper:
        """The first paper, which stands for all."""
        return Paper(self.lines[0], self.stamp, times=len(self.lines))

    @property
    def year(self) -> int | None:
        """The year in which the papers have their numbers."""
        day = self.stamp.document or self.stamp.sent or self.stamp.received
        return day.year if day else None


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a register said: papers, problems, and what rejected rows leave in doubt.

    set_aside: rows of papers that came after the day of the report, which are as if not there.
    A doubt is (task, unit, occasion), its occasion None where any of the unit's unanswered occasions may be meant.
    """

    piles: tuple[Pile, ...]
    numbers: Numbers
    problems: tuple[Problem, ...]
    doubts: frozenset[Doubt]
    rows: int
    accepted: int
    set_aside: int

    def papers(self, tasks: Collection[str]) -> Mapping[Slot, list[Paper]]:
        """Every single paper that may answer these tasks, with its number, by slot and in order."""
        found: dict[Slot, list[Paper]] = defaultdict(list)
        for pile in self.piles:
            for slot in pile.slots:
                if slot[0] in tasks:
                    found[slot] += [Paper(line, pile.stamp, self.numbers.text(mark)) for line, mark in pile.rows()]
        for papers in found.values():
            papers.sort(key=attrgetter("line"))
        return found


def gather(table: Table, understanding: Understanding, today: date, reading: Reading) -> Gathered:
    """Read every row of a register once, in order; nothing of a row is kept but its paper."""
    return _Reader(table, understanding, today, reading).read()


class _Dates(NamedTuple):
    """What the dates of a row say, and what is wrong with them.

    late: for which tasks the date that judges is after the day of the report: those signed by another body (True), the
    others (False).
    """

    stamp: Stamp
    faults: tuple[Fault, ...]
    late: frozenset[bool]


@dataclass(frozen=True, slots=True)
class _Saying:
    """What becomes of every row that says the same.

    pile: where its paper goes; faults: told of each; numbered: its number is looked at too; aside: it is as if not
    there.
    """

    pile: Pile | None = None
    faults: tuple[Fault, ...] = ()
    accepted: bool = False
    numbered: bool = False
    aside: bool = False


class _Reader:
    def __init__(self, table: Table, understanding: Understanding, today: date, reading: Reading) -> None:
        self.table, self.today, self.reading, self.as_of = table, today, reading, understanding.as_of
        self.place = table.placement.fields
        self.said = [name for name in _SAID if name in self.place]
        self.meaning = lru_cache(MOST_REMEMBERED)(understanding.of)
        self.dates = lru_cache(MOST_REMEMBERED)(self._dates)
        self.saying = lru_cache(MOST_REMEMBERED)(self._saying)
        self.numbers = Numbers()
        self.piles: dict[tuple[object, ...], Pile] = {}
        self.problems: list[Problem] = []
        self.doubts: set[Doubt] = set()
        self.rows = self.accepted = self.set_aside = 0

    def read(self) -> Gathered:
        """Most rows say what others said, with nothing to tell: of these only line and number are looked at."""
        pick, number = itemgetter(*(self.place[name] for name in self.said)), self.place.get("document_number")
        sound: dict[tuple[Cell, ...], Pile] = {}
        mark_of = self.numbers.mark
        count = 0
        for line, cells in self.table.rows:
            if isinstance(cells, BadRow):
                self._unreadable(line, cells)
                continue
            words = pick(cells)
            mark = 0 if number is None else mark_of(cells[number])
            pile = sound.get(words)
            if pile is not None and mark >= 0:
                count += 1
                pile.lines.append(line)
                pile.marks.append(mark)
                continue
            saying = self.saying(words)
            self._count(line, saying, mark)
            if saying.pile and not saying.faults:
                if len(sound) == MOST_REMEMBERED:
                    sound.clear()
                sound[words] = saying.pile
        self._entered_twice()
        return Gathered(
            tuple(self.piles.values()), self.numbers, tuple(self.problems), frozenset(self.doubts),
            self.rows + count, self.accepted + count, self.set_aside,
        )  # fmt: skip

    def _unreadable(self, line: int, row: BadRow) -> None:
        """A row that cannot be read answers nothing, but nobody is accused of what it seems to be about."""
        self.rows += 1
        self._report(line, (Fault("R01", row.column, row.reason, row.text),))
        said = {name: row.cells[index] for name, index in self.place.items()} if row.cells else {}
        meaning = self.meaning(*(said.get(name, "").strip() for name in _MEANING))
        self.doubts.update((*meaning.slots, *meaning.doubts))

    def _count(self, line: int, saying: _Saying, mark: int) -> None:
        self.rows += 1
        self.set_aside += saying.aside
        self.accepted += saying.accepted
        self._report(line, saying.faults)
        if saying.numbered and mark < 0:
            self._report(line, (Fault("R11", "document_number", "number_malformed", self.numbers.text(-mark)),))
        if saying.pile:
            saying.pile.lines.append(line)
            saying.pile.marks.append(abs(mark))

    def _saying(self, words: tuple[Cell, ...]) -> _Saying:
        """What becomes of rows that say this: they count unless an error or their result takes that away."""
        said = dict(zip(self.said, words, strict=True))
        meaning = self.meaning(*(_text(said.get(name, "")) for name in _MEANING))
        stamp, faults, late = self.dates(*(said.get(name, "") for name in _DATES))
        if late.issuperset(meaning.tasks.values() or (False,)):
            return _Saying(aside=True)
        meaning = meaning.without(late)
        bad_dates = any(fault.error for fault in faults)
        accepted = not bad_dates and not any(fault.error for fault in meaning.faults)
        faults = (*meaning.faults, *faults)
        try:
            answers = not read_result(_text(said.get("result", "")))
        except ValueError:
            answers = True
            faults += (Fault("R01", "result", "result_unknown", _text(said["result"]), warning=True),)
        if not answers:
            return _Saying(None, faults, accepted)
        self.doubts.update(meaning.doubts)
        if bad_dates:
            self.doubts.update(meaning.slots)
            return _Saying(None, faults, accepted)
        faults += tuple(self._before_window_end(meaning, stamp))
        pile = self._pile(meaning.slots, stamp, said.get("issuer", "")) if meaning.slots else None
        return _Saying(pile, faults, accepted, numbered=True)

    def _pile(self, slots: tuple[Slot, ...], stamp: Stamp, issuer: Cell) -> Pile:
        key = slots, stamp, issuer
        if key not in self.piles:
            self.piles[key] = Pile(*key)
        return self.piles[key]

    def _dates(self, *cells: Cell) -> _Dates:
        days: dict[str, date] = {}
        faults = []
        for name, cell in zip(_DATES, cells, strict=True):
            try:
                day = cell if isinstance(cell, date) else read_date(cell)
            except ValueError:
                faults.append(Fault("R07", name, "not_a_date", str(cell)))
                continue
            if day and day > self.today:
                faults.append(Fault("R08", name, "after_today", _text(cell)))
            elif day:
                days[name] = day
        if not days and not faults:
            faults.append(Fault("R07", "sent_on", "no_date", ""))
        real = frozenset(_SHORT[name] for name, cell in zip(_DATES, cells, strict=True) if isinstance(cell, date))
        stamp = Stamp(**{_SHORT[name]: day for name, day in days.items()}, swappable=real)
        late = frozenset(signed for signed in (False, True) if self._is_late(stamp, signed))
        return _Dates(stamp, (*faults, *_out_of_order(stamp)), late)

    def _is_late(self, stamp: Stamp, signed: bool) -> bool:
        """Whether the date that judges a task, signed by another body or not, is after the day of the report."""
        proved = stamp.proving(self.reading.proof, signed)
        return proved is not None and proved[1] > self.as_of

    def _before_window_end(self, meaning: Meaning, stamp: Stamp) -> Iterator[Fault]:
        """A report dated before the data that it reports were complete."""
        for signed, window in meaning.windows:
            proved = stamp.proving(self.reading.proof, signed)
            if proved and proved[1] < window[1]:
                facts = {"day": proved[1], "end": window[1]}
                name = next(long for long, short in _SHORT.items() if short == proved[0])
                yield Fault("R14", name, "before_window_end", proved[1].isoformat(), facts=facts)

    def _entered_twice(self) -> None:
        """Warn of the same paper in several rows: same issuer, year, number and occasion."""
        groups: dict[tuple[object, ...], list[Pile]] = defaultdict(list)
        for pile in self.piles.values():
            groups[pile.slots, pile.issuer, pile.year].append(pile)
        for piles in groups.values():
            if self.numbers.differ([pile.marks for pile in piles]):
                continue
            seen: set[int] = set()
            for line, mark in sorted(row for pile in piles for row in pile.rows() if row[1]):
                same = self.numbers.same(mark)
                if same in seen:
                    self._report(line, (Fault("R12", "document_number", "paper_twice", self.numbers.text(mark)),))
                seen.add(same)

    def _report(self, line: int, faults: Iterable[Fault]) -> None:
        for fault in faults:
            index = self.place.get(fault.field)
            heading = self.table.headings[index] if index is not None else fault.field
            self.problems.append(fault.problem(line, heading, (index or 0) + 1))


_SHORT = {"sent_on": "sent", "document_date": "document", "received_on": "received", "proposed_on": "proposed"}


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell.strip()


def _out_of_order(stamp: Stamp) -> Iterator[Fault]:
    if stamp.sent and stamp.document and stamp.sent < stamp.document:
        facts = {"sent": stamp.sent, "document": stamp.document}
        yield Fault("R13", "sent_on", "sent_before_document", stamp.sent.isoformat(), facts=facts)
    if stamp.received and stamp.sent and stamp.received < stamp.sent:
        facts = {"sent": stamp.sent, "received": stamp.received}
        yield Fault("R13", "received_on", "received_before_sent", stamp.received.isoformat(), facts=facts)
