"""The reminders end to end on Debian: a real cron starts the installed `tthc`, a real mail server takes the mail.

`make e2e` runs it. It needs root and apt, and installs exim4-daemon-light and cron where they are missing; the mail
server has a configuration, a queue and a port of its own. What lies in the maildir in the end is compared with what
`tthc check` says.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import trustme

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "ben_tre_2021"
PACKAGES = {"exim4": "exim4-daemon-light", "cron": "cron"}
USER, PASSWORD, OWNER = "nhac-viec", "mật khẩu e2e", "Debian-exim"
CRONTAB = Path("/etc/cron.d/tthc-e2e")
DAY = "2021-10-15"
HEADINGS = {"QUÁ HẠN": "overdue", "ĐỀ NGHỊ XÁC NHẬN": "ask", "SẮP ĐẾN HẠN": "due_soon", "MỚI PHÁT SINH": "new"}
MESSAGES, COPIES, PATIENCE = 15, 18, 150
Found = dict[str, dict[str, set[str]]]

EXIM = """\
exim_user = {owner}
exim_group = {owner}
primary_hostname = localhost
keep_environment =
spool_directory = {folder}/mail/spool
log_file_path = {folder}/mail/%slog
pid_file_path = {folder}/mail/exim.pid
daemon_smtp_ports = {port}
local_interfaces = 127.0.0.1
tls_certificate = {folder}/mail/server.pem
tls_privatekey = {folder}/mail/server.key
tls_advertise_hosts = *
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
acl_smtp_rcpt = rcpt
acl_smtp_data = data
rfc1413_query_timeout = 0s
begin acl
rcpt:
  accept authenticated = *
  deny message = authenticate first
data:
  accept
begin routers
box:
  driver = accept
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = {folder}/mail/box
  create_directory
  maildir_format
  envelope_to_add
  user = {owner}
  group = {owner}
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""


