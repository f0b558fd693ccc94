"""Why a duty has its days: every step from the words of the plan to the day that lateness is judged by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from tthc_cli.firmness import SHORT_PROCEDURE
from tthc_cli.obligations import World, exempt_units, may_lead, resolve
from tthc_cli.plan import Task, Version, task_versions
from tthc_cli.records import DayOff, Event, Obligation, known
from tthc_cli.rules import AnyRule, Recurring
from tthc_cli.workdays import ONE_DAY, Calendar

_OF_CALENDAR = {"counted", "skipped", "worked", "off", "rolled", "works", "act_by"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reasoning: `kind` names its sentence in `wording.steps`, `facts` and `dates` fill it."""

    kind: str
    facts: Mapping[str, object] = field(default_factory=dict)
    dates: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the obligations of one task have their days.

    groups: those that differ in nothing but the unit together; each has a `deadline` step, in the same order.
    basis: keys of legal sources, or the plan's own words.
    """

    task: Task
    groups: tuple[tuple[Obligation, ...], ...]
    steps: tuple[Step, ...]
    basis: tuple[str, ...]

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """All that is explained, group by group."""
        return tuple(owed for group in self.groups for owed in group)


def explain(
    world: World,
    task_id: str,
    units: frozenset[str] | None = None,
    obligations: Iterable[Obligation] | None = None,
) -> Explanation:
    """The reasoning for a task, for these units alone if any are named; KeyError for a task the plan has not.

    obligations: those of the world, where they are known; a duty that only restates others is explained by theirs.
    """
    task = world.plan.task(task_id)
    if task is None:
        raise KeyError(task_id)
    versions = _versions(world, task)
    ids = {version.task.id for version in versions}
    every = resolve(world).obligations if obligations is None else obligations
    mine = tuple(owed for owed in every if owed.facts.id in ids and _concerns(owed, units, world))
    steps = [*_restated(task), *_texts(world, task, versions), *_in_charge(world, versions)]
    if units is not None and not mine:
        steps.append(Step("not_lead", {"units": _names(world, units)}))
    groups = _alike(mine)
    for group in groups:
        steps += _deadline(world, group)
    notes = dict.fromkeys(note for text in (task, *(version.task for version in versions)) for note in text.notes)
    steps += [*_notices(steps, world.calendar), *(Step("note", {"text": note}) for note in notes)]
    return Explanation(task, groups, tuple(steps), tuple(dict.fromkeys(_basis(versions))))


def supposing(world: World, task_id: str, day: date, units: frozenset[str] | None = None) -> World:
    """The world as if the events that a task waits for were on that day, in place of those known.

    The event concerns the unit asked about, where that is one.
    """
    task = world.plan.task(task_id)
    if task is None:
        raise KeyError(task_id)
    versions = _versions(world, task)
    rules = [rule for version in versions for rule in version.task.rules]
    kinds = {kind for rule in rules for kind in (rule.awaited(), rule.needed()) if kind}
    alone = next(iter(units)) if units and len(units) == 1 else None
    agency = alone if alone and any(may_lead(version.task, alone, world.directory) for version in versions) else None
    supposed = (Event(day.isoformat(), kind, day, agency) for kind in sorted(kinds))
    return world._replace(events=(*(event for event in world.events if event.kind not in kinds), *supposed))


def is_supposed(event: Event) -> bool:
    """Whether an event was made by `supposing`."""
    return event.id == event.date.isoformat()


def _versions(world: World, task: Task) -> tuple[Version, ...]:
    """The texts that make the task's obligations: its own over time, or those of the tasks that it restates."""
    texts = dict(task_versions(world.plan, world.as_of))
    return tuple(version for id_ in task.restates or (task.id,) for version in texts.get(id_, ()))


def _concerns(owed: Obligation, units: frozenset[str] | None, world: World) -> bool:
    """Whether an obligation is one of these units', or a group's from which they may be chosen."""
    if units is None or owed.agency in units:
        return True
    return owed.unassigned and not units.isdisjoint(world.directory.opened(owed.agency))


