"""The command line: what is typed becomes settings, a report comes out; here the program and its one way to fail."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from pathlib import Path
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
    match,
    plan,
    workdays,
)
from tthc_cli.cli.inputs import add, option, silence, tell
from tthc_cli.cli.speech import refused, speak_vietnamese
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
    "match": match.run,
    "init": init.run,
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
    add(app, _name, _body, context_settings={**HELP_OPTIONS, **SPECIAL.get(_name, {})})
app.add_typer(plan.app, name="plan", help=HELP["plan"], short_help=HELP["plan"])


def main() -> None:
    """Run the program; the process ends with the exit code."""
    # A short process makes no rings of objects worth looking for, and has no use for plug-ins of its libraries.
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    _open_streams()
    speak_vietnamese()
    try:
        sys.exit(app(prog_name="tthc", standalone_mode=False))
    except typer.TyperException as error:
        _end(error.exit_code, refused(error))
    except TthcError as error:
        _fail(error.exit_code, *error.troubles)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        silence(sys.stdout)
    except Exception as error:  # noqa: BLE001 - a traceback never reaches a user
        _fail(3, Trouble("", "unexpected", facts={"error": f"{type(error).__name__}: {error}"}))


def _open_streams() -> None:
    """Speak UTF-8 whatever the locale; a stream that the caller has closed reads and writes nothing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _fail(code: int, *troubles: Trouble) -> None:
    """Say all that is wrong and end."""
    from tthc_cli.wording.problems import troubles as told

    _end(code, told(troubles))


def _end(code: int, lines: Iterable[str]) -> None:
    tell(lines)
    sys.exit(code)
