"""Holding papers against obligations: one verdict for each, and whether it stands under every accepted reading."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from tthc_cli.firmness import in_short_procedure, rests_on
from tthc_cli.naming import task_key
from tthc_cli.obligations import World, resolve
from tthc_cli.records import (
    BREACHES,
    LEVELS,
    NOTHING,
    Judgement,
    Obligation,
    Paper,
    Problem,
    Role,
    Slot,
    Stamp,
    Verdict,
)
from tthc_cli.sequences import Chain, Later
from tthc_cli.tuples import NamedTuple

if TYPE_CHECKING:
    from tthc_cli.gathering import Gathered
    from tthc_cli.piles import Pile
    from tthc_cli.understanding import Doubt

EARLY = timedelta(days=90)
"""A paper that comes so long before its duty opens is taken for another year's."""


class Judgements(Later[Judgement]):
    """Every judgement, in order, as one sequence.

    near: all but those on duties that the register does not cover and of which it says nothing; others: how many these
    are by section, which every province has by the thousand, one for each of its communes; every: makes all.
    """

    def __init__(
        self,
        near: Sequence[Judgement],
        others: Mapping[str, int] = NOTHING,
        every: Callable[[], Sequence[Judgement]] | None = None,
    ) -> None:
        super().__init__(every if every and any(others.values()) else lambda: near)
        self.near, self.others = near, others

    @property
    def unmade(self) -> int:
        """How many are made only when all are looked at."""
        return sum(self.others.values())

    def __len__(self) -> int:
        return len(self.near) + self.unmade

    @cached_property
    def counts(self) -> Counter[Verdict]:
        """How many there are of each verdict, of the others too."""
        found: Counter[Verdict] = Counter(item.verdict for item in self.near)
        found["not_covered"] += self.unmade
        return found

    def changed(self, change: Callable[[Judgement], Judgement]) -> Judgements:
        """Each of them changed."""
        return Judgements(tuple(map(change, self.near)), self.others, lambda: tuple(map(change, self)))


class Assessment(NamedTuple):
    """Every obligation's judgement, what was wrong beside them, and counts of rows.

    set_aside: rows of papers that came after the day of the report; fallback: papers judged by another date than the
    setting names, since theirs was empty; rejected: rows whose event turned out missing, unknown or another unit's.
    """

    judgements: Judgements
    problems: Sequence[Problem] = ()
    set_aside: int = 0
    fallback: int = 0
    rejected: int = 0

    @property
    def bad_rows(self) -> int:
        """How many rows have something wrong for which they do not count; one may have several such problems."""
        return len({(problem.file, problem.line) for problem in self.problems if problem.severity == "error"})


class _Proved(NamedTuple):
    """A paper with the day that proves its timeliness, and the name of that day ("sent", "document", …)."""

    day: date
    proof: str
    paper: Paper


class _Placed(NamedTuple):
    """Piles by the obligation that they may answer, and these; problems and doubts of those that have none."""

    piles: dict[Slot, list[Pile]]
    answered: list[Obligation]
    problems: list[Problem]
    doubts: set[Doubt]


def assess(
    world: World,
    gathered: Gathered | None,
    due_soon: int = 5,
    role: Role = "lead",
) -> Assessment:
    """Judge every obligation of a world by the papers of a register; without one nothing is called overdue.

    due_soon: working days before act_by from which a duty is due soon. role: whose obligations, where there is no
    register; papers are held against those of the leaders.
    """
    if gathered is None:
        found = resolve(world, role)
        judge = _Judge(world, {}, set(), None, due_soon)
        return Assessment(Judgements(tuple(map(judge.of, found.obligations))), found.problems)
    from tthc_cli.chaining import chained

    chain = chained(world.plan, world.events, gathered, world.reading, world.as_of)
    piles, doubts = _renamed(world, gathered, chain.ids())
    waiting = {task.id for task in world.plan.every_task() if task.assigned}
    world = world._replace(events=chain.events, claims=frozenset(slot for slot in piles if slot[0] in waiting))
    named = {unit for _, unit, _ in (*piles, *doubts)}.union(*(row.agencies for row in world.extensions))
    found = resolve(world._replace(only=_covered_units(world) | named))
    placed = _placed(world, found.obligations, piles, gathered)
    judging = partial(_Judge, world, placed.piles, doubts | placed.doubts, gathered, due_soon, placed.answered)
    judge = judging()
    near = tuple(map(judge.of, found.obligations))
    # Another judge makes the rest: what one knows of silent units goes by the ids of deadlines, which are new then.
    judgements = Judgements(near, found.others, lambda: tuple(map(judging().of, resolve(world).obligations)))
    lines = {problem.line for problem in placed.problems}
    known = gathered.problems if lines else ()
    already = {problem.line for problem in known if problem.severity == "error" and problem.line in lines}
    every = gathered.problems.and_(placed.problems) if placed.problems else gathered.problems
    set_aside = gathered.set_aside + sum(judge.aside.values())
    fallback, rejected = sum(judge.fallback.values()), len(lines - already)
    return Assessment(judgements, Chain(every, found.problems), set_aside, fallback, rejected)


