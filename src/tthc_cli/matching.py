"""From rows of a register to papers, each placed at the obligation that it may answer."""

from __future__ import annotations

import csv
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
from tthc_cli.piles import Add, Packing, Pile
from tthc_cli.records import ALL, Claim, Reading, Slot, Stamp
from tthc_cli.rows_above import Above, leaves_unsaid
from tthc_cli.stamping import DAYS, Stamped, Stamping
from tthc_cli.submissions import DITTO, Cell, Placement, column_number, read_result
from tthc_cli.tables import BadRow, Grouped, Groups, Row, Said, Table
from tthc_cli.tuples import NamedTuple
from tthc_cli.understanding import Doubt, Fault, Meaning, Understanding

_MEANING = ("task", "agency", "parent", "period", "event", "plan")
_NO_NUMBER = {"": 0}
"""The mark of a cell without a number; a KeyError for any other that does not begin with a running number."""
_WORDS = (*_MEANING, "issuer", "result")
_ASTRAY = ("R02", "R03", "R04")
"""Faults of a row whose task or agency may stand in another column."""


def gather(
    table: Table,
    understanding: Understanding,
    today: date,
    reading: Reading,
    claim: Claim = ALL,
    part: bool = False,
    goes_on: bool = False,
) -> Gathered:
    """Read every row of a register once, in order; nothing of a row is kept but its paper.

    claim: rows that are not this plan's are passed over; of "all", one that names another plan is wrong.
    part: it is one of several of a very large file; goes_on: it is not the first of a file. TornError where one of its
    rows says no more than that it goes on with those before.
    """
    reader = _Reader(table, understanding, today, reading, claim, goes_on)
    found = reader.read(Packing(part))
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


class _Case(NamedTuple):
    """What the words of a row say, whatever its days.

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


class _Saying(NamedTuple):
    """What becomes of every row that says the same.

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


