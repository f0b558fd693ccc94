"""What an editor says of a plan: `tthc plan validate`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tthc_cli.explanation import rule_step
from tthc_cli.plan import Plan
from tthc_cli.proofreading import Remark, acknowledged
from tthc_cli.report import Column, Marks, Report, Table
from tthc_cli.reports.fields import tail
from tthc_cli.tuples import NamedTuple
from tthc_cli.wording import SEVERITIES, fill, occasion
from tthc_cli.wording.remarks import FOUND, NO_RULE, NOTED, remark
from tthc_cli.wording.steps import rule
from tthc_cli.wording.titles import COLUMNS, TABLES
from tthc_cli.written import Loc


class _Told(NamedTuple):
    """A remark in words, at its line and column; noted: a note of the plan says so already."""

    remark: Remark
    line: int
    column: int
    noted: bool
    text: str


def report(
    plan: Plan, path: str, remarks: Sequence[Remark], place: Callable[[Loc], tuple[int, int]], marks: Marks
) -> Report:
    """Every remark at its place: errors first, then what no note acknowledges. `place`: line and column of a path."""
    told = [_Told(item, *place(item.loc), acknowledged(item, plan), _words(item, plan)) for item in remarks]
    told.sort(key=lambda each: (each.remark.severity, each.noted, each.line))
    errors = sum(item.severity == "error" for item in remarks)
    facts: dict[str, object] = {
        "number": plan.number,
        "tasks": len(plan.every_task()),
        "errors": errors,
        "warnings": len(remarks) - errors,
        "noted": sum(each.noted for each in told),
    }
    payload = {
        "schema": "tthc.validation/1",
        "plan": plan.id,
        "valid": not errors,
        "tasks": facts["tasks"],
        "remarks": [_fields(each) for each in told],
        **tail(marks),
    }
    shown = (
        f"{path}:{each.line}:{each.column}: {SEVERITIES[each.remark.severity]}: {each.text}{NOTED * each.noted}"
        for each in told
    )
    lines = [
        f"{path}:{each.line}:{each.column}: {each.remark.severity} {each.remark.code} {each.text}" for each in told
    ]
    return Report(payload, (_table(told),), plain=(), screen=(), before=(*shown, fill(FOUND, facts)), lines=lines)


def _words(item: Remark, plan: Plan) -> str:
    """A remark in words, its rules and period too."""
    rules = {
        name: "; ".join(rule(rule_step(each, plan.events)) for each in found) or NO_RULE
        for name in ("written", "read")
        if isinstance(found := item.facts.get(name), tuple)
    }
    periods = {"period": occasion(str(item.facts["period"]))} if "period" in item.facts else {}
    return remark(item.code, {"task": item.task, **item.facts, **rules, **periods})


def _fields(each: _Told) -> dict[str, object]:
    return {
        "code": each.remark.code,
        "severity": each.remark.severity,
        "task": each.remark.task or None,
        "line": each.line,
        "column": each.column,
        "message": each.text,
        "acknowledged": each.noted,
    }


def _table(told: Sequence[_Told]) -> Table:
    columns = tuple(Column(COLUMNS[name], wide=name == "message") for name in ("line", "severity", "task", "message"))
    rows = ((each.line, SEVERITIES[each.remark.severity], each.remark.task, each.text) for each in told)
    return Table(TABLES["remarks"], columns, tuple(rows))
