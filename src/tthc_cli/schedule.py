"""The lines that let a machine run reminders by itself: for cron and for systemd."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import timedelta

from tthc_cli.tuples import NamedTuple
from tthc_cli.wording import fill
from tthc_cli.wording.reminders import CRON, SYSTEMD

_HOURS, _MINUTE = range(7, 17), 5
VIET_NAM = timedelta(hours=7)


class Machine(NamedTuple):
    """Where the lines are to run: absolute paths, the difference of its clock to UTC, its name for that, its user."""

    program: Sequence[str]
    workspace: str
    lock: str
    flock: str
    log: str
    offset: timedelta
    zone: str
    user: str
    mailto: str

    def command(self) -> list[str]:
        """The command, which ends at once where another run still works."""
        options = ["remind", "--workspace", self.workspace, "--on-working-days", "--log-file", self.log, "--quiet"]
        return [self.flock, "--nonblock", self.lock, *self.program, *options]


def cron(machine: Machine) -> str:
    """Lines for a user's crontab. Debian's cron knows no zone but the machine's, so that the hours are moved."""
    minutes = [hour * 60 + _MINUTE + (machine.offset - VIET_NAM) // timedelta(minutes=1) for hour in _HOURS]
    hours = ",".join(map(str, sorted(minute // 60 % 24 for minute in minutes)))
    # In a crontab "%" is a line's end.
    command = shlex.join(machine.command()).replace("%", r"\%")
    facts = {"zone": machine.zone, "mailto": machine.mailto, "minute": minutes[0] % 60, "hours": hours}
    return fill(CRON, {**facts, "command": command})


def systemd(machine: Machine) -> str:
    """A service and its timer, which knows zones and makes up for a run that was missed."""
    command = " ".join(_quoted(word) for word in machine.command())
    return fill(SYSTEMD, {"user": machine.user, "command": command})


def _quoted(word: str) -> str:
    """A word as systemd reads it: its own specifiers and variables taken as they stand."""
    plain = word.replace("\\", r"\\").replace('"', r"\"").replace("%", "%%").replace("$", "$$")
    return plain if plain == shlex.quote(plain) else f'"{plain}"'
