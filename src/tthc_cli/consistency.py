"""A plan held against its directory and against itself: every name in it must lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from tthc_cli.agencies import Directory
from tthc_cli.naming import task_key
from tthc_cli.plan import Plan, Task
from tthc_cli.written import Flaw, Loc

_NAMING = ("lead_agencies", "support_agencies", "assigned", "receivers")


def flaws(plan: Plan, directory: Directory) -> tuple[Flaw, ...]:
    """Everything in a plan that does not fit, in the order of the file."""
    return tuple(_Check(plan, directory).all())


class _Check:
    def __init__(self, plan: Plan, directory: Directory) -> None:
        self.plan = plan
        self.units = {unit.id for unit in directory.units}
        self.sections = {section.id for section in plan.sections}

    @cached_property
    def tasks(self) -> dict[str, Task]:
        return {task_key(task.id): task for task in self.plan.every_task()}

    def all(self) -> Iterator[Flaw]:
        plan = self.plan
        if plan.issuer:
            yield from self._unknown_units([plan.issuer], ("issuer",))
        yield from _repeated((section.id for section in plan.sections), ("sections",), "section_repeated")
        yield from self._of_tasks(plan.tasks, ("tasks",))
        for number, amendment in enumerate(plan.amendments):
            loc = "amendments", number
            yield from self._of_tasks(amendment.tasks, (*loc, "tasks"))
            yield from self._unknown_tasks(amendment.drop, (*loc, "drop"))

    def _of_tasks(self, tasks: tuple[Task, ...], loc: Loc) -> Iterator[Flaw]:
        yield from _repeated((task_key(task.id) for task in tasks), loc, "task_repeated")
        for place, task in enumerate(tasks):
            yield from self._of_task(task, (*loc, place))

    def _of_task(self, task: Task, loc: Loc) -> Iterator[Flaw]:
        if task.section not in self.sections:
            yield Flaw((*loc, "section"), "section_unknown", {"id": task.section, "task": task.id})
        for name in _NAMING:
            yield from self._unknown_units(getattr(task, name), (*loc, name))
        if task.signed_by:
            yield from self._unknown_units([task.signed_by], (*loc, "signed_by"))
        if not task.lead_agencies and not task.restates:
            yield Flaw(loc, "nobody_leads", {"task": task.id})
        yield from self._of_restated(task, (*loc, "restates"))
        yield from self._of_events(task, loc)

    def _of_restated(self, task: Task, loc: Loc) -> Iterator[Flaw]:
        named = [id_ for id_ in task.restates if id_ != "*"]
        yield from self._unknown_tasks(named, loc)
        for id_ in named:
            target = self.tasks.get(task_key(id_))
            if target and target.restates:
                yield Flaw((*loc, task.restates.index(id_)), "restates_restating", {"id": id_, "task": task.id})

    def _of_events(self, task: Task, loc: Loc) -> Iterator[Flaw]:
        for place, rule in enumerate(task.deadlines):
            at = *loc, "deadlines", place
            yield from self._unknown_event(rule.awaited(), (*at, "event"))
            yield from self._unknown_event(rule.needed(), (*at, "condition"))
        if task.produces:
            yield from self._unknown_event(task.produces.kind, (*loc, "produces", "kind"))

    def _unknown_event(self, kind: str | None, loc: Loc) -> Iterator[Flaw]:
        if kind is not None and kind not in self.plan.events:
            yield Flaw(loc, "event_kind_unknown", {"value": kind, "known": ", ".join(self.plan.events)})

    def _unknown_units(self, ids: Iterable[str], loc: Loc) -> Iterator[Flaw]:
        for place, id_ in enumerate(ids):
            if id_ not in self.units:
                yield Flaw((*loc, place), "plan_agency_unknown", {"id": id_})

    def _unknown_tasks(self, ids: Iterable[str], loc: Loc) -> Iterator[Flaw]:
        for place, id_ in enumerate(ids):
            if task_key(id_) not in self.tasks:
                yield Flaw((*loc, place), "plan_task_unknown", {"id": id_})


def _repeated(ids: Iterable[str], loc: Loc, code: str) -> Iterator[Flaw]:
    seen: set[str] = set()
    for place, id_ in enumerate(ids):
        if id_ in seen:
            yield Flaw((*loc, place, "id"), code, {"id": id_})
        seen.add(id_)
