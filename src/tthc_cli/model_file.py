"""From a YAML file to a pydantic model; each error of the model is told as trouble at its line."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from tthc_cli.errors import InputError, Trouble
from tthc_cli.yaml_file import Document

Model = TypeVar("Model", bound=BaseModel)


def validated(model: type[Model], document: Document) -> Model:
    """The model of a document, or an InputError with all that is wrong with it, in the order of the file."""
    try:
        return model.model_validate(document.plain)
    except ValidationError as error:
        found = [_trouble(document, item) for item in error.errors(include_url=False)]
        raise InputError(*sorted(found, key=lambda trouble: (trouble.line or 0, trouble.column or 0))) from None


def _trouble(document: Document, item: ErrorDetails) -> Trouble:
    """The error's own type is the code, and what it tells fills the blanks."""
    kind, loc, value = item["type"], item["loc"], item["input"]
    code = "value_missing" if value is None and kind != "missing" else kind
    told = {name: _plain(fact) for name, fact in item.get("ctx", {}).items()}
    facts = {"field": _field(loc), "value": _shown(value), "problem": item["msg"], **told}
    return Trouble(str(document.path), code, *document.find(loc, key=kind == "extra_forbidden"), facts)


def _plain(fact: object) -> object:
    """A list of choices without the quotes and the English "or" that pydantic puts between them."""
    return fact.replace("'", "").replace(" or ", ", ") if isinstance(fact, str) and "'" in fact else fact


def _field(loc: tuple[int | str, ...]) -> str:
    """The name of the field: the last part of the path that is one."""
    names = [part for part in loc if isinstance(part, str) and part != "[key]"]
    return names[-1] if names else ""


def _shown(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return value if len(value) <= 60 else value[:59] + "…"
