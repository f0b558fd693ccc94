"""From rows of a register to papers, each placed at the obligation that it may answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from tthc_cli.gathering import Gathered, Shard
from tthc_cli.memory import MOST_REMEMBERED
from tthc_cli.mistakes import Mistakes
from tthc_cli.naming import fold, plan_key
from tthc_cli.numbering import Numbers, parted
from tthc_cli.piles import Add, Packing, Pile, Piles
from tthc_cli.records import ALL, Claim, Reading, Stamp
from tthc_cli.rows_above import Above, leaves_unsaid
from tthc_cli.stamping import DAYS, Stamped, Stamping
from tthc_cli.submissions import DITTO, Placement, column_number, may_undo, read_result
from tthc_cli.tables import BadRow, Grouped, Groups, Row, Said, Table, by_field
from tthc_cli.tuples import NamedTuple
from tthc_cli.understanding import Doubt, Fault, Meaning, Understanding

_MEANING = ("task", "agency", "parent", "period", "event", "plan")
"""The fields that `Understanding.of` takes, in its order."""
_NO_NUMBER = {"": 0}
"""The mark of a cell without a number; a KeyError for any other that does not begin with a running number."""
_WORDS = (*_MEANING, "issuer", "result")
"""All fields of words by which rows are told apart; number, abstract and note are not."""
_ASTRAY = ("R02", "R03", "R04")
"""Faults of a row whose task or agency may stand in another column."""


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
    of its rows says no more than that it goes on with those before.
    """
    reader = _Reader(table, understanding, today, reading, claim, goes_on)
    found = reader.read(Packing(large))
    reader.forget()
    return found


def groups(placement: Placement) -> Groups:
    """The columns of a register that say what a row means, and when."""
    words, days = (tuple(sorted(placement.at(names))) for names in (_WORDS, DAYS))
    return Groups(words, days, placement.fields.get("document_number"))


def _nowhere(_: int) -> None:
    """Add nothing."""


_UNSOUND: tuple[int, Add, Add, Add] = (date.max.toordinal(), _nowhere, _nowhere, _nowhere)
"""For words that are not sound: no day is late enough for them, and nothing is added."""


class _Interpretation(NamedTuple):
    """What the words of a row come to, whatever its days.

    answers: its result lets it count; faults: what is wrong with its words; others: it is about another plan, or about
    one that nobody knows, which it then doubts; heading: it is no row at all, unless it has a day; astray: its task or
    agency may stand elsewhere; unsaid: above it.
    """

    meaning: Meaning
    issuer: str = ""
    answers: bool = False
    faults: tuple[Fault, ...] = ()
    others: bool = False
    heading: bool = False
    astray: bool = False
    unsaid: bool = False

    @property
    def sound(self) -> bool:
        """Whether nothing about it needs a closer look: a paper that counts, and for what is certain."""
        meaning = self.meaning
        return bool(self.answers and meaning.slots and not (self.faults or meaning.faults or meaning.doubts))


class _Effect(NamedTuple):
    """What is done with every row of the same words and days.

    pile, stamp: where its paper goes; faults: told of each; doubts: what it may be about, if it is a paper; numbered:
    its number is looked at too; aside: it is as if not there; others: it is another plan's, and not even counted.
    """

    pile: Pile | None = None
    stamp: int = 0
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    accepted: bool = False
    numbered: bool = False
    aside: bool = False
    others: bool = False


