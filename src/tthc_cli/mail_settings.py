"""How reminders are mailed: what the table `[mail]` of a workspace may say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from tthc_cli.addresses import read_address
from tthc_cli.setting_values import names, number, one_of, text
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

    def below(self, folder: Path) -> Mail:
        """The same with its paths taken from a folder."""
        paths = {name: getattr(self, name) for name in ("ca", "password_file", "ledger")}
        return self._replace(**{name: folder / path for name, path in paths.items() if path})


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


def _path(value: object) -> Path:
    return Path(text(value))


def _plain(value: object) -> str:
    """A text for one line of a message's head."""
    return " ".join(text(value).split())


MAIL: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "host": ("host", _plain),
    "port": ("port", number(1, 65535)),
    "security": ("security", one_of(*SECURITIES)),
    "ca": ("ca", _path),
    "user": ("user", _plain),
    "password_env": ("password_env", _plain),
    "password_file": ("password_file", _path),
    "from": ("sender", _address),
    "from_name": ("sender_name", _plain),
    "reply_to": ("reply_to", _address),
    "digest": ("digest", _addresses),
    "stages": ("stages", _stages),
    "again": ("again", number(1, LONGEST)),
    "new_within": ("new_within", number(0, LONGEST)),
    "timeout": ("timeout", number(1, 600)),
    "ledger": ("ledger", _path),
}
"""Each key of the table: the field it fills, and what reads its value."""
