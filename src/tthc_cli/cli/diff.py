"""`tthc diff`: what changed between two exports of obligations, or two plans."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from tthc_cli.cli import earlier
from tthc_cli.cli.inputs import Context, argument, marks

if TYPE_CHECKING:
    from tthc_cli.comparison import Side

_PLANS = {".yaml", ".yml"}


def run(context: Context, old: Annotated[str, argument("OLD")], new: Annotated[str, argument("NEW")]) -> None:
    """Hold the new one against the old one."""
    from tthc_cli import loading
    from tthc_cli.comparison import compare
    from tthc_cli.reports import diff

    context.spare([Path(old), Path(new)])
    found = compare(_side(context, old), _side(context, new))
    context.emit(diff.report(marks(loading.load(context.settings())), found))


def _side(context: Context, path: str) -> "Side":
    return _of_plan(context, path) if Path(path).suffix.casefold() in _PLANS else _of_export(path)


def _of_plan(context: Context, path: str) -> "Side":
    """What a plan would have the units owe."""
    from tthc_cli import workflow
    from tthc_cli.comparison import Side
    from tthc_cli.reports import obligations

    outcome = workflow.run(context.settings(plan=path), context.as_of, context.today, use_register=False)
    report = obligations.report(outcome.world, marks(outcome.inputs), outcome.assessment.judgements)
    return Side.of(report.payload)


def _of_export(path: str) -> "Side":
    from tthc_cli.comparison import Side

    return earlier.read(path, "not_comparable", Side.of)
