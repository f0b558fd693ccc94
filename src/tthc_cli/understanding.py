"""What the words of a register's row mean: which task, which unit, which occasion."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tthc_cli.agencies import Directory
from tthc_cli.naming import fold, task_key
from tthc_cli.obligations import exempt_units, lead_units, open_to_all, task_versions
from tthc_cli.plan import Plan, Task
from tthc_cli.records import Problem, Reading, Severity
from tthc_cli.submissions import read_period, split_tasks

Slot = tuple[str, str, str]
Doubt = tuple[str, str, str | None]
WARNINGS = frozenset({"R11", "R12", "R13", "R14"})


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem of a cell, before its row has a line. `field` is the register's field, not the file's heading."""

    code: str
    field: str
    reason: str
    value: str
    suggestion: str | None = None
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict)
    warning: bool = False

    @property
    def error(self) -> bool:
        """Whether it rejects its row."""
        return not (self.warning or self.code in WARNINGS)

    def problem(self, line: int, heading: str, position: int) -> Problem:
        """The problem at its place in the file."""
        severity: Severity = "error" if self.error else "warning"
        return Problem(
            self.code, severity, line, heading, self.value, self.reason, self.facts, self.suggestion, None, position
        )


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the words of a row say.

    slots: (task, unit, occasion) that it may answer; faults: what is wrong; doubts: what a wrong word may have meant;
    windows: data windows of the slots that have one, each with whether the task is signed by another body;
    producing: a paper that answers may itself be an event; signed: another body signs the product;
    mark: equal for equal slots.
    """

    slots: tuple[Slot, ...] = ()
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    windows: tuple[tuple[bool, tuple[date, date]], ...] = ()
    producing: bool = False
    signed: bool = False
    mark: int = 0


@dataclass(frozen=True)
class Duty:
    """What a register needs to know of a task: over all its texts, who leads it and what its occasions are.

    units: False where the unit leads, True where it leads once assigned; anyone: leaders are not listed at all.
    """

    task: Task
    units: Mapping[str, bool]
    anyone: bool
    occasions: Mapping[str, tuple[date, date] | None]
    by_event: bool
    restates: tuple[str, ...] = ()


class Understanding:
    """Turns the words of rows into meanings, against one plan and directory."""

    def __init__(self, plan: Plan, directory: Directory, reading: Reading, as_of: date) -> None:
        self.plan, self.directory, self.reading, self.as_of = plan, directory, reading, as_of
        self._known: dict[tuple[str, str], tuple[list[str], list[Fault], list[str]]] = {}

    @cached_property
    def duties(self) -> Mapping[str, Duty]:
        """Every task's duty by its comparable id."""
        versions = task_versions(self.plan, self.as_of)
        return {task_key(id_): self._duty(tuple(v.task for v in texts)) for id_, texts in versions if texts}

    def _duty(self, texts: tuple[Task, ...]) -> Duty:
        units: dict[str, bool] = {}
        for task in texts:
            exempt = exempt_units(task, self.reading)
            found = lead_units(task, self.directory)
            units |= {unit: late and units.get(unit, True) for unit, late in found.items() if unit not in exempt}
        rules = [rule for task in texts for rule in task.rules]
        occasions = {str(period): rule.window_of(period) for rule in rules for period in rule.periods(self.plan.year)}
        by_event = any(rule.each_event() for rule in rules)
        anyone = any(open_to_all(task, self.directory) for task in texts)
        return Duty(texts[-1], units, anyone, occasions, by_event, texts[-1].restates)

    def of(self, task: str, agency: str, parent: str, period: str, event: str) -> Meaning:
        """The meaning of a row's words; never raises."""
        if not task or not agency:
            empty = (("task", task), ("agency", agency))
            return Meaning(faults=tuple(Fault("R02", name, "cell_empty", "") for name, value in empty if not value))
        duties, faults, guessed = self._tasks(task)
        if (agency, parent) not in self._known:
            self._known[agency, parent] = self._units(agency, parent)
        units, agency_faults, maybe = self._known[agency, parent]
        faults += agency_faults
        slots: list[Slot] = []
        doubts: list[Doubt] = [
            (duty.task.id, self._leader(duty, unit) or unit, None) for duty in guessed for unit in (*units, *maybe)
        ]
        for duty in duties:
            occasion, trouble = self._occasion(duty, period, event)
            faults += trouble
            for unit in units:
                leader = self._leader(duty, unit)
                if leader is None:
                    facts = {"task": duty.task.id, "unit": self.directory.unit(unit).name}
                    faults.append(Fault("R06", "agency", "not_leading", agency, facts=facts))
                elif occasion is None:
                    doubts.append((duty.task.id, leader, None))
                else:
                    slots.append((duty.task.id, leader, occasion))
            leaders = (self._leader(duty, unit) for unit in maybe)
            doubts += [(duty.task.id, leader, occasion or None) for leader in leaders if leader]
        signed = any(duty.task.signed_by for duty in duties)
        producing = any(duty.task.produces for duty in duties)
        return Meaning(
            tuple(slots),
            tuple(faults),
            tuple(doubts),
            tuple(self._windows(slots)),
            producing,
            signed,
            hash(tuple(slots)),
        )

    def _tasks(self, cell: str) -> tuple[list[Duty], list[Fault], list[Duty]]:
        """Tasks named, what is wrong with the names, and the tasks that wrong names probably meant."""
        duties: list[Duty] = []
        faults, guessed = [], []
        for text in split_tasks(cell):
            duty = self.duties.get(task_key(text))
            if duty and "*" in duty.restates:
                faults.append(Fault("R03", "task", "task_restates_all", text))
            elif duty:
                duties += [self.duties[task_key(id_)] for id_ in duty.restates] or [duty]
            else:
                near = self.nearest(text)
                guessed += [self.duties[task_key(near)]] if near else []
                faults.append(Fault("R03", "task", "task_unknown", text, near))
        return list({duty.task.id: duty for duty in duties}.values()), faults, guessed

    def nearest(self, text: str) -> str | None:
        """The task id that a wrong one most resembles, or whose title the text is."""
        from difflib import get_close_matches

        titles = {fold(duty.task.title): duty.task.id for duty in self.duties.values()}
        if found := titles.get(fold(text)):
            return found
        key = task_key(text)
        if (likely := task_key(key.replace("L", "1").replace("O", "0"))) in self.duties:
            return self.duties[likely].task.id
        close = get_close_matches(key, self.duties, 1, 0.75)
        return self.duties[close[0]].task.id if close else None

    def _units(self, cell: str, parent: str) -> tuple[list[str], list[Fault], list[str]]:
        """The unit named, or what is wrong with the name and the units it may have meant."""
        found = self.directory.find(cell, parent)
        ids = [match.id for match in found.matches]
        if len(ids) == 1 and self.directory.unit(ids[0]).level == "group":
            return [], [Fault("R05", "agency", "agency_is_group", cell)], list(self.directory.opened(ids[0]))
        if len(ids) == 1:
            return [self.directory.debtor(ids[0])], [], []
        if ids:
            names = "; ".join(self.directory.unit(id_).name for id_ in ids)
            return (
                [],
                [Fault("R05", "agency", "agency_ambiguous", cell, names)],
                [self.directory.debtor(i) for i in ids],
            )
        near = found.suggestions[:1]
        suggestion = self.directory.unit(near[0]).name if near else None
        return (
            [],
            [Fault("R04", "agency", "agency_unknown", cell, suggestion)],
            [self.directory.debtor(id_) for id_ in near],
        )

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
        known = ", ".join(duty.occasions)
        facts = {"task": duty.task.id, "known": known}
        if not period:
            if len(duty.occasions) == 1:
                return next(iter(duty.occasions)), []
            return None, [Fault("R09", "period", "period_missing", "", facts=facts)]
        try:
            read = read_period(period, self.plan.year)
        except ValueError:
            read = None
        if read in duty.occasions:
            return read, []
        return None, [Fault("R09", "period", "period_unknown", period, facts=facts)]

    def _windows(self, slots: list[Slot]) -> Iterator[tuple[bool, tuple[date, date]]]:
        for task, _, occasion in slots:
            duty = self.duties[task_key(task)]
            if window := duty.occasions.get(occasion):
                yield bool(duty.task.signed_by), window
