"""The tasks of a plan: `tthc list`, and the export of tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tthc_cli import wording
from tthc_cli.agencies import Directory
from tthc_cli.plan import Plan, Task
from tthc_cli.report import Cell, Marks, Report, Table
from tthc_cli.reports.fields import COLUMN, cautions, short, tail
from tthc_cli.wording.titles import heading, say

_COLUMNS = ("task", "title", "lead", "timing", "kinds", "support", "section", "product", "notes")
_BRIEF = 5


def report(plan: Plan, directory: Directory, marks: Marks, tasks: Sequence[Task]) -> Report:
    """The tasks asked for."""
    listed = [task_fields(task, directory) for task in tasks]
    payload = {"schema": "tthc.tasks/1", "plan": plan.id, "tasks": listed, **tail(marks)}
    summary = say("tasks", count=len(tasks), plan=plan.number) if tasks else say("none_tasks")
    return Report(
        payload,
        tables=(_table(tasks),),
        screen=(_table(tasks, brief=True),) if tasks else (),
        before=(summary, *cautions(marks)),
        after=(say("next_due", agency=_example(listed)),) if tasks else (),
        warnings=cautions(marks),
    )


def task_fields(task: Task, directory: Directory) -> dict[str, object]:
    """One task as JSON has it."""
    return {
        "id": task.id,
        "section": task.section,
        "title": task.title,
        "lead": list(task.lead),
        "support": list(task.support),
        "lead_agencies": _opened(task.lead_agencies, directory),
        "support_agencies": _opened(task.support_agencies, directory),
        "timing": task.timing,
        "kinds": _kinds(task),
        "product": task.product,
        "signed_by": task.signed_by,
        "restates": list(task.restates),
        "notes": list(task.notes),
    }


def _opened(ids: Iterable[str], directory: Directory) -> list[str]:
    """Units that the names stand for; a group that is never opened stays."""
    return list(dict.fromkeys(unit for id_ in ids for unit in directory.opened(id_) or (id_,)))


def _kinds(task: Task) -> list[str]:
    return list(dict.fromkeys(rule.kind for rule in task.deadlines))


def _example(listed: Sequence[dict[str, object]]) -> str:
    leads = (task["lead_agencies"] for task in listed)
    return next((str(units[0]) for units in leads if isinstance(units, list) and units), "")


def _table(tasks: Iterable[Task], brief: bool = False) -> Table:
    columns = tuple(COLUMN[name] for name in _COLUMNS)
    rows = tuple(_row(task, brief) for task in tasks)
    return Table(heading("tasks"), columns[:_BRIEF] if brief else columns, rows)


def _row(task: Task, brief: bool) -> tuple[Cell, ...]:
    kinds = ", ".join(wording.KINDS[kind] for kind in _kinds(task))
    title = short(task.title, 96) if brief else task.title
    cells = (task.id, title, "; ".join(task.lead), task.timing, kinds)
    if brief:
        return cells
    return (*cells, "; ".join(task.support), task.section, task.product, " ".join(task.notes))
