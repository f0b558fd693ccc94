"""From tables as offices lay them out to the draft of a plan; the documents are made up."""

from __future__ import annotations

from functools import cache
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tthc_cli import loading
from tthc_cli.agencies import Directory
from tthc_cli.drafting.columns import field_of
from tthc_cli.drafting.days_named import day_named
from tthc_cli.drafting.document import Block, Cell, Paragraph, Place, Row, Table
from tthc_cli.drafting.draft import Draft, make_draft
from tthc_cli.drafting.mending import mend, one_line, run_on
from tthc_cli.drafting.numbering import Paths, read_number, take_number
from tthc_cli.drafting.tasks import DraftTask
from tthc_cli.drafting.units import UNKNOWN, read_units, roles
from tthc_cli.importing import plan_yaml
from tthc_cli.importing.plain import blocks
from tthc_cli.naming import fold

HEADER = "STT | Nội dung công việc | Đơn vị thực hiện | Cơ quan phối hợp | Thời hạn | Kết quả"


@cache
def directory() -> Directory:
    return loading.read_agencies(loading.built_in("agencies"))[0]


def draft(*lines: str, header: str = HEADER, front: str = "KẾ HOẠCH\nKiểm soát TTHC năm 2022") -> Draft:
    """The draft of a table whose cells are parted by bars."""
    return make_draft(
        tuple(blocks("\n".join((front, "Phụ lục", *(f"| {line} |" for line in (header, *lines)))))), directory()
    )


def ids(found: Draft) -> list[str]:
    return [task.id for task in found.tasks]


def only(found: Draft) -> DraftTask:
    (task,) = found.tasks
    return task


def codes(found: Draft) -> set[str]:
    return {remark.code for remark in found.remarks}


def spread(*rows: str) -> Table:
    """A table with spans: "5*text" covers five columns, "^" goes on from above."""
    made = []
    for number, row in enumerate(rows, 1):
        cells = []
        for part in row.split("|"):
            across, star, text = part.strip().partition("*")
            span = int(across) if star and across.isdigit() else 1
            cells.append(Cell(text if span > 1 else part.strip().removeprefix("^"), span, part.strip() == "^"))
        made.append(Row(tuple(cells), Place(table=1, row=number)))
    return Table(tuple(made), Place(table=1))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("STT", "number"),
        ("Số TT", "number"),
        ("NỘI DUNG NHIỆM VỤ", "title"),
        ("Nhiệm vụ cụ thể", "title"),
        ("Cơ quan chủ trì", "lead"),
        ("Đơn vị thực hiện", "lead"),
        ("Cơ quan, đơn vị chủ trì thực hiện", "lead"),
        ("Đơn vị phối hợp", "support"),
        ("Cơ quan phối hợp thực hiện", "support"),
        ("Thời gian hoàn thành", "timing"),
        ("Tiến độ", "timing"),
        ("Hoàn thành", "timing"),
        ("Yêu cầu về thời gian", "timing"),
        ("Thời hạn", "timing"),
        ("Thoi gian thuc hien", "timing"),
        ("Sản phẩm/kết quả", "product"),
        ("Kết quả đầu ra", "product"),
        ("Kết quả thực hiện", "product"),
        ("Ghi chú", None),
        ("Kinh phí", None),
        ("Tổ chức thực hiện và báo cáo kết quả rà soát, đánh giá quy định, thủ tục hành chính của đơn vị", None),
    ],
)
def test_headings_of_columns(heading: str, field: str | None) -> None:
    assert field_of(heading) == field


def test_ids_are_paths_and_headings_are_told_from_tasks() -> None:
    found = draft(
        "I | Rà soát | | | | ",
        "1 | Kế hoạch | | | | ",
        "1.1 | Việc một | Sở Tư pháp | | Quý I | BC",
        "1.2 | Việc hai | Sở Tư pháp | | Quý II | BC",
        "2 | Việc ba | Sở Nội vụ | | Quý III | BC",
        "II. | Báo cáo | | | | ",
        " | Việc không số | Sở Nội vụ | | Quý IV | BC",
    )
    assert ids(found) == ["I.1.1", "I.1.2", "I.2", "II.1"]
    assert [section.id for section in found.sections] == ["I", "I.1", "II"]
    assert {task.section for task in found.tasks} == {"I", "II"}


