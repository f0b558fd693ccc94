"""The words of a deadline read as rules, with whatever could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tthc_cli.phrases.cursor import Place, Token
from tthc_cli.phrases.grammar import SEPARATORS, Clause, Parser
from tthc_cli.phrases.joining import joined
from tthc_cli.phrases.meaning import Meaning
from tthc_cli.phrases.scanning import scan
from tthc_cli.phrases.shape import Shaped
from tthc_cli.tuples import NamedTuple

if TYPE_CHECKING:
    from tthc_cli.rules import AnyRule


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
    shaped = Shaped(text)
    sentences, places = _template(shaped.shape)
    meaning = Meaning(shaped, year)
    for clauses in sentences:
        meaning.take(clauses)
    rules = meaning.rules()
    if not (places or meaning.wrong):
        return Phrase(text, rules, ())
    left = map(shaped.place, sorted({*places, *meaning.wrong}))
    return Phrase(text, rules, tuple(Span(start, end, text[start:end]) for start, end in left))


@lru_cache(maxsize=8192)
def _template(shape: str) -> tuple[tuple[tuple[Clause, ...], ...], tuple[Place, ...]]:
    """Sentences and unread places of all phrases that differ in their numbers alone."""
    sentences, places = [], []
    for segment in _segments(joined(scan(shape))):
        parser = Parser(segment)
        sentences.append(parser.clauses())
        if rest := segment[parser.at :]:
            start = next((token for token in rest if token.type not in SEPARATORS), rest[0])
            places.append((start.start, rest[-1].end))
    return tuple(sentences), tuple(places)


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
