"""What a row leaves unsaid since it stands above it: in merged cells, behind marks for the same, in titles."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from tthc_cli.tables import TornError
from tthc_cli.understanding import Understanding

DITTO = r"(?i)[\W_]*(?:(?:nt|như trên|như dòng trên)[\W_]*)?"
"""What stands in a cell for what stands in the one above; it may be blank too, as what is left of merged ones is."""
_REQUIRED, _ABOVE = ("task", "agency"), ("task", "agency", "parent")
_MOST = 3
"""Of so many cells at most, its number and a count among them, consists the title of the rows below."""
_BEFORE_TITLE = r"(?i)^(?:[A-EIVXLC\d]{1,5}\s*[-–.):/]\s*)*[-–+*•\s]*(?:(?:đơn vị|cơ quan)\s*:\s*)?"

_COUNT = r"\([^()]{0,20}\d[^()]{0,20}\)$"
"""How many papers stand below a title, as it may end ("(3 văn bản)")."""

_Said = Mapping[str, str]
"""What a row says in words, by field; nothing of its empty cells."""


class Above:
    """What stands above a row, where something is wrong with its own words.

    merges: cells may be merged, so that a blank one goes on with the one above; else it does below a title only.
    goes_on: other rows of the same file come before these. over: texts above the headings, of which a later one counts.
    """

    def __init__(self, understanding: Understanding, merges: bool, goes_on: bool, over: Iterable[str] = ()) -> None:
        self._understanding, self._merges, self._goes_on = understanding, merges, goes_on
        self._known: dict[str, str] = {}
        self._over = () if goes_on else tuple(over)
        self._last: _Said = {}
        # What titles leave to the next row: all, until one names a unit; then the task, where it is a title of that,
        # until one names its own. None: before these rows.
        self._titled: Collection[str] | None = None if goes_on else ()
        self._of_task = False

    @property
    def reaches(self) -> bool:
        """Whether even a row without blanks and marks may go on with what stands above it."""
        return self._merges or self._titled is None or bool(self._titled or self._over)

    def title(self, cells: Sequence[str]) -> str:
        """The text in a row that names a unit or a task for those below it, in whatever column; "" if there is none."""
        filled = [text for cell in cells if (text := cell.strip())]
        return next(filter(self._names_either, filled), "") if len(filled) <= _MOST else ""

    def whole(self, said: _Said, before: _Said, paper: bool) -> dict[str, str]:
        """What a row says with what it goes on with; nothing where it goes on with no other.

        before: what the row before it says; paper: it is no title. TornError where what stands above is not at hand.
        """
        self._look_over()
        own = _own(said)
        titled = self._titled if before == self._last else ()
        self._last, self._titled = said, self._below(own, paper, titled)
        left = {*_ABOVE} - own.keys()
        over = _ABOVE if self._merges or titled is None else titled
        if not left or not (over or leaves_unsaid(said)):
            return {}
        self._known |= self._left_by(_own(before))
        if self._goes_on and any(name in said or name in over for name in left - self._known.keys()):
            raise TornError
        meant = {name: text for name, text in self._known.items() if name in over or name in said}
        return {**said, **meant, **own}

    def _look_over(self) -> None:
        """Read what stands over all rows, once the first of them asks."""
        over, self._over = self._over, ()
        for text in over:
            self._known |= self._named_by(text)
        if over:
            self._titled, self._of_task = tuple(self._known), "task" in self._known

    def _left_by(self, before: _Said) -> _Said:
        """What the row before leaves to this one: a title stands over all columns."""
        unit = self._unit_named_by(before.get("task", "")) if "agency" not in before else {}
        return unit or before

    def _named_by(self, title: str) -> _Said:
        """The unit or the task that a title above all rows names."""
        told = self._understanding.names_either("", title) or self._understanding.tells_a_task(title)
        return self._unit_named_by(title) or ({"task": title} if told else {})

    def _unit_named_by(self, title: str) -> _Said:
        unit = _unit_of(title)
        return {"agency": unit, "parent": unit} if self._understanding.names_a_unit(unit) else {}

    def _below(self, own: _Said, paper: bool, titled: Collection[str] | None) -> Collection[str] | None:
        """What titles leave to the rows below this one; titled: what they left to itself."""
        if self._is_title(own, paper):
            self._of_task = not self._understanding.names_a_unit(_unit_of(own.get("task", "")))
            return _ABOVE
        if "agency" not in own:
            return titled
        return ("task",) if titled and self._of_task and "task" not in own else ()

    def _is_title(self, own: _Said, paper: bool) -> bool:
        if paper or "agency" in own:
            return False
        text = own.get("task", "")
        return self._names_either(text) or self._understanding.tells_a_task(text)

    def _names_either(self, text: str) -> bool:
        return self._understanding.names_either(_unit_of(text), text)


def leaves_unsaid(said: _Said) -> bool:
    """Whether blanks in a row, or marks for the same, leave something to the rows above."""
    return len(own := _own(said)) < sum(name in said for name in _ABOVE) or any(name not in own for name in _REQUIRED)


def _own(said: _Said) -> _Said:
    """What a row itself says of what may stand above it."""
    return {name: said[name] for name in _ABOVE if name in said and not re.fullmatch(DITTO, said[name])}


def _unit_of(title: str) -> str:
    """Of a title what may name a unit."""
    return re.sub(_COUNT, "", re.sub(_BEFORE_TITLE, "", title).rstrip(": ")).rstrip(": ")
