"""What can go wrong outside the data that is judged: one exception tree, each class with its exit code."""

from __future__ import annotations

import copyreg
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from tthc_cli.tuples import NamedTuple

NOTHING: Mapping[Any, Any] = MappingProxyType({})
"""The empty mapping that records share."""


def _frozen(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


copyreg.pickle(MappingProxyType, lambda mapping: (_frozen, (dict(mapping),)))  # records go to other processes


class Trouble(NamedTuple):
    """One thing wrong with one input file.

    `code` names the sentence in `wording.TROUBLES`, `facts` fill its blanks; `line` and `column` count from 1.
    """

    path: str
    code: str
    line: int | None = None
    column: int | None = None
    facts: Mapping[str, object] = NOTHING


class TthcError(Exception):
    """A failure that ends the command; `exit_code` is what the process returns."""

    exit_code = 2

    def __init__(self, *troubles: Trouble) -> None:
        super().__init__(*troubles)
        self.troubles = troubles


class UsageError(TthcError):
    """The command line asks for something that cannot be: an unknown name, a malformed date."""


class InputError(TthcError):
    """An input cannot be used; every problem found in it is listed."""

    exit_code = 3


class OutputError(TthcError):
    """A result cannot be written where it was asked for."""

    exit_code = 3
