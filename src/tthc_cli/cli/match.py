"""`tthc match`: a register proposed from the office's register of incoming documents."""

from pathlib import Path
from typing import Annotated

from tthc_cli.cli.inputs import Context, argument, marks
from tthc_cli.formats import Format


def run(context: Context, file: Annotated[str, argument("SO_DEN")]) -> None:
    """Propose what each paper answers; a person confirms what is not sure."""
    from tthc_cli import loading
    from tthc_cli.incoming import INCOMING, Proposer
    from tthc_cli.registers import open_table
    from tthc_cli.reports import match
    from tthc_cli.understanding import Understanding

    output = context.output
    context.spare([Path(file)])
    inputs = loading.load(context.settings(adds=True))
    proposer = Proposer(Understanding(inputs.plan, inputs.directory, inputs.reading, context.as_of))
    with open_table(file, INCOMING) as register:
        found = [line for table in register.each for line in match.lines(table, proposer)]
    report = match.report(file, found, proposer, marks(inputs), str(output) if output else None)
    context.emit(report, default=Format.csv)
