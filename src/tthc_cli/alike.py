"""Whose names are written much like another, among many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import add
from typing import Generic, TypeVar

from tthc_cli.memory import MOST_REMEMBERED

Bearer = TypeVar("Bearer")


class Alike(Generic[Bearer]):
    """Tells whose keys are written much like another: those that have most neighbouring letters in common with it.

    A set of keys is an integer with a bit for each, in which all are looked at together.
    """

    def __init__(self, named: Iterable[tuple[str, Bearer]]) -> None:
        listed = [*named]
        self._bearers = [bearer for _, bearer in listed]
        self._bits = [(_framed(key), 1 << place) for place, (key, _) in enumerate(listed)]
        self._all = "\n".join([key for key, _ in self._bits])
        self._having = lru_cache(MOST_REMEMBERED)(self._with)
        self._by_size = Counter[int]()
        self._unsized = (1 << len(listed)) - 1

    def _with(self, pair: str) -> int:
        """The keys in which two letters stand side by side."""
        return sum([bit for key, bit in self._bits if pair in key]) if pair in self._all else 0

    def _sized(self, keys: int) -> list[tuple[int, int]]:
        """These keys, and those asked for before, by how many different pairs of neighbouring letters they have."""
        for place in _members(keys & self._unsized):
            key, bit = self._bits[place]
            self._by_size[len(_pairs(key))] += bit
        self._unsized &= ~keys
        return [*self._by_size.items()]

    def to(self, key: str, least: float) -> Iterator[tuple[float, Bearer]]:
        """Those of at least this Sørensen-Dice likeness, with it; from 0 to 1."""
        own = _pairs(_framed(key))
        common = _Tally(map(self._having, own))
        possible = common.at_least(int(least * len(own) / (2 - least)))  # where all of the other's letters are common
        for size, keys in self._sized(possible) if possible else ():
            both = len(own) + size
            if 2 * min(len(own), size) < least * both:
                continue  # not even if all letters of the one are the other's
            for place in _members(keys & common.at_least(int(least * both / 2))):
                if (likeness := 2 * common.of(place) / both) >= least:
                    yield likeness, self._bearers[place]


def _framed(key: str) -> str:
    """A key with a blank before and behind it, so that its first and last letters have neighbours too."""
    return f" {key} "


def _pairs(key: str) -> set[str]:
    return set(map(add, key, key[1:]))


def _members(found: int) -> Iterator[int]:
    while found:
        lowest = found & -found
        yield lowest.bit_length() - 1
        found ^= lowest


class _Tally:
    """In how many of some sets each member is, counted for all members at once (a bit-sliced counter).

    The digits of all counts are sets themselves: of the members whose count has a 1 in it, a 2, a 4 and so on.
    """

    def __init__(self, sets: Iterable[int]) -> None:
        self._digits: list[int] = []
        for carry in sets:
            for place, digit in enumerate(self._digits):
                self._digits[place], carry = digit ^ carry, digit & carry
            if carry:
                self._digits.append(carry)
        self._known: dict[int, int] = {}

    def of(self, member: int) -> int:
        """The count of one."""
        return sum((digit >> member & 1) << place for place, digit in enumerate(self._digits))

    def at_least(self, count: int) -> int:
        """The set of all with such a count or a higher one; for 0 one without end."""
        if count not in self._known:
            self._known[count] = self._higher(count)
        return self._known[count]

    def _higher(self, count: int) -> int:
        higher, same = 0, -1
        for place, digit in reversed([*enumerate(self._digits)]):
            if count >> place & 1:
                same &= digit
            else:
                higher, same = higher | same & digit, same & ~digit
        return higher | same if count < 1 << len(self._digits) else 0
