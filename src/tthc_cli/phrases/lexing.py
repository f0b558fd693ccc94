"""From a phrase to tokens: words known by their sound, numbers as places in the text, free words after what opens them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from tthc_cli.naming import fold
from tthc_cli.phrases.vocabulary import noise, sound, words

_PIECE = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+|\d+|\n|[^\s\w]|_")
_DATE = re.compile(r"(\d\d?) ?([/.-]) ?(\d\d?) ?\2 ?(\d{4})(?!\d)")
_DAY_MONTH = re.compile(r"(\d\d?)(?: ?/ ?|\.)(\d\d?)(?!\d| ?[/.-] ?\d)")
_DASHED = re.compile(r"(\d\d?) ?- ?(\d\d?)(?!\d| ?[/.-] ?\d)")
_ROMAN = re.compile(r"[il]{1,3}|[il]v|[ⅰⅱⅲⅳ]")
_QUARTER = re.compile(r"q([il]{1,3}|[il]v)")
_UNITS = ("DAY", "MONTH", "YEARLY", "HOUR", "WEEK")
_ABSOLUTE = ("DAY", "MONTH", "QUARTER", "YEARLY", "WHOLE", "END", "LAST", "FIRST", "HALF", "NUMBER", "EACH")
_OPENS = ("BY", "PERIODIC", "REPORT", "ALWAYS", "REQUEST", "QUARTER", "EACH", "PLANNED", "MONTH", "WHOLE", "BEFORE")
_SEPARATORS = {",": "COMMA", ";": "SEMI", "\n": "SEMI", "-": "DASH", "–": "DASH", "—": "DASH", "&": "AND", "/": "SLASH"}
_STRENGTH = ("COMMA", "DASH", "SLASH", "AND", "OR", "SEMI")
_RECEIVERS = frozenset(
    map(
        fold,
        [
            "ubnd",
            "ủy",
            "uỷ",
            "sở",
            "văn",
            "vp",
            "vpcp",
            "bộ",
            "phòng",
            "chính",
            "chủ",
            "hđnd",
            "hội",
            "huyện",
            "tỉnh",
            "thành",
            "cơ",
            "đơn",
            "ban",
            "cục",
            "thường",
            "thủ",
            "lãnh",
            "trung",
            "ttpvhcc",
            "cấp",
            "thanh",
            "btp",
            "bnv",
            "quốc",
            "đảng",
            "ttg",
            "tw",
        ],
    )
)
_AFTER_SINCE = ("ngày", "khi", "lúc", "thời", "điểm", "mà")

Place = tuple[int, int]


class Piece(NamedTuple):
    """A run of letters or of digits, or one other sign."""

    start: int
    end: int
    kind: str
    sound: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word that means something. value: places of its numbers in the text, or of free words; `number` if spoken."""

    type: str
    start: int
    end: int
    value: tuple[Place, ...] = ()
    number: int = -1


