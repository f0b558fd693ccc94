"""Each kind of bad row is reported at its place, costs itself alone, and casts only the doubt that it must."""

from __future__ import annotations

import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from tests.worlds import REGISTER, TODAY, judged, run
from tthc_cli import loading, settings, workflow
from tthc_cli.assessment import assess
from tthc_cli.errors import InputError
from tthc_cli.matching import gather
from tthc_cli.registers import open_table
from tthc_cli.submissions import REGISTER as COLUMNS
from tthc_cli.understanding import Understanding

AS_OF = date(2021, 10, 15)
GOOD = "XI.1;STTTT;;;Q1;;12/BC-STTTT;19/3/2021;19/3/2021;;;"
ROWS = [
    ("R01", 'XI.1;"Sở Y tế;;;Q1;;12/BC-SYT;19/3/2021;19/3/2021;;;', "XI.1/so-y-te/2021-Q1"),
    ("R01", "XI.1;Sở Y tế;;;Q1;;12/BC-SYT;19/3/2021;19/3/2021;;;;thừa;ô", "XI.1/so-y-te/2021-Q1"),
    ("R01", "XI.1;Sở Y tế;;;Q1;;12/BC-\udcd3\udcff;19/3/2021;19/3/2021;;;", "XI.1/so-y-te/2021-Q1"),
    ("R02", ";STTTT;;;Q1;;12/BC-STTTT;19/3/2021;19/3/2021;;;", None),
    ("R03", "XI.9;STTTT;;;Q1;;12/BC-STTTT;19/3/2021;19/3/2021;;;", None),
    ("R03", "TC.1.1;STTTT;;;;;12/BC-STTTT;19/3/2021;19/3/2021;;;", None),
    ("R04", "XI.1;Sở Ngoại vụ;;;Q1;;12/BC-SNgV;19/3/2021;19/3/2021;;;", None),
    ("R04", "IV.1;UBND xã An Thủy;;Bình Đại;;;12/KH-UBND;19/1/2021;19/1/2021;;;", None),
    ("R05", "IV.1;UBND Ba Tri;;;;;12/KH-UBND;19/1/2021;19/1/2021;;;", "IV.1/ubnd-huyen-ba-tri"),
    ("R06", "XI.2;STTTT;;;Q1;;12/BC-STTTT;19/3/2021;19/3/2021;;;", None),
    ("R06", "XI.1;VP UBND tỉnh;;;Q1;;12/BC-VP;19/3/2021;19/3/2021;;;", None),
    ("R07", "XI.1;Sở Y tế;;;Q1;;12/BC-SYT;;31/02/2021;;;", "XI.1/so-y-te/2021-Q1"),
    ("R07", "XI.1;Sở Y tế;;;Q1;;12/BC-SYT;;;;;", "XI.1/so-y-te/2021-Q1"),
    ("R08", "XI.1;Sở Y tế;;;Q1;;12/BC-SYT;;19/3/2062;;;", "XI.1/so-y-te/2021-Q1"),
    ("R09", "XI.1;Sở Y tế;;;;;12/BC-SYT;19/3/2021;19/3/2021;;;", "XI.1/so-y-te/2021-Q3"),
    ("R09", "XI.1;Sở Y tế;;;Quý IV;;12/BC-SYT;19/3/2021;19/3/2021;;;", "XI.1/so-y-te/2021-Q3"),
    ("R10", "III.4;VP UBND tỉnh;;;;la;12/BC-VP;19/3/2021;19/3/2021;;;", None),
    ("R10", "III.4;VP UBND tỉnh;;;;;12/BC-VP;19/3/2021;19/3/2021;;;", "III.4/vp-ubnd-tinh/qd-1"),
    ("R07", "III.4;VP UBND tỉnh;;;;;12/BC-VP;xx;19/3/2021;;;", "III.4/vp-ubnd-tinh/qd-1"),
    ("R01", "III.4;VP UBND tỉnh;;x;;;qd-1;12/BC-VP;19/3/2021;19/3/2021;;;x;", "III.4/vp-ubnd-tinh/qd-1"),
]
ROWS += [
    ("R01", f"XI.1;Sở Y tế;;;Q1;;12/BC-SYT;19/3/2021;19/3/2021;;;{result}", "XI.1/so-y-te/2021-Q1")
    for result in (
        *("Trả lại để bổ sung", "Không đạt", "đã thay thế bằng văn bản khác", "dự thảo", "Chưa nộp", "Chưa đạt"),
        *("Hủy", "Đã huỷ bỏ", "Hoàn trả đơn vị", "Không hợp lệ", "Từ chối tiếp nhận"),
    )
]
EVENTS = "id,kind,date,agency,document,note\nqd-1,ky-qd-cong-bo,2021-03-01,Sở Y tế,1/QĐ-UBND,\n"


