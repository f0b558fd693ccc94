"""`tthc remind` as cron starts it, against a real mail server."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar

from tests.mail_server import PASSWORD, MailServer
from tests.offices import OVERDUE, UNITS, Office

HOME = {unit: f"van-thu@{unit}.example" for unit in UNITS}
FIRST, SECOND = HOME["so-noi-vu"], HOME["so-tu-phap"]
DIGEST = "kstt@vp.example"
STEPS = {
    # Where the process is killed: how many messages the server then has, and how many nobody knows of.
    "LOGIN": (0, 0),
    "MAIL": (0, 1),
    "RCPT": (0, 1),
    "DATA": (0, 1),
    "received": (1, 1),
    "stored": (1, 1),
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with MailServer(tmp_path) as server:
        yield server


@pytest.fixture
def office(server: MailServer, tmp_path: Path) -> Office:
    return Office(tmp_path, server)


def counts(server: MailServer) -> dict[str, int]:
    return {address: len(mails) for address, mails in server.by_address().items()}


def test_each_agency_once(office: Office, server: MailServer) -> None:
    office.write_settings(digest=DIGEST)
    done = office("-q", XDG_CACHE_HOME="")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    assert counts(server) == dict.fromkeys((*HOME.values(), DIGEST), 1)
    assert [(again.returncode, again.stdout, again.stderr) for again in (office("-q"), office("-q"))] == [
        (0, "", "")
    ] * 2
    assert "không có gì mới" in office().stdout
    assert len(server.box) == len(UNITS) + 1


def test_what_a_message_looks_like(office: Office, server: MailServer) -> None:
    office("--agency", "Sở Y tế")
    (mail,) = server.box
    head = mail.message
    assert str(head["Subject"]) == "[TTHC] Sở Y tế: 1 quá hạn (nhắc lần 1)"
    assert [str(address) for address in head["To"].addresses] == [f"Sở Y tế <{HOME['so-y-te']}>"]
    assert head["Auto-Submitted"] == "auto-generated"
    assert head["Date"].endswith("+0700")
    assert mail.sender == head["From"].addresses[0].addr_spec == "kstt@vp.example"
    assert [part.get_content_type() for part in head.iter_parts()] == ["text/plain", "text/html"]
    assert "XI.1/so-y-te/2021-Q1" in mail.text
    assert "đã quá 6 ngày" in mail.text
    html = head.get_body(("html",))
    assert html
    assert "XI.1/so-y-te/2021-Q1" in html.get_content()


def test_what_was_answered_this_morning_is_not_chased(office: Office, server: MailServer) -> None:
    office.write_register("so-noi-vu", "so-y-te")
    office()
    assert set(counts(server)) == {HOME[unit] for unit in UNITS if unit not in ("so-noi-vu", "so-y-te")}


def test_a_dry_run_and_files_say_what_would_go(office: Office, server: MailServer, tmp_path: Path) -> None:
    plan = json.loads(office("--dry-run", "-f", "json", force=False).stdout)
    assert (plan["schema"], plan["mode"]) == ("tthc.remind/1", "would")
    found = {message["agency"]: message for message in plan["messages"]}
    assert set(found) == set(UNITS)
    assert found["so-y-te"]["overdue"] == ["XI.1/so-y-te/2021-Q1"]
    assert found["so-y-te"]["because"] == {"XI.1/so-y-te/2021-Q1": "first"}
    assert "Sở Xây dựng" in plan["without_address"]
    assert office("--eml", str(tmp_path / "thu"), force=False).returncode == 0
    written = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in (tmp_path / "thu").iterdir()]
    ids = {f"<{message['message_id']}@vp.example>" for message in plan["messages"]}
    assert {str(message["Message-ID"]) for message in written} == ids
    assert not server.box
    assert not (tmp_path / "remind.sqlite").exists()
    office()
    assert {mail.id for mail in server.box} == ids


def test_a_year_that_is_over_and_a_day_that_is_not_today(office: Office, server: MailServer) -> None:
    refused = office(force=False)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "2021" in refused.stderr
    assert "--force" in refused.stderr
    assert office("--dry-run", force=False, day="2022-01-01").returncode == 2
    assert office("--dry-run", "--eml", "x").returncode == 2
    assert not server.box


def test_nothing_on_days_off(office: Office, server: MailServer, tmp_path: Path) -> None:
    done = office("--on-working-days", "--log-file", str(tmp_path / "log"), day="2021-03-27")
    assert (done.returncode, done.stdout) == (0, "27/03/2021 là thứ Bảy, ngày nghỉ: không gửi.\n")
    assert office("--on-working-days", "-q", day="2021-04-21").stdout == ""
    assert not server.box
    assert office("--on-working-days", "--log-file", str(tmp_path / "log"), day="2021-04-22").returncode == 0
    assert len(server.box) == len(UNITS)
    log = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    assert [line.split(" ", 1)[1][:12] for line in log] == ["27/03/2021 l", "22/04/2021: "]
    assert office("--log-file", str(tmp_path / "no" / "log")).returncode == 3


def test_only_some(office: Office, server: MailServer) -> None:
    assert office("--only", "due-soon").stdout.startswith("25/03/2021: không có gì")
    office("--only", "overdue", "--agency", "so-y-te")
    office("--only", "due-soon", "--due-soon", "10", day="2021-06-07")
    assert counts(server) == dict.fromkeys(HOME.values(), 1) | {HOME["so-y-te"]: 2}
    assert str(server.box[-1].message["Subject"]).endswith("1 đến hạn trong 10 ngày làm việc (nhắc lần 1)")
    text = server.box[-1].text
    assert text.index("Nên gửi chậm nhất thứ Sáu 18/06/2021") < text.index("Hạn thứ Hai 21/06/2021")


@pytest.mark.parametrize(
    ("day", "said", "late"),
    # On the first a paper sent on Friday may not be in the register yet.
    [("2021-03-22", "cần người xem xét", None), ("2021-04-05", "chưa hoàn thành, quá hạn", 17)],
)
def test_attached(office: Office, server: MailServer, day: str, said: str, late: int | None) -> None:
    """The files, as the letter, call overdue only what is so under every reading."""
    office("--attach", "--agency", "so-y-te", day=day)
    files = {part.get_filename(): part.get_content() for part in server.box[0].message.iter_attachments()}
    head, row = openpyxl.load_workbook(BytesIO(files["nhiem-vu.xlsx"])).worksheets[0].iter_rows(values_only=True)
    cells = dict(zip(head, row, strict=True))
    assert (cells["Khóa"], cells["Trạng thái"], cells["Chậm (ngày)"]) == ("XI.1/so-y-te/2021-Q1", said, late)
    (event,) = Calendar.from_ical(files["han.ics"]).walk("VEVENT")
    words = str(event["DESCRIPTION"])
    assert said in words
    assert ("quá hạn" in words) == (late is not None)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('so-y-te,"a@x.example\nBcc: b@x.example"', "a@x.example Bcc: b@x.example"),
        ("so-y-te,a@x.example b@x.example", "a@x.example b@x.example"),
        ("so-y-te,", "email"),
        ("Sở Không Có,a@x.example", "Sở Không Có"),
        ('"Sở, ban ngành",a@x.example', "Sở, ban ngành"),
    ],
)
def test_a_contact_that_cannot_be(office: Office, server: MailServer, tmp_path: Path, row: str, words: str) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(f"{path.read_text(encoding='utf-8')}{row}\n", encoding="utf-8")
    done = office()
    assert (done.returncode, done.stdout) == (3, "")
    assert "contacts.csv:7" in done.stderr
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert not server.box


def test_a_server_that_is_down(office: Office, server: MailServer) -> None:
    office.write_settings(port=9)
    down = office()
    assert down.returncode == 4
    assert down.stdout.count("Không gửi được qua máy chủ thư") == 1
    assert f"Chưa gửi: {len(HOME)} địa chỉ.\n" in down.stdout
    assert down.stdout.count("\n") == 2
    assert "Traceback" not in down.stderr
    office.write_settings()
    assert office().returncode == 0
    assert counts(server) == dict.fromkeys(HOME.values(), 1)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("ca", "Không dùng được tệp chứng chỉ này (không có tệp hoặc thư mục này)"),
        ("password_file", "Không đọc được tệp mật khẩu (không có tệp hoặc thư mục này)"),
    ],
)
def test_a_file_that_is_not_there_is_told_with_where_it_was_named(office: Office, key: str, words: str) -> None:
    office.write_settings(**{key: "khong-co"})
    done = office(
        "--log-file", str(office.folder / "log"), TTHC_SMTP_PASSWORD="" if key == "password_file" else PASSWORD
    )
    assert done.returncode == 3
    assert f"khong-co: {words}" in done.stderr
    lines = (office.folder / "tthc.toml").read_text("utf-8").splitlines()
    place = 1 + next(at for at, line in enumerate(lines) if line.startswith(f"{key} ="))
    assert re.search(rf"Tên này ghi ở \S+/tthc\.toml:{place}\.\n", done.stderr)
    assert f"tthc.toml:{place}.\n" in (office.folder / "log").read_text("utf-8")


def test_a_password_is_never_shown(office: Office, server: MailServer) -> None:
    server.password = "another"
    done = office()
    assert done.returncode == 4
    assert PASSWORD not in done.stdout + done.stderr
    assert not server.box
    assert office(TTHC_SMTP_PASSWORD="").returncode == 3
    office.write_settings(security="none")
    assert office().returncode == 3


def test_greylisting(office: Office, server: MailServer) -> None:
    server.answers[FIRST] = "450 4.2.0 greylisted"
    done = office()
    assert (done.returncode, FIRST in done.stdout, SECOND in done.stdout) == (4, True, False)
    assert "450 4.2.0 greylisted" in done.stdout
    server.answers.clear()
    assert office().returncode == 0
    assert counts(server) == dict.fromkeys(HOME.values(), 1)


def test_one_of_the_addresses_of_an_agency(office: Office, server: MailServer, tmp_path: Path) -> None:
    """What reached one of them is counted as gone; the next run is for the other alone."""
    path = tmp_path / "contacts.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(FIRST, f"{FIRST};{DIGEST}"), encoding="utf-8")
    server.answers[DIGEST] = "452 4.5.3 too many recipients"
    done = office()
    assert done.returncode == 4
    assert f"gửi {len(UNITS)} thư cho {len(UNITS)} địa chỉ. Chưa tới hoặc chưa rõ: 1 địa chỉ." in done.stdout
    server.answers.clear()
    assert "gửi 1 thư cho 1 địa chỉ." in office().stdout
    assert counts(server) == dict.fromkeys((*HOME.values(), DIGEST), 1)


def test_an_address_that_is_refused(office: Office, server: MailServer, tmp_path: Path) -> None:
    server.answers[FIRST] = "550 5.1.1 no such user"
    assert (office().returncode, len(server.box)) == (4, 4)
    again = office("-q")
    assert (again.returncode, FIRST in again.stdout, len(server.box)) == (4, True, 4)
    status = office("--status").stdout
    assert FIRST in status
    assert re.search(r"\d\d:\d\d \d\d/\d\d/\d{4}: 550", " ".join(status.split()))
    # With the address mended, what was not said there is said.
    path = tmp_path / "contacts.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(FIRST, "moi@so-noi-vu.example"), encoding="utf-8")
    assert (office().returncode, len(server.box)) == (0, 5)
    assert server.box[-1].recipients == ("moi@so-noi-vu.example",)


def test_what_nobody_knows_is_listed_and_sent_again_only_when_told(office: Office, server: MailServer) -> None:
    server.on["stored"] = lambda: "drop"
    cut = office()
    # Two in a row, and the rest is left for the next run.
    assert (cut.returncode, len(server.box)) == (4, 2)
    server.on.clear()
    after = office()
    assert (after.returncode, len(server.box)) == (4, 5)
    assert counts(server) == dict.fromkeys(HOME.values(), 1)
    listed = json.loads(office("--status", "-f", "json").stdout)["open"]
    assert [(entry["address"], entry["state"]) for entry in listed] == [(FIRST, "claimed"), (SECOND, "claimed")]
    office("--resend", "--agency", "so-noi-vu")
    assert counts(server) == dict.fromkeys(HOME.values(), 1) | {FIRST: 2}
    one, other = server.by_address()[FIRST]
    assert one.id == other.id
    assert office("--delivered").stdout.startswith("Ghi nhận 1 thư")
    assert (office("-q").returncode, len(server.box)) == (0, 6)


def test_the_next_reminder_counts_on(office: Office, server: MailServer) -> None:
    for day in (OVERDUE, "2021-03-26", "2021-04-01", "2021-04-02"):
        office(day=day)
    subjects = [str(mail.message["Subject"])[-12:] for mail in server.by_address()[FIRST]]
    assert subjects == ["(nhắc lần 1)", "(nhắc lần 2)"]
    assert office(day="2021-03-29").returncode == 3


def test_two_crons_at_the_same_minute(office: Office, server: MailServer) -> None:
    started = [
        subprocess.Popen(office.command(), env=office.environment(), stdout=subprocess.DEVNULL) for _ in range(4)
    ]
    assert {process.wait(60) for process in started} == {0}
    assert counts(server) == dict.fromkeys(HOME.values(), 1)


def test_nothing_is_sent_again_while_a_run_is_at_it(office: Office, server: MailServer) -> None:
    """A claim of a run at work is none that nobody knows of: whoever asks to send it again waits for that run."""
    arrived = threading.Event()
    server.on["received"] = lambda: arrived.set() or time.sleep(0.3)  # type: ignore[func-returns-value]
    first = subprocess.Popen(office.command(), env=office.environment(), stdout=subprocess.DEVNULL)
    assert arrived.wait(30)
    assert office("--resend").returncode == 0
    assert first.wait(60) == 0
    assert counts(server) == dict.fromkeys(HOME.values(), 1)


def test_a_run_that_finds_another_at_it(office: Office, server: MailServer, tmp_path: Path) -> None:
    ledger = sqlite3.connect(tmp_path / "remind.sqlite.run", isolation_level=None)
    ledger.execute("BEGIN EXCLUSIVE")
    with ThreadPoolExecutor() as pool:
        loud, quiet, resent = pool.map(
            lambda words: office(*words), [("--log-file", str(tmp_path / "log")), ("-q",), ("--resend",)]
        )
    ledger.close()
    assert (loud.returncode, loud.stdout, loud.stderr) == (
        0,
        "25/03/2021: một lần chạy khác đang gửi; lần này không gửi gì.\n",
        "",
    )
    assert loud.stdout in (tmp_path / "log").read_text(encoding="utf-8")
    assert (quiet.returncode, quiet.stdout) == (0, "")
    assert (resent.returncode, resent.stdout) == (3, "")
    assert "lần chạy khác" in resent.stderr
    assert not server.box


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_run_that_is_stopped_tells_how_far_it_came(
    office: Office, server: MailServer, tmp_path: Path, number: signal.Signals
) -> None:
    process = subprocess.Popen(
        office.command("-q", "--log-file", str(tmp_path / "log")),
        env=office.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    seen = iter(range(9))

    def stop() -> None:
        if next(seen) == 2:
            process.send_signal(number)
            time.sleep(0.5)

    server.on["RCPT"] = stop
    told, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, "")
    assert told.startswith("25/03/2021: gửi 2 thư cho 2 địa chỉ. Dừng giữa chừng")
    assert told in (tmp_path / "log").read_text(encoding="utf-8")
    server.on.clear()
    # The third was claimed when the run ended.
    assert (office().returncode, len(server.box)) == (4, 4)
    assert office("--resend").returncode == 0
    assert counts(server) == dict.fromkeys(HOME.values(), 1)


def test_where_the_list_cannot_be_written(office: Office, server: MailServer) -> None:
    """That something did not arrive is said with 4, whatever becomes of the words."""
    server.answers[FIRST] = "550 5.1.1 no such user"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            office.command(), env=office.environment(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr.count(b"\n")) == (4, 1)
    log = office("--log-file", "/dev/full")
    assert log.returncode == 4
    assert log.stderr.startswith("/dev/full: ")
    assert log.stderr.count("\n") == 1


def test_a_server_that_always_hangs_up_is_left_alone(office: Office, server: MailServer, tmp_path: Path) -> None:
    """Each message is tried, as one recipient may be at fault, but not for ever."""
    units = json.loads(office("--dry-run", "-f", "json").stdout)["without_address"]
    rows = "".join(f'"{unit}",van-thu@{number}.example\n' for number, unit in enumerate(units))
    (tmp_path / "contacts.csv").write_text("agency,email\n" + rows, encoding="utf-8")
    tries: list[str] = []
    server.on["RCPT"] = lambda: tries.append("RCPT") or "drop"  # type: ignore[func-returns-value]
    assert len(units) > 10
    assert (office().returncode, len(tries)) == (4, 10)
    server.on.clear()
    assert (office().returncode, len(server.box)) == (0, len(units))


def test_resent_to_one_that_has_answered_meanwhile(office: Office, server: MailServer) -> None:
    server.on["stored"] = lambda: "drop"
    office("--agency", "so-noi-vu")
    server.on.clear()
    office.write_register("so-noi-vu")
    assert office("--resend", "--agency", "so-noi-vu").returncode == 0
    assert (office("--agency", "so-noi-vu").returncode, len(server.box)) == (0, 1)


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step(office: Office, server: MailServer, step: str) -> None:
    process = _killed(office, server, step)
    assert process.wait(60) == -signal.SIGKILL
    server.on.clear()
    arrived, unknown = STEPS[step]
    time.sleep(0.1)
    assert len(server.box) == arrived
    after = office()
    assert after.returncode == (4 if unknown else 0)
    missing = {FIRST} if unknown and not arrived else set()
    assert counts(server) == {address: 1 for address in HOME.values() if address not in missing}
    assert [entry["address"] for entry in json.loads(office("--status", "-f", "json").stdout)["open"]] == (
        [FIRST] if unknown else []
    )
    if missing:
        assert office("--resend").returncode == 0
        assert counts(server) == dict.fromkeys(HOME.values(), 1)


def _killed(office: Office, server: MailServer, step: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(office.command(), env=office.environment(), stdout=subprocess.DEVNULL)
    server.on[step] = lambda: os.kill(process.pid, signal.SIGKILL)
    return process


def kills(office: Office, server: MailServer, number: int, seed: int) -> Counter[str]:
    """Kill runs at random moments, a day's work after another's; how often what was open in the end had arrived."""
    chance, day, killed = random.Random(seed), 0, 0
    server.on["RCPT"] = server.on["received"] = lambda: time.sleep(0.02)
    begun = time.monotonic()
    office()
    whole = time.monotonic() - begun
    (office.folder / "remind.sqlite").unlink()
    server.box.clear()
    days = ["2021-03-25", "2021-04-01", "2021-04-08", "2021-04-15", "2021-04-23", "2021-05-04", "2021-05-11"]
    found: Counter[str] = Counter()
    while killed < number:
        process = subprocess.Popen(
            office.command("-q", day=days[day]), env=office.environment(), stdout=subprocess.DEVNULL
        )
        try:
            process.wait(chance.uniform(whole / 4, whole * 1.1))
            if day + 1 == len(days):
                found += _settled(office, server, days[day])
                day = -1
            day += 1
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
    return found + _settled(office, server, days[day])


def _settled(office: Office, server: MailServer, day: str) -> Counter[str]:
    """Let a last run work to its end, and hold what arrived to what the ledger says; then begin anew."""
    office("-q", day=day)
    entries = json.loads(office("--status", "-f", "json").stdout)["open"]
    unknown = {(f"<{entry['message']}@vp.example>", entry["address"]) for entry in entries}
    arrived = Counter((mail.id, address) for mail in server.box for address in mail.recipients)
    assert max(arrived.values()) == 1
    told = {address for _, address in arrived.keys() | unknown}
    assert told == set(HOME.values())
    server.box.clear()
    (office.folder / "remind.sqlite").unlink()
    found = Counter(arrived=len(arrived), unknown=len(unknown))
    return found + Counter("unknown, arrived" if each in arrived else "unknown, lost" for each in unknown)


def test_kills_at_random_moments(office: Office, server: MailServer) -> None:
    found = kills(office, server, 30, seed=1)
    assert found["arrived"] >= len(UNITS)
