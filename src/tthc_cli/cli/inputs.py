"""The options that every command takes, and what a command's body gets of them: one `Context`."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, timezone
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from tthc_cli.errors import InputError, Trouble, UsageError
from tthc_cli.formats import TALKATIVE, Format, encoded, refused
from tthc_cli.tuples import NamedTuple
from tthc_cli.wording.help import HELP, VALUES

if TYPE_CHECKING:
    from tthc_cli.cli.answers import Record
    from tthc_cli.loading import Inputs
    from tthc_cli.remote import Source
    from tthc_cli.report import Marks, Report
    from tthc_cli.settings import Settings

SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"]}
# `tthc workdays 2021-06-20 -5`: a negative number is no option.
_SPECIAL: dict[str, dict[str, Any]] = {"workdays": {"ignore_unknown_options": True}}
VIET_NAM = timezone(timedelta(hours=7))
_PATHS = ("plan", "agencies", "calendar", "register", "events", "extensions", "assignments", "workspace")


def option(*names: str, help: str = "", metavar: str | None = None, **more: Any) -> Any:
    """An option whose help stands under its long name."""
    value = VALUES.get(metavar or "", metavar)
    return typer.Option(*names, help=help or HELP[names[0]], metavar=value, show_default=False, **more)


def argument(name: str, **more: Any) -> Any:
    """An argument whose help stands under its name."""
    return typer.Argument(metavar=VALUES.get(name, name), help=HELP[name], show_default=False, **more)


_COMMON: dict[str, tuple[Any, Any]] = {
    "as_of": (Annotated[str | None, option("--as-of", metavar="DATE")], None),
    **{name: (Annotated[str | None, option(f"--{name}", metavar="PATH")], None) for name in _PATHS},
    "reading": (Annotated[list[str] | None, option("--reading", metavar="KEY=VALUE")], None),
    "covers": (Annotated[list[str] | None, option("--covers", metavar="LEVELS")], None),
    "format": (Annotated[Format | None, option("--format", "-f")], None),
    "output": (Annotated[Path | None, option("--output", "-o", metavar="FILE")], None),
    "quiet": (Annotated[bool, option("--quiet", "-q")], False),
    "no_cache": (Annotated[bool, option("--no-cache")], False),
}


class Context(NamedTuple):
    """What the common options say. record: notes what is said; None: nothing does."""

    given: dict[str, Any]
    today: date
    as_of: date
    record: Record | None = None

    @property
    def quiet(self) -> bool:
        """Whether only the report is wanted."""
        return bool(self.given["quiet"])

    @property
    def output(self) -> Path | None:
        """The file to write; None, as for `-`, is standard output."""
        given: Path | None = self.given["output"]
        return None if given == Path("-") else given

    def settings(self, adds: bool = False, **more: object) -> Settings:
        """The settings in force; `more` are settings that a command has options of its own for.

        adds: what is written may be added to the registers.
        """
        from tthc_cli import settings

        told = {name: value for name, value in more.items() if value is not None}
        try:
            here = Path.cwd()
        except FileNotFoundError:
            raise InputError(Trouble(".", "folder_gone")) from None
        found = settings.read({**self.given, **told}, os.environ, here)
        if not (adds and self.output and not self.output.exists()):
            self.spare(found.sources)
        return found

    def spare(self, sources: Iterable[Source]) -> None:
        """UsageError where the report would be written over a file that it is made from, or among such registers."""
        if not (output := self.output):
            return
        from tthc_cli.registers import reads

        if any(reads(source, output) for source in sources):
            raise UsageError(Trouble(str(output), "output_is_input"))

    def format(self, default: Format) -> Format:
        """The format asked for by name, else by the suffix of the file to write, else the usual one."""
        from tthc_cli.formats import of_file

        asked: Format | None = self.given["format"]
        return asked or (of_file(self.output) if self.output else default)

    def emit(self, report: Report, default: Format = Format.text, answer: bool = False) -> None:
        """Write a report where it was asked for, its talk beside it; answer: its talk is all there is to it."""
        from tthc_cli.formats import Terminal, beside, render, write

        format, output = self.format(default), self.output
        if self.quiet and not answer:
            report = report._replace(before=(), after=())
        pieces = render(report, format, None if output else Terminal.of(sys.stdout, os.environ))
        if output:
            write(output, pieces)
        else:
            put(self.record.heard(pieces) if self.record else pieces)
        if self.record:
            self.record.warned |= bool(report.warnings)
        talk = () if format in TALKATIVE or answer else (*report.before, *report.after)
        self.tell(dict.fromkeys((*talk, *beside(report, format))))

    def tell(self, lines: Iterable[str]) -> None:
        """Lines for a person, beside the report."""
        listed = tuple(lines)
        if self.record:
            self.record.beside += listed
        tell(listed)

    def stream(self, pieces: Iterable[str]) -> None:
        """Write pieces where the report was asked for, each as soon as it is there, while somebody reads them."""
        from tthc_cli.formats import write

        if self.output:
            write(self.output, pieces)
            return
        for piece in pieces:
            if not put([piece]):
                break


def tell(lines: Iterable[str]) -> None:
    """Lines for a person, beside the report; where nobody can be told, the report goes on."""
    try:
        sys.stderr.write("".join([f"{line}\n" for line in lines]))
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)


def put(pieces: Iterable[str | bytes]) -> bool:
    """Write to standard output; False where its reader went away, who has seen enough.

    OutputError where it takes nothing.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(encoded(pieces))
        sys.stdout.flush()
    except OSError as error:
        silence(sys.stdout)
        if _reader_gone(error):
            return False
        raise refused("", "not_printable", error) from error
    return True