def _name(world: World, id_: str) -> str:
    try:
        return world.directory.unit(id_).name
    except KeyError:
        return id_


def _names(world: World, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(_name(world, id_) for id_ in sorted(ids))


def _restated(task: Task) -> Iterator[Step]:
    if task.restates:
        yield _words(task)
        yield Step("restates_all" if "*" in task.restates else "restates", {"tasks": task.restates})


def _texts(world: World, task: Task, versions: tuple[Version, ...]) -> Iterator[Step]:
    """Each text with its rules, and the documents that changed it."""
    for version in versions:
        if version.since or version.until:
            yield _in_force(world, version)
        text = version.task
        yield _words(text)
        yield from (rule_step(rule, world.plan.events) for rule in text.rules)
        told = {rule.said() for rule in text.rules}
        if aside := [rule.kind for rule in text.deadlines if rule.said() not in told]:
            yield Step("rule_aside", {"kinds": tuple(aside), "rule": text.rules[0].kind})
    for amendment in world.plan.amendments:
        facts = {"document": amendment.document}
        if task.id in amendment.drop and amendment.date <= world.as_of:
            yield Step("dropped", facts, (amendment.from_,))
        elif amendment.date > world.as_of and task.id in (*amendment.drop, *(text.id for text in amendment.tasks)):
            yield Step("amended_later", facts, (amendment.date, amendment.from_))


def _words(task: Task) -> Step:
    return Step("words" if task.timing else "no_words", {"timing": task.timing, "task": task.id})


def _in_force(world: World, version: Version) -> Step:
    ordered = [a for a in world.plan.amendments if version.task in a.tasks and a.from_ == version.since]
    document = ordered[-1].document if ordered else world.plan.number
    days = tuple(day for day in (version.since, version.until) if day)
    return Step("in_force", {"document": document, "since": version.since, "until": version.until}, days)


def rule_step(rule: AnyRule, events: Mapping[str, str]) -> Step:
    """What a rule says; `events`: the plan's kinds of events, in words."""
    facts = {name: value for name, value in rule._asdict().items() if name != "kind"}
    for name in ("event", "condition"):
        if kind := facts.get(name):
            facts[name] = events.get(kind, kind)
    return Step(f"rule_{rule.kind}", facts, (facts["date"],) if "date" in facts else ())


def _in_charge(world: World, versions: tuple[Version, ...]) -> Iterator[Step]:
    """Who leads, who is left out, who signs; said once where several texts agree."""
    seen: list[Step] = []
    for step in (step for version in versions for step in _leaders(world, version.task)):
        if step not in seen:
            seen.append(step)
            yield step


def _leaders(world: World, task: Task) -> Iterator[Step]:
    yield Step("lead", {"names": task.lead or _names(world, task.lead_agencies)})
    if task.assigned:
        yield Step("assigned_groups", {"groups": _names(world, task.assigned)})
        for item in world.assignments:
            if item.task == task.id and known(item.document_date, world.as_of):
                days = (item.document_date,) if item.document_date else ()
                yield Step("assignment", {"agency": _name(world, item.agency), "document": item.document}, days)
    if exempt := exempt_units(task, world.reading):
        yield Step("exempt", {"units": _names(world, exempt)})
    if task.signed_by:
        yield Step("signed_by", {"by": _name(world, task.signed_by)})


def _alike(obligations: Iterable[Obligation]) -> tuple[tuple[Obligation, ...], ...]:
    """Obligations that differ in nothing but the unit together."""
    groups: dict[object, list[Obligation]] = defaultdict(list)
    for owed in obligations:
        place = owed.facts, owed.deadline, owed.due, owed.standing, owed.unassigned, owed.extended, owed.asked
        groups[place].append(owed)
    return tuple(tuple(group) for group in groups.values())


def _deadline(world: World, group: tuple[Obligation, ...]) -> Iterator[Step]:
    owed, line = group[0], group[0].deadline
    yield _heading(group)
    if event := line.event:
        facts = {"event": world.plan.events.get(event.kind, event.kind), "id": event.id, "document": event.document}
        yield Step("event_supposed" if is_supposed(event) else "event", facts, (event.date,))
    yield from _without_day(world, owed) if line.day is None else _with_day(world, owed)
    if owed.unassigned:
        yield Step("unassigned", {"agency": owed.agency_name})
    elif owed.standing == "unclear" and line.standing != "unclear":
        yield Step("amended_unclear")
    if owed.answered:
        yield Step("answered", {"document": owed.answered[0]}, (owed.answered[1],))


def _heading(group: tuple[Obligation, ...]) -> Step:
    first = group[0]
    facts = {
        "task": first.facts.id,
        "occasion": first.occasion,
        "agency": first.agency_name,
        "count": len(group),
        "levels": dict(Counter(owed.level for owed in group)),
    }
    return Step("deadline", facts)


def _without_day(world: World, owed: Obligation) -> Iterator[Step]:
    if owed.deadline.standing == "awaiting_event":
        texts = dict(task_versions(world.plan, world.as_of))[owed.facts.id]
        kinds = dict.fromkeys(kind for text in texts for rule in text.task.rules if (kind := rule.awaited()))
        yield Step("awaiting", {"events": tuple(world.plan.events.get(kind, kind) for kind in kinds)})
    elif owed.deadline.event:
        yield Step("no_day_since", dates=(owed.deadline.event.date,))
    else:
        yield Step("no_deadline")


def _with_day(world: World, owed: Obligation) -> Iterator[Step]:
    line = owed.deadline
    yield from _named(world, owed)
    if line.window:
        yield Step("window", dates=line.window)
    if line.condition:
        yield _condition(world, owed)
    if line.soft:
        yield Step("soft")
    if owed.due and owed.stated:
        yield from _rolled(world, owed, owed.stated, owed.extended.original_due if owed.extended else owed.due)
        yield from _extension(world, owed)
        limit = "" if owed.act_by == owed.due else "extended" if owed.extended else "stated"
        yield Step("act_by", {"not_after": limit}, (owed.act_by,) if owed.act_by else ())
        if line.effect:
            yield Step("effect", dates=(line.effect, line.effect + SHORT_PROCEDURE))
        yield from _other_readings(world, owed)


def _named(world: World, owed: Obligation) -> Iterator[Step]:
    """The last day that the words give: named, a period's end, or counted."""
    line, day = owed.deadline, owed.deadline.day
    assert day
    if line.span:
        yield from _span(world.calendar, line.event.date if line.event else day, day, *line.span)
    elif line.no_day or (line.opens and not line.window and (day + ONE_DAY).day == 1):
        yield Step("period_end", {"no_day": line.no_day}, (line.opens, day) if line.opens else (day,))
    else:
        yield Step("named", dates=(day,))
    if line.excluded and world.reading.before_excludes_day:
        yield Step("excluded", dates=(day, day - ONE_DAY))
    elif line.excluded:
        yield Step("included", dates=(day,))


def _span(calendar: Calendar, start: date, end: date, count: int, unit: str) -> Iterator[Step]:
    """A count of days, forward or back: its first day is not counted (BLDS 2015, Điều 147)."""
    back = end < start
    yield Step("first_day", {"back": back}, (start,))
    if unit in ("hour", "working_hour"):
        yield Step("hours", {"count": count, "unit": unit, "a_day": 24 if unit == "hour" else 8})
    if unit not in ("working_day", "working_hour"):
        nearest = start - ONE_DAY if back else start + ONE_DAY
        yield Step("calendar_span", {"count": count, "unit": unit, "back": back}, (nearest, end))
        return
    days = _days(end, start - ONE_DAY) if back else _days(start + ONE_DAY, end)
    counted = tuple(day for day in days if calendar.is_workday(day))
    yield Step("counted", {"count": len(counted), "back": back}, counted)
    yield from _by_reason("worked", calendar, (day for day in counted if day.weekday() >= 5))
    yield from _by_reason("skipped", calendar, (day for day in days if not calendar.is_workday(day)))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]


