"""What is owed and not yet said: who is told what, at which address, for which time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Literal

from tthc_cli.records import Contact, Judgement
from tthc_cli.tuples import NamedTuple
from tthc_cli.workdays import Calendar

Kind = Literal["overdue", "ask", "soon", "new"]
KINDS: tuple[Kind, ...] = ("overdue", "ask", "soon", "new")
"""What can be said of a duty, the worst first: firmly overdue; overdue if a reading holds; due soon; newly arisen."""
Every = Literal["day", "week", "month"]
Cause = Literal["first", "again", "nearer"]
DIGEST = "digest"
"""Who gets the summary of all; no agency has this id."""


class Pace(NamedTuple):
    """How often things are said.

    stages: working days before the day to act by, the most first; again: working days after which what is overdue is
    said again; new_within: working days for which a duty without a day counts as newly arisen; every: nobody is told
    of the same duty twice within one of these.
    """

    stages: tuple[int, ...]
    again: int
    new_within: int = 10
    every: Every = "day"

    def within(self, days: int | None) -> Pace:
        """The same, beginning so many working days before."""
        if days is None:
            return self
        return self._replace(stages=(days, *(stage for stage in self.stages if stage < days)))


class Matter(NamedTuple):
    """One duty as it stands on a day. stage: what is said of it; left: working days until it is due."""

    judgement: Judgement
    kind: Kind
    stage: str
    left: int | None = None

    @property
    def key(self) -> str:
        """The obligation's public key."""
        return self.judgement.obligation.key

    @property
    def due(self) -> date | None:
        """The day lateness is judged by."""
        return self.judgement.obligation.due


class Said(NamedTuple):
    """One duty was named to one address (or may have been: nobody can know of a message that was cut off)."""

    agency: str
    address: str
    key: str
    due: date | None
    stage: str
    day: date
    slot: str


class Reminder(NamedTuple):
    """One message. addresses: those to be told now; causes: why, by key; number: how often its oldest matter was said.

    slot: the day (or week, or month) within which it is said once.
    """

    agency: str
    addresses: tuple[str, ...]
    matters: tuple[Matter, ...]
    causes: tuple[tuple[str, Cause], ...]
    number: int
    day: date
    slot: str

    def count(self, kind: Kind) -> int:
        """How many matters are of one kind."""
        return sum(matter.kind == kind for matter in self.matters)

    def says(self, told: Iterable[Said]) -> tuple[Said, ...]:
        """What this message adds to what was said."""
        known = {(said.address, said.key, said.slot) for said in told if said.agency == self.agency}
        return tuple(
            Said(self.agency, address, matter.key, matter.due, matter.stage, self.day, self.slot)
            for address in self.addresses
            for matter in self.matters
            if (address, matter.key, self.slot) not in known
        )

    def identity(self, plan: str) -> str:
        """The same for the same content in the same slot, whenever and however often it is made."""
        content = sorted(f"{matter.key} {matter.due or ''} {matter.stage}" for matter in self.matters)
        return sha256("\n".join((plan, self.agency, self.slot, *content)).encode()).hexdigest()[:32]


class Recipients(NamedTuple):
    """Who answers for an agency on a day."""

    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """All addresses."""
        return (*self.to, *self.cc)


NOBODY = Recipients()


def recipients(contacts: Iterable[Contact], day: date) -> Mapping[str, Recipients]:
    """The addresses and names in force for each agency, each once."""
    active: dict[str, list[Contact]] = defaultdict(list)
    for each in contacts:
        if each.active(day):
            active[each.agency].append(each)
    return {agency: _together(each) for agency, each in active.items()}


def _together(contacts: Iterable[Contact]) -> Recipients:
    listed = list(contacts)
    to = tuple(dict.fromkeys(address for each in listed for address in each.addresses))
    cc = tuple(dict.fromkeys(address for each in listed for address in each.cc if address not in to))
    return Recipients(to, cc, tuple(dict.fromkeys(each.name for each in listed if each.name)))


