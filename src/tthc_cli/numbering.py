"""Document numbers, dictionary-encoded: each is one integer, since a register may hold very many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from tthc_cli.piles import Change, Column
from tthc_cli.submissions import read_number

_BITS = 32
_RUNNING = (1 << _BITS) - 1
"""Of a mark the lower bits, which hold the running number."""
_FORM = r"([^0-9]*(?![0-9]{10})0*)([1-9][0-9]*)(\s*/(?s:.*))"
"""What stands before the running number, the number, and what stands behind it; the number has 9 digits at most, zeros
before it counted, as `read_number` allows."""


class Numbers:
    """The dictionary of a register: turns document numbers into marks, and marks back into numbers as written.

    A mark is an unsigned integer of 64 bits: above, the index of the form in a list of all that were met, each once;
    below, the running number (the 123 of "123/BC-STTTT", NĐ 30/2020/NĐ-CP, Phụ lục I). A form is what stands before the
    running number ("Số 0") and behind it ("/BC-STTTT"). A number that has none ("12a/BC-STTTT"), or is malformed, is
    itself a form, with 0 below. The mark 0 is that of no number.

    symbols: the mark of each form with nothing before and a symbol ("BC-STTTT") behind, to which a running number is
    added.
    """

    def __init__(self) -> None:
        self.symbols: dict[str, int] = {}
        self._forms: dict[tuple[str, str], int] = {}
        self._others: dict[str, int] = {}
        self._first: dict[str, int] = {}
        self._written = [("", "")]
        self._same = [0]
        self._alike = False

    def mark(self, digits: str, rest: str) -> int:
        """The mark of a number that is `parted`, negated where it is malformed; 0 for none."""
        symbol = self.symbols.get(rest) if digits else None
        return symbol + int(digits) if symbol else self._unusual(f"{digits}/{rest}" if digits else rest.strip())

    def text(self, mark: int) -> str:
        """The number as it was written."""
        running, (before, behind) = mark & _RUNNING, self._written[mark >> _BITS]
        return f"{before}{running or ''}{behind}"

    def same(self, mark: int) -> int:
        """One mark for every way of writing a number: 12/BC-STP and Số 012/bc-stp."""
        return self._same[mark >> _BITS] + (mark & _RUNNING)

    def differ(self, marks: Column) -> bool:
        """Whether no two of these marks are of the same number; those of one unit mostly stand in their order."""
        if not self._alike and marks.rises():
            return True
        distinct = set(map(self.same, marks) if self._alike else marks)
        without = marks.count(0) - 1 if 0 in distinct else 0
        return len(distinct) == len(marks) - without

    def take(self, other: Numbers) -> Change | None:
        """Enter all that another dictionary holds: how its marks become marks of this one, None where they stay."""
        steps = {index: self._taken(other, index) - (index << _BITS) for index in range(len(other._written))}
        return partial(_moved, steps) if any(steps.values()) else None

    def _taken(self, other: Numbers, index: int) -> int:
        """The mark, without a running number, of what has this index in another dictionary."""
        if not index:
            return 0
        before, behind = other._written[index]
        return abs(self._unusual(f"{before}1{behind}")) - 1 if behind else abs(self._unusual(before))

    def _unusual(self, text: str) -> int:
        """The mark of a number whose form is new, or not the usual one, negated where it is malformed; 0 for none."""
        if text in self._others:
            return self._others[text]
        before, digits, behind = found.groups() if (found := re.fullmatch(_FORM, text)) else (text, "", "")
        if digits and (before, behind) in self._forms:
            return self._forms[before, behind] + int(digits)
        number = read_number(text)
        if number is None:
            return 0
        running, _, symbol = number.key.partition("/")
        if number.well_formed and digits and digits == running:
            mark = self._forms[before, behind] = self._enter(before, behind, symbol)
            if not before and behind.startswith("/"):
                self.symbols[behind[1:]] = mark
            return mark + int(digits)
        mark = self._enter(text.strip(), "", number.key)
        self._others[text] = mark if number.well_formed else -mark
        return self._others[text]

    def _enter(self, before: str, behind: str, key: str) -> int:
        """The mark of a new form, which means the same as the first with its key."""
        mark = len(self._written) << _BITS
        same = self._first.setdefault(key, mark)
        self._written.append((before, behind))
        self._same.append(same)
        self._alike = self._alike or same != mark
        return mark


def _moved(steps: Mapping[int, int], marks: Iterable[int]) -> Iterator[int]:
    return (mark + steps[mark >> _BITS] for mark in marks)


def parted(number: str) -> tuple[str, str]:
    """The running number, as far as it gives the number back as written, and what stands behind it; else "" and all."""
    digits, _, rest = number.partition("/")
    return (digits, rest) if rest and _is_running(digits) else ("", number)


def _is_running(digits: str) -> bool:
    """Whether this is a running number without zeros before it, which gives it back as written."""
    return digits.isascii() and digits.isdecimal() and digits[0] != "0" and len(digits) <= 9
