"""The shape of a phrase: its text with every number made zeros, alike for all phrases that differ in numbers alone."""

from __future__ import annotations

import re
from functools import lru_cache

from tthc_cli.phrases.cursor import Place

_RUN = re.compile(r"\d+")
# A number counts by what it can be: a day or month, a count, a year, none of these.
_ZEROS = ("", "0", "0", "000", "0000", "00000")


class Shaped:
    """A text and its shape; what is found in the shape is looked up in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.runs = _RUN.findall(text)
        self.shape = _RUN.sub(_zeros, text) if self.runs else text

    def number(self, start: int) -> int:
        """The number that begins at a place of the shape; 0 for one too long to be of any use."""
        run = self.runs[_numbers(self.shape)[start]]
        return int(run) if len(run) < len(_ZEROS) else 0

    def place(self, place: Place) -> Place:
        """Where in the text a place of the shape lies."""
        return self._offset(place[0]), self._offset(place[1])

    def words(self, place: Place) -> str:
        """The words of the text at a place of the shape, parted by single spaces."""
        start, end = self.place(place)
        return " ".join(self.text[start:end].split())

    def _offset(self, at: int) -> int:
        passed = (run for start, run in zip(_numbers(self.shape), self.runs, strict=True) if start < at)
        return at + sum(len(run) - len(_ZEROS[min(len(run), 5)]) for run in passed)


def _zeros(found: re.Match[str]) -> str:
    return _ZEROS[min(len(found[0]), 5)]


@lru_cache(maxsize=8192)
def _numbers(shape: str) -> dict[int, int]:
    """Numbers of a shape in order, by where they begin."""
    return {found.start(): order for order, found in enumerate(_RUN.finditer(shape))}
