"""The story: load what the settings name, read the register, resolve what is owed, judge it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from tthc_cli import loading
from tthc_cli.assessment import Assessment, assess
from tthc_cli.loading import Inputs
from tthc_cli.obligations import World
from tthc_cli.records import Judgement, Problem, Role
from tthc_cli.sequences import Each
from tthc_cli.settings import Settings
from tthc_cli.tuples import NamedTuple

if TYPE_CHECKING:
    from tthc_cli.agencies import Directory
    from tthc_cli.gathering import Gathered
    from tthc_cli.shards import Watch, Workers


class Outcome(NamedTuple):
    """What a run found, and what it was found from."""

    inputs: Inputs
    world: World
    assessment: Assessment
    gathered: Gathered | None
    register: str | None
    today: date


def run(
    settings: Settings,
    as_of: date,
    today: date,
    role: Role = "lead",
    use_register: bool = True,
    watch: Watch | None = None,
    wanted: Callable[[Directory], frozenset[str] | None] | None = None,
    workers: Workers | None = None,
) -> Outcome:
    """Judge every obligation as it was known on `as_of`; rows dated after `today` are wrong whatever the report's day.

    `watch` is handed the register's rows on their way. `wanted` picks the units asked about: where nothing that others
    owe or were granted bears on the report, theirs are left out. `workers` read a register of several parts. Raises
    InputError where an input cannot be used.
    """
    inputs = loading.load(settings)
    world = inputs.world(as_of)
    if not (settings.register and use_register and role == "lead"):
        if wanted and not inputs.extensions:
            world = world._replace(only=wanted(inputs.directory))
        return Outcome(inputs, world, assess(world, None, settings.due_soon, role), None, None, today)
    from tthc_cli import shards
    from tthc_cli.gathering import joined

    with settings.naming():
        gathered = joined(shards.gathered(settings, inputs, as_of, today, watch, workers or shards.ALONE))
    assessment = assess(world, gathered, settings.due_soon)
    gathered = gathered._replace(accepted=gathered.accepted - assessment.rejected)
    return Outcome(inputs, world, _located(assessment, gathered), gathered, str(settings.register), today)


def _located(assessment: Assessment, gathered: Gathered) -> Assessment:
    """With the lines of a register of several files as they are counted in each."""
    if len(gathered.shards) == 1:
        return assessment

    def judgement(item: Judgement) -> Judgement:
        path, line = gathered.locate(item.line) if item.line else (None, None)
        return item._replace(line=line, file=path) if path else item

    def problem(item: Problem) -> Problem:
        if item.file:
            return item
        path, line = gathered.locate(item.line)
        return item._replace(line=line, file=path)

    judgements = assessment.judgements.changed(judgement)
    return assessment._replace(judgements=judgements, problems=Each(problem, assessment.problems))
