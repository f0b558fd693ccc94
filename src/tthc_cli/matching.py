"""From rows of a register to papers, each placed at the obligation that it may answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NoReturn

from tthc_cli.dates import without_times
from tthc_cli.errors import InputError, Trouble
from tthc_cli.gathering import Gathered, Shard
from tthc_cli.interpreting import Interpretation, Words, is_damaged
from tthc_cli.memory import MOST_REMEMBERED
from tthc_cli.mistakes import Mistakes
from tthc_cli.numbering import Numbers, parted
from tthc_cli.piles import Add, Packing, Pile, Piles
from tthc_cli.records import ALL, Claim, Reading, Stamp
from tthc_cli.rows_above import Above
from tthc_cli.stamping import DAYS, Stamped, Stamping
from tthc_cli.tables import BadRow, Grouped, Groups, Row, Said, Table, TornError, by_field
from tthc_cli.tuples import NamedTuple
from tthc_cli.understanding import Doubt, Fault, Meaning, Understanding

_NO_NUMBER = {"": 0}
"""The mark of a cell without a number; a KeyError for any other that does not begin with a running number."""


def gather(
    table: Table,
    understanding: Understanding,
    today: date,
    reading: Reading,
    claim: Claim = ALL,
    large: bool = False,
    goes_on: bool = False,
) -> Gathered:
    """Read every row of a register once, in order; nothing of a row is kept but its paper.

    claim: rows that are not this plan's are passed over; of "all", one that names another plan is wrong.
    large: it is a part with very many rows; goes_on: it is a part, and not the first of its file. TornError where one
    of its rows says no more than that it goes on with those before, or where InputError would be: where a table stands
    below that has other days in the same columns, by which its rows would be judged.
    """
    reader = _Reader(table, understanding, today, reading, claim, goes_on)
    found = reader.read(Packing(large))
    reader.forget()
    return found


def _nowhere(_: int) -> None:
    """Add nothing."""


_UNSOUND: tuple[int, Add, Add, Add] = (date.max.toordinal(), _nowhere, _nowhere, _nowhere)
"""For words that are not sound: no day is late enough for them, and nothing is added."""
_NO_DAY = 0, 0
"""For days that are not sound: it is before any, and has no stamp."""
_SOUND = Stamped(Stamp(), (), frozenset())
"""Days that are sound, whichever they are."""


class _Effect(NamedTuple):
    """What is done with every row of the same words and days.

    pile, stamp: where its paper goes; told: the places of what is wrong with it (`Mistakes.place`); doubts: what it may
    be about, if it is a paper; numbered: its number is looked at too; aside: it is as if not there; others: it is
    another plan's, and not even counted.
    """

    pile: Pile | None = None
    stamp: int = 0
    told: tuple[int, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    accepted: bool = False
    numbered: bool = False
    aside: bool = False
    others: bool = False


class _Reader:
    """Most rows have sound words and sound days: these are looked up, and only what is new or amiss is thought about.

    known_words: for words the day before which a paper would come too early, and what adds to its pile; known_days: for
    days the earliest of them, and the index of their stamp. Both are days by their ordinals, which are compared faster;
    of what is not sound they are such that it gets a closer look.
    """

    def __init__(
        self, table: Table, understanding: Understanding, today: date, reading: Reading, claim: Claim, goes_on: bool
    ) -> None:
        self.table, self.columns = table, table.placement.fields
        headings = {name: (table.headings[at], at + 1) for name, at in self.columns.items()}
        self.shard = Shard(table.path, headings=headings)
        self.words = Words(table, understanding, claim)
        days = tuple(sorted(table.placement.at(DAYS)))
        self.groups = Groups(self.words.indexes, days, self.columns.get("document_number"), self.words.known)
        self.fields_of_days = table.placement.names(days)
        self.stamping = Stamping(today, understanding.as_of, reading.proof)
        self.stamped = lru_cache(MOST_REMEMBERED)(self._stamped)
        self.effect = lru_cache(MOST_REMEMBERED)(self._effect)
        self.words_told = lru_cache(MOST_REMEMBERED)(self._words_told)
        self.days_told = lru_cache(MOST_REMEMBERED)(self._days_told)
        self.known_words: dict[Said, tuple[int, Add, Add, Add]] = {}
        self.known_days: dict[Said, tuple[int, int]] = {}
        self.numbers = Numbers()
        self.piles = Piles()
        self.stamps: dict[Stamp, int] = {}
        self.problems = Mistakes()
        self.doubts: set[Doubt] = set()
        self.rows = self.accepted = self.set_aside = self.last = 0
        self.goes_on = goes_on
        self.above = Above(understanding, merges=not table.delimiter, goes_on=goes_on, over=table.over)
        self.before: Said = ()

    def read(self, packing: Packing) -> Gathered:
        """All rows of the table."""
        for piece in self.table.read(self.groups):
            packing.after(self.rows, self.piles.values())
            if isinstance(piece, Grouped):
                self._look_up(zip(piece.lines, piece.rows, strict=True))
            else:
                self._look_up(self._by_groups(piece))
        packing.end(self.piles.values())
        return Gathered(
            piles=tuple(self.piles.values()),
            numbers=self.numbers,
            stamps=tuple(self.stamps),
            problems=self.problems,
            doubts=frozenset(self.doubts),
            rows=self.rows,
            accepted=self.accepted,
            set_aside=self.set_aside,
            shards=(self.shard._replace(last=self.table.lines() if self.table.lines else self.last),),
        )

    def forget(self) -> None:
        """Break the cycles of what is cached: it is much, and a short process collects no garbage."""
        vars(self.words).clear()
        vars(self).clear()

    def _by_groups(self, rows: Iterable[Row]) -> Iterator[tuple[int, tuple[Said, str, str, Said]]]:
        """Rows that came cell by cell, taken apart as `Grouped` is; those that are none, or bad, are dealt with."""
        (of_words, of_days, of_number, _), last = self.groups, 0
        task, agency = self.columns["task"], self.columns["agency"]
        for last, cells in rows:
            if isinstance(cells, BadRow):
                self._unreadable(last, cells)
                continue
            number = "" if of_number is None else str(cells[of_number]).strip()
            words, days = tuple([cells[at] for at in of_words]), tuple([cells[at] for at in of_days])
            if not f"{cells[task]}{cells[agency]}".strip():
                if self.table.is_heading(cells):
                    continue
                if title := self._title([*map(str, cells)], number, days):
                    words, number = tuple([title if name == "task" else "" for name in self.words.fields]), ""
            yield last, (words, *parted(number), days)
        self.last = last or self.last

    def _look_up(self, rows: Iterable[tuple[int, tuple[Any, ...]]]) -> None:
        """Put rows on their piles, each by its line; what is not known to be sound gets a closer look.

        The hot loop: a million rows a second go through it, most by three lookups.
        """
        known_words, known_days, symbols = self.known_words, self.known_days, self.numbers.symbols
        count, before = 0, self.before
        for line, (words, digits, rest, days) in rows:
            try:
                earliest, stamp = known_days[days]
                after, add_line, add_mark, add_stamp = known_words[words]
                mark = symbols[rest] + int(digits) if digits else _NO_NUMBER[rest]
            except KeyError:
                earliest, stamp, after, add_line, add_mark, add_stamp, mark = self._new(words, digits, rest, days)
            if earliest < after:
                if not self.words.of(words).heading or self.stamped(days).dated:
                    self.before, before = before, words
                    self._row(line, words, days, digits or rest, mark)
                elif self.table.names_others(by_field(days, self.fields_of_days, self.table.delimiter)):
                    self._refuse(line)
                continue
            before = words
            count += 1
            add_line(line)
            add_mark(mark)
            add_stamp(stamp)
        self.before = before
        self.rows += count
        self.accepted += count

    def _refuse(self, line: int) -> NoReturn:
        """Say where another table begins; the lines of a part are counted from its own beginning."""
        if self.goes_on:
            raise TornError
        raise InputError(Trouble(self.table.path, "other_columns", line))

    def _new(self, words: Said, digits: str, rest: str, days: Said) -> tuple[int, int, int, Add, Add, Add, int]:
        """What is looked up for a row, entered for the next one; of what is not sound, so much and no more."""
        if words not in self.known_words:
            interpretation = self.words.of(words)
            if interpretation.sound:
                meaning = interpretation.meaning
                after = max((last for _, (_, last) in meaning.windows), default=date.min)
                adders = self.piles[meaning.slots, interpretation.issuer].adders()
                self.known_words[words] = after.toordinal(), *adders
            elif len(self.known_words) < MOST_REMEMBERED:
                self.known_words[words] = _UNSOUND
        timeless = days if days in self.known_days else self._timeless(days)
        if timeless not in self.known_days:
            stamped = self.stamped(days)
            if stamped.sound:
                earliest = stamped.stamp.earliest or date.min
                self.known_days[timeless] = earliest.toordinal(), self._index(stamped.stamp)
            elif len(self.known_days) < MOST_REMEMBERED:
                self.known_days[timeless] = _NO_DAY
        mark = self.numbers.mark(digits, rest)
        day, stamp = self.known_days.get(timeless, _NO_DAY)
        return day if mark >= 0 else 0, stamp, *self.known_words.get(words, _UNSOUND), mark

    def _timeless(self, days: Said) -> Said:
        """What days are known by: without times of day, with which every row would be new."""
        if isinstance(days, str):
            return without_times(days, self.table.delimiter)
        return tuple([each if isinstance(each, date) else without_times(each) for each in days])

    def _row(self, line: int, words: Said, days: Said, number: str, mark: int) -> None:
        """A closer look at one row; number: some of what is written of it, with a digit if there is any."""
        interpretation, stamped = self.words.of(words), self.stamped(days)
        effect = self.effect(words, days if interpretation.meaning.slots or not stamped.sound else None)
        # A title, a total or a signature under the table is no paper.
        paper = any(map(str.isdigit, number)) or stamped.dated
        doubts = effect.doubts
        if interpretation.astray and (interpretation.unsaid or self.above.reaches):
            whole = self.above.whole(self.words.said(words), self.words.said(self.before), paper)
            if whole and paper and interpretation.answers and not effect.aside:
                told = self.words.meaning(whole)
                doubts = told.doubted if told.slots else (*doubts, *told.doubted)
        if paper or (interpretation.meaning.tasks and not interpretation.meaning.group):
            self.doubts.update(doubts)
        if effect.others:
            return
        self.rows += 1
        self.set_aside += effect.aside
        self.accepted += effect.accepted
        self.problems.enter(line, effect.told)
        if effect.numbered and mark < 0:
            fault = Fault("R11", "document_number", "number_malformed", self.numbers.text(-mark))
            self.problems.enter(line, self._told([fault]))
        if effect.pile:
            effect.pile.add(line, abs(mark), effect.stamp)

    def _title(self, cells: Sequence[str], number: str, days: Said) -> str:
        """The title in a row that names neither task nor unit where they belong; "" where it is a paper.

        "2/BC-STP" is a number though it names a unit; "XI.1" is none, even if it stands under that heading.
        """
        if self.stamped(days).dated:
            return ""
        title = self.above.title(cells)
        return title if not any(map(str.isdigit, number)) or (title == number and "/" not in number) else ""

    def _unreadable(self, line: int, row: BadRow) -> None:
        """A row that cannot be read answers nothing, but nobody is accused of what it seems to be about."""
        words = tuple(row.cells[at] for at in self.groups.words) if row.cells else ()
        interpretation = self.words.of(words) if words else Interpretation(Meaning())
        # What is left of a damaged cell may seem to be something else.
        sure = self.words.in_place(row) and not any(map(is_damaged, words))
        self.doubts.update(interpretation.meaning.doubted)
        if sure and interpretation.others:
            return
        self.rows += 1
        self.problems.add(Fault("R01", row.column, row.reason, row.text).problem(line, row.column, row.position))
        if not sure:
            self.doubts |= self.words.legible(row)

    def _effect(self, words: Said, days: Said | None) -> _Effect:
        """What is done with rows that say this: they count unless an error or their result takes that away.

        days: None for sound ones of words that name no obligation, where it is the same on all of them.
        """
        interpretation = self.words.of(words)
        stamp, faults, late, doubtful = self.stamped(days) if days is not None else _SOUND
        if interpretation.others:
            return _Effect(doubts=interpretation.meaning.doubts, others=True)
        if late.issuperset(interpretation.meaning.tasks.values() or (False,)):
            seeming = interpretation.meaning.doubted if doubtful and interpretation.answers else ()
            return _Effect(aside=True, doubts=seeming)
        meaning = interpretation.meaning.without(late)
        unfit = any(fault.error for fault in (*faults, *interpretation.faults))
        accepted = not unfit and not any(fault.error for fault in meaning.faults)
        told = self.words_told(words) + (self.days_told(days) if days is not None else ())
        if not interpretation.answers:
            return _Effect(told=told, accepted=accepted)
        if unfit:
            return _Effect(told=told, doubts=meaning.doubted, accepted=accepted)
        if days is None or not meaning.slots:
            return _Effect(told=told, doubts=meaning.doubts, accepted=accepted, numbered=True)
        cells = by_field(days, self.fields_of_days, self.table.delimiter)
        told += self._told(self.stamping.before_window_end(meaning.windows, stamp, cells))
        pile = self.piles[meaning.slots, interpretation.issuer]
        return _Effect(pile, self._index(stamp), told, meaning.doubts, accepted, numbered=True)

    def _stamped(self, days: Said) -> Stamped:
        return self.stamping.of(by_field(days, self.fields_of_days, self.table.delimiter))

    def _index(self, stamp: Stamp) -> int:
        """The index of a stamp among all of the register."""
        return self.stamps.setdefault(stamp, len(self.stamps))

    def _words_told(self, words: Said) -> tuple[int, ...]:
        interpretation = self.words.of(words)
        return self._told((*interpretation.meaning.faults, *interpretation.faults))

    def _days_told(self, days: Said) -> tuple[int, ...]:
        return self._told(self.stamped(days).faults)

    def _told(self, faults: Iterable[Fault]) -> tuple[int, ...]:
        """The places of what is wrong with a row, on whatever line it stands."""
        return tuple([self.problems.place(self.shard.problem(0, fault)) for fault in faults])
