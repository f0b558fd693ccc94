"""What was answered before is answered again without the work, and never where anything that matters has changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.program import ROOT, Done, Program
from tthc_cli import cache
from tthc_cli.cache import MOST_ENTRIES

DAY = ("--as-of", "2021-10-15")
DUE = ("due", "--agency", "Sở TT&TT", *DAY)
CHECK = ("check", *DAY)


@pytest.fixture
def tthc(tmp_path: Path) -> Program:
    folder = tmp_path / "so"
    shutil.copytree(ROOT / "examples" / "ben_tre_2021", folder)
    shutil.copy(ROOT / "data" / "plan_2021.yaml", folder)
    toml = folder / "tthc.toml"
    toml.write_text('plan = "plan_2021.yaml"\n' + toml.read_text("utf-8"), "utf-8")
    return Program(folder)


def run(tthc: Program, *words: str, **more: str) -> Done:
    return tthc(*words, environ={"HOME": str(tthc.folder.parent), "PATH": os.environ["PATH"], **more})


def said(tthc: Program) -> list[Path]:
    return sorted((tthc.folder.parent / ".cache" / "tthc").glob("*.said"))


def told(done: Done) -> tuple[int, str, str]:
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("words", [DUE, CHECK, (*CHECK, "-f", "json"), (*CHECK, "--by", "agency", "-q")])
def test_the_second_time_it_says_the_same(tthc: Program, words: tuple[str, ...]) -> None:
    first = run(tthc, *words)
    assert len(said(tthc)) == 1
    assert told(run(tthc, *words)) == told(first) == told(run(tthc, *words, "--no-cache"))
    assert len(said(tthc)) == 1


def test_each_register_has_an_answer_of_its_own(tthc: Program) -> None:
    for name in ("register.csv", "register_loi.csv", "register.csv", "register_loi.csv"):
        run(tthc, "check", name, *DAY)
    assert len(said(tthc)) == 2


def _edited(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        path = folder / name
        text = path.read_text("utf-8-sig")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return edit


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_edited("register.csv", "12/BC", "13/BC"), ()),
        (_edited("register.csv", "I.1.2;Văn phòng UBND tỉnh", "I.1.9;Văn phòng UBND tỉnh"), ()),
        (_edited("plan_2021.yaml", "date: 2021-07-15", "date: 2021-07-16"), ()),
        (_edited("events.csv", "vb-45", "vb-46"), ()),
        (_edited("extensions.csv", ";xin;", ";từ chối;"), ()),
        (_edited("tthc.toml", "[mail]", '[reading]\nday_off = "stay"\n[mail]'), ()),
        (lambda _: None, ("--as-of", "2021-10-18")),
        (lambda _: None, ("--covers", "all")),
        (lambda _: None, ("--reading", "proof=received")),
        (lambda _: None, ("--due-soon", "20")),
        (lambda _: None, ("--ignore", "C02")),
        (lambda _: None, ("-f", "csv")),
        (lambda _: None, ("--agency", "Sở Y tế")),
    ],
)
def test_nothing_that_changed_is_answered_from_before(
    tthc: Program, change: Callable[[Path], None], words: tuple[str, ...]
) -> None:
    run(tthc, *CHECK)
    change(tthc.folder)
    fresh = run(tthc, *CHECK, *words, "--no-cache")
    assert told(run(tthc, *CHECK, *words)) == told(fresh)


def test_an_answer_from_a_file_that_changed_meanwhile_is_not_kept(tmp_path: Path) -> None:
    file, kept = tmp_path / "so.csv", tmp_path / "x.said"
    file.write_text("a", "utf-8")
    key = cache.key_of("asked", [file])
    assert key
    other = tmp_path / "other"
    other.write_text("b", "utf-8")
    other.replace(file)  # this is what the answer is made from
    cache.store(kept, key, b"told of b")
    file.write_text("a", "utf-8")
    assert cache.load(kept, key) is None
    again = cache.key_of("asked", [file])
    assert again
    cache.store(kept, again, b"told of a")
    assert cache.load(kept, key) == b"told of a"


def test_what_is_damaged_is_not_believed(tthc: Program) -> None:
    first = run(tthc, *DUE)
    (file,) = said(tthc)
    data = file.read_bytes()
    for broken in (b"", data[:-1], data[:-3] + b"xyz", b"x" + data):
        file.write_bytes(broken)
        assert told(run(tthc, *DUE)) == told(first)
    assert file.read_bytes() == data


def test_what_holds_for_now_only_is_not_kept(tthc: Program) -> None:
    run(tthc, *CHECK, "-o", "kq.csv")
    run(tthc, *CHECK, "--no-cache")
    run(tthc, *CHECK, TTHC_NO_CACHE="1")
    _edited("plan_2021.yaml", "date: 2021-07-15", "date: 2021-07-16")(tthc.folder)
    assert "khác với lời văn" in run(tthc, *CHECK).stdout  # a warning
    (tthc.folder / "plan_2021.yaml").write_text("id: [", "utf-8")
    assert run(tthc, *CHECK).returncode == 3
    assert not said(tthc)


def test_of_a_large_register_a_checksum_is_kept(tthc: Program) -> None:
    register = tthc.folder / "register.csv"
    lines = register.read_text("utf-8").splitlines()
    register.write_text("\n".join([*lines, *lines[1:] * 60]), "utf-8")
    assert register.stat().st_size > 1 << 21
    first = run(tthc, *CHECK, "-q")
    (file,) = said(tthc)
    assert told(run(tthc, *CHECK, "-q")) == told(first)
    register.write_bytes(register.read_bytes().replace(b"/2021", b"/2020"))
    assert told(run(tthc, *CHECK, "-q")) == told(run(tthc, *CHECK, "-q", "--no-cache")) != told(first)
    assert lines[5].replace("/2021", "/2020").encode() not in file.read_bytes()


def test_a_large_file_is_known_by_its_checksum_where_its_times_tell_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Times of some file systems are of two seconds each."""
    file = tmp_path / "a"
    monkeypatch.setattr(cache, "_state", lambda path: (path.stat().st_size, 0, 0, 0))
    keys = set()
    for last in (b"a", b"b", b"a"):
        file.write_bytes(b"a" * (1 << 21) + last)
        key = cache.key_of("asked", [file])
        assert key
        assert sum(map(len, key.parts)) < 1 << 10
        keys.add(key.parts)
    assert len(keys) == 2


