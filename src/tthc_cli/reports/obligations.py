"""What each unit owes by when: `tthc due`, and the export of obligations."""

from __future__ import annotations

from collections.abc import Sequence

from tthc_cli.obligations import World
from tthc_cli.records import Judgement
from tthc_cli.report import Agenda, Marks, Report, Sheet, Table
from tthc_cli.reports import fields, grouping, notes
from tthc_cli.sequences import Later
from tthc_cli.wording.titles import heading, say

_COMPLETE = (
    "due task occasion agency title stated act_by verdict days_left submitted_on original_due extended_to extended_by "
    "days_since window_from window_to role timing product agency_id key"
)
_PLAIN = "due task occasion agency title stated act_by verdict days_left submitted_on original_due days_since timing"
_DATED = "due task occasion agencies verdict days_left title act_by note"
_UNDATED = "task occasion agencies verdict stated note title"


def report(world: World, marks: Marks, judgements: Sequence[Judgement], register: bool = False) -> Report:
    """The obligations asked for; `register`: a register stands behind the verdicts."""
    payload = fields.head("tthc.obligations/1", world)
    payload["obligations"] = Later(lambda: [fields.obligation_fields(item, marks) for item in judgements])
    ordered = fields.by_day(judgements)
    dated = [item for item in ordered if item.obligation.due]
    always, other = _always([item for item in ordered if not item.obligation.due])
    return Report(
        {**payload, **fields.tail(marks)},
        tables=Later(lambda: (fields.table(heading("obligations"), _COMPLETE, ordered),)),
        plain=Later(lambda: (fields.table(heading("obligations"), _PLAIN, ordered),)),
        screen=Later(lambda: _screen(world, dated, other)),
        before=(_summary(world, judgements, len(dated)), *fields.cautions(marks)),
        after=(*always, fields.talk(world), *_next(dated or ordered, register)),
        warnings=fields.cautions(marks),
        sheets=Later(lambda: _sheets(world, marks, judgements)),
        agenda=lambda: _agenda(world, judgements),
    )


def _sheets(world: World, marks: Marks, judgements: Sequence[Judgement]) -> tuple[Sheet, ...]:
    from tthc_cli.reports import workbook

    return workbook.duties(world, judgements), workbook.understood(world, marks, judgements)


def _agenda(world: World, judgements: Sequence[Judgement]) -> Agenda:
    from tthc_cli.reports.agenda import agenda

    return agenda(world, judgements)


def _summary(world: World, judgements: Sequence[Judgement], dated: int) -> str:
    if not judgements:
        return say("none")
    facts = {"count": len(judgements), "dated": dated, "undated": len(judgements) - dated}
    return say("obligations", day=world.as_of, **facts)


def _next(items: Sequence[Judgement], register: bool) -> tuple[str, ...]:
    if not items:
        return ()
    owed = items[0].obligation
    lines = (say("next_explain", task=owed.facts.id, agency=owed.agency),)
    return lines if register else (*lines, say("next_check"))


def _screen(world: World, dated: Sequence[Judgement], undated: Sequence[Judgement]) -> tuple[Table, ...]:
    told = {item.obligation.key: notes.note(world, item) for item in (*dated, *undated)}
    parts = (("dated", _DATED, dated), ("undated", _UNDATED, undated))
    alone = {item.obligation.agency_name for item in (*dated, *undated)}
    found = []
    for name, columns, items in parts:
        if items and len(alone) == 1:
            title = f"{heading(name)}: {next(iter(alone))}"
            found.append(grouping.table(title, f"{columns.replace(' agencies', '')} submitted_on", items, told))
        elif items:
            found.append(grouping.table(heading(name), columns, items, told))
    return tuple(found)


def _always(undated: Sequence[Judgement]) -> tuple[tuple[str, ...], list[Judgement]]:
    """Lines that name the duties without an event of their own, and the rest of those without a day."""
    tasks: dict[str, dict[str, None]] = {"continuous": {}, "external": {}}
    rest = []
    for item in undated:
        if item.verdict == "no_deadline" and item.days_since is None:
            tasks["external" if item.obligation.deadline.elsewhere else "continuous"][item.obligation.facts.id] = None
        else:
            rest.append(item)
    return tuple(say(name, tasks=", ".join(ids)) for name, ids in tasks.items() if ids), rest
