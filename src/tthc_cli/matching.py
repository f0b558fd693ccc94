"""From rows of a register to papers, each placed at the obligation that it may answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from tthc_cli.dates import read_date
from tthc_cli.gathering import Gathered, Pile, Shard
from tthc_cli.memory import MOST_REMEMBERED
from tthc_cli.numbering import Numbers
from tthc_cli.records import Problem, Reading, Stamp
from tthc_cli.submissions import BadRow, Cell, Table, read_result
from tthc_cli.understanding import Doubt, Fault, Meaning, Slot, Understanding

_MEANING = ("task", "agency", "parent", "period", "event")
_DATES = ("sent_on", "document_date", "received_on", "proposed_on")
# What a row says, but for the number of its document and words for people.
_SAID = (_MEANING, _DATES, ("issuer", "result"))


def gather(table: Table, understanding: Understanding, today: date, reading: Reading) -> Gathered:
    """Read every row of a register once, in order; nothing of a row is kept but its paper."""
    return _Reader(table, understanding, today, reading).read()


class _Dates(NamedTuple):
    """What the dates of a row say, and what is wrong with them.

    place: of the stamp among all; late: for which tasks the date that judges is after the day of the report, those
    signed by another body (True) or the others (False).
    """

    stamp: Stamp
    place: int
    faults: tuple[Fault, ...]
    late: frozenset[bool]


class _Saying(NamedTuple):
    """What becomes of every row that says the same.

    pile, stamp: where its paper goes; faults: told of each; numbered: its number is looked at too; aside: it is as if
    not there.
    """

    pile: Pile | None = None
    stamp: int = 0
    faults: tuple[Fault, ...] = ()
    accepted: bool = False
    numbered: bool = False
    aside: bool = False


class _Reader:
    def __init__(self, table: Table, understanding: Understanding, today: date, reading: Reading) -> None:
        self.table, self.today, self.reading, self.as_of = table, today, reading, understanding.as_of
        self.place = table.placement.fields
        self.understanding = understanding
        self.said = [[name for name in names if name in self.place] for names in _SAID]
        self.meaning = lru_cache(MOST_REMEMBERED)(self._meaning)
        self.dates = lru_cache(MOST_REMEMBERED)(self._dates)
        self.day = lru_cache(MOST_REMEMBERED)(read_date)
        self.numbers = Numbers()
        self.piles: dict[tuple[tuple[Slot, ...], str], Pile] = {}
        self.stamps: list[Stamp] = []
        self.places: dict[Stamp, int] = {}
        self.problems: list[Problem] = []
        self.doubts: set[Doubt] = set()
        self.rows = self.accepted = self.set_aside = 0

    def read(self) -> Gathered:
        """Most rows say what others said, with nothing to tell: of these only line and number are looked at."""
        pick, number = itemgetter(*map(self.place.__getitem__, chain(*self.said))), self.place.get("document_number")
        sound: dict[tuple[Cell, ...], tuple[Pile, int]] = {}
        mark_of = self.numbers.mark
        count = line = 0
        for line, cells in self.table.rows:
            if isinstance(cells, BadRow):
                self._unreadable(line, cells)
                continue
            words = pick(cells)
            mark = 0 if number is None else mark_of(cells[number])
            place = sound.get(words)
            if place is not None and mark >= 0:
                count += 1
                pile, stamp = place
                pile.add(line, mark, stamp)
                continue
            saying = self._saying(words)
            self._count(line, saying, mark)
            if saying.pile and not saying.faults:
                if len(sound) == MOST_REMEMBERED:
                    sound.clear()
                sound[words] = saying.pile, saying.stamp
        return Gathered(
            tuple(self.piles.values()), self.numbers, self.stamps, tuple(self.problems), frozenset(self.doubts),
            self.rows + count, self.accepted + count, self.set_aside, (self._shard(line),),
        )  # fmt: skip

    def _shard(self, last: int) -> Shard:
        headings = {name: (self.table.headings[index], index + 1) for name, index in self.place.items()}
        return Shard(self.table.path, self.table.lines() if self.table.lines else last, headings=headings)

    def _unreadable(self, line: int, row: BadRow) -> None:
        """A row that cannot be read answers nothing, but nobody is accused of what it seems to be about."""
        self.rows += 1
        self._report(line, (Fault("R01", row.column, row.reason, row.text),))
        if not row.cells:
            return
        meaning = self.meaning(tuple(row.cells[self.place[name]] for name in self.said[0]))
        self.doubts.update((*meaning.slots, *meaning.doubts))

    def _count(self, line: int, saying: _Saying, mark: int) -> None:
        self.rows += 1
        self.set_aside += saying.aside
        self.accepted += saying.accepted
        self._report(line, saying.faults)
        if saying.numbered and mark < 0:
            self._report(line, (Fault("R11", "document_number", "number_malformed", self.numbers.text(-mark)),))
        if saying.pile:
            saying.pile.add(line, abs(mark), saying.stamp)

    def _saying(self, words: tuple[Cell, ...]) -> _Saying:
        """What becomes of rows that say this: they count unless an error or their result takes that away."""
        first, second = len(self.said[0]), len(self.said[0]) + len(self.said[1])
        meaning, (stamp, place, faults, late) = self.meaning(words[:first]), self.dates(words[first:second])
        said = dict(zip(self.said[2], words[second:], strict=True))
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
            return _Saying(None, place, faults, accepted)
        self.doubts.update(meaning.doubts)
        if bad_dates:
            self.doubts.update(meaning.slots)
            return _Saying(None, place, faults, accepted)
        faults += tuple(
            self._before_window_end(meaning, stamp, dict(zip(self.said[1], words[first:second], strict=True)))
        )
        pile = self._pile(meaning.slots, _text(said.get("issuer", ""))) if meaning.slots else None
        return _Saying(pile, place, faults, accepted, numbered=True)

    def _pile(self, slots: tuple[Slot, ...], issuer: str) -> Pile:
        if (slots, issuer) not in self.piles:
            self.piles[slots, issuer] = Pile(slots, issuer, self.stamps)
        return self.piles[slots, issuer]

    def _meaning(self, words: tuple[Cell, ...]) -> Meaning:
        said = dict(zip(self.said[0], map(_text, words), strict=True))
        return self.understanding.of(*(said.get(name, "") for name in _MEANING))

    def _dates(self, cells: tuple[Cell, ...]) -> _Dates:
        days: dict[str, date] = {}
        faults = []
        for name, cell in zip(self.said[1], cells, strict=True):
            try:
                day = cell if isinstance(cell, date) else self.day(cell)
            except ValueError:
                faults.append(Fault("R07", name, "not_a_date", str(cell)))
                continue
            if day and day > self.today:
                faults.append(Fault("R08", name, "after_today", _text(cell)))
            elif day:
                days[name] = day
        if not days and not faults:
            faults.append(Fault("R07", "sent_on", "no_date", ""))
        real = frozenset(_SHORT[name] for name, cell in zip(self.said[1], cells, strict=True) if isinstance(cell, date))
        stamp = Stamp(**{_SHORT[name]: day for name, day in days.items()}, swappable=real)
        late = frozenset(signed for signed in (False, True) if self._is_late(stamp, signed))
        place = self.places.setdefault(stamp, len(self.stamps))
        if place == len(self.stamps):
            self.stamps.append(stamp)
        said = dict(zip(self.said[1], cells, strict=True))
        return _Dates(stamp, place, (*faults, *_out_of_order(stamp, said)), late)

    def _is_late(self, stamp: Stamp, signed: bool) -> bool:
        """Whether the date that judges a task, signed by another body or not, is after the day of the report."""
        proved = stamp.proving(self.reading.proof, signed)
        return proved is not None and proved[1] > self.as_of

    def _before_window_end(self, meaning: Meaning, stamp: Stamp, said: Mapping[str, Cell]) -> Iterator[Fault]:
        """A report dated before the data that it reports were complete; said: the cells of the row's dates."""
        for signed, window in meaning.windows:
            proved = stamp.proving(self.reading.proof, signed)
            if proved and proved[1] < window[1]:
                facts = {"day": proved[1], "end": window[1]}
                name = next(long for long, short in _SHORT.items() if short == proved[0])
                yield Fault("R14", name, "before_window_end", _text(said[name]), facts=facts)

    def _report(self, line: int, faults: Iterable[Fault]) -> None:
        for fault in faults:
            index = self.place.get(fault.field)
            heading = self.table.headings[index] if index is not None else fault.field
            self.problems.append(fault.problem(line, heading, (index or 0) + 1))


_SHORT = {"sent_on": "sent", "document_date": "document", "received_on": "received", "proposed_on": "proposed"}


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell.strip()


def _out_of_order(stamp: Stamp, said: Mapping[str, Cell]) -> Iterator[Fault]:
    if stamp.sent and stamp.document and stamp.sent < stamp.document:
        facts = {"sent": stamp.sent, "document": stamp.document}
        yield Fault("R13", "sent_on", "sent_before_document", _text(said["sent_on"]), facts=facts)
    if stamp.received and stamp.sent and stamp.received < stamp.sent:
        facts = {"sent": stamp.sent, "received": stamp.received}
        yield Fault("R13", "received_on", "received_before_sent", _text(said["received_on"]), facts=facts)