@pytest.mark.parametrize(("code", "row", "doubted"), ROWS)
def test_a_bad_row_costs_itself_alone(tmp_path: Path, code: str, row: str, doubted: str | None) -> None:
    outcome = run(tmp_path, AS_OF, f"{row}\n{GOOD}", events=EVENTS)
    assert [(item.code, item.line, item.severity) for item in outcome.assessment.problems] == [(code, 2, "error")]
    found = judged(outcome)
    assert found["XI.1/so-tttt/2021-Q1"].verdict == "on_time"
    assert found["XI.1/so-tai-chinh/2021-Q1"].verdict == "overdue"
    if doubted:
        assert (found[doubted].verdict, found[doubted].reason) == ("unclear", "doubt")
    assert outcome.gathered is not None
    assert (outcome.gathered.rows, outcome.gathered.accepted) == (2, 1)


@pytest.mark.parametrize(
    ("row", "doubted"),
    [
        ("XI.1;;Sở Y tế;;;Q1;;12/BC-SYT;19/3/2021;19/3/2021;;;;thừa", ["XI.1/so-y-te/2021-Q1"]),  # moved by a cell
        ("thừa;XI.1;Sở Y tế;;;Q1;;12/BC-SYT;19/3/2021;19/3/2021;;;;x", ["XI.1/so-y-te/2021-Q1"]),
        ("XI.1;Sở;Y tế;;;Q1;;12/BC-SYT;19/3/2021;19/3/2021;;;;x", ["XI.1/so-y-te/2021-Q1"]),  # a name in two cells
        ("X\udcff.1;Sở Y tế;;;Q1;;12/BC-SYT;19/3/2021;;;;", ["XI.1/so-y-te/2021-Q1", "IV.1/so-y-te"]),  # no task left
        ("XI.1;\udcff\udcff\udcff;;;Q1;;12/BC;19/3/2021;;;;", ["XI.1/so-y-te/2021-Q1", "XI.1/so-tai-chinh/2021-Q1"]),
        ("TC.4.1;;Sở Y tế;;;;;12/BC-SYT;19/3/2021;19/3/2021;;;;x", []),  # which restates others
        ("12;1/BC;trích yếu; có dấu; chấm phẩy;;;;;;;;XI.1;Sở Y tế", ["XI.1/so-y-te/2021-Q1"]),  # beyond the headings
        ("XI.1;Sở Y tế;;;2021-Q1;Q2;;12/BC-SYT;;19/3/2021;;;;x", ["XI.1/so-y-te/2021-Q2"]),  # a period too many
        # two that lead it, and another beside what is lost
        ("XI.1;Sở Tài chính;Sở Y tế;;Q1;;12/BC;9/3/2021;;;;;x", ["XI.1/so-y-te/2021-Q1", "XI.1/so-tai-chinh/2021-Q2"]),
        ("XI.1;\udcff\udcff;Sở Tài chính;;Q1;;12/BC;9/3/2021;;;;", ["XI.1/so-y-te/2021-Q1", "XI.1/so-noi-vu/2021-Q1"]),
        ("12;x;;;;;trích \udcff;9/3/2021;;;;;XI.1;Sở Y tế", ["XI.1/so-y-te/2021-Q1"]),  # damaged, and moved too
    ],
)
def test_whoever_a_row_that_cannot_be_read_may_be_about_is_not_accused(
    tmp_path: Path, row: str, doubted: list[str]
) -> None:
    before, after = (judged(run(tmp_path, AS_OF, register)) for register in (GOOD, f"{row}\n{GOOD}"))
    changed = {key for key, item in after.items() if item.verdict != before[key].verdict}
    assert all((before[key].verdict, after[key].reason) == ("overdue", "doubt") for key in changed)
    assert set(doubted) <= changed
    if len(doubted) == 1:
        assert {key.split("/")[0] for key in changed} == {"XI.1"}
        assert {key.split("/")[1] for key in changed} == {"so-y-te"}


