"""How names are compared: Unicode forms, case, Vietnamese marks, abbreviations, and the ids of tasks."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from tthc_cli.tuples import NamedTuple

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
_AND = {("va", BLANK * 2), ("va", BLANK + chr(ord(BLANK) + 1))}


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
    unmarked = not typed.strip(BLANK)
    if unmarked or all(mine in (BLANK, its) or _fits(mine, its) for mine, its in zip(typed, name, strict=True)):
        return AGREES
    return DIFFERS


def _fits(typed: str, name: str) -> bool:
    quality, tone = divmod(ord(typed) - ord(BLANK), 6)
    its_quality, its_tone = divmod(ord(name) - ord(BLANK), 6)
    return quality in (0, its_quality) and tone in (0, its_tone)


def alternatives(pattern: str) -> tuple[Spelling, ...]:
    """Every spelling of a pattern with alternatives in braces, as "{Sở|S} {Nội vụ|NV}"; braces may nest."""
    slots: list[tuple[Spelling, ...]] = []
    while brace := _BRACE.search(pattern):
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


_Borne = list[tuple[str, str]]
Names = dict[str, _Borne]
"""For each key the marks of the names that have it, and the ids of their bearers."""


def record(names: Names, pattern: str, bearer: str) -> None:
    """Enter every spelling of a pattern under its bearer."""
    for key, marks in alternatives(pattern):
        names.setdefault(key, []).append((marks, bearer))


def borne(names: Names, typed: Spelling, start: int = 0, end: int | None = None) -> Iterator[tuple[str, int]]:
    """Who bears the typed name, or the part of it from start to end, each with the agreement of the marks."""
    marks = typed.marks[start:end]
    for its, bearer in names.get(typed.key[start:end], ()):
        yield bearer, agreement(marks, its)


Pairs = frozenset[tuple[str, str]]
"""The neighbouring letters of a key, by which likeness is measured."""


def pairs(key: str) -> Pairs:
    """The neighbouring letters of a key; its first and last have a blank beside them."""
    return frozenset(pairwise(f" {key} "))


def likeness(one: Pairs, other: Pairs) -> float:
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


_Named = tuple[str, str, bool]
"""The marks of a place's name, maybe with its kind before it; whose it is; whether it says enough only with a body."""


class Tables(NamedTuple):
    """How places are written, part by part, each by its key: the bodies before a name, the names, what stands behind.

    bodies: the marks of each and its kind; tails: the marks of each, and the district that it names, if it names one.
    """

    bodies: Names
    names: dict[str, list[_Named]]
    tails: Names


def tables(places: Collection[Place]) -> Tables:
    """Every usual way of writing each part."""
    found = Tables({"": [("", "")]}, {}, {"": [("", "")]})
    for body, pattern in _BODIES.items():
        record(found.bodies, pattern, body)
    kinds = {kind: alternatives(pattern) for kind, pattern in KINDS.items()}
    counted = Counter(place.kind for place in places)
    province = next((f"{{|tỉnh|T}} {place.name}" for place in places if place.kind == "tỉnh"), "")
    if province:
        record(found.tails, province, "")
    for place in places:
        names = alternatives(place.name)
        _enter(found.names, place.id, kinds[place.kind], (*names, UNNAMED) if counted[place.kind] == 1 else names)
        if place.within is None and place.kind != "tỉnh":
            record(found.tails, f"{{|thuộc}} {{|{KINDS[place.kind]}}} {place.name} {{|{province}}}", place.id)
    return found


def _enter(found: dict[str, list[_Named]], place: str, kinds: Iterable[Spelling], names: Iterable[Spelling]) -> None:
    """Enter names with a kind and without; a number needs the kind, no name at all a body too ("UBND xã")."""
    for key, marks in names:
        if key and not key.isdigit():
            found.setdefault(key, []).append((marks, place, False))
        for kind, its in kinds:
            found.setdefault(kind + key, []).append((its + marks, place, not key))


class Beginnings:
    """Tells which of many keys a text begins with."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = sorted(keys)
        self._chains: list[tuple[str, ...]] = [()]
        for key in self._keys:
            shorter = (one for one in self._chains[-1] if key.startswith(one))
            self._chains.append((*shorter, key))

    def of(self, text: str) -> tuple[str, ...]:
        """Those keys, the shortest first. Each of them begins the last key that does not come after the text too."""
        chain = self._chains[bisect_right(self._keys, text)]
        while chain and not text.startswith(chain[-1]):
            chain = chain[:-1]
        return chain

    def may_begin(self, start: str) -> bool:
        """Whether a text that goes on from this start can begin with one of those keys."""
        at = bisect_right(self._keys, start)
        return bool(self.of(start)) or any(key.startswith(start) for key in self._keys[at : at + 1])


class Places:
    """Reads names of the form [body] [kind] name [district] [province], each part written in any usual way."""

    def __init__(self, places: Iterable[Place], tables: Tables) -> None:
        self._places = {place.id: place for place in places}
        self._bodies, self._named, self._tails = tables
        self._labels: list[tuple[Pairs, Place]] = []
        self._openings, self._names = Beginnings(self._bodies), Beginnings(self._named)
        self._before_names = cache(self._openings_before_names)

    def read(self, typed: Spelling) -> dict[str, int]:
        """Units that the typed name may mean, with the agreement of the marks.

        DIFFERS marks a near miss: a mark or the district is another's.
        """
        found: dict[str, int] = {}
        for opening in self._before_names(self._openings.of(typed.key)[-1]):
            rest = typed.key[len(opening) :]
            for name in self._names.of(rest):
                if tails := self._tails.get(rest[len(name) :]):
                    self._weigh(found, typed.marks, self._bodies[opening], self._named[name], tails)
        return found

    def _openings_before_names(self, body: str) -> list[str]:
        """Of what a text opens with, this body being the longest, all behind which a name can come."""
        return [opening for opening in self._openings.of(body) if self._names.may_begin(body[len(opening) :])]

    def _weigh(self, found: dict[str, int], marks: str, bodies: _Borne, names: list[_Named], tails: _Borne) -> None:
        """Enter the units that are meant where a body, a name and a tail have the letters of the typed name."""
        for before, body in bodies:
            for own, id, needs_body in names:
                place = self._places[id]
                if (body or not needs_body) and (unit := place.unit(body)):
                    fit = found.get(unit, DIFFERS)
                    for after, within in tails:
                        if within in ("", place.within):
                            fit = max(fit, agreement(marks, before + own + after))
                    found[unit] = fit

    def is_body(self, typed: Spelling) -> bool:
        """Whether a body is named and no place ("UBND")."""
        return typed.key in self._bodies

    def near(self, typed: Spelling) -> Iterator[tuple[float, str]]:
        """Units whose place is written much like the typed name, with the likeness."""
        opening = self._openings.of(typed.key)[-1]
        _, body = self._bodies[opening][0]
        rest = pairs(typed.key[len(opening) :])
        self._labels = self._labels or [*self._labelled()]
        for label, place in self._labels:
            if unit := place.unit(body):
                yield likeness(rest, label), unit

    def _labelled(self) -> Iterator[tuple[Pairs, Place]]:
        keys = {id: spell(f"{place.kind} {place.name}").key for id, place in self._places.items()}
        for id, place in self._places.items():
            yield pairs(keys[id]), place
            if place.within:
                yield pairs(keys[id] + keys[place.within]), place
