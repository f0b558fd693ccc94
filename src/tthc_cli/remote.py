"""Registers that lie elsewhere: what a URL of s3, gs, https and the like names, fetched through fsspec."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from tthc_cli.errors import InputError, Trouble
from tthc_cli.tuples import NamedTuple

_URL = r"([A-Za-z][A-Za-z0-9+.-]+)://"


class Remote(NamedTuple):
    """A file, a pattern with `*`, or a folder, whose URL ends in "/"."""

    url: str

    def __str__(self) -> str:
        return self.url

    def __rtruediv__(self, folder: Path) -> Remote:
        """Whatever folder it is taken from, a URL stays the same, like a path from the root."""
        return self

    @property
    def _path(self) -> PurePosixPath:
        return PurePosixPath(unquote(self.url.partition("?")[0]) if self.of_web else self.url)

    @property
    def of_web(self) -> bool:
        """Whether a web server has it: what is asked of that stands behind "?", and letters may be written as `%20`."""
        return self.url.startswith(("http://", "https://"))

    @property
    def name(self) -> str:
        """Its last part."""
        return self._path.name

    @property
    def stem(self) -> str:
        """Its name without its suffix."""
        return self._path.stem

    @property
    def suffix(self) -> str:
        """The end of its name that tells its kind, as ".csv"."""
        return self._path.suffix

    def is_file(self) -> bool:
        """Whether it is a file of this machine, which it never is."""
        return False

    def files(self) -> tuple[Remote, ...]:
        """What is in a folder, or fits a pattern, folders among it; else itself.

        InputError if any folder that has to be looked into cannot be listed.
        """
        pattern = self.url + "*" if self.url.endswith("/") else self.url
        if "*" not in pattern:
            return (self,)
        start = pattern.rindex("/", 0, pattern.index("*")) + 1
        return tuple(_fitting(Remote(pattern[:start]), pattern[start:].split("/")))

    def _inside(self) -> list[Remote]:
        """What a folder holds, each once."""
        with _told(self.url):
            files, place = _found(self.url)
            if self.of_web:
                from tthc_cli.web import links

                return [*map(Remote, links(self.url, files.cat_file(place)))]
            top = str(files._strip_protocol(self.url)).rstrip("/") + "/"
            found = {(str(info["name"]), info["type"]) for info in files.ls(place, detail=True)}
        names = [path.removeprefix(top).rstrip("/") + "/" * (kind == "directory") for path, kind in found]
        return [Remote(self.url + name) for name in names if name.strip("/")]

    @contextmanager
    def fetched(self) -> Iterator[Path]:
        """A copy of the file on this machine, for as long as it is needed. InputError where it cannot be had."""
        with _folder(self.url) as folder:
            copy = folder / f"register{self.suffix}"
            with _told(self.url):
                files, place = _found(self.url)
                files.get_file(place, str(copy))
            yield copy


Source = Path | Remote


def source(text: str) -> Source:
    """The path or the URL that a text is."""
    if "://" not in text or not (found := re.match(_URL, text)):
        return Path(text)
    rest = text[found.end() :]
    if found[1].lower() in ("file", "local"):
        return Path(re.sub("^/(?=[A-Za-z]:)", "", unquote(rest)))  # "file:///D:/so" is D:/so
    return Remote(found[0].lower() + rest)


def _fitting(folder: Remote, parts: Sequence[str]) -> Iterator[Remote]:
    """What fits a pattern, part by part: `*` is any letters, `**` any folders."""
    first, *rest = parts
    inside = folder._inside()
    if first == "**" and rest:
        yield from _fitting(folder, rest)
        for entry in inside:
            if entry.url.endswith("/"):
                yield from _fitting(entry, parts)
        return
    pattern = re.compile(".*".join(map(re.escape, (unquote(first) if folder.of_web else first).split("*"))), re.DOTALL)
    for entry in inside:
        if not pattern.fullmatch(entry.name):
            continue
        if not rest:
            yield entry
        elif entry.url.endswith("/"):
            yield from _fitting(entry, rest)


def _found(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the place in it."""
    import logging

    from fsspec.core import url_to_fs

    for name in ("gcsfs", "s3fs"):  # what they log is in the errors that they raise
        logging.getLogger(name).setLevel(logging.CRITICAL)
    if Remote(url).of_web:
        from tthc_cli.web import client

        files, place = url_to_fs(url, get_client=client)
    else:
        files, place = url_to_fs(url)
    return files, place


@contextmanager
def _folder(url: str) -> Iterator[Path]:
    """A folder for a copy; InputError where none can be made."""
    from tempfile import TemporaryDirectory

    from tthc_cli.wording.troubles import why

    try:
        made = TemporaryDirectory(prefix="tthc-")
    except OSError as error:
        raise InputError(Trouble(url, "no_room", facts={"why": why(error)})) from error
    with made as folder:
        yield Path(folder)


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Every file system has its own errors, and not all are OSErrors."""
    try:
        yield
    except InputError as error:
        raise InputError(*(trouble._replace(path=url) for trouble in error.troubles)) from error
    except TimeoutError as error:
        raise InputError(Trouble(url, "remote_slow")) from error
    except FileNotFoundError as error:
        raise InputError(Trouble(url, "missing_remote")) from error
    except ImportError as error:
        raise InputError(Trouble(url, "no_remote")) from error
    except Exception as error:
        from tthc_cli.wording.troubles import why

        words = " ".join(why(error).split()) or type(error).__name__
        raise InputError(Trouble(url, "remote_failed", facts={"why": words})) from error
