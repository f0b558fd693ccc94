"""Whose the registers are that lie together: each plan's by their names, and by the plans that their rows name."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tthc_cli import registers
from tthc_cli.errors import InputError, Trouble
from tthc_cli.records import Claim
from tthc_cli.remote import Source
from tthc_cli.rollup import Rolled
from tthc_cli.submissions import REGISTER
from tthc_cli.tables import BadRow, Grouped, Groups, Table


class Lying(NamedTuple):
    """A register among others.

    name: of the plan that it goes by, "" if none; plans: the ids that its rows name, "" among them where one names
    none; None: it cannot be read, for which there are troubles.
    """

    path: Source
    name: str
    plans: frozenset[str] | None = None
    troubles: tuple[Trouble, ...] = ()


def lying(source: Source, names: Collection[str]) -> tuple[Lying, ...]:
    """The registers of a folder, of the folders in it, or of a pattern, each with the one of these names that it bears.

    InputError where there is none.
    """
    meant, found = {*_files(source)}, []
    for entry in registers.entries(source):
        inside = registers.is_folder(entry)
        bears = entry.name if inside else entry.stem
        name = bears if bears in names else ""
        paths = _files(entry) or (entry,) * bool(name) if inside else (entry,) * (entry in meant)
        found += [Lying(path, name) for path in paths]
    if not found:
        raise InputError(Trouble(str(source), "no_registers"))
    return tuple(found)


def _files(source: Source) -> tuple[Source, ...]:
    try:
        return registers.files(source)
    except InputError:
        return ()


def read(folder: Path, register: Lying) -> Lying:
    """The same with the plans that its rows name; its path is taken from a folder."""
    source = register.path if folder == Path.cwd() else folder / register.path
    try:
        with registers.open_table(source, REGISTER, name=str(register.path)) as table:
            return register._replace(plans=frozenset(plan for each in table.each for plan in _plans(each)))
    except InputError as error:
        return register._replace(troubles=error.troubles)


def _plans(table: Table) -> Iterator[str]:
    """What rows say in the column of the plan; where there is none, they name no plan."""
    at = table.placement.fields.get("plan")
    if at is None:
        yield ""
        return
    said: set[str] = set()
    for piece in table.read(Groups((at,), (), None)):
        if isinstance(piece, Grouped):
            said.update(words for words, *_ in piece.rows)  # as it is written, quotes and all
        else:
            said.update(str(cells[at]) for _, cells in piece if not isinstance(cells, BadRow))
    for words in said:
        cell = words if '"' not in words else next(csv.reader([words], delimiter=table.delimiter))[0]
        yield cell.strip()


def of(name: str, plan: str, lying: Iterable[Lying]) -> tuple[tuple[Source, Claim], ...]:
    """The registers that have rows of a plan, each with which; those that cannot be read and may have, where others do.

    name, plan: the plan's own name, and its id. InputError where the folder of its name holds none.
    """
    found: list[tuple[Source, Claim]] = []
    unread: list[tuple[Source, Claim]] = []
    for path, bears, plans, _ in lying:
        if bears == name and registers.is_folder(path):
            raise InputError(Trouble(str(path), "no_registers"))
        if bears == name:
            found.append((path, "unnamed"))
        elif plans is None:
            unread += [(path, "all")] if not bears else []
        elif plan in plans:
            # Rows that name no plan are this one's where the register is of no other.
            found.append((path, "unnamed" if not bears and plans <= {plan, ""} else "named"))
    return (*found, *unread) if found else ()


def astray(lying: Iterable[Lying], rolled: Collection[Rolled]) -> Iterator[tuple[str, tuple[Trouble, ...]]]:
    """The registers with rows that are no plan's of those judged, and those that no plan asked for in vain.

    Each by its name, with what is to be told.
    """
    known = {"", *(plan.id for plan in rolled)}
    unread = {problem.file for plan in rolled for problem in plan.unread}
    for path, bears, plans, troubles in lying:
        if plans is None:
            told = () if bears or str(path) in unread else troubles
        else:
            told = tuple(Trouble(str(path), "plan_not_here", facts={"plan": plan}) for plan in sorted(plans - known))
            if "" in plans and not bears and len(plans) != 2:
                told += (Trouble(str(path), "plan_not_named"),)
        if told:
            yield path.name, told
