"""`tthc list`: the plan's tasks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from tthc_cli.cli import names
from tthc_cli.cli.inputs import Context, marks, option

if TYPE_CHECKING:
    from tthc_cli.report import Report


def run(
    context: Context,
    section: Annotated[list[str] | None, option("--section")] = None,
    agency: Annotated[list[str] | None, option("--agency", metavar="NAME")] = None,
    role: Annotated[names.AnyRole, option("--role")] = "lead",
    kind: Annotated[list[str] | None, option("--kind")] = None,
    search: Annotated[str, option("--search")] = "",
) -> None:
    """List the tasks asked for."""
    context.emit(report(context, section or (), agency or (), role, kind or (), search))


def report(
    context: Context,
    sections: Sequence[str] = (),
    agencies: Sequence[str] = (),
    role: names.AnyRole = "lead",
    kinds: Sequence[str] = (),
    search: str = "",
) -> "Report":
    """The report on the tasks that fit."""
    from tthc_cli import loading, selection
    from tthc_cli.reports import tasks

    inputs = loading.load(context.settings())
    found = selection.tasks(
        inputs.plan,
        inputs.directory,
        names.sections(inputs.plan, sections),
        names.agencies(inputs.directory, agencies),
        role,
        names.kinds(kinds),
        search,
    )
    return tasks.report(inputs.plan, inputs.directory, marks(inputs), found)
