"""`tthc plan`: the plan itself."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from tthc_cli.cli.inputs import SETTINGS, Context, add, argument, marks, option, refuse, tell
from tthc_cli.errors import Trouble, UsageError
from tthc_cli.formats import Format
from tthc_cli.wording.help import HELP

FileKind = Literal["plan", "agencies", "calendar", "workspace"]
_PLANS = (".yaml", ".yml")

app = typer.Typer(
    help=HELP["plan"], no_args_is_help=True, add_completion=False, rich_markup_mode=None, context_settings=SETTINGS
)


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

    if context.format(Format.json) != Format.json:
        raise refuse("format_impossible", name=context.format(Format.json).value)
    context.emit(Report(schema(kind)), Format.json)


def import_(
    context: Context,
    source: Annotated[Path, argument("SOURCE")],
    year: Annotated[int | None, option("--year", metavar="YEAR", min=1990, max=2100)] = None,
    force: Annotated[bool, option("--force")] = False,
) -> None:
    """Make a plan of a document; a file that is there is not replaced unless told to."""
    from tthc_cli import loading
    from tthc_cli.formats import write
    from tthc_cli.importing import drafted, plan_yaml
    from tthc_cli.wording import drafting, fill

    output = _new_plan(context, force)
    settings = context.settings()
    with settings.naming():
        directory, _ = loading.read_agencies(settings.agencies or loading.built_in("agencies"))
    draft = drafted(source, directory, year)
    lines = plan_yaml.lines(draft, source.name)
    if output:
        write(output, lines)
    else:
        typer.echo("".join(lines), nl=False)
    if not context.quiet:
        tell(drafting.review(draft))
    if output:
        loading.hold_together(*loading.read_plan(output), directory)
        tell([] if context.quiet else [fill(drafting.WRITTEN, {"path": output})])


def new_year(
    context: Context,
    plan: Annotated[Path, argument("OLD_PLAN")],
    year: Annotated[int, argument("YEAR", min=1990, max=2100)],
    force: Annotated[bool, option("--force")] = False,
) -> None:
    """Write next year's draft; a file that is there is not replaced unless told to."""
    from tthc_cli.formats import write
    from tthc_cli.loading import read_plan
    from tthc_cli.next_year import drafted
    from tthc_cli.wording import fill, renewal

    output = _new_plan(context, force)
    old, document = read_plan(plan)
    if year <= old.year:
        raise refuse("year_not_later", year=year, own=old.year)
    lines, marks = drafted(old, document, year)
    told = [f"{mark.task or plan.name}: {renewal.mark(mark.code, mark.words)}" for mark in marks]
    if output is None:
        typer.echo("\n".join(lines))
    else:
        write(output, (f"{line}\n" for line in lines))
        facts: dict[str, object] = {"year": year, "path": output, "count": len(marks)}
        told += [fill(renewal.WRITTEN, facts), fill(renewal.NEXT, facts)]
    tell([] if context.quiet else told)


def _new_plan(context: Context, force: bool) -> Path | None:
    """The plan file to write, if one is named."""
    output: Path | None = context.given["output"]
    if output and output.suffix.casefold() not in _PLANS:
        raise UsageError(Trouble(str(output), "format_unknown", facts={"name": output.suffix, "known": _PLANS}))
    if output and output.exists() and not force:
        raise UsageError(Trouble(str(output), "plan_there"))
    return output


add(app, "new-year", new_year, "plan new-year")
add(app, "import", import_, "plan import")
add(app, "validate", validate, "plan validate")
add(app, "schema", schema, "plan schema")
