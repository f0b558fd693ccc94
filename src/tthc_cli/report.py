"""What a command has to say, before any format: one JSON object, tables for people, and the talk around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal, TypeVar, overload

Kind = Literal["text", "date", "number", "rate", "verdict"]
Cell = str | int | float | date | None
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Column:
    """One column; a `verdict` cell holds the verdict's id, a `rate` cell a part of one.

    wide: its text may wrap; minor: a screen too narrow for all leaves it out, the last one first.
    """

    title: str
    kind: Kind = "text"
    wide: bool = False
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table of plain values; how they are shown is the format's matter."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Later(Sequence[Item]):
    """A sequence that is made when it is first looked at: a format pays only for what it shows."""

    def __init__(self, make: Callable[[], Sequence[Item]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Sequence[Item]:
        return self._make()

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | Sequence[Item]:
        return self._made[at]


class Each(Sequence[Item]):
    """A sequence whose items are made when they are looked at, and not kept: there may be very many."""

    def __init__(self, make: Callable[[Any], Item], sources: Sequence[Any]) -> None:
        self._make, self._sources = make, sources

    def __len__(self) -> int:
        return len(self._sources)

    def __iter__(self) -> Iterator[Item]:
        return map(self._make, self._sources)

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | Sequence[Item]:
        found = self._sources[at]
        return Each(self._make, found) if isinstance(at, slice) else self._make(found)


@dataclass(frozen=True, slots=True)
class Marks:
    """What every report carries: what made it, and what to be careful of.

    unverified_years: their days off are only a forecast; disputed: tasks whose rule disagrees with its words.
    """

    fingerprint: Mapping[str, str]
    unverified_years: tuple[int, ...] = ()
    disputed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What every command returns and every format renders.

    payload: the JSON object, "schema" first. tables: complete; CSV takes the first, Markdown all.
    screen: what text shows on a terminal, grouped; plain: what it shows elsewhere; None: the tables.
    before, after: lines of talk around the tables. warnings: what a person must see whatever the format.
    lines: one a finding, `file:line:col: severity CODE message`; None: no such list.
    """

    payload: Mapping[str, object]
    tables: Sequence[Table] = ()
    plain: Sequence[Table] | None = None
    screen: Sequence[Table] | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    lines: Sequence[str] | None = None
