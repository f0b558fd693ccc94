"""Whose names are written much like another, among many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import compress
from operator import add
from typing import Generic, TypeVar

from tthc_cli.memory import MOST_REMEMBERED

Bearer = TypeVar("Bearer")
_MOST = 254
"""Letters of a key that are looked for, so that what is counted of them fits into a byte."""


class Alike(Generic[Bearer]):
    """Tells whose keys are written much like another: those that have most neighbouring letters in common with it.

    What is told of all keys at once is an integer with a byte for each, so that one addition counts for all.
    """

    def __init__(self, named: Iterable[tuple[str, Bearer]]) -> None:
        listed = [*named]
        self._bearers = [bearer for _, bearer in listed]
        self._keys = [_framed(key) for key, _ in listed]
        self._sizes = [0] * len(listed)
        self._all = "\n".join(self._keys)
        self._having = lru_cache(MOST_REMEMBERED)(self._with)

    def _with(self, pair: str) -> int:
        """A 1 for each key in which two letters stand side by side."""
        return int.from_bytes(bytes([pair in key for key in self._keys]), "little") if pair in self._all else 0

    def _size(self, place: int) -> int:
        """How many different pairs of neighbouring letters a key has; most are never asked for."""
        if not self._sizes[place]:
            self._sizes[place] = len(_pairs(self._keys[place]))
        return self._sizes[place]

    def to(self, key: str, least: float) -> Iterator[tuple[float, Bearer]]:
        """Those of at least this Sørensen-Dice likeness, with it; from 0 to 1."""
        own = _pairs(_framed(key[:_MOST]))
        common = sum(map(self._having, own)).to_bytes(len(self._keys), "little")
        fewest = int(least * len(own) / (2 - least))  # where all of the other's letters are common
        enough = common.translate(bytes(fewest) + b"\1" * (256 - fewest))
        for place in compress(range(len(common)), enough):
            likeness = 2 * common[place] / (len(own) + self._size(place))
            if likeness >= least:
                yield likeness, self._bearers[place]


def _framed(key: str) -> str:
    """A key with a blank before and behind it, so that its first and last letters have neighbours too."""
    return f" {key} "


def _pairs(key: str) -> set[str]:
    return set(map(add, key, key[1:]))
