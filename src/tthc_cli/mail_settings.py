"""How reminders are mailed: what the table `[mail]` of a workspace may say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from tthc_cli.addresses import read_address
from tthc_cli.setting_values import Keys, line, names, number, one_of, path, text
from tthc_cli.tuples import NamedTuple
from tthc_cli.written import Unsound

Security = Literal["starttls", "tls", "none"]
SECURITIES: tuple[Security, ...] = ("starttls", "tls", "none")
PORTS: Mapping[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
PASSWORD = "TTHC_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
STAGES = (7, 1, 0)
LONGEST = 60


class Mail(NamedTuple):
    """How mail leaves.

    sender: the address that mail comes from, and that the answers and the bounces go to unless `reply_to` is given;
    digest: who gets the summary of a run; stages: working days before the day to act by on which a duty is named;
    again: working days after which what is overdue is named again; new_within: working days for which a duty without
    a day counts as newly arisen, 0 for never; timeout: seconds that a server may take to answer.
    """

    host: str = ""
    port: int | None = None
    security: Security = "starttls"
    ca: Path | None = None
    user: str = ""
    password_env: str = PASSWORD
    password_file: Path | None = None
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    digest: tuple[str, ...] = ()
    stages: tuple[int, ...] = STAGES
    again: int = 5
    new_within: int = 10
    timeout: int = 30
    ledger: Path = Path("remind.sqlite")

    @property
    def at_port(self) -> int:
        """The port asked for, else the usual one."""
        return self.port or PORTS[self.security]


def _address(value: object) -> str:
    try:
        return read_address(text(value))
    except ValueError:
        raise Unsound("setting_address", value=str(value)) from None


def _addresses(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_address(name) for name in names(value)))


def _stages(value: object) -> tuple[int, ...]:
    """Working days, the most first."""
    if not isinstance(value, list) or not value:
        raise Unsound("setting_type", value=str(value), expected="list")
    return tuple(sorted({number(0, LONGEST)(item) for item in value}, reverse=True))


MAIL: Keys = {
    "host": ("host", line),
    "port": ("port", number(1, 65535)),
    "security": ("security", one_of(*SECURITIES)),
    "ca": ("ca", path),
    "user": ("user", line),
    "password_env": ("password_env", line),
    "password_file": ("password_file", path),
    "from": ("sender", _address),
    "from_name": ("sender_name", line),
    "reply_to": ("reply_to", _address),
    "digest": ("digest", _addresses),
    "stages": ("stages", _stages),
    "again": ("again", number(1, LONGEST)),
    "new_within": ("new_within", number(0, LONGEST)),
    "timeout": ("timeout", number(1, 600)),
    "ledger": ("ledger", path),
}
MAIL_PATHS = tuple(field for field, read in MAIL.values() if read is path)
