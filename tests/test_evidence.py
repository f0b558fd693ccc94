"""An evidence pack: the same bytes for the same inputs, and every tampering found when it is worked out again."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from tests.program import ROOT, Program
from tthc_cli import settings, workflow
from tthc_cli.cli.check import of
from tthc_cli.evidence import packed
from tthc_cli.report import Report
from tthc_cli.reports import check

Files = dict[str, bytes]
EXAMPLE = ROOT / "examples" / "ben_tre_2021"
EXPORT = ("export", "--what", "evidence", "--as-of", "2021-10-15", "-q", "-o")


@pytest.fixture
def tthc(tmp_path: Path) -> Program:
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    program = Program(tmp_path)
    assert program(*EXPORT, "ho_so.zip").returncode == 0
    return program


def _files(path: Path) -> Files:
    with zipfile.ZipFile(path) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def _zip(files: Files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for name, data in files.items():
            pack.writestr(name, data)
    return out.getvalue()


def test_the_same_inputs_make_the_same_bytes_and_verify(tthc: Program) -> None:
    assert tthc(*EXPORT, "again.zip").returncode == 0
    assert (tthc.folder / "again.zip").read_bytes() == (tthc.folder / "ho_so.zip").read_bytes()
    told = tthc.json("verify", "ho_so.zip")
    assert (told["schema"], told["same"], told["differences"]) == ("tthc.verify/1", True, [])
    assert {"inputs/plan.yaml", "inputs/register.csv", "inputs/events.csv", "assessment.json"} <= told["files"].keys()
    assert str(tthc.folder) not in (tthc.folder / "ho_so.zip").read_bytes().decode("latin-1")


def _late(files: Files) -> None:
    files["inputs/register.csv"] = files["inputs/register.csv"].replace(b"/2021", b"/2020", 1)


def _kinder(files: Files) -> None:
    found = json.loads(files["assessment.json"])
    next(item for item in found["findings"] if item["verdict"] == "late")["verdict"] = "on_time"
    files["assessment.json"] = json.dumps(found).encode()


def _gone(files: Files) -> None:
    del files["inputs/events.csv"]


def _extra(files: Files) -> None:
    files["notes.txt"] = b"x"


@pytest.mark.parametrize(
    ("tamper", "kind", "key"),
    [
        (_late, "file", "inputs/register.csv"),
        (_kinder, "verdict", ""),
        (_gone, "file", "inputs/events.csv"),
        (_extra, "file", "notes.txt"),
    ],
)
def test_tampering_is_found(tthc: Program, tamper: Callable[[Files], None], kind: str, key: str) -> None:
    files = _files(tthc.folder / "ho_so.zip")
    tamper(files)
    (tthc.folder / "x.zip").write_bytes(_zip(files))
    told = tthc.json("verify", "x.zip", code=1)
    assert [item for item in told["differences"] if item["kind"] == kind and item["key"].startswith(key)]
    assert "chỗ khác với hồ sơ" in tthc("verify", "x.zip").stdout


def _forged(files: Files) -> None:
    """An assessment changed with its hash."""
    found = json.loads(files["assessment.json"])
    next(item for item in found["findings"] if item["verdict"] == "late")["days_late"] = 1
    files["assessment.json"] = json.dumps(found).encode()


def _counts(files: Files) -> None:
    found = json.loads(files["assessment.json"])
    found["counts"]["late"] = 0
    files["assessment.json"] = json.dumps(found).encode()


def test_what_differs_is_told_in_words(tthc: Program) -> None:
    """No object of a program, and of totals only those that differ."""
    files = _files(tthc.folder / "ho_so.zip")
    found = json.loads(files["assessment.json"])
    late = next(item for item in found["findings"] if item["verdict"] == "late")
    changed = {"due": "2021-01-05", "window": ["2021-01-01", "2021-01-03"], "firm": False, "rests_on": ["proof"]}
    late |= {"verdict": "on_time", "extended": {"to": "2021-09-01", "document": "1/QD"}, **changed}
    gone = next(item["key"] for item in found["findings"] if item["verdict"] == "no_deadline")
    found["findings"] = [item for item in found["findings"] if item["key"] != gone]
    now, found["counts"]["late"] = found["counts"]["late"], 0
    files["assessment.json"] = json.dumps(found).encode()
    days = json.loads(files["calendar.json"])
    days["days"][0][0:2] = ["2019-01-01", "worked"]
    files["calendar.json"] = json.dumps(days).encode()
    (tthc.folder / "x.zip").write_bytes(_zip(files))
    told = tthc("verify", "x.zip").stdout
    assert not re.search(r"[{}\[\]]|True|False|None|\d{4}-\d\d-\d\d", told), told
    of_totals = "Kết quả, số việc theo trạng thái: hồ sơ ghi hoàn thành quá hạn: 0, nay là hoàn thành quá hạn: "
    assert f"{of_totals}{now}.\n" in told
    assert "hạn áp dụng: hồ sơ ghi 05/01/2021, nay là " in told
    assert "kỳ số liệu: hồ sơ ghi 01/01/2021, 03/01/2021, nay là không có.\n" in told
    assert "trạng thái: hồ sơ ghi đúng hạn, nay là hoàn thành quá hạn.\n" in told
    assert "được gia hạn: hồ sơ ghi gia hạn đến: 01/09/2021; văn bản: 1/QD, nay là không có.\n" in told
    assert "đủ căn cứ: hồ sơ ghi không, nay là có.\n" in told
    assert "Ngày 01/01/2019 của lịch: hồ sơ ghi ngày làm bù, Tết Dương lịch, nay là ngày nghỉ, Tết Dương lịch" in told
    assert told.count(gone) == 1


def _drawn(files: Files) -> None:
    """The page that people read, telling of nothing late."""
    files["ket_qua.html"] = files["ket_qua.html"].replace("hoàn thành quá hạn".encode(), "đúng hạn".encode())


@pytest.mark.parametrize(("forge", "kind"), [(_forged, "days_late"), (_counts, "total"), (_drawn, "file")])
def test_a_forged_assessment_is_found_whatever_its_hash(
    tthc: Program, forge: Callable[[Files], None], kind: str
) -> None:
    files = _files(tthc.folder / "ho_so.zip")
    forge(files)
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {name: sha256(files[name]).hexdigest() for name in manifest["files"]}
    files["manifest.json"] = json.dumps(manifest).encode()
    (tthc.folder / "x.zip").write_bytes(_zip(files))
    assert [item["kind"] for item in tthc.json("verify", "x.zip", code=1)["differences"]] == [kind]


def test_a_pack_stands_alone(tthc: Program) -> None:
    register = tthc.folder / "register.csv"
    assert tthc(*EXPORT[:-1], "--register", str(register), "-o", "absolute.zip").returncode == 0
    assert str(tthc.folder).encode() not in b"".join(_files(tthc.folder / "absolute.zip").values())
    (tthc.folder / "tthc.toml").write_text('plan = "missing.yaml"\n', encoding="utf-8")
    assert tthc("verify", "absolute.zip").returncode == 0
    files = _files(tthc.folder / "ho_so.zip")
    del files["inputs/plan.yaml"]
    (tthc.folder / "x.zip").write_bytes(_zip(files))
    assert [item["key"] for item in tthc.json("verify", "x.zip", code=1)["differences"]] == ["inputs/plan.yaml"]


def test_it_is_verified_by_its_own_day_not_by_the_machine_s(tthc: Program) -> None:
    """A paper of after the day judged is set aside, one of after the day it was judged on is wrong: then and now."""
    register = tthc.folder / "register.csv"
    lines = register.read_text("utf-8-sig").splitlines()
    later = [re.sub(r"/\d+/20\d\d", f"/{month}/2021", lines[2]) for month in ("11", "12")]
    register.write_text("\n".join([*lines, *later]), "utf-8")
    chosen = settings.read({"workspace": str(tthc.folder)}, {}, tthc.folder)
    outcome = workflow.run(chosen, date(2021, 10, 15), date(2021, 11, 30))
    wrong = {(item.code, item.line) for item in outcome.assessment.problems if item.severity == "error"}
    assert (wrong, outcome.assessment.set_aside) == ({("R08", len(lines) + 2)}, 1)

    def assess(run: workflow.Outcome) -> Report:
        return check.report(of(run, run.assessment.judgements)._replace(everything=True))

    (tthc.folder / "then.zip").write_bytes(packed(outcome, assess, chosen.due_soon))
    assert tthc.json("verify", "then.zip")["same"]


def test_its_page_is_there_to_be_read(tthc: Program) -> None:
    page = _files(tthc.folder / "ho_so.zip")["ket_qua.html"].decode()
    assert page.startswith("<!DOCTYPE html>")
    assert "7092/KH-UBND" in page
    assert "register.csv: 283 dòng" in page


@pytest.mark.parametrize("name", ["inputs/../../evil.yaml", "inputs/shell.sh"])
def test_no_file_is_written_by_the_name_it_bears(tthc: Program, name: str) -> None:
    files = {**_files(tthc.folder / "ho_so.zip"), name: b"x"}
    (tthc.folder / "x.zip").write_bytes(_zip(files))
    done = tthc("verify", "x.zip")
    assert done.returncode == 1
    assert f"Tệp {name} không còn như khi lập hồ sơ" in done.stdout
    assert not (tthc.folder.parent / "evil.yaml").exists()


def test_what_is_no_pack_is_refused(tthc: Program) -> None:
    (tthc.folder / "a.zip").write_bytes(b"PK nothing")
    (tthc.folder / "b.zip").write_bytes(_zip({"manifest.json": b"{}"}))
    assert [tthc("verify", name).returncode for name in ("a.zip", "b.zip", "none.zip", ".")] == [3, 3, 3, 3]
    assert tthc("export", "--what", "evidence", "-o", "x.json").returncode == 2
