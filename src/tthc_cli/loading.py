"""Loads everything that a command works from, or says all that is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tthc_cli import __version__
from tthc_cli.agencies import Directory
from tthc_cli.compiled import Sources, cached
from tthc_cli.errors import InputError, Trouble, UsageError
from tthc_cli.obligations import World
from tthc_cli.plan import Plan
from tthc_cli.records import LEVELS, Assignment, Event, Extension, Problem, Reading
from tthc_cli.setting_values import BUILT_IN
from tthc_cli.setting_values import built_in as built_in
from tthc_cli.settings import Settings
from tthc_cli.tuples import NamedTuple
from tthc_cli.vietnam import forecast
from tthc_cli.workdays import Calendar, YearDays
from tthc_cli.written import Loc

if TYPE_CHECKING:
    from tthc_cli.yaml_file import Document

Value = TypeVar("Value")


class Inputs(NamedTuple):
    """What a command works from.

    problems: rows of side files that were left aside; fingerprint: the program's version, and hashes of plan, agencies
    and the verified days; paths: by option name; disputed: tasks whose rule disagrees with its words.
    """

    plan: Plan
    directory: Directory
    calendar: Calendar
    reading: Reading
    events: tuple[Event, ...]
    extensions: tuple[Extension, ...]
    assignments: tuple[Assignment, ...]
    problems: tuple[Problem, ...]
    fingerprint: Mapping[str, str]
    paths: Mapping[str, Path]
    disputed: tuple[str, ...] = ()

    def world(self, as_of: date) -> World:
        """Everything that decides who owes what by when, as it was known on a day."""
        known = (self.events, self.extensions, self.assignments)
        return World(self.plan, self.directory, self.calendar, self.reading, as_of, *known)


def load(settings: Settings) -> Inputs:
    """Plan, directory, calendar and the files beside the register. An InputError lists the troubles of every file."""
    paths = {name: getattr(settings, name) or built_in(name) for name in BUILT_IN}
    with settings.naming():
        sources = cached(settings.cache, paths.values(), lambda: _read(**paths))
        plan, directory = sources.plan, sources.directory
        events, extensions, assignments, problems = _beside(settings, plan, directory)
    reading = _fitted(settings, plan, directory)
    names = ("register", "events", "extensions", "assignments")
    paths |= {name: getattr(settings, name) for name in names if getattr(settings, name)}
    return Inputs(
        plan,
        directory,
        Calendar(sources.years, forecast),
        reading,
        events,
        extensions,
        assignments,
        problems,
        {"tthc": __version__, **sources.hashes},
        paths,
        sources.disputed,
    )


def _read(plan: Path, agencies: Path, calendar: Path) -> Sources:
    with _Troubles() as troubles:
        plan_file = troubles.of(lambda: read_plan(plan))
        agencies_file = troubles.of(lambda: read_agencies(agencies))
        years = troubles.of(lambda: read_years(calendar))
    assert plan_file
    assert agencies_file
    assert years is not None
    (found, document), (directory, other) = plan_file, agencies_file
    hold_together(found, document, directory)
    hashes = {"plan": document.plain, "agencies": other.plain, "calendar": Calendar(years, forecast).days()}
    short = {name: content_hash(plain) for name, plain in hashes.items()}
    return Sources(found, directory, years, short, () if plan == built_in("plan") else _disputed(found))


def _disputed(plan: Plan) -> tuple[str, ...]:
    """The tasks to warn of; the built-in plan has none, which a test holds."""
    from tthc_cli.proofreading import disputed

    return disputed(plan)


_Beside = tuple[tuple[Event, ...], tuple[Extension, ...], tuple[Assignment, ...], tuple[Problem, ...]]


def _beside(settings: Settings, plan: Plan, directory: Directory) -> _Beside:
    """What the files beside the register say, and what is wrong with single rows of it."""
    if not (settings.events or settings.extensions or settings.assignments):
        return (), (), (), ()
    from tthc_cli.side_files import SideFiles

    side = SideFiles(plan, directory)
    with _Troubles() as troubles:
        events = troubles.of(lambda: side.events(settings.events) if settings.events else ())
        extensions = troubles.of(lambda: side.extensions(settings.extensions) if settings.extensions else ())
        assignments = troubles.of(lambda: side.assignments(settings.assignments) if settings.assignments else ())
    return events or (), extensions or (), assignments or (), tuple(side.problems)


def read_plan(path: Path) -> tuple[Plan, Document]:
    """A plan, and its document for the places of its parts."""
    from tthc_cli.model_file import validated
    from tthc_cli.yaml_file import read_yaml

    document = read_yaml(path)
    return validated(Plan, document), document


def places(path: Path) -> Callable[[Loc], tuple[int, int]]:
    """Line and column of each part of a YAML file."""
    from tthc_cli.yaml_file import read_yaml

    return read_yaml(path).find


def read_agencies(path: Path) -> tuple[Directory, Document]:
    """A directory, and its document."""
    from tthc_cli.directory_file import DirectoryFile
    from tthc_cli.model_file import validated
    from tthc_cli.yaml_file import read_yaml

    document = read_yaml(path)
    return validated(DirectoryFile, document).directory(), document


def read_years(path: Path) -> Mapping[int, YearDays]:
    """The verified years of the working calendar."""
    from tthc_cli.calendar_file import CalendarFile
    from tthc_cli.model_file import validated
    from tthc_cli.yaml_file import read_yaml

    return validated(CalendarFile, read_yaml(path)).year_days()


def hold_together(plan: Plan, document: Document, directory: Directory) -> None:
    """An InputError with everything in the plan that does not fit the directory or the plan itself."""
    from tthc_cli.consistency import flaws
    from tthc_cli.model_file import hold

    hold(document, flaws(plan, directory))


def content_hash(plain: object) -> str:
    """A short hash of plain data, the same however its file is laid out."""
    from hashlib import sha256

    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:12]


def _fitted(settings: Settings, plan: Plan, directory: Directory) -> Reading:
    """The reading with its tasks and units as the plan and the directory write them, and the plan's own receivers."""
    reading = settings.reading
    troubles: list[Trouble] = []

    def task(text: str, key: str) -> str:
        found = plan.task(text)
        if not found:
            troubles.append(settings.trouble("reading_task_unknown", key, value=text))
        return found.id if found else text

    def unit(text: str) -> str:
        found = directory.find(text).matches
        if len(found) != 1:
            troubles.append(settings.trouble("reading_agency_unknown", "except", value=text))
        return found[0].id if found else text

    covers = tuple(text if text in LEVELS else task(text, "covers") for text in reading.covers)
    exempt = {item.id: item.receivers for item in plan.every_task() if item.receivers}
    for text, names in (reading.exempt or {}).items():
        exempt[task(text, "except")] = tuple(unit(name) for name in names)
    if troubles:
        raise InputError(*troubles) if all(trouble.line for trouble in troubles) else UsageError(*troubles)
    return reading._replace(covers=covers, exempt=exempt)


class _Troubles:
    """Lets several readers fail, and raises their troubles together at the end."""

    def __init__(self) -> None:
        self._found: list[Trouble] = []

    def of(self, read: Callable[[], Value]) -> Value | None:
        """What a reader yields; None if it failed."""
        try:
            return read()
        except InputError as error:
            self._found += error.troubles
            return None

    def __enter__(self) -> _Troubles:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._found and kind is None:
            raise InputError(*self._found)
