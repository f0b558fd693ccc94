"""A deadline phrase with its rules and days: `tthc deadline`."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from tthc_cli import wording
from tthc_cli.phrase_days import PhraseDay
from tthc_cli.phrases import Phrase
from tthc_cli.records import Reading
from tthc_cli.report import Marks, Report, Table
from tthc_cli.reports.fields import COLUMN, cautions, reading_fields, tail
from tthc_cli.rules import AnyRule
from tthc_cli.wording.deadline import in_words
from tthc_cli.wording.titles import heading, say

_FIELDS = {
    "by_date": ("date", "opens", "condition", "soft"),
    "before_date": ("date", "condition", "soft"),
    "period": ("period", "until", "condition", "soft"),
    "recurring": ("every", "only", "day", "month", "before"),
    "after_event": ("event", "count", "unit"),
    "before_event": ("event", "count", "unit"),
    "on_event": ("event",),
    "on_request": ("event",),
    "continuous": (),
    "external": ("document",),
}
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=date.isoformat).encode


def payload(phrase: Phrase, year: int | None, days: Sequence[PhraseDay]) -> dict[str, object]:
    """What JSON says of one phrase."""
    return {
        "schema": "tthc.deadline/1",
        "phrase": phrase.text,
        "year": year,
        "understood": phrase.understood,
        "rules": [rule_fields(rule) for rule in phrase.rules],
        "deadlines": [day._asdict() for day in days],
        "leftover": " … ".join([span.text for span in phrase.leftover]),
        "leftover_at": [[span.start, span.end] for span in phrase.leftover],
    }


def line(phrase: Phrase, year: int | None, days: Sequence[PhraseDay], problem: str | None = None) -> str:
    """The same in one line, put together from what was written before; problem: why the line could not be read."""
    if problem or phrase.leftover:
        told = {"problem": problem} if problem else {}
        return _write({**payload(phrase, year, days), **told}) + "\n"
    rules, dates = ",".join(map(_rule_text, phrase.rules)), ",".join(map(_day_text, days))
    return (
        f'{{"schema":"tthc.deadline/1","phrase":{_write(phrase.text)},"year":{year},'
        f'"understood":{"true" if phrase.rules else "false"},"rules":[{rules}],"deadlines":[{dates}],'
        '"leftover":"","leftover_at":[]}\n'
    )


@lru_cache(maxsize=1 << 14)
def _rule_text(rule: AnyRule) -> str:
    return _object(rule_fields(rule))


@lru_cache(maxsize=1 << 14)
def _day_text(day: PhraseDay) -> str:
    return _object(day._asdict())


def _object(found: Mapping[str, object]) -> str:
    """JSON of what rules and days consist of, several times quicker than an encoder set up for each."""
    return "{" + ",".join([f'"{name}":{_value(value)}' for name, value in found.items()]) + "}"


def _value(value: object) -> str:
    if value is None:
        return "null"
    return f'"{value}"' if isinstance(value, date) else _write(value) if isinstance(value, str) else _listed(value)


def _listed(value: object) -> str:
    return str(list(value)) if isinstance(value, tuple) else str(value).lower()


def rule_fields(rule: AnyRule) -> dict[str, object]:
    """A rule's kind and what it says beyond that."""
    found: dict[str, object] = {"kind": rule.kind}
    for name in _FIELDS[rule.kind]:
        if value := getattr(rule, name, None):
            found[name] = value
    return found


def report(phrase: Phrase, year: int, days: Sequence[PhraseDay], reading: Reading, marks: Marks) -> Report:
    """One phrase: its rules in words, its days, and what could not be read."""
    columns = tuple(COLUMN[name] for name in ("occasion", "stated", "due", "act_by", "awaits"))
    return Report(
        {**payload(phrase, year, days), "reading": reading_fields(reading), **tail(marks)},
        tables=(Table(heading("deadlines"), columns, tuple(_row(day) for day in days)),),
        before=(*_marked(phrase), *_told(phrase), *cautions(marks)),
        warnings=cautions(marks),
    )


def _row(day: PhraseDay) -> tuple[str | date | None, ...]:
    return wording.occasion(day.period or ""), day.stated, day.due, day.act_by, day.awaits or ""


def _marked(phrase: Phrase) -> Iterator[str]:
    """The phrase, and under it a mark where it is not understood."""
    shown = "".join(" " if char.isspace() else char for char in phrase.text)
    yield shown
    if phrase.leftover:
        first = phrase.leftover[0]
        yield " " * _width(shown[: first.start]) + "^" * max(1, _width(first.text))


def _width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _told(phrase: Phrase) -> Iterator[str]:
    if phrase.rules:
        yield say("phrase_rules")
        yield from (f"  - {in_words(rule_fields(rule))}" for rule in phrase.rules)
    if phrase.leftover:
        yield say("phrase_leftover", words="”, “".join(" ".join(span.text.split()) for span in phrase.leftover))
    elif not phrase.rules:
        yield say("phrase_nothing")
