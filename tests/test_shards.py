"""A register of several files, read by several programs: the same answer whoever reads what, and in which order."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limited
from hypothesis import strategies as st
from openpyxl import Workbook

from benchmarks.make_register import write
from tests.program import ROOT, Program
from tests.test_register_csv import as_cp1258
from tthc_cli import assessment, csv_spans, loading, matching, settings, shards, workflow
from tthc_cli.assessment import assess
from tthc_cli.cli.workers import _map_by_cluster, open_workers
from tthc_cli.csv_spans import LEAST, spans
from tthc_cli.errors import InputError, UsageError
from tthc_cli.gathering import Gathered, joined, merged
from tthc_cli.records import Problem
from tthc_cli.settings import Settings
from tthc_cli.tables import Table
from tthc_cli.workflow import Outcome

EXAMPLE = ROOT / "examples" / "ben_tre_2021"
ELSEWHERE = shards.Workers(map, remote=True)
AS_OF, TODAY = date(2021, 10, 15), date(2021, 12, 1)
HEADING, *ROWS = (EXAMPLE / "register_loi.csv").read_text("utf-8-sig").splitlines()
SOUND = (EXAMPLE / "register.csv").read_text("utf-8-sig").splitlines()[1:]
ROWS += SOUND
SEVERAL = [
    "III.4;VP UBND tỉnh;;;;1/BC-VP;;;31/02/2021;;;",
    "III.1, III.4;VP UBND tỉnh;;;;2/BC-VP;;;01/06/2021;;;",
    "III.4;VP UBND tỉnh;;;;3/BC-VP;;;01/06/2021;;;",
]
"""Rows about several tasks, none of which says which event it answers."""
ENGLISH = "task;agency;issuer;period;event;document_number;document_date;proposed_on;sent_on;received_on;abstract;note"


def deal(folder: Path, rows: Sequence[str], places: Sequence[int]) -> list[Path]:
    """The rows in as many files as there are places."""
    found = []
    for place in sorted(set(places)):
        path = folder / f"so-{place}.csv"
        mine = [row for row, at in zip(rows, places, strict=True) if at == place]
        path.write_text("\n".join([HEADING, *mine]) + "\n", "utf-8")
        found.append(path)
    return found


def judged(register: Path, **more: Any) -> Outcome:
    return workflow.run(of(register), AS_OF, TODAY, **more)


def told(outcome: Outcome) -> list[tuple[object, ...]]:
    """What was found, but for the places of its rows."""
    items = outcome.assessment.judgements
    return [tuple(item._replace(line=None, file=None)) for item in items]


def of(register: Path) -> Settings:
    return settings.read({"workspace": str(EXAMPLE), "register": str(register)}, {}, EXAMPLE)


def parts_of(folder: Path, width: int) -> list[Gathered]:
    return shards.gathered(of(folder), loading.load(of(folder)), AS_OF, TODAY, None, shards.Workers(map, width))


@limited(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_register_dealt_out_is_judged_like_the_whole(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    rows = data.draw(st.lists(st.sampled_from(ROWS), min_size=1, max_size=60))
    places = data.draw(st.lists(st.integers(0, 4), min_size=len(rows), max_size=len(rows)))
    whole, folder = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("dealt")
    (one,) = deal(whole, rows, [0] * len(rows))
    deal(folder, rows, places)
    expected, found = judged(one), judged(folder)
    assert told(found) == told(expected)
    codes = (sorted(p.code for p in each.assessment.problems) for each in (found, expected))
    assert next(codes) == next(codes)
    assert found.gathered
    assert expected.gathered
    assert found.gathered[5:8] == expected.gathered[5:8]  # rows, accepted, set aside


@limited(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_parts_may_be_merged_in_any_order_and_in_steps(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, data: Any
) -> None:
    rows = data.draw(st.lists(st.sampled_from(ROWS), min_size=8, max_size=60))
    folder = tmp_path_factory.mktemp("dealt")
    deal(folder, [*rows, *SOUND[:9]], [*(at % 3 for at in range(len(rows))), *[3] * 9])
    (folder / "so-9.csv").write_bytes(b"%PDF-1.4 no register")
    monkeypatch.setattr(csv_spans, "LEAST", 1)
    parts = parts_of(folder, 3)
    assert len(parts) >= 7  # a file where a row goes on from those before is read whole, but the sound one is not
    steps = data.draw(st.permutations(parts))
    while len(steps) > 1:
        first, count = data.draw(st.integers(0, len(steps) - 2)), data.draw(st.integers(2, 4))
        steps[first : first + count] = [merged(steps[first : first + count])]
    world = loading.load(of(folder)).world(AS_OF)
    once, stepwise = joined(parts), joined(steps)
    assert assess(world, stepwise) == assess(world, once)
    assert stepwise[3:] == once[3:]  # all but the piles, whose papers are these:
    tasks = {task.id for task in world.plan.every_task()}
    assert stepwise.papers(tasks) == once.papers(tasks)
    assert len(once.shards) == 5


@limited(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.sampled_from([*ROWS, *SEVERAL]), min_size=20, max_size=80), width=st.integers(2, 6))
def test_a_file_in_parts_is_judged_like_the_whole(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, rows: list[str], width: int
) -> None:
    (path,) = deal(tmp_path_factory.mktemp("so"), rows, [0] * len(rows))
    whole = judged(path)
    monkeypatch.setattr(csv_spans, "LEAST", 1)
    assert judged(path, workers=shards.Workers(map, width)).assessment == whole.assessment


def test_findings_at_one_place_keep_their_order(tmp_path: Path) -> None:
    (whole,), parted = deal(tmp_path, SEVERAL, [0, 0, 0]), tmp_path / "parted"
    parted.mkdir()
    deal(parted, SEVERAL, [0, 1, 1])
    first, second = ([*map(_said, judged(path).assessment.problems)] for path in (whole, parted))
    assert [said for said in first if said[0] == "R10"][:2] == [("R10", "III.1"), ("R10", "III.4")]
    assert first == second


def _said(problem: Problem) -> tuple[str, object]:
    return problem.code, problem.facts.get("task")


@pytest.mark.parametrize("as_of", [date(2021, 1, 5), date(2021, 7, 1), AS_OF, date(2022, 2, 1)])
def test_units_that_sent_nothing_are_judged_alike(as_of: date, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = of(EXAMPLE / "register_loi.csv")
    inputs = loading.load(chosen)
    world = inputs.world(as_of)
    gathered = joined(shards.gathered(chosen, inputs, as_of, TODAY, None, shards.ALONE))
    found = assess(world, gathered), assess(world, None)
    monkeypatch.setattr(assessment._Judge, "of", assessment._Judge._of)
    one_by_one = assess(world, gathered), assess(world, None)
    for some, others in zip(found, one_by_one, strict=True):
        assert some.judgements == others.judgements
        assert some == others


def test_every_problem_is_told_at_its_line(tmp_path: Path) -> None:
    places = [at % 3 for at in range(len(ROWS))]
    deal(tmp_path, ROWS, places)
    found = judged(tmp_path)
    rows = [problem for problem in found.assessment.problems if problem.value and "extensions" not in str(problem.file)]
    assert len(rows) > 10
    for problem in rows:
        lines = Path(str(problem.file)).read_text("utf-8").splitlines()
        told_otherwise = problem.code == "R06"  # by a unit's full name
        assert told_otherwise or problem.value in lines[problem.line - 1]
    for item in found.assessment.judgements:
        if item.line:
            assert item.obligation.facts.id in Path(str(item.file)).read_text("utf-8").splitlines()[item.line - 1]


def test_a_register_on_two_sheets_is_judged_like_the_whole(tmp_path: Path) -> None:
    sound = [row for row in ROWS if row.count(";") == HEADING.count(";") and '"' not in row]
    (one,) = deal(tmp_path, sound, [0] * len(sound))
    book, rows = Workbook(), [line.split(";") for line in (HEADING, *sound)]
    half = len(rows) // 2
    for title, mine in (("Quý I", rows[:half]), ("Quý II", [rows[0], *rows[half:]])):
        sheet = book.create_sheet(title)
        for row in mine:
            sheet.append(row)
    book.save(tmp_path / "so.xlsx")
    expected, found = judged(one), judged(tmp_path / "so.xlsx")
    assert told(found) == told(expected)
    files = {item.file for item in found.assessment.judgements if item.file}
    assert files == {f"{tmp_path}/so.xlsx [Quý I]", f"{tmp_path}/so.xlsx [Quý II]"}


def test_as_long_as_a_sheet_cannot_be_read_nothing_is_overdue(tmp_path: Path) -> None:
    book = Workbook()
    for unit in ("Đơn vị", "Đơn vị nộp"):
        sheet = book.create_sheet(unit)
        sheet.append(["Nhiệm vụ", unit, "Kỳ báo cáo", "Ngày gửi"])
        sheet.append(["XI.1", "Sở Y tế", "Q1", "15/03/2021"])
    book.save(tmp_path / "so.xlsx")
    found = judged(tmp_path / "so.xlsx").assessment
    assert [(item.file, item.reason) for item in found.problems if item.reason == "shard_unread"] == [
        (f"{tmp_path}/so.xlsx [Đơn vị nộp]", "shard_unread")
    ]
    assert {item.verdict for item in found.judgements} >= {"on_time", "unclear"}
    assert not [item for item in found.judgements if item.verdict == "overdue"]


def test_the_same_paper_in_two_files_is_told_of(tmp_path: Path) -> None:
    row = "XI.1;Sở Tư pháp;;Q1;;12/BC-STP;18/3/2021;;18/3/2021;18/3/2021;;"
    deal(tmp_path, [row, row], [0, 1])
    (problem,) = judged(tmp_path).assessment.problems
    assert (problem.code, problem.line, Path(str(problem.file)).name) == ("R12", 2, "so-1.csv")


def test_a_file_that_cannot_be_read_takes_no_other_and_accuses_nobody(tmp_path: Path) -> None:
    deal(tmp_path, ROWS, [0] * len(ROWS))
    (tmp_path / "hong.csv").write_bytes(b"%PDF-1.4 no register")
    found = judged(tmp_path)
    assert found.gathered
    assert found.gathered.rows == len(ROWS)
    (problem,) = [item for item in found.assessment.problems if item.reason == "shard_unread"]
    assert Path(str(problem.file)).name == "hong.csv"
    verdicts = [item.verdict for item in found.assessment.judgements]
    assert "overdue" not in verdicts
    assert "on_time" in verdicts


def test_folders_in_a_folder_are_named_that_hold_registers(tmp_path: Path) -> None:
    deal(tmp_path, ROWS, [0] * len(ROWS))
    for name in ("con", ".an", "trong"):
        (tmp_path / name).mkdir()
    for name in ("con", ".an"):
        deal(tmp_path / name, ROWS[:1], [1])
    found = judged(tmp_path).assessment.problems
    assert [item.value for item in found if item.reason == "folder_left_out"] == ["con"]
    assert not [item for item in judged(tmp_path / "*.csv").assessment.problems if item.reason == "folder_left_out"]


def test_a_large_file_that_cannot_be_read_is_told_of_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deal(tmp_path, ROWS, [0] * len(ROWS))
    (tmp_path / "so-9.csv").write_text("a;b\n" * 200, "utf-8")
    alone = judged(tmp_path)
    monkeypatch.setattr(csv_spans, "LEAST", 1)
    parts = judged(tmp_path, workers=shards.Workers(map, 3))
    assert [(item.file, item.line) for item in parts.assessment.problems if item.reason == "shard_unread"] == [
        (f"{tmp_path}/so-9.csv", 1)
    ]
    assert parts.assessment == alone.assessment


def test_another_table_in_a_part_is_told_at_its_line_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = deal(tmp_path, SOUND[:9] * 20, [0] * 180)
    text = path.read_text("utf-8")
    lines = [*text.splitlines(), HEADING.replace("Ngày gửi", "Hạn nộp"), *SOUND[:9]]
    path.write_text("\n".join(lines), "utf-8")
    monkeypatch.setattr(csv_spans, "LEAST", 1)
    with pytest.raises(InputError) as error:
        judged(path, workers=shards.Workers(map, 4))
    assert [(each.code, each.line) for each in error.value.troubles] == [("other_columns", 182)]


def test_a_part_may_be_shorter_than_what_tells_the_encoding_and_the_header(tmp_path: Path) -> None:
    plain = [f"XI.1;so-tttt;;Q1;;{number}/BC-STTTT;;;15/03/2021;;à;" for number in range(100)]
    plain[1:] = [row.replace("à", "") for row in plain[1:]]  # by its first rows alone one would take it for UTF-8
    path = tmp_path / "so.csv"
    path.write_bytes(as_cp1258("\n".join([ENGLISH, *plain, *ROWS[30:]]) + "\n"))
    whole = judged(path)
    assert whole.gathered
    assert whole.gathered.rows > 350
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_spans, "LEAST", 1)
        assert judged(path, workers=shards.Workers(map, 20)).assessment == whole.assessment


def test_due_counts_the_bad_rows_of_each_file(tmp_path: Path) -> None:
    deal(tmp_path, ["XI.9;;;", "XI.1;Sở Y tế;;", "XI.9;;;", "XI.9;Sở Y tế;;"], [0, 0, 1, 0])
    (tmp_path / "hong.csv").write_bytes(b"%PDF-1.4 no register")
    done = Program(tmp_path)("due", "--register", ".", "--overdue", "--as-of", AS_OF.isoformat())
    assert done.returncode == 0
    told = done.stderr.splitlines()
    assert [line.partition(" ")[:3:2] for line in told if "dòng lỗi" in line] == [
        ("so-0.csv:", "3 dòng lỗi không được tính; xem bằng lệnh tthc check."),
        ("so-1.csv:", "1 dòng lỗi không được tính; xem bằng lệnh tthc check."),
    ]
    assert sum(line.startswith("hong.csv:1: Không đọc được tệp này") for line in told) == 1


def tthc(folder: Path, *words: str) -> bytes:
    made = subprocess.run(
        [sys.executable, "-m", "tthc_cli", "check", *words, "--as-of", AS_OF.isoformat()],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        check=False,
    )
    assert made.returncode == 1, made.stderr.decode()
    return made.stdout + made.stderr


@pytest.mark.parametrize("form", ["json", "csv", "md", "line"])
def test_as_many_jobs_as_one_likes(tmp_path: Path, form: str) -> None:
    deal(tmp_path, ROWS, [at % 5 for at in range(len(ROWS))])
    alone = tthc(tmp_path, ".", "-f", form)
    assert tthc(tmp_path, ".", "-f", form, "--jobs", "3") == alone
    pattern = tthc(tmp_path, "so-*.csv", "-f", form, "--jobs", "2")
    assert re.sub(rb"so-\\?\*\.csv", b".", pattern) == alone


def test_a_part_that_cannot_be_read_is_told_by_whoever_tried(tmp_path: Path) -> None:
    deal(tmp_path, ROWS, [at % 3 for at in range(len(ROWS))])
    (tmp_path / "hong.csv").write_bytes(b"%PDF-1.4 no register")
    (tmp_path / "trong.csv").write_text("", "utf-8")
    alone = tthc(tmp_path, ".", "-f", "json")
    assert alone.count(b'"shard_unread"') > 1
    assert tthc(tmp_path, ".", "-f", "json", "--jobs", "2") == alone


@pytest.mark.parametrize("quoted", [False, True])
def test_a_large_file_is_read_by_several(tmp_path: Path, quoted: bool) -> None:
    path = tmp_path / "so.csv"
    write(path, 30_000)
    if quoted:
        lines = path.read_bytes().splitlines(keepends=True)
        lines[25_000] = re.sub(rb"([^;]*) ([^;]*)\r\n", rb'"\1\r\n\2"\r\n', lines[25_000])
        path.write_bytes(b"".join(lines))
    assert path.stat().st_size > LEAST
    assert len(spans(path, 3)) == 3
    alone = tthc(tmp_path, "so.csv", "-f", "json")
    assert len(json.loads(alone[: alone.rindex(b"}") + 1])["problems"]) > 250
    assert tthc(tmp_path, "so.csv", "-f", "json", "--jobs", "3") == alone


@given(lines=st.lists(st.text(alphabet="aбệ;\r", max_size=40), min_size=200, max_size=400), count=st.integers(2, 7))
@limited(max_examples=20, deadline=None)
def test_parts_of_a_file_are_all_of_it(tmp_path_factory: pytest.TempPathFactory, lines: list[str], count: int) -> None:
    path = tmp_path_factory.mktemp("parts") / "so.csv"
    data = "\n".join(lines).encode() + b"\n"
    path.write_bytes(data * (LEAST // len(data) + 1))
    found = spans(path, count)
    assert [part.start for part in found[1:]] == [part.end for part in found[:-1]]
    assert (found[0].start, found[-1].end) == (0, path.stat().st_size)
    whole = path.read_bytes()
    assert all(whole[part.end - 1 : part.end] == b"\n" for part in found)


def test_a_file_that_fits_a_pattern_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    deal(tmp_path / "a" / "b", ROWS[:9], [0] * 9)
    found = judged(tmp_path / "**" / "**" / "*.csv").gathered
    assert found
    assert len(found.shards) == 1


def test_where_there_is_nothing_to_read(tmp_path: Path) -> None:
    program = Program(tmp_path)
    (tmp_path / "~$so.csv").write_text(HEADING, "utf-8")
    for name in (".", "*.csv"):
        done = program("check", name)
        assert (done.returncode, "Không có sổ nào" in done.stderr) == (3, True)
    (tmp_path / "a.csv").write_bytes(b"%PDF")
    (tmp_path / "b.csv").write_text("", "utf-8")
    done = program("check", ".")
    assert done.returncode == 3
    assert "a.csv" in done.stderr
    assert "b.csv" in done.stderr


def _killed_in(item: tuple[int, int]) -> int:
    """Twice a number, in the process that is named; any other is killed."""
    process, number = item
    if os.getpid() != process:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def test_what_a_killed_process_was_to_do_is_done_here() -> None:
    with open_workers(2, None) as workers:
        assert workers
        for count in (5, 3):  # the second time the pool is broken before it begins
            assert [*workers.map(_killed_in, [(os.getpid(), number) for number in range(count)])] == [
                *range(0, 2 * count, 2)
            ]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=":0") as started:  # type: ignore[no-untyped-call]
        yield started


def test_a_cluster_loses_a_worker_and_gives_the_same(tmp_path: Path, cluster: Any) -> None:
    path = tmp_path / "so.csv"
    write(path, 60_000)
    alone = tthc(tmp_path, "so.csv", "-f", "json")
    with cluster.get_client() as client, ThreadPoolExecutor(1) as beside:
        processes = client.run(os.getpid)
        checked = beside.submit(tthc, tmp_path, "so.csv", "-f", "json", "--scheduler", cluster.scheduler_address)
        while not (busy := [worker for worker, tasks in client.processing().items() if tasks]):
            assert not checked.done()
        os.kill(processes[busy[0]], signal.SIGKILL)
        assert checked.result(timeout=120) == alone
        client.wait_for_workers(3)
        assert processes[busy[0]] not in client.run(os.getpid).values()


def test_what_kills_every_worker_is_done_here(cluster: Any) -> None:
    with open_workers(1, cluster.scheduler_address) as workers:
        assert workers
        assert [*workers.map(_killed_in, [(os.getpid(), 21)])] == [42]
    with cluster.get_client() as client:
        client.wait_for_workers(3)


def test_a_worker_judges_by_the_plan_as_it_is_now(tmp_path: Path, cluster: Any) -> None:
    deal(tmp_path, ROWS, [at % 2 for at in range(len(ROWS))])
    words = (".", "--plan", "ke-hoach.yaml", "-f", "json")
    plan = (ROOT / "data" / "plan_2021.yaml").read_text("utf-8")
    for text in (plan, plan.replace("id: X.2\n", "id: X.7\n", 1)):
        (tmp_path / "ke-hoach.yaml").write_text(text, "utf-8")
        assert tthc(tmp_path, *words, "--scheduler", cluster.scheduler_address) == tthc(tmp_path, *words)


def test_a_worker_that_sees_another_plan_takes_no_part(tmp_path: Path) -> None:
    chosen = of(EXAMPLE / "register.csv")
    inputs = loading.load(chosen)
    (tmp_path / "a.csv").write_text(HEADING, "utf-8")
    (tmp_path / "b.csv").write_text(HEADING, "utf-8")
    other = inputs._replace(fingerprint={**inputs.fingerprint, "plan": "other"})
    with pytest.raises(InputError) as error:
        shards.gathered(chosen._replace(register=tmp_path), other, AS_OF, TODAY, None, ELSEWHERE)
    assert [trouble.code for trouble in error.value.troubles] == ["inputs_differ"]


def test_a_worker_of_another_version_takes_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def of_another(job: shards.Job) -> shards.Read:
        with monkeypatch.context() as patch:
            patch.setattr(loading, "__version__", "0.0.9")
            return shards.read(job)

    deal(tmp_path, ROWS, [at % 2 for at in range(len(ROWS))])
    workers = shards.Workers(lambda _, jobs: map(of_another, jobs), remote=True)
    with pytest.raises(InputError) as error:
        judged(tmp_path, workers=workers)
    assert {trouble.code for trouble in error.value.troubles} == {"inputs_differ"}


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("change", [lambda data: data[:9000], lambda data: data.replace(b"2021", b"2020")])
def test_a_file_that_changes_while_it_is_read_accuses_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, change: Callable[[bytes], bytes]
) -> None:
    first, *_ = deal(tmp_path, ROWS, [at % count for at in range(len(ROWS))])
    os.utime(first, (1e9, 1e9))
    gather = matching.gather

    def changing(table: Table, *words: Any) -> Gathered:
        if table.path == str(first):
            first.write_bytes(change(first.read_bytes()))
        return gather(table, *words)

    monkeypatch.setattr(shards, "gather", changing)
    if count == 1:
        with pytest.raises(InputError) as error:
            judged(first)
        assert [trouble.code for trouble in error.value.troubles] == ["file_changed"]
        return
    found = judged(tmp_path)
    assert not any(item.verdict == "overdue" for item in found.assessment.judgements)
    assert [item.file for item in found.assessment.problems if item.reason == "shard_unread"] == [str(first)]


def test_a_cluster_without_workers_and_what_is_no_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr("tthc_cli.cli.workers._TIMEOUT", 1)
    with (
        LocalCluster(n_workers=0, dashboard_address=":0") as empty,  # type: ignore[no-untyped-call]
        socket.create_server(("127.0.0.1", 0)) as other,
    ):
        addresses = {
            empty.scheduler_address: "no_workers",
            f"tcp://127.0.0.1:{other.getsockname()[1]}": "no_scheduler",  # which never answers
            "tls://127.0.0.1:1": "no_scheduler",
            "tcp://127.0.0.1:1": "no_scheduler",
        }
        for address, code in addresses.items():
            with pytest.raises(UsageError) as error, open_workers(1, address):
                pass
            assert [trouble.code for trouble in error.value.troubles] == [code]


def test_whom_nobody_is_left_to_help_waits_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def alive() -> bool:
        asked.append(True)
        return len(asked) < 2

    class Deaf(Executor):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            return Future()

    monkeypatch.setattr("tthc_cli.cli.workers._TIMEOUT", 0.01)
    assert [*_map_by_cluster(Deaf(), alive, str, range(50))] == [*map(str, range(50))]
    assert len(asked) == 2


def _here_only(item: tuple[int, int]) -> int:
    """Twice a number, in the process that is named; another is slow, and in the end fails."""
    process, number = item
    if os.getpid() != process:
        time.sleep(number % 3)
        raise RuntimeError
    return 2 * number


def test_what_fails_elsewhere_or_is_not_done_there_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr("tthc_cli.cli.workers._TIMEOUT", 1)
    items = [(os.getpid(), number) for number in range(5)]
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0") as cluster,  # type: ignore[no-untyped-call]
        open_workers(1, cluster.scheduler_address) as workers,
    ):
        assert workers
        results = iter(workers.map(_here_only, items))
        assert next(results) == 0
        cluster.scale(0)
        assert [*results] == [2, 4, 6, 8]
    with open_workers(3, None) as workers:
        assert workers
        assert [*workers.map(_here_only, items)] == [0, 2, 4, 6, 8]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("jobs", [2, 9])
def test_whoever_stops_the_work_stops_all_of_it(tmp_path: Path, number: signal.Signals, jobs: int) -> None:
    """At once, in words, and leaving neither processes nor files."""
    (tmp_path / "so").mkdir()
    (tmp_path / "tmp").mkdir()
    for name in "abc":
        write(tmp_path / "so" / f"{name}.csv", 300_000)
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(tmp_path / "tmp")}
    command = [sys.executable, "-m", "tthc_cli", "check", "so", "--jobs", str(jobs), "--as-of", "2021-10-15", "-q"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    until = time.monotonic() + 10
    while not [*(tmp_path / "tmp").iterdir()] and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.2)  # all are at work, and will be for some time
    assert [*(tmp_path / "tmp").iterdir()]
    if number is signal.SIGINT:
        os.killpg(process.pid, number)  # as a terminal does
    else:
        process.send_signal(number)
    out, beside = process.communicate(timeout=5)  # which a process that lives on would keep from ending
    assert (process.returncode, out, beside) == (130, b"", b"")
    assert not [*(tmp_path / "tmp").iterdir()]


@pytest.mark.parametrize("start", ["spawn", "forkserver"])
def test_however_processes_begin(tmp_path: Path, start: str) -> None:
    """As on Windows, on macOS, and in later Pythons: the same answer, and nothing is left, nor said by the language."""
    (tmp_path / "begin").mkdir()
    (tmp_path / "tmp").mkdir()
    begin = f"from multiprocessing import set_start_method\nset_start_method({start!r}, force=True)\n"
    (tmp_path / "begin" / "sitecustomize.py").write_text(begin, "utf-8")
    path = os.pathsep.join((str(tmp_path / "begin"), str(ROOT / "src")))
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": path, "TMPDIR": str(tmp_path / "tmp")}
    (tmp_path / "so").mkdir()
    deal(tmp_path / "so", ROWS, [at % 3 for at in range(len(ROWS))])
    command = [
        sys.executable,
        "-m",
        "tthc_cli",
        "check",
        "so",
        "--as-of",
        AS_OF.isoformat(),
        "-f",
        "json",
        "--jobs",
        "3",
    ]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, check=False)
    assert done.stdout + done.stderr == tthc(tmp_path, "so", "-f", "json")
    assert not [*(tmp_path / "tmp").iterdir()]
    for name in "abc":
        write(tmp_path / "so" / f"{name}.csv", 100_000)
    process = subprocess.Popen(command, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until = time.monotonic() + 10
    while not [*(tmp_path / "tmp").glob("tthc-*")] and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(0.3)
    process.terminate()
    out, beside = process.communicate(timeout=10)
    assert (process.returncode, out, beside) == (130, b"", b"")
    assert not [*(tmp_path / "tmp").iterdir()]


def test_a_report_that_is_broken_off_leaves_nothing(tmp_path: Path) -> None:
    write(tmp_path / "so.csv", 200_000)
    (tmp_path / "tmp").mkdir()
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(tmp_path / "tmp")}
    command = [sys.executable, "-m", "tthc_cli", "check", "so.csv", "--all", "--covers", "all", "-o", "kq.xlsx", "-q"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environ)
    for _ in range(200):
        if [*(tmp_path / "tmp").iterdir()]:
            break
        time.sleep(0.05)
    process.terminate()
    assert process.wait(timeout=10) == 130
    assert not [*(tmp_path / "tmp").iterdir()]
    assert {path.name for path in tmp_path.iterdir()} == {"so.csv", "tmp"}


def test_processes_end_with_the_one_that_they_work_for(tmp_path: Path) -> None:
    for name in "abc":
        write(tmp_path / f"{name}.csv", 300_000)
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "tthc_cli", "check", ".", "--jobs", "3", "-q"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    time.sleep(1)
    process.kill()
    process.communicate(timeout=5)
