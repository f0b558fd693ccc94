"""Registers that lie elsewhere: what a URL of s3, gs, https and the like names, fetched through fsspec."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from tthc_cli.errors import InputError, Trouble

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


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
        return PurePosixPath(self.url.partition("?")[0])

    @property
    def name(self) -> str:
        """Its last part, without what is asked of a server behind "?"."""
        return self._path.name

    @property
    def stem(self) -> str:
        """Its name without its suffix."""
        return self._path.stem

    @property
    def suffix(self) -> str:
        """The end of its name that tells its kind, as ".csv"."""
        return self._path.suffix

    @property
    def parent(self) -> Remote:
        """The folder that it is in."""
        return Remote(self.url[: self.url.rindex("/") + 1])

    def is_file(self) -> bool:
        """Whether it is a file of this machine, which it never is."""
        return False

    def files(self) -> tuple[Remote, ...]:
        """What is in a folder, or fits a pattern, folders among it; else itself. InputError if it cannot be listed."""
        pattern = self.url + "*" if self.url.endswith("/") else self.url
        if "*" not in pattern:
            return (self,)
        fixed = pattern[: pattern.rindex("/", 0, pattern.index("*")) + 1]
        with _told(self.url):
            files, place = _found(pattern)
            top = str(files._strip_protocol(fixed)).rstrip("/") + "/"
            found = files.glob(place, detail=True).items()
            return tuple(
                Remote(fixed + path.removeprefix(top).rstrip("/") + ("/" if info["type"] == "directory" else ""))
                for path, info in found
                if path.startswith(top)
            )

    @contextmanager
    def fetched(self) -> Iterator[Path]:
        """A copy of the file on this machine, for as long as it is needed. InputError where it cannot be had."""
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="tthc-") as folder:
            copy = Path(folder, f"register{self.suffix}")
            with _told(self.url):
                files, place = _found(self.url)
                files.get_file(place, str(copy))
            yield copy


Source = Path | Remote


def source(text: str) -> Source:
    """The path or the URL that a text is."""
    return Remote(text) if _URL.match(text) else Path(text)


def _found(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the place in it."""
    import logging

    from fsspec.core import url_to_fs

    for name in ("gcsfs", "s3fs"):  # what they log is in the errors that they raise
        logging.getLogger(name).setLevel(logging.CRITICAL)
    files, place = url_to_fs(url)
    return files, place


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Every file system has its own errors, and not all are OSErrors."""
    try:
        yield
    except FileNotFoundError as error:
        raise InputError(Trouble(url, "missing_remote")) from error
    except ImportError as error:
        raise InputError(Trouble(url, "no_remote", facts={"why": str(error)})) from error
    except Exception as error:
        raise InputError(Trouble(url, "remote_failed", facts={"why": str(error) or type(error).__name__})) from error
