"""Earlier reports that a command is handed, as their JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tthc_cli.errors import InputError, Trouble

if TYPE_CHECKING:
    from tthc_cli.cli.inputs import Context
    from tthc_cli.records import Judgement
    from tthc_cli.since import Since
    from tthc_cli.workflow import Outcome

Read = TypeVar("Read")


def read(path: str, trouble: str, take: Callable[[dict[str, object]], Read]) -> Read:
    """What `take` makes of a JSON file; InputError, by the name of `trouble`, where it cannot."""
    import json

    from tthc_cli.text_file import read_text

    text = read_text(Path(path))
    try:
        payload = json.loads(text)
        if not isinstance(payload, dict):
            raise ValueError("object")
        return take(payload)
    except (ValueError, TypeError, RecursionError):
        raise InputError(Trouble(path, trouble)) from None


def since(context: Context, path: str, outcome: Outcome, judgements: Sequence[Judgement]) -> Since:
    """What changed in these judgements since the report in a file."""
    from tthc_cli.since import Earlier
    from tthc_cli.since import since as held

    context.spare([Path(path)])
    whole = len(judgements) == len(outcome.assessment.judgements)
    return held(read(path, "not_looked_back_to", Earlier.of), judgements, whole)
