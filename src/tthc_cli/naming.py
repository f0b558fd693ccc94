"""How names are compared: Unicode forms, case, Vietnamese marks, abbreviations, and the ids of tasks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

EXACT, AGREES, DIFFERS = 2, 1, 0
BLANK = "0"

_WORD = re.compile(r"[^\W_]+")
_GROUP = re.compile(r"\d+|[^\W\d_]+")
_BRACE = re.compile(r"\{([^{}]*)\}")
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
    """The id of a task however its parts are set apart: "xi-1", "XI 1" and "XI.1." are all "XI.1"."""
    return ".".join(_GROUP.findall(nfc(text).upper()))


class Spelling(NamedTuple):
    """A name ready for comparison.

    key: its letters and digits without marks, spaces, "và" and leading zeros.
    marks: for each character of the key, the marks it bears. A syllable's tone stands on the first of its vowels,
    so that Hoà and Hòa, Thuỷ and Thủy, qúy and quý are alike.
    """

    key: str
    marks: str


_AND = (BLANK * 2, BLANK + chr(ord(BLANK) + 1))


def spell(text: str) -> Spelling:
    """The spelling of a text."""
    keys, marks = [], []
    for token in _GROUP.findall(nfc(text).casefold()):
        key, borne = _spell_token(token)
        if key != "va" or borne not in _AND:
            keys.append(key)
            marks.append(borne)
    return Spelling("".join(keys), "".join(marks))


@lru_cache(maxsize=4096)
def _spell_token(token: str) -> tuple[str, str]:
    if token.isascii():
        token = token.lstrip("0") or "0" if token[0].isdigit() else token
        return token, BLANK * len(token)
    letters = [_LETTERS.get(char) or _letter(char) for char in token]
    return "".join(letter.base for letter in letters), _marks(letters)


def _marks(letters: list[_Letter]) -> str:
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


def agreement(typed: str, name: str) -> int:
    """How the marks of a typed key stand to those of a name with the same key.

    EXACT: the same; AGREES: some are missing, none contradicts; DIFFERS: a mark was typed that the name has not.
    """
    if typed == name:
        return EXACT
    if all(mine in (BLANK, its) or _fits(mine, its) for mine, its in zip(typed, name, strict=True)):
        return AGREES
    return DIFFERS


def _fits(typed: str, name: str) -> bool:
    quality, tone = divmod(ord(typed) - ord(BLANK), 6)
    its_quality, its_tone = divmod(ord(name) - ord(BLANK), 6)
    return quality in (0, its_quality) and tone in (0, its_tone)


def agrees(typed: str, name: str) -> bool:
    """Whether a typed text can stand for a name: the same letters, and every mark that was typed is the name's."""
    one, other = spell(typed), spell(name)
    return one.key == other.key and agreement(one.marks, other.marks) != DIFFERS


def alternatives(pattern: str, known: dict[str, Spelling] | None = None) -> tuple[Spelling, ...]:
    """Every spelling of a pattern with alternatives in braces, as "{Sở|S} {Nội vụ|NV}"; braces may nest.

    `known` remembers the spellings of parts between calls.
    """
    known = {} if known is None else known
    slots: list[tuple[Spelling, ...]] = []
    while brace := _BRACE.search(pattern):
        slots.append(tuple(s for part in brace[1].split("|") for s in _joined(part, slots, known)))
        pattern = f"{pattern[: brace.start()]}\x00{len(slots) - 1}\x00{pattern[brace.end() :]}"
    return tuple(dict.fromkeys(_joined(pattern, slots, known)))


def _joined(part: str, slots: list[tuple[Spelling, ...]], known: dict[str, Spelling]) -> list[Spelling]:
    """Plain text and references to earlier slots, multiplied out."""
    choices = []
    for at, piece in enumerate(part.split("\x00")):
        if at % 2:
            choices.append(slots[int(piece)])
            continue
        if piece not in known:
            known[piece] = spell(piece)
        choices.append((known[piece],))
    return [
        Spelling("".join(piece.key for piece in choice), "".join(piece.marks for piece in choice))
        for choice in product(*choices)
    ]


Names = dict[str, list[tuple[str, str]]]
"""For each key the marks of the names that have it, and the ids of their bearers."""


def record(names: Names, pattern: str, bearer: str, known: dict[str, Spelling] | None = None) -> None:
    """Enter every spelling of a pattern under its bearer."""
    for key, marks in alternatives(pattern, known):
        names.setdefault(key, []).append((marks, bearer))


def borne(names: Names, typed: Spelling, start: int = 0, end: int | None = None) -> Iterator[tuple[str, int]]:
    """Who bears the typed name, or the part of it from start to end, each with the agreement of the marks."""
    marks = typed.marks[start:end]
    for its, bearer in names.get(typed.key[start:end], ()):
        yield bearer, agreement(marks, its)


def pairs(key: str) -> frozenset[str]:
    """The neighbouring letters of a key, by which likeness is measured."""
    padded = f" {key} "
    return frozenset(padded[at : at + 2] for at in range(len(padded) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Sørensen–Dice likeness of two sets of pairs, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other))


KINDS = {
    "tỉnh": "{tỉnh|T}",
    "thành phố": "{thành phố|TP}",
    "thị xã": "{thị xã|TX}",
    "quận": "{quận|Q}",
    "huyện": "{huyện|H}",
    "phường": "{phường|P}",
    "thị trấn": "{thị trấn|TT}",
    "xã": "{xã|X}",
}
"""The kinds of places, and how each is written before a name."""

