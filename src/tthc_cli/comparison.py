"""What changed between two lists of obligations, for whom, by how much, and what moved it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Cause = Literal["plan", "calendar", "reading", "extension", "event"]
CAUSES: tuple[Cause, ...] = ("plan", "calendar", "reading", "extension", "event")
DAYS = ("due", "stated", "act_by")
"""The days that are compared, the one that judges first."""

SCHEMA = "tthc.obligations/1"
_ALWAYS = ("key", "task", "agency")
Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Side:
    """One list of obligations as JSON has them, and what made it. `of` takes the object of `tthc due -f json`."""

    obligations: tuple[Facts, ...]
    fingerprint: Mapping[str, str] = field(default_factory=dict)
    reading: Mapping[str, object] = field(default_factory=dict)
    plan: str = ""
    as_of: date | None = None

    @classmethod
    def of(cls, payload: Mapping[str, object]) -> Side:
        """Take a payload apart; ValueError names what is wrong with it."""
        if payload.get("schema") != SCHEMA:
            raise ValueError("schema")
        listed = payload.get("obligations")
        if not isinstance(listed, Sequence) or isinstance(listed, str):
            raise ValueError("obligations")
        return cls(
            tuple(_obligation(item, at) for at, item in enumerate(listed)),
            _mapping(payload, "fingerprint"),
            _mapping(payload, "reading"),
            str(payload.get("plan") or ""),
            _date(payload.get("as_of"), "as_of"),
        )


@dataclass(frozen=True, slots=True)
class Move:
    """One obligation whose days changed: each field with its day before and after.

    days: how far the first of due, stated, act_by that has both days moved; None where a day came or went.
    """

    old: Facts
    new: Facts
    changes: Mapping[str, tuple[date | None, date | None]]
    days: int | None
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs. `renamed`: units whose name alone changed, by id."""

    old: Side
    new: Side
    added: tuple[Facts, ...]
    dropped: tuple[Facts, ...]
    moved: tuple[Move, ...]
    unchanged: int
    renamed: Mapping[str, tuple[str, str]]

    @property
    def differing(self) -> tuple[Cause, ...]:
        """What the two sides were not made from alike, as far as they say."""
        return tuple(cause for cause in ("plan", "calendar", "reading") if _differs(self.old, self.new, cause))


def compare(old: Side, new: Side) -> Comparison:
    """Hold two sides against each other by key; the order is the new side's, what was dropped keeps the old one's."""
    before, after = _placed(old.obligations), _placed(new.obligations)
    shared = [(before[place], item) for place, item in after.items() if place in before]
    moved = tuple(move for one, other in shared if (move := _move(old, new, one, other)))
    return Comparison(
        old,
        new,
        added=tuple(item for place, item in after.items() if place not in before),
        dropped=tuple(item for place, item in before.items() if place not in after),
        moved=moved,
        unchanged=len(shared) - len(moved),
        renamed=dict(_renamed(shared)),
    )


def _obligation(item: object, at: int) -> Facts:
    if not isinstance(item, Mapping) or not all(isinstance(item.get(name), str) for name in _ALWAYS):
        raise ValueError(f"obligations.{at}")
    days = {name: _date(item.get(name), f"obligations.{at}.{name}") for name in (*DAYS, "event_date")}
    return {**item, **days, "extended": _extension(item.get("extended"), at)}


def _extension(value: object, at: int) -> Facts | None:
    if not isinstance(value, Mapping):
        return None
    days = {name: _date(value.get(name), f"obligations.{at}.extended.{name}") for name in ("to", "original_due")}
    return {**value, **days}


def _date(value: object, place: str) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(place) from None


def _mapping(payload: Facts, name: str) -> Mapping[str, str]:
    found = payload.get(name) or {}
    if not isinstance(found, Mapping):
        raise ValueError(name)
    return found


def _placed(items: Iterable[Facts]) -> dict[tuple[object, ...], Facts]:
    """By key and role; where several share them, by their days in turn."""
    groups: dict[tuple[object, ...], list[Facts]] = defaultdict(list)
    for item in items:
        groups[item["key"], item.get("role")].append(item)
    found = {}
    for place, group in groups.items():
        for number, item in enumerate(sorted(group, key=_first_day)):
            found[*place, number] = item
    return found


