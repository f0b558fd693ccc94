"""Addresses of electronic mail: what counts as one."""

from __future__ import annotations

import re

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = rf"(?P<local>{_LOCAL})@(?P<domain>{_LABEL}(?:\.{_LABEL})*)"
_LONGEST_LOCAL, _LONGEST = 64, 254


def read_address(text: str) -> str:
    """An address as RFC 5321 spells it without quotation marks, its domain in small letters.

    ValueError for anything else, so that nothing written in a file becomes a line of a message's head.
    """
    found = re.fullmatch(_ADDRESS, text.strip(" \t"))
    if not found or len(found["local"]) > _LONGEST_LOCAL or len(found[0]) > _LONGEST:
        raise ValueError(text)
    return f"{found['local']}@{found['domain'].lower()}"


def split_addresses(cell: str) -> tuple[str, ...]:
    """The texts of a cell that names several, parted by ";" or ","; a line break parts nothing and stays inside."""
    return tuple(part for part in (piece.strip(" \t") for piece in re.split("[;,]", cell)) if part)
