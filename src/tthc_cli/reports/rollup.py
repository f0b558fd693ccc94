"""Many plans in one report: `tthc check --plans`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from tthc_cli import wording
from tthc_cli.records import Reading
from tthc_cli.report import Cell, Column, Marks, Report, Table
from tthc_cli.reports import fields, scorecard
from tthc_cli.rollup import Rolled, by_title
from tthc_cli.scorecard import Score, total
from tthc_cli.wording import rollup as words
from tthc_cli.wording.problems import problem
from tthc_cli.wording.readings import unverified
from tthc_cli.wording.rollup import COLUMNS, plan_name


def report(plans: Sequence[Rolled], failed: Sequence[str], reading: Reading, as_of: date, marks: Marks) -> Report:
    """By plan, by section and by verdict; failed: the names of plans that could not be judged."""
    whole, sections = total(plan.total for plan in plans), by_title(plans)
    counts: Counter[str] = sum((Counter(plan.verdicts) for plan in plans), Counter())
    payload = {
        "schema": "tthc.rollup/1",
        "as_of": as_of,
        "reading": fields.reading_fields(reading),
        "counts": dict(counts),
        "plans": [_plan(plan) for plan in plans],
        "sections": [scorecard.fields(score) for score in sections],
        "total": scorecard.fields(whole, total=True),
        "failed": list(failed),
    }
    years = sorted({year for plan in plans for year in plan.unverified_years})
    unread = dict.fromkeys(f"{item.file or plan.name}: {problem(item)}" for plan in plans for item in plan.unread)
    warnings = (*unverified(years), *unread, *((words.say("failed", names=list(failed)),) if failed else ()))
    tables = (_by_plan(plans, whole), _by_section(sections, whole), _by_verdict(plans, counts))
    told = words.say("told", count=len(plans), day=as_of, assigned=whole.assigned)
    return Report(
        {**payload, **fields.tail(marks)},
        tables=tables,
        before=(told, *warnings),
        after=(words.say("one"),),
        warnings=warnings,
        title=told,
    )


def _plan(plan: Rolled) -> dict[str, object]:
    told = {"rows": plan.rows, "accepted": plan.accepted, "errors": plan.bad_rows}
    unread = [item.file for item in plan.unread if item.reason == "shard_unread"]
    register = None if plan.rows is None else told | ({"unread": unread} if unread else {})
    facts = {"name": plan.name, "number": plan.number, "title": plan.title, "year": plan.year, "register": register}
    sections = [scorecard.fields(score) for score in plan.sections]
    card = scorecard.fields(plan.total)
    return {**card, **facts, "counts": dict(plan.verdicts), "sections": sections}


def _by_plan(plans: Sequence[Rolled], whole: Score) -> Table:
    """A line for each plan, the total last, with the bad rows of its register beside."""
    columns = (
        Column(COLUMNS["plan"], wide=True),
        *scorecard.columns(),
        Column(COLUMNS["rows"], "number", minor=True),
        Column(COLUMNS["errors"], "number", minor=True),
    )
    rows = [
        (plan_name(plan.name, plan.number), *scorecard.counts(plan.total), plan.rows, plan.bad_rows) for plan in plans
    ]
    all_rows, bad_rows = sum(plan.rows or 0 for plan in plans), sum(plan.bad_rows for plan in plans)
    rows.append((words.say("total"), *scorecard.counts(whole), all_rows, bad_rows))
    return Table(words.heading("plans"), columns, tuple(rows), total=True, bars=scorecard.BARS)


def _by_section(sections: Sequence[Score], whole: Score) -> Table:
    return scorecard.table(sections, whole, "section")._replace(title=words.heading("sections"))


def _by_verdict(plans: Sequence[Rolled], counts: Counter[str]) -> Table:
    """A line for each plan, a column for each verdict that is met."""
    met = [verdict for verdict in (*wording.VERDICTS, *wording.UNSURE) if counts[verdict]]
    columns = (Column(COLUMNS["plan"], wide=True), *(Column(wording.verdict(name), "number") for name in met))
    rows: list[tuple[Cell, ...]] = [
        (plan_name(plan.name, plan.number), *(plan.verdicts.get(name, 0) for name in met)) for plan in plans
    ]
    rows.append((words.say("total"), *(counts[name] for name in met)))
    return Table(words.heading("verdicts"), columns, tuple(rows), total=True)
