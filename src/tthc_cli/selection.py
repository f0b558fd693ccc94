"""Which obligations and tasks a report is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from tthc_cli.agencies import Directory
from tthc_cli.naming import fold, task_key
from tthc_cli.plan import Plan, Task
from tthc_cli.records import Judgement, Obligation
from tthc_cli.tuples import NamedTuple


class Choice(NamedTuple):
    """What is asked for; None or empty asks for all.

    agencies: unit ids, groups opened (see `units`); start, end: days between which it is due, both counted;
    overdue: only what is owed past its day; tasks: ids, a section's too.
    """

    agencies: frozenset[str] | None = None
    start: date | None = None
    end: date | None = None
    overdue: bool = False
    tasks: tuple[str, ...] = ()


ALL = Choice()


def units(directory: Directory, ids: Iterable[str]) -> frozenset[str]:
    """The units that owe for these ids, and the groups themselves."""
    return frozenset(unit for id_ in ids for unit in (directory.debtor(id_), *directory.opened(id_)))


def within(choice_start: date, days: int) -> tuple[date, date]:
    """From a day to so many calendar days after it."""
    return choice_start, choice_start + timedelta(days=days)


def keep(judgements: Iterable[Judgement], choice: Choice) -> tuple[Judgement, ...]:
    """The judgements asked for, in their order."""
    return tuple(judgements if choice == ALL else (item for item in judgements if _asked(item, choice)))


def _asked(item: Judgement, choice: Choice) -> bool:
    obligation = item.obligation
    return (
        (choice.agencies is None or obligation.agency in choice.agencies)
        and (not choice.overdue or item.verdict == "overdue")
        and (not choice.tasks or any(_inside(obligation.facts.id, task) for task in choice.tasks))
        and _between(obligation, choice.start, choice.end)
    )


def _between(obligation: Obligation, start: date | None, end: date | None) -> bool:
    if start is None and end is None:
        return True
    due = obligation.due
    return due is not None and (start is None or start <= due) and (end is None or due <= end)


def _inside(task: str, asked: str) -> bool:
    """Whether a task is the one asked for, or stands in the section asked for."""
    own, wanted = task_key(task), task_key(asked)
    return own == wanted or own.startswith(f"{wanted}.")


def tasks(
    plan: Plan,
    directory: Directory,
    sections: Iterable[str] = (),
    agencies: frozenset[str] | None = None,
    role: Literal["lead", "support", "any"] = "lead",
    kinds: Iterable[str] = (),
    search: str = "",
) -> tuple[Task, ...]:
    """The plan's tasks that fit every filter; `search` wants each of its words, with or without marks."""
    wanted, asked, words = tuple(sections), set(kinds), fold(search).split()
    return tuple(
        task
        for task in plan.every_task()
        if (not wanted or any(_inside(task.id, section) for section in wanted))
        and (agencies is None or not agencies.isdisjoint(_parties(task, directory, role)))
        and (not asked or asked & {rule.kind for rule in task.deadlines})
        and all(word in _searched(task) for word in words)
    )


def _parties(task: Task, directory: Directory, role: str) -> frozenset[str]:
    lead = task.lead_agencies if role in ("lead", "any") else ()
    support = task.support_agencies if role in ("support", "any") else ()
    return units(directory, (*lead, *support))


def _searched(task: Task) -> str:
    return fold(" ".join((task.id, task.title, *task.lead, *task.support, task.timing, task.product)))
