"""The text of a CSV file in whole lines, in whatever encoding an office wrote it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress

from tthc_cli.csv_spans import Part
from tthc_cli.errors import InputError
from tthc_cli.naming import nfc
from tthc_cli.submissions import file_trouble
from tthc_cli.tables import OLE, ZIP
from tthc_cli.tuples import NamedTuple

BLOCK = 1 << 16
"""Bytes that are read at a time."""
LONGEST_LINE = 1 << 20
"""Letters of a line; what stands behind them is dropped, so that a file without line ends is never held whole."""


class Encoding(NamedTuple):
    """A codec, what it does with bytes that it cannot read, and how many bytes of mark stand before the text."""

    codec: str
    errors: str = "surrogateescape"
    mark: int = 0


class NotTextError(Exception):
    """A file that is no text; kind: "zip", "ole", "pdf", "rtf", "html" or "binary"."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


_MAGIC = {ZIP: "zip", b"PK\x05\x06": "zip", OLE: "ole", b"%PDF": "pdf", b"{\\rtf": "rtf"}
_PAGES = (b"<!doctype html", b"<html")
_MARKS = {
    codecs.BOM_UTF8: Encoding("utf-8", mark=3),
    codecs.BOM_UTF16_LE: Encoding("utf-16-le", "surrogatepass", 2),
    codecs.BOM_UTF16_BE: Encoding("utf-16-be", "surrogatepass", 2),
}
_CONTROLS = bytes({*range(32)} - {*b"\t\n\r\f\x1a"})
_VIETNAMESE = frozenset("ÀÁÂĂÈÉÊÍÓÔƠÙÚƯĐàáâăèéêíóôơùúưđ\u0300\u0301\u0303\u0309\u0323\u00a0\u2013\u2014\u2026“”«»°§•")


def detect(sample: bytes) -> Encoding:
    """The encoding of a text by its first bytes: by its mark, else by zeros (UTF-16), else UTF-8 or cp1258.

    NotTextError where it is a file of another kind.
    """
    for magic, kind in _MAGIC.items():
        if sample.startswith(magic):
            raise NotTextError(kind)
    if sample.lstrip()[:20].lower().startswith(_PAGES):
        raise NotTextError("html")
    for mark, encoding in _MARKS.items():
        if sample.startswith(mark):
            return encoding
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    if max(high, low) > len(sample) * 0.15 and min(high, low) < max(high, low) * 0.1:
        return Encoding("utf-16-le" if low > high else "utf-16-be", "surrogatepass")
    if len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) * 0.05:
        raise NotTextError("binary")
    return Encoding("cp1258") if _is_cp1258(sample) else Encoding("utf-8")


def _is_cp1258(sample: bytes) -> bool:
    """Whether bytes are Vietnamese as Windows wrote it, and not UTF-8 with a few bytes damaged."""
    with suppress(UnicodeDecodeError):
        codecs.getincrementaldecoder("utf-8")().decode(sample)
        return False
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(sample)
    damaged = sum("\udc80" <= char <= "\udcff" for char in text)
    if sum(char > "\x7f" for char in text) - damaged > damaged:
        return False
    letters = [char for char in sample.decode("cp1258", "replace") if char > "\x7f"]
    return len(letters) >= 3 and sum(char in _VIETNAMESE for char in letters) >= len(letters) * 0.9


def read_block(stream: Part, name: str) -> bytes:
    """The next block, filled up even from a pipe, with the rest of its last line."""
    try:
        data = stream.read(BLOCK)
        while 0 < len(data) < BLOCK and (more := stream.read(BLOCK - len(data))):
            data += more
        data += stream.line(BLOCK) if len(data) == BLOCK else b""
    except OSError as error:
        raise InputError(file_trouble(name, error)) from error
    return data


class Block(NamedTuple):
    """Whole physical lines as they stand in the file, and whether all of it could be decoded.

    data: the bytes of the text, if they are at hand and it is UTF-8, in which a letter of ASCII is one byte.
    """

    text: str
    clean: bool
    data: bytes = b""

    def count(self, signs: str) -> int:
        """How many of these letters there are; in bytes all of them are counted at once."""
        if not (self.data and signs.isascii()):
            return sum(map(self.text.count, signs))
        return len(self.data) - len(self.data.translate(None, signs.encode()))

    def lines(self) -> list[str]:
        """The lines with their ends."""
        return io.StringIO(self.text, newline="").readlines()

    @property
    def plain(self) -> bool:
        """Whether it is all text, in which no cell is longer than a CSV reader takes."""
        return self.clean and len(self.text) <= csv.field_size_limit()


def texts(stream: Part, data: bytes, encoding: Encoding, name: str) -> Iterator[Block]:
    """The decoded text in parts, cut anywhere; bytes that cannot be read become lone surrogates."""
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    data = data[encoding.mark :]
    while data:
        try:
            decoder.errors = "strict"
            yield Block(decoder.decode(data), clean=True, data=data if encoding.codec == "utf-8" else b"")
        except UnicodeDecodeError:
            decoder.errors = encoding.errors
            yield Block(decoder.decode(data), clean=False)
        data = read_block(stream, name)
    decoder.errors = encoding.errors
    try:
        left = decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        left = "\udcff"
    if left:
        yield Block(left, clean=False)


def blocks(parts: Iterable[Block], compose: bool) -> Iterator[Block]:
    """The same text cut behind ends of lines."""
    rest = Block("", clean=True)
    for part in parts:
        text, clean = rest.text + part.text, rest.clean and part.clean
        # A "\r" at the very end may be half of an end of line.
        end = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
        if end == len(part.text) == len(text) and not compose:
            yield part
        elif end:
            yield Block(nfc(text[:end]) if compose else text[:end], clean)
        rest = Block(text[end:][:LONGEST_LINE], part.clean if end else clean)
    if rest.text:
        yield rest._replace(text=nfc(rest.text)) if compose else rest
