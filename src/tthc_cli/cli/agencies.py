"""`tthc agencies`: units and groups, and who is meant by a name."""

from typing import Annotated

from tthc_cli.cli.inputs import Context, argument, marks


def run(context: Context, name: Annotated[str | None, argument("NAME")] = None) -> None:
    """List the directory, or say who is meant."""
    from tthc_cli import loading
    from tthc_cli.reports import agencies

    inputs = loading.load(context.settings())
    directory = inputs.directory
    if name is None:
        context.emit(agencies.everyone(directory, marks(inputs)))
    else:
        context.emit(agencies.report(directory, marks(inputs), name, directory.find(name)))
