"""A workbook to be filled in: drop-downs, days that are checked, texts that stay texts, and a page of guidance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tthc_cli.formats.as_xlsx import Pages
from tthc_cli.formats.spreadsheet import DAY, Styles, made
from tthc_cli.report import Blank, Form

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LAST = 1_048_575
_DATED, _ROOM, _LISTED, _WIDEST = 13, 18, 12, 40
_HINT, _HINT_TITLE = 255, 32


def render(form: Form) -> Iterator[bytes]:
    """The workbook; the same for the same form."""
    return made(lambda book: _fill(book, form), form.name, None, lean=False)


def _fill(book: Workbook, form: Form) -> None:
    styles = Styles(book)
    page = book.add_worksheet(form.name)
    Pages(book).write([form.guide])
    lists = book.add_worksheet(form.lists)
    lists.hide()
    page.set_row(0, 32)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    listed = 0
    for at, blank in enumerate(form.blanks):
        # "1.10" and "08/6" are to stay as they are typed.
        look = styles.of(num_format=DAY if blank.dated else "@", text_wrap=not blank.dated)
        page.set_column(at, at, _room(blank), look)
        page.write_string(0, at, blank.title, styles.heading())
        choices = ""
        if blank.choices:
            lists.write_column(0, listed, blank.choices, styles.of(num_format="@"))
            choices = f"='{form.lists}'!{_column(listed, len(blank.choices))}"
            listed += 1
        _check(page, at, blank, form, choices)


def _room(blank: Blank) -> int:
    longest = max(map(len, blank.choices), default=_ROOM)
    return _DATED if blank.dated else min(max(longest + 2, _LISTED), _WIDEST)


def _column(at: int, count: int) -> str:
    from xlsxwriter.utility import xl_range_abs

    found: str = xl_range_abs(0, at, count - 1, at)
    return found


def _check(page: Worksheet, at: int, blank: Blank, form: Form, choices: str) -> None:
    """What a cell takes: a day of the time meant and not to come; else a choice is offered, and others may be typed."""
    hint = {"input_title": blank.title[:_HINT_TITLE], "input_message": blank.hint[:_HINT]}
    error = {"error_title": blank.title[:_HINT_TITLE], "error_message": blank.hint[:_HINT]}
    rule: dict[str, object] = {"validate": "any", **hint}
    if blank.dated:
        days = {"criteria": "between", "minimum": form.since, "maximum": "=TODAY()"}
        rule = {"validate": "date", **days, **hint, **error}
    elif choices:
        rule = {"validate": "list", "source": choices, "error_type": "warning", **hint, **error}
    page.data_validation(1, at, _LAST, at, rule)
