"""What the program says, to whom, and what it refuses: help, refusals, streams, screens, sums."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import ROOT, Program

UNITS = ("so-noi-vu", "so-tu-phap", "so-khdt", "so-tai-chinh", "so-y-te")
ENGLISH = re.compile(
    r"\b(Usage|Options|Arguments|Commands|Error|Invalid|Missing|Try|Show|required|unexpected|such|YEAR|OLD_PLAN|int)\b"
)


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
    rows = "task,agency,period,new_date,status\nXI.1,Sở Lạ,Q1,2021-04-01,\n"
    (tthc.folder / "gia_han.csv").write_text(rows, encoding="utf-8")
    asked = ("check", "so.csv", "--as-of", "2021-04-05", "--extensions", "gia_han.csv")
    first, second, *_ = tthc(*asked).stdout.splitlines()
    assert first == "so.csv: 3 dòng, nhận 2, lỗi 1, cảnh báo 0."
    assert second == "gia_han.csv: lỗi 1, cảnh báo 0."
    files = {item["code"]: item["file"] for item in tthc.json(*asked, code=1)["problems"]}
    assert (Path(files["R04"]).name, files["R03"]) == ("gia_han.csv", None)


@pytest.mark.parametrize("words", [("due", "so-tu-phap"), ("export",)])
def test_bad_rows_are_named_where_verdicts_are_shown(tthc: Program, words: tuple[str, ...]) -> None:
    done = tthc(*words, "--register", "so.csv", "--as-of", "2021-04-05", "-q")
    assert done.returncode == 0
    assert done.stderr == "so.csv: 1 dòng lỗi không được tính; xem bằng lệnh tthc check.\n"


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


def test_no_report_is_written_among_registers(tthc: Program) -> None:
    """What a report calls late would be taken for a paper the next time."""
    folder = tthc.folder / "so"
    folder.mkdir()
    (tthc.folder / "so.csv").rename(folder / "1.csv")
    before = (folder / "1.csv").read_bytes()
    for source, output in (
        ("so", "so/1.csv"),
        ("so/*.csv", "so/1.csv"),
        ("so", "so/kq.xlsx"),
        ("so/*.csv", "so/kq.csv"),
    ):
        done = tthc("check", source, "-o", output)
        assert (done.returncode, "không ghi đè" in done.stderr) == (2, True)
    (tthc.folder / "lk").symlink_to("so")
    (tthc.folder / "h.csv").symlink_to("so/1.csv")
    away = tthc.folder / "xa" / "hon"
    away.mkdir(parents=True)
    for source, output in (
        *(("so/**/*.csv", "so/1.csv"), ("so/**/*.csv", "so/moi.csv"), ("**/*.csv", "xa/hon/moi.csv")),
        *(("xa/../so/*.csv", "so/1.csv"), ("so/*.csv", "lk/1.csv"), ("so/*.csv", "lk/moi.csv"), ("so", "h.csv")),
        *(("h.csv", "so/1.csv"), (f"file://{folder}/1.csv", "so/1.csv"), (f"file://{folder}/", "so/moi.csv")),
    ):
        done = tthc("check", source, "-o", output)
        assert (done.returncode, "không ghi đè" in done.stderr) == (2, True), (source, output, done)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"1.csv": before}
    assert tthc("check", "so/*.csv", "--as-of", "2021-04-05", "-o", "xa/moi.csv").returncode == 1
    assert tthc("check", "so", "--as-of", "2021-04-05", "-o", "so/kq.html").returncode == 1
    assert tthc("check", "so/*.csv", "--as-of", "2021-04-05", "-o", "so/kq.xlsx").returncode == 1


def test_a_report_is_written_again_where_files_have_no_numbers(tthc: Program) -> None:
    """As on some shares: there all files seem to be one."""
    before = (tthc.folder / "so.csv").read_bytes()
    words = ("check", "so.csv", "--as-of", "2021-04-05", "-q", "-o")
    code = """
    import os
    from pathlib import Path
    def stat(path, whole=Path.stat, **how):
        mode, _, _, *rest = whole(path, **how)
        return os.stat_result((mode, 0, 0, *rest))
    Path.stat = stat
    """
    assert tthc(*words, "kq.html").returncode == 1
    assert tthc.after(code, *words, "kq.html").returncode == 1
    assert tthc.after(code, *words, "so.csv").returncode == 2
    assert (tthc.folder / "so.csv").read_bytes() == before


AS_ON_WINDOWS = """
    import os, {module} as module
    class Windows:
        name = "nt"
        def __getattr__(self, name): return getattr(os, name)
    module.os = Windows()
