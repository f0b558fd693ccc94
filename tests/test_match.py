"""What is proposed from an incoming register: measured on labelled papers, and never sure where a trap lies."""

from __future__ import annotations

import ast
import csv
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import Workbook, load_workbook

from tthc_cli import loading, settings
from tthc_cli.abstracts import read_abstract
from tthc_cli.dates import read_date
from tthc_cli.formats import Format, render
from tthc_cli.incoming import Incoming, Proposal, Proposer
from tthc_cli.report import Column, Report, Table
from tthc_cli.understanding import Understanding
from tthc_cli.wording.incoming import REASONS

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases"
Done = subprocess.CompletedProcess[str]


class Labelled(NamedTuple):
    """A labelled paper: the tasks it answers (any is right; none: it answers nothing), the unit, the period."""

    paper: Incoming
    tasks: tuple[str, ...]
    agency: str
    period: str


def labelled(name: str) -> list[Labelled]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        rows = [*csv.reader(file, delimiter=";")][2:]
    return [
        Labelled(Incoming(row[2], row[3], row[5], read_date(row[4])), tuple(filter(None, row[6].split("/"))), *row[7:])
        for row in rows
    ]


def proposer_of(folder: Path, **files: str) -> Proposer:
    inputs = loading.load(settings.read(dict(files), {}, folder))
    return Proposer(Understanding(inputs.plan, inputs.directory, inputs.reading, date(2021, 12, 31)))


@cache
def proposer() -> Proposer:
    return proposer_of(ROOT)


def propose(issuer: str, number: str, day: str, abstract: str) -> Proposal:
    return proposer().of(Incoming(issuer, number, abstract, read_date(day)))


# Each later set was written after the one before had been measured, so that it shows how the proposing generalises.
SETS = [("incoming.csv", 300), ("incoming_second.csv", 100), ("incoming_third.csv", 50)]


@pytest.mark.parametrize(("name", "rows"), SETS)
def test_what_is_proposed_is_mostly_right_and_what_is_sure_nearly_always(name: str, rows: int) -> None:
    """At least 80 % of the papers that answer a task, and 98 % of those called sure; half of the answers are sure."""
    papers = labelled(name)
    found = [(item, proposer().of(item.paper)) for item in papers]
    answers = [(item, proposal) for item, proposal in found if item.tasks]
    right = [
        item for item, p in answers if p.likely[:1] and p.likely[0] in item.tasks and p.maybe_agency == item.agency
    ]
    sure = [(item, proposal) for item, proposal in found if proposal.sureness == "sure"]
    sound = [
        item for item, p in sure if p.task in item.tasks and (p.agency, p.period or "") == (item.agency, item.period)
    ]
    assert len(papers) == rows
    assert len(right) >= 0.8 * len(answers)
    assert len(sound) >= 0.98 * len(sure)
    assert len(sure) >= 0.5 * len(answers)


def test_what_is_filled_in_beside_an_unsure_period_is_right_too() -> None:
    """A task stands in its cell only where it is sure, whatever else is left to a person."""
    filled = [(item, p) for item in labelled("incoming.csv") if (p := proposer().of(item.paper)).task]
    wrong = [item.paper.abstract for item, p in filled if p.task not in item.tasks or p.agency != item.agency]
    assert len(filled) > 100
    assert not wrong


