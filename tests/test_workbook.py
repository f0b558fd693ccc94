"""What an office opens in Excel: the pages of a report, and the register that it fills in."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.program import ROOT, Program
from tthc_cli import loading, settings
from tthc_cli.errors import UsageError
from tthc_cli.formats import Format, Terminal, render
from tthc_cli.formats.spreadsheet import LONGEST, clean, sheet_name
from tthc_cli.report import Column, Report, Sheet, Table
from tthc_cli.reports import form
from tthc_cli.submissions import read_period, read_result
from tthc_cli.understanding import Understanding

AS_OF = ("--as-of", "2021-04-05")
COLUMNS = (
    Column("Mã"),
    Column("Hạn", "date"),
    Column("Trạng thái", "verdict"),
    Column("Số", "number"),
    Column("Tỷ lệ", "rate"),
)
ROWS = (("1.10", date(2021, 6, 19), "overdue", 3, 0.5), ("=1+1", None, "late_unsure", None, None))
TABLE = Table("Bảng", COLUMNS, ROWS)


def at_midnight(*day: int) -> datetime:
    """A day as openpyxl has it."""
    return datetime.combine(date(*day), time())


def book(report: Report) -> Any:
    return load_workbook(BytesIO(b"".join(render(report, Format.xlsx))))


@pytest.fixture
def checked(tthc: Program) -> Any:
    assert tthc("check", "so.csv", *AS_OF, "-o", "kq.xlsx", "-q").returncode == 1
    return load_workbook(tthc.folder / "kq.xlsx")


def test_the_pages_of_a_check(checked: Any) -> None:
    assert checked.sheetnames == ["Tổng hợp", "Nghĩa vụ", "Quá hạn", "Lỗi sổ theo dõi", "Cách hiểu"]
    assert len(checked["Tổng hợp"]._charts) == 1
    said = {str(row[0]): str(row[1]) for row in checked["Cách hiểu"].iter_rows(values_only=True)}
    assert said["Tính đến ngày"] == "05/04/2021"
    assert "4875/TB-LĐTBXH" in said["Lịch năm 2021"]
    assert [cell.value for cell in checked["Lỗi sổ theo dõi"][2]][:3] == ["lỗi", "R03", 4]


def test_the_scorecards_add_up_to_those_of_the_json(tthc: Program, checked: Any) -> None:
    total = tthc.json("check", "so.csv", *AS_OF, "--by", "agency", code=1)["total"]
    sums = [row for row in checked["Tổng hợp"].iter_rows(values_only=True) if row[0] == "Cộng"]
    names = ("assigned", "on_time", "late", "in_time", "overdue", "waiting", "unclear", "extended", "on_time_rate")
    assert [list(row[1:10]) for row in sums] == [[total[name] for name in names]] * 2


@pytest.mark.parametrize("name", ["Nghĩa vụ", "Quá hạn", "Lỗi sổ theo dõi", "Cách hiểu"])
def test_a_table_alone_can_be_filtered_and_printed(checked: Any, name: str) -> None:
    sheet = checked[name]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize), sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )


def test_cells_are_what_they_say() -> None:
    sheet = book(Report({}, (TABLE,)))["Bảng"]
    first, second = ([*row] for row in sheet.iter_rows(min_row=2))
    assert [cell.value for cell in first] == ["1.10", at_midnight(2021, 6, 19), "chưa hoàn thành, quá hạn", 3, 0.5]
    assert first[1].number_format == "dd/mm/yyyy"
    assert first[2].fill.fgColor.rgb != second[2].fill.fgColor.rgb
    assert [cell.value for cell in second[:2]] == ["=1+1", None]
    assert second[0].data_type == "s"


def test_a_column_of_numbers_may_hold_a_word() -> None:
    rates = Table("Tình trạng", (Column("Việc"), Column("Nay", "number")), (("Giao", 3), ("Tỷ lệ", "96,0%")))
    (page,) = book(Report({}, (rates,))).worksheets
    assert [[cell.value for cell in row] for row in page.iter_rows()][-2:] == [["Giao", 3], ["Tỷ lệ", "96,0%"]]


def test_the_same_report_makes_the_same_bytes() -> None:
    made = [b"".join(render(Report({"as_of": date(2021, 4, 5)}, (TABLE,)), Format.xlsx)) for _ in range(2)]
    assert made[0] == made[1]
    assert load_workbook(BytesIO(made[0])).properties.created == at_midnight(2021, 4, 5)


def test_a_long_table_goes_on_on_another_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tthc_cli.formats.as_xlsx.MOST_ROWS", 2)
    found = book(Report({}, (Table("Bảng", (Column("Số", "number"),), tuple((n,) for n in range(5))),)))
    assert found.sheetnames == ["Bảng", "Bảng (2)", "Bảng (3)"]
    assert [row[0].value for sheet in found for row in sheet.iter_rows(min_row=2)] == [0, 1, 2, 3, 4]


def test_an_empty_table_still_has_its_headings() -> None:
    sheet = book(Report({}, (Table("Bảng", COLUMNS, ()),), sheets=(Sheet("Trang", (Table("Bảng", COLUMNS, ()),)),)))[
        "Trang"
    ]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [[column.title for column in COLUMNS]]


@given(st.text(max_size=40))
def test_any_text_can_stand_in_a_cell(text: str) -> None:
    shown = book(Report({}, (Table("t", (Column("a"),), ((text,),)),)))["t"]["A2"].value
    kept = clean(text).replace("\r", "")
    assert (shown or "") == kept


def test_too_long_a_text_is_cut_and_shows_it() -> None:
    assert clean("y" * 40_000) == "y" * (LONGEST - 1) + "…"


@given(st.lists(st.text(max_size=50), max_size=5))
def test_names_of_sheets_are_allowed_and_differ(titles: list[str]) -> None:
    names: list[str] = []
    for title in titles:
        names.append(sheet_name(title, names))
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_no_terminal_is_shown_a_workbook(tthc: Program) -> None:
    with pytest.raises(UsageError):
        render(Report({}, (TABLE,)), Format.xlsx, Terminal(80))
    assert "-o" in tthc.on_a_terminal("list -f xlsx")
    piped = subprocess.run(
        [sys.executable, "-m", "tthc_cli", "list", "-f", "xlsx", "-q"],
        cwd=tthc.folder,
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        check=True,
    )
    assert load_workbook(BytesIO(piped.stdout)).sheetnames == ["Nhiệm vụ của kế hoạch"]


def test_what_changed_since_an_earlier_report(tthc: Program) -> None:
    before = tthc.json("check", "so.csv", "--all", "--as-of", "2021-03-18", code=1)
    (tthc.folder / "old.json").write_text(json.dumps(before), encoding="utf-8")
    now = tthc.json("check", "so.csv", "--all", *AS_OF, "--since", "old.json", code=1)
    verdicts = {item["key"]: item["verdict"] for item in before["findings"]}
    moved = {item["key"]: item["verdict"] for item in now["findings"] if verdicts.get(item["key"]) != item["verdict"]}
    told = {item["key"]: item["now"] for item in now["since"]["changed"]}
    assert moved
    assert moved.items() <= told.items()
    assert now["since"]["total"]["assigned"] == sum(before["counts"].values()) - before["counts"]["not_covered"]
    assert (
        tthc(
            "export", "--what", "assessment", "--register", "so.csv", *AS_OF, "--since", "old.json", "-o", "kq.xlsx"
        ).returncode
        == 0
    )
    found: Any = load_workbook(tthc.folder / "kq.xlsx")
    assert found.sheetnames[:2] == ["Tổng hợp", "Thay đổi"]
    assert found["Thay đổi"].max_row - 1 == len(told)


@pytest.mark.parametrize("text", ["[]", "{}", '{"schema": "tthc.check/1", "findings": [], "counts": {"late": 1}}', "x"])
def test_what_cannot_be_looked_back_to(tthc: Program, text: str) -> None:
    (tthc.folder / "old.json").write_text(text, encoding="utf-8")
    done = tthc("check", "so.csv", *AS_OF, "--since", "old.json")
    assert (done.returncode, done.stdout) == (3, "")
    assert "old.json" in done.stderr
    assert tthc("export", "--what", "tasks", "--since", "old.json").returncode == 2


def understanding() -> Understanding:
    inputs = loading.load(settings.read({}, {}, ROOT))
    return Understanding(inputs.plan, inputs.directory, inputs.reading, date(2021, 4, 5))


def test_every_choice_of_the_register_is_understood() -> None:
    words = understanding()
    blanks = {blank.title: blank.choices for blank in form.register(words).blanks}
    assert len(blanks["Cơ quan"]) > 180
    assert all(len(words.directory.find(name).matches) == 1 for name in blanks["Cơ quan"])
    assert all(words.plan.task(task) for task in blanks["Nhiệm vụ"])
    assert {read_period(period, 2021) for period in blanks["Kỳ báo cáo"]} >= {"2021-Q1", "2021-H1", "2021"}
    assert {read_result(result) for result in blanks["Kết quả"]} == {"returned", "replaced"}


def looks(sheet: Any) -> dict[int, str]:
    """The number format of each column; openpyxl has one entry for neighbours that look alike."""
    styles = sheet.column_dimensions.values()
    return {place: style.number_format for style in styles for place in range(style.min, style.max + 1)}


def test_the_register_offers_choices_and_reads_back(tthc: Program) -> None:
    assert tthc("init", "ws").returncode == 0
    path = tthc.folder / "ws" / "register.xlsx"
    filled: Any = load_workbook(path)
    register, guide, lists = filled.worksheets
    assert (guide.title, lists.sheet_state) == ("Hướng dẫn", "hidden")
    kinds = [rule.type for rule in register.data_validations.dataValidation if rule.type]
    assert (kinds.count("list"), kinds.count("date")) == (5, 4)
    at = {cell.value: cell.column for cell in register[1]}
    row = {
        "Nhiệm vụ": "XI.1",
        "Cơ quan": "Sở Thông tin và Truyền thông",
        "Kỳ báo cáo": "Quý I/2021",
        "Số ký hiệu": "1.10",
    }
    for title, value in {**row, "Ngày gửi": at_midnight(2021, 3, 25)}.items():
        register.cell(2, at[title]).value = value
    texts = [place for place, style in looks(register).items() if style == "@"]
    assert {at[title] for title in row} <= {*texts}
    filled.save(path)
    found = tthc.json("check", "ws/register.xlsx", *AS_OF, code=1)
    assert found["register"] | {"rows": 1, "accepted": 1} == found["register"]
    assert {item["verdict"] for item in found["findings"] if item["key"] == "XI.1/so-tttt/2021-Q1"} == {"late"}
    assert [(item["code"], item["value"]) for item in found["problems"]] == [("R11", "1.10")]
