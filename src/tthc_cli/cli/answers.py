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
from tthc_cli.cli.inputs import Context, put, tell
from tthc_cli.formats import Terminal, encoded
from tthc_cli.setting_values import BUILT_IN, PATHS, built_in

if TYPE_CHECKING:
    from tthc_cli.settings import Settings

_MOST = 1 << 25
"""Bytes of input files, above which nothing is cached: to tell whether so many are the same takes too long."""
_LANGUAGE = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


_MOST_SAID = 1 << 22
"""A report of more bytes is not noted."""


class Record:
    """What a command said, noted as it goes out.

    warned: with a warning, which holds for now only; unfinished: reports of which not all went out, since whoever read
    them went away, or not all was noted, since it was too much.
    """

    def __init__(self) -> None:
        self.out: list[bytes] = []
        self.beside: list[str] = []
        self.warned = False
        self.unfinished = 0

    def heard(self, pieces: Iterable[str | bytes]) -> Iterator[bytes]:
        """The pieces of a report on their way."""
        self.unfinished += 1
        size = 0
        for piece in encoded(pieces):
            size += len(piece)
            if size <= _MOST_SAID:
                self.out.append(piece)
            yield piece
        self.unfinished -= size <= _MOST_SAID

    @property
    def lasts(self) -> bool:
        """Whether it is an answer, whole, that will hold another time."""
        return bool(self.out) and not (self.warned or self.unfinished)

    def told(self, code: int) -> bytes:
        """All of it with the exit code, to be repeated."""
        beside = "".join(f"{line}\n" for line in self.beside).encode("utf-8", "backslashreplace")
        return b"".join((b"%d %d\n" % (code, sum(map(len, self.out))), *self.out, beside))


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
    files = [getattr(settings, name) or (built_in(name) if name in BUILT_IN else None) for name in PATHS]
    return cache.key_of(depends, filter(None, files), _MOST)


def _program() -> object:
    """The program as it stands: of an installed one its own file, of one being written all of its files."""
    package = Path(__file__).parents[1]
    installed = package.parent.name in ("site-packages", "dist-packages")
    files = [package / "__init__.py"] if installed else sorted(package.rglob("*.py"))
    return sys.version, [(stat.st_mtime_ns, stat.st_size) for stat in map(Path.stat, files)]
