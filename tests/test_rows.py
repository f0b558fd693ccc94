"""Each kind of bad row is reported at its place, costs itself alone, and casts only the doubt that it must."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.worlds import TODAY, judged, run
from tthc_cli import settings, workflow
from tthc_cli.assessment import assess
from tthc_cli.loading import built_in

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


@pytest.mark.parametrize(
    ("row", "code", "suggestion", "doubts"),
    [
        ("XI.9;Sở Tư pháp;;;Q1", "R03", "XI.1", 1),  # XI.1 is as near
        ("X1.1;Sở Tư pháp;;;Q1", "R03", "XI.1", 1),
        ("Xl.1;Sở Tư pháp;;;Q1", "R03", "XI.1", 1),
        ("Xl.l;Sở Tư pháp;;;Q1", "R03", "XI.1", 1),
        ("Mục XI.1;Sở Tư pháp;;;Q1", "R03", "XI.1", 1),
        ("XI.1.1;Sở Tư pháp;;;Q1", "R03", "XI.1", 1),
        ("11.1;Sở Tư pháp;;;Q1", "R03", "XI.1", 1),  # or II.1, which is never overdue
        ("XI.1/VI.6;Sở Tư pháp;;;Q1", "R03", "XI.1", 2),
        ("XI.1;Sở Tư pháp, Sở Nội vụ;;;Q1", "R05", "Sở Tư pháp; Sở Nội vụ", 2),
        ("XI.1;Sở Tư pháp và Sở Nội vụ;;;Q1", "R05", "Sở Tư pháp; Sở Nội vụ", 2),
        ("XI.1;Sở Kế hoạch và Đầu tư, Sở Tư pháp;;;Q1", "R05", "Sở Kế hoạch và Đầu tư; Sở Tư pháp", 2),
        ("XI.1;Sở Nội vụ phối hợp Sở Tư pháp;;;Q1", "R04", "Sở Tư pháp", 2),
        ("XI.1;Sở Tư phát tỉnh Bến Tre;;;Q1", "R04", "Sở Tư pháp", 1),
        ("XI.1;Phòng Kiểm tra Sở Tư pháp;;;Q1", "R04", "Sở Tư pháp", 1),
        ("XI.1;Sở Tư pháp (Phòng VBQPPL);;;Q1", "R04", "Sở Tư pháp", 1),
        ("XI;Sở Tư pháp;;;Q1", "R03", "XI.1", 1),  # its section
        ("Xl.1;Sở Tư pháp;;;", "R03", "XI.1", 3),  # any period that is not answered
        ("Xl.1;Sở Tư pháp;;;Q7", "R03", "XI.1", 3),
        ("XI.1;Sở Nội vụ, Tư pháp;;;Q1", "R05", "Sở Nội vụ; Sở Tư pháp", 2),
        (";XI.1;Sở Tư pháp;;;Q1", "R02", None, 3),  # moved by a cell
        ("1;XI.1;;Sở Tư pháp;Q1", "R03", None, 3),  # into the column of the district
        ("XI.1;;Sở Tư pháp;;;Q1", "R02", None, 3),
        ("Sở Tư pháp;XI.1;;;Q1", "R03", None, 3),  # in each other's place
    ],
)
def test_a_row_is_about_whatever_its_wrong_words_may_mean_alike(
    tmp_path: Path, row: str, code: str, suggestion: str | None, doubts: int
) -> None:
    outcome = run(tmp_path, AS_OF, f"{row};;12/BC-STP;19/3/2021;19/3/2021;;")
    first = outcome.assessment.problems[0]
    assert (first.code, first.suggestion) == (code, suggestion)
    doubted = [key for key, item in judged(outcome).items() if item.reason == "doubt"]
    assert "XI.1/so-tu-phap/2021-Q1" in doubted
    assert len(doubted) == doubts


@pytest.mark.parametrize(
    ("agency", "units"),
    [
        ("UBND huyện Ba", ["ubnd-huyen-ba-tri"]),  # and no group, which answers for nothing
        ("UBND huyện Ba Tri (Phòng Tư pháp)", ["ubnd-huyen-ba-tri"]),
        ("UBND huyện Giồng Trôn, tỉnh Bến Tre", ["ubnd-huyen-giong-trom"]),
        ("Phòng Tư pháp - UBND huyện Bình Đại", ["ubnd-huyen-binh-dai"]),
        ("Chi cục Thuế huyện Bình Đại", []),
        ("UBND các huyện Ba Tri, Bình Đại", ["ubnd-huyen-binh-dai", "ubnd-huyen-ba-tri"]),
        ("UBND huyện Ba Tri, huyện Bình Đại", ["ubnd-huyen-binh-dai", "ubnd-huyen-ba-tri"]),
        ("Ba Tri, Bình Đại", ["ubnd-huyen-binh-dai", "ubnd-huyen-ba-tri"]),  # which are towns too
        ("Bình Đại + Ba Tri", ["ubnd-huyen-binh-dai", "ubnd-huyen-ba-tri"]),
        ("UBND: Ba Tri; Bình Đại", ["ubnd-huyen-binh-dai", "ubnd-huyen-ba-tri"]),
        ("TT Ba Tri, Bình Đại", []),  # a town, and a district that is not its own
        ("1. Sở Tư pháp\n2. Sở Nội vụ", ["so-noi-vu", "so-tu-phap"]),
        ("Sở Tư pháp (chủ trì), Sở Nội vụ (phối hợp)", ["so-noi-vu", "so-tu-phap"]),
        ("Tư pháp, Nội vụ, Y tế", ["so-noi-vu", "so-tu-phap", "so-y-te"]),
        ("Y tế", ["so-y-te"]),
        ("TPBT", ["ubnd-tp-ben-tre"]),
        ("UBND huyện MCB", ["ubnd-huyen-mo-cay-bac"]),
        ("H. MC Bắc", ["ubnd-huyen-mo-cay-bac"]),
        ("H. Mỏ Cày", ["ubnd-huyen-mo-cay-nam", "ubnd-huyen-mo-cay-bac"]),
        ("TTT", ["thanh-tra-tinh"]),
        ("Sở LĐ", ["so-ldtbxh"]),
        ("SKH", ["so-khdt", "so-khcn"]),
        ("BC", []),
        ("PTP Ba Tri", ["ubnd-huyen-ba-tri"]),
        ("P. Tư pháp H. Ba Tri", ["ubnd-huyen-ba-tri"]),
        ("Công an H. Ba Tri", []),
        ("TTT + UBND TPBT", ["thanh-tra-tinh", "ubnd-tp-ben-tre"]),
        ("UBND huyện MCN; UBND H. Giồng Trôm", ["ubnd-huyen-mo-cay-nam", "ubnd-huyen-giong-trom"]),
        ("Sở Nội vụ, Sở Tư Pháp, Sỡ Y tế", ["so-noi-vu", "so-tu-phap", "so-y-te"]),
        ("Bộ phận 1 cửa huyện Bình", ["ubnd-huyen-binh-dai"]),
        ("VNPT Bến Tre", []),
    ],
)
def test_whom_a_wrong_name_may_mean(tmp_path: Path, agency: str, units: list[str]) -> None:
    found = judged(run(tmp_path, AS_OF, f'TC.1.2;"{agency}";;;;;12/KH;5/1/2021;5/1/2021;;;'))
    doubted = [key.split("/")[1] for key, item in found.items() if item.reason == "doubt"]
    assert doubted == units


@pytest.mark.parametrize("agency", ["9 huyện, thành phố", "UBND 9 huyện, thành phố", "Các huyện"])
def test_a_group_may_be_counted(tmp_path: Path, agency: str) -> None:
    found = judged(run(tmp_path, AS_OF, f"TC.1.2;{agency};;;;;12/KH;5/1/2021;5/1/2021;;;"))
    doubted = {key.split("/")[1] for key, item in found.items() if item.reason == "doubt"}
    assert len(doubted) == 9
    assert "ubnd-huyen-ba-tri" in doubted


@pytest.mark.parametrize("agency", ["VP UBND;;Ba Tri", "Văn phòng UBND;;huyện Ba Tri"])
def test_an_office_beside_a_district_may_be_that_district_s(tmp_path: Path, agency: str) -> None:
    outcome = run(tmp_path, AS_OF, f"XI.1;{agency};Q2;;1/BC-UBND;18/6/2021;18/6/2021;;;")
    assert [item.code for item in outcome.assessment.problems] == ["R05"]
    assert judged(outcome)["XI.1/ubnd-huyen-ba-tri/2021-Q2"].reason == "doubt"


@pytest.mark.parametrize("agency", ["UBND huyện;;Ba Tri", "UBND huyện;;huyện Ba Tri", "VP HĐND và UBND huyện;;Ba Tri"])
def test_the_column_of_the_district_says_whose_committee_it_is(tmp_path: Path, agency: str) -> None:
    found = judged(run(tmp_path, AS_OF, f"XI.1;{agency};Q2;;1/BC-UBND;18/6/2021;18/6/2021;;;"))
    assert found["XI.1/ubnd-huyen-ba-tri/2021-Q2"].verdict == "on_time"


@pytest.mark.parametrize(
    ("agency", "doubted"),
    [
        ("UBND huyện;;Ba Tri, Giồng Trôm", {"ubnd-huyen-ba-tri", "ubnd-huyen-giong-trom"}),
        ("UBND;;Ba Tri, Giồng Trôm", {"ubnd-huyen-ba-tri", "ubnd-huyen-giong-trom"}),
        ("UBND;;TT Ba Tri", set()),
        ("UBND;;An Hiệp, huyện Ba Tri", set()),
        ("UBND huyện;;Tân Ba Tri", set()),
        ("UBND huyện;;Thị trấn Ba Tri", set()),
        ("Sở;;Tài chính, Nội vụ", {"so-tai-chinh", "so-noi-vu"}),
    ],
)
def test_what_stands_in_two_columns_is_taken_for_nobody_else(tmp_path: Path, agency: str, doubted: set[str]) -> None:
    found = judged(run(tmp_path, AS_OF, f"XI.1;{agency};Q2;;1/BC-UBND;18/6/2021;18/6/2021;;;"))
    before = judged(run(tmp_path, AS_OF, GOOD))
    assert not [key for key, item in found.items() if item.verdict == "on_time" != before[key].verdict]
    assert {key.split("/")[1] for key, item in found.items() if item.reason == "doubt"} >= doubted


@pytest.mark.parametrize(
    ("agency", "units"),
    [
        ("UBND xã Bình Thành, huyện Thạnh Phú;;", ["ubnd-xa-binh-thanh-giong-trom", "ubnd-xa-binh-thanh-thanh-phu"]),
        ("UBND xã Bình Thành;;Thạnh Phú", ["ubnd-xa-binh-thanh-giong-trom", "ubnd-xa-binh-thanh-thanh-phu"]),
        ("UBND xã An Thủy, huyện Bình Đại;;", ["ubnd-xa-an-thuy-ba-tri"]),
        ("UBND các xã An Thủy, An Đức;;Ba Tri", ["ubnd-xa-an-duc-ba-tri", "ubnd-xa-an-thuy-ba-tri"]),
        ("Phòng Tư pháp;;Ba Tri", ["ubnd-huyen-ba-tri"]),
    ],
)
def test_a_commune_by_a_wrong_mark_or_district(tmp_path: Path, agency: str, units: list[str]) -> None:
    task = "IV.1" if "xã" in agency else "TC.1.2"
    found = judged(
        run(
            tmp_path,
            AS_OF,
            f'{task};"{agency.replace(";;", chr(34) + ";;", 1)};;;1/KH;5/1/2021;5/1/2021;;;',
            ("covers=all",),
        )
    )
    assert [key.split("/")[1] for key, item in found.items() if item.reason == "doubt"] == units


@pytest.mark.parametrize(
    ("task", "agency", "suggestion", "doubted"),
    [
        ("Báo cáo KSTTHC quý II", "Sở Y tế", "XI.1", {"XI.1/so-y-te"}),
        ("BÁO CÁO tình hình, kết quả kiểm soát TTHC quý 2", "Sở Y tế", "XI.1", {"XI.1/so-y-te"}),
        ("Báo cáo kiểm soát TTHC của UBND huyện Ba Tri", "UBND huyện Ba Tri", "XI.1", {"XI.1/ubnd-huyen-ba-tri"}),
        ("Rà soát, đánh giá TTHC", "Sở Y tế", "IV.1", {"IV.1/so-y-te", "VI.1/so-y-te", "VI.2/so-y-te"}),
        ("Báo cáo định kỳ quý II", "Sở Y tế", "XI.1", {"VI.6/so-y-te", "XI.1/so-y-te"}),  # no more than a period
        ("BC Q2", "Sở Y tế", "XI.1", {"VI.6/so-y-te", "XI.1/so-y-te"}),
        ("Báo cáo quý", "Sở Y tế", "XI.1", {"VI.6/so-y-te", "XI.1/so-y-te"}),
        ("Báo cáo quý: II", "Sở Y tế", "XI.1", {"VI.6/so-y-te", "XI.1/so-y-te"}),
        ("BAO CAO QUY", "Sở Y tế", "XI.1", {"VI.6/so-y-te", "XI.1/so-y-te"}),
        ("BC 6 tháng đầu năm", "Sở Y tế", "XI.1", {"VI.6/so-y-te", "XI.1/so-y-te"}),
        ("Báo cáo sơ kết 6 tháng", "Sở Y tế", "XI.1", {"VI.6/so-y-te", "XI.1/so-y-te"}),
        ("Báo cáo tổng kết năm 2020", "Sở Y tế", None, set()),
        ("Kế hoạch năm 2021", "Sở Y tế", "IV.1", {"IV.1/so-y-te", "TC.1.2/so-y-te"}),
        ("Báo cáo giải quyết TTHC quý I", "Sở Y tế", "VI.6", {"VI.6/so-y-te", "XI.1/so-y-te"}),
        ("Báo cáo theo CV 6326/UBND-KSTT", "Sở Y tế", "XI.1", {"XI.1/so-y-te"}),
        ("KSTTHC", "Sở Y tế", "XI.1", {"XI.1/so-y-te", "TC.1.2/so-y-te"}),
        ("Mục XI: báo cáo", "Sở Y tế", "XI.1", {"XI.1/so-y-te"}),
        ("Rà soát văn bản QPPL", "Sở Y tế", None, set()),
        ("Báo cáo cải cách hành chính quý I", "Sở Y tế", None, set()),
        ("Rà soát TTHC; họp", "Sở Y tế", "VI.1", {"IV.1/so-y-te", "VI.1/so-y-te", "VI.2/so-y-te"}),
        ("Báo cáo phòng, chống dịch", "Sở Y tế", None, set()),
        ("Họp giao ban", "Sở Y tế", None, set()),
    ],
)
def test_a_task_told_in_words_is_what_it_may_be_about(
    tmp_path: Path, task: str, agency: str, suggestion: str | None, doubted: set[str]
) -> None:
    rest = f"{agency};;;;;12/BC-VP;19/3/2021;19/3/2021;;;"
    before, outcome = (run(tmp_path, AS_OF, f'"{text}";{rest}') for text in ("XX.9", task))
    was = judged(before)
    changed = {key for key, item in judged(outcome).items() if item.verdict != was[key].verdict}
    assert {key.partition("/2021")[0] for key in changed} == doubted
    told = [(item.value, item.suggestion) for item in outcome.assessment.problems]
    assert told == [*zip(map(str.strip, task.split(";")), (suggestion, None), strict=False)]


@pytest.mark.parametrize(
    ("cell", "suggestions"),
    [
        ("Báo cáo KSTTHC quý II, kế hoạch rà soát TTHC", ["XI.1", "IV.1"]),
        ("Báo cáo KSTTHC quý II\nKế hoạch rà soát TTHC", ["XI.1", "IV.1"]),
        ("1. BC KSTTHC quý II\n2. Đánh giá việc giải quyết TTHC", ["XI.1", "VI.6"]),
        ("BC KSTTHC và KH rà soát TTHC", ["XI.1", "IV.1"]),
        ("Báo cáo KSTTHC quý II + đánh giá giải quyết TTHC", ["XI.1", "VI.6"]),
        ("Báo cáo KSTTHC, cơ chế một cửa\nquý II (XI; MTĐT)", ["XI.1"]),
        ("Tổ chức thực hiện và báo cáo kết quả rà soát, đánh giá quy định, TTHC", ["IV.2"]),  # a title
        ("XI, VI", ["XI.1", "VI.1"]),
    ],
)
def test_each_task_told_in_words_is_meant(tmp_path: Path, cell: str, suggestions: list[str]) -> None:
    outcome = run(tmp_path, AS_OF, f'"{cell}";Sở Y tế;;;;;12/BC-VP;19/3/2021;19/3/2021;;;')
    assert [item.suggestion for item in outcome.assessment.problems] == suggestions
    doubted = {key.split("/")[0] for key, item in judged(outcome).items() if item.reason == "doubt"}
    assert doubted >= set(suggestions) - {"IV.2"}  # which the unit does not owe before it is assigned


@pytest.mark.parametrize(
    ("task", "period", "doubted"),
    [
        ("Báo cáo KSTTHC quý II", "", {"2021-Q2"}),
        ("Báo cáo KSTTHC quý II", "Q3", {"2021-Q3"}),  # its own column says so
        ("Báo cáo KSTTHC", "Q1", {"2021-Q1"}),
        ("Báo cáo KSTTHC", "", {"2021-Q1", "2021-Q2", "2021-Q3"}),
        ("Báo cáo KSTTHC tháng 5", "", {"2021-Q1", "2021-Q2", "2021-Q3"}),
        ("Báo cáo KSTTHC quý II, phương hướng; Báo cáo KSTTHC quý I", "", {"2021-Q1", "2021-Q2"}),
        ("Báo cáo KSTTHC quý I và quý II", "", {"2021-Q1", "2021-Q2", "2021-Q3"}),
    ],
)
def test_a_period_told_with_a_task_is_the_one_in_doubt(
    tmp_path: Path, task: str, period: str, doubted: set[str]
) -> None:
    outcome = run(tmp_path, AS_OF, f'"{task}";Sở Y tế;;;{period};;12/BC-VP;19/3/2021;19/3/2021;;;')
    found = {key for key, item in judged(outcome).items() if item.reason == "doubt"}
    assert {key.removeprefix("XI.1/so-y-te/") for key in found} == doubted


@pytest.mark.parametrize("cell", ["6&", "&", "&;,"])
def test_a_cell_without_a_name_is_no_tasks(tmp_path: Path, cell: str) -> None:
    outcome = run(tmp_path, AS_OF, f'"{cell}";Sở Y tế;;;;;12/BC-VP;19/3/2021;19/3/2021;;;')
    assert [(item.code, item.value) for item in outcome.assessment.problems] == [("R03", cell)]


def test_a_group_in_a_district_is_its_members_there(tmp_path: Path) -> None:
    found = judged(run(tmp_path, AS_OF, "IV.1;UBND các xã;;Ba Tri;;;1/KH;5/1/2021;5/1/2021;;;", ("covers=all",)))
    doubted = [key for key, item in found.items() if item.reason == "doubt"]
    assert doubted
    assert all(key.endswith("-ba-tri") for key in doubted)


def test_a_row_that_names_both_in_their_places_doubts_no_more_than_its_occasion(tmp_path: Path) -> None:
    """Whatever stands in the column of the district, and however much else is wrong."""
    rows = (
        "XI.1;UBND huyện Giồng Trộm;;;Q2;;1/BC;9/6/2021;9/6/2021;;;",
        "TC.1.2;UBND xã Abc;;Ba Tri;;;1/KH;5/1/2021;5/1/2021;;;",
    )
    found = judged(run(tmp_path, AS_OF, "\n".join(rows)))
    assert [key for key, item in found.items() if item.reason == "doubt"] == ["XI.1/ubnd-huyen-giong-trom/2021-Q2"]


def test_a_commune_with_its_district_is_one_unit_though_the_column_names_another(tmp_path: Path) -> None:
    row = "IV.1;UBND xã An Thủy, huyện Ba Tri;;Bình Đại;;;12/KH-UBND;19/1/2021;19/1/2021;;;"
    problems = run(tmp_path, AS_OF, row).assessment.problems
    assert [(item.code, item.reason) for item in problems] == [("R04", "agency_elsewhere")]


def test_of_two_units_written_as_much_alike_neither_is_accused(tmp_path: Path) -> None:
    found = judged(run(tmp_path, AS_OF, "TC.1.2;UBND huyện Mỏ Cày;;;;;12/KH;5/1/2021;5/1/2021;;;"))
    verdicts = [found[f"TC.1.2/ubnd-huyen-mo-cay-{end}"].verdict for end in ("bac", "nam")]
    assert verdicts == ["unclear", "unclear"]
    assert found["TC.1.2/ubnd-huyen-ba-tri"].verdict == "overdue"


def test_the_id_of_a_task_may_be_set_apart_by_a_comma(tmp_path: Path) -> None:
    outcome = run(tmp_path, AS_OF, "XI,1;Sở Tư pháp;;;Q1;;12/BC-STP;19/3/2021;19/3/2021;;;")
    assert judged(outcome)["XI.1/so-tu-phap/2021-Q1"].verdict == "on_time"


def test_a_task_may_have_a_plain_number(tmp_path: Path) -> None:
    """As `plan import` gives it where a table has no sections."""
    plan = built_in("plan").read_text("utf-8").replace("id: TC.1.2\n", 'id: "12"\n', 1)
    rows = "12;S\udcff t\udcff;;;;;2/KH-SYT;5/1/2021;5/1/2021;;;\n12;Sở Nội vụ;;;;;2/KH;5/1/2021;5/1/2021;;;"
    found = judged(run(tmp_path, AS_OF, rows, plan=plan))
    assert {item.verdict for key, item in found.items() if key.startswith("12/")} == {"unclear", "on_time"}


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


def test_a_duty_that_restates_another_counts_for_it(tmp_path: Path) -> None:
    found = judged(run(tmp_path, AS_OF, GOOD.replace("XI.1", "tc-1-6", 1)))
    assert found["XI.1/so-tttt/2021-Q1"].verdict == "on_time"


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
