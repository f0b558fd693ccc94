"""Obligations as the days of a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tthc_cli import wording
from tthc_cli.obligations import World
from tthc_cli.records import Judgement
from tthc_cli.report import Agenda, Entry
from tthc_cli.reports import fields, notes
from tthc_cli.sequences import Each
from tthc_cli.wording import office

_AHEAD = 5
"""The first reminder comes so many working days before the day to act by."""
_SETTLED = ("on_time", "on_rolled_day", "late")


def agenda(world: World, judgements: Sequence[Judgement]) -> Agenda:
    """The day due of each obligation; while a condition is awaited the day stated, as tentative."""
    dated = [item for item in judgements if item.obligation.due or item.obligation.stated]
    name = office.entry("calendar", number=world.plan.number)
    return Agenda(name, world.as_of, Each(lambda item: _entry(world, item), dated))


def _entry(world: World, item: Judgement) -> Entry:
    owed = item.obligation
    day = owed.due or owed.stated
    assert day
    name = office.entry("entry", task=owed.facts.id, agency=owed.agency_name, title=fields.short(owed.facts.title))
    verdict, settled = wording.verdict(item.shown), item.verdict in _SETTLED
    return Entry(
        key=f"{world.plan.id}/{owed.key}" + ("" if owed.role == "lead" else f"/{owed.role}"),
        day=day,
        title=office.entry("settled", verdict=verdict, entry=name) if settled else name,
        lines=tuple(_lines(world, item, verdict)),
        group=verdict,
        settled=settled,
        tentative=owed.due is None,
        alarms=() if settled else tuple(_alarms(world, item)),
    )


def _alarms(world: World, item: Judgement) -> Iterator[date]:
    """Mornings still to come on which to remind: some working days before the day to act by, and that day."""
    if last := item.obligation.act_by:
        yield from (day for day in (world.calendar.add(last, -_AHEAD), last) if day >= world.as_of)


def _lines(world: World, item: Judgement, verdict: str) -> Iterator[str]:
    owed, facts = item.obligation, item.obligation.facts
    yield f"{facts.id}. {facts.title}"
    yield office.entry("agency", agency=owed.agency_name)
    if occasion := fields.VALUE["occasion"](item):
        yield office.entry("occasion", occasion=occasion)
    yield office.entry("verdict", verdict=verdict, day=world.as_of)
    for name in ("stated", "due", "act_by"):
        if day := fields.VALUE[name](item):
            yield office.entry(name, day=day)
    if item.submitted_on:
        yield office.entry("submitted_on", day=item.submitted_on)
    if note := notes.note(world, item):
        yield note
    yield office.entry("timing", timing=facts.timing)
    if facts.product:
        yield office.entry("product", product=facts.product)
    yield office.entry("key", key=owed.key)
