"""Caches what plan, directory and calendar files say in a form that needs no checking, for the next run to begin with.

An entry is plain JSON, which holds nothing that could run, under the bytes of the sources and the shape of the classes
(`cache`). One that is damaged, or cannot be written, is as if it were not there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

from tthc_cli import cache
from tthc_cli.agencies import Agency, Directory, Where
from tthc_cli.place_names import Tables
from tthc_cli.plan import Amendment, Answer, Plan, Product, Section, Task
from tthc_cli.rules import AnyRule, DataWindow
from tthc_cli.tuples import NamedTuple
from tthc_cli.workdays import YearDays
from tthc_cli.written import Written

_RULES = get_args(get_args(AnyRule)[0])
_PARTS = (Plan, Task, Section, Amendment, Product, Answer, DataWindow, Agency, Where)
_CLASSES: dict[str, type[Written]] = {cls.__name__: cls for cls in (*_PARTS, *_RULES)}


class Sources(NamedTuple):
    """What the three files say: the plan, the directory, the verified years, and short hashes of them.

    disputed: tasks whose rule disagrees with its words.
    """

    plan: Plan
    directory: Directory
    years: Mapping[int, YearDays]
    hashes: Mapping[str, str]
    disputed: tuple[str, ...] = ()


def cached(folder: Path | None, paths: Iterable[Path], read: Callable[[], Sources]) -> Sources:
    """What these files say: from the cache in a folder (None: no cache), else from `read`, whose answer is stored."""
    files = tuple(paths)
    key = cache.key_of(_shape(), files) if folder else None
    if folder is None or key is None:
        return read()
    file = cache.entry(folder, "\0".join(str(path.absolute()) for path in files), "tthc")
    if (text := cache.load(file, key)) and (found := _sources(text)):
        return found
    sources = read()
    cache.store(file, key, _text(sources))
    return sources


def _shape() -> object:
    """The classes of what is kept, their fields, and the modules that define or make them, as they are now."""
    modules = {
        "naming",
        "place_names",
        "directory_file",
        *(cls.__module__.rpartition(".")[2] for cls in (YearDays, *_CLASSES.values())),
    }
    stats = [Path(__file__).with_stem(name).stat() for name in sorted(modules)]
    shapes = {name: cls._fields for name, cls in _CLASSES.items()}
    return shapes, [(stat.st_size, stat.st_mtime_ns) for stat in stats]


def _sources(text: bytes) -> Sources | None:
    try:
        found = json.loads(text)
        plan, units = _back(found["plan"]), _back(found["units"])
        years = {days.year: days for days in map(YearDays._make, _back(found["years"]))}
        directory = Directory(units, found["names"], Tables(*found["tables"]))
        return Sources(plan, directory, years, found["hashes"], tuple(found["disputed"]))
    except (ValueError, KeyError, TypeError):
        return None


def _text(sources: Sources) -> bytes:
    directory = sources.directory
    found = {
        "plan": _plain(sources.plan),
        "units": _plain(directory.units),
        "names": directory.names,
        "tables": directory.tables,
        "years": _plain(tuple(sources.years.values())),
        "hashes": sources.hashes,
        "disputed": sources.disputed,
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    """A value as JSON holds it: what is no text, number or truth value becomes a list that begins with its kind.

    What consists of fields is told by those that are not as they are by default.
    """
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, tuple):
        return ["tuple", *map(_plain, value)]
    if isinstance(value, dict):
        return ["dict", *(_plain(pair) for pair in value.items())]
    if isinstance(value, Written):
        usual = value._defaults
        told = {name: each for name, each in value._asdict().items() if name not in usual or each != usual[name]}
        return [type(value).__name__, {name: _plain(each) for name, each in told.items()}]
    return value


def _back(plain: list[Any]) -> Any:
    """The value of which a list was made; it was checked when it was read."""
    kind, *parts = plain
    if kind == "date":
        return date.fromisoformat(parts[0])
    if kind in _CLASSES:
        made: Any = object.__new__(_CLASSES[kind])
        fields = vars(made)
        fields.update(made._defaults)
        fields.update(parts[0])
        for name, part in parts[0].items():
            if part.__class__ is list:
                fields[name] = _back(part)
        return made
    values = [_back(part) if isinstance(part, list) else part for part in parts]
    return tuple(values) if kind == "tuple" else dict(values)
