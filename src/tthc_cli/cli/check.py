"""`tthc check`: the register held against the obligations."""

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tthc_cli.cli import answers
from tthc_cli.cli.inputs import Context, argument, marks, option, refuse

if TYPE_CHECKING:
    from tthc_cli.assessment import Judgements
    from tthc_cli.records import Judgement, Severity
    from tthc_cli.report import Report
    from tthc_cli.reports.check import Checked
    from tthc_cli.settings import Settings
    from tthc_cli.shards import Workers
    from tthc_cli.since import Since
    from tthc_cli.workflow import Outcome

By = Literal["agency", "section", "period"]
FailOn = Literal["error", "warning", "never"]


def run(
    context: Context,
    file: Annotated[str | None, argument("REGISTER")] = None,
    agency: Annotated[list[str] | None, option("--agency", metavar="NAME")] = None,
    task: Annotated[list[str] | None, option("--task", metavar="CODE")] = None,
    everything: Annotated[bool, option("--all")] = False,
    ignore: Annotated[list[str] | None, option("--ignore", metavar="CODE")] = None,
    due_soon: Annotated[int | None, option("--due-soon", metavar="DAYS")] = None,
    by: Annotated[By | None, option("--by")] = None,
    since: Annotated[str | None, option("--since", metavar="FILE")] = None,
    fail_on: Annotated[FailOn, option("--fail-on")] = "error",
    jobs: Annotated[int, option("--jobs", metavar="N", min=1, max=256)] = 1,
    scheduler: Annotated[str | None, option("--scheduler", metavar="ADDRESS")] = None,
    plans: Annotated[str | None, option("--plans", metavar="FOLDER")] = None,
) -> None:
    """Judge the register; exit code 1 where something is found."""
    ignored = _codes(ignore) if ignore else ()
    if plans is not None:
        own = {"agency": agency, "task": task, "all": everything, "ignore": ignore, "by": by, "since": since}
        excluded = [f"--{name}" for name, value in own.items() if value]
        from tthc_cli.cli import rollup

        with _workers(jobs, scheduler) as workers:
            _end(rollup.run(context, plans, file, due_soon, workers, excluded), fail_on)
        return
    if file and context.given["register"]:
        raise refuse("register_twice", one=file, two=context.given["register"])
    settings = context.settings(register=file, due_soon=due_soon)
    asked = (agency, task, everything, ignored, by, fail_on)
    with answers.remembered(context, settings, "check", *asked, unless=since is not None) as context:
        from tthc_cli.reports import check

        with _workers(jobs, scheduler) as workers:
            outcome = examined(context, settings, workers)
        judgements = _asked(outcome, agency or (), task or ())
        changed = changes(context, since, outcome, judgements)
        chosen = of(outcome, judgements, by)
        checked = chosen._replace(ignored=ignored, everything=everything, since=changed)
        context.emit(check.report(checked))
        _end(check.worst(checked), fail_on)


def _codes(names: Sequence[str]) -> tuple[str, ...]:
    """The finding codes that are named."""
    from tthc_cli.cli.names import codes

    return codes(names)


def changes(
    context: Context, since: str | None, outcome: "Outcome", judgements: "Sequence[Judgement]"
) -> "Since | None":
    """What changed in these judgements since the report in a file; None where none is named."""
    if since is None:
        return None
    from tthc_cli.cli import earlier

    return earlier.since(context, since, outcome, judgements)


def _workers(jobs: int, scheduler: str | None) -> "AbstractContextManager[Workers | None]":
    """Who does the work; None: this process, alone."""
    if jobs == 1 and not scheduler:
        return nullcontext()
    from tthc_cli.cli.workers import open_workers

    return open_workers(jobs, scheduler)


def _end(worst: "Severity | None", fail_on: FailOn) -> None:
    if fails(worst, fail_on):
        raise typer.Exit(1)


def examined(context: Context, settings: "Settings", workers: "Workers | None" = None) -> "Outcome":
    """The run over a register; UsageError where none is named anywhere."""
    if not settings.register:
        raise refuse("register_not_named")
    from tthc_cli import workflow

    watch = None
    if sys.stderr.isatty() and not context.quiet:
        from tthc_cli.cli.progress import watcher

        watch = watcher(settings.register)
    return workflow.run(settings, context.as_of, context.today, watch=watch, workers=workers)


def of(outcome: "Outcome", judgements: "Judgements", by: By | None = None) -> "Checked":
    """What a run over a register found, of it these judgements, with a scorecard if one is asked for."""
    from tthc_cli.reports.check import Checked
    from tthc_cli.sequences import Chain

    assert outcome.gathered
    checked = Checked(
        outcome.world,
        marks(outcome.inputs),
        judgements,
        Chain(outcome.inputs.problems, outcome.assessment.problems),
        outcome.gathered,
        {**{name: str(path) for name, path in outcome.inputs.paths.items()}, "register": str(outcome.register)},
        outcome.assessment.set_aside,
        outcome.assessment.fallback,
    )
    if not by:
        return checked
    from tthc_cli.scorecard import scorecard, total

    scores = scorecard(judgements, by, outcome.inputs.plan.titles)
    return checked._replace(scores=scores, total=total(scores), by=by)


def _asked(outcome: "Outcome", agencies: Sequence[str], tasks: Sequence[str]) -> "Judgements":
    if not agencies and not tasks:
        return outcome.assessment.judgements
    from tthc_cli.assessment import Judgements
    from tthc_cli.cli import names
    from tthc_cli.selection import Choice, keep

    units = names.agencies(outcome.inputs.directory, agencies)
    chosen = Choice(units, tasks=names.tasks(outcome.inputs.plan, tasks))
    return Judgements(keep(outcome.assessment.judgements, chosen))


def full_report(context: Context, outcome: "Outcome", since: str | None) -> "Report":
    """The report on every obligation, with what changed since an earlier one if it is named."""
    from tthc_cli.reports import check

    judgements = outcome.assessment.judgements
    changed = changes(context, since, outcome, judgements)
    return check.report(of(outcome, judgements)._replace(everything=True, since=changed))


def fails(worst: "Severity | None", fail_on: FailOn) -> bool:
    """Whether the gravest finding ends the command with exit code 1."""
    return worst is not None and (fail_on == "warning" or (fail_on == "error" and worst == "error"))
