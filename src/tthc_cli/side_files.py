"""Reads the files beside the register: what happened, which days were moved, who was given which task."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar

from tthc_cli.addresses import read_address, split_addresses
from tthc_cli.agencies import Directory
from tthc_cli.dates import read_date
from tthc_cli.errors import InputError, Trouble
from tthc_cli.naming import fold
from tthc_cli.obligations import lead_units, open_to_all
from tthc_cli.plan import Plan, Task
from tthc_cli.records import Assignment, Contact, Event, Extension, Problem, Reading, Severity
from tthc_cli.registers import open_table
from tthc_cli.setting_values import nearest
from tthc_cli.submissions import (
    ASSIGNMENTS,
    CONTACTS,
    EVENTS,
    EXTENSIONS,
    Cell,
    Columns,
    read_period,
    split_tasks,
)
from tthc_cli.tables import BadRow, Table
from tthc_cli.tuples import NamedTuple

if TYPE_CHECKING:
    from tthc_cli.understanding import Understanding

Record = TypeVar("Record")
Meant = TypeVar("Meant")
Status = Literal["granted", "asked", "refused"]
_STATUS: Mapping[Status, tuple[str, ...]] = {
    "granted": ("", "granted", "đồng ý", "chấp thuận", "được đồng ý", "đã đồng ý"),
    "asked": ("asked", "xin", "đề nghị", "xin gia hạn", "đề nghị gia hạn"),
    "refused": ("refused", "từ chối", "không đồng ý", "không chấp thuận"),
}
_STATUSES: Mapping[str, Status] = {fold(word): status for status, words in _STATUS.items() for word in words}
_EVERYONE = (
    r"^(?!.*\bthuoc (?:so|(?:ubnd )?(?:huyen|thanh pho|tp))\b|(?:so (?!ban|nganh)|ubnd ).* truc thuoc$).*"
    r"\b(?:tat ca(?! ubnd\b)|toan tinh|cac (?:don vi|co quan|dia phuong)|cac so(?= va\b| ubnd\b|$))\b"
)
"""What names, folded, have in them that may mean whoever leads a task, not only what belongs to one unit."""


class _Unfit(Exception):
    """A cell that means nothing here: the finding's code, the name of the sentence, and what fills its blanks.

    meant: what it may mean none the less; more: what else is wrong with the row.
    """

    more: Sequence[_Unfit] = ()

    def __init__(
        self,
        code: str,
        field: str,
        reason: str,
        suggestion: str | None = None,
        meant: Iterable[Any] = (),
        **facts: object,
    ) -> None:
        super().__init__(code, field, reason)
        self.code, self.field, self.reason, self.suggestion, self.facts = code, field, reason, suggestion, facts
        self.meant = tuple(meant)


class _Line(NamedTuple):
    """One row with the table it stands in."""

    table: Table
    number: int
    cells: list[Cell]

    def text(self, field: str) -> str:
        """What a cell says; "" where it is empty or has no column."""
        return str(self._cell(field)).strip()

    def day(self, field: str) -> date | None:
        """The day in a cell."""
        cell = self._cell(field)
        try:
            return cell if isinstance(cell, date) else read_date(cell)
        except ValueError:
            raise _Unfit("R07", field, "not_a_date") from None

    def _cell(self, field: str) -> Cell:
        index = self.table.placement.fields.get(field)
        return "" if index is None else self.cells[index]

    def position(self, field: str) -> int | None:
        """The number of a field's column, from 1."""
        index = self.table.placement.fields.get(field)
        return None if index is None else index + 1

    def trouble(self, unfit: _Unfit) -> Trouble:
        """An unfit cell as something that stops the work."""
        facts = {"value": self.text(unfit.field), "column": self._heading(unfit.field), **unfit.facts}
        if unfit.suggestion:
            facts["suggestion"] = unfit.suggestion
        return Trouble(self.table.path, unfit.reason, self.number, self.position(unfit.field), facts)

    def _heading(self, field: str) -> str:
        index = self.table.placement.fields.get(field)
        return field if index is None else self.table.headings[index]

    def problem(self, unfit: _Unfit, file: str, severity: Severity = "error") -> Problem:
        """An unfit cell as a finding that leaves the other rows alone."""
        return Problem(
            code=unfit.code,
            severity=severity,
            line=self.number,
            column=self._heading(unfit.field),
            value=self.text(unfit.field),
            reason=unfit.reason,
            facts=unfit.facts,
            suggestion=unfit.suggestion,
            file=self.table.path if self.table.several else file,
            position=self.position(unfit.field) or 0,
        )


