"""A workbook's cells are read as the sheet shows them, its days as days, and its rows keep their numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.datavalidation import DataValidation

from tthc_cli.errors import InputError, Trouble
from tthc_cli.registers import open_table
from tthc_cli.submissions import ASSIGNMENTS, REGISTER
from tthc_cli.tables import Row, Table

HEADINGS = ["Nhiệm vụ", "Cơ quan", "Kỳ", "Số ký hiệu", "Ngày gửi", "Ghi chú"]
SENT = "Ngày gửi"
DAY = date(2021, 7, 15)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Sổ theo dõi.xlsx"


def save(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def rows_of(path: Path) -> list[Row]:
    with open_table(path, REGISTER) as table:
        return [*table.rows]


def troubles_of(path: Path) -> list[Trouble]:
    with pytest.raises(InputError) as caught, open_table(path, REGISTER) as table:
        list(table.rows)
    return [*caught.value.troubles]


def codes_of(path: Path) -> list[str]:
    return [trouble.code for trouble in troubles_of(path)]


def cell_of(path: Path, value: Any, number_format: str = "General", heading: str = "Ghi chú") -> object:
    """What is read of one cell under a heading."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["task", "agency", heading])
    sheet.append(["XI.1", "so-tttt", value])
    sheet["C2"].number_format = number_format
    book.save(path)
    [(_, cells)] = rows_of(path)
    assert isinstance(cells, list)
    return cells[2]


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change one part of a workbook, as a program that writes it otherwise would."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_rows_keep_their_numbers_below_titles_and_blank_rows(path: Path) -> None:
    save(
        path,
        [["Sổ theo dõi"], [], HEADINGS, ["XI.1", "so-tttt"], [None, " "], ["VI.6", "so-y-te", 2021, "1/BC", DAY, "x"]],
    )
    with open_table(path, REGISTER) as table:
        assert (table.path, table.others) == (str(path), ())
        assert table.headings == tuple(HEADINGS)
        assert [*table.rows] == [
            (4, ["XI.1", "so-tttt", "", "", "", ""]),
            (6, ["VI.6", "so-y-te", "2021", "1/BC", DAY, "x"]),
        ]


def test_headings_of_several_lines_and_cells_beside_the_table(path: Path) -> None:
    save(path, [["Nhiệm vụ", "Cơ quan\nchủ trì", None], ["XI.1", "so-tttt", "", "bên lề"]])
    with open_table(path, REGISTER) as table:
        assert table.headings == ("Nhiệm vụ", "Cơ quan chủ trì")
        assert [*table.rows] == [(2, ["XI.1", "so-tttt"])]


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (1.1, "0.00", "1.10"),
        (1.1, "General", "1.1"),
        (5, "General", "5"),
        (5.0, "General", "5"),
        (5, "00", "05"),
        (7, "000", "007"),
        (1234567, "#,##0", "1234567"),
        (2.5, "#,##0.00", "2.50"),
        (0.25, "0.##", "0.25"),
        (3, "0.0#", "3.0"),
        (-1.5, "0.00;[Red]-0.00", "-1.50"),
        (12, '"Số "0', "12"),
        (0.1, "General", "0.1"),
        (1.1, "@", "1.1"),
        (0.5, "0%", "0.5"),
        (True, "General", "TRUE"),
        ("1.10", "General", "1.10"),
        ("#N/A", "General", "#N/A"),
        (" chữ\n ", "General", " chữ\n "),
        (None, "0.00", ""),
        (time(8, 30), "hh:mm", "08:30:00"),
        (timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
    ],
)
def test_values_are_read_as_the_sheet_shows_them(path: Path, value: object, number_format: str, shown: str) -> None:
    assert cell_of(path, value, number_format) == shown


