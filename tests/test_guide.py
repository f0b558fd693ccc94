"""The guide for offices: each of its steps, run in its order, prints what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "tu-van-ban-den-ke-hoach.vi.md").read_text("utf-8")
BLOCK = re.compile(r"^```(console|diff)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def edited(text: str, change: str) -> str:
    """A file after the lines with a minus are replaced by those with a plus that follow them."""
    lines = change.splitlines()
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith("-"):
            assert f"{line[1:]}\n" in text
            text = text.replace(f"{line[1:]}\n", f"{after[1:]}\n" if after.startswith("+") else "")
    return text


def test_every_step_of_the_guide(tmp_path: Path) -> None:
    shutil.copy(ROOT / "examples" / "nhap_van_ban" / "ke-hoach-mau.docx", tmp_path)
    steps = BLOCK.findall(GUIDE)
    assert [kind for kind, _ in steps] == ["console", "diff", "console", "console", "console"]
    for kind, text in steps:
        if kind == "diff":
            plan = tmp_path / "plan.yaml"
            plan.write_text(edited(plan.read_text("utf-8"), text), "utf-8")
            continue
        command, _, shown = text.partition("\n")
        run = subprocess.run(
            [sys.executable, "-m", "tthc_cli", *shlex.split(command)[2:]],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "120"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert run.returncode == 0
        assert run.stdout + run.stderr == shown
