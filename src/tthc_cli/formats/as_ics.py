"""A calendar (iCalendar, RFC 5545) that calendar programs take in once and, from a later report, bring up to date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from tthc_cli.report import Agenda, Entry, Report

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_SPACE = UUID("6f2c3c1e-5d0b-5a53-9d53-0b9c5a1f7c20")
"""The namespace of our identifiers; it never changes, or every calendar would hold every duty twice."""
_MORNING = timedelta(hours=8)
_EPOCH, _SPAN = date(2000, 1, 1), 40_000


def render(report: Report, terminal: object = None) -> Iterable[str]:
    """The whole calendar."""
    from icalendar import Calendar

    assert report.agenda
    agenda = report.agenda()
    calendar = Calendar()
    calendar.add("prodid", "-//tthc//tthc//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", agenda.name)
    calendar.add("name", agenda.name)
    for entry in agenda.entries:
        calendar.add_component(_event(entry, agenda))
    return (calendar.to_ical().decode(),)


def _event(entry: Entry, agenda: Agenda) -> Event:
    from icalendar import Event

    stamp = datetime.combine(agenda.as_of, time(), UTC)
    event = Event()
    event.add("uid", str(uuid5(_SPACE, entry.key)))
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", sequence(agenda.as_of, entry.day))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", "\n".join(entry.lines))
    event.add("categories", [entry.group])
    event.add("status", "TENTATIVE" if entry.tentative else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a last day takes up nobody's time
    for day in entry.alarms:
        event.add_component(_alarm(entry, day))
    return event


def _alarm(entry: Entry, day: date) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", day - entry.day + _MORNING)
    return alarm


def sequence(as_of: date, day: date) -> int:
    """The number by which a calendar program tells the newer of two events with one UID (RFC 5545, 3.8.7.4).

    Nothing is remembered between runs, so it is made of what the report knows: a report of a later day beats one of an
    earlier day, and of two reports of one day the one with the later date wins, as when an extension was entered.
    """
    known, falls = (max((each - _EPOCH).days, 0) for each in (as_of, day))
    return known * _SPAN + min(falls, _SPAN - 1)
