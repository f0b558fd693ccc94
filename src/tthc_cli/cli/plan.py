"""`tthc plan`: the plan itself."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from tthc_cli.cli.inputs import Context, argument, marks, with_inputs
from tthc_cli.formats import Format
from tthc_cli.wording.help import HELP

FileKind = Literal["plan", "agencies", "calendar", "workspace"]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


def validate(context: Context, file: Annotated[str | None, argument("PLAN")] = None) -> None:
    """Read a plan as an editor would; exit code 1 where a rule contradicts its words."""
    from tthc_cli import loading
    from tthc_cli.proofreading import proofread
    from tthc_cli.reports import validation

    inputs = loading.load(context.settings(plan=file))
    path = inputs.paths["plan"]
    remarks = proofread(inputs.plan, inputs.directory, inputs.calendar, inputs.reading)
    place = loading.places(path)
    context.emit(validation.report(inputs.plan, str(path), remarks, place, marks(inputs)), answer=True)
    if any(remark.severity == "error" for remark in remarks):
        raise typer.Exit(1)


def schema(context: Context, kind: Annotated[FileKind, argument("KIND")] = "plan") -> None:
    """The schema alone: an editor reads it as it stands."""
    from tthc_cli.report import Report
    from tthc_cli.schemas import schema

    context.emit(Report(schema(kind)), Format.json)


app.command("validate", help=HELP["plan validate"])(with_inputs(validate))
app.command("schema", help=HELP["plan schema"])(with_inputs(schema))