def test_a_damaged_cell_doubts_the_period_that_its_row_names(tmp_path: Path) -> None:
    row = "XI.1;Sở \udcd3 tế;;;Q1;;12/BC-SYT;19/3/2021;19/3/2021;;;"
    doubted = {key for key, item in judged(run(tmp_path, AS_OF, row)).items() if item.reason == "doubt"}
    assert "XI.1/so-y-te/2021-Q1" in doubted
    assert all(key.endswith("2021-Q1") for key in doubted)


@pytest.mark.parametrize(
    ("rows", "doubted"),
    [
        ("thừaXI.1;Sở Y tế;;;Q1;;12/BC-SYT;19/3/2021;19/3/2021;;;", "XI.1/so-y-te/2021-Q1"),
        ("thừaSở Y tế;XI.1;;;Q1;;12/BC-SYT;19/3/2021;19/3/2021;;;", "XI.1/so-y-te/2021-Q1"),
    ],
)
def test_of_two_rows_in_one_line_neither_is_accused(tmp_path: Path, rows: str, doubted: str) -> None:
    outcome = run(tmp_path, AS_OF, f"IV.1;Sở Nội vụ;;;;;1/KH-SNV;5/1/2021;5/1/2021;;;{rows}")
    found = judged(outcome)
    for key in (doubted, "IV.1/so-noi-vu"):
        assert (found[key].verdict, found[key].reason) == ("unclear", "doubt")


SWALLOWED = {
    "days in words": (
        "task;agency;sent_on;note",
        *('TC.1.2;Sở Tư pháp;05/01/2021;"x', "TC.1.2;Sở Công Thương;ngày 05/01/2021;a", 'TC.1.2;Sở Nội vụ;x;z"'),
    ),
    "spaces": (
        "task, agency, sent_on, note",
        *(
            'TC.1.2, Sở Tư pháp, 05/01/2021,"x',
            "TC.1.2, Sở Công Thương, 05/01/2021, y",
            'TC.1.2, Sở Nội vụ, 5/1/2021,z"',
        ),
    ),
    "short rows": (
        "task;agency;sent_on;note;abstract",
        *('TC.1.2;Sở Tư pháp;05/01/2021;"x;', "TC.1.2;Sở Công Thương;05/01/2021", 'TC.1.2;Sở Nội vụ;05/01/2021;z"'),
    ),
    "nothing known": (
        "task;agency;sent_on;note",
        *('TC.1.2;Sở Tư pháp;05/01/2021;"x', "TX.1.2;Sở Công Thươg;05/01/2021;a", 'TC.1.2;Sở Nội vụ;05/01/2021;z"'),
    ),
}
"""Quotes that are not closed, and that a later row happens to close."""


