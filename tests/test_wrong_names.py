"""What a wrong name of a task or a unit may mean is doubted, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.worlds import judged, run
from tthc_cli.loading import built_in

AS_OF = date(2021, 10, 15)
GOOD = "XI.1;STTTT;;;Q1;;12/BC-STTTT;19/3/2021;19/3/2021;;;"


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
    ("number", "doubted", "not_doubted"),
    [
        ("1", {"XI.1/so-tu-phap/2021-Q1", "IV.1/so-tu-phap"}, "TC.1.2/so-tu-phap"),
        ("1.", {"XI.1/so-tu-phap/2021-Q1", "IV.1/so-tu-phap"}, "TC.1.2/so-tu-phap"),
        ("1.2", {"TC.1.2/so-tu-phap"}, "IV.1/so-tu-phap"),
        ("3", {"VII.3/so-tu-phap"}, "IV.1/so-tu-phap"),
        ("03", {"VII.3/so-tu-phap"}, "IV.1/so-tu-phap"),
    ],
)
def test_a_number_without_its_section_may_be_of_any(
    tmp_path: Path, number: str, doubted: set[str], not_doubted: str
) -> None:
    """The plan counts anew in each section, whose number stands in a title or in a column of its own."""
    outcome = run(tmp_path, date(2022, 3, 1), f"{number};Sở Tư pháp;;;;;12/BC-STP;11/1/2021;11/1/2021;;;")
    found = judged(outcome)
    assert outcome.assessment.problems[0].code == "R03"
    assert {key for key in doubted if found[key].reason == "doubt"} == doubted
    assert found[not_doubted].verdict == "overdue"


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
        ("Phòng Tư pháp tỉnh Bến Tre", []),  # a district's room has its place
        ("PC06 Bến Tre", []),  # the police's
        ("Bộ phận, phòng một cửa thị trấn Ba Tri", []),
        ("TTT + UBND TPBT", ["thanh-tra-tinh", "ubnd-tp-ben-tre"]),
        ("UBND huyện MCN; UBND H. Giồng Trôm", ["ubnd-huyen-mo-cay-nam", "ubnd-huyen-giong-trom"]),
        ("Sở Nội vụ, Sở Tư Pháp, Sỡ Y tế", ["so-noi-vu", "so-tu-phap", "so-y-te"]),
        ("Bộ phận 1 cửa huyện Bình", ["ubnd-huyen-binh-dai"]),
        ("VNPT Bến Tre", []),
        ("Ba Tri, Bình Đại, MCN", ["ubnd-huyen-mo-cay-nam", "ubnd-huyen-binh-dai", "ubnd-huyen-ba-tri"]),
        ("Së Y tÕ", ["so-y-te"]),  # TCVN3, and then VNI
        ("Sôû Y teá", ["so-y-te"]),
        ("Së Lao ®éng - Th\xad¬ng binh vµ X· héi", ["so-ldtbxh"]),
        ("SÔÛ LAO ÑOÄNG - THÖÔNG BINH VAØ XAÕ HOÄI", ["so-ldtbxh"]),
        ("UBND huyÖn Má Cµy Nam", ["ubnd-huyen-mo-cay-nam"]),
        ("UBND huyeän Moû Caøy Nam", ["ubnd-huyen-mo-cay-nam"]),
        ("Phßng T\xad ph¸p huyÖn Ba Tri", ["ubnd-huyen-ba-tri"]),
        ("C«ng an huyÖn Ba Tri", []),
    ],
)
def test_whom_a_wrong_name_may_mean(tmp_path: Path, agency: str, units: list[str]) -> None:
    found = judged(run(tmp_path, AS_OF, f'TC.1.2;"{agency}";;;;;12/KH;5/1/2021;5/1/2021;;;'))
    doubted = [key.split("/")[1] for key, item in found.items() if item.reason == "doubt"]
    assert doubted == units


@pytest.mark.parametrize(("agency", "count"), [("Các sở", 17), ("17 sở và 9 huyện", 26), ("9 huyện và 17 sở", 26)])
def test_several_groups_may_be_named(tmp_path: Path, agency: str, count: int) -> None:
    found = judged(run(tmp_path, AS_OF, f"TC.1.2;{agency};;;;;12/KH;5/1/2021;5/1/2021;;;"))
    assert sum(item.reason == "doubt" for item in found.values()) == count


@pytest.mark.parametrize("agency", ["Các sở", "17 sở và 9 huyện", "UBND huyện", "I. SỞ, BAN, NGÀNH", "UBND cấp huyện"])
@pytest.mark.parametrize("task", ["TC.1.2", ""])
def test_a_title_of_the_units_below_it_doubts_none_of_them(tmp_path: Path, agency: str, task: str) -> None:
    found = judged(run(tmp_path, AS_OF, f"{task};{agency};;;;;;;;;;"))
    assert not [key for key, item in found.items() if item.reason == "doubt"]


@pytest.mark.parametrize(
    "agency",
    ["UBND huyện", "Chủ tịch UBND huyện", "Văn phòng HĐND và UBND huyện", "Huyện", "UBND huyÖn", "UBND huyeän"],
)
def test_a_committee_whose_place_is_not_told_may_be_any_of_its_level(tmp_path: Path, agency: str) -> None:
    outcome = run(tmp_path, AS_OF, f"TC.1.2;{agency};;;;;12/KH;5/1/2021;5/1/2021;;;")
    doubted = {key.split("/")[1] for key, item in judged(outcome).items() if item.reason == "doubt"}
    assert [item.suggestion for item in outcome.assessment.problems][:1] == ["UBND cấp huyện"]
    assert len(doubted) == 9


@pytest.mark.parametrize("agency", ["VP", "Văn phòng", "V¨n phßng", "Vaên phoøng"])
def test_an_office_without_more_is_the_one_that_keeps_the_register(tmp_path: Path, agency: str) -> None:
    outcome = run(tmp_path, AS_OF, f"X.2;{agency};;;;;12/KH;30/3/2021;30/3/2021;;;")
    assert outcome.assessment.problems[0].suggestion == "Văn phòng UBND tỉnh"
    assert judged(outcome)["X.2/vp-ubnd-tinh"].reason == "doubt"


@pytest.mark.parametrize("agency", ["Văn phòng", "V¨n phßng"])
def test_an_office_in_a_district_is_that_of_its_committee(tmp_path: Path, agency: str) -> None:
    outcome = run(tmp_path, AS_OF, f"TC.1.2;{agency};;Ba Tri;;;12/KH;5/1/2021;5/1/2021;;;")
    assert outcome.assessment.problems[0].suggestion == "UBND huyện Ba Tri"
    assert judged(outcome)["TC.1.2/ubnd-huyen-ba-tri"].reason == "doubt"


@pytest.mark.parametrize("agency", ["-", "…", "°", "×", "và"])
def test_what_has_no_word_in_it_suggests_nobody(tmp_path: Path, agency: str) -> None:
    problems = run(tmp_path, AS_OF, f"X.2;{agency};;;;;12/KH;30/3/2021;30/3/2021;;;").assessment.problems
    assert not any(problem.suggestion for problem in problems)


@pytest.mark.parametrize("agency", ["Sở", "UBND", "UBND tỉnh", "Đơn vị"])
def test_what_names_no_level_of_the_plan_may_be_nobody(tmp_path: Path, agency: str) -> None:
    found = judged(run(tmp_path, AS_OF, f"TC.1.2;{agency};;;;;12/KH;5/1/2021;5/1/2021;;;"))
    assert not [key for key, item in found.items() if item.reason == "doubt"]


def test_who_signed_a_paper_is_not_accused_where_the_office_that_handles_it_is_named(tmp_path: Path) -> None:
    """As in the register of incoming papers, whose "Đơn vị" is the room that a paper is passed to."""
    row = "XI.1;{};{};;Q1;;12/BC-STP;17/3/2021;17/3/2021;;;"
    for agency, issuer, verdict in (
        ("Phòng Kiểm soát TTHC", "Sở Tư pháp", "unclear"),
        ("Phòng Kiểm soát TTHC", "Giám đốc Sở Tư pháp", "unclear"),
        ("Phòng Kiểm soát TTHC", "UBND tỉnh", "overdue"),
        ("Sở Nội vụ", "Sở Tư pháp", "overdue"),
    ):
        found = judged(run(tmp_path, AS_OF, row.format(agency, issuer)))
        assert found["XI.1/so-tu-phap/2021-Q1"].verdict == verdict
        assert found["XI.1/so-tu-phap/2021-Q2"].verdict == "overdue"


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
        ("BCH;;Ba Tri", {"ubnd-huyen-ba-tri"}),  # of the province, or the district's
        ("TTT;;Ba Tri", {"thanh-tra-tinh", "ubnd-huyen-ba-tri"}),
        ("Phòng Nội vụ H. Thạnh Phú;;Ba Tri", {"ubnd-huyen-thanh-phu", "ubnd-huyen-ba-tri"}),
        ("MCB;;Ba Tri", {"ubnd-huyen-mo-cay-bac", "ubnd-huyen-ba-tri"}),
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
        ("B¸o c¸o kiÓm so¸t TTHC quý II", "Sở Y tế", "XI.1", {"XI.1/so-y-te"}),
        ("Baùo caùo kieåm soaùt TTHC quyù II", "Sở Y tế", "XI.1", {"XI.1/so-y-te"}),
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


@pytest.mark.parametrize(
    ("row", "doubted", "others"),
    [
        ("XI.1;#N/A;;;Q1;;1/BC-SYT;18/3/2021;;;;", {"XI.1/so-y-te/2021-Q1"}, {"XI.1/so-y-te/2021-Q2", "IV.1/so-y-te"}),
        ("#REF!;Sở Y tế;;;Q1;;1/BC-SYT;18/3/2021;;;;", {"XI.1/so-y-te/2021-Q1"}, {"XI.1/so-tu-phap/2021-Q1"}),
        ("#N/A;#N/A;;;;;;;;;;", set(), {"XI.1/so-y-te/2021-Q1"}),
    ],
)
def test_what_a_formula_failed_to_say_accuses_nobody(
    tmp_path: Path, row: str, doubted: set[str], others: set[str]
) -> None:
    found = judged(run(tmp_path, date(2021, 10, 15), row))
    assert {found[key].verdict for key in doubted} <= {"unclear"}
    assert {found[key].verdict for key in others} == {"overdue"}