def matters(judgements: Iterable[Judgement], day: date, calendar: Calendar, pace: Pace) -> tuple[Matter, ...]:
    """What there is to say, the worst first.

    Groups and units outside are never chased, and nobody for a duty that was not given to him.
    """
    found = (_matter(item, day, calendar, pace) for item in judgements if chased(item))
    return tuple(sorted((matter for matter in found if matter), key=_gravity))


def chased(item: Judgement) -> bool:
    """Whether it may be asked of its unit: not of a group or a body outside, nor where nobody was given it."""
    return item.obligation.level not in ("group", "outside") and not item.obligation.unassigned


def _gravity(matter: Matter) -> tuple[int, int, date, str]:
    return KINDS.index(matter.kind), -(matter.judgement.days_late or 0), matter.due or date.max, matter.key


def _matter(item: Judgement, day: date, calendar: Calendar, pace: Pace) -> Matter | None:
    owed = item.obligation
    left = calendar.count(day, owed.due) if owed.due else None
    if item.verdict == "overdue":
        kind: Kind = "overdue" if item.firm else "ask"
        return Matter(item, kind, kind, left)
    if item.verdict == "due_soon" and owed.act_by:
        remaining = calendar.count(day, owed.act_by)
        return Matter(item, "soon", str(min(stage for stage in pace.stages if stage >= remaining)), left)
    event = owed.deadline.event
    if event and item.submitted_on is None and _newly(item, calendar.count(event.date, day), pace):
        return Matter(item, "new", f"new {event.id}", left)
    return None


def _newly(item: Judgement, age: int, pace: Pace) -> bool:
    """Whether a duty counts as newly arisen: one with a day until that comes near, one without for a while."""
    return pace.new_within > 0 and (
        item.verdict == "pending" or (item.verdict == "no_deadline" and age <= pace.new_within)
    )


def remind(
    agency: str,
    matters: Sequence[Matter],
    addresses: Sequence[str],
    told: Iterable[Said],
    pace: Pace,
    day: date,
    calendar: Calendar,
) -> Reminder | None:
    """The message that an agency is owed today; None where all was said at every address.

    It names every matter of the agency, since one that was said stands until it is answered.
    """
    here: dict[str, list[Said]] = defaultdict(list)
    for said in told:
        if said.agency == agency:
            here[said.key].append(said)
    slot = slot_of(day, pace.every)
    due: list[str] = []
    causes: dict[str, Cause] = {}
    for address in addresses:
        fresh = {
            matter.key: cause
            for matter in matters
            if (
                cause := _cause(
                    matter, [s for s in here[matter.key] if s.address == address], pace, day, slot, calendar
                )
            )
        }
        due += [address] if fresh else []
        causes |= fresh
    if not due:
        return None
    times = (len({said.slot for said in here[matter.key]}) for matter in matters)
    return Reminder(agency, tuple(due), tuple(matters), tuple(causes.items()), 1 + max(times), day, slot)


def _cause(matter: Matter, told: Sequence[Said], pace: Pace, day: date, slot: str, calendar: Calendar) -> Cause | None:
    """Why a matter is to be said at an address, by what was said of it there. A due day that moved makes a new one."""
    if any(said.slot == slot for said in told):
        return None
    if matter.kind == "new":
        return None if any(said.stage == matter.stage for said in told) else "first"
    same = [said for said in told if said.due == matter.due]
    if matter.kind == "soon":
        stages = [int(said.stage) for said in same if said.stage.isdigit()]
        return ("nearer" if stages else "first") if int(matter.stage) < min(stages, default=10**9) else None
    # Who was told that it is overdue need not be asked, until it is time to say it again.
    known = [said.day for said in same if said.stage in (matter.stage, "overdue")]
    if not known:
        return "first"
    return "again" if calendar.count(max(known), day) >= pace.again else None


def slot_of(day: date, every: Every) -> str:
    """The day, the week or the month within which a thing is said once."""
    year, week, _ = day.isocalendar()
    return {"day": day.isoformat(), "week": f"{year}-W{week:02}", "month": f"{day:%Y-%m}"}[every]
