"""Options before the environment before `tthc.toml` before what is built in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tthc_cli import settings
from tthc_cli.errors import InputError, TthcError, UsageError
from tthc_cli.mail_settings import Mail
from tthc_cli.records import Reading
from tthc_cli.settings import Settings
from tthc_cli.submissions import file_trouble
from tthc_cli.wording import problems


def _read(cwd: Path, environ: Mapping[str, str] | None = None, **options: Any) -> Settings:
    return settings.read(options, environ or {}, cwd)


def _file(folder: Path, text: str) -> Path:
    (folder / "tthc.toml").write_text(text, encoding="utf-8")
    return folder


def _failed(kind: type[TthcError], cwd: Path, environ: Mapping[str, str] | None = None, **options: Any) -> list[Any]:
    with pytest.raises(kind) as raised:
        _read(cwd, environ, **options)
    assert type(raised.value) is kind
    return [(trouble.path, trouble.code, trouble.line, trouble.facts["key"]) for trouble in raised.value.troubles]


def test_nothing_given(tmp_path: Path) -> None:
    assert _read(tmp_path) == Settings()


def test_the_nearest_file_upwards(tmp_path: Path) -> None:
    _file(
        tmp_path,
        """\
plan = "plan.yaml"
register = "data/so.csv"
[reading]
before_excludes_day = false
day_off = "stay"
proof = "document"
covers = ["district", "XI.1"]
register_lag = 2
except = { "XI.1" = ["vp-ubnd-tinh"], "VI.6" = [] }
[check]
due_soon = 7
[mail]
host = "localhost"
""",
    )
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    found = _read(below)
    assert (found.plan, found.register) == (tmp_path / "plan.yaml", tmp_path / "data" / "so.csv")
    assert found.reading == Reading(
        before_excludes_day=False,
        day_off="stay",
        proof="document",
        covers=("district", "XI.1"),
        register_lag=2,
        exempt={"XI.1": ("vp-ubnd-tinh",), "VI.6": ()},
    )
    assert (found.due_soon, found.workspace) == (7, tmp_path)
    assert found.mail == Mail(host="localhost", ledger=tmp_path / "remind.sqlite")
    assert (found.origins["plan"].line, found.origins["except"].line) == (1, 9)


def test_what_beats_what(tmp_path: Path) -> None:
    _file(tmp_path, 'plan = "file.yaml"\nagencies = "file.yaml"\ncalendar = "file.yaml"\n[reading]\nproof = "received"')
    environ = {"TTHC_PLAN": "env.yaml", "TTHC_AGENCIES": "env.yaml", "TTHC_CALENDAR": ""}
    environ["TTHC_READING"] = "proof=document; day_off=stay"
    found = _read(tmp_path, environ, plan="option.yaml", reading=["proof=sent", "register_lag=0"])
    names = [path.name for path in (found.plan, found.agencies, found.calendar) if path]
    assert names == ["option.yaml", "env.yaml", "file.yaml"]
    assert (found.reading.proof, found.reading.day_off, found.reading.register_lag) == ("sent", "stay", 0)


def test_an_empty_option_takes_a_file_away(tmp_path: Path) -> None:
    _file(tmp_path, 'register = "so.csv"\nevents = ""')
    found = _read(tmp_path, register="")
    assert (found.register, found.events) == (None, None)
    assert _read(tmp_path, register="-").register == Path("-")


def test_paths_below_the_working_folder_are_shown_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "w").mkdir()
    _file(tmp_path / "w", 'register = "so.csv"')
    assert _read(tmp_path, workspace="w").register == Path("w/so.csv")
    assert _read(tmp_path, {"TTHC_WORKSPACE": "w/tthc.toml"}).workspace == Path("w")


@pytest.mark.parametrize(
    ("covers", "expected"),
    [
        ("all", ("province", "district", "commune")),
        ("Commune", ("commune",)),
        ("province, XI.1,tc.1.2", ("province", "XI.1", "tc.1.2")),
    ],
)
def test_covers(tmp_path: Path, covers: str, expected: tuple[str, ...]) -> None:
    assert _read(tmp_path, covers=covers).reading.covers == expected


def test_covers_of_a_file(tmp_path: Path) -> None:
    assert _read(_file(tmp_path, '[reading]\ncovers = "all"')).reading.covers == ("province", "district", "commune")


def test_except_written_short(tmp_path: Path) -> None:
    both = _read(tmp_path, reading=["except=XI.1: so-tttt, so-y-te", "except=VI.6: so-y-te"])
    assert both.reading.exempt == {"XI.1": ("so-tttt", "so-y-te"), "VI.6": ("so-y-te",)}
    assert _read(tmp_path, reading="except=").reading.exempt == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plann = 'x'", [("setting_unknown", 1, "plann")]),
        ("plan = 1", [("setting_type", 1, "plan")]),
        ("plan = 'D:\\tthc'\nevents = \"D:\\tthc\\register.csv\"", [("setting_escape", 2, "events")]),
        ('[letter]\ntemplate = "mau\\new.docx"', [("setting_escape", 2, "template")]),
        ("[letter]\nplan = 'x'", [("setting_above", 2, "plan")]),
        ("due_soon = 5\n[reading]\nhost = 'x'", [("setting_elsewhere", 1, "due_soon"),
                                                ("setting_elsewhere", 3, "host")]),
        ("[readings]\nproof = 'sent'", [("setting_unknown", 1, "readings")]),
        ("reading = 1", [("setting_type", 1, "reading")]),
        ("\n[reading]\nprove = 'sent'", [("setting_unknown", 3, "prove")]),
        ("[reading]\nproof = 'post'", [("setting_not_listed", 2, "proof")]),
        ("[reading]\nday_off = true", [("setting_not_listed", 2, "day_off")]),
        ("[reading]\nbefore_excludes_day = 'maybe'", [("setting_type", 2, "before_excludes_day")]),
        ("[reading]\nregister_lag = -1", [("setting_days", 2, "register_lag")]),
        ("[reading]\nregister_lag = true", [("setting_days", 2, "register_lag")]),
        ("[reading]\ncovers = ['town']", [("covers_unknown", 2, "covers")]),
        ("[reading]\ncovers = []", [("covers_unknown", 2, "covers")]),
        ("[reading.except]\n'XI.1' = 3", [("setting_type", 1, "except")]),
        ("[check]\ndue_soon = 1.5", [("setting_days", 2, "due_soon")]),
        ("[check]\nsoon = 1", [("setting_unknown", 2, "soon")]),
        ("contacts = 1", [("setting_type", 1, "contacts")]),
        ("[mail]\nhots = 'x'", [("setting_unknown", 2, "hots")]),
        ("[mail]\nhost = 1", [("setting_type", 2, "host")]),
        ("[mail]\nport = 0", [("setting_number", 2, "port")]),
        ("[mail]\nport = '25'", [("setting_number", 2, "port")]),
        ("[mail]\nsecurity = 'ssl'", [("setting_not_listed", 2, "security")]),
        ("[mail]\nfrom = 'Sở A <a@b.example>'", [("setting_address", 2, "from")]),
        ('[mail]\ndigest = ["a@b.example", "a@b\\nBcc: c@d.example"]', [("setting_address", 2, "digest")]),
        ("[mail]\nstages = [7, -1]", [("setting_number", 2, "stages")]),
        ("[mail]\nstages = 7", [("setting_type", 2, "stages")]),
        ("[mail]\nagain = true\ntimeout = 0", [("setting_number", 2, "again"), ("setting_number", 3, "timeout")]),
        ("reading.proof = 'post'", [("setting_not_listed", 1, "proof")]),
        ("a = 1\nplan = 1\n[reading]\nproof = 1", [("setting_unknown", 1, "a"), ("setting_type", 2, "plan"),
                                                   ("setting_not_listed", 4, "proof")]),
    ],
)  # fmt: skip
def test_flaws_of_a_file(tmp_path: Path, text: str, expected: list[tuple[str, int, str]]) -> None:
    path = str(tmp_path / "tthc.toml")
    assert _failed(InputError, _file(tmp_path, text)) == [(path, *rest) for rest in expected]


def test_mail(tmp_path: Path) -> None:
    text = """\
