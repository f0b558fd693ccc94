"""Which of several registers, found together, belong to which plan: by their names, and by the plans they name."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from tthc_cli import registers
from tthc_cli.dates import seems_a_day
from tthc_cli.errors import InputError, Trouble
from tthc_cli.naming import fold, plan_key
from tthc_cli.records import Claim
from tthc_cli.register_csv import later_lines
from tthc_cli.remote import Source
from tthc_cli.rollup import Rolled
from tthc_cli.rows_above import DITTO
from tthc_cli.submissions import REGISTER, Cell, column_number
from tthc_cli.tables import BadRow, Grouped, Groups, Table
from tthc_cli.tuples import NamedTuple

_ID = re.compile(r"(?=.*[^\W\d_])[^\s/\ufffd]{2,64}")
"""What may be the id of a plan. One that has other letters is not told from what else stands in a row."""


class Candidate(NamedTuple):
    """A register that may have rows of any of several plans.

    name: of the plan that it goes by, "" if none; plans: the ids that its rows name, "" among them where one names
    none; None: it could not be read, and `troubles` say why. hints: for each row that could not be read, or may be lost
    in a cell of another, what in it may be the id of a plan; for a sheet that could not be read, an empty set.
    """

    path: Source
    name: str
    plans: frozenset[str] | None = None
    troubles: tuple[Trouble, ...] = ()
    hints: frozenset[frozenset[str]] = frozenset()

    @property
    def named(self) -> frozenset[str]:
        """The keys of the plans that its rows name; "" where one names none."""
        return frozenset(map(plan_key, self.plans or ()))

    @property
    def nameless(self) -> bool:
        """Whether it has rows of which nobody knows whose they are; of a register of one plan they are that one's."""
        return "" in self.named and len(self.named) != 2

    def nobodys(self, known: Collection[str]) -> bool:
        """Whether it has rows of which nobody knows whose they are, these being the keys of all plans there are."""
        return self.nameless or any(hint.isdisjoint(known) for hint in self.hints)


def candidates(source: Source, names: Collection[str]) -> tuple[tuple[Candidate, ...], tuple[Source, ...]]:
    """The registers of a folder and the folders in it, or of a pattern, each with the one of these names that it bears.

    That may be the name of a folder above it. With them come the places that were searched. InputError where there is
    no register.
    """
    once = _Once()
    if found := tuple(_within(source, names, "", once)):
        return found, (source, *once.folders.values())
    raise InputError(Trouble(str(source), "no_registers"))


class _Once:
    """Folders by where they really are, each of which is searched once, whatever links lead to it."""

    def __init__(self) -> None:
        self.folders: dict[str, Source] = {}

    def new(self, folder: Source) -> bool:
        """Whether it is a folder that was not searched yet."""
        if not registers.is_folder(folder):
            return False
        place = os.path.realpath(folder) if isinstance(folder, Path) else str(folder)
        new = place not in self.folders
        self.folders.setdefault(place, folder)
        return new


def _within(source: Source, names: Collection[str], name: str, once: _Once) -> Iterator[Candidate]:
    once.new(source)
    try:
        entries = registers.entries(source)
    except InputError as error:
        yield Candidate(source, name, None, error.troubles)
        return
    if entries == (source,) and registers.is_folder(source):
        yield Candidate(source, name, None, (Trouble(str(source), "folder_unreadable"),))
        return
    meant, empty = registers.among(source, entries), bool(name)
    # A folder is searched under its own name sooner than by a link to it.
    for entry in sorted(entries, key=_is_link):
        inside = registers.is_folder(entry)
        bears = entry.name if inside else entry.stem
        found = name or (bears if bears in names else "")
        if inside and not registers.is_hidden(entry):
            if once.new(entry):
                yield from _within(entry, names, found, once)
        elif entry in meant:
            yield Candidate(entry, found)
        empty = False
    if empty:
        yield Candidate(source, name, None, (Trouble(str(source), "no_registers"),))


def _is_link(entry: Source) -> bool:
    return isinstance(entry, Path) and os.path.islink(entry)  # noqa: PTH114 - it never raises


def read(folder: Path, register: Candidate) -> Candidate:
    """A candidate with the plans that its rows name; folder: the one that its path is taken from."""
    if register.troubles:
        return register
    source = register.path if folder == Path.cwd() else folder / register.path
    hints: set[frozenset[str]] = set()
    try:
        with registers.open_table(source, REGISTER, name=str(register.path)) as table:
            plans = frozenset(plan for each in table.each for plan in _plans(each, hints))
        return register._replace(plans=plans, hints=frozenset(hints))
    except InputError as error:
        return register._replace(troubles=error.troubles)


