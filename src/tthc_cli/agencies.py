"""The directory: every unit and group that a plan may name, and who is meant by a name as officials write it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Annotated, Literal

from tthc_cli.memory import MOST_REMEMBERED
from tthc_cli.naming import DIFFERS, EXACT, Spelling, Spellings, borne, record, spell
from tthc_cli.place_names import KINDS, Place, Places, Tables
from tthc_cli.records import Level
from tthc_cli.tuples import NamedTuple
from tthc_cli.written import Checked, Terms, Unsound, Written

if TYPE_CHECKING:
    from tthc_cli.alike import Alike

AgencyLevel = Literal["province", "district", "commune", "sector", "outside", "group"]
_LIKE, _CLOSE, _SUGGESTED = 0.65, 0.15, 5
"""The least Sørensen-Dice likeness of a unit that is suggested; how far below the likeliest; how many there are."""
_SHORTEST, _LONGEST = 4, 200
"""Letters of a name without spaces: for a shorter one nothing is suggested, a longer one is none."""


def kind_and_name(place: str) -> tuple[str, str]:
    """A place as "xã An Hiệp" taken apart; an Unsound if it begins with no known kind."""
    folded = place.casefold()
    for kind in KINDS:
        if folded.startswith(kind + " "):
            return kind, place[len(kind) + 1 :].strip()
    raise Unsound("unknown_kind", place=place)


def _is_place(place: str) -> str:
    kind_and_name(place)
    return place


PlaceName = Annotated[str, Checked(_is_place)]


class Where(Written):
    """Members of a group by what they are: one-stop units, or else committees, of these levels."""

    levels: tuple[Level, ...]
    one_stop: bool = False


class Agency(Written):
    """One unit or group.

    spellings: other ways to write the name; "{Sở|S} {Nội vụ|NV}" stands for each choice.
    one_stop: a Bộ phận Một cửa; a district's or commune's is answered for by its parent's papers.
    office_of: the committee whose office it is, and whose papers answer what it owes by name.
    members: ids of units or groups, for a group; members_where: the same by kind. With neither it is never opened.
    place: what the committee governs ("huyện Ba Tri"); its name is then read by its parts.
    code: the statistical code of the place. confirm: the entry is from memory, and the province should confirm it.
    """

    id: Annotated[str, Terms(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Annotated[str, Terms(min_length=1)]
    level: AgencyLevel
    parent: str | None = None
    office_of: str | None = None
    spellings: tuple[str, ...] = ()
    one_stop: bool = False
    members: tuple[str, ...] = ()
    members_where: Where | None = None
    confirm: bool = False
    place: PlaceName | None = None
    code: str | None = None

    @property
    def answered_for(self) -> bool:
        """Whether it is a one-stop unit for which its committee answers."""
        return self.one_stop and self.level in ("district", "commune")


class Match(NamedTuple):
    """A unit that a name may mean; `exact` if every mark was typed."""

    id: str
    exact: bool


class Found(NamedTuple):
    """Who a name may mean. One match: understood; several: ambiguous; none: unknown, then likely ids are suggested.

    likeliest: how many of the suggestions, from the first, are as likely as that.
    """

    matches: tuple[Match, ...] = ()
    suggestions: tuple[str, ...] = ()
    likeliest: int = 0


@cache
def _understood(ids: tuple[str, ...], exact: bool) -> Found:
    return Found(tuple([Match(id, exact) for id in ids]))


def _best(hits: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The best agreement of each."""
    best: dict[str, int] = {}
    for id, fit in hits:
        best[id] = max(fit, best.get(id, DIFFERS))
    return best


def places(units: Iterable[Agency]) -> Iterator[Place]:
    """The places that units govern."""
    listed = tuple(units)
    one_stops = _one_stops(listed)
    for unit in listed:
        if unit.place:
            within = unit.parent if unit.level == "commune" else None
            yield Place(unit.id, *kind_and_name(unit.place), within, one_stops.get(unit.id))