def _renamed(
    world: World, gathered: Gathered, ids: Mapping[tuple[str, str], str]
) -> tuple[dict[Slot, list[Pile]], set[Doubt]]:
    """The papers by slot, and the doubts, with event ids as the events file writes them.

    A doubt about an event that is not there is one about any of the unit's events of that task.
    """
    kinds = {task.id: {kind for rule in task.rules if (kind := rule.awaited())} for task in world.plan.every_task()}
    by_events = {task.id for task in world.plan.every_task() if task.by_event}

    def name(task: str, occasion: str) -> str | None:
        names = (ids.get((kind, occasion.casefold())) for kind in sorted(kinds.get(task, set())))
        return next((found for found in names if found), None)

    piles: dict[Slot, list[Pile]] = defaultdict(list)
    for pile in gathered.piles:
        for task, unit, occasion in pile.slots:
            piles[task, unit, name(task, occasion) or occasion].append(pile)
    doubts: set[Doubt] = set()
    for task, unit, meant in gathered.doubts:
        # Of a row that names no event any may be meant.
        doubts.add((task, unit, (name(task, meant) if meant else None) if task in by_events else meant))
    return piles, doubts


def _placed(
    world: World, obligations: Iterable[Obligation], piles: Mapping[Slot, list[Pile]], gathered: Gathered
) -> _Placed:
    """Papers at their obligations; a paper whose event is missing, unknown or another unit's is a problem.

    So is one of what no event sets off and an amendment dropped, or gave to others.
    """
    from tthc_cli.understanding import Fault

    out = _Placed({}, [], [], set())
    asked = {task for task, _, _ in piles}
    owed = {(item.facts.id, item.agency, item.occasion): item for item in obligations if item.facts.id in asked}
    events = {event.id for event in world.events}
    for slot, found in piles.items():
        if slot in owed:
            out.piles[slot] = found
            out.answered.append(owed[slot])
            continue
        task, unit, occasion = slot
        named = world.plan.task(task)
        facts = {"task": task, "unit": world.directory.unit(unit).name, "event": occasion}
        if occasion in events:
            code, name, reason, value = "R06", "agency", "not_in_charge", facts["unit"]
        elif named and named.by_event:
            code, name, reason, value = "R10", "event", "event_unknown" if occasion else "event_missing", occasion
        elif occasion:
            code, name, reason, value = "R09", "period", "period_amended", occasion
        else:
            code, name, reason, value = "R06", "task", "task_amended", task
        if occasion not in events:
            out.doubts.add((task, unit, None))
        fault = Fault(code, name, reason, value, facts=facts)
        out.problems.extend(gathered.shard(line).problem(line, fault) for pile in found for line in pile.lines)
    return out


def _covered_units(world: World) -> frozenset[str]:
    """Units whose papers the register gathers."""
    levels = [name for name in world.reading.covers if name in LEVELS] or LEVELS[:2]
    return frozenset(unit.id for unit in world.directory.units if world.directory.cover_level(unit.id) in levels)


