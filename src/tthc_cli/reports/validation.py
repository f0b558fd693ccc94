"""A plan without flaws: `tthc plan validate`."""

from __future__ import annotations

from tthc_cli.plan import Plan
from tthc_cli.report import Marks, Report
from tthc_cli.reports.fields import tail
from tthc_cli.wording import fill
from tthc_cli.wording.workspace import PLAN_FINE, PLAN_UNREAD


def report(plan: Plan, marks: Marks) -> Report:
    """That nothing is wrong with it, how many tasks it has, and which deadlines nobody has read yet."""
    tasks = plan.every_task()
    unread = [task.id for task in tasks if any(rule.kind == "unread" for rule in task.deadlines)]
    counts = {"tasks": len(tasks), "unread": unread}
    payload = {"schema": "tthc.validation/1", "plan": plan.id, "valid": True, **counts, **tail(marks)}
    gaps = (fill(PLAN_UNREAD, counts),) if unread else ()
    return Report(payload, before=(fill(PLAN_FINE, {"number": plan.number, **counts}), *gaps))