def tokens(text: str) -> list[Token]:
    """The tokens of a phrase; a word not known is a WORD, one without meaning for a deadline is left out."""
    return _joined(_Scanner(text).run())


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.marked = not text.isascii()
        write = sound if self.marked else fold
        self.pieces = [
            Piece(m.start(), m.end(), _kind(m[0]), write(m[0]) if m[0][0].isalpha() else m[0])
            for m in _PIECE.finditer(text)
        ]
        self.at = 0
        self.found: list[Token] = []

    def run(self) -> list[Token]:
        while self.at < len(self.pieces):
            piece = self.pieces[self.at]
            if piece.kind == "digits":
                self._digits(piece)
            elif piece.kind == "word":
                self._word(piece)
            else:
                self._sign(piece)
        return self.found

    @cached_property
    def _skipped(self) -> frozenset[str]:
        write = sound if self.marked else fold
        return frozenset(map(write, _AFTER_SINCE))

    def _peek(self, ahead: int = 0) -> Piece:
        at = self.at + ahead
        return self.pieces[at] if at < len(self.pieces) else Piece(len(self.text), len(self.text), "end", "")

    def _last(self, back: int = 1) -> str:
        return self.found[-back].type if len(self.found) >= back else ""

    def _add(
        self, type_: str, start: int, end: int, value: tuple[Place, ...] = (), number: int = -1, pieces: int = 0
    ) -> None:
        self.found.append(Token(type_, start, end, value, number))
        self.at += pieces

    def _form(self, at: int) -> tuple[str, int, int]:
        """Type of the longest form that begins at a piece, its number, its length in pieces; "" for none."""
        for syllables, type_, number in words(self.marked).get(self.pieces[at].sound, ()):
            taken = self.pieces[at : at + len(syllables)]
            if tuple(piece.sound for piece in taken) == syllables:
                return type_, number, len(syllables)
        return "", -1, 0

    def _type(self, at: int) -> str:
        """What begins at a piece."""
        if at >= len(self.pieces):
            return "end"
        piece = self.pieces[at]
        return piece.kind if piece.kind != "word" else self._form(at)[0] or "word"

    # Numbers

    def _digits(self, piece: Piece) -> None:
        if len(piece.sound) == 4:
            self._add("YEAR", piece.start, piece.end, ((piece.start, piece.end),), pieces=1)
        elif match := _DATE.match(self.text, piece.start):
            self._add("DATE", *match.span(), (match.span(1), match.span(3), match.span(4)))
            self._past(match.end())
        elif match := self._day_month(piece.start):
            self._add("DAYMONTH", *match.span(), (match.span(1), match.span(2)))
            self._past(match.end())
        else:
            self._number(piece.start, piece.end, ((piece.start, piece.end),), -1, 1)

    def _day_month(self, start: int) -> re.Match[str] | None:
        dashed = _DASHED.match(self.text, start) if self._last() in ("DAY", "BEFORE") else None
        return dashed or (None if self._last() in ("QUARTER", "MONTH") else _DAY_MONTH.match(self.text, start))

    def _past(self, end: int) -> None:
        while self.at < len(self.pieces) and self.pieces[self.at].start < end:
            self.at += 1

    def _number(self, start: int, end: int, places: tuple[Place, ...], number: int, pieces: int) -> None:
        """A number, with its repetition in parentheses: "05 (năm)", "năm (05)"."""
        self.at += pieces
        if self._peek().sound == "(":
            inner = self._peek(1)
            if inner.kind == "digits" and self._peek(2).sound == ")" and not places:
                places, end = ((inner.start, inner.end),), self._peek(2).end
                self.at += 3
            elif inner.kind == "word" and places:
                type_, spoken, length = self._form(self.at + 1)
                spoken = 5 if type_ == "YEARLY" and length == 1 else spoken
                if spoken > 0 and self._peek(1 + length).sound == ")":
                    number, end = spoken, self._peek(1 + length).end
                    self.at += length + 2
        self._add("NUMBER", start, end, places, number)

    # Words

    def _word(self, piece: Piece) -> None:
        type_, number, length = self._form(self.at)
        following = self._peek(1)
        if type_ == "YEARLY" and following.kind == "digits" and len(following.sound) == 4:
            place = following.start, following.end
            self._add("YEAR", piece.start, following.end, (place,), pieces=2)
        elif type_ == "YEARLY" and self._is_five():
            self._number(piece.start, piece.end, (), 5, 1)
        elif type_ == "NUMBER":
            self._number(piece.start, self._peek(length - 1).end, (), number, length)
        elif type_:
            self._known(type_, piece.start, self._peek(length - 1).end, length)
        else:
            self._unknown(piece, following)

    def _is_five(self) -> bool:
        """Whether "năm" is a number: "trong năm ngày", "năm (05) ngày làm việc"."""
        if self._peek(1).sound == "(" and self._peek(2).kind == "digits" and self._peek(3).sound == ")":
            return True
        counted = self._type(self.at + 1) in ("DAY", "HOUR", "MONTH", "WEEK") and self._peek(2).kind != "digits"
        return counted and self._last() in ("", "IN", "BY", "BEFORE", "AFTER", "SEMI")

    def _unknown(self, piece: Piece, following: Piece) -> None:
        if match := _QUARTER.fullmatch(piece.sound):
            self._add("QUARTER", piece.start, piece.start + 1)
            self._add("ROMAN", piece.start + 1, piece.end, number=_roman(match[1]), pieces=1)
        elif _ROMAN.fullmatch(piece.sound):
            self._add("ROMAN", piece.start, piece.end, number=_roman(piece.sound), pieces=1)
        elif piece.sound in ("q", "quy") and (following.kind == "digits" or _ROMAN.fullmatch(following.sound)):
            self._add("QUARTER", piece.start, piece.end, pieces=1)
        elif piece.sound == "t" and following.kind == "digits" and len(following.sound) < 3 and self._year_at(2):
            self._add("MONTH", piece.start, piece.end, pieces=1)
        elif piece.sound in ("h", "g") and self._last() == "NUMBER":
            self._add("HOUR", piece.start, piece.end, pieces=1)
        elif piece.sound in noise(self.marked):
            self.at += 1
        else:
            self._add("WORD", piece.start, piece.end, pieces=1)

    def _year_at(self, ahead: int) -> bool:
        return self._peek(ahead).sound in "/-." and len(self._peek(ahead + 1).sound) == 4

    def _known(self, type_: str, start: int, end: int, length: int) -> None:
        opened = _OPENERS.get(type_)
        self.at += length
        if opened:
            opened(self, start, end)
        else:
            self._add(type_, start, end)

    def _counted(self) -> bool:
        """Whether a span stands just before: "05 ngày làm việc", perhaps with a comma after it."""
        types = [token.type for token in self.found[-4:]]
        if types and types[-1] == "COMMA":
            types.pop()
        if types and types[-1] == "WORKING":
            types.pop()
        return len(types) > 1 and types[-1] in _UNITS and types[-2] == "NUMBER"

    def _skip(self) -> None:
        while self._peek().sound in self._skipped:
            self.at += 1

    def _text(self, start: int | None = None, type_: str = "TEXT") -> bool:
        """Take free words up to what ends them, as one token; False if there are none."""
        first, self.at = self.at, self._text_end(self.at)
        if self.at > first or start is not None:
            begin = self.pieces[first].start if start is None else start
            end = self.pieces[self.at - 1].end
            self._add(type_, begin, end, ((begin, end),))
        return self.at > first

    def _text_end(self, at: int) -> int:
        """The piece at which free words end."""
        while at < len(self.pieces):
            piece = self.pieces[at]
            if piece.sound in (";", "\n", ")", "(", ":"):
                if piece.sound != "(" or not self._abbreviation(at):
                    break
                at += 2
            elif self._ends_text(at):
                break
            at += 1
        while at and self.pieces[at - 1].kind == "sign" and self.pieces[at - 1].sound not in ')”"':
            at -= 1
        return at

    def _abbreviation(self, at: int) -> bool:
        inner = self.pieces[at + 1 : at + 3]
        return len(inner) == 2 and inner[1].sound == ")" and self.text[inner[0].start : inner[0].end].isupper()

    def _ends_text(self, at: int) -> bool:
        """Whether a new deadline begins here, or an exception, which free words must not swallow."""
        type_, after = self._type(at), self._type(at + 1)
        if type_ in ("EXCEPT", "BY"):
            return True
        if type_ == "BEFORE" and (after == "digits" or (after == "DAY" and self._type(at + 2) == "digits")):
            return True
        parted = self._type(at) in ("AND", "OR") or self.pieces[at].sound in ",-–"
        if not parted:
            return False
        start = at + 1
        while self._type(start) in ("AND", "OR"):
            start += 1
        opens, length = (
            self._type(start),
            self._form(start)[2] if self._type(start) not in ("end", "digits", "sign") else 0,
        )
        follows = self._type(start + length)
        if opens in ("QUARTER", "MONTH"):
            return follows in ("digits", "word")
        if opens in ("EACH",):
            return follows in ("DAY", "MONTH", "QUARTER", "YEARLY", "digits")
        if opens == "BEFORE":
            return follows in ("digits", "DAY", "MONTH", "QUARTER")
        return opens in ("BY", "PERIODIC", "ALWAYS", "REQUEST", "EXCEPT") or (
            opens == "IN" and follows in ("digits", "QUARTER", "MONTH", "YEARLY")
        )

    # Words that open free words

    def _since(self, start: int, end: int) -> None:
        counted = self._counted()
        if counted and self._last() == "COMMA":
            self.found.pop()
        mark = self.at
        self._skip()
        if self._peek().kind == "digits":
            self.at = mark
            self._add("SINCE" if counted else "FROM", start, end)
        elif counted:
            self._add("SINCE", start, end)
            self._text()
        else:
            self.at = mark
            self._add("FROM", start, end)

    def _when(self, start: int, end: int) -> None:
        if self._counted():
            self._since(start, end)
        elif self._peek().kind == "digits":
            self._add("WORD", start, end)
        else:
            self._add("WHEN", start, end)
            self._text()

    def _after(self, start: int, end: int) -> None:
        if self._last() in ("MONTH", "QUARTER", "YEARLY", "TERM") and self._type(self.at) in ("end", "sign", "TERM"):
            self._add("NEXT", start, end)
        elif self._type(self.at) in ("digits", "NUMBER") or (
            self._type(self.at) == "YEARLY" and self._is_number_ahead()
        ):
            self._add("AFTER", start, end)
        else:
            self._when(start, end)

    def _is_number_ahead(self) -> bool:
        return self._type(self.at + 1) in ("DAY", "HOUR", "MONTH")

    def _against(self, start: int, end: int) -> None:
        self._skip()
        self._add("AGAINST", start, end)
        if self._peek().kind != "digits":
            self._text()

    def _before(self, start: int, end: int) -> None:
        if self._counted():
            self._against(start, end)
            return
        mark = self.at
        self._skip()
        if self._type(self.at) in ("digits", "YEAR", *_ABSOLUTE):
            self.at = mark
            self._add("BEFORE", start, end)
            return
        self._add("BEFORE", start, end)
        self._before_text()

    def _before_text(self) -> None:
        """Words that name an event, up to the count that follows them: "trước kỳ họp 10 ngày"."""
        first, last = self.at, self._text_end(self.at)
        counts = [at for at in range(first + 1, last) if self.pieces[at].kind == "digits" or self._type(at) == "NUMBER"]
        for at in counts:
            if self._type(at + 1) in _UNITS and self._type(at + 2) in ("WORKING", "end", "sign"):
                last = at
                break
        if last > first:
            begin, end = self.pieces[first].start, self.pieces[last - 1].end
            self._add("TEXT", begin, end, ((begin, end),))
        self.at = last

    def _phase(self, start: int, end: int) -> None:
        inner = self.text.find(" ", start, end) + 1 or start
        self._add("WHEN", start, inner)
        self._text(inner)

    def _request(self, start: int, end: int) -> None:
        self._opened("REQUEST", start, end)

    def _planned(self, start: int, end: int) -> None:
        self._opened("PLANNED", start, end)

    def _opened(self, type_: str, start: int, end: int) -> None:
        """Free words that begin within the form itself: "theo yêu cầu của …" is the request "yêu cầu của …"."""
        inner = re.compile(r"(?:theo|khi\s+(?:có|được)|khi)\s+", re.IGNORECASE).match(self.text, start, end)
        begin = inner.end() if inner else start
        last = self._text_end(self.at)
        self.at = max(self.at, last)
        stop = max(end, self.pieces[self.at - 1].end)
        self._add(type_, start, stop, ((begin, stop),))

    def _submit(self, start: int, end: int) -> None:
        """To whom a paper goes says nothing of when."""
        if self._last() == "LEFT":
            closing = next((at for at in range(self.at, len(self.pieces)) if self.pieces[at].sound in "()"), -1)
            inside = range(self.at, closing)
            if closing > 0 and not any(
                self.pieces[at].kind == "digits"
                or self._type(at) in ("EXCEPT", "BEFORE", "BY", "WHEN", "EACH", "QUARTER")
                for at in inside
            ):
                self.at = closing
                return
        while self._peek().kind == "word" and fold(self._peek().sound) in _RECEIVERS:
            while self._type(self.at) in ("word", "YEARLY") and self._form(self.at)[0] not in ("EXCEPT",):
                if self._type(self.at) == "YEARLY":
                    return
                self.at += 1
            if (
                self._type(self.at) in ("AND", "sign")
                and fold(self._peek(1).sound) in _RECEIVERS
                and self._peek().sound not in "();"
            ):
                self.at += 1

    # Signs

    def _sign(self, piece: Piece) -> None:
        following = self._peek(1)
        self.at += 1
        if piece.sound == "(":
            self._add("LEFT", piece.start, piece.end)
        elif piece.sound == ")":
            self._add("RIGHT", piece.start, piece.end)
        elif (
            piece.sound in "/-."
            and len(following.sound) == 4
            and following.kind == "digits"
            and self._takes_year(piece)
        ):
            self._add("YEAR", piece.start, following.end, ((following.start, following.end),), pieces=1)
        elif piece.sound == ":" and self._last() == "NUMBER" and following.kind == "digits":
            self._add("HOUR", piece.start, piece.end)
        elif type_ := _SEPARATORS.get(piece.sound):
            self._add(type_, piece.start, piece.end)

    def _takes_year(self, piece: Piece) -> bool:
        return self._last() in ("NUMBER", "ROMAN", "DAYMONTH") or (self._last() == "YEARLY" and piece.sound == "/")


