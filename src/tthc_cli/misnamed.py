"""What a cell may mean that names no one task or unit as it should: by other letters, beside other words, in part."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise
from operator import itemgetter

from tthc_cli.agencies import Agency, Directory, Found, kind_and_name
from tthc_cli.naming import fold, nfc, spell, task_key
from tthc_cli.tuples import NamedTuple

_AS_LETTERS, _AS_DIGITS = str.maketrans("1L", "II"), str.maketrans("LO", "10")
_SECTIONS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# Texts, not compiled patterns: no register needs them all.
_ID = r"[^\W_]+(?:[.-]\d+)+"
_COUNT = r"\d+(?:\.\d+)*"
_SECTION = r"(?<!danh )\b(?i:mục|phần|muc|phan)\s+([IVX]+)\b"
_AND = r"([;,/\n+]|–|—| - | và )"
_WORD = r"[\w&]+"
_PROVINCE = r"(?i),?\s+tỉnh\b.*"
_COMMUNE = r"(?i)\b(?:xã|phường|thị trấn)\b"
_EACH = r"(?i)\bcác\s+"
_ALL = r"(?i)^(?:UBND\s+)?(?:các|\d{1,3})\s+(?=\D)"
_ROOM = r"(?i:phòng|p)\b|(?i:phong)\b[ -~]*$|P[A-ZĐ&]+\b"
"""A room, and no commune: "Phòng NV", "P.TP", "PTP", but not "Phong Nẫm"; without marks it may be either."""
_NAMES, _WORDS, _OPENING, _KIND = 12, 12, 4, 2
"""How many names stand in a cell at most; of how many words one consists, what in it stands before the own name of a
place, and the kind in that."""
_LEAST, _LITTLE = 3, ("va", "cac")
"""How many words of an office's name are told by at least, and those that have no letter in that."""
_TCVN3 = {
    "a": "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË¡¢",
    "d": "®§",
    "e": "ÌÐÎÏÑªÒÕÓÔÖ£",
    "i": "×ÝØÜÞ",
    "o": "ßãáâä«åèæçé¬êíëìî¤¥",
    "u": "ïóñòô\xadõøö÷ù¦",
    "y": "úýûüþ",
}
_VNI = {"d": "ñÑ", "i": "íìóòæÍÌÓÒÆ", "o": "ôÔ", "u": "öÖ", "y": "îÎ", "": "ùøûõïáàåãäâéèúüëêÙØÛÕÏÁÀÅÃÄÂÉÈÚÜËÊ"}
"""By plain letters the signs that stand for them in fonts of before Unicode; of VNI's, many are nothing but a mark. The
capitals of TCVN3 are a font of their own with the same signs, but for those without a tone ("§")."""
_MARKED = frozenset("àáâãèéêìíòóôõùúý")
_STRANGE = frozenset(map(chr, range(0xA1, 0x100))) - _MARKED - set("".join(_MARKED).upper()) - {"°"}
"""Signs that Vietnamese is not written with; nor does a marked vowel stand behind "a" or "e" in it. Text of such a font
shows both in another."""


def in_old_fonts(text: str) -> list[str]:
    """What a text may say, without marks, that was typed in a font of before Unicode: "Së Y tÕ", "Sôû Y teá"."""
    letters = text.lower()
    if _STRANGE.isdisjoint(text) and not any(one in "ae" and two in _MARKED for one, two in pairwise(letters)):
        return []
    tables = ({ord(sign): plain for plain, signs in font.items() for sign in signs} for font in (_TCVN3, _VNI))
    return [*map(text.translate, tables)]


