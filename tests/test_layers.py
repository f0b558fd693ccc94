"""The floors of the program: a module imports downwards, or on its own floor what stands before it in this list."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "tthc_cli"
FLOORS: tuple[tuple[str, ...], ...] = (
    ("tuples", "errors", "records", "memory", "sequences", "naming", "alike", "written"),
    ("workdays", "dates", "periods", "place_names", "agencies", "calendar_file", "directory_file", "addresses"),
    ("rules", "submissions", "tables", "phrases", "abstracts", "senders"),
    ("plan",),
    ("extensions", "obligations", "consistency", "drafting", "renewal", "proofreading", "misnamed"),
    (
        "duties",
        "ranking",
        "understanding",
        "rows_above",
        "mistakes",
        "piles",
        "numbering",
        "gathering",
        "stamping",
        "interpreting",
        "matching",
        "incoming",
        "phrase_days",
    ),
    (
        "chaining",
        "firmness",
        "assessment",
        "scorecard",
        "rollup",
        "since",
        "explanation",
        "comparison",
        "reminding",
        "deliveries",
    ),
    ("selection", "wording", "overview", "letterhead", "official", "report", "reports"),
    (
        "web",
        "remote",
        "text_file",
        "yaml_file",
        "setting_values",
        "model_file",
        "reading_settings",
        "mail_settings",
        "letter_settings",
        "workspace_file",
        "settings",
        "schemas",
        "vietnam",
        "csv_spans",
        "csv_text",
        "csv_lines",
        "plain_rows",
        "register_csv",
        "register_xlsx",
        "registers",
        "claims",
        "side_files",
        "formats",
        "cache",
        "compiled",
        "loading",
        "next_year",
        "mail",
        "smtp",
        "ledger",
        "schedule",
        "importing",
    ),
    ("shards", "workflow", "many_plans", "evidence", "reminders"),
    ("cli",),
)
PLACES = {name: (floor, place) for floor, names in enumerate(FLOORS) for place, name in enumerate(names)}
PURE = [name for names in FLOORS[:8] for name in names]
EDGES = {
    "typer",
    "yaml",
    "rich",
    "holidays",
    "openpyxl",
    "xlsxwriter",
    "icalendar",
    "docx",
    "docxtpl",
    "lxml",
    "pdfplumber",
    "subprocess",
    "smtplib",
    "tomllib",
    "time",
    "os",
    "sys",
    "socket",
    "sqlite3",
    "distributed",
    "fsspec",
    "tempfile",
    "jinja2",
    "email",
}
IMPURE_NAMES = {"open", "print", "input"}
IMPURE_ATTRIBUTES = {
    *("now", "today", "utcnow", "read_text", "read_bytes", "write_text", "write_bytes", "open", "getenv", "environ"),
}
# One library stands behind one module, so that it can be exchanged there.
OWNERS = {
    "yaml": {"yaml_file"},
    "holidays": {"vietnam"},
    "tomllib": {"workspace_file"},
    "typer": {"cli"},
    "openpyxl": {"register_xlsx", "importing"},
    "xlsxwriter": {"formats"},
    "icalendar": {"formats"},
    "docx": {"importing", "formats"},
    "docxtpl": {"formats"},
    "lxml": {"importing"},
    "pdfplumber": {"importing"},
    "rich": {"formats", "cli"},
    "jinja2": {"formats"},
    "smtplib": {"smtp"},
    "email": {"mail"},
    "sqlite3": {"ledger"},
    "distributed": {"cli"},
    "fsspec": {"remote"},
}
# What a plain command pays for at its start; these may be imported inside functions only.
SLOW = {
    *("rich", "holidays", "openpyxl", "xlsxwriter", "icalendar", "difflib", "docx", "docxtpl", "lxml", "pdfplumber"),
    *("jinja2", "distributed", "fsspec"),
}

FILES = sorted(SOURCE.rglob("*.py"))


def _name(path: Path) -> str:
    """The module, or for a package its first part below the program: all of a package stands on one place."""
    return path.relative_to(SOURCE).with_suffix("").parts[0]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(tree: ast.AST) -> Iterator[str]:
    """Dotted names of all that is imported, at the top or inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            module = node.module or ""
            yield from (f"{module}.{alias.name}" for alias in node.names) if module == "tthc_cli" else (module,)


def _own(path: Path) -> set[str]:
    """Modules of the program that a file imports."""
    inner = (name.split(".") for name in _imports(_tree(path)))
    return {parts[1] for parts in inner if parts[0] == "tthc_cli" and len(parts) > 1} - {"__version__"}


def _outer(tree: ast.AST) -> set[str]:
    return {name.split(".")[0] for name in _imports(tree)}


def test_every_module_has_a_floor() -> None:
    assert {_name(path) for path in FILES} - {"__init__", "__main__"} <= PLACES.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_down(path: Path) -> None:
    name = _name(path)
    if name == "__main__":
        assert _own(path) <= {"cli"}
        return
    above = {other for other in _own(path) - {name} if name == "__init__" or PLACES[other] >= PLACES[name]}
    assert not above


@pytest.mark.parametrize("path", [path for path in FILES if _name(path) in PURE], ids=lambda path: path.stem)
def test_the_lower_floors_touch_nothing_outside(path: Path) -> None:
    tree = _tree(path)
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = {node.id for node in calls if isinstance(node, ast.Name)} & IMPURE_NAMES
    attributes = {node.attr for node in calls if isinstance(node, ast.Attribute)} & IMPURE_ATTRIBUTES
    assert not _outer(tree) & EDGES
    assert not named | attributes


@pytest.mark.parametrize("library", OWNERS)
def test_one_owner_for_a_library(library: str) -> None:
    assert {_name(path) for path in FILES if library in _outer(_tree(path))} <= OWNERS[library]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_slow_libraries_are_imported_late(path: Path) -> None:
    top = ast.Module([node for node in _tree(path).body if isinstance(node, ast.Import | ast.ImportFrom)], [])
    assert not _outer(top) & SLOW


def test_size() -> None:
    lines = {path.name: path.read_text(encoding="utf-8").count("\n") for path in FILES}
    assert not {name: count for name, count in lines.items() if count > 400}
    functions = [
        (node.end_lineno or 0) - node.lineno + 1
        for path in FILES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef)
    ]
    assert max(functions) <= 40
    assert sorted(functions)[len(functions) // 2] < 10


def test_floors_list_nothing_twice() -> None:
    names = sorted(name for names in FLOORS for name in names)
    assert all(one != other for one, other in pairwise(names))


def test_every_package_is_shipped() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    found = {".".join(path.parent.relative_to(SOURCE.parent).parts) for path in SOURCE.rglob("__init__.py")}
    assert set(listed) == found | {"tthc_cli.data"}


def test_every_file_beside_the_code_is_shipped() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    shipped = {
        path
        for package, patterns in listed.items()
        for pattern in patterns
        for path in SOURCE.parent.joinpath(*package.split(".")).glob(pattern)
    }
    beside = {path for path in SOURCE.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    assert beside
    assert not beside - shipped
