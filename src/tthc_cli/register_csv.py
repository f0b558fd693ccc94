"""Reads registers kept as CSV, in whatever encoding and with whatever delimiter an office writes it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from tthc_cli.errors import InputError, Trouble
from tthc_cli.naming import nfc
from tthc_cli.submissions import (
    HEADER_WITHIN,
    BadRow,
    Cell,
    Columns,
    Header,
    Reason,
    Row,
    Table,
    file_trouble,
    find_header,
    header_troubles,
)

DELIMITERS = (";", ",", "\t", "|")
BLOCK = 1 << 16
LONGEST_LINE = 1 << 20
_SHOWN = 200
_SURROGATE = re.compile("[\ud800-\udfff]")
_SEP_LINE = re.compile(r'"?sep=(.)"?\s*\Z', re.IGNORECASE | re.DOTALL)


def open_csv(source: Path | BinaryIO, columns: Columns, name: str) -> Table:
    """Find the columns of a CSV file or stream, and its rows, to be read once; a stream is not closed."""
    if not isinstance(source, Path):
        return _table(source, lambda: None, columns, name)
    try:
        stream = source.open("rb")
    except (OSError, ValueError) as error:
        raise InputError(file_trouble(name, error)) from error
    try:
        return _table(stream, stream.close, columns, name)
    except BaseException:
        stream.close()
        raise


def _table(stream: BinaryIO, close: Callable[[], None], columns: Columns, name: str) -> Table:
    sample = _read(stream, name)
    try:
        encoding = _detect(sample)
    except _NotTextError as error:
        raise InputError(Trouble(name, "not_text", facts={"kind": error.kind})) from None
    lines = _Lines(_blocks(_texts(stream, sample, encoding, name), compose=encoding.codec == "cp1258"))
    lines.peek()
    if not any(map(str.strip, lines.held)):
        raise InputError(Trouble(name, "empty_file"))
    delimiter, header = _header(lines.held, columns)
    if troubles := header_troubles(columns, header, name, encoding=encoding.codec):
        raise InputError(*troubles)
    header = cast(Header, header)
    lines.done = header.line - 1 + _record(lines.held[header.line - 1 :], delimiter)[1]
    rows = _Records(lines, delimiter, header, columns).read(close)
    return Table(name, header.headings, header.placement, header.line, rows, close)


class _Encoding(NamedTuple):
    """A codec, what it does with bytes that it cannot read, and how many bytes of mark stand before the text."""

    codec: str
    errors: str = "surrogateescape"
    mark: int = 0


class _NotTextError(Exception):
    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


_MAGIC = {b"PK\x03\x04": "zip", b"PK\x05\x06": "zip", b"\xd0\xcf\x11\xe0": "ole", b"%PDF": "pdf", b"{\\rtf": "rtf"}
_MARKS = {
    codecs.BOM_UTF8: _Encoding("utf-8", mark=3),
    codecs.BOM_UTF16_LE: _Encoding("utf-16-le", "surrogatepass", 2),
    codecs.BOM_UTF16_BE: _Encoding("utf-16-be", "surrogatepass", 2),
}
_CONTROLS = bytes({*range(32)} - {*b"\t\n\r\f\x1a"})
_VIETNAMESE = frozenset("ÀÁÂĂÈÉÊÍÓÔƠÙÚƯĐàáâăèéêíóôơùúưđ\u0300\u0301\u0303\u0309\u0323\u00a0\u2013\u2014\u2026“”«»°§•")


def _detect(sample: bytes) -> _Encoding:
    """The encoding of a text by its first bytes."""
    for magic, kind in _MAGIC.items():
        if sample.startswith(magic):
            raise _NotTextError(kind)
    for mark, encoding in _MARKS.items():
        if sample.startswith(mark):
            return encoding
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    if max(high, low) > len(sample) * 0.15 and min(high, low) < max(high, low) * 0.1:
        return _Encoding("utf-16-le" if low > high else "utf-16-be", "surrogatepass")
    if len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) * 0.05:
        raise _NotTextError("binary")
    return _Encoding("cp1258") if _is_cp1258(sample) else _Encoding("utf-8")


def _is_cp1258(sample: bytes) -> bool:
    """Whether bytes are Vietnamese as Windows wrote it, and not UTF-8 with a few bytes damaged."""
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(sample)
    damaged = sum("\udc80" <= char <= "\udcff" for char in text)
    if not damaged or sum(char > "\x7f" for char in text) - damaged > damaged:
        return False
    letters = [char for char in sample.decode("cp1258", "replace") if char > "\x7f"]
    return len(letters) >= 3 and sum(char in _VIETNAMESE for char in letters) >= len(letters) * 0.9


def _read(stream: BinaryIO, name: str) -> bytes:
    """The next block, filled up even from a pipe."""
    try:
        data = stream.read(BLOCK)
        while 0 < len(data) < BLOCK and (more := stream.read(BLOCK - len(data))):
            data += more
    except OSError as error:
        raise InputError(file_trouble(name, error)) from error
    return data


class _Block(NamedTuple):
    """Whole physical lines as they stand in the file, and whether all of it could be decoded."""

    text: str
    clean: bool

    def lines(self) -> list[str]:
        """The lines with their ends."""
        return io.StringIO(self.text, newline="").readlines()

    def rows(self, delimiter: str) -> list[list[str]] | None:
        """The cells of each line, where splitting at the delimiter gives what a CSV reader would; else None."""
        if not self.clean or '"' in self.text or len(self.text) > csv.field_size_limit():
            return None
        lines = _split(self.text)
        if not lines[-1]:
            lines.pop()
        return [line.split(delimiter) for line in lines]


def _split(text: str) -> list[str]:
    """Lines without their ends, quickest where all of these are alike."""
    marks = text.count("\r") + text.count("\n")
    for end in ("\r\n", "\n"):
        lines = text.split(end)
        if (len(lines) - 1) * len(end) == marks:
            return lines
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _texts(stream: BinaryIO, data: bytes, encoding: _Encoding, name: str) -> Iterator[_Block]:
    """The decoded text in parts, cut anywhere; bytes that cannot be read become lone surrogates."""
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    data = data[encoding.mark :]
    while data:
        try:
            decoder.errors = "strict"
            yield _Block(decoder.decode(data), clean=True)
        except UnicodeDecodeError:
            decoder.errors = encoding.errors
            yield _Block(decoder.decode(data), clean=False)
        data = _read(stream, name)
    decoder.errors = encoding.errors
    try:
        left = decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        left = "\udcff"
    if left:
        yield _Block(left, clean=False)


def _blocks(parts: Iterable[_Block], compose: bool) -> Iterator[_Block]:
    """The same text cut behind ends of lines."""
    rest = _Block("", clean=True)
    for part in parts:
        text, clean = rest.text + part.text, rest.clean and part.clean
        # A "\r" at the very end may be half of an end of line.
        end = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
        if end:
            yield _Block(nfc(text[:end]) if compose else text[:end], clean)
        rest = _Block(text[end:][:LONGEST_LINE], part.clean if end else clean)
    if rest.text:
        yield rest._replace(text=nfc(rest.text)) if compose else rest


def _is_clean(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shown(text: str) -> str:
    """A text as it can be printed, in one line."""
    return " ".join(_SURROGATE.sub("\ufffd", text).split())[:_SHOWN]


class _Lines:
    """Physical lines; those that follow the last record done are held, so that they can be read again.

    dirty: the last line of the last block in which something could not be decoded.
    """

    __slots__ = ("_blocks", "_first", "dirty", "done", "held")

    def __init__(self, blocks: Iterator[_Block]) -> None:
        self._blocks = blocks
        self._first = 1
        self.held: list[str] = []
        self.done = self.dirty = 0

    def peek(self) -> None:
        """Hold enough lines to look for a header."""
        for _ in self._more():
            if len(self.held) > 2 * HEADER_WITHIN:
                break

    def left(self) -> bool:
        """Whether lines are held that no record has taken."""
        return self.done + 1 < self._first + len(self.held)

    def rest(self) -> Iterator[str]:
        """The lines after the last record done."""
        self._forget()
        return chain(self.held, chain.from_iterable(self._more()))

    def skip(self) -> str:
        """Count the next line as done, and return it."""
        self._forget()
        self.done += 1
        return self.held[0]

    def next_block(self) -> _Block | None:
        """The block after the lines held, to be held or to be counted as done."""
        return next(self._blocks, None)

    def hold(self, block: _Block) -> list[str]:
        """Hold a block's lines behind those held."""
        self._forget()
        lines = block.lines()
        self.held = self.held + lines
        if not block.clean:
            self.dirty = self.done + len(self.held)
        return lines

    def _more(self) -> Iterator[list[str]]:
        return map(self.hold, self._blocks)

    def _forget(self) -> None:
        self.held = self.held[self.done + 1 - self._first :]
        self._first = self.done + 1


