"""Sequences that are not held as lists of what is in them, since there may be very much."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from operator import eq
from typing import Any, TypeVar, overload

Item = TypeVar("Item")


class Listed(Sequence[Item]):
    """One that equals any sequence with the same items, as a list equals a list; nothing of a slice is made before."""

    @abstractmethod
    def at(self, place: int) -> Item:
        """The item at a place, from 0."""

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | Sequence[Item]:
        places = range(len(self))[at]
        return self.at(places) if isinstance(places, int) else Each(self.at, places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]


class Each(Listed[Item]):
    """A sequence whose items are made when they are looked at, and not kept."""

    def __init__(self, make: Callable[[Any], Item], sources: Sequence[Any]) -> None:
        self._make, self._sources = make, sources

    def __len__(self) -> int:
        return len(self._sources)

    def __iter__(self) -> Iterator[Item]:
        return map(self._make, self._sources)

    def at(self, place: int) -> Item:
        """The item at a place, made anew."""
        return self._make(self._sources[place])


class Chain(Listed[Item]):
    """Several sequences as one."""

    def __init__(self, *parts: Sequence[Item]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def __iter__(self) -> Iterator[Item]:
        return chain.from_iterable(self._parts)

    def at(self, place: int) -> Item:
        """The item at a place, in the part that reaches it."""
        for part in self._parts:
            if place < len(part):
                return part[place]
            place -= len(part)
        raise IndexError(place)


class Later(Listed[Item]):
    """A sequence that is made when it is first looked at: a format pays only for what it shows."""

    def __init__(self, make: Callable[[], Sequence[Item]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Sequence[Item]:
        return self._make()

    def __len__(self) -> int:
        return len(self._made)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._made)

    def at(self, place: int) -> Item:
        """The item at a place, all having been made."""
        return self._made[place]
