"""What web servers send, taken only where it can be told to be whole; and what the page of a folder links to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from tthc_cli.errors import InputError, Trouble
from tthc_cli.tables import KINDS

_WHOLE = frozenset({200, 203})
_PAGE = re.compile("[0-9]")
"""What asks for a further page of a folder has a number in it, other than what asks for another order."""
PATIENCE = 60
"""Seconds without a byte; a large file may take as long as it takes."""


async def client(**settings: Any) -> Any:
    """The session of fsspec's file system for the web, which would take parts of files for the whole."""
    from aiohttp import ClientSession, ClientTimeout

    timeout = ClientTimeout(total=None, sock_connect=PATIENCE, sock_read=PATIENCE)
    plain = {"Accept-Encoding": "identity"}
    return ClientSession(raise_for_status=_refuse_parts, timeout=timeout, headers=plain, **settings)


async def _refuse_parts(response: Any) -> None:
    """InputError for an answer that is not all of a file, or may be broken off without anybody noticing.

    What is compressed may be, since its end is not looked at, and what has neither length nor chunks. Errors that the
    server tells are left to fsspec.
    """
    if response.status >= 400 or response.method != "GET":
        return
    headers, url = response.headers, str(response.url)
    if response.status not in _WHOLE:
        raise InputError(Trouble(url, "remote_partial", facts={"status": response.status}))
    if headers.get("Content-Encoding", "identity") != "identity":
        raise InputError(Trouble(url, "remote_packed", facts={"kind": headers["Content-Encoding"]}))
    if "Content-Length" not in headers and "chunked" not in headers.get("Transfer-Encoding", ""):
        raise InputError(Trouble(url, "remote_endless"))


def links(folder: str, page: bytes) -> Iterator[str]:
    """The URLs of what lies in a folder, by the page that shows it: each once, as it is linked to.

    InputError where it links to a table of another place, which might have been meant.
    """
    parser = _Links()
    parser.feed(page.decode("utf-8", "replace"))
    base, seen = urljoin(folder, parser.base), set()
    for link in parser.found:
        url = urldefrag(urljoin(base, link)).url
        path, asked = _inside(folder, url), urlsplit(url).query
        if path.strip("/") and "/" not in path[:-1] and not _may_be_more(asked):
            if (path, asked) not in seen:
                written = urlsplit(url).path.rstrip("/").rpartition("/")[2]
                yield folder + written + "/" * path.endswith("/") + f"?{asked}" * bool(asked)
            seen.add((path, asked))
        elif _may_be_more(url if url.startswith("http") else "") or (url.startswith(folder) and _PAGE.search(asked)):
            raise InputError(Trouble(folder, "remote_elsewhere", facts={"link": link}))


def _may_be_more(text: str) -> bool:
    """Whether what a link asks for, or leads to, may be a register."""
    return any(PurePosixPath(part.lower()).suffix in KINDS for part in re.split("[?&=]", unquote(text)))


def _inside(folder: str, url: str) -> str:
    """The rest of a URL within a folder of the same host, however both are written; "" where it is not in it."""
    above, below = urlsplit(folder), urlsplit(url)
    start, path = unquote(above.path), unquote(below.path)
    same = (above.hostname, above.port) == (below.hostname, below.port) and path.startswith(start)
    return path.removeprefix(start) if same else ""


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.base = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an anchor leads to, and where links start from."""
        found = [value for name, value in attrs if name == "href" and value]
        if tag in ("a", "area"):
            self.found += found
        elif tag == "base" and found and not self.base:
            self.base = found[0]
