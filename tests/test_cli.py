"""The program as it is called: every command once, its exit codes, and what never happens."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import REGISTER, ROOT, Program, Screen

OBLIGATION = {
    *("key", "task", "title", "agency", "agency_name", "role", "period", "event", "stated", "due", "act_by", "window"),
    *("timing", "product", "verdict", "days_left", "submitted_on", "extended", "warnings"),
}


def test_list(tthc: Program) -> None:
    found = tthc.json("list", "--section", "XI")
    assert list(found)[:2] == ["schema", "plan"]
    assert {"fingerprint", "unverified_years"} <= found.keys()
    assert set(found["fingerprint"]) == {"tthc", "plan", "agencies", "calendar"}
    (task,) = (task for task in found["tasks"] if task["id"] == "XI.1")
    assert "so-tttt" in task["lead_agencies"]
    assert {"section", "title", "lead", "support", "timing", "kinds", "product", "notes"} <= task.keys()
    assert len(tthc.json("list")["tasks"]) == 63
    assert {task["section"] for task in tthc.json("list", "--section", "X, xi")["tasks"]} == {"X", "XI"}
    several = tthc.json("list", "--kind", "by-date;recurring", "--kind", "before_date")["tasks"]
    assert {"TC.1.2", "XI.1", "IV.2"} <= {task["id"] for task in several}
    assert tthc.json("list", "--kind", "by-date", "--search", "khong co chu nay")["tasks"] == []


def test_due(tthc: Program) -> None:
    found = tthc.json("due", "so-tttt", "--as-of", "20/06/2021", "--from", "2021-06-01", "--within", "30")
    assert found["schema"] == "tthc.obligations/1"
    assert found["as_of"] == "2021-06-20"
    one = {item["key"]: item for item in found["obligations"]}["XI.1/so-tttt/2021-Q2"]
    assert one.keys() >= OBLIGATION
    assert (one["stated"], one["due"], one["act_by"]) == ("2021-06-19", "2021-06-21", "2021-06-18")


def test_due_of_both_roles_keeps_the_order(tthc: Program) -> None:
    roles = [item["role"] for item in tthc.json("due", "--agency", "so-tu-phap", "--role", "any")["obligations"]]
    assert set(roles) == {"lead", "support"}


def test_overdue_asks_for_a_register(tthc: Program) -> None:
    refused = tthc("due", "--overdue")
    assert (refused.returncode, refused.stdout) == (2, "")
    found = tthc.json("due", "--overdue", "--register", "so.csv", "--as-of", "2021-04-05")
    assert {item["verdict"] for item in found["obligations"]} == {"overdue"}


@pytest.mark.parametrize("command", ["check", "remind --dry-run --contacts contacts.csv", "letter -o thu"])
def test_a_register_without_rows_is_told_of(tthc: Program, command: str) -> None:
    """It may be the wrong file, and all that is due is overdue by it."""
    (tthc.folder / "contacts.csv").write_text("agency;address\nso-y-te;so-y-te@hop-thu.example\n", encoding="utf-8")
    for rows, is_told in ("", True), ("XI.1;Sở Tư pháp;Q1;19/3/2021\n", False):
        (tthc.folder / "so.csv").write_text(f"task;agency;period;sent_on\n{rows}", encoding="utf-8")
        told = tthc(*command.split(), "--register", "so.csv", "--as-of", "2021-04-05")
        assert ("so.csv: sổ chưa có dòng nào" in told.stdout + told.stderr) is is_told


def test_a_row_that_cannot_be_read_has_no_column(tthc: Program, tmp_path: Path) -> None:
    path = tmp_path / "hong.csv"
    path.write_text(
        "task;agency;period;sent_on\nXI.1;Sở Y tế;Q1;19/3/2021;x\nXI.9;Sở Y tế;Q1;19/3/2021\n", encoding="utf-8"
    )
    wide, wrong = tthc.json("check", str(path), "--as-of", "2021-04-05", code=1)["problems"]
    assert (wide["code"], wide["column"]) == ("R01", None)
    assert (wrong["code"], wrong["column"]) == ("R03", "task")


def test_check(tthc: Program) -> None:
    found = tthc.json("check", "so.csv", "--as-of", "2021-04-05", "--by", "agency", code=1)
    assert found["register"] | {"path": "so.csv", "rows": 3, "accepted": 2} == found["register"]
    assert found["compliant"] is False
    assert [(item["code"], item["line"], item["suggestion"]) for item in found["problems"]] == [("R03", 4, "X.1")]
    late = {item["key"]: item for item in found["findings"]}["XI.1/so-tttt/2021-Q1"]
    assert late.keys() >= OBLIGATION | {"code", "line", "days_late", "firm", "rests_on"}
    assert (late["code"], late["line"], late["days_late"], late["firm"]) == ("C02", 2, 6, True)
    columns = ("on_time", "late", "in_time", "overdue", "waiting", "unclear")
    assert found["total"]["assigned"] == sum(found["total"][name] for name in columns)
    assert found["total"]["assigned"] == sum(score["assigned"] for score in found["scorecard"])


def test_what_is_dated_after_the_day_is_told_and_counted(tthc: Program) -> None:
    text = "task,agency,document_number,document_date\nIV.2,Sở Y tế,5/QĐ-UBND,2021-04-06\n"
    (tthc.folder / "giao.csv").write_text(text, "utf-8")
    words = ("check", "so.csv", "--assignments", "giao.csv", "--as-of")
    found = tthc.json(*words, "2021-04-05", code=1)
    assert found["set_aside"] == {"rows": 0, "extensions": 0, "assignments": 1, "amendments": 0}
    assert "Để riêng 1 phân công ghi sau ngày 05/04/2021" in tthc(*words, "2021-04-05").stdout
    assert "set_aside" not in tthc.json(*words, "2021-04-06", code=1)


def test_check_of_one_task_and_codes(tthc: Program) -> None:
    words = ("check", "so.csv", "--as-of", "2021-04-05", "--task", "XI.1", "--agency", "so-tttt")
    assert tthc(*words, "--ignore", "R03").returncode == 1
    assert tthc(*words, "--ignore", "R03,c02").returncode == 0
    assert tthc(*words, "--fail-on", "never").returncode == 0
    assert tthc(*words, "--ignore", "R77").returncode == 2
    assert tthc("check", "--register", "so.csv", "--as-of", "2021-04-05").returncode == 1
    assert tthc("check", "-", "--as-of", "2021-04-05", stdin=REGISTER).returncode == 1


def test_lines_of_findings(tthc: Program) -> None:
    done = tthc("check", "so.csv", "-f", "line", "--as-of", "2021-04-05", "--task", "XI.1", "--agency", "so-tttt")
    assert [line.split(" ", 3)[:3] for line in done.stdout.splitlines()] == [
        ["so.csv:4:1:", "error", "R03"],
        ["so.csv:2:1:", "error", "C02"],
    ]


def test_export(tthc: Program) -> None:
    assert tthc.json("export", "--what", "tasks")["schema"] == "tthc.tasks/1"
    done = tthc("export", "--what", "obligations", "-o", "han.json", "--as-of", "2021-06-01")
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads((tthc.folder / "han.json").read_text("utf-8"))["schema"] == "tthc.obligations/1"
    scores = tthc("export", "--what", "scorecard", "--register", "so.csv", "--as-of", "2021-04-05", "-o", "bang.csv")
    assert scores.returncode == 0
    assert (tthc.folder / "bang.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    full = tthc.json("export", "--what", "assessment", "--register", "so.csv", "--as-of", "2021-04-05")
    assert len(full["findings"]) == sum(full["counts"].values())
    assert not [path for path in tthc.folder.iterdir() if path.suffix == ".tmp"]


def test_explain(tthc: Program) -> None:
    found = tthc.json("explain", "xi-1", "--agency", "so-tttt", "--as-of", "2021-06-20")
    assert found["schema"] == "tthc.explain/1"
    assert {"task", "timing", "obligations", "steps", "basis"} <= found.keys()
    assert len(found["obligations"]) == 4
    assert all({"text", "dates"} <= step.keys() for step in found["steps"])
    supposed = tthc.json("explain", "III.4", "--agency", "vp-ubnd-tinh", "--event-date", "2021-05-03")
    assert [item["due"] for item in supposed["obligations"]] == ["2021-05-10"]
    assert "R07" in tthc("explain", "r07").stdout
    assert tthc("explain", "R99").returncode == 2


def test_diff(tthc: Program) -> None:
    for name, reading in (("a", "next"), ("b", "stay")):
        words = ("due", "--as-of", "2021-06-01", "--reading", f"day_off={reading}", "-q", "-o", f"{name}.json")
        assert tthc(*words).returncode == 0
    found = tthc.json("diff", "a.json", "b.json")
    assert found["schema"] == "tthc.diff/1"
    assert {cause for move in found["moved"] for cause in move["causes"]} == {"reading"}
    plan = str(ROOT / "data" / "plan_2021.yaml")
    assert tthc.json("diff", plan, plan)["counts"]["moved"] == 0
    assert tthc("diff", "a.json", "so.csv").returncode == 3


def test_agencies(tthc: Program) -> None:
    found = tthc.json("agencies", "Sở GD&ĐT")
    assert [match["id"] for match in found["matches"]] == ["so-gddt"]
    assert found["matches"][0].keys() >= {"id", "name", "level", "parent", "exact"}
    unknown = tthc.json("agencies", "Sở GĐ&ĐT")
    assert (unknown["matches"], [unit["id"] for unit in unknown["suggestions"]]) == ([], ["so-gddt"])
    several = tthc.json("agencies", "Ba Tri")
    assert [unit["id"] for unit in several["matches"]] == ["ubnd-huyen-ba-tri", "ubnd-tt-ba-tri-ba-tri"]
    assert len(tthc.json("agencies")["matches"]) > 200


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("2021-06-18", "1"), "2021-06-21"),
        (("18/06/2021", "-5"), "2021-06-11"),
        (("2021-06-18", "--until", "2021-07-01"), "9"),
    ],
)
def test_workdays(tthc: Program, words: tuple[str, ...], answer: str) -> None:
    done = tthc("workdays", *words)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{answer}\n", "")
    assert tthc("workdays", *words, "-q").stdout == f"{answer}\n"
    assert tthc.json("workdays", *words)["schema"] == "tthc.workdays/1"
    assert answer in tthc("workdays", *words, "-f", "csv").stdout


def test_init_makes_a_workspace_that_checks(tthc: Program) -> None:
    assert tthc("init", "ws").returncode == 0
    made = {path.name: path.read_bytes() for path in (tthc.folder / "ws").iterdir()}
    assert made.keys() == {"tthc.toml", "register.csv", "register.xlsx", "events.csv", "contacts.csv"}
    assert {Path(path).name for path in tthc.json("init", "other")["files"]} == made.keys()
    again = tthc("init", "ws")
    assert again.returncode == 2
    assert "register.csv" in again.stderr
    assert {path.name: path.read_bytes() for path in (tthc.folder / "ws").iterdir()} == made
    for register in ("ws/register.csv", "ws/register.xlsx"):
        found = tthc.json("check", register, "--workspace", "ws", "--as-of", "2020-12-31", "--fail-on", "never")
        assert found["register"]["rows"] == 0


def test_plan_validate(tthc: Program) -> None:
    assert tthc.json("plan", "validate")["valid"] is True
    (tthc.folder / "plan.yaml").write_text("id: x\ntasks: 3\n", encoding="utf-8")
    done = tthc("plan", "validate", "plan.yaml")
    assert done.returncode == 3
    assert "plan.yaml:2" in done.stderr


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (2, ("check",)),
        (2, ("check", "so.csv", "--as-of", "2021-13-01")),
        (2, ("check", "so.csv", "--bogus")),
        (2, ("check", "so.csv", "--reading", "day_off=maybe")),
        (2, ("check", "so.csv", "--covers", "moon")),
        (2, ("check", "so.csv", "--task", "ZZ.9")),
        (2, ("due", "Sở Trời Đất")),
        (2, ("due", "Binh Thanh")),
        (2, ("due", "so-tttt", "--agency", "so-y-te")),
        (2, ("due", "--from", "2021-06-02", "--to", "2021-06-01")),
        (2, ("due", "--within", "-1")),
        (2, ("list", "--section", "ZZ")),
        (2, ("list", "--section", "")),
        (2, ("list", "--kind", "by_date,bogus")),
        (2, ("check", "so.csv", "--ignore", "")),
        (2, ("explain", "XI.1", "--event-date", "2021-05-03")),
        (2, ("list", "-f", "line")),
        (2, ("list", "-o", "x.xls")),
        (2, ("list", "--workspace", "nowhere")),
        (2, ("workdays", "2021-06-18")),
        (2, ("workdays", "2021-06-18", "100001")),
        (2, ("workdays", "ngày mai", "1")),
        (3, ("check", "missing.csv")),
        (3, ("check", "so*.xlsx")),
        (3, ("list", "--plan", "so.csv")),
        (3, ("list", "-o", "no/such/folder.json")),
        (3, ("due", "--events", "missing.csv")),
        (3, ("diff", "so.csv", "missing.json")),
    ],
)
def test_what_cannot_be(tthc: Program, code: int, words: tuple[str, ...]) -> None:
    done = tthc(*words)
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert "Chưa có lời giải thích" not in done.stderr
    assert "…" not in done.stderr


def test_candidates_are_named(tthc: Program) -> None:
    told = tthc("due", "xã Binh Thanh").stderr
    assert "ubnd-xa-binh-thanh-giong-trom" in told
    assert "ubnd-xa-binh-thanh-thanh-phu" in told


@pytest.mark.parametrize("environ", [{}, {"LANG": "C"}, {"LC_ALL": "C"}])
def test_any_locale(tthc: Program, environ: dict[str, str]) -> None:
    done = tthc("agencies", "Sở Tư pháp", environ=environ)
    assert done.returncode == 0
    assert "“Sở Tư pháp” là Sở Tư pháp." in done.stdout


def test_a_reader_that_goes_away(tthc: Program) -> None:
    command = f"{sys.executable} -m tthc_cli list 2>err | head -n 1; echo ${{PIPESTATUS[0]}}"
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        ["bash", "-c", command], cwd=tthc.folder, env=environ, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines()[1:] == ["0"]
    assert (tthc.folder / "err").read_text("utf-8") == ""


def test_lines_that_never_end_are_read_while_somebody_reads_the_answers(tthc: Program) -> None:
    command = f"yes 'Quý I' | {sys.executable} -m tthc_cli deadline - --year 2021 | head -n 1"
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        ["bash", "-c", f"timeout 60 bash -c {shlex.quote(command)}"],
        cwd=tthc.folder, env=environ, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["understood"]


def test_progress_is_told_on_a_terminal_alone(tthc: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from tthc_cli.cli import progress
    from tthc_cli.registers import open_table
    from tthc_cli.submissions import REGISTER as COLUMNS

    assert progress.watcher(tthc.folder / "so.csv") is None
    monkeypatch.setattr(progress, "LARGE", 10)
    monkeypatch.setattr("sys.stderr", screen := Screen())
    with (tthc.folder / "so.csv").open("a", encoding="utf-8") as file:
        file.writelines(["XI.1;Sở Tư pháp;Q1;12/BC;15/3/2021\n"] * 10_000)
    watch = progress.watcher(tthc.folder / "so.csv")
    assert watch
    with open_table(tthc.folder / "so.csv", COLUMNS) as table:
        rows = list(watch(table).rows)
    assert [line for line, _ in rows] == [*range(2, 10_005)]
    told = screen.getvalue()
    percents = [*map(int, re.findall(r"so\.csv: (\d+)%", told))]
    assert len(percents) > 5
    assert percents == sorted(percents)
    assert percents[-1] > 80
    assert told.endswith(" \r")


def test_quiet_keeps_json_alone(tthc: Program) -> None:
    assert tthc("list", "-f", "json", "-q").stderr == ""
    assert tthc("list", "-f", "json").stderr


@pytest.mark.parametrize("agency", ["Sở TT&TT", "UBND huyện Ba Tri", "nhom-mot-cua"])
def test_one_unit_s_list_is_its_part_of_the_whole(tthc: Program, agency: str) -> None:
    whole = tthc.json("due", "--as-of", "2021-06-20")["obligations"]
    mine = tthc.json("due", agency, "--as-of", "2021-06-20")["obligations"]
    names = {item["agency"] for item in mine}
    assert mine == [item for item in whole if item["agency"] in names]
    assert len(mine) > 5


def test_settings_of_the_environment(tthc: Program) -> None:
    done = tthc("check", "--as-of", "2021-04-05", environ={"TTHC_REGISTER": "so.csv"})
    assert done.returncode == 1
    assert "so.csv: 3" in done.stdout


def test_a_start_is_light(tthc: Program) -> None:
    heavy = {"pydantic", "yaml", "rich", "openpyxl", "holidays"}
    code = f"import sys, tthc_cli.cli; print({heavy!r} & set(sys.modules))"
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "set()\n"
    assert tthc("--version").stdout == "tthc 0.1.0\n"
    assert tthc("--help").returncode == 0
