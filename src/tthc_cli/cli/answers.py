"""Caches what a command said: the same question over the same files is answered from that."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tthc_cli import cache
from tthc_cli.built_in import NAMES, built_in
from tthc_cli.cli.inputs import Context, put, tell
from tthc_cli.cli.record import Record
from tthc_cli.formats import Terminal
from tthc_cli.setting_values import PATHS

if TYPE_CHECKING:
    from tthc_cli.settings import Settings

_MOST = 1 << 25
"""Bytes of input files, above which nothing is cached: to tell whether so many are the same takes too long."""
_LANGUAGE = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@contextmanager
def remembered(
    context: Context, settings: Settings, command: str, *asked: object, unless: bool = False
) -> Iterator[Context]:
    """A context that records what is said in it, for the next time; on a cache hit, says it again and ends the command.

    The key is everything that the answer depends on: the program, the question, the settings, the screen, the language,
    both days, and the bytes of all files that are read. What comes with a warning, or goes to a file, is not cached.

    asked: the values of the command's own options. unless: the answer depends on more than that. Raises typer.Exit with
    the exit code of what was said.
    """
    cached = settings.cache and not context.output and not unless
    key = _key(context, settings, (command, *asked)) if cached else None
    if key is None or settings.cache is None:
        yield context
        return
    named = Path.cwd(), command, asked, context.given, settings.register
    file = cache.entry(settings.cache, repr(named), "said")
    if found := cache.load(file, key):
        raise typer.Exit(_repeat(found))
    record, end = Record(), typer.Exit()
    try:
        yield context._replace(record=record)
    except typer.Exit as told:
        end = told
    if record.lasts:
        cache.store(file, key, record.told(end.exit_code))
    if end.exit_code:
        raise end


def _repeat(told: bytes) -> int:
    """Say what was said before; its exit code."""
    first, _, rest = told.partition(b"\n")
    code, size = map(int, first.split())
    put([rest[:size]])
    tell(rest[size:].decode().splitlines())
    return code


def _key(context: Context, settings: Settings, asked: Iterable[object]) -> cache.Key | None:
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
    return cache.key_of(depends, filter(None, files), _MOST)


def _program() -> object:
    """The program as it stands: of an installed one its own file, of one being written all of its files."""
    package = Path(__file__).parents[1]
    installed = package.parent.name in ("site-packages", "dist-packages")
    files = [package / "__init__.py"] if installed else sorted(package.rglob("*.py"))
    return sys.version, [(stat.st_mtime_ns, stat.st_size) for stat in map(Path.stat, files)]