def test_columns_stand_in_any_order_and_may_be_more_or_fewer() -> None:
    found = draft(
        "Báo cáo | Quý I | Văn phòng UBND tỉnh | 1 | Việc | Theo CV 12 | 50",
        header="Sản phẩm | Tiến độ | Chủ trì | TT | Nhiệm vụ | Ghi chú | Kinh phí",
    )
    task = only(found)
    assert (task.title, task.lead, task.timing, task.product) == ("Việc", ("Văn phòng UBND tỉnh",), "Quý I", "Báo cáo")
    assert task.others == (("Ghi chú", "Theo CV 12"), ("Kinh phí", "50"))


def test_headings_in_two_rows_and_cells_merged_downwards() -> None:
    table = spread(
        "STT | Mục tiêu | Nhiệm vụ | 2*Cơ quan thực hiện | Thời gian",
        "^ | ^ | ^ | Chủ trì | Phối hợp | ^",
        "6*A. Chỉ đạo, điều hành",
        "1 | Nâng cao | Việc một | Sở Nội vụ | Sở Tư pháp | Tháng 01",
        "2 | ^ | Việc hai | -nt- | ^ | Quý II",
    )
    found = make_draft((Paragraph("Kế hoạch năm 2024"), table), directory())
    assert ids(found) == ["A.1", "A.2"]
    second = found.tasks[1]
    assert (second.lead, second.support) == (("Sở Nội vụ",), ("Sở Tư pháp",))
    assert second.others == (("Mục tiêu", "Nâng cao"),)
    assert "guessed_ditto" in codes(found)


def test_a_row_cut_by_the_end_of_a_page_is_one_task() -> None:
    first = spread(
        "TT | Nhiệm vụ | Chủ trì | Thời gian", "1 | Tổ chức kiểm tra việc thực hiện | Văn phòng | Quý III (trước"
    )
    second = spread("TT | Nhiệm vụ | Chủ trì | Thời gian", " | Quy chế tại các xã | UBND tỉnh | ngày 15/8/2022)")
    found = make_draft((Paragraph("Kế hoạch năm 2022"), first, second), directory())
    task = only(found)
    assert task.title == "Tổ chức kiểm tra việc thực hiện Quy chế tại các xã"
    assert task.lead_agencies == ("vp-ubnd-tinh",)
    assert task.timing == "Quý III (trước ngày 15/8/2022)"
    assert {"mended_cut_row", "left_header"} <= codes(found)


def test_headings_without_a_number_over_the_row() -> None:
    header, one, two = "TT | Nhiệm vụ | Chủ trì | Thời gian", "1 | Một | Sở Y tế | Quý I", "2 | Hai | Sở Y tế | Quý I"
    table = spread(header, "4*Công tác chung", one, "4*Công tác khác", two)
    found = make_draft((Paragraph("Kế hoạch năm 2022"), table), directory())
    assert ids(found) == ["M1.1", "M2.2"]
    assert [section.title for section in found.sections] == ["Công tác chung", "Công tác khác"]


def test_a_second_appendix_counts_apart() -> None:
    rows = (f"| {HEADER} |", "| I | Mục | | | | |", "| 1 | Việc | Sở Y tế | | Quý I | BC |")
    found = make_draft(tuple(blocks("\n".join(("Kế hoạch năm 2022", *rows, "Phụ lục II", *rows)))), directory())
    assert ids(found) == ["I.1", "PL2.I.1"]


def test_tables_under_headings_of_the_text() -> None:
    table = f"| {HEADER} |\n| 1 | Việc | Sở Y tế | | Quý I | BC |\n"
    text = f"Kế hoạch năm 2022\nPhụ lục\nI. Một\n{table}\nII. Hai\n{table}"
    found = make_draft(tuple(blocks(text)), directory())
    assert [(task.id, task.section) for task in found.tasks] == [("I.1", "I"), ("II.1", "II")]


def test_words_without_a_readable_deadline_stay_and_owe_nothing_invented() -> None:
    found = draft("1 | Việc | Sở Y tế | | Khi trời đẹp và người vui | BC", "2 | Việc | Sở Y tế | | | BC")
    assert found.tasks[1].deadlines[0].kind == "unread"
    assert "open_no_timing" in codes(found)
    vague = draft("1 | Việc | Sở Y tế | | Xong sớm nhất có thể | BC")
    assert [rule.kind for rule in only(vague).deadlines] == ["unread"]
    assert "open_timing" in codes(vague)