class _Judge:
    """Judges obligations one by one; remembers which rows were set aside or judged by a second-best date.

    answered: the obligations that have papers.
    """

    def __init__(
        self,
        world: World,
        piles: Mapping[Slot, list[Pile]],
        doubts: set[Doubt],
        register: Gathered | None,
        due_soon: int,
        answered: Iterable[Obligation] = (),
    ) -> None:
        self.world, self.piles, self.register, self.due_soon = world, piles, register, due_soon
        self.doubted: dict[tuple[str, str], set[str | None]] = defaultdict(set)
        for task, unit, occasion in doubts:
            self.doubted[task, unit].add(occasion)
        self.answered: dict[tuple[str, str], list[Obligation]] = defaultdict(list)
        for item in answered:
            self.answered[item.facts.id, item.agency].append(item)
        self.heard = {(task, unit) for task, unit, _ in (*piles, *doubts)}
        self.covered = _covered_units(world)
        self.tasks = {task_key(name) for name in world.reading.covers if name not in LEVELS}
        # How many rows, by the line of the first alike.
        self.aside: dict[int, int] = {}
        self.fallback: dict[int, int] = {}
        self._silent: dict[object, list[Any]] = {}
        self._astray: dict[tuple[str, str], frozenset[date]] = {}

    def of(self, item: Obligation) -> Judgement:
        """The judgement on one obligation; units with the same duty that sent nothing are judged alike, and once."""
        if (item.facts.id, item.agency) in self.heard or item.extended or item.asked or item.answered:
            return self._of(item)
        alike = id(item.deadline), item.standing, item.unassigned, item.agency in self.covered
        if alike not in self._silent:
            _, *self._silent[alike] = self._of(item)
        return Judgement._make((item, *self._silent[alike]))

    def _of(self, item: Obligation) -> Judgement:
        proved = sorted(self._proved(item), key=partial(_order, item))
        verdict, decisive, reason = self._verdict(item, proved)
        if self.register and not self._covered(item):
            verdict, reason = "not_covered", None
        as_of = self.world.as_of
        begun = item.deadline.event.date if item.deadline.event else None
        breach = verdict in BREACHES
        rests = rests_on(item, [each.paper for each in proved], self.world) if breach else ()
        submitted_on, proof, paper = decisive or (None, None, None)
        line = (paper.line or None) if paper else None  # an answer of the plan stands on none
        days_left = (item.due - as_of).days if item.due else None
        days_late = ((submitted_on or as_of) - item.due).days if breach and item.due else None
        days_since = (as_of - begun).days if begun and verdict == "no_deadline" else None
        firm, codes = (not rests if breach else None), _codes(verdict, item, decisive)
        return Judgement(
            item, verdict, submitted_on, proof, line, days_left, days_late, days_since, firm, rests, reason, codes
        )

    def _proved(self, item: Obligation) -> Iterator[_Proved]:
        """The papers that may answer an obligation and were there on the day of the report."""
        signed, proof, as_of = bool(item.facts.signed_by), self.world.reading.proof, self.world.as_of
        for paper in self._papers(item):
            proved = paper.stamp.proving(proof, signed)
            if proved is None:
                continue
            name, day = proved
            if day > as_of:
                self.aside[paper.line] = paper.times
                continue
            if name not in (proof, "proposed"):
                self.fallback[paper.line] = paper.times
            yield _Proved(day, name, paper)

    def _papers(self, item: Obligation) -> Iterable[Paper]:
        """Those entered for an obligation, made when they are asked for: of all together there may be very many."""
        if item.answered:
            return [Paper(0, Stamp(document=item.answered[1]), item.answered[0], 0)]
        piles = self.piles.get((item.facts.id, item.agency, item.occasion), ())
        stamps = self.register.stamps if self.register else ()
        return (paper for pile in piles for paper in pile.papers(stamps))

    def _covered(self, item: Obligation) -> bool:
        return item.agency in self.covered and (not self.tasks or task_key(item.facts.id) in self.tasks)

    def _verdict(self, item: Obligation, proved: list[_Proved]) -> tuple[Verdict, _Proved | None, str | None]:
        """Verdict, the paper that decides it, and the reason where a person is needed; proved: in order of time."""
        if item.standing or item.due is None:
            verdict = item.standing or "no_deadline"
            unread = item.deadline.standing == "unclear"
            reason = ("unread" if unread else "nobody_in_charge") if verdict == "unclear" else None
            return verdict, proved[0] if proved else None, reason
        sound = [each for each in proved if not too_early(item, each.day)]
        if sound and sound[0].day <= item.due:
            rolled = item.extended is None and item.stated is not None and sound[0].day > item.stated
            return ("on_rolled_day" if rolled else "on_time"), sound[0], None
        if len(sound) < len(proved):
            return "unclear", proved[0], "too_early"
        for each in sound:
            if in_short_procedure(item, each.day):
                return "unclear", each, "short_procedure"
        if sound and item.deadline.soft:
            return "unclear", sound[0], "soft_late"
        if sound:
            return ("unclear", sound[0], "unassigned") if item.unassigned else ("late", sound[0], None)
        return self._unanswered(item, item.due)

    def _unanswered(self, item: Obligation, due: date) -> tuple[Verdict, None, str | None]:
        as_of = self.world.as_of
        if as_of <= due:
            return self._running(item), None, None
        if item.deadline.soft:
            return "unclear", None, "soft"
        if in_short_procedure(item, as_of) or (item.deadline.effect and as_of < item.deadline.effect):
            return "unclear", None, "short_procedure"
        if not self.register:
            return "due_passed", None, None
        if self.register.incomplete:
            return "unclear", None, "shard_unread"
        if self.doubted.get((item.facts.id, item.agency), set()) & {None, item.occasion}:
            return "unclear", None, "doubt"
        if self._elsewhere(item, due):
            return "unclear", None, "other_occasion"
        return ("unclear", None, "unassigned") if item.unassigned else ("overdue", None, None)

    def _elsewhere(self, item: Obligation, due: date) -> bool:
        """Whether a paper complete and in time for this was entered for another occasion, which it does not fit."""
        days = self._unfit((item.facts.id, item.agency))
        return any((item.opens or day) <= day <= due and not _incomplete(item, day) for day in days)

    def _unfit(self, whose: tuple[str, str]) -> frozenset[date]:
        """The days of a unit's papers for a task that do not fit what they were entered for."""
        if whose not in self._astray:
            each = ((item, paper.day) for item in self.answered.get(whose, ()) for paper in self._proved(item))
            self._astray[whose] = frozenset(day for item, day in each if _incomplete(item, day) or _past(item, day))
        return self._astray[whose]

    def _running(self, item: Obligation) -> Verdict:
        as_of = self.world.as_of
        if item.opens and as_of < item.opens:
            return "not_yet_open"
        if item.deadline.soft or item.act_by is None:
            return "pending"
        return "due_soon" if self.world.calendar.count(as_of, item.act_by) <= self.due_soon else "pending"


