"""Text for people: tables drawn by rich on a terminal, plain aligned lines anywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from tthc_cli.formats.layout import GAP, lay, wrapped
from tthc_cli.report import Report, Table

if TYPE_CHECKING:
    from rich.console import RenderableType

    from tthc_cli.formats import Terminal

WIDTH = 120
"""Characters of a line where there is no terminal."""
ROOMY = 80
"""Characters of a terminal from which rates are drawn as bars."""
STYLES = {
    "on_time": "green",
    "on_rolled_day": "green",
    "late": "red",
    "overdue": "bold red",
    "late_unsure": "magenta",
    "overdue_unsure": "magenta",
    "due_soon": "yellow",
    "pending": "cyan",
    "not_yet_open": "dim",
    "awaiting_event": "dim",
    "no_deadline": "dim",
    "unclear": "magenta",
    "not_covered": "dim",
    "due_passed": "yellow",
}


def render(report: Report, terminal: Terminal | None) -> Iterable[str]:
    """The talk, and between it the tables that suit the place."""
    chosen = report.screen if terminal else report.plain
    tables = [table for table in (report.tables if chosen is None else chosen) if table.rows]
    yield from _talk(report.before, terminal)
    for at, table in enumerate(tables):
        yield "\n" if at or report.before else ""
        yield _drawn(table, terminal) if terminal else _plain(table)
    if tables and report.after:
        yield "\n"
    yield from _talk(report.after, terminal)


def _talk(lines: Iterable[str], terminal: Terminal | None) -> Iterator[str]:
    """Lines of talk, on a terminal broken between words, what follows an item standing under its text."""
    for line in lines:
        indent = len(line) - len(line.lstrip(" -"))
        broken = wrapped(line[indent:], terminal.width - indent) if terminal else (line[indent:],)
        yield f"{line[:indent]}{broken[0]}\n"
        yield from (f"{' ' * indent}{rest}\n" for rest in broken[1:])


def _plain(table: Table) -> str:
    columns = lay(table, WIDTH)
    row = (" " * GAP).join(f"{{:{'>' if column.right else '<'}{column.width}}}" for column in columns)
    widths = [column.width for column in columns]
    headings = _aligned(row, widths, [column.column.title for column in columns])
    rule = "  ".join("-" * width for width in widths)
    rows = (line for texts in zip(*(c.texts for c in columns), strict=True) for line in _aligned(row, widths, texts))
    return "\n".join((table.title, *headings, rule, *rows, ""))


def _aligned(row: str, widths: Sequence[int], texts: Sequence[str]) -> Iterator[str]:
    """The printed lines of one row."""
    cells = map(wrapped, texts, widths)
    return (row.format(*parts).rstrip() for parts in zip_longest(*cells, fillvalue=""))


def _drawn(table: Table, terminal: Terminal) -> str:
    from io import StringIO

    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    rates = _rates(table) if terminal.width >= ROOMY else []
    bar = terminal.width // 8 if rates else 0
    columns = lay(table, terminal.width - bar - (GAP if rates else 0))
    drawn = Drawn(box=SIMPLE_HEAD, title=Text(table.title, "bold"), title_justify="left", show_edge=False)
    drawn.padding = (0, GAP - 1, 0, 0)  # the box itself parts columns by one more
    drawn.pad_edge = False
    for column in columns:
        drawn.add_column(
            Text(column.column.title),
            width=column.width,
            justify="right" if column.right else "left",
            overflow="fold",
        )
    if rates:
        drawn.add_column(width=bar)
    styles = _styles(table)
    for at in range(len(table.rows)):
        cells = [Text(c.texts[at], styles[at] if c.column.kind == "verdict" else "") for c in columns]
        drawn.add_row(*cells, *([_bar(rates[at])] if rates else ()))
    buffer = StringIO()
    color = terminal.color
    # What is wider than the screen at the least is broken there, but no number and no word in two.
    width = max(terminal.width, sum(column.width for column in columns) + GAP * len(columns) + bar)
    console = Console(file=buffer, width=width, force_terminal=color, no_color=not color, legacy_windows=False)
    console.print(drawn)
    return "".join(f"{line.rstrip()}\n" for line in buffer.getvalue().splitlines())


def _rates(table: Table) -> list[float | None]:
    """Each row's rate where the table has a column of them, else nothing."""
    at = next((at for at, column in enumerate(table.columns) if column.kind == "rate"), None)
    if at is None:
        return []
    return [value if isinstance(value := row[at], (int, float)) else None for row in table.rows]


def _bar(rate: float | None) -> RenderableType:
    from rich.bar import Bar

    return "" if rate is None else Bar(1, 0, rate, color="green", bgcolor="red")


def _styles(table: Table) -> list[str]:
    """The colour of each row's verdict."""
    at = next((at for at, column in enumerate(table.columns) if column.kind == "verdict"), None)
    return ["" if at is None else STYLES.get(str(row[at]), "") for row in table.rows]
