"""Reads PDF files that hold text: their ruled tables and the lines between them; needs the extra "pdf"."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tthc_cli.drafting.document import Block, Cell, Document, Paragraph, Place, Row, Table
from tthc_cli.drafting.mending import run_on
from tthc_cli.errors import InputError, Trouble

_NEAR = 2.0
_BEGINS = re.compile(r"(?:[-–+•]|\(?[^\W\d_]\)|\d{1,2}[.)]|[IVX]+\.)\s*\S")
_NUMBER = re.compile(r"S\w\s*:")
_PAGE_NUMBER = re.compile(r"[-–]?\s*\d{1,3}\s*[-–]?")


def read(path: Path) -> Document:
    """The tables and paragraphs of every page; an InputError names pages without text (scans)."""
    try:
        import pdfplumber
    except ImportError:
        raise InputError(Trouble(str(path), "pdf_extra_missing")) from None
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(path) as document:
            pages = [(page, page.extract_words(use_text_flow=False, keep_blank_chars=False)) for page in document.pages]
            _refuse_scans(path, pages)
            reader = _Reader()
            return tuple(block for number, (page, _) in enumerate(pages, 1) for block in reader.page(page, number))
    except InputError:
        raise
    except Exception as error:  # what pdfminer raises for a damaged file depends on the damage
        code = "locked_document" if "Password" in type(error).__name__ else "damaged_document"
        raise InputError(Trouble(str(path), code)) from error


def _refuse_scans(path: Path, pages: list[tuple[Any, Any]]) -> None:
    """A page without a word that shows an image is a scan; one with neither is blank."""
    if not pages:
        raise InputError(Trouble(str(path), "empty_document"))
    scanned = [number for number, (page, words) in enumerate(pages, 1) if not words and page.images]
    if scanned or not any(words for _, words in pages):
        named = scanned or [*range(1, len(pages) + 1)]
        raise InputError(*(Trouble(str(path), "scanned_page", facts={"page": number}) for number in named))


class _Reader:
    def __init__(self) -> None:
        self._tables = 0

    def page(self, page: Any, number: int) -> Iterator[Block]:
        """The blocks of a page from top to bottom."""
        tables = [table for table in page.find_tables() if _real(table)]
        tables.sort(key=lambda table: table.bbox[1])
        top = 0.0
        for table in tables:
            yield from _paragraphs(page, top, table.bbox[1], number)
            yield self._table(table, number)
            top = max(top, table.bbox[3])
        yield from _paragraphs(page, top, float(page.height), number)

    def _table(self, table: Any, page: int) -> Table:
        self._tables += 1
        texts = table.extract()
        edges = sorted({edge for row in table.rows for cell in row.cells if cell for edge in (cell[0], cell[2])})
        starts = _distinct(edges)[:-1]
        rows = []
        open_: dict[int, float] = {}
        for count, (row, line) in enumerate(zip(table.rows, texts, strict=True), 1):
            cells = tuple(_cells(row, line, starts, open_))
            rows.append(Row(cells, Place(page=page, table=self._tables, row=count)))
        return Table(tuple(rows), Place(page=page, table=self._tables))


def _real(table: Any) -> bool:
    """Boxes around text are no tables: there are several rows or columns."""
    return len(table.rows) > 1 or max(len(row.cells) for row in table.rows) > 1


def _distinct(edges: list[float]) -> list[float]:
    found: list[float] = []
    for edge in edges:
        if not found or edge - found[-1] > _NEAR:
            found.append(edge)
    return found


def _cells(row: Any, texts: list[str | None], starts: list[float], open_: dict[int, float]) -> Iterator[Cell]:
    """The cells of a row on the table's columns; `open_` tells for each column how far down its last cell reaches."""
    at = 0
    boxes = [(box, text) for box, text in zip(row.cells, texts, strict=True) if box]
    for box, text in boxes:
        first = next((column for column in range(at, len(starts)) if starts[column] >= box[0] - _NEAR), at)
        yield from (_reached(column, row, open_) for column in range(at, first))
        after = next((column for column in range(first, len(starts)) if starts[column] >= box[2] - _NEAR), len(starts))
        yield Cell(_flowing(text or ""), max(after - first, 1))
        open_.update(dict.fromkeys(range(first, max(after, first + 1)), box[3]))
        at = max(after, first + 1)
    yield from (_reached(column, row, open_) for column in range(at, len(starts)))


def _reached(column: int, row: Any, open_: dict[int, float]) -> Cell:
    """A column without a cell of its own in a row: one from above reaches into it, or there is none."""
    return Cell(continued=open_.get(column, 0.0) > row.bbox[1] + _NEAR)


def _flowing(text: str) -> str:
    """Lines broken by the width of a column joined again; one that begins with a mark of a list stays apart."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    whole = ""
    for line in lines:
        whole = f"{whole}\n{line}" if whole and _BEGINS.match(line) else run_on(whole, line)
    return whole


def _paragraphs(page: Any, top: float, bottom: float, number: int) -> Iterator[Paragraph]:
    """Lines between tables, those of one paragraph joined."""
    if bottom - top <= _NEAR:
        return
    lines = page.crop((0, top, page.width, bottom), strict=False).extract_text_lines(return_chars=False)
    lines = [line for line in lines if not _PAGE_NUMBER.fullmatch(line["text"].strip())]
    right = max((line["x1"] for line in lines), default=0.0)
    text = ""
    for before, line in zip([None, *lines], lines, strict=False):
        words = line["text"].strip()
        if before and _goes_on(before, words, right):
            text = run_on(text, words)
            continue
        if text:
            yield Paragraph(text, Place(page=number))
        text = words
    if text:
        yield Paragraph(text, Place(page=number))


def _goes_on(before: Any, words: str, right: float) -> bool:
    """Whether a line belongs to the paragraph of the one before: its first word had no room there."""
    letter = (before["x1"] - before["x0"]) / max(len(before["text"]), 1)
    full = before["x1"] + letter * (len(words.split(" ")[0]) + 3) > right
    apart = _BEGINS.match(words) or _NUMBER.match(words) or words.isupper() or before["text"].isupper()
    return full and not apart