REPORT = "Báo cáo công tác kiểm soát TTHC quý I/2021"
TRAPS = [
    ("Sở Y tế", "12/SYT-VP", "18/03/2021", f"V/v đôn đốc {REPORT}", "errand"),
    ("Sở Y tế", "12/GM-SYT", "18/03/2021", "Giấy mời họp về kiểm soát TTHC quý I/2021", "errand"),
    ("Sở Y tế", "12/SYT-VP", "18/03/2021", f"V/v xin gia hạn {REPORT}", "errand"),
    ("Sở Y tế", "12/SYT-VP", "18/03/2021", f"V/v góp ý dự thảo {REPORT}", "errand"),
    ("Sở Y tế", "12/SYT-VP", "18/03/2021", f"V/v {REPORT}", "letter"),
    ("Sở Y tế", "12/KH-SYT", "18/03/2021", REPORT, "type_differs"),
    ("Sở Y tế", "12/BC-STC", "18/03/2021", REPORT, "agency_differs"),
    ("UBND Ba Tri", "12/BC-UBND", "18/03/2021", REPORT, "agency_ambiguous"),
    ("Sở Ngoại vụ", "12/BC-SNgV", "18/03/2021", REPORT, "agency_unknown"),
    ("Thanh tra, Sở Y tế", "12/BC-TTr", "18/03/2021", REPORT, "agency_guessed"),
    ("", "12/BC-SYT", "18/03/2021", REPORT, "agency_empty"),
    ("Các sở, ban ngành", "12/BC-SBN", "18/03/2021", REPORT, "agency_group"),
    ("Văn phòng Chính phủ", "12/BC-VPCP", "18/03/2021", REPORT, "outside"),
    ("UBND xã Phú Lễ, huyện Ba Tri", "12/BC-UBND", "18/03/2021", REPORT, "not_leading"),
    ("Sở Y tế", "12/BC-SYT", "18/03/2021", "Báo cáo công tác kiểm soát TTHC", "period_missing"),
    ("Sở Y tế", "12/BC-SYT", "18/03/2021", "Báo cáo công tác kiểm soát TTHC quý I", "period_year"),
    ("Sở Y tế", "12/BC-SYT", "18/12/2021", "Báo cáo công tác kiểm soát TTHC quý IV/2021", "period_unfit"),
    ("Sở Y tế", "12/BC-SYT", "18/06/2021", "Báo cáo kiểm soát TTHC quý I, quý II/2021", "period_unfit"),
    ("Sở Y tế", "12/BC-SYT", "18/12/2021", REPORT, "period_day"),
    ("Sở Y tế", "12/BC-SYT", "18/03/2021", "Báo cáo công tác kiểm soát TTHC quý I/2020", "year_other"),
    ("Sở Y tế", "12/KH-SYT", "18/01/2021", "Kế hoạch kiểm soát TTHC giai đoạn 2021-2025", "years_several"),
    ("Sở Y tế", "12/KH-SYT", "18/01/2021", "Kế hoạch rà soát, đánh giá TTHC", "year_unsaid"),
    ("Sở Y tế", "12/BC-SYT", "14/07/2021", "Báo cáo kết quả rà soát TTHC quý II/2021", "period_stray"),
    ("Sở Y tế", "12/BC-SYT", "18/03/2021", "Báo cáo công tác cải cách hành chính quý I/2021", "no_task"),
    ("Sở Y tế", "12/BC-SYT", "18/03/2021", "Báo cáo phòng cháy, chữa cháy quý I/2021", "no_task"),
    ("Sở Y tế", "12/BC-SYT", "18/03/2021", "Báo cáo tình hình giải quyết TTHC quý I/2021", "words_few"),
    ("Sở Y tế", "12/BC-SYT", "18/03/2021", "Báo cáo quý I/2021", "no_words"),
    ("Sở Y tế", "12/TTr-SYT", "12/05/2021", "Tờ trình phê duyệt quy trình nội bộ giải quyết TTHC", "event_needed"),
]


@pytest.mark.parametrize(("issuer", "number", "day", "abstract", "reason"), TRAPS)
def test_a_doubt_keeps_a_paper_from_being_sure(issuer: str, number: str, day: str, abstract: str, reason: str) -> None:
    proposal = propose(issuer, number, day, abstract)
    assert proposal.sureness != "sure"
    assert reason in {item.code for item in proposal.reasons}


def test_a_plain_report_is_sure() -> None:
    proposal = propose("Sở Y tế", "12/BC-SYT", "18/03/2021", REPORT)
    assert (proposal.task, proposal.agency, proposal.period) == ("XI.1", "so-y-te", "2021-Q1")
    assert proposal.sureness == "sure"


def test_a_period_whose_year_only_the_date_tells_is_proposed_and_left_empty() -> None:
    proposal = propose("Sở Y tế", "12/BC-SYT", "18/03/2021", "Báo cáo công tác kiểm soát TTHC quý I")
    assert (proposal.task, proposal.period, proposal.maybe_period) == ("XI.1", None, "2021-Q1")


def test_a_decision_of_the_province_may_be_the_work_of_the_department_it_names() -> None:
    abstract = "Quyết định công bố danh mục TTHC lĩnh vực đất đai của Sở Tài nguyên và Môi trường"
    proposal = propose("UBND tỉnh", "1200/QĐ-UBND", "31/05/2021", abstract)
    assert (proposal.likely[0], proposal.maybe_agency, proposal.agency) == ("III.2", "so-tnmt", None)


