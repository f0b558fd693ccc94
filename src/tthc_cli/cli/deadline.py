"""`tthc deadline`: what a deadline phrase says, or every phrase of standard input."""

import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Annotated

import typer

from tthc_cli.cli.inputs import Context, argument, day, marks, option, refuse, tell
from tthc_cli.formats import Format

if TYPE_CHECKING:
    from datetime import date

    from tthc_cli.phrase_days import PhraseDays

_FIRST, _LAST = 1990, 2100
_LONGEST = 20  # a year with the spaces around it
_CHUNK = 1 << 16
_REMEMBERED = 1 << 14  # plans repeat their phrases


def run(
    context: Context,
    phrase: Annotated[str, argument("PHRASE")],
    year: Annotated[int | None, option("--year", metavar="YEAR")] = None,
    event_date: Annotated[str | None, option("--event-date", metavar="DATE")] = None,
) -> None:
    """Print the reading; exit code 1 where a phrase is not understood."""
    if year is not None and not _FIRST <= year <= _LAST:
        raise refuse("number_range", option="--year", value=year, least=_FIRST, most=_LAST)
    happened = day(event_date, "--event-date")
    understood = _stream(context, year, happened) if phrase == "-" else _one(context, phrase, year, happened)
    if not understood:
        raise typer.Exit(1)


def _one(context: Context, text: str, year: int | None, happened: "date | None") -> bool:
    from tthc_cli import loading
    from tthc_cli.phrase_days import PhraseDays
    from tthc_cli.phrases import read
    from tthc_cli.reports import deadline

    inputs = loading.load(context.settings())
    chosen = year or inputs.plan.year
    phrase = read(text, chosen)
    days = PhraseDays(inputs.calendar, inputs.reading, happened).of(phrase, chosen)
    context.emit(deadline.report(phrase, chosen, days, inputs.reading, marks(inputs)), answer=True)
    return phrase.understood


def _stream(context: Context, year: int | None, happened: "date | None") -> bool:
    """One JSON object a line; whether all were understood."""
    if context.format(Format.json) != Format.json:
        raise refuse("format_impossible", name=str(context.given["format"].value))
    from tthc_cli import loading
    from tthc_cli.phrase_days import PhraseDays
    from tthc_cli.wording.readings import unverified

    inputs = loading.load(context.settings())
    days = PhraseDays(inputs.calendar, inputs.reading, happened)
    found: list[bool] = []
    context.stream(_lines(days, year or inputs.plan.year, found))
    tell(unverified(inputs.calendar.unverified_years))
    return all(found)


def _lines(days: "PhraseDays", usual: int, found: list[bool]) -> Iterator[str]:
    """A block of lines for each block of standard input, so that one who waits for an answer gets it."""
    from tthc_cli.phrases import Phrase, read
    from tthc_cli.reports.deadline import line
    from tthc_cli.wording.titles import say

    @lru_cache(maxsize=_REMEMBERED)
    def answer(written: str) -> tuple[str, bool]:
        text, tab, own = written.rpartition("\t")
        if not tab:
            text, own = own, str(usual)
        if not (len(own) < _LONGEST and own.strip().isdecimal() and _FIRST <= int(own) <= _LAST):
            return line(Phrase(text, (), ()), None, (), say("phrase_year", value=own.strip())), False
        phrase = read(text, int(own))
        return line(phrase, int(own), days.of(phrase, int(own))), phrase.understood

    for block in _blocks(sys.stdin.buffer):
        answers = [answer(written) for written in block]
        found.append(all(understood for _, understood in answers))
        yield "".join(text for text, _ in answers)


def _blocks(stream: IO[bytes]) -> Iterator[list[str]]:
    """The lines of a stream as they come in."""
    rest, mark = b"", b"\xef\xbb\xbf"
    while chunk := stream.read1(_CHUNK):  # type: ignore[attr-defined]
        *lines, rest = (rest + chunk.removeprefix(mark)).split(b"\n")
        mark = b""
        yield [line.decode("utf-8", "replace").rstrip("\r") for line in lines]
    if rest:
        yield [rest.decode("utf-8", "replace").rstrip("\r")]
