"""Whether a breach stands under every accepted reading, and if not, what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

from tthc_cli.obligations import World
from tthc_cli.records import PROOFS, DayOff, Obligation, Paper

READINGS = (
    "before_excludes_day",
    "day_off",
    "proof",
    "period_end",
    "register_lag",
    "signature",
    "day_month",
    "extension",
)
SHORT_PROCEDURE = timedelta(days=3)
"""A document in force on signing is announced within so many days after (NĐ 63/2010/NĐ-CP, Điều 15, as amended)."""


def rests_on(item: Obligation, papers: list[Paper], world: World) -> tuple[str, ...]:
    """Readings that a breach rests on: those of every smallest combination under which it falls. Empty: firm."""
    alone = set(_always(item, papers))
    open_readings = [name for name in READINGS if name not in alone and _matters(name, item, papers, world)]
    smallest: list[frozenset[str]] = []
    for size in range(1, len(open_readings) + 1):
        for chosen in map(frozenset, combinations(open_readings, size)):
            if not any(found <= chosen for found in smallest) and _falls(item, papers, world, chosen):
                smallest.append(chosen)
    named = alone.union(*smallest)
    return tuple(name for name in READINGS if name in named)


def _always(item: Obligation, papers: list[Paper]) -> Iterator[str]:
    if item.deadline.no_day and not item.extended:
        yield "period_end"
    if item.facts.signed_by and not any(paper.stamp.proposed for paper in papers):
        yield "signature"
    if item.asked:
        yield "extension"


def _matters(name: str, item: Obligation, papers: list[Paper], world: World) -> bool:
    match name:
        case "before_excludes_day":
            return item.deadline.excluded
        case "day_off":
            return world.reading.day_off == "stay"
        case "register_lag":
            return world.reading.register_lag > 0 and (not papers or any(_only_arrival(paper) for paper in papers))
        case "proof":
            return bool(papers)
        case "day_month":
            return any(paper.stamp.swappable for paper in papers)
        case _:
            return False


def _falls(item: Obligation, papers: list[Paper], world: World, chosen: frozenset[str]) -> bool:
    """Whether the breach falls when these readings are taken the other way."""
    reading = world.reading
    before = reading.before_excludes_day != ("before_excludes_day" in chosen)
    off: DayOff = "next" if "day_off" in chosen else reading.day_off
    due = item.dues[before, off]
    lagged = world.calendar.add(due, reading.register_lag) if "register_lag" in chosen else due
    if not papers:
        return world.as_of <= max(lagged, _grace_ends(item, world, chosen) or lagged)
    for paper in papers:
        arrived = _only_arrival(paper)
        limit = lagged if arrived else due
        ends = _grace_ends(item, world, chosen if arrived else frozenset())
        for day in _days(item, paper, world, chosen):
            effect = item.deadline.effect
            if day <= limit or (effect and ends and effect <= day <= ends):
                return True
    return False


def _grace_ends(item: Obligation, world: World, chosen: frozenset[str]) -> date | None:
    """The last day of the short procedure, by which a paper may also have been sent."""
    if item.deadline.effect is None:
        return None
    last = item.deadline.effect + SHORT_PROCEDURE
    return world.calendar.add(last, world.reading.register_lag) if "register_lag" in chosen else last


def _days(item: Obligation, paper: Paper, world: World, chosen: Iterable[str]) -> Iterator[date]:
    proved = paper.stamp.proving(world.reading.proof, bool(item.facts.signed_by))
    assert proved
    names = [proved[0]]
    if "proof" in chosen:
        names += [name for name in PROOFS if name != proved[0]]
    for name in names:
        day = getattr(paper.stamp, name)
        if day is None:
            continue
        yield day
        if "day_month" in chosen and (exchanged := paper.stamp.exchanged(name)):
            yield exchanged


def _only_arrival(paper: Paper) -> bool:
    stamp = paper.stamp
    return stamp.received is not None and not (stamp.sent or stamp.document or stamp.proposed)


def in_short_procedure(item: Obligation, day: date) -> bool:
    """On the day of effect or within three days after it, as a document in force on signing allows (NĐ 92/2017)."""
    effect = item.deadline.effect
    return effect is not None and effect <= day <= effect + SHORT_PROCEDURE
