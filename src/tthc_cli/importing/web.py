"""Reads web pages (HTML): tables with their spans, and the paragraphs around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tthc_cli.drafting.document import Block, Cell, Document, Paragraph, Place, Row, Table

_BLOCKS = {
    *("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "caption", "ul", "ol", "section"),
    *("article", "header", "footer", "main", "body", "blockquote", "pre", "center", "dt", "dd", "form", "fieldset"),
}
_UNREAD = {"script", "style", "head", "title", "noscript", "template", "del", "s", "strike"}
_MARKED_UP = re.compile(r"<(?:html|body|p|div)[\s>]", re.IGNORECASE)
_MOST_SPAN = 1000


def read(path: Path) -> Document:
    """The paragraphs and tables of a page, in whatever encoding it says it is."""
    from lxml import html  # type: ignore[import-untyped]

    data = path.read_bytes()
    try:
        root = html.document_fromstring(_with_lines(data.decode("utf-8-sig")))
    except (UnicodeDecodeError, ValueError):
        root = html.document_fromstring(data)
    return tuple(_Reader().blocks(root))


def _with_lines(text: str) -> str:
    """A text that only has tables marked up, as readers of scans write it, keeps its lines."""
    return text if _MARKED_UP.search(text) else text.replace("\n", "<br>")


class _Reader:
    def __init__(self) -> None:
        self._tables = self._paragraphs = 0

    def blocks(self, root: Any) -> Iterator[Block]:
        """Blocks in the order of the page; tables inside cells follow the table that holds them."""
        text: list[str] = []
        for event in _walk(root):
            if isinstance(event, str):
                text.append(event)
                continue
            yield from self._lines(text)
            text.clear()
            if event is not None:
                yield from self._table(event)
        yield from self._lines(text)

    def _lines(self, text: list[str]) -> Iterator[Paragraph]:
        for line in _joined(text).split("\n"):
            if line:
                self._paragraphs += 1
                yield Paragraph(line, Place(paragraph=self._paragraphs))

    def _table(self, element: Any) -> Iterator[Block]:
        self._tables += 1
        number, rows = self._tables, []
        inner: list[Any] = []
        reaching: dict[int, int] = {}
        for count, row in enumerate(_rows(element), 1):
            rows.append(Row(tuple(_cells(row, reaching, inner)), Place(table=number, row=count)))
        yield Table(tuple(rows), Place(table=number))
        for table in inner:
            yield from self._table(table)


def _walk(element: Any) -> Iterator[Any]:
    """Texts, tables, and None where a block begins or ends."""
    if not isinstance(element.tag, str) or element.tag in _UNREAD:
        return
    if element.tag == "table":
        yield element
        return
    if element.tag in _BLOCKS:
        yield None
    if element.tag == "br":
        yield "\n"
    yield element.text or ""
    for child in element:
        yield from _walk(child)
        yield child.tail or ""
    if element.tag in _BLOCKS:
        yield None


def _joined(texts: list[str]) -> str:
    """Runs of white space are one space; line ends come from breaks and blocks alone."""
    lines = "".join(
        text if text == "\n" else " ".join(text.replace("\xa0", " ").split(" ")).replace("\n", " ") for text in texts
    )
    return "\n".join(" ".join(line.split()) for line in lines.split("\n")).strip()


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _cells(row: Any, reaching: dict[int, int], inner: list[Any]) -> Iterator[Cell]:
    """The cells of a row; `reaching` counts for each column how many rows a cell above still covers."""
    at = 0
    for cell in (child for child in row if child.tag in ("td", "th")):
        while reaching.get(at, 0) > 0:
            reaching[at] -= 1
            yield Cell(continued=True)
            at += 1
        across, down = _span(cell, "colspan"), _span(cell, "rowspan")
        yield Cell(_text(cell, inner), across)
        for column in range(at, at + across):
            reaching[column] = down - 1
        at += across
    for column in range(at, max(reaching, default=-1) + 1):
        covered = reaching.get(column, 0) > 0
        if covered:
            reaching[column] -= 1
        yield Cell(continued=covered)


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    if value == "0" and name == "rowspan":
        return _MOST_SPAN  # HTML: to the end of the table's part
    return min(max(int(value), 1), _MOST_SPAN) if value.isdecimal() else 1


def _text(cell: Any, inner: list[Any]) -> str:
    texts: list[str] = []
    for event in _walk(cell):
        if event is None:
            texts.append("\n")
        elif isinstance(event, str):
            texts.append(event)
        else:
            inner.append(event)
    return "\n".join(line for line in _joined(texts).split("\n") if line)
