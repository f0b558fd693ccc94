"""From a plan and what happened to what each unit owes: task x unit x occasion, with its days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Literal

from tthc_cli.agencies import Directory
from tthc_cli.plan import Answer, Plan, Task, Version, task_versions
from tthc_cli.records import (
    NOTHING,
    Assignment,
    DayOff,
    Deadline,
    Event,
    Extension,
    Obligation,
    Problem,
    Reading,
    Role,
    Slot,
    TaskFacts,
    known,
)
from tthc_cli.rules import Setting
from tthc_cli.tuples import NamedTuple
from tthc_cli.workdays import ONE_DAY, Calendar


class World(NamedTuple):
    """Everything that decides who owes what by when, as it was known on a day.

    claims: where papers came from units that nobody had assigned; each makes that unit's own line.
    only: units looked at, where nothing hangs on what the others owe, which is but counted; a group's own lines stay.
    None: all.
    """

    plan: Plan
    directory: Directory
    calendar: Calendar
    reading: Reading
    as_of: date
    events: tuple[Event, ...] = ()
    extensions: tuple[Extension, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    claims: frozenset[Slot] = frozenset()
    only: frozenset[str] | None = None

    @cached_property
    def setting(self) -> Setting:
        """What dated rules see: every event known, those to come included."""
        return Setting(self.plan.year, self.calendar, _by_kind(self.events))

    @cached_property
    def begun(self) -> Setting:
        """What undated rules and conditions see: the events that have come."""
        return Setting(self.plan.year, self.calendar, _by_kind(e for e in self.events if e.date <= self.as_of))

    @cached_property
    def assigned(self) -> Mapping[str, tuple[str, ...]]:
        """Units that were given a task by a document known on the day."""
        found = defaultdict(list)
        for item in self.assignments:
            if known(item.document_date, self.as_of):
                found[item.task].append(self.directory.debtor(item.agency))
        return {task: tuple(units) for task, units in found.items()}

    @cached_property
    def aside(self) -> dict[str, int]:
        """How many rows of extensions and assignments, and amendments, are dated after the day, and do not count."""
        dated: dict[str, dict[int, date | None]] = {
            "extensions": {row.line: row.document_date for row in self.extensions},
            "assignments": {row.line: row.document_date for row in self.assignments},
            "amendments": dict(enumerate(amendment.date for amendment in self.plan.amendments)),
        }
        return {name: sum(not known(day, self.as_of) for day in days.values()) for name, days in dated.items()}

    @cached_property
    def claimed(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """(unit, occasion) of the claims of each task."""
        found = defaultdict(list)
        for task, unit, occasion in sorted(self.claims):
            found[task].append((unit, occasion))
        return {task: tuple(items) for task, items in found.items()}

    @cached_property
    def readings(self) -> Mapping[tuple[bool, DayOff], Reading]:
        """The accepted readings of what moves a day, keyed (before_excludes_day, day_off)."""
        either: tuple[tuple[bool, DayOff], ...] = ((True, "next"), (True, "stay"), (False, "next"), (False, "stay"))
        return {key: self.reading._replace(before_excludes_day=key[0], day_off=key[1]) for key in either}

    @cached_property
    def heads(self) -> Mapping[str, _Head]:
        """How the obligations begin of each unit that is looked at, and of every group."""
        listed, only = enumerate(self.directory.units), self.only
        return {
            unit.id: _Head(unit.id, unit.name, unit.level, place)
            for place, unit in listed
            if only is None or unit.id in only or unit.level == "group"
        }


class _Head(NamedTuple):
    """Whose an obligation is: its first fields."""

    agency: str
    agency_name: str
    level: str
    order: int


assert Obligation._fields[: len(_Head._fields)] == _Head._fields

_Given = Literal["given", "unassigned", "to_nobody"]
"""How an obligation comes to a unit: to one of several to which nobody assigned it yet, or to a whole group of them."""
_NOBODY = _Head("", "", "", 0)
_PLACE = itemgetter(_Head._fields.index("order"))


class Resolved(NamedTuple):
    """The obligations of a world, and what was wrong beside them.

    others: how many more there are of units left out, by section, every section being named. The problems are
    extensions that nothing uses or that shorten, and events that leave open who is in charge.
    """

    obligations: tuple[Obligation, ...]
    problems: tuple[Problem, ...] = ()
    others: Mapping[str, int] = NOTHING


def resolve(world: World, role: Role = "lead") -> Resolved:
    """Every obligation, in the order of the plan, then of the directory, then of time."""
    found: list[Obligation] = []
    others: Counter[str] = Counter()
    for order, (_, versions) in enumerate(task_versions(world.plan, world.as_of)):
        if len(versions) == 1 and versions[0].always:
            listed, left_out = _of_text(world, versions[0].task, order, role)
            others[versions[0].task.section] += left_out
        else:
            listed = sorted(_of_texts(world, versions, order, role), key=lambda each: _in_time(each.deadline))
        listed.sort(key=_PLACE)
        found += listed
    if role == "support":
        return Resolved(tuple(found), others=others)
    moved, problems = _extended(world, tuple(found))
    return Resolved(moved, (*problems, *_nobody_in_charge(moved)), others)


def _extended(world: World, obligations: tuple[Obligation, ...]) -> tuple[tuple[Obligation, ...], tuple[Problem, ...]]:
    if not world.extensions:
        return obligations, ()
    from tthc_cli.extensions import extended

    return extended(obligations, world.extensions, world.calendar, world.reading, world.as_of)


def _of_texts(world: World, versions: tuple[Version, ...], order: int, role: Role) -> Iterator[Obligation]:
    """The obligations of a task that was changed, each by the text that governs its day; no unit is left out."""
    world = world._replace(only=None)
    replaced: set[tuple[str, str]] = set()
    for version in versions:
        for obligation in _of_text(world, version.task, order, role)[0]:
            place = obligation.agency, obligation.occasion
            if version.governs(obligation.due or world.as_of):
                yield obligation
            elif place in replaced and obligation.due:
                # The later text sets a day before its own beginning: a person decides, and the duty is not lost.
                yield obligation._replace(standing="unclear")
            else:
                replaced.add(place)


def _of_text(world: World, task: Task, order: int, role: Role) -> tuple[list[Obligation], int]:
    """The obligations of one text, those of a unit in order of time, and how many more of units left out.

    All of a deadline differ in their heads only.
    """
    facts, on_every_day, others = task.facts(order), None, 0
    found: list[Obligation] = []
    for deadline in sorted(_deadlines(world, task), key=_in_time):
        model = _dated(world, deadline, facts, role, task.answered_by)
        if deadline.event or deadline.but or task.assigned:
            whose, left_out = _whose(world, task, deadline, role)
        else:  # whoever leads it leads it on every day
            whose, left_out = on_every_day = on_every_day or _whose(world, task, deadline, role)
        for how, heads in whose.items():
            tail = _so_given(model, how)[len(_Head._fields) :]
            found += map(Obligation._make, [head + tail for head in heads])
        others += left_out
    return found, others


def _deadlines(world: World, task: Task) -> Iterator[Deadline]:
    """The deadlines of one text; a unit that waits for several kinds of events does so once.

    Nobody waits for a kind of which one came that names none of the units that lead: it concerned them all.
    """
    rules = task.rules if not task.restates else ()
    waiting: list[Deadline] = []
    for rule in rules:
        for each in rule.deadlines(world.setting if rule.dated else world.begun):
            if each.standing == "awaiting_event":
                waiting.append(each)
            else:
                yield each
    units = frozenset(_leading(task, world.directory) if any(each.but for each in waiting) else ())
    if still := [each for each in waiting if units.issuperset(each.but)]:
        yield still[0]._replace(but=tuple(units.intersection(*(each.but for each in still))))


def _whose(world: World, task: Task, deadline: Deadline, role: Role) -> tuple[Mapping[_Given, list[_Head]], int]:
    """How the obligations of each unit begin, by how they were given to it; and how many units are left out."""
    bound, unassigned = _units(world, task, deadline, role)
    heads = world.heads
    given = [heads[unit] for unit in bound if unit in heads]
    found: dict[_Given, list[_Head]] = {"given": given} if given else {}
    for head in (heads[unit] for unit in unassigned if unit in heads):
        found.setdefault("to_nobody" if head.level == "group" else "unassigned", []).append(head)
    return found, len(bound) + len(unassigned) - sum(map(len, found.values()))


def _so_given(model: Obligation, how: _Given) -> Obligation:
    """An obligation as it is for those to whom it was given so; of a whole group nobody knows whose it is."""
    if how == "given":
        return model
    unclear = how == "to_nobody" and model.deadline.standing != "awaiting_event"
    return model._replace(unassigned=True, standing="unclear" if unclear else model.standing)


def _in_time(deadline: Deadline) -> tuple[date, str]:
    return deadline.day or date.max, deadline.occasion


def _dated(world: World, deadline: Deadline, facts: TaskFacts, role: Role, answer: Answer | None) -> Obligation:
    """The obligation of a task and deadline before it has a unit."""
    answered = (answer.document, answer.date) if answer else None
    blank = Obligation(*_NOBODY, facts, role, deadline, opens=deadline.opens, answered=answered)
    if deadline.day is None:
        return blank._replace(standing=deadline.standing)
    dues = {which: due(deadline, reading, world.calendar) for which, reading in world.readings.items()}
    last = stated(deadline, world.reading)
    if deadline.condition:
        met = [event.date for event in world.begun.events.get(deadline.condition, ())]
        if not met:
            return blank._replace(stated=last, standing="awaiting_event")
        if min(met) >= last:
            return blank._replace(standing="no_deadline", opens=min(met))
    return blank._replace(
        stated=last,
        due=dues[world.reading.before_excludes_day, world.reading.day_off],
        act_by=world.calendar.back(last),
        opens=deadline.opens or (world.plan.date if not deadline.event or deadline.effect else deadline.event.date),
        dues=dues,
    )


def stated(deadline: Deadline, reading: Reading) -> date:
    """The last day as the words give it."""
    assert deadline.day
    return deadline.day - ONE_DAY if deadline.excluded and reading.before_excludes_day else deadline.day


def due(deadline: Deadline, reading: Reading, calendar: Calendar) -> date:
    """The day lateness is judged by. 'Trước ngày D' read as ending on D is 'chậm nhất ngày D', and rolls like it."""
    rolls = deadline.rolls or (deadline.excluded and not reading.before_excludes_day)
    last = stated(deadline, reading)
    return calendar.roll(last) if rolls and reading.day_off == "next" else last


def lead_units(task: Task, directory: Directory) -> dict[str, bool]:
    """Units that may answer a task: False where they lead it, True where only an assignment can make them lead."""
    units = {unit: True for group in task.assigned for unit in directory.opened(group)}
    return units | dict.fromkeys(_leading(task, directory), False)


def _leading(task: Task, directory: Directory) -> tuple[str, ...]:
    """Units that lead a task without being assigned."""
    named = [id_ for id_ in task.lead_agencies if id_ not in task.assigned]
    return _opened(named, directory, alone=not task.assigned)


def open_to_all(task: Task, directory: Directory) -> bool:
    """Whether the task's leader is to be assigned from units that the plan does not list."""
    return any(not directory.opened(group) for group in task.assigned)


