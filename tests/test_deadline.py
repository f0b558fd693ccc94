"""`tthc deadline` as it is called: one phrase, or a stream of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.program import ROOT, Program


@pytest.fixture
def tthc(tmp_path: Path) -> Program:
    return Program(tmp_path)


def stream(program: Program, given: bytes, *words: str) -> tuple[int, list[dict[str, Any]]]:
    done = subprocess.run(
        [sys.executable, "-m", "tthc_cli", "deadline", "-", *words],
        cwd=program.folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "LANG": "C"},
        input=given,
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_a_phrase_with_its_rule_and_days(tthc: Program) -> None:
    found = tthc.json("deadline", "Quý III/2021 (trước ngày 15/7/2021)")
    assert next(iter(found)) == "schema"
    assert found["schema"] == "tthc.deadline/1"
    assert found["understood"] is True
    assert found["rules"] == [{"kind": "before_date", "date": "2021-07-15"}]
    assert found["deadlines"] == [
        {"period": None, "stated": "2021-07-14", "due": "2021-07-14", "act_by": "2021-07-14", "awaits": None}
    ]
    assert found["leftover"] == ""
    assert {"fingerprint", "unverified_years", "reading"} <= found.keys()


def test_a_count_with_its_unit_and_event(tthc: Program) -> None:
    phrase = "Chậm nhất 05 ngày làm việc kể từ ngày ký quyết định"
    found = tthc.json("deadline", phrase)
    rule = {"kind": "after_event", "event": "ký quyết định", "count": 5, "unit": "working_day"}
    assert found["rules"] == [rule]
    assert [day["awaits"] for day in found["deadlines"]] == ["ký quyết định"]
    found = tthc.json("deadline", phrase, "--event-date", "27/04/2021")
    assert [day["due"] for day in found["deadlines"]] == ["2021-05-06"]


def test_the_reading_in_use_decides(tthc: Program) -> None:
    found = tthc.json("deadline", "Trước ngày 15/7", "--year", "2022", "--reading", "before_excludes_day=false")
    assert found["deadlines"][0]["stated"] == "2022-07-15"


def test_the_year_is_the_plans_unless_told(tthc: Program) -> None:
    assert tthc.json("deadline", "Quý I")["rules"] == [{"kind": "period", "period": "2021-Q1"}]
    assert tthc.json("deadline", "Quý I", "--year", "2024")["rules"] == [{"kind": "period", "period": "2024-Q1"}]
    assert tthc.json("deadline", "Quý I/2023", "--year", "2024")["rules"] == [{"kind": "period", "period": "2023-Q1"}]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_what_is_not_understood_is_marked(tthc: Program, form: Any) -> None:
    phrase = unicodedata.normalize(form, "Trước ngày 15/12/2021, trừ cấp xã")
    done = tthc("deadline", phrase)
    assert done.returncode == 1
    shown, marks, *told = done.stdout.splitlines()
    assert shown == phrase
    at = unicodedata.normalize("NFC", phrase).index("trừ")
    assert marks == " " * at + "^" * len("trừ cấp xã")
    assert any("Chưa hiểu" in line for line in told)
    assert "14/12/2021" not in "".join(told)


def test_days_stand_as_people_write_them(tthc: Program) -> None:
    done = tthc("deadline", "Chậm nhất ngày 19/6/2021")
    assert done.returncode == 0
    assert "19/06/2021" in done.stdout
    assert "21/06/2021" in done.stdout
    assert "18/06/2021" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("Quý I", "--year", "21"),
        ("Quý I", "--event-date", "31/6/2021"),
        ("-", "-f", "csv"),
    ],
)
def test_wrong_usage(tthc: Program, words: tuple[str, ...]) -> None:
    done = tthc("deadline", *words)
    assert done.returncode == 2
    assert done.stderr
    assert not done.stdout


def test_lines_are_answered_in_order(tthc: Program) -> None:
    given = "\ufeffQuý I\r\nQuý I\t2022\nQuý I\tnăm nay\n\nTrước ngày 31/6\nThường xuyên".encode()
    code, found = stream(tthc, given, "--year", "2021")
    assert code == 1
    assert [item["schema"] for item in found] == ["tthc.deadline/1"] * 6
    assert [item["phrase"] for item in found] == ["Quý I", "Quý I", "Quý I", "", "Trước ngày 31/6", "Thường xuyên"]
    assert [item["understood"] for item in found] == [True, True, False, False, False, True]
    assert [rule["period"] for item in found[:2] for rule in item["rules"]] == ["2021-Q1", "2022-Q1"]
    assert "năm nay" in found[2]["problem"]
    assert found[4]["leftover"] == "ngày 31/6"


def test_a_line_in_another_encoding_costs_itself(tthc: Program) -> None:
    code, found = stream(tthc, b"Qu\xfd I/2021\nTh\xc3\xa1ng 5/2021\n")
    assert code == 1
    assert [item["understood"] for item in found] == [False, True]


def test_a_year_without_a_notice_is_told(tthc: Program) -> None:
    done = tthc("deadline", "-", stdin="Trước ngày 15/7/2028\n")
    assert "2028" in done.stderr
    assert tthc("deadline", "-", stdin="Trước ngày 15/7/2021\n").stderr == ""


def test_all_understood_is_fine(tthc: Program) -> None:
    code, found = stream(tthc, "\ufeffQuý I".encode())
    assert (code, found[0]["phrase"]) == (0, "Quý I")
    code, found = stream(tthc, ("Quý I\t" + "9" * 9000).encode())
    assert (code, found[0]["understood"]) == (1, False)
    code, found = stream(tthc, "Quý I\nTheo kế hoạch\n".encode())
    assert code == 0
    assert [item["rules"][0]["kind"] for item in found] == ["period", "external"]


def test_a_reader_gets_its_answer_before_the_next_question(tthc: Program) -> None:
    command = [sys.executable, "-m", "tthc_cli", "deadline", "-", "--year", "2021"]
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        command, cwd=tthc.folder, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        assert running.stdin
        assert running.stdout
        for phrase, period in (("Quý I", "2021-Q1"), ("Quý II", "2021-Q2")):
            running.stdin.write(f"{phrase}\n".encode())
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["rules"][0]["period"] == period
        running.stdin.close()
        assert running.wait() == 0


def test_a_stream_is_written_to_a_file(tthc: Program) -> None:
    code, found = stream(tthc, "Quý I\nQuý II\n".encode(), "-o", "phrases.json")
    assert (code, found) == (0, [])
    assert stream(tthc, b"Qu\xfd I\n", "-o", "other.json") == (1, [])
    assert "understood" in json.loads((tthc.folder / "other.json").read_text("utf-8"))
    lines = (tthc.folder / "phrases.json").read_text("utf-8").splitlines()
    assert [json.loads(line)["phrase"] for line in lines] == ["Quý I", "Quý II"]
