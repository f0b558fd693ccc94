"""A plan without flaws: `tthc plan validate`."""

from __future__ import annotations

from tthc_cli.plan import Plan
from tthc_cli.report import Marks, Report
from tthc_cli.reports.fields import tail
from tthc_cli.wording import fill
from tthc_cli.wording.workspace import PLAN_FINE


def report(plan: Plan, marks: Marks) -> Report:
    """That nothing is wrong with it, and how many tasks it has."""
    count = len(plan.every_task())
    payload = {"schema": "tthc.validation/1", "plan": plan.id, "valid": True, "tasks": count, **tail(marks)}
    return Report(payload, before=(fill(PLAN_FINE, {"number": plan.number, "tasks": count}),))
