"""What a command is told to use: options before the environment before `tthc.toml` before what is built in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tthc_cli.errors import InputError, Trouble, UsageError
from tthc_cli.records import LEVELS, NOTHING, PROOFS, Claim, Reading
from tthc_cli.remote import Remote, Source, source
from tthc_cli.setting_values import below, days, names, nearest, one_of, yes_or_no
from tthc_cli.text_file import read_text
from tthc_cli.tuples import NamedTuple
from tthc_cli.written import Unsound

if TYPE_CHECKING:
    from tthc_cli.letterhead import Letterhead
    from tthc_cli.mail_settings import Mail

FILE = "tthc.toml"
PATHS = ("plan", "agencies", "calendar", "register", "events", "extensions", "assignments", "contacts")
DUE_SOON = 5
_READING = {"except" if name == "exempt" else name: name for name in Reading._fields}
_Tables = Mapping[str, Mapping[str, Any]]
_Types = Mapping[str, tuple[str, Callable[[Any], Any]]]
"""What reads each key of a table, and the field that it fills."""
_TABLES = ("reading", "check", "mail", "letter")
_TASK = r"[A-Za-z]{1,8}[ .-]*[0-9]+(?:[ .-]+[0-9]+)*"


class Origin(NamedTuple):
    """Where a setting was given: a file and line, the name of a variable, or "" for an option."""

    path: str = ""
    line: int | None = None


class Settings(NamedTuple):
    """Everything that may be set. A path of None: built in (plan, agencies, calendar) or none (the others).

    mail_table, letter_table: what `[mail]` and `[letter]` say, by the fields that it fills; workspace: the folder of
    `tthc.toml`; origins: where each setting was given.
    shards: of the register only these files, and of each the rows that are claimed; none: all of it.
    cache: the folder in which `compiled` keeps what was read; None: nowhere.
    """

    plan: Path | None = None
    agencies: Path | None = None
    calendar: Path | None = None
    register: Source | None = None
    events: Path | None = None
    extensions: Path | None = None
    assignments: Path | None = None
    contacts: Path | None = None
    reading: Reading = Reading()
    due_soon: int = DUE_SOON
    mail_table: Mapping[str, Any] = NOTHING
    letter_table: Mapping[str, Any] = NOTHING
    workspace: Path | None = None
    origins: Mapping[str, Origin] = NOTHING
    cache: Path | None = None
    shards: tuple[tuple[Source, Claim], ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """What a report is made from: files, and folders or patterns of them."""
        named = [getattr(self, name) for name in PATHS]
        return tuple(filter(None, (*named, self.workspace and self.workspace / FILE)))

    @property
    def mail(self) -> Mail:
        """How mail leaves."""
        from tthc_cli.mail_settings import MAIL_PATHS, Mail

        said = Mail(**self.mail_table)
        return said._replace(**below(self.workspace or Path(), said, MAIL_PATHS))

    @property
    def office(self) -> Letterhead:
        """Who writes official papers."""
        from tthc_cli.letter_settings import LETTER_PATHS
        from tthc_cli.letterhead import Letterhead

        said = Letterhead(**self.letter_table)
        return said._replace(**below(self.workspace or Path(), said, LETTER_PATHS))

    def below(self, folder: Path) -> Settings:
        """The same with its paths taken from a folder."""
        shards = tuple((folder / path, claim) for path, claim in self.shards)
        return self._replace(**below(folder, self, PATHS), shards=shards)

    def trouble(self, code: str, key: str, **facts: object) -> Trouble:
        """Trouble with a setting, at the place where it was given."""
        origin = self.origins.get(key, Origin())
        return Trouble(origin.path, code, origin.line, None, {"key": key, **facts})


def read(options: Mapping[str, object], environ: Mapping[str, str], cwd: Path) -> Settings:
    """The settings in force.

    options: paths by name, `workspace`, `reading` (KEY=VALUE, one or several), `covers`, `due_soon`; None: not given.
    """
    settings = Settings(cache=None if options.get("no_cache") else _cache(environ))
    if file := _workspace_file(options, environ, cwd):
        settings = _File(file, _shown(file.parent, cwd)).onto(settings)
    settings = _from_options(_from_environment(settings, environ, cwd), options, cwd)
    misplaced = [
        settings.trouble("register_only", key, value=str(path))
        for key in PATHS
        if isinstance(path := getattr(settings, key), Remote) and key != "register"
    ]
    if misplaced:
        raise InputError(*misplaced)
    return settings


def _cache(environ: Mapping[str, str]) -> Path | None:
    """The user's folder for what can be made again (XDG, or Windows' local application data); None if there is none."""
    if environ.get("TTHC_NO_CACHE"):
        return None
    above = environ.get("XDG_CACHE_HOME") or environ.get("LOCALAPPDATA")
    home = environ.get("HOME")
    folder = Path(above) if above else Path(home, ".cache") if home else None
    return folder / "tthc" if folder and folder.is_absolute() else None


def _workspace_file(options: Mapping[str, object], environ: Mapping[str, str], cwd: Path) -> Path | None:
    """The workspace's file: the one that is named, else the nearest upwards."""
    for named, origin in ((options.get("workspace"), ""), (environ.get("TTHC_WORKSPACE"), "TTHC_WORKSPACE")):
        if named:
            place = cwd / str(named)
            file = place if place.name == FILE else place / FILE
            if not file.is_file():
                raise UsageError(Trouble(origin, "workspace_missing", facts={"value": str(named), "file": FILE}))
            return file
    return next((up / FILE for up in (cwd, *cwd.parents) if (up / FILE).is_file()), None)


