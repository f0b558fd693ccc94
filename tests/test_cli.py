"""The program as it is called: every command once, its exit codes, and what never happens."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
REGISTER = """\
task,agency,period,document_number,sent_on
XI.1,Sở Thông tin và Truyền thông,2021-Q1,12/BC-STTTT,2021-03-25
XI.1,Sở Tư pháp,2021-Q1,12/BC-STP,2021-03-16
XX.1,Sở Tư pháp,2021-Q1,13/BC-STP,2021-03-16
"""
UNITS = ("so-noi-vu", "so-tu-phap", "so-khdt", "so-tai-chinh", "so-y-te")
OBLIGATION = {
    *("key", "task", "title", "agency", "agency_name", "role", "period", "event", "stated", "due", "act_by", "window"),
    *("timing", "product", "verdict", "days_left", "submitted_on", "extended", "warnings"),
}
Done = subprocess.CompletedProcess[str]


class Screen(StringIO):
    """A terminal that remembers."""

    def isatty(self) -> bool:
        return True


class Program:
    """`tthc` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, environ: dict[str, str] | None = None, stdin: str = "") -> Done:
        environ = {"PATH": os.environ["PATH"]} if environ is None else environ
        return subprocess.run(
            [sys.executable, "-m", "tthc_cli", *words],
            cwd=self.folder,
            env={"PYTHONPATH": str(ROOT / "src"), **environ},
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def on_a_terminal(self, line: str, width: int = 120) -> str:
        """What a terminal of this width shows."""
        code = f"import pty, sys; pty.spawn([sys.executable, '-m', 'tthc_cli', *{line.split()!r}])"
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "COLUMNS": str(width)}
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=self.folder,
            env={**environ, "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout

    def json(self, *words: str, code: int = 0) -> dict[str, Any]:
        done = self(*words, "-f", "json")
        assert done.returncode == code, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found


@pytest.fixture
def tthc(tmp_path: Path) -> Program:
    (tmp_path / "so.csv").write_text(REGISTER, encoding="utf-8")
    return Program(tmp_path)


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


@pytest.mark.parametrize("by", ["agency", "section", "period"])
@pytest.mark.parametrize(
    "words", [(), ("--agency", "nhom-ubnd-cap-huyen"), ("--task", "XI"), ("--covers", "all"), ("--ignore", "C01,R03")]
)
def test_a_scorecard_adds_up_whatever_is_asked_for(tthc: Program, by: str, words: tuple[str, ...]) -> None:
    asked = ("check", "so.csv", "--as-of", "2021-04-05", "--all", "--fail-on", "never", "--by", by, *words)
    found = tthc.json(*asked)
    columns = ("on_time", "late", "in_time", "overdue", "waiting", "unclear")
    for score in (*found["scorecard"], found["total"]):
        assert score["assigned"] == sum(score[name] for name in columns)
    for name in (*columns, "assigned", "extended", "not_covered"):
        assert found["total"][name] == sum(score[name] for score in found["scorecard"])
    assert found["total"]["assigned"] + found["total"]["not_covered"] == len(found["findings"])
    assert all(score["name"] for score in found["scorecard"])


def test_a_scorecard_of_periods_goes_by_their_days(tthc: Program) -> None:
    scores = ("export", "--what", "scorecard", "--by", "period", "--register", "so.csv", "--as-of", "2021-04-05", "-q")
    names = [line.split(";")[0] for line in tthc(*scores).stdout.splitlines()]
    assert names[1:] == [
        *("Quý I/2021", "Quý II/2021", "6 tháng đầu năm 2021", "Quý III/2021", "Quý IV/2021", "Năm 2021"),
        *("Không theo kỳ", "Cộng"),
    ]


def test_what_rests_on_a_reading_is_not_told_as_sure(tthc: Program) -> None:
    (tthc.folder / "so.csv").write_text(
        "task,agency,period,sent_on,received_on\nVI.6,so-tttt,Q1,2021-04-06,\nXI.1,so-y-te,Q1,2021-03-19,2021-03-22\n",
        encoding="utf-8",
    )
    asked = ("check", "so.csv", "--as-of", "2021-04-10", "--agency")
    (line,) = tthc(*asked, "so-tttt", "--task", "VI.6", "-f", "line").stdout.splitlines()
    assert line == (
        "so.csv:2:1: error C02 VI.6, Sở Thông tin và Truyền thông, Quý I/2021: có thể chậm 6 ngày "
        "(ngày gửi 06/04/2021, hạn 31/03/2021); cần xác nhận: kế hoạch không ấn định ngày"
    )
    assert "hoàn thành, có thể quá hạn" in tthc(*asked, "so-tttt", "--task", "VI.6", "-f", "csv").stdout
    (line,) = tthc(*asked, "so-y-te", "--task", "XI.1", "-f", "line").stdout.splitlines()
    assert line.endswith("C05 XI.1, Sở Y tế, Quý I/2021: ngày gửi 19/03/2021 trong hạn 19/03/2021, nhưng đến sau hạn")


def test_units_that_differ_in_nothing_else_are_one_line_on_a_terminal(tthc: Program) -> None:
    rows = [f"XI.1,{unit},Q1,2021-03-{day}" for unit, day in zip(UNITS, (15, 16, 17, 18, 19), strict=True)]
    (tthc.folder / "so.csv").write_text("\n".join(("task,agency,period,sent_on", *rows)), encoding="utf-8")
    done = tthc.on_a_terminal("due --register so.csv --as-of 2021-04-05 --to 2021-03-21 --from 2021-03-17")
    assert "5 cơ quan cấp tỉnh" in done


def test_a_screen_shows_the_first_of_many_problems_and_says_so(tthc: Program) -> None:
    rows = "XX.1,Sở Y tế,2021-03-01\n" * 300
    (tthc.folder / "so.csv").write_text(f"task,agency,sent_on\n{rows}", encoding="utf-8")
    asked = ("check", "so.csv", "--as-of", "2021-04-05", "--task", "TC.4.1")
    screen, plain = tthc.on_a_terminal(" ".join(asked)), tthc(*asked).stdout
    assert "200 lỗi đầu trong 300" in screen
    assert (screen.count("R03"), plain.count(" R03 ")) == (201, 300)
    assert "lỗi đầu" not in plain


def test_problems_of_a_file_beside_are_not_the_registers(tthc: Program) -> None:
    (tthc.folder / "gia_han.csv").write_text("task,agency,new_date,status\nXI.1,Sở Lạ,2021-04-01,\n", encoding="utf-8")
    asked = ("check", "so.csv", "--as-of", "2021-04-05", "--extensions", "gia_han.csv")
    first, second, *_ = tthc(*asked).stdout.splitlines()
    assert first == "so.csv: 3 dòng, nhận 2, lỗi 1, cảnh báo 0."
    assert second == "gia_han.csv: lỗi 1, cảnh báo 0."
    files = {item["code"]: item["file"] for item in tthc.json(*asked, code=1)["problems"]}
    assert (Path(files["R04"]).name, files["R03"]) == ("gia_han.csv", None)


def test_what_is_ignored_is_not_told_as_fine(tthc: Program) -> None:
    asked = ("check", "so.csv", "--as-of", "2021-04-05")
    told = tthc(*asked, "--ignore", "R03,C01,C02")
    assert told.returncode == 0
    assert "Không xét các mã R03, C01, C02" in told.stdout
    assert "không có nhiệm vụ chậm" not in told.stdout


def test_no_report_is_written_over_what_it_is_made_from(tthc: Program) -> None:
    assert tthc("due", "-o", "a.json").returncode == 0
    before = {path.name: path.read_bytes() for path in tthc.folder.iterdir()}
    for words in (("check", "so.csv", "-o", "so.csv"), ("check", "./so.csv", "-f", "md", "-o", "so.csv")):
        assert tthc(*words).returncode == 2
    assert tthc("diff", "a.json", "a.json", "-o", "a.json").returncode == 2
    assert {path.name: path.read_bytes() for path in tthc.folder.iterdir()} == before


def test_days_of_a_year_without_a_notice_warn(tthc: Program) -> None:
    asked = ("explain", "III.4", "--event-date")
    known, forecast = tthc.json(*asked, "2021-05-03"), tthc.json(*asked, "2028-05-03")
    assert [item["warnings"] for item in known["obligations"]] == [[]]
    assert forecast["unverified_years"] == [2028]
    (told,) = forecast["obligations"][0]["warnings"]
    assert told.startswith("Lịch năm 2028")


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
    assert made.keys() == {"tthc.toml", "register.csv", "register.xlsx", "events.csv"}
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
        (2, ("list", "-o", "x.xlsx")),
        (2, ("list", "--workspace", "nowhere")),
        (2, ("workdays", "2021-06-18")),
        (2, ("workdays", "2021-06-18", "100001")),
        (2, ("workdays", "ngày mai", "1")),
        (3, ("check", "missing.csv")),
        (3, ("check", ".")),
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


ENGLISH = re.compile(r"\b(Usage|Options|Arguments|Commands|Error|Invalid|Missing|Try|Show|required|unexpected|such)\b")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("bogus",), "Không có lệnh “bogus”."),
        (("lst",), "Không có lệnh “lst”. Có phải là list?"),
        (("list", "--bogus"), "Không có tùy chọn --bogus."),
        (("list", "--agenc", "x"), "Không có tùy chọn --agenc. Có phải là --agencies, --agency, --plan?"),
        (("list", "--agency"), "--agency: chưa có giá trị, ghi thêm vào sau tùy chọn này."),
        (("check", "--all=3"), "--all: tùy chọn này không đi kèm giá trị."),
        (("list", "--role", "boss"), "--role: “boss” không dùng được; chọn một trong lead, support, any."),
        (("due", "--within", "abc"), "--within: “abc” không phải số nguyên."),
        (("diff", "a.json"), "Thiếu MỚI."),
        (("workdays", "2021-06-20", "5", "6"), "Thừa “6”: lệnh này không nhận thêm."),
    ],
)
def test_a_command_line_that_cannot_be_read_is_refused_in_vietnamese(
    tthc: Program, words: tuple[str, ...], told: str
) -> None:
    done = tthc(*words)
    assert (done.returncode, done.stdout) == (2, "")
    first, second = done.stderr.splitlines()
    assert first == told
    assert second.startswith("Xem cách dùng: tthc")


