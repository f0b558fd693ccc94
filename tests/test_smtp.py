"""Handing over to a real mail server: certificates, accounts, refusals, and lines that are cut."""

from __future__ import annotations

import re
import socket
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.mail_server import PASSWORD, USER, MailServer
from tthc_cli.deliveries import Reply
from tthc_cli.errors import InputError
from tthc_cli.mail_settings import Mail
from tthc_cli.smtp import Post, UnreachableError, password
from tthc_cli.wording.problems import trouble

TO = ("a@so-a.example", "b@so-a.example")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with MailServer(tmp_path) as server:
        yield server


@pytest.fixture
def mail(server: MailServer, tmp_path: Path) -> Mail:
    return Mail("localhost", server.port, ca=tmp_path / "ca.pem", user=USER, sender="kstt@vp.example", timeout=2)


def data(number: int = 1) -> bytes:
    message = EmailMessage()
    message["Message-ID"] = f"<{number}@vp.example>"
    message.set_content("Nhắc việc\n.\n..hai chấm\n")
    return message.as_bytes().replace(b"\n", b"\r\n")


def post(mail: Mail, secret: str | None = PASSWORD) -> dict[str, Reply]:
    with Post(mail, secret) as line:
        line.ready()
        return line.send(TO, data())


def why(mail: Mail, secret: str | None = PASSWORD) -> str:
    with pytest.raises(UnreachableError) as raised:
        post(mail, secret)
    (found,) = raised.value.troubles
    assert PASSWORD not in trouble(found)
    return found.code


def test_starttls_and_an_account_with_marks(server: MailServer, mail: Mail) -> None:
    assert {reply.state for reply in post(mail).values()} == {"sent"}
    (arrived,) = server.box
    assert (arrived.sender, arrived.recipients) == ("kstt@vp.example", TO)
    assert arrived.message.get_content().replace("\r\n", "\n") == "Nhắc việc\n.\n..hai chấm\n"
    assert server.logins == 1


def test_tls_from_the_first_byte(tmp_path: Path) -> None:
    with MailServer(tmp_path, auth=False, tls="tls") as server:
        mail = Mail("localhost", server.port, "tls", tmp_path / "ca.pem", sender="kstt@vp.example", timeout=2)
        assert {reply.state for reply in post(mail, None).values()} == {"sent"}


def test_without_tls_and_account(tmp_path: Path) -> None:
    with MailServer(tmp_path, auth=False, tls="none") as server:
        mail = Mail("localhost", server.port, "none", sender="kstt@vp.example", timeout=2)
        assert {reply.state for reply in post(mail, None).values()} == {"sent"}
        # The server offers no STARTTLS: nothing goes in the clear instead.
        assert why(mail._replace(security="starttls")) == "smtp_no_starttls"
        assert len(server.box) == 1


def test_a_certificate_of_somebody_else(server: MailServer, mail: Mail, tmp_path: Path) -> None:
    assert why(mail._replace(ca=None)) == "smtp_certificate"
    assert why(mail._replace(host="127.0.0.1")) == "smtp_certificate"
    (tmp_path / "broken.pem").write_text("no certificate", encoding="ascii")
    for name in ("broken.pem", "missing.pem"):
        with pytest.raises(InputError) as raised:
            post(mail._replace(ca=tmp_path / name))
        assert raised.value.troubles[0].code == "ca_unusable"
    assert not server.box


def test_a_wrong_password(server: MailServer, mail: Mail) -> None:
    assert why(mail, "sai") == "smtp_auth"
    assert why(mail._replace(user="")) == "smtp_sender"


