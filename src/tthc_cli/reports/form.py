"""The register as an office fills it in: columns, what may be chosen in them, and guidance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from tthc_cli import wording
from tthc_cli.agencies import Directory
from tthc_cli.duties import Duty
from tthc_cli.periods import Period
from tthc_cli.plan import Plan
from tthc_cli.report import Blank, Column, Form, Sheet, Table
from tthc_cli.reports.fields import COLUMN
from tthc_cli.submissions import REGISTER, Columns
from tthc_cli.understanding import Understanding
from tthc_cli.wording import guide

_LEFT_OUT = {"issuer", "plan"}
"""The unit that sends a paper is also who issued it, and a form is of one plan, unless a row says otherwise."""


def headings(columns: Columns) -> dict[str, str]:
    """The headings of a file, by field."""
    named = ((field, wording.FIELDS[field]) for field in columns.headings if field not in _LEFT_OUT)
    return {field: f"{words[0].upper()}{words[1:]}" for field, words in named}


def register(understanding: Understanding) -> Form:
    """The form for a plan's register."""
    plan, duties = understanding.plan, understanding.duties
    choices = {
        "task": tuple(duty.task.id for duty in duties.values() if "*" not in duty.restates),
        "agency": tuple(_names(understanding.directory, duties)),
        "parent": _districts(understanding.directory),
        "period": _periods(duties.values()),
        "result": tuple(guide.RESULTS),
    }
    blanks = tuple(
        Blank(title, guide.HINTS[field], field in REGISTER.dates, choices.get(field, ()))
        for field, title in headings(REGISTER).items()
    )
    return Form(guide.REGISTER, blanks, _guidance(plan, blanks), guide.LISTS, date(plan.year - 1, 1, 1))


def _names(directory: Directory, duties: Mapping[str, Duty]) -> Iterable[str]:
    """The units that owe anything, each by a name that means no other."""
    owing = {unit for duty in duties.values() for unit in duty.units}
    for unit in directory.units:
        if unit.id in owing and unit.level != "group":
            above = f", {directory.unit(unit.parent).place}" if unit.parent else ""
            names = (unit.name, f"{unit.name}{above}", unit.id)
            yield next(name for name in names if len(directory.find(name).matches) == 1)


def _districts(directory: Directory) -> tuple[str, ...]:
    return tuple(unit.place for unit in directory.units if unit.level == "district" and unit.place)


def _periods(duties: Iterable[Duty]) -> tuple[str, ...]:
    """Every period that tells occasions apart, in the order of time."""
    periods = {Period.parse(name) for duty in duties if not duty.by_event for name in duty.occasions}
    ordered = sorted(periods, key=lambda period: (period.last, period.first))
    return tuple(wording.occasion(str(period)) for period in ordered)


def _guidance(plan: Plan, blanks: Iterable[Blank]) -> Sheet:
    told = (Column(guide.COLUMNS["blank"]), Column(guide.COLUMNS["hint"], wide=True))
    task, who = (Column(guide.COLUMNS[name], wide=True) for name in ("task", "who"))
    rows = ((task.id, task.title, task.timing, "; ".join(task.lead)) for task in plan.every_task())
    return Sheet(
        guide.GUIDE,
        (
            Table(guide.COLUMNS["blanks"], told, tuple((blank.title, blank.hint) for blank in blanks)),
            Table(guide.COLUMNS["tasks"], (COLUMN["id"], task, COLUMN["timing"], who), tuple(rows)),
        ),
        guide.TITLE,
        guide.LINES,
    )
