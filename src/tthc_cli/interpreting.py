"""What the rows of a register say in words, whatever their days and numbers, each combination interpreted once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from tthc_cli.memory import MOST_REMEMBERED
from tthc_cli.naming import plan_key
from tthc_cli.records import Claim
from tthc_cli.rows_above import DITTO, leaves_unsaid
from tthc_cli.submissions import REGISTER, column_number, may_undo, read_result
from tthc_cli.tables import BadRow, Said, Table, by_field
from tthc_cli.tuples import NamedTuple
from tthc_cli.understanding import Doubt, Fault, Meaning, Understanding

_MEANING = ("task", "agency", "parent", "period", "event", "plan")
"""The fields that `Understanding.of` takes, in its order."""
_WORDS = (*_MEANING, "issuer", "result")
"""All fields of words by which rows are told apart; number, abstract and note are not."""
_ASTRAY = ("R02", "R03", "R04")
"""Faults of a row whose task or agency may stand in another column."""


class Interpretation(NamedTuple):
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


class Words:
    """Interprets what the rows of a table say in words, each combination once.

    claim: as in `gather`; indexes, fields: of the columns of words, from left to right.
    """

    def __init__(self, table: Table, understanding: Understanding, claim: Claim) -> None:
        self._understanding, self._delimiter, self._width = understanding, table.delimiter, len(table.headings)
        mine = plan_key(understanding.plan.id)
        self._mine = {"all": None, "unnamed": (mine, "")}.get(claim, (mine,))
        self._perhaps = claim == "perhaps"
        self._columns = table.placement.fields
        self.indexes = tuple(sorted(table.placement.at(_WORDS)))
        self.fields = table.placement.names(self.indexes)
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

    def _of(self, words: Said) -> Interpretation:
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
            return Interpretation(meaning, answers=answers, others=True, heading=heading, astray=astray, unsaid=unsaid)
        issuer, result = said.get("issuer", ""), said.get("result", "")
        if issuer and any(fault.code == "R06" for fault in meaning.faults):  # maybe it is the office that handles it
            author = self.meaning({**said, "agency": issuer})
            meaning = meaning._replace(doubts=(*meaning.doubts, *author.doubted))
        faults: tuple[Fault, ...] = ()
        try:
            answers = not read_result(result)
        except ValueError:
            answers, faults = True, (Fault("R01", "result", "result_unknown", result, warning=not may_undo(result)),)
        return Interpretation(meaning, issuer, answers, faults, heading=heading, astray=astray, unsaid=unsaid)

    def _is_heading(self, said: Mapping[str, str]) -> bool:
        """Whether a row says the headings again, as on every page that is printed, or the numbers of the columns."""
        task, agency = (said.get(name, "") for name in ("task", "agency"))
        if REGISTER.field(task) == "task":
            return REGISTER.field(agency) == "agency"
        first, second = column_number(task), column_number(agency)
        if first is None or second is None:
            return False
        return second - first == self._columns["agency"] - self._columns["task"]

    def legible(self, row: BadRow) -> set[Doubt]:
        """What may be meant by a row that cannot be read, or by two that are run together in it."""
        sound = [cell for cell in row.cells if not is_damaged(cell)]
        lost = {name for name in ("task", "agency") if row.cells and is_damaged(row.cells[self._columns[name]])}
        period = row.cells[self._columns["period"]] if self.in_place(row) and "period" in self._columns else ""
        found = self._understanding.legible(sound, lost, "" if is_damaged(period) else period.strip())
        if len(row.cells) > 2 * self._width - 2:  # a task or a unit of one is run together with a cell of the other
            found |= self._understanding.legible(sound, {"task"}) | self._understanding.legible(sound, {"agency"})
        return found

    def in_place(self, row: BadRow) -> bool:
        """Whether the cells of a row that cannot be read stand where they belong: one too many moves those behind."""
        return row.reason == "encoding" and len(row.cells) <= self._width


def is_damaged(cell: str) -> bool:
    return "\ufffd" in cell
