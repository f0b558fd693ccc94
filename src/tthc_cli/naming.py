"""How names are compared: Unicode forms, case, Vietnamese marks, abbreviations, and the ids of tasks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from tthc_cli.tuples import NamedTuple

EXACT, AGREES, DIFFERS = 2, 1, 0
"""How the marks of a typed name stand to those of another (`agreement`); the greater the better."""
BLANK = "0"
"""The mark of a letter that bears none; that of another is so many characters behind it (`_marks`)."""

_WORD = re.compile(r"[^\W_]+")
_GROUP = re.compile(r"\d+|[^\W\d_]+")
_BRACE = r"\{([^{}]*)\}"
_TONES = {"\u0300": 1, "\u0301": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5}
_QUALITIES = {"\u0302": 1, "\u0306": 2, "\u031b": 3}
_STROKE = 4
_VOWELS = frozenset("aeiouy")


class _Letter(NamedTuple):
    base: str
    quality: int
    tone: int


def _letter(char: str) -> _Letter:
    """A letter without its marks, and the marks; đ and the look-alike ð count as a d with a stroke."""
    if char in "đð":
        return _Letter("d", _STROKE, 0)
    base, *marks = [*unicodedata.normalize("NFD", char)]
    quality = next((_QUALITIES[mark] for mark in marks if mark in _QUALITIES), 0)
    return _Letter(base, quality, next((_TONES[mark] for mark in marks if mark in _TONES), 0))


def _vietnamese() -> dict[str, _Letter]:
    plain = [*"aeiouy", *(unicodedata.normalize("NFC", pair) for pair in ("â", "ă", "ê", "ô", "ơ", "ư"))]
    toned = [unicodedata.normalize("NFC", vowel + tone) for vowel in plain for tone in ("", *_TONES)]
    return {char: _letter(char) for char in (*toned, "đ", "ð")}


_LETTERS = _vietnamese()
_BASES = str.maketrans({char: letter.base for char, letter in _LETTERS.items()})


def nfc(text: str) -> str:
    """The composed form, in which every comparison starts."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case without marks: words of letters and digits parted by one space, "&" read as "va"."""
    plain = nfc(text).casefold().replace("&", " va ").translate(_BASES)
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFD", plain) if not unicodedata.combining(char))
    return " ".join(_WORD.findall(plain))


def task_key(text: str) -> str:
    """The id of a task however its parts are set apart: "xi-1", "XI 1", "Ⅺ.1" and "XI.1." are all "XI.1"."""
    return ".".join(_GROUP.findall(unicodedata.normalize("NFKC", text).upper()))


def plan_key(text: str) -> str:
    """The id of a plan however its letters are written."""
    return nfc(text.strip()).casefold()


class Spelling(NamedTuple):
    """A name ready for comparison.

    key: its letters and digits without marks, spaces, "và" and leading zeros.
    marks: for each character of the key, the marks it bears. A syllable's tone stands on the first of its vowels,
    so that Hoà and Hòa, Thuỷ and Thủy, qúy and quý are alike.
    """

    key: str
    marks: str


UNNAMED = Spelling("", "")


def spell(text: str) -> Spelling:
    """The spelling of a text."""
    key = marks = ""
    for letters, borne in map(_spell_word, nfc(text).casefold().split()):
        key += letters
        marks += borne
    return Spelling(key, marks)


@lru_cache(maxsize=8192)
def _spell_word(word: str) -> tuple[str, str]:
    """The spelling of what stands between two spaces; names are made of few words, in any order."""
    spelled = [pair for pair in map(_spell_token, _GROUP.findall(word)) if pair not in _AND]
    return "".join([key for key, _ in spelled]), "".join([marks for _, marks in spelled])


def _spell_token(token: str) -> tuple[str, str]:
    if token.isascii():
        token = token.lstrip("0") or "0" if token[0].isdigit() else token
        return token, BLANK * len(token)
    letters = [_LETTERS.get(char) or _letter(char) for char in token]
    return "".join([letter.base for letter in letters]), _marks(letters)


def _marks(letters: list[_Letter]) -> str:
    """One character a letter, for its quality and tone; the tone of a syllable goes to the first of its vowels."""
    tones = [0] * len(letters)
    first = -1
    for at, letter in enumerate(letters):
        if letter.base not in _VOWELS:
            first = -1
            continue
        first = at if first < 0 else first
        if letter.tone:
            tones[at if tones[first] else first] = letter.tone
    return "".join(chr(ord(BLANK) + 6 * letter.quality + tone) for letter, tone in zip(letters, tones, strict=True))


_AND = {_spell_token("va"), _spell_token("và")}
"""A word that is left out of spellings, as it is without its mark too."""


def agreement(typed: str, name: str) -> int:
    """How the marks of a typed key stand to those of a name with the same key.

    EXACT: the same; AGREES: some are missing, none contradicts; DIFFERS: a mark was typed that the name has not.
    """
    if typed == name:
        return EXACT
    unmarked = not typed.strip(BLANK)
    if unmarked or all(mine in (BLANK, its) or _fits(mine, its) for mine, its in zip(typed, name, strict=True)):
        return AGREES
    return DIFFERS


def _fits(typed: str, name: str) -> bool:
    """Whether the marks typed on one letter are among those that the name has there."""
    quality, tone = divmod(ord(typed) - ord(BLANK), 6)
    its_quality, its_tone = divmod(ord(name) - ord(BLANK), 6)
    return quality in (0, its_quality) and tone in (0, its_tone)


def alternatives(pattern: str) -> tuple[Spelling, ...]:
    """Every spelling of a pattern with alternatives in braces, as "{Sở|S} {Nội vụ|NV}"; braces may nest."""
    slots: list[tuple[Spelling, ...]] = []
    while brace := re.search(_BRACE, pattern):
        slots.append(tuple([spelling for part in brace[1].split("|") for spelling in _joined(part, slots)]))
        pattern = f"{pattern[: brace.start()]}\x00{len(slots) - 1}\x00{pattern[brace.end() :]}"
    return tuple(dict.fromkeys(_joined(pattern, slots)))


def _joined(part: str, slots: list[tuple[Spelling, ...]]) -> list[Spelling]:
    """Plain text and references to earlier slots, multiplied out."""
    joined = [UNNAMED]
    for at, piece in enumerate(part.split("\x00")):
        choice = slots[int(piece)] if at % 2 else (spell(piece),)
        joined = [Spelling(key + more, marks + their) for key, marks in joined for more, their in choice]
    return joined


Borne = list[tuple[str, str]]
Spellings = dict[str, Borne]
"""Names for look-up: under each key the marks of those that have it, with the ids of their bearers."""


def record(spellings: Spellings, pattern: str, bearer: str) -> None:
    """Enter every spelling of a pattern under its bearer."""
    for key, marks in alternatives(pattern):
        spellings.setdefault(key, []).append((marks, bearer))


def borne(spellings: Spellings, typed: Spelling, start: int = 0, end: int | None = None) -> Iterator[tuple[str, int]]:
    """Who bears the typed name, or the part of it from start to end, each with the agreement of the marks."""
    marks = typed.marks[start:end]
    for its, bearer in spellings.get(typed.key[start:end], ()):
        yield bearer, agreement(marks, its)
