"""The library that reads the command line, made to speak Vietnamese: its pages of help and its refusals."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

from typer import TyperException

# Typer shows no other way to its pages of help; the bound on its version keeps these names where they are.
from typer._click import Command, Context, HelpFormatter
from typer._click.exceptions import NoArgsIsHelpError, NoSuchOption, UsageError
from typer.core import TyperGroup

from tthc_cli.wording.command_line import USAGE, help_words


class VietnameseHelp(HelpFormatter):
    """A page of help without English headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, help_words(args), USAGE)

    def write_heading(self, heading: str) -> None:
        super().write_heading(help_words(heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().write_dl([(help_words(term), help_words(text)) for term, text in rows], *args, **more)


class Spoken(Context):
    """What surrounds a command; it is named to whoever hears that an option has no value, as the library does not."""

    formatter_class = VietnameseHelp

    @contextmanager
    def scope(self, cleanup: bool = True) -> Generator[Context]:
        with super().scope(cleanup) as here:
            try:
                yield here
            except UsageError as error:
                error.ctx = error.ctx or self
                raise


def speak_vietnamese() -> None:
    """Let every command's page of help be written so."""
    Command.context_class = Spoken


def refused(error: TyperException) -> tuple[str, ...]:
    """What the library says of a command line that it cannot read, and where to read more."""
    if isinstance(error, NoArgsIsHelpError):
        return (error.message,)
    from tthc_cli.wording import fill
    from tthc_cli.wording.command_line import ASK_HELP, BEHIND, refusal

    context = getattr(error, "ctx", None)
    command = context.command_path if context else "tthc"
    told = refusal(error.format_message())
    if isinstance(error, NoSuchOption) and context and _stands_behind(context, error.option_name):
        told = fill(BEHIND, {"name": error.option_name, "command": command})
    return told, fill(ASK_HELP, {"command": command})


def _stands_behind(context: Context, name: str) -> bool:
    """Whether what stands before the name of a command is an option that commands have."""
    group = context.command
    commands = group.commands.values() if isinstance(group, TyperGroup) else ()
    return any(name in parameter.opts for command in commands for parameter in command.params)
