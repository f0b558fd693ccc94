"""Reads Word documents (DOCX): text as it reads with all tracked changes accepted, list numbers, merged cells."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from tthc_cli.drafting.document import Block, Cell, Document, Paragraph, Place, Row, Table
from tthc_cli.errors import InputError, Trouble
from tthc_cli.importing.word_lists import Lists

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What is gone once tracked changes are accepted, and what is no text of the page.
_UNREAD = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}footnoteReference", f"{W}pict", _FALLBACK}
_SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_DAMAGE = (
    BadZipFile,
    zlib.error,
    SyntaxError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


def read(path: Path) -> Document:
    """The body of a document; InputError for one that cannot be opened."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        word = docx.Document(str(path))
        lists = Lists(_part(word, "numbering"), _part(word, "styles"))
        return tuple(_Reader(lists).blocks(word.element.body))
    except (PackageNotFoundError, *_DAMAGE) as error:
        raise InputError(Trouble(str(path), "damaged_document")) from error


def _part(word: Any, name: str) -> Any:
    """The root of a part beside the body; None where there is none."""
    for relation in word.part.rels.values():
        if relation.reltype.endswith(f"/{name}"):
            part = relation.target_part
            if hasattr(part, "element"):
                return part.element
            from docx.oxml import parse_xml

            return parse_xml(part.blob)
    return None


class _Reader:
    """Walks the body in its order; tables inside cells follow the table that holds them."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._tables = self._paragraphs = 0

    def blocks(self, parent: Any) -> Iterator[Block]:
        """Paragraphs and tables under an element, whatever wraps them."""
        for child in parent:
            if child.tag == f"{W}p":
                text = self._paragraph(child)
                if text.strip():
                    self._paragraphs += 1
                    yield Paragraph(text, Place(paragraph=self._paragraphs))
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag not in _UNREAD and isinstance(child.tag, str):
                yield from self.blocks(child)

    def _paragraph(self, element: Any) -> str:
        label = self._lists.label(element)
        return label + "".join(_texts(element))

    def _table(self, element: Any) -> Iterator[Block]:
        self._tables += 1
        number, rows = self._tables, []
        inner: list[Block] = []
        for count, row in enumerate(_children(element, "tr"), 1):
            if row.find(f"{W}trPr/{W}del") is None:
                cells = tuple(self._cells(row, inner))
                rows.append(Row(cells, Place(table=number, row=count)))
        yield Table(tuple(rows), Place(table=number))
        yield from inner

    def _cells(self, row: Any, inner: list[Block]) -> Iterator[Cell]:
        if skipped := _number(row, "trPr/gridBefore"):
            yield Cell(across=skipped)
        for cell in _children(row, "tc"):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            across = max(_number(cell, "tcPr/gridSpan"), 1)
            text = self._cell_text(cell, inner)
            yield Cell(text, across, merge is not None and merge.get(f"{W}val", "continue") == "continue")
        if skipped := _number(row, "trPr/gridAfter"):
            yield Cell(across=skipped)

    def _cell_text(self, cell: Any, inner: list[Block]) -> str:
        lines = []
        for child in _descend(cell):
            if child.tag == f"{W}tbl":
                inner += self._table(child)
            else:
                lines.append(self._paragraph(child))
        return "\n".join(line for line in lines if line.strip())


def _children(parent: Any, name: str) -> Iterator[Any]:
    """Direct parts of this name, also inside content controls and inserted markup, but not of tables further in."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag", f"{W}moveTo"):
            yield from _children(child, name)


def _descend(cell: Any) -> Iterator[Any]:
    """Paragraphs and tables of a cell."""
    for child in cell:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag not in _UNREAD and isinstance(child.tag, str):
            yield from _descend(child)


def _texts(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _UNREAD and isinstance(child.tag, str):
            yield from _texts(child)


def _number(element: Any, path: str) -> int:
    found = element.find("/".join(f"{W}{part}" for part in path.split("/")))
    value = found.get(f"{W}val") if found is not None else None
    return int(value) if value and value.isdigit() else 0