def _header(lines: list[str], columns: Columns) -> tuple[str, Header | None]:
    """The delimiter under which a header is found, and that header."""
    sep = _SEP_LINE.match(lines[0])
    delimiters = (sep[1],) if sep else DELIMITERS
    tried = [(each, find_header(columns, _first_records(lines, each, 1 if sep else 0))) for each in delimiters]
    found = [(header.rank, delimiter, header) for delimiter, header in tried if header]
    _, delimiter, header = max(found, key=lambda each: each[0], default=(None, DELIMITERS[0], None))
    return delimiter, header


def _first_records(lines: list[str], delimiter: str, start: int) -> Iterator[tuple[int, list[str]]]:
    """The record that starts at each of the first lines."""
    for at in range(start, min(start + HEADER_WITHIN, len(lines))):
        cells, _ = _record(lines[at:], delimiter)
        yield at + 1, [_shown(cell) for cell in cells]


def _record(lines: list[str], delimiter: str) -> tuple[list[str], int]:
    """The record at the start of these lines, and how many it takes; one that swallows its likes takes one."""
    for part in (lines, lines[:1]):
        reader = csv.reader(part, delimiter=delimiter)
        try:
            cells = next(reader)
        except (csv.Error, StopIteration):
            continue
        if not _swallows(cells, delimiter, lines[0].count(delimiter)):
            return cells, reader.line_num
    return [], 1