def _by_reason(kind: str, calendar: Calendar, days: Iterable[date]) -> Iterator[Step]:
    """One step for each reason why days depart from the plain week, or are its weekend (reason None)."""
    reasons: dict[str | None, list[date]] = defaultdict(list)
    for day in days:
        reasons[calendar.reason(day)].append(day)
    return (Step(kind, {"reason": reason}, tuple(found)) for reason, found in reasons.items())


def _condition(world: World, owed: Obligation) -> Step:
    kind = owed.deadline.condition or ""
    facts = {"event": world.plan.events.get(kind, kind)}
    met = [event.date for event in world.begun.events.get(kind, ())]
    if not met:
        return Step("condition_awaited", facts, (owed.stated,) if owed.stated else ())
    return Step("condition_met" if owed.due else "condition_late", facts, (min(met),))


def _rolled(world: World, owed: Obligation, last: date, due: date) -> Iterator[Step]:
    """From the last day that the words give to the day that counts."""
    calendar, line = world.calendar, owed.deadline
    if calendar.is_workday(last):
        yield Step("works", dates=(last,))
        return
    yield from _by_reason("off", calendar, _days(calendar.back(last) + ONE_DAY, calendar.roll(last) - ONE_DAY))
    if due != last:
        yield Step("rolled", dates=(last, due))
    else:
        yield Step("stays_setting" if line.rolls else "stays_before" if line.excluded else "stays_back", dates=(last,))


