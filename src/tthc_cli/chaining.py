"""Papers that are themselves events: a signed decision starts the duties that wait for it, with no second entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tthc_cli.matching import Gathered
from tthc_cli.naming import fold
from tthc_cli.plan import Plan, Task
from tthc_cli.records import Event, Paper, Reading
from tthc_cli.submissions import read_number


def chained(
    plan: Plan, events: Iterable[Event], gathered: Gathered, reading: Reading, as_of: date
) -> tuple[Event, ...]:
    """The events, and those that papers of the register are.

    A paper counts from its own date. It takes the id of the event that it answers, or else of its number; an event
    already entered with the same number and year is the same event, and the papers that name the other id follow it.
    """
    known = list(events)
    same = aliases(plan, known, gathered)
    producers = [task for task in plan.every_task() if task.produces]
    for _ in producers:
        fresh = [event for task in producers for event in _produced(task, known, same, gathered, reading, as_of)]
        if not fresh:
            break
        known += fresh
    return tuple(known)


def _produced(
    task: Task,
    known: list[Event],
    same: Mapping[tuple[str, str], str],
    gathered: Gathered,
    reading: Reading,
    as_of: date,
) -> Iterator[Event]:
    assert task.produces
    awaited = {kind for rule in task.rules if (kind := rule.awaited())}
    upstream = {event.id.casefold(): event for event in known if event.kind in awaited}
    for (kind, name), id_ in same.items():
        if kind in awaited and id_.casefold() in upstream:
            upstream[name] = upstream[id_.casefold()]
    there = {event.id.casefold() for event in known if event.kind == task.produces.kind}
    numbers = {_number_key(event.document, event.date) for event in known if event.kind == task.produces.kind}
    for (task_id, unit, occasion), papers in gathered.papers.items():
        source = upstream.get(occasion.casefold())
        if task_id != task.id or (source is None and (occasion or upstream)):
            continue
        for paper in _answering(task, papers, reading, as_of):
            assert paper.stamp.document
            id_ = source.id if source else _slug(paper.number)
            if not id_ or id_.casefold() in there or _number_key(paper.number, paper.stamp.document) in numbers:
                continue
            there.add(id_.casefold())
            yield Event(id_, task.produces.kind, paper.stamp.document, unit, paper.number or None)


def _answering(task: Task, papers: Iterable[Paper], reading: Reading, as_of: date) -> list[Paper]:
    """Papers that are the event, the earliest first: of the right type, known on the day, with a date of their own."""
    assert task.produces
    found = []
    for paper in papers:
        proved = paper.stamp.proving(reading.proof, bool(task.signed_by))
        number = read_number(paper.number)
        right = task.produces.type is None or (number is not None and number.type == task.produces.type)
        if right and paper.stamp.document and paper.stamp.document <= as_of and proved and proved[1] <= as_of:
            found.append(paper)
    return sorted(found, key=lambda paper: (paper.stamp.document or date.max, paper.number, paper.line))


def aliases(plan: Plan, events: Iterable[Event], gathered: Gathered) -> dict[tuple[str, str], str]:
    """(kind, id that a row may use) to the id of the event entered for the same document."""
    entered = {(event.kind, _number_key(event.document, event.date)): event.id for event in events if event.document}
    found = {}
    for task in plan.every_task():
        if not task.produces:
            continue
        for (task_id, _, occasion), papers in gathered.papers.items():
            for paper in papers if task_id == task.id and occasion else ():
                if paper.number and paper.stamp.document:
                    place = task.produces.kind, _number_key(paper.number, paper.stamp.document)
                    if place in entered:
                        found[task.produces.kind, occasion.casefold()] = entered[place]
    return found


def _number_key(number: str | None, day: date) -> tuple[str, int] | None:
    read = read_number(number or "")
    return (read.key, day.year) if read else None


def _slug(number: str) -> str:
    return fold(number).replace(" ", "-")
