"""Reads documents of any usual format into the one neutral form: one module a format, chosen by the file's content."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from tthc_cli.agencies import Directory
from tthc_cli.drafting.document import Document, Table
from tthc_cli.errors import InputError, Trouble, UsageError
from tthc_cli.register_xlsx import LOCKED
from tthc_cli.submissions import file_trouble
from tthc_cli.tables import OLE

if TYPE_CHECKING:
    from tthc_cli.drafting.draft import Draft

MOST_BYTES = 200_000_000
_READERS = {
    "docx": "word",
    "xlsx": "sheets",
    "pdf": "pdf",
    "html": "web",
    "text": "plain",
    "office": "office",
}


def read_document(path: Path) -> Document:
    """A document's paragraphs and tables; an InputError says why a file cannot be read."""
    try:
        data = _bytes(path)
    except (OSError, ValueError) as error:
        raise InputError(file_trouble(str(path), error)) from None
    kind = _kind(path, data)
    document: Document = import_module(f"tthc_cli.importing.{_READERS[kind]}").read(path)
    if not document:
        raise InputError(Trouble(str(path), "empty_document"))
    return document


def drafted(path: Path, directory: Directory, year: int | None = None) -> Draft:
    """The draft of a plan from a file; InputError without tasks in it, UsageError without a year."""
    from tthc_cli.drafting.draft import make_draft

    document = read_document(path)
    draft = make_draft(document, directory, year)
    if not draft.tasks:
        tables = (block for block in document if isinstance(block, Table) and block.rows)
        shown = (" | ".join(cell.text for cell in table.rows[0].cells)[:80] for table in tables)
        raise InputError(
            Trouble(str(path), "no_plan_table", facts={"headings": "; ".join(f"“{text}”" for text in shown)})
        )
    if draft.year is None:
        raise UsageError(Trouble(str(path), "no_year"))
    return draft


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if not data.strip():
        raise InputError(Trouble(str(path), "empty_file"))
    if len(data) > MOST_BYTES:
        raise InputError(Trouble(str(path), "file_too_large", facts={"megabytes": MOST_BYTES // 1_000_000}))
    return data


def _kind(path: Path, data: bytes) -> str:
    """What a file is by its first bytes; its suffix decides only between text formats."""
    if data.startswith(b"PK"):
        return _zipped(path)
    if data.startswith(OLE):
        if LOCKED in data:
            raise InputError(Trouble(str(path), "locked_document"))
        return "office"
    if data[:1024].lstrip().startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "office"
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    named = path.suffix.casefold() in (".html", ".htm", ".xhtml", ".mht")
    marked = start.startswith((b"<!doctype html", b"<html")) or b"<table" in data.lower()
    return "html" if named or marked else "text"


def _zipped(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
            size = sum(item.file_size for item in archive.infolist())
    except (BadZipFile, OSError, ValueError, RuntimeError):
        raise InputError(Trouble(str(path), "damaged_document")) from None
    if size > 10 * MOST_BYTES:
        raise InputError(Trouble(str(path), "file_too_large", facts={"megabytes": 10 * MOST_BYTES // 1_000_000}))
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("content.xml", "office")):
        if any(name.startswith(folder) for name in names):
            return kind
    raise InputError(Trouble(str(path), "not_a_document"))