_COMMITTEE = "{Ủy ban nhân dân|Ủy ban|UBND|UB}"
_ONE_STOP = "{{Bộ phận|BP} {Một cửa|MC|{tiếp nhận|TN} và {trả kết quả|trả KQ|TKQ}}|Một cửa}"
_BODIES = {
    "committee": f"{{|Chủ tịch|CT|Phó Chủ tịch|PCT}} {_COMMITTEE}",
    "office": f"{{Văn phòng|VP}} {{|{{Hội đồng nhân dân|HĐND}} và}} {_COMMITTEE}",
    "one_stop": f"{_ONE_STOP} {{|{{|của}} {_COMMITTEE}}}",
}


class Place(NamedTuple):
    """A place whose committee is a unit: `kind` and `name` apart, `within` the id of its district's committee."""

    id: str
    kind: str
    name: str
    within: str | None = None
    one_stop: str | None = None

    def unit(self, body: str) -> str | None:
        """The unit meant by this place after such a body; a committee's office stands for the committee."""
        if body == "one_stop":
            return self.one_stop
        return None if body == "office" and self.kind == "tỉnh" else self.id


class Places:
    """Reads names of the form [body] [kind] name [district] [province], each part written in any usual way."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = {place.id: place for place in places}
        self._bodies: Names = {"": [("", "")]}
        self._kinds: Names = {"": [("", "")]}
        self._names: Names = {}
        self._tails: Names = {"": [("", "")]}
        self._labels: list[tuple[frozenset[str], Place]] = []
        self._enter()
        self._body_ends = sorted({len(key) for key in self._bodies})
        self._kind_ends = sorted({len(key) for key in self._kinds})

    def _enter(self) -> None:
        known: dict[str, Spelling] = {}
        for body, pattern in _BODIES.items():
            record(self._bodies, pattern, body, known)
        kinds = [place.kind for place in self._places.values()]
        for kind in dict.fromkeys(kinds):
            record(self._kinds, KINDS[kind], kind, known)
        province = next((f"{{|tỉnh|T}} {place.name}" for place in self._places.values() if place.kind == "tỉnh"), "")
        if province:
            record(self._tails, province, "", known)
        for place in self._places.values():
            record(self._names, place.name, place.id, known)
            if kinds.count(place.kind) == 1:
                record(self._names, "", place.id, known)
            if place.within is None and place.kind != "tỉnh":
                record(
                    self._tails, f"{{|thuộc}} {{|{KINDS[place.kind]}}} {place.name} {{|{province}}}", place.id, known
                )

    def read(self, typed: Spelling) -> dict[str, int]:
        """Units that the typed name may mean, with the agreement of the marks.

        DIFFERS marks a near miss: a mark or the district is another's.
        """
        found: dict[str, int] = {}
        ends = [end for end in range(len(typed.key) + 1) if typed.key[end:] in self._tails]
        for body, start, worth in _openings(self._bodies, self._body_ends, typed, 0):
            for kind, begin, fit in _openings(self._kinds, self._kind_ends, typed, start):
                for place, agreed in self._named(typed, begin, ends, body, kind):
                    if unit := place.unit(body):
                        found[unit] = max(found.get(unit, DIFFERS), min(worth, fit, agreed))
        return found

    def _named(self, typed: Spelling, begin: int, ends: list[int], body: str, kind: str) -> Iterator[tuple[Place, int]]:
        """Places whose name stands between `begin` and one of the ends."""
        for end in ends:
            name = typed.key[begin:end]
            if begin <= end and name in self._names and _suffices(body, kind, name):
                for bearer, agreed in borne(self._names, typed, begin, end):
                    place = self._places[bearer]
                    if kind in ("", place.kind):
                        yield place, min(agreed, self._tail(typed, end, place))

    def _tail(self, typed: Spelling, end: int, place: Place) -> int:
        fits = (fit for within, fit in borne(self._tails, typed, end) if within in ("", place.within))
        return max(fits, default=DIFFERS)

    def is_body(self, typed: Spelling) -> bool:
        """Whether a body is named and no place ("UBND")."""
        return typed.key in self._bodies

    def near(self, typed: Spelling) -> Iterator[tuple[float, str]]:
        """Units whose place is written much like the typed name, with the likeness."""
        body, start, _ = max(_openings(self._bodies, self._body_ends, typed, 0), key=lambda opening: opening[1])
        rest = pairs(typed.key[start:])
        self._labels = self._labels or [*self._labelled()]
        for label, place in self._labels:
            if unit := place.unit(body):
                yield likeness(rest, label), unit

    def _labelled(self) -> Iterator[tuple[frozenset[str], Place]]:
        for place in self._places.values():
            full = f"{place.kind} {place.name}"
            yield pairs(spell(full).key), place
            if place.within:
                district = self._places[place.within]
                yield pairs(spell(f"{full} {district.kind} {district.name}").key), place


def _suffices(body: str, kind: str, name: str) -> bool:
    """Whether enough is said: a place without a name needs body and kind ("UBND thành phố"), a number its kind."""
    return bool(kind) if name.isdigit() else bool(name or (body and kind))


def _openings(names: Names, ends: list[int], typed: Spelling, start: int) -> Iterator[tuple[str, int, int]]:
    """Every listed word, the empty one too, that the typed name has at `start`: what it means, its end, the marks."""
    for length in ends:
        if start + length <= len(typed.key) and typed.key[start : start + length] in names:
            for meaning, fit in borne(names, typed, start, start + length):
                yield meaning, start + length, fit