def _shown(path: Path, cwd: Path) -> Path:
    """A path as people read it: below the working folder relative to it."""
    return path.relative_to(cwd) if path.is_relative_to(cwd) and cwd == Path.cwd() else path


class _File:
    """One `tthc.toml`, read whole before anything is refused."""

    def __init__(self, file: Path, folder: Path) -> None:
        self.path, self.folder = folder / file.name, folder
        self.text = read_text(file)
        self.troubles: list[Trouble] = []
        self.origins: dict[str, Origin] = {}

    def onto(self, settings: Settings) -> Settings:
        """The settings with those of the file; an InputError with all that is wrong in it."""
        try:
            import tomllib

            content = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(self._syntax(str(error))) from None
        known = (*PATHS, *_TABLES)
        self._unknown(content, known, "")
        paths: dict[str, Any] = {key: self._path(key, content[key]) for key in PATHS if key in content}
        tables = {key: self._table(key, content.get(key, {})) for key in _TABLES}
        self._unknown(tables["reading"], _READING, "reading")
        self._unknown(tables["check"], ("due_soon",), "check")
        reading = self._typed(tables, "reading", {key: (_READING[key], read) for key, read in _TYPED.items()})
        mail, letter = self._mail(tables), self._letter(tables)
        due_soon = self._due_soon(tables["check"], settings.due_soon)
        if self.troubles:
            raise InputError(*sorted(self.troubles, key=lambda trouble: trouble.line or 0))
        return settings._replace(
            **paths,
            reading=settings.reading._replace(**reading),
            due_soon=due_soon,
            mail_table=mail,
            letter_table=letter,
            workspace=self.folder,
            origins=self.origins,
        )

    def _syntax(self, message: str) -> Trouble:
        found = re.search(r"(.*) \(at line (\d+), column (\d+)\)", message)
        if not found:
            return Trouble(str(self.path), "toml", facts={"why": message})
        return Trouble(str(self.path), "toml", int(found[2]), int(found[3]), {"why": found[1]})

    def _trouble(self, code: str, table: str, key: str, **facts: object) -> None:
        line = _line_of(self.text, table, key)
        self.troubles.append(Trouble(str(self.path), code, line, None, {"key": key, "table": table, **facts}))

    def _unknown(
        self, content: Mapping[str, object], known: Mapping[str, object] | tuple[str, ...], table: str
    ) -> None:
        for key in content:
            if key not in known:
                self._trouble("setting_unknown", table, key, known=", ".join(known), suggestion=nearest(key, known))

    def _path(self, key: str, value: object) -> Source | None:
        self.origins[key] = Origin(str(self.path), _line_of(self.text, "", key))
        if not isinstance(value, str):
            self._trouble("setting_type", "", key, expected="text")
            return None
        return self.folder / source(value) if value else None

    def _table(self, key: str, value: object) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self._trouble("setting_type", "", key, expected="table")
        return {}

    def _mail(self, tables: _Tables) -> dict[str, Any]:
        if not tables["mail"]:
            return {}
        from tthc_cli.mail_settings import MAIL

        self._unknown(tables["mail"], MAIL, "mail")
        return self._typed(tables, "mail", MAIL)

    def _letter(self, tables: _Tables) -> dict[str, Any]:
        if not tables["letter"]:
            return {}
        from tthc_cli.letter_settings import LETTER

        self._unknown(tables["letter"], LETTER, "letter")
        return self._typed(tables, "letter", LETTER)

    def _typed(self, tables: _Tables, name: str, types: _Types) -> dict[str, Any]:
        """The values of a table by the fields that they fill; what is unsound is troubled at its line."""
        found: dict[str, Any] = {}
        for key, value in tables[name].items():
            if key in types:
                self.origins[key if name == "reading" else f"{name}.{key}"] = Origin(
                    str(self.path), _line_of(self.text, name, key)
                )
                field, read = types[key]
                try:
                    found[field] = read(value)
                except Unsound as wrong:
                    self._trouble(wrong.code, name, key, **wrong.facts)
        return found

    def _due_soon(self, table: Mapping[str, object], default: int) -> int:
        try:
            return days(table.get("due_soon", default))
        except Unsound as wrong:
            self._trouble(wrong.code, "check", "due_soon", **wrong.facts)
            return default


