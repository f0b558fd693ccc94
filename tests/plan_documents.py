"""Writes a plan out as the documents that offices send: an appendix in a table, the body's duties before it."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from openpyxl import Workbook

from tests.pdf_pages import write_pages
from tthc_cli.plan import Plan, Task

HEADINGS = ("TT", "Nhiệm vụ cụ thể", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện", "Sản phẩm")
Cells = list[str]


def paragraphs(plan: Plan) -> list[str]:
    """The first page and part III of a plan."""
    day = plan.date
    lines = [
        f"Số: {plan.number}",
        f"Bến Tre, ngày {day.day} tháng {day.month:02} năm {day.year}",
        "KẾ HOẠCH",
        plan.title.removeprefix("Kế hoạch ").capitalize().replace("bến tre", "Bến Tre"),
        "Căn cứ các văn bản có liên quan.",
        "III. TỔ CHỨC THỰC HIỆN",
    ]
    for section in plan.sections:
        if section.id.startswith("TC."):
            lines.append(f"{section.id.removeprefix('TC.')}. {section.title}")
            lines += [f"- {task.title}" for task in plan.tasks if task.section == section.id]
    return [*lines, "Nơi nhận:", "PHỤ LỤC"]


def rows(plan: Plan) -> Iterator[Cells]:
    """The appendix, row by row; a heading has an empty cell for each of the four columns behind it."""
    seen = set()
    for task in plan.tasks:
        if task.section.startswith("TC."):
            continue
        for section in plan.sections:
            inside = task.id.startswith(f"{section.id}.")
            if inside and section.id not in seen:
                seen.add(section.id)
                yield [_number(section.id), section.title, "", "", "", ""]
        yield _row(task)


def _row(task: Task) -> Cells:
    number = "" if task.id == "XII.1" else _number(task.id)
    return [number, task.title, "; ".join(task.lead), "; ".join(task.support), task.timing, task.product]


def _number(id_: str) -> str:
    """A number as it stands in the table: without the roman number of its section."""
    return id_.partition(".")[2] or id_


def write_text(plan: Plan, path: Path) -> None:
    """Text with tabs, as copied from Word."""
    table = ["\t".join(cells) for cells in (HEADINGS, *rows(plan))]
    path.write_text("\n".join((*paragraphs(plan), *table)), encoding="utf-8")


def write_markdown(plan: Plan, path: Path) -> None:
    """A table of Markdown."""
    table = [f"| {' | '.join(cells)} |" for cells in (HEADINGS, *rows(plan))]
    table.insert(1, "|---" * len(HEADINGS) + "|")
    path.write_text("\n\n".join(paragraphs(plan)) + "\n\n" + "\n".join(table) + "\n", encoding="utf-8")


def write_html(plan: Plan, path: Path) -> None:
    """A page; headings of sections span the row."""
    lines = [f"<p>{html.escape(text)}</p>" for text in paragraphs(plan)]
    lines.append(f"<table><tr>{''.join(f'<th>{name}</th>' for name in HEADINGS)}</tr>")
    lines += [f"<tr>{''.join(_html_cells(cells))}</tr>" for cells in rows(plan)]
    page = f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{''.join(lines)}</table></body></html>"
    path.write_text(page, encoding="utf-8")


def _html_cells(cells: Sequence[str]) -> Iterator[str]:
    shown = [html.escape(cell) for cell in cells]
    if any(cells[2:]):
        yield from (f"<td><p>{text}</p></td>" for text in shown)
    else:
        yield f"<td><b>{shown[0]}</b></td><td colspan='5'><b>{shown[1]}</b></td>"


def write_xlsx(plan: Plan, path: Path) -> None:
    """A sheet; headings of sections are merged over the row."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for text in paragraphs(plan):
        sheet.append([text])
    sheet.append(list(HEADINGS))
    for cells in rows(plan):
        sheet.append(cells)
        if not any(cells[2:]):
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=2, end_column=6)
    book.save(path)


def write_docx(plan: Plan, path: Path) -> None:
    """A Word document; headings of sections stand in one cell over the row, and rows count by a list of Word's."""
    word = Document()
    for text in paragraphs(plan):
        word.add_paragraph(text)
    table = word.add_table(1, len(HEADINGS), "Table Grid")
    for cell, text in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = text
    for cells in rows(plan):
        added = table.add_row().cells
        if any(cells[2:]):
            for cell, text in zip(added, cells, strict=True):
                cell.text = text
        else:
            added[0].merge(added[5]).text = f"{cells[0]} {cells[1]}" if len(cells[0]) < 5 else cells[1]
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    word.save(str(path))


def write_pdf(plan: Plan, path: Path) -> None:
    """Pages with ruled tables, the headings of the columns on each page."""
    write_pages(path, paragraphs(plan), HEADINGS, [*rows(plan)])


WRITERS: dict[str, Callable[[Plan, Path], None]] = {
    "txt": write_text,
    "md": write_markdown,
    "html": write_html,
    "xlsx": write_xlsx,
    "docx": write_docx,
    "pdf": write_pdf,
}
