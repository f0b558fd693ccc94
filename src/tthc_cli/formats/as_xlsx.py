"""An Excel workbook: real days and numbers, filters, headings that stay in sight, pages that print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest
from math import ceil
from typing import TYPE_CHECKING, Any

from tthc_cli import wording
from tthc_cli.formats.cells import shown
from tthc_cli.formats.layout import wrapped
from tthc_cli.formats.spreadsheet import (
    DAY,
    INK,
    LETTERS,
    PER_CENT,
    RULE,
    Styles,
    clean,
    made,
    serial,
    sheet_name,
    widths,
)
from tthc_cli.report import Cell, Column, Report, Sheet, Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    Put = Callable[[int, int, Any, Format], object]

MOST_ROWS = 1_048_575
_A4, _MARGIN = 9, 0.4
_LINE, _HIGHEST, _LONG = 15, 400, 20
_GOOD = {"font_color": "#1E6B34", "bg_color": "#E3F2E6"}
_BAD = {"font_color": "#9C1C1C", "bg_color": "#FBE3E3"}
_ASK = {"font_color": "#5E2A84", "bg_color": "#F0E6F7"}
_SOON = {"font_color": "#7A4B00", "bg_color": "#FFF1CF"}
_OPEN = {"font_color": "#1F4E79", "bg_color": "#E3EEF9"}
_QUIET = {"font_color": "#595959"}
LOOKS: dict[str, dict[str, object]] = {
    "on_time": {**_GOOD},
    "on_rolled_day": {**_GOOD},
    "late": {**_BAD},
    "overdue": {**_BAD, "bold": True},
    "late_unsure": {**_ASK},
    "overdue_unsure": {**_ASK},
    "unclear": {**_ASK},
    "due_soon": {**_SOON},
    "due_passed": {**_SOON},
    "pending": {**_OPEN},
}
BARS = ("#3C8D53", "#C8453B", "#5B8DB8", "#8E1B14", "#A6A6A6", "#8D5FB0")
"""Colours of stacked bars, told apart by lightness as well."""
_BAR, _CHART_LEAST = 20, 110
_PLOT = {"x": 0.28, "y": 0.1, "width": 0.68, "height": 0.87}
"""Parts of a chart; the rest is room for the names of the bars, each on one line."""
_ROW_PIXELS, _UNIT_PIXELS = 20, 7
_ON_PAPER = 10_000
"""A longer table is not for paper: its texts stand on one line each."""


def render(report: Report, terminal: object = None) -> Iterator[bytes]:
    """A page for each of the report's sheets, else for each of its tables."""
    sheets = report.sheets
    if sheets is None:
        sheets = [Sheet(table.title, (table,)) for table in report.tables]
    return made(lambda book: Pages(book).write(sheets), sheets[0].title or sheets[0].name, report.payload.get("as_of"))