@pytest.mark.parametrize("kind", SWALLOWED)
def test_no_row_is_lost_in_another(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "so.csv"
    path.write_text("\n".join(SWALLOWED[kind]) + "\n", "utf-8")
    outcome = workflow.run(settings.read({"register": str(path)}, {}, tmp_path), AS_OF, TODAY)
    assert outcome.gathered is not None
    assert outcome.gathered.rows == 3
    assert ("R01", 2) in [(item.code, item.line) for item in outcome.assessment.problems]
    found = judged(outcome)
    for unit in ("so-tu-phap", "so-cong-thuong", "so-noi-vu"):
        assert found[f"TC.1.2/{unit}"].verdict != "overdue"


def test_prose_in_several_lines_is_no_row(tmp_path: Path) -> None:
    prose = '"Gửi các đơn vị:\nđạt 1,5%; 2,3%; 4,7%; giảm 3,1%\ncác số 1,2,3,4,5, Sở Y tế, xem XI.1; x"'
    path = tmp_path / "so.csv"
    path.write_text(f"task,agency,period,sent_on,note\nXI.1,Sở Y tế,Q1,2021-03-19,{prose}\n", "utf-8")
    outcome = workflow.run(settings.read({"register": str(path)}, {}, tmp_path), AS_OF, TODAY)
    assert [*outcome.assessment.problems] == []
    assert judged(outcome)["XI.1/so-y-te/2021-Q1"].verdict == "on_time"


@pytest.mark.parametrize("line", ["XI.1; X.2", "Phòng KSTT; Sở Nội vụ", "- UBND tỉnh; Sở Nội vụ;", "XI.1;;"])
def test_a_name_in_a_note_makes_no_row_of_it(tmp_path: Path, line: str) -> None:
    path = tmp_path / "so.csv"
    path.write_text(f'task;agency;period;sent_on;note\nXI.1;Sở Y tế;Q1;2021-03-19;"xem\n{line}"\n', "utf-8")
    outcome = workflow.run(settings.read({"register": str(path)}, {}, tmp_path), AS_OF, TODAY)
    assert [*outcome.assessment.problems] == []
    assert judged(outcome)["XI.1/so-y-te/2021-Q1"].verdict == "on_time"


def test_a_row_that_is_about_nobody_doubts_nobody(tmp_path: Path) -> None:
    row = "Người lập biểu;;;;;;;;;;;;;Nguyễn Văn A"
    before, after = (judged(run(tmp_path, AS_OF, register)) for register in (GOOD, f"{row}\n{GOOD}"))
    assert before == {key: item._replace(line=item.line and item.line - 1) for key, item in after.items()}


@pytest.mark.parametrize(
    "row", ["\udcff\udcff;\udcff;;;12;;;19/3/2021;;;;", "T\udcff.1;\udcff;Sở Y tế;;;;;19/3/2021;;;;"]
)
def test_a_row_of_which_neither_task_nor_agency_is_left_may_be_anybodys(tmp_path: Path, row: str) -> None:
    found = judged(run(tmp_path, AS_OF, f"{row}\n{GOOD}")).values()
    assert not [item for item in found if item.verdict == "overdue"]
    assert sum(item.reason == "doubt" for item in found) > 100


@pytest.mark.parametrize(
    ("row", "position"),
    [
        ("XI.1;Sở Y tế;;;Q1;;12/BC-SYT;19/3/2021;19/3/2021;;;;thừa", 13),
        ("XI.1;Sở Y tế;;;Q1;;12/BC-\udcd3\udcff;19/3/2021;19/3/2021;;;", 7),
        ('XI.1;"Sở Y tế;;;Q1;;12/BC-SYT;19/3/2021;19/3/2021;;;', 2),
    ],
)
def test_a_row_that_cannot_be_read_is_told_at_its_cell(tmp_path: Path, row: str, position: int) -> None:
    [problem] = run(tmp_path, AS_OF, f"{row}\n{GOOD}").assessment.problems
    assert (problem.code, problem.line, problem.position) == ("R01", 2, position)


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("R11", "XI.1;Sở Y tế;;;Q1;;mười hai;19/3/2021;19/3/2021;;;"),
        ("R12", f"{GOOD}"),
        ("R13", "XI.1;Sở Y tế;;;Q1;;12/BC-SYT;19/3/2021;18/3/2021;;;"),
        ("R14", "XI.1;Sở Y tế;;;Q1;;12/BC-SYT;10/3/2021;10/3/2021;;;"),
    ],
)
def test_a_warning_lets_its_row_count(tmp_path: Path, code: str, row: str) -> None:
    outcome = run(tmp_path, AS_OF, f"{GOOD}\n{row}")
    assert [(item.code, item.line, item.severity) for item in outcome.assessment.problems] == [(code, 3, "warning")]
    assert outcome.gathered is not None
    assert outcome.gathered.accepted == 2
    assert judged(outcome)["XI.1/so-tttt/2021-Q1"].verdict == "on_time"