class SideFiles:
    """Reads such files against one plan and directory; `problems` gathers what stops only its own row."""

    def __init__(self, plan: Plan, directory: Directory) -> None:
        self.plan, self.directory = plan, directory
        self.problems: list[Problem] = []

    def events(self, path: Path) -> tuple[Event, ...]:
        """The events; an InputError if any row is unfit, since what hangs on it could not be judged."""
        seen: dict[str, int] = {}
        return tuple(self._rows(path, EVENTS, lambda row: [self._event(row, seen)]))

    def _event(self, row: _Line, seen: dict[str, int]) -> Event:
        _require(row, "id", "kind", "date")
        first = seen.setdefault(row.text("id").casefold(), row.number)
        agency = row.text("agency")
        _, kind, day, unit = _each(
            lambda: first == row.number or _unfit("R12", "id", "event_twice", first=first),
            lambda: self._kind(row.text("kind").casefold()),
            lambda: row.day("date"),
            lambda: self.directory.debtor(self._agency(agency)) if agency else None,
        )
        return Event(row.text("id"), kind, day, unit, row.text("document") or None, row.number)

    def _kind(self, cell: str) -> str:
        kinds = {known.casefold(): known for known in self.plan.events}
        if cell not in kinds:
            _unfit("R10", "kind", "event_kind_unknown", _nearest(cell, kinds), known=", ".join(self.plan.events))
        return kinds[cell]

    def assignments(self, path: Path) -> tuple[Assignment, ...]:
        """The assignments; an InputError if any row is unfit."""
        return tuple(self._rows(path, ASSIGNMENTS, self._assignment))

    def _assignment(self, row: _Line) -> Iterator[Assignment]:
        _require(row, "task", "agency")
        day, document = row.day("document_date"), row.text("document_number") or None
        named = self._agency(row.text("agency"))
        units = self.directory.opened(named)
        if not units:
            _unfit("R05", "agency", "agency_is_group")
        for task in self._tasks(row.text("task")):
            for unit in units:
                if not (open_to_all(task, self.directory) or lead_units(task, self.directory).get(unit)):
                    facts = {"task": task.id, "unit": self.directory.unit(unit).name}
                    idle = _Unfit("R06", "agency", "assignment_unused", **facts)
                    self.problems.append(row.problem(idle, "assignments", "warning"))
                yield Assignment(task.id, unit, document, day, row.number)

    def contacts(self, path: Path) -> tuple[Contact, ...]:
        """Who answers for whom; an InputError if any row is unfit, since mail must not go astray."""
        return tuple(self._rows(path, CONTACTS, lambda row: [self._contact(row)]))

    def _contact(self, row: _Line) -> Contact:
        _require(row, "agency", "address")
        agency, addresses, cc, (start, end) = _each(
            lambda: self._answering(row.text("agency")),
            lambda: _addresses(row, "address"),
            lambda: _addresses(row, "cc"),
            lambda: _active(row),
        )
        return Contact(agency, addresses, cc, " ".join(row.text("name").split()), start, end, row.number)

    def _answering(self, cell: str) -> str:
        """The one unit that answers for what a cell names."""
        agency = self._agency(cell)
        if not self.directory.opened(agency) or self.directory.unit(agency).level == "group":
            _unfit("R05", "agency", "agency_is_group")
        return self.directory.debtor(agency)

    def extensions(self, path: Path) -> tuple[Extension, ...]:
        """The extensions; an InputError if a row is unreadable or lacks task or agency, else problems."""
        return tuple(self._rows(path, EXTENSIONS, self._extension))

    def _extension(self, row: _Line) -> Iterator[Extension]:
        """What a row moves; one of which that cannot be told counts as asked for, wherever it may be meant."""
        _require(row, "task", "agency")
        tasks, known = self._or_meant(row, lambda: self._tasks(row.text("task")))
        agencies, named = self._or_meant(row, lambda: [self._agency(row.text("agency"))])
        certain = named and any(map(self.directory.opened, agencies))
        vague = not certain and re.search(_EVERYONE, fold(row.text("agency"))) is not None
        if vague and named:
            self._report(row, _Unfit("R05", "agency", "agency_vague"))
        status, new_date, document_date, sound = self._terms(row)
        document = row.text("document_number") or None
        for task in tasks:
            occasions, told = self._or_meant(row, partial(self._occasions, row, task), report=known)
            everyone = lead_units(task, self.directory) if vague else ()
            units = tuple(dict.fromkeys([*(unit for each in agencies for unit in self._owing(task, each)), *everyone]))
            found = Extension(task.id, units, occasions[0], new_date, status, document, document_date, row.number)
            if known and named and told and sound and not vague:
                yield found
            elif units and status != "refused":
                yield found._replace(new_date=None, status="asked", sure=False)

    def _or_meant(
        self, row: _Line, read: Callable[[], Sequence[Meant]], report: bool = True
    ) -> tuple[Sequence[Meant], bool]:
        """What a cell says, and True; where that is wrong, what it may mean, and False. report: tell what is wrong."""
        try:
            return read(), True
        except _Unfit as unfit:
            if report:
                self._report(row, unfit)
            return unfit.meant, False

    def _terms(self, row: _Line) -> tuple[Status, date | None, date | None, bool]:
        """Status, new day and the document's day, and whether all can be read."""
        status = _STATUSES.get(fold(row.text("status")))
        if status is None:
            self._report(row, _Unfit("R01", "status", "status_unknown", known="granted, asked, refused"))
        days: list[date | None] = []
        sound = status is not None
        for field in ("new_date", "document_date"):
            try:
                days.append(row.day(field))
            except _Unfit as unfit:
                self._report(row, unfit)
                days.append(None)
                sound = sound and (status, field) == ("refused", "new_date")  # it names none
        if status == "granted" and not row.text("new_date"):
            self._report(row, _Unfit("R07", "new_date", "new_date_missing"))
            sound = False
        return status or "asked", days[0], days[1], sound

    def _owing(self, task: Task, agency: str) -> tuple[str, ...]:
        """Units that an extension for this one or this group means, and the group where it has a line of its own."""
        units = self.directory.opened(agency)
        own_line = not units or agency in task.assigned
        return (*units, agency) if own_line else units

    def _occasions(self, row: _Line, task: Task) -> tuple[str | None]:
        """The occasion that a row names, "" where its task has none; it may mean any where it names none."""
        period, event = row.text("period"), row.text("event")
        rules = [rule for text in _texts(self.plan, task) for rule in text.rules]
        if any(rule.each_event() for rule in rules):
            return (event or _unfit("R10", "event", "event_missing", meant=[None], task=task.id),)
        known = list(dict.fromkeys(str(each) for rule in rules for each in rule.periods(self.plan.year)))
        facts = {"task": task.id, "known": ", ".join(known)}
        if not known:
            return ("",)
        if not period:
            return (known[0] if len(known) == 1 else _unfit("R09", "period", "period_missing", meant=[None], **facts),)
        read = read_period(period, self.plan.year)
        return (read if read in known else _unfit("R09", "period", "period_unknown", meant=[None], **facts),)

    def _tasks(self, cell: str) -> list[Task]:
        """The tasks that a cell names; one that only restates others stands for them."""
        named: list[Task] = []
        faults: list[_Unfit] = []
        texts = split_tasks(cell)
        known = texts and all(map(self.plan.task, texts))
        for text in texts if known else self._understanding.names_of_tasks(cell):
            task = self.plan.task(text)
            near = [] if task else [duty.task for duty in self._understanding.nearest(text)]
            if task is None:
                faults.append(_Unfit("R03", "task", "task_unknown", near[0].id if near else None))
            elif "*" in task.restates:
                faults.append(_Unfit("R03", "task", "task_restates_all"))
            named += [task] if task else near
        stated = (self.plan.task(id_) for task in named for id_ in task.restates or (task.id,))
        found = [*{task.id: task for task in stated if task}.values()]
        if faults:
            faults[0].meant = tuple(found)
            raise faults[0]
        return found

    @cached_property
    def _understanding(self) -> Understanding:
        """Of the tasks that wrong names may mean."""
        from tthc_cli.understanding import Understanding

        return Understanding(self.plan, self.directory, Reading(), date.max)

    def _agency(self, cell: str) -> str:
        """The one unit or group that a cell names."""
        found = self.directory.find(cell)
        if len(found.matches) == 1:
            return found.matches[0].id
        fault, meant = self._understanding.whom(cell)
        if fault.code == "R05":
            _unfit("R05", "agency", fault.reason, fault.suggestion, meant)
        likeliest = found.suggestions[: found.likeliest]
        near = [self.directory.unit(id_).name for id_ in (*found.suggestions, *meant)[:1]]
        return _unfit("R04", "agency", "agency_unknown", near[0] if near else None, dict.fromkeys([*likeliest, *meant]))

    def _report(self, row: _Line, unfit: _Unfit) -> None:
        self.problems.append(row.problem(unfit, "extensions"))

    def _rows(
        self, path: Path, columns: Columns, read: Callable[[_Line], list[Record] | Iterator[Record]]
    ) -> list[Record]:
        """What every row says, or an InputError with all rows that say nothing."""
        records: list[Record] = []
        troubles: list[Trouble] = []
        with open_table(path, columns) as table:
            for sheet, (number, cells) in ((each, row) for each in table.each for row in each.rows):
                if isinstance(cells, BadRow):
                    troubles.append(_unreadable(sheet, number, cells))
                    continue
                row = _Line(sheet, number, cells)
                try:
                    records += read(row)
                except _Unfit as unfit:
                    troubles += map(row.trouble, (unfit, *unfit.more))
        if troubles:
            raise InputError(*troubles)
        return records


