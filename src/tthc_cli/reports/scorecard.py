"""The scorecard in the offices' own columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tthc_cli import wording
from tthc_cli.obligations import World
from tthc_cli.report import Cell, Column, Marks, Report, Table
from tthc_cli.reports import fields as shared
from tthc_cli.wording.titles import heading, say

if TYPE_CHECKING:
    from tthc_cli.scorecard import Score

_COLUMNS = (
    *("assigned", "on_time", "late", "in_time", "overdue", "waiting", "unclear", "extended", "on_time_rate"),
    "not_covered",
)
BARS = tuple(1 + _COLUMNS.index(name) for name in ("on_time", "late", "in_time", "overdue", "waiting", "unclear"))
"""The places in a line, its name being the first, of the counts that bars show: those that add up."""


def fields(score: Score, total: bool = False) -> dict[str, object]:
    """One line of the scorecard as JSON has it; the total has no id."""
    names = {} if total else {"id": score.id, "name": _name(score)}
    return {**names, **{name: getattr(score, name) for name in _COLUMNS}}


def _name(score: Score) -> str:
    return score.name or wording.occasion(score.id) or say("no_period")


def table(scores: Sequence[Score], total: Score | None, by: str) -> Table:
    """The scorecard, its total last."""
    rows = [_row(score, f"{score.id}. {score.name}" if by == "section" else _name(score)) for score in scores]
    if total:
        rows.append(_row(total, say("total")))
    return Table(heading("scorecard"), (Column(wording.BY[by], wide=True), *columns()), tuple(rows), total is not None)


def brief(scores: Sequence[Score], total: Score | None, by: str) -> Table:
    """The scorecard for people: long names cut, units outside the register's levels left out; the total counts them."""
    whole = table([score for score in scores if score.assigned], total, by)
    return whole._replace(rows=tuple((shared.short(str(name)), *counts) for name, *counts in whole.rows))


def columns() -> tuple[Column, ...]:
    """The columns of counts."""
    return tuple(shared.COLUMN[name] for name in _COLUMNS)


def counts(score: Score) -> tuple[int | float | None, ...]:
    """A line's counts, in those columns."""
    return tuple(getattr(score, name) for name in _COLUMNS)


def _row(score: Score, name: str) -> tuple[Cell, ...]:
    return name, *counts(score)


def report(world: World, marks: Marks, scores: Sequence[Score], total: Score, by: str) -> Report:
    """The scorecard alone, for export."""
    payload = shared.head("tthc.scorecard/1", world)
    payload |= {"by": by, "scorecard": [fields(score) for score in scores], "total": fields(total, total=True)}
    cautions = shared.cautions(marks)
    shown = (brief(scores, total, by),)
    return Report(
        {**payload, **shared.tail(marks)},
        tables=(table(scores, total, by),),
        plain=shown,
        screen=shown,
        before=cautions,
        after=(shared.talk(world),),
        warnings=cautions,
    )