"""


def test_a_pattern_is_read_by_the_program_on_windows_too(tthc: Program) -> None:
    for name in "ab":
        shutil.copy(tthc.folder / "so.csv", tthc.folder / f"q-{name}.csv")
    words = ("check", "q-?.csv", "--as-of", "2021-04-05", "-f", "json")
    done = tthc.after(AS_ON_WINDOWS.format(module="typer.core"), *words)
    assert (done.stdout, done.stderr) == ((there := tthc(*words)).stdout, there.stderr)
    assert done.returncode == 1


def test_a_reader_that_goes_away_is_no_failure_on_windows(tthc: Program) -> None:
    gone = """
    import errno, io, sys
    class Gone(io.RawIOBase):
        def writable(self): return True
        def fileno(self): return 9
        def write(self, data): raise OSError(errno.EINVAL, "Invalid argument")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(Gone()))
    """
    done = tthc.after(AS_ON_WINDOWS.format(module="tthc_cli.cli.inputs") + gone, "list")
    assert (done.returncode, done.stderr) == (0, "")
    assert tthc.after(gone, "list").returncode == 3


def test_a_stop_that_a_library_takes_for_an_error_is_one(tthc: Program) -> None:
    """As pydantic does, which then finds that an id is none."""
    stopped = """
    import os, signal
    from tthc_cli import loading
    from tthc_cli.errors import InputError, Trouble
    def load(settings):
        try:
            os.kill(os.getpid(), signal.SIGINT)
        except KeyboardInterrupt:
            raise InputError(Trouble("agencies.yaml", "missing_file"))
    loading.load = load
    """
    done = tthc.after(stopped, "list")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_register_that_is_proposed_may_be_added_to_the_others(tthc: Program) -> None:
    folder = tthc.folder / "so"
    folder.mkdir()
    (tthc.folder / "so.csv").rename(folder / "1.csv")
    shutil.copy(ROOT / "examples" / "ben_tre_2021" / "so_van_ban_den.csv", tthc.folder / "den.csv")
    asked = ("match", "den.csv", "--register", "so")
    assert tthc(*asked, "-o", "so/2.csv").returncode == 0
    assert tthc(*asked, "-o", "so/1.csv").returncode == 2


@pytest.mark.parametrize("words", [("check",), ("check", "so.csv", "-o"), ("due", "--workspace"), ("due", "--plan")])
def test_a_name_that_is_too_long(tthc: Program, words: tuple[str, ...]) -> None:
    done = tthc(*words, f"{'x' * 300}/a.csv")
    assert done.returncode == 3
    assert "ngoài dự kiến" not in done.stderr
    assert "xxx" in done.stderr


@pytest.mark.parametrize("width", [2, 12])
def test_a_terminal_of_hardly_any_width_shows_what_it_can(tthc: Program, width: int) -> None:
    shown = tthc.on_a_terminal("explain III.4 --event-date 2021-05-03", width)
    assert "Quy tắc:" in shown
    assert "ngoài dự kiến" not in shown


def test_a_dash_as_the_file_to_write_is_standard_output(tthc: Program) -> None:
    assert tthc("agencies", "so-y-te", "-o", "-", "-f", "json").stdout.startswith("{")
    assert not (tthc.folder / "-").exists()


def test_days_of_a_year_without_a_notice_warn(tthc: Program) -> None:
    asked = ("explain", "III.4", "--event-date")
    known, forecast = tthc.json(*asked, "2021-05-03"), tthc.json(*asked, "2028-05-03")
    assert [item["warnings"] for item in known["obligations"]] == [[]]
    assert forecast["unverified_years"] == [2028]
    (told,) = forecast["obligations"][0]["warnings"]
    assert told.startswith("Lịch năm 2028")


def test_what_is_asked_for_twice_is_answered_twice(tthc: Program) -> None:
    units = ("--agency", "so-tttt", "--agency", "Sở Tư pháp")
    owed = tthc.json("due", *units, "--as-of", "2021-04-05")["obligations"]
    assert {item["agency"] for item in owed} == {"so-tttt", "so-tu-phap"}
    found = tthc.json("check", "so.csv", "--as-of", "2021-04-05", "--all", *units, code=1)
    assert {item["agency"] for item in found["findings"]} == {"so-tttt", "so-tu-phap"}
    levels = ("--covers", "commune", "--covers", "province")
    both = tthc.json("check", "so.csv", "--as-of", "2021-04-05", *levels, code=1)
    assert both["reading"]["covers"] == ["commune", "province"]


@pytest.mark.parametrize("words", [("due", "--agency", ""), ("due", ""), ("check", "so.csv", "--agency", "")])
def test_an_agency_without_a_name_is_not_everybody(tthc: Program, words: tuple[str, ...]) -> None:
    done = tthc(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Không có cơ quan nào tên “”" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("bogus",), "Không có lệnh “bogus”."),
        (("lst",), "Không có lệnh “lst”. Có phải là list?"),
        (("list", "--bogus"), "Không có tùy chọn --bogus."),
        (("--bogus", "list"), "Không có tùy chọn --bogus."),
        (("--no-cache", "check", "so.csv"), "--no-cache đứng sau tên lệnh: tthc LỆNH --no-cache."),
        (("--jobs=2", "check", "so.csv"), "--jobs đứng sau tên lệnh: tthc LỆNH --jobs."),
        (("-q", "due"), "-q đứng sau tên lệnh: tthc LỆNH -q."),
        (("plan", "--as-of", "2021-01-01", "validate"), "--as-of đứng sau tên lệnh: tthc plan LỆNH --as-of."),
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


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (("due", "-o"), "tthc due"),
        (("check", "--all=3"), "tthc check"),
        (("plan", "validate", "-o"), "tthc plan validate"),
        (("--version=3",), "tthc"),
    ],
)
def test_a_refusal_names_the_command_whose_help_to_read(tthc: Program, words: tuple[str, ...], command: str) -> None:
    assert tthc(*words).stderr.splitlines()[1] == f"Xem cách dùng: {command} --help"


@pytest.mark.parametrize(
    "words", [("--help",), ("due", "--help"), ("plan",), ("plan", "validate", "-h"), ("plan", "new-year", "-h"), ()]
)
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
        ("--version >/dev/full", 3),
    ],
)
def test_streams_that_are_closed_or_full(tthc: Program, command: str, code: int) -> None:
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
    line = f"{sys.executable} -m tthc_cli {command}"
    done = subprocess.run(["bash", "-c", line], cwd=tthc.folder, env=environ, capture_output=True, encoding="utf-8")
    assert done.returncode == code
    assert "ngoài dự kiến" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_disk_that_has_room_for_a_part_only(tthc: Program, unbuffered: str) -> None:
    """Neither a report nor what is said again is cut short without a word."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": unbuffered}
    environ["XDG_CACHE_HOME"] = str(tthc.folder / "cache")
    command = f"{sys.executable} -m tthc_cli list -f json"
    again = f"{sys.executable} -m tthc_cli due so-tttt --as-of 2021-06-15 -f json"
    subprocess.run(["bash", "-c", again], cwd=tthc.folder, env=environ, capture_output=True, check=True)
    for line in (f"{command} --no-cache", again):
        full = f"ulimit -f 1; {line} >cut.json"
        done = subprocess.run(["bash", "-c", full], cwd=tthc.folder, env=environ, capture_output=True, encoding="utf-8")
        assert done.returncode == 3, line
        assert done.stderr.startswith("Không in được kết quả ra đầu ra chuẩn")
        assert (tthc.folder / "cut.json").stat().st_size == 1024


