"""Official papers as Word files: a template, ours or an office's own, filled in."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from tthc_cli.errors import InputError, Trouble
from tthc_cli.formats import word
from tthc_cli.formats.official_layout import Kind, template
from tthc_cli.official import Official
from tthc_cli.wording import fill
from tthc_cli.wording.letters import UNUSABLE


def render(paper: Official, day: date, kind: Kind, own: bytes | None = None, trouble: Trouble | None = None) -> bytes:
    """The file of a paper of this day; the same paper makes the same bytes.

    own: an office's own template. InputError with `trouble`, which says where it was set, if it cannot be used.
    """
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    source = BytesIO(own) if own is not None else BytesIO(word.packed(template(kind)))
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=word.legal)
    try:
        made: Any = DocxTemplate(source)
        made.render({"paper": paper}, environment)
        word.sign_off(made.docx, f"{paper.parent} {paper.issuer}".strip(), paper.subject, day)
        return word.packed(made)
    except Exception as error:
        if own is None or trouble is None:
            raise
        facts = {**trouble.facts, "why": _why(error)}
        raise InputError(trouble._replace(code="template_unusable", facts=facts)) from None


def _why(error: Exception) -> str:
    """What is wrong with a template, by what the libraries raise."""
    from jinja2 import UndefinedError

    if isinstance(error, UndefinedError):
        return fill(UNUSABLE["name"], {"name": re.findall("'([^']*)'", str(error))[-1:]})
    return UNUSABLE["file" if isinstance(error, (BadZipFile, LookupError, ValueError)) else "tag"]


def blank(kind: Kind) -> bytes:
    """Our own layout with its places, for an office to make its own of."""
    return word.packed(template(kind))
