"""Measures start-up against a Typer hello world, a register against polars, phrases against a search, a workbook
against bare xlsxwriter, and the engine against dateutil and holidays; RESULTS.md."""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from make_register import write

HERE = Path(__file__).parent
ROWS = 100_000
PHRASES = 10_000
PACKAGES = ("tthc-cli", "typer", "pydantic", "polars", "xlsxwriter", "holidays", "python-dateutil")


@dataclass
class Contender:
    """A command with the seconds and peak kilobytes of its runs."""

    name: str
    command: list[str]
    codes: tuple[int, ...] = (0,)
    stdin: Path | None = None
    seconds: list[float] = field(default_factory=list)
    kilobytes: list[int] = field(default_factory=list)

    def run(self, folder: Path) -> None:
        """Run once, from a folder without a workspace."""
        started = time.perf_counter()
        with (self.stdin or Path(os.devnull)).open("rb") as stdin:
            child = subprocess.Popen(  # noqa: S603 - our own commands
                self.command, cwd=folder, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            _, status, usage = os.wait4(child.pid, 0)
        self.seconds.append(time.perf_counter() - started)
        self.kilobytes.append(usage.ru_maxrss)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in self.codes:
            raise SystemExit(f"{self.command} ended with {child.returncode}")

    def row(self, other: Contender) -> str:
        """A line of the results, as a multiple of another."""
        took, peak = statistics.median(self.seconds), max(self.kilobytes) / 1024
        ratio = took / statistics.median(other.seconds)
        return f"| {self.name} | {took * 1000:.0f} ms | {ratio:.2f} | {peak:.0f} MB |"


def compare(title: str, ours: Contender, theirs: Contender, times: int, folder: Path) -> list[str]:
    """Interleave the runs, so that a busy machine slows both alike; the first pair only warms the caches."""
    for turn in range(times + 1):
        for contender in (ours, theirs):
            contender.run(folder)
            if turn == 0:
                contender.seconds.clear()
                contender.kilobytes.clear()
    head = ["| | median | ratio | peak memory |", "|---|---|---|---|"]
    return [f"## {title}", "", *head, ours.row(theirs), theirs.row(theirs), ""]


def versions() -> str:
    """What was measured, on what."""
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} not installed")
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}; " + ", ".join(found)


def workbooks(folder: Path) -> tuple[Contender, Contender]:
    """Our way of writing a table, and xlsxwriter alone, in constant memory, with the same cells."""
    script = [sys.executable, str(HERE / "write_workbook.py")]
    ours = Contender("as `tthc` writes it", [*script, "ours", str(folder / "ours.xlsx"), str(ROWS)])
    return ours, Contender("bare xlsxwriter", [*script, "bare", str(folder / "bare.xlsx"), str(ROWS)])


def many_plans(folder: Path) -> tuple[Contender, Contender]:
    """The plan of Bến Tre under 63 names, each with its 190 agencies and 1,000 papers, by one process and by two."""
    data, plans = HERE.parent / "data", folder / "plans"
    text = (data / "plan_2021.yaml").read_text("utf-8")
    for number in range(63):
        place = plans / f"tinh-{number:02}"
        place.mkdir(parents=True)
        place.joinpath("plan.yaml").write_text(text.replace("id: ben-tre-2021", f"id: tinh-{number}-2021", 1), "utf-8")
        shutil.copy(data / "agencies.yaml", place)
        write(place / "register.csv", 1000)
    command = [
        str(Path(sys.executable).with_name("tthc")),
        "check",
        "--plans",
        str(plans),
        "--as-of",
        "2021-10-15",
        "-q",
    ]
    return Contender("`tthc check --plans --jobs 2`", [*command, "--jobs", "2"], (1,)), Contender(
        "by one", command, (1,)
    )


def said(*command: str | Path) -> str:
    """What a program of ours prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


def main() -> None:
    """Run everything."""
    python, tthc = sys.executable, str(Path(sys.executable).with_name("tthc"))
    lines = ["# Results", "", f"Written by `benchmarks/run.py`. {versions()}.", ""]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        register, owed = folder / "register.csv", folder / "owed.json"
        subprocess.run([python, HERE / "make_register.py", register, str(ROWS)], check=True)  # noqa: S603
        export = [tthc, "due", "--as-of", "2021-10-15", "-q", "-f", "json", "-o", str(owed)]
        subprocess.run(export, check=True, cwd=folder)  # noqa: S603
        due = Contender("`tthc due`", [tthc, "due", "so-tttt", "--as-of", "2021-06-15"])
        hello = Contender("Typer hello world", [python, str(HERE / "hello.py"), "hello"])
        lines += compare("Start-up, plan and directory read before", due, hello, 15, folder)
        cold = Contender("`tthc due --no-cache`", [*due.command, "--no-cache"])
        hello = Contender(hello.name, hello.command)
        lines += compare("Start-up, nothing kept", cold, hello, 15, folder)
        phrases = folder / "phrases.txt"
        subprocess.run([python, HERE / "make_phrases.py", phrases, str(PHRASES)], check=True)  # noqa: S603
        read = Contender("`tthc deadline -`", [tthc, "deadline", "-", "--year", "2021"], (0, 1), phrases)
        scan = Contender("`re.findall`", [python, str(HERE / "scan_phrases.py")], stdin=phrases)
        lines += compare(f"{PHRASES:,} deadline phrases", read, scan, 7, folder)
        if find_spec("polars"):
            check = Contender(
                "`tthc check`", [tthc, "check", str(register), "--as-of", "2021-10-15", "-f", "json"], (1,)
            )
            join = Contender("polars", [python, str(HERE / "join_polars.py"), str(register), str(owed)])
            lines += compare(f"A register of {ROWS:,} rows, 1% bad", check, join, 7, folder)
            million = folder / "million.csv"
            subprocess.run([python, HERE / "make_register.py", million, "1000000"], check=True)  # noqa: S603
            asked = [tthc, "check", str(million), "--as-of", "2021-10-15", "-f", "json"]
            join = Contender("polars", [python, str(HERE / "join_polars.py"), str(million), str(owed)])
            lines += compare(
                "A register of 1,000,000 rows, 1% bad", Contender("`tthc check`", asked, (1,)), join, 3, folder
            )
            shared = Contender("`tthc check --jobs 2`", [*asked, "--jobs", "2"], (1,))
            lines += compare("The same, by two processes", shared, Contender(join.name, join.command), 3, folder)
        lines += ["## Where the time of `tthc check` goes", "", said(python, HERE / "phases.py", register)]
        lines.append(said(python, HERE / "engine.py"))
        lines += compare("63 plans, 12,000 units, 63,000 papers", *many_plans(folder), 2, folder)
        lines += compare(f"A workbook of {ROWS:,} rows of eight cells", *workbooks(folder), 5, folder)
    text = "\n".join(lines)
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