OTHER_PLAN = """\
id: an-toan-giao-thong
number: 01/KH-UBND
date: 2021-01-05
title: Kế hoạch bảo đảm trật tự an toàn giao thông năm 2021
source: Kế hoạch tự đặt để kiểm tra
year: 2021
sections: [{id: A, title: Trật tự an toàn giao thông}]
tasks:
  - id: A.1
    section: A
    title: Báo cáo tình hình trật tự an toàn giao thông
    lead: [UBND cấp huyện]
    lead_agencies: [nhom-ubnd-cap-huyen]
    timing: Định kỳ hàng quý
    deadlines: [{kind: recurring, every: quarter}]
    product: Báo cáo
  - id: A.2
    section: A
    title: Xây dựng kế hoạch xóa điểm đen tai nạn giao thông
    lead: [UBND cấp huyện]
    lead_agencies: [nhom-ubnd-cap-huyen]
    timing: Tháng 3/2021
    deadlines: [{kind: period, period: "2021-03"}]
    product: Kế hoạch
"""


def test_the_words_are_those_of_whatever_plan_is_given(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(OTHER_PLAN, encoding="utf-8")
    other = proposer_of(tmp_path, plan=str(tmp_path / "plan.yaml"))
    day = date(2021, 3, 20)
    report = Incoming("UBND huyện Ba Tri", "1/BC-UBND", "Báo cáo trật tự an toàn giao thông quý I/2021", day)
    plan = Incoming("UBND huyện Ba Tri", "2/KH-UBND", "Kế hoạch xóa điểm đen tai nạn giao thông năm 2021", day)
    strange = Incoming("UBND huyện Ba Tri", "3/BC-UBND", REPORT, day)
    assert (other.of(report).task, other.of(report).period) == ("A.1", "2021-Q1")
    assert (other.of(plan).task, other.of(plan).sureness) == ("A.2", "sure")
    assert other.of(strange).task is None


@pytest.mark.parametrize(
    ("text", "occasions", "years"),
    [
        ("Báo cáo Q.II/2021", ["2021-Q2"], (2021,)),
        ("Báo cáo quý 3-2021", ["2021-Q3"], (2021,)),
        ("Báo cáo 06 tháng đầu năm 2021", ["2021-H1"], (2021,)),
        ("Báo cáo 9 tháng năm 2021", [None], (2021,)),
        ("Báo cáo tháng 5/2021", ["2021-05"], (2021,)),
        ("Báo cáo quý I, II năm 2021", [None], (2021,)),
        ("Báo cáo năm 2020, phương hướng năm 2021", ["2020"], (2020,)),
        ("Báo cáo theo Thông tư số 01/2020/TT-VPCP ngày 21/10/2020", [], ()),
        ("Báo cáo (từ ngày 15/12/2020 đến ngày 14/3/2021)", [], ()),
    ],
)
def test_periods_and_years_of_an_abstract(text: str, occasions: list[str | None], years: tuple[int, ...]) -> None:
    read = read_abstract(text, 2021)
    assert [named.occasion for named in read.periods] == occasions
    assert read.years == years


def test_one_thing_written_in_several_ways_is_one_word() -> None:
    long = read_abstract("kiểm soát thủ tục hành chính, cơ chế một cửa, một cửa liên thông", 2021)
    short = read_abstract("KSTTHC, MC, MCLT", 2021)
    assert [word.key for word in long.words] == [word.key for word in short.words]


def _reason_codes() -> Iterator[str]:
    for path in (ROOT / "src" / "tthc_cli").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason" and node.args:
                first = node.args[0]
                yield from [first.value] if isinstance(first, ast.Constant) and isinstance(first.value, str) else ()


def test_every_reason_has_its_sentence() -> None:
    by_variable = {"columns", "quote", "long", "encoding", "words", "words_left"}
    assert {*_reason_codes()} | by_variable == REASONS.keys()


def tthc(folder: Path, *words: str) -> Done:
    return subprocess.run(
        [sys.executable, "-m", "tthc_cli", *words],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT / "src"), "LANG": "C"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


HEADINGS = ("Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu nội dung",
            "Đơn vị hoặc người nhận", "Ký nhận", "Ghi chú")  # fmt: skip
PAPERS: list[tuple[object, ...]] = [
    (date(2021, 3, 19), 101, "Sở Y tế", "12/BC-SYT", date(2021, 3, 18), REPORT, "Phòng KSTT", "", ""),
    ("20/3/2021", 102, "UBND Ba Tri", "13/BC-UBND", "19/3/2021", REPORT, "Phòng KSTT", "", "=1+1"),
    ("22/3/2021", 103, "Sở Tư pháp", "14/BC-STP", "31/02/2021", "Báo cáo công tác thi hành án", "", "", "@x"),
    ("22/3/2021", 104, "Sở Tư pháp", "15/KH-STP", date(2021, 1, 22), "Kế hoạch rà soát TTHC năm 2021", "", "", ""),
]


def incoming_workbook(path: Path) -> None:
    """As offices export it: a title over merged cells, the columns numbered under their headings."""
    book = Workbook()
    sheet: Any = book.active
    sheet["A1"] = "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN (dữ liệu tự đặt)"
    sheet.merge_cells("A1:I1")
    sheet["A2"] = "Năm 2021"
    sheet.merge_cells("A2:I2")
    for row in ((), HEADINGS, [f"({n})" for n in range(1, 10)], *PAPERS):
        sheet.append(row)
    for row in sheet.iter_rows(min_row=5):
        for cell in row:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    book.save(path)


@pytest.mark.parametrize("name", ["register.xlsx", "register.csv"])
def test_every_row_comes_out_in_order_and_check_reads_it(tmp_path: Path, name: str) -> None:
    incoming_workbook(tmp_path / "den.xlsx")
    done = tthc(tmp_path, "match", "den.xlsx", "-o", name)
    assert (done.returncode, done.stdout) == (0, "")
    assert "4 văn bản" in done.stderr
    assert f"tthc check {name}" in done.stderr
    checked = tthc(tmp_path, "check", name, "--as-of", "2021-12-31", "-f", "json")
    import json

    report = json.loads(checked.stdout)
    assert (report["register"]["rows"], report["register"]["accepted"]) == (4, 2)
    assert sorted({(item["line"], item["code"]) for item in report["problems"]}) == [(3, "R02"), (4, "R02"), (4, "R07")]


def test_the_workbook_has_days_as_days_and_no_formula(tmp_path: Path) -> None:
    incoming_workbook(tmp_path / "den.xlsx")
    assert tthc(tmp_path, "match", "den.xlsx", "-o", "register.xlsx").returncode == 0
    sheet: Any = load_workbook(tmp_path / "register.xlsx").active
    heading, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    at = {name: place for place, name in enumerate(heading)}
    first = rows[0]
    assert [first[at[name]] for name in ("Nhiệm vụ", "Cơ quan", "Kỳ báo cáo", "Mức chắc chắn")] == [
        *("XI.1", "Sở Y tế", "2021-Q1", "chắc"),
    ]
    assert first[at["Ngày văn bản"]].date() == date(2021, 3, 18)
    assert [row[at["Số đến"]] for row in rows] == ["101", "102", "103", "104"]
    assert rows[1][at["Nhiệm vụ"]] is None
    assert rows[1][at["Đề xuất nhiệm vụ"]] == "XI.1"
    assert rows[2][at["Ngày văn bản"]] == "31/02/2021"
    types = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None}
    assert types == {"s", "d"}


