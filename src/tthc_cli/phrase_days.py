"""The days that a phrase gives in a year: what a plan's duty would be due by, were these its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tthc_cli.obligations import due, stated
from tthc_cli.phrases import Phrase
from tthc_cli.records import Deadline, Event, Reading
from tthc_cli.rules import AnyRule, Setting
from tthc_cli.workdays import Calendar


@dataclass(frozen=True, slots=True)
class PhraseDay:
    """One deadline of a phrase. period: of a recurring duty; awaits: the words of the event that it still waits for.

    stated, due, act_by: as of an obligation; None where no day is known.
    """

    period: str | None
    stated: date | None
    due: date | None
    act_by: date | None
    awaits: str | None


def phrase_days(
    phrase: Phrase, year: int, calendar: Calendar, reading: Reading, event_date: date | None = None
) -> tuple[PhraseDay, ...]:
    """The deadlines of a phrase, those of undated rules only where there is no other; event_date: of every event."""
    rules = [rule for rule in phrase.rules if rule.dated] or phrase.rules
    return tuple(day for rule in rules for day in _days(rule, year, calendar, reading, event_date))


def _days(
    rule: AnyRule, year: int, calendar: Calendar, reading: Reading, event_date: date | None
) -> Iterator[PhraseDay]:
    kind = rule.awaited()
    happened = {kind: (Event("", kind, event_date),)} if kind and event_date else {}
    for deadline in rule.deadlines(Setting(year, calendar, happened)):
        if deadline.standing == "awaiting_event":
            yield PhraseDay(None, None, None, None, kind)
        elif deadline.day:
            yield _dated(deadline, calendar, reading, event_date)


def _dated(deadline: Deadline, calendar: Calendar, reading: Reading, event_date: date | None) -> PhraseDay:
    period, last = deadline.occasion or None, stated(deadline, reading)
    if deadline.condition and not event_date:
        return PhraseDay(period, last, None, None, deadline.condition)
    if deadline.condition and event_date and event_date >= last:
        return PhraseDay(period, None, None, None, None)
    return PhraseDay(period, last, due(deadline, reading, calendar), calendar.back(last), None)