@pytest.mark.parametrize("heading", [SENT, "Ghi chú"])
@pytest.mark.parametrize("value", [DAY, datetime(2021, 7, 15, 16, 45)])  # noqa: DTZ001
@pytest.mark.parametrize("number_format", ["dd/mm/yyyy", "yyyy-mm-dd", "[$-42A]dd mmmm yyyy", "m/d/yy h:mm"])
def test_days_are_days(path: Path, value: date, number_format: str, heading: str) -> None:
    cell = cell_of(path, value, number_format, heading)
    assert (type(cell), cell) == (date, DAY)


@pytest.mark.parametrize("number_format", ["General", "0", "@"])
def test_a_bare_number_in_a_column_of_days_is_a_day(path: Path, number_format: str) -> None:
    assert cell_of(path, 44392, number_format, SENT) == DAY
    assert cell_of(path, 44392.75, number_format, SENT) == DAY
    assert cell_of(path, 44392, number_format) == "44392"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(2021, "2021"), (20210715, "20210715"), (1e300, "1e+300"), (-5, "-5"), (False, "FALSE"), ("44392",) * 2],
)
def test_what_is_no_day_of_our_time_stays_text(path: Path, value: object, shown: str) -> None:
    assert cell_of(path, value, heading=SENT) == shown


@pytest.mark.parametrize(("number_format", "shown"), [("mm/yyyy", "05/2021"), ("mmm-yy", "05/2021"), ("yyyy", "2021")])
def test_a_month_that_excel_took_for_a_day_is_a_month_again(path: Path, number_format: str, shown: str) -> None:
    assert cell_of(path, date(2021, 5, 1), number_format, "Kỳ") == shown
    assert cell_of(path, date(2021, 5, 1), number_format, SENT) == date(2021, 5, 1)


