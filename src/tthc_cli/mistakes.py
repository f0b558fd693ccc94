"""What is wrong with a register's rows, in little room: many rows have the same mistake."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, starmap
from operator import le

from tthc_cli.records import Problem
from tthc_cli.sequences import Listed


class Mistakes(Listed[Problem]):
    """Problems as they were added: of each its line, and the place of what is the same in all that are alike."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._kinds: list[Problem] = []
        self._places: dict[tuple[object, ...], int] = {}
        self._lines, self._which = array("I"), array("I")
        for problem in problems:
            self.add(problem)

    def add(self, problem: Problem) -> None:
        """Add one."""
        self.enter(problem.line, (self.place(problem),))

    def enter(self, line: int, places: Iterable[int]) -> None:
        """Add to a line what is at these places."""
        for place in places:
            self._which.append(place)
            self._lines.append(line)

    def place(self, problem: Problem) -> int:
        """The place of a problem and of all that differ from it in nothing but their lines."""
        code, severity, _, column, value, reason, facts, *rest = problem
        key = (code, severity, column, value, reason, *facts.items(), *rest)
        place = self._places.setdefault(key, len(self._kinds))
        if place == len(self._kinds):
            self._kinds.append(problem)
        return place

    def take(self, other: Mistakes, moved: Callable[[int], int]) -> None:
        """Add all of others, their lines moved."""
        places = [*map(self.place, other._kinds)]
        self._which.extend(map(places.__getitem__, other._which))
        self._lines.extend(map(moved, other._lines))

    def and_(self, more: Iterable[Problem]) -> Mistakes:
        """These and more, in order."""
        found = Mistakes()
        found.take(self, int)
        for problem in more:
            found.add(problem)
        found.sort()
        return found

    def sort(self) -> None:
        """Put them in order: by their lines, and on a line from left to right."""
        ranks = {key: rank for rank, key in enumerate(sorted({_across(kind) for kind in self._kinds}))}
        across = [ranks[_across(kind)] for kind in self._kinds]
        places = zip(self._lines, map(across.__getitem__, self._which), strict=True)
        if all(starmap(le, pairwise(places))):
            return
        order = sorted(range(len(self)), key=lambda at: across[self._which[at]])
        order.sort(key=self._lines.__getitem__)
        self._which = array("I", map(self._which.__getitem__, order))
        self._lines = array("I", map(self._lines.__getitem__, order))

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Problem]:
        return map(self._made, self._which, self._lines)

    def at(self, place: int) -> Problem:
        """The one at a place, with its line."""
        return self._made(self._which[place], self._lines[place])

    def _made(self, which: int, line: int) -> Problem:
        kind = self._kinds[which]
        return Problem._make((*kind[:2], line, *kind[3:]))


def _across(problem: Problem) -> tuple[int, str]:
    return problem.position, problem.code
