"""Whose the registers are that lie together: each plan's by their names, and by the plans that their rows name."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from tthc_cli import registers
from tthc_cli.errors import InputError, Trouble
from tthc_cli.records import Claim
from tthc_cli.remote import Source
from tthc_cli.rollup import Rolled
from tthc_cli.submissions import REGISTER
from tthc_cli.tables import BadRow, Grouped, Groups, Table
from tthc_cli.tuples import NamedTuple


class Lying(NamedTuple):
    """A register among others.

    name: of the plan that it goes by, "" if none; plans: the ids that its rows name, "" among them where one names
    none; None: it cannot be read, for which there are troubles. hints: what stands in its rows that cannot be read.
    """

    path: Source
    name: str
    plans: frozenset[str] | None = None
    troubles: tuple[Trouble, ...] = ()
    hints: frozenset[str] = frozenset()


def lying(source: Source, names: Collection[str]) -> tuple[Lying, ...]:
    """The registers of a folder and the folders in it, or of a pattern, each with the one of these names that it bears.

    That may be the name of a folder above it. InputError where there is none.
    """
    if found := tuple(_within(source, names, "")):
        return found
    raise InputError(Trouble(str(source), "no_registers"))


def _within(source: Source, names: Collection[str], name: str) -> Iterator[Lying]:
    try:
        entries = registers.entries(source)
    except InputError as error:
        yield Lying(source, name, None, error.troubles)
        return
    if entries == (source,) and registers.is_folder(source):
        yield Lying(source, name, None, (Trouble(str(source), "folder_unreadable"),))
        return
    meant, empty = registers.among(source, entries), bool(name)
    for entry in entries:
        inside = registers.is_folder(entry)
        bears = entry.name if inside else entry.stem
        found = name or (bears if bears in names else "")
        if inside and not registers.is_hidden(entry):
            yield from _within(entry, names, found)
        elif entry in meant:
            yield Lying(entry, found)
        empty = False
    if empty:
        yield Lying(source, name, None, (Trouble(str(source), "no_registers"),))


def places(source: Source) -> Iterator[Source]:
    """Where registers lie: a folder and the folders in it, or a pattern."""
    yield source
    if isinstance(source, Path):
        for entry in registers.entries(source):
            yield entry
            if registers.is_folder(entry) and entry != source:
                yield from places(entry)


def read(folder: Path, register: Lying) -> Lying:
    """The same with the plans that its rows name; its path is taken from a folder."""
    if register.troubles:
        return register
    source = register.path if folder == Path.cwd() else folder / register.path
    hints: set[str] = set()
    try:
        with registers.open_table(source, REGISTER, name=str(register.path)) as table:
            plans = frozenset(plan for each in table.each for plan in _plans(each, hints))
        return register._replace(plans=plans, hints=frozenset(hints))
    except InputError as error:
        return register._replace(troubles=error.troubles)


def _plans(table: Table, hints: set[str]) -> Iterator[str]:
    """What rows say in the column of the plan; where there is none, they name no plan. hints: see `Lying`."""
    if table.troubles:
        hints.add("")
        return
    at = table.placement.fields.get("plan")
    if at is None:
        yield ""
        return
    said: set[str] = set()
    for piece in table.read(Groups((at,), (), None)):
        if isinstance(piece, Grouped):
            said.update(words for words, *_ in piece.rows)  # as it is written, quotes and all
            continue
        for _, cells in piece:
            if isinstance(cells, BadRow):
                hints.update(map(str.strip, cells.cells))
            else:
                said.add(str(cells[at]))
    for words in said:
        cell = words if '"' not in words else next(csv.reader([words], delimiter=table.delimiter))[0]
        yield cell.strip()


def of(name: str, plan: str, lying: Sequence[Lying]) -> tuple[tuple[Source, Claim], ...]:
    """The registers that have rows of a plan, each with which; those that cannot be read and may have, where others do.

    name, plan: the plan's own name, and its id. InputError where the folder of its name holds none.
    """
    found: list[tuple[Source, Claim]] = []
    maybe: list[tuple[Source, Claim]] = []
    every = frozenset().union(*(register.plans for register in lying if register.plans))
    for path, bears, plans, troubles, hints in lying:
        if bears == name and any(trouble.code == "no_registers" for trouble in troubles):
            raise InputError(*troubles)
        if bears == name:
            found.append((path, "unnamed"))
        elif plans is None:
            maybe += [(path, "all")] if not bears else []
        elif plan in plans or plan in hints:
            # Rows that name no plan are this one's where the register is of no other.
            found.append((path, "unnamed" if not bears and plans <= {plan, ""} else "named"))
        elif hints and not (bears or hints & every):
            maybe.append((path, "named"))
    return (*found, *maybe) if found else ()


def astray(lying: Iterable[Lying], rolled: Collection[Rolled]) -> Iterator[tuple[str, tuple[Trouble, ...]]]:
    """The registers with rows that are no plan's of those judged, and those that no plan asked for in vain.

    Each by its name, with what is to be told.
    """
    known = frozenset(plan.id for plan in rolled)
    unread = {problem.file for plan in rolled for problem in plan.unread}
    for path, bears, plans, troubles, hints in lying:
        if plans is None:
            told = () if bears or str(path) in unread else troubles
        else:
            others = sorted(plans - {*known, ""})
            told = tuple(Trouble(str(path), "plan_not_here", facts={"plan": plan}) for plan in others)
            nameless = ("" in plans and len(plans) != 2) or (hints and not (plans or hints & known))
            if nameless and not bears:
                told += (Trouble(str(path), "plan_not_named"),)
        if told:
            yield path.name, told