def _plans(table: Table, hints: set[frozenset[str]]) -> Iterator[str]:
    """What rows say in the column of the plan; where there is none, they name no plan. hints: see `Candidate`."""
    if table.troubles:
        hints.add(frozenset())
        return
    at = table.placement.fields.get("plan")
    if at is None:
        yield ""
        return
    named = table.placement.at(REGISTER.required)
    said: set[str] = set()
    written: set[str] = set()
    for piece in table.read(Groups((at,), (), None)):
        if isinstance(piece, Grouped):
            written.update(words for words, *_ in piece.rows)
            continue
        for _, cells in piece:
            if isinstance(cells, BadRow):
                hints.add(_ids(cells.cells))
                continue
            # A title, a total, a signature, or the second row of headings once more, is of no plan.
            if all(str(cells[at]).strip() for at in named) or _is_paper(cells, table):
                said.add(str(cells[at]))
            hints |= _lost(cells, table)
    said |= {cells[0] if cells else "" for cells in csv.reader(written, delimiter=table.delimiter or ",")}
    heading = fold(table.headings[at])
    for text in map(str.strip, said):
        if fold(text) != heading and column_number(text) is None:
            yield "" if re.fullmatch(DITTO, text) else text


def _lost(cells: Sequence[Cell], table: Table) -> set[frozenset[str]]:
    """What may be ids of plans in rows that are lost in a cell of another; who is asked to judge it will know."""
    lines = later_lines(map(str, cells)) if table.delimiter else ()
    return {ids for line in lines if (ids := _ids(line.split(table.delimiter)))}


def _is_paper(cells: Sequence[Cell], table: Table) -> bool:
    """Whether a row has a number or a day."""
    days, numbers = map(table.placement.at, (REGISTER.dates, ("document_number",)))
    number = "".join(str(cells[at]) for at in numbers)
    return any(map(str.isdigit, number)) or any(seems_a_day(str(cells[at])) for at in days)


def _ids(cells: Iterable[str]) -> frozenset[str]:
    """What among cells may be the id of a plan."""
    return frozenset(plan_key(cell) for cell in cells if _ID.fullmatch(cell.strip()))


def of(name: str, plan: str, candidates: Sequence[Candidate]) -> tuple[tuple[Source, Claim], ...]:
    """The registers that have rows of a plan, and which rows of each; if there are any, also those that may have some.

    name, plan: the plan's own name, and its id. InputError where the folder of its name holds no register.
    """
    found: list[tuple[Source, Claim]] = []
    maybe: list[tuple[Source, Claim]] = []
    mine, keys = plan_key(plan), [register.named for register in candidates]
    every = frozenset().union(*keys) - {""}
    for register, named in zip(candidates, keys, strict=True):
        path, bears, plans, troubles, hints = register
        if bears == name and any(trouble.code == "no_registers" for trouble in troubles):
            raise InputError(*troubles)
        if bears == name:
            found.append((path, "unnamed"))
        elif mine in named or any(mine in hint for hint in hints):
            # Rows that name no plan are this one's where the register is of no other.
            alone = named in ({mine}, {mine, ""})
            found.append((path, "named" if bears else "unnamed" if alone else "perhaps"))
        elif bears:
            continue
        elif plans is None:
            maybe.append((path, "all"))
        elif register.nobodys(every):
            maybe.append((path, "perhaps"))
    return (*found, *maybe) if found else ()


def astray(candidates: Iterable[Candidate], rolled: Collection[Rolled]) -> Iterator[tuple[str, tuple[Trouble, ...]]]:
    """The registers with rows of none of the plans that were judged, and those that none of these tried to read.

    Each by its name, with what is to be told.
    """
    known = frozenset(plan_key(plan.id) for plan in rolled)
    unread = {problem.file for plan in rolled for problem in plan.unread}
    for register in candidates:
        path, bears, plans, troubles, _ = register
        if plans is None:
            told = () if bears or str(path) in unread else troubles
        else:
            others = {plan_key(plan): plan for plan in sorted(plans, reverse=True)}  # each in one of its spellings
            strange = sorted(plan for key, plan in others.items() if key not in {*known, ""})
            told = tuple(Trouble(str(path), "plan_not_here", facts={"plan": plan}) for plan in strange)
            # What cannot be read beside rows of a plan is told where that one is judged.
            if not bears and (register.nameless if plans else register.nobodys(known)):
                told += (Trouble(str(path), "plan_not_named"),)
        if told:
            yield path.name, told
