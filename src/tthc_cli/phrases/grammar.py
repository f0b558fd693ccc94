"""The grammar of deadlines: which tokens make a part of a phrase, matched as regular patterns over token types."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from tthc_cli.phrases.cursor import Place, Token

# Types are in capitals, other patterns in small letters; "<name pattern>" gives what it matches a name; of alternatives
# the first that fits is taken.
PATTERNS = {
    # "chậm nhất", "trong", "định kỳ": how what follows is meant
    "operator": "BEFORE | onward",
    # Not "trước": "trước 05 ngày kể từ ngày có hiệu lực" may count forwards or backwards
    "onward": "BY | IN | END | FROM | AFTER | EACH | PERIODIC | REPORTS | WHOLE",
    # "ngày 15/7/2021", "15 tháng 7", "ngày 31/01 năm sau"
    "date": "DAY? DATE | DAY? (DAYMONTH | NUMBER MONTH NUMBER) (YEARLY NEXT | YEAR)?",
    "dates": "date (JOIN date)*",
    # "ngày 20 tháng 3, 6, 9, 12"
    "of_months": "DAY NUMBER MONTH number (JOIN number)+",
    "clock": "NUMBER HOUR (NUMBER MINUTE?)? dates",
    # "tháng 3 - 5/2021", "Quý I, II, III"
    "number": "(NUMBER | ROMAN) (YEARLY NEXT | YEAR)?",
    "months": "MONTH number (JOIN number)* (THROUGH number)?",
    "quarters": "QUARTER number (JOIN number)* (THROUGH number)?",
    # "6 tháng đầu năm 2021", "nửa cuối năm"
    "part_of_year": "(NUMBER MONTH | HALF) (FIRST | LAST) (YEARLY | YEAR)",
    # "ngày 19 tháng cuối quý của kỳ báo cáo", "ngày 05 tháng đầu quý sau", "ngày 05 tháng sau"
    "owner": "EACH? (QUARTER | YEARLY) TERM? NEXT? | EACH? TERM NEXT?",
    "month_day": "DAY NUMBER (MONTH (NEXT | (FIRST | LAST) owner?))?",
    "last_month": "MONTH LAST EACH? QUARTER TERM?",
    "year": "YEAR",
    # "07/2021", "III/2021"
    "bare": "(NUMBER | ROMAN) YEAR",
    "length": "NUMBER? (MONTH | QUARTER | YEARLY)",
    "when": "clock | of_months | dates | part_of_year | month_day | months | quarters | last_month | bare | year"
    "| length",
    "span": "NUMBER (DAY | HOUR) WORKING? | NUMBER (WEEK | MONTH | YEARLY)",
}
# The parts of a clause, the first that fits.
PARTS = {
    "after_event": "onward* <count span> SINCE TEXT | WHEN TEXT <count_behind span>",
    "after_date": "onward* <count span> SINCE <first dates>",
    "before_event": "(operator | LEAST)* <count span> AGAINST TEXT | operator* BEFORE TEXT LEAST? <count_behind span>",
    "on_event": "WHEN TEXT",
    "on_request": "REQUEST+",
    "external": "operator* PLANNED",
    "always": "ALWAYS",
    "soft": "SOFT",
    "times": "<operators (operator | LEAST)*> TIMES EACH? <every length>",
    "from_day": "<operators operator*> DAY? NUMBER (TO | THROUGH) END? <last dates>",
    "point": "<operators operator*> <first when> ((TO | THROUGH) END? <last when>)?"
    " (EACH <every length> | LEAST? TIMES)?",
}
_KINDS_OF_WHEN = re.findall(r"\w+", PATTERNS["when"])
_TYPES = dict.fromkeys(re.findall(r"[A-Z]+", " ".join((*PATTERNS.values(), *PARTS.values()))))
_CODES = {type_: chr(0x4E00 + number) for number, type_ in enumerate(_TYPES)}
_ITEMS = {"dates": "date", "clock": "date", "of_months": "number", "months": "number", "quarters": "number"}
_DEEPEST = 9
SEPARATORS = ("COMMA", "AND", "OR", "SEMI")


@dataclass(frozen=True, slots=True)
class Form:
    """Tokens that a pattern matches; items: the days or numbers that it lists."""

    name: str
    tokens: tuple[Token, ...]
    place: Place
    items: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a clause.

    forms: what its pattern names; times: how often, where it tells; aside: its clauses, if it stands in parentheses.
    """

    name: str
    tokens: tuple[Token, ...]
    place: Place
    operators: frozenset[str] = frozenset()
    forms: Mapping[str, Form] = field(default_factory=dict)
    times: Token | None = None
    aside: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """Parts side by side; separator: what parts them from the clause before, "" where nothing does."""

    separator: str
    parts: tuple[Part, ...]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_expanded(PARTS.get(name) or PATTERNS[name]))