@pytest.mark.parametrize(("rows", "words"), [(200_000, ("-q",)), (40_000, ("--all", "-f", "json"))])
def test_what_is_very_large_is_made_each_time(tthc: Program, rows: int, words: tuple[str, ...]) -> None:
    """A register, or what is said of it."""
    wrong = "XX.1;Sở Y tế;Q1;15/03/2021;" + "x" * (160 if rows > 100_000 else 1) + "\n"
    (tthc.folder / "register.csv").write_text("task;agency;period;sent_on;note\n" + wrong * rows, "utf-8")
    assert run(tthc, *CHECK, *words, "--task", "XI.1", "--ignore", "R03" if rows > 100_000 else "R12").returncode == 1
    assert not said(tthc)


def test_a_register_may_come_through_a_pipe(tthc: Program) -> None:
    pipe = tthc.folder / "ong.csv"
    os.mkfifo(pipe)
    rows = (tthc.folder / "register.csv").read_bytes()
    with ThreadPoolExecutor(1) as writer:
        written = writer.submit(pipe.write_bytes, rows)
        done = run(tthc, *CHECK, "--register", "ong.csv", "-f", "json")
        written.result(timeout=20)
    assert json.loads(done.stdout)["register"]["rows"] == 283
    assert not said(tthc)


def test_what_was_not_read_to_its_end_is_not_kept(tthc: Program) -> None:
    words = [sys.executable, "-m", "tthc_cli", *CHECK, "--all", "-f", "json"]
    environ = {"HOME": str(tthc.folder.parent), "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(words, cwd=tthc.folder, env=environ, stdout=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stdout.read(2) == b"{\n"
        running.stdout.close()
        assert running.wait(timeout=60) == 1
    assert not said(tthc)
    whole = run(tthc, *CHECK, "--all", "-f", "json")
    assert len(whole.stdout) > 1 << 18  # more than a pipe holds
    assert told(run(tthc, *CHECK, "--all", "-f", "json")) == told(whole)


def test_the_oldest_answers_go(tthc: Program) -> None:
    run(tthc, *DUE)
    folder = tthc.folder.parent / ".cache" / "tthc"
    for number in range(MOST_ENTRIES + 3):
        (folder / f"{number:08x}.said").write_bytes(b"old")
        os.utime(folder / f"{number:08x}.said", (number, number))
    run(tthc, *DUE, "--role", "support")
    assert len(said(tthc)) == MOST_ENTRIES
    assert list(folder.glob("*.tthc"))  # what was read is kept apart


def test_the_work_is_not_done_again(tthc: Program) -> None:
    code = (
        "import sys; from tthc_cli.cli import main\n"
        "sys.argv = ['tthc', *sys.argv[1:]]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    loaded: list[set[str]] = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code, *DUE],
            cwd=tthc.folder,
            env={"HOME": str(tthc.folder.parent), "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        loaded.append(set(done.stderr.splitlines()[-1].split()))
    heavy = {"pydantic", "yaml", "holidays", "dateutil", "rich", "jinja2", "openpyxl", "docx", "json"}
    assert "tthc_cli.obligations" in loaded[0]
    assert not loaded[1] & {*heavy, "tthc_cli.obligations", "tthc_cli.rules", "tthc_cli.plan"}
