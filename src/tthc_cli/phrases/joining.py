"""Tokens weighed by their neighbours: which separators join numbers, which part deadlines, which make a span."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tthc_cli.phrases.cursor import Token
from tthc_cli.phrases.free_words import UNITS

_STRENGTH = ("COMMA", "DASH", "SLASH", "AND", "OR", "SEMI")
_NUMERIC = ("NUMBER", "ROMAN", "YEAR", "DATE", "DAYMONTH")
_REPORTED = ("QUARTER", "MONTH", "YEARLY", "EACH", "NUMBER", "PERIODIC", "YEAR")


def joined(found: Iterable[Token]) -> list[Token]:
    """The tokens that the grammar knows."""
    return list(_weighed(_merged(found)))


def _merged(found: Iterable[Token]) -> list[Token]:
    """Runs of tokens that mean one thing made one; what only tells where a paper goes left out."""
    result: list[Token] = []
    for token in found:
        last = result[-1].type if result else ""
        if token.type in ("ASIDE", "NOW"):
            continue
        if token.type == "TIMES":
            _count_times(result, token)
        elif token.type in _STRENGTH and last in _STRENGTH:
            result[-1] = max(result[-1], token, key=lambda t: _STRENGTH.index(t.type))
        elif last == "SLASH" and (token.type == "YEAR" or (len(result) > 1 and result[-2].type == "TIMES")):
            result[-1] = token
        elif token.type == "RIGHT" and last == "LEFT":
            result.pop()
        else:
            result.append(token)
    return result


def _count_times(result: list[Token], token: Token) -> None:
    """Note "01 lần", "/lần"."""
    if result and result[-1].type == "SLASH":
        result.pop()
    if result and result[-1].type == "NUMBER":
        result.append(replace(result.pop(), type="TIMES", end=token.end))
    else:
        result.append(replace(token, number=1))


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
        if (last in ("SEMI", "LEFT") and type_ not in ("OR", "AND")) or after in ("end", "RIGHT"):
            return ""
        return _separator(type_, last, after, bare)
    if type_ == "TILL":
        return "BY" if last not in (*_NUMERIC, "YEARLY") else "THROUGH" if bare else "TO"
    if type_ == "DAY":
        return "" if after == "LAST" and second != "TERM" else "DAY"
    if type_ == "LAST":
        return "LAST" if last in ("MONTH", "NUMBER", "HALF", "WORKING", "QUARTER") else "END"
    if type_ == "REPORT":
        return "PERIODIC" if after in _REPORTED else ""
    return type_


def _separator(type_: str, last: str, after: str, bare: bool) -> str:
    if type_ == "DASH":
        if last not in _NUMERIC:
            return "COMMA"
        return "THROUGH" if bare else "TO" if after in ("QUARTER", "MONTH", "DAY", *_NUMERIC) else "COMMA"
    if type_ in ("COMMA", "AND", "SLASH") and last in _NUMERIC and (bare or after in ("DATE", "DAYMONTH")):
        return "JOIN"
    return "AND" if type_ == "SLASH" else type_
