"""From a YAML file to the dataclasses that it describes, through pydantic; an error is trouble at its line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from tthc_cli.errors import InputError, Trouble
from tthc_cli.setting_values import nearest
from tthc_cli.written import Flaw, Unsound, Written
from tthc_cli.yaml_file import Document

Model = TypeVar("Model", bound=Written)
# What pydantic calls a key that is no field of a dataclass.
_EXTRA = "unexpected_keyword_argument"


def validated(model: type[Model], document: Document) -> Model:
    """What a document describes, or an InputError with all that is wrong with it, in the order of the file."""
    try:
        found = TypeAdapter(model).validate_python(document.plain)
    except ValidationError as error:
        raise _in_order(_trouble(model, document, item) for item in error.errors(include_url=False)) from None
    hold(document, found.flaws())
    return found


def hold(document: Document, flaws: Iterable[Flaw]) -> None:
    """An InputError with these flaws of a document, if there are any."""
    found = [Trouble(str(document.path), flaw.code, *document.find(flaw.loc), flaw.facts) for flaw in flaws]
    if found:
        raise _in_order(found)


def _in_order(found: Iterable[Trouble]) -> InputError:
    return InputError(*sorted(found, key=lambda trouble: (trouble.line or 0, trouble.column or 0)))


def _trouble(model: type[Written], document: Document, item: ErrorDetails) -> Trouble:
    """The error's own type is the code, and what it tells fills the blanks."""
    kind, loc, value, told = item["type"], item["loc"], item["input"], item.get("ctx", {})
    code = "value_missing" if value is None and kind != "missing" else kind
    if isinstance(unsound := told.get("error"), Unsound):
        code, told = unsound.code, unsound.facts
    facts: dict[str, object] = {"field": _field(loc), "value": _shown(value), "problem": item["msg"]}
    facts |= {name: _plain(fact) for name, fact in told.items()}
    if kind == _EXTRA:
        facts["suggestion"] = _meant(model, loc)
    return Trouble(str(document.path), code, *document.find(loc, key=kind == _EXTRA), facts)


def _meant(model: type[Written], loc: tuple[int | str, ...]) -> str | None:
    """The key that was probably meant, at the head of such files or below it; None for one that is known there."""
    schema, key = TypeAdapter(model).json_schema(), _field(loc)
    parts = [schema] if len(loc) == 1 else schema.get("$defs", {}).values()
    known = {name: None for part in parts for name in part.get("properties", ())}
    return None if key in known else nearest(key, known)


def _plain(fact: object) -> object:
    """A list of choices without the quotes and the English "or" that pydantic puts between them."""
    return fact.replace("'", "").replace(" or ", ", ") if isinstance(fact, str) and "'" in fact else fact


def _field(loc: tuple[int | str, ...]) -> str:
    """The name of the field: the last part of the path that is one; a key is of the field that holds it."""
    names = [part for part in (loc[:-2] if loc[-1:] == ("[key]",) else loc) if isinstance(part, str)]
    return names[-1] if names else ""


def _shown(value: object) -> str:
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    if not isinstance(value, str):
        return ""
    return value if len(value) <= 60 else value[:59] + "…"
