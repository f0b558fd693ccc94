"""Next year's draft of a plan: years moved, everything else where it stood."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.worlds import of
from tthc_cli import loading
from tthc_cli.next_year import drafted
from tthc_cli.plan import Plan
from tthc_cli.proofreading import proofread
from tthc_cli.renewal import moved
from tthc_cli.settings import Settings
from tthc_cli.wording.renewal import MARKS

ROOT = Path(__file__).parents[1]
FILE = ROOT / "data" / "plan_2021.yaml"
INPUTS = loading.load(Settings())


def _draft(path: Path, year: int, to: Path) -> tuple[Plan, set[str]]:
    lines, marks = drafted(*loading.read_plan(path), year)
    to.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return of(Plan, yaml.load(to.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)), {mark.code for mark in marks}


@pytest.mark.parametrize("year", [2022, 2024])
def test_the_shipped_plan_moves_and_comes_back(tmp_path: Path, year: int) -> None:
    plan, codes = _draft(FILE, year, tmp_path / "new.yaml")
    assert (plan.id, plan.year, plan.number, len(plan.tasks)) == (f"ben-tre-{year}", year, "…/KH-UBND", 63)
    assert codes == MARKS.keys() - {"renew_amendments"}
    task = plan.task("IV.2")
    assert task
    assert task.timing == f"Quý III/{year} (trước ngày 15/7/{year})"
    assert str(task.deadlines[0].date) == f"{year}-07-15"  # type: ignore[union-attr]
    assert not [r for r in proofread(plan, INPUTS.directory, INPUTS.calendar, INPUTS.reading) if r.severity == "error"]
    back, _ = _draft(tmp_path / "new.yaml", 2021, tmp_path / "back.yaml")
    for one, other in zip(back.tasks, INPUTS.plan.tasks, strict=True):
        assert (one.id, one.title, one.timing, one.product) == (other.id, other.title, other.timing, other.product)
        assert one.deadlines == other.deadlines


def test_the_rest_of_the_file_stays(tmp_path: Path) -> None:
    _draft(FILE, 2022, tmp_path / "new.yaml")
    old = FILE.read_text(encoding="utf-8").splitlines()
    new = [line for line in (tmp_path / "new.yaml").read_text(encoding="utf-8").splitlines() if "CẦN XEM" not in line]
    assert len(new) == len(old)
    kept = [(a, b) for a, b in zip(old, new, strict=True) if not re.search(r"20(19|2\d)|…", a + b)]
    assert len(kept) > 900
    assert all(b in (a, f"# {a}") for a, b in kept)


@pytest.mark.parametrize(
    ("text", "expected", "left"),
    [
        ("Tháng 5/2021", "Tháng 5/2022", ()),
        ("Quý II-III/2021", "Quý II-III/2022", ()),
        ("Tháng 12/2020", "Tháng 12/2021", ()),
        ("trước ngày 15 tháng 01 năm 2021", "trước ngày 15 tháng 01 năm 2022", ()),
        ("2021-Q4", "2022-Q4", ()),
        ("Luật Ban hành văn bản quy phạm pháp luật năm 2015", "Luật Ban hành văn bản quy phạm pháp luật năm 2015", ()),
        ("giai đoạn 2021-2025", "giai đoạn 2021-2025", ("2021-2025",)),
        (
            "Kế hoạch số 12/KH-UBND của UBND tỉnh ngày 05/01/2021, năm 2021",
            "Kế hoạch số 12/KH-UBND của UBND tỉnh ngày 05/01/2021, năm 2022",
            ("12/KH-UBND của UBND tỉnh ngày 05/01/2021",),
        ),
    ],
)
def test_years_in_words(text: str, expected: str, left: tuple[str, ...]) -> None:
    assert moved(text, 2021, 1) == (expected, left)


def test_a_leap_day_stays_for_a_person() -> None:
    assert moved("trước ngày 29/02/2024", 2024, 1) == ("trước ngày 29/02/2024", ("29/02/2024",))
    assert moved("trước ngày 29/02/2024", 2024, 4) == ("trước ngày 29/02/2028", ())


def test_the_command(tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tthc_cli", "plan", *words],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    done = run("new-year", str(FILE), "2022", "-o", "plan_2022.yaml")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Đã ghi dự thảo năm 2022 vào plan_2022.yaml" in done.stderr
    assert run("new-year", str(FILE), "2022", "-o", "plan_2022.yaml").returncode == 2
    told = run("validate", "plan_2022.yaml", "-q")
    assert told.returncode == 0
    assert re.search(r"plan_2022.yaml:\d+:\d+: cảnh báo: Số của Kế hoạch “…/KH-UBND” chưa điền", told.stdout)
    for year in ("2021", "2020"):
        done = run("new-year", str(FILE), year)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"năm 2021: năm mới phải sau năm đó, không phải {year}." in done.stderr
