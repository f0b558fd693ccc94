"""A real mail server on this machine: TLS, AUTH, a box for what arrives, and faults on demand."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NamedTuple

import trustme
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


class _Line(SMTP):
    """One client's line."""

    async def smtp_DATA(self, arg: str) -> None:
        self.event_handler.asked("DATA", self)
        await super().smtp_DATA(arg)


class MailServer:
    """Keeps what arrives in `box`.

    auth: an account is asked for, which aiosmtpd takes over STARTTLS only. answers: what to say to an address instead
    of 250; on: what is called at each step ("LOGIN", "MAIL", "RCPT", "DATA", "received", "stored"), whose words, if
    any, are the answer; "drop" cuts the line.
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
        options: dict[str, Any] = {"hostname": "localhost"}
        if auth:
            options |= {"authenticator": self._login, "auth_required": True, "auth_require_tls": True}
        if tls == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        self._options, self._context = options, context if tls == "tls" else None
        self._loop = asyncio.new_event_loop()

    def __enter__(self) -> MailServer:
        def made() -> SMTP:
            return _Line(self, loop=self._loop, **self._options)

        serving = self._loop.create_server(made, "127.0.0.1", 0, ssl=self._context)
        self._server = self._loop.run_until_complete(serving)
        self.port = int(self._server.sockets[0].getsockname()[1])
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)

    def _login(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        good = (data.login, data.password) == (USER.encode(), self.password.encode())
        self.logins += good
        self.asked("LOGIN", server)
        return AuthResult(success=good, handled=False)

    def asked(self, step: str, server: SMTP) -> str | None:
        """What is to be answered at a step; None: the usual."""
        answer = self.on.get(step, lambda: None)()
        if answer == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return answer

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if answer := self.asked("MAIL", server):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if answer := self.answers.get(address) or self.asked("RCPT", server):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(0)
        if answer := self.asked("received", server):
            return answer
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.box.append(Mail(envelope.mail_from or "", tuple(envelope.rcpt_tos), message))
        return self.asked("stored", server) or "250 OK"

    def by_address(self) -> Mapping[str, list[Mail]]:
        """What arrived, by the address that it was handed over for."""
        found: dict[str, list[Mail]] = {}
        for mail in self.box:
            for address in mail.recipients:
                found.setdefault(address, []).append(mail)
        return found
