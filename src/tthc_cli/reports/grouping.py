"""Obligations that many units share, as one line each on a screen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from tthc_cli import wording
from tthc_cli.records import Judgement
from tthc_cli.report import Cell, Table
from tthc_cli.reports.fields import COLUMN, VALUE, short

MANY, ALONE = 3, 10**9
_ALIKE = ("task", "occasion", "stated", "due", "verdict", "extended_to", "submitted_on", "line", "rests_on")


def gathered(items: Iterable[Judgement], many: int = MANY) -> list[tuple[Judgement, ...]]:
    """Judgements that differ in nothing but the unit together, where more than `many`; each other one alone."""
    groups: dict[tuple[Cell, ...], list[Judgement]] = defaultdict(list)
    for item in items:
        groups[tuple(VALUE[name](item) for name in _ALIKE)].append(item)
    found: list[tuple[Judgement, ...]] = []
    for group in groups.values():
        found += [tuple(group)] if len(group) > many else [(item,) for item in group]
    return found


def table(
    title: str, names: str, items: Iterable[Judgement], notes: dict[str, str] | None = None, many: int = MANY
) -> Table:
    """A table of groups; the column `agencies` names the unit or counts the units,
    `names` names all, `note` comes from `notes` by key."""
    picked = names.split()
    rows = (tuple(_cell(name, group, notes or {}) for name in picked) for group in gathered(items, many))
    return Table(title, tuple(COLUMN[name] for name in picked), tuple(rows))


def _cell(name: str, group: tuple[Judgement, ...], notes: dict[str, str]) -> Cell:
    first = group[0]
    if name == "agencies":
        counts = Counter(item.obligation.level for item in group)
        return first.obligation.agency_name if len(group) == 1 else wording.level_counts(counts)
    if name == "names":
        return "; ".join(item.obligation.agency_name for item in group)
    if name == "note":
        return notes.get(first.obligation.key, "")
    value = VALUE[name](first)
    return short(value) if name == "title" and isinstance(value, str) else value
