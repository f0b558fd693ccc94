"""From rows of a register to papers, each placed at the obligation that it may answer."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from tthc_cli.dates import read_date
from tthc_cli.records import Paper, Problem, Reading, Stamp
from tthc_cli.submissions import BadRow, Cell, Table, read_number, read_result
from tthc_cli.understanding import Doubt, Fault, Meaning, Slot, Understanding

_MEANING = ("task", "agency", "parent", "period", "event")
# Most numbers are of this form; the others are taken apart.
_PLAIN = re.compile(r"\d{1,6}/(?:[12]\d{3}/)?[A-ZĐ]{2,6}(?:-[A-ZĐ&]{2,12}){1,3}").fullmatch
_DATES = ("sent_on", "document_date", "received_on", "proposed_on")


class Pile:
    """The papers of one slot, kept flat: a register may hold very many."""

    __slots__ = ("_lines", "_numbers", "_stamps")

    def __init__(self) -> None:
        self._lines = array("Q")
        self._stamps: list[Stamp] = []
        self._numbers: dict[int, str] = {}

    def add(self, line: int, stamp: Stamp, number: str = "") -> None:
        """Put a paper on the pile; its number is kept where given."""
        if number:
            self._numbers[len(self._lines)] = number
        self._lines.append(line)
        self._stamps.append(stamp)

    def extend(self, other: Pile) -> None:
        """Put another pile on top."""
        for paper in other:
            self.add(paper.line, paper.stamp, paper.number)

    def __iter__(self) -> Iterator[Paper]:
        pairs = zip(self._lines, self._stamps, strict=True)
        return (Paper(line, stamp, self._numbers.get(at, "")) for at, (line, stamp) in enumerate(pairs))


@dataclass(slots=True)
class Gathered:
    """What a register said: papers by (task, unit, occasion), problems, and what rejected rows leave in doubt.

    set_aside: rows of papers that came after the day of the report, which are as if not there.
    A doubt is (task, unit, occasion), its occasion None where any of the unit's unanswered occasions may be meant.
    """

    papers: dict[Slot, Pile] = field(default_factory=lambda: defaultdict(Pile))
    problems: list[Problem] = field(default_factory=list)
    doubts: set[Doubt] = field(default_factory=set)
    rows: int = 0
    accepted: int = 0
    set_aside: int = 0


def gather(table: Table, understanding: Understanding, today: date, reading: Reading) -> Gathered:
    """Read every row of a register once, in order; nothing of a row is kept but its paper."""
    return _Reader(table, understanding, today, reading).read()


# A stamp, what is wrong with its cells, and the day that judges it: for a task its own unit signs, and for another's.
_Dates = tuple[Stamp, tuple[Fault, ...], tuple[date | None, ...]]


class _Reader:
    def __init__(self, table: Table, understanding: Understanding, today: date, reading: Reading) -> None:
        self.table, self.understanding, self.today, self.reading = table, understanding, today, reading
        self.out = Gathered()
        self.meanings: dict[tuple[Cell, ...], Meaning] = {}
        self.stamps: dict[tuple[Cell, ...], _Dates] = {}
        self.seen: set[int] = set()

    def read(self) -> Gathered:
        pick_meaning, pick_dates = self._picker(_MEANING), self._picker(_DATES)
        pick_rest = self._picker(("document_number", "issuer", "result"))
        meanings, stamps, papers, out = self.meanings, self.stamps, self.out.papers, self.out
        as_of = self.understanding.as_of
        for line, cells in self.table.rows:
            out.rows += 1
            if isinstance(cells, BadRow):
                self._report(line, (Fault("R01", cells.column, cells.reason, cells.text),))
                continue
            cells.append("")
            key, days = pick_meaning(cells), pick_dates(cells)
            meaning = meanings.get(key) or self._learn(key)
            stamp, faults, shown = stamps.get(days) or self._stamp(days)
            if (day := shown[meaning.signed]) and day > as_of:
                out.set_aside += 1
                continue
            number, issuer, result = pick_rest(cells)
            if faults or meaning.faults or result:
                self._troubled(line, meaning, stamp, faults, number, issuer, result)
                continue
            out.accepted += 1
            for slot in meaning.slots:
                papers[slot].add(line, stamp, _text(number) if meaning.producing else "")
            if number:
                self._number(line, meaning, stamp, number, issuer)
            if meaning.windows:
                self._window(line, meaning, stamp)
        return out

    def _picker(self, fields: tuple[str, ...]) -> Callable[[list[Cell]], tuple[Cell, ...]]:
        empty = len(self.table.headings)
        return itemgetter(*(self.table.placement.fields.get(name, empty) for name in fields))

    def _learn(self, key: tuple[Cell, ...]) -> Meaning:
        meaning = self.meanings[key] = self.understanding.of(*(_text(cell) for cell in key))
        return meaning

    def _stamp(self, cells: tuple[Cell, ...]) -> _Dates:
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
        faults += _out_of_order(stamp)
        shown = tuple(proved[1] if (proved := stamp.proving(self.reading.proof, s)) else None for s in (False, True))
        self.stamps[cells] = stamp, tuple(faults), shown
        return self.stamps[cells]

    def _troubled(
        self,
        line: int,
        meaning: Meaning,
        stamp: Stamp,
        faults: tuple[Fault, ...],
        number: Cell,
        issuer: Cell,
        result: Cell,
    ) -> None:
        """A row with something to say about it: it counts unless an error or its result takes that away."""
        out = self.out
        answer = ""
        try:
            answer = read_result(_text(result))
        except ValueError:
            faults = (*faults, Fault("R01", "result", "result_unknown", _text(result), warning=True))
        self._report(line, (*meaning.faults, *faults))
        bad_dates = any(fault.error for fault in faults)
        if answer:
            out.accepted += not bad_dates and not any(fault.error for fault in meaning.faults)
            return
        out.doubts.update(meaning.doubts)
        if bad_dates:
            out.doubts.update(meaning.slots)
            return
        out.accepted += not any(fault.error for fault in meaning.faults)
        for slot in meaning.slots:
            out.papers[slot].add(line, stamp, _text(number))
        self._number(line, meaning, stamp, number, issuer)
        self._window(line, meaning, stamp)

    def _number(self, line: int, meaning: Meaning, stamp: Stamp, cell: Cell, issuer: Cell) -> None:
        """Warn of a malformed number, and of the same paper entered twice: same issuer, year, number and occasion."""
        text = _text(cell)
        if _PLAIN(text):
            key = text.lstrip("0").casefold()
        elif read := read_number(text):
            key = read.key
            if not read.well_formed:
                self._report(line, (Fault("R11", "document_number", "number_malformed", text),))
        else:
            return
        day = stamp.document or stamp.sent or stamp.received
        mark = hash((meaning.mark, issuer, day and day.year, key))
        if mark in self.seen and meaning.slots:
            self._report(line, (Fault("R12", "document_number", "paper_twice", text),))
        self.seen.add(mark)

    def _window(self, line: int, meaning: Meaning, stamp: Stamp) -> None:
        """Warn of a report dated before the data that it reports were complete."""
        for signed, window in meaning.windows:
            proved = stamp.proving(self.reading.proof, signed)
            if proved and proved[1] < window[1]:
                facts = {"day": proved[1], "end": window[1]}
                name = next(long for long, short in _SHORT.items() if short == proved[0])
                self._report(line, (Fault("R14", name, "before_window_end", proved[1].isoformat(), facts=facts),))

    def _report(self, line: int, faults: Iterable[Fault]) -> None:
        place = self.table.placement.fields
        for fault in faults:
            index = place.get(fault.field)
            heading = self.table.headings[index] if index is not None else fault.field
            self.out.problems.append(fault.problem(line, heading, (index or 0) + 1))


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