class _Reader:
    """Most rows have sound words and sound days: these are looked up, and only what is new or amiss is thought about.

    sound_words: the day before which a paper would come too early, and what adds to its pile; sound_days: the earliest
    of the days, and the place of their stamp; both days by their ordinals, which are compared faster.
    """

    def __init__(
        self, table: Table, understanding: Understanding, today: date, reading: Reading, claim: Claim, goes_on: bool
    ) -> None:
        self.table = table
        mine = plan_key(understanding.plan.id)
        self.mine = {"all": None, "unnamed": (mine, "")}.get(claim, (mine,))
        self.perhaps = claim == "perhaps"
        self.place = table.placement.fields
        self.understanding = understanding
        self.groups = groups(table.placement)._replace(known=self._known)
        field = {at: name for name, at in self.place.items()}
        self.headings = [fold(table.headings[self.place[name]]) for name in ("task", "agency")]
        self.words, self.days = ([field[at] for at in columns] for columns in self.groups[:2])
        self.case = lru_cache(MOST_REMEMBERED)(self._case)
        self.dates = lru_cache(MOST_REMEMBERED)(self._dates)
        self.saying = lru_cache(MOST_REMEMBERED)(self._saying)
        self.stamping = Stamping(today, understanding.as_of, reading.proof)
        self.sound_words: dict[Said, tuple[int, Add, Add, Add]] = {}
        self.sound_days: dict[Said, tuple[int, int]] = {}
        self.numbers = Numbers()
        self.piles: dict[tuple[tuple[Slot, ...], str], Pile] = {}
        self.adders: dict[tuple[tuple[Slot, ...], str], tuple[Add, Add, Add]] = {}
        self.stamps: dict[Stamp, int] = {}
        self.problems = Mistakes()
        self.doubts: set[Doubt] = set()
        self.rows = self.accepted = self.set_aside = self.last = 0
        self.above = Above(understanding, merges=not table.delimiter, goes_on=goes_on)
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
            tuple(self.piles.values()), self.numbers, tuple(self.stamps), self.problems, frozenset(self.doubts),
            self.rows, self.accepted, self.set_aside, (self._shard(),),
        )  # fmt: skip

    def forget(self) -> None:
        """Let go of what was kept in mind: it is much, and in rings, and a short process collects no garbage."""
        vars(self).clear()

    def _by_groups(self, rows: Iterable[Row]) -> Iterator[tuple[int, tuple[Said, str, str, Said]]]:
        (of_words, of_days, of_number, _), last = self.groups, 0
        task, agency = self.place["task"], self.place["agency"]
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
                    words, number = tuple([title if name == "task" else "" for name in self.words]), ""
            yield last, (words, *parted(number), days)
        self.last = last or self.last

    def _known(self, cells: Sequence[str]) -> int:
        """How many of the cells of the task and the agency name one."""
        task, agency = (cells[at] if (at := self.place[name]) < len(cells) else "" for name in ("task", "agency"))
        return self.understanding.knows(task.strip(' "'), agency.strip(' "'))

    def _look_up(self, rows: Iterable[tuple[int, tuple[Any, ...]]]) -> None:
        """Put rows on their piles, each by its line; what is not known to be sound gets a closer look."""
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
                if not self.case(words).heading or self.dates(days)[0].dated:
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
        """What is looked up for a row, once its words, days and number are known.

        A row that is not sound has a day before any limit, so that it gets a closer look.
        """
        self.case(words)
        self.dates(days)
        mark = self.numbers.mark(digits, rest)
        earliest, stamp = self.sound_days.get(days, (0, 0))
        return earliest if mark >= 0 else 0, stamp, *self.sound_words.get(words, _UNSOUND), mark

    def _row(self, line: int, words: Said, days: Said, digits: str, rest: str) -> None:
        saying, mark = self.saying(words, days), self.numbers.mark(digits, rest)
        case = self.case(words)
        # A title, a total or a signature under the table is no paper.
        paper = any(map(str.isdigit, digits or rest)) or self.dates(days)[0].dated
        if case.astray and (case.unsaid or self.above.reaches):
            whole = self.above.whole(self._in_words(words), self._in_words(self.before), paper)
            if whole and paper and case.answers and not saying.aside:
                meaning = self.understanding.of(*(whole.get(name, "") for name in _MEANING))
                self.doubts.update((*meaning.slots, *meaning.doubts))
        if paper or case.meaning.tasks:
            self.doubts.update(saying.doubts)
        if saying.others:
            return
        self.rows += 1
        self.set_aside += saying.aside
        self.accepted += saying.accepted
        self._report(line, saying.faults)
        if saying.numbered and mark < 0:
            self._report(line, (Fault("R11", "document_number", "number_malformed", self.numbers.text(-mark)),))
        if saying.pile:
            saying.pile.add(line, abs(mark), saying.stamp)

    def _title(self, cells: Sequence[str], number: str, days: Said) -> str:
        """The title in a row that names neither task nor unit where they belong; "" where it is a paper.

        "2/BC-STP" is a number though it names a unit; "XI.1" is none, even if it stands under that heading.
        """
        if self.dates(days)[0].dated:
            return ""
        title = self.above.title(cells)
        return title if not any(map(str.isdigit, number)) or (title == number and "/" not in number) else ""

    def _is_heading(self, said: Mapping[str, str]) -> bool:
        """Whether a row says the headings again, as on every page that is printed, or the numbers of the columns."""
        task, agency = (said.get(name, "") for name in ("task", "agency"))
        if fold(task) == self.headings[0]:
            return fold(agency) == self.headings[1]
        first, second = column_number(task), column_number(agency)
        if first is None or second is None:
            return False
        return second - first == self.place["agency"] - self.place["task"]

    def _cells(self, said: Said, names: list[str]) -> Mapping[str, Cell]:
        """What a row says in a group of columns, by field."""
        if isinstance(said, tuple):
            cells: Sequence[Cell] = said
        elif '"' in said:
            cells = next(csv.reader([said], delimiter=self.table.delimiter))
        else:
            cells = said.split(self.table.delimiter)
        return dict(zip(names, cells, strict=bool(names)))

    def _in_words(self, said: Said) -> dict[str, str]:
        """What a row says in words, by field; nothing of its empty cells."""
        cells = self._cells(said, self.words) if said else {}
        return {name: text for name, cell in cells.items() if (text := str(cell).strip())}

    def _shard(self) -> Shard:
        headings = {name: (self.table.headings[index], index + 1) for name, index in self.place.items()}
        return Shard(self.table.path, self.table.lines() if self.table.lines else self.last, headings=headings)

    def _unreadable(self, line: int, row: BadRow) -> None:
        """A row that cannot be read answers nothing, but nobody is accused of what it seems to be about."""
        words = tuple(row.cells[at] for at in self.groups.words) if row.cells else ()
        case, width = self.case(words) if words else _Case(Meaning()), len(self.table.headings)
        # A cell too many moves those behind it, and what is left of a damaged one may seem to be something else.
        in_place = row.reason == "encoding" and len(row.cells) <= width
        sure = in_place and not any(map(_is_damaged, words))
        self.doubts.update((*case.meaning.slots, *case.meaning.doubts))
        if sure and case.others:
            return
        self.rows += 1
        self.problems.add(Fault("R01", row.column, row.reason, row.text).problem(line, row.column, row.position))
        if not sure:
            self.doubts |= self._legible(row, in_place, several=len(row.cells) > 2 * width - 2)

    def _legible(self, row: BadRow, in_place: bool, several: bool) -> set[Doubt]:
        """What may be meant by a row that cannot be read; several: in it may be two, run together."""
        sound = [cell for cell in row.cells if not _is_damaged(cell)]
        lost = {name for name in ("task", "agency") if _is_damaged(row.cells[self.place[name]])} if row.cells else set()
        period = row.cells[self.place["period"]] if in_place and "period" in self.place else ""
        found = self.understanding.legible(sound, lost, "" if _is_damaged(period) else period.strip())
        for name in ("task", "agency") if several else ():  # one of which is run together with a cell of the other row
            found |= self.understanding.legible(sound, {name})
        return found

    def _case(self, words: Said) -> _Case:
        said = self._in_words(words)
        plan = plan_key(said.get("plan", ""))
        if plan and re.fullmatch(DITTO, plan):
            said["plan"] = plan = ""  # which one stands above is not known where several are read side by side
        if self.mine and plan and plan not in self.mine:
            heading, unsaid = self._is_heading(said), leaves_unsaid(said)
            return _Case(Meaning(), answers=False, others=True, heading=heading, astray=True, unsaid=unsaid)
        meaning = self.understanding.of(*[said.get(name, "") for name in _MEANING])
        heading = bool(meaning.faults) and self._is_heading(said)
        astray = bool(meaning.faults) and any(fault.code in _ASTRAY for fault in meaning.faults)
        unsaid = astray and leaves_unsaid(said)
        if astray:
            meaning = meaning._replace(doubts=(*meaning.doubts, *self.understanding.misplaced(said)))
        if self.mine and plan not in self.mine:
            meaning = Meaning(doubts=(*meaning.slots, *meaning.doubts) if self.perhaps else ())
            return _Case(meaning, answers=self.perhaps, others=True, heading=heading, astray=astray, unsaid=unsaid)
        issuer, result = said.get("issuer", ""), said.get("result", "")
        faults: tuple[Fault, ...] = ()
        try:
            answers = not read_result(result)
        except ValueError:
            answers, faults = True, (Fault("R01", "result", "result_unknown", result, warning=True),)
        if answers and meaning.slots and not (faults or meaning.faults or meaning.doubts):
            after = max((window[1] for _, window in meaning.windows), default=date.min)
            self.sound_words[words] = after.toordinal(), *self._adders(meaning.slots, issuer)
        return _Case(meaning, issuer, answers, faults, heading=heading, astray=astray, unsaid=unsaid)

    def _saying(self, words: Said, days: Said) -> _Saying:
        """What becomes of rows that say this: they count unless an error or their result takes that away."""
        case, ((stamp, faults, late), place) = self.case(words), self.dates(days)
        if case.others:
            return _Saying(doubts=case.meaning.doubts, others=True)
        if late.issuperset(case.meaning.tasks.values() or (False,)):
            return _Saying(aside=True)
        meaning = case.meaning.without(late)
        bad_dates = any(fault.error for fault in faults)
        accepted = not bad_dates and not any(fault.error for fault in meaning.faults)
        faults = (*meaning.faults, *faults, *case.faults)
        if not case.answers:
            return _Saying(faults=faults, accepted=accepted)
        if bad_dates:
            return _Saying(faults=faults, doubts=(*meaning.doubts, *meaning.slots), accepted=accepted)
        faults += tuple(self.stamping.before_window_end(meaning.windows, stamp, self._cells(days, self.days)))
        pile = self._pile(meaning.slots, case.issuer) if meaning.slots else None
        return _Saying(pile, place, faults, meaning.doubts, accepted, numbered=True)

    def _pile(self, slots: tuple[Slot, ...], issuer: str) -> Pile:
        if (slots, issuer) not in self.piles:
            self.piles[slots, issuer] = Pile(slots, issuer)
        return self.piles[slots, issuer]

    def _adders(self, slots: tuple[Slot, ...], issuer: str) -> tuple[Add, Add, Add]:
        """What adds to a pile, the same for all words that do."""
        if (slots, issuer) not in self.adders:
            self.adders[slots, issuer] = self._pile(slots, issuer).adders()
        return self.adders[slots, issuer]

    def _dates(self, said: Said) -> tuple[Stamped, int]:
        """What the days of a row say, and the place of their stamp."""
        stamped = self.stamping.of(self._cells(said, self.days))
        place = self.stamps.setdefault(stamped.stamp, len(self.stamps))
        if (earliest := stamped.stamp.earliest) and not stamped.faults and not stamped.late:
            self.sound_days[said] = earliest.toordinal(), place
        return stamped, place

    def _report(self, line: int, faults: Iterable[Fault]) -> None:
        for fault in faults:
            index = self.place.get(fault.field)
            heading = self.table.headings[index] if index is not None else fault.field
            self.problems.add(fault.problem(line, heading, (index or 0) + 1))


def _is_damaged(cell: str) -> bool:
    return "\ufffd" in cell