def test_an_unknown_leader_keeps_its_duty_in_sight() -> None:
    found = draft("1 | Việc | Ban Dân tộc; Sở Y tế | Hội Nông dân | Quý I | BC")
    task = only(found)
    assert task.lead == ("Ban Dân tộc", "Sở Y tế")
    assert task.lead_agencies == (UNKNOWN, "so-y-te")
    assert task.assigned == (UNKNOWN,)
    assert (task.support, task.support_agencies) == (("Hội Nông dân",), ())
    assert {"open_lead_unknown", "open_support_unknown"} <= codes(found)


@pytest.mark.parametrize(
    ("cell", "names", "ids_"),
    [
        ("Sở, ban, ngành; UBND cấp huyện", ["Sở, ban, ngành", "UBND cấp huyện"],
         ["nhom-so-ban-nganh", "nhom-ubnd-cap-huyen"]),
        ("Sở Tư pháp, Sở Nội vụ và Sở Tài chính", ["Sở Tư pháp", "Sở Nội vụ", "Sở Tài chính"],
         ["so-tu-phap", "so-noi-vu", "so-tai-chinh"]),
        ("Sở Kế hoạch và Đầu tư", ["Sở Kế hoạch và Đầu tư"], ["so-khdt"]),
        ("- Sở Nội vụ\n- Sở Y tế.", ["Sở Nội vụ", "Sở Y tế"], ["so-noi-vu", "so-y-te"]),
        ("Sở Thông tin\nvà Truyền thông", ["Sở Thông tin và Truyền thông"], ["so-tttt"]),
        ("Sở Nội vụ Sở Y tế", ["Sở Nội vụ", "Sở Y tế"], ["so-noi-vu", "so-y-te"]),
        ("UBND các huyện, thị xã, thành phố", ["UBND các huyện, thị xã, thành phố"], ["nhom-ubnd-cap-huyen"]),
        ("Bộ phận Một cửa các cấp (Trung tâm Phục vụ hành chính công tỉnh; Bộ phận Một cửa cấp huyện, cấp xã)",
         ["Bộ phận Một cửa các cấp (Trung tâm Phục vụ hành chính công tỉnh; Bộ phận Một cửa cấp huyện, cấp xã)"],
         ["nhom-mot-cua"]),
        ("Sở Y tế (Phòng Tổ chức)", ["Sở Y tế (Phòng Tổ chức)"], ["so-y-te"]),
    ],
)  # fmt: skip
def test_units_of_a_cell(cell: str, names: list[str], ids_: list[str]) -> None:
    units = read_units(cell, directory())
    assert [unit.name for unit in units] == names
    assert [id_ for unit in units for id_ in unit.ids] == ids_


def test_two_roles_in_one_cell() -> None:
    said = roles("Chủ trì: Sở Nội vụ; Phối hợp: Văn phòng UBND tỉnh, Sở Y tế")
    assert (said.lead, said.support) == ("Sở Nội vụ", "Văn phòng UBND tỉnh, Sở Y tế")
    said = roles("Sở Nội vụ chủ trì, phối hợp với các sở, ban, ngành")
    assert (said.lead, said.support) == ("Sở Nội vụ", "các sở, ban, ngành")
    said = roles("Sở Nội vụ (chủ trì); Sở Y tế, Sở Tư pháp (phối hợp)")
    assert (said.lead, said.support) == ("Sở Nội vụ", "Sở Y tế, Sở Tư pháp")
    found = only(draft("1 | Việc | Sở Nội vụ phối hợp với Sở Y tế | | Quý I | BC"))
    assert (found.lead_agencies, found.support_agencies) == (("so-noi-vu",), ("so-y-te",))
    assert found.lead == ("Sở Nội vụ phối hợp với Sở Y tế",)


BODY = """Số: 15/KH-UBND
Bến Tre, ngày 10 tháng 01 năm 2022
KẾ HOẠCH
Kiểm soát thủ tục hành chính năm 2022 trên địa bàn tỉnh Bến Tre
II. NỘI DUNG
Các đơn vị gửi danh mục trước ngày 01/3/2022 để tổng hợp.
III. TỔ CHỨC THỰC HIỆN
1. Thủ trưởng các sở, ban, ngành
- Xây dựng kế hoạch của đơn vị, gửi UBND tỉnh trước ngày 25/01/2022.
- Báo cáo định kỳ hàng quý.
2. Sở Nội vụ: theo dõi việc thực hiện.
3. Giao Văn phòng UBND tỉnh kiểm tra.
Nơi nhận:
- Như trên;
"""


