"""What a reminder says to an agency, and what the digest says of all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tthc_cli import wording
from tthc_cli.obligations import World
from tthc_cli.reminding import KINDS, Kind, Matter, Reminder
from tthc_cli.reports import fields
from tthc_cli.tuples import NamedTuple
from tthc_cli.wording import fill
from tthc_cli.wording.readings import rests_on
from tthc_cli.wording.reminders import CLOSING, COUNTS, DIGEST, DIGEST_SUBJECT, HEADINGS, LINES, OPENING, POINT, SUBJECT


class Point(NamedTuple):
    """One thing in a letter: what it is, and what there is to know of it."""

    title: str
    lines: tuple[str, ...]


class Part(NamedTuple):
    """A heading with its points."""

    heading: str
    points: tuple[Point, ...]


class Letter(NamedTuple):
    """A message before it is text or HTML."""

    subject: str
    opening: tuple[str, ...]
    parts: tuple[Part, ...]
    closing: tuple[str, ...]


def letter(world: World, reminder: Reminder, name: str, people: Sequence[str], cautions: Sequence[str] = ()) -> Letter:
    """The reminder to one agency; the worst stands first."""
    told = counts(reminder.matters)
    facts = {"name": name, "counts": told, "number": reminder.number, "names": people}
    return Letter(
        fill(SUBJECT, facts),
        (
            fill(OPENING["to"], facts),
            *((fill(OPENING["person"], facts),) if people else ()),
            fill(OPENING["counts"], {**facts, "plan": world.plan.number, "day": reminder.day}),
        ),
        tuple(_part(world, kind, reminder.matters) for kind in KINDS if reminder.count(kind)),
        (CLOSING["answer"], CLOSING["automatic"], fields.talk(world), *cautions),
    )


def counts(matters: Iterable[Matter]) -> str:
    """How many there are of each kind: "2 quá hạn, 1 đến hạn trong 5 ngày làm việc"."""
    listed = list(matters)
    found = Counter(matter.kind for matter in listed)
    left = max((matter.left or 0 for matter in listed if matter.kind == "soon"), default=0)
    words = [COUNTS["today" if kind == "soon" and left <= 0 else kind] for kind in KINDS if found[kind]]
    numbers = [found[kind] for kind in KINDS if found[kind]]
    return ", ".join(fill(text, {"count": n, "left": left}) for text, n in zip(words, numbers, strict=True))


def _part(world: World, kind: Kind, matters: Iterable[Matter]) -> Part:
    points = tuple(_point(world, matter) for matter in matters if matter.kind == kind)
    return Part(fill(HEADINGS[kind], {"count": len(points)}), points)


def _point(world: World, matter: Matter) -> Point:
    owed = matter.judgement.obligation
    occasion = fields.VALUE["occasion"](matter.judgement)
    facts = {"task": owed.facts.id, "occasion": f" ({occasion})" if occasion else "", "title": owed.facts.title}
    moved = owed.extended
    return Point(
        fill(POINT, facts),
        (
            *_said(world, matter),
            *((fill(LINES["extended"], {"original": moved.original_due}),) if moved else ()),
            fill(LINES["key"], {"key": matter.key}),
        ),
    )


def _said(world: World, matter: Matter) -> tuple[str, ...]:
    """What is said of a matter in its kind."""
    owed = matter.judgement.obligation
    days = {"": owed.due, "_act": owed.act_by, "_stated": owed.stated}
    facts: dict[str, object] = {f"weekday{name}": wording.weekday(day) for name, day in days.items() if day}
    facts |= {"due": owed.due, "act_by": owed.act_by, "stated": owed.stated, "left": matter.left}
    facts |= {"days": matter.judgement.days_late, "rests_on": rests_on(matter.judgement.rests_on)}
    if matter.kind == "soon":
        return fill(LINES[_soon(matter)], facts), fill(LINES["left" if (matter.left or 0) > 0 else "last"], facts)
    if matter.kind != "new":
        return (fill(LINES[matter.kind], facts),)
    event = owed.deadline.event
    assert event
    facts |= {"event": world.plan.events.get(event.kind, event.kind), "id": event.id, "day": event.date}
    return fill(LINES["new"], facts), fill(LINES["new_due" if owed.due else "new_open"], facts)


def _soon(matter: Matter) -> str:
    """The day to act by comes first wherever it is another than the day due."""
    owed = matter.judgement.obligation
    if owed.act_by == owed.due:
        return "soon"
    return "soon_rolled" if owed.stated != owed.due and not owed.extended else "soon_early"


class Round(NamedTuple):
    """What the digest tells of a run.

    matters: by agency, of all that owe; names: of agencies; told: this run's reminders; before: the day on which an
    agency was last told; addressless, undelivered, open: lines ready to read; unclear, bad_rows: duties and rows of the
    register for the office itself.
    """

    matters: Mapping[str, Sequence[Matter]]
    names: Mapping[str, str]
    told: Mapping[str, Reminder]
    before: Mapping[str, object]
    addressless: Sequence[str] = ()
    undelivered: Sequence[str] = ()
    open: Sequence[str] = ()
    unclear: int = 0
    bad_rows: int = 0


def digest(world: World, reminder: Reminder, round: Round, cautions: Sequence[str] = ()) -> Letter:
    """The summary for the office that runs the reminders: what went wrong first, then every agency, the worst first."""
    facts = {
        "day": reminder.day,
        "agencies": len(round.matters),
        "counts": counts(reminder.matters),
        "plan": world.plan.number,
    }
    listed = {"undelivered": round.undelivered, "open": round.open, "no_address": round.addressless}
    parts = [
        Part(fill(DIGEST[name], {"count": len(lines)}), tuple(Point(line, ()) for line in lines))
        for name, lines in listed.items()
        if lines
    ]
    agencies = tuple(_agency(round, agency) for agency in sorted(round.matters, key=lambda id_: _worst(round, id_)))
    return Letter(
        fill(DIGEST_SUBJECT, facts),
        (fill(OPENING["digest"], facts), *_beside(round)),
        (*parts, Part(fill(DIGEST["agencies"], {"count": len(agencies)}), agencies)),
        (CLOSING["automatic"], fields.talk(world), *cautions),
    )


def _beside(round: Round) -> tuple[str, ...]:
    """What the office must look at itself."""
    found = {"unclear": round.unclear, "rows": round.bad_rows}
    return tuple(fill(OPENING[name], {"count": count}) for name, count in found.items() if count)


def _worst(round: Round, agency: str) -> tuple[int, ...]:
    found = Counter(matter.kind for matter in round.matters[agency])
    return tuple(-found[kind] for kind in KINDS)


def _agency(round: Round, agency: str) -> Point:
    told, before = round.told.get(agency), round.before.get(agency)
    lines = [counts(round.matters[agency])]
    if told:
        lines.append(fill(DIGEST["told"], {"number": told.number, "addresses": told.addresses}))
    elif before:
        lines.append(fill(DIGEST["told_before"], {"day": before}))
    keys = ", ".join(matter.key for matter in round.matters[agency])
    return Point(round.names[agency], (*lines, keys))
