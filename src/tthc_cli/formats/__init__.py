"""The formats of reports: one module each, listed in `RENDERERS`, and writing to files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from tthc_cli.errors import OutputError, Trouble, UsageError
from tthc_cli.tuples import NamedTuple

if TYPE_CHECKING:
    from tthc_cli.report import Report


class Format(StrEnum):
    """What `--format` takes."""

    text = "text"
    json = "json"
    csv = "csv"
    md = "md"
    html = "html"
    line = "line"
    xlsx = "xlsx"
    ics = "ics"
    docx = "docx"


RENDERERS = {
    Format.text: "text",
    Format.json: "as_json",
    Format.csv: "as_csv",
    Format.md: "as_md",
    Format.html: "as_html",
    Format.line: "as_line",
    Format.xlsx: "as_xlsx",
    Format.ics: "as_ics",
    Format.docx: "as_docx",
}
SUFFIXES = {f".{name}": name for name in Format if name not in (Format.text, Format.line)} | {".txt": Format.text}
BINARY = (Format.xlsx, Format.docx)
"""These are files for other programs, which no terminal shows."""
TALKATIVE = (Format.text, Format.md)
"""These tell a report's talk themselves."""
_NARROWEST = 20
"""Columns of characters that a terminal is taken to have at least."""


class Terminal(NamedTuple):
    """The screen that text goes to."""

    width: int
    color: bool = True

    @classmethod
    def of(cls, stream: IO[str], environ: Mapping[str, str]) -> Terminal | None:
        """The terminal behind a stream, None where there is none. NO_COLOR and TERM=dumb take the colours away."""
        if not stream.isatty():
            return None
        from shutil import get_terminal_size

        color = not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
        return cls(max(get_terminal_size().columns, _NARROWEST), color)


def render(report: Report, format: Format, terminal: Terminal | None = None) -> Iterable[Any]:
    """The report in pieces that are only to be joined: text, or bytes for a format of `BINARY`.

    UsageError if it has nothing for this format, or the terminal cannot show it.
    """
    if _nothing(report, format):
        raise UsageError(Trouble("", "format_impossible", facts={"name": format.value}))
    if terminal and format in BINARY:
        raise UsageError(Trouble("", "format_binary", facts={"name": format.value}))
    pieces: Iterable[Any] = import_module(f"tthc_cli.formats.{RENDERERS[format]}").render(report, terminal)
    return pieces


def _nothing(report: Report, format: Format) -> bool:
    match format:
        case Format.csv | Format.xlsx:
            return not report.tables
        case Format.line:
            return report.lines is None
        case Format.ics:
            return report.agenda is None
        case _:
            return False


def beside(report: Report, format: Format) -> tuple[str, ...]:
    """Warnings that the format leaves out, to be told beside it."""
    told = report.before if format in TALKATIVE else ()
    return tuple(line for line in report.warnings if line not in told)


def of_file(path: Path) -> Format:
    """The format that a file's suffix names; UsageError for one unknown."""
    found = SUFFIXES.get(path.suffix.casefold())
    if not found:
        facts: dict[str, object] = {"name": path.suffix, "known": tuple(SUFFIXES)}
        raise UsageError(Trouble(str(path), "format_unknown", facts=facts))
    return found


def encoded(pieces: Iterable[str | bytes]) -> Iterator[bytes]:
    """Pieces as they are written; what is no letter of UTF-8 is spelled out."""
    return (piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace") for piece in pieces)


def write(path: Path, pieces: Iterable[str | bytes]) -> None:
    """Write a file whole or not at all: into one beside, which then takes the place of the old one.

    OutputError where it cannot be.
    """
    special = path.exists() and not path.is_file()
    target = path if special else path.resolve()  # a pipe ("/dev/stdout") has no name but the one given
    beside = target if special else target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.writelines(encoded(pieces))
        if not special:
            beside.replace(target)
    except OSError as error:
        raise refused(path, "not_writable", error) from error
    finally:
        if not special:
            with suppress(OSError):
                beside.unlink()


def make(folder: Path) -> None:
    """Make a folder, and those above it, if it is not there; OutputError where it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(folder, "no_folder", error) from error


def refused(path: Path | str, code: str, error: OSError) -> OutputError:
    """What to raise where the system lets nothing be written."""
    from tthc_cli.wording.troubles import why

    return OutputError(Trouble(str(path), code, facts={"why": why(error)}))
