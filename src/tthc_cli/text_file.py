"""Reads a text file that people wrote, or says why it cannot be read."""

from __future__ import annotations

import re
from pathlib import Path

from tthc_cli.errors import InputError, Trouble

MOST_BYTES = 20_000_000
_CONTROL = "[\0-\x08\x0b\x0c\x0e-\x1f\x7f]"


def read_text(path: Path) -> str:
    """The whole text of a UTF-8 file, without a byte order mark."""
    data = _read_bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(_undecodable(path, data, error)) from None
    if found := re.search(_CONTROL, text):
        line, column = position(text, found.start())
        raise InputError(Trouble(str(path), "not_text", line, column, {"kind": "binary"}))
    return text


def position(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of a character."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        from tthc_cli.submissions import file_trouble

        raise InputError(file_trouble(str(path), error)) from None
    except ValueError:
        raise InputError(Trouble(str(path), "missing_file")) from None
    if len(data) > MOST_BYTES:
        raise InputError(Trouble(str(path), "file_too_large", facts={"megabytes": MOST_BYTES // 1_000_000}))
    return data


def _undecodable(path: Path, data: bytes, error: UnicodeDecodeError) -> Trouble:
    """Binary files hold NUL; other files, and UTF-16, get the place of the first byte that is no UTF-8."""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" in data:
        return Trouble(str(path), "not_text", facts={"kind": "binary"})
    line = data.count(b"\n", 0, error.start) + 1
    column = error.start - data.rfind(b"\n", 0, error.start)
    return Trouble(str(path), "not_utf8", line, column, {"byte": f"0x{data[error.start]:02X}"})
