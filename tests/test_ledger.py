"""The ledger: one claim for one message, whoever asks at the same time, and clear words where the file fails."""

from __future__ import annotations

import os
import re
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from tests.offices import ROOT
from tests.test_reminding import DUE, Duty, said_on
from tthc_cli import ledger as ledger_module
from tthc_cli.deliveries import OPEN, Draft, Reply
from tthc_cli.errors import InputError, OutputError, TthcError
from tthc_cli.ledger import Ledger, _address, alone
from tthc_cli.reminding import Said
from tthc_cli.wording.problems import trouble

DAY = date(2021, 3, 22)
NOW = datetime(2021, 3, 22, 7, 5, tzinfo=timezone(timedelta(hours=7)))
PLAN = "ben-tre-2021"
SENT, KEPT, REFUSED = Reply("sent", "250 OK"), Reply("kept", "450 later"), Reply("refused", "550 no")
ADDRESS = "a@so-a.example"


def opened(path: Path, now: datetime = NOW, day: date = DAY) -> Ledger:
    return Ledger.open(path, PLAN, now, day)


def draft(told: tuple[Said, ...], day: date = DAY) -> Draft | None:
    reminder = said_on(day, [Duty("XI.1", DUE)], told)
    return Draft(reminder, reminder.identity(PLAN), "[TTHC] Sở A", b"") if reminder else None


def claimed(ledger: Ledger) -> Draft:
    found = ledger.claim("so-a", NOW, draft)
    assert found
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "remind.sqlite"


def test_what_was_claimed_is_not_claimed_again(path: Path) -> None:
    with opened(path) as ledger:
        with Ledger.look(path, PLAN) as looked:
            assert looked
        claimed(ledger)
        assert ledger.claim("so-a", NOW, draft) is None
    with opened(path) as ledger:
        assert ledger.claim("so-a", NOW, draft) is None
        (entry,) = ledger.entries(*OPEN)
        assert (entry.agency, entry.address, entry.state, entry.day) == ("so-a", ADDRESS, "claimed", DAY)
        assert [said.key for said in ledger.told("so-a")] == ["XI.1/so-a"]
        assert ledger.told("so-b") == ()


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PurePosixPath("/so 2021/a?b#c%d.sqlite"), "file:///so%202021/a%3Fb%23c%25d.sqlite?mode=rw"),
        (PurePosixPath(os.fsdecode(b"/s\xe1.sqlite")), "file:///s%E1.sqlite?mode=rw"),  # no UTF-8
        (PureWindowsPath(r"D:\so\remind.sqlite"), "file:///D:/so/remind.sqlite?mode=rw"),
        (PureWindowsPath(r"\\may\so chung\remind.sqlite"), "file:////may/so%20chung/remind.sqlite?mode=rw"),
    ],
)
def test_where_a_ledger_lies(path: PurePath, address: str) -> None:
    """A host in the address of a file is an error to SQLite."""
    assert _address(path) == address


def test_of_two_programs_at_once_one_sends(path: Path) -> None:
    opened(path).__exit__(None, None, None)

    def once(_: int) -> bool:
        with opened(path) as ledger:
            return ledger.claim("so-a", NOW, draft) is not None

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(once, range(16))) == [False] * 15 + [True]


def test_what_did_not_leave_was_not_said(path: Path) -> None:
    with opened(path) as ledger:
        first = claimed(ledger)
        ledger.settle(first.id, {ADDRESS: KEPT}, NOW)
        assert (ledger.told(), ledger.entries(*OPEN)) == ((), ())
        assert claimed(ledger).id == first.id
        ledger.settle(first.id, {ADDRESS: SENT}, NOW)
        assert ledger.claim("so-a", NOW, draft) is None
        assert [entry.reply for entry in ledger.entries("sent")] == ["250 OK"]


def test_what_was_refused_is_for_a_person(path: Path) -> None:
    with opened(path) as ledger:
        ledger.settle(claimed(ledger).id, {ADDRESS: REFUSED}, NOW)
        assert ledger.claim("so-a", NOW, draft) is None
        assert [(entry.state, entry.reply) for entry in ledger.entries(*OPEN)] == [("refused", "550 no")]


def test_another_plan_has_its_own_lines(path: Path) -> None:
    with opened(path) as ledger:
        claimed(ledger)
    with Ledger.open(path, "vinh-long-2022", NOW, date(2021, 1, 4)) as other:
        assert other.told() == ()


