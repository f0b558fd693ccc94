"""Reads registers kept as CSV, in whatever encoding and with whatever delimiter an office writes it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO, cast

from tthc_cli.csv_lines import Lines
from tthc_cli.csv_spans import Part, Span
from tthc_cli.csv_text import Block, Encoding, NotTextError, blocks, detect, read_block, texts
from tthc_cli.dates import seems_a_day
from tthc_cli.errors import InputError, Trouble
from tthc_cli.plain_rows import Pattern
from tthc_cli.submissions import (
    HEADER_WITHIN,
    Cell,
    Columns,
    Header,
    file_trouble,
    find_header,
    header_troubles,
)
from tthc_cli.tables import BadRow, Grouped, Groups, Piece, Reason, Row, Table

DELIMITERS = (";", ",", "\t", "|")
_SHOWN = 200
"""Letters of a cell that messages repeat at most."""
_SEP_LINE = r'(?is)"?sep=(.)"?\s*\Z'
"""The first line by which Excel is told the delimiter."""


def open_csv(source: Path | BinaryIO, columns: Columns, name: str, span: Span | None = None) -> Table:
    """Find the columns of a CSV file or stream, and its rows, to be read once; a stream is not closed.

    span: the part of the file whose rows are wanted, its lines counted from its own beginning. TornError where it
    cannot be told where its rows begin.
    """
    if not isinstance(source, Path):
        return _table(Part(source), lambda: None, columns, name)
    try:
        stream = source.open("rb")
    except (OSError, ValueError) as error:
        raise InputError(file_trouble(name, error)) from error
    try:
        return _table(Part(stream), stream.close, columns, name, span)
    except BaseException:
        stream.close()
        raise


def _table(stream: Part, close: Callable[[], None], columns: Columns, name: str, span: Span | None = None) -> Table:
    sample = read_block(stream, name)
    try:
        encoding = detect(sample)
    except NotTextError as error:
        raise InputError(Trouble(name, "not_text", facts={"kind": error.kind})) from None
    lines = Lines(_blocks(stream, sample, encoding, name))
    lines.peek()
    if not any(map(str.strip, lines.held)):
        raise InputError(Trouble(name, "empty_file"))
    delimiter, header = _header(lines.held, columns)
    if troubles := header_troubles(columns, header, name, encoding=encoding.codec):
        raise InputError(*troubles)
    header = cast(Header, header)
    last = header.line - 1 + _record(lines.held[header.line - 1 :], delimiter)[1]
    above = takewhile(lambda record: record[0] < header.line, _first_records(lines.held, delimiter, 0))
    over = tuple(cell for _, cells in above for cell in cells if cell)
    if span:
        lines = _lines_of(stream, span, encoding, name)
    if not (span and span.start):
        lines.done = last
    records = _Records(lines, delimiter, header, columns, close)
    return Table(name, header.headings, header.placement, records.read, close, lambda: lines.done, delimiter, over=over)


def _blocks(stream: Part, data: bytes, encoding: Encoding, name: str) -> Iterator[Block]:
    return blocks(texts(stream, data, encoding, name), compose=encoding.codec == "cp1258")


def _lines_of(part: Part, span: Span, encoding: Encoding, name: str) -> Lines:
    """The lines of a part, those of the header held where it begins the file."""
    part.take(span)
    if span.start:
        encoding = encoding._replace(mark=0)
    lines = Lines(_blocks(part, read_block(part, name), encoding, name), _beyond(part, encoding, name))
    if not span.start:
        lines.peek()
    return lines


def _beyond(part: Part, encoding: Encoding, name: str) -> Iterator[Block]:
    """What follows a part, for a record that runs on."""
    part.end = None
    yield from _blocks(part, read_block(part, name), encoding._replace(mark=0), name)


def _is_clean(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_plain(line: str) -> bool:
    return len(line) <= csv.field_size_limit() and _is_clean(line)


def _shown(text: str) -> str:
    """A text as it can be printed, in one line."""
    known = text if _is_clean(text) else re.sub("[\ud800-\udfff]", "\ufffd", text)
    return " ".join(known.split())[:_SHOWN]


def _header(lines: list[str], columns: Columns) -> tuple[str, Header | None]:
    """The delimiter under which a header is found, and that header."""
    sep = "=" in lines[0] and re.match(_SEP_LINE, lines[0])
    first = "".join(lines[:HEADER_WITHIN])
    delimiters = (sep[1],) if sep else [each for each in DELIMITERS if each in first] or DELIMITERS[:1]
    tried = [(each, find_header(columns, _first_records(lines, each, 1 if sep else 0))) for each in delimiters]
    found = [(header.rank, delimiter, header) for delimiter, header in tried if header]
    _, delimiter, header = max(found, key=lambda each: each[0], default=(None, DELIMITERS[0], None))
    return delimiter, header


def _first_records(lines: list[str], delimiter: str, start: int) -> Iterator[tuple[int, list[str]]]:
    """The first records, each by its first line."""
    at = start
    while at < min(start + HEADER_WITHIN, len(lines)):
        cells, taken = _record(lines[at:], delimiter)
        yield at + 1, [_shown(cell) for cell in cells]
        at += taken


def _record(lines: list[str], delimiter: str) -> tuple[list[str], int]:
    """The record at the start of these lines, and how many it takes; one that swallows its likes takes one."""
    for part in (lines, lines[:1]):
        reader = csv.reader(part, delimiter=delimiter)
        try:
            cells = next(reader)
        except (csv.Error, StopIteration):
            continue
        if not any(_is_as_wide(line, delimiter, lines[0].count(delimiter)) for line in later_lines(cells)):
            return cells, reader.line_num
    return [], 1


def later_lines(cells: Iterable[str]) -> Iterator[str]:
    """The lines of cells of several lines, after the first."""
    for cell in cells:
        if "\n" in cell or "\r" in cell:
            yield from cell.splitlines()[1:]


def _is_as_wide(line: str, delimiter: str, fewest: int) -> bool:
    """Whether a line has as many delimiters as a row; those with a space behind them are of prose."""
    return line.count(delimiter) - line.count(f"{delimiter} ") >= fewest


class _Records:
    """The records after a header; one that cannot be read costs its own first line alone."""

    def __init__(
        self, lines: Lines, delimiter: str, header: Header, columns: Columns, close: Callable[[], None]
    ) -> None:
        self._lines, self._delimiter, self._headings, self._close = lines, delimiter, header.headings, close
        self._required = header.placement.fields[columns.required[0]]
        self._days = header.placement.at(columns.dates)
        self._known: Callable[[Sequence[str]], int] | None = None

    def read(self, groups: Groups | None) -> Iterator[Piece]:
        """All of them; most lines are a record each, and are taken apart by groups of columns, many at once."""
        lines, self._known = self._lines, groups.known if groups else None
        pattern = groups and Pattern(groups, len(self._headings), self._required, self._delimiter)
        while True:
            while lines.left():
                rows = self._usual(pattern, lines.waiting()) if pattern else None
                yield self._grouped(rows) if rows else self._others(pattern)
            if not (block := lines.next_block()):
                break
            if pattern and block.plain and (rows := pattern.rows(block)):
                yield self._grouped(rows)
            else:
                lines.hold(block)
        self._close()

    def _grouped(self, rows: list[tuple[str, ...]]) -> Grouped:
        first = self._lines.done + 1
        self._lines.done += len(rows)
        return Grouped(range(first, first + len(rows)), rows)

    def _usual(self, pattern: Pattern, lines: Iterable[str]) -> list[tuple[str, ...]]:
        """What these lines say by groups, up to the first that needs more than to be taken apart."""
        return pattern.leading(takewhile(_is_plain, lines) if self._lines.dirty else lines, self._lines.quoted)

    def _others(self, pattern: Pattern | None) -> Iterator[Row]:
        """The records of the lines held, and of later ones that the last of these runs on to, up to a usual line."""
        lines = self._lines
        while lines.left():
            base = lines.done
            reader = csv.reader(lines.rest(), delimiter=self._delimiter, strict=True)
            try:
                for cells in reader:
                    start, last = lines.done + 1, base + reader.line_num
                    if start != last and any(map(self._seems_a_row, later_lines(cells))):
                        raise csv.Error
                    lines.enter(last)
                    if row := self._row(cells, decoded=start > lines.dirty):
                        yield start, row
                    if not lines.left() or (pattern and self._usual(pattern, [lines.next()])):
                        return
            except csv.Error as error:
                line = lines.next()
                lines.done += 1
                seeming = line.replace('"', "").rstrip("\r\n").split(self._delimiter)
                yield lines.done, self._bad(*_what_is_wrong(line, self._delimiter, error), line, seeming)

    def _seems_a_row(self, line: str) -> bool:
        """Whether a line inside a cell is a row that the cell swallowed.

        Where it is not known what names a task or a unit, its width alone tells. Else it names both in their places;
        or one of them, and is as wide as a row or has a day in its place; or none, but is as wide, with days or nothing
        where days belong.
        """
        if not self._known:
            return _is_as_wide(line, self._delimiter, len(self._headings) - 1)
        cells = line.split(self._delimiter)
        whole, known = len(cells) >= len(self._headings), self._known(cells)
        days = [cells[at] for at in self._days if at < len(cells)]
        if known:
            return known > 1 or whole or any(map(seems_a_day, days))
        return whole and all(not day.strip() or seems_a_day(day) for day in days)

    def _row(self, cells: list[str], decoded: bool) -> list[Cell] | BadRow | None:
        """A record as it is handed on; None for a blank one."""
        width = len(self._headings)
        if len(cells) == width and decoded and cells[self._required].strip():
            return cells  # type: ignore[return-value]  # a list of str, which its taker may add days to
        filled = [index for index, cell in enumerate(cells) if cell.strip()]
        if not filled:
            return None
        if not decoded:
            for index, cell in enumerate(cells):
                if not _is_clean(cell):
                    return self._bad("encoding", index + 1, cell, cells)
        if filled[-1] >= width:
            extra = next(index for index in filled if index >= width)
            return self._bad("columns", extra + 1, cells[extra], cells)
        return [*cells[:width], *[""] * (width - len(cells))]

    def _bad(self, reason: Reason, position: int, text: str, cells: list[str]) -> BadRow:
        heading = self._headings[position - 1] if position <= len(self._headings) else ""
        seeming = (*cells, *[""] * (len(self._headings) - len(cells)))
        return BadRow(reason, heading, _shown(text), position, tuple(map(_shown, seeming)))


def _what_is_wrong(line: str, delimiter: str, error: csv.Error) -> tuple[Reason, int]:
    """Why a line cannot be read, and which of its cells, from 1, is to blame: a quote, or a cell longer than any.

    error: of the reader, which may have read on to later lines.
    """
    most = csv.field_size_limit()
    mark = re.escape(delimiter)
    sound = re.compile(rf'(?:"((?:[^"]|"")*)"|([^"{mark}][^{mark}]*)|){mark}')
    at, position = 0, 1
    while (found := sound.match(line, at)) and len(found[1] or found[2] or "") <= most:
        at, position = found.end(), position + 1
    return "long" if len(line) > most and "field limit" in str(error) else "quote", position
