"""What the words of a register's row mean: which task, which unit, which occasion."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from tthc_cli.agencies import Directory
from tthc_cli.duties import Duty, duty_of
from tthc_cli.memory import MOST_REMEMBERED, OnDemand
from tthc_cli.naming import fold, plan_key, task_key
from tthc_cli.plan import Plan, Task, task_versions
from tthc_cli.records import NOTHING, Problem, Reading, Severity, Slot
from tthc_cli.submissions import is_prose, read_period, split_tasks
from tthc_cli.tuples import NamedTuple

if TYPE_CHECKING:
    from tthc_cli.misnamed import Units
    from tthc_cli.ranking import Ranking

Doubt = tuple[str, str, str | None]
"""Task, unit and occasion that a row may be about; no occasion: any of the unit's that are unanswered."""
Window = tuple[bool, tuple[date, date]]
"""Whether another body signs a task's product, and the first and the last day of the data that it tells of."""
_LONG, _OPENING = 120, 3
"""Letters from which a cell is an abstract and no name; words among the first of a text that may be a task's id."""
_BROKEN = r"#[A-Z]+(?:/[A0])?[!?]?|Err:\d+"
"""What spreadsheets show of formulas that they cannot work out: "#N/A", "#REF!", "#DIV/0!", "Err:502"."""
WARNINGS = frozenset({"R11", "R12", "R13", "R14"})
"""Codes of faults that let their rows count."""


class Fault(NamedTuple):
    """A problem of a cell, before its row has a line: many rows have the same.

    code, reason, value, suggestion, facts: as in `Problem`; field: the register's field, not the file's heading.
    warning: it lets its row count, as the codes in `WARNINGS` always do.
    """

    code: str
    field: str
    reason: str
    value: str
    suggestion: str | None = None
    facts: Mapping[str, object] = NOTHING
    warning: bool = False

    @property
    def error(self) -> bool:
        """Whether it rejects its row."""
        return not (self.warning or self.code in WARNINGS)

    def problem(self, line: int, heading: str, position: int) -> Problem:
        """The problem at its place in the file."""
        severity: Severity = "error" if self.error else "warning"
        said = self.value, self.reason, self.facts, self.suggestion
        return Problem(self.code, severity, line, heading, *said, position=position)


class Meaning(NamedTuple):
    """What the words of a row say.

    slots: (task, unit, occasion) that it may answer; faults: what is wrong; doubts: what a wrong word may have meant;
    tasks: those named, each with whether another body signs its product;
    windows: data windows of the slots that have one, each with the same of its task; group: it names one.
    """

    slots: tuple[Slot, ...] = ()
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    tasks: Mapping[str, bool] = NOTHING
    windows: tuple[Window, ...] = ()
    group: bool = False

    @property
    def doubted(self) -> tuple[Doubt, ...]:
        """All that it may be about, should the row not count: who owes it is not accused."""
        return (*self.slots, *self.doubts)

    def without(self, late: Collection[bool]) -> Meaning:
        """The same for a paper that came too late for some of the tasks: those signed by another body, or the rest."""
        gone = {task for task, signed in self.tasks.items() if signed in late} if late else ()
        if not gone:
            return self
        return self._replace(
            slots=tuple(slot for slot in self.slots if slot[0] not in gone),
            doubts=tuple(doubt for doubt in self.doubts if doubt[0] not in gone),
            windows=tuple(item for item in self.windows if item[0] not in late),
        )


class _Unknown(NamedTuple):
    """A name that is no task's, the tasks that it may mean, and the one period told with it, "" if none is."""

    text: str
    near: Sequence[Duty]
    period: str


class _Tasks(NamedTuple):
    """What a cell says of tasks: the duties that it names, what is wrong with it, and its names that are no task's."""

    duties: list[Duty]
    faults: list[Fault]
    unknown: list[_Unknown]


class _Units(NamedTuple):
    """Whom a cell names: the one unit meant for certain, or what is wrong with the name and the units it may mean."""

    sure: list[str]
    faults: list[Fault]
    maybe: list[str]
    group: bool = False  # some of these are members of one that it names