def test_a_draft_that_fails_claims_nothing(path: Path) -> None:
    def fails(_: tuple[Said, ...]) -> Draft | None:
        raise RuntimeError

    with opened(path) as ledger:
        with pytest.raises(RuntimeError):
            ledger.claim("so-a", NOW, fails)
        claimed(ledger)


@pytest.mark.parametrize(
    ("now", "day", "code"),
    [
        (NOW - timedelta(minutes=6), DAY, "ledger_clock_back"),
        (NOW - timedelta(days=400), DAY, "ledger_clock_back"),
        (NOW, DAY - timedelta(days=1), "ledger_day_back"),
    ],
)
def test_a_clock_set_back(path: Path, now: datetime, day: date, code: str) -> None:
    with opened(path) as ledger:
        claimed(ledger)
    with pytest.raises(InputError) as raised:
        opened(path, now, day)
    assert raised.value.troubles[0].code == code
    opened(path, NOW - timedelta(minutes=4)).__exit__(None, None, None)


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE other (x)")
    base.close()


def _newer(path: Path) -> None:
    opened(path).__exit__(None, None, None)
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA user_version = 99")
    base.close()


def _torn(path: Path) -> None:
    with opened(path) as ledger:
        claimed(ledger)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + b"\xff" * 600)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: path.write_bytes(b"no database at all" * 300), "ledger_damaged"),
        (_torn, "ledger_damaged"),
        (_foreign, "ledger_foreign"),
        (_newer, "ledger_newer"),
        (lambda path: path.mkdir(), "ledger_read_only"),
    ],
)
def test_a_file_that_is_no_ledger(path: Path, spoil: Callable[[Path], object], code: str) -> None:
    spoil(path)
    with pytest.raises(TthcError) as raised:
        opened(path)
    assert (raised.value.exit_code, raised.value.troubles[0].code) == (3, code)
    told = trouble(raised.value.troubles[0])
    assert "\n" not in told
    assert "Sổ gửi thư" in told or "sổ gửi thư" in told
    assert not re.search(r"unable|file is|malformed|database", told)


def test_a_folder_is_no_ledger(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    with alone(Path()) as free:
        assert free
        with pytest.raises(OutputError) as raised:
            opened(Path())
    assert raised.value.troubles[0].code == "ledger_read_only"


def test_one_run_at_a_time(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "_WAIT", 0.1)
    with alone(path) as free:
        assert free
        with alone(path) as other:
            assert not other
    with alone(path) as free:
        assert free
    with pytest.raises(OutputError) as raised, alone(path / "no" / "remind.sqlite"):
        pass
    assert raised.value.troubles[0].code == "ledger_read_only"


def test_a_locked_ledger(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "_WAIT", 0.1)
    with opened(path) as ledger:
        claimed(ledger)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OutputError) as raised:
            opened(path)
        assert raised.value.troubles[0].code == "ledger_locked"
        other.close()


def test_a_ledger_that_cannot_be_written(path: Path) -> None:
    """As another user than root, whom nothing keeps from writing."""
    with opened(path) as ledger:
        claimed(ledger)
    path.parent.chmod(0o755)
    path.chmod(0o444)
    done = _elsewhere(path, "import os; os.getuid() or os.setuid(65534)")
    assert done.stdout.split() == ["ledger_read_only", "3"], done.stderr


def test_a_full_disk(path: Path) -> None:
    with opened(path):
        pass
    size = path.stat().st_size
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {resource.RLIM_INFINITY}))"
    done = _elsewhere(path, limit)
    assert done.stdout.split() == ["ledger_full", "3"], done.stderr
    with opened(path) as ledger:
        assert ledger.told() == ()
        claimed(ledger)


def _elsewhere(path: Path, before: str) -> subprocess.CompletedProcess[str]:
    """Claim in another process; it prints what went wrong."""
    code = f"""
from pathlib import Path
from tests.test_ledger import opened, claimed
from tthc_cli.errors import TthcError
import sqlite3
{before}
try:
    with opened(Path({str(path)!r})) as ledger:
        claimed(ledger)
except TthcError as error:
    print(error.troubles[0].code, error.exit_code)
"""
    paths = f"{ROOT}:{ROOT / 'src'}"
    return subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": paths}, capture_output=True, text=True, check=False
    )
