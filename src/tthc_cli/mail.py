"""Makes an electronic message (RFC 5322, MIME) of a letter: plain text, HTML, attachments."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from html import escape

from tthc_cli.reports.reminder import Letter, Part, Point
from tthc_cli.tuples import NamedTuple

# Every byte that leaves is ASCII: no server on the way need know more. What is laid out here stays as it is.
_POLICY = policy.SMTP.clone(cte_type="7bit", refold_source="none")
_LONGEST_LINE, _LONGEST_WORD = 76, 75
"""Of a line with encoded words, and of such a word (RFC 2047, section 2)."""


class Attachment(NamedTuple):
    """A file that goes with a message."""

    name: str
    mime: str
    data: bytes


class Head(NamedTuple):
    """What stands above a message. id: before its "@"."""

    id: str
    sender: str
    sender_name: str
    to: tuple[str, ...]
    name: str
    date: datetime
    cc: tuple[str, ...] = ()
    reply_to: str = ""

    @property
    def message_id(self) -> str:
        """The whole Message-ID."""
        return f"<{self.id}@{self.sender.partition('@')[2]}>"


def compose(letter: Letter, head: Head, attachments: Iterable[Attachment] = ()) -> bytes:
    """The message as it goes over the line; the same for the same letter, head and attachments."""
    message = EmailMessage(_POLICY)
    message.set_raw("From", _mailbox("From", head.sender_name, head.sender))
    message.set_raw("To", ",\n ".join(_mailbox("To", head.name, address) for address in head.to))
    if head.cc:
        message.set_raw("Cc", ",\n ".join(head.cc))
    if head.reply_to:
        message.set_raw("Reply-To", head.reply_to)
    message.set_raw("Subject", "\n ".join(_words("Subject", _one_line(letter.subject))))
    message["Date"] = format_datetime(head.date)
    message["Message-ID"] = head.message_id
    # RFC 3834: no machine is to answer; Exchange looks for a field of its own.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(text(letter), cte="quoted-printable")
    message.add_alternative(html(letter), subtype="html", cte="quoted-printable")
    message["Content-Language"] = "vi"
    for each in attachments:
        kind, _, subtype = each.mime.partition("/")
        # A text of which no more is said counts as ASCII (RFC 2046, section 4.1.2).
        more = {"charset": "utf-8"} if kind == "text" else {}
        message.add_attachment(each.data, kind, subtype, filename=each.name, params=more)
    _fix_boundaries(message, head.id)
    return message.as_bytes()


def _fix_boundaries(message: EmailMessage, id: str) -> None:
    """The library draws boundaries by lot; what is made twice shall be the same."""
    parts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(parts):
        part.set_boundary(f"=_{id}_{number}")


def _mailbox(field: str, name: str, address: str) -> str:
    """A name with its address."""
    plain = _one_line(name)
    if plain.isascii():
        return formataddr((plain, address))
    return "\n ".join((*_words(field, plain), f"<{address}>"))


def _words(field: str, text: str) -> Iterator[str]:
    """The text as encoded words, parted between its own, the first behind the field's name.

    The library parts them in the middle of a syllable, and loses a space here and there (seen with Python 3.11).
    """
    if text.isascii():
        yield text
        return
    piece, *others = text.split(" ")
    room = _LONGEST_LINE - len(f"{field}: ")
    for other in others:
        if len(_encoded(f"{piece} {other}")) > room:
            yield _encoded(piece)
            piece, room = "", _LONGEST_WORD
        piece += f" {other}"
    yield _encoded(piece)


def _encoded(text: str) -> str:
    """An encoded word (RFC 2047)."""
    return f"=?utf-8?b?{b64encode(text.encode()).decode('ascii')}?="


def _one_line(value: str) -> str:
    return " ".join(value.split())


def text(letter: Letter) -> str:
    """The letter in plain lines."""
    return "\n".join((*letter.opening, "", *_text_parts(letter.parts), *letter.closing, ""))


def _text_parts(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        yield part.heading.upper()
        for number, point in enumerate(part.points, 1):
            yield f"{number}. {point.title}"
            yield from (f"   {line}" for line in point.lines)
        yield ""


def html(letter: Letter) -> str:
    """The letter as HTML that nothing is fetched for; lists, since a phone has no room for tables."""
    return "\n".join(
        (
            '<!doctype html><html lang="vi"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(letter.subject)}</title></head><body>",
            *(f"<p>{escape(line)}</p>" for line in letter.opening),
            *(line for part in letter.parts for line in _html_part(part)),
            *(f"<p><small>{escape(line)}</small></p>" for line in letter.closing),
            "</body></html>",
            "",
        )
    )


def _html_part(part: Part) -> tuple[str, ...]:
    return f"<h3>{escape(part.heading)}</h3>", "<ol>", *map(_html_point, part.points), "</ol>"


def _html_point(point: Point) -> str:
    return "<br>\n".join((f"<li><b>{escape(point.title)}</b>", *map(escape, point.lines))) + "</li>"
