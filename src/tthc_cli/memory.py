"""What was read is kept in mind for a while: papers say the same few things over and over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeVar

Value = TypeVar("Value")
MOST_REMEMBERED = 1 << 14
"""Entries of an lru_cache of what cells say."""


class OnDemand(Mapping[str, Value]):
    """Values by name, each made when it is first asked for."""

    def __init__(self, names: Collection[str], make: Callable[[str], Value]) -> None:
        self._names, self._make = names, make
        self._made: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            self._made[name] = self._make(name)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
