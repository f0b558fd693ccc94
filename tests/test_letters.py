"""What an office signs: the letter that chases, the report, and the page for the leader, as Word files."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from openpyxl import Workbook

from tests.program import ROOT, Program
from tthc_cli.formats import Format, render
from tthc_cli.formats import official as official_file
from tthc_cli.official import Official
from tthc_cli.report import Column, Report, Table
from tthc_cli.wording.letters import DUTY_COLUMNS, STATES, dated

DAY = "2021-10-15"
LETTER, REPORT = f"cong-van-don-doc-{DAY}.docx", f"bao-cao-tinh-hinh-{DAY}.docx"
OWN = "vp-ubnd-tinh"
MM = 36000


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The example with its letter, its report and its assessment."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(ROOT / "examples" / "ben_tre_2021", folder, dirs_exist_ok=True)
    made = Program(folder)
    assert made("letter", "--as-of", DAY, "-o", "ra").returncode == 0
    assert made("export", "--what", "assessment", "--as-of", DAY, "-o", "kq.json", "-q").returncode == 0
    return made


def texts(document: Any) -> list[str]:
    """Every paragraph of the body, of its tables too, in order."""
    return [
        "".join(part.text or "" for part in paragraph.iter("{*}t")) for paragraph in document.element.body.iter("{*}p")
    ]


def rows(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def duties(document: Any) -> Iterator[tuple[str, list[str]]]:
    """Kind and cells of each duty of the annex."""
    kinds = {title: kind for kind, title in STATES.items()}
    for table in document.tables:
        titles, *lines = rows(table)
        if titles[: len(DUTY_COLUMNS)] == [*DUTY_COLUMNS.values()]:
            yield from ((kinds[titles[-1]], line) for line in lines if len(set(line)) > 1)


def shown(day: str | None) -> str:
    return "/".join(reversed((day or "").split("-"))) if day else ""


def test_the_letter_says_what_the_assessment_says(office: Program) -> None:
    found = json.loads((office.folder / "kq.json").read_text("utf-8"))["findings"]
    expected: dict[str, set[tuple[str, ...]]] = {"overdue": set(), "ask": set(), "late": set()}
    for item in found:
        if item["agency"] == OWN or item["level"] in ("group", "outside"):
            continue
        kind = item["verdict"] if item.get("firm") else "ask" if "firm" in item or item["verdict"] == "unclear" else ""
        if kind in expected:
            moved = item["extended"] and f" (đã gia hạn; hạn gốc {shown(item['extended']['original_due'])})"
            days = (shown(item["stated"]), shown(item["due"]) + (moved or ""))
            expected[kind].add((item["agency_name"], item["task"], item["timing"], item["product"], *days))
    letter = docx.Document(str(office.folder / "ra" / LETTER))
    told: dict[str, set[tuple[str, ...]]] = {kind: set() for kind in expected}
    for kind, (_, agency, task, timing, product, stated, due, _) in duties(letter):
        told[kind].add((agency, task.split(". ")[0], timing, product, stated, due))
    assert told == expected
    assert [len(told[kind]) for kind in ("overdue", "ask", "late")] == [3, 9, 5]


def test_its_sentences_count_the_same(office: Program) -> None:
    said = texts(docx.Document(str(office.folder / "ra" / LETTER)))
    body = " ".join(said)
    assert "- Có 3 nhiệm vụ của 3 đơn vị đã quá hạn" in body
    assert "- Có 9 nhiệm vụ của 9 đơn vị chưa đủ căn cứ để kết luận (mục II Phụ lục)" in body
    assert "chậm nhất ngày 22/10/2021" in body  # five working days after Friday 15/10/2021
    assert "I. Nhiệm vụ quá hạn, sổ theo dõi chưa ghi nhận văn bản (3 nhiệm vụ)" in said
    assert "Bến Tre, ngày 15 tháng 10 năm 2021" in said
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in said
    assert "Phụ lục" in said  # in small letters, its title in capitals (NĐ 30/2020/NĐ-CP, Phụ lục I)
    assert "DANH SÁCH NHIỆM VỤ ĐÔN ĐỐC, XÁC NHẬN THEO KẾ HOẠCH SỐ 7092/KH-UBND" in said


def test_the_layout_is_that_of_official_papers(office: Program) -> None:
    letter: Any = docx.Document(str(office.folder / "ra" / LETTER))
    page, annex = letter.sections
    assert [round(side / MM) for side in (page.page_width, page.page_height)] == [210, 297]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(side / MM) for side in margins] == [20, 20, 30, 20]
    assert annex.orientation == WD_ORIENT.LANDSCAPE
    assert annex._sectPr.find("{*}pgNumType").values() == ["1"]
    assert all("PAGE" in section.header._element.xml for section in (page, annex))
    assert page.different_first_page_header_footer
    fonts = {value for fonts in letter.element.body.iter("{*}rFonts") for value in fonts.values()}
    assert fonts == {"Times New Roman"}
    assert letter.styles["Normal"].font.size.pt == 14
    heads = [table.rows[0]._tr.trPr.find("{*}tblHeader") for table in letter.tables if len(table.columns) == 8]
    assert heads
    assert None not in heads


def test_the_same_input_makes_the_same_bytes(office: Program) -> None:
    before = {name: (office.folder / "ra" / name).read_bytes() for name in (LETTER, REPORT)}
    assert office("letter", "--as-of", DAY, "-o", "lai").returncode == 0
    assert {name: (office.folder / "lai" / name).read_bytes() for name in before} == before


def test_the_report_counts_every_unit(office: Program) -> None:
    report = docx.Document(str(office.folder / "ra" / REPORT))
    said = " ".join(texts(report))
    card = json.loads(office("export", "--what", "scorecard", "--as-of", DAY, "-f", "json", "-q").stdout)
    names = ("assigned", "on_time", "late", "in_time", "overdue", "waiting", "unclear", "extended")
    expected = {item["name"]: [str(item[name]) for name in names] for item in card["scorecard"] if item["assigned"]}
    total = [str(card["total"][name]) for name in names]
    (table,) = [table for table in report.tables if len(table.columns) == 11]
    _, *lines, last = rows(table)
    assert {name: counts[:-1] for _, name, *counts in lines} == expected
    assert last[2:-1] == total
    assert f"- Hoàn thành đúng hạn: {card['total']['on_time']};" in said
    assert f"Chưa có văn bản: {card['total']['overdue']} nhiệm vụ" in said
    assert report.element.body.xml.count("BÁO CÁO") == 1


def test_one_letter_for_each_unit(office: Program) -> None:
    run = office("letter", "--as-of", DAY, "--each", "-o", "tung", "-f", "json")
    files = [Path(name).name for name in json.loads(run.stdout)["files"]]
    assert len(files) == 13
    assert files[-1] == REPORT
    said = texts(docx.Document(str(office.folder / "tung" / f"cong-van-don-doc-{DAY}-so-noi-vu.docx")))
    assert "Kính gửi: Sở Nội vụ" in said
    assert "V/v xác nhận kết quả thực hiện nhiệm vụ theo Kế hoạch số 7092/KH-UBND" in said
    assert not any("quá hạn mà sổ" in line for line in said)
    assert any(line.startswith("- Có 1 nhiệm vụ chưa đủ căn cứ") for line in said)  # of the one it is written to
    assert not any("các đơn vị quan tâm" in line or "đơn vị có tên" in line for line in said)


def test_a_commune_is_written_to_through_its_district(office: Program) -> None:
    unit = "ubnd-xa-an-binh-tay-ba-tri"
    run = office("letter", "--as-of", DAY, "--covers", "all", "--agency", unit, "-o", "xa")
    assert run.returncode == 0, run.stderr
    (path,) = (office.folder / "xa").iterdir()
    said = texts(docx.Document(str(path)))
    assert "Kính gửi: UBND xã An Bình Tây, huyện Ba Tri" in said
    assert "- UBND huyện Ba Tri (để đôn đốc);" in said
    assert office("letter", "--as-of", DAY, "--covers", "all", "-o", "xa").returncode == 0
    together = texts(docx.Document(str(office.folder / "xa" / LETTER)))
    assert together.count("UBND huyện Ba Tri") >= 2  # the line above its units, once in each part that has any
    assert any(line.startswith("Ủy ban nhân dân các huyện, thành phố đôn đốc") for line in together)


def test_a_unit_with_nothing_to_do_gets_no_letter(office: Program) -> None:
    run = office("letter", "--as-of", DAY, "--agency", "Sở Y tế", "-o", "khong")
    assert run.returncode == 0
    assert "Không có nhiệm vụ nào quá hạn hay cần xác nhận: không soạn công văn." in run.stdout
    assert not [*(office.folder / "khong").iterdir()]


def test_no_letter_for_a_year_that_is_over(office: Program) -> None:
    run = office("letter", "--as-of", "2022-01-04", "-o", "muon")
    assert run.returncode == 2
    assert "2021" in run.stderr
    assert "--force" in run.stderr
    assert not (office.folder / "muon").exists()
    assert office("letter", "--as-of", "2022-01-04", "-o", "muon", "--force").returncode == 0


def test_what_was_edited_by_hand_is_not_written_over(office: Program) -> None:
    assert office("letter", "--as-of", DAY, "-o", "sua").returncode == 0
    path = office.folder / "sua" / LETTER
    edited = docx.Document(str(path))
    edited.add_paragraph("Sửa tay")
    edited.save(str(path))
    held = path.read_bytes()
    run = office("letter", "--as-of", DAY, "-o", "sua")
    assert run.returncode == 2
    assert str(Path("sua", LETTER)) in run.stderr
    assert path.read_bytes() == held
    assert office("letter", "--as-of", DAY, "-o", "sua", "--force").returncode == 0
    assert path.read_bytes() != held


def with_letter(office: Program, settings: str) -> None:
    toml = office.folder / "tthc.toml"
    toml.write_text(f'register = "register.csv"\n[letter]\n{settings}\n', "utf-8")


@pytest.fixture
def other(office: Program, tmp_path: Path) -> Program:
    shutil.copy(office.folder / "register.csv", tmp_path)
    return Program(tmp_path)


def test_an_office_can_have_its_own_template(other: Program) -> None:
    assert other("letter", "--templates", "-o", "mau").returncode == 0
    path = other.folder / "mau" / "mau-cong-van.docx"
    mine = docx.Document(str(path))
    mine.sections[0].footer.paragraphs[0].text = "Chân trang của cơ quan"
    (line,) = [part for part in mine.element.body.iter("{*}t") if part.text == "{{ paper.issuer }}"]
    line.text = "PHÒNG & BAN <{{ paper.issuer }}>"
    mine.save(str(path))
    with_letter(other, 'issuer = "VĂN <PHÒNG>"\ntemplate = "mau/mau-cong-van.docx"')
    assert other("letter", "--as-of", DAY, "-o", "ra").returncode == 0
    made = docx.Document(str(other.folder / "ra" / LETTER))
    assert made.sections[0].footer.paragraphs[0].text == "Chân trang của cơ quan"
    assert "PHÒNG & BAN <VĂN <PHÒNG>>" in texts(made)
    assert len([*duties(made)]) > 10


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("missing", "Không có mẫu Word mau.docx"),
        ("no document", "mau.docx (không phải tệp .docx, hoặc đã hỏng)"),
        ("unknown name", "mau.docx (không có gì tên “nobody” để điền)"),
        ("bad tag", "mau.docx (chỗ điền viết sai)"),
        ("reaches outside", "mau.docx (chỗ điền viết sai)"),
    ],
)
def test_a_template_that_cannot_be_used_is_named(other: Program, broken: str, why: str) -> None:
    path = other.folder / "mau.docx"
    tags = {
        "unknown name": "{{ paper.nobody }}",
        "bad tag": "{% for %}",
        "reaches outside": "{{ paper.__class__.mro() }}",
    }
    if broken == "no document":
        path.write_bytes(b"PK nothing")
    elif broken in tags:
        document = docx.Document()
        document.add_paragraph(tags[broken])
        document.save(str(path))
    with_letter(other, 'place = "Bến Tre"\ntemplate = "mau.docx"')
    run = other("letter", "--as-of", DAY, "-o", "ra")
    assert run.returncode == 3
    assert "tthc.toml:4" in run.stderr
    assert why in run.stderr
    assert not (other.folder / "ra").exists()


def test_what_is_not_set_is_left_blank_and_said(other: Program) -> None:
    with_letter(other, "")
    run = other("letter", "--as-of", DAY, "-o", "ra")
    assert run.returncode == 0
    assert "Chưa có parent, issuer, name, symbol" in run.stdout
    assert any(
        line.startswith("……………, ngày 15 tháng 10") for line in texts(docx.Document(str(other.folder / "ra" / LETTER)))
    )


def test_a_unit_that_nobody_knows_is_refused(other: Program) -> None:
    with_letter(other, 'unit = "so-khong-co"')
    run = other("letter", "--as-of", DAY, "-o", "ra")
    assert run.returncode == 3
    assert "tthc.toml:3" in run.stderr


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2021, 2, 5), "05 02"),
        (date(2021, 3, 9), "09 3"),
        (date(2021, 1, 31), "31 01"),
        (date(2021, 12, 10), "10 12"),
    ],
)
def test_days_below_ten_and_the_first_months_have_a_nought(day: date, told: str) -> None:
    found = dated(day)
    assert f"{found['day']} {found['month']}" == told


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    empty: Any = dict.fromkeys(Official._fields, "")
    lists = ("addressees", "body", "recipients", "signer_title", "parts", "columns", "standings", "total", "notes")
    paper = Official(**{**empty, **dict.fromkeys(lists, ()), "subject": "V/v \x0bviệc \ud800& <b>"})
    made = docx.Document(BytesIO(official_file.render(paper, date(2021, 1, 4), "letter")))
    assert "V/v việc & <b>" in texts(made)
    table = Table("Bảng\x00", (Column("Cột"), Column("Số", "number")), (("a\x08b", 3), (None, 12)), total=True)
    plain = docx.Document(BytesIO(b"".join(render(Report({}, (table,)), Format.docx))))
    assert rows(plain.tables[0]) == [["Cột", "Số"], ["ab", "3"], ["", "12"]]


def brief(office: Program, *more: str) -> Any:
    return json.loads(office("export", "--what", "brief", "--as-of", DAY, "-f", "json", "-q", *more).stdout)


def test_the_page_for_the_leader_says_what_the_scorecard_says(office: Program) -> None:
    card = json.loads(office("export", "--what", "scorecard", "--as-of", DAY, "-f", "json", "-q").stdout)
    found = brief(office)
    assert found["total"] == card["total"]
    assert found["week"] == ["2021-10-11", "2021-10-17"]
    assert sum(row[1] for row in found["worst"]) == card["total"]["overdue"]
    assert sum(row[2] for row in found["worst"]) == card["total"]["late"]
    assert sum(row[2] for row in found["decide"]) == card["total"]["unclear"]


def test_bad_rows_are_rows_and_not_what_is_wrong_with_them(office: Program) -> None:
    text = (office.folder / "register.csv").read_text("utf-8")
    wrong = "XI.9;Sở Lạ;;Q1;;1/BC-SL;31/02/2021;;;;;\n"
    for name in ("mot", "hai"):
        (office.folder / "hai_so").mkdir(exist_ok=True)
        (office.folder / "hai_so" / f"{name}.csv").write_text(text.splitlines()[0] + f"\n{wrong}", "utf-8")
    (office.folder / "loi.csv").write_text(text + wrong, "utf-8")
    assert brief(office, "--register", "loi.csv")["bad_rows"] == 1
    assert brief(office, "--register", "hai_so")["bad_rows"] == 2
    assert "Sổ theo dõi có 1 dòng lỗi" in office("letter", "--register", "loi.csv", "--as-of", DAY, "-o", "loi").stdout


def test_a_sheet_that_is_left_out_is_named_before_anything_is_signed(office: Program) -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in (["Nhiệm vụ", "Cơ quan", "Kỳ", "Ngày gửi"], ["XI.1", "Sở Y tế", "Q1", "15/03/2021"]):
        sheet.append(row)
    sheet = book.create_sheet("Giao việc")
    for row in (["Nhiệm vụ", "Cơ quan", "Thời hạn"], ["XI.1", "Sở Y tế", "Quý II"]):
        sheet.append(row)
    book.save(office.folder / "so.xlsx")
    said = office("letter", "--register", "so.xlsx", "--as-of", DAY, "-o", "thu").stdout
    assert "Trang tính “Giao việc”" in said


def test_it_tells_what_changed_since_the_last_one(office: Program) -> None:
    office("export", "--what", "assessment", "--as-of", "2021-09-17", "-o", "truoc.json", "-q")
    before = brief(office, "--since", "truoc.json")["before"]
    assert before["as_of"] == "2021-09-17"
    office("export", "--what", "brief", "--as-of", DAY, "--since", "truoc.json", "-o", "tuan.docx")
    document = docx.Document(str(office.folder / "tuan.docx"))
    counts = {line[0]: line[1:] for line in rows(document.tables[0])[1:]}
    now = brief(office)["total"]["on_time"]
    then = before["total"]["on_time"]
    assert counts["Hoàn thành đúng hạn"] == [str(now), str(then), str(now - then)]


def test_what_there_is_nothing_of_leaves_no_gap_in_the_numbers(office: Program) -> None:
    page = office("export", "--what", "brief", "--as-of", DAY, "-f", "md", "-q").stdout
    assert re.findall(r"^## (\d\. \w+)", page, re.M) == ["1. Tình", "2. Quá", "3. Chờ"]


def test_it_tells_what_falls_due_in_the_week_and_stays_short(office: Program) -> None:
    asked = ("export", "--what", "brief", "--as-of", "2021-09-15", "--covers", "all")
    found = json.loads(office(*asked, "-f", "json").stdout)
    assert ["2021-09-17", "2021-09-20"] in [row[:2] for row in found["due"]]
    assert len(found["worst"]) > 100
    office(*asked, "-o", "dai.docx")
    document = docx.Document(str(office.folder / "dai.docx"))
    assert max(len(table.rows) for table in document.tables) <= 9
    assert any("dòng nữa" in text for text in texts(document))


def test_an_extended_day_stands_beside_the_one_before_it(other: Program) -> None:
    heading = "Nhiệm vụ;Cơ quan;Kỳ;Sự kiện;Hạn mới;Số ký hiệu;Ngày văn bản;Trạng thái;Lý do\n"
    (other.folder / "gia_han.csv").write_text(f"{heading}IX.1;VP UBND tỉnh;;;08/10/2021;1/UBND;20/9/2021;;\n", "utf-8")
    with_letter(other, "")
    run = other("letter", "--as-of", DAY, "--extensions", "gia_han.csv", "-o", "ra")
    assert run.returncode == 0, run.stderr
    made = docx.Document(str(other.folder / "ra" / LETTER))
    (line,) = [line for kind, line in duties(made) if kind == "overdue" and line[2].startswith("IX.1.")]
    assert line[5:] == ["30/09/2021", "08/10/2021 (đã gia hạn; hạn gốc 30/09/2021)", "7"]