def exempt_units(task: Task, reading: Reading) -> tuple[str, ...]:
    """Units that owe nothing under this task, since they receive its reports."""
    return task.receivers if reading.exempt is None else tuple(reading.exempt.get(task.id, ()))


def _units(world: World, task: Task, deadline: Deadline, role: Role) -> tuple[list[str], list[str]]:
    """Units that a deadline binds, and those that it may bind, to which nobody assigned it; each once."""
    if role == "support":
        return [*_opened(task.support_agencies, world.directory, alone=True)] if not deadline.but else [], []
    exempt = exempt_units(task, world.reading)
    bound = [unit for unit in _bound(deadline, _leading(task, world.directory)) if unit not in exempt]
    if not task.assigned or deadline.but:
        return bound, []
    chosen, open_ = _in_charge(world, task, deadline)
    others = {*exempt, *bound}
    return [*bound, *(unit for unit in chosen if unit not in others)], [unit for unit in open_ if unit not in others]


def _bound(deadline: Deadline, units: tuple[str, ...]) -> tuple[str, ...]:
    """Of the units that lead a task those whom a deadline binds; an event of none of them concerns them all."""
    if deadline.only in units:
        return (deadline.only,)
    return tuple(unit for unit in units if unit not in deadline.but) if deadline.but else units