@pytest.mark.parametrize(
    "result",
    [
        *("Đạt", "không trả lại", "thay thế báo cáo số 5", "Đúng hạn", "Đã hoàn thành", "Đã tiếp nhận, chưa có ý kiến"),
        *("Chưa xử lý", "Chưa trả lời", "Đã kiểm tra lại", "Đ/c Huy đã nhận", "Phát huy tốt"),
    ],
)
def test_other_words_for_a_result_let_a_paper_count(tmp_path: Path, result: str) -> None:
    outcome = run(tmp_path, AS_OF, f"XI.1;Sở Y tế;;;Q1;;12/BC-SYT;19/3/2021;19/3/2021;;;{result}")
    assert [(item.code, item.severity) for item in outcome.assessment.problems] == [("R01", "warning")]
    assert judged(outcome)["XI.1/so-y-te/2021-Q1"].verdict == "on_time"


def test_a_row_with_several_errors_is_one_bad_row(tmp_path: Path) -> None:
    wrong, empty = "XI.9;Sở Ngoại vụ;;;Q1;;12/BC-SNgV;;31/02/2021;;;", ";STTTT;;;Q1;;;;19/3/2021;;;"
    outcome = run(tmp_path, AS_OF, f"{wrong}\n{GOOD}\n{empty}")
    errors = [(item.code, item.line) for item in outcome.assessment.problems if item.severity == "error"]
    assert errors == [("R03", 2), ("R04", 2), ("R07", 2), ("R02", 4)]
    assert outcome.assessment.bad_rows == 2
    assert outcome.gathered is not None
    assert (outcome.gathered.rows, outcome.gathered.accepted) == (3, 1)


def test_a_row_rejected_twice_is_taken_away_once(tmp_path: Path) -> None:
    outcome = run(
        tmp_path, AS_OF, f'"XI.9; III.4";VP UBND tỉnh;;;;la;12/BC-VP;19/3/2021;19/3/2021;;;\n{GOOD}', events=EVENTS
    )
    assert [item.code for item in outcome.assessment.problems] == ["R03", "R10"]
    assert outcome.gathered is not None
    assert (outcome.gathered.rows, outcome.gathered.accepted) == (2, 1)


def test_a_cell_of_several_tasks_counts_for_each(tmp_path: Path) -> None:
    found = judged(run(tmp_path, AS_OF, '"I.1.4; X.2";VP UBND tỉnh;;;;;3/KH-UBND;1/3/2021;1/3/2021;;;'))
    assert [found[key].verdict for key in ("I.1.4/vp-ubnd-tinh", "X.2/vp-ubnd-tinh")] == ["on_time", "on_time"]


def test_each_task_of_a_cell_is_judged_by_its_own_date(tmp_path: Path) -> None:
    """The one that another body signs by the day of proposing; the other was sent after the day of the report."""
    row = '"I.1.4; X.2";VP UBND tỉnh;;;;;3/KH-UBND;1/3/2021;1/3/2021;;20/2/2021;'
    outcome = run(tmp_path, date(2021, 2, 25), row)
    found = judged(outcome)
    assert found["I.1.4/vp-ubnd-tinh"].submitted_on == date(2021, 2, 20)
    assert found["X.2/vp-ubnd-tinh"].submitted_on is None
    assert outcome.gathered is not None
    assert (outcome.gathered.accepted, outcome.assessment.set_aside) == (1, 0)
    assert run(tmp_path, date(2021, 2, 19), row).assessment.set_aside == 1


def test_a_register_may_be_judged_again(tmp_path: Path) -> None:
    outcome = run(tmp_path, AS_OF, f"{GOOD}\nIII.4;VP UBND tỉnh;;;;la;12/BC-VP;19/3/2021;19/3/2021;;;", events=EVENTS)
    assert assess(outcome.world, outcome.gathered) == outcome.assessment


