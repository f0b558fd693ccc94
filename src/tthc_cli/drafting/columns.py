"""Which column of a table holds what, by its headings, in whatever order they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tthc_cli.drafting.grid import Line
from tthc_cli.naming import fold

Field = Literal["number", "title", "lead", "support", "timing", "product"]
_WHO = "(?:cac )?(?:co quan|don vi|to chuc|bo phan|phong|ca nhan|nguoi|dau moi|so|ban|nganh|dia phuong)"
_HEADINGS: dict[Field, str] = {
    "number": "(?:s|so )?(?:tt|thu tu)|ma(?: so| nhiem vu)?|so",
    "timing": "(?:(?:yeu cau |du kien |ke hoach )(?:ve )?)?(?:thoi (?:gian|han|diem)|tien do|lo trinh|moc thoi gian|"
    "ky han|(?:ngay|han|moc)(?: thoi gian| cuoi)? (?:hoan thanh|thuc hien|bao cao|ket thuc|trinh|gui)|hoan thanh|han)"
    "(?: .*)?",
    "support": f"(?:{_WHO}.* |phan cong )?(?:phoi hop|tham gia).*|{_WHO} (?:ho tro|lien quan)",
    "lead": f"(?:{_WHO}.* |phan cong )?chu tri.*|(?:{_WHO} )+(?:chinh |chu yeu |duoc giao )?"
    f"(?:thuc hien|chiu trach nhiem|duoc giao|dau moi|phu trach|trien khai|tham muu).*"
    f"|(?:phan cong|trach nhiem|to chuc)(?: thuc hien| nhiem vu)?|{_WHO}",
    "product": "(?:cac )?(?:san pham|ket qua|dau ra|yeu cau san pham|hinh thuc van ban).*",
    "title": "(?:ten |cac |danh muc )*(?:noi dung|nhiem vu|cong viec|hoat dong|hang muc|giai phap|viec|dau viec|"
    "chi tieu|chuong trinh cong tac|cong tac).*",
}
_PATTERNS = {field: re.compile(pattern) for field, pattern in _HEADINGS.items()}
_MOST_WORDS = 12
_LEAST_HEADINGS = 2
# Headings that name a task only where no other column does.
_WEAK = re.compile("chi tieu|giai phap|chuong trinh")
_END = re.compile("hoan thanh|ket thuc|thoi han|han|den")
_BEGIN = re.compile("bat dau|tu ngay|khoi dau")
_PART_OF_YEAR = re.compile(r"(?:quy|thang) (?:[ivx]+|\d+)(?: .*)?")
_COUNTING = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?(?: ?= ?.*)?", re.IGNORECASE)
_DATA = re.compile(r"\d+(?:\.\d+)*[.)]?|[IVX]+[.)]?")


_Heading = tuple[Field | None, str, str]
"""A column's field, its heading in full, and the lowest part of that."""