def test_duties_of_the_body() -> None:
    found = draft("1 | Việc | Sở Y tế | | Quý I | BC", front=BODY)
    duties = {task.id: task for task in found.tasks if task.id.startswith("TC.")}
    assert list(duties) == ["TC.1.1", "TC.1.2", "TC.2.1", "TC.3.1"]
    assert [duties[id_].deadlines[0].kind for id_ in duties] == ["before_date", "unread", "continuous", "continuous"]
    assert duties["TC.1.1"].timing == "trước ngày 25/01/2022"
    assert duties["TC.3.1"].lead_agencies == ("vp-ubnd-tinh",)
    assert {"open_body_day", "open_body_cycle", "guessed_continuous"} <= codes(found)


LISTED = """KẾ HOẠCH
Cải cách thủ tục hành chính năm 2025
II. NHIỆM VỤ
1. Cải cách thể chế
1.1. Rà soát văn bản.
- Cơ quan chủ trì: Sở Tư pháp.
- Cơ quan phối hợp: Các sở, ban, ngành.
- Thời gian hoàn thành: Quý III/2025.
- Sản phẩm: Báo cáo.
1.2. Ban hành quy chế
- Đơn vị thực hiện: Văn phòng UBND tỉnh; thời gian thực hiện: trước ngày 30/6/2025.
III. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
- Gửi báo cáo trước ngày 20/12/2025.
"""


def test_tasks_written_as_paragraphs_with_labels() -> None:
    found = make_draft(tuple(blocks(LISTED)), directory())
    assert ids(found) == ["II.1.1", "II.1.2", "TC.1.1"]
    assert [task.timing for task in found.tasks] == ["Quý III/2025", "trước ngày 30/6/2025", "trước ngày 20/12/2025"]
    assert found.tasks[0].support == ("Các sở, ban, ngành",)
    assert "guessed_listed" in codes(found)
    assert not [section for section in found.sections if not any(t.id.startswith(section.id) for t in found.tasks)]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Gửi báo cáo trước ngày 15 tháng 01 năm 2022 để tổng hợp.", "trước ngày 15 tháng 01 năm 2022"),
        ("Hoàn thành chậm nhất ngày 30/6/2022.", "Hoàn thành chậm nhất ngày 30/6/2022"),
        ("Số liệu tính từ ngày 15/12/2021 đến ngày 14/3/2022.", ""),
        ("Rà soát văn bản ban hành trước ngày 01/7/2016.", ""),
        ("Rà soát văn bản ban hành trước ngày 01/7/2016, xong trước ngày 30/9/2022.", "xong trước ngày 30/9/2022"),
    ],
)
def test_the_day_that_a_sentence_asks_for(sentence: str, day: str) -> None:
    assert day_named(sentence) == day


def test_a_day_of_the_past_in_the_body_is_no_deadline() -> None:
    found = draft("1 | Việc | Sở Y tế | | Quý I | BC", front=BODY.replace("25/01/2022", "25/01/2019"))
    duty = next(task for task in found.tasks if task.id == "TC.1.1")
    assert [rule.kind for rule in duty.deadlines] == ["unread"]
    assert "open_past_day" in codes(found)


def test_the_first_page() -> None:
    found = draft("1 | Việc | Sở Y tế | | Quý I | BC", front=BODY)
    assert (found.id, found.front.number, f"{found.date}", found.year) == (
        "ben-tre-2022",
        "15/KH-UBND",
        "2022-01-10",
        2022,
    )
    assert found.front.title == "Kế hoạch kiểm soát thủ tục hành chính năm 2022 trên địa bàn tỉnh Bến Tre"
    attached = draft("1 | Việc | Sở Y tế | | Quý I | BC", front="(Kèm theo Kế hoạch số 33/KH-UBND ngày 15/01/2022)")
    assert (attached.front.number, f"{attached.date}") == ("33/KH-UBND", "2022-01-15")
    bare = draft("1 | Việc | Sở Y tế | | Quý I | BC", front="Bảng")
    assert bare.year is None
    assert {"open_plan_number", "open_plan_date"} <= codes(bare)