def _first_day(item: Facts) -> date:
    return day_of(item, "stated") or day_of(item, "due") or date.max


def day_of(item: Facts, name: str) -> date | None:
    """A day among the facts; None where there is none."""
    value = item.get(name)
    return value if isinstance(value, date) else None


def _renamed(shared: Sequence[tuple[Facts, Facts]]) -> Iterator[tuple[str, tuple[str, str]]]:
    for one, other in shared:
        if one.get("agency_name") != other.get("agency_name"):
            yield str(other["agency"]), (str(one.get("agency_name")), str(other.get("agency_name")))


def _move(old: Side, new: Side, one: Facts, other: Facts) -> Move | None:
    pairs = {name: (day_of(one, name), day_of(other, name)) for name in DAYS}
    changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    if not changes:
        return None
    gaps = ((after - before).days for before, after in changes.values() if before and after)
    causes = set(_causes(old, new, one, other, changes)) or ({"plan"} if _may_differ(old, new) else set())
    return Move(one, other, changes, next(gaps, None), tuple(cause for cause in CAUSES if cause in causes))


def _causes(
    old: Side, new: Side, one: Facts, other: Facts, changes: Mapping[str, tuple[date | None, date | None]]
) -> Iterator[Cause]:
    """What moved one obligation; nothing where no difference that is told explains it."""
    event = one.get("event_date") != other.get("event_date") or _waits(one) != _waits(other)
    if event:
        yield "event"
    stated = changes.get("stated")
    if stated and not event:
        yield from _of_stated(old, new, one, other, stated)
    if _granted(one) != _granted(other):
        yield "extension"
    elif stated is None and not event:
        yield from _of_shift(old, new, one, other)
    elif _shifted(one) != _shifted(other) and _differs(old, new, "day_off"):
        yield "reading"


def _of_stated(
    old: Side, new: Side, one: Facts, other: Facts, stated: tuple[date | None, date | None]
) -> Iterator[Cause]:
    """The words' own day moved: by another reading of "trước ngày", by the days counted after an event, or the plan."""
    before, after = stated
    read = False
    if before and after and _differs(old, new, "before_excludes_day"):
        read = (after - before).days == (1 if old.reading["before_excludes_day"] else -1)
    counted = bool(other.get("event")) and _differs(old, new, "calendar")
    if read:
        yield "reading"
    if counted:
        yield "calendar"
    if one.get("timing") != other.get("timing") or not (read or counted):
        yield "plan"


def _of_shift(old: Side, new: Side, one: Facts, other: Facts) -> Iterator[Cause]:
    """The words' day stayed, and what is made of it moved."""
    rolled = _differs(old, new, "day_off") and _shifted(one) != _shifted(other)
    if rolled:
        yield "reading"
    # Where one side rolls and the other does not, days off are to blame only if the working days before moved too.
    if _differs(old, new, "calendar") and not (rolled and one.get("act_by") == other.get("act_by")):
        yield "calendar"
    if one.get("timing") != other.get("timing"):
        yield "plan"


def _may_differ(old: Side, new: Side) -> bool:
    """Whether the plans, or what was known of their amendments, may be two."""
    same = old.fingerprint.get("plan") is not None and old.fingerprint.get("plan") == new.fingerprint.get("plan")
    return not same or old.as_of != new.as_of


def _shifted(item: Facts) -> bool:
    """Whether the day that judges is another than the one given."""
    return item.get("due") not in (None, _granted(item) or item.get("stated"))


def _granted(item: Facts) -> object:
    moved = item.get("extended")
    return moved.get("to") if isinstance(moved, Mapping) else None


def _waits(item: Facts) -> bool:
    """Whether nothing is due yet, or no longer, for what has or has not happened."""
    return item.get("due") is None and (item.get("standing") or item.get("verdict")) in (
        "awaiting_event",
        "no_deadline",
    )


def _differs(old: Side, new: Side, what: str) -> bool:
    """Whether both sides tell of something, a fingerprint or a reading, and tell differently."""
    if what == "reading":
        return any(_differs(old, new, name) for name in ("before_excludes_day", "day_off"))
    for one, other in ((old.fingerprint, new.fingerprint), (old.reading, new.reading)):
        if what in one and what in other:
            return bool(one[what] != other[what])
    return False
