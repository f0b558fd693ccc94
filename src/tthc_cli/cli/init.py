"""`tthc init`: a new workspace."""

from pathlib import Path
from typing import Annotated

from tthc_cli.cli.inputs import Context, argument
from tthc_cli.errors import Trouble, UsageError


def run(context: Context, folder: Annotated[Path, argument("FOLDER")] = Path()) -> None:
    """Make the files of a workspace; none that exists is touched."""
    from tthc_cli.formats import make, write
    from tthc_cli.report import Report
    from tthc_cli.wording import fill, workspace

    files = {folder / name: content for name, content in _contents(context).items()}
    if there := [path for path in files if path.exists() or path.is_symlink()]:
        raise UsageError(*(Trouble(str(path), "already_there") for path in there))
    make(folder)
    for path, content in files.items():
        write(path, [content])
    created = tuple(fill(workspace.CREATED, {"path": path}) for path in files)
    payload = {"schema": "tthc.init/1", "files": [str(path) for path in files]}
    context.emit(Report(payload, before=(*created, workspace.NEXT)))


def _contents(context: Context) -> dict[str, bytes]:
    from tthc_cli import loading
    from tthc_cli.formats import form_xlsx
    from tthc_cli.reports import form
    from tthc_cli.submissions import CONTACTS, EVENTS, REGISTER
    from tthc_cli.understanding import Understanding
    from tthc_cli.wording.workspace import SETTINGS

    inputs = loading.load(context.settings())
    understanding = Understanding(inputs.plan, inputs.directory, inputs.reading, context.as_of)
    return {
        "tthc.toml": SETTINGS.encode(),
        "register.csv": _csv(form.headings(REGISTER)),
        "register.xlsx": b"".join(form_xlsx.render(form.register(understanding))),
        "events.csv": _csv(form.headings(EVENTS)),
        "contacts.csv": _csv(form.headings(CONTACTS)),
    }


def _csv(headings: dict[str, str]) -> bytes:
    """A heading line as Excel opens it in Vietnam."""
    return ("\ufeff" + ";".join(headings.values()) + "\r\n").encode()
