"""`tthc plan`: the plan itself."""

from __future__ import annotations

from typing import Annotated

import typer

from tthc_cli.cli.inputs import Context, argument, marks, with_inputs
from tthc_cli.wording.help import HELP

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


def validate(context: Context, file: Annotated[str | None, argument("PLAN")] = None) -> None:
    """Load a plan with the directory; an InputError says all that is wrong."""
    from tthc_cli import loading
    from tthc_cli.reports import validation

    inputs = loading.load(context.settings(plan=file))
    context.emit(validation.report(inputs.plan, marks(inputs)), answer=True)


app.command("validate", help=HELP["plan validate"])(with_inputs(validate))