def field_of(heading: str) -> Field | None:
    """The field that a heading names; None for any other text."""
    plain = re.sub(r"\b(?:nam )?20\d\d\b|\b(?:cu the|du kien|neu co)$", "", fold(heading)).strip()
    if not plain or len(plain.split()) > _MOST_WORDS:
        return None
    if "chu tri" in plain and "phoi hop" in plain:
        return "lead"
    return next((field for field, pattern in _PATTERNS.items() if pattern.fullmatch(plain)), None)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by field, each with its heading.

    spread: timing columns that stand for parts of the year ("Quý I"), where a mark says when.
    titles: columns that may hold a task's name, the most special first; guessed: no heading says which one that is.
    others: columns that hold nothing a plan has a place for.
    """

    width: int
    fields: Mapping[Field, int]
    others: Mapping[int, str]
    spread: Mapping[int, str]
    titles: tuple[int, ...]
    guessed: str = ""

    def text(self, line: Line, field: Field) -> str:
        """What a row says in a field."""
        if field == "timing" and self.spread:
            said = ((name, line.text(at)) for at, name in self.spread.items())
            return "; ".join(name if len(text) <= 2 else f"{name}: {text}" for name, text in said if text)
        at = self.fields.get(field)
        return "" if at is None else line.text(at)


def find_columns(lines: Sequence[Line]) -> tuple[Columns, int] | None:
    """The columns that the heading rows at the start of these lines name, and how many rows those are."""
    if sum(1 for text in lines[0].texts if field_of(text)) < _LEAST_HEADINGS:
        return None
    best: tuple[Columns, int] | None = None
    for depth in range(1, min(3, len(lines)) + 1):
        if any(_is_data(line) for line in lines[:depth]):
            break
        columns = _columns(lines[:depth])
        if columns and (best is None or _worth(columns) > _worth(best[0])):
            best = columns, depth
    return best


def counting(line: Line) -> bool:
    """Whether a row only counts the columns: (1), (2), …"""
    cells = [text for text in line.texts if text]
    return len(cells) > 1 and all(_COUNTING.fullmatch(text) for text in cells) and len(set(cells)) == len(cells)


def _worth(columns: Columns) -> int:
    return len(columns.fields) + 2 * bool(columns.spread)


def _is_data(line: Line) -> bool:
    """A row that begins with a number of its own is no heading."""
    return bool(line.texts and _DATA.fullmatch(line.texts[0].strip()) and not counting(line))


def _columns(lines: Sequence[Line]) -> Columns | None:
    headings = _with_parts([_heading(lines, at) for at in range(lines[0].width)])
    found: dict[Field, list[int]] = {}
    for at, (field, _, _) in enumerate(headings):
        if field:
            found.setdefault(field, []).append(at)
    data = found.keys() & {"lead", "support", "timing", "product"}
    unnamed = [at for at, (field, text, _) in enumerate(headings) if text and not field]
    guessed = headings[unnamed[0]][1] if unnamed and "lead" in data and len(data) > 1 and "title" not in found else ""
    if guessed:
        found["title"] = unnamed[:1]
    if "title" not in found or not data:
        return None
    named = sum(1 for field, text, _ in headings if field or not text)
    if 2 * named < len(headings):
        return None
    spread = {at: lowest for at, (field, _, lowest) in enumerate(headings) if field == "timing" and _is_part(lowest)}
    fields = {field: _choose(field, places, headings) for field, places in found.items()}
    if len(spread) > 1:
        fields.pop("timing")
    else:
        spread = {}
    used = {*fields.values(), *spread}
    others = {at: text for at, (_, text, _) in enumerate(headings) if at not in used}
    return Columns(len(headings), fields, others, spread, _by_rank(found["title"], fields["title"]), guessed)


def _by_rank(titles: list[int], chosen: int) -> tuple[int, ...]:
    """The columns of tasks, the chosen one first."""
    return (chosen, *(at for at in reversed(titles) if at != chosen))


def _weak(folded: Mapping[int, str]) -> set[int]:
    """Columns whose heading is a weak one, unless all are."""
    weak = {at for at, heading in folded.items() if _WEAK.match(heading)}
    return weak if weak < folded.keys() else set()


def _with_parts(headings: list[_Heading]) -> list[_Heading]:
    """Several columns named after parts of the year tell when, whatever stands above them."""
    if sum(1 for _, _, lowest in headings if _is_part(lowest)) < _LEAST_HEADINGS:
        return headings
    return [("timing" if _is_part(lowest) else field, whole, lowest) for field, whole, lowest in headings]


def _is_part(heading: str) -> bool:
    return bool(_PART_OF_YEAR.fullmatch(fold(heading)))


def _heading(lines: Sequence[Line], at: int) -> _Heading:
    """The field of a column, its heading in full, and the lowest part of that."""
    parts = list(dict.fromkeys(text for line in lines if (text := line.over(at))))
    whole = " ".join(parts)
    lowest = parts[-1] if parts else ""
    field = field_of(lowest) or field_of(whole) or next((f for part in parts if (f := field_of(part))), None)
    return field, whole, lowest


def _choose(field: Field, places: list[int], headings: list[_Heading]) -> int:
    """Of several columns of one field, the one meant: the more special task, the end of a span, the named lead."""
    folded = {at: fold(headings[at][1]) for at in places}
    if field == "title":
        return [at for at in places if at not in _weak(folded)][-1]
    if field == "timing":
        ends = [at for at in places if _END.search(folded[at]) and not _BEGIN.search(folded[at])]
        return (ends or places)[0]
    if field == "lead":
        return next((at for at in places if "chu tri" in folded[at]), places[0])
    return places[0]
