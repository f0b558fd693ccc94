"""What the names in options mean: agencies, tasks, sections, kinds, codes; a UsageError says what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from tthc_cli.cli.inputs import refuse

if TYPE_CHECKING:
    from tthc_cli.agencies import Directory
    from tthc_cli.plan import Plan

AnyRole = Literal["lead", "support", "any"]
_MOST = 12


def agencies(directory: Directory, names: Sequence[str]) -> frozenset[str] | None:
    """The units that these names stand for, groups opened; None where none is given."""
    if not names:
        return None
    from tthc_cli.selection import units

    return units(directory, [_agency(directory, name) for name in names])


def _agency(directory: Directory, name: str) -> str:
    found = directory.find(name)
    if len(found.matches) == 1:
        return found.matches[0].id
    if found.matches:
        raise refuse("agency_several", value=name, names=_listed(directory, (match.id for match in found.matches)))
    if found.suggestions:
        raise refuse("agency_suggested", value=name, names=_listed(directory, found.suggestions))
    raise refuse("agency_not_known", value=name)


def _listed(directory: Directory, ids: Iterable[str]) -> str:
    listed = [f"{directory.unit(id_).name} ({id_})" for id_ in ids]
    return "; ".join(listed[:_MOST]) + ("; …" if len(listed) > _MOST else "")


def tasks(plan: Plan, names: Iterable[str]) -> tuple[str, ...]:
    """The ids that are meant; one that only restates others stands for them, a section for its tasks."""
    return tuple(id_ for name in _parts(names) for id_ in _task(plan, name))


def _task(plan: Plan, name: str) -> tuple[str, ...]:
    from tthc_cli.naming import task_key

    if task := plan.task(name):
        return task.restates or (task.id,)
    wanted = task_key(name)
    known = [task_key(task.id) for task in plan.every_task()]
    if not wanted or not any(id_.startswith(f"{wanted}.") for id_ in known):
        raise refuse("task_not_known", value=name)
    return (wanted,)


def sections(plan: Plan, names: Iterable[str]) -> tuple[str, ...]:
    """Sections that the plan has."""
    from tthc_cli.naming import task_key

    wanted = _parts(names)
    parts = {task_key(section.id) for section in plan.sections}
    ids = [task_key(task.id) for task in plan.every_task()]
    for name in wanted:
        key = task_key(name)
        if not key or (key not in parts and not any(id_ == key or id_.startswith(f"{key}.") for id_ in ids)):
            raise refuse("section_not_known", value=name, known=[section.id for section in plan.sections])
    return wanted


def kinds(names: Iterable[str]) -> tuple[str, ...]:
    """Kinds of deadline, however they are written."""
    from tthc_cli.wording import KINDS

    return _known(names, {kind.casefold(): kind for kind in KINDS}, "kind_not_known")


def codes(names: Iterable[str]) -> tuple[str, ...]:
    """Finding codes."""
    from tthc_cli.wording.codes import CODES

    return _known(names, {code.casefold(): code for code in CODES}, "code_not_known")


def _known(names: Iterable[str], known: dict[str, str], trouble: str) -> tuple[str, ...]:
    found = []
    for name in _parts(names):
        key = name.casefold().replace("-", "_")
        if key not in known:
            raise refuse(trouble, value=name, known=list(known.values()))
        found.append(known[key])
    return tuple(found)


def _parts(names: Iterable[str]) -> tuple[str, ...]:
    """The names one by one; an option may be given several times, or hold several between commas."""
    return tuple(part.strip() for name in names for part in re.split("[,;]", name))
