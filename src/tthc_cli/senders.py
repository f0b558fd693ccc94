"""Who sent a paper: by the name of the issuer, borne out by the symbol of the paper's number."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tthc_cli.agencies import Directory
from tthc_cli.naming import fold
from tthc_cli.records import NOTHING
from tthc_cli.submissions import Number
from tthc_cli.tuples import NamedTuple


class Reason(NamedTuple):
    """Why something is proposed, or not sure: the sentence in `wording`, and what fills its blanks."""

    code: str
    facts: Mapping[str, object] = NOTHING


class Party(NamedTuple):
    """Who sent a paper: the units it may be, whether it is sure, and why."""

    units: tuple[str, ...]
    sure: bool
    reasons: tuple[Reason, ...]


class Senders:
    """Reads who sent papers, against one directory."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._known: dict[tuple[str, str], Party] = {}

    def of(self, issuer: str, number: Number | None) -> Party:
        """The sender of a paper with this issuer and number."""
        key = issuer, _symbol(number)
        if key not in self._known:
            self._known[key] = self._party(*key)
        return self._known[key]

    def name(self, unit: str) -> str:
        """The name of a unit."""
        return self._directory.unit(unit).name

    def outside(self, party: Party) -> bool:
        """Whether a paper comes from above or from outside the province."""
        return bool(party.units) and all(self._directory.unit(unit).level == "outside" for unit in party.units)

    def _party(self, issuer: str, symbol: str) -> Party:
        """The sender by its name; the symbol of the number may only bear it out, or make it a matter for a person."""
        ids = self.units(issuer)
        own = self.units(symbol) if symbol else ()
        if not ids:
            told = Reason("agency_unknown", {"issuer": issuer}) if issuer else Reason("agency_empty")
            part = next((found for piece in _pieces(issuer) if len(found := self.units(piece)) == 1), own)
            if len(part) != 1:
                return Party((), False, (told,))
            return Party(part, False, (told, Reason("agency_guessed", {"agency": self.name(part[0])})))
        if len(ids) > 1:
            facts: dict[str, object] = {"issuer": issuer, "names": "; ".join(map(self.name, ids))}
            return Party(ids, False, (Reason("agency_ambiguous", facts),))
        named = fold(issuer) == fold(self.name(ids[0]))
        known = () if named else (Reason("agency_known", {"issuer": issuer, "agency": self.name(ids[0])}),)
        if self._directory.unit(ids[0]).level == "group":
            return Party((), False, (Reason("agency_group", {"issuer": issuer}),))
        if len(own) == 1 and not self._akin(own[0], ids[0]):
            differs = Reason("agency_differs", {"symbol": symbol, "agency": self.name(own[0])})
            return Party(ids, False, (*known, differs))
        return Party(ids, True, known)

    def units(self, name: str) -> tuple[str, ...]:
        """The units that a name may mean."""
        return tuple(match.id for match in self._directory.find(name).matches) if name.strip() else ()

    def _akin(self, one: str, other: str) -> bool:
        """Whether two names stand for one debtor, or for an office and its committee or one-stop unit."""
        first, second = self._directory.unit(one), self._directory.unit(other)
        return self._directory.debtor(one) == self._directory.debtor(other) or bool(
            {first.parent, first.office_of} & {other} or {second.parent, second.office_of} & {one}
        )


def _pieces(issuer: str) -> list[str]:
    """The parts of a name with a comma, dash or bracket in it, the last first."""
    return [piece.strip(" )") for piece in reversed(re.split(r"[,(]| - ", issuer))]


def _symbol(number: Number | None) -> str:
    """The issuer in a document's symbol: "STTTT" in 12/BC-STTTT and in 12/STTTT-VP; "" where it tells none."""
    if not number or not number.well_formed:
        return ""
    groups = number.key.rpartition("/")[2].split("-")
    symbol = groups[1 if number.type and len(groups) > 1 else 0]
    return "" if symbol in ("ubnd", "vp", "hđnd") else symbol
