"""Many plans at once, one a province or a year: each judged by its own register, here or by whoever does the work."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from tthc_cli import loading, registers, workflow
from tthc_cli.errors import InputError, Trouble, TthcError
from tthc_cli.remote import Remote, Source
from tthc_cli.rollup import Rolled, verdicts
from tthc_cli.scorecard import scorecard
from tthc_cli.settings import FILE, PATHS, Settings
from tthc_cli.submissions import REGISTER
from tthc_cli.tables import BadRow

_BESIDE = {name: (f"{name}.csv", f"{name}.xlsx") for name in PATHS} | {
    name: (f"{name}.yaml", f"{name}.yml") for name in ("plan", "agencies", "calendar")
}
_PLANS = (".yaml", ".yml")
_KINDS = ("", ".csv", ".tsv", ".xlsx")


class Task(NamedTuple):
    """One plan to be judged, by the name of its folder or file.

    named: files of registers with the id of the plan that stands in them; None: nobody knows which.
    """

    name: str
    settings: Settings
    as_of: date
    today: date
    named: tuple[tuple[Source, str | None], ...] = ()


class Failed(NamedTuple):
    """A plan that could not be judged, and why."""

    name: str
    troubles: tuple[Trouble, ...]


def found(
    folder: Path, base: Settings, registers: Source | None, workspace: Callable[[Path], Settings]
) -> Mapping[str, Settings | Failed]:
    """The settings of every plan in a folder: of each workspace in it, each folder with a `plan.yaml`, each plan file.

    registers: a folder with a register, or a folder of registers, for each, by the same name; None: each has its own.
    `workspace` reads the settings of one. InputError where there is no plan at all.
    """
    plans: dict[str, Settings | Failed] = {}
    entries = _entries(registers) if registers else ()
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        try:
            chosen = _settings(path, base, workspace)
        except TthcError as error:
            plans[path.name] = Failed(path.name, error.troubles)
            continue
        if chosen:
            name = path.stem if path.is_file() else path.name
            plans[name] = chosen._replace(register=_register(entries, name)) if registers else chosen
    if not plans:
        raise InputError(Trouble(str(folder), "no_plans"))
    return plans


def _settings(path: Path, base: Settings, workspace: Callable[[Path], Settings]) -> Settings | None:
    if path.is_file():
        return base._replace(plan=path, register=None) if path.suffix.lower() in _PLANS else None
    if (path / FILE).is_file():
        return workspace(path)
    beside = {name: _first(path, names) for name, names in _BESIDE.items()}
    if beside["plan"] is None:
        return None
    there: dict[str, Any] = {name: file for name, file in beside.items() if file}
    return base._replace(**{"register": None, **there})


def _first(folder: Path, names: Iterable[str]) -> Path | None:
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _entries(folder: Source) -> tuple[Source, ...]:
    if isinstance(folder, Remote):
        return folder.files()
    return tuple(folder.iterdir()) if folder.is_dir() else ()


def _register(entries: Collection[Source], name: str) -> Source | None:
    """The folder or the file that bears a plan's name."""
    return next((path for kind in _KINDS for path in entries if path.name == f"{name}{kind}"), None)


def named(source: Source, plans: Collection[str]) -> tuple[tuple[Source, str | None], ...]:
    """The files of a folder of registers that go by no plan's name, each with the id of the plan that its rows name.

    "": they name none; None: it cannot be read, and may be any plan's.
    """
    try:
        paths = registers.files(source)
    except InputError:
        return ()
    return tuple((path, _plan_in(path)) for path in paths if path.stem not in plans)


def _plan_in(path: Source) -> str | None:
    try:
        with registers.open_table(path, REGISTER) as table:
            at = table.placement.fields.get("plan")
            rows = (cells for _, cells in table.rows if not isinstance(cells, BadRow))
            return "" if at is None else next(filter(None, (str(cells[at]).strip() for cells in rows)), "")
    except InputError:
        return None


def astray(found: Iterable[tuple[Source, str | None]], rolled: Collection[Rolled]) -> Iterator[Failed]:
    """The files of registers that belong to no plan that was judged."""
    ids = {plan.id for plan in rolled}
    for path, plan in found:
        if plan is not None and plan not in ids:
            trouble = Trouble(str(path), "plan_not_here" if plan else "plan_not_named", facts={"plan": plan})
            yield Failed(path.name, (trouble,))


def _with_named(task: Task) -> Settings:
    """The settings of a plan, its register with the files that name it, and those that may."""
    settings = task.settings
    if not task.named:
        return settings
    plan = loading.load(settings).plan.id
    mine = [path for path, named in task.named if named == plan]
    if not (mine or settings.register):
        return settings
    own = registers.files(settings.register) if settings.register else ()
    unread = [path for path, named in task.named if named is None]
    return settings._replace(register=settings.register or mine[0].parent, shards=(*own, *mine, *unread))


def judge(task: Task) -> Rolled | Failed:
    """What one plan comes to, wherever this runs."""
    gc.collect()  # the plan before left rings of objects, and the program looks for none of its own accord
    try:
        outcome = workflow.run(_with_named(task), task.as_of, task.today)
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
        scorecard(assessment.judgements, "section", plan.titles),
        gathered.rows if gathered else None,
        gathered.accepted if gathered else 0,
        assessment.bad_rows,
        outcome.inputs.calendar.unverified_years,
        tuple(problem for problem in assessment.problems if problem.reason == "shard_unread"),
    )
