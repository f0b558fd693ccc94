"""Word documents: paragraphs, tables and pages by their measures, and the same bytes for the same content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

LEFT, CENTRE, RIGHT, JUSTIFY = 0, 1, 2, 3
"""Alignments, by the numbers that python-docx gives them."""
FONT = "Times New Roman"
MARGINS = (20, 20, 30, 20)
"""Millimetres at the top, bottom, left and right of an official paper (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
_PAGE = (210, 297)
_LONGEST = 255
"""So much the form lets a file say of itself."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_TWIPS = 56.7
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FRAME = ("top", "left", "bottom", "right", "insideH", "insideV")


def new(size: int) -> Document:
    """An empty document in the font, of this size in points."""
    import docx

    made = docx.Document()
    for part in list(made.element.body):
        if not part.tag.endswith("}sectPr"):
            made.element.body.remove(part)
    style = made.styles["Normal"]
    set_font(style.element.get_or_add_rPr(), size)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = 0
    return made


def lay(section: Section, lying: bool, margins: Sequence[int] = MARGINS) -> None:
    """A4 and its margins, the same measures on a lying page."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    width, height = reversed(_PAGE) if lying else _PAGE
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, margins)
    section.header_distance = section.footer_distance = Mm(min(10, margins[0]))


def width(section: Section) -> float:
    """How wide its text is, in millimetres."""
    assert section.page_width
    assert section.left_margin is not None
    assert section.right_margin is not None
    return (section.page_width - section.left_margin - section.right_margin) / 36000


def add_section(made: Document) -> Section:
    """Begin on a new page; the paragraph that ends the old section takes no room, or it might need a page itself."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    added: Section = made.add_section()
    shape = made.paragraphs[-1].paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
    return added


def number_pages(section: Section, size: int, anew: bool = False) -> None:
    """Page numbers in the middle above the text, but for the first page; anew: from one."""
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    write(paragraph, "", size=size, align=CENTRE)
    field = element("w:fldSimple", instr="PAGE")
    field.append(paragraph.runs[0]._r)
    paragraph._p.append(field)
    if anew:
        section._sectPr.append(element("w:pgNumType", start="1"))


def write(
    paragraph: Paragraph,
    text: str,
    size: int = 0,
    bold: bool = False,
    italic: bool = False,
    align: int = LEFT,
    keep: bool = False,
    **spaces: float,
) -> None:
    """One paragraph. size: 0 for that of the document; keep: on the page of the next one.

    spaces: `before` and `after` in points, `left` and `indent` in millimetres.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    shape = paragraph.paragraph_format
    shape.alignment = WD_ALIGN_PARAGRAPH(align)  # type: ignore[call-arg]  # a value of an enum
    shape.space_before, shape.space_after = Pt(spaces.get("before", 0)), Pt(spaces.get("after", 0))
    shape.left_indent, shape.first_line_indent = Mm(spaces.get("left", 0)), Mm(spaces.get("indent", 0))
    shape.keep_with_next = keep
    run = paragraph.add_run(str(legal(text)))
    run.bold, run.italic = bold, italic
    set_font(run._r.get_or_add_rPr(), size)
    if size:
        _mark(paragraph, size)


def _mark(paragraph: Paragraph, size: int) -> None:
    """The paragraph's own mark, which alone makes the height of an empty one."""
    mark = element("w:rPr")
    mark.append(element("w:sz", val=str(size * 2)))
    paragraph._p.get_or_add_pPr().insert_element_before(mark, "w:sectPr", "w:pPrChange")