def test_a_server_that_is_down_or_silent(mail: Mail) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        assert why(mail._replace(host="127.0.0.1", port=port)) == "smtp_unreachable"
        bound.listen()
        begun = time.monotonic()
        assert why(mail._replace(host="127.0.0.1", port=port, timeout=1)) == "smtp_unreachable"
        assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("450 4.2.0 greylisted", "kept"),
        ("421 4.3.2 going away", "kept"),
        ("550 5.1.1 no such user", "refused"),
        ("552 5.2.2 mailbox full", "refused"),
    ],
)
def test_one_address_is_not_taken(server: MailServer, mail: Mail, answer: str, state: str) -> None:
    server.answers[TO[0]] = answer
    assert post(mail) == {TO[0]: Reply(state, answer), TO[1]: Reply("sent", "250 OK"[4:])}  # type: ignore[arg-type]
    assert server.box[0].recipients == (TO[1],)


@pytest.mark.parametrize(
    ("step", "answer", "state"),
    [
        ("RCPT", "drop", "kept"),
        ("received", "451 4.3.0 try again", "kept"),
        ("received", "554 5.7.1 looks like spam", "refused"),
        ("received", "drop", "claimed"),
        ("stored", "drop", "claimed"),
    ],
)
def test_at_each_step(server: MailServer, mail: Mail, step: str, answer: str, state: str) -> None:
    server.on[step] = lambda: answer
    assert {reply.state for reply in post(mail).values()} == {state}
    assert len(server.box) == (step == "stored")


def test_a_cut_while_the_message_is_on_its_way(server: MailServer, mail: Mail) -> None:
    """The relay passes on the first half of a large message and hangs up."""
    with socket.socket() as relay:
        relay.bind(("127.0.0.1", 0))
        relay.listen()
        thread = threading.Thread(target=_half, args=(relay,), daemon=True)
        thread.start()
        plain = mail._replace(host="127.0.0.1", port=relay.getsockname()[1], security="none", user="")
        with Post(plain, None) as line:
            line.ready()
            found = line.send(TO, data() + b"x" * 60 * 1000 + b"\r\n")
        thread.join(5)
    assert {reply.state for reply in found.values()} == {"claimed"}


def _half(relay: socket.socket) -> None:
    line, _ = relay.accept()
    with line, line.makefile("rb") as reading:
        line.sendall(b"220 relay\r\n")
        for command in reading:
            line.sendall(b"354 go on\r\n" if command.upper().startswith(b"DATA") else b"250 OK\r\n")
            if command.upper().startswith(b"DATA"):
                reading.read(1000)
                return


@contextmanager
def scripted(mail: Mail, answer: Callable[[bytes], bytes]) -> Iterator[Mail]:
    """A server that says to each line what it is told to; b"" hangs up."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()
        thread = threading.Thread(target=_scripted, args=(bound, answer), daemon=True)
        thread.start()
        yield mail._replace(host="127.0.0.1", port=bound.getsockname()[1], security="none")
        thread.join(5)


def _scripted(bound: socket.socket, answer: Callable[[bytes], bytes]) -> None:
    line, _ = bound.accept()
    with line, line.makefile("rb") as reading:
        line.sendall(b"220 script\r\n")
        in_text = False
        for command in reading:
            if in_text and command != b".\r\n":
                continue
            words = answer(command.strip())
            if not words:
                return
            in_text = words.startswith(b"354")
            line.sendall(words + b"\r\n")


@pytest.mark.parametrize("user", ["abc", "abcd", "abcde"])
@pytest.mark.parametrize("offered", [b"PLAIN", b"LOGIN"])
def test_a_server_that_repeats_what_it_was_given(mail: Mail, user: str, offered: bytes) -> None:
    """Whatever the length of the name before it, no base64 of the password comes through, nor a terminal's command."""

    def answer(command: bytes) -> bytes:
        if command.upper().startswith(b"EHLO"):
            return b"250-script\r\n250 AUTH " + offered
        if command == b"AUTH LOGIN" or (offered == b"LOGIN" and b64decode(command) == user.encode()):
            return b"334 "
        return b"535 \x1b[31m" + command + b" " + PASSWORD.encode()

    with scripted(mail._replace(user=user), answer) as echo, pytest.raises(UnreachableError) as raised:
        post(echo)
    told = trouble(raised.value.troubles[0])
    assert "535" in told
    assert told.isprintable()
    words = re.findall(r"[A-Za-z0-9+/=]{12,}", told)
    assert not any(PASSWORD[:4].encode() in b64decode(word + "==") for word in words)
    assert PASSWORD not in told


