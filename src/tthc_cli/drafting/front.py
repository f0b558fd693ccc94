"""What the first page tells of a plan: number, date, title, year, whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tthc_cli.drafting.document import Paragraph, Place, Remark
from tthc_cli.naming import fold

_NUMBER = re.compile(r"\bsố\s*:?\s*(\d{1,5})\s*/\s*((?:[A-ZĐ]{2,}[A-ZĐa-z&]*)(?:\s*-\s*[A-ZĐ&a-z]+)+)", re.IGNORECASE)
_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_DATE_IN_FIGURES = re.compile(r"ngày\s+(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b", re.IGNORECASE)
_PLACE_AND_DATE = re.compile(r"(?:^|\s)[A-ZĐ][^\W\d_]*(?:[ -]+[A-ZĐ][^\W\d_]*)*,\s*ngày\s")
_YEAR = re.compile(r"\bnăm\s+(20\d\d)\b", re.IGNORECASE)
_PROVINCE = re.compile(
    r"(?:địa bàn|nhân dân|UBND)\s+((?:tỉnh|thành phố)\s+[A-ZĐÂ][^\W\d_]*(?:\s+[A-ZĐÂ][^\W\d_]*){1,3})"
)
_PLAN = re.compile(r"(?:dự thảo\s+)?kế hoạch", re.IGNORECASE)
_TITLE_ENDS = re.compile(
    r"(?:căn cứ|thực hiện|nhằm|để|[-_*=–]{3,}|phần|phụ lục|[ivx]{1,4}\s*[.)]|\d\s*[.)]|\()", re.IGNORECASE
)
_MOST_TITLE_LINES = 6
_NEAR_TOP = 60


@dataclass(frozen=True, slots=True)
class Front:
    """What is told of a plan; "" and None for what was not found."""

    number: str = ""
    date: date | None = None
    title: str = ""
    province: str = ""
    year: int | None = None


def read_front(lines: Sequence[Paragraph]) -> tuple[Front, tuple[Remark, ...]]:
    """The first page's facts, and where the document contradicts itself; `lines` stand outside the tables of tasks."""
    texts = [(line.text, line.place) for line in lines]
    title = _title(texts)
    numbers = [(number, place) for text, place in texts if (number := _own_number(text))]
    day = _date(texts)
    year = _YEAR.search(title) or next(
        (y for t, _ in texts if fold(t).startswith("phu luc") and (y := _YEAR.search(t))), None
    )
    province = next(
        (found for text in (title, *(text for text, _ in texts)) if (found := _PROVINCE.search(text))), None
    )
    remarks = []
    if numbers:
        others = {number: place for number, place in numbers if number != numbers[0][0]}
        facts = {"taken": numbers[0][0]}
        remarks = [Remark("guessed_plan_number", place, {**facts, "other": other}) for other, place in others.items()]
    front = Front(
        numbers[0][0] if numbers else "", day, title, province[1] if province else "", int(year[1]) if year else None
    )
    return front, tuple(remarks)


def _own_number(text: str) -> str:
    """The document's own number: on a line of its own, or where an appendix says what it belongs to."""
    found = _NUMBER.search(text)
    if not found:
        return ""
    before = fold(text[: found.start()])
    own = (not before and "KH" in found[2].upper()) or "kem theo" in before
    return f"{found[1]}/{''.join(found[2].split())}" if own else ""


def _date(texts: Sequence[tuple[str, Place]]) -> date | None:
    near = [text for text, _ in texts[:_NEAR_TOP]]
    dated = [text for text in near if _PLACE_AND_DATE.search(text)]
    attached = [text for text, _ in texts if "kem theo" in fold(text)]
    for text in (*dated, *attached):
        if found := _DATE.search(text) or _DATE_IN_FIGURES.search(text):
            try:
                return date(int(found[3]), int(found[2]), int(found[1]))
            except ValueError:
                continue
    return None


def _title(texts: Sequence[tuple[str, Place]]) -> str:
    """The lines under "KẾ HOẠCH", or the caption of an appendix that stands alone."""
    for at, (text, _) in enumerate(texts[:_NEAR_TOP]):
        if _PLAN.fullmatch(text.strip(" *#:")):
            lines = []
            for line, _ in texts[at + 1 : at + 1 + _MOST_TITLE_LINES]:
                if _TITLE_ENDS.match(line):
                    break
                lines.append(line)
            rest = " ".join(lines).strip()
            return f"Kế hoạch {rest[0].lower() if rest[:2].istitle() else rest[0]}{rest[1:]}" if rest else "Kế hoạch"
    caption = next((text for text, _ in texts[:_NEAR_TOP] if re.match("KẾ HOẠCH|Kế hoạch", text)), "")
    if caption:
        return " ".join(caption.split())
    starts = [at for at, (text, _) in enumerate(texts) if fold(text).startswith("phu luc")]
    lines = [text for text, _ in texts[starts[0] : starts[0] + 3]] if starts else []
    return " ".join(" ".join(line for line in lines if not line.startswith("(")).split())
