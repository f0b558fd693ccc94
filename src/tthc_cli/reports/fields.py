"""The fields of an obligation as reports show them: in JSON, and as columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from tthc_cli import wording
from tthc_cli.obligations import World
from tthc_cli.records import Judgement, Obligation, Reading
from tthc_cli.report import Cell, Column, Marks, Table
from tthc_cli.sequences import Each
from tthc_cli.wording.readings import disputed, readings, reason, rests_on, unverified
from tthc_cli.wording.titles import COLUMNS, say

if TYPE_CHECKING:
    from tthc_cli.gathering import Gathered


def head(schema: str, world: World) -> dict[str, object]:
    """What the reports about obligations begin with."""
    reading = reading_fields(world.reading)
    return {"schema": schema, "plan": world.plan.id, "as_of": world.as_of, "reading": reading}


def tail(marks: Marks) -> dict[str, object]:
    """What every report ends with."""
    return {"fingerprint": dict(marks.fingerprint), "unverified_years": list(marks.unverified_years)}


def reading_fields(reading: Reading) -> dict[str, object]:
    """The readings in use, by the names that settings give them."""
    found: dict[str, object] = {
        "before_excludes_day": reading.before_excludes_day,
        "day_off": reading.day_off,
        "proof": reading.proof,
        "covers": list(reading.covers),
        "register_lag": reading.register_lag,
    }
    if reading.exempt is not None:
        found["except"] = {task: list(units) for task, units in reading.exempt.items()}
    return found


def talk(world: World) -> str:
    """The readings in use, as a line for people."""
    return say("readings", readings="; ".join(in_use(world)))


def in_use(world: World) -> tuple[str, ...]:
    """Each reading in use, in words."""
    return readings(world.reading, {unit.id: unit.name for unit in world.directory.units})


def cautions(marks: Marks) -> tuple[str, ...]:
    """What people must be told of the calendar and of the plan."""
    return (*unverified(marks.unverified_years), *disputed(marks.disputed))


def without_rows(gathered: Gathered | None, path: str | None) -> tuple[str, ...]:
    """What people must be told of a register that holds nothing: it may be the wrong file."""
    return (say("no_rows", path=path),) if gathered and not gathered.rows else ()


def obligation_fields(item: Judgement, marks: Marks) -> dict[str, object]:
    """One obligation with its verdict, as JSON has it; its warnings say why its days may be wrong."""
    owed, line = item.obligation, item.obligation.deadline
    facts, event = owed.facts, line.event
    return {
        "key": owed.key,
        "task": facts.id,
        "section": facts.section,
        "title": facts.title,
        "agency": owed.agency,
        "agency_name": owed.agency_name,
        "level": owed.level,
        "role": owed.role,
        "period": None if event else line.occasion or None,
        "event": event.id if event else None,
        "event_date": event.date if event else None,
        "stated": owed.stated,
        "due": owed.due,
        "act_by": owed.act_by,
        "opens": owed.opens,
        "window": list(line.window) if line.window else None,
        "timing": facts.timing,
        "product": facts.product,
        "signed_by": facts.signed_by,
        "standing": owed.standing,
        "verdict": item.verdict,
        "reason": item.reason,
        "days_left": item.days_left,
        "days_since": item.days_since,
        "submitted_on": item.submitted_on,
        "proof": item.proof,
        "extended": _extended(item),
        "warnings": list(_warnings(owed, marks)),
        **({} if item.firm is None else {"firm": item.firm, "rests_on": list(item.rests_on)}),
    }


def _warnings(owed: Obligation, marks: Marks) -> tuple[str, ...]:
    if not marks.unverified_years and not marks.disputed:
        return ()
    years = {day.year for day in (owed.stated, owed.due, owed.act_by) if day}
    forecast = unverified(year for year in marks.unverified_years if year in years)
    return (*forecast, *disputed((owed.facts.id,) if owed.facts.id in marks.disputed else ()))


def _extended(item: Judgement) -> dict[str, object] | None:
    moved = item.obligation.extended
    if not moved:
        return None
    return {"to": moved.to, "document": moved.document, "original_due": moved.original_due}


def _occasion(item: Judgement) -> str:
    event = item.obligation.deadline.event
    return event.id if event else wording.occasion(item.obligation.occasion)


def _firm(item: Judgement) -> str | None:
    return None if item.firm is None else say("yes" if item.firm else "no")


def days_left(item: Judgement) -> int | None:
    """Calendar days to the day due, as long as something is left to wait for."""
    return None if item.verdict in _SETTLED else item.days_left


def _window(item: Judgement, end: int) -> date | None:
    window = item.obligation.deadline.window
    return window[end] if window else None


def short(text: str, limit: int = 64) -> str:
    """The beginning of a long text, whole words."""
    return text if len(text) <= limit else f"{text[:limit].rsplit(' ', 1)[0].rstrip(',;:. ')}…"


COLUMN = {
    column: Column(COLUMNS[column], kind, wide, minor)  # type: ignore[arg-type]
    for kind, wide, minor, names in (
        ("text", False, False, "task id code line column severity level firm weekday"),
        ("text", True, False, "occasion agency agencies names note rests_on message reason lead timing name awaits"),
        ("text", True, True, "title product value support notes suggestion extended_by"),
        ("text", False, True, "key agency_id role proof section kinds parent file"),
        ("date", False, False, "stated due from date"),
        ("date", False, True, "act_by original_due extended_to window_from window_to submitted_on"),
        ("number", False, False, "days_left days_late days_since n assigned on_time late"),
        ("number", False, False, "in_time overdue waiting unclear"),
        ("number", False, True, "extended not_covered"),
        ("rate", False, False, "on_time_rate"),
        ("verdict", True, False, "verdict"),
    )
    for column in names.split()
}

# Nothing is left to wait for.
_SETTLED = ("on_time", "on_rolled_day", "late", "not_covered")
VALUE: dict[str, Callable[[Judgement], Cell]] = {
    "key": lambda j: j.obligation.key,
    "task": lambda j: j.obligation.facts.id,
    "section": lambda j: j.obligation.facts.section,
    "title": lambda j: j.obligation.facts.title,
    "agency_id": lambda j: j.obligation.agency,
    "agency": lambda j: j.obligation.agency_name,
    "role": lambda j: wording.ROLES[j.obligation.role],
    "occasion": _occasion,
    "stated": lambda j: j.obligation.stated,
    "due": lambda j: j.obligation.due,
    "act_by": lambda j: j.obligation.act_by,
    "window_from": lambda j: _window(j, 0),
    "window_to": lambda j: _window(j, 1),
    "verdict": lambda j: j.shown,
    "days_left": days_left,
    "days_late": lambda j: j.days_late,
    "days_since": lambda j: j.days_since,
    "submitted_on": lambda j: j.submitted_on,
    "proof": lambda j: wording.PROOFS.get(j.proof or "", j.proof),
    "original_due": lambda j: x.original_due if (x := j.obligation.extended) else None,
    "extended_to": lambda j: x.to if (x := j.obligation.extended) else None,
    "extended_by": lambda j: x.document if (x := j.obligation.extended) else None,
    "timing": lambda j: j.obligation.facts.timing,
    "product": lambda j: j.obligation.facts.product,
    "code": lambda j: ", ".join(j.codes),
    "line": lambda j: f"{j.file}:{j.line}" if j.file else j.line,
    "firm": _firm,
    "rests_on": lambda j: rests_on(j.rests_on),
    "reason": lambda j: reason(j.reason),
}


def table(title: str, names: str, items: Iterable[Judgement], brief: bool = False) -> Table:
    """Judgements in the named columns; brief: long titles are cut, as a screen wants them."""
    picked = names.split()
    rows = Each(lambda item: tuple(_cell(name, item, brief) for name in picked), tuple(items))
    return Table(title, tuple(COLUMN[name] for name in picked), rows)


def _cell(name: str, item: Judgement, brief: bool) -> Cell:
    value = VALUE[name](item)
    return short(value) if brief and name == "title" and isinstance(value, str) else value


def by_day(items: Iterable[Judgement]) -> list[Judgement]:
    """In order of the day due; those without a day last."""
    return sorted(items, key=lambda item: item.obligation.due or date.max)
