"""The README names every command, and what it shows can be typed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from tthc_cli.cli import app
from tthc_cli.records import VERDICTS

ROOT = Path(__file__).parents[1]
PAGES = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "README.vi.md", "examples/README.md")}
COMMANDS = sorted(getattr(get_command(app), "commands", {}))
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXAMPLES = sorted(
    {
        line.removeprefix("$ tthc ")
        for page in PAGES.values()
        for block in BLOCK.findall(page)
        for line in block.splitlines()
        if line.startswith("$ tthc ")
    }
)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from tthc_cli.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src"), "COLUMNS": "120"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_stands_in_both_readmes(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 3
    assert f"`tthc {command}`" in PAGES["README.md"]
    assert f"`tthc {command}`" in PAGES["README.vi.md"]


def test_the_readme_names_every_verdict() -> None:
    assert not [verdict for verdict in VERDICTS if f"`{verdict}`" not in PAGES["README.md"]]


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_the_readme_shows_runs(example: str) -> None:
    result = run(*shlex.split(example))
    assert result.returncode in (0, 1), result.stderr
    assert result.stdout


@pytest.mark.parametrize("page", ["README.md", "README.vi.md"])
def test_the_explanation_in_the_readme_is_a_real_one(page: str) -> None:
    first, *shown = BLOCK.findall(PAGES[page])[0].splitlines()
    printed = run(*shlex.split(first.removeprefix("$ tthc "))).stdout.splitlines()
    assert shown.pop() == "…"
    assert printed[: len(shown)] == shown