[mail]
host = "smtp.b.example"
security = "TLS"
ca = "ca.pem"
user = "kstt"
password_file = "secret"
from = "kstt@B.example"
digest = "a@b.example, c@b.example, a@b.example"
stages = [1, 10, 0, 10]
"""
    mail = _read(_file(tmp_path, text)).mail
    assert (mail.security, mail.at_port, mail.sender) == ("tls", 465, "kstt@b.example")
    assert (mail.ca, mail.password_file) == (tmp_path / "ca.pem", tmp_path / "secret")
    assert (mail.digest, mail.stages) == (("a@b.example", "c@b.example"), (10, 1, 0))
    assert Mail().at_port == 587


def test_unreadable_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError) as raised:
        _read(_file(tmp_path, "plan = \n"))
    (trouble,) = raised.value.troubles
    assert (trouble.code, trouble.line) == ("toml", 1)
    with pytest.raises(InputError) as raised:
        _read(_file(tmp_path, 'plan = "C:\\Users\\an\\plan.yaml"'))
    assert "gạch chéo ngược" in problems.trouble(*raised.value.troubles)
    (tmp_path / "tthc.toml").write_bytes(b'plan = "\xe1"')
    with pytest.raises(InputError) as raised:
        _read(tmp_path)
    assert raised.value.troubles[0].code == "not_utf8"
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as raised:
        _read(Path.cwd())
    assert problems.trouble(*raised.value.troubles).startswith("tthc.toml:1:9: ")


def test_why_a_file_cannot_be_opened() -> None:
    told = problems.trouble(file_trouble("so.csv", PermissionError(13, "Permission denied")))
    assert told.startswith("so.csv: Không mở được tệp (không có quyền)")
    assert "(OSError)" in problems.trouble(file_trouble("so.csv", OSError()))


def test_an_empty_file_and_one_from_notepad(tmp_path: Path) -> None:
    assert _read(_file(tmp_path, "")).workspace == tmp_path
    assert _read(_file(tmp_path, '\ufeffplan = "x.yaml"\r\n')).plan == tmp_path / "x.yaml"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"reading": ["proof=post"]}, "setting_not_listed"),
        ({"reading": ["prof=sent"]}, "reading_unknown"),
        ({"reading": ["proof"]}, "reading_bare"),
        ({"reading": ["except"]}, "reading_bare"),
        ({"reading": ["except=XI.1"]}, "reading_except"),
        ({"covers": "town"}, "covers_unknown"),
        ({"covers": ""}, "covers_unknown"),
        ({"covers": "I" + "1" * 60 + "x"}, "covers_unknown"),
        ({"due_soon": -1}, "setting_days"),
        ({"due_soon": "soon"}, "setting_days"),
    ],
)
def test_bad_options(tmp_path: Path, options: Mapping[str, Any], code: str) -> None:
    ((path, found, line, _),) = _failed(UsageError, tmp_path, **options)
    assert (path, found, line) == ("", code, None)


def test_bad_variables(tmp_path: Path) -> None:
    ((path, code, _, _),) = _failed(UsageError, tmp_path, {"TTHC_READING": "proof=post"})
    assert (path, code) == ("TTHC_READING", "setting_not_listed")
    ((path, code, _, _),) = _failed(UsageError, tmp_path, {"TTHC_COVERS": "town"})
    assert (path, code) == ("TTHC_COVERS", "covers_unknown")


def test_what_is_covered_by_a_variable(tmp_path: Path) -> None:
    """It stands between the variable of all readings and the options, as `--covers` stands above `--reading`."""
    environ = {"TTHC_READING": "covers=commune", "TTHC_COVERS": "province,XI.1"}
    assert _read(tmp_path, environ).reading.covers == ("province", "XI.1")
    assert _read(tmp_path, environ, reading=["covers=district"]).reading.covers == ("district",)


@pytest.mark.parametrize("named", ["missing", "tthc.toml"])
def test_no_such_workspace(tmp_path: Path, named: str) -> None:
    with pytest.raises(UsageError) as raised:
        _read(tmp_path, workspace=named)
    assert raised.value.troubles[0].code == "workspace_missing"


def test_it_starts_without_slow_libraries() -> None:
    code = "import sys, tthc_cli.settings; print({'pydantic', 'yaml', 'difflib'} & sys.modules.keys())"
    environment = {"PYTHONPATH": str(Path(settings.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "set()"
