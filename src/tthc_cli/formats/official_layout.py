"""Our own layout of official papers, as a template with places to fill in (Nghị định 30/2020/NĐ-CP, Phụ lục I).

An office's own template uses the same names: those of `Official`, under `paper`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from tthc_cli.formats import word
from tthc_cli.formats.word import CENTRE, JUSTIFY, LEFT, next_in, rule, write
from tthc_cli.wording.letters import DUTY_COLUMNS, MOTTO, RECIPIENTS, STATE, TO

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

Kind = Literal["letter", "report"]
_BODY, _STATE, _NUMBER, _SMALL, _CELL = 14, 12, 13, 11, 11
_HEAD, _FOOT = (64, 96), (80, 80)
_DUTY_WIDTHS = (9, 32, 62, 36, 36, 23, 23, 26)
_STANDING_NAME, _NUMBER_WIDTH = 62, 9
_LYING = 247


def template(kind: Kind) -> Document:
    """The document with its places."""
    made = word.new(_BODY)
    section = made.sections[0]
    word.lay(section, lying=False)
    word.number_pages(section, _NUMBER)
    _head(made, kind)
    _addressees(made)
    _body(made)
    _foot(made)
    _annex(made, kind)
    return made


def _head(made: Document, kind: Kind) -> None:
    """The names of the issuer and of the state side by side, below them number and day."""
    left, right = word.table(made, 1, _HEAD, ruled=False).rows[0].cells
    write(next_in(left), "{{ paper.parent }}", size=_STATE, align=CENTRE)
    write(next_in(left), "{{ paper.issuer }}", size=_STATE, bold=True, align=CENTRE)
    rule(next_in(left), _HEAD[0], 22)
    write(next_in(right), STATE, size=_STATE, bold=True, align=CENTRE)
    write(next_in(right), MOTTO, size=_NUMBER, bold=True, align=CENTRE)
    rule(next_in(right), _HEAD[1], 56)
    left, right = word.table(made, 1, _HEAD, ruled=False).rows[0].cells
    write(next_in(left), "{{ paper.number }}", size=_NUMBER, align=CENTRE)
    write(next_in(right), "{{ paper.dated }}", size=_NUMBER, italic=True, align=CENTRE)
    if kind == "letter":
        write(next_in(left), "{{ paper.subject }}", size=_STATE, align=CENTRE, before=6)
        return
    write(made.add_paragraph(), "{{ paper.kind }}", bold=True, align=CENTRE, before=18)
    write(made.add_paragraph(), "{{ paper.subject }}", bold=True, align=CENTRE)
    rule(made.add_paragraph(), 160, 50)


def _addressees(made: Document) -> None:
    """One beside the words, several below them."""
    write(made.add_paragraph(), "{%p if paper.addressees|length == 1 %}")
    write(made.add_paragraph(), f"{TO} {{{{ paper.addressees[0] }}}}", align=CENTRE, before=18)
    write(made.add_paragraph(), "{%p endif %}")
    write(made.add_paragraph(), "{%p if paper.addressees|length > 1 %}")
    write(made.add_paragraph(), TO, before=18, left=30)
    write(made.add_paragraph(), "{%p for name in paper.addressees %}", align=CENTRE, before=18)
    write(made.add_paragraph(), "{{ name }}", left=40, indent=-2)
    write(made.add_paragraph(), "{%p endfor %}", align=CENTRE, before=18)
    write(made.add_paragraph(), "{%p endif %}")
    write(made.add_paragraph(), "", size=6)


def _body(made: Document) -> None:
    """A paragraph for each line of the body; headings are bold and stay with what follows."""
    write(made.add_paragraph(), "{%p for line in paper.body %}")
    write(made.add_paragraph(), "{%p if line.heading %}")
    write(made.add_paragraph(), "{{ line.text }}", bold=True, before=6, indent=10, keep=True)
    write(made.add_paragraph(), "{%p else %}")
    write(made.add_paragraph(), "{{ line.text }}", align=JUSTIFY, before=6, indent=10)
    write(made.add_paragraph(), "{%p endif %}")
    write(made.add_paragraph(), "{%p endfor %}")


def _foot(made: Document) -> None:
    """Who gets it, beside who signs."""
    write(made.add_paragraph(), "", size=_SMALL)
    found = word.table(made, 1, _FOOT, ruled=False)
    word.whole_row(found.rows[0])
    left, right = found.rows[0].cells
    write(next_in(left), RECIPIENTS, size=_STATE, bold=True, italic=True)
    _lines(left, "paper.recipients", size=_SMALL)
    _lines(right, "paper.signer_title", bold=True, align=CENTRE)
    write(next_in(right), "{{ paper.signer }}", bold=True, align=CENTRE, before=72)


def _lines(cell: _Cell, names: str, size: int = 0, bold: bool = False, align: int = LEFT) -> None:
    write(next_in(cell), f"{{%p for line in {names} %}}", size=size)
    write(next_in(cell), "{{ line }}", size=size, bold=bold, align=align)
    write(next_in(cell), "{%p endfor %}", size=size)


def _annex(made: Document, kind: Kind) -> None:
    """Lying pages of their own, numbered from one (Phụ lục I, phần II, mục 9)."""
    section = word.add_section(made)
    word.lay(section, lying=True)
    word.number_pages(section, _NUMBER, anew=True)
    write(made.add_paragraph(), "{{ paper.annex }}", bold=True, align=CENTRE)
    write(made.add_paragraph(), "{{ paper.annex_title }}", bold=True, align=CENTRE)
    write(made.add_paragraph(), "{{ paper.annex_with }}", italic=True, align=CENTRE)
    rule(made.add_paragraph(), _LYING, 90)
    if kind == "letter":
        _duties(made)
    else:
        _standings(made)
    write(made.add_paragraph(), "{%p for line in paper.notes %}")
    write(made.add_paragraph(), "{{ line }}", size=_CELL, italic=True, align=JUSTIFY, before=6)
    write(made.add_paragraph(), "{%p endfor %}")


def _duties(made: Document) -> None:
    """A table for each part, in it a line above each group of units."""
    write(made.add_paragraph(), "{%p for part in paper.parts %}")
    write(made.add_paragraph(), "{{ part.title }}", bold=True, before=8, after=3, keep=True)
    cells = (
        "{{ duty.number }}",
        "{{ duty.agency }}",
        "{{ duty.task }}{% if duty.occasion %} ({{ duty.occasion }}){% endif %}",
        "{{ duty.timing }}",
        "{{ duty.product }}",
        "{{ duty.stated }}",
        "{{ duty.due }}",
        "{{ duty.state }}",
    )
    rows = (
        "{%tr for group in part.groups %}",
        ("{{ group.name }}",),
        "{%tr for duty in group.duties %}",
        cells,
        "{%tr endfor %}",
        "{%tr endfor %}",
    )
    _table(made, _DUTY_WIDTHS, (*DUTY_COLUMNS.values(), "{{ part.state }}"), rows, centred=(0, 5, 6, 7))
    write(made.add_paragraph(), "{%p endfor %}")


def _standings(made: Document) -> None:
    """A line for each unit, the total last and bold."""
    counts = 9
    rest = (_LYING - _NUMBER_WIDTH - _STANDING_NAME) / counts
    widths = (_NUMBER_WIDTH, _STANDING_NAME, *([rest] * counts))
    places = range(counts)
    titles = (DUTY_COLUMNS["number"], DUTY_COLUMNS["agency"], *(f"{{{{ paper.columns[{at}] }}}}" for at in places))
    cells = ("{{ unit.number }}", "{{ unit.name }}", *(f"{{{{ unit.counts[{at}] }}}}" for at in places))
    rows = ("{%tr for unit in paper.standings %}", cells, "{%tr endfor %}")
    total = ("{%tr for unit in paper.total %}", cells, "{%tr endfor %}")
    _table(made, widths, titles, (*rows, *total), centred=(0, *range(2, 2 + counts)), bold=(4,))


Row = str | tuple[str, ...]
"""A row of a template: a tag, which makes none, or its cells; one cell alone is as wide as the table."""


def _table(
    made: Document,
    widths: Sequence[float],
    titles: Sequence[str],
    rows: Sequence[Row],
    centred: Sequence[int],
    bold: Sequence[int] = (),
) -> None:
    """A table of rows to be filled in; bold: rows in bold, as those of one cell are."""
    found = word.table(made, 1 + len(rows), widths, ruled=True)
    word.heading_row(found, titles, _CELL)
    for at, (row, texts) in enumerate(zip(found.rows[1:], rows, strict=True)):
        if isinstance(texts, str):
            write(row.cells[0].paragraphs[0], texts)
        elif len(texts) == 1:
            cell = row.cells[0].merge(row.cells[-1])
            write(cell.paragraphs[0], texts[0], size=_CELL, bold=True, keep=True)
        else:
            word.whole_row(row)
            for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                align = CENTRE if place in centred else LEFT
                write(cell.paragraphs[0], text, size=_CELL, align=align, bold=at in bold)
