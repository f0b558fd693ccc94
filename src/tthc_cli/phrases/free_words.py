"""Words that open free words: the name of an event or a document, or whom a paper goes to; and where these end."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from tthc_cli.phrases.cursor import Cursor, Place

UNITS = ("DAY", "MONTH", "YEARLY", "HOUR", "WEEK")
_ABSOLUTE = (*UNITS, "QUARTER", "WHOLE", "END", "LAST", "FIRST", "HALF", "NUMBER", "EACH", "WEEKDAY", "digits")
# What stands here is no event: "sau quý I/2021", "kể từ tháng 6".
_PERIODS = ("MONTH", "QUARTER", "YEARLY", "EACH", "WEEK")
# Inside an aside that tells where a paper goes, these would say when.
_TELLING = ("EXCEPT", "BEFORE", "BY", "WHEN", "EACH", "QUARTER", "MONTH", "DAY", "digits")
_INNER = re.compile(r"(?:theo|khi\s+(?:có|được)|khi)\s+", re.IGNORECASE)
_FOLLOWERS = {
    "QUARTER": ("digits", "word"),
    "MONTH": ("digits",),
    "EACH": ("DAY", "MONTH", "QUARTER", "YEARLY", "digits"),
    "BEFORE": ("digits", "DAY", "MONTH", "QUARTER"),
    "IN": ("digits", "QUARTER", "MONTH", "YEARLY"),
    "TILL": ("digits", "DAY", "END"),
}
_OPENS = ("BY", "PERIODIC", "ALWAYS", "REQUEST", "EXCEPT", "SOFT")


class FreeWords(Cursor):
    """A hand that takes free words."""

    @cached_property
    def openers(self) -> dict[str, Callable[[Place], None]]:
        """What to do at a word of a type, its place given; the hand stands behind it."""
        return {
            "SINCE": self._since,
            "WHEN": self._when,
            "AFTER": self._after,
            "AGAINST": self._against,
            "BEFORE": self._before,
            "PHASE": self._phase,
            "FOR": self._for,
            "WEEKDAY": self._weekday,
            "REQUEST": lambda place: self._named("REQUEST", place),
            "PLANNED": lambda place: self._named("PLANNED", place),
            "SUBMIT": self._submit,
            "REPORT": self._report,
        }

    @cached_property
    def _links(self) -> frozenset[str]:
        return frozenset(self.words.all("ngày khi lúc thời điểm mà"))

    @cached_property
    def _least(self) -> frozenset[str]:
        return frozenset(self.words.all("nhất thiểu"))

    def _linked(self, place: Place) -> Place:
        """The place of a word with the links behind it, "kể từ ngày", which are passed over."""
        while self.ahead().sound in self._links:
            self.at += 1
        return place[0], max(place[1], self.piece(self.at - 1).end)

    def _counted(self) -> bool:
        """Whether a span stands just before: "05 ngày làm việc", perhaps with a comma after it."""
        types = [token.type for token in self.found[-4:]]
        for passing in ("COMMA", "WORKING"):
            if types and types[-1] == passing:
                types.pop()
        return len(types) > 1 and types[-1] in UNITS and types[-2] == "NUMBER"

    def _take(self, end: int, start: int | None = None) -> None:
        """Note the words up to a piece as one token of free words, if there are any."""
        if end > self.at:
            place = self.ahead().start if start is None else start, self.piece(end - 1).end
            self.add("TEXT", place, (place,))
            self.at = end

    # Where free words end

    def _end(self) -> int:
        """The piece at which the free words that begin here end."""
        at = self.at
        while at < len(self.pieces) and not self._ends(at):
            at += 3 if self._abbreviation(at) else 1
        while at > self.at and self.piece(at - 1).kind == "sign" and self.piece(at - 1).sound not in ')”"':
            at -= 1
        return at

    def _ends(self, at: int) -> bool:
        """Whether a sentence or an aside ends here, a new deadline begins, or an exception, not to be swallowed."""
        piece, type_, after = self.piece(at), self.type(at), self.type(at + 1)
        if piece.sound in (";", "\n", ")", ":") or (piece.sound == "(" and not self._abbreviation(at)):
            return True
        if type_ in ("EXCEPT", "BY"):
            return True
        if type_ == "BEFORE":
            return after == "digits" or (after == "DAY" and self.type(at + 2) == "digits")
        return self._parts(at) and self._opens(at)

    def _abbreviation(self, at: int) -> bool:
        """ "(VBQPPL)": another name for what stands before it."""
        inner = self.piece(at + 1)
        text = self.text[inner.start : inner.end]
        return (
            self.piece(at).sound == "(" and inner.kind == "word" and self.piece(at + 2).sound == ")" and text.isupper()
        )

    def _parts(self, at: int) -> bool:
        return self.type(at) in ("AND", "OR") or self.piece(at).sound in (",", "-", "–", "—")

    def _opens(self, at: int) -> bool:
        """Whether a new deadline begins after separators."""
        while self._parts(at) or (self.piece(at).sound in self.words.noise and not self.form(at)[0]):
            at += 1
        type_, _, length = self.form(at)
        return type_ in _OPENS or self.type(at + length) in _FOLLOWERS.get(type_, ())

    # Words that open them

    def _since(self, place: Place) -> None:
        """ "kể từ ngày ký …" after a span; else the first of two days or periods."""
        counted = self._counted()
        if counted and self.last() == "COMMA":
            self.found.pop()
        mark = self.at
        linked = self._linked(place)
        if counted and self.type(self.at) in _PERIODS:
            self.add("WORD", linked)
        elif counted and self.ahead().kind != "digits":
            self.add("SINCE", linked)
            self._take(self._end())
        else:
            self.at = mark
            self.add("SINCE" if counted else "FROM", place)

    def _when(self, place: Place) -> None:
        if self._counted():
            self._since(place)
        elif self.ahead().kind == "digits" or self.type(self.at) in _PERIODS or self._spans():
            self.add("WORD", place)
        else:
            self.add("WHEN", place)
            self._take(self._before_count())

    def _spans(self) -> bool:
        """Whether a span stands in the words that should name an event: "sau khoảng 30 ngày kể từ ngày ký"."""
        return any(
            self.type(at) == "SINCE" and self.type(at - 1) in (*UNITS, "WORKING") for at in range(self.at, self._end())
        )

    def _after(self, place: Place) -> None:
        """ "tháng sau", "sau 05 ngày", or "sau hội nghị"."""
        ends = self.type(self.at) in ("end", "sign", "TERM", "AND", "OR", "SUBMIT", "REPORT")
        if self.last() in ("MONTH", "QUARTER", "YEARLY", "TERM") and (ends or not self._counted()):
            self.add("NEXT", place)
        elif self.type(self.at) in ("digits", "NUMBER") or self.type(self.at + 1) in ("DAY", "HOUR"):
            self.add("AFTER", place)
        else:
            self._when(place)

    def _against(self, place: Place) -> None:
        self.add("AGAINST", self._linked(place))
        if self.ahead().kind != "digits":
            self._take(self._end())

    def _before(self, place: Place) -> None:
        """ "05 ngày trước ngày họp", "trước ngày 15/7", "trước ngày họp 05 ngày"."""
        mark = self.at
        linked = self._linked(place)
        report = self.last() == "MONTH" and self.type(self.at) in _ABSOLUTE  # "báo cáo 6 tháng trước ngày 15/6"
        if self._counted() and not report:
            self._against(linked)
        elif self.type(self.at) in _ABSOLUTE:
            self.at = mark
            self.add("BEFORE", place)
        else:
            self.add("BEFORE", linked)
            self._take(self._before_count())

    def _before_count(self) -> int:
        """The piece at which words that name an event give way to a count: "trước kỳ họp ít nhất 10 ngày"."""
        last = self._end()
        for at in range(self.at + 1, last):
            behind = at + self.form(at)[2]
            counts = self.type(at) in ("digits", "NUMBER") and self.type(behind) in UNITS
            if counts and self.type(behind + 1) in ("WORKING", "end", "sign"):
                return at - 2 if self.piece(at - 1).sound in self._least and at > self.at + 2 else at
        return last

    def _phase(self, place: Place) -> None:
        """ "trong giai đoạn dự thảo": the phase is the event."""
        if self.ahead().kind == "digits":
            self.add("IN", place)
            return
        begin = self.text.index(" ", *place) + 1
        self.add("WHEN", (place[0], begin - 1))
        self._take(max(self._end(), self.at), begin)

    def _weekday(self, place: Place) -> None:
        """ "thứ Năm, ngày 15/7", "15/7/2021 (thứ Năm)": kept with the day it must agree with; "quý thứ ba" counts."""
        if self.last() == "QUARTER":
            self.at -= 1
            self.add("WORD" if self.form(self.at)[1] < 0 else "NUMBER", place, number=self.form(self.at)[1])
            self.at += 1
            return
        closed = self.last() == "LEFT" and self.ahead().sound == ")"
        beside = self.last(2) if closed else "" if self.last() == "COMMA" else self.last()
        after = self.at + (self.ahead().sound == ",")
        weekday = self.form(self.at - 2)[1]
        if beside in ("DATE", "DAYMONTH", "YEAR"):
            self.found[-1 - closed] = replace(self.found[-1 - closed], number=weekday)
            self.add("ASIDE", place)
        elif self.type(after) in ("DAY", "digits") and "digits" in (self.type(after), self.type(after + 1)):
            self.at = after + (self.type(after) == "DAY")
            start = self.found.pop().start if self.last() == "DAY" else place[0]
            self.add("DAY", (start, self.piece(self.at - 1).end), number=weekday)
        else:
            self.add("WORD", place)

    def _for(self, place: Place) -> None:
        """ "đối với báo cáo năm" tells whose the day is; other words behind it would part the duty."""
        if self.type(self.at) not in ("REPORT", "PERIODIC"):
            self.add("WORD", place)

    def _named(self, type_: str, place: Place) -> None:
        """ "theo yêu cầu của …": the form itself begins the name, "yêu cầu của …"."""
        inner = _INNER.match(self.text, *place)
        begin = inner.end() if inner else place[0]
        self.at = self._end()
        end = max(place[1], self.piece(self.at - 1).end)
        self.add(type_, (place[0], end), ((begin, end),))

    def _report(self, place: Place) -> None:
        self.add("REPORT", place)
        if self.ahead().sound in self.words.receivers and self.form(self.at)[0] == "":
            start = self.ahead().start
            self._receivers()
            self.add("ASIDE", (start, self.piece(self.at - 1).end))

    def _submit(self, place: Place) -> None:
        """To whom a paper goes says nothing of when."""
        start = self.at
        if self.last() == "LEFT":
            while self.ahead().sound not in ("(", ")", "") and self.type(self.at) not in _TELLING:
                self.at += 1
            if self.ahead().sound != ")":
                self.at = start
        if self.at == start:
            self._receivers()
        self.add("ASIDE", (place[0], self.piece(self.at - 1).end))

    def _in_name(self) -> bool:
        """Whether the hand stands on a word of a name; "tư pháp" is none of numbers."""
        type_ = self.type(self.at)
        return type_ in ("word", "AND") or (type_ == "NUMBER" and self.ahead(1).sound in self.words.receivers)

    def _receivers(self) -> None:
        while self.ahead().sound in self.words.receivers and self._in_name():
            self.at += 1
            if self.ahead().sound in (",", "-", "&") and self.ahead(1).sound in self.words.receivers:
                self.at += 1
