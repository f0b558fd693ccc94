"""The schemas that editors check plan, directory, calendar and settings files by."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tthc_cli.schemas import schema
from tthc_cli.settings import read
from tthc_cli.wording.workspace import SETTINGS

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
FILES = {"plan": "plan_2021.yaml", "agencies": "agencies.yaml", "calendar": "calendar_vn.yaml"}


class _Editor(yaml.CSafeLoader):
    """Reads a file as an editor does, by YAML 1.2: numbers and truth values are such, a date is a text."""


_Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith(("timestamp", "bool"))]
    for first, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


def _loaded(text: str) -> Any:
    found = yaml.load(text, Loader=_Editor)
    if "years" in found:
        found["years"] = {str(year): days for year, days in found["years"].items()}
    return found


def _errors(kind: str, content: object) -> list[str]:
    found = schema(kind)
    Draft202012Validator.check_schema(found)
    return [error.message for error in Draft202012Validator(found).iter_errors(content)]


@pytest.mark.parametrize("kind", [*FILES, "workspace"])
def test_the_shipped_schema_is_the_program_s(kind: str) -> None:
    assert json.loads((DATA / f"{kind}.schema.json").read_text(encoding="utf-8")) == schema(kind)


@pytest.mark.parametrize("kind", FILES)
def test_a_shipped_file_names_its_schema_and_fits_it(kind: str) -> None:
    text = (DATA / FILES[kind]).read_text(encoding="utf-8")
    assert text.splitlines()[0] == f"# yaml-language-server: $schema={kind}.schema.json"
    assert _errors(kind, _loaded(text)) == []


@pytest.mark.parametrize(
    ("sound", "wrong"),
    [
        ("year: 2021", "yaer: 2021"),
        ("count: 5", "count: five"),
        ("count: 5", "count: 0"),
        ("kind: before_date", "kind: before_dat"),
        ("unit: working_day", "unit: workday"),
        ("kind: before_date, ", ""),
    ],
)
def test_a_slip_in_a_plan_is_seen(sound: str, wrong: str) -> None:
    text = (DATA / FILES["plan"]).read_text(encoding="utf-8")
    assert sound in text
    assert _errors("plan", _loaded(text.replace(sound, wrong, 1)))


def test_the_new_workspace_fits_its_schema(tmp_path: Path) -> None:
    every = re.sub(r"^# (\w+ = )", r"\1", SETTINGS, flags=re.MULTILINE)
    (tmp_path / "tthc.toml").write_text(every, encoding="utf-8")
    assert read({}, {}, tmp_path).reading.proof == "sent"
    assert _errors("workspace", tomllib.loads(every)) == []
    assert _errors("workspace", tomllib.loads(every.replace("proof", "prof")))
    assert _errors("workspace", tomllib.loads(every.replace('"sent"', '"proposed"')))