def test_of_two_columns_for_tasks_the_more_special_one_is_meant() -> None:
    found = draft(
        "1 | Nhóm việc | Việc một | Sở Y tế | Quý I",
        "2 | Việc hai | | Sở Y tế | Quý I",
        header="TT | Nhiệm vụ | Hoạt động | Chủ trì | Thời gian",
    )
    assert [task.title for task in found.tasks] == ["Việc một", "Việc hai"]
    assert found.tasks[0].others == (("Nhiệm vụ", "Nhóm việc"),)


def test_targets_and_measures_are_no_tasks_beside_tasks() -> None:
    found = draft("1 | Việc | Đạt 100% | Sở Y tế | Quý I", header="TT | Nhiệm vụ | Chỉ tiêu | Chủ trì | Thời gian")
    assert (only(found).title, only(found).others) == ("Việc", (("Chỉ tiêu", "Đạt 100%"),))


def test_a_column_of_tasks_under_another_heading() -> None:
    found = draft("1 | Quyết định về phí | Sở Tài chính | Quý I", header="TT | Tên văn bản | Chủ trì | Thời hạn")
    assert only(found).title == "Quyết định về phí"
    assert "guessed_title_column" in codes(found)


def test_a_day_in_the_name_of_a_task_serves_where_there_is_no_other() -> None:
    found = draft("1 | Gửi báo cáo trước ngày 15/3/2022 | Sở Y tế", header="TT | Nhiệm vụ | Chủ trì")
    assert only(found).timing == "trước ngày 15/3/2022"
    assert "guessed_timing_in_title" in codes(found)


def test_another_table_of_equal_width_is_not_taken_for_the_rest() -> None:
    first = spread("TT | Nhiệm vụ | Chủ trì | Thời gian", "1 | Việc | Sở Y tế | Quý I")
    second = spread("TT | Tên xã | Kết quả | Thời gian họp", "1 | Xã Một | Đạt | 8 giờ")
    found = make_draft((Paragraph("Kế hoạch năm 2022"), first, second), directory())
    assert ids(found) == ["1"]
    assert "left_no_columns" in codes(found)


def test_parts_with_bullets_belong_to_the_task_before() -> None:
    found = draft("1 | Việc | Sở Y tế | | Quý I | ", "- | Một | Sở Y tế | | Quý I | ", "2 | Hai | Sở Y tế | | Quý I | ")
    assert ids(found) == ["1", "1.1", "2"]


def test_parts_of_a_task_belong_to_its_section() -> None:
    found = draft(
        "1 | Một | | | | ",
        "1.1 | Việc | Sở Y tế | | Quý I | ",
        "2 | Hai | Sở Y tế | | Quý I | ",
        "- | Ba | Sở Y tế | | Quý I | ",
    )
    assert [(task.id, task.section) for task in found.tasks] == [("1.1", "1"), ("2", "2"), ("2.1", "2")]


def test_duties_of_other_units_under_a_merged_title_are_tasks_of_their_own() -> None:
    table = spread(
        "TT | Nhiệm vụ | Sản phẩm | Chủ trì | Thời gian",
        "1 | Rà soát | Kế hoạch | Văn phòng UBND tỉnh | Tháng 01/2022",
        "^ | ^ | Quyết định | Sở Y tế | Trước 15/9/2022",
        "2 | Tổng kết | Báo cáo | Sở Y tế | Quý IV/2022",
    )
    found = make_draft((Paragraph("Kế hoạch năm 2022"), table), directory())
    assert [(task.id, task.title, task.lead, task.timing) for task in found.tasks] == [
        ("1", "Rà soát", ("Văn phòng UBND tỉnh",), "Tháng 01/2022"),
        ("1.1", "Rà soát", ("Sở Y tế",), "Trước 15/9/2022"),
        ("2", "Tổng kết", ("Sở Y tế",), "Quý IV/2022"),
    ]


def test_a_heading_with_a_leader_of_its_own_is_a_task_too() -> None:
    found = draft(
        "I | Thể chế | Sở Tư pháp | | Năm 2022 | ",
        "1 | Rà soát | Sở Y tế | | Quý I | ",
        "II | Bộ máy | Sở Nội vụ | | Năm 2022 | ",
    )
    assert [(task.id, task.section) for task in found.tasks] == [("I", "I"), ("I.1", "I"), ("II", "II")]
    assert [section.id for section in found.sections] == ["I", "II"]


