"""What changed between two lists of obligations: `tthc diff`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tthc_cli import wording
from tthc_cli.comparison import CAUSES, DAYS, Comparison, Facts, Move, Side, day_of
from tthc_cli.report import Cell, Column, Marks, Report, Table
from tthc_cli.reports.fields import COLUMN, cautions, short, tail
from tthc_cli.wording import changes

SEVERAL = 3
"""Up to so many units are named one by one."""


def report(marks: Marks, found: Comparison) -> Report:
    """Everything that was added, dropped and moved; on a screen once for all units that share it."""
    payload = {
        "schema": "tthc.diff/1",
        "old": _side_fields(found.old),
        "new": _side_fields(found.new),
        "added": [dict(item) for item in found.added],
        "dropped": [dict(item) for item in found.dropped],
        "moved": [_move_fields(move) for move in found.moved],
        "renamed": [{"agency": id_, "old": old, "new": new} for id_, (old, new) in found.renamed.items()],
        "counts": _counts(found),
        **tail(marks),
    }
    shown = tuple(table for table in _grouped(found) if table.rows)
    return Report(
        payload,
        tables=(_complete(found),),
        plain=shown,
        screen=shown,
        before=(*_sides(found), *cautions(marks)),
        after=_after(found),
        warnings=cautions(marks),
    )


def _side_fields(side: Side) -> dict[str, object]:
    return {
        "fingerprint": dict(side.fingerprint),
        "plan": side.plan,
        "as_of": side.as_of,
        "reading": dict(side.reading),
        "obligations": len(side.obligations),
    }


def _move_fields(move: Move) -> dict[str, object]:
    item = move.new
    names = ("key", "task", "title", "agency", "agency_name", "role", "period", "event")
    return {
        **{name: item.get(name) for name in names},
        "changes": {name: list(move.changes[name]) for name in DAYS if name in move.changes},
        "days": move.days,
        "causes": list(move.causes),
        "extended": [move.old.get("extended"), item.get("extended")],
    }


def _counts(found: Comparison) -> dict[str, object]:
    causes = Counter(cause for move in found.moved for cause in move.causes)
    return {
        "added": len(found.added),
        "dropped": len(found.dropped),
        "moved": len(found.moved),
        "unchanged": found.unchanged,
        "by_cause": {cause: causes[cause] for cause in CAUSES if causes[cause]},
    }


def _sides(found: Comparison) -> tuple[str, ...]:
    differing = (changes.say("made_from", causes=changes.causes(found.differing)),) if found.differing else ()
    sides = (changes.side("old", found.old.plan, found.old.as_of), changes.side("new", found.new.plan, found.new.as_of))
    return *sides, *differing


def _after(found: Comparison) -> tuple[str, ...]:
    different = found.added or found.dropped or found.moved
    lines = [changes.say("counts" if different else "same", **_counts(found))]
    causes = Counter(move.causes for move in found.moved)
    lines += [changes.say("by_cause", causes=changes.causes(names), count=count) for names, count in causes.items()]
    if found.renamed:
        names = "; ".join(f"{old} → {new}" for old, new in found.renamed.values())
        lines.append(changes.say("renamed", names=names))
    return tuple(lines)


def _text(item: Facts, name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _occasion(item: Facts) -> str:
    return wording.occasion(_text(item, "period") or _text(item, "event"))


def _column(name: str) -> Column:
    kind = "number" if name == "days" else "date" if name.split("_")[0] in ("old", "new") else "text"
    return Column(changes.COLUMNS[name], kind, wide=kind == "text")  # type: ignore[arg-type]


def _complete(found: Comparison) -> Table:
    """One row a change, every day before and after."""
    days = tuple(f"{side}_{name}" for name in ("stated", "due", "act_by") for side in ("old", "new"))
    columns = (
        *(_column("change"), COLUMN["task"], COLUMN["occasion"], COLUMN["agency"], COLUMN["title"]),
        *(_column(name) for name in days),
        *(_column("days"), _column("causes"), COLUMN["agency_id"], COLUMN["key"]),
    )
    rows = [_row("added", {}, item) for item in found.added]
    rows += [_row("dropped", item, {}) for item in found.dropped]
    rows += [_row("moved", move.old, move.new, move) for move in found.moved]
    return Table(changes.heading("changes"), columns, tuple(rows))


def _row(action: str, old: Facts, new: Facts, move: Move | None = None) -> tuple[Cell, ...]:
    item = new or old
    return (
        wording.ACTIONS[action],
        *(_text(item, "task"), _occasion(item), _text(item, "agency_name"), _text(item, "title")),
        *(day_of(side, name) for name in ("stated", "due", "act_by") for side in (old, new)),
        *(move.days if move else None, changes.causes(move.causes) if move else None),
        *(_text(item, "agency"), _text(item, "key")),
    )


def _grouped(found: Comparison) -> tuple[Table, ...]:
    came = (COLUMN["task"], COLUMN["occasion"], COLUMN["agencies"], COLUMN["stated"], COLUMN["due"], COLUMN["title"])
    moved = (
        *(COLUMN["task"], COLUMN["occasion"], _column("moved"), COLUMN["agencies"]),
        *(Column(changes.COLUMNS[name], "date") for name in ("before", "after")),
        *(_column("causes"), COLUMN["title"]),
    )
    return (
        Table(changes.heading("moved"), moved, _moved_rows(found.moved)),
        Table(changes.heading("added"), came, _rows(found.added)),
        Table(changes.heading("dropped"), came, _rows(found.dropped)),
    )


def _rows(items: Iterable[Facts]) -> tuple[tuple[Cell, ...], ...]:
    groups: dict[tuple[Cell, ...], list[Facts]] = defaultdict(list)
    for item in items:
        place = _text(item, "task"), _occasion(item), day_of(item, "stated"), day_of(item, "due")
        groups[place].append(item)
    return tuple(
        (task, occasion, agencies, stated, due, short(_text(group[0], "title")))
        for (task, occasion, stated, due), group in groups.items()
        for agencies in _agencies(group)
    )


def _moved_rows(moves: Iterable[Move]) -> tuple[tuple[Cell, ...], ...]:
    groups: dict[tuple[object, ...], list[Move]] = defaultdict(list)
    for move in moves:
        shown = next(iter(_shown(move)))
        groups[_text(move.new, "task"), _occasion(move.new), move.changes[shown], move.days, move.causes].append(move)
    return tuple(row for group in groups.values() for row in _moved_group(group))


def _shown(move: Move) -> list[str]:
    """The days that changed, the one that judges first."""
    return [name for name in DAYS if name in move.changes]


def _moved_group(group: Sequence[Move]) -> Iterable[tuple[Cell, ...]]:
    first = group[0]
    before, after = first.changes[_shown(first)[0]]
    moved = changes.shift(first.days, gone=after is None)
    for agencies in _agencies([move.new for move in group]):
        yield (
            *(_text(first.new, "task"), _occasion(first.new), moved, agencies, before, after),
            *(changes.causes(first.causes), short(_text(first.new, "title"))),
        )


def _agencies(items: Sequence[Facts]) -> list[str]:
    if len(items) <= SEVERAL:
        return [_text(item, "agency_name") for item in items]
    return [changes.units(len(items), "")]