@pytest.mark.parametrize("words", [("--help",), ("due", "--help"), ("plan",), ("plan", "validate", "-h"), ()])
def test_help_is_in_vietnamese(tthc: Program, words: tuple[str, ...]) -> None:
    done = tthc(*words)
    page = done.stdout or done.stderr
    assert page.startswith("Cách dùng: tthc")
    assert "Tùy chọn:" in page
    assert not ENGLISH.search(page)
    assert "..." not in page.replace("[THAM_SỐ]...", "")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("list >&-", 0),
        ("list >&- 2>&-", 0),
        ("list -f json >/dev/null 2>/dev/full", 0),
        ("bogus 2>/dev/full", 2),
        ("check - <&-", 3),
        ("list >/dev/full", 3),
    ],
)
def test_streams_that_are_closed_or_full(tthc: Program, command: str, code: int) -> None:
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
    line = f"{sys.executable} -m tthc_cli {command}"
    done = subprocess.run(["bash", "-c", line], cwd=tthc.folder, env=environ, capture_output=True, encoding="utf-8")
    assert done.returncode == code
    assert "ngoài dự kiến" not in done.stderr
    assert "Exception" not in done.stderr


def test_a_folder_that_is_gone(tthc: Program) -> None:
    line = f"mkdir gone && cd gone && rmdir ../gone && {sys.executable} -m tthc_cli list"
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(["bash", "-c", line], cwd=tthc.folder, env=environ, capture_output=True, encoding="utf-8")
    assert done.returncode == 3
    assert "Thư mục hiện thời không còn" in done.stderr


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


def test_progress_is_told_on_a_terminal_alone(tthc: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from tthc_cli.cli import progress

    assert progress.watcher(tthc.folder / "so.csv") is None
    monkeypatch.setattr(progress, "LARGE", 10)
    monkeypatch.setattr("sys.stderr", screen := Screen())
    watch = progress.watcher(tthc.folder / "so.csv")
    assert watch
    rows: list[Any] = [(2, ["a"]), (3, ["b"]), (4, ["c"])]
    assert list(watch(iter(rows))) == rows
    told = screen.getvalue()
    assert "so.csv: 50%" in told
    assert told.endswith(" \r")


def test_quiet_keeps_json_alone(tthc: Program) -> None:
    assert tthc("list", "-f", "json", "-q").stderr == ""
    assert tthc("list", "-f", "json").stderr


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
