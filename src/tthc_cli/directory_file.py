"""The directory as people write it: units and groups one by one, districts and their communes in short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from tthc_cli.agencies import Agency, Directory, PlaceName, kind_and_name, places
from tthc_cli.naming import Spellings, alternatives, fold
from tthc_cli.place_names import tables
from tthc_cli.written import Flaw, Loc, Written, fresh

_ORDER = {"province": 0, "sector": 1, "district": 2, "commune": 3, "one-stop": 4, "outside": 5, "group": 6}
_SHORT_KINDS = {"thành phố": "tp", "thị xã": "tx", "thị trấn": "tt"}


class District(Written):
    """A district-level place with its communes, code to name; their committees and one-stop units follow from it."""

    name: PlaceName
    code: str | None = None
    communes: dict[str, PlaceName] = fresh(factory=dict)

    def units(self, province: str | None) -> Iterator[Agency]:
        """The committees and one-stop units of the district and its communes."""
        kind, name = kind_and_name(self.name)
        own = f"{_SHORT_KINDS.get(kind) or _slug(kind)}-{_slug(name)}"
        yield from _committee(own, self.name, self.name, "district", province, self.code)
        for code, commune in self.communes.items():
            below, its = kind_and_name(commune)
            slug = f"{_SHORT_KINDS.get(below) or _slug(below)}-{_slug(its)}-{_slug(name)}"
            shown = f"{below.capitalize() if its.isdigit() else below} {its}, {self.name}"
            yield from _committee(slug, commune, shown, "commune", f"ubnd-{own}", code)


def _slug(text: str) -> str:
    return fold(text).replace(" ", "-")


def _committee(
    slug: str, place: str, shown: str, level: Literal["district", "commune"], parent: str | None, code: str | None
) -> tuple[Agency, Agency]:
    unit = f"ubnd-{slug}"
    return (
        Agency(id=unit, name=f"UBND {shown}", level=level, parent=parent, place=place, code=code),
        Agency(id=f"bpmc-{slug}", name=f"Bộ phận Một cửa {shown}", level=level, parent=unit, one_stop=True),
    )


class DirectoryFile(Written):
    """The file as people write it: `agencies` one by one, `districts` in short."""

    id: str
    title: str
    source: str
    notes: tuple[str, ...] = ()
    agencies: tuple[Agency, ...]
    districts: tuple[District, ...] = ()

    @cached_property
    def units(self) -> tuple[Agency, ...]:
        """Every unit and group in directory order: province, sector, districts, communes, one-stop, outside, groups."""
        province = next((unit.id for unit in self.agencies if (unit.place or "").startswith("tỉnh ")), None)
        placed = [unit for district in self.districts for unit in district.units(province)]
        return tuple(sorted((*self.agencies, *placed), key=_rank))

    @cached_property
    def names(self) -> Spellings:
        """The spellings of all units that are no places."""
        names: Spellings = {}
        for unit in self.agencies:
            if unit.place is None:
                spellings = dict.fromkeys(s for text in (unit.name, *unit.spellings) for s in alternatives(text))
                for key, marks in spellings:
                    names.setdefault(key, []).append((marks, unit.id))
        return names

    def directory(self) -> Directory:
        """The units with the reading of their names."""
        return Directory(self.units, self.names, tables([*places(self.units)]))

    def flaws(self) -> Iterator[Flaw]:
        """Ids used twice, names that lead nowhere, groups in a ring, and spellings that two units bear."""
        at: dict[str, Loc] = {unit.id: ("agencies", place) for place, unit in reversed([*enumerate(self.agencies)])}
        counted = Counter(unit.id for unit in self.units)
        for repeated in (unit for unit, times in counted.items() if times > 1):
            yield Flaw(at.get(repeated, ("districts",)), "duplicate_id", {"id": repeated})
        for unit in self.agencies:
            for name in ({*unit.members, unit.parent, unit.office_of} - {None}) - counted.keys():
                yield Flaw(at[unit.id], "unknown_unit", {"id": unit.id, "name": name})
        for group in _cyclic({unit.id: unit.members for unit in self.agencies}):
            yield Flaw(at[group], "group_cycle", {"id": group})
        for key, one, other in _shared(self.names):
            yield Flaw(at[other], "shared_spelling", {"id": other, "one": one, "key": key})


def _rank(unit: Agency) -> int:
    return _ORDER["one-stop" if unit.answered_for else unit.level]


def _cyclic(members: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Groups that hold themselves, by whatever way."""
    for group, direct in members.items():
        seen: set[str] = set()
        ahead = [*direct]
        while ahead:
            if (member := ahead.pop()) not in seen:
                seen.add(member)
                ahead.extend(members.get(member, ()))
        if group in seen:
            yield group


def _shared(names: Spellings) -> Iterator[tuple[str, str, str]]:
    """Spellings of the same key and marks that two units bear."""
    for key, bearers in names.items():
        first: dict[str, str] = {}
        for marks, bearer in bearers:
            if first.setdefault(marks, bearer) != bearer:
                yield key, first[marks], bearer