def _unfit(
    code: str, field: str, reason: str, suggestion: str | None = None, meant: Iterable[Any] = (), **facts: object
) -> NoReturn:
    raise _Unfit(code, field, reason, suggestion, meant, **facts)


def _require(row: _Line, *fields: str) -> None:
    for field in fields:
        if not row.text(field):
            _unfit("R02", field, "cell_empty")


def _each(*reads: Callable[[], Any]) -> list[Any]:
    """What each finds; an _Unfit with all that is wrong, if anything is."""
    found: list[Any] = []
    wrong: list[_Unfit] = []
    for read in reads:
        try:
            found.append(read())
        except _Unfit as unfit:
            wrong += [unfit, *unfit.more]
    if wrong:
        wrong[0].more = wrong[1:]
        raise wrong[0]
    return found


def _active(row: _Line) -> tuple[date | None, date | None]:
    """The first and the last day of an address."""
    start, end = _each(lambda: row.day("active_from"), lambda: row.day("active_to"))
    if start and end and end < start:
        _unfit("R13", "active_to", "contact_ends_early", start=start, end=end)
    return start, end


def _addresses(row: _Line, field: str) -> tuple[str, ...]:
    found = []
    for text in split_addresses(row.text(field)):
        try:
            found.append(read_address(text))
        except ValueError:
            _unfit("R01", field, "address_malformed", value=" ".join(text.split()))
    return tuple(dict.fromkeys(found))


def _unreadable(table: Table, number: int, row: BadRow) -> Trouble:
    facts: dict[str, object] = {"column": row.column, "value": row.text}
    return Trouble(table.path, row.reason, number, row.position or None, facts)


def _texts(plan: Plan, task: Task) -> list[Task]:
    """The task as first written and as amendments write it."""
    later = (each for amendment in plan.amendments for each in amendment.tasks)
    return [each for each in (*plan.tasks, *later) if each.id == task.id]


def _nearest(key: str, known: Mapping[str, str]) -> str | None:
    """The name whose key was probably meant."""
    return known.get(nearest(key, known) or "")
