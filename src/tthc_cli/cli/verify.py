"""`tthc verify`: an evidence pack worked out again."""

from pathlib import Path
from typing import Annotated

import typer

from tthc_cli.cli import check
from tthc_cli.cli.inputs import Context, argument, marks


def run(context: Context, pack: Annotated[Path, argument("PACK")]) -> None:
    """Say what differs from the pack; exit code 1 where something does."""
    from tthc_cli import __version__
    from tthc_cli.evidence import verified
    from tthc_cli.report import Marks
    from tthc_cli.reports import verification

    again = verified(pack, lambda outcome: check.full_report(context, outcome, None))
    told = marks(again.outcome.inputs) if again.outcome else Marks({"tthc": __version__})
    context.emit(verification.report(str(pack), again.manifest, again.differences, told), answer=True)
    if again.differences:
        raise typer.Exit(1)
