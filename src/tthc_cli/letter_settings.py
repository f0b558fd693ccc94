"""Who writes official letters: what the table `[letter]` of a workspace may say."""

from __future__ import annotations

from tthc_cli.setting_values import Keys, line, names, number, path

LONGEST_ANSWER = 60


def _lines(value: object) -> tuple[str, ...]:
    """A list, or one line; a comma belongs to the line."""
    return (line(value),) if isinstance(value, str) else names(value)


LETTER: Keys = {
    "parent": ("parent", line),
    "issuer": ("issuer", line),
    "name": ("name", line),
    "unit": ("unit", line),
    "symbol": ("symbol", line),
    "report_symbol": ("report_symbol", line),
    "place": ("place", line),
    "signer_title": ("signer_title", _lines),
    "signer": ("signer", line),
    "recipients": ("recipients", _lines),
    "report_to": ("report_to", _lines),
    "archive": ("archive", line),
    "answer_to": ("answer_to", line),
    "answer_within": ("answer_within", number(1, LONGEST_ANSWER)),
    "template": ("template", path),
    "report_template": ("report_template", path),
}
LETTER_PATHS = tuple(field for field, read in LETTER.values() if read is path)
