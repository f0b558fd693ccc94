"""JSON Schemas (2020-12) of the files that people write, for editors that complete and check as one types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tthc_cli.calendar_file import CalendarFile
from tthc_cli.directory_file import DirectoryFile
from tthc_cli.letter_settings import LETTER, LONGEST_ANSWER
from tthc_cli.mail_settings import LONGEST, MAIL, SECURITIES
from tthc_cli.plan import Plan
from tthc_cli.records import LEVELS, PROOFS
from tthc_cli.setting_values import LONGEST_LAG, PATHS

Schema = dict[str, Any]
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELS = {"plan": Plan, "agencies": DirectoryFile, "calendar": CalendarFile}


def schema(kind: str) -> Schema:
    """The schema of a plan, a directory, a calendar or a `tthc.toml`."""
    return {"$schema": _DIALECT, **(_workspace() if kind == "workspace" else _written(kind))}


def _written(kind: str) -> Schema:
    """What pydantic knows of the classes, without titles that repeat the names and with the tag of a rule required."""
    from pydantic import TypeAdapter

    found = TypeAdapter(_MODELS[kind]).json_schema()
    for part in _objects(found):
        properties = part.get("properties", {})
        for value in properties.values():
            value.pop("title", None)
        if "const" in properties.get("kind", {}):
            properties["kind"].pop("default", None)
            part["required"] = ["kind", *part.get("required", ())]
    return found


def _objects(part: object) -> Iterator[Schema]:
    """Every mapping inside a schema, the outermost first."""
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from _objects(value)
    elif isinstance(part, list):
        for value in part:
            yield from _objects(value)


def _workspace() -> Schema:
    """What `workspace_file` understands; it says more about a wrong value than a type could."""
    text, days = {"type": "string"}, {"type": "integer", "minimum": 0, "maximum": LONGEST_LAG}
    names = {"type": "array", "items": text}
    reading = {
        "before_excludes_day": {"type": "boolean"},
        "day_off": {"enum": ["next", "stay"]},
        "proof": {"enum": [*PROOFS]},
        "covers": {"anyOf": [{"const": "all"}, {"type": "array", "items": {"anyOf": [{"enum": [*LEVELS]}, text]}}]},
        "register_lag": days,
        "except": {"type": "object", "additionalProperties": {"anyOf": [text, names]}},
    }
    tables = {"reading": _closed(reading), "check": _closed({"due_soon": days}), "mail": _mail(), "letter": _letter()}
    return {"title": "tthc.toml", **_closed({**dict.fromkeys(PATHS, text), **tables})}


def _mail() -> Schema:
    text, address = {"type": "string"}, {"type": "string", "format": "email"}
    whole = {"again": (1, LONGEST), "new_within": (0, LONGEST), "port": (1, 65535), "timeout": (1, 600)}
    stage = {"type": "integer", "minimum": 0, "maximum": LONGEST}
    several: Schema = {"digest": {"anyOf": [text, {"type": "array", "items": address}]}}
    several["stages"] = {"type": "array", "minItems": 1, "items": stage}
    numbers = {key: {"type": "integer", "minimum": least, "maximum": most} for key, (least, most) in whole.items()}
    known = {"from": address, "reply_to": address, "security": {"enum": [*SECURITIES]}, **numbers, **several}
    return _closed({key: known.get(key, text) for key in MAIL})


def _letter() -> Schema:
    text = {"type": "string"}
    lines = {"anyOf": [text, {"type": "array", "items": text}]}
    several = dict.fromkeys(("signer_title", "recipients", "report_to"), lines)
    within = {"answer_within": {"type": "integer", "minimum": 1, "maximum": LONGEST_ANSWER}}
    return _closed({key: {**several, **within}.get(key, text) for key in LETTER})


def _closed(properties: Mapping[str, object]) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": dict(properties)}