def test_a_folder_that_is_gone(tthc: Program) -> None:
    line = f"mkdir gone && cd gone && rmdir ../gone && {sys.executable} -m tthc_cli list"
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(["bash", "-c", line], cwd=tthc.folder, env=environ, capture_output=True, encoding="utf-8")
    assert done.returncode == 3
    assert "Thư mục hiện thời không còn" in done.stderr


def test_two_registers_are_one_too_many(tthc: Program) -> None:
    done = tthc("check", "so.csv", "--register", "khac.csv")
    assert done.returncode == 2
    assert "“so.csv” và --register “khac.csv”" in done.stderr


def test_an_unknown_event_is_told_at_its_column(tthc: Program) -> None:
    rows = "task;agency;sent_on;event\nIII.4;VP UBND tỉnh;1/3/2021;la\n"
    (tthc.folder / "so.csv").write_text(rows, encoding="utf-8")
    told = tthc("check", "so.csv", "--as-of", "2021-04-05", "-f", "line").stdout
    assert told.startswith("so.csv:2:4: error R10 ")


@pytest.mark.skipif(os.name != "posix", reason="signals are sent otherwise on Windows")
def test_whoever_interrupts_the_start_sees_no_traceback(tmp_path: Path) -> None:
    """Also where the program itself is still being read."""
    slow = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n"
    (tmp_path / "typer.py").write_text(slow, "utf-8")  # which is what it reads first
    paths = os.pathsep.join((str(tmp_path), str(ROOT / "src")))
    done = subprocess.run(
        [sys.executable, "-m", "tthc_cli", "--version"],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@pytest.mark.parametrize("command", ["check", "check --by agency", "due", "list", "explain XI.1"])
def test_a_screen_of_80_columns_is_wide_enough(tthc: Program, command: str) -> None:
    example = ROOT / "examples" / "ben_tre_2021"
    shown = tthc.on_a_terminal(f"{command} --workspace {example} --as-of 2021-10-15", 80)
    assert max(map(len, shown.splitlines())) <= 80
