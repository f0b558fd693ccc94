"""What becomes of reminders on their way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from tthc_cli.errors import Trouble
from tthc_cli.records import NOTHING
from tthc_cli.reminding import Recipients, Reminder
from tthc_cli.tuples import NamedTuple

State = Literal["claimed", "sent", "kept", "refused"]
"""Of a message at one address. claimed: it may have left, nobody knows; sent: the server answers for it now;
kept: it did not leave, and may later; refused: it is not wanted (5xx)."""
OPEN: tuple[State, ...] = ("claimed", "refused")
"""What a person must look at."""


class Reply(NamedTuple):
    """What became of a message at one address, and the server's words."""

    state: State
    text: str = ""


_TAKEN = Reply("sent")


class Draft(NamedTuple):
    """A message ready to leave: what it says, under which id, and its bytes."""

    reminder: Reminder
    id: str
    subject: str
    data: bytes


class Delivery(NamedTuple):
    """One message of a run. replies: by address; trouble: why it was not even tried."""

    name: str
    who: Recipients
    reminder: Reminder
    draft: Draft | None = None
    replies: Mapping[str, Reply] = NOTHING
    trouble: Trouble | None = None

    @property
    def reached(self) -> tuple[str, ...]:
        """The addresses for which the server took it; of one that is only drafted, all."""
        if self.trouble:
            return ()
        return tuple(each for each in self.reminder.addresses if self.replies.get(each, _TAKEN).state == "sent")

    @property
    def arrived(self) -> bool:
        """Whether the server took it for every address."""
        return self.reached == self.reminder.addresses


class Entry(NamedTuple):
    """One message at one address, as the ledger has it."""

    message: str
    agency: str
    address: str
    state: State
    subject: str
    day: date
    at: str
    reply: str