def _from_environment(settings: Settings, environ: Mapping[str, str], cwd: Path) -> Settings:
    """The settings with those of TTHC_* variables; an empty variable says nothing."""
    paths: dict[str, Any] = {}
    origins = dict(settings.origins)
    for key in PATHS:
        if value := environ.get(name := f"TTHC_{key.upper()}"):
            paths[key] = _typed_path(value, cwd)
            origins[key] = Origin(name)
    settings = settings._replace(**paths, origins=origins)
    return _with_reading(settings, [environ.get("TTHC_READING", "")], "TTHC_READING")


def _from_options(settings: Settings, options: Mapping[str, object], cwd: Path) -> Settings:
    """The settings with those of the command line; an empty path takes one away."""
    given = {key: options[key] for key in PATHS if options.get(key) is not None}
    paths: dict[str, Any] = {key: _typed_path(str(value), cwd) if value else None for key, value in given.items()}
    settings = settings._replace(**paths, origins={**settings.origins, **dict.fromkeys(given, Origin())})
    reading = options.get("reading") or []
    settings = _with_reading(settings, [reading] if isinstance(reading, str) else [*map(str, _listed(reading))], "")
    if (covers := options.get("covers")) is not None:
        settings = _with_reading(settings, [f"covers={covers}"], "", option="covers")
    if (due_soon := options.get("due_soon")) is not None:
        try:
            settings = settings._replace(due_soon=days(due_soon))
        except Unsound as wrong:
            raise UsageError(Trouble("", wrong.code, facts={"key": "due_soon", **wrong.facts})) from None
    return settings


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _typed_path(value: str, cwd: Path) -> Source:
    """A path as it was typed; "-" is standard input."""
    return source(value) if value == "-" or cwd == Path.cwd() else cwd / source(value)


def _with_reading(settings: Settings, texts: list[str], path: str, option: str = "reading") -> Settings:
    """The settings with readings written KEY=VALUE, several parted by ";"."""
    found: dict[str, Any] = {}
    troubles: list[Trouble] = []
    for given in filter(None, (part.strip() for text in texts for part in text.split(";"))):
        key, equals, value = (part.strip() for part in given.partition("="))
        try:
            if not equals or key not in _READING:
                raise Unsound("reading_unknown", known=", ".join(_READING), suggestion=nearest(key, _READING))
            read = _TYPED[key](value)
            found[_READING[key]] = {**found.get("exempt", {}), **read} if key == "except" else read
        except Unsound as wrong:
            facts = {"key": key, "value": value, "option": option, **wrong.facts}
            troubles.append(Trouble(path, wrong.code, facts=facts))
    if troubles:
        raise UsageError(*troubles)
    keys = [key for key, name in _READING.items() if name in found]
    origins = {**settings.origins, **dict.fromkeys(keys, Origin(path))}
    return settings._replace(reading=settings.reading._replace(**found), origins=origins)


def _covers(value: object) -> tuple[str, ...]:
    """Levels and tasks: a list, or words parted by commas; "all" is every level."""
    listed = names(value)
    if [name.casefold() for name in listed] == ["all"]:
        return LEVELS
    for name in listed:
        if name.casefold() not in LEVELS and not re.fullmatch(_TASK, name):
            raise Unsound("covers_unknown", value=name, expected=", ".join((*LEVELS, "all")))
    if not listed:
        raise Unsound("covers_unknown", value="", expected=", ".join((*LEVELS, "all")))
    return tuple(dict.fromkeys(name.casefold() if name.casefold() in LEVELS else name for name in listed))


def _exempt(value: object) -> dict[str, tuple[str, ...]]:
    """Units that owe nothing under a task: a table of lists, or "XI.1: vp-ubnd-tinh, so-tttt"; "" for nobody."""
    if isinstance(value, Mapping):
        return {str(task): names(units) for task, units in value.items()}
    if not isinstance(value, str):
        raise Unsound("setting_type", value=str(value), expected="table")
    if not value:
        return {}
    task, colon, units = value.partition(":")
    if not colon:
        raise Unsound("reading_except", value=value)
    return {task.strip(): names(units)}


_TYPED: Mapping[str, Callable[[Any], Any]] = {
    "before_excludes_day": yes_or_no,
    "day_off": one_of("next", "stay"),
    "proof": one_of(*PROOFS),
    "covers": _covers,
    "register_lag": days,
    "except": _exempt,
}


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