class Pages:
    """The sheets of one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book, self._styles = book, Styles(book)

    def write(self, sheets: Sequence[Sheet]) -> None:
        """Add them."""
        for sheet in sheets:
            if len(sheet.tables) == 1 and not sheet.lines:
                table = sheet.tables[0]
                for start in range(0, max(len(table.rows), 1), MOST_ROWS):
                    self._alone(sheet, table._replace(rows=table.rows[start : start + MOST_ROWS]))
            else:
                self._together(sheet)

    def _page(self, sheet: Sheet, title: str) -> Worksheet:
        page = self._book.add_worksheet(sheet_name(sheet.name, self._book.sheetnames))
        page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(_MARGIN, _MARGIN, 0.7, 0.6)
        page.fit_to_pages(1, 0)
        page.set_header("&L&B" + title.replace("&", "&&")[:200])
        page.set_footer("&L&A&R&P/&N")
        return page

    def _alone(self, sheet: Sheet, table: Table) -> None:
        """One table: its headings are the first row, stay in sight, filter, and stand on every printed page."""
        page = self._page(sheet, sheet.title or table.title)
        last, right, printed = max(len(table.rows), 1), len(table.columns) - 1, _printed(table.columns)
        rooms = widths(table)
        for at, room in enumerate(rooms):
            page.set_column(at, at, room)
        _Rows(page, self._styles, rooms, printed + 1 if last <= _ON_PAPER else 0).write(table, 0)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, last, right)
        page.repeat_rows(0)
        page.print_area(0, 0, last, printed)
        page.hide_gridlines(0)
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})

    def _together(self, sheet: Sheet) -> None:
        """A title, lines, and tables one under the other, each with its own heading and, where it has them, bars."""
        page = self._page(sheet, "")
        rooms = [max(room) for room in zip_longest(*map(widths, sheet.tables), fillvalue=0)]
        for at, room in enumerate(rooms):
            page.set_column(at, at, room)
        spread = _Spread(page, len(rooms), sum(rooms))
        at = spread.lines(0, [sheet.title] if sheet.title else [], self._styles.of(**_TITLE))
        at = spread.lines(at, sheet.lines, self._styles.of(text_wrap=True)) + 1
        breaks = []
        for table in sheet.tables:
            if len(table.rows) > _LONG:
                breaks.append(at)
            at = spread.lines(at, [table.title], self._styles.of(bold=True, font_size=12, font_color=INK))
            end = _Rows(page, self._styles, rooms, len(rooms), framed=True).write(table, at)
            if table.bars:
                breaks.append(end + 1)
            at = self._chart(page, table, at, end, int(sum(rooms)) * _UNIT_PIXELS) + 1
        page.set_h_pagebreaks(breaks)
        page.hide_gridlines(2)

    def _chart(self, page: Worksheet, table: Table, head: int, end: int, room: int) -> int:
        """Bars under a table that has them; returns the row after."""
        rows = len(table.rows) - table.total
        if not table.bars or not rows:
            return end
        chart = self._book.add_chart({"type": "bar", "subtype": "stacked"})
        first, last = head + 1, head + rows
        for at, color in zip(table.bars, BARS, strict=False):
            chart.add_series(
                {
                    "name": [page.name, head, at],
                    "categories": [page.name, first, 0, last, 0],
                    "values": [page.name, first, at, last, at],
                    "fill": {"color": color},
                    "gap": 40,
                }
            )
        chart.set_y_axis({"reverse": True, "interval_unit": 1, "num_font": {"size": 8}})
        chart.set_plotarea({"layout": _PLOT})
        chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": RULE}}, "num_font": {"size": 9}})
        chart.set_legend({"position": "top"})
        height = _CHART_LEAST + _BAR * rows
        chart.set_size({"width": room, "height": height})
        page.insert_chart(end + 1, 0, chart)
        return end + 2 + ceil(height / _ROW_PIXELS)


_TITLE: dict[str, object] = {"bold": True, "font_size": 14, "font_color": INK, "text_wrap": True}


class _Spread:
    """Lines that go over all columns of a page."""

    def __init__(self, page: Worksheet, columns: int, room: float) -> None:
        self._page, self._right, self._room = page, columns - 1, room

    def lines(self, at: int, lines: Sequence[str], style: Format) -> int:
        """Write lines one under the other; returns the row after."""
        for line in lines:
            height = ceil(len(line) * style.font_size / 11 / self._room / LETTERS) * _LINE * style.font_size / 11
            self._page.set_row(at, height + 2)
            if self._right:
                self._page.merge_range(at, 0, at, self._right, "", style)
            self._page.write_string(at, 0, clean(line), style)
            at += 1
        return at


class _Rows:
    """Writes the rows of a table into columns of these widths.

    framed: with lines round every cell; wrapped: in so many columns long texts go over several lines, and the rows are
    as high as that takes, since not every program that opens a workbook sees to it.
    """

    def __init__(
        self, page: Worksheet, styles: Styles, rooms: Sequence[float], wrapped: int, framed: bool = False
    ) -> None:
        self._page, self._styles, self._wrapped = page, styles, wrapped
        self._rooms = [int(room * LETTERS) for room in rooms]
        self._frame: dict[str, object] = {"border": 1, "border_color": RULE} if framed else {}

    def write(self, table: Table, at: int) -> int:
        """Headings, rows, and a sum in bold; returns the row after."""
        heading = self._styles.heading()
        self._heighten(at, [(place, column.title) for place, column in enumerate(table.columns)], 4)
        for place, column in enumerate(table.columns):
            self._page.write_string(at, place, column.title, heading)
        self._body(table, at + 1)
        return at + 1 + len(table.rows)

    def _body(self, table: Table, start: int) -> None:
        columns = list(enumerate(table.columns))
        plain = [(at, (self._put(column, at), self._look(column, at))) for at, column in columns]
        summed = [(at, (self._put(column, at), self._look(column, at, bold=True))) for at, column in columns]
        blank, total = self._page.write_blank, start + len(table.rows) - 1 if table.total else -1
        texts = [(at, column) for at, column in columns[: self._wrapped] if column.kind in ("text", "verdict")]
        for line, row in enumerate(table.rows, start):
            if texts:
                self._heighten(line, [(at, shown(row[at], column)) for at, column in texts])
            for place, (put, look) in plain if line != total else summed:
                value = row[place]
                if value is not None:
                    put(line, place, value, look)
                elif self._frame:
                    blank(line, place, None, look)

    def _heighten(self, line: int, texts: Iterable[tuple[int, str]], more: int = 0) -> None:
        """Make a row as high as its longest text needs."""
        lines = max((len(wrapped(text, self._rooms[at])) for at, text in texts), default=1)
        if lines > 1:
            self._page.set_row(line, min(lines * _LINE, _HIGHEST) + more)

    def _look(self, column: Column, at: int, **more: object) -> Format:
        match column.kind:
            case "date":
                return self._styles.of(num_format=DAY, align="center", **self._frame, **more)
            case "rate":
                return self._styles.of(num_format=PER_CENT, **self._frame, **more)
            case "number":
                return self._styles.of(**self._frame, **more)
            case _:
                return self._styles.of(text_wrap=at < self._wrapped, **self._frame, **more)

    def _put(self, column: Column, at: int) -> Put:
        """What writes the cells of a column."""
        return self._verdict(at) if column.kind == "verdict" else self._mixed(at)

    def _mixed(self, at: int) -> Put:
        """Writes texts, numbers and days, whichever a column holds."""
        string, number = self._page.write_string, self._page.write_number
        day, text = self._look(Column("", "date"), at), self._look(Column(""), at)

        def put(line: int, place: int, value: Cell, look: Format) -> None:
            if isinstance(value, str):
                if value or self._frame:
                    string(line, place, clean(value), look if look is not day else text)
            elif isinstance(value, date):
                number(line, place, serial(value), day)
            elif value is not None:
                number(line, place, value, look)

        return put

    def _verdict(self, at: int) -> Put:
        string = self._page.write_string
        told = {
            name: (word, self._styles.of(text_wrap=at < self._wrapped, **self._frame, **LOOKS.get(name, _QUIET)))
            for name, word in {**wording.VERDICTS, **wording.UNSURE}.items()
        }

        def put(line: int, place: int, value: str, look: Format) -> None:
            string(line, place, *told.get(value, (value, look)))

        return put


def _printed(columns: Sequence[Column]) -> int:
    """The last column that goes on paper: minor ones at the right are for filtering."""
    major = [at for at, column in enumerate(columns) if not column.minor]
    return major[-1] if major else len(columns) - 1