def test_the_same_paper_twice_however_its_number_is_written(tmp_path: Path) -> None:
    rows = [GOOD.replace("12/BC-STTTT", number) for number in ("12/BC-STTTT", "13/BC-STTTT", "Số 012/bc-stttt")]
    other_year = GOOD.replace("19/3/2021", "19/3/2020")
    problems = run(tmp_path, AS_OF, "\n".join([*rows, other_year])).assessment.problems
    assert [(item.code, item.line, item.value) for item in problems if item.code == "R12"] == [
        ("R12", 4, "Số 012/bc-stttt")
    ]


def test_the_time_of_day_makes_no_row_another(tmp_path: Path) -> None:
    inputs = loading.load(settings.read({}, {}, tmp_path))
    understanding = Understanding(inputs.plan, inputs.directory, inputs.reading, AS_OF)
    found, peaks = [], []
    for sent, received in (("", ""), ("", ""), (" {:02}:{:02}", ""), (" {:02}:{:02}:00", " 8:15 SA")):
        times = (sent.format(minute // 60, minute % 60) for minute in range(1_440))
        rows = (
            f'XI.1;STTTT;;;Q1;;{at}/BC-STTTT;;19/3/2021{time};"20/3/2021{received}";;'
            for at, time in enumerate(times, 1)
        )
        path = tmp_path / "register.csv"
        path.write_text("\n".join((REGISTER, *rows, "")), "utf-8")
        tracemalloc.start()
        with open_table(path, COLUMNS) as table:
            found.append(gather(table, understanding, TODAY, inputs.reading))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert [(each.accepted, each.stamps) for each in found] == [(1_440, found[0].stamps)] * 4
    assert max(peaks[1:]) < min(peaks[1:]) + 100_000


@pytest.mark.parametrize("first", ["19/3/2021", "19/3/2021 7:30"])
def test_a_day_with_two_times_is_none_though_it_is_one_with_the_first(tmp_path: Path, first: str) -> None:
    rows = [f"XI.1;STTTT;;;Q1;;;;{sent};;;" for sent in (first, "19/3/2021 7:30 8:30", "19/3/2021 7:30")]
    problems = run(tmp_path, AS_OF, "\n".join(rows)).assessment.problems
    assert [(each.code, each.line) for each in problems if each.severity == "error"] == [("R07", 3)]


@pytest.mark.parametrize(("delimiter", "wrong"), [(" ", "7:30"), (":", "30")])
def test_what_stands_behind_a_delimiter_is_no_time_of_the_day_before_it(
    tmp_path: Path, delimiter: str, wrong: str
) -> None:
    path = tmp_path / "register.csv"
    rows = ("task;agency;document_date;sent_on", "XI.1;STTTT;19/3/2021 7:30")
    text = "\n".join((f"sep={delimiter}", *rows, "")).replace(";", delimiter)
    path.write_text(text, "utf-8")
    outcome = workflow.run(settings.read({"register": str(path)}, {}, tmp_path), AS_OF, TODAY)
    assert [each.value for each in outcome.assessment.problems if each.code == "R07"][-1] == wrong


def test_a_duty_that_restates_another_counts_for_it(tmp_path: Path) -> None:
    found = judged(run(tmp_path, AS_OF, GOOD.replace("XI.1", "tc-1-6", 1)))
    assert found["XI.1/so-tttt/2021-Q1"].verdict == "on_time"


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("7;8;;;Q2;;1/BC;18/6/2021;18/6/2021;;;", ["R03", "R04"]),  # though as the numbers of columns
        ("task;agency;;;Q2;;1/BC;18/6/2021;18/6/2021;;;", ["R03", "R04"]),
        ("7;8;;;Q2;;1/BC;;18/06/20211;;;", ["R03", "R04"]),
    ],
)
def test_what_has_a_day_is_a_row(tmp_path: Path, row: str, codes: list[str]) -> None:
    problems = run(tmp_path, AS_OF, row).assessment.problems
    assert [item.code for item in problems if item.code in ("R03", "R04")] == codes


def test_the_line_of_a_section_leaves_nothing_in_doubt(tmp_path: Path) -> None:
    found = judged(run(tmp_path, AS_OF, f"XI;Các sở, ban ngành;;;;;;;;;;\n{GOOD}"))
    assert not [key for key, item in found.items() if item.reason == "doubt"]


