"""The story: load what the settings name, read the register, resolve what is owed, judge it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tthc_cli import loading
from tthc_cli.assessment import Assessment, assess
from tthc_cli.loading import Inputs
from tthc_cli.obligations import World
from tthc_cli.records import Role
from tthc_cli.settings import Settings

if TYPE_CHECKING:
    from tthc_cli.agencies import Directory
    from tthc_cli.matching import Gathered
    from tthc_cli.submissions import Row


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
    watch: Callable[[Iterator[Row]], Iterator[Row]] | None = None,
    wanted: Callable[[Directory], frozenset[str] | None] | None = None,
) -> Outcome:
    """Judge every obligation as it was known on `as_of`; rows dated after `today` are wrong whatever the report's day.

    `watch` is handed the register's rows on their way. `wanted` picks the units asked about: where nothing that others
    owe or were granted bears on the report, theirs are left out. Raises InputError where an input cannot be used.
    """
    inputs = loading.load(settings)
    world = inputs.world(as_of)
    table = loading.open_register(settings) if use_register and role == "lead" else None
    if table is None:
        if wanted and not inputs.extensions:
            world = replace(world, only=wanted(inputs.directory))
        return Outcome(inputs, world, assess(world, None, settings.due_soon, role), None, None, today)
    from tthc_cli.matching import gather
    from tthc_cli.understanding import Understanding

    with table:
        table = replace(table, rows=watch(table.rows)) if watch else table
        understanding = Understanding(inputs.plan, inputs.directory, inputs.reading, as_of)
        gathered = gather(table, understanding, today, inputs.reading)
    headings = {name: table.headings[index] for name, index in table.placement.fields.items()}
    assessment = assess(world, gathered, settings.due_soon, headings=headings)
    gathered = replace(gathered, accepted=gathered.accepted - assessment.rejected)
    return Outcome(inputs, world, assessment, gathered, table.path, today)
