"""Numbers that Word counts itself and that stand nowhere in the text: "1.", "2.1", "III."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_BULLET = "-"
_DEEPEST = 20


class Lists:
    """Counts paragraphs of numbered lists in the order in which they are asked for."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels = dict(_levels(numbering))
        self._styles = {s.get(f"{W}styleId"): s for s in (styles if styles is not None else ()) if s.tag == f"{W}style"}
        self._counts: dict[tuple[str, int], int] = {}

    def label(self, paragraph: Any) -> str:
        """The number in front of a paragraph with a space behind it; "" for one that is in no list."""
        list_, depth = self._place(paragraph)
        level = self._levels.get((list_, depth))
        if level is None or not (paragraph.xpath("boolean(.//w:t)") or paragraph.getparent().tag == f"{W}tc"):
            return ""
        shared, form, pattern, start, overrides = level
        key = list_ if overrides else shared
        self._counts[key, depth] = self._counts.get((key, depth), start - 1) + 1
        for deeper in range(depth + 1, 9):
            self._counts.pop((key, deeper), None)
        if form == "bullet":
            return f"{_BULLET} "
        text = re.sub(r"%([1-9])", lambda found: self._shown(list_, key, int(found[1]) - 1), pattern)
        return f"{text} " if text.strip() and form != "none" else ""

    def _shown(self, list_: str, key: str, depth: int) -> str:
        level = self._levels.get((list_, depth))
        if level is None:
            return ""
        count = self._counts.get((key, depth), level[3])
        return _written(count, level[1])

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """The list and the depth of a paragraph, its own or its style's."""
        for properties in self._properties(paragraph):
            found = properties.find(f"{W}numPr")
            if found is not None:
                list_, depth = found.find(f"{W}numId"), found.find(f"{W}ilvl")
                if list_ is not None:
                    return list_.get(f"{W}val", ""), int(depth.get(f"{W}val", "0")) if depth is not None else 0
        return "", 0

    def _properties(self, paragraph: Any) -> Iterator[Any]:
        own = paragraph.find(f"{W}pPr")
        if own is None:
            return
        yield own
        named = own.find(f"{W}pStyle")
        name = named.get(f"{W}val") if named is not None else None
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            if (properties := style.find(f"{W}pPr")) is not None:
                yield properties
            based = style.find(f"{W}basedOn")
            name = based.get(f"{W}val") if based is not None else None


_Level = tuple[str, str, str, int, bool]


def _levels(numbering: Any) -> Iterator[tuple[tuple[str, int], _Level]]:
    """(list, depth) to: the shared counter, the form, the pattern, the first number, whether it counts for itself."""
    if numbering is None:
        return
    shared = {item.get(f"{W}abstractNumId"): item for item in numbering.iter(f"{W}abstractNum")}
    for item in numbering.iter(f"{W}num"):
        number, link = item.get(f"{W}numId", ""), item.find(f"{W}abstractNumId")
        abstract = shared.get(link.get(f"{W}val")) if link is not None else None
        starts = {o.get(f"{W}ilvl"): _value(o, "startOverride", "") for o in item.iter(f"{W}lvlOverride")}
        for level in abstract.iter(f"{W}lvl") if abstract is not None else ():
            depth = level.get(f"{W}ilvl", "0")
            start = starts.get(depth) or _value(level, "start", "1")
            yield (
                (number, int(depth)),
                (
                    f"abstract {link.get(f'{W}val')}",
                    _value(level, "numFmt", "decimal"),
                    _value(level, "lvlText", ""),
                    int(start) if start.isdigit() else 1,
                    any(starts.values()),
                ),
            )


def _value(element: Any, name: str, otherwise: str) -> str:
    found = element.find(f"{W}{name}")
    value: str = found.get(f"{W}val", otherwise) if found is not None else otherwise
    return value


def _written(count: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        text, rest = "", count
        for value, sign in _ROMAN:
            text += sign * (rest // value)
            rest %= value
        return text if form == "upperRoman" else text.lower()
    if form in ("upperLetter", "lowerLetter") and count > 0:
        letter = chr(ord("A") + (count - 1) % 26)
        return letter if form == "upperLetter" else letter.lower()
    return f"{count:02}" if form == "decimalZero" else str(count)
