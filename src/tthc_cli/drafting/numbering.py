"""Numbers of headings and tasks: which kind they are, and the path that they make together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from tthc_cli.naming import task_key
from tthc_cli.tuples import NamedTuple

Kind = Literal["path", "roman", "capital", "arabic", "small", "bullet"]
_ROMAN = r"X{0,3}(?:IX|IV|V?I{0,3})"
_WORD = r"(?i:(?:phần|mục|chương|nhóm|nhiệm vụ|phụ lục)\s+(?:thứ\s+)?)?"
_PATH = r"(?:[IVX]+|[A-HĐ])(?:\.?\d{1,3})(?:\.\d{1,3})*"
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("path", re.compile(rf"({_PATH})\s*[.):/-]?")),
    ("arabic", re.compile(rf"{_WORD}(\d{{1,3}}(?:[.,]\d{{1,3}})*[a-zđ]?)\s*[.):/-]?", re.IGNORECASE)),
    ("roman", re.compile(rf"{_WORD}(?=[IVX])({_ROMAN})\s*[.):/-]?")),
    ("capital", re.compile(r"([A-HK-UYZĐ])\s*[.):/-]?")),
    ("small", re.compile(r"([a-zđ])\s*[.):/-]?")),
    ("bullet", re.compile(r"[-–—+•*●○▪]\s*")),
)
_LEADING: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("path", re.compile(rf"({_PATH})(?:[.):/-]\s*|\s+)(?=\S)")),
    (
        "arabic",
        re.compile(rf"{_WORD}(\d{{1,2}}(?:\.\d{{1,2}})+)[.):/-]?\s+(?=\S)|(\d{{1,2}})[.)/-]\s*(?=\D)", re.IGNORECASE),
    ),
    (
        "roman",
        re.compile(rf"(?:[Pp]hần|[Mm]ục|PHẦN|MỤC|[Cc]hương|[Nn]hóm)?\s*(?=[IVX])({_ROMAN})(?:\s*[.):/-]\s*|\s+)(?=\S)"),
    ),
    ("capital", re.compile(r"([A-HK-UYZĐ])[.)]\s+(?=\S)")),
    ("small", re.compile(r"([a-zđ])[.)]\s*(?=\S)")),
    ("bullet", re.compile(r"[-–—+•●○▪]\s*(?=\S)")),
)
_BARE = re.compile(r"(\d{1,2})\s+([^\W\d_])")


class Number(NamedTuple):
    """A number as written: `parts` are its steps ("2.1" has two), as they stand in an id; a bullet has none."""

    kind: Kind
    parts: tuple[str, ...]

    @property
    def rank(self) -> str:
        """Numbers of equal rank stand on one level."""
        return f"{self.kind}{len(self.parts)}" if self.kind == "arabic" else self.kind


def read_number(text: str) -> Number | None:
    """The number that a whole text is; None for any other text."""
    for kind, form in _FORMS:
        if found := form.fullmatch(text.strip()):
            return _number(kind, found)
    return None


def take_number(text: str, apart: bool = False) -> tuple[Number | None, str]:
    """The number at the beginning of a text, and the rest; `apart`: a space is enough behind a figure."""
    for kind, form in _LEADING:
        if found := form.match(text):
            return _number(kind, found), text[found.end() :].strip()
    if apart and (found := _BARE.match(text)) and found[2].isupper():
        return _number("arabic", found), text[found.end(1) :].strip()
    return None, text


def _number(kind: Kind, found: re.Match[str]) -> Number:
    written = next((group for group in found.groups() if group), "")
    if kind == "path":
        return Number(kind, tuple(re.findall(r"[A-ZĐ]+|\d+", written)))
    if kind == "arabic":
        return Number(kind, tuple(part.lstrip("0") or "0" for part in re.findall(r"\d+|[a-zđ]", written.lower())))
    return Number(kind, (written.upper() if kind == "roman" else written,) if written else ())


@dataclass
class Level:
    """An open heading: its id, its number, and how its children have been counted so far."""

    id: str
    number: Number | None
    last: int = 0
    holds_tasks: bool = False

    @property
    def rank(self) -> str:
        """Headings of equal rank stand on one level; one without a number has a rank of its own."""
        return self.number.rank if self.number else "none"


@dataclass
class Paths:
    """Makes ids: the path of open headings and the number, each id once.

    `prefix` stands before the ids of a further appendix, whose numbers begin anew.
    """

    prefix: str = ""
    open: list[Level] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    last: str = ""

    def heading(self, number: Number | None) -> str:
        """The id of a heading, which stays open for what follows."""
        number = self._as_meant(number) if number and number.parts else None
        if number is None:
            self._close({"none", "small"})
            id_ = self._unused(f"{base}.M" if (base := self._top()) else "M")
        elif number.kind in ("roman", "capital"):
            self._close_from(number.rank)
            id_ = self._keep(self._below(self._top(), *number.parts))
        else:
            id_ = self._counted(number, heading=True)
        self.open.append(Level(id_, number))
        self.last = id_
        return id_

    def task(self, number: Number | None) -> str:
        """The id of a task under the headings that are open."""
        if number and number.parts and number.kind != "bullet":
            return self._counted(number, heading=False)
        if number and self.last:
            return self._part_of(self.last)
        self._close({"small"})
        return self._following()

    def section(self) -> str:
        """The id of the outermost heading that is open; "" where there is none."""
        return self.open[0].id if self.open else ""

    def again(self, prefix: str) -> None:
        """Begin another appendix."""
        self.prefix, self.last = prefix, ""
        self.open.clear()

    def _as_meant(self, number: Number) -> Number:
        """I, V and X, and C and D, count as letters where letters are being counted and it is their turn."""
        letters = next((level for level in self.open if level.rank == "capital"), None)
        last = letters.number if letters and number.kind == "roman" else None
        turn = last and number.parts[0] == chr(ord(last.parts[0]) + 1)
        return Number("capital", number.parts) if turn else number

    def _counted(self, number: Number, heading: bool) -> str:
        if number.kind == "path":
            return self._whole_path(number)
        if number.kind != "arabic":
            self._close({"small"} if heading else set())
            return self._keep(self._below(self.last or self._top(), *number.parts))
        self._close({"small", "none"} if len(number.parts) > 1 else {"small"})
        if len(number.parts) > 1:
            id_ = self._decimal(number)
        else:
            level = self._counting(int(number.parts[0]), heading)
            id_ = self._keep(self._below(level.id if level else self.prefix, *number.parts))
            if level:
                level.last, level.holds_tasks = int(number.parts[0]), not heading
        self.last = id_
        return id_

    def _whole_path(self, number: Number) -> str:
        """A number that names its own headings ("I.2.1")."""
        id_ = self._below(self.prefix, *number.parts)
        while self.open and not id_.startswith(f"{self.open[-1].id}."):
            self.open.pop()
        self.last = self._keep(id_)
        return self.last

    def _decimal(self, number: Number) -> str:
        """A number of several steps continues the last heading that is not counted in figures."""
        while self.open and (own := self.open[-1].number) and own.kind == "arabic":
            if own.parts == number.parts[: len(own.parts)] and len(own.parts) < len(number.parts):
                break
            self.open.pop()
        outer = [level for level in self.open if not (level.number and level.number.kind == "arabic")]
        return self._keep(self._below(outer[-1].id if outer else self.prefix, *number.parts))

    def _counting(self, number: int, heading: bool) -> Level | None:
        """The open heading whose count this number continues, the inmost first; those inside it are closed."""
        fits = [
            level
            for level in self.open
            if level.last + 1 == number and not (heading and level.holds_tasks and level.rank.startswith("arabic"))
        ]
        plain = [level for level in self.open if not level.rank.startswith("arabic")]
        chosen = fits[-1] if fits else plain[-1] if plain else None
        if chosen:
            del self.open[self.open.index(chosen) + 1 :]
        elif number != 1 or not self.open:
            self.open.clear()
        return chosen

    def _following(self) -> str:
        """The id of a task without a number: the next in the inmost heading."""
        level = self.open[-1] if self.open else None
        count = (level.last if level else 0) + 1
        while self.has(id_ := self._below(level.id if level else self.prefix, str(count))):
            count += 1
        if level:
            level.last, level.holds_tasks = count, True
        self.last = id_
        return self._keep(id_)

    def _part_of(self, id_: str) -> str:
        """The next part, marked by a bullet, of what was counted last."""
        count = 1
        while self.has(f"{id_}.{count}"):
            count += 1
        return self._keep(f"{id_}.{count}")

    def _close(self, ranks: set[str]) -> None:
        while self.open and self.open[-1].rank in ranks:
            self.open.pop()

    def _close_from(self, rank: str) -> None:
        at = next((at for at, level in enumerate(self.open) if level.rank == rank), None)
        if at is not None:
            del self.open[at:]
        else:
            while self.open and self.open[-1].rank not in ("roman", "capital"):
                self.open.pop()

    def _top(self) -> str:
        return self.open[-1].id if self.open else self.prefix

    @staticmethod
    def _below(base: str, *parts: str) -> str:
        return ".".join((base, *parts) if base else parts)

    def _unused(self, stem: str) -> str:
        count = 1
        while self.has(f"{stem}{count}"):
            count += 1
        return self._keep(f"{stem}{count}")

    def has(self, id_: str) -> bool:
        """Whether an id is used, however its parts are set apart."""
        return task_key(id_) in self.taken

    def _keep(self, id_: str) -> str:
        unique, count = id_, 2
        while self.has(unique):
            unique = f"{id_}.lai{count}"
            count += 1
        self.taken.add(task_key(unique))
        return unique
