"""The ledger of reminders: what was said to whom, claimed before a message leaves and confirmed after (SQLite)."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path, PurePath
from types import TracebackType
from urllib.parse import quote

from tthc_cli.deliveries import Draft, Entry, Reply, State
from tthc_cli.errors import InputError, OutputError, Trouble
from tthc_cli.reminding import Said
from tthc_cli.wording import moment

_APPLICATION, _VERSION = 0x74746863, 1
_WAIT = 10.0
_RUN = ".run"
_BACK = timedelta(minutes=5)
_SCHEMA = """
CREATE TABLE message (
    plan TEXT NOT NULL, id TEXT NOT NULL, agency TEXT NOT NULL, slot TEXT NOT NULL, day TEXT NOT NULL,
    subject TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (plan, id)
) STRICT;
CREATE TABLE recipient (
    plan TEXT NOT NULL, message TEXT NOT NULL, address TEXT NOT NULL, at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('claimed', 'sent', 'kept', 'refused')), reply TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (plan, message, address), FOREIGN KEY (plan, message) REFERENCES message (plan, id)
) STRICT;
CREATE TABLE said (
    plan TEXT NOT NULL, agency TEXT NOT NULL, address TEXT NOT NULL, key TEXT NOT NULL, due TEXT, stage TEXT NOT NULL,
    day TEXT NOT NULL, slot TEXT NOT NULL, message TEXT NOT NULL,
    PRIMARY KEY (plan, agency, address, key, slot), FOREIGN KEY (plan, message) REFERENCES message (plan, id)
) STRICT;
"""


class Ledger:
    """The ledger of one plan. Every method raises an OutputError where the file cannot be used."""

    def __init__(self, path: Path, plan: str, base: sqlite3.Connection) -> None:
        self.path, self.plan, self._base = path, plan, base

    @classmethod
    def open(cls, path: Path, plan: str, now: datetime, day: date) -> Ledger:
        """Open the ledger, made anew where there is none; an InputError where the clock stands before it."""
        with _told(path):
            ledger = cls(path, plan, _connected(path))
            try:
                with ledger._writing():
                    ledger._prepare()
                ledger._not_before(now, day)
            except BaseException:
                ledger._base.close()
                raise
        return ledger

    @classmethod
    @contextmanager
    def look(cls, path: Path, plan: str) -> Iterator[Ledger | None]:
        """The ledger only to be read, until the end of the block; None where there is none yet."""
        if not path.exists():
            yield None
            return
        with _told(path):
            base = sqlite3.connect(_address(path.resolve()), timeout=_WAIT, isolation_level=None, uri=True)
        with cls(path, plan, base) as ledger:
            with _told(path):
                found = ledger._holds_anything()
            yield ledger if found else None

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._base.close()

    def told(self, agency: str | None = None) -> tuple[Said, ...]:
        """What was said, or may have been, to one agency or to all."""
        with _told(self.path):
            rows = self._base.execute(
                "SELECT agency, address, key, due, stage, day, slot FROM said "
                "WHERE plan = ? AND agency = coalesce(?, agency)",
                (self.plan, agency),
            ).fetchall()
        return tuple(
            Said(agency, address, key, due and date.fromisoformat(due), stage, date.fromisoformat(day), slot)
            for agency, address, key, due, stage, day, slot in rows
        )

    def claim(self, agency: str, now: datetime, draft: Callable[[tuple[Said, ...]], Draft | None]) -> Draft | None:
        """Record that a message is about to leave; None where, by what was said up to now, there is none to send.

        Looking and recording are one step, so that of two programs at once only one sends.
        """
        with _told(self.path), self._writing():
            told = self.told(agency)
            found = draft(told)
            if found:
                self._record(found, found.reminder.says(told), now.isoformat(timespec="seconds"))
        return found

    def _record(self, draft: Draft, said: Iterable[Said], at: str) -> None:
        """Strict inserts: what is there already would be a second message, and breaks off the claim."""
        reminder = draft.reminder
        self._base.execute(
            "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
            "(slot, day, subject, at) = (excluded.slot, excluded.day, excluded.subject, excluded.at)",
            (self.plan, draft.id, reminder.agency, reminder.slot, reminder.day.isoformat(), draft.subject, at),
        )
        for address in reminder.addresses:
            self._base.execute("DELETE FROM recipient WHERE (plan, message, address, state) = (?, ?, ?, 'kept')",
                               (self.plan, draft.id, address))  # fmt: skip
            self._base.execute("INSERT INTO recipient VALUES (?, ?, ?, ?, 'claimed', '')",
                               (self.plan, draft.id, address, at))  # fmt: skip
        rows = ((self.plan, s.agency, s.address, s.key, s.due and s.due.isoformat(), s.stage, s.day.isoformat(), s.slot,
                 draft.id) for s in said)  # fmt: skip
        self._base.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def settle(self, message: str, replies: Mapping[str, Reply], now: datetime) -> None:
        """Record what became of a message at each address; where it did not leave, nothing was said."""
        with _told(self.path), self._writing():
            for address, (state, text) in replies.items():
                self._base.execute(
                    "UPDATE recipient SET state = ?, reply = ?, at = ? WHERE (plan, message, address) = (?, ?, ?)",
                    (state, text, now.isoformat(timespec="seconds"), self.plan, message, address),
                )
                if state == "kept":
                    self._base.execute("DELETE FROM said WHERE (plan, message, address) = (?, ?, ?)",
                                       (self.plan, message, address))  # fmt: skip

    def entries(self, *states: State) -> tuple[Entry, ...]:
        """The messages in these states at their addresses, the oldest first."""
        with _told(self.path):
            rows = self._base.execute(
                "SELECT m.id, m.agency, r.address, r.state, m.subject, m.day, r.at, r.reply FROM recipient r "
                "JOIN message m ON (m.plan, m.id) = (r.plan, r.message) WHERE r.plan = ? "
                "AND instr(?, r.state) ORDER BY m.day, m.agency, r.address",
                (self.plan, " ".join(states)),
            ).fetchall()
        return tuple(Entry(*row)._replace(day=date.fromisoformat(row[5])) for row in rows)

    def _prepare(self) -> None:
        if self._holds_anything():
            (state,) = self._base.execute("PRAGMA quick_check(1)").fetchone()
            if state != "ok":
                raise sqlite3.DatabaseError(state)
            return
        for statement in _SCHEMA.split(";"):
            self._base.execute(statement)
        self._base.execute(f"PRAGMA application_id = {_APPLICATION}")
        self._base.execute(f"PRAGMA user_version = {_VERSION}")

    def _holds_anything(self) -> bool:
        """Whether the file is a ledger, not a new one; an InputError for another program's file."""
        marks = [self._base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        (tables,) = self._base.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if not tables and marks == [0, 0]:
            return False
        if marks != [_APPLICATION, _VERSION]:
            newer = marks[0] == _APPLICATION and marks[1] > _VERSION
            raise InputError(Trouble(str(self.path), "ledger_newer" if newer else "ledger_foreign"))
        return True

    def _not_before(self, now: datetime, day: date) -> None:
        """A clock that was set back would say again what was said, or count too few days."""
        with _told(self.path):
            (said,) = self._base.execute("SELECT max(at) FROM recipient").fetchone()
            (latest,) = self._base.execute("SELECT max(day) FROM message WHERE plan = ?", (self.plan,)).fetchone()
        if said and now + _BACK < datetime.fromisoformat(said):
            then = datetime.fromisoformat(said)
            facts = {"now": moment(now), "then": moment(then)}
            raise InputError(Trouble(str(self.path), "ledger_clock_back", facts=facts))
        if latest and day < date.fromisoformat(latest):
            last = {"day": day, "latest": date.fromisoformat(latest)}
            raise InputError(Trouble(str(self.path), "ledger_day_back", facts=last))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All or nothing; nobody else writes meanwhile."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._base.execute("COMMIT")
        except BaseException:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            raise


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Whether this is the one run at work on a ledger, waited for a little; nobody else begins one meanwhile.

    A file of its own is locked, since the ledger is written while a run goes on; the system frees it when a program
    dies, so that what a claim says of a run at its beginning is of one that is over.
    """
    beside = path.parent / f"{path.name}{_RUN}"
    with _told(beside):
        base = sqlite3.connect(beside, timeout=_WAIT, isolation_level=None)
    try:
        with _told(beside):
            free = _held(base)
        yield free
    finally:
        base.close()


def _held(base: sqlite3.Connection) -> bool:
    try:
        base.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_BUSY":
            return False
        raise
    return True


def _address(path: PurePath) -> str:
    """The URL by which a file is opened only where it is there; of a shared folder of Windows, none with a host.

    Not "ro": what a killed program left half-written is taken back by whoever opens the file next.
    """
    place = path.as_posix()
    return f"file://{'' if place.startswith('/') else '/'}{quote(os.fsencode(place), safe='/:')}?mode=rw"


def _connected(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        # What is claimed must stand on the disk before anything leaves, even if the power goes.
        base.execute("PRAGMA synchronous = EXTRA")
        base.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        base.close()
        raise
    return base


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the library says of a file, as an error of this program."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        raise OutputError(Trouble(str(path), _code(name))) from error


def _code(name: str) -> str:
    kinds = {
        "SQLITE_BUSY": "ledger_locked",
        "SQLITE_LOCKED": "ledger_locked",
        "SQLITE_READONLY": "ledger_read_only",
        "SQLITE_PERM": "ledger_read_only",
        "SQLITE_CANTOPEN": "ledger_read_only",
        "SQLITE_FULL": "ledger_full",
        "SQLITE_IOERR": "ledger_full",
    }
    return next((code for start, code in kinds.items() if name.startswith(start)), "ledger_damaged")