def rule(paragraph: Paragraph, whole: float, length: float) -> None:
    """A line in the middle of a column; both in millimetres."""
    from docx.shared import Mm

    write(paragraph, "", size=2, after=4)
    side = Mm((whole - length) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    edge = element("w:pBdr")
    edge.append(element("w:bottom", val="single", sz="6", space="1", color="auto"))
    paragraph._p.get_or_add_pPr().insert_element_before(edge, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def table(made: Document, rows: int, widths: Sequence[float], ruled: bool) -> Table:
    """A table whose columns keep their widths, in millimetres, in every program."""
    from docx.shared import Mm

    found: Table = made.add_table(rows, len(widths))
    found.autofit = False
    frame = found._tbl.tblPr
    frame.append(_borders(ruled))
    frame.append(_cell_margins(1.2 if ruled else 0))
    for column, each in zip(found.columns, widths, strict=True):
        column.width = Mm(each)
        for cell in column.cells:
            cell.width = Mm(each)
    return found


def heading_row(found: Table, titles: Sequence[str], size: int) -> None:
    """The first row of a table, repeated on every page."""
    for cell, title in zip(found.rows[0].cells, titles, strict=True):
        write(cell.paragraphs[0], title, size=size, bold=True, align=CENTRE)
    found.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))


def add_rows(found: Table, rows: Iterable[Sequence[str]], right: Sequence[bool], size: int, total: bool) -> None:
    """Rows of plain text below the heading; right: columns of numbers; total: the last one is bold.

    A first row is made cell by cell, the others are copies of it: a row costs microseconds, not milliseconds.
    """
    listed = list(rows)
    for bold, part in ((False, listed[: len(listed) - total]), (True, listed[len(listed) - total :])):
        if not part:
            continue
        first: _Row = found.add_row()  # type: ignore[no-untyped-call]
        whole_row(first)
        for cell, aligned in zip(first.cells, right, strict=True):
            write(cell.paragraphs[0], "-", size=size, bold=bold, align=RIGHT if aligned else LEFT)
        blank = first._tr
        found._tbl.remove(blank)
        for texts in part:
            row = deepcopy(blank)
            for place, text in zip(row.iter(_TEXT), texts, strict=True):
                place.text = legal(text)
            found._tbl.append(row)


def legal(value: object) -> object:
    """A value that a document can hold: signs that XML has no place for are left out of texts."""
    return _ILLEGAL.sub("", value) if isinstance(value, str) else value


def whole_row(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def next_in(cell: _Cell) -> Paragraph:
    """The first paragraph of a cell if it is still empty, else one more."""
    first: Paragraph = cell.paragraphs[0]
    return first if len(cell.paragraphs) == 1 and not first.runs and first._p.pPr is None else cell.add_paragraph()


def _borders(ruled: bool) -> Any:
    sides = element("w:tblBorders")
    for side in _FRAME:
        sides.append(element(f"w:{side}", val="single" if ruled else "nil", sz="4", space="0", color="auto"))
    return sides


def _cell_margins(wide: float) -> Any:
    sides = element("w:tblCellMar")
    for side in ("left", "right"):
        sides.append(element(f"w:{side}", w=str(round(wide * _TWIPS)), type="dxa"))
    return sides


def set_font(properties: Any, size: int) -> None:
    """The font for every script, or Word takes another for letters with marks; a size of 0 stays as it is."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    if size:
        properties.sz_val = Pt(size)


def element(name: str, **attributes: str) -> Any:
    """A part of the document's XML, its attributes in the same namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def sign_off(made: Any, author: str, title: str, day: date) -> None:
    """What the file says of itself: nothing of the clock or the machine."""
    about = made.core_properties
    author, title = (str(legal(text))[:_LONGEST] for text in (author, title))
    about.author = about.last_modified_by = author
    about.title, about.comments, about.keywords, about.revision = title, "", "", 1
    about.created = about.modified = datetime.combine(day, time(), UTC)


def packed(made: Any) -> bytes:
    """The file, with one moment for all that is in it."""
    loose, found = BytesIO(), BytesIO()
    made.save(loose)
    with ZipFile(loose) as source, ZipFile(found, "w") as out:
        for name in _in_order(source.namelist()):
            out.writestr(ZipInfo(name, _FIRST_DAY), source.read(name), ZIP_DEFLATED)
    return found.getvalue()


def _in_order(names: Iterable[str]) -> list[str]:
    """The list of contents first, as readers of the form expect."""
    return sorted(set(names), key=lambda name: (name != "[Content_Types].xml", name))