def too_early(item: Obligation, day: date) -> bool:
    """Before the data window, or more than 90 days before the duty opens: probably another year's paper."""
    if item.deadline.window and day < item.deadline.window[0]:
        return True
    return item.opens is not None and day < item.opens - EARLY


def _incomplete(item: Obligation, day: date) -> bool:
    """Before the last day of the data to be reported, or altogether too early."""
    window = item.deadline.window
    return too_early(item, day) or (window is not None and day < window[1])


def _past(item: Obligation, day: date) -> bool:
    """Whether a report on the data of a window comes after the day due."""
    return item.deadline.window is not None and item.due is not None and day > item.due


def _order(item: Obligation, each: _Proved) -> tuple[date, bool, int]:
    """What puts papers in order: of those of one day, in whatever row, one in time that arrived after says least."""
    return each.day, _came_late(item, each), each.paper.line


def _came_late(item: Obligation, each: _Proved) -> bool:
    """Whether a paper dated in time arrived after the day due."""
    received = each.paper.stamp.received
    return item.due is not None and received is not None and each.day <= item.due < received


def _codes(verdict: Verdict, item: Obligation, decisive: _Proved | None) -> tuple[str, ...]:
    """The C codes of a verdict (`tthc explain C01`); C05: dated in time, arrived after."""
    single = {"overdue": "C01", "late": "C02", "due_soon": "C03", "unclear": "C04"}.get(verdict)
    if verdict in ("on_time", "on_rolled_day") and decisive and _came_late(item, decisive):
        return ("C05",)
    return (single,) if single else ()