def _extension(world: World, owed: Obligation) -> Iterator[Step]:
    if (moved := owed.extended) and owed.due:
        yield Step("extended", {"document": moved.document}, (moved.original_due, moved.to))
        yield from _rolled(world, owed._replace(deadline=owed.deadline._replace(rolls=True)), moved.to, owed.due)
    if owed.asked:
        yield Step("asked")


def _other_readings(world: World, owed: Obligation) -> Iterator[Step]:
    """What each other accepted reading would give, by the reading that is nearest to the one in use."""
    before, day_off = world.reading.before_excludes_day, world.reading.day_off
    nearest: dict[date, tuple[bool, DayOff]] = {}
    for key, day in sorted(owed.dues.items(), key=lambda item: (item[0][0] != before) + (item[0][1] != day_off)):
        nearest.setdefault(day, key)
    others = {day: key for day, key in sorted(nearest.items()) if day != owed.due}
    for day, (its_before, its_day_off) in others.items():
        changed: dict[str, object] = {"before_excludes_day": its_before} if its_before != before else {}
        changed |= {"day_off": its_day_off} if its_day_off != day_off else {}
        yield Step("other_reading", changed, (day,))
    if not others and owed.due:
        yield Step("readings_agree", dates=(owed.due,))


def _notices(steps: Iterable[Step], calendar: Calendar) -> list[Step]:
    """The official papers behind the days off that were met, and the years that rest on a forecast."""
    touched = sorted({day for step in steps if step.kind in _OF_CALENDAR for day in step.dates})
    found = []
    for year, days in groupby(touched, lambda day: day.year):
        ordered = tuple(day for day in days if calendar.reason(day))
        entry = calendar.year(year)
        if not entry.verified:
            found.append(Step("forecast", {"year": year}, ordered))
        elif ordered:
            found.append(Step("notice", {"year": year, "notices": entry.notices}, ordered))
    return found


def _basis(versions: Iterable[Version]) -> Iterator[str]:
    for task in (version.task for version in versions):
        for rule in task.rules:
            unit = getattr(rule, "unit", "")
            yield from (key for key in rule.basis if key != "blds-148.5" or not unit.startswith("working"))
            if unit in ("month", "year"):
                yield "blds-148.3"
            if isinstance(rule, Recurring) and rule.window:
                yield "nd09-12"
        yield from task.basis
