"""The pages of a workbook: what everyone owes, what is late, what is wrong with the register, and how it was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tthc_cli import wording
from tthc_cli.obligations import World
from tthc_cli.records import BREACHES, Judgement
from tthc_cli.report import Cell, Column, Marks, Sheet, Table
from tthc_cli.reports import fields, notes, scorecard
from tthc_cli.sequences import Each
from tthc_cli.wording import office

if TYPE_CHECKING:
    from tthc_cli.scorecard import Score
    from tthc_cli.since import Since

_DUTIES = "task title agency occasion stated due act_by verdict submitted_on days_late note"
_DUTIES_BESIDE = (
    "days_left days_since original_due extended_to extended_by firm rests_on reason proof line window_from window_to "
    "role whole_title timing product section agency_id key"
)
_BREACHES = "task title agency occasion stated due verdict submitted_on days_late firm rests_on"
_BREACHES_BESIDE = (
    "act_by original_due extended_to extended_by proof line code whole_title timing product section agency_id key"
)
_CHANGES = "task title agency occasion due"
_CHANGES_BESIDE = "whole_title agency_id key"
_COLUMN = {**fields.COLUMN, "whole_title": Column(office.COLUMNS["whole_title"], wide=True)}
_BRIEF = 110
_MOST_BARS = 40


def duties(world: World, judgements: Sequence[Judgement]) -> Sheet:
    """Every obligation, in the plan's order."""
    title = office.title("duties", number=world.plan.number, day=world.as_of)
    return Sheet(office.SHEETS["duties"], (_table(world, title, _DUTIES, _DUTIES_BESIDE, judgements),))


def breaches(world: World, judgements: Sequence[Judgement]) -> Sheet:
    """What is late or overdue: what is firm first, the longest overdue on top."""
    found = [item for item in judgements if item.verdict in BREACHES]
    found.sort(key=lambda item: (item.firm is False, -(item.days_late or 0)))
    title = office.title("breaches", number=world.plan.number, day=world.as_of)
    return Sheet(office.SHEETS["breaches"], (_table(world, title, _BREACHES, _BREACHES_BESIDE, found),))


def _table(world: World, title: str, names: str, beside: str, items: Sequence[Judgement]) -> Table:
    """Judgements in columns for paper, and in others that stand beside them for filtering."""
    values: dict[str, Callable[[Judgement], Cell]] = {
        **fields.VALUE,
        "title": lambda item: fields.short(item.obligation.facts.title, _BRIEF),
        "whole_title": fields.VALUE["title"],
        "note": lambda item: notes.note(world, item),
    }
    picked = [values[name] for name in (*names.split(), *beside.split())]
    columns = (
        *(fields.COLUMN[name]._replace(minor=False) for name in names.split()),
        *(_COLUMN[name]._replace(minor=True) for name in beside.split()),
    )
    return Table(title, columns, Each(lambda item: tuple(value(item) for value in picked), items))


def problems(path: str | None, table: Table) -> Sheet:
    """What is wrong with the register and the files beside it."""
    return Sheet(office.SHEETS["problems"], (table,), office.title("problems", path=path))


def summary(
    world: World, lines: Sequence[str], cards: Sequence[tuple[str, Sequence[Score], Score]], since: Since | None = None
) -> Sheet:
    """The scorecards, and what changed since an earlier report; bars for the longest that can still be read."""
    tables = [_card(by, scores, total, since) for by, scores, total in cards]
    short = [table for table in tables if len(table.rows) <= _MOST_BARS]
    if longest := max(short, key=lambda table: len(table.rows), default=None):
        tables[tables.index(longest)] = longest._replace(bars=scorecard.BARS)
    if since:
        tables.insert(0, _compared(world, since, cards[0][2]))
    title = office.title("summary", number=world.plan.number, day=world.as_of)
    return Sheet(office.SHEETS["summary"], tuple(tables), title, tuple(lines))


def _card(by: str, scores: Sequence[Score], total: Score, since: Since | None) -> Table:
    shown = [score for score in scores if score.assigned]
    table = scorecard.table(shown, total, by)._replace(title=office.title(f"by_{by}"))
    if since is None or by != "agency":
        return table
    before = [since.agencies.get(score.id) for score in shown] + [since.total]
    changes = [_moved(old, new) for old, new in zip(before, (*shown, total), strict=True)]
    columns = (Column(office.COLUMNS[f"{name}_change"], "number") for name in ("overdue", "on_time"))
    rows = tuple((*row, *change) for row, change in zip(table.rows, changes, strict=True))
    return table._replace(columns=(*table.columns, *columns), rows=rows)


