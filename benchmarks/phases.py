"""Where the time of `tthc check` goes: one run after another of its steps in one process, the least of several."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

TURNS = 5
AS_OF, TODAY = date(2021, 10, 15), date(2021, 12, 31)
START = "import time; started = time.perf_counter(); {code}; print(time.perf_counter() - started)"


def least(run: Callable[[], Any]) -> tuple[float, Any]:
    """The least seconds, and what came of it."""
    found = []
    for _ in range(TURNS):
        started = time.perf_counter()
        result = run()
        found.append(time.perf_counter() - started)
    return min(found), result


def of_a_process(code: str) -> float:
    """The least seconds of a whole Python process; with code, of that alone."""
    if not code:
        return least(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))[0]
    told = [
        subprocess.run([sys.executable, "-c", START.format(code=code)], check=True, capture_output=True).stdout  # noqa: S603
        for _ in range(TURNS)
    ]
    return min(map(float, told))


def table(register: Path) -> list[str]:
    """The steps of judging a register, in milliseconds and as shares of their sum."""
    from tthc_cli import loading, registers, settings
    from tthc_cli.assessment import assess
    from tthc_cli.formats import Format, encoded, render
    from tthc_cli.gathering import joined
    from tthc_cli.matching import gather
    from tthc_cli.report import Marks
    from tthc_cli.reports import check
    from tthc_cli.submissions import REGISTER
    from tthc_cli.understanding import Understanding

    chosen = settings.read({"register": str(register)}, os.environ, Path.cwd())
    loading.load(chosen)
    steps = {
        "Python": of_a_process(""),
        "modules of the program": of_a_process("import tthc_cli.cli.check, tthc_cli.shards, tthc_cli.reports.check"),
    }
    steps["plan and directory, read before"], inputs = least(lambda: loading.load(chosen))
    understanding = Understanding(inputs.plan, inputs.directory, inputs.reading, AS_OF)
    steps["reading the register: bytes, letters, cells"], _ = least(lambda: taken_apart(register, understanding))
    both, part = least(lambda: gather(registers.open_table(register, REGISTER), understanding, TODAY, inputs.reading))
    steps["meaning: whose paper, for what, when"] = both - steps["reading the register: bytes, letters, cells"]
    steps["papers entered twice"], gathered = least(lambda: joined([part]))
    world = inputs.world(AS_OF)
    steps["obligations and verdicts"], found = least(lambda: assess(world, gathered))
    marks = Marks(inputs.fingerprint)
    paths = {"register": str(register)}
    checked = check.Checked(world, marks, found.judgements, found.problems, gathered, paths)
    steps["output (JSON)"], _ = least(lambda: sum(map(len, encoded(render(check.report(checked), Format.json)))))
    whole = sum(steps.values())
    lines = [f"| {name} | {took * 1000:.0f} ms | {took / whole:.0%} |" for name, took in steps.items()]
    return ["| step | least | share |", "|---|---|---|", *lines, f"| sum | {whole * 1000:.0f} ms | |", ""]


def taken_apart(register: Path, understanding: Any) -> int:
    """Read a register as `gather` does, without asking what its rows mean; how many there are."""
    from tthc_cli import registers
    from tthc_cli.interpreting import Words
    from tthc_cli.records import ALL
    from tthc_cli.stamping import DAYS
    from tthc_cli.submissions import REGISTER
    from tthc_cli.tables import Grouped, Groups

    table = registers.open_table(register, REGISTER)
    days = tuple(sorted(table.placement.at(DAYS)))
    number = table.placement.fields["document_number"]
    pieces = table.read(Groups(Words(table, understanding, ALL).indexes, days, number))
    return sum(len(piece.rows) if isinstance(piece, Grouped) else sum(1 for _ in piece) for piece in pieces)


if __name__ == "__main__":
    sys.stdout.write("\n".join(table(Path(sys.argv[1]))))
