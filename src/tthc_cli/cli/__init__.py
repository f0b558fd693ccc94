"""The command line: what is typed becomes settings, a report comes out; here the program and its one way to fail."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from typing import Annotated

import typer

from tthc_cli import __version__
from tthc_cli.cli import (
    agencies,
    check,
    diff,
    due,
    explain,
    export,
    init,
    listing,
    plan,
    remind,
    workdays,
)
from tthc_cli.cli.inputs import option, silence, with_inputs
from tthc_cli.errors import Trouble, TthcError
from tthc_cli.wording.help import HELP

HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}
COMMANDS: dict[str, Callable[..., None]] = {
    "list": listing.run,
    "due": due.run,
    "check": check.run,
    "export": export.run,
    "diff": diff.run,
    "explain": explain.run,
    "agencies": agencies.run,
    "workdays": workdays.run,
    "init": init.run,
    "remind": remind.run,
}
# `tthc workdays 2021-06-20 -5`: a negative number is no option.
SPECIAL: dict[str, dict[str, bool]] = {"workdays": {"ignore_unknown_options": True}}

app = typer.Typer(
    help=HELP["tthc"],
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    context_settings=HELP_OPTIONS,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"tthc {__version__}")
        raise typer.Exit


@app.callback()
def _program(version: Annotated[bool, option("--version", callback=_version, is_eager=True)] = False) -> None:
    pass


for _name, _body in COMMANDS.items():
    app.command(_name, help=HELP[_name], context_settings={**HELP_OPTIONS, **SPECIAL.get(_name, {})})(
        with_inputs(_body)
    )
app.add_typer(plan.app, name="plan", help=HELP["plan"])


def main() -> None:
    """Run the program; the process ends with the exit code."""
    # A short process makes no rings of objects worth looking for, and has no use for plug-ins of its libraries.
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        app(prog_name="tthc")
    except TthcError as error:
        _fail(error.exit_code, *error.troubles)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        silence(sys.stdout)
    except Exception as error:  # noqa: BLE001 - a traceback never reaches a user
        _fail(3, Trouble("", "unexpected", facts={"error": f"{type(error).__name__}: {error}"}))


def _fail(code: int, *troubles: Trouble) -> None:
    """Say all that is wrong and end."""
    from tthc_cli.wording.problems import troubles as told

    with suppress(BrokenPipeError):
        sys.stderr.writelines(f"{line}\n" for line in told(troubles))
    sys.exit(code)