def test_a_bad_row_costs_itself_alone_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    rows = [
        '19/3/2021;1;"Sở Y tế;12/BC-SYT;18/3/2021;không đóng ngoặc',
        f"19/3/2021;2;Sở Y tế;12/BC-SYT;18/3/2021;{REPORT}",
    ]
    text = "Ngày đến;Số đến;Tác giả;Số ký hiệu;Ngày văn bản;Trích yếu\n" + "\n".join([*rows, "1;2;=cmd();;;+84"]) + "\n"
    (tmp_path / "den.csv").write_bytes(text.encode("utf-16"))
    done = tthc(tmp_path, "match", "den.csv")
    written = [*csv.reader(done.stdout.removeprefix("\ufeff").splitlines(), delimiter=";")]
    assert [row[11] for row in written[1:]] == ["không rõ", "chắc", "không rõ"]
    assert (written[3][2], written[3][9]) == ("'=cmd()", "'+84")


def test_the_incoming_register_itself_is_never_written_over(tmp_path: Path) -> None:
    incoming_workbook(tmp_path / "den.xlsx")
    before = (tmp_path / "den.xlsx").read_bytes()
    done = tthc(tmp_path, "match", "den.xlsx", "-o", "./den.xlsx")
    assert (done.returncode, (tmp_path / "den.xlsx").read_bytes()) == (2, before)


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "den.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    done = tthc(tmp_path, "match", "den.csv", "-o", "register.csv")
    assert done.returncode == 3
    assert "trích yếu" in done.stderr
    assert not (tmp_path / "register.csv").exists()


def test_a_cell_of_a_workbook_holds_what_excel_would_refuse() -> None:
    from io import BytesIO

    table = Table("t", (Column("a"), Column("b")), (("\x00x", "=1"), ("y" * 40000, None)))
    sheet: Any = load_workbook(BytesIO(b"".join(render(Report({}, (table,)), Format.xlsx)))).active
    assert [sheet["A2"].value, sheet["B2"].value, sheet["B2"].data_type] == ["x", "=1", "s"]
    assert len(sheet["A3"].value) == 32767
