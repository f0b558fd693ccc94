"""Rows of plain text taken apart by groups of columns, many at once and without a list of cells for each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, repeat

from tthc_cli.tables import Groups

_IN_ORDER = ["words", "digits", "rest", "days"]


class Pattern:
    """What a row says in each group of columns, as one regular expression finds it in a whole block of rows.

    Columns of a group that stand side by side are taken together, with the delimiters between them.
    """

    def __init__(self, groups: Groups, width: int, required: int, delimiter: str) -> None:
        self._delimiter, self._kinds = delimiter, list[str]()
        other, self._filled = f"[^{re.escape(delimiter)}]", f"[^{re.escape(delimiter)}\\s]"
        cells = [f"{self._filled}{other}*+" if at == required else f"{other}*+" for at in range(width)]
        # The last cell gives back what it took of the next line.
        cells[-1] = cells[-1].removesuffix("+")
        parts = [self._part(kind, [cells[at] for at in run]) for kind, run in _runs(groups, width)]
        found = re.escape(delimiter).join(parts)
        if groups.number is None:
            found += self._part("number", [""])
        before = "".join(f"{cell}{re.escape(delimiter)}" for cell in cells[:required])
        self._delimiters, self._opening = width - 1, re.compile(before + cells[required])
        self._by_end = {end: re.compile(f"^{found}{end}", re.MULTILINE) for end in ("\r\n", "\n")}

    def _part(self, kind: str, cells: list[str]) -> str:
        text = re.escape(self._delimiter).join(cells)
        if kind == "number":
            self._kinds += ["digits", "rest"]
            return f"(?:([1-9][0-9]{{0,8}})/(?={self._filled}))?({text})"
        if kind:
            self._kinds.append(kind)
        return f"({text})" if kind else text

    def fits(self, line: str) -> bool:
        """Whether a line has as many cells as there are headings, and something in its required cell."""
        return line.count(self._delimiter) == self._delimiters and self._opening.match(line) is not None

    def rows(self, text: str) -> list[tuple[str, ...]] | None:
        """The words, the running number, the rest of the number, and the days of every line of a text.

        None where a line has not as many cells as there are headings, or has nothing in its required cell.
        """
        lines, returns = text.count("\n"), text.count("\r")
        if returns not in (0, lines) or not text.endswith("\n"):
            return None
        found: list[tuple[str, ...]] = self._by_end["\r\n" if returns else "\n"].findall(text)
        # A match holds at least one line: there are as many of both only where each holds just one.
        if len(found) != lines:
            return None
        return found if self._kinds == _IN_ORDER else self._in_order(found)

    def _in_order(self, found: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
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
