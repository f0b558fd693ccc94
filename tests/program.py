"""`tthc` as it is called, in a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from textwrap import dedent
from typing import Any

ROOT = Path(__file__).parents[1]
REGISTER = """\
task,agency,period,document_number,sent_on
XI.1,Sở Thông tin và Truyền thông,2021-Q1,12/BC-STTTT,2021-03-25
XI.1,Sở Tư pháp,2021-Q1,12/BC-STP,2021-03-16
XX.1,Sở Tư pháp,2021-Q1,13/BC-STP,2021-03-16
"""
Done = subprocess.CompletedProcess[str]


class Screen(StringIO):
    """A terminal that remembers."""

    def isatty(self) -> bool:
        return True


class Program:
    """`tthc` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: str, environ: dict[str, str] | None = None, stdin: str = "") -> Done:
        environ = {"PATH": os.environ["PATH"]} if environ is None else environ
        return subprocess.run(
            [sys.executable, "-m", "tthc_cli", *words],
            cwd=self.folder,
            env={"PYTHONPATH": str(ROOT / "src"), **environ},
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def after(self, code: str, *words: str) -> Done:
        """What a program says for which this was done before."""
        return subprocess.run(
            [sys.executable, "-c", f"{dedent(code)}\nfrom tthc_cli.__main__ import process\nprocess()", *words],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def on_a_terminal(self, line: str, width: int = 120) -> str:
        """What a terminal of this width shows."""
        code = f"import pty, sys; pty.spawn([sys.executable, '-m', 'tthc_cli', *{line.split()!r}])"
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "COLUMNS": str(width)}
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=self.folder,
            env={**environ, "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout

    def json(self, *words: str, code: int = 0) -> dict[str, Any]:
        done = self(*words, "-f", "json")
        assert done.returncode == code, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found
