"""Moves the years in a plan's words, leaving what other documents are cited by as it stands."""

from __future__ import annotations

import re
from calendar import isleap

_ANY_DAY = r"(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})"
# "Quyết định số 32/2018/QĐ-UBND ngày 25/7/2018", "Kế hoạch số 12/KH-UBND của UBND tỉnh ngày 05/01/2021".
_CITED = rf"\d+(?:/\d{{4}})?/[A-ZĐ][\w&-]*(?:[^\d;.()]{{0,60}}?ngày\s+{_ANY_DAY})?"
_SPAN = r"\d{4}\s*[-–]\s*\d{4}"
_DAY = r"(?P<day>\d{1,2})(?P<to_year>\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*)(?P<of_day>\d{4})"
_FOUND = re.compile(rf"(?P<kept>{_CITED}|{_SPAN})|(?<![\d/]){_DAY}(?!\d)|(?<!\d)(?P<year>\d{{4}})(?!\d)")


def moved(text: str, year: int, years: int) -> tuple[str, tuple[str, ...]]:
    """A text with the plan's year and the years beside it moved, and what stays for a person.

    That is: documents cited by number, with their day; spans of years; and 29/02 where the new year has none. Other
    years belong to other documents, and stay too.
    """
    left: list[str] = []

    def move(found: re.Match[str]) -> str:
        if found["kept"]:
            left.append(found[0])
            return found[0]
        old = int(found["of_day"] or found["year"])
        if abs(old - year) > 1:
            return found[0]
        if found["of_day"] and (int(found["day"]), int(found["month"])) == (29, 2) and not isleap(old + years):
            left.append(found[0])
            return found[0]
        return f"{found['day']}{found['to_year']}{old + years}" if found["of_day"] else str(old + years)

    return _FOUND.sub(move, text), tuple(left)
