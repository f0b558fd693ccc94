"""From a phrase to tokens: words known by their sound, numbers as places in the text, so that digits do not matter."""

from __future__ import annotations

import re

from tthc_cli.phrases.cursor import Place, Token
from tthc_cli.phrases.free_words import UNITS, FreeWords

_DATE = re.compile(r"(\d\d?) ?([/.-]) ?(\d\d?) ?\2 ?(\d{4})(?!\d)")
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?!\d)")
_SHORT_YEAR = re.compile(r"\d\d? ?([/.-]) ?\d\d? ?\1 ?\d{1,3}(?!\d)")
# Not the beginning of something longer; the dash of "01/10 - 09/11" is one of a span.
_DAY_MONTH = re.compile(r"(\d\d?)(?: ?/ ?|\.)(\d\d?)(?!\d| ?[/.] ?\d| ?- ?\d(?!\d? ?/ ?\d))")
_DASHED = re.compile(r"(\d\d?) ?- ?(\d\d?)(?!\d| ?[/.-] ?\d)")
# Scanners take the I of a roman number for an l, a 1 or a bar.
_ROMAN = re.compile(r"[il]{1,3}|[il]v|[ⅰⅱⅲⅳ]")
_QUARTER = re.compile(r"q([il]{1,3}|[il]v)")
_SEPARATORS = {",": "COMMA", ";": "SEMI", "\n": "SEMI", "&": "AND", "/": "SLASH", "(": "LEFT", ")": "RIGHT"}
_DASHES = "-–—"
# No sentence ends behind one of these.
_UNFINISHED = ("BEFORE", "BY", "IN", "TILL", "FROM", "AND", "OR", "SLASH", "EACH", "LEFT")
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
        if match := _ISO.match(self.text, piece.start):
            self._matched("DATE", match, (match.span(3), match.span(2), match.span(1)))
        elif len(piece.sound) == 4:
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
        type_ = "ASIDE" if self._numbers_item() else "WORD" if self._counts() else "NUMBER"
        self.add(type_, place, places, number)

    def _numbers_item(self) -> bool:
        """Whether the number only begins an item of a list: "1. Tháng 5; 2. Tháng 8"."""
        item = self.ahead(1)
        opens = item.kind == "word" and self.text[item.start].isupper()
        return opens and self.ahead().sound in (".", ")") and self.last() in ("", "SEMI")

    def _counts(self) -> bool:
        """Whether the number behind the hand counts or names something that is no time: "02 kế hoạch", "mục 3"."""
        if self.last() in ("DAY", "MONTH", "QUARTER"):
            return False
        type_, sound = self.type(self.at), self.ahead().sound
        if type_ == "MONTH" or sound == "/":
            return self.ahead(-2).sound in self.words.numbered and self.ahead(1).kind == "digits"
        if sound in (".", ":", ")"):
            return self.type(self.at + 1) == "MONTH"
        return type_ == "LABEL" or (type_ == "word" and sound in self.words.counted)

    def _labels(self, length: int) -> bool:
        """Whether the words tell one of several apart, and nothing of when: "đợt 1: tháng 5", "giai đoạn II"."""
        if not self._numbered(length) or self.last() in ("NUMBER", "SLASH"):
            return False
        after = self.at + length + 1
        type_, counted = self.type(after), self.type(after + 1) == "digits"
        if type_ in UNITS:
            return counted and type_ in ("DAY", "MONTH")
        sound = self.piece(after).sound
        return sound == "(" or not (type_ == "TIMES" or sound == "/" or (type_ == "sign" and counted))

    def _numbered(self, length: int) -> bool:
        """Whether a short number that counts no time stands behind so many pieces."""
        number = self.ahead(length)
        short = number.kind == "digits" and len(number.sound) < 3
        spans = self.type(self.at + length + 1) in UNITS and self.type(self.at + length + 2) != "digits"
        return bool(short or _ROMAN.fullmatch(number.sound)) and not spans

    # Words

    def _word(self) -> None:
        type_, number, length = self.form(self.at)
        place = self.ahead().start, self.ahead(length - 1).end
        if type_ == "YEARLY" and len(self.ahead(1).sound) == 4 and self.ahead(1).kind == "digits":
            self._year(place[0])
        elif type_ == "YEARLY" and self._is_five():
            self.at += 1
            self._number(place, (), 5)
        elif type_ == "NUMBER":
            self.at += length
            self._number(place, (), number)
        elif type_ in ("LABEL", "TIMES", "TERM") and self._labels(length):
            self.at += length + 1
            self.add("ASIDE", (place[0], self.ahead(-1).end))
            self.at += self.ahead().sound == "("  # what stands in parentheses is all that is said of it
        elif type_ == "LABEL" and not self._numbered(length):
            self._other()
        elif type_ == "LABEL":
            self.at += length
            self.add("WORD", place)
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

    def _year(self, start: int) -> None:
        """Note a year, with the word or sign before it."""
        digits = self.ahead(1)
        self.add("YEAR", (start, digits.end), ((digits.start, digits.end),))
        self.at += 2

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
        dotted = sound in ("q", "t") and self.ahead().sound == "."
        following = self.ahead(dotted)
        digits, type_ = following.kind == "digits", ""
        if sound in ("q", "quy") and (digits or _ROMAN.fullmatch(following.sound)):
            type_ = "QUARTER"
        elif (
            sound == "t"
            and digits
            and (self._glued() or (self.ahead(1 + dotted).sound in "/-." and self._four(2 + dotted)))
        ):
            type_ = "MONTH"
        self.at += bool(type_) and dotted
        return type_ or ("HOUR" if sound in ("h", "g") and self.last() == "NUMBER" else "")

    def _glued(self) -> bool:
        """ "T5", "T8-T10"."""
        return self.ahead(-1).end == self.ahead().start and len(self.ahead().sound) < 3

    def _four(self, ahead: int) -> bool:
        piece = self.ahead(ahead)
        return piece.kind == "digits" and len(piece.sound) == 4

    # Signs

    def _sign(self) -> None:
        piece = self.ahead()
        place = piece.start, piece.end
        if piece.sound in "/-–." and self._four(1) and self.last() in ("NUMBER", "ROMAN", "DAYMONTH", "YEARLY"):
            self._year(piece.start)
            return
        self.at += 1
        if piece.sound == "\n" and self._wrapped():
            return
        if piece.sound == ":" and self.last() == "NUMBER" and self.ahead().kind == "digits":
            self.add("HOUR", place)
        elif piece.sound in _DASHES:
            self.add("DASH", place)
        elif type_ := _SEPARATORS.get(piece.sound):
            self.add(type_, place)
        elif piece.sound == "+" and self.last() in ("NUMBER", "ROMAN"):
            self.add("AND", place)
        elif piece.sound not in _IDLE and not (piece.sound == "+" and self.last() in ("", "SEMI")):
            self.add("WORD", place)

    def _wrapped(self) -> bool:
        """Whether a line only ends because its cell is narrow: "Quý / III/2021"."""
        following = self.ahead()
        number = following.kind == "digits" or _ROMAN.fullmatch(following.sound)
        if self.last() in _UNFINISHED or following.sound == "/":
            return True
        return self.last() in ("DAY", "MONTH", "QUARTER") and bool(number)


def _roman(text: str) -> int:
    plain = text.replace("l", "i")
    return 4 if plain in ("iv", "ⅳ") else "ⅰⅱⅲ".index(plain) + 1 if plain in "ⅰⅱⅲ" else len(plain)
