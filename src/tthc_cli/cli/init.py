"""`tthc init`: a new workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from tthc_cli.cli.inputs import Context, argument
from tthc_cli.errors import OutputError, Trouble, UsageError

if TYPE_CHECKING:
    from tthc_cli.submissions import Columns

# The unit that sends a paper is also who issued it, unless a row says otherwise.
_LEFT_OUT = {"issuer"}


def run(context: Context, folder: Annotated[Path, argument("FOLDER")] = Path()) -> None:
    """Make the files of a workspace; none that exists is touched."""
    from tthc_cli.formats import write_bytes
    from tthc_cli.report import Report
    from tthc_cli.wording import fill, workspace

    files = {folder / name: content for name, content in _contents().items()}
    if there := [path for path in files if path.exists() or path.is_symlink()]:
        raise UsageError(*(Trouble(str(path), "already_there") for path in there))
    _make(folder)
    for path, content in files.items():
        write_bytes(path, [content])
    created = tuple(fill(workspace.CREATED, {"path": path}) for path in files)
    payload = {"schema": "tthc.init/1", "files": [str(path) for path in files]}
    context.emit(Report(payload, before=(*created, workspace.NEXT)))


def _contents() -> dict[str, bytes]:
    from tthc_cli.formats.blank_xlsx import workbook
    from tthc_cli.submissions import CONTACTS, EVENTS, REGISTER
    from tthc_cli.wording.workspace import SETTINGS

    register, events = _headings(REGISTER), _headings(EVENTS)
    return {
        "tthc.toml": SETTINGS.encode(),
        "register.csv": _csv(register),
        "register.xlsx": workbook("register", register),
        "events.csv": _csv(events),
        "contacts.csv": _csv(_headings(CONTACTS)),
    }


def _headings(columns: Columns) -> dict[str, bool]:
    """The headings of a file in words, each with whether its cells are days."""
    from tthc_cli.wording import FIELDS

    named = ((field, FIELDS[field]) for field in columns.headings if field not in _LEFT_OUT)
    return {f"{words[0].upper()}{words[1:]}": field in columns.dates for field, words in named}


def _csv(headings: dict[str, bool]) -> bytes:
    """A heading line as Excel opens it in Vietnam."""
    return ("\ufeff" + ";".join(headings) + "\r\n").encode()


def _make(folder: Path) -> None:
    from tthc_cli.wording.troubles import why

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(Trouble(str(folder), "no_folder", facts={"why": why(error)})) from error
