"""A plan read as an editor would: rules against words, words against one another."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.worlds import of
from tthc_cli import loading, phrases
from tthc_cli.plan import Plan
from tthc_cli.proofreading import Remark, acknowledged, disputed, proofread
from tthc_cli.rules import Setting
from tthc_cli.settings import Settings
from tthc_cli.wording.remarks import REMARKS

ROOT = Path(__file__).parents[1]
FILE = ROOT / "data" / "plan_2021.yaml"
TEXT = FILE.read_text(encoding="utf-8")
INPUTS = loading.load(Settings())
SLIPS = [
    ("timing: Quý III/2021 (trước ngày 15/7", "timing: Quý II/2021 (trước ngày 15/7", "outside_period", "warning"),
    ("timing: Tháng 5/2021 (", "timing: Tháng 5/2021 trừ khi có chỉ đạo khác (", "timing_unread", "warning"),
    ("source: Kế hoạch số 7092", "source: Kế hoạch số 7093", "own_number", "error"),
    ("number: 7092/KH-UBND", "number: …/KH-UBND", "number_open", "warning"),
    ("ngày 31 tháng 12 năm 2020 của Ủy", "ngày 30 tháng 12 năm 2020 của Ủy", "own_date", "error"),
    ("answered_by: {document: 7092/", "answered_by: {document: 7095/", "answer_elsewhere", "warning"),
    ("document: Kế hoạch số 6097/KH-UBND", "document: Kế hoạch số 6079/KH-UBND", "document_differs", "error"),
    ("timing: trước ngày 15 tháng 01", "timing: trước ngày 16 tháng 01", "timing_elsewhere", "error"),
    (
        "day: 19, window: {from_day: 15, to_day: 14}",
        "day: 19, window: {from_day: 15, to_day: 13}",
        "window_gap",
        "error",
    ),
    ('{kind: period, period: "2020-12"}', "{kind: unread}", "unread", "warning"),
    (
        "{kind: before_date, date: 2021-07-15}",
        "{kind: before_date, date: 2021-07-15}\n      - {kind: by_date, date: 2021-07-20}",
        "same_occasion",
        "error",
    ),
    ('period: "2020-12"', 'period: "2020-11"', "timing_differs", "error"),
]


def _remarks(text: str) -> tuple[Remark, ...]:
    plan = of(Plan, yaml.load(text, Loader=yaml.CBaseLoader))
    return proofread(plan, INPUTS.directory, INPUTS.calendar, INPUTS.reading)


def _changed(sound: str, wrong: str) -> str:
    assert TEXT.count(sound) >= 1, sound
    return TEXT.replace(sound, wrong, 1)


def test_the_shipped_plan_has_no_error_and_its_notes_own_up_to_every_slip() -> None:
    found = _remarks(TEXT)
    assert [(remark.code, remark.task) for remark in found] == [
        ("own_number", ""),
        ("group_empty", "III.3"),
        ("group_empty", "III.6.2"),
        ("day_off", "IV.3"),
        ("group_empty", "IV.6"),
        ("group_empty", "V.1"),
        *[("day_off", "XI.1")] * 3,
        *[("squeeze", "XI.1")] * 4,
        ("body_only", "TC.1.2"),
        ("cited_twice", "TC.2.1"),
    ]
    assert {remark.severity for remark in found} == {"warning"}
    assert all(acknowledged(remark, INPUTS.plan) for remark in found)


def _digits() -> Iterator[tuple[int, str]]:
    """Every digit of a timing or a deadline of the shipped plan, by its place in the text."""
    at = 0
    for line in TEXT.splitlines(keepends=True):
        if re.match(r"    timing: |      - \{kind: ", line):
            yield from ((at + found.start(), found[0]) for found in re.finditer(r"\d", line))
        at += len(line)


@pytest.mark.parametrize(("at", "digit"), [*_digits()])
def test_a_changed_digit_is_caught(at: int, digit: str) -> None:
    wrong = TEXT[:at] + str((int(digit) + 1) % 10) + TEXT[at + 1 :]
    try:
        found = _remarks(wrong)
    except ValueError:
        return
    told = [remark for remark in found if not acknowledged(remark, INPUTS.plan)]
    restating = re.search(r"restates:", TEXT[at : TEXT.find("\n  - id:", at)])
    assert told or restating


@pytest.mark.parametrize(("sound", "wrong", "code", "severity"), SLIPS)
def test_slips(sound: str, wrong: str, code: str, severity: str) -> None:
    found = _remarks(_changed(sound, wrong))
    assert (code, severity) in [(remark.code, remark.severity) for remark in found]


def test_every_sentence_is_met() -> None:
    assert {code for _, _, code, _ in SLIPS} | {remark.code for remark in _remarks(TEXT)} == REMARKS.keys()


def _validate(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tthc_cli", "plan", "validate", *words],
        cwd=ROOT,
        env={"PYTHONPATH": "src"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_command(tmp_path: Path) -> None:
    done = _validate("data/plan_2021.yaml", "-f", "json")
    told: dict[str, Any] = json.loads(done.stdout)
    assert (done.returncode, told["valid"], told["tasks"], len(told["remarks"])) == (0, True, 63, 15)
    wrong = tmp_path / "plan.yaml"
    wrong.write_text(_changed("count: 5, unit: working_day", "count: 6, unit: working_day"), encoding="utf-8")
    done = _validate(str(wrong))
    first = done.stdout.splitlines()[0]
    assert done.returncode == 1
    assert re.match(
        rf"{re.escape(str(wrong))}:\d+:\d+: lỗi: Hạn của III.4 không khớp lời văn “Chậm nhất 05 ngày", first
    )
    assert "6 ngày làm việc" in first
    assert "5 ngày làm việc" in first
    assert done.stdout.splitlines()[-1].endswith("1 lỗi, 15 cảnh báo, trong đó 15 đã có ghi chú.")


def test_other_commands_use_such_a_plan_and_warn(tmp_path: Path) -> None:
    wrong = tmp_path / "plan.yaml"
    wrong.write_text(
        _changed("{kind: before_date, date: 2021-07-15}", "{kind: before_date, date: 2021-07-16}"), "utf-8"
    )
    told = "Hạn của IV.2 trong tệp kế hoạch khác với lời văn của nó: xem tthc plan validate."
    for kept in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "tthc_cli", "due", "--plan", str(wrong), "--as-of", "2021-06-01", "-f", "json"],
            cwd=ROOT,
            env={"PYTHONPATH": "src", "XDG_CACHE_HOME": str(tmp_path)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        owed = {item["key"]: item["warnings"] for item in json.loads(done.stdout)["obligations"]}
        assert told in done.stderr.splitlines(), kept
        assert owed["IV.2/nhom-so-ban-nganh"] == [told]
        assert owed["XI.1/so-tttt/2021-Q2"] == []


def test_the_shipped_plan_disputes_nothing() -> None:
    assert disputed(INPUTS.plan) == INPUTS.disputed == ()


def _one_task(timing: str) -> str:
    """A plan of one task with the rules that its words give."""
    rules = [
        {"kind": rule.kind, **{name: str(value) for name, value in vars(rule).items() if value and name != "kind"}}
        for rule in phrases.read(timing, 2023).rules
    ]
    task = {"id": "I.1", "section": "I", "title": "Báo cáo", "lead": ["Sở Tư pháp"], "lead_agencies": ["so-tu-phap"]}
    head = {"id": "x", "number": "1/KH-UBND", "date": "2022-12-30", "title": "K", "source": "K", "year": "2023"}
    sections = [{"id": "I", "title": "Mục"}]
    plan = {**head, "sections": sections, "tasks": [{**task, "timing": timing, "deadlines": rules}], "events": {}}
    return yaml.safe_dump(plan, allow_unicode=True)


@pytest.mark.parametrize(
    ("timing", "occasions"),
    [
        ("Ngày 15/6 và ngày 15/12", ["2023-06", "2023-12"]),
        ("Trước ngày 25/3, 25/6, 25/9 và 25/12 hằng năm", ["2023-03", "2023-06", "2023-09", "2023-12"]),
        ("Định kỳ hàng quý, năm", ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", "2023"]),
    ],
)
def test_days_of_one_task_are_told_apart(timing: str, occasions: list[str]) -> None:
    text = _one_task(timing)
    assert not [remark for remark in _remarks(text) if remark.severity == "error"]
    plan = of(Plan, yaml.load(text, Loader=yaml.CBaseLoader))
    setting = Setting(2023, INPUTS.calendar, {})
    found = [deadline.occasion for rule in plan.tasks[0].rules for deadline in rule.deadlines(setting)]
    assert found == occasions


def test_days_that_no_paper_could_tell_apart_are_an_error() -> None:
    codes = [remark.code for remark in _remarks(_one_task("Ngày 10/6 và ngày 25/6")) if remark.severity == "error"]
    assert codes == ["same_occasion"]