def tasks(text: str, keys: Collection[str]) -> list[str]:
    """Of all keys of tasks the one that a text is in other letters; else those that it resembles most, and alike."""
    from difflib import SequenceMatcher, get_close_matches

    key = task_key(text)
    section, dot, number = text.strip().upper().partition(".")
    letters = section.translate(_AS_LETTERS)
    counted = _SECTIONS[int(section) - 1] if section.isdecimal() and 0 < int(section) <= len(_SECTIONS) else letters
    likely = (key.translate(_AS_DIGITS), *(f"{each}{dot}{number.translate(_AS_DIGITS)}" for each in (counted, letters)))
    others = dict.fromkeys(other for other in map(task_key, likely) if other in keys)
    if re.fullmatch(_COUNT, key):  # without its section, which counts anew
        others |= dict.fromkeys(each for each in keys if each.endswith(f".{key.lstrip('0')}"))
    if others:
        return [*others]
    if written := [found for id_ in re.findall(_ID, text) if (found := _beginning(task_key(id_), keys))]:
        return written  # "XI.1 và VI.6", "Mục XI.1", "XI.1.1"
    sections = {key, *(map(task_key, re.findall(_SECTION, nfc(text))) if " " in text else ())}
    if inside := [each for each in keys if any(each.startswith(f"{section}.") for section in sections)]:
        return inside  # of the section that it names: "XI", "Mục XI"
    close = get_close_matches(key, keys, len(keys), 0.75)
    likeness = [SequenceMatcher(None, each, key).ratio() for each in close]
    return [each for each, like in zip(close, likeness, strict=True) if like == likeness[0]]


def _beginning(key: str, keys: Collection[str]) -> str:
    """The task with whose id another begins; "" if none."""
    while key and key not in keys:
        key = key.rpartition(".")[0]
    return key


class _Words(NamedTuple):
    """Words of a unit's name, and how many of them, from the first on, tell it when only their first letters stand."""

    unit: str
    words: tuple[str, ...]
    least: int


def _abbreviates(typed: str, words: Sequence[str], least: int) -> bool:
    """Whether a text consists of words in their order, or of their first letters; of all, or at least so many."""
    if not typed or not words:
        return not typed and least <= 0
    starts = [start for start in (words[0], words[0][0]) if typed.startswith(start)]
    return any(_abbreviates(typed[len(start) :].lstrip(), words[1:], least - 1) for start in starts)


def _is_office(unit: Agency) -> bool:
    """Whether a unit is an office of the province, or a sector's, and no committee of a place."""
    return not unit.place and unit.level in ("province", "sector")


def _told_in_short(unit: Agency) -> Iterator[_Words]:
    """What is written in short of a district, with or without its kind, or of an office of the province."""
    if unit.place and unit.level == "district":
        kind, name = (fold(text).split() for text in kind_and_name(unit.place))
        yield _Words(unit.id, tuple(name), _KIND)
        yield _Words(unit.id, (*kind, *name), len(kind) + _KIND)
    elif _is_office(unit):
        yield _Words(unit.id, tuple(word for word in fold(unit.name).split() if word not in _LITTLE), _LEAST)