def _one_stops(units: Iterable[Agency]) -> dict[str, str]:
    """The one-stop unit under each unit that has one."""
    return {unit.parent: unit.id for unit in units if unit.one_stop and unit.parent}


class Directory:
    """The units and groups by id, and the reading of names.

    units: in directory order; names: the spellings of those that are no places; tables: those of the places.
    """

    def __init__(self, units: tuple[Agency, ...], names: Spellings, tables: Tables) -> None:
        self.units, self.names, self.tables = units, names, tables
        self._by_id = {unit.id: unit for unit in self.units}
        self._order = {unit.id: place for place, unit in enumerate(self.units)}
        self._one_stops = _one_stops(self.units)
        self._offices = {unit.office_of: unit.id for unit in reversed(self.units) if unit.office_of}
        self._opened: dict[str, tuple[str, ...]] = {}
        self.find = lru_cache(MOST_REMEMBERED)(self._find)

    def unit(self, id: str) -> Agency:
        """The unit or group of this id; KeyError if there is none."""
        return self._by_id[id]

    def debtor(self, id: str) -> str:
        """Whose paper answers: the parent's for a one-stop unit of a district or commune, else its own."""
        unit = self._by_id[id]
        return unit.parent if unit.parent and unit.answered_for else id

    def office_of(self, id: str) -> str | None:
        """The office of this committee, where it is a unit of its own."""
        return self._offices.get(id)

    def one_stop_of(self, id: str) -> str | None:
        """The one-stop unit under this one."""
        return self._one_stops.get(id)

    def cover_level(self, id: str) -> Level:
        """The level by which a register covers it; all that is neither district nor commune counts as province."""
        level = self._by_id[id].level
        return level if level == "district" or level == "commune" else "province"

    def opened(self, id: str) -> tuple[str, ...]:
        """Who owes what this unit or group is charged with, in directory order; () for a group that is never opened."""
        if id not in self._opened:
            owing = {self.debtor(member) for member in self._leaves(id)}
            self._opened[id] = tuple(sorted(owing, key=self._order.__getitem__))
        return self._opened[id]

    def _leaves(self, id: str) -> Iterator[str]:
        if self._by_id[id].level != "group":
            yield id
        for member in self._members(id):
            yield from self._leaves(member)

    def _members(self, id: str) -> Iterator[str]:
        group = self._by_id[id]
        yield from group.members
        if where := group.members_where:
            for unit in self.units:
                if unit.level in where.levels and unit.one_stop == where.one_stop:
                    yield unit.id

    @cached_property
    def _places(self) -> Places:
        return Places(self.tables)

    def named(self, text: str) -> tuple[str, ...]:
        """The units and groups that a text may name as it stands; nothing like it is looked for."""
        known = self._ids.get(text.strip().casefold())
        return (known,) if known else tuple(self._fits(spell(text)))

    def one(self, text: str) -> str:
        """The unit or group that a text names, if it is one alone, else ""; nothing like it is looked for."""
        meant = self.all(text)
        return meant[0] if len(meant) == 1 else ""

    def all(self, text: str, district: str = "") -> list[str]:
        """The units and groups that a text names equally well, be they several; nothing like it is looked for."""
        known = self._ids.get(text.strip().casefold())
        return [known] if known else self._meant(self._fits(spell(text)), district)

    def _find(self, text: str, district: str = "") -> Found:
        """Who is meant by a name or an id; `district` is the text of a column that settles a commune's name."""
        if known := self._ids.get(text.strip().casefold()):
            return _understood((known,), True)
        typed = spell(text)
        fits = self._fits(typed)
        if meant := self._meant(fits, district):
            return _understood(tuple(meant), fits[meant[0]] == EXACT)
        return Found((), *self._suggested(typed, [*fits]))

    def _fits(self, typed: Spelling) -> dict[str, int]:
        """The units and groups that have these letters, with the agreement of the marks."""
        if not 0 < len(typed.key) <= _LONGEST:
            return {}
        fits = self._places.read(typed)
        fits.update(self._spelled(typed))
        return fits

    def _meant(self, fits: dict[str, int], district: str) -> list[str]:
        """Those of the best agreement, if no mark differs, in a district if one is named."""
        if district and spell(district).key:
            homes = self.districts(district)
            fits = {id: fit for id, fit in fits.items() if self._lies_in(id, homes)}
        best = max(fits.values()) if fits else DIFFERS
        if best == DIFFERS:
            return []
        meant = [id for id, fit in fits.items() if fit == best]
        if len(meant) > 1:
            meant.sort(key=self._order.__getitem__)
        return meant

    @cached_property
    def _ids(self) -> dict[str, str]:
        """Every id, that of a one-stop unit also with its committee's whole id in it."""
        longer = {id.replace("bpmc-", "bpmc-ubnd-", 1): id for id in self._by_id if id.startswith("bpmc-")}
        return longer | {id: id for id in self._by_id}

    def _spelled(self, typed: Spelling) -> dict[str, int]:
        """Units whose listed spelling it is, a provincial one also with "tỉnh", "tỉnh Bến Tre" behind it."""
        if typed.key in self.names:
            return _best(borne(self.names, typed))
        if not typed.key.endswith(self._province_ends):
            return {}
        local = (
            (id, min(fit, tail))
            for ending in self._province_ends
            if typed.key.endswith(ending) and typed.key != ending
            for _, tail in borne(self._province_tails, typed, -len(ending))
            for id, fit in borne(self.names, typed, 0, -len(ending))
            if self._by_id[id].level in ("province", "sector")
        )
        return _best(local)

    @cached_property
    def _province_ends(self) -> tuple[str, ...]:
        return tuple(self._province_tails)

    @cached_property
    def _province_tails(self) -> Spellings:
        tails: Spellings = {}
        record(tails, "tỉnh", "")
        for unit in self.units:
            if unit.place and unit.place.startswith("tỉnh "):
                record(tails, f"{{|tỉnh|T}} {kind_and_name(unit.place)[1]}", "")
        return tails

    def inside(self, ids: Sequence[str], district: str) -> Sequence[str]:
        """Those of these units that lie in a district, or in none; all of them where the text names no district."""
        homes = self.districts(district)
        return [id for id in ids if self._lies_in(id, homes)] if homes else ids

    def districts(self, text: str) -> tuple[str, ...]:
        """The districts that the text of their column names."""
        column = spell(text)
        if not column.key:
            return ()
        named = self._places.read(column) or self._places.read(spell(f"UBND {text}"))
        return tuple(id for id, fit in named.items() if fit != DIFFERS and self._by_id[id].level != "commune")

    def is_body(self, text: str) -> bool:
        """Whether a text names a body and no place ("UBND")."""
        return self._places.is_body(spell(text))

    def _lies_in(self, id: str, homes: Collection[str]) -> bool:
        level = self._by_id[id].level
        if level not in ("district", "commune") or (level == "district" and not homes):
            return True
        above: str | None = id
        while above and above not in homes:
            above = self._by_id[above].parent
        return above is not None

    @cached_property
    def _alike(self) -> Alike[str]:
        from tthc_cli.alike import Alike

        return Alike((key, bearer) for key, bearers in self.names.items() for _, bearer in bearers)

    def _suggested(self, typed: Spelling, misses: list[str]) -> tuple[tuple[str, ...], int]:
        """The units it misses by a mark or a district, then those written most alike; how many are likeliest."""
        if not _SHORTEST <= len(typed.key) <= _LONGEST or self._places.is_body(typed):
            return tuple(misses), len(misses)
        scored = [*self._places.near(typed, _LIKE), *self._alike.to(typed.key, _LIKE)]
        best: dict[str, float] = dict.fromkeys(sorted(misses, key=self._order.__getitem__), 1.0)
        for score, id in sorted(scored, key=lambda pair: (-pair[0], self._order[pair[1]])):
            best.setdefault(id, score)
        most = max(best.values(), default=0.0)
        least = max(_LIKE, most - _CLOSE)
        found = tuple(id for id, score in best.items() if score >= least)[:_SUGGESTED]
        return found, sum(best[id] == most for id in found)
