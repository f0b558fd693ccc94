"""The days that a phrase gives in a year: what a plan's duty would be due by, were these its words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tthc_cli.obligations import due, stated
from tthc_cli.phrases import Phrase
from tthc_cli.records import Deadline, Event, Reading
from tthc_cli.rules import AnyRule, Setting
from tthc_cli.tuples import NamedTuple
from tthc_cli.workdays import Calendar


class PhraseDay(NamedTuple):
    """One deadline of a phrase. period: of a recurring duty; awaits: the words of the event that it still waits for.

    stated, due, act_by: as of an obligation; None where no day is known.
    """

    period: str | None
    stated: date | None
    due: date | None
    act_by: date | None
    awaits: str | None


class PhraseDays:
    """Finds the deadlines of phrases by one calendar and reading; event_date: on which every event happens."""

    def __init__(self, calendar: Calendar, reading: Reading, event_date: date | None = None) -> None:
        self.calendar, self.reading, self.event_date = calendar, reading, event_date
        self._known: dict[tuple[AnyRule, int], tuple[PhraseDay, ...]] = {}

    def of(self, phrase: Phrase, year: int) -> tuple[PhraseDay, ...]:
        """The deadlines of a phrase that is understood, those of undated rules only where there is no other."""
        if not phrase.understood:
            return ()
        rules = [rule for rule in phrase.rules if rule.dated] or phrase.rules
        return tuple([day for rule in rules for day in self._of_rule(rule, year)])

    def _of_rule(self, rule: AnyRule, year: int) -> tuple[PhraseDay, ...]:
        key = rule, year
        if key not in self._known:
            try:
                self._known[key] = tuple(self._new(rule, year))
            except (ValueError, OverflowError):  # beyond the days that there are
                self._known[key] = ()
        return self._known[key]

    def _new(self, rule: AnyRule, year: int) -> Iterator[PhraseDay]:
        kind = rule.awaited()
        happened = {kind: (Event("", kind, self.event_date),)} if kind and self.event_date else {}
        for deadline in rule.deadlines(Setting(year, self.calendar, happened)):
            if deadline.standing == "awaiting_event":
                yield PhraseDay(None, None, None, None, kind)
            elif deadline.day:
                yield self._dated(deadline, deadline.occasion or None)

    def _dated(self, deadline: Deadline, period: str | None) -> PhraseDay:
        last = stated(deadline, self.reading)
        if deadline.event:
            period = None
        if deadline.condition and not self.event_date:
            return PhraseDay(period, last, None, None, deadline.condition)
        if deadline.condition and self.event_date and self.event_date >= last:
            return PhraseDay(period, last, None, None, None)
        return PhraseDay(period, last, due(deadline, self.reading, self.calendar), self.calendar.back(last), None)
