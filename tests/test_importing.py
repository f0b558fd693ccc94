"""Documents of every format come through the program as plans; the shipped plan comes back as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from docx import Document
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook

from tests.pdf_pages import write_image_page
from tests.plan_documents import WRITERS
from tthc_cli import loading, phrases
from tthc_cli.drafting.document import Paragraph, Place, Table
from tthc_cli.drafting.draft import Draft
from tthc_cli.errors import InputError
from tthc_cli.importing import drafted, read_document
from tthc_cli.plan import Plan, Task

SHIPPED = loading.read_plan(loading.built_in("plan"))[0]
DIRECTORY = loading.read_agencies(loading.built_in("agencies"))[0]
HEADER = ("STT", "NỘI DUNG", "CƠ QUAN CHỦ TRÌ", "THỜI HẠN", "KẾT QUẢ")
TABLE = """KẾ HOẠCH
Kiểm soát thủ tục hành chính năm 2022

| TT | Nhiệm vụ | Chủ trì | Thời gian |
|----|----|----|----|
| 1 | Việc | Sở Y tế | {timing} |
"""
# What the words do not tell: which of a year's periods, the data's window, and what an event is called.
_BEYOND_WORDS = {"only", "window", "event", "condition", "once", "of_agency"}


def tthc(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tthc_cli", *map(str, arguments)],
        env={"PYTHONPATH": str(Path(loading.__file__).parents[1])},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def rules(task: Task) -> list[object]:
    """Rules as far as the words give them, those of an external document without its name."""
    said = [
        {name: value for name in ("kind", "period", "until", "date", "every", "day", "before", "count", "unit", "soft")
         if (value := getattr(rule, name, None)) and name not in _BEYOND_WORDS}
        for rule in task.deadlines
    ]  # fmt: skip
    return sorted(said, key=str)


def words(task: Task) -> tuple[object, ...]:
    return task.section, task.title, task.lead, task.support, task.timing, task.product


def appendix(plan: Plan) -> dict[str, Task]:
    return {task.id: task for task in plan.tasks if not task.section.startswith("TC.")}


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_shipped_plan_comes_back_from_every_format(suffix: str, tmp_path: Path) -> None:
    source, plan_file = tmp_path / f"kế hoạch.{suffix}", tmp_path / "plan.yaml"
    WRITERS[suffix](SHIPPED, source)
    result = tthc("plan", "import", source, "-o", plan_file)
    assert result.returncode == 0, result.stderr
    plan, document = loading.read_plan(plan_file)
    loading.hold_together(plan, document, DIRECTORY)
    wanted, found = appendix(SHIPPED), appendix(plan)
    assert list(found) == list(wanted)
    assert {id_: words(task) for id_, task in found.items()} == {id_: words(task) for id_, task in wanted.items()}
    assert {id_: rules(task) for id_, task in found.items()} == {id_: rules(task) for id_, task in wanted.items()}
    assert {task.id: task.title for task in plan.tasks} == {task.id: task.title for task in SHIPPED.tasks}
    assert (plan.id, plan.number, plan.date, plan.year) == (SHIPPED.id, SHIPPED.number, SHIPPED.date, SHIPPED.year)
    assert {s.id: s.title for s in plan.sections} == {s.id: s.title for s in SHIPPED.sections}


def test_the_plan_stands_beside_its_review(tmp_path: Path) -> None:
    source = tmp_path / "plan.md"
    source.write_text(TABLE.format(timing="Qúy I/2022"), encoding="utf-8")
    result = tthc("plan", "import", source)
    assert result.returncode == 0
    assert "[đã sửa] dòng 6: Sửa dấu: “Qúy” → “Quý”." in result.stdout
    assert "[CẦN XEM] Không thấy số ký hiệu" in result.stderr
    assert 'deadlines:\n      - {kind: period, period: "2022-Q1"}' in result.stdout
    assert "1 nhiệm vụ, 1 mục;" in result.stderr


def test_a_gap_is_listed_and_never_overdue(tmp_path: Path) -> None:
    source, plan_file = tmp_path / "plan.md", tmp_path / "plan.yaml"
    source.write_text(TABLE.format(timing="Xong sớm nhất có thể"), encoding="utf-8")
    assert tthc("plan", "import", source, "-o", plan_file).returncode == 0
    listed = tthc("list", "--plan", plan_file)
    due = tthc("due", "--plan", plan_file, "--as-of", "2023-01-01", "-f", "csv")
    assert "chưa đọc được hạn" in listed.stdout
    assert "cần người xem xét" in due.stdout
    assert "quá hạn" not in due.stdout


def test_nothing_is_replaced_unless_told(tmp_path: Path) -> None:
    source, plan_file = tmp_path / "plan.md", tmp_path / "plan.yaml"
    source.write_text(TABLE.format(timing="Quý I"), encoding="utf-8")
    plan_file.write_text("của tôi", encoding="utf-8")
    refused = tthc("plan", "import", source, "-o", plan_file)
    assert (refused.returncode, plan_file.read_text(encoding="utf-8")) == (2, "của tôi")
    assert "--force" in refused.stderr
    assert ".yaml" in tthc("plan", "import", source, "-o", tmp_path / "plan.json").stderr
    assert tthc("plan", "import", source, "-o", plan_file, "--force", "-q").stderr == ""
    assert "id: ke-hoach-2022" in plan_file.read_text(encoding="utf-8")


def test_the_year_is_asked_for_where_nothing_tells_it(tmp_path: Path) -> None:
    source = tmp_path / "plan.md"
    source.write_text(TABLE.format(timing="Quý I").replace(" năm 2022", ""), encoding="utf-8")
    assert "--year" in tthc("plan", "import", source).stderr
    assert 'period: "2024-Q1"' in tthc("plan", "import", source, "--year", "2024").stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "trống"),
        (b"PK\x03\x04 broken", "hỏng"),
        (b"%PDF-1.4 broken", "hỏng"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"\x00\x01\x02 binary", "nhị phân"),
        ("Một đoạn văn không có bảng nào năm 2022.".encode(), "Không thấy bảng nhiệm vụ"),
    ],
)
def test_files_that_are_no_plan(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "tệp.docx"
    path.write_bytes(content)
    told = tthc("plan", "import", path)
    assert told.returncode == 3
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_a_scanned_page_is_named(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    write_image_page(path)
    told = tthc("plan", "import", path)
    assert told.returncode == 3
    assert "Trang 1 là ảnh quét" in told.stderr


def test_old_files_need_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0 an old Word file")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError) as caught:
        read_document(path)
    assert caught.value.troubles[0].code == "office_missing"


def test_pdf_needs_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.pdf"
    WRITERS["pdf"](SHIPPED, path)
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(InputError) as caught:
        read_document(path)
    assert caught.value.troubles[0].code == "pdf_extra_missing"


_LEVELS = "".join(
    f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for depth, (form, text) in enumerate((("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3")))
)


def xml(text: str) -> object:
    return parse_xml(text.replace(">", f" {nsdecls('w')}>", 1))


def numbered_word() -> Word:
    """A document whose numbers Word counts: I., 1., 1.1."""
    word = Document()
    numbering = word.part.numbering_part.element
    numbering.insert(0, xml(f'<w:abstractNum w:abstractNumId="900">{_LEVELS}</w:abstractNum>'))
    numbering.append(xml('<w:num w:numId="901"><w:abstractNumId w:val="900"/></w:num>'))
    word.add_paragraph("Kế hoạch năm 2022")
    word.add_table(1, 5, "Table Grid")
    for cell, text in zip(word.tables[0].rows[0].cells, HEADER, strict=True):
        cell.text = text
    return word


def add(word: Word, depth: int, *texts: str) -> None:
    cells = word.tables[0].add_row().cells  # type: ignore[no-untyped-call]
    properties = cells[0].paragraphs[0]._p.get_or_add_pPr()
    properties.append(xml(f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="901"/></w:numPr>'))
    for cell, text in zip(cells[1:], texts, strict=False):
        cell.text = text
    if len(texts) == 1:
        cells[1].merge(cells[4])


def imported(word: Word, path: Path) -> Draft:
    word.save(str(path))
    return drafted(path, DIRECTORY)


def test_numbers_that_word_counts(tmp_path: Path) -> None:
    word = numbered_word()
    add(word, 0, "Rà soát")
    add(word, 1, "Một", "Sở Y tế", "Quý I", "BC")
    add(word, 1, "Nhóm việc")
    add(word, 2, "Hai", "Sở Y tế", "Quý I", "BC")
    add(word, 0, "Báo cáo")
    add(word, 1, "Ba", "Sở Y tế", "Quý I", "BC")
    found = imported(word, tmp_path / "a.docx")
    assert [task.id for task in found.tasks] == ["I.1", "I.2.1", "II.1"]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    word = numbered_word()
    add(word, 1, "Việc", "Sở Y tế", "Quý I", "BC")
    add(word, 1, "Bị xóa", "Sở Y tế", "Quý I", "BC")
    by = 'w:author="a" w:date="2022-01-01T00:00:00Z"'
    text = word.tables[0].rows[1].cells[1].paragraphs[0]._p
    text.append(xml(f'<w:ins w:id="1" {by}><w:r><w:t xml:space="preserve"> thêm vào</w:t></w:r></w:ins>'))
    text.append(xml(f'<w:del w:id="2" {by}><w:r><w:delText>bỏ đi</w:delText></w:r></w:del>'))
    word.tables[0].rows[2]._tr.get_or_add_trPr().append(xml(f'<w:del w:id="3" {by}/>'.replace("/>", "></w:del>")))
    found = imported(word, tmp_path / "a.docx")
    assert [task.title for task in found.tasks] == ["Việc thêm vào"]


def test_a_table_inside_a_cell_stands_after_its_table(tmp_path: Path) -> None:
    word = numbered_word()
    add(word, 1, "Việc", "Sở Y tế", "Quý I", "BC")
    inner = word.tables[0].rows[1].cells[4].add_table(1, 2)
    inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "trong", "ô"
    found = imported(word, tmp_path / "a.docx")
    assert [task.product for task in found.tasks] == ["BC"]
    left = [remark.facts["text"] for remark in found.remarks if remark.code == "left_no_columns"]
    assert left == ["trong | ô"]


def test_cells_merged_downwards_in_word(tmp_path: Path) -> None:
    word = numbered_word()
    add(word, 1, "Một", "Sở Y tế", "Quý I", "BC")
    add(word, 1, "Hai", "", "", "BC")
    first, second = word.tables[0].rows[1].cells, word.tables[0].rows[2].cells
    first[2].merge(second[2])
    first[3].merge(second[3])
    found = imported(word, tmp_path / "a.docx")
    assert [(task.lead, task.timing) for task in found.tasks] == [(("Sở Y tế",), "Quý I")] * 2


def test_a_workbook_with_merged_cells_and_real_dates(tmp_path: Path) -> None:
    from datetime import date

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Kế hoạch năm 2022"],
        HEADER,
        [1, "Một", "Sở Y tế", date(2022, 6, 30), "BC"],
        [2, "Hai", None, None, "BC"],
    ):
        sheet.append(row)
    sheet.merge_cells("C3:C4")
    sheet.merge_cells("D3:D4")
    path = tmp_path / "a.xlsx"
    book.save(path)
    found = drafted(path, DIRECTORY)
    assert [(task.id, task.lead, task.timing) for task in found.tasks] == [
        ("1", ("Sở Y tế",), "30/06/2022"),
        ("2", ("Sở Y tế",), "30/06/2022"),
    ]


def test_spans_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<p>Một<br>hai</p>"
        "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
        encoding="utf-8",
    )
    first, second, table = read_document(path)
    assert (first, second) == (Paragraph("Một", Place(paragraph=1)), Paragraph("hai", Place(paragraph=2)))
    assert isinstance(table, Table)
    assert [[(cell.text, cell.across, cell.continued) for cell in row.cells] for row in table.rows] == [
        [("a", 1, False), ("b", 2, False)],
        [("", 1, True), ("c", 1, False), ("d", 1, False)],
    ]


def test_a_cell_may_reach_to_the_end_of_the_table(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>", encoding="utf-8")
    (table,) = read_document(path)
    assert isinstance(table, Table)
    assert [[(cell.text, cell.continued) for cell in row.cells] for row in table.rows[1:]] == [
        [("", True), ("c", False)],
        [("", True), ("d", False)],
    ]


def test_rules_under_headings_in_markdown_may_be_short(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("| TT | Việc |\n|:-:|-|\n| 1 | - |\n", encoding="utf-8")
    (table,) = read_document(path)
    assert isinstance(table, Table)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["TT", "Việc"], ["1", "-"]]


def test_a_table_marked_up_in_a_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    head = "".join(f"<td>{text}</td>" for text in HEADER)
    row = "".join(f"<td>{text}</td>" for text in ("1", "Việc", "Sở Y tế", "Quý I", "BC"))
    path.write_text(f"## KẾ HOẠCH\nCải cách năm 2022\n\n<table>\n<tr>{head}</tr>\n<tr>{row}</tr>\n</table>\n", "utf-8")
    found = drafted(path, DIRECTORY)
    assert [task.title for task in found.tasks] == ["Việc"]
    assert found.front.title == "Kế hoạch cải cách năm 2022"


def test_all_that_words_say_of_days_stands_in_the_file(tmp_path: Path) -> None:
    """What a rule holds and the file leaves out would be another day: the month, the first day of a span."""
    cases = yaml.safe_load((Path(__file__).parent / "cases" / "phrases.yaml").read_text("utf-8"))
    understood = [text for case in cases if not set("|\n") & set(text := case["phrase"]) and _read(text)]
    source, plan_file = tmp_path / "plan.md", tmp_path / "plan.yaml"
    table = TABLE.splitlines(keepends=True)
    rows = (f"| {number} | Việc thứ {number} | Sở Y tế | {text} |\n" for number, text in enumerate(understood, 1))
    source.write_text("".join((*table[:-1], *rows)), encoding="utf-8")
    assert tthc("plan", "import", source, "-o", plan_file).returncode == 0
    plan, _ = loading.read_plan(plan_file)
    assert len(plan.tasks) == len(understood)
    written = {task.timing: [rule.said() for rule in task.deadlines] for task in plan.tasks}
    assert {text: said for text, said in written.items() if said != _read(text)} == {}


def _read(text: str) -> list[object]:
    """What a phrase says of the plan's days; nothing where it is not understood."""
    phrase = phrases.read(text, 2022)
    return [rule.said() for rule in phrase.rules] if phrase.understood else []
