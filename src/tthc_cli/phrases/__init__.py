"""The words of a deadline read as rules, with whatever could not be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from tthc_cli.phrases.grammar import Unread, parse
from tthc_cli.phrases.lexing import Place, Token, tokens
from tthc_cli.phrases.meaning import Meaning

if TYPE_CHECKING:
    from lark import Tree

    from tthc_cli.rules import AnyRule

_DIGIT = re.compile(r"\d")


class Span(NamedTuple):
    """Words at a place of the phrase."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase and what it says.

    rules: in the order of the words; leftover: words that carry meaning and that no rule covers.
    """

    text: str
    rules: tuple[AnyRule, ...]
    leftover: tuple[Span, ...]

    @property
    def understood(self) -> bool:
        """Whether the rules say all that the words say."""
        return bool(self.rules) and not self.leftover


def read(text: str, year: int) -> Phrase:
    """The rules that a phrase gives in a plan of this year; it never raises, whatever the text."""
    trees, places = _template(_DIGIT.sub("0", text))
    meaning = Meaning(text, year)
    for tree in trees:
        meaning.of(tree)
    rules = meaning.rules()
    spans = [Span(start, end, text[start:end]) for start, end in sorted({*places, *meaning.wrong})]
    return Phrase(text, rules, tuple(spans))


@lru_cache(maxsize=8192)
def _template(shape: str) -> tuple[tuple[Tree[Any], ...], tuple[Place, ...]]:
    """Trees and unread places of all phrases that differ in their digits alone."""
    trees, places = [], []
    for segment in _segments(tokens(shape)):
        tree, place = _parsed(segment)
        trees += [tree] if tree else []
        places += [place] if place else []
    return tuple(trees), tuple(places)


def _segments(found: list[Token]) -> list[list[Token]]:
    """Tokens between semicolons and line ends outside parentheses, which are read each for itself."""
    segments: list[list[Token]] = [[]]
    depth = 0
    for token in found:
        depth += {"LEFT": 1, "RIGHT": -1}.get(token.type, 0)
        if token.type == "SEMI" and depth <= 0:
            segments.append([])
        else:
            segments[-1].append(token)
    return [segment for segment in segments if segment]


def _parsed(segment: list[Token]) -> tuple[Tree[Any] | None, Place | None]:
    """The tree of a segment; where it cannot be read, that of its readable beginning, and the place of the rest."""
    try:
        return parse(segment), None
    except Unread as unread:
        at = min(unread.index, len(segment) - 1)
    while at:
        try:
            return parse(segment[:at]), (segment[at].start, segment[-1].end)
        except Unread as unread:
            at = min(unread.index, at - 1)
    return None, (segment[0].start, segment[-1].end)
