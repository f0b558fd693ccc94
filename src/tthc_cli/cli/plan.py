"""`tthc plan`: the plan itself."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from tthc_cli.cli.inputs import SETTINGS, Context, add, argument, marks
from tthc_cli.formats import Format
from tthc_cli.wording.help import HELP

FileKind = Literal["plan", "agencies", "calendar", "workspace"]

app = typer.Typer(
    help=HELP["plan"], no_args_is_help=True, add_completion=False, rich_markup_mode=None, context_settings=SETTINGS
)


def validate(context: Context, file: Annotated[str | None, argument("PLAN")] = None) -> None:
    """Load a plan with the directory; an InputError says all that is wrong."""
    from tthc_cli import loading
    from tthc_cli.reports import validation

    inputs = loading.load(context.settings(plan=file))
    context.emit(validation.report(inputs.plan, marks(inputs)), answer=True)


def schema(context: Context, kind: Annotated[FileKind, argument("KIND")] = "plan") -> None:
    """The schema alone: an editor reads it as it stands."""
    from tthc_cli.report import Report
    from tthc_cli.schemas import schema

    context.emit(Report(schema(kind)), Format.json)


add(app, "validate", validate, "plan validate")
add(app, "schema", schema, "plan schema")
