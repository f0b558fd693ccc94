"""What the days of a register's row say: its stamp, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import TypeVar

from tthc_cli.dates import read_date, seems_a_day
from tthc_cli.memory import MOST_REMEMBERED
from tthc_cli.records import Proof, Stamp
from tthc_cli.submissions import Cell
from tthc_cli.tuples import NamedTuple
from tthc_cli.understanding import Fault, Window

Member = TypeVar("Member")
DAYS = {"sent_on": "sent", "document_date": "document", "received_on": "received", "proposed_on": "proposed"}
"""The columns of days, each with what a stamp calls its day."""


class Stamped(NamedTuple):
    """What the days of a row say, and what is wrong with them.

    late: for which tasks the day that judges is after the day of the report, those signed by another body (True) or the
    others (False). doubtful: with day and month exchanged it may not be late.
    """

    stamp: Stamp
    faults: tuple[Fault, ...]
    late: frozenset[bool]
    doubtful: bool = False

    @property
    def sound(self) -> bool:
        """Whether nothing about them needs a closer look: there is a day, and each can be read and has come."""
        return not self.faults and not self.late

    @property
    def dated(self) -> bool:
        """Whether somebody wrote a day, be it one that cannot be read or is still to come."""
        return self.stamp.earliest is not None or any(seems_a_day(each.value) for each in self.faults if each.error)


class Stamping:
    """Reads days as they are known today, for a report of the day `as_of`; proof: which of them judges."""

    def __init__(self, today: date, as_of: date, proof: Proof) -> None:
        self.today, self.as_of, self.proof = today, as_of, proof
        self._day = lru_cache(MOST_REMEMBERED)(read_date)

    def of(self, cells: Mapping[str, Cell]) -> Stamped:
        """What these cells say, by their columns."""
        days: dict[str, date] = {}
        faults = []
        for name in filter(cells.__contains__, DAYS):
            cell = cells[name]
            try:
                day = cell if isinstance(cell, date) else self._day(cell)
            except ValueError:
                faults.append(Fault("R07", name, "not_a_date", str(cell)))
                continue
            if day and day > self.today:
                faults.append(Fault("R08", name, "after_today", str(cell).strip()))
            elif day:
                days[DAYS[name]] = day
        if not days and not faults:
            faults.append(Fault("R07", "sent_on", "no_date", ""))
        real = _shared(*(DAYS[name] for name, cell in cells.items() if isinstance(cell, date)))
        stamp = Stamp(**days, swappable=real)
        faults += _out_of_order(stamp, cells)
        late = {signed: name for signed in (False, True) if (name := self._late(stamp, signed))}
        exchanged = filter(None, map(stamp.exchanged, late.values()))
        return Stamped(stamp, tuple(faults), _shared(*late), any(day <= self.as_of for day in exchanged))

    def _late(self, stamp: Stamp, signed: bool) -> str:
        """The name of the day that judges a task, signed by another body or not, if it is after that of the report."""
        name, day = stamp.proving(self.proof, signed) or ("", self.as_of)
        return name if day > self.as_of else ""

    def before_window_end(self, windows: Iterable[Window], stamp: Stamp, cells: Mapping[str, Cell]) -> Iterator[Fault]:
        """What is wrong with a report dated before the data that it reports were complete."""
        for signed, (_, end) in windows:
            proved = stamp.proving(self.proof, signed)
            if proved and proved[1] < end:
                name = next(long for long, short in DAYS.items() if short == proved[0])
                facts = {"day": proved[1], "end": end}
                yield Fault("R14", name, "before_window_end", str(cells[name]).strip(), facts=facts)


@cache
def _shared(*members: Member) -> frozenset[Member]:
    """The set of these, one for all rows: one a row would take more room than the days beside it, even if empty."""
    return frozenset(members)


def _out_of_order(stamp: Stamp, cells: Mapping[str, Cell]) -> Iterator[Fault]:
    if stamp.sent and stamp.document and stamp.sent < stamp.document:
        facts = {"sent": stamp.sent, "document": stamp.document}
        yield Fault("R13", "sent_on", "sent_before_document", str(cells["sent_on"]).strip(), facts=facts)
    if stamp.received and stamp.sent and stamp.received < stamp.sent:
        facts = {"sent": stamp.sent, "received": stamp.received}
        yield Fault("R13", "received_on", "received_before_sent", str(cells["received_on"]).strip(), facts=facts)
