"""The day that a sentence names as its deadline, among the other days in it."""

from __future__ import annotations

import re

_DAY = r"(?:\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?|\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)"
_DATED = re.compile(
    r"(?:(?:chậm nhất|hoàn thành|xong|muộn nhất)\s+)?(?:là\s+|vào\s+)?(?:trước|đến hết|đến|chậm nhất|muộn nhất|hết)\s+"
    rf"(?:là\s+|vào\s+)?(?:ngày\s+)?{_DAY}"
    r"|trong\s+(?:tháng\s+\d{1,2}|quý\s+[IV]+)\s*(?:/|năm\s+)\s*\d{4}",
    re.IGNORECASE,
)
# "từ ngày 15/12 đến ngày 14/3" are the data of a report, and "hồ sơ tiếp nhận trước ngày 01/01" are papers of the past.
_SPAN = re.compile(r"\b(?:từ|tính|kể|giai đoạn|số liệu)\b[^.;]{0,80}$", re.IGNORECASE)
_PAST = re.compile(r"\b(?:ban hành|tiếp nhận|phát sinh|có hiệu lực|đã)\s*$", re.IGNORECASE)


def day_named(sentence: str) -> str:
    """The words that name the last day of what a sentence asks for; "" where there are none."""
    for found in _DATED.finditer(sentence):
        before = sentence[: found.start()]
        until = found[0].casefold().startswith(("đến", "hết"))
        if not _PAST.search(before) and not (until and _SPAN.search(before)):
            return found[0]
    return ""