class Understanding:
    """Turns the words of rows into meanings, against one plan and directory.

    reading: tells which units owe nothing; as_of: amendments of the plan count that were known on this day.
    """

    def __init__(self, plan: Plan, directory: Directory, reading: Reading, as_of: date) -> None:
        self.plan, self.directory, self.reading, self.as_of = plan, directory, reading, as_of
        # Registers say the same few things in thousands of combinations.
        self._tasks = lru_cache(MOST_REMEMBERED)(self._read_tasks)
        self._units = lru_cache(MOST_REMEMBERED)(self._read_units)
        self._units_of = lru_cache(MOST_REMEMBERED)(self._read_units_of)
        self._named = lru_cache(MOST_REMEMBERED)(self._read_named)
        self._period = lru_cache(MOST_REMEMBERED)(partial(read_period, year=plan.year))

    @cached_property
    def _texts(self) -> Mapping[str, tuple[Task, ...]]:
        """The texts of every task over time, by its comparable id."""
        versions = task_versions(self.plan, self.as_of)
        return {task_key(id_): tuple(version.task for version in texts) for id_, texts in versions if texts}

    @cached_property
    def duties(self) -> Mapping[str, Duty]:
        """Every task's duty by its comparable id."""
        return OnDemand(
            self._texts, lambda key: duty_of(self._texts[key], self.directory, self.reading, self.plan.year)
        )

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return {fold(texts[-1].title): key for key, texts in self._texts.items()}

    def of(self, task: str, agency: str, parent: str, period: str, event: str, plan: str = "") -> Meaning:
        """The meaning of a row's words, each "" where its cell is empty; what is wrong with them is told in it.

        plan: the id of the plan that it is about, if it says so.
        """
        if plan and plan_key(plan) != plan_key(self.plan.id):
            return Meaning(faults=(Fault("R03", "plan", "plan_other", plan, facts={"plan": self.plan.id}),))
        if not task or not agency:
            empty = (("task", task), ("agency", agency))
            return Meaning(faults=tuple(Fault("R02", name, "cell_empty", "") for name, value in empty if not value))
        tasks, units = self._tasks(task), self._units(agency, parent) if parent else self._units(agency)
        anyone = (*units.sure, *units.maybe)
        faults = [*tasks.faults, *(self._of_none(each, anyone) for each in tasks.unknown), *units.faults]
        doubts = [doubt for each in tasks.unknown for doubt in self._doubted(each, anyone, period, event)]
        slots: list[Slot] = []
        windows: list[Window] = []
        signed = {duty.task.id: bool(duty.task.signed_by) for duty in tasks.duties}
        for duty in tasks.duties:
            id_, (occasion, trouble) = duty.task.id, self._occasion(duty, period, event)
            faults += trouble
            for unit in units.sure:
                leader = self._leader(duty, unit)
                if leader is None:
                    facts = {"task": id_, "unit": self.directory.unit(unit).name}
                    faults.append(Fault("R06", "agency", "not_leading", agency, facts=facts))
                elif occasion is None:
                    doubts.append((id_, leader, None))
                else:
                    slots.append((id_, leader, occasion))
                    if window := duty.occasions.get(occasion):
                        windows.append((signed[id_], window))
            leaders = (self._leader(duty, unit) for unit in units.maybe)
            doubts += [(id_, leader, occasion or None) for leader in leaders if leader]
        return Meaning(tuple(slots), tuple(faults), tuple(doubts), signed, tuple(windows), units.group)

    def _doubted(self, name: _Unknown, units: Iterable[str], period: str, event: str) -> Iterator[Doubt]:
        """What a name that is no task's may be about, for these units: each task near it, on the occasion told."""
        for duty in name.near:
            occasion, _ = self._occasion(duty, period or name.period, event)
            yield from ((duty.task.id, self._leader(duty, unit) or unit, occasion or None) for unit in units)

    def legible(self, cells: Sequence[str], lost: Collection[str] = (), period: str = "") -> set[Doubt]:
        """What a row that cannot be read may be about: tasks and units that any of its cells, or two together, name.

        Where it names no task, any that such a unit leads; where it names no unit, any that leads such a task.
        lost: of "task" and "agency" those whose cells cannot be read; what other cells name does not stand for them.
        period: what stands in its place, if that is sure.
        """
        texts = [*filter(_may_name, cells)]
        named = [duty for text in filter(_is_short, cells) for duty in self._named(text)]
        duties = [*self.duties.values()] if "task" in lost else named
        pairs = (f"{one} {other}" for one, other in pairwise(cells) if _may_name(one) and _may_name(other))
        units = {unit for text in (*texts, *pairs) for unit in self._units_of(text)} if "agency" not in lost else ()
        if units:
            led = ((duty, self._leader(duty, unit)) for duty in duties or self.duties.values() for unit in units)
        else:
            led = ((duty, unit) for duty in duties for unit in duty.units)
        return {
            (duty.task.id, leader, (self._occasion(duty, period, "")[0] or None) if period else None)
            for duty, leader in led
            if leader
        }

    def misplaced(self, said: Mapping[str, str]) -> set[Doubt]:
        """What a row may be about that names a task and a unit, of which one does not stand where it belongs.

        Or is what a spreadsheet shows of a formula that it cannot work out.
        """
        task, agency = said.get("task", ""), said.get("agency", "")
        if lost := {name for name in ("task", "agency") if re.fullmatch(_BROKEN, said.get(name, ""))}:
            return self.legible([text for name, text in said.items() if name not in lost], lost, said.get("period", ""))
        if self.knows(task, agency) == 2:
            return set()
        aside = "parent" if agency and self._names_a_task(task) else ""  # it stands where it belongs
        texts = [text for name, text in said.items() if _may_name(text) and name != aside]
        both = any(map(self._names_a_task, texts)) and any(map(self._units_of, texts))
        return self.legible(texts) if both else set()

    def knows(self, task: str, agency: str) -> int:
        """How many of these are known: one that names a task, the other a unit or group."""
        return self._names_a_task(task) + self.names_a_unit(agency)

    def names_a_unit(self, text: str) -> bool:
        """Whether a text names a unit or group, or may."""
        return bool(text and self._units_of(text))

    def names_either(self, unit: str, text: str) -> bool:
        """Whether the one names a unit or group, or the other begins with the id of a task ("Nhiệm vụ XI.1: …")."""
        return self.names_a_unit(unit) or any(map(self._names_a_task, filter(_may_name, text.split()[:_OPENING])))

    def tells_a_task(self, text: str) -> bool:
        """Whether a text that is no id of a task may mean one ("II. Báo cáo KSTTHC quý I")."""
        return bool(text) and any(each.near for each in self._tasks(text).unknown)

    def _names_a_task(self, text: str) -> bool:
        return bool(self._named(text))

    def _duties_of(self, name: str) -> Iterable[Duty]:
        """The duty that an id names, or those that it restates; nothing where there is none."""
        duty = self.duties.get(task_key(name))
        return [self.duties[task_key(id_)] for id_ in duty.restates if id_ != "*"] or [duty] if duty else ()

    def _read_named(self, cell: str) -> tuple[Duty, ...]:
        """The duties of the tasks whose ids a cell consists of."""
        return tuple(duty for id_ in split_tasks(cell) for duty in self._duties_of(id_))

    def _read_units_of(self, text: str) -> tuple[str, ...]:
        return tuple(unit for id_ in self.directory.named(text) for unit in self.directory.opened(id_))

    def _read_tasks(self, cell: str) -> _Tasks:
        duties: list[Duty] = []
        faults: list[Fault] = []
        unknown: dict[str, _Unknown] = {}
        for text in self.names_of_tasks(cell):
            duty = self.duties.get(task_key(text))
            if duty and "*" in duty.restates:
                faults.append(Fault("R03", "task", "task_restates_all", text))
            elif duty:
                duties += self._duties_of(text)
            else:
                near = self.nearest(text)
                unknown[text] = _Unknown(text, near, self._told(text) if near else "")
        return _Tasks([*{duty.task.id: duty for duty in duties}.values()], faults, [*unknown.values()])

    def _of_none(self, name: _Unknown, units: Sequence[str]) -> Fault:
        """The fault of a name that is no task's, with the first task meant that one of these units leads, or any.

        A number alone is that of one task in every section, and proposes none.
        """
        near = () if name.text.strip(".").isdecimal() else name.near
        led = (duty.task.id for duty in near if any(self._leader(duty, unit) for unit in units))
        suggestion = next(led, near[0].task.id if near else None)
        return Fault("R03", "task", "task_unknown", name.text, suggestion)

    def _told(self, text: str) -> str:
        """The one period that is told with a task ("Báo cáo KSTTHC quý II"); "" if none or several are."""
        if not is_prose(text):
            return ""
        from tthc_cli.abstracts import read_abstract

        named = {each.occasion for each in read_abstract(text, self.plan.year).periods}
        return (len(named) == 1 and named.pop()) or ""

    def names_of_tasks(self, cell: str) -> tuple[str, ...]:
        """What a cell names as tasks: what stands between commas, unless it makes sense only with them."""
        texts = split_tasks(cell)
        if not self.duties.keys().isdisjoint(map(task_key, texts)):
            return texts
        if task_key(cell) in self.duties:
            return (cell,)  # "XI,1"
        if not is_prose(cell):
            return texts or (cell,)
        from tthc_cli.abstracts import split_told

        told = () if fold(cell) in self._titles else split_told(cell)
        return told or (cell,)

    @cached_property
    def ranking(self) -> Ranking:
        """The tasks by how well they fit what is said of a paper."""
        from tthc_cli.ranking import Ranking

        return Ranking(self.duties.values(), self.plan, self.directory)

    def nearest(self, text: str) -> list[Duty]:
        """The task whose title a text is, or its id in other letters; else those that it resembles most, and alike.

        Where it is no id at all ("Báo cáo KSTTHC quý II"), those that it may be about.
        """
        if len(text.split()) > 1 and (found := self._titles.get(fold(text))):  # a title is more than one word
            return [self.duties[found]]
        from tthc_cli.misnamed import in_old_fonts, tasks

        if keys := tasks(text, self.duties):
            return [self.duties[key] for key in keys]
        meant = (self.ranking.meant(each) for each in (text, *in_old_fonts(text)) if is_prose(each))
        return next(filter(None, meant), [])

    def whom(self, cell: str) -> tuple[Fault, list[str]]:
        """What is wrong with a name that no unit or group alone bears, and the units that it may mean."""
        units = self._units(cell)
        (fault,) = units.faults
        return fault, units.maybe

    @cached_property
    def _misnamed(self) -> Units:
        from tthc_cli.misnamed import Units

        return Units(self.directory)

    def _read_units(self, cell: str, parent: str = "") -> _Units:
        if parent:
            found = self._misnamed.across(cell, parent) or self.directory.find(cell, parent)
        else:
            found = self.directory.find(cell)  # which is remembered by what it was asked, "" or not
        ids = [match.id for match in found.matches]
        if len(ids) == 1 and self.directory.unit(ids[0]).level == "group":
            members = self.directory.inside(self.directory.opened(ids[0]), parent)
            return _Units([], [Fault("R05", "agency", "agency_is_group", cell)], [*members], True)
        if len(ids) == 1:
            return _Units([self.directory.debtor(ids[0])], [], [])
        if several := ids or self._misnamed.together(cell, parent):
            names = "; ".join(self.directory.unit(id_).name for id_ in several)
            reason = "agency_ambiguous" if ids else "agencies_named"
            units = [unit for id_ in several for unit in self.directory.opened(id_)]
            return _Units([], [Fault("R05", "agency", reason, cell, names)], units, len(units) > len(several))
        if parent and self.directory.find(cell).matches:
            fault = Fault("R04", "agency", "agency_elsewhere", cell, facts={"parent": parent})
            near: Sequence[str] = found.suggestions[: found.likeliest]
        else:
            near = self._misnamed.near(cell, parent)
            suggestion = self.directory.unit(near[0]).name if near else None
            fault = Fault("R04", "agency", "agency_unknown", cell, suggestion)
        likely = [self.directory.debtor(unit) for id_ in near for unit in self.directory.opened(id_)]
        return _Units([], [fault], likely, len(likely) > len(near))

    def _leader(self, duty: Duty, unit: str) -> str | None:
        """The debtor whose duty a paper of this unit answers: itself, its own one-stop unit, or its office if named."""
        if unit in duty.units or (duty.anyone and self.directory.unit(unit).level != "group"):
            return unit
        one_stop, office = self.directory.one_stop_of(unit), self.directory.office_of(unit)
        if one_stop in duty.units:
            return one_stop
        return office if office in duty.task.lead_agencies and office in duty.units else None

    def _occasion(self, duty: Duty, period: str, event: str) -> tuple[str | None, list[Fault]]:
        """The occasion that a row names, "" where its task has none; None where it cannot be told."""
        if duty.by_event:
            return event, []
        if not duty.occasions:
            return "", []
        if period and (read := self._period(period)) in duty.occasions:
            return read, []
        if not period and len(duty.occasions) == 1:
            return next(iter(duty.occasions)), []
        facts = {"task": duty.task.id, "known": ", ".join(duty.occasions)}
        return None, [Fault("R09", "period", "period_unknown" if period else "period_missing", period, facts=facts)]


def _is_short(text: str) -> bool:
    """Whether a cell may name a task: one that holds a day, a document's number or an abstract does not."""
    return len(text) < _LONG and "/" not in text


def _may_name(text: str) -> bool:
    """Whether a cell may name a unit too, which no number does."""
    return _is_short(text) and any(map(str.isalpha, text))
