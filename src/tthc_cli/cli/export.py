"""`tthc export`: data for other programs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from tthc_cli.cli import check, due, listing
from tthc_cli.cli.inputs import Context, marks, option, refuse
from tthc_cli.formats import Format

if TYPE_CHECKING:
    from tthc_cli.report import Report
    from tthc_cli.workflow import Outcome

What = Literal["tasks", "obligations", "assessment", "scorecard", "brief", "evidence"]


def run(
    context: Context,
    what: Annotated[What, option("--what")] = "obligations",
    by: Annotated[check.By, option("--by")] = "agency",
    since: Annotated[str | None, option("--since", metavar="FILE")] = None,
) -> None:
    """Write the whole of one kind of data, as CSV unless told otherwise."""
    if since and what not in ("assessment", "brief"):
        raise refuse("since_needs_assessment", what=what)
    if what == "evidence":
        _pack(context)
        return
    context.emit(_report(context, what, by, since), default=Format.text if what == "brief" else Format.csv)


def _pack(context: Context) -> None:
    """Write the evidence pack of the register's run."""
    from tthc_cli.evidence import packed
    from tthc_cli.formats import write

    output: Path | None = context.given["output"]
    if output is None or output.suffix.casefold() != ".zip":
        raise refuse("pack_needs_zip")
    settings = context.settings()
    if settings.register and not settings.register.is_file():
        raise refuse("pack_needs_file")
    outcome = check.examined(context, settings)
    write(output, [packed(outcome, lambda run: check.full_report(context, run, None), settings.due_soon)])


def _report(context: Context, what: What, by: check.By, since: str | None) -> "Report":
    if what == "tasks":
        return listing.report(context)
    if what == "obligations":
        return due.report(context)
    outcome = check.examined(context, context.settings())
    judgements = outcome.assessment.judgements
    if what == "scorecard":
        from tthc_cli.reports import scorecard
        from tthc_cli.scorecard import scorecard as scored
        from tthc_cli.scorecard import total

        scores = scored(judgements, by, outcome.inputs.plan.titles)
        return scorecard.report(outcome.world, marks(outcome.inputs), scores, total(scores), by)
    if what == "brief":
        return _brief(context, outcome, since)
    return check.full_report(context, outcome, since)


def _brief(context: Context, outcome: "Outcome", since: str | None) -> "Report":
    from tthc_cli.reports import brief

    judgements = outcome.assessment.judgements
    changed = check.changes(context, since, outcome, judgements)
    return brief.report(outcome.world, marks(outcome.inputs), judgements, changed, outcome.assessment.bad_rows)