@pytest.mark.parametrize(
    ("row", "doubted"),
    [
        ("Xl.1;Sở Y tế;;;Q2;;;;18/06/20211;;;", "XI.1/so-y-te/2021-Q2"),
        ("XI.6;Sở Y tế;;;Q2;;;;8/6/2121;;;", "XI.1/so-y-te/2021-Q2"),
        ("Sở Y tế;XI.1;;;Q2;;;;18/06/20211;;;", "XI.1/so-y-te/2021-Q2"),
    ],
)
def test_a_day_that_cannot_be_read_is_one_none_the_less(tmp_path: Path, row: str, doubted: str) -> None:
    assert judged(run(tmp_path, AS_OF, row))[doubted].reason == "doubt"


def test_headings_that_stand_between_rows_are_no_rows(tmp_path: Path) -> None:
    heading = (
        "task;agency;issuer;parent;period;event;document_number;document_date;sent_on;received_on;proposed_on;result"
    )
    outcome = run(tmp_path, AS_OF, "\n".join((GOOD, heading, GOOD.replace("12/", "13/"))))
    assert outcome.gathered is not None
    assert (outcome.gathered.rows, len(outcome.assessment.problems)) == (2, 0)


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        ("task;agency;issuer;parent;period;event;document_number;Hạn nộp;Ngày gửi", True),
        ("task;agency;issuer;parent;period;event;document_number;sent_on;received_on;document_date", True),
        ("Mã nhiệm vụ;Đơn vị;;;Kỳ;;Số ký hiệu;Hạn nộp;Ngày gửi", True),
        ("task;agency;issuer;parent;period;event;document_number;Ngày ký;Ngày nhận báo cáo;Ngày gửi báo cáo", True),
        ("task;agency;issuer;parent;period;event;document_number;Ngày ký;Ngày gửi báo cáo;Ngày tiếp nhận", False),
        ("task;agency;issuer;parent;period;event;document_number;Ngày văn bản;Ngày nộp (dd/mm/yyyy)", False),
        ("task;agency;issuer;parent;period;event;Văn bản;;;", False),  # the first of two rows of headings
    ],
)
def test_a_table_below_with_other_days_under_the_same_columns_is_not_judged_by_them(
    tmp_path: Path, headings: str, told: bool
) -> None:
    register = "\n".join((GOOD, headings, GOOD.replace("Q1", "Q2").replace("12/", "13/")))
    try:
        run(tmp_path, AS_OF, register)
    except InputError as error:
        assert told
        (trouble,) = error.troubles
        assert (trouble.code, trouble.line) == ("other_columns", 3)
    else:
        assert not told


def test_headings_of_two_rows_that_stand_again_are_no_other_table(tmp_path: Path) -> None:
    """Their first row says "Ngày" over days of sending and of arrival."""
    heads = "Mã nhiệm vụ;Đơn vị;Kỳ;Số ký hiệu;Ngày;\n;;;;gửi;đến"
    rows = ("XI.1;STTTT;Q1;12/BC-STTTT;19/3/2021;19/3/2021", "XI.1;STTTT;Q2;13/BC-STTTT;17/6/2021;17/6/2021")
    path = tmp_path / "other.csv"
    path.write_text("\n".join((heads, rows[0], heads, rows[1])), "utf-8")
    outcome = workflow.run(settings.read({"register": str(path), "reading": []}, {}, tmp_path), AS_OF, TODAY)
    assert outcome.gathered
    assert (outcome.gathered.rows, outcome.gathered.accepted) == (2, 2)


def test_a_paper_known_only_by_its_arrival_may_have_lain_a_day(tmp_path: Path) -> None:
    found = judged(run(tmp_path, AS_OF, "XI.1;STTTT;;;Q1;;12/BC-STTTT;;;22/3/2021;;"))
    assert (found["XI.1/so-tttt/2021-Q1"].verdict, found["XI.1/so-tttt/2021-Q1"].rests_on) == (
        "late",
        ("register_lag",),
    )


