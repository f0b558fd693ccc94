"""The command line: what is typed becomes settings, a report comes out; here the program and its one way to fail."""

import os
import signal
import sys
from collections.abc import Iterable
from importlib import import_module
from io import BufferedWriter, RawIOBase, TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer._click import Command, Context, HelpFormatter
from typer.core import TyperGroup
from typer.main import get_command

from tthc_cli import __version__
from tthc_cli.cli.inputs import SETTINGS, option, silence, single, tell
from tthc_cli.cli.speech import refused, speak_vietnamese
from tthc_cli.errors import Trouble, TthcError
from tthc_cli.memory import OnDemand
from tthc_cli.wording.help import HELP

# The module of each command: its body is `run`, or, where it has commands of its own, its `app` holds them.
COMMANDS = {
    "list": "listing",
    "due": "due",
    "check": "check",
    "export": "export",
    "diff": "diff",
    "explain": "explain",
    "agencies": "agencies",
    "workdays": "workdays",
    "deadline": "deadline",
    "match": "match",
    "letter": "letter",
    "init": "init",
    "verify": "verify",
    "plan": "plan",
    "remind": "remind",
}


def _command(name: str) -> Command:
    """A command by its name; the options of all would cost as much as a whole run."""
    module = import_module(f"tthc_cli.cli.{COMMANDS[name]}")
    command = get_command(getattr(module, "app", None) or single(name, module.run))
    command.name = name
    return command


class Program(TyperGroup):
    """The whole program; its page of help makes no command."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = OnDemand(COMMANDS, _command)  # type: ignore[assignment]  # nothing is added to it

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, HELP[name]) for name in COMMANDS])


app = typer.Typer(
    cls=Program,
    help=HELP["tthc"],
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    context_settings=SETTINGS,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"tthc {__version__}")
        raise typer.Exit


@app.callback()
def _program(version: Annotated[bool, option("--version", callback=_version, is_eager=True)] = False) -> None:
    pass


def main() -> None:
    """Run the program; SystemExit with the exit code."""
    # A short process has no use for plug-ins of its libraries.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    _end_as_by_hand()
    _open_streams()
    speak_vietnamese()
    try:
        # On Windows too, a pattern of files is the program's to read.
        sys.exit(app(prog_name="tthc", standalone_mode=False, windows_expand_args=False))
    except typer.TyperException as error:
        _end(error.exit_code, refused(error))
    except TthcError as error:
        _fail(error.exit_code, *error.troubles)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        silence(sys.stdout)
    except Exception as error:  # noqa: BLE001 - a traceback never reaches a user
        _fail(3, _unforeseen(error))


def _unforeseen(error: Exception) -> Trouble:
    if isinstance(error, OSError):
        from tthc_cli.wording.troubles import why

        return Trouble(str(error.filename or ""), "system_refused", facts={"why": why(error)})
    return Trouble("", "unexpected", facts={"error": f"{type(error).__name__}: {error}"})


_stopped: list[int] = []
"""The signals that were to end the run."""


def _end_as_by_hand() -> None:
    """Whoever stops the machine or closes the line ends a run as Ctrl-C does, so that it leaves nothing half done."""
    usual = (signal.SIG_DFL, signal.default_int_handler)
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if (number := getattr(signal, name, None)) and signal.getsignal(number) in usual:
            signal.signal(number, _stop)


def _stop(number: int, _: object) -> NoReturn:
    _stopped.append(number)
    raise KeyboardInterrupt


_BLOCK = 1 << 16
"""Bytes that such a buffer holds."""


def _open_streams() -> None:
    """Speak UTF-8 whatever the locale; a stream that the caller has closed reads and writes nothing.

    Standard output that keeps nothing back (PYTHONUNBUFFERED) may take a part of what is written, and say nothing of
    it: a buffer sees to it that all is taken, or an error is raised.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end
    out: Any = sys.stdout
    if isinstance(out, TextIOWrapper) and isinstance(getattr(out, "buffer", None), RawIOBase):
        sys.stdout = TextIOWrapper(BufferedWriter(out.detach(), _BLOCK))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _fail(code: int, *troubles: Trouble) -> None:
    """Say all that is wrong and end; where the run was to be stopped, a library took that for an error of its own."""
    if _stopped:
        sys.exit(130)
    from tthc_cli.wording.problems import troubles as told

    _end(code, told(troubles))


def _end(code: int, lines: Iterable[str]) -> None:
    tell(lines)
    sys.exit(code)
