"""How places are named: a body, a kind, a name, a district, each written in any usual way."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

from tthc_cli.naming import (
    DIFFERS,
    UNNAMED,
    Borne,
    Spelling,
    Spellings,
    agreement,
    alternatives,
    record,
    spell,
)
from tthc_cli.tuples import NamedTuple

if TYPE_CHECKING:
    from tthc_cli.alike import Alike

KINDS = {
    "tỉnh": "{tỉnh|T}",
    "thành phố": "{thành phố|TP}",
    "thị xã": "{thị xã|TX}",
    "quận": "{quận|Q}",
    "huyện": "{huyện|H}",
    "phường": "{phường|P}",
    "thị trấn": "{thị trấn|TT}",
    "xã": "{xã|X}",
}
"""The kinds of places, and how each is written before a name."""

_COMMITTEE = "{Ủy ban nhân dân|Ủy ban|UBND|UB}"
_ONE_STOP = "{{Bộ phận|BP} {Một cửa|1 cửa|MC|{tiếp nhận|TN} và {trả kết quả|trả KQ|TKQ}}|Một cửa}"
_BODIES = {
    "committee": f"{{|Chủ tịch|CT|Phó Chủ tịch|PCT}} {_COMMITTEE}",
    "office": f"{{Văn phòng|VP}} {{|{{Hội đồng nhân dân|HĐND}} và}} {_COMMITTEE}",
    "one_stop": f"{_ONE_STOP} {{|{{|của}} {_COMMITTEE}}}",
}


class Place(NamedTuple):
    """A place whose committee is a unit: `kind` and `name` apart, `within` the id of its district's committee."""

    id: str
    kind: str
    name: str
    within: str | None = None
    one_stop: str | None = None

    def unit(self, body: str) -> str | None:
        """The unit meant by this place after such a body; a committee's office stands for the committee."""
        if body == "one_stop":
            return self.one_stop
        return None if body == "office" and self.kind == "tỉnh" else self.id


_Named = tuple[str, str, bool]
"""The marks of a place's name, maybe with its kind before it; whose it is; whether it says enough only with a body."""


class Tables(NamedTuple):
    """The places, and how they are written, part by part, each by its key: the bodies before a name, the names, what
    stands behind.

    bodies: the marks of each and its kind; tails: the marks of each, and the district that it names, if it names one;
    in_full: of each place the key of its kind and name; places: the fields of each.
    """

    bodies: Spellings
    names: dict[str, list[_Named]]
    tails: Spellings
    in_full: dict[str, str]
    places: Sequence[Place]


def tables(places: Collection[Place]) -> Tables:
    """Every usual way of writing each part."""
    in_full = {place.id: spell(f"{place.kind} {place.name}").key for place in places}
    found = Tables({"": [("", "")]}, {}, {"": [("", "")]}, in_full, [*places])
    for body, pattern in _BODIES.items():
        record(found.bodies, pattern, body)
    kinds = {kind: alternatives(pattern) for kind, pattern in KINDS.items()}
    counted = Counter(place.kind for place in places)
    province = next((f"{{|tỉnh|T}} {place.name}" for place in places if place.kind == "tỉnh"), "")
    if province:
        record(found.tails, province, "")
    for place in places:
        names = alternatives(place.name)
        _enter(found.names, place.id, kinds[place.kind], (*names, UNNAMED) if counted[place.kind] == 1 else names)
        if place.within is None and place.kind != "tỉnh":
            record(found.tails, f"{{|thuộc}} {{|{KINDS[place.kind]}}} {place.name} {{|{province}}}", place.id)
    return found


def _enter(found: dict[str, list[_Named]], place: str, kinds: Iterable[Spelling], names: Iterable[Spelling]) -> None:
    """Enter names with a kind and without; a number needs the kind, no name at all a body too ("UBND xã")."""
    for key, marks in names:
        if key and not key.isdigit():
            found.setdefault(key, []).append((marks, place, False))
        for kind, its in kinds:
            found.setdefault(kind + key, []).append((its + marks, place, not key))


class Beginnings:
    """Tells which of many keys a text begins with."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = sorted(keys)
        self._chains: list[tuple[str, ...]] = [()]
        for key in self._keys:
            self._chains.append((*_begun(self._chains[-1], key), key))

    def of(self, text: str) -> tuple[str, ...]:
        """Those keys, the shortest first. Each of them begins the last key that does not come after the text too."""
        return _begun(self._chains[bisect_right(self._keys, text)], text)

    def may_begin(self, start: str) -> bool:
        """Whether a text that goes on from this start can begin with one of those keys."""
        at = bisect_right(self._keys, start)
        return bool(self.of(start)) or any(key.startswith(start) for key in self._keys[at : at + 1])


def _begun(chain: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Of keys each of which begins the next those that a text begins with."""
    while chain and not text.startswith(chain[-1]):
        chain = chain[:-1]
    return chain


class Places:
    """Reads names of the form [body] [kind] name [district] [province], each part written in any usual way."""

    def __init__(self, tables: Tables) -> None:
        self._bodies, self._named, self._tails, self._in_full, places = tables
        self._places = {place.id: place for place in map(Place._make, places)}
        self._openings, self._names = Beginnings(self._bodies), Beginnings(self._named)
        self._before_names = cache(self._openings_before_names)

    def read(self, typed: Spelling) -> dict[str, int]:
        """Units that the typed name may mean, with the agreement of the marks.

        DIFFERS marks a near miss: a mark or the district is another's.
        """
        found: dict[str, int] = {}
        for opening in self._before_names(self._openings.of(typed.key)[-1]):
            rest = typed.key[len(opening) :]
            for name in self._names.of(rest):
                if tails := self._tails.get(rest[len(name) :]):
                    self._weigh(found, typed.marks, self._bodies[opening], self._named[name], tails)
        return found

    def _openings_before_names(self, body: str) -> list[str]:
        """Of what a text opens with, this body being the longest, all behind which a name can come."""
        return [opening for opening in self._openings.of(body) if self._names.may_begin(body[len(opening) :])]

    def _weigh(self, found: dict[str, int], marks: str, bodies: Borne, names: list[_Named], tails: Borne) -> None:
        """Enter the units that are meant where a body, a name and a tail have the letters of the typed name."""
        for before, body in bodies:
            for own, id, needs_body in names:
                place = self._places[id]
                if (body or not needs_body) and (unit := place.unit(body)):
                    fit = found.get(unit, DIFFERS)
                    for after, within in tails:
                        if within in ("", place.within):
                            fit = max(fit, agreement(marks, before + own + after))
                    found[unit] = fit

    def is_body(self, typed: Spelling) -> bool:
        """Whether a body is named and no place ("UBND")."""
        return typed.key in self._bodies

    def near(self, typed: Spelling, least: float) -> Iterator[tuple[float, str]]:
        """Units whose place is written much like the typed name, with the likeness."""
        opening = self._openings.of(typed.key)[-1]
        _, body = self._bodies[opening][0]
        for likeness, place in self._labels.to(typed.key[len(opening) :], least):
            if unit := place.unit(body):
                yield likeness, unit

    @cached_property
    def _labels(self) -> Alike[Place]:
        """The places by their kind and name, those in a district also with it behind them."""
        from tthc_cli.alike import Alike

        keys = self._in_full
        alone = [(keys[id], place) for id, place in self._places.items()]
        return Alike([*alone, *((key + keys[place.within], place) for key, place in alone if place.within)])
