"""Rows of plain text taken apart by groups of columns, many at once and without a list of cells for each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, groupby, repeat

from tthc_cli.csv_text import Block
from tthc_cli.tables import Groups

_IN_ORDER = ["words", "digits", "rest", "days"]
_ANY_END = r"(?<![\r\n])[\r\n]*+\Z"
_CAUGHT = {"words": ["words"], "days": ["days"], "number": ["digits", "rest"], "": []}
_FILLED = r'(?=[^"\s])'


class Pattern:
    """What a row says in each group of columns, as one regular expression finds it in a whole block of rows.

    Columns of a group that stand side by side are taken together, with the delimiters between them and as they are
    written, quotes and all.
    """

    def __init__(self, groups: Groups, width: int, required: int, delimiter: str) -> None:
        self._runs, self._width, self._required = [*_runs(groups, width)], width, required
        self._delimiter, self._mark = delimiter, re.escape(delimiter)
        self._kinds = [name for kind, _ in self._runs for name in _CAUGHT[kind]]
        # Without a number there may be one group alone, for which `findall` makes no tuples.
        self._rest = "" if groups.number is not None else "()()"
        if self._rest:
            self._kinds += _CAUGHT["number"]
        # "or nothing" is found sooner so than by "?"
        self._running = "(?:([1-9][0-9]{0,8}+)/|)"
        self._compiled = cache(self._compile)

    def rows(self, block: Block) -> list[tuple[str, ...]] | None:
        """The words, the running number, the rest of the number, and the days of every line of a block.

        None where a line is no record, has not as many cells as there are headings, or has nothing in its required one.
        """
        text = block.text
        if not text.endswith("\n"):
            return None
        end = "\r\n" if text.endswith("\r\n") else "\n"
        # Each match holds the signs of one row at least: where there are no more of them, it holds just that row.
        signs, each = ("\r\n", len(end)) if '"' in text else (f"\r\n{self._delimiter}", len(end) + self._width - 1)
        rows, more = divmod(block.count(signs), each)
        found = [] if more else self._pattern(text, end).findall(text)
        return self._in_order(found) if len(found) == rows else None

    def leading(self, lines: Iterable[str], quotes: bool) -> list[tuple[str, ...]]:
        """The same of lines one by one, up to the first that is no record or unlike the others.

        quotes: cells of some may stand in quotes.
        """
        first = next(lines := iter(lines), "")
        if '"' not in first and first.count(self._delimiter) != self._width - 1:
            return []
        line = self._pattern(first, _ANY_END, quotes)
        matches = iter(map(line.match, chain([first], lines)).__next__, None)
        return self._in_order([found.groups("") for found in matches])

    def _pattern(self, text: str, end: str, quotes: bool = False) -> re.Pattern[str]:
        """The one for all rows: where the number of the first stands in quotes, those of the others will.

        quotes: cells may stand in quotes although none of this text does.
        """
        if '"' in text:
            quotes, quoted = True, self._compiled(end, True, True)
            if quoted.match(text):
                return quoted
        return self._compiled(end, quotes, False)

    def _compile(self, end: str, quotes: bool, quoted: bool) -> re.Pattern[str]:
        """One row with this end; quotes: any cell may stand in quotes, but the number does only where `quoted`."""
        parts, bare = [], '(?!")' if quotes else ""
        last, end = (f"[^{self._mark}]*", end) if quotes or end == _ANY_END else self._last(end)
        for kind, run in self._runs:
            cells = self._mark.join(self._cell(at, quotes and kind != "number", last) for at in run)
            if kind == "number":
                parts.append(f'"{self._running}([^"]*+)"' if quoted else f"{bare}{self._running}({cells})")
            else:
                parts.append(f"({cells})" if kind else cells)
        return re.compile(f"^{self._mark.join(parts)}{self._rest}{end}", re.MULTILINE)

    def _last(self, end: str) -> tuple[str, str]:
        """What is left of a plain row in its last cell, and the end; where none is caught, "." finds it sooner."""
        if self._runs[-1][0]:
            return f"[^{end[0]}]*+", end
        return ".*+", end.replace("\r", r"(?<=\r)")

    def _cell(self, at: int, quotes: bool, last: str) -> str:
        """A cell as it is written. The last one may give back what it took of the end, or of the next line."""
        first = f"[^{self._mark}\\s]" if at == self._required else ""
        rest = f"[^{self._mark}]*+" if at < self._width - 1 else last
        if not quotes:
            return first + rest
        return f'(?:"{first and _FILLED}[^"]*+(?:""[^"]*+)*+"|(?!"){first}{rest})'

    def _in_order(self, found: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        if self._kinds == _IN_ORDER or not found:
            return found
        columns: dict[str, list[Iterable[str]]] = defaultdict(list)
        for kind, column in zip(self._kinds, zip(*found, strict=True), strict=True):
            columns[kind].append(column)
        return [*zip(*(self._as_one(columns[kind]) for kind in _IN_ORDER), strict=False)]

    def _as_one(self, columns: list[Iterable[str]]) -> Iterable[str]:
        if len(columns) > 1:
            return map(self._delimiter.join, zip(*columns, strict=True))
        return columns[0] if columns else repeat("")


def _runs(groups: Groups, width: int) -> Iterator[tuple[str, list[int]]]:
    """The columns from left to right, neighbours of one kind together; the others are of no kind."""
    kinds = dict.fromkeys(groups.words, "words") | dict.fromkeys(groups.days, "days")
    if groups.number is not None:
        kinds[groups.number] = "number"
    for kind, run in groupby(range(width), lambda at: kinds.get(at, "")):
        yield kind, [*run]