def main() -> None:
    """Set up, let cron send, compare."""
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit("make e2e needs Debian, root and apt-get")
    installed()
    with alone(), tempfile.TemporaryDirectory(prefix="tthc-e2e-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with mail_server(folder) as port, cron():
            tthc = program(folder)
            workspace = prepared(folder, port)
            line = crontab(tthc, workspace)
            log = workspace / "remind.log"
            wait(lambda: len(lines(log)) >= 2, "cron did not start tthc", log)
            CRONTAB.unlink()
            sent = [text.split(": ", 1)[1] for text in lines(log)]
            print(*lines(log), sep="\n")
            assert sum(int(text.split()[1]) for text in sent if text.startswith("gửi")) == MESSAGES, sent
            wait(
                lambda: len(box(folder)) >= COPIES, "the mail server delivered too little", folder / "mail" / "mainlog"
            )
            compared(box(folder), expected(tthc, workspace))
            again = run("env", "-i", "sh", "-c", line)
            assert again == "", again
            time.sleep(2)
            assert len(box(folder)) == COPIES
    print("e2e: what cron sent is what tthc check says, each address once")


@contextmanager
def alone() -> Iterator[None]:
    """One at a time: the crontab is the machine's; a second run waits for the first."""
    with Path("/run/lock/tthc-e2e.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def installed() -> None:
    """The Debian packages, where they are missing."""
    missing = [package for program, package in PACKAGES.items() if not found(program)]
    if missing:
        environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run("apt-get", "update", "-qq", env=environ)
        run("apt-get", "install", "-qq", "--no-install-recommends", *missing, env=environ)


def found(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


@contextmanager
def mail_server(folder: Path) -> Iterator[int]:
    """Exim with TLS and AUTH, which puts all mail into one maildir."""
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    (folder / "mail" / "spool").mkdir(parents=True)
    certificate.private_key_pem.write_to_path(str(folder / "mail" / "server.key"))
    for blob in certificate.cert_chain_pems:
        blob.write_to_path(str(folder / "mail" / "server.pem"), append=True)
    give_away(folder / "mail")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    config = folder / "exim.conf"
    config.write_text(
        EXIM.format(user=USER, owner=OWNER, folder=folder, port=port, password=PASSWORD), encoding="utf-8"
    )
    exim = found("exim4")
    assert exim
    with background([exim, "-C", str(config), "-bdf", "-q1m"]):
        wait(lambda: reachable(port), "exim does not answer", folder / "mail" / "mainlog")
        yield port


def reachable(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def cron() -> Iterator[None]:
    """Debian's cron: the one that runs, else one of our own; at the end it has no job of ours."""
    CRONTAB.unlink(missing_ok=True)
    running = subprocess.run(["pgrep", "-x", "cron"], capture_output=True, check=False).returncode == 0
    daemon = found("cron")
    assert daemon
    try:
        with nullcontext() if running else background([daemon, "-f"]):
            yield
    finally:
        CRONTAB.unlink(missing_ok=True)


@contextmanager
def background(command: list[str]) -> Iterator[None]:
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def program(folder: Path) -> Path:
    """`tthc` installed as a user would."""
    run(sys.executable, "-m", "venv", str(folder / "venv"))
    pip = str(folder / "venv" / "bin" / "pip")
    run(pip, "install", "--quiet", "--disable-pip-version-check", str(ROOT), cwd=folder)
    return folder / "venv" / "bin" / "tthc"


def prepared(folder: Path, port: int) -> Path:
    """The example as a workspace that mails through our server."""
    workspace = folder / "so theo dõi"
    shutil.copytree(EXAMPLE, workspace)
    secret = workspace / "secret"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    secret.chmod(0o600)
    settings = workspace / "tthc.toml"
    own = f'port = {port}\nca = "../ca.pem"\nuser = "{USER}"\npassword_file = "secret"\n'
    text = settings.read_text(encoding="utf-8").replace('host = "smtp.example"\n', f'host = "localhost"\n{own}')
    settings.write_text(text, encoding="utf-8")
    return workspace


def give_away(folder: Path) -> None:
    """A folder with all that is in it becomes the mail server's."""
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, OWNER, OWNER)


def crontab(tthc: Path, workspace: Path) -> str:
    """Give cron the line that `tthc` prints, for every minute, and twice: once without the lock. The command of it."""
    printed = run(str(tthc), "remind", "--workspace", str(workspace), "--print-cron")
    line = printed.splitlines()[-1].split(" ", 5)[5] + f" --as-of {DAY} --force"
    bare = line[line.index(str(tthc)) :]
    CRONTAB.write_text(f'MAILTO=""\n* * * * * root {line}\n* * * * * root {bare}\n', encoding="utf-8")
    CRONTAB.chmod(0o644)
    return line.replace(r"\%", "%")


def box(folder: Path) -> list[EmailMessage]:
    """What lies in the maildir."""
    files = [path for place in ("new", "cur") for path in (folder / "mail" / "box" / place).glob("*")]
    messages = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]
    return [message for message in messages if isinstance(message, EmailMessage)]


def expected(tthc: Path, workspace: Path) -> Found:
    """By address, what `tthc check` says that its agency owes: firmly, by a reading, or soon."""
    words = [
        "check",
        "--workspace",
        str(workspace),
        "--as-of",
        DAY,
        "--due-soon",
        "7",
        "-f",
        "json",
        "--fail-on",
        "never",
    ]
    findings = json.loads(run(str(tthc), *words))["findings"]
    listed = [row.split(";") for row in (workspace / "contacts.csv").read_text(encoding="utf-8-sig").splitlines()[1:]]
    wanted: Found = {}
    for row in listed:
        if row[5]:
            continue  # no longer in use on the day
        for address in filter(None, map(str.strip, f"{row[1]};{row[2]}".split(";"))):
            wanted[address] = {}
            for finding in findings:
                kind = "ask" if finding.get("firm") is False else finding["verdict"]
                if finding["agency_name"] == row[0] and finding["verdict"] in ("overdue", "due_soon"):
                    wanted[address].setdefault(kind, set()).add(finding["key"])
    return wanted


def compared(messages: list[EmailMessage], wanted: Found) -> None:
    """Every address that owes got one message with just that; whoever owes nothing got at most news."""
    arrived: Found = {}
    for message in messages:
        (address,) = {str(value) for value in message.get_all("Envelope-to", [])}
        assert address not in arrived, f"twice: {address}"
        assert message["Auto-Submitted"] == "auto-generated"
        arrived[address] = said(message)
    summary = arrived.pop("kstt@vp-ubnd-tinh.example")
    assert summary == {}
    for address, kinds in wanted.items():
        got = {kind: keys for kind, keys in arrived.pop(address, {}).items() if kind != "new"}
        print(f"{address}: {got or '-'}")
        assert got == kinds, (address, got, kinds)
    assert not arrived


def said(message: EmailMessage) -> dict[str, set[str]]:
    """The keys under each heading of a reminder."""
    part = message.get_body(("plain",))
    assert part
    found: dict[str, set[str]] = {}
    kind = ""
    for line in part.get_content().splitlines():
        kind = next((name for heading, name in HEADINGS.items() if line.startswith(f"{heading} (")), kind)
        if line.strip().startswith("Mã việc: "):
            found.setdefault(kind, set()).add(line.split(": ", 1)[1])
    return found


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def wait(ready: Callable[[], bool], complaint: str, log: Path) -> None:
    """Until something is so; an error with the end of a log after too long."""
    end = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > end:
            sys.exit("\n".join((complaint, *lines(log)[-20:])))
        time.sleep(0.5)


def run(*command: str, **more: object) -> str:
    """What a command prints; the end of everything where it fails."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **more)  # type: ignore[call-overload]
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}")
    return str(done.stdout)


if __name__ == "__main__":
    main()