def _in_charge(world: World, task: Task, deadline: Deadline) -> tuple[tuple[str, ...], list[str]]:
    """Units that were assigned a task for a deadline, and those that may have it all the same, or some of which has."""
    event = deadline.event
    units = (event.agency,) if event and event.agency else world.assigned.get(task.id, ())
    chosen = tuple(dict.fromkeys(unit for unit in units if may_lead(task, unit, world.directory)))
    open_ = [] if chosen else [*task.assigned]
    if not (chosen and event and event.agency):
        claimed = world.claimed.get(task.id, ())
        open_ += (unit for unit, occasion in claimed if occasion == deadline.occasion and unit not in chosen)
    return chosen, open_


def may_lead(task: Task, unit: str, directory: Directory) -> bool:
    """Whether a unit belongs to those from whom the task's leader is chosen."""
    return open_to_all(task, directory) or unit in lead_units(task, directory)


def _opened(ids: Iterable[str], directory: Directory, alone: bool) -> tuple[str, ...]:
    """Units that names stand for; a group that is never opened stands for itself only where nothing is named beside."""
    listed = tuple(ids)
    each = [*map(directory.opened, listed)]
    units = each[0] if len(each) == 1 else tuple(dict.fromkeys(chain.from_iterable(each)))
    return units if units or not alone else listed


def _nobody_in_charge(obligations: Iterable[Obligation]) -> Iterator[Problem]:
    seen = set()
    for obligation in obligations:
        event = obligation.deadline.event
        if event and obligation.unassigned and obligation.level == "group" and event.id not in seen:
            seen.add(event.id)
            facts = {"event": event.id, "task": obligation.facts.id}
            value = event.agency or ""
            yield Problem("R10", "warning", event.line or 0, "agency", value, "event_nobody", facts, file="events")


def _by_kind(events: Iterable[Event]) -> dict[str, tuple[Event, ...]]:
    found = defaultdict(list)
    for event in sorted(events, key=lambda e: (e.date, e.id)):
        found[event.kind].append(event)
    return {kind: tuple(items) for kind, items in found.items()}