_OPENERS: dict[str, Callable[[_Scanner, int, int], None]] = {
    "SINCE": _Scanner._since,
    "WHEN": _Scanner._when,
    "AFTER": _Scanner._after,
    "AGAINST": _Scanner._against,
    "BEFORE": _Scanner._before,
    "PHASE": _Scanner._phase,
    "REQUEST": _Scanner._request,
    "PLANNED": _Scanner._planned,
    "SUBMIT": _Scanner._submit,
}


def _kind(text: str) -> str:
    return "digits" if text.isdecimal() else "word" if text[0].isalpha() else "sign"


def _roman(text: str) -> int:
    plain = text.replace("l", "i")
    return 4 if plain in ("iv", "ⅳ") else "ⅰⅱⅲ".find(plain) + 1 if plain in "ⅰⅱⅲ" else len(plain)


def _joined(found: list[Token]) -> list[Token]:
    """The tokens with their separators weighed: what only joins numbers, what parts deadlines, what is a span."""
    return _separated(_merged(found))


def _merged(found: list[Token]) -> list[Token]:
    """Runs of tokens that mean one thing made one."""
    result: list[Token] = []
    for token in found:
        last = result[-1] if result else None
        if last and last.type in _STRENGTH and token.type in _STRENGTH:
            result[-1] = max(last, token, key=lambda t: _STRENGTH.index(t.type))
        elif last and token.type == "TIMES":
            if last.type == "SLASH":
                result.pop()
            if result and result[-1].type == "NUMBER":
                number = result.pop()
                result.append(replace(number, type="TIMES", end=token.end))
            else:
                result.append(replace(token, number=1))
        elif (last and last.type == "SLASH" and token.type == "YEAR") or (
            last and last.type == "SLASH" and len(result) > 1 and result[-2].type == "TIMES"
        ):
            result[-1] = token
        elif last and last.type == "LEFT" and token.type == "RIGHT":
            result.pop()
        else:
            result.append(token)
    return result


