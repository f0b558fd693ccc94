"""The same question over the same files is answered from what was said before."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tthc_cli import keeping
from tthc_cli.built_in import NAMES, built_in
from tthc_cli.cli.inputs import Context, put, tell
from tthc_cli.cli.record import Record
from tthc_cli.formats import Terminal
from tthc_cli.setting_values import PATHS

if TYPE_CHECKING:
    from tthc_cli.settings import Settings

_MOST = 1 << 25
"""Of more bytes it takes long to tell whether they are the same."""
_LANGUAGE = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@contextmanager
def remembered(
    context: Context, settings: Settings, command: str, *asked: object, unless: bool = False
) -> Iterator[Context]:
    """A context that notes what is said in it, for the next time; ends the command where it was said before.

    What was said goes by everything that it depends on: the program, the question, the settings, the screen, the
    language, both days, and the bytes of all files that are read. What comes with a warning, or goes to a file, is not
    kept. unless: the answer depends on more than that.
    """
    kept = settings.cache and not context.output and not unless
    head = _head(context, settings, (command, *asked)) if kept else None
    if head is None or settings.cache is None:
        yield context
        return
    named = Path.cwd(), command, asked, context.given, settings.register
    file = keeping.place(settings.cache, repr(named), "said")
    if found := keeping.kept(file, head):
        raise typer.Exit(_repeat(found))
    record, end = Record(), typer.Exit()
    try:
        yield context._replace(record=record)
    except typer.Exit as told:
        end = told
    if record.lasts:
        keeping.keep(file, head, record.told(end.exit_code))
    if end.exit_code:
        raise end


def _repeat(told: bytes) -> int:
    """Say what was said before; its exit code."""
    first, _, rest = told.partition(b"\n")
    code, size = map(int, first.split())
    put([rest[:size]])
    tell(rest[size:].decode().splitlines())
    return code


def _head(context: Context, settings: Settings, asked: Iterable[object]) -> keeping.Head | None:
    depends = (
        _program(),
        tuple(asked),
        {**context.given, "output": None},
        settings._replace(cache=None),
        Terminal.of(sys.stdout, os.environ),
        [os.environ.get(name) for name in _LANGUAGE],
        context.as_of,
        context.today,
    )
    files = [getattr(settings, name) or (built_in(name) if name in NAMES else None) for name in PATHS]
    return keeping.head(depends, filter(None, files), _MOST)


def _program() -> object:
    """The program as it stands: of an installed one its own file, of one being written all of its files."""
    package = Path(__file__).parents[1]
    installed = package.parent.name in ("site-packages", "dist-packages")
    files = [package / "__init__.py"] if installed else sorted(package.rglob("*.py"))
    return sys.version, [(stat.st_mtime_ns, stat.st_size) for stat in map(Path.stat, files)]
