"""What every workbook has in common: how it is opened, its looks, and what a cell can hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING

from tthc_cli.formats.cells import NUMBERS, shown
from tthc_cli.report import Cell, Column, Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

DAY = "dd/mm/yyyy"
PER_CENT = "0.0%"
INK, SHADE, RULE = "#1F3864", "#DCE6F2", "#B7C3D4"
LONGEST = 32767
LETTERS = 1.1
"""Letters of a running text that go into a unit of width, which is a digit's."""
_FONT = {"font_name": "Times New Roman", "font_size": 11, "font_scheme": "none"}
# The day 1 of workbooks is 1 January 1900, with a 29 February 1900 that never was.
_EPOCH = date(1899, 12, 30).toordinal()
_LAID_DOWN = date(2000, 1, 1)
_CHUNK = 1 << 16
_NO_LETTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_NO_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_SAMPLE = 300
_NARROWEST, _PLAIN, _WIDEST, _PAGE = 9, 24, 40, 120


def made(fill: Callable[[Workbook], None], title: str, day: object, lean: bool = True) -> Iterator[bytes]:
    """The bytes of a workbook that `fill` fills, the same for the same content: dated `day` where that is one.

    lean: rows are written as they come, and take no room. OSError where there is no room on the disk.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    options = {"constant_memory": lean, "strings_to_formulas": False, "strings_to_urls": False, "use_zip64": True}
    with TemporaryFile() as file, TemporaryDirectory(prefix="tthc-") as folder:  # its sheets, until it is whole
        book = Workbook(file, {**options, "tmpdir": folder, "default_format_properties": dict(_FONT)})
        created = datetime.combine(day if isinstance(day, date) else _LAID_DOWN, time())
        book.set_properties({"title": title, "author": "tthc", "created": created})
        fill(book)
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error
        file.seek(0)
        yield from iter(lambda: file.read(_CHUNK), b"")


class Styles:
    """The looks of cells, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, **properties: object) -> Format:
        """The look with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**_FONT, "valign": "top", **properties})
        return self._made[key]

    def heading(self) -> Format:
        """A column's heading."""
        edge = {"border": 1, "border_color": RULE}
        return self.of(
            bold=True, font_color=INK, bg_color=SHADE, text_wrap=True, align="center", valign="vcenter", **edge
        )


def serial(day: date) -> int:
    """A day as workbooks count it."""
    return day.toordinal() - _EPOCH


def clean(text: str) -> str:
    """Text that a cell can hold: letters of UTF-8, no control characters, and not too long."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 1]}…"
    return text if text.isprintable() else _NO_LETTER.sub("\ufffd", _CONTROL.sub("", text))


def sheet_name(title: str, used: Iterable[str]) -> str:
    """A name for a sheet that differs from those used."""
    plain = " ".join(_NO_NAME.sub(" ", title).split()).strip("'")[:_LONGEST_NAME] or "1"
    name, count, taken = plain, 1, {other.casefold() for other in used}
    while name.casefold() in taken:
        count += 1
        tail = f" ({count})"
        name = plain[: _LONGEST_NAME - len(tail)] + tail
    return name


def widths(table: Table) -> list[float]:
    """How wide each column is best, by its kind, heading and first cells; wide ones share the rest of a page."""
    sample = list(islice(table.rows, _SAMPLE))
    columns = list(enumerate(table.columns))
    wanted = [_wanted(column, [row[at] for row in sample]) for at, column in columns]
    narrow = sum(min(wanted[at], _PLAIN) for at, column in columns if not column.wide)
    most = max((_PAGE - narrow) / max(sum(column.wide for column in table.columns), 1), _WIDEST)
    return [min(wanted[at], most if column.wide else _PLAIN) + 2 for at, column in columns]


def _wanted(column: Column, cells: Sequence[Cell]) -> float:
    longest = max(map(len, column.title.split()))
    if column.kind in NUMBERS or column.kind == "date":
        return max(longest, _NARROWEST)
    return max(longest, _NARROWEST - 3, *(len(shown(cell, column)) for cell in cells))
