"""The units that a cell names: several in one cell told apart, each looked up in the directory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tthc_cli.agencies import Directory
from tthc_cli.naming import fold

UNKNOWN = "nhom-chua-ro"
"""The group of the directory that stands for a leader whom it does not know."""

_BULLET = re.compile(r"^(?:[-–—+•●*]\s*|\d{1,2}[.)]\s+|[a-zđ][.)]\s+)")
_ROLE = re.compile(
    r"[-–+•;,.\n(]*\s*(?:\b(?:cơ quan|đơn vị)\s+)?\b(chủ trì|phối hợp|thực hiện)(?:\s+(?:thực hiện|chính))?\s*:\s*",
    re.IGNORECASE,
)
_MARKED_ROLE = re.compile(r"([^();\n]+?)\s*\((chủ trì|phối hợp)\)", re.IGNORECASE)
_TOGETHER = re.compile(
    r"^(.+?)\s*(?:\bchủ trì\b)?[,;]?\s+phối hợp(?:\s+(?:với|cùng))?\s+(.+)$", re.IGNORECASE | re.DOTALL
)
_PARTS = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+|\s*&\s*|\s*/\s*")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_NAMED = re.compile(
    r"\s+(?=(?:Các |các )?(?:[Ss]ở|SỞ|UBND|Ủy ban|Văn phòng|VP|Ban|Bộ phận|Trung tâm|Thanh tra|Công an|Đài|Báo)\s)"
)
_MOST_PARTS = 40
# "UBND các huyện, thị xã, thành phố" is one name.
_LEVELS = {"thi xa", "thanh pho", "phuong", "thi tran", "dac khu", "quan", "xa", "nganh", "ban", "cap xa", "doan the"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A name as written and who it is; `ids` is empty for one unknown, and `near` then holds likely names.

    `reduced`: found by leaving out what stands in brackets.
    """

    name: str
    ids: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    reduced: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """What a cell for leaders says: who leads, and who only takes part."""

    lead: str
    support: str = ""
    beside: str = ""


def roles(text: str) -> Roles:
    """A cell with two roles taken apart.

    "Chủ trì: …; phối hợp: …" and "A chủ trì, phối hợp B" are two cells in one; in "A phối hợp B" the words stay, and
    B is `beside`.
    """
    marked = _MARKED_ROLE.findall(text)
    if marked:
        rest = _MARKED_ROLE.sub("", text).strip(" ;,.\n")
        return _told_apart([*marked, (rest, "chủ trì")])
    found = [*_ROLE.finditer(text)]
    if found:
        ends = [*(match.start() for match in found[1:]), len(text)]
        said = [(text[match.end() : end], match[1]) for match, end in zip(found, ends, strict=True)]
        return _told_apart([(text[: found[0].start()], "chủ trì"), *said])
    if beside := _TOGETHER.match(text):
        others, led = beside[2].strip(), "chủ trì" in text[beside.start(1) : beside.start(2)].casefold()
        return Roles(before_together(text), others) if led else Roles(text, beside=others)
    return Roles(text)


def _told_apart(said: list[tuple[str, str]]) -> Roles:
    """Names with the role that stands beside them; every role but "phối hợp" leads."""
    parts: dict[bool, list[str]] = {True: [], False: []}
    for names, role in said:
        tidy = names.strip(" ;,.\n-")
        if tidy := tidy.removesuffix(")") if tidy.count(")") > tidy.count("(") else tidy:
            parts[role.casefold() == "phối hợp"].append(tidy)
    return Roles("; ".join(parts[False]), "; ".join(parts[True]))


def before_together(text: str) -> str:
    """The leaders of "A phối hợp B"."""
    found = _TOGETHER.match(text)
    return found[1].strip(" ,;") if found else text


def read_units(text: str, directory: Directory) -> tuple[Unit, ...]:
    """Every unit that a cell names, in order, each once."""
    units = (unit for part in _split(text) for unit in _units(part, directory))
    return tuple({fold(unit.name): unit for unit in units}.values())


def _split(text: str) -> Iterator[str]:
    """Parts between semicolons and line ends, outside brackets; a line that goes on in small letters is joined."""
    joined = re.sub(r"(?<=[,(])\n|\n(?=[(a-zà-ỹđ])(?!các\s|sở\s|đơn vị\s)", " ", text)
    depth, part = 0, ""
    for char in f"{joined};":
        depth += (char == "(") - (char == ")" and depth > 0)
        if char in ";\n" and (depth == 0 or char == "\n"):
            if name := _tidy(part):
                yield name
            part, depth = "", 0
        else:
            part += char
    if name := _tidy(part):
        yield name


def _tidy(part: str) -> str:
    """A name without bullet and full stop."""
    return re.sub(r"^và\s+", "", _BULLET.sub("", part.strip())).strip().rstrip(".,;").strip()


def _units(part: str, directory: Directory) -> Iterator[Unit]:
    """The whole as one name, or else the longest names it is made of."""
    if whole := _known(part, directory):
        yield whole
        return
    for cuts in (_PARTS, _NAMED):
        found = [*_longest(part, cuts, directory)]
        if any(unit.ids for unit in found):
            yield from found
            return
    yield Unit(part, near=_near(part, directory))


def _longest(part: str, cuts: re.Pattern[str], directory: Directory) -> Iterator[Unit]:
    starts, ends = [0], []
    for cut in cuts.finditer(part):
        if part.count("(", 0, cut.start()) == part.count(")", 0, cut.start()):
            ends.append(cut.start())
            starts.append(cut.end())
    ends.append(len(part))
    at = 0
    while at < len(starts):
        tried = range(min(len(ends), at + _MOST_PARTS) - 1, at - 1, -1)
        found = next(((to, unit) for to in tried if (unit := _known(part[starts[at] : ends[to]], directory))), None)
        if found:
            yield found[1]
            at = found[0] + 1
        else:
            to = at
            while to + 1 < len(starts) and fold(_tidy(part[starts[to + 1] : ends[to + 1]])) in _LEVELS:
                to += 1
            if name := _tidy(part[starts[at] : ends[to]]):
                yield Unit(name, near=_near(name, directory))
            at = to + 1


def _known(name: str, directory: Directory) -> Unit | None:
    """The unit of this name, also without what stands in brackets behind it."""
    name = _tidy(name)
    for text in dict.fromkeys((name, _BRACKETS.sub("", name))):
        matches = directory.find(text).matches if text else ()
        if len(matches) == 1:
            return Unit(name, (matches[0].id,), reduced=text != name)
    return None


def _near(name: str, directory: Directory) -> tuple[str, ...]:
    found = directory.find(name)
    ids = (*(match.id for match in found.matches), *found.suggestions)
    return tuple(directory.unit(id_).name for id_ in ids[:3])


def leading_unit(text: str, directory: Directory) -> Unit | None:
    """The unit that a sentence begins with ("Giao Sở Nội vụ …", "UBND các huyện, thành phố có trách nhiệm …")."""
    sentence = re.sub(r"^(?:giao|đề nghị|yêu cầu)\s+(?:cho\s+)?", "", text, flags=re.IGNORECASE)
    words = sentence.split()
    for count in range(min(len(words), 16), 1, -1):
        name = " ".join(words[:count])
        if name[-1] not in "," and (unit := _known(name.rstrip(":;"), directory)):
            return unit
    return None
