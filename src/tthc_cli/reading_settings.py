"""How the words of a plan are read: what the table `[reading]` of a workspace, and `--reading`, may say."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tthc_cli.records import LEVELS, PROOFS
from tthc_cli.setting_values import Keys, days, names, one_of, yes_or_no
from tthc_cli.written import Unsound

_TASK = r"[A-Za-z]{1,8}[ .-]*[0-9]+(?:[ .-]+[0-9]+)*"


def _covers(value: object) -> tuple[str, ...]:
    """Levels and tasks: a list, or words parted by commas; "all" is every level."""
    listed = names(value)
    if [name.casefold() for name in listed] == ["all"]:
        return LEVELS
    for name in listed:
        if name.casefold() not in LEVELS and not re.fullmatch(_TASK, name):
            raise Unsound("covers_unknown", value=name, expected=", ".join((*LEVELS, "all")))
    if not listed:
        raise Unsound("covers_unknown", value="", expected=", ".join((*LEVELS, "all")))
    return tuple(dict.fromkeys(name.casefold() if name.casefold() in LEVELS else name for name in listed))


def _exempt(value: object) -> dict[str, tuple[str, ...]]:
    """Units that owe nothing under a task: a table of lists, or "XI.1: vp-ubnd-tinh, so-tttt"; "" for nobody."""
    if isinstance(value, Mapping):
        return {str(task): names(units) for task, units in value.items()}
    if not isinstance(value, str):
        raise Unsound("setting_type", value=str(value), expected="table")
    if not value:
        return {}
    task, colon, units = value.partition(":")
    if not colon:
        raise Unsound("reading_except", value=value)
    return {task.strip(): names(units)}


READING: Keys = {
    "before_excludes_day": ("before_excludes_day", yes_or_no),
    "day_off": ("day_off", one_of("next", "stay")),
    "proof": ("proof", one_of(*PROOFS)),
    "covers": ("covers", _covers),
    "register_lag": ("register_lag", days),
    "except": ("exempt", _exempt),
}
