"""`tthc match`: a register proposed from the office's register of incoming documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from tthc_cli.cli.inputs import Context, argument, marks
from tthc_cli.formats import Format

if TYPE_CHECKING:
    from tthc_cli.report import Report


def run(context: Context, file: Annotated[str, argument("SO_DEN")]) -> None:
    """Propose what each paper answers; a person confirms what is not sure."""
    from tthc_cli import loading
    from tthc_cli.incoming import Proposer
    from tthc_cli.registers import open_table
    from tthc_cli.reports import match
    from tthc_cli.submissions import INCOMING
    from tthc_cli.understanding import Understanding

    output = context.output
    context.spare(Path(file))
    inputs = loading.load(context.settings())
    proposer = Proposer(Understanding(inputs.plan, inputs.directory, inputs.reading, context.as_of))
    with open_table(file, INCOMING) as register:
        found = [*match.lines(register, proposer)]
    report = match.report(file, found, proposer, marks(inputs), output and str(output))
    if output and output.suffix.casefold() == ".xlsx":
        _write(context, output, report)
    else:
        context.emit(report, default=Format.csv)


def _write(context: Context, output: Path, report: Report) -> None:
    from tthc_cli.formats import write_bytes
    from tthc_cli.formats.as_xlsx import workbook

    write_bytes(output, [workbook(report.tables[0])])
    context.tell(() if context.quiet else report.after)
