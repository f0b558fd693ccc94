"""The page that a leader reads on Monday: how it stands, the worst, what falls due this week, what waits for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from tthc_cli.obligations import World
from tthc_cli.records import Judgement
from tthc_cli.report import Cell, Column, Marks, Report, Table
from tthc_cli.reports import fields, grouping, letters, notes, scorecard
from tthc_cli.scorecard import Score, total
from tthc_cli.scorecard import scorecard as scored
from tthc_cli.tuples import NamedTuple
from tthc_cli.wording import brief as words
from tthc_cli.wording import day, fill, level_counts, rate
from tthc_cli.wording.brief import COLUMNS, COUNTS

if TYPE_CHECKING:
    from tthc_cli.since import Since

_MOST = 7
"""A table has so many lines, that the whole stays one page."""
_OPEN = ("due_soon", "pending")
_TITLE = 70


class Week(NamedTuple):
    """Monday to Sunday."""

    first: date
    last: date

    @classmethod
    def of(cls, day: date) -> Week:
        """The week that a day lies in."""
        monday = day - timedelta(days=day.weekday())
        return cls(monday, monday + timedelta(days=6))


def report(
    world: World, marks: Marks, judgements: Sequence[Judgement], since: Since | None = None, bad_rows: int = 0
) -> Report:
    """The page. since: what changed since an earlier report; bad_rows: rows of the register that do not count."""
    whole, week = total(scored(judgements, "agency")), Week.of(world.as_of)
    counts, worst = _counts(whole, since), _worst(judgements)
    due, decide = _week(judgements, week), _decide(judgements)
    absent = (
        *(() if worst.rows else (words.say("no_worst"),)),
        *(() if due.rows else (words.say("no_week", **week._asdict()),)),
        *(() if decide.rows else (words.say("no_decide"),)),
        *((words.say("bad_rows", count=bad_rows),) if bad_rows else ()),
        *(() if since else (words.say("first"),)),
    )
    cautions, title = fields.cautions(marks), words.say("title", plan=world.plan.number, day=world.as_of)
    payload = fields.head("tthc.brief/1", world)
    payload |= {"week": [*week], "total": scorecard.fields(whole, total=True), "bad_rows": bad_rows}
    payload["before"] = since and {"as_of": since.as_of, "total": scorecard.fields(since.total, total=True)}
    payload |= {name: _plain(table) for name, table in (("worst", worst), ("due", due), ("decide", decide))}
    return Report(
        {**payload, **fields.tail(marks)},
        tables=_numbered((counts, *(_short(table) for table in (worst, due, decide) if table.rows))),
        before=(title, *cautions),
        after=(*absent, fields.talk(world)),
        warnings=cautions,
        title=title,
    )


def _plain(table: Table) -> list[list[Cell]]:
    return [list(row) for row in table.rows]


def _numbered(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables that there are, counted."""
    return tuple(
        table._replace(title=words.say("table", number=number, title=table.title))
        for number, table in enumerate(tables, 1)
    )


def _short(table: Table) -> Table:
    """The first lines; the last says how many are left out."""
    left = len(table.rows) - _MOST
    if left <= 1:
        return table
    more: tuple[Cell, ...] = (words.say("more", count=left), *(None for _ in table.columns[1:]))
    return Table(table.title, table.columns, (*islice(table.rows, _MOST), more))


def _counts(whole: Score, since: Since | None) -> Table:
    """How many stand how, now and before."""
    columns = [Column(COLUMNS["what"]), Column(COLUMNS["now"], "number")]
    if since:
        before = fill(COLUMNS["before"], {"day": since.as_of})
        columns += [Column(before, "number"), Column(COLUMNS["change"], "number")]
    rows = (_counted(name, title, whole, since) for name, title in COUNTS.items())
    return Table(words.heading("counts"), tuple(columns), tuple(rows))


def _counted(name: str, title: str, whole: Score, since: Since | None) -> tuple[Cell, ...]:
    now, old = getattr(whole, name), getattr(since.total, name) if since else None
    if name == "on_time_rate":
        return (title, rate(now), *((rate(old), None) if since else ()))
    return (title, now, *((old, now - old) if since else ()))


def _worst(judgements: Iterable[Judgement]) -> Table:
    """The units with firm breaches, those with most overdue first."""
    units: dict[str, list[Judgement]] = defaultdict(list)
    for item in judgements:
        if item.firm:
            units[item.obligation.agency].append(item)
    rows = [_agency(items) for items in units.values()]
    rows.sort(key=lambda row: (-row[1], -row[2], -row[3]))
    columns = (
        Column(COLUMNS["agency"], wide=True),
        *(Column(COLUMNS[name], "number") for name in ("overdue", "late", "longest")),
        Column(COLUMNS["tasks"], wide=True),
    )
    return Table(words.heading("worst"), columns, tuple(rows))


def _agency(items: Sequence[Judgement]) -> tuple[str, int, int, int, str]:
    overdue = sum(item.verdict == "overdue" for item in items)
    longest = max(item.days_late or 0 for item in items)
    tasks = dict.fromkeys(item.obligation.facts.id for item in items)
    return items[0].obligation.agency_name, overdue, len(items) - overdue, longest, ", ".join(tasks)


def _week(judgements: Iterable[Judgement], week: Week) -> Table:
    """What falls due in the week and is not answered; what units share is one line."""
    open_ = [item for item in judgements if item.verdict in _OPEN and _within(item, week)]
    rows = grouping.table("", "act_by due task title agencies", fields.by_day(open_), many=1).rows
    columns = (
        Column(COLUMNS["act_by"], "date"),
        Column(COLUMNS["due"], "date"),
        Column(COLUMNS["task"], wide=True),
        Column(COLUMNS["units"], wide=True),
    )
    lines = tuple((act_by, due, f"{task}. {title}", units) for act_by, due, task, title, units in rows)
    return Table(words.heading("week", first=day(week.first), last=day(week.last)), columns, lines)


def _within(item: Judgement, week: Week) -> bool:
    """Whether the day due, or the last working day before it, lies in the week."""
    days = (item.obligation.act_by, item.obligation.due)
    return any(day and week.first <= day <= week.last for day in days)


def _decide(judgements: Iterable[Judgement]) -> Table:
    """What a person has to settle: by task and reason, those of most units first."""
    alike: dict[tuple[str, str], list[Judgement]] = defaultdict(list)
    for item in judgements:
        if letters.stands_as(item) == "ask":
            facts = item.obligation.facts
            title = f"{facts.id}. {fields.short(facts.title, _TITLE)}"
            alike[title, notes.doubt(item)].append(item)
    ranked = sorted(alike.items(), key=lambda found: -len(found[1]))
    rows = tuple((title, why, len(items), _named(items)) for (title, why), items in ranked)
    columns = (
        Column(COLUMNS["task"], wide=True),
        Column(COLUMNS["why"], wide=True),
        Column(COLUMNS["count"], "number"),
        Column(COLUMNS["units"], wide=True),
    )
    return Table(words.heading("decide"), columns, rows)


def _named(items: Sequence[Judgement]) -> str:
    """The units, or how many where they are more than a few."""
    names = dict.fromkeys(item.obligation.agency_name for item in items)
    return ", ".join(names) if len(names) <= grouping.MANY else level_counts(Counter(i.obligation.level for i in items))
