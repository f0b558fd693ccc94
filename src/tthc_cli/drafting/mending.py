"""Mends what scanning and conversion do to any text; nothing here knows the words of a plan."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from tthc_cli.tuples import NamedTuple

_LETTER = r"[^\W\d_]"
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
_LINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>")
_NAMED_LINK = re.compile(r"\[([^\[\]]+)\]\((?:https?|mailto):[^()\s]+\)")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3})(?=[^\s*_])([^*\n]+?)(?<=[^\s*_])\1")
_HEADING = re.compile(r"^#{1,6}\s+|\s+#{1,6}$", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])")
_UNSEEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_HYPHEN = re.compile(rf"(?<={_LETTER})-\n(?=[^\W\d_A-ZĐ])")
_BEFORE_MARK = re.compile(r" +(?=[,;.:)\]](?:\s|$))")
_DOUBLED = re.compile(r"([,;:])\1+")
_GLUED = re.compile(rf"(?<=[;,])(?={_LETTER}{{2}})|(?<=[a-zà-ỹ]{{2}}[.:])(?=[A-ZĐ][a-zà-ỹ])")


class Mended(NamedTuple):
    """A text as it should read, and the names of the mends that made it so."""

    text: str
    done: tuple[str, ...]


def _untagged(text: str) -> str:
    text = _HEADING.sub("", text)
    text = _NAMED_LINK.sub(r"\1", _LINK.sub(r"\1", text))
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub(r"\2", _TAG.sub("", text)))


def _quarters(text: str) -> str:
    """The tone of "quý" belongs to its y (Qúy, QÚY)."""
    return re.sub(r"\b([Qq])(ú|Ú)([yY])\b", lambda m: m[1] + ("U" if m[2] == "Ú" else "u") + "ýÝ"[m[3] == "Y"], text)


_MENDS: dict[str, Callable[[str], str]] = {
    "nfc": lambda text: unicodedata.normalize("NFC", text),
    "tags": _untagged,
    "hyphen": lambda text: _HYPHEN.sub("", text),
    "quarter": _quarters,
    "doubled": lambda text: _DOUBLED.sub(r"\1", text),
    "spaces": lambda text: _BEFORE_MARK.sub("", re.sub(" {2,}", " ", text)),
    "glued": lambda text: _GLUED.sub(" ", text),
}
WIDESPREAD = frozenset({"nfc", "tags", "spaces"})
"""Mends that a whole document may need, and that are told once."""


def mend(text: str) -> Mended:
    """Mend a text. What no reader sees (odd spaces, control characters, ends of lines) is put right without a word."""
    text = _SPACE.sub(" ", _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")))
    text = "\n".join(line.strip() for line in text.split("\n")).strip()
    done = []
    for name, rule in _MENDS.items():
        better = rule(text).strip()
        if better != text:
            done.append(name)
        text = better
    return Mended(text, tuple(done))


def one_line(text: str) -> str:
    """The lines of a cell as one; a line that begins anew after one without a mark at its end is set apart by ";"."""
    whole = ""
    for line in (line.strip() for line in text.split("\n")):
        if line and whole:
            new = (line[0].isupper() or line[0] in "-+•") and whole[-1] not in ".;:,…(/-"
            whole += f"; {line}" if new else f" {line}"
        else:
            whole += line
    return whole


_CODE = re.compile(
    r"[(“\"]?(?:\d{1,2}/\d{1,2}/\d{4}|(?:[IVX]{1,3}|\d{1,2})/20\d\d|\d+/(?:\d{4}/)?[A-ZĐa-z&]+(?:-[A-ZĐ&a-z]+)+)[)”\",.;:]*"
)


def run_on(first: str, rest: str) -> str:
    """Two lines of one sentence; a date or a document's number that the end of the line broke is whole again."""
    last, _, _ = f"{rest} ".partition(" ")
    broken = first.split(" ")[-1]
    whole = _CODE.fullmatch(broken + last) and not _CODE.fullmatch(broken)
    return f"{first}{rest}" if whole or re.search(r"\w-$", first) else f"{first} {rest}".strip()
