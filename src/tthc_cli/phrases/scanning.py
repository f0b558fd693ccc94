"""From a phrase to tokens: words known by their sound, numbers as places in the text, so that digits do not matter."""

from __future__ import annotations

import re

from tthc_cli.phrases.cursor import Place, Token
from tthc_cli.phrases.free_words import FreeWords

_DATE = re.compile(r"(\d\d?) ?([/.-]) ?(\d\d?) ?\2 ?(\d{4})(?!\d)")
_SHORT_YEAR = re.compile(r"\d\d? ?([/.-]) ?\d\d? ?\1 ?\d{1,3}(?!\d)")
_DAY_MONTH = re.compile(r"(\d\d?)(?: ?/ ?|\.)(\d\d?)(?!\d| ?[/.-] ?\d)")
_DASHED = re.compile(r"(\d\d?) ?- ?(\d\d?)(?!\d| ?[/.-] ?\d)")
# Scanners take the I of a roman number for an l, a 1 or a bar.
_ROMAN = re.compile(r"[il]{1,3}|[il]v|[ⅰⅱⅲⅳ]")
_QUARTER = re.compile(r"q([il]{1,3}|[il]v)")
_SEPARATORS = {",": "COMMA", ";": "SEMI", "\n": "SEMI", "&": "AND", "/": "SLASH", "(": "LEFT", ")": "RIGHT"}
_DASHES = "-–—"
# Signs that say nothing; any other may ("~ 15/7").
_IDLE = ".:\"'“”‘’«»*_…•·!|\\"


def scan(text: str) -> list[Token]:
    """The tokens of a phrase; a word not known is a WORD, one of the closed set of noise is passed over."""
    return _Scanner(text).run()


class _Scanner(FreeWords):
    def run(self) -> list[Token]:
        take = {"digits": self._digits, "word": self._word, "sign": self._sign}
        while self.at < len(self.pieces):
            take[self.ahead().kind]()
        return self.found

    # Numbers

    def _digits(self) -> None:
        piece = self.ahead()
        place = piece.start, piece.end
        if len(piece.sound) == 4:
            self.at += 1
            self.add("YEAR", place, (place,))
        elif match := _DATE.match(self.text, piece.start):
            self._matched("DATE", match, (match.span(1), match.span(3), match.span(4)))
        elif match := _SHORT_YEAR.match(self.text, piece.start):
            self._matched("WORD", match, ())
        elif match := self._day_month(piece.start):
            self._matched("DAYMONTH", match, (match.span(1), match.span(2)))
        else:
            self.at += 1
            self._number(place, (place,), -1)

    def _matched(self, type_: str, match: re.Match[str], places: tuple[Place, ...]) -> None:
        self.add(type_, match.span(), places)
        self.pass_to(match.end())

    def _day_month(self, start: int) -> re.Match[str] | None:
        if self.last() in ("QUARTER", "MONTH"):
            return None
        dashed = _DASHED.match(self.text, start) if self.last() in ("DAY", "BEFORE") else None
        return dashed or _DAY_MONTH.match(self.text, start)

    def _number(self, place: Place, places: tuple[Place, ...], number: int) -> None:
        """Note a number, with its repetition in parentheses: "05 (năm)", "năm (05)"."""
        if self.ahead().sound == "(":
            type_, spoken, length = self.form(self.at + 1)
            inner, closing = self.ahead(1), self.ahead(1 + length)
            spoken = 5 if type_ == "YEARLY" else spoken
            if closing.sound == ")" and (spoken > 0 if places else inner.kind == "digits"):
                number = spoken if places else number
                places = places or ((inner.start, inner.end),)
                place = place[0], closing.end
                self.at += length + 2
        self.add("NUMBER", place, places, number)

    # Words

    def _word(self) -> None:
        type_, number, length = self.form(self.at)
        place = self.ahead().start, self.ahead(length - 1).end
        if type_ == "YEARLY" and len(self.ahead(1).sound) == 4 and self.ahead(1).kind == "digits":
            self._year(place[0], 1)
        elif type_ == "YEARLY" and self._is_five():
            self.at += 1
            self._number(place, (), 5)
        elif type_ == "NUMBER":
            self.at += length
            self._number(place, (), number)
        elif type_:
            self.at += length
            self._known(type_, place)
        else:
            self._other()

    def _known(self, type_: str, place: Place) -> None:
        if open_ := self.openers.get(type_):
            open_(place)
        else:
            self.add(type_, place)

    def _year(self, start: int, ahead: int) -> None:
        """Note a year, with what stands before it."""
        digits = self.ahead(ahead)
        self.add("YEAR", (start, digits.end), ((digits.start, digits.end),))
        self.at += ahead + 1

    def _is_five(self) -> bool:
        """Whether "năm" is a number: "trong năm ngày", "năm (05) ngày làm việc"."""
        if self.ahead(1).sound == "(" and self.ahead(2).kind == "digits" and self.ahead(3).sound == ")":
            return True
        counted = self.type(self.at + 1) in ("DAY", "HOUR", "MONTH", "WEEK") and self.ahead(2).kind != "digits"
        return counted and self.last() in ("", "IN", "BY", "BEFORE", "AFTER", "SEMI", "COMMA")

    def _other(self) -> None:
        """A word that is no form: a roman number, an abbreviation, noise, or unknown."""
        piece = self.ahead()
        self.at += 1
        place = piece.start, piece.end
        if match := _QUARTER.fullmatch(piece.sound):
            self.add("QUARTER", (piece.start, piece.start + 1))
            self.add("ROMAN", (piece.start + 1, piece.end), number=_roman(match[1]))
        elif _ROMAN.fullmatch(piece.sound):
            self.add("ROMAN", place, number=_roman(piece.sound))
        elif type_ := self._abbreviated(piece.sound):
            self.add(type_, place)
        elif piece.sound not in self.words.noise:
            self.add("WORD", place)

    def _abbreviated(self, sound: str) -> str:
        following = self.ahead()
        if sound in ("q", "quy") and (following.kind == "digits" or _ROMAN.fullmatch(following.sound)):
            return "QUARTER"
        if sound == "t" and following.kind == "digits" and self.ahead(1).sound in "/-." and self._four(2):
            return "MONTH"
        return "HOUR" if sound in ("h", "g") and self.last() == "NUMBER" else ""

    def _four(self, ahead: int) -> bool:
        piece = self.ahead(ahead)
        return piece.kind == "digits" and len(piece.sound) == 4

    # Signs

    def _sign(self) -> None:
        piece = self.ahead()
        place = piece.start, piece.end
        if piece.sound in "/-–." and self._four(1) and self.last() in ("NUMBER", "ROMAN", "DAYMONTH", "YEARLY"):
            self._year(piece.start, 1)
            return
        self.at += 1
        if piece.sound == ":" and self.last() == "NUMBER" and self.ahead().kind == "digits":
            self.add("HOUR", place)
        elif piece.sound in _DASHES:
            self.add("DASH", place)
        elif type_ := _SEPARATORS.get(piece.sound):
            self.add(type_, place)
        elif piece.sound not in _IDLE and not (piece.sound == "+" and self.last() in ("", "SEMI")):
            self.add("WORD", place)


def _roman(text: str) -> int:
    plain = text.replace("l", "i")
    return 4 if plain in ("iv", "ⅳ") else "ⅰⅱⅲ".index(plain) + 1 if plain in "ⅰⅱⅲ" else len(plain)