@pytest.mark.parametrize(
    ("reading", "verdict"),
    [
        ("proof=document", "late"),
        ("proof=sent", "on_time"),
        ("proof=received", "late"),
        ("covers=commune", "not_covered"),
    ],
)
def test_readings_are_settable(tmp_path: Path, reading: str, verdict: str) -> None:
    row = "XI.1;STTTT;;;Q1;;12/BC-STTTT;22/3/2021;19/3/2021;24/3/2021;;"
    assert judged(run(tmp_path, AS_OF, row, (reading,)))["XI.1/so-tttt/2021-Q1"].verdict == verdict


def test_a_day_off_may_stay(tmp_path: Path) -> None:
    row = "XI.1;STTTT;;;Q2;;12/BC-STTTT;21/6/2021;21/6/2021;;;"
    item = judged(run(tmp_path, AS_OF, row, ("day_off=stay",)))["XI.1/so-tttt/2021-Q2"]
    assert (item.verdict, item.rests_on) == ("late", ("day_off",))


@pytest.mark.parametrize(
    ("other", "rests_on"),
    [
        ("6/17/2021", ("day_month",)),
        ("06/17/2021 08:30", ("day_month",)),
        ("17/6/2021", ()),
        ("6/31/2021", ("day_month",)),
        ("17/13/2021", ()),
        ("17/6/21", ()),
    ],
)
def test_days_beside_some_with_the_month_first_may_have_it_first_too(
    tmp_path: Path, other: str, rests_on: tuple[str, ...]
) -> None:
    """A spreadsheet that is not set for Việt Nam writes all days so, and those up to the 12th can be read."""
    row = "XI.1;{};;;Q2;;1/BC-{};;{};;;"
    rows = (("Sở Tư pháp", "STP", "6/8/2021"), ("Sở Nội vụ", "SNV", "7/8/2021"), ("Sở Y tế", "SYT", other))
    found = judged(run(tmp_path, date(2021, 10, 15), "\n".join(row.format(*each) for each in rows)))
    late = found["XI.1/so-tu-phap/2021-Q2"]
    assert (late.verdict, late.rests_on, late.firm) == ("late", rests_on, not rests_on)
    assert found["XI.1/so-noi-vu/2021-Q2"].firm  # in July or in August
    assert found["XI.1/so-tai-chinh/2021-Q2"].firm


@pytest.mark.parametrize(("others", "firm"), [(9, False), (10, True)])
def test_one_day_with_the_month_first_among_many_that_have_none_is_a_slip(
    tmp_path: Path, others: int, firm: bool
) -> None:
    row = "XI.1;{};;;Q2;;;;{};;;"
    rows = [("Sở Tư pháp", "6/8/2021"), ("Sở Y tế", "6/17/2021")]
    rows += (("Sở Nội vụ", f"{day}/6/2021") for day in range(13, 13 + others))
    found = judged(run(tmp_path, date(2021, 10, 15), "\n".join(row.format(*each) for each in rows)))
    assert found["XI.1/so-tu-phap/2021-Q2"].firm == firm


@pytest.mark.parametrize(
    ("period", "sent", "verdict"),
    [
        ("Q1", "17/6/2021", "unclear"),  # copied down from the row above
        ("Q1", "10/6/2021", "overdue"),  # before the data of the second quarter were complete
        ("Q1", "23/6/2021", "overdue"),
        ("Q1", "23/3/2021", "overdue"),
        ("Q3", "17/6/2021", "unclear"),
    ],
)
def test_a_paper_of_the_days_of_another_period_may_be_that_one_s(
    tmp_path: Path, period: str, sent: str, verdict: str
) -> None:
    rows = f"XI.1;Sở Y tế;;;Q1;;1/BC;;17/3/2021;;;\nXI.1;Sở Y tế;;;{period};;9/BC;;{sent};;;"
    found = judged(run(tmp_path, AS_OF, rows))
    assert found["XI.1/so-y-te/2021-Q2"].verdict == verdict
    assert found["XI.1/so-y-te/2021-Q1"].verdict == "on_time"
