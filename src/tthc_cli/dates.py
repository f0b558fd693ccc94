"""How people write a day: 08/6/2021, 2021-06-08, ngày 08 tháng 6 năm 2021; never month-first."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from tthc_cli.naming import fold, nfc

_TIME = r"[ Tt](?<=[0-9].)[ Tt]*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?i: ?(?:[AP]M|SA|CH))?[Zz]?"
_CENTURIES = ("19", "20", "21")
_YEAR = f"((?:{'|'.join(_CENTURIES)})[0-9]{{2}})"
# Texts, not compiled patterns: a command that is given one ISO date needs none of them.
_DAY_FIRST = rf"(?:ngày )?([0-9]{{1,2}}) ?([/.-]) ?([0-9]{{1,2}}) ?\2 ?{_YEAR}"
_YEAR_FIRST = rf"{_YEAR}([/.-])([0-9]{{1,2}})\2([0-9]{{1,2}})Z?"
_IN_WORDS = rf"(?:ngay )?([0-9]{{1,2}}) thang ([0-9]{{1,2}}) nam {_YEAR}"
_SEEMING = r"[^0-9]{0,12}[0-9]{1,4} ?(?:[-/.]|th\wng) ?[0-9]{1,2} ?(?:[-/.]|n\wm) ?[0-9]{1,4}"


def without_times(text: str, delimiter: str = "") -> str:
    """A cell, or several between delimiters, without the time of day at the end of each; they may stand in quotes."""
    return _times(delimiter).sub("", text) if ":" in text else text


@cache
def _times(delimiter: str) -> re.Pattern[str]:
    end = rf"(?:{re.escape(delimiter)}|\Z)" if delimiter else r"\Z"
    return re.compile(rf'{_TIME}(?="?\s*{end})')


def read_date(cell: str) -> date | None:
    """Read a day; None for an empty cell, ValueError for what is no day."""
    text = without_times(nfc(cell).strip())
    if not text:
        return None
    if len(text) == 10 and text.isascii():  # as most are written
        if text[4] == text[7] == "-" and text[:2] in _CENTURIES:
            return date.fromisoformat(text)
        if text[2] == text[5] == "/" and text[6:8] in _CENTURIES and text.replace("/", "").isdigit():
            return date(int(text[6:]), int(text[3:5]), int(text[:2]))
    if found := re.fullmatch(_DAY_FIRST, text, re.IGNORECASE):
        return date(int(found[4]), int(found[3]), int(found[1]))
    if found := re.fullmatch(_YEAR_FIRST, text, re.IGNORECASE):
        return date(int(found[1]), int(found[3]), int(found[4]))
    if found := re.fullmatch(_IN_WORDS, fold(text)):
        return date(int(found[3]), int(found[2]), int(found[1]))
    raise ValueError(cell)


def seems_a_day(cell: str) -> bool:
    """Whether somebody wrote a day here, be it one that cannot be read: "15/7/21", "31/02/2021"."""
    return re.match(_SEEMING, nfc(cell).strip(), re.IGNORECASE) is not None
