"""`tthc explain`: why a task has its days, or what a finding code means."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from tthc_cli.cli import names
from tthc_cli.cli.inputs import Context, argument, day, marks, option, refuse

if TYPE_CHECKING:
    from datetime import date

    from tthc_cli.report import Report


def run(
    context: Context,
    name: Annotated[str, argument("TASK_OR_CODE")],
    agency: Annotated[list[str] | None, option("--agency", metavar="NAME")] = None,
    event_date: Annotated[str | None, option("--event-date", metavar="DATE")] = None,
) -> None:
    """Print the reasoning, or the code's meaning."""
    from tthc_cli.wording.codes import CODES

    code = name.strip().upper()
    report = (
        _of_code(context, code)
        if code in CODES
        else _of_task(context, name, agency or (), day(event_date, "--event-date"))
    )
    context.emit(report, answer=True)


def _of_code(context: Context, code: str) -> "Report":
    from tthc_cli import loading
    from tthc_cli.reports import explain

    return explain.code_report(marks(loading.load(context.settings())), code)


def _of_task(context: Context, name: str, agencies: Sequence[str], event_date: "date | None") -> "Report":
    from tthc_cli import workflow
    from tthc_cli.assessment import assess
    from tthc_cli.explanation import explain, is_supposed, supposing
    from tthc_cli.reports import explain as reports

    settings = context.settings()
    outcome = workflow.run(settings, context.as_of, context.today, use_register=not event_date)
    world, judgements = outcome.world, outcome.assessment.judgements
    if not world.plan.task(name):
        raise refuse("neither_task_nor_code", value=name)
    units = names.agencies(world.directory, agencies)
    if event_date:
        world = supposing(world, name, event_date, units)
        if not any(is_supposed(event) for event in world.events):
            raise refuse("event_not_awaited", task=name)
        judgements = assess(world, None, settings.due_soon).judgements
    explained = explain(world, name, units)
    return reports.report(world, marks(outcome.inputs), explained, judgements)
