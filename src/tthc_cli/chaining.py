"""Papers that are themselves events: a signed decision starts the duties that wait for it, with no second entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter

from tthc_cli.gathering import Gathered
from tthc_cli.naming import fold
from tthc_cli.plan import Plan, Task
from tthc_cli.records import Event, Paper, Reading
from tthc_cli.submissions import read_number
from tthc_cli.tuples import NamedTuple


class Chained(NamedTuple):
    """The events entered and those that papers are.

    others: (kind, id that a row uses, in small letters) to the id of the event entered for the same document.
    """

    events: tuple[Event, ...]
    others: Mapping[tuple[str, str], str]

    def ids(self) -> Mapping[tuple[str, str], str]:
        """(kind, id that a row may use, in small letters) to the id as the event has it."""
        return {(event.kind, event.id.casefold()): event.id for event in self.events} | dict(self.others)


_Papers = Mapping[tuple[str, str], list[Paper]]
"""Papers of a task whose product is an event, by unit and occasion."""


def chained(plan: Plan, events: Iterable[Event], gathered: Gathered, reading: Reading, as_of: date) -> Chained:
    """The events, and those that papers of the register are.

    A paper counts from its own date. It takes the id of the event that it answers, or else of its number; an event
    already entered with the same number and year is the same event, and the papers that name the other id follow it.
    """
    known = list(events)
    producers = {task.id: task for task in plan.every_task() if task.produces}
    papers: dict[str, dict[tuple[str, str], list[Paper]]] = {id_: {} for id_ in producers}
    for (task, unit, occasion), found in gathered.papers(producers).items():
        papers[task][unit, occasion] = found
    others: dict[tuple[str, str], str] = {}
    for id_, producer in producers.items():
        others |= _others(producer, known, papers[id_])
        papers[id_] = {place: _answering(producer, found, reading, as_of) for place, found in papers[id_].items()}
    for _ in producers:
        fresh = [event for id_, task in producers.items() for event in _produced(task, known, others, papers[id_])]
        if not fresh:
            break
        known += fresh
    return Chained(tuple(known), others)


def _produced(
    task: Task, known: list[Event], others: Mapping[tuple[str, str], str], papers: _Papers
) -> Iterator[Event]:
    assert task.produces
    awaited = {kind for rule in task.rules if (kind := rule.awaited())}
    upstream = {event.id.casefold(): event for event in known if event.kind in awaited}
    for (kind, name), id_ in others.items():
        if kind in awaited and id_.casefold() in upstream:
            upstream[name] = upstream[id_.casefold()]
    alike = [event for event in known if event.kind == task.produces.kind]
    there = {event.id.casefold() for event in alike}
    numbers = {key for event in alike if (key := _key(event.document, event.date))}
    for (unit, occasion), found in papers.items():
        source = upstream.get(occasion.casefold())
        if source is None and (occasion or upstream):
            continue
        for paper in found:
            number, day = paper.number, paper.stamp.document
            assert day
            id_ = source.id if source else fold(number).replace(" ", "-")
            if id_ and id_.casefold() not in there and _key(number, day) not in numbers:
                there.add(id_.casefold())
                yield Event(id_, task.produces.kind, day, unit, number or None)


def _answering(task: Task, papers: Iterable[Paper], reading: Reading, as_of: date) -> list[Paper]:
    """Those that are the event, the earliest first: of the right type, known on the day, with a date of their own."""
    assert task.produces
    type_, signed = task.produces.type, bool(task.signed_by)

    def is_event(paper: Paper) -> bool:
        stamp = paper.stamp
        proved = stamp.proving(reading.proof, signed)
        if not (stamp.document and stamp.document <= as_of and proved and proved[1] <= as_of):
            return False
        return type_ is None or ((number := read_number(paper.number)) is not None and number.type == type_)

    return sorted(filter(is_event, papers), key=attrgetter("stamp.document", "number", "line"))


def _others(task: Task, events: Iterable[Event], papers: _Papers) -> dict[tuple[str, str], str]:
    assert task.produces
    kind = task.produces.kind
    entered = {key: event.id for event in events if event.kind == kind and (key := _key(event.document, event.date))}
    return {
        (kind, occasion.casefold()): entered[key]
        for (_, occasion), found in papers.items()
        for paper in (found if occasion and entered else ())
        if (key := _key(paper.number, paper.stamp.document)) in entered
    }


def _key(number: str | None, day: date | None) -> tuple[str, int] | None:
    """The same for the same document: its number and the year of its date."""
    read = read_number(number or "")
    return (read.key, day.year) if read and day else None
