"""The catalogue of words: Vietnamese as it stands here, or a translation where one is installed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from gettext import translation

_ = translation("tthc", fallback=True).gettext


class _Facts(dict[str, object]):
    """Facts of a sentence, as people read them; one that is missing leaves an ellipsis instead of a failure."""

    def __getitem__(self, key: str) -> object:
        return shown(self.get(key, "…"))


def fill(sentence: str, facts: Mapping[str, object]) -> str:
    """A sentence with its blanks filled, days as people write them."""
    return sentence.format_map(_Facts(facts))


def shown(value: object) -> object:
    """A value as people read it."""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, (tuple, list, set, frozenset)):
        return ", ".join(str(shown(item)) for item in value)
    return "" if value is None else value


def day(value: date) -> str:
    """19/06/2021."""
    return f"{value:%d/%m}/{value.year:04}"


def moment(value: datetime) -> str:
    """19:05 19/06/2021."""
    return f"{value:%H:%M} {day(value)}"
