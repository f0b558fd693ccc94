"""A real mail server on this machine: TLS, AUTH, a box for what arrives, and faults on demand."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NamedTuple

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "nhắc-việc", "mật khẩu: ước mơ"
Answer = Callable[[], str | None]


class Mail(NamedTuple):
    """One message that the server answers for."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        assert part
        return str(part.get_content())


class MailServer:
    """Keeps what arrives in `box`.

    answers: what to say to an address instead of 250; on: what is called at each step ("MAIL", "RCPT", "DATA",
    "received", "stored"), whose words, if any, are the answer; `drop` as an answer cuts the line.
    """

    def __init__(self, folder: Path, auth: bool = True, tls: str = "starttls") -> None:
        self.box: list[Mail] = []
        self.answers: dict[str, str] = {}
        self.on: dict[str, Answer] = {}
        self.logins = 0
        self.password = PASSWORD
        self.authority = trustme.CA()
        self.authority.cert_pem.write_to_path(str(folder / "ca.pem"))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.authority.issue_cert("localhost").configure_cert(context)
        options: dict[str, Any] = {}
        if auth:
            options |= {"authenticator": self._login, "auth_required": True, "auth_require_tls": True}
        if tls == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        implicit = context if tls == "tls" else None
        if tls == "tls":
            options["auth_require_tls"] = False  # aiosmtpd counts only STARTTLS as TLS
        self._controller = Controller(self, hostname="localhost", port=0, ssl_context=implicit, **options)

    def __enter__(self) -> MailServer:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._controller.server
        return int(self._controller.server.sockets[0].getsockname()[1])

    def _login(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        good = (data.login, data.password) == (USER.encode(), self.password.encode())
        self.logins += good
        return AuthResult(success=good, handled=False)

    def _asked(self, step: str, server: SMTP) -> str | None:
        answer = self.on.get(step, lambda: None)()
        if answer == "drop":
            server.transport.abort()
        return answer

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if answer := self._asked("MAIL", server):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if answer := self.answers.get(address) or self._asked("RCPT", server):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(0)
        if answer := self._asked("received", server):
            return answer
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.box.append(Mail(envelope.mail_from or "", tuple(envelope.rcpt_tos), message))
        return self._asked("stored", server) or "250 OK"

    def by_address(self) -> Mapping[str, list[Mail]]:
        """What arrived, by the address that it was handed over for."""
        found: dict[str, list[Mail]] = {}
        for mail in self.box:
            for address in mail.recipients:
                found.setdefault(address, []).append(mail)
        return found
