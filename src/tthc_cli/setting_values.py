"""What the values of settings mean, wherever they are written, and where that was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from tthc_cli.naming import fold
from tthc_cli.tuples import NamedTuple
from tthc_cli.written import Unsound

PATHS = ("plan", "agencies", "calendar", "register", "events", "extensions", "assignments", "contacts")
BUILT_IN = {"plan": "plan_2021.yaml", "agencies": "agencies.yaml", "calendar": "calendar_vn.yaml"}
"""The files that come with the program, which are meant where none is named."""
LONGEST_LAG = 60
_YES = frozenset({"true", "yes", "1", "on", "co"})
_NO = frozenset({"false", "no", "0", "off", "khong"})
Keys = Mapping[str, tuple[str, Callable[[Any], Any]]]
"""Each key of a table: the field that it fills, and what reads its value."""


class Origin(NamedTuple):
    """Where a setting was given: a file and line, the name of a variable, or "" for an option."""

    path: str = ""
    line: int | None = None


def built_in(name: str) -> Path:
    """A file that comes with the program: beside the code once installed, at the top of the source tree before."""
    here = Path(__file__).parent
    places = (here / "data" / BUILT_IN[name], here.parents[1] / "data" / BUILT_IN[name])
    return next((path for path in places if path.is_file()), places[0])


def yes_or_no(value: object) -> bool:
    """A truth value, or a word for one."""
    if isinstance(value, bool):
        return value
    word = fold(value) if isinstance(value, str) else ""
    if word in _YES or word in _NO:
        return word in _YES
    raise Unsound("setting_type", value=str(value), expected="yes_or_no")


def one_of(*choices: str) -> Callable[[object], str]:
    """What reads one of these words."""

    def read(value: object) -> str:
        if isinstance(value, str) and (word := value.strip().casefold()) in choices:
            return word
        raise Unsound("setting_not_listed", value=str(value), expected=", ".join(choices))

    return read


def days(value: object) -> int:
    """A number of working days."""
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,3}", text) or int(text) > LONGEST_LAG:
        raise Unsound("setting_days", value=text, most=LONGEST_LAG)
    return int(text)


def names(value: object) -> tuple[str, ...]:
    """A list, or words parted by commas."""
    if isinstance(value, str):
        return tuple(filter(None, map(str.strip, value.split(","))))
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(item.strip() for item in value)
    raise Unsound("setting_type", value=str(value), expected="list")


def text(value: object) -> str:
    """A text that is not empty."""
    if isinstance(value, str) and (found := value.strip()):
        return found
    raise Unsound("setting_type", value=str(value), expected="text")


def line(value: object) -> str:
    """A text on one line."""
    return " ".join(text(value).split())


def file_name(value: object) -> str:
    """The name of a file, or nothing. Windows' separator begins an escape: "D:\\tthc" has a tab in it."""
    if not isinstance(value, str):
        raise Unsound("setting_type", value=str(value), expected="text")
    if not value.isprintable():
        raise Unsound("setting_escape")
    return value


def path(value: object) -> Path:
    """The name of a file."""
    return Path(file_name(text(value)))


def number(least: int, most: int) -> Callable[[object], int]:
    """What reads a whole number within bounds."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Unsound("setting_number", value=str(value), least=least, most=most)
        return value

    return read


def below(folder: Path, settings: object, fields: Iterable[str]) -> dict[str, Any]:
    """The paths among settings that are given, taken from a folder."""
    paths = {name: getattr(settings, name) for name in fields}
    return {name: folder / path for name, path in paths.items() if path}


def nearest(key: str, known: Mapping[str, object] | tuple[str, ...]) -> str | None:
    """The known key that was probably meant."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(key, [*known], 1, 0.6)), None)
