"""Papers that are themselves events: a signed decision starts the duties that wait for it, with no second entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tthc_cli.gathering import Gathered
from tthc_cli.naming import fold
from tthc_cli.plan import Plan, Task
from tthc_cli.records import Event, Paper, Reading
from tthc_cli.submissions import Number, read_number
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


class _Document(NamedTuple):
    """A paper of a task whose product is an event."""

    paper: Paper
    number: Number | None

    @property
    def key(self) -> tuple[str, int] | None:
        """The same for the same document: its number and the year of its date."""
        day = self.paper.stamp.document
        return (self.number.key, day.year) if self.number and day else None


_Documents = Mapping[tuple[str, str], list[_Document]]
"""By unit and occasion."""


def chained(plan: Plan, events: Iterable[Event], gathered: Gathered, reading: Reading, as_of: date) -> Chained:
    """The events, and those that papers of the register are.

    A paper counts from its own date. It takes the id of the event that it answers, or else of its number; an event
    already entered with the same number and year is the same event, and the papers that name the other id follow it.
    """
    known = list(events)
    producers = {task.id: task for task in plan.every_task() if task.produces}
    documents: dict[str, dict[tuple[str, str], list[_Document]]] = {id_: {} for id_ in producers}
    for (task, unit, occasion), papers in gathered.papers(producers).items():
        documents[task][unit, occasion] = [_Document(paper, read_number(paper.number)) for paper in papers]
    others: dict[tuple[str, str], str] = {}
    for id_, producer in producers.items():
        others |= _others(producer, known, documents[id_])
        documents[id_] = {place: _answering(producer, found, reading, as_of) for place, found in documents[id_].items()}
    for _ in producers:
        fresh = [event for id_, task in producers.items() for event in _produced(task, known, others, documents[id_])]
        if not fresh:
            break
        known += fresh
    return Chained(tuple(known), others)


def _produced(
    task: Task, known: list[Event], others: Mapping[tuple[str, str], str], documents: _Documents
) -> Iterator[Event]:
    assert task.produces
    awaited = {kind for rule in task.rules if (kind := rule.awaited())}
    upstream = {event.id.casefold(): event for event in known if event.kind in awaited}
    for (kind, name), id_ in others.items():
        if kind in awaited and id_.casefold() in upstream:
            upstream[name] = upstream[id_.casefold()]
    alike = [event for event in known if event.kind == task.produces.kind]
    there = {event.id.casefold() for event in alike}
    numbers = {_number_key(event) for event in alike}
    for (unit, occasion), found in documents.items():
        source = upstream.get(occasion.casefold())
        if source is None and (occasion or upstream):
            continue
        for document in found:
            number, day = document.paper.number, document.paper.stamp.document
            assert day
            id_ = source.id if source else fold(number).replace(" ", "-")
            if id_ and id_.casefold() not in there and document.key not in numbers:
                there.add(id_.casefold())
                yield Event(id_, task.produces.kind, day, unit, number or None)


def _answering(task: Task, documents: Iterable[_Document], reading: Reading, as_of: date) -> list[_Document]:
    """Those that are the event, the earliest first: of the right type, known on the day, with a date of their own."""
    assert task.produces
    found = []
    for document in documents:
        stamp, number = document.paper.stamp, document.number
        proved = stamp.proving(reading.proof, bool(task.signed_by))
        right = task.produces.type is None or (number is not None and number.type == task.produces.type)
        if right and stamp.document and stamp.document <= as_of and proved and proved[1] <= as_of:
            found.append((stamp.document, document.paper.number, document.paper.line, document))
    return [document for *_, document in sorted(found, key=lambda item: item[:3])]


def _others(task: Task, events: Iterable[Event], documents: _Documents) -> dict[tuple[str, str], str]:
    assert task.produces
    kind = task.produces.kind
    entered = {key: event.id for event in events if event.kind == kind and (key := _number_key(event))}
    return {
        (kind, occasion.casefold()): entered[document.key]
        for (_, occasion), found in documents.items()
        for document in found
        if occasion and document.key in entered
    }


def _number_key(event: Event) -> tuple[str, int] | None:
    number = read_number(event.document or "")
    return (number.key, event.date.year) if number else None
