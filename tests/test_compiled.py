"""What is kept of plan, directory and calendar between runs: the same meaning, or nothing."""

from __future__ import annotations

import compileall
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tthc_cli import loading
from tthc_cli.cache import MOST_ENTRIES
from tthc_cli.errors import InputError
from tthc_cli.loading import Inputs
from tthc_cli.settings import Settings, read

ROOT = Path(__file__).parents[1]
FRESH = loading.load(Settings())
Damage = Callable[[bytes], bytes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which one run has kept what it read."""
    loading.load(Settings(cache=tmp_path))
    return tmp_path


def _same(one: Inputs, other: Inputs) -> bool:
    return (
        one.plan == other.plan
        and one.directory.units == other.directory.units
        and one.directory.find("Sở TT&TT") == other.directory.find("Sở TT&TT")
        and one.calendar.days() == other.calendar.days()
        and one.calendar.year(2021) == other.calendar.year(2021)
        and one.fingerprint == other.fingerprint
    )


def _marked(folder: Path) -> None:
    """Change the kept title, so that it shows whether what is kept is believed."""
    (file,) = folder.iterdir()
    data = file.read_bytes()
    head, text = data[: -len(_text(data)) - 8], _text(data)
    found = json.loads(text)
    found["plan"][1]["title"] = "kept"
    from zlib import crc32

    text = json.dumps(found).encode()
    file.write_bytes(head + b"%08x" % crc32(text) + text)


def _text(data: bytes) -> bytes:
    """The JSON at the end of a kept file."""
    return data[data.rindex(b'{"plan":["Plan"') :]


def test_what_is_kept_means_what_was_read(folder: Path) -> None:
    assert _same(loading.load(Settings(cache=folder)), FRESH)


def test_what_is_kept_is_used(folder: Path) -> None:
    _marked(folder)
    assert loading.load(Settings(cache=folder)).plan.title == "kept"
    assert loading.load(Settings()).plan.title == FRESH.plan.title


def test_what_is_kept_is_plain_json(folder: Path) -> None:
    (file,) = folder.iterdir()
    kept = {"plan", "units", "names", "tables", "years", "hashes", "disputed"}
    assert json.loads(_text(file.read_bytes())).keys() == kept


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:0],
        lambda data: data[:-1],
        lambda data: data + b" ",
        lambda data: data.replace(b"tthc 0", b"tthc 9", 1),
        lambda data: data.replace("Trần Ngọc".encode(), "Trần Ngạc".encode()),
        lambda data: data[:-100] + bytes([data[-100] ^ 1]) + data[-99:],
    ],
)
def test_a_damaged_file_is_as_if_not_there(folder: Path, damage: Damage) -> None:
    (file,) = folder.iterdir()
    sound = file.read_bytes()
    file.write_bytes(damage(sound))
    assert _same(loading.load(Settings(cache=folder)), FRESH)
    assert file.read_bytes() == sound


def test_a_changed_source_is_read_again(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    text = loading.built_in("plan").read_text(encoding="utf-8")
    plan.write_text(text, encoding="utf-8")
    settings = Settings(plan=plan, cache=tmp_path / "kept")
    assert loading.load(settings).plan.number == "7092/KH-UBND"
    plan.write_text(text.replace("number: 7092/", "number: 7093/", 1), encoding="utf-8")
    assert loading.load(settings).plan.number == "7093/KH-UBND"


def test_a_broken_source_is_told_whatever_is_kept(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_bytes(loading.built_in("plan").read_bytes())
    settings = Settings(plan=plan, cache=tmp_path / "kept")
    loading.load(settings)
    plan.unlink()
    with pytest.raises(InputError) as raised:
        loading.load(settings)
    assert [trouble.code for trouble in raised.value.troubles] == ["missing_file"]


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert _same(loading.load(Settings(cache=blocked / "tthc")), FRESH)


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    text = loading.built_in("plan").read_text(encoding="utf-8")
    kept = tmp_path / "kept"
    kept.mkdir()
    for number in range(MOST_ENTRIES + 4):
        (kept / f"{number:08x}.tthc").write_text(text, encoding="utf-8")
        os.utime(kept / f"{number:08x}.tthc", (number, number))
    loading.load(Settings(cache=kept))
    names = {file.name for file in kept.iterdir()}
    assert len(names) == MOST_ENTRIES
    assert f"{MOST_ENTRIES + 3:08x}.tthc" in names
    assert "00000000.tthc" not in names


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        ({"HOME": "/home/a"}, Path("/home/a/.cache/tthc")),
        ({"HOME": "/home/a", "XDG_CACHE_HOME": "/var/kept"}, Path("/var/kept/tthc")),
        ({"HOME": "/home/a", "XDG_CACHE_HOME": "kept"}, None),
        ({"HOME": "/home/a", "TTHC_NO_CACHE": "1"}, None),
        ({}, None),
    ],
)
def test_where_it_is_kept(environ: dict[str, str], folder: Path | None, tmp_path: Path) -> None:
    assert read({}, environ, tmp_path).cache == folder
    assert read({"no_cache": True}, environ, tmp_path).cache is None


def test_a_second_run_needs_no_heavy_library(tmp_path: Path) -> None:
    heavy = {"pydantic", "yaml", "holidays", "dateutil", "rich", "jinja2", "openpyxl", "lark"}
    code = f"""
import sys
sys.argv = ["tthc", *sys.argv[1:]]
from tthc_cli.cli import main
try:
    main()
except SystemExit:
    pass
print(sorted({heavy!r} & set(sys.modules)), file=sys.stderr)
"""
    register = ROOT / "examples" / "ben_tre_2021" / "register.csv"
    environ = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "XDG_CACHE_HOME": str(tmp_path)}
    for command in (["due", "--agency", "Sở TT&TT"], ["check", str(register)]):
        for expected in (["pydantic", "yaml"], []) if command[0] == "due" else ([],):
            done = subprocess.run(
                [sys.executable, "-c", code, *command, "-q", "--as-of", "2021-06-15"],
                env=environ,
                cwd=tmp_path,
                capture_output=True,
                encoding="utf-8",
                check=True,
            )
            assert done.stderr == f"{expected}\n"


def test_the_reading_is_no_part_of_it(folder: Path) -> None:
    settings = Settings(cache=folder)
    stricter = settings._replace(reading=settings.reading._replace(proof="received"))
    assert loading.load(stricter).reading.proof == "received"
    assert loading.load(settings).reading.proof == "sent"


def test_an_installation_without_sources_keeps_too(tmp_path: Path) -> None:
    package = tmp_path / "lib" / "tthc_cli"
    shutil.copytree(ROOT / "src" / "tthc_cli", package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", package / "data", dirs_exist_ok=True)
    assert compileall.compile_dir(package, quiet=1, legacy=True)
    for source in package.rglob("*.py"):
        source.unlink()
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "lib"), "XDG_CACHE_HOME": str(tmp_path / "kept")}
    command = [sys.executable, "-m", "tthc_cli", "due", "--agency", "so-tttt", "--as-of", "2021-06-15"]
    first, second = (subprocess.run(command, env=environment, capture_output=True, check=True) for _ in range(2))
    assert first.stdout == second.stdout
    assert [*(tmp_path / "kept").rglob("*.tthc")]