def _reader_gone(error: OSError) -> bool:
    """Whether nobody reads a pipe any more, which Windows calls an invalid argument."""
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)


def silence(stream: TextIO) -> None:
    """Let nothing more be written to an output that is gone, not even at the end of the program."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def marks(inputs: Inputs) -> Marks:
    """What a report was made from; to be taken after the work, when the years in use are known."""
    from tthc_cli.loading import content_hash
    from tthc_cli.report import Marks

    hashes, forecast = dict(inputs.fingerprint), inputs.calendar.unverified_years
    if forecast:
        hashes["calendar"] = content_hash(inputs.calendar.days())
    return Marks(hashes, forecast, inputs.disputed)


def refuse(code: str, /, **facts: object) -> UsageError:
    """The error for a command line that cannot be."""
    return UsageError(Trouble("", code, facts=facts))


def day(value: str | None, name: str) -> date | None:
    """The day that an option or argument names; None where it is not given."""
    if value is None:
        return None
    from tthc_cli.dates import read_date

    try:
        found = read_date(value)
    except ValueError:
        raise refuse("date_malformed", option=name, value=value) from None
    if found is None:
        raise refuse("date_missing", option=name, value=value)
    return found


def add(app: typer.Typer, name: str, body: Callable[..., None], key: str = "", **more: Any) -> None:
    """Make a body a command of an app; its help, which stands under `key` or its name, is told whole in lists too."""
    text = HELP[key or name]
    app.command(name, help=text, short_help=text, **more)(with_inputs(body))


def single(name: str, body: Callable[..., None]) -> typer.Typer:
    """An app of one command."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    add(app, name, body, context_settings={**SETTINGS, **_SPECIAL.get(name, {})})
    return app


def with_inputs(body: Callable[..., None]) -> Callable[..., None]:
    """A command that takes the common options beside its own, and hands its body a `Context` for them.

    An option that the body has too is the body's. The modules of bodies do not postpone their annotations: to evaluate
    texts takes longer than all the rest of making a command.
    """
    written = signature(body)
    own = dict(written.parameters)
    own.pop("context")
    common = {
        name: Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in _COMMON.items()
        if name not in own
    }

    @wraps(body)
    def command(**given: Any) -> None:
        mine = {name: given[name] for name in own}
        today = datetime.now(VIET_NAM).date()
        shared = {name: given.get(name, default) for name, (_, default) in _COMMON.items()}
        as_of = day(shared.pop("as_of"), "--as-of") or today
        body(Context(shared, today, as_of), **mine)

    parameters = [item.replace(kind=Parameter.KEYWORD_ONLY) for item in own.values()]
    command.__signature__ = written.replace(parameters=[*parameters, *common.values()])  # type: ignore[attr-defined]
    command.__annotations__ = {}  # the signature says it all, and each of them would be taken apart once more
    del command.__wrapped__
    return command
