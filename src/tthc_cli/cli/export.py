"""`tthc export`: data for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from tthc_cli.cli import check, due, listing, names
from tthc_cli.cli.inputs import Context, marks, option
from tthc_cli.formats import Format

if TYPE_CHECKING:
    from tthc_cli.report import Report

What = Literal["tasks", "obligations", "assessment", "scorecard"]


def run(
    context: Context,
    what: Annotated[What, option("--what")] = "obligations",
    by: Annotated[check.By, option("--by")] = "agency",
    since: Annotated[str | None, option("--since", metavar="FILE")] = None,
) -> None:
    """Write the whole of one kind of data, as CSV unless told otherwise."""
    if since and what != "assessment":
        raise names.refuse("since_needs_assessment", what=what)
    context.emit(_report(context, what, by, since), default=Format.csv)


def _report(context: Context, what: What, by: check.By, since: str | None) -> Report:
    if what == "tasks":
        return listing.report(context)
    if what == "obligations":
        return due.report(context)
    outcome = check.examined(context, context.settings())
    judgements = outcome.assessment.judgements
    if what == "scorecard":
        from tthc_cli.reports import scorecard
        from tthc_cli.scorecard import total

        scores = check.scored(outcome, judgements, by)
        return scorecard.report(outcome.world, marks(outcome.inputs), scores, total(scores), by)
    return check.full_report(context, outcome, since)
