"""What a report shows at a glance, before any format: its duties, units against sections, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from operator import add

from tthc_cli.records import NOTHING
from tthc_cli.tuples import NamedTuple

TONES: Mapping[str, str] = {
    "on_time": "good",
    "on_rolled_day": "good",
    "late": "bad",
    "overdue": "bad",
    "late_unsure": "ask",
    "overdue_unsure": "ask",
    "unclear": "ask",
    "due_passed": "ask",
    "due_soon": "soon",
    "pending": "open",
    "not_yet_open": "open",
    "awaiting_event": "wait",
    "no_deadline": "wait",
    "not_covered": "out",
}
"""What a verdict calls for, by the names that `Duty.verdict` has: a breach that is not firm asks, it accuses nobody."""

PRESSING = ("overdue", "overdue_unsure", "late_unsure", "unclear", "due_passed", "due_soon")
"""Verdicts that someone has to act on."""


class Counts(NamedTuple):
    """How many duties of some units stand how; `bad` holds firm breaches only."""

    good: int = 0
    bad: int = 0
    ask: int = 0
    soon: int = 0
    open: int = 0
    wait: int = 0
    out: int = 0

    @property
    def decided(self) -> int:
        """Duties of which it is known whether they were done in time."""
        return self.good + self.bad

    @property
    def dated(self) -> int:
        """Duties that have been due or will be, or of which a person has to say."""
        return self.decided + self.ask + self.soon + self.open

    @property
    def rate(self) -> float | None:
        """The share in time of what is decided, as the scorecard has it; None where nothing is."""
        return round(self.good / self.decided, 4) if self.decided else None


class Line(NamedTuple):
    """A unit, or the `members` communes of a district, with its counts as a whole and by section id."""

    id: str
    name: str
    level: str
    parent: str | None
    whole: Counts
    sections: Mapping[str, Counts]
    parent_name: str = ""
    members: int = 0


class Duty(NamedTuple):
    """One obligation with its verdict.

    verdict: its id, "late_unsure" or "overdue_unsure" where a breach is not firm; days: late, or left.
    moved: an extension's document and the day due before it. rests_on, reason: names in `wording.readings`.
    why: the number of the `Days` that explain it.
    """

    key: str
    task: str
    agency: str
    agency_name: str
    occasion: str
    stated: date | None
    due: date | None
    act_by: date | None
    verdict: str
    submitted_on: date | None
    proof: str | None
    days: int | None
    moved: tuple[str | None, date] | None
    rests_on: tuple[str, ...]
    reason: str | None
    why: int


class Days(NamedTuple):
    """Why obligations that differ in their unit only have their days, in sentences."""

    number: int
    title: str
    steps: tuple[str, ...]


class Why(NamedTuple):
    """A task with the reasoning for its days: what holds for all of them, each, the calendar and notes, the law."""

    task: str
    title: str
    section: str
    steps: tuple[str, ...]
    days: tuple[Days, ...]
    notes: tuple[str, ...]
    basis: tuple[str, ...]


class Overview(NamedTuple):
    """Everything that a page about the whole of a plan shows.

    number, title, year: the plan's. sections: id to title, those with duties.
    lines: units in their order, communes among them each alone.
    calendar: weekdays off of the years shown, with their reasons. readings: those in use, in a sentence.
    since, before: the day of an earlier report, and how many duties had each verdict then; None: there is none.
    """

    number: str
    title: str
    as_of: date
    year: int
    sections: Mapping[str, str]
    lines: tuple[Line, ...]
    duties: tuple[Duty, ...]
    whys: tuple[Why, ...]
    calendar: Mapping[date, str]
    readings: str
    since: date | None = None
    before: Mapping[str, int] = NOTHING


def by_district(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines with the communes of each district summed in one, which stands where its first one stood."""
    found: dict[str, Line] = {}
    for line in lines:
        folded = line.level == "commune" and line.parent is not None
        id_ = f"+{line.parent}" if folded else line.id
        found[id_] = _joined(found.get(id_), line) if folded else line
    return tuple(found.values())


def _joined(sum_: Line | None, line: Line) -> Line:
    if sum_ is None:
        return line._replace(id=f"+{line.parent}", members=1)
    sections = {
        id_: added(sum_.sections.get(id_, Counts()), line.sections.get(id_, Counts()))
        for id_ in {**sum_.sections, **line.sections}
    }
    return sum_._replace(whole=added(sum_.whole, line.whole), sections=sections, members=sum_.members + 1)


def added(one: Counts, other: Counts) -> Counts:
    """The sum of two counts."""
    return Counts(*map(add, one, other))


def ranked(lines: Iterable[Line]) -> tuple[tuple[int, Line], ...]:
    """Lines with something decided, the best share first; equal shares have one rank, as in a contest."""
    decided = sorted((line for line in lines if line.whole.decided), key=lambda line: -(line.whole.rate or 0))
    rates = [line.whole.rate for line in decided]
    return tuple((rates.index(line.whole.rate) + 1, line) for line in decided)
