"""Hands messages to a mail server (RFC 5321), and says what became of each at every address."""

from __future__ import annotations

import os
import re
import smtplib
import socket
import ssl
import stat
from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from tthc_cli.deliveries import Reply, State
from tthc_cli.errors import InputError, Trouble, TthcError
from tthc_cli.mail_settings import Mail
from tthc_cli.wording.mail import LINE
from tthc_cli.wording.troubles import why

_OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO
_TOO_BIG = 552
_CERTIFICATE = {9: "day", 10: "day", 18: "issuer", 19: "issuer", 20: "issuer", 21: "issuer", 62: "name", 64: "name"}
"""What OpenSSL's numbers mean (X509_V_ERR_...)."""


class UnreachableError(TthcError):
    """The server takes no mail from this program: nothing has left."""

    exit_code = 4


class Post:
    """A line to the mail server, for one message after another; opened again when it was cut."""

    def __init__(self, mail: Mail, password: str | None) -> None:
        self._mail, self._password = mail, password
        self._tls = _context(mail)
        self._line: smtplib.SMTP | None = None
        self._secrets: tuple[str, ...] = ()

    def __enter__(self) -> Post:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        # Broken off in the middle of a message, a farewell would be a line of it.
        if self._line and kind is None:
            with suppress(OSError, smtplib.SMTPException):
                self._line.quit()
        self._cut()

    def ready(self) -> None:
        """See that the server takes mail now; an UnreachableError says why not."""
        if self._line:
            with suppress(OSError, smtplib.SMTPException):
                if self._line.rset()[0] == 250:
                    return
            self._cut()
        try:
            self._line = self._opened()
            self._signed_in(self._line)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self._cut()
            raise self._unreachable(error) from error

    @property
    def cut(self) -> bool:
        """Whether the server hung up, or said nothing for too long, in the last message."""
        return self._line is None

    def send(self, addresses: Sequence[str], data: bytes) -> dict[str, Reply]:
        """Hand over one message; an UnreachableError where the server does not take this sender's mail at all."""
        assert self._line
        try:
            size = [f"size={len(data)}"] if self._line.has_extn("size") else []
            code, words = self._line.mail(self._mail.sender, size)
            if code == _TOO_BIG:
                # Of this message only: the others are to go on.
                return dict.fromkeys(addresses, self._answer(code, words))
            if code != 250:
                raise smtplib.SMTPSenderRefused(code, words, self._mail.sender)
        except (OSError, smtplib.SMTPException) as error:
            self._cut()
            raise self._unreachable(error) from error
        replies = self._offered(self._line, addresses)
        taking = [address for address in addresses if address not in replies]
        return replies | (dict.fromkeys(taking, self._handed_over(self._line, data)) if taking else {})

    def _offered(self, line: smtplib.SMTP, addresses: Sequence[str]) -> dict[str, Reply]:
        """The addresses that the server does not take, with its answers."""
        found: dict[str, Reply] = {}
        for address in addresses:
            try:
                code, words = line.rcpt(address)
            except (OSError, smtplib.SMTPException) as error:
                self._cut()
                return dict.fromkeys(addresses, Reply("kept", self._said(error))) | found
            if code not in (250, 251):
                found[address] = self._answer(code, words)
        return found

    def _handed_over(self, line: smtplib.SMTP, data: bytes) -> Reply:
        """The text itself. Before the server asks for it nothing has left; after that only its answer tells."""
        state: State = "kept"
        try:
            code, words = line.docmd("DATA")
            if code == 354:
                state = "claimed"
                line.send(re.sub(rb"(?m)^\.", b"..", data) + b".\r\n")
                code, words = line.getreply()
                if 200 <= code < 300:
                    return Reply("sent", self._plain(words))
        except (OSError, smtplib.SMTPException) as error:
            self._cut()
            return Reply(state, self._said(error))
        return self._answer(code, words, state)

    def _answer(self, code: int, words: bytes, otherwise: State = "kept") -> Reply:
        """4xx is for now (greylisting, a full queue, a server that is leaving), 5xx for good; else no answer at all."""
        state: State = "kept" if 400 <= code < 500 else "refused" if 500 <= code < 600 else otherwise
        return Reply(state, f"{code} {self._plain(words)}")

    def _opened(self) -> smtplib.SMTP:
        mail = self._mail
        if mail.security == "tls":
            return smtplib.SMTP_SSL(mail.host, mail.at_port, timeout=mail.timeout, context=self._tls)
        line = smtplib.SMTP(mail.host, mail.at_port, timeout=mail.timeout)
        self._line = line
        if mail.security == "starttls":
            # Never in the clear: a server that no longer offers it may be somebody else's.
            line.starttls(context=self._tls)
        return line

    def _signed_in(self, line: smtplib.SMTP) -> None:
        line.ehlo_or_helo_if_needed()
        if not self._mail.user or self._password is None:
            return
        offered = line.esmtp_features.get("auth", "").upper().split()
        user, password = self._mail.user.encode(), self._password.encode()
        plain = _coded(bytes(1) + user + bytes(1) + password)
        self._secrets = (plain, _coded(password), self._password)
        # The library's own way takes ASCII only (RFC 4616 asks for UTF-8).
        if "PLAIN" in offered or "LOGIN" not in offered:
            code, words = line.docmd("AUTH", f"PLAIN {plain}")
        else:
            code, words = line.docmd("AUTH", "LOGIN")
            for part in (user, password):
                if code == 334:
                    code, words = line.docmd(_coded(part))
        if code != 235:
            raise smtplib.SMTPAuthenticationError(code, words)

    def _cut(self) -> None:
        if self._line:
            self._line.close()
        self._line = None

    def _unreachable(self, error: Exception) -> UnreachableError:
        facts = {"host": self._mail.host, "port": self._mail.at_port, "why": self._said(error)}
        code = next((code for kind, code in _CODES if isinstance(error, kind)), "smtp_unreachable")
        return UnreachableError(Trouble("", code, facts=facts))

    def _said(self, error: Exception) -> str:
        if isinstance(error, smtplib.SMTPResponseException):
            return f"{error.smtp_code} {self._plain(error.smtp_error)}"
        if isinstance(error, smtplib.SMTPServerDisconnected):
            # The library tells a silent server as one that hung up.
            late = isinstance(error.__context__, TimeoutError)
            return why(TimeoutError() if late else ConnectionResetError())
        if isinstance(error, ssl.SSLCertVerificationError):
            known = _CERTIFICATE.get(error.verify_code)
            return LINE[known] if known else error.verify_message
        if isinstance(error, ssl.SSLError) and error.reason == "WRONG_VERSION_NUMBER":
            return LINE["no_tls"]
        if isinstance(error, (socket.gaierror, UnicodeError)):
            return LINE["no_host"]
        return self._plain(why(error) or type(error).__name__)

    def _plain(self, words: bytes | str) -> str:
        """The server's words in one line that a terminal shows as it stands, without the password that they repeat."""
        text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


