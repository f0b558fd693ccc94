"""A plan's state at a glance, from its judgements: for the formats that show pictures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tthc_cli.explanation import Explanation, explain
from tthc_cli.obligations import World
from tthc_cli.overview import TONES, Counts, Days, Duty, Line, Overview, Why
from tthc_cli.records import NOTHING, Judgement
from tthc_cli.reports import fields
from tthc_cli.reports.explain import sources
from tthc_cli.wording.steps import part, sentence

if TYPE_CHECKING:
    from tthc_cli.since import Since


def overview(world: World, judgements: Sequence[Judgement], since: Since | None = None) -> Overview:
    """The whole of what these judgements say, and how many stood how in an earlier report."""
    whys, numbers = _whys(world, judgements)
    duties = tuple(_duty(item, numbers[item.obligation.key]) for item in judgements)
    headings = _headings(world)
    met = {headings[item.obligation.facts.section] for item in judgements}
    days = [day for duty in duties for day in (duty.stated, duty.due) if day]
    years = {world.plan.year, *(day.year for day in days)}
    return Overview(
        number=world.plan.number,
        title=world.plan.title,
        as_of=world.as_of,
        year=world.plan.year,
        sections={section.id: section.title for section in world.plan.sections if section.id in met},
        lines=tuple(_lines(world, judgements, headings)),
        duties=duties,
        whys=tuple(why._replace(section=headings[why.section]) for why in whys),
        calendar=_calendar(world, years),
        readings=fields.talk(world),
        since=since and since.as_of,
        before=since.verdicts if since else NOTHING,
    )


def _headings(world: World) -> Mapping[str, str]:
    """For each section of a task the uppermost that the plan lists above it: "I.2.1" is part of "I"."""
    listed = sorted((section.id for section in world.plan.sections), key=len)
    sections = {task.section for task in world.plan.every_task()}
    return {id_: next((top for top in listed if f"{id_}.".startswith(f"{top}.")), id_) for id_ in sections}


def _calendar(world: World, years: Iterable[int]) -> dict[date, str]:
    return {day: reason for year in sorted(years) for day, reason in world.calendar.year(year).off.items()}


def _duty(item: Judgement, why: int) -> Duty:
    owed, moved = item.obligation, item.obligation.extended
    return Duty(
        key=owed.key,
        task=owed.facts.id,
        agency=owed.agency,
        agency_name=owed.agency_name,
        occasion=str(fields.VALUE["occasion"](item)),
        stated=owed.stated,
        due=owed.due,
        act_by=owed.act_by,
        verdict=item.shown,
        submitted_on=item.submitted_on,
        proof=item.proof,
        days=item.days_late if item.days_late is not None else fields.days_left(item),
        moved=(moved.document, moved.original_due) if moved else None,
        rests_on=item.rests_on,
        reason=item.reason,
        why=why,
    )


def _lines(world: World, judgements: Iterable[Judgement], headings: Mapping[str, str]) -> Iterator[Line]:
    """A line for each unit that the register covers, in the order of the directory."""
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    units = {}
    for item in sorted(judgements, key=lambda item: item.obligation.order):
        owed = item.obligation
        units[owed.agency] = owed
        if item.verdict != "not_covered":
            tone = TONES[item.shown]
            found[owed.agency][headings[owed.facts.section]][tone] += 1
    for id_, sections in found.items():
        unit = world.directory.unit(id_)
        whole = sum(sections.values(), Counter())
        counts = {section: Counts(**tones) for section, tones in sections.items()}
        above = world.directory.unit(unit.parent).name if unit.parent else ""
        yield Line(id_, units[id_].agency_name, unit.level, unit.parent, Counts(**whole), counts, above)


def _whys(world: World, judgements: Sequence[Judgement]) -> tuple[list[Why], dict[str, int]]:
    """The reasoning of every task met, and by the key of each obligation the number of its own."""
    owed = defaultdict(list)
    for item in judgements:
        owed[item.obligation.facts.id].append(item.obligation)
    whys: list[Why] = []
    numbers: dict[str, int] = {}
    first = 0
    for id_, mine in owed.items():
        explained = explain(world, id_, obligations=mine)
        numbers |= {item.key: first + at for at, group in enumerate(explained.groups) for item in group}
        whys.append(_why(explained, first))
        first += len(explained.groups)
    return whys, numbers


def _why(explained: Explanation, first: int) -> Why:
    """The steps by what they belong to: the task, each of its days, the calendar and the notes."""
    parts: dict[str | int, list[str]] = {"task": [], "notes": []}
    titles: list[str] = []
    place: str | int = "task"
    for step in explained.steps:
        if step.kind == "deadline":
            place = first + len(titles)
            titles.append(sentence(step))
            parts[place] = []
            continue
        if part(step):
            place = "notes"
        parts[place].append(sentence(step))
    task = explained.task
    days = tuple(Days(first + at, title, tuple(parts[first + at])) for at, title in enumerate(titles))
    return Why(
        task=task.id,
        title=task.title,
        section=task.section,
        steps=tuple(parts["task"]),
        days=days,
        notes=tuple(parts["notes"]),
        basis=tuple(sources(explained.basis)),
    )