def test_a_row_of_dashes_is_no_task() -> None:
    found = draft("1 | Việc | Sở Y tế | | Quý I | BC", "- | - | - | - | - | -")
    assert ids(found) == ["1"]
    assert "left_row" in codes(found)


def test_marks_in_columns_of_months() -> None:
    header = "TT | Nhiệm vụ | Chủ trì | Tháng 1 | Tháng 2 | Tháng 3"
    found = draft("1 | Một | Sở Y tế | | x | ", "2 | Hai | Sở Y tế | x | x | x", header=header)
    assert [task.timing for task in found.tasks] == ["Tháng 2", "Tháng 1; Tháng 2; Tháng 3"]
    assert [rule.kind for task in found.tasks for rule in task.deadlines] == ["period", "unread"]


def test_a_task_beside_the_headings_is_a_section_of_its_own() -> None:
    found = draft("1 | Mục | | | | ", "1.1 | Việc | Sở Y tế | | Quý I | ", "2 | Hai | Sở Y tế | | Quý I | ")
    assert [(task.id, task.section) for task in found.tasks] == [("1.1", "1"), ("2", "2")]


def test_events_of_equal_words_are_one() -> None:
    rows = [f"{at} | Việc {at} | Sở Y tế | | Khi có thay đổi | BC" for at in (1, 2)]
    assert draft(*rows).events == {"có thay đổi": "co-thay-doi"}


@pytest.mark.parametrize(
    ("written", "read", "done"),
    [
        ("Qúy I", "Quý I", ("quarter",)),
        ("<b>Rà soát</b> **nhanh**", "Rà soát nhanh", ("tags",)),
        ("Sở  Nội vụ ;  Sở Y tế", "Sở Nội vụ; Sở Y tế", ("spaces",)),
        ("báo cáo,tổng hợp", "báo cáo, tổng hợp", ("glued",)),
        ("Kế hoạch;; báo cáo", "Kế hoạch; báo cáo", ("doubled",)),
        ("Quy\u0301", "Quý", ("nfc",)),
        ("thực hi-\nện", "thực hiện", ("hyphen",)),
        ("7092/KH-UBND, TT.TU, https://a.gov.vn;", "7092/KH-UBND, TT.TU, https://a.gov.vn;", ()),
    ],
)
def test_mends(written: str, read: str, done: tuple[str, ...]) -> None:
    assert mend(written) == (read, done)


def test_lines_of_a_cell() -> None:
    assert one_line("Kế hoạch\nBáo cáo") == "Kế hoạch; Báo cáo"
    assert one_line("Kế hoạch của\nđơn vị;\nBáo cáo") == "Kế hoạch của đơn vị; Báo cáo"


def test_a_year_broken_by_a_narrow_column_is_whole_again() -> None:
    assert run_on("Trước Quý III/202", "3 và sau đó") == "Trước Quý III/2023 và sau đó"
    assert run_on("Quý III", "2023") == "Quý III 2023"
    assert run_on("ngày 06/11/202", "0 của UBND") == "ngày 06/11/2020 của UBND"
    assert run_on("số 32/2018/Q", "Đ-UBND") == "số 32/2018/QĐ-UBND"
    assert run_on("theo Kế", "hoạch") == "theo Kế hoạch"


@pytest.mark.parametrize(
    ("text", "kind", "parts"),
    [("IV", "roman", ("IV",)), ("2.1.", "arabic", ("2", "1")), ("01", "arabic", ("1",)), ("a)", "small", ("a",)),
     ("B.", "capital", ("B",)), ("-", "bullet", ()), ("i)", "small", ("i",)),
     ("2a", "arabic", ("2", "a")), ("Phần II", "roman", ("II",)), ("I.2.1", "path", ("I", "2", "1"))],
)  # fmt: skip
def test_numbers(text: str, kind: str, parts: tuple[str, ...]) -> None:
    assert read_number(text) == (kind, parts)


def test_numbers_in_front_of_words() -> None:
    assert take_number("VII Triển khai")[1] == "Triển khai"
    assert take_number("15/7/2021 là hạn") == (None, "15/7/2021 là hạn")
    assert take_number("100% hồ sơ") == (None, "100% hồ sơ")


