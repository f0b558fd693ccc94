"""Reads a `tthc.toml`: whole, before anything in it is refused."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tthc_cli.errors import InputError, Trouble
from tthc_cli.records import Reading
from tthc_cli.remote import Source, source
from tthc_cli.setting_values import PATHS, Keys, Origin, days, file_name, nearest
from tthc_cli.text_file import read_text
from tthc_cli.written import Unsound

_TABLES = ("reading", "check", "mail", "letter")
_CHECK: Keys = {"due_soon": ("due_soon", days)}


def read(file: Path, folder: Path) -> Mapping[str, Any]:
    """What a file sets, by the fields of `Settings`; an InputError with all that is wrong in it.

    folder: its own, as people are to read it; the paths in it are taken from there.
    """
    return _File(file, folder).fields()


def _keys(table: str) -> Keys:
    """The keys of a table; most files have few tables."""
    match table:
        case "reading":
            from tthc_cli.reading_settings import READING

            return READING
        case "mail":
            from tthc_cli.mail_settings import MAIL

            return MAIL
        case "letter":
            from tthc_cli.letter_settings import LETTER

            return LETTER
    return _CHECK


class _File:
    def __init__(self, file: Path, folder: Path) -> None:
        self.path, self.folder = folder / file.name, folder
        self.text = read_text(self.path)
        self.troubles: list[Trouble] = []
        self.origins: dict[str, Origin] = {}

    def fields(self) -> dict[str, Any]:
        """What is set, by the fields of `Settings`."""
        content = self._content()
        self._unknown(content, (*PATHS, *_TABLES), "")
        paths = {key: self._path(key, content[key]) for key in PATHS if key in content}
        reading, check, mail, letter = (self._table(name, content.get(name, {})) for name in _TABLES)
        if self.troubles:
            raise InputError(*sorted(self.troubles, key=lambda trouble: trouble.line or 0))
        tables = {"reading": Reading(**reading), **check, "mail_table": mail, "letter_table": letter}
        return {**paths, **tables, "workspace": self.folder, "origins": self.origins}

    def _content(self) -> Mapping[str, Any]:
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(self._syntax(str(error))) from None

    def _syntax(self, message: str) -> Trouble:
        found = re.search(r"(.*) \(at line (\d+), column (\d+)\)", message)
        if not found:
            return Trouble(str(self.path), "toml", facts={"why": message})
        return Trouble(str(self.path), "toml", int(found[2]), int(found[3]), {"why": found[1]})

    def _trouble(self, code: str, table: str, key: str, **facts: object) -> None:
        path, line = self._origin(table, key)
        self.troubles.append(Trouble(path, code, line, None, {"key": key, "table": table, **facts}))

    def _unknown(
        self, content: Mapping[str, object], known: Mapping[str, object] | tuple[str, ...], table: str
    ) -> None:
        for key in filter(lambda key: key not in known, content):
            if key in PATHS:
                self._trouble("setting_above", table, key)
            elif home := next((name for name in _TABLES if key in _keys(name)), None):
                self._trouble("setting_elsewhere", table, key, home=home)
            else:
                self._trouble("setting_unknown", table, key, known=", ".join(known), suggestion=nearest(key, known))

    def _path(self, key: str, value: object) -> Source | None:
        self.origins[key] = self._origin("", key)
        try:
            named = file_name(value)
        except Unsound as wrong:
            self._trouble(wrong.code, "", key, **wrong.facts)
            return None
        return self.folder / source(named) if named else None

    def _table(self, name: str, content: object) -> dict[str, Any]:
        """The values of a table by the fields that they fill; what is unsound is troubled at its line."""
        if not isinstance(content, dict):
            self._trouble("setting_type", "", name, expected="table")
            return {}
        if not content:
            return {}
        keys = _keys(name)
        self._unknown(content, keys, name)
        found: dict[str, Any] = {}
        for key in filter(keys.__contains__, content):
            self.origins[key if name == "reading" else f"{name}.{key}"] = self._origin(name, key)
            field, read = keys[key]
            try:
                found[field] = read(content[key])
            except Unsound as wrong:
                self._trouble(wrong.code, name, key, **wrong.facts)
        return found

    def _origin(self, table: str, key: str) -> Origin:
        return Origin(str(self.path), _line_of(self.text, table, key))


def _line_of(text: str, table: str, key: str) -> int | None:
    """The line that sets a key of a table, else the line that opens the table."""
    written = rf"\s*[\"']?{re.escape(key)}[\"']?\s*"
    inside, opened = "", None
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
            inside = header[1].strip("\"'")
            if inside in (table, key) or inside.startswith(f"{table or key}."):
                opened = opened or number
            if inside == (f"{table}.{key}" if table else key):
                return number
        elif inside == table and re.match(rf"{written}[.=]", line):
            return number
        elif not inside and table and re.match(rf"\s*{re.escape(table)}\s*[.=]", line):
            opened = opened or number
    return opened
