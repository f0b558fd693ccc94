"""Rows of workbooks: merged cells, headings of two rows, titles between rows, sheets beside the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.worlds import TODAY, judged
from tthc_cli import settings, workflow

AS_OF = date(2021, 10, 15)


def test_real_dates_of_a_workbook_may_have_day_and_month_exchanged(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Sổ theo dõi (ví dụ)"])
    sheet.append(["Mã nhiệm vụ", "Cơ quan", "Kỳ", "Ngày gửi"])
    sheet.append(["IV.4", "Văn phòng UBND tỉnh", None, date(2021, 12, 9)])
    sheet.append(["IV.3", "Văn phòng UBND tỉnh", None, date(2021, 12, 14)])
    found = judged(judged_book(tmp_path, book, date(2022, 1, 5)))
    assert found["IV.4/vp-ubnd-tinh"].line == 3
    assert found["IV.4/vp-ubnd-tinh"].rests_on == ("signature", "day_month")
    assert found["IV.3/vp-ubnd-tinh"].rests_on == ("signature",)


@pytest.mark.parametrize(
    ("sent", "verdict"),
    [
        (date(2021, 11, 5), "unclear"),  # 11 May, if a computer with American dates read "11/5" or "5/11"
        (date(2021, 11, 10), "overdue"),  # neither 10 November nor 11 October has come
        (date(2021, 11, 15), "overdue"),  # there is no month 15
        ("05/11/2021", "overdue"),  # no computer has read this one
    ],
)
def test_a_paper_of_after_the_day_of_the_report_may_be_of_before_it(tmp_path: Path, sent: object, verdict: str) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["Mã nhiệm vụ", "Cơ quan", "Kỳ", "Ngày gửi"])
    sheet.append(["XI.1", "Sở Y tế", "Q2", sent])
    outcome = judged_book(tmp_path, book, date(2021, 10, 8))
    found = judged(outcome)
    assert found["XI.1/so-y-te/2021-Q2"].verdict == verdict
    assert found["XI.1/so-y-te/2021-Q1"].verdict == "overdue"
    assert outcome.assessment.set_aside == 1


MARCH, JUNE = date(2021, 3, 19), date(2021, 6, 18)
MERGED = [
    (["XI.1", "Sở Y tế", "Q1", JUNE], ["XI.1", None, "Q2", JUNE], ["XI.1", None, "Q3", JUNE]),
    (["XI.1", "Sở Y tế", "Q1", JUNE], [None, "Sở Y tế", "Q2", JUNE], [None, "Sở Y tế", "Q3", JUNE]),
    # in between: a paper that came after the day of the report, a heading again, the numbers of the columns
    (["XI.1", "Sở Y tế", "Q1", JUNE], ["VI.6", None, "Q2", date(2021, 12, 9)], ["XI.1", None, "Q2", JUNE]),
    (["XI.1", "Sở Y tế", "Q1", JUNE], ["TASK", "Agency", "period", "sent_on"], ["XI.1", None, "Q2", JUNE]),
    (["XI.1", "Sở Y tế", "Q1", JUNE], ["(1)", "(2)", "(3)", "(4)"], ["XI.1", None, "Q2", JUNE]),
    (["Sở Y tế", None, None, None], ["XI.1", None, "Q1", JUNE], ["XI.1", None, "Q2", JUNE]),
    (["XI.1", "Sở Nội vụ", "Q1", MARCH], ["Đơn vị: Sở Y tế", None, None, None], ["XI.1", None, "Q2", JUNE]),
    (["XI.1", "Sở Nội vụ", "Q1", MARCH], ["I. Sở Y tế:", None, None, None], ["XI.1", None, "Q2", JUNE]),
    # what stands in the first column names no unit; a day that cannot be read
    (["XI.1", "Sở Y tế", "Q1", MARCH], ["Cộng: 1 văn bản", None, None, None], ["XI.1", None, "Q2", JUNE]),
    (["XI.1", "Sở Y tế", "Q1", MARCH], ["Báo cáo quý II", None, "Q2", JUNE], ["XI.1", None, "Q2", JUNE]),
    (["XI.1", "Sở Y tế", "Q1", MARCH], ["XI.1", None, "Q2", "18/06/20211"]),
    (
        ["Sở Nội vụ", None, None, None],
        ["XI.1", None, "Q1", MARCH],
        ["Sở Y tế", None, None, None],
        ["XI.1", None, "Q2", JUNE],
    ),
]


def judged_workbook(folder: Path, rows: Iterable[Sequence[object]]) -> workflow.Outcome:
    """The rows under English headings, judged."""
    book = Workbook()
    sheet: Any = book.active
    for row in (["task", "agency", "period", "sent_on", "result"], *rows):
        sheet.append(row)
    return judged_book(folder, book)


def judged_book(folder: Path, book: Workbook, as_of: date = AS_OF) -> workflow.Outcome:
    """What comes of a workbook."""
    book.save(folder / "so.xlsx")
    return workflow.run(settings.read({"register": str(folder / "so.xlsx")}, {}, folder), as_of, TODAY)


@pytest.mark.parametrize("rows", MERGED)
def test_blank_cells_of_a_workbook_may_be_merged_with_those_above(
    tmp_path: Path, rows: tuple[Sequence[object], ...]
) -> None:
    outcome = judged_workbook(tmp_path, rows)
    item = judged(outcome)["XI.1/so-y-te/2021-Q2"]
    assert (item.verdict, item.reason) == ("unclear", "doubt")
    doubted = {key.split("/")[1] for key, item in judged(outcome).items() if item.reason == "doubt"}
    assert doubted <= {"so-y-te", "so-noi-vu"}


@pytest.mark.parametrize(
    "row",
    [
        [None, "Các sở, ban ngành", None, None],
        [None, None, "Q2", "Người lập biểu"],
        [None, None, None, "Ngày"],  # the second row of headings, on another page
        ["XI.1", None, "Q2", JUNE, "trả lại"],
    ],
)
def test_what_is_no_paper_leaves_nothing_in_doubt(tmp_path: Path, row: list[object]) -> None:
    outcome = judged_workbook(tmp_path, (["XI.1", "Sở Y tế", "Q1", MARCH], row))
    assert not [key for key, item in judged(outcome).items() if item.reason == "doubt"]


def test_headings_in_two_rows_of_merged_cells(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["STT", "Nhiệm vụ", "Đơn vị", "Kỳ báo cáo", "Văn bản", None])
    sheet.append([None, None, None, None, "Số ký hiệu", "Ngày"])
    sheet.append([1, "XI.1", "Sở Y tế", "Q1", "12/BC-SYT", MARCH])
    for column in "ABCD":
        sheet.merge_cells(f"{column}1:{column}2")
    sheet.merge_cells("E1:F1")
    outcome = judged_book(tmp_path, book)
    assert not outcome.assessment.problems
    item = judged(outcome)["XI.1/so-y-te/2021-Q1"]
    assert (item.verdict, item.line) == ("on_time", 3)


@pytest.mark.parametrize("group", ["Kết quả", "Văn bản", "Ngày văn bản"])
def test_a_group_of_headings_may_be_called_as_a_column(tmp_path: Path, group: str) -> None:
    book = Workbook()
    sheet: Any = book.active
    first = ["STT", "Nhiệm vụ", "Đơn vị", "Kỳ báo cáo", group, None]
    second = [None, None, None, None, "Số ký hiệu", "Ngày gửi"]
    for row in (first, second, [1, "XI.1", "Sở Y tế", "Q1", "12/BC-SYT", MARCH]):
        sheet.append(row)
    outcome = judged_book(tmp_path, book)
    assert not outcome.assessment.problems
    assert judged(outcome)["XI.1/so-y-te/2021-Q1"].verdict == "on_time"


def test_what_stands_under_a_heading_goes_on_with_it_only_as_a_heading(tmp_path: Path) -> None:
    rows: list[list[object]] = [[None, None, "Q1", None, "trả lại"], ["XI.1", "Sở Y tế", "Q1", MARCH, None]]
    assert judged(judged_workbook(tmp_path, rows))["XI.1/so-y-te/2021-Q1"].verdict == "on_time"


@pytest.mark.parametrize("second", [["Số ký hiệu", "Ngày gửi"], ["Số", "Ngày"]])
def test_both_rows_of_headings_may_stand_on_every_page(tmp_path: Path, second: list[object]) -> None:
    book = Workbook()
    sheet: Any = book.active
    headings = [["STT", "Nhiệm vụ", "Đơn vị", "Kỳ báo cáo", "Văn bản", None], [None, None, None, None, *second]]
    for unit in ("Sở Y tế", "Sở Nội vụ"):
        for row in (*headings, [1, "XI.1", unit, "Q1", "12/BC-SYT", MARCH]):
            sheet.append(row)
    outcome = judged_book(tmp_path, book)
    assert outcome.gathered is not None
    assert (outcome.gathered.rows, len(outcome.assessment.problems)) == (2, 0)


@pytest.mark.parametrize(
    ("title", "headings", "row"),
    [
        ("Gia hạn", ["Nhiệm vụ", "Cơ quan", "Kỳ", "Hạn mới", "Ngày văn bản"], ["XI.1", "Sở Y tế", "Q2", None, MARCH]),
        ("Đề nghị gia hạn", ["Nhiệm vụ", "Cơ quan", "Hạn mới"], ["XI.1", "Sở Y tế", None]),
        ("Sự kiện", ["Tên sự kiện", "Cơ quan", "Số ký hiệu", "Ngày ban hành"], ["Công bố", "Sở Y tế", "1/QĐ", MARCH]),
    ],
)
def test_a_sheet_of_extensions_or_events_is_known_by_its_title(
    tmp_path: Path, title: str, headings: list[object], row: list[object]
) -> None:
    book = Workbook()
    sheet: Any = book.active
    for each in (["task", "agency", "period", "sent_on"], ["XI.1", "Sở Y tế", "Q1", MARCH]):
        sheet.append(each)
    sheet = book.create_sheet(title)
    for each in (headings, row, ["XI.1", "Sở Nội vụ", "Q2", date(2021, 7, 1), MARCH][: len(headings)]):
        sheet.append(each)
    outcome = judged_book(tmp_path, book)
    assert [item.severity for item in outcome.assessment.problems if item.severity == "error"] == []
    found = judged(outcome)
    assert [found[f"XI.1/so-y-te/2021-{period}"].verdict for period in ("Q1", "Q2")] == ["on_time", "overdue"]


def test_a_title_or_a_merged_cell_may_name_the_district(tmp_path: Path) -> None:
    titled: list[list[object]] = [
        ["Huyện Ba Tri", None],
        ["XI.1", "UBND huyện", "Q1", MARCH],
        ["XI.1", "UBND huyện", "Q2", JUNE],
    ]
    found = judged(judged_workbook(tmp_path, titled))
    for period in ("Q1", "Q2"):
        assert found[f"XI.1/ubnd-huyen-ba-tri/2021-{period}"].reason == "doubt"
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["task", "agency", "parent", "period", "sent_on"])
    sheet.append(["XI.1", "UBND huyện", "Ba Tri", "Q1", date(2021, 3, 18)])
    sheet.append(["XI.1", "UBND huyện", None, "Q2", JUNE])
    outcome = judged_book(tmp_path, book)
    assert judged(outcome)["XI.1/ubnd-huyen-ba-tri/2021-Q1"].verdict == "on_time"
    assert judged(outcome)["XI.1/ubnd-huyen-ba-tri/2021-Q2"].reason == "doubt"


def test_a_list_beside_the_register_is_named_and_rejects_nothing(tmp_path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in (["task", "agency", "period", "sent_on"], ["XI.1", "Sở Y tế", "Q1", MARCH]):
        sheet.append(row)
    sheet = book.create_sheet("Danh mục")
    for row in (["Nhiệm vụ", "Cơ quan", "Thời hạn"], ["XI.1", "Sở Y tế", "Quý II"]):
        sheet.append(row)
    outcome = judged_book(tmp_path, book)
    assert [(item.code, item.severity, item.value) for item in outcome.assessment.problems] == [
        ("R01", "warning", "Danh mục")
    ]
    found = judged(outcome)
    assert [found[f"XI.1/so-y-te/2021-{period}"].verdict for period in ("Q1", "Q2")] == ["on_time", "overdue"]
