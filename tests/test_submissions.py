"""Columns are found by whole headings, and cells of dates, periods, numbers and results are read or refused."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_cli.dates import read_date, seems_a_day
from tthc_cli.submissions import (
    ASSIGNMENTS,
    EVENTS,
    EXTENSIONS,
    REGISTER,
    Columns,
    find_header,
    header_troubles,
    placed,
    read_number,
    read_period,
    read_result,
    split_tasks,
)

TABLES = (REGISTER, EVENTS, EXTENSIONS, ASSIGNMENTS)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("task", "task"),
        ("Nhiệm vụ", "task"),
        ("MÃ NHIỆM VỤ", "task"),
        ("ma_nhiem_vu", "task"),
        ("Đơn vị thực hiện", "agency"),
        ("Cơ quan\nchủ trì", "agency"),
        ("Cơ quan ban hành", "issuer"),
        ("Tác giả", "issuer"),
        ("District", "parent"),
        ("Kỳ báo cáo (nếu có)", "period"),
        ("Mã sự kiện", "event"),
        ("Số, ký hiệu", "document_number"),
        ("Document Number", "document_number"),
        ("Ngày gửi (dd/mm/yyyy)", "sent_on"),
        ("Ngày nộp (ngày/tháng/năm)(*)", "sent_on"),
        ("submitted_on (yyyy-mm-dd)", "sent_on"),
        ("Ngày đến *", "received_on"),
        ("Ngày trình:", "proposed_on"),
        ("Kết quả", "result"),
        (f"Số văn bản{' ' * 120}", "document_number"),
        ("Trích yếu", "abstract"),
        (unicodedata.normalize("NFD", "Ghi chú"), "note"),
        ("Đơn vị/người nhận", None),
        ("Đơn vị (người nhận)", None),
        ("Ngày", None),
        ("Nhiệm vụ và giải pháp", None),
        ("dd/mm/yyyy", None),
        ("", None),
    ],
)
def test_headings_match_whole(heading: str, field: str | None) -> None:
    assert REGISTER.field(heading) == field


@pytest.mark.parametrize("columns", TABLES, ids=lambda columns: columns.name)
def test_no_heading_names_two_fields_and_required_fields_exist(columns: Columns) -> None:
    for field, headings in columns.headings.items():
        assert {columns.field(heading) for heading in (field, *headings)} == {field}
    assert {*columns.required, *columns.dates} <= columns.headings.keys()


def test_placed_tells_what_is_missing_and_twice() -> None:
    placement = placed(REGISTER, ["STT", "Ngày gửi", "Đơn vị", "Cơ quan", "", "Độ mật"])
    assert placement.fields == {"sent_on": 1, "agency": 2}
    assert placement.missing == ("task",)
    assert placement.twice == {"agency": (2, 3)}
    assert placement.at(("task", "sent_on")) == (1,)


@pytest.mark.parametrize(
    ("above", "below", "line", "named"),
    [
        (
            ["Nhiệm vụ", "Đơn vị", "Văn bản", "", "Ngày", "", "Ghi chú"],
            ["", "", "Số", "Ngày", "gửi", "đến"],
            4,
            ["task", "agency", "document_number", "document_date", "sent_on", "received_on", "note"],
        ),
        (["task", "agency", "Kết quả", ""], ["", "", "", "Ngày gửi"], 4, ["task", "agency", "result", "sent_on"]),
        (
            ["task", "agency", "", ""],
            ["", "", "Số ký hiệu", "Ngày gửi"],
            4,
            ["task", "agency", "document_number", "sent_on"],
        ),
        (
            ["task", "agency", "sent_on", ""],
            ["XI.1", "Sở Y tế", "", "Ngày đến"],
            3,
            ["task", "agency", "sent_on"],
        ),  # a row
        (["task", "agency", "", ""], ["", "", "", ""], 3, ["task", "agency"]),
    ],
)
def test_a_header_may_go_on_in_the_row_below(above: list[str], below: list[str], line: int, named: list[str]) -> None:
    header = find_header(REGISTER, [(3, above), (4, below), (5, [])])
    assert header
    assert (header.line, sorted(header.placement.fields, key=header.placement.fields.__getitem__)) == (line, named)


def test_a_header_may_begin_in_the_row_above_what_is_needed() -> None:
    rows = [
        (3, ["STT", "Nội dung", "", "Ngày gửi", "Văn bản đến"]),
        (4, ["", "Nhiệm vụ", "Đơn vị", "", "Số ký hiệu", "Ngày đến"]),
    ]
    header = find_header(REGISTER, rows)
    assert header
    assert header.line == 4
    assert header.placement.fields == {"task": 1, "agency": 2, "sent_on": 3, "document_number": 4, "received_on": 5}


def test_the_header_is_the_first_record_with_every_required_field() -> None:
    records = [(1, ["Sổ theo dõi"]), (3, ["task", "note"]), (4, ["task", "agency"]), (5, ["task", "agency", "note"])]
    header = find_header(REGISTER, records)
    assert header is not None
    assert header.line == 4
    assert not header_troubles(REGISTER, header, "f")
    likeliest = find_header(REGISTER, records[:2])
    [trouble] = header_troubles(REGISTER, likeliest, "f", encoding="utf-8")
    assert (trouble.code, trouble.line) == ("no_header", 3)
    assert trouble.facts == {"missing": ("agency",), "headings": ("task", "note"), "encoding": "utf-8"}
    [trouble] = header_troubles(REGISTER, find_header(REGISTER, []), "f")
    assert trouble.facts == {"missing": ("task", "agency"), "headings": ()}


@pytest.mark.parametrize(
    "cell",
    [
        "15/7/2021",
        "15/07/2021",
        " 15-07-2021 ",
        "15.7.2021",
        "15 / 7 / 2021",
        "2021-07-15",
        "2021-7-15",
        "2021/07/15",
        "2021-07-15 00:00:00",
        "2021-07-15T00:00",
        "2021-07-15T08:30:00.123Z",
        "15/7/2021 12:00:00 AM",
        "15/7/2021 7:30",
        "15/7/2021  07:30:15 ch",
        "15/7/2021 7:30 Sa",
        "2021-07-15Z",
        "15 tháng 7 năm 2021 07:30",
        "ngày 15 tháng 7 năm 2021",
        "Ngày 15 tháng 07 năm 2021",
        "15 tháng 7 năm 2021",
        unicodedata.normalize("NFD", "ngày 15/7/2021"),
    ],
)
def test_dates(cell: str) -> None:
    assert read_date(cell) == date(2021, 7, 15)
    assert seems_a_day(cell)


@pytest.mark.parametrize(("cell", "seems"), [("31/02/2021", True), ("15/7/21", True), ("15/7", False), ("1/BC", False)])
def test_what_seems_a_day_may_be_none(cell: str, seems: bool) -> None:
    assert seems_a_day(cell) == seems


@pytest.mark.parametrize(
    "cell",
    [
        "31/02/2021",
        "7/15/2021",
        "15/7/21",
        "15/7",
        "abc",
        "2021-13-45",
        "2021-15-07",
        "15/7-2021",
        "0/7/2021",
        "44392",
        "15/7/0202",
        "15/7/2021 và 16/7/2021",
        "7:30",
        " 7:30",
        "15/7/2021 7:30 8:30",
        "15/7/2021 lúc 7:30",
        "１５/7/2021",
        "-",
    ],
)
def test_no_dates(cell: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_date(cell)


@pytest.mark.parametrize("cell", ["", " ", "\u00a0"])
def test_an_empty_cell_has_no_date_period_number_or_result(cell: str) -> None:
    assert read_date(cell) is None
    assert read_period(cell, 2021) is None
    assert read_number(cell) is None
    assert read_result(cell) == ""


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from("/-."), st.booleans())
def test_a_day_is_read_day_first_however_it_is_padded(day: date, mark: str, padded: bool) -> None:
    parts = (f"{day.day:02}", f"{day.month:02}") if padded else (str(day.day), str(day.month))
    assert read_date(mark.join((*parts, str(day.year)))) == day
    assert read_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("period", "cells"),
    [
        (
            "2021-Q1",
            "2021-Q1; Q1; q1/2021; quý I; Quý 1/2021; quí I năm 2021; I/2021; Q.1; QI; quy 01; Kỳ quý I",
        ),
        (
            "2021-Q1",
            "quý I, năm 2021; 2021 quý 1; Báo cáo quý I/2021; Q1-2021; qui 1",
        ),
        ("2021-Q4", "Quý IV; quý 4/2021; Q4; IV/2021"),
        ("2020-Q2", "Q2/2020; 2020-Q2; quý II năm 2020"),
        ("2021", "năm; năm 2021; cả năm; cả năm 2021; 2021; NĂM; báo cáo năm; 12 tháng; year"),
        (
            "2021-H1",
            "6 tháng; 6 tháng đầu năm; 06 tháng; H1; 2021-H1; 6 tháng đầu năm 2021; 6T; 6 tháng/2021; sáu tháng",
        ),
        ("2021-H2", "6 tháng cuối năm; H2; 6 tháng cuối năm 2021; h2/2021"),
        ("2021-05", "tháng 5; 5/2021; tháng 05/2021; 2021-05; T5; Tháng 5 năm 2021; 05-2021; T.05"),
        ("2021-12", "tháng 12; T12/2021; 12/2021"),
        ("2020", "2020; năm 2020"),
    ],
)
def test_periods(period: str, cells: str) -> None:
    assert {cell: read_period(cell, 2021) for cell in cells.split("; ")} == dict.fromkeys(cells.split("; "), period)


NO_PERIODS = """
9 tháng; quý V; quý 5; Q0; Q1/21; tháng 13; T0; 13/2021; 00/2021; 5; I; 15/7/2021; 2021-07-15; quý II-III/2021;
6 tháng/năm; hàng quý; tháng năm; đột xuất; 2021/2021; 1021; H3; -; Q1 Q2
"""


@pytest.mark.parametrize("cell", [cell.strip() for cell in NO_PERIODS.split(";")])
def test_no_periods(cell: str) -> None:
    assert read_period(cell, 2021) is None


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("123/BC-STTTT", "BC"),
        ("45/QĐ-UBND", "QĐ"),
        ("45/qđ-ubnd", "QĐ"),
        ("45/QD-UBND", "QĐ"),
        ("45/\u00d0A-UBND", "ĐA"),
        ("32/2018/QĐ-UBND", "QĐ"),
        ("245/STTTT-VP", ""),
        ("6326/UBND-KSTT", ""),
        ("15/UBND", ""),
        ("01/2011/TTLT-VPCP-BNV", "TTLT"),
        ("2231/SNV-CCHC&PC", ""),
        ("Số: 123/BC-STTTT", "BC"),
        ("số 123 / BC - STTTT", "BC"),
        ("Quyết định số 45/QĐ-UBND", "QĐ"),
        ("45/TTr-STTTT", "TTr"),
        ("91/2015/QH13", ""),
        ("12a/BC-UBND", "BC"),
        ("12/BC-UBND xã An Hòa", "BC"),
        ("12/BC–UBND", "BC"),
        ("7092/KH-UBND", "KH"),
    ],
)
def test_document_numbers(text: str, type_: str) -> None:
    number = read_number(text)
    assert number is not None
    assert (number.well_formed, number.type) == (True, type_)


@pytest.mark.parametrize(
    "text",
    ["khong so", "không số", "BC-STTTT", "123", "123/", "/BC-STTTT", "123/BC", "123.BC-STTTT", "123/BC-", "Số: "],
)
def test_malformed_document_numbers(text: str) -> None:
    number = read_number(text)
    assert number is not None
    assert not number.well_formed


@pytest.mark.parametrize(
    "texts",
    [
        ("45/QĐ-UBND", "45 / qđ-ubnd", "Số: 45/QĐ - UBND", "số45/QD-UBND", "045/QĐ–UBND"),
        ("khong so", " Khong  so "),
        (unicodedata.normalize("NFD", "45/SLĐTBXH-VP"), "45/slđtbxh-vp"),
    ],
)
def test_a_document_number_has_one_key_however_it_is_written(texts: tuple[str, ...]) -> None:
    assert len({number.key for text in texts if (number := read_number(text))}) == 1


def test_document_numbers_of_several_types_differ() -> None:
    keys = {
        number.key
        for text in ("1/BC-UBND", "1/KH-UBND", "1/UBND-BC", "1/2021/BC-UBND")
        if (number := read_number(text))
    }
    assert len(keys) == 4


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("returned", "returned"),
        ("Trả lại", "returned"),
        ("BỊ TRẢ LẠI", "returned"),
        ("đã trả lại", "returned"),
        ("replaced", "replaced"),
        ("thay thế", "replaced"),
        ("đã được thay thế", "replaced"),
        ("bi thay the", "replaced"),
    ],
)
def test_results(text: str, result: str) -> None:
    assert read_result(text) == result


@pytest.mark.parametrize("text", ["không trả lại", "trả", "đạt", "thay thế báo cáo số 5", "ok"])
def test_no_results(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_result(text)


def test_a_cell_may_name_several_tasks() -> None:
    assert split_tasks("I.1.4; X.2") == ("I.1.4", "X.2")
    assert split_tasks("I.1.4\r\nX.2,III.1;") == ("I.1.4", "X.2", "III.1")
    assert split_tasks(" ; ") == ()


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Ngày ký", "document_date"),
        ("Ngày báo cáo (dd/mm/yyyy)", "document_date"),
        ("Ngày gửi báo cáo", "sent_on"),
        ("Thời gian gửi", "sent_on"),
        ("Ngày phát hành", "sent_on"),
        ("Ngày VB", "document_date"),
        ("Ngày, tháng, năm văn bản", "document_date"),
        ("Ngày nộp BC", "sent_on"),
    ],
)
def test_a_column_of_days_by_another_name_stands_in_where_none_has_the_usual_one(heading: str, field: str) -> None:
    """Its day may show that a paper which arrived late was sent in time."""
    others = ("Nhiệm vụ", "Đơn vị", heading, "Ngày đến")
    assert placed(REGISTER, others).fields == {"task": 0, "agency": 1, field: 2, "received_on": 3}
    named = REGISTER.headings[field][0]
    both = placed(REGISTER, (*others, named))
    assert both.fields == {"task": 0, "agency": 1, "received_on": 3, field: 4}
    assert not both.twice


@pytest.mark.parametrize("headings", [("Ngày", "Ngày ký"), ("Ngày ký", "Ngày"), ("Ngày phát hành", "Ngày gửi báo cáo")])
def test_of_columns_that_stand_in_for_one_field_that_counts_which_tells_most(headings: tuple[str, str]) -> None:
    """Wherever it stands: a paper in time by it was called late by the first of them."""
    (at,) = placed(REGISTER, headings).fields.values()
    assert headings[at] in ("Ngày ký", "Ngày gửi báo cáo")


@pytest.mark.parametrize(
    ("group", "day", "field"),
    [
        ("Văn bản", "Ngày ký", "document_date"),
        ("Báo cáo", "Ngày", "document_date"),
        ("Văn bản giao", "Ngày", None),
        ("Hạn nộp", "Ngày", None),
    ],
)
def test_a_day_under_the_heading_of_something_else_stands_in_for_none(group: str, day: str, field: str | None) -> None:
    """Or a paper that came late would be in time by the day on which the task was given."""
    rows = ["Nhiệm vụ", "Đơn vị", "Ngày đến", group, ""], ["", "", "", "Số", day]
    header = find_header(REGISTER, enumerate(rows, 1))
    assert header
    assert header.placement.fields.get("document_date") == (4 if field else None)