def test_counts_that_begin_anew_under_a_heading() -> None:
    paths = Paths()
    made = [paths.heading(read_number("I")), paths.heading(read_number("1")), paths.task(read_number("1")),
            paths.task(read_number("2")), paths.heading(read_number("2")), paths.task(read_number("1")),
            paths.task(read_number("a)"))]  # fmt: skip
    assert made == ["I", "I.1", "I.1.1", "I.1.2", "I.2", "I.2.1", "I.2.1.a"]


WORDS = (
    "Rà soát",
    "báo cáo",
    "Sở Y tế",
    "UBND cấp huyện",
    "Quý I",
    "thường xuyên",
    "TTHC",
    "x",
    "-nt-",
    "Ban lạ",
    "kế hoạch",
)
MARKS = ("", "I", "II", "1", "1.1", "2", "a)", "-", "A", "(1)", "III Mục", "1. Việc", "IV.", "10", "*")
COLUMNS = (*HEADER.split(" | "), "Ghi chú", "Mục tiêu")


def texts() -> st.SearchStrategy[str]:
    odd = st.text(st.characters(categories=("L", "N", "P", "S", "Zs", "Cc")), max_size=12)
    phrase = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
    return st.one_of(st.just(""), st.sampled_from(MARKS), phrase, st.sampled_from(COLUMNS), odd)


def rows() -> st.SearchStrategy[list[Cell]]:
    """Rows as a plan has them, and rows of any kind."""
    going_on = st.just(Cell(continued=True))
    cell = st.one_of(texts().map(Cell), texts().map(Cell), going_on)
    number = st.sampled_from(MARKS).map(Cell)
    usual = st.tuples(number, *[cell] * (len(COLUMNS) - 1)).map(list)
    heading = st.tuples(number, texts().map(lambda text: Cell(text, len(COLUMNS) - 1))).map(list)
    whole = texts().map(lambda text: [Cell(text, len(COLUMNS))])
    other = st.lists(st.one_of(st.builds(Cell, texts(), st.integers(1, 3)), going_on), min_size=1, max_size=9)
    return st.one_of(usual, usual, heading, whole, other)


def tables() -> st.SearchStrategy[list[list[Cell]]]:
    headed = st.one_of(st.just(COLUMNS), st.permutations(COLUMNS)).map(lambda names: [[Cell(name) for name in names]])
    before = st.one_of(headed, headed, st.lists(rows(), max_size=2))
    return st.tuples(before, st.lists(rows(), max_size=8)).map(lambda parts: [*parts[0], *parts[1]])


def documents() -> st.SearchStrategy[tuple[Block, ...]]:
    return st.lists(st.one_of(tables(), texts()), max_size=4).map(_document)


def _document(parts: list[list[list[Cell]] | str]) -> tuple[Block, ...]:
    numbers = count(1)
    made: list[Block] = []
    for part in parts:
        if isinstance(part, str):
            made.append(Paragraph(part, Place(line=next(numbers))))
        else:
            made.append(Table(tuple(Row(tuple(line), Place(line=next(numbers))) for line in part)))
    return tuple(made)


@settings(max_examples=300, deadline=None)
@given(documents())
def test_no_table_crashes_and_no_row_is_lost(document: tuple[Block, ...]) -> None:
    found = make_draft(document, directory(), 2022)
    places = {*(task.place for task in found.tasks), *(section.place for section in found.sections)}
    places |= {remark.place for remark in found.remarks}
    output = set(fold("".join(plan_yaml.lines(found, "thu.docx"))).split())
    for block in document:
        for row in block.rows if isinstance(block, Table) else ():
            written = [mend(cell.text).text for cell in row.cells if not cell.continued]
            if any(written):
                assert row.place in places
                lost = {
                    word for text in written for word in fold(text).split() if len(word) > 2 and word.isalpha()
                } - output
                assert not lost


@settings(max_examples=100, deadline=None)
@given(documents())
def test_whatever_is_drafted_loads(document: tuple[Block, ...]) -> None:
    found = make_draft(document, directory(), 2022)
    if found.tasks:
        path = Path(_folder(), "plan.yaml")
        path.write_text("".join(plan_yaml.lines(found, "thu.docx")), encoding="utf-8")
        plan, written = loading.read_plan(path)
        loading.hold_together(plan, written, directory())
        assert [task.id for task in plan.tasks] == ids(found)
        assert [task.title for task in plan.tasks] == [task.title for task in found.tasks]


@cache
def _folder() -> str:
    from tempfile import mkdtemp

    return mkdtemp()