def test_days_counted_from_1904(path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet: Any = book.active
    sheet.append(["task", "agency", SENT, "Ngày đến"])
    sheet.append(["XI.1", "so-tttt", DAY, 44392 - 1462])
    book.save(path)
    rewritten(path, "xl/workbook.xml", lambda xml: re.sub("<workbookPr[^>]*/>", '<workbookPr date1904="1"/>', xml))
    assert rows_of(path) == [(2, ["XI.1", "so-tttt", DAY, DAY])]


def test_formulas_give_the_values_that_were_stored(path: Path) -> None:
    save(path, [["task", "agency", "note"], ["XI.1", "so-tttt", "=1/0"], ["VI.6", "so-tttt", "=1+1"]])
    stored = {"1/0": '<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "1+1": '<c r="C3"><f>1+1</f><v>2</v></c>'}

    def with_values(xml: str) -> str:
        return re.sub(r'<c r="C\d"[^>]*><f>(.*?)</f><v */?>(?:</v>)?</c>', lambda found: stored[found[1]], xml)

    rewritten(path, "xl/worksheets/sheet1.xml", with_values)
    assert rows_of(path) == [(2, ["XI.1", "so-tttt", "#DIV/0!"]), (3, ["VI.6", "so-tttt", "2"])]


@pytest.mark.parametrize("size", ["A1:A1", "A1:B2", "A1:XFD1048576"])
def test_a_sheet_whose_stated_size_is_wrong(path: Path, size: str) -> None:
    save(path, [HEADINGS, *[["XI.1", "so-tttt"]] * 30])
    rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: re.sub('ref="A1:F31"', f'ref="{size}"', xml))
    assert [line for line, _ in rows_of(path)] == [*range(2, 32)]


def test_formatted_empty_rows_and_a_stray_far_cell_are_passed_over(path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(HEADINGS)
    sheet.append(["XI.1", "so-tttt"])
    for line in range(3, 2000):
        sheet.cell(line, 5).number_format = "dd/mm/yyyy"
    sheet.cell(100_000, 1, "VI.6")
    book.save(path)
    assert [line for line, _ in rows_of(path)] == [2, 100_000]


def test_every_sheet_with_the_columns_is_read(path: Path) -> None:
    book = Workbook()
    guide: Any = book.active
    guide.title = "Hướng dẫn"
    guide.append(["Điền nhiệm vụ và cơ quan"])
    for title in ("Danh sách", "Ẩn", "Quý I", "Quý II"):
        sheet: Any = book.create_sheet(title)
        # The appendix of a plan has no day, and is no register.
        sheet.append(["task", "agency", "Thời hạn" if title == "Danh sách" else SENT])
        sheet.append(["XI.1", title, DAY])
    book["Ẩn"].sheet_state = "hidden"
    book.create_chartsheet("Biểu đồ").add_chart(BarChart())
    book.save(path)
    with open_table(path, REGISTER) as table:
        read = {each.path: [*each.rows] for each in table.each}
    assert read == {f"{path} [{title}]": [(2, ["XI.1", title, DAY])] for title in ("Quý I", "Quý II", "Ẩn")}


def test_a_sheet_of_papers_whose_day_is_called_otherwise_is_read(path: Path) -> None:
    """Its rows have no day, which is told of each; they are not as if they were not there."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["task", "agency", "Số ký hiệu", SENT])
    papers = {"Quý II": "Ngày gửi báo cáo", "Quý III": "Ngày, tháng phát hành", "Quý IV": "Ngày", "Năm": "Ngày báo cáo"}
    for title, heading in papers.items():
        sheet = book.create_sheet(title)
        sheet.append(["task", "agency", "Số ký hiệu" if title == "Quý II" else "Kỳ báo cáo", heading])
        sheet.append(["XI.1", "so-tttt", "1/BC", DAY])
    lists = {"Mẫu": "Số ký hiệu", "Danh mục": "Ngày hết hạn", "Việc": "Ngày phải gửi", "Giao việc": "Ngày giao"}
    for title, heading in lists.items():
        sheet = book.create_sheet(title)
        sheet.append(["task", "agency", heading])
        sheet.append(["XI.1", "so-tttt", DAY][: 0 if title == "Mẫu" else None])
    sheet = book.create_sheet("Tổng hợp")
    sheet.append(["task", "agency", "Số văn bản"])
    sheet.append(["XI.1", "so-tttt", 12])
    book.save(path)
    with open_table(path, REGISTER) as table:
        assert [(each.path, len([*each.rows])) for each in table.each] == [
            (f"{path} [Sheet]", 0),
            *((f"{path} [{title}]", 1) for title in papers),
        ]
        assert table.left_out == (*lists, "Tổng hợp")


@pytest.mark.parametrize(
    ("headings", "rows", "kind"),
    [
        (["Gia hạn đến ngày", "Ngày gửi"], [["", DAY], [DAY, DAY]], "papers"),  # one of them extended
        (["Gia hạn đến ngày", "Ngày gửi"], [[DAY, DAY]], "papers"),
        (["Gia hạn đến ngày", "Ngày văn bản"], [["", DAY], ["", DAY]], "papers"),
        (["Hạn mới", "Ngày văn bản"], [[DAY, DAY], ["", DAY]], "unclear"),
        (["Hạn mới", "Ngày gửi", "Trạng thái"], [[DAY, DAY, "xin"], ["", DAY, ""]], "list"),  # requests
        (["Mã", "Loại", "Ngày", "Số ký hiệu"], [["qd-1", "QĐ", DAY, "1/QĐ"]], "papers"),  # as events, but of a task
        (["Thời gian gửi"], [[DAY]], "papers"),
        (["Thời hạn gửi"], [[DAY]], "list"),
        (["Ngày xét"], [[DAY]], "list"),  # as in the program's own report
    ],
)
def test_what_a_sheet_beside_the_register_holds_is_told_by_its_rows(
    path: Path, headings: list[str], rows: list[list[object]], kind: str
) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["task", "agency", SENT])
    sheet = book.create_sheet("Quý II")
    sheet.append(["Nhiệm vụ", "Đơn vị", *headings])
    for row in rows:
        sheet.append(["XI.1", "so-tttt", *row])
    book.save(path)
    with open_table(path, REGISTER) as table:
        others = [[trouble.code for trouble in each.troubles] for each in table.others]
    assert table.left_out == (("Quý II",) if kind == "list" else ())
    assert others == {"papers": [[]], "unclear": [["sheet_unclear"]], "list": []}[kind]


def test_sheets_of_extensions_and_events_hold_no_papers(path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["task", "agency", SENT])
    sheet.append(["XI.1", "so-tttt", DAY])
    sheet = book.create_sheet("Gia hạn")
    sheet.append(["Nhiệm vụ", "Cơ quan", "Số ký hiệu", "Ngày văn bản", "Hạn mới", "Trạng thái"])
    sheet.append(["VI.6", "so-tttt", "1/CV", DAY, DAY, "đề nghị"])
    sheet = book.create_sheet("Sự kiện")
    sheet.append(["Mã sự kiện", "Loại", "Ngày", "Cơ quan", "Số ký hiệu"])
    sheet.append(["qd-1", "ky-qd-cong-bo", DAY, "Sở Y tế", "1/QĐ"])
    book.save(path)
    with open_table(path, REGISTER) as table:
        assert [(each.path, bool(each.troubles)) for each in table.each] == [(str(path), False)]
        assert table.left_out == ("Gia hạn",)


def test_a_sheet_of_the_same_kind_with_a_column_twice_is_no_less_read(path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["task", "agency", SENT])
    sheet = book.create_sheet("Quý II")
    sheet.append(["task", "agency", SENT, SENT])
    book.save(path)
    assert codes_of(path) == ["column_twice"]
    with pytest.raises(InputError) as raised:
        open_table(path, REGISTER)
    assert [trouble.path for trouble in raised.value.troubles] == [f"{path} [Quý II]"]


@pytest.mark.parametrize(
    ("headings", "rows", "missing"),
    [
        (["task", "Đơn vị nộp", SENT], 1, ("agency",)),
        (["Mã NV", "agency", "Ngày gửi"], 1, ("task",)),
        (["Mã NV", "agency", "Thời gian gửi"], 1, ("task",)),
        (["STT", "agency", "Số văn bản"], 1, None),  # a count, as it were
        (["Nhiệm vụ", "Cơ quan được giao", "Ngày văn bản"], 1, None),  # who is in charge
        (["task", "Đơn vị nộp", SENT], 0, None),
        (["task", "Đơn vị nộp", "Thời hạn"], 1, None),  # the appendix of a plan
        (["Họ tên", "Ngày gửi"], 1, None),
    ],
)
def test_a_sheet_that_lacks_one_column_is_told(
    path: Path, headings: list[str], rows: int, missing: tuple[str, ...] | None
) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["task", "agency", SENT])
    sheet = book.create_sheet("Quý II")
    sheet.append(headings)
    for _ in range(rows):
        sheet.append(["XI.1", "so-tttt", DAY][: len(headings)])
    book.save(path)
    with open_table(path, REGISTER) as table:
        found = [(each.path, each.troubles[0].facts["missing"]) for each in table.each if each.troubles]
    assert found == ([(f"{path} [Quý II]", missing)] if missing else [])


@pytest.mark.parametrize(
    ("before", "headings", "row", "told"),
    [
        (0, [], ["XI.1", "so-tttt", DAY], True),  # goes on from another sheet
        (30, ["task", "agency", SENT], ["XI.1", "so-tttt", DAY], True),  # too far below
        (0, ["Mã NV", "Tên đơn vị", "Ngày"], ["XI.1", "so-tttt", "19/03/2021"], True),
        (0, ["STT", "Mã NV", "Tên đơn vị", "Ngày gửi"], [1, "XI.1", "so-tttt", DAY], True),
        (0, ["Số ký hiệu", "Ngày ban hành", "Trích yếu"], ["63/2010/NĐ-CP", DAY, "Kiểm soát TTHC"], False),
        (0, [], ["XI.1", "so-tttt", "19/3/21"], True),  # a day that cannot be read is none the less one
        (0, ["Kính gửi"], ["Điền theo mẫu", "của tỉnh", "x"], False),
        (0, ["Mã", "Người làm", "Hạn nộp"], ["XI.1", "Hùng", DAY], False),
        (0, ["STT", "Tên ngày nghỉ", "Ngày"], [1, "Quốc khánh", DAY], False),
        (0, ["STT", "Họ tên", "Ngày sinh"], ["Cán bộ", "Hùng", DAY], False),
        (0, ["Kính gửi"], ["Ngày ban hành", "", DAY], False),
    ],
)
def test_rows_without_the_headings_are_told(
    path: Path, before: int, headings: list[str], row: list[object], told: bool
) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["task", "agency", SENT])
    sheet = book.create_sheet("Quý II")
    for _ in range(before):
        sheet.append(["Tiêu đề"])
    if headings:
        sheet.append(headings)
    sheet.append(row)
    book.save(path)
    with open_table(path, REGISTER) as table:
        assert [each.path for each in table.each if each.troubles] == ([f"{path} [Quý II]"] if told else [])


def test_a_sheet_that_is_not_where_it_should_be_is_damage(path: Path) -> None:
    book = Workbook()
    book.create_sheet("Quý II")
    book.create_chartsheet("Biểu đồ").add_chart(BarChart())
    sheet: Any = book.active
    sheet.append(HEADINGS)
    book.save(path)
    assert rows_of(path) == []
    rewritten(path, "xl/_rels/workbook.xml.rels", lambda text: text.replace("sheet2.xml", "sheet9.xml"))
    assert codes_of(path) == ["damaged_workbook"]


def test_lists_of_duties_alone_are_no_register(path: Path) -> None:
    """As in the program's own reports."""
    book = Workbook()
    for sheet in (book.active, book.create_sheet("Quá hạn")):
        sheet.append(["Mã", "Nhiệm vụ", "Cơ quan", "Hạn áp dụng", "Nên gửi chậm nhất", "Ngày xét"])  # type: ignore[union-attr]
        sheet.append(["XI.1", "Báo cáo", "Sở Y tế", DAY, DAY, DAY])  # type: ignore[union-attr]
    book.save(path)
    [trouble] = troubles_of(path)
    assert (trouble.code, trouble.facts) == ("only_duties", {"sheets": ("Sheet", "Quá hạn")})


def test_lists_without_days_are_read_where_no_sheet_has_any(path: Path) -> None:
    book = Workbook()
    for sheet in (book.active, book.create_sheet("B")):
        sheet.append(["task", "agency"])  # type: ignore[union-attr]
    book.save(path)
    with open_table(path, ASSIGNMENTS) as table:
        assert len(table.each) == 2


def test_a_style_that_is_not_there_is_damage(path: Path) -> None:
    save(path, [HEADINGS, ["XI.1", "so-tttt", "", 12, DAY]])
    rewritten(path, "xl/worksheets/sheet1.xml", lambda text: text.replace('r="D2"', 'r="D2" s="99"'))
    [trouble] = troubles_of(path)
    assert (trouble.path, trouble.code) == (str(path), "damaged_workbook")
    save(path, [["x", 12], HEADINGS])
    rewritten(path, "xl/worksheets/sheet1.xml", lambda text: text.replace('r="B1"', 'r="B1" s="99"'))
    assert codes_of(path) == ["damaged_workbook"]


def test_what_openpyxl_leaves_out_is_no_warning(path: Path) -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(HEADINGS)
    sheet.append(["XI.1", "so-tttt", None, None, 9_999_999_999])
    sheet["E2"].number_format = "dd/mm/yyyy"
    sheet.add_data_validation(DataValidation("list", formula1='"a,b"', sqref="A1"))
    book.save(path)
    assert rows_of(path) == [(2, ["XI.1", "so-tttt", "", "", "#VALUE!", ""])]


def test_a_header_alone(path: Path) -> None:
    assert rows_of(save(path, [HEADINGS])) == []


def test_no_sheet_with_a_header(path: Path) -> None:
    [trouble] = troubles_of(save(path, [["Sổ"], ["Nhiệm vụ", "Ghi chú"], ["XI.1", "so-tttt"]]))
    assert (trouble.path, trouble.code, trouble.line) == (str(path), "no_header", 2)
    assert trouble.facts == {"missing": ("agency",), "headings": ("Nhiệm vụ", "Ghi chú"), "sheets": ("Sheet",)}


def test_a_column_found_twice(path: Path) -> None:
    [trouble] = troubles_of(save(path, [["task", "agency", "Cơ quan"]]))
    assert (trouble.code, trouble.line, trouble.column) == ("column_twice", 1, 3)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"PK\x03\x04 and no more", "damaged_workbook"),
        (b"task,agency\n", "not_a_workbook"),
        (b"<html></html>", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "Workbook".encode("utf-16-le"), "old_workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "locked_workbook"),
    ],
)
def test_files_that_are_no_workbooks(path: Path, content: bytes, code: str) -> None:
    path.write_bytes(content)
    assert codes_of(path) == [code]


