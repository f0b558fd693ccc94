"""Obligations that many units share, as one line each on a screen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tthc_cli import wording
from tthc_cli.records import Judgement
from tthc_cli.report import Cell, Table
from tthc_cli.reports.fields import COLUMN, VALUE, short

MANY, ALONE = 3, 10**9
_UNITS = ("agencies", "names")


def table(
    title: str, names: str, items: Iterable[Judgement], notes: Mapping[str, str] | None = None, many: int = MANY
) -> Table:
    """A table in which lines of more than `many` units that differ in nothing but the unit are one.

    The column `agencies` names the unit or counts the units, `names` names all; `note` comes from `notes` by key.
    """
    picked = names.split()
    alike: dict[tuple[Cell, ...], list[Judgement]] = defaultdict(list)
    for item in items:
        alike[tuple(_cell(name, item, notes or {}) for name in picked)].append(item)
    rows = tuple(
        tuple(_units(name, group) if name in _UNITS else cell for name, cell in zip(picked, cells, strict=True))
        for cells, together in alike.items()
        for group in ([together] if len(together) > many else [[item] for item in together])
    )
    return Table(title, tuple(COLUMN[name] for name in picked), rows)


def _cell(name: str, item: Judgement, notes: Mapping[str, str]) -> Cell:
    """What a line says beside its unit."""
    if name in _UNITS:
        return None
    if name == "note":
        return notes.get(item.obligation.key, "")
    value = VALUE[name](item)
    return short(value) if name == "title" and isinstance(value, str) else value


def _units(name: str, group: Sequence[Judgement]) -> str:
    if name == "names":
        return "; ".join(item.obligation.agency_name for item in group)
    counts = Counter(item.obligation.level for item in group)
    return group[0].obligation.agency_name if len(group) == 1 else wording.level_counts(counts)
