"""The plain, frozen records that every other module speaks in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from tthc_cli.errors import NOTHING as NOTHING
from tthc_cli.tuples import NamedTuple

Role = Literal["lead", "support"]
Level = Literal["province", "district", "commune"]
DayOff = Literal["next", "stay"]
Proof = Literal["sent", "document", "received"]
Unit = Literal["working_day", "day", "month", "year", "working_hour", "hour"]
Severity = Literal["error", "warning"]
Slot = tuple[str, str, str]
"""Task, unit and occasion: what a paper answers, and what tells one obligation from another."""
Verdict = Literal[
    "on_time",
    "on_rolled_day",
    "late",
    "overdue",
    "due_soon",
    "pending",
    "not_yet_open",
    "awaiting_event",
    "no_deadline",
    "unclear",
    "not_covered",
    "due_passed",
]
VERDICTS: tuple[Verdict, ...] = Verdict.__args__  # type: ignore[attr-defined]
BREACHES: tuple[Verdict, ...] = ("late", "overdue")
PROOFS: tuple[Proof, ...] = ("sent", "document", "received")
LEVELS: tuple[Level, ...] = ("province", "district", "commune")


class Reading(NamedTuple):
    """How the words of a plan are read where they leave a choice; every report shows it.

    before_excludes_day: "trước ngày D" ends on D-1 (else on D).
    day_off: a last day that is off moves to the next working day, or stays.
    proof: which date of a paper proves its timeliness.
    covers: levels whose papers the register gathers; task ids narrow it to those tasks.
    register_lag: full working days that a paper may take from its sender to the register.
    exempt: units that owe nothing under a task, since they receive its reports ("except" in files); None: the plan's.
    """

    before_excludes_day: bool = True
    day_off: DayOff = "next"
    proof: Proof = "sent"
    covers: tuple[str, ...] = ("province", "district")
    register_lag: int = 1
    exempt: Mapping[str, tuple[str, ...]] | None = None


class Event(NamedTuple):
    """Something that happened and starts, ends or meets the terms of duties (one row of the events file)."""

    id: str
    kind: str
    date: date
    agency: str | None = None
    document: str | None = None
    line: int | None = None


class Extension(NamedTuple):
    """A document that moves one obligation's due day, or asks for that, or refuses it.

    `agencies` holds the units meant (a group is opened); `occasion` is a period, an event id or "", and None where any
    may be meant. sure: False where it cannot be told what its row means; it then counts as asked for, without
    `new_date`, and only a document dated as late or later answers it.
    """

    task: str
    agencies: tuple[str, ...]
    occasion: str | None
    new_date: date | None
    status: Literal["granted", "asked", "refused"]
    document: str | None
    document_date: date | None
    line: int
    sure: bool = True


class Assignment(NamedTuple):
    """A unit was given a task that the plan leaves to be assigned."""

    task: str
    agency: str
    document: str | None
    document_date: date | None
    line: int


class Contact(NamedTuple):
    """Who answers for an agency, from one day to another, both counted (one row of the contacts file)."""

    agency: str
    addresses: tuple[str, ...]
    cc: tuple[str, ...] = ()
    name: str = ""
    start: date | None = None
    end: date | None = None
    line: int = 0

    def active(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


Claim = Literal["all", "unnamed", "named", "perhaps"]
"""Which rows of a register are a plan's, where there are several plans: all, those that name no other, or only those
that name it; perhaps: only those, but any that names none may be about it, and nobody is accused of that."""
ALL: Claim = "all"


class Deadline(NamedTuple):
    """One last day that a rule yields, or, where `day` is None, a duty without a day.

    occasion: what tells it from the task's others: a period ("2021-Q1"), an event id, or "".
    day: the day that the words name; `excluded` if they exclude it ("trước ngày").
    rolls: a day off moves to the next working day.
    opens: first day on which it is open; None: the plan's own date.
    window: first and last day of the data reported, both counted.
    event: what it is counted from, or what started it.
    effect: the day it is counted back from ("trước 05 ngày tính đến ngày …").
    span: the count and its unit, where days are counted.
    only: the one unit that its event concerns; but: those whom events concerned, while the others wait for theirs.
    condition: kind of event without which nothing is due.
    soft: bound to means at hand ("nếu có điều kiện"); no_day: the words give no day of their own.
    standing: the verdict of a duty without a day; elsewhere: its days stand in another document.
    """

    occasion: str = ""
    day: date | None = None
    excluded: bool = False
    rolls: bool = True
    opens: date | None = None
    window: tuple[date, date] | None = None
    event: Event | None = None
    effect: date | None = None
    span: tuple[int, Unit] | None = None
    only: str | None = None
    but: tuple[str | None, ...] = ()
    condition: str | None = None
    soft: bool = False
    no_day: bool = False
    standing: Verdict = "no_deadline"
    elsewhere: bool = False


class TaskFacts(NamedTuple):
    """What a report repeats of a task."""

    id: str
    section: str
    title: str
    timing: str
    product: str
    signed_by: str | None
    order: int


class Extended(NamedTuple):
    """A granted extension as it applies to one obligation; `to` is the day as the document gives it."""

    to: date
    document: str | None
    original_due: date


class Obligation(NamedTuple):
    """What one unit owes under one task on one occasion, with its days.

    stated: last day as the words give it; due: the day lateness is judged by; act_by: last working day not after it.
    dues: due under each accepted reading, keyed (before_excludes_day, day_off).
    standing: the verdict where no day is due: "awaiting_event", "no_deadline" or "unclear"; None: the day decides.
    unassigned: nobody was given it; a paper of a member stands for that member alone.
    asked: an extension was asked for and not answered.
    """

    agency: str
    agency_name: str
    level: str
    order: int
    facts: TaskFacts
    role: Role
    deadline: Deadline
    stated: date | None = None
    due: date | None = None
    act_by: date | None = None
    dues: Mapping[tuple[bool, DayOff], date] = NOTHING
    standing: Verdict | None = None
    opens: date | None = None
    unassigned: bool = False
    extended: Extended | None = None
    asked: bool = False
    answered: tuple[str, date] | None = None

    @property
    def occasion(self) -> str:
        return self.deadline.occasion

    @property
    def key(self) -> str:
        """The public key: task/agency/occasion, without a trailing slash."""
        parts = (self.facts.id, self.agency, self.deadline.occasion)
        return "/".join(part for part in parts if part)


class Stamp(NamedTuple):
    """The dates of a paper, as far as its row gives them.

    `swappable` names the fields that came as real dates of a workbook, where day and month may have been exchanged.
    """

    sent: date | None = None
    document: date | None = None
    received: date | None = None
    proposed: date | None = None
    swappable: frozenset[str] = frozenset()

    @property
    def earliest(self) -> date | None:
        """The first of the days; None where the row has no date."""
        return min(filter(None, (self.sent, self.document, self.received, self.proposed)), default=None)

    def exchanged(self, name: str) -> date | None:
        """A day with day and month exchanged, where they may have been: "07/10" that a workbook took for 10 July."""
        day: date | None = getattr(self, name)
        return date(day.year, day.day, day.month) if day and name in self.swappable and day.day <= 12 else None

    def proving(self, proof: Proof, signed: bool) -> tuple[str, date] | None:
        """Name and value of the date that proves timeliness.

        For a duty that another body signs, the day of proposing where it is known; else the date that `proof` names,
        else the next there is of sent, document, received. None where the row has no date.
        """
        if signed and self.proposed:
            return "proposed", self.proposed
        for name in (proof, *PROOFS):
            if value := getattr(self, name):
                return name, value
        return ("proposed", self.proposed) if self.proposed else None


class Paper(NamedTuple):
    """One accepted row of the register, as far as it can answer an obligation, or the first of so many alike."""

    line: int
    stamp: Stamp
    number: str = ""
    times: int = 1


class Problem(NamedTuple):
    """One thing wrong with one row of a register or of a file beside it.

    code: the contract's R code; reason: names the sentence in `wording`; facts fill its blanks.
    line: physical line (CSV) or sheet row (XLSX); column: the heading as it stands in the file.
    suggestion: what was probably meant, as an id or a name; file: where it is not the register;
    position: the column's number from 1.
    """

    code: str
    severity: Severity
    line: int
    column: str
    value: str
    reason: str
    facts: Mapping[str, object] = NOTHING
    suggestion: str | None = None
    file: str | None = None
    position: int = 0

    @property
    def of_file(self) -> bool:
        """Whether it is about a whole file, sheet or folder."""
        return self.reason in ("shard_unread", "sheet_left_out", "folder_left_out")


class Judgement(NamedTuple):
    """The verdict on one obligation, and what it rests on; file: where its line is, in a register of several."""

    obligation: Obligation
    verdict: Verdict
    submitted_on: date | None = None
    proof: str | None = None
    line: int | None = None
    days_left: int | None = None
    days_late: int | None = None
    days_since: int | None = None
    firm: bool | None = None
    rests_on: tuple[str, ...] = ()
    reason: str | None = None
    codes: tuple[str, ...] = ()
    file: str | None = None

    @property
    def shown(self) -> str:
        """The verdict as reports show it."""
        return shown(self.verdict, self.firm)


def known(day: date | None, as_of: date) -> bool:
    """Whether a document was there on that day; one without a date counts."""
    return day is None or day <= as_of


def shown(verdict: Verdict, firm: bool | None) -> str:
    """A verdict as reports show it: a breach that is not firm by a name of its own."""
    return f"{verdict}_unsure" if firm is False else verdict