_CODES: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPAuthenticationError, "smtp_auth"),
    (smtplib.SMTPSenderRefused, "smtp_sender"),
    (smtplib.SMTPNotSupportedError, "smtp_no_starttls"),
    (ssl.SSLCertVerificationError, "smtp_certificate"),
)


def _coded(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _context(mail: Mail) -> ssl.SSLContext | None:
    """The certificates that are trusted: the system's, or an authority of one's own."""
    if mail.security == "none":
        return None
    try:
        return ssl.create_default_context(cafile=mail.ca)
    except OSError as error:
        words = LINE["no_certificate"] if isinstance(error, ssl.SSLError) else why(error)
        raise InputError(Trouble(str(mail.ca), "ca_unusable", facts={"why": words})) from error


def password(mail: Mail, environ: Mapping[str, str]) -> str | None:
    """The password: from its variable, else from a file that nobody else can read; None where no user is named.

    An InputError where there is none, or where others can read the file.
    """
    if not mail.user:
        return None
    if found := environ.get(mail.password_env):
        return found
    if mail.password_file is None:
        raise InputError(Trouble("", "password_missing", facts={"variable": mail.password_env}))
    return _from_file(mail.password_file)


def _from_file(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            if os.name == "posix" and os.fstat(stream.fileno()).st_mode & _OTHERS_MAY:
                raise InputError(Trouble(str(path), "password_open"))
            text = stream.read(4096).decode("utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeError) as error:
        raise InputError(Trouble(str(path), "password_unreadable", facts={"why": why(error)})) from error
    if not text:
        raise InputError(Trouble(str(path), "password_empty"))
    return text