def _swallows(cells: list[str], delimiter: str, fewest: int) -> bool:
    """Whether a cell of several lines holds, after its first, one that looks like a row; prose has spaces."""
    return any(
        line.count(delimiter) - line.count(f"{delimiter} ") >= fewest
        for cell in cells
        if "\n" in cell or "\r" in cell
        for line in cell.splitlines()[1:]
    )


class _Records:
    """The records after a header; one that cannot be read costs its own first line alone."""

    def __init__(self, lines: _Lines, delimiter: str, header: Header, columns: Columns) -> None:
        self._lines, self._delimiter, self._headings = lines, delimiter, header.headings
        self._required = header.placement.fields[columns.required[0]]

    def read(self, close: Callable[[], None]) -> Iterator[Row]:
        """All of them; most blocks of lines have no quote, and are only split."""
        return chain.from_iterable(self._parts(close))

    def _parts(self, close: Callable[[], None]) -> Iterator[Iterable[Row]]:
        lines, width, required = self._lines, len(self._headings), itemgetter(self._required)
        yield self._held()
        while block := lines.next_block():
            rows, first = block.rows(self._delimiter), lines.done + 1
            if rows is None:
                lines.hold(block)
                yield self._held()
                continue
            lines.done += len(rows)
            usual = {*map(len, rows)} == {width} and all(map(str.strip, map(required, rows)))
            # A list of str, to which its taker may add days.
            yield enumerate(rows, first) if usual else self._checked(rows, first)  # type: ignore[arg-type]
        close()

    def _checked(self, rows: list[list[str]], first: int) -> Iterator[Row]:
        for line, cells in enumerate(rows, first):
            if row := self._row(cells):
                yield line, row

    def _held(self) -> Iterator[Row]:
        """The records of the lines held, and of later ones that the last of these runs on to."""
        lines = self._lines
        while lines.left():
            base = lines.done
            reader = csv.reader(lines.rest(), delimiter=self._delimiter, strict=True)
            try:
                for cells in reader:
                    start, last = lines.done + 1, base + reader.line_num
                    if start != last and _swallows(cells, self._delimiter, len(self._headings) - 1):
                        raise csv.Error
                    lines.done = last
                    if row := self._row(cells, decoded=start > lines.dirty):
                        yield start, row
                    if not lines.left():
                        break
            except csv.Error:
                line = lines.skip()
                seeming = line.replace('"', "").rstrip("\r\n").split(self._delimiter)
                yield lines.done, self._bad("quote", _position_of_quote(line, self._delimiter), line, seeming)

    def _row(self, cells: list[str], decoded: bool = True) -> list[Cell] | BadRow | None:
        """A record as it is handed on; None for a blank one."""
        if len(cells) == len(self._headings) and decoded and cells[self._required].strip():
            return cells  # type: ignore[return-value]  # a list of str, which its taker may add days to
        return self._unusual(cells, decoded)

    def _unusual(self, cells: list[str], decoded: bool) -> list[Cell] | BadRow | None:
        """A record that differs from most: short, long, blank (None) or not decoded."""
        filled = [index for index, cell in enumerate(cells) if cell.strip()]
        if not filled:
            return None
        if not decoded:
            for index, cell in enumerate(cells):
                if not _is_clean(cell):
                    return self._bad("encoding", index + 1, cell, cells)
        width = len(self._headings)
        if filled[-1] >= width:
            extra = next(index for index in filled if index >= width)
            return self._bad("columns", extra + 1, cells[extra], cells)
        return self._fitted(cells)

    def _fitted(self, cells: list[str]) -> list[Cell]:
        width = len(self._headings)
        return [*cells[:width], *[""] * (width - len(cells))]

    def _bad(self, reason: Reason, position: int, text: str, cells: list[str]) -> BadRow:
        heading = self._headings[position - 1] if position <= len(self._headings) else ""
        return BadRow(reason, heading, _shown(text), position, tuple(map(_shown, self._fitted(cells))))  # type: ignore[arg-type]


def _position_of_quote(line: str, delimiter: str) -> int:
    """Which cell of a line, from 1, has the quote that cannot be read."""
    mark = re.escape(delimiter)
    sound = re.compile(rf'(?:"(?:[^"]|"")*"|[^"{mark}][^{mark}]*|){mark}')
    at, position = 0, 1
    while found := sound.match(line, at):
        at, position = found.end(), position + 1
    return position
