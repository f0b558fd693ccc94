"""Reads registers kept as Excel workbooks, row by row."""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Literal, Protocol
from zipfile import BadZipFile, ZipFile

from tthc_cli.dates import seems_a_day
from tthc_cli.errors import InputError, Trouble
from tthc_cli.naming import fold
from tthc_cli.submissions import (
    ASSIGNMENTS,
    EVENTS,
    EXTENSIONS,
    HEADER_WITHIN,
    REGISTER,
    Cell,
    Columns,
    Header,
    file_trouble,
    find_header,
    header_troubles,
    placed,
)
from tthc_cli.tables import OLE, Row, Table, is_deadline

MOST_MEGABYTES = 2000
LOCKED = "EncryptedPackage".encode("utf-16-le")
"""What a workbook with a password holds, which begins as one of older Office programs."""
_LOOKED_AT = 200
"""Rows of a sheet that tell what it holds."""
_ID = re.compile(r"[^\W\d_]{1,8}(?:[.-]\d+)+\.?")
_OF_PAPERS = re.compile(
    r"(?!.*\b(?:han|phai|giao|hoan thanh|nghi|sinh|xet|cham nhat)\b)"
    r"(?:ngay\b|.*\b(?:gui|nop|nhan|trinh|ban hanh|phat hanh)\b)"
)
"""Headings, folded, under which the days of papers may stand that are not called as they should be."""
_BESIDE = re.compile(r"\b(?:gia han|su kien)\b")
"""What titles, folded, say of sheets of extensions and events, which may lie beside a register."""
_COMING = ("sent_on", "received_on", "proposed_on")
"""The columns of days that lists, events and assignments have not."""
_WORKBOOK = re.compile(r"xl/workbook[^/]*\.xml", re.IGNORECASE)
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_DAMAGE = (
    BadZipFile,
    zlib.error,
    SyntaxError,  # also what the XML parser raises
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


class _SheetCell(Protocol):
    @property
    def value(self) -> Any: ...

    @property
    def number_format(self) -> str | None: ...


def open_xlsx(path: Path, columns: Columns, name: str) -> Table:
    """The columns and the rows, to be read once, of the sheets of a workbook that are such a table; see `Table`."""
    try:
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        raise InputError(file_trouble(name, error)) from error
    try:
        return _table(stream, columns, name, _refuse_others(stream, name))
    except BaseException:
        stream.close()
        raise


@contextmanager
def damage_told(name: str) -> Iterator[None]:
    """What openpyxl raises for a damaged workbook depends on the place of the damage."""
    try:
        yield
    except _DAMAGE as error:
        raise InputError(Trouble(name, "damaged_workbook")) from error


def _refuse_others(stream: BinaryIO, name: str) -> int:
    """Say what a file is that is no workbook which can be read; of one that is, how many sheets it names."""
    start = stream.read(len(OLE))
    if not start:
        raise InputError(Trouble(name, "empty_file"))
    if start == OLE:
        raise InputError(Trouble(name, "locked_workbook" if LOCKED in stream.read() else "old_workbook"))
    if not start.startswith(b"PK"):
        raise InputError(Trouble(name, "not_a_workbook"))
    with damage_told(name), ZipFile(stream) as archive:
        parts = archive.infolist()
        named = [part for part in parts if _WORKBOOK.fullmatch(part.filename)]
        sheets = sum(len(_SHEET.findall(archive.read(part))) for part in named)
    if not named:
        raise InputError(Trouble(name, "not_a_workbook"))
    if sum(part.file_size for part in parts) > MOST_MEGABYTES * 1_000_000:
        raise InputError(Trouble(name, "file_too_large", facts={"megabytes": MOST_MEGABYTES}))
    return sheets


def _table(stream: BinaryIO, columns: Columns, name: str, count: int) -> Table:
    from openpyxl import load_workbook

    # It warns of what it leaves out (drop-down lists, slicers), none of which is read here.
    warnings.filterwarnings("ignore", module="openpyxl")
    with damage_told(name):
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        if len(book.sheetnames) < count:  # it passes over those that are not where they should be
            raise KeyError("sheet")
    sheets = sorted(book.worksheets, key=lambda sheet: bool(sheet.sheet_state != "visible"))
    found = [(sheet, header) for sheet in sheets if (header := _header(sheet, columns, name))]
    sound = [each for each in found if not each[1].placement.missing]
    kinds = _kinds(found, sound[0][1], columns, name) if sound and columns.name == REGISTER.name else {}
    papers = [each for each in sound if kinds.get(each[0].title, "papers") == "papers"]
    if kinds and not papers and all(_deadlines(header) for _, header in sound):
        raise InputError(Trouble(name, "only_duties", facts={"sheets": tuple(sheet.title for sheet, _ in sound)}))
    meant = papers or sound or sorted(found, key=lambda each: each[1].rank)[-1:]
    unread = [each for each in found if kinds.get(each[0].title) == "unread" and each not in meant]
    several = len(meant) + len(unread) > 1

    def path(sheet: Any) -> str:
        return f"{name} [{sheet.title}]" if several else name

    titles = tuple(each.title for each in sheets)
    headers: list[tuple[Header | None, str]] = [(header, path(sheet)) for sheet, header in meant] or [(None, name)]
    if troubles := [each for at in headers for each in header_troubles(columns, *at, sheets=titles)]:
        raise InputError(*troubles)
    first, *others = [_of_sheet(sheet, header, columns, book.epoch, path(sheet)) for sheet, header in meant]
    others += [_not_read(sheet, header, columns, path(sheet)) for sheet, header in unread]
    lists = tuple(sheet.title for sheet, _ in sound if papers and kinds.get(sheet.title) == "list")
    return first._replace(close=stream.close, several=several, others=tuple(others), left_out=lists)


def _deadlines(header: Header) -> list[int]:
    """The columns of deadlines."""
    return [at for at, heading in enumerate(header.headings) if is_deadline(heading)]


_Found = list[tuple[Any, Header]]
_Kind = Literal["papers", "list", "unread", "other"]


def _kinds(found: _Found, model: Header, columns: Columns, name: str) -> dict[str, _Kind]:
    """What the sheets of a register hold: papers, or lists; what may be papers but is not told as such, or neither.

    model: the header of a sheet that has all columns.
    """
    several = found if len(found) > 1 else []
    return {sheet.title: _kind(sheet, header, model, columns, name) for sheet, header in several}


def _kind(sheet: Any, header: Header, model: Header, columns: Columns, name: str) -> _Kind:
    placement, reader = header.placement, _Reader()
    comes = placement.at(_COMING)
    if not comes and _BESIDE.search(fold(sheet.title)):
        return "other" if placement.missing else "list"
    bounds = {"min_row": header.line + 1, "max_row": header.line + _LOOKED_AT, "max_col": len(header.headings)}
    rows = [cells for cells in _cells(sheet, reader, name, **bounds) if any(str(cell).strip() for cell in cells)]
    days = placement.at(columns.dates)
    has_papers = bool(days and rows) or any(_is_of_paper(cells, header) for cells in rows)
    if not placement.missing:
        return _of_extensions(rows, header) or ("papers" if has_papers or days else "list")
    if not comes and not all(placed(other, header.headings).missing for other in (EVENTS, ASSIGNMENTS)):
        return "other"
    if len(placement.missing) < len(columns.required):
        return "unread" if has_papers else "other"
    width = max(len(model.headings), len(header.headings))
    first = _cells(sheet, reader, name, max_row=_LOOKED_AT, max_col=width)
    due = _deadlines(header)
    may_be_days = tuple(at for at in days or model.placement.at(columns.dates) if at not in due)
    return "unread" if any(_seems_a_row(cells, may_be_days) for cells in first) else "other"


def _of_extensions(rows: Sequence[Sequence[Cell]], header: Header) -> _Kind | None:
    """What a sheet is that tells of new dates: the extensions that may lie beside a register, or papers that have some.

    None where it is as other sheets.
    """
    fields = placed(EXTENSIONS, header.headings).fields

    def filled(columns: Iterable[int]) -> list[bool]:
        each = [*columns]
        return [any(str(cells[at]).strip() for at in each) for cells in rows]

    new = filled(at for name, at in fields.items() if name == "new_date")
    if not any(new):
        return None
    own = header.placement.fields.values()
    if any(filled(at for name, at in fields.items() if name in ("status", "reason") and at not in own)):
        return "list"
    if any(filled(header.placement.at(_COMING))):
        return "papers"
    return "list" if all(new) else "unread"


def _is_of_paper(cells: Sequence[Cell], header: Header) -> bool:
    """Whether a row has a document's number (no count), or a day under a heading that may be of papers.

    A day may be called otherwise than is known here.
    """
    numbers = "".join(str(cells[at]) for at in header.placement.at(("document_number",)))
    days = (cells[at] for at, heading in enumerate(header.headings) if _OF_PAPERS.match(fold(heading)))
    return any(map(str.isalpha, numbers)) or any(map(_is_day, days))


def _seems_a_row(cells: Sequence[Cell], days: Iterable[int]) -> bool:
    """Whether there is what looks like the id of a task, and a day where one belongs."""
    return any(_ID.fullmatch(str(cell).strip()) for cell in cells) and any(_is_day(cells[at]) for at in days)


def _is_day(cell: Cell) -> bool:
    return isinstance(cell, date) or seems_a_day(cell)


def _of_sheet(sheet: Any, header: Header, columns: Columns, epoch: datetime | None, path: str) -> Table:
    rows = _rows(sheet, header, _Reader(header.placement.at(columns.dates), epoch), path)
    above = _cells(sheet, _Reader(), path, max_row=header.line - 1) if header.line > 1 else ()
    over = (*filter(None, (" ".join(str(cell).split()) for cells in above for cell in cells)), sheet.title)
    return Table(path, header.headings, header.placement, lambda _: (rows,), several=True, over=over)


def _not_read(sheet: Any, header: Header, columns: Columns, path: str) -> Table:
    """A sheet with what has to be done before it can be read."""
    unclear = Trouble(path, "sheet_unclear", header.line)
    troubles = header_troubles(columns, header, path) or (unclear,)
    return _of_sheet(sheet, header, columns, None, path)._replace(troubles=troubles)


def _header(sheet: Any, columns: Columns, name: str) -> Header | None:
    """The header of a sheet; the size that a workbook states for a sheet is often wrong, and is not used."""
    sheet.reset_dimensions()
    rows = enumerate(_cells(sheet, _Reader(), name, max_row=HEADER_WITHIN), 1)
    return find_header(columns, ((line, _headings(cells)) for line, cells in rows))


def _cells(sheet: Any, reader: _Reader, name: str, **bounds: int) -> Iterator[list[Cell]]:
    """The rows of a sheet; openpyxl looks some of a cell up only when it is asked for."""
    with damage_told(name):
        yield from map(reader.cells, sheet.iter_rows(**bounds))


def _headings(cells: Iterable[Cell]) -> list[str]:
    """Headings without line breaks; cells without one that follow the last do not count."""
    texts = [" ".join(str(cell).split()) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _rows(sheet: Any, header: Header, reader: _Reader, name: str) -> Iterator[Row]:
    """The rows under the header; what stands right of the headings is not part of the table."""
    start, width = header.line + 1, len(header.headings)
    for line, cells in enumerate(_cells(sheet, reader, name, min_row=start, max_col=width), start):
        if any(not isinstance(cell, str) or cell.strip() for cell in cells):
            yield line, cells


class _Reader:
    """Turns cells of a sheet into texts and days; in some columns a bare number is a day."""

    def __init__(self, days: Sequence[int] = (), epoch: datetime | None = None) -> None:
        self._days, self._epoch = days, epoch

    def cells(self, row: Sequence[_SheetCell]) -> list[Cell]:
        """The cells of a row."""
        cells = [
            value
            if isinstance(value := cell.value, str)
            else ""
            if value is None
            else shown_cell(value, cell.number_format)
            for cell in row
        ]
        for index in self._days:
            value = row[index].value
            if isinstance(value, date):
                cells[index] = value.date() if isinstance(value, datetime) else value
            elif isinstance(value, int | float) and not isinstance(value, bool):
                cells[index] = self._day(value) or cells[index]
        return cells

    def _day(self, serial: float) -> date | None:
        """The day with this number, if it is one of our time; 2021 is more likely a year."""
        from openpyxl.utils.datetime import from_excel

        try:
            day = from_excel(serial, self._epoch)
        except (OverflowError, ValueError):
            return None
        return day.date() if isinstance(day, datetime) and 1950 <= day.year < 2100 else None


def shown_cell(value: object, number_format: str | None) -> Cell:
    """A value that is no text, as the sheet shows it, but days stay days."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, number_format or "")
    if isinstance(value, date):
        return _day_as_shown(value, number_format or "")
    return str(value)


_UNSEEN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_PLAIN = re.compile(r"(?P<whole>[#0?,]+)(?:\.(?P<fixed>0*)(?P<free>[#?]*))?")


@lru_cache(maxsize=256)
def _plain_format(number_format: str) -> tuple[int, int, int] | None:
    """Digits that a format shows at least before, at least after, and at most after the point; None for others."""
    found = _PLAIN.fullmatch(_UNSEEN.sub("", number_format.split(";")[0]).strip())
    if not found:
        return None
    fixed = len(found["fixed"] or "")
    return found["whole"].count("0"), fixed, fixed + len(found["free"] or "")


def _number(value: float, number_format: str) -> str:
    """A number with the digits that its format shows, without separators of thousands: 1.1 under "0.00" is 1.10."""
    shown = _plain_format(number_format)
    if shown is None:
        return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
    before, fixed, most = shown
    whole, _, part = f"{abs(value):.{most}f}".partition(".")
    part = part[:fixed] + part[fixed:].rstrip("0")
    return ("-" if value < 0 else "") + whole.zfill(before) + ("." + part if part else "")


def _day_as_shown(value: date, number_format: str) -> Cell:
    """A day; but a month or a year where the format shows no more, as Excel makes of a typed "5/2021"."""
    day = value.date() if isinstance(value, datetime) else value
    letters = _UNSEEN.sub("", number_format.split(";")[0]).lower()
    if "d" in letters or "y" not in letters:
        return day
    return f"{day.month:02}/{day.year}" if "m" in letters else str(day.year)