def _separated(found: list[Token]) -> list[Token]:
    result: list[Token] = []
    for at, token in enumerate(found):
        last = result[-1].type if result else "SEMI"
        after = [t.type for t in found[at + 1 : at + 3]] + ["end", "end"]
        type_ = token.type
        if type_ in _STRENGTH:
            if (last in ("SEMI", "LEFT") and type_ not in ("OR", "AND")) or after[0] in ("end", "RIGHT"):
                continue
            type_ = _weighed(type_, last, after)
        elif type_ == "TILL":
            type_ = "TO" if last in ("NUMBER", "ROMAN", "YEAR", "DATE", "DAYMONTH", "YEARLY") else "BY"
            if type_ == "TO" and after[0] in ("NUMBER", "ROMAN") and after[1] not in _UNITS:
                type_ = "THROUGH"
        elif type_ == "NOW":
            continue
        elif type_ == "LAST" and last not in ("MONTH", "NUMBER", "DAY", "HALF", "WORKING", "QUARTER"):
            type_ = "END"
        elif type_ == "REPORT":
            reported = after[0] in ("QUARTER", "MONTH", "YEARLY", "EACH", "NUMBER", "PERIODIC", "YEAR")
            if not reported:
                continue
            type_ = "PERIODIC"
        result.append(replace(token, type=type_))
    return result


_NUMERIC = ("NUMBER", "ROMAN", "YEAR", "DATE", "DAYMONTH")


def _weighed(type_: str, last: str, after: list[str]) -> str:
    number_next = after[0] == "ROMAN" or (after[0] == "NUMBER" and after[1] not in (*_UNITS, "TIMES"))
    if type_ == "DASH":
        if last in _NUMERIC and number_next:
            return "THROUGH"
        return (
            "TO"
            if last in _NUMERIC and after[0] in ("QUARTER", "MONTH", "DAY", "YEAR", "DATE", "DAYMONTH")
            else "COMMA"
        )
    if type_ in ("COMMA", "AND", "SLASH") and last in _NUMERIC:
        if number_next or after[0] in ("DATE", "DAYMONTH"):
            return "JOIN"
    return "AND" if type_ == "SLASH" else type_
