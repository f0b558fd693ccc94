"""Many plans at once, one a province or a year: each judged by its own register, here or by whoever does the work."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tthc_cli import claims, loading, registers, workflow
from tthc_cli.claims import Candidate
from tthc_cli.errors import InputError, Trouble, TthcError
from tthc_cli.remote import Source
from tthc_cli.rollup import Rolled, verdicts
from tthc_cli.scorecard import scorecard
from tthc_cli.setting_values import PATHS
from tthc_cli.settings import FILE, Settings
from tthc_cli.tables import KINDS
from tthc_cli.tuples import NamedTuple

_PLANS = (".yaml", ".yml")
_KINDS = {name: _PLANS if name in ("plan", "agencies", "calendar") else KINDS for name in PATHS}


class Task(NamedTuple):
    """One plan to be judged, by the name of its folder or file.

    folder: the one that paths are taken from; candidates: the registers given for all plans together, if any.
    """

    name: str
    folder: Path
    settings: Settings
    as_of: date
    today: date
    candidates: tuple[Candidate, ...] | None = None


class Failed(NamedTuple):
    """A plan that could not be judged, and why."""

    name: str
    troubles: tuple[Trouble, ...]


def found(folder: Path, base: Settings, workspace: Callable[[Path], Settings]) -> Mapping[str, Settings | Failed]:
    """The settings of every plan in a folder: of each workspace in it, each folder with a `plan.yaml`, each plan file.

    `workspace` reads the settings of one. InputError where there is no plan at all.
    """
    plans: dict[str, Settings | Failed] = {}
    for path in registers.entries(folder) if registers.is_folder(folder) else ():
        assert isinstance(path, Path)
        name = path.stem if path.is_file() else path.name
        try:
            chosen = _settings(path, base, workspace)
        except TthcError as error:
            plans[name] = Failed(name, error.troubles)
            continue
        if chosen:
            twice = Failed(name, (Trouble(str(path), "plan_name_twice", facts={"name": name}),))
            plans[name] = twice if name in plans else chosen
    if not plans:
        raise InputError(Trouble(str(folder), "no_plans"))
    return plans


def _settings(path: Path, base: Settings, workspace: Callable[[Path], Settings]) -> Settings | None:
    if path.is_file():
        return base._replace(plan=path, register=None) if path.suffix.lower() in _PLANS else None
    if (path / FILE).is_file():
        return workspace(path)
    if not path.is_dir():
        return None
    beside = {name: [*_beside(path, name)] for name in PATHS}
    if not beside["plan"]:
        return None
    if twice := [Trouble(str(path), "file_twice", facts={"files": names}) for names in beside.values() if names[1:]]:
        raise InputError(*twice)
    there: dict[str, Any] = {name: path / names[0] for name, names in beside.items() if names}
    return base._replace(**{"register": None, **there})


def _beside(folder: Path, name: str) -> Iterator[str]:
    """The files of a folder that bear the name of a setting; a register may be a folder too."""
    for path in registers.entries(folder):
        if path.stem.lower() == name and (
            path.suffix.lower() in _KINDS[name] or (name == "register" and registers.is_folder(path))
        ):
            yield path.name


def sources(folder: Path, tasks: Iterable[Task]) -> Iterator[Source]:
    """What the plans of a folder are judged by, and what would be if it were there."""
    for task in tasks:
        yield from task.settings.sources
    for place in registers.entries(folder):
        if isinstance(place, Path) and registers.is_folder(place):
            yield from (place / f"{name}{kind}" for name, kinds in _KINDS.items() for kind in kinds)


def _with_its_rows(task: Task) -> Settings:
    """The settings of a plan, its register being the candidates that have rows of it."""
    settings = task.settings
    if task.candidates is not None:
        plan = loading.load(_here(task, settings._replace(register=None))).plan.id
        shards = claims.of(task.name, plan, task.candidates)
        settings = settings._replace(register=shards[0][0] if shards else None, shards=shards)
    return _here(task, settings)


def _here(task: Task, settings: Settings) -> Settings:
    """The settings as this process has to read them, which may be on another machine."""
    return settings if task.folder == Path.cwd() else settings.below(task.folder)


def judge(task: Task) -> Rolled | Failed:
    """What one plan comes to, wherever this runs."""
    gc.collect()  # the plan before left rings of objects, and the program looks for none of its own accord
    try:
        outcome = workflow.run(_with_its_rows(task), task.as_of, task.today)
    except TthcError as error:
        return Failed(task.name, error.troubles)
    plan, assessment, gathered = outcome.inputs.plan, outcome.assessment, outcome.gathered
    return Rolled(
        task.name,
        plan.id,
        plan.number,
        plan.title,
        plan.year,
        verdicts(assessment.judgements),
        scorecard(assessment.judgements.near, "section", plan.titles, assessment.judgements.others),
        gathered.rows if gathered else None,
        gathered.accepted if gathered else 0,
        assessment.bad_rows,
        outcome.inputs.calendar.unverified_years,
        tuple(problem for problem in assessment.problems if problem.of_file),
    )