def test_another_kind_of_archive(path: Path) -> None:
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert codes_of(path) == ["not_a_workbook"]


def test_every_truncated_or_damaged_workbook_is_told(path: Path) -> None:
    whole = save(path, [HEADINGS, *[["XI.1", f"so-tttt-{n}"] for n in range(200)]]).read_bytes()
    for end in range(0, len(whole), 997):
        path.write_bytes(whole[:end])
        assert codes_of(path) in (["damaged_workbook"], ["empty_file"])
    told = 0
    for place in range(0, len(whole), 97):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55] * 3) + whole[place + 3 :])
        try:
            rows_of(path)
        except InputError:
            told += 1
    assert told > 10


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", "</sheetData>", ""),
        ("xl/worksheets/sheet1.xml", '<c r="A2"', '<c r="??"'),
        ("xl/workbook.xml", "</workbook>", "<"),
        ("xl/styles.xml", "<cellXfs", "<"),
        ("[Content_Types].xml", "sheet.main", "nothing"),
        ("xl/_rels/workbook.xml.rels", "Id=", "Ix="),
    ],
)
def test_damage_inside_is_told(path: Path, part: str, old: str, new: str) -> None:
    save(path, [HEADINGS, *[["XI.1", "so-tttt"]] * 30])
    rewritten(path, part, lambda xml: xml.replace(old, new))
    assert codes_of(path) == ["damaged_workbook"]