class _Words:
    """Interprets what the rows of a table say in words, each combination once.

    claim: as in `gather`.
    """

    def __init__(self, table: Table, understanding: Understanding, claim: Claim) -> None:
        self._understanding, self._delimiter, self._width = understanding, table.delimiter, len(table.headings)
        mine = plan_key(understanding.plan.id)
        self._mine = {"all": None, "unnamed": (mine, "")}.get(claim, (mine,))
        self._perhaps = claim == "perhaps"
        self._columns = table.placement.fields
        self._headings = [fold(table.headings[self._columns[name]]) for name in ("task", "agency")]
        self.fields = table.placement.names(groups(table.placement).words)
        self.of = lru_cache(MOST_REMEMBERED)(self._of)

    def said(self, words: Said) -> dict[str, str]:
        """What a row says in words, by field; nothing of its empty cells."""
        cells = by_field(words, self.fields, self._delimiter) if words else {}
        return {name: text for name, cell in cells.items() if (text := str(cell).strip())}

    def meaning(self, said: Mapping[str, str]) -> Meaning:
        """The meaning of what a row says, by field."""
        return self._understanding.of(*(said.get(name, "") for name in _MEANING))

    def known(self, cells: Sequence[str]) -> int:
        """How many of the cells of the task and the agency name one."""
        columns = (self._columns[name] for name in ("task", "agency"))
        task, agency = (cells[at].strip(' "') if at < len(cells) else "" for at in columns)
        return self._understanding.knows(task, agency)

    def _of(self, words: Said) -> _Interpretation:
        said = self.said(words)
        plan = plan_key(said.get("plan", ""))
        if plan and re.fullmatch(DITTO, plan):
            said["plan"] = plan = ""  # which one stands above is not known where several are read side by side
        meaning = self.meaning(said)
        heading = bool(meaning.faults) and self._is_heading(said)
        astray = any(fault.code in _ASTRAY for fault in meaning.faults)
        unsaid, others = astray and leaves_unsaid(said), self._mine is not None and plan not in self._mine
        if astray and not (others and plan):  # what a row may mean is not sought in one that names another plan
            meaning = meaning._replace(doubts=(*meaning.doubts, *self._understanding.misplaced(said)))
        if others:
            doubts = meaning.doubted if self._perhaps and not plan else ()
            meaning, answers = Meaning(faults=meaning.faults, doubts=doubts), self._perhaps and not plan
            return _Interpretation(meaning, answers=answers, others=True, heading=heading, astray=astray, unsaid=unsaid)
        issuer, result = said.get("issuer", ""), said.get("result", "")
        faults: tuple[Fault, ...] = ()
        try:
            answers = not read_result(result)
        except ValueError:
            answers, faults = True, (Fault("R01", "result", "result_unknown", result, warning=not may_undo(result)),)
        return _Interpretation(meaning, issuer, answers, faults, heading=heading, astray=astray, unsaid=unsaid)

    def _is_heading(self, said: Mapping[str, str]) -> bool:
        """Whether a row says the headings again, as on every page that is printed, or the numbers of the columns."""
        task, agency = (said.get(name, "") for name in ("task", "agency"))
        if fold(task) == self._headings[0]:
            return fold(agency) == self._headings[1]
        first, second = column_number(task), column_number(agency)
        if first is None or second is None:
            return False
        return second - first == self._columns["agency"] - self._columns["task"]

    def legible(self, row: BadRow) -> set[Doubt]:
        """What may be meant by a row that cannot be read, or by two that are run together in it."""
        sound = [cell for cell in row.cells if not _is_damaged(cell)]
        lost = {name for name in ("task", "agency") if row.cells and _is_damaged(row.cells[self._columns[name]])}
        period = row.cells[self._columns["period"]] if self.in_place(row) and "period" in self._columns else ""
        found = self._understanding.legible(sound, lost, "" if _is_damaged(period) else period.strip())
        if len(row.cells) > 2 * self._width - 2:  # a task or a unit of one is run together with a cell of the other
            found |= self._understanding.legible(sound, {"task"}) | self._understanding.legible(sound, {"agency"})
        return found

    def in_place(self, row: BadRow) -> bool:
        """Whether the cells of a row that cannot be read stand where they belong: one too many moves those behind."""
        return row.reason == "encoding" and len(row.cells) <= self._width


