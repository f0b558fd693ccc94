"""Who writes official letters: what the table `[letter]` of a workspace may say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tthc_cli.letterhead import Letterhead
from tthc_cli.setting_values import names, number, text

LONGEST_ANSWER = 60


def _line(value: object) -> str:
    return " ".join(text(value).split())


def _lines(value: object) -> tuple[str, ...]:
    """A list, or one line; a comma belongs to the line."""
    return (_line(value),) if isinstance(value, str) else names(value)


def _path(value: object) -> Path:
    return Path(text(value))


LETTER: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "parent": ("parent", _line),
    "issuer": ("issuer", _line),
    "name": ("name", _line),
    "unit": ("unit", _line),
    "symbol": ("symbol", _line),
    "report_symbol": ("report_symbol", _line),
    "place": ("place", _line),
    "signer_title": ("signer_title", _lines),
    "signer": ("signer", _line),
    "recipients": ("recipients", _lines),
    "report_to": ("report_to", _lines),
    "archive": ("archive", _line),
    "answer_to": ("answer_to", _line),
    "answer_within": ("answer_within", number(1, LONGEST_ANSWER)),
    "template": ("template", _path),
    "report_template": ("report_template", _path),
}
"""Each key of the table: the field it fills, and what reads its value."""


def below(office: Letterhead, folder: Path) -> Letterhead:
    """The same with its paths taken from a folder."""
    paths = {name: getattr(office, name) for name in ("template", "report_template")}
    return office._replace(**{name: folder / path for name, path in paths.items() if path})