@pytest.mark.parametrize(
    ("at", "words", "state"),
    [
        (b"DATA", b"", "kept"),
        (b"DATA", b"451 4.3.0 later", "kept"),
        (b"DATA", b"554 5.5.1 no", "refused"),
        (b"DATA", b"250 what", "kept"),
        (b".", b"", "claimed"),
        (b".", b"nonsense", "claimed"),
        (b".", b"354 again", "claimed"),
        (b".", b"251 fine", "sent"),
        (b"MAIL", b"552 5.3.4 too big", "refused"),
    ],
)
def test_what_is_known_of_a_message(mail: Mail, at: bytes, words: bytes, state: str) -> None:
    """Before the server asks for the text nothing has left; after it, only a plain answer tells."""

    def answer(command: bytes) -> bytes:
        if command.upper().startswith(at):
            return words
        return b"354 go on" if command.upper() == b"DATA" else b"250 OK"

    with scripted(mail._replace(user=""), answer) as server:
        assert {reply.state for reply in post(server, None).values()} == {state}


def test_why_the_line_fails(mail: Mail) -> None:
    """A server that says nothing is told from one that hangs up, and a name that is none from a text of wrong bytes."""

    def said(other: Mail) -> str:
        with pytest.raises(UnreachableError) as raised:
            post(other)
        return trouble(raised.value.troubles[0])

    with scripted(mail, lambda _: b"") as cut:
        assert "bị ngắt" in said(cut)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert "quá thời gian chờ" in said(mail._replace(host="127.0.0.1", port=silent.getsockname()[1], timeout=1))
    assert "không tìm thấy máy chủ" in said(mail._replace(host="máy..chủ"))
    assert 'security = "starttls"' in said(mail._replace(security="tls"))
    assert "không cấp cho tên này" in said(mail._replace(host="127.0.0.1"))
    assert "nơi cấp" in said(mail._replace(ca=None))


def test_the_sender_is_not_taken(server: MailServer, mail: Mail) -> None:
    server.on["MAIL"] = lambda: "550 5.7.1 not yours"
    assert why(mail) == "smtp_sender"


def test_a_cut_line_is_opened_again(server: MailServer, mail: Mail) -> None:
    answers = iter(["drop", None])
    server.on["received"] = lambda: next(answers)
    with Post(mail, PASSWORD) as line:
        line.ready()
        assert {reply.state for reply in line.send(TO, data(1)).values()} == {"claimed"}
        line.ready()
        assert {reply.state for reply in line.send(TO, data(2)).values()} == {"sent"}
    assert server.logins == 2


def test_where_the_password_is(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{PASSWORD}\r\n", encoding="utf-8")
    mail = Mail(user=USER, password_file=file)
    file.chmod(0o600)
    assert password(mail, {}) == PASSWORD
    assert password(mail, {"TTHC_SMTP_PASSWORD": "other"}) == "other"
    assert password(mail._replace(user=""), {}) is None
    for mode in (0o640, 0o604, 0o620):
        file.chmod(mode)
        assert _refused(mail) == "password_open"
    file.chmod(0o600)
    file.write_bytes(b"\xff")
    assert _refused(mail) == "password_unreadable"
    file.write_bytes(b"")
    assert _refused(mail) == "password_empty"
    assert _refused(mail._replace(password_file=tmp_path / "none")) == "password_unreadable"
    assert _refused(mail._replace(password_file=None)) == "password_missing"


def _refused(mail: Mail) -> str:
    with pytest.raises(InputError) as raised:
        password(mail, {})
    (found,) = raised.value.troubles
    assert PASSWORD not in trouble(found)
    return found.code
