"""Measures start-up against a Typer hello world, registers against polars and openpyxl, phrases against a search, a
workbook against bare xlsxwriter, and the engine against dateutil and holidays; RESULTS.md.

With `--large`, a register of ten million rows too, which takes some minutes."""

from __future__ import annotations

import csv
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from contenders import Contender, compare
from make_register import rows, wide, write, write_csv

HERE = Path(__file__).parent
ROWS = 100_000
PHRASES = 10_000
SHEET = 50_000
PACKAGES = ("tthc-cli", "typer", "pydantic", "polars", "openpyxl", "xlsxwriter", "holidays", "python-dateutil")
PYTHON, TTHC = sys.executable, str(Path(sys.executable).with_name("tthc"))
ASKED = ("--as-of", "2021-10-15", "-f", "json")


def versions() -> str:
    """What was measured, on what."""
    found = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} not installed")
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}; " + ", ".join(found)


def script(name: str, *words: object) -> list[str]:
    """The command of a script that lies beside this one."""
    return [PYTHON, str(HERE / name), *map(str, words)]


def check(register: Path, *words: str, name: str = "`tthc check`") -> Contender:
    """A register judged, some of its rows bad."""
    return Contender(name, [TTHC, "check", str(register), *ASKED, *words], (1,))


def changed(register: Path, make: Callable[[Path, int], None], times: int, *words: str, name: str) -> Contender:
    """A register judged that is another one each time, so that no answer is kept.

    make: writes so many of them, by number, before anything is timed: the disk is busy for a while after.
    """
    others = [register.with_stem(f"{register.stem}-{turn}") for turn in range(times + 1)]
    for turn, other in enumerate(others):
        make(other, turn)
    contender, left = check(register, *words, name=f"{name}, changed since"), iter(others)
    contender.before = lambda: next(left).replace(register)
    return contender


def longer(folder: Path, size: int, times: int) -> Contender:
    """A register that is longer by a row each time."""
    name = f"`tthc check`, {size:,} rows"
    return changed(folder / f"other-{size}.csv", lambda path, turn: write(path, size + turn), times, name=name)


def about_all(folder: Path, owed: Path, size: int, times: int) -> Contender:
    """A register about every task and unit, another one each time."""

    def make(path: Path, turn: int) -> None:
        write_csv(path, wide(owed, size, turn * size + 1), ";", csv.QUOTE_MINIMAL)

    return changed(folder / "all.csv", make, times, "--covers", "all", name="`tthc check`")


def start_up(folder: Path) -> Iterator[str]:
    """Short commands against the least that a Typer program does."""
    small = folder / "small.csv"
    write(small, 300)
    due = [TTHC, "due", "so-tttt", "--as-of", "2021-06-15"]
    contenders = (
        Contender("`tthc due`, plan and directory read before", due),
        Contender("`tthc due --no-cache`", [*due, "--no-cache"]),
        check(small, name="`tthc check`, 300 rows, the same as before"),
        longer(folder, 300, 15),
        Contender("`tthc --help`", [TTHC, "--help"]),
        Contender("`tthc --version`", [TTHC, "--version"]),
        Contender("`python -c pass`", [PYTHON, "-c", "pass"]),
        Contender("Typer hello world", script("hello.py", "hello")),
    )
    yield from compare("Start-up", contenders, 15, folder)


def registers(folder: Path, owed: Path, large: bool) -> Iterator[str]:
    """Registers of several sizes, one row in a hundred of them bad, against a join that ignores bad rows."""
    for size, times in ((10_000, 11), (ROWS, 7), (1_000_000, 4), *(((10_000_000, 1),) if large else ())):
        register = folder / f"{size}.csv"
        write(register, size)
        two = check(register, "--jobs", "2", name="`tthc check --jobs 2`")
        join = Contender("polars", script("join_polars.py", register, owed))
        again = check(register, name="`tthc check`, the same as before")
        ours = (check(register), two) if size >= 1_000_000 else (again, longer(folder, size, times))
        yield from compare(f"A register of {size:,} rows", (*ours, join), times, folder)
        if size > ROWS:
            register.unlink()
    yield from compare(f"The same {ROWS:,} rows, written in other ways", [*other_ways(folder)], 5, folder)
    for size, times in ((10_000, 7), (ROWS, 5)):
        contenders = (
            about_all(folder, owed, size, times),
            Contender("polars", script("join_polars.py", folder / "all.csv", owed)),
        )
        yield from compare(f"A register of {size:,} rows about every task and unit", contenders, times, folder)


