"""Reads old Word files, RTF and OpenDocument through LibreOffice, where it is installed."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from tthc_cli.drafting.document import Document
from tthc_cli.errors import InputError, Trouble
from tthc_cli.importing import sheets, word

_PROGRAMS = ("soffice", "libreoffice")
_LONGEST = 180
_SHEETS = {".xls", ".ods"}


def read(path: Path) -> Document:
    """The document as LibreOffice makes a DOCX (or XLSX) of it; InputError without LibreOffice or if it fails."""
    program = next((found for name in _PROGRAMS if (found := which(name))), None)
    if not program:
        raise InputError(Trouble(str(path), "office_missing"))
    into, reader = ("xlsx", sheets.read) if path.suffix.casefold() in _SHEETS else ("docx", word.read)
    with TemporaryDirectory() as folder:
        # A profile of its own: a LibreOffice that is open would else take the work and write nothing.
        command = [program, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", into, "--outdir", folder, str(path.resolve())]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_LONGEST)  # noqa: S603 - no shell, a file's path
        except (OSError, subprocess.SubprocessError) as error:
            raise InputError(Trouble(str(path), "office_failed")) from error
        made = Path(folder, f"{path.stem}.{into}")
        if not made.is_file():
            raise InputError(Trouble(str(path), "office_failed"))
        return reader(made)
