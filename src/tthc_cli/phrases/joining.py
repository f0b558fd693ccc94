"""Tokens weighed by their neighbours: which separators join numbers, which part deadlines, which make a span."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from tthc_cli.phrases.cursor import Token
from tthc_cli.phrases.free_words import UNITS

_STRENGTH = ("COMMA", "DASH", "SLASH", "AND", "OR", "SEMI")
_IDLE = ("ASIDE", "NOW")
_NUMERIC = ("NUMBER", "ROMAN", "YEAR", "DATE", "DAYMONTH")
# "thường xuyên, hàng ngày"
_EVERY_DAY = (["ALWAYS", "COMMA", "EACH"], ["ALWAYS", "AND", "EACH"])
_REPORTED = ("QUARTER", "MONTH", "YEARLY", "EACH", "NUMBER", "PERIODIC", "YEAR")


def joined(found: Iterable[Token]) -> list[Token]:
    """The tokens that the grammar knows."""
    return list(_weighed(_merged(_reported([token for token in found if token.type not in _IDLE]))))


def _reported(found: list[Token]) -> Iterator[Token]:
    """ "báo cáo quý" comes again; "báo cáo trước ngày …" only says what is done."""
    for token, following in zip_longest(found, found[1:]):
        if token.type != "REPORT":
            yield token
        elif following and following.type in _REPORTED:
            yield replace(token, type="REPORTS")


def _merged(found: Iterable[Token]) -> list[Token]:
    """Runs of tokens that mean one thing made one; what only tells where a paper goes left out."""
    result: list[Token] = []
    depth = 0
    for token in found:
        last = result[-1].type if result else ""
        if token.type == "DAY" and [other.type for other in result[-3:]] in _EVERY_DAY:
            del result[-1:]
            continue
        if token.type == "TIMES":
            _count_times(result, token)
        elif token.type in _STRENGTH and last in _STRENGTH:
            result[-1] = max(result[-1], token, key=lambda t: _STRENGTH.index(t.type))
        elif last in ("COMMA", "SLASH") and _idle(last, [other.type for other in result[-3:-1]], token.type):
            result[-1] = token
        elif token.type == "RIGHT" and last == "LEFT":
            result.pop()
            depth -= 1
        elif token.type == "RIGHT" and not depth:
            continue
        else:
            depth += {"LEFT": 1, "RIGHT": -1}.get(token.type, 0)
            result.append(token)
    return result


def _idle(type_: str, before: list[str], after: str) -> bool:
    """Whether a separator parts nothing: "quý III, năm 2021", "ngày 15, tháng 7", "tháng 5/ năm 2021", "lần/năm"."""
    if type_ == "SLASH":
        return (after == "YEAR" and bool(before)) or before[-1:] == ["TIMES"]
    if after == "MONTH":
        return before == ["DAY", "NUMBER"]
    return after == "YEAR" and before[-1:] in (["NUMBER"], ["ROMAN"], ["DAYMONTH"])


def _count_times(result: list[Token], token: Token) -> None:
    """Note "01 lần", "/lần"."""
    if result and result[-1].type == "NUMBER":
        token = replace(result.pop(), type="TIMES", end=token.end)
    else:
        token = replace(token, number=1)
    if result and result[-1].type == "SLASH":
        result.pop()
    result.append(token)


def _weighed(found: list[Token]) -> Iterator[Token]:
    last = "SEMI"
    for at, token in enumerate(found):
        after = [other.type for other in found[at + 1 : at + 3]] + ["end", "end"]
        type_ = _type(token.type, last, after[0], after[1])
        if type_:
            yield token if type_ == token.type else replace(token, type=type_)
            last = type_


def _type(type_: str, last: str, after: str, second: str) -> str:
    """The type of a token between its neighbours; "" for one that says nothing."""
    bare = after == "ROMAN" or (after == "NUMBER" and second not in (*UNITS, "TIMES"))
    if type_ in _STRENGTH:
        if (last in ("SEMI", "LEFT") and type_ not in ("OR", "AND", "SLASH")) or after in ("end", "RIGHT"):
            return ""
        dated = after if after != "DAY" or last not in ("DATE", "DAYMONTH") else second
        return _separator(type_, last, after, bare or dated in ("DATE", "DAYMONTH"))
    if type_ == "TILL":
        return "BY" if last not in (*_NUMERIC, "YEARLY") else "THROUGH" if bare else "TO"
    if type_ == "DAY":
        return "" if after == "LAST" and second != "TERM" else "DAY"
    if type_ == "LAST":
        return "LAST" if last in ("MONTH", "NUMBER", "HALF", "WORKING", "QUARTER") else "END"
    return type_


def _separator(type_: str, last: str, after: str, bare: bool) -> str:
    if type_ == "DASH":
        if last not in _NUMERIC:
            return "COMMA"
        return (
            "THROUGH"
            if bare and after in ("NUMBER", "ROMAN")
            else "TO"
            if after in ("QUARTER", "MONTH", "DAY", *_NUMERIC)
            else "COMMA"
        )
    if type_ in ("COMMA", "AND") and last in _NUMERIC and bare:
        return "JOIN"
    # "tháng 5/21" may be a year as well as a list; "tháng 5/tháng 6" the one as well as both; "…/6/2021" is unfinished.
    either = bare or last in ("SEMI", "LEFT") or (last in _NUMERIC and after in ("DAY", "MONTH", "QUARTER"))
    return "AND" if type_ == "SLASH" and not either else type_
