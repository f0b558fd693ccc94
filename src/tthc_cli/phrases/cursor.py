"""A phrase cut into pieces, tokens found in it, and a hand that moves along."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tthc_cli.phrases.vocabulary import words
from tthc_cli.tuples import NamedTuple

_PIECE = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+|\d+|\n|[^\s\w]|_")

Place = tuple[int, int]


class Piece(NamedTuple):
    """A run of letters ("word") or of digits ("digits"), or one other sign ("sign"); "end" after the last."""

    start: int
    end: int
    kind: str
    sound: str


@dataclass(frozen=True, slots=True)
class Token:
    """Words that mean one thing.

    places: where its numbers, or its free words, stand in the text; number: the value of a number in words, of a date
    the day of the week that is named beside it (Monday is 0), else -1.
    """

    type: str
    start: int
    end: int
    places: tuple[Place, ...] = ()
    number: int = -1

    @property
    def place(self) -> Place:
        return self.start, self.end


class Cursor:
    """The hand: `at` is the piece it stands on, `found` what it has passed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words(not text.isascii())
        self.pieces = [Piece(*match.span(), *self._kind(match[0])) for match in _PIECE.finditer(text)]
        self.at = 0
        self.found: list[Token] = []
        self._forms: dict[int, tuple[str, int, int]] = {}

    def _kind(self, text: str) -> tuple[str, str]:
        if text.isdecimal():
            return "digits", text
        return ("word", self.words.write(text) or text) if text[0].isalnum() else ("sign", text)

    def piece(self, at: int) -> Piece:
        """A piece by its number; beyond the last the end."""
        size = len(self.text)
        return self.pieces[at] if 0 <= at < len(self.pieces) else Piece(size, size, "end", "")

    def ahead(self, count: int = 0) -> Piece:
        """The piece so many further on."""
        return self.piece(self.at + count)

    def form(self, at: int) -> tuple[str, int, int]:
        """Type, number and length in pieces of the longest form that begins at a piece; ("", -1, 1) where none does."""
        if at not in self._forms:
            self._forms[at] = self._longest(at)
        return self._forms[at]

    def _longest(self, at: int) -> tuple[str, int, int]:
        for syllables, type_, number in self.words.forms.get(self.piece(at).sound, ()):
            if tuple([piece.sound for piece in self.pieces[at : at + len(syllables)]]) == syllables:
                return type_, number, len(syllables)
        return "", -1, 1

    def type(self, at: int) -> str:
        """What begins at a piece: a token type, else the piece's kind."""
        piece = self.piece(at)
        return self.form(at)[0] or "word" if piece.kind == "word" else piece.kind

    def last(self, back: int = 1) -> str:
        """Type of the last token, or of the one so many back; "" where there is none."""
        return self.found[-back].type if len(self.found) >= back else ""

    def add(self, type_: str, place: Place, places: tuple[Place, ...] = (), number: int = -1) -> None:
        """Note a token."""
        self.found.append(Token(type_, *place, places, number))

    def pass_to(self, end: int) -> None:
        """Move behind a place in the text."""
        while self.ahead().start < end:
            self.at += 1
