"""Runs the whole story on registers and events written in a test."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from tthc_cli import settings, workflow
from tthc_cli.records import Judgement
from tthc_cli.workflow import Outcome

TODAY = date(2026, 11, 24)
REGISTER = "task;agency;issuer;parent;period;event;document_number;document_date;sent_on;received_on;proposed_on;result"

Written = TypeVar("Written")


def of(model: type[Written], plain: Any) -> Written:
    """What plain data describe, as a file of them would be read."""
    return TypeAdapter(model).validate_python(plain)


def run(folder: Path, as_of: date, register: str | None = None, reading: tuple[str, ...] = (), **files: str) -> Outcome:
    """The outcome on these files: `register` without its heading, `events`, `extensions`, `assignments` with theirs."""
    texts = {"register": f"{REGISTER}\n{register}\n"} if register is not None else {}
    texts |= files
    options: dict[str, object] = {"reading": list(reading)}
    for name, text in texts.items():
        path = folder / f"{name}.{'yaml' if name == 'plan' else 'csv'}"
        path.write_text(text, encoding="utf-8", errors="surrogateescape")
        options[name] = str(path)
    return workflow.run(settings.read(options, {}, folder), as_of, TODAY)


def judged(outcome: Outcome) -> dict[str, Judgement]:
    """Judgements by public key."""
    return {item.obligation.key: item for item in outcome.assessment.judgements}