def _moved(old: Score | None, new: Score) -> tuple[int, int]:
    return new.overdue - (old.overdue if old else 0), new.on_time - (old.on_time if old else 0)


def _compared(world: World, since: Since, total: Score) -> Table:
    """The totals before and now, and their difference."""
    before, now = scorecard.counts(since.total), scorecard.counts(total)
    difference = (None if old is None or new is None else new - old for old, new in zip(before, now, strict=True))
    rows: tuple[tuple[Cell, ...], ...] = (
        (wording.day(since.as_of), *before),
        (wording.day(world.as_of), *now),
        (office.content("difference"), *difference),
    )
    columns = (Column(office.COLUMNS["state"]), *scorecard.columns())
    return Table(office.title("since", before=since.as_of), columns, rows, total=True)


def changed(since: Since, judgements: Sequence[Judgement]) -> str:
    """What changed, in one line."""
    from tthc_cli.scorecard import column

    now = Counter(map(column, judgements))
    names = ("overdue", "on_time")
    before = {f"{name}_before": getattr(since.total, name) for name in names}
    told = {name: now[name] for name in names}
    return office.content("since", before=since.as_of, changed=len(since.changes), **before, **told)


def changes(world: World, since: Since) -> Sheet:
    """Every obligation whose verdict is another than in an earlier report."""
    title = office.title("changes", before=since.as_of, day=world.as_of)
    now = _table(world, title, _CHANGES, _CHANGES_BESIDE, [change.now for change in since.changes])
    beside = len(_CHANGES_BESIDE.split())
    columns = (
        Column(office.COLUMNS["before"], "verdict", wide=True),
        Column(office.COLUMNS["now"], "verdict", wide=True),
    )
    rows = tuple(
        (*row[:-beside], change.before and change.before.shown, change.now.shown, *row[-beside:])
        for row, change in zip(now.rows, since.changes, strict=True)
    )
    made = now._replace(columns=(*now.columns[:-beside], *columns, *now.columns[-beside:]), rows=rows)
    return Sheet(office.SHEETS["changes"], (made,))


def understood(world: World, marks: Marks, judgements: Iterable[Judgement], register: Sequence[str] = ()) -> Sheet:
    """What the report rests on: the plan, the day, the readings, the notices of days off, the files, the versions."""
    columns = (Column(office.COLUMNS["subject"]), Column(office.COLUMNS["content"], wide=True))
    rows = (
        *_origin(world, register),
        *_calendar(world, judgements),
        *((office.SUBJECTS["caution"], text) for text in fields.cautions(marks)),
        (office.SUBJECTS["made"], "; ".join(f"{name} {value}" for name, value in marks.fingerprint.items())),
        *_chosen(world, judgements),
    )
    return Sheet(office.SHEETS["readings"], (Table(office.title("readings", day=world.as_of), columns, rows),))


def _origin(world: World, register: Sequence[str]) -> Iterator[tuple[str, str]]:
    plan, subjects = world.plan, office.SUBJECTS
    yield subjects["plan"], office.content("plan", number=plan.number, date=plan.date, title=plan.title)
    yield subjects["as_of"], wording.day(world.as_of)
    yield from ((subjects["reading"], text) for text in fields.in_use(world))
    yield from ((subjects["register"], text) for text in register)


def _calendar(world: World, judgements: Iterable[Judgement]) -> Iterator[tuple[str, str]]:
    """The notices behind the days off of every year that a day falls in."""
    days = (day for item in judgements for day in (item.obligation.stated, item.obligation.due) if day)
    for year in sorted({day.year for day in days}):
        known = world.calendar.year(year)
        text = office.content("notices", notices=known.notices) if known.verified else office.content("forecast")
        yield wording.fill(office.SUBJECTS["year"], {"year": year}), text


def _chosen(world: World, judgements: Iterable[Judgement]) -> Iterator[tuple[str, str]]:
    """The plan's own notes on the tasks told of: readings chosen, slips mended."""
    for id_ in dict.fromkeys(item.obligation.facts.id for item in judgements):
        task = world.plan.task(id_)
        yield from ((wording.fill(office.SUBJECTS["task"], {"id": id_}), note) for note in (task.notes if task else ()))
