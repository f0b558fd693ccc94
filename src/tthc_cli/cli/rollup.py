"""`tthc check --plans`: many plans at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tthc_cli.cli.inputs import Context, refuse, tell

if TYPE_CHECKING:
    from tthc_cli.many_plans import Failed
    from tthc_cli.records import Severity
    from tthc_cli.settings import Settings
    from tthc_cli.shards import Workers


def run(
    context: Context,
    folder: str,
    registers: str | None,
    due_soon: int | None,
    workers: Workers | None,
    excluded: Sequence[str],
) -> Severity | None:
    """Report on all plans of a folder; the gravest that was found. Exit code 3 where one could not be judged."""
    if excluded:
        raise refuse("not_with_plans", options=list(excluded))
    from tthc_cli import __version__, claims, many_plans
    from tthc_cli.remote import source
    from tthc_cli.report import Marks
    from tthc_cli.reports import rollup
    from tthc_cli.rollup import Rolled
    from tthc_cli.wording.problems import troubles

    base = context.settings(due_soon=due_soon)
    plans = many_plans.found(Path(folder), base, _workspace(context, due_soon))
    each_of, here = workers.map if workers else map, Path.cwd()
    found, places = claims.candidates(source(registers), plans) if registers else ((), ())
    candidates = (*each_of(partial(claims.read, here), found),) if registers else None
    tasks = [
        many_plans.Task(name, here, chosen, context.as_of, context.today, candidates)
        for name, chosen in plans.items()
        if not isinstance(chosen, many_plans.Failed)
    ]
    context.spare(chain(many_plans.sources(Path(folder), tasks), places))
    results = [*each_of(many_plans.judge, tasks)]
    rolled = [each for each in results if isinstance(each, Rolled)]
    failed: list[Failed] = [each for each in (*plans.values(), *results) if isinstance(each, many_plans.Failed)]
    failed += [many_plans.Failed(*each) for each in claims.astray(candidates or (), rolled)]
    for each in failed:
        tell(troubles(each.troubles))
    marks = Marks({"tthc": __version__})
    context.emit(rollup.report(rolled, [each.name for each in failed], base.reading, context.as_of, marks))
    if failed:
        raise typer.Exit(3)
    return "error" if any(plan.bad_rows or plan.total.late or plan.total.overdue for plan in rolled) else None


def _workspace(context: Context, due_soon: int | None) -> Callable[[Path], Settings]:
    from tthc_cli import settings

    def read(folder: Path) -> Settings:
        own = {"workspace": str(folder), "due_soon": due_soon, "register": None, "plan": None}
        return settings.read({**context.given, **own}, os.environ, Path.cwd())

    return read