class _Reader:
    """Most rows have sound words and sound days: these are looked up, and only what is new or amiss is thought about.

    sound_words: for words that are sound the day before which a paper would come too early, and what adds to its pile;
    sound_days: for days that are sound the earliest of them, and the index of their stamp. Both are days by their
    ordinals, which are compared faster.
    """

    def __init__(
        self, table: Table, understanding: Understanding, today: date, reading: Reading, claim: Claim, goes_on: bool
    ) -> None:
        self.table, self.columns = table, table.placement.fields
        self.words = _Words(table, understanding, claim)
        self.groups = groups(table.placement)._replace(known=self.words.known)
        self.days = table.placement.names(self.groups.days)
        self.stamping = Stamping(today, understanding.as_of, reading.proof)
        self.stamped = lru_cache(MOST_REMEMBERED)(self._stamped)
        self.effect = lru_cache(MOST_REMEMBERED)(self._effect)
        self.sound_words: dict[Said, tuple[int, Add, Add, Add]] = {}
        self.sound_days: dict[Said, tuple[int, int]] = {}
        self.numbers = Numbers()
        self.piles = Piles()
        self.stamps: dict[Stamp, int] = {}
        self.problems = Mistakes()
        self.doubts: set[Doubt] = set()
        self.rows = self.accepted = self.set_aside = self.last = 0
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
            shards=(self._shard(),),
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
        sound_words, sound_days, symbols = self.sound_words, self.sound_days, self.numbers.symbols
        count, before = 0, self.before
        for line, (words, digits, rest, days) in rows:
            try:
                earliest, stamp = sound_days[days]
                after, add_line, add_mark, add_stamp = sound_words[words]
                mark = symbols[rest] + int(digits) if digits else _NO_NUMBER[rest]
            except KeyError:
                earliest, stamp, after, add_line, add_mark, add_stamp, mark = self._new(words, digits, rest, days)
            if earliest < after:
                if not self.words.of(words).heading or self.stamped(days).dated:
                    self.before, before = before, words
                    self._row(line, words, days, digits, rest)
                continue
            before = words
            count += 1
            add_line(line)
            add_mark(mark)
            add_stamp(stamp)
        self.before = before
        self.rows += count
        self.accepted += count

    def _new(self, words: Said, digits: str, rest: str, days: Said) -> tuple[int, int, int, Add, Add, Add, int]:
        """What is looked up for a row, entered for the next one where it is sound.

        A row that is not sound has a day before any limit, so that it gets a closer look.
        """
        if words not in self.sound_words and (interpretation := self.words.of(words)).sound:
            meaning = interpretation.meaning
            after = max((last for _, (_, last) in meaning.windows), default=date.min)
            self.sound_words[words] = after.toordinal(), *self.piles[meaning.slots, interpretation.issuer].adders()
        if days not in self.sound_days and (stamped := self.stamped(days)).sound:
            earliest = stamped.stamp.earliest or date.min
            self.sound_days[days] = earliest.toordinal(), self._index(stamped.stamp)
        mark = self.numbers.mark(digits, rest)
        day, stamp = self.sound_days.get(days, (0, 0))
        return day if mark >= 0 else 0, stamp, *self.sound_words.get(words, _UNSOUND), mark

    def _row(self, line: int, words: Said, days: Said, digits: str, rest: str) -> None:
        """A closer look at one row."""
        effect, interpretation, mark = self.effect(words, days), self.words.of(words), self.numbers.mark(digits, rest)
        # A title, a total or a signature under the table is no paper.
        paper = any(map(str.isdigit, digits or rest)) or self.stamped(days).dated
        if interpretation.astray and (interpretation.unsaid or self.above.reaches):
            whole = self.above.whole(self.words.said(words), self.words.said(self.before), paper)
            if whole and paper and interpretation.answers and not effect.aside:
                self.doubts.update(self.words.meaning(whole).doubted)
        if paper or interpretation.meaning.tasks:
            self.doubts.update(effect.doubts)
        if effect.others:
            return
        self.rows += 1
        self.set_aside += effect.aside
        self.accepted += effect.accepted
        self._report(line, effect.faults)
        if effect.numbered and mark < 0:
            self._report(line, (Fault("R11", "document_number", "number_malformed", self.numbers.text(-mark)),))
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

    def _shard(self) -> Shard:
        headings = {name: (self.table.headings[index], index + 1) for name, index in self.columns.items()}
        return Shard(self.table.path, self.table.lines() if self.table.lines else self.last, headings=headings)

    def _unreadable(self, line: int, row: BadRow) -> None:
        """A row that cannot be read answers nothing, but nobody is accused of what it seems to be about."""
        words = tuple(row.cells[at] for at in self.groups.words) if row.cells else ()
        interpretation = self.words.of(words) if words else _Interpretation(Meaning())
        # What is left of a damaged cell may seem to be something else.
        sure = self.words.in_place(row) and not any(map(_is_damaged, words))
        self.doubts.update(interpretation.meaning.doubted)
        if sure and interpretation.others:
            return
        self.rows += 1
        self.problems.add(Fault("R01", row.column, row.reason, row.text).problem(line, row.column, row.position))
        if not sure:
            self.doubts |= self.words.legible(row)

    def _effect(self, words: Said, days: Said) -> _Effect:
        """What is done with rows that say this: they count unless an error or their result takes that away."""
        interpretation, (stamp, faults, late, perhaps) = self.words.of(words), self.stamped(days)
        if interpretation.others:
            return _Effect(doubts=interpretation.meaning.doubts, others=True)
        if late.issuperset(interpretation.meaning.tasks.values() or (False,)):
            seeming = interpretation.meaning.doubted if perhaps and interpretation.answers else ()
            return _Effect(aside=True, doubts=seeming)
        meaning = interpretation.meaning.without(late)
        unfit = any(fault.error for fault in (*faults, *interpretation.faults))
        accepted = not unfit and not any(fault.error for fault in meaning.faults)
        faults = (*meaning.faults, *faults, *interpretation.faults)
        if not interpretation.answers:
            return _Effect(faults=faults, accepted=accepted)
        if unfit:
            return _Effect(faults=faults, doubts=meaning.doubted, accepted=accepted)
        cells = by_field(days, self.days, self.table.delimiter)
        faults += tuple(self.stamping.before_window_end(meaning.windows, stamp, cells))
        pile = self.piles[meaning.slots, interpretation.issuer] if meaning.slots else None
        return _Effect(pile, self._index(stamp), faults, meaning.doubts, accepted, numbered=True)

    def _stamped(self, days: Said) -> Stamped:
        return self.stamping.of(by_field(days, self.days, self.table.delimiter))

    def _index(self, stamp: Stamp) -> int:
        """The index of a stamp among all of the register."""
        return self.stamps.setdefault(stamp, len(self.stamps))

    def _report(self, line: int, faults: Iterable[Fault]) -> None:
        for fault in faults:
            index = self.columns.get(fault.field)
            heading = self.table.headings[index] if index is not None else fault.field
            self.problems.add(fault.problem(line, heading, (index or 0) + 1))


def _is_damaged(cell: str) -> bool:
    return "\ufffd" in cell