class Units:
    """Whom names may mean that are none of a directory's."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory

    @cached_property
    def _short(self) -> Mapping[str, Sequence[_Words]]:
        """By their first letters the words of all units that are written in short."""
        found = defaultdict[str, list[_Words]](list)
        for words in chain.from_iterable(map(_told_in_short, self.directory.units)):
            found["".join(words.words)[:1]].append(words)
        return found

    def across(self, cell: str, parent: str) -> Found | None:
        """Who is named by a cell and the column of the district together: "UBND huyện", "huyện Ba Tri".

        An office of the province by the cell alone, and others by both, are equally meant: "VP UBND", "Ba Tri".
        """
        named = self.directory.named(cell)
        if any(unit.place or unit.level == "group" for unit in map(self.directory.unit, named)):
            return None
        words, said = parent.split(), f" {fold(cell)}"
        again = next((size for size in (_KIND, 1) if said.endswith(f" {fold(' '.join(words[:size]))}")), 0)
        found = self.directory.find(" ".join([cell, *words[again:]]), parent)
        others = tuple(match for match in found.matches if match.id not in named)
        if named:
            return Found((*self.directory.find(cell).matches, *others)) if others else None
        return found if len(others) == 1 else None

    def near(self, cell: str, parent: str) -> Sequence[str]:
        """The units that an unknown name may mean, be it typed in an old font.

        Or the own office ("Văn phòng"), of the district where its column names one; or a whole level ("UBND huyện").
        """
        readings = in_old_fonts(cell)
        if own := next(filter(None, map(self._own, (cell, *readings))), []):
            return self._column(parent) or own
        if level := "" if parent else next(filter(None, map(self._level, (cell, *readings))), ""):
            return [level]
        exact = (self.directory.all(each, parent) for each in readings)
        likely = (self._near(each, parent) for each in (*readings, cell))
        return next(filter(None, chain(exact, likely)), [])

    def _own(self, text: str) -> list[str]:
        """Whom a name means that needs no place at the office of the province ("Văn phòng")."""
        return self.directory.all(f"{text} UBND tỉnh") if spell(text).key else []

    def _near(self, cell: str, parent: str) -> list[str]:
        """Those of a name by its letters.

        Those of the column of the district too where nothing is told but first letters ("BCH", "Ba Tri"), or a room.
        """
        commune = re.search(_COMMUNE, cell)
        parts = [] if commune else re.split(_AND, cell)[::2]
        several = parts if len(parts) > 1 else []
        places = [[*self.directory.districts(each)] or self._by_initials(each) for each in several]
        likely = self._inside(cell, *several) or ([] if commune else self._of_room(cell, parent))
        likely = likely or self._likely(re.sub(_PROVINCE, "", cell)) or self._likely(cell)
        likely = likely or [*chain.from_iterable(map(self._likely, several))]
        short = [] if likely else self._by_initials(cell)
        short += chain.from_iterable(places if all(places) else map(self._part, several))
        beside = () if likely or commune else self._column(parent)
        return [*dict.fromkeys([*likely, *short, *beside])]

    def _column(self, parent: str) -> list[str]:
        """The districts that their column names, unless it names anything else."""
        districts = [self.directory.districts(part) for part in re.split(_AND, parent)[::2]]
        return [*chain.from_iterable(districts)] if all(districts) else []

    def _part(self, text: str) -> list[str]:
        """Whom one of several names may mean, be it with other marks; a mere place is none."""
        named = [*map(self.directory.unit, self.directory.named(text))]
        body = len(text.split()) > _KIND
        meant = [unit.id for unit in named if _is_office(unit) or (body and unit.level == "district")]
        return meant if named else self._by_initials(text)

    def _of_room(self, cell: str, parent: str) -> list[str]:
        """The district whose room a cell names, where no more of it is said than the place: "Phòng NV H. Thạnh Phú".

        Where the column names another, either may be meant.
        """
        words = re.findall(_WORD, cell) if cell[:1] in "Pp" and re.match(_ROOM, cell) else []
        sizes = range(min(len(words) - 1, _OPENING), _KIND - 1, -1)
        found = map(self.directory.districts, (" ".join(words[-size:]) for size in sizes))
        named = next(filter(None, found), ())
        districts = [id_ for id_ in named if self.directory.unit(id_).level == "district"]
        return [*districts, *self._column(parent)] if districts else []

    def _by_initials(self, cell: str) -> list[str]:
        """Whose words a cell has, or their first letters, be it not to the last: "MCB", "UBND TPBT", "Sở VH", "TTT"."""
        key = re.sub("^ubnd ?", "", fold(cell))
        units = (each.unit for each in self._short.get(key[:1], ()) if _abbreviates(key, each.words, each.least))
        return [*dict.fromkeys(units)]

    def _likely(self, text: str) -> list[str]:
        """The units that a text most, and alike, resembles; a group answers for nothing."""
        if office := self.directory.all(f"Sở {text}"):
            return office
        found = self.directory.find(text)
        likeliest, others = found.suggestions[: found.likeliest], found.suggestions[found.likeliest :]
        units = ([id_ for id_ in ids if self.directory.unit(id_).level != "group"] for ids in (likeliest, others))
        return next(filter(None, units), [])

    def together(self, cell: str, parent: str) -> list[str]:
        """The units of which a cell names several, and nothing else: "Sở Kế hoạch và Đầu tư, Nội vụ", "9 huyện".

        Or it and the column of the district do: "UBND huyện", "Ba Tri, Giồng Trôm".
        """
        if group := self._group(cell):
            return [group]
        return self._several(cell, parent) or (self._several(f"{cell} {parent}", "") if parent else [])

    def _group(self, text: str) -> str:
        """The group whose members are counted, or said to be all: "9 huyện", "Các sở"; "" if none."""
        rest = re.sub(_ALL, "", text)
        alike = (self.directory.one(f"{each} {rest}") for each in ("UBND các", "các")) if rest != text else ()
        return next(filter(None, alike), "")

    def _level(self, cell: str) -> str:
        """The group of which a cell names one that is not told: "UBND huyện", "Chủ tịch UBND xã"; "" if none."""
        body, _, kind = cell.rpartition(" ")
        return self.directory.one(f"UBND cấp {kind}") if not body or self.directory.is_body(body) else ""

    def _several(self, cell: str, parent: str) -> list[str]:
        parts: list[str] = re.split(_AND, re.sub(_EACH, "", cell))
        if not 2 < len(parts) < 2 * _NAMES:
            return []
        first = self._levels(self.directory.all(parts[0]))
        if "commune" in self._levels(self.directory.named(cell)) and first <= {"commune"}:
            return []  # a commune, and a district that is not its own
        words = parts[0].split()[:_OPENING]
        openings = [" ".join(words[:size]) for size in range(len(words) + 1)]  # "UBND huyện", before a second name too
        found: list[str] = []
        while parts:  # a name may hold what sets others apart
            tried = ((size, opening) for size in range(len(parts), 0, -2) for opening in openings)
            named = ((size, self.directory.all(" ".join([opening, *parts[:size]]), parent)) for size, opening in tried)
            group = self._group(parts[0])
            size, ids = next(filter(itemgetter(1), named), (int(bool(group)), [group]))
            if not size:
                return []
            found += ids
            parts = parts[size + 1 :]
        return found if len(found) > 1 else []

    def _levels(self, ids: Iterable[str]) -> set[str]:
        return {self.directory.unit(id_).level for id_ in ids}

    def _inside(self, *texts: str) -> list[str]:
        """Whom texts name that are one cell, or its parts, each beside other words."""
        return [id_ for text in texts for id_ in self._at_the_ends(text, whole=text == texts[0])]

    def _at_the_ends(self, cell: str, whole: bool) -> list[str]:
        """Whom a cell names at its beginning and at its end, beside other words: "Phòng Kiểm tra, Sở Tư pháp".

        The office of the province or the district's committee; a mere place is none, but one at the beginning that has
        its kind ("Huyện Ba Tri, phòng Tư pháp").
        """
        words = re.findall(_WORD, cell)
        sizes = range(min(len(words) - whole, _WORDS), 1, -1)
        first = ((size, self._office(words[:size], first=True)) for size in sizes)
        last = ((size, self._office(words[-size:], first=False)) for size in sizes)
        found = {next(filter(itemgetter(1), each), (0, "")) for each in (first, last)}
        return [id_ for _, id_ in sorted(found, reverse=True) if id_]

    def _office(self, words: Sequence[str], first: bool) -> str:
        """The office of the province or the district's committee that words name at one end of a cell; "" if none."""
        if not (id_ := self.directory.one(" ".join(words))):
            return ""
        unit = self.directory.unit(id_)
        if _is_office(unit):
            return id_
        bodies = (self.directory.is_body(" ".join(words[:size])) for size in range(1, len(words)))
        meant = len(words) > _KIND if first else any(bodies)
        return id_ if meant and unit.place and unit.level == "district" else ""