@pytest.mark.parametrize(("name", "code"), [("không có.xlsx", "missing_file"), ("thư mục.xlsx", "is_folder")])
def test_paths_that_cannot_be_opened(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "thư mục.xlsx").mkdir()
    assert codes_of(tmp_path / name) == [code]


def test_a_workbook_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    path = save(tmp_path / "so.csv", [["task", "agency"], ["XI.1", "so-tttt"]])
    assert rows_of(path) == [(2, ["XI.1", "so-tttt"])]


def test_a_csv_register_needs_no_openpyxl(tmp_path: Path) -> None:
    import subprocess
    import sys

    path = tmp_path / "so.csv"
    path.write_text("task;agency\nXI.1;so-tttt\n", encoding="utf-8")
    script = (
        "import sys; from tthc_cli.registers import open_table; from tthc_cli.submissions import REGISTER; "
        f"assert len([*open_table({str(path)!r}, REGISTER).rows]) == 1; assert 'openpyxl' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, env={"PYTHONPATH": ":".join(sys.path)})


def test_a_table_can_be_left_before_its_end(path: Path) -> None:
    save(path, [HEADINGS, *[["XI.1", "so-tttt"]] * 30])
    with open_table(path, REGISTER) as table:
        assert isinstance(table, Table)
        next(table.rows)
    path.unlink()
