"""A register of several files, read by several programs: the same answer whoever reads what, and in which order."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limited
from hypothesis import strategies as st

from benchmarks.make_register import write
from tests.program import ROOT, Program
from tthc_cli import loading, settings, shards, workflow
from tthc_cli.assessment import assess
from tthc_cli.csv_spans import LEAST, spans
from tthc_cli.gathering import Gathered, joined
from tthc_cli.workflow import Outcome

EXAMPLE = ROOT / "examples" / "ben_tre_2021"
AS_OF, TODAY = date(2021, 10, 15), date(2021, 12, 1)
HEADING, *ROWS = (EXAMPLE / "register_loi.csv").read_text("utf-8-sig").splitlines()
ROWS += (EXAMPLE / "register.csv").read_text("utf-8-sig").splitlines()[1:]


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
    chosen = settings.read({"workspace": str(EXAMPLE), "register": str(register)}, {}, EXAMPLE)
    return workflow.run(chosen, AS_OF, TODAY, **more)


def told(outcome: Outcome) -> list[tuple[object, ...]]:
    """What was found, but for the places of its rows."""
    items = outcome.assessment.judgements
    return [tuple(item._replace(line=None, file=None)) for item in items]


def parts_of(folder: Path) -> list[Gathered]:
    chosen = settings.read({"workspace": str(EXAMPLE), "register": str(folder)}, {}, EXAMPLE)
    return shards.gathered(chosen, loading.load(chosen), AS_OF, TODAY, None, shards.ALONE)


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


@limited(max_examples=15, deadline=None)
@given(data=st.data())
def test_parts_may_come_in_any_order(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    rows = data.draw(st.lists(st.sampled_from(ROWS), min_size=4, max_size=40))
    places = [at % 4 for at in range(len(rows))]
    folder = tmp_path_factory.mktemp("dealt")
    deal(folder, rows, places)
    parts = parts_of(folder)
    order = data.draw(st.permutations(range(len(parts))))
    chosen = settings.read({"workspace": str(EXAMPLE), "register": str(folder)}, {}, EXAMPLE)
    world = loading.load(chosen).world(AS_OF)
    assert assess(world, joined(parts[at] for at in order)) == assess(world, joined(parts))


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


def test_a_cluster_loses_a_worker_and_gives_the_same(tmp_path: Path) -> None:
    from distributed import LocalCluster

    path = tmp_path / "so.csv"
    write(path, 60_000)
    alone = tthc(tmp_path, "so.csv", "-f", "json")
    started: Any = LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=None)  # type: ignore[no-untyped-call]
    with started as cluster:
        victim = random.Random(7092).choice(sorted(cluster.workers))
        process = cluster.workers[victim].process.process
        command = [sys.executable, "-m", "tthc_cli", "check", "so.csv", "--as-of", AS_OF.isoformat(), "-f", "json"]
        running = subprocess.Popen(
            [*command, "--scheduler", cluster.scheduler_address],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        os.kill(process.pid, signal.SIGKILL)
        out, err = running.communicate(timeout=120)
    assert out + err == alone
