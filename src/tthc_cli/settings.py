"""What a command is told to use: options before the environment before `tthc.toml` before what is built in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tthc_cli.errors import InputError, OutputError, Trouble, UsageError
from tthc_cli.records import NOTHING, Claim, Reading
from tthc_cli.remote import Remote, Source, source
from tthc_cli.setting_values import PATHS, Origin, below, days, nearest
from tthc_cli.tuples import NamedTuple
from tthc_cli.written import Unsound

if TYPE_CHECKING:
    from tthc_cli.letterhead import Letterhead
    from tthc_cli.mail_settings import Mail

FILE = "tthc.toml"
DUE_SOON = 5


class Settings(NamedTuple):
    """Everything that may be set. A path of None: built in (plan, agencies, calendar) or none (the others).

    mail_table, letter_table: what `[mail]` and `[letter]` say, by the fields that it fills; workspace: the folder of
    `tthc.toml`; origins: where each setting was given.
    shards: of the register only these files, and of each the rows that are claimed; none: all of it.
    cache: the folder for what a later run can begin with (`cache`); None: nothing is kept.
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

    @contextmanager
    def naming(self) -> Iterator[None]:
        """Let trouble with a whole file tell where the file was named."""
        try:
            yield
        except (InputError, OutputError) as error:
            error.troubles = tuple(map(self._named, error.troubles))
            raise

    def _named(self, trouble: Trouble) -> Trouble:
        from tthc_cli.mail_settings import MAIL_PATHS

        files = {f"mail.{key}": str(getattr(self.mail, key)) for key in MAIL_PATHS}
        files |= {key: str(getattr(self, key)) for key in PATHS}
        keys = (key for key, path in files.items() if trouble.line is None and path == trouble.path)
        origin = self.origins.get(next(keys, ""), Origin())
        named = {"named": ":".join(str(part) for part in origin if part)} if origin.path else {}
        return trouble._replace(facts={**trouble.facts, **named})


def read(options: Mapping[str, object], environ: Mapping[str, str], cwd: Path) -> Settings:
    """The settings in force.

    options: paths by name, `workspace`, `reading` (KEY=VALUE, one or several), `covers`, `due_soon`; None: not given.
    """
    settings = Settings(cache=None if options.get("no_cache") else _cache(environ))
    if file := _workspace_file(options, environ, cwd):
        from tthc_cli import workspace_file

        settings = settings._replace(**workspace_file.read(file, _shown(file.parent, cwd)))
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


def _from_environment(settings: Settings, environ: Mapping[str, str], cwd: Path) -> Settings:
    """The settings with those of TTHC_* variables; an empty variable says nothing."""
    paths: dict[str, Any] = {}
    origins = dict(settings.origins)
    for key in PATHS:
        if value := environ.get(name := f"TTHC_{key.upper()}"):
            paths[key] = _typed_path(value, cwd)
            origins[key] = Origin(name)
    settings = settings._replace(**paths, origins=origins)
    settings = _with_reading(settings, [environ.get("TTHC_READING", "")], "TTHC_READING")
    covers = environ.get("TTHC_COVERS")
    return _with_reading(settings, [f"covers={covers}"], "TTHC_COVERS") if covers else settings


def _from_options(settings: Settings, options: Mapping[str, object], cwd: Path) -> Settings:
    """The settings with those of the command line; an empty path takes one away."""
    given = {key: options[key] for key in PATHS if options.get(key) is not None}
    paths: dict[str, Any] = {key: _typed_path(str(value), cwd) if value else None for key, value in given.items()}
    settings = settings._replace(**paths, origins={**settings.origins, **dict.fromkeys(given, Origin())})
    settings = _with_reading(settings, _texts(options.get("reading")), "")
    if covers := _texts(options.get("covers")):
        settings = _with_reading(settings, [f"covers={','.join(covers)}"], "", option="covers")
    if (due_soon := options.get("due_soon")) is not None:
        try:
            settings = settings._replace(due_soon=days(due_soon))
        except Unsound as wrong:
            raise UsageError(
                Trouble("", wrong.code, facts={"key": "due_soon", "option": "due_soon", **wrong.facts})
            ) from None
    return settings


def _texts(given: object) -> list[str]:
    """What an option says that may be given several times; nothing where it is not given."""
    if given is None:
        return []
    return [*map(str, given)] if isinstance(given, list | tuple) else [str(given)]


def _typed_path(value: str, cwd: Path) -> Source:
    """A path as it was typed; "-" is standard input."""
    return source(value) if value == "-" or cwd == Path.cwd() else cwd / source(value)


def _with_reading(settings: Settings, texts: list[str], path: str, option: str = "reading") -> Settings:
    """The settings with readings written KEY=VALUE, several parted by ";"."""
    given = [part.strip() for text in texts for part in text.split(";") if part.strip()]
    if not given:
        return settings
    from tthc_cli.reading_settings import READING

    found: dict[str, Any] = {}
    origins = dict(settings.origins)
    troubles: list[Trouble] = []
    for key, equals, value in (map(str.strip, part.partition("=")) for part in given):
        try:
            if key not in READING:
                raise Unsound("reading_unknown", known=", ".join(READING), suggestion=nearest(key, READING))
            if not equals:
                raise Unsound("reading_bare")
            field, read = READING[key]
            said = read(value)
            found[field] = {**found.get(field, {}), **said} if key == "except" else said
            origins[key] = Origin(path)
        except Unsound as wrong:
            facts = {"key": key, "value": value, "option": option, **wrong.facts}
            troubles.append(Trouble(path, wrong.code, facts=facts))
    if troubles:
        raise UsageError(*troubles)
    return settings._replace(reading=settings.reading._replace(**found), origins=origins)