def other_ways(folder: Path) -> Iterator[Contender]:
    """The same register with cells in quotes, with rows that have a cell too many, and with a new mistake in each."""
    extra = ([*row, "x"] if at % 100 == 0 else row for at, row in enumerate(rows(ROWS), 1))
    for name, delimiter, quoting, made in (
        ("commas, so that abstracts stand in quotes", ",", csv.QUOTE_MINIMAL, rows(ROWS)),
        ("every cell in quotes", ";", csv.QUOTE_ALL, rows(ROWS)),
        ("one row in a hundred with a cell too many", ";", csv.QUOTE_MINIMAL, extra),
        ("one row in a hundred wrong in a way of its own", ";", csv.QUOTE_MINIMAL, rows(ROWS, alike=False)),
    ):
        path = folder / f"{name}.csv"
        write_csv(path, made, delimiter, quoting)
        yield check(path, "--no-cache", name=name)
    yield check(folder / f"{ROWS}.csv", "--no-cache", name="as above")


def sheet(folder: Path) -> Iterator[str]:
    """A register in a workbook against a loop over the same sheet."""
    path = folder / "register.xlsx"
    subprocess.run(script("make_register.py", path, SHEET), check=True)  # noqa: S603 - a peak counts from its parent's
    loop = Contender("openpyxl, read-only, looking at every row", script("read_workbook.py", path))
    made = check(path, "--no-cache")  # a kept answer would tell nothing of how a sheet is read
    yield from compare(f"A register of {SHEET:,} rows in a workbook", (made, loop), 3, folder)


def phrases(folder: Path) -> Iterator[str]:
    """Deadline phrases against a search for their numbers."""
    path = folder / "phrases.txt"
    subprocess.run(script("make_phrases.py", path, PHRASES), check=True)  # noqa: S603
    read = Contender("`tthc deadline -`", [TTHC, "deadline", "-", "--year", "2021"], (0, 1), path)
    scan = Contender("`re.findall`", script("scan_phrases.py"), stdin=path)
    yield from compare(f"{PHRASES:,} deadline phrases", (read, scan), 7, folder)


def workbooks(folder: Path) -> Iterator[str]:
    """Our way of writing a table, and xlsxwriter alone, in constant memory, with the same cells."""
    ours = Contender("as `tthc` writes it", script("write_workbook.py", "ours", folder / "ours.xlsx", ROWS))
    bare = Contender("bare xlsxwriter", script("write_workbook.py", "bare", folder / "bare.xlsx", ROWS))
    yield from compare(f"A workbook of {ROWS:,} rows of eight cells", (ours, bare), 3, folder)


def many_plans(folder: Path) -> Iterator[str]:
    """The plan of Bến Tre under 63 names, each with its agencies and 1,000 papers, by one process and by two."""
    data, plans = HERE.parent / "data", folder / "plans"
    text = (data / "plan_2021.yaml").read_text("utf-8")
    for number in range(63):
        place = plans / f"tinh-{number:02}"
        place.mkdir(parents=True)
        place.joinpath("plan.yaml").write_text(text.replace("id: ben-tre-2021", f"id: tinh-{number}-2021", 1), "utf-8")
        shutil.copy(data / "agencies.yaml", place)
        write(place / "register.csv", 1000)
    command = [TTHC, "check", "--plans", str(plans), "--as-of", "2021-10-15", "-q"]
    two = Contender("`tthc check --plans --jobs 2`", [*command, "--jobs", "2"], (1,))
    yield from compare("63 plans with 1,000 papers each", (two, Contender("by one", command, (1,))), 2, folder)
    yield said(*script("engine.py", plans))


def said(*command: str | Path) -> str:
    """What a program of ours prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


def results(large: bool) -> Iterator[str]:
    """All of it, line by line."""
    yield from ("# Results", "", f"Written by `benchmarks/run.py`. {versions()}.", "")
    yield from ("A ratio is a multiple of the last line of its table; the runs of a table took turns.", "")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        owed = folder / "owed.json"
        subprocess.run([TTHC, "due", *ASKED, "-q", "-o", owed], check=True, cwd=folder)  # noqa: S603
        yield from start_up(folder)
        if find_spec("polars"):
            yield from registers(folder, owed, large)
            yield from (
                "## Where the time of `tthc check` goes",
                "",
                said(*script("phases.py", folder / f"{ROWS}.csv")),
            )
        yield from sheet(folder)
        yield from many_plans(folder)
        yield from phrases(folder)
        yield from workbooks(folder)


def main() -> None:
    """Print the tables as they come, and write them."""
    lines = []
    for line in results("--large" in sys.argv[1:]):
        lines.append(line)
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    (HERE / "RESULTS.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
