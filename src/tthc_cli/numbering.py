"""The numbers of a register's documents, each kept as one integer: a register may hold very many."""

from __future__ import annotations

from itertools import pairwise, starmap
from operator import lt

from tthc_cli.piles import Column
from tthc_cli.submissions import read_number

PLACE = 32
_RUNNING = (1 << PLACE) - 1


class Numbers:
    """Turns document numbers into marks, and marks back into the numbers as written.

    The mark of "123/BC-STTTT" is 123 beside the place of "BC-STTTT" in a list of all that was written behind a running
    number; a number written in any other way ("Số 012/BC-STTTT") has a place of its own in that list, beside 0.

    symbols: of each thing written behind a running number the mark without that number.
    """

    def __init__(self) -> None:
        self.symbols: dict[str, int] = {}
        self._others: dict[str, int] = {}
        self._first: dict[str, int] = {}
        self._written = [""]
        self._same = [0]
        self._alike = False

    def mark(self, digits: str, rest: str) -> int:
        """The mark of a number that is `parted`, negated where it is malformed; 0 for none."""
        place = self.symbols.get(rest) if digits else None
        return place + int(digits) if place else self._unusual(f"{digits}/{rest}" if digits else rest.strip())

    def text(self, mark: int) -> str:
        """The number as it was written."""
        running, written = mark & _RUNNING, self._written[mark >> PLACE]
        return f"{running}/{written}" if running else written

    def same(self, mark: int) -> int:
        """The same for every way of writing a number."""
        return self._same[mark >> PLACE] + (mark & _RUNNING)

    @property
    def places(self) -> int:
        """How many things were written behind running numbers, or in another way; "" is the first."""
        return len(self._written)

    def differ(self, marks: Column) -> bool:
        """Whether no two of these marks are of the same number; those of one unit mostly stand in their order."""
        if not self._alike and all(starmap(lt, pairwise(marks))):
            return True
        distinct = set(map(self.same, marks) if self._alike else marks)
        without = marks.count(0) - 1 if 0 in distinct else 0
        return len(distinct) == len(marks) - without

    def take(self, other: Numbers, place: int) -> int:
        """The mark, without a running number, that stands here for what has this place in another's list."""
        if not place:
            return 0
        written = other._written[place]
        if other.symbols.get(written) == place << PLACE:
            return abs(self.mark("1", written)) - 1
        return abs(self.mark("", written))

    def _unusual(self, text: str) -> int:
        """The mark of a number whose symbol is new, or that is written in an unusual way."""
        if text in self._others:
            return self._others[text]
        number = read_number(text)
        if number is None:
            return 0
        digits, _, symbol = text.partition("/")
        running, _, key = number.key.partition("/")
        if number.well_formed and _is_running(digits):
            return self._symbol(symbol, key) + int(digits)
        plain = number.well_formed and _is_running(running)
        same = self.same(self._symbol(key, key) + int(running)) if plain else None
        place = self._enter(text, number.key, same)
        self._others[text] = place if number.well_formed else -place
        return self._others[text]

    def _symbol(self, written: str, key: str) -> int:
        if written not in self.symbols:
            self.symbols[written] = self._enter(written, key)
        return self.symbols[written]

    def _enter(self, written: str, key: str, same: int | None = None) -> int:
        """The place of something written, which is the same as another with its key, or as the mark given."""
        place = len(self._written) << PLACE
        same = same or self._first.setdefault(key, place)
        self._written.append(written)
        self._same.append(same)
        self._alike = self._alike or same != place
        return place


def parted(number: str) -> tuple[str, str]:
    """The running number, as far as it gives the number back as written, and what stands behind it; else "" and all."""
    digits, _, rest = number.partition("/")
    return (digits, rest) if rest and not rest[0].isspace() and _is_running(digits) else ("", number)


def _is_running(digits: str) -> bool:
    """Whether this is a running number without zeros before it, which gives it back as written."""
    return "1" <= digits < ":" and len(digits) <= 9 and digits.isdecimal() and digits.isascii()
