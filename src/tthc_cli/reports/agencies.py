"""Units and groups, and who is meant by a name: `tthc agencies`."""

from __future__ import annotations

from collections.abc import Iterable

from tthc_cli import wording
from tthc_cli.agencies import Directory, Found
from tthc_cli.report import Marks, Report, Table
from tthc_cli.reports.fields import COLUMN, cautions, tail
from tthc_cli.wording.titles import heading, say

_COLUMNS = ("id", "name", "level", "parent")


def everyone(directory: Directory, marks: Marks) -> Report:
    """The whole directory."""
    ids = [unit.id for unit in directory.units]
    matches = [_fields(directory, id_, True) for id_ in ids]
    payload = {"schema": "tthc.agencies/1", "query": None, "matches": matches, "suggestions": [], **tail(marks)}
    after = (say("next_who", name=directory.units[0].name),) if ids else ()
    return Report(payload, (_table(directory, heading("agencies"), ids),), after=after, warnings=cautions(marks))


def report(directory: Directory, marks: Marks, query: str, found: Found) -> Report:
    """Who is meant by a name: one unit, several, or none and what was probably meant."""
    matches = [_fields(directory, match.id, match.exact) for match in found.matches]
    suggested = [_fields(directory, id_, None) for id_ in found.suggestions]
    payload = {"schema": "tthc.agencies/1", "query": query, "matches": matches, "suggestions": suggested}
    ids = [match.id for match in found.matches]
    alone = ids[0] if len(ids) == 1 else None
    return Report(
        {**payload, **tail(marks)},
        tuple(_tables(directory, ids, found.suggestions)),
        before=(_answer(directory, query, ids),),
        after=(say("next_due", agency=alone),) if alone else (),
        warnings=cautions(marks),
    )


def _answer(directory: Directory, query: str, ids: list[str]) -> str:
    if len(ids) == 1:
        return say("agency_known", query=query, name=directory.unit(ids[0]).name)
    return say("agency_ambiguous", query=query, count=len(ids)) if ids else say("agency_unknown", query=query)


def _tables(directory: Directory, ids: list[str], suggestions: tuple[str, ...]) -> Iterable[Table]:
    if ids:
        yield _table(directory, heading("agencies"), ids)
    elif suggestions:
        yield _table(directory, heading("suggestions"), suggestions)
    if len(ids) == 1 and (members := _members(directory, ids[0])):
        yield _table(directory, heading("members", name=directory.unit(ids[0]).name), members)


def _members(directory: Directory, id_: str) -> tuple[str, ...]:
    return directory.opened(id_) if directory.unit(id_).level == "group" else ()


def _fields(directory: Directory, id_: str, exact: bool | None) -> dict[str, object]:
    unit = directory.unit(id_)
    fields: dict[str, object] = {"id": id_, "name": unit.name, "level": unit.level, "parent": unit.parent}
    if exact is not None:
        fields["exact"] = exact
    if unit.level == "group":
        fields["members"] = list(_members(directory, id_))
    return fields


def _table(directory: Directory, title: str, ids: Iterable[str]) -> Table:
    units = [directory.unit(id_) for id_ in ids]
    rows = tuple(
        (unit.id, unit.name, wording.LEVELS[unit.level], directory.unit(unit.parent).name if unit.parent else None)
        for unit in units
    )
    return Table(title, tuple(COLUMN[name] for name in _COLUMNS), rows)
