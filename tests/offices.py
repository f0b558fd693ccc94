"""A small workspace that owes, and the program that mails it, run as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.mail_server import PASSWORD, USER, MailServer

ROOT = Path(__file__).parents[1]
CODE = "from tthc_cli.cli import main; main()"
UNITS = ("so-noi-vu", "so-tu-phap", "so-tttt", "so-y-te", "ubnd-huyen-ba-tri")
"""Units that owe XI.1 for the first quarter of 2021 and have addresses; the others of that task have none."""
OVERDUE = "2021-03-25"
Done = subprocess.CompletedProcess[str]


class Office:
    """A workspace on disk. Its register lacks what `UNITS` owe; `others` of the task have answered."""

    def __init__(self, folder: Path, server: MailServer, **mail: object) -> None:
        self.folder, self.server = folder, server
        (folder / "contacts.csv").write_text(
            "agency,email\n" + "".join(f"{unit},van-thu@{unit}.example\n" for unit in UNITS), encoding="utf-8"
        )
        self.write_register()
        self.write_settings(**mail)

    def write_register(self, *answered: str) -> None:
        """The register, in which these units have answered too."""
        rows = [f"XI.1,{unit},2021-Q1,2021-03-18" for unit in answered]
        (self.folder / "so.csv").write_text("task,agency,period,sent_on\n" + "\n".join(rows) + "\n", encoding="utf-8")

    def write_settings(self, **mail: object) -> None:
        """The workspace's settings, with these of `[mail]` in place of the usual ones; None leaves one out."""
        usual: dict[str, object] = {
            "host": "localhost",
            "port": self.server.port,
            "ca": "ca.pem",
            "user": USER,
            "from": "kstt@vp.example",
            "timeout": 5,
        }
        lines = [f"{key} = {_toml(value)}" for key, value in {**usual, **mail}.items() if value is not None]
        covers = '[reading]\ncovers = ["province", "district", "XI.1"]\n'
        text = 'register = "so.csv"\ncontacts = "contacts.csv"\n' + covers + "[mail]\n" + "\n".join(lines) + "\n"
        (self.folder / "tthc.toml").write_text(text, encoding="utf-8")

    def __call__(self, *words: str, day: str = OVERDUE, force: bool = True, **environ: str) -> Done:
        """`tthc remind` as cron runs it: no terminal, hardly any environment."""
        return subprocess.run(
            self.command(*words, day=day, force=force),
            cwd="/",
            env=self.environment(**environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    def command(self, *words: str, day: str = OVERDUE, force: bool = True) -> list[str]:
        """The command line."""
        given = ["remind", "--workspace", str(self.folder), "--as-of", day, *(["--force"] if force else []), *words]
        return [sys.executable, "-c", CODE, *given]

    def environment(self, **more: str) -> dict[str, str]:
        """As under `env -i`, with the password, and a cache that the tests of a session share."""
        cache = {"XDG_CACHE_HOME": str(self.folder.parent / "cache")}
        return {"PYTHONPATH": str(ROOT / "src"), "LANG": "C", "TTHC_SMTP_PASSWORD": PASSWORD, **cache, **more}


def _toml(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml, value))}]"
    return str(value) if isinstance(value, int) else f'"{value}"'
