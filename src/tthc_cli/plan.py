"""A plan as people write it: its tasks, their rules, its events, and the amendments that give a task other texts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Annotated

from tthc_cli.naming import task_key
from tthc_cli.records import TaskFacts
from tthc_cli.rules import AnyRule
from tthc_cli.tuples import NamedTuple
from tthc_cli.written import Checked, Terms, Unsound, Written, fresh


def _unique(texts: tuple[str, ...]) -> tuple[str, ...]:
    for text in texts:
        if texts.count(text) > 1:
            raise Unsound("repeated", text=text)
    return texts


Names = Annotated[tuple[str, ...], Checked(_unique)]


class Product(Written):
    """A task's product that is itself an event: `kind`, once a paper of document type `type` (any if None) answers."""

    kind: str
    type: str | None = None


class Answer(Written):
    """A paper that answers a task once for all and needs no row in a register."""

    document: str
    date: date


class Task(Written):
    """One line of the appendix, or one duty of the body.

    lead, support, timing, product, title: the plan's own words; *_agencies: the units or groups they name.
    assigned: groups of which only the member named by an event or an assignment leads.
    receivers: units that owe nothing here, since they receive its reports.
    signed_by: who signs the product where the unit only proposes it ("tham mưu").
    restates: tasks that this one only repeats; it owes nothing of its own.
    produces: the event that its product is. answered_by: the paper that has answered it.
    basis: legal sources beyond the rules' own. notes: readings chosen, slips mended.
    """

    id: str
    section: str
    title: str
    lead: Names = ()
    lead_agencies: Names = ()
    support: Names = ()
    support_agencies: Names = ()
    assigned: Names = ()
    receivers: Names = ()
    timing: str = ""
    deadlines: tuple[AnyRule, ...] = ()
    signed_by: str | None = None
    product: str = ""
    restates: Names = ()
    produces: Product | None = None
    answered_by: Answer | None = None
    basis: Names = ()
    notes: Names = ()

    def __post_init__(self) -> None:
        if self.restates and (self.deadlines or self.produces or self.answered_by):
            raise Unsound("restates")
        if not self.restates and not self.deadlines:
            raise Unsound("no_rule")
        if strange := set(self.assigned) - set(self.lead_agencies):
            raise Unsound("assigned", text=", ".join(sorted(strange)))

    @cached_property
    def rules(self) -> tuple[AnyRule, ...]:
        """The rules that make obligations: the dated ones, told apart, or, if there is none, the first undated."""
        dated = tuple(rule for rule in self.deadlines if rule.dated)
        return tuple(rule.told_apart(dated) for rule in dated) if len(dated) > 1 else dated or self.deadlines[:1]

    @property
    def by_event(self) -> bool:
        """Whether its obligations are told apart by events."""
        return any(rule.each_event() for rule in self.rules)

    def facts(self, order: int) -> TaskFacts:
        """What reports repeat of this task."""
        return TaskFacts(self.id, self.section, self.title, self.timing, self.product, self.signed_by, order)


class Section(Written):
    """A roman-numbered part of the appendix, a heading inside it, or a heading of the body."""

    id: str
    title: str


class Amendment(Written):
    """A later document that changes, adds or drops tasks from a day on."""

    document: str
    date: date
    from_: datetime.date
    tasks: tuple[Task, ...] = ()
    drop: Names = ()


class Plan(Written):
    """A whole plan. `events`: kinds of events in words; annex: the words under the appendix's title."""

    id: str
    number: str
    date: date
    title: str
    source: str
    annex: str = ""
    year: Annotated[int, Terms(ge=1990, le=2100)]
    issuer: str = ""
    notes: Names = ()
    sections: tuple[Section, ...]
    events: dict[str, str] = fresh(factory=dict)
    tasks: tuple[Task, ...]
    amendments: tuple[Amendment, ...] = ()

    def task(self, text: str) -> Task | None:
        """The task of this id, ignoring case, spaces and the marks between its parts."""
        return self._by_key.get(text) or self._by_key.get(task_key(text))

    @property
    def titles(self) -> dict[str, str]:
        """What its sections are called, by their ids."""
        return {section.id: section.title for section in self.sections}

    def over(self, day: datetime.date) -> bool:
        """Whether its year is over on a day."""
        return day.year > self.year

    @cached_property
    def _by_key(self) -> dict[str, Task]:
        return {task_key(task.id): task for task in self.every_task()}

    def every_task(self) -> tuple[Task, ...]:
        """The plan's tasks and those that amendments add, each id once, as first written."""
        found = {task.id: task for task in self.tasks}
        for amendment in self.amendments:
            for task in amendment.tasks:
                found.setdefault(task.id, task)
        return tuple(found.values())


class Version(NamedTuple):
    """One text of a task and the span of due days that it governs: from `since` up to the day before `until`."""

    task: Task
    since: date | None
    until: date | None

    @property
    def always(self) -> bool:
        """Whether no other text stood before it or takes its place."""
        return self.since is None and self.until is None

    def governs(self, day: date) -> bool:
        """Whether what falls on this day is judged by this text."""
        return (self.since is None or day >= self.since) and (self.until is None or day < self.until)


def task_versions(plan: Plan, as_of: date) -> list[tuple[str, tuple[Version, ...]]]:
    """Each task's texts over time, in plan order; a task that an amendment adds stands at its section's end."""
    texts: dict[str, list[tuple[date | None, Task | None]]] = {task.id: [(None, task)] for task in plan.tasks}
    written = {task_key(task.id): task.id for task in plan.tasks}
    for amendment in sorted(plan.amendments, key=lambda a: (a.from_, a.date)):
        if amendment.date <= as_of:
            for task in amendment.tasks:
                id_ = written.setdefault(task_key(task.id), task.id)
                texts.setdefault(id_, []).append((amendment.from_, task._replace(id=id_)))
            for dropped in amendment.drop:
                texts.setdefault(written.get(task_key(dropped), dropped), []).append((amendment.from_, None))
    sections = {section.id: number for number, section in enumerate(plan.sections)}
    versions = [(id_, tuple(_spans(items))) for id_, items in texts.items()]
    first = {id_: next((task for _, task in items if task), None) for id_, items in texts.items()}
    place = {id_: sections.get(task.section, len(sections)) if task else 0 for id_, task in first.items()}
    return sorted(versions, key=lambda item: place[item[0]])


def _spans(items: list[tuple[date | None, Task | None]]) -> Iterator[Version]:
    ends = [since for since, _ in items[1:]] + [None]
    for (since, task), until in zip(items, ends, strict=True):
        if task:
            yield Version(task, since, until)