def _expanded(pattern: str) -> str:
    """A pattern over the letters that stand for token types."""
    found = ""
    for group, word, sign in re.findall(r"<(\w+)|(\w+)|(\S)", pattern):
        if group:
            found += f"(?P<{group}>"
        elif word:
            found += _CODES.get(word) or f"(?:{_expanded(PATTERNS[word])})"
        else:
            found += {"(": "(?:", ">": ")"}.get(sign, sign)
    return found


class Parser:
    """Reads the tokens of a sentence; `at` is where it stands, in the end the first token that it has no use for."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tuple(tokens)
        self.codes = "".join(_CODES.get(token.type, "_") for token in tokens)
        self.at = 0
        self.depth = 0

    def clauses(self) -> tuple[Clause, ...]:
        """All that can be read from here, up to a closing parenthesis."""
        found: list[Clause] = []
        while True:
            mark = self.at
            separator = self._separator()
            parts = self._parts() if separator or not found else ()
            if not parts:
                self.at = mark
                return tuple(found)
            found.append(Clause(separator, parts))

    def _type(self) -> str:
        return self.tokens[self.at].type if self.at < len(self.tokens) else ""

    def _separator(self) -> str:
        type_ = self._type()
        if type_ not in SEPARATORS:
            return ""
        self.at += 1
        return type_

    def _parts(self) -> tuple[Part, ...]:
        found: list[Part] = []
        while part := self._aside() if self._type() == "LEFT" else self._part():
            found.append(part)
        return tuple(found)

    def _aside(self) -> Part | None:
        start = self.at
        self.at += 1
        self.depth += 1
        clauses = self.clauses() if self.depth < _DEEPEST else ()
        self.depth -= 1
        if not clauses or self._type() not in ("RIGHT", ""):
            return None
        self.at = min(self.at + 1, len(self.tokens))
        tokens = self.tokens[start : self.at]
        return Part("aside", tokens, _place(tokens), aside=clauses)

    def _part(self) -> Part | None:
        for name in PARTS:
            if match := _pattern(name).match(self.codes, self.at):
                self.at = match.end()
                return self._made(name, match)
        return None

    def _made(self, name: str, match: re.Match[str]) -> Part:
        tokens = self.tokens[slice(*match.span())]
        places = {group: match.span(group) for group in match.groupdict() if match[group]}
        operators = frozenset(token.type for token in self.tokens[slice(*places.pop("operators", (0, 0)))])
        times = next((token for token in tokens if token.type == "TIMES"), None)
        if times:
            operators |= {"EACH"}
        forms = {group: self._form_at(group, *place) for group, place in places.items()}
        return Part(name, tokens, _place(tokens), operators, forms, times)

    def _form_at(self, group: str, start: int, end: int) -> Form:
        names = {"every": ("length",), "count": ("span",), "count_behind": ("span",)}.get(group, _KINDS_OF_WHEN)
        return next(form for name in names if (form := self._form(name, start, end)))

    def _form(self, name: str, start: int, end: int) -> Form | None:
        match = _pattern(name).match(self.codes, start, end)
        if not match:
            return None
        tokens = self.tokens[start : match.end()]
        inner = _ITEMS.get(name)
        found = _pattern(inner).finditer(self.codes, *match.span()) if inner else ()
        listed = [self.tokens[slice(*item.span())] for item in found]
        return Form(name, tokens, _place(tokens), tuple(Form(inner or "", item, _place(item)) for item in listed))


def _place(tokens: Sequence[Token]) -> Place:
    return tokens[0].start, tokens[-1].end
