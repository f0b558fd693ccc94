"""Many plans at once: each comes to what it comes to alone, and the whole is their sum."""

from __future__ import annotations

import csv
import gc
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.program import ROOT, Program
from tthc_cli import many_plans, settings
from tthc_cli.rollup import Rolled
from tthc_cli.understanding import Understanding

EXAMPLE = ROOT / "examples" / "ben_tre_2021"
PLAN = (ROOT / "data" / "plan_2021.yaml").read_text("utf-8")
DAY = ("--as-of", "2021-10-15")


@pytest.fixture
def tthc(tmp_path: Path) -> Program:
    """A workspace, a folder with a plan and what stands beside it, and a plan alone."""
    folder = tmp_path / "ke_hoach"
    shutil.copytree(EXAMPLE, folder / "a-ben-tre")
    other = folder / "b-tinh-khac"
    other.mkdir()
    text = PLAN.replace("id: ben-tre-2021", "id: tinh-khac-2021").replace("number: 7092/", "number: 15/", 1)
    (other / "plan.yaml").write_text(text, "utf-8")
    shutil.copy(ROOT / "data" / "agencies.yaml", other)
    shutil.copy(EXAMPLE / "register_loi.csv", other / "register.csv")
    (folder / "c-chua-co-so.yaml").write_text(PLAN.replace("id: ben-tre-2021", "id: chua-co-so"), "utf-8")
    return Program(tmp_path)


def rolled(tthc: Program, *more: str, code: int = 1) -> dict[str, Any]:
    done = tthc("check", "--plans", "ke_hoach", *DAY, "-f", "json", "-q", *more)
    assert done.returncode == code, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_each_plan_comes_to_what_it_comes_to_alone(tthc: Program) -> None:
    found = rolled(tthc)
    names = [plan["name"] for plan in found["plans"]]
    assert names == ["a-ben-tre", "b-tinh-khac", "c-chua-co-so"]
    first, second, third = found["plans"]
    assert third["register"] is None
    assert third["overdue"] == 0
    alone = json.loads(tthc("check", "--workspace", "ke_hoach/a-ben-tre", *DAY, "-f", "json", "--by", "section").stdout)
    counts = ("assigned", "on_time", "late", "in_time", "overdue", "waiting", "unclear", "on_time_rate", "not_covered")
    assert [first[name] for name in counts] == [alone["total"][name] for name in counts]
    assert first["sections"] == alone["scorecard"]
    assert first["register"] == {"rows": 283, "accepted": 283, "errors": 0}
    assert (second["id"], second["number"]) == ("tinh-khac-2021", "15/KH-UBND")
    plan = ("--plan", "ke_hoach/b-tinh-khac/plan.yaml", "--agencies", "ke_hoach/b-tinh-khac/agencies.yaml")
    alone = json.loads(tthc("check", "ke_hoach/b-tinh-khac/register.csv", *plan, *DAY, "-f", "json").stdout)
    errors = sum(problem["severity"] == "error" for problem in alone["problems"])
    assert second["register"] == {"rows": 22, "accepted": alone["register"]["accepted"], "errors": errors}


def test_a_row_with_several_errors_is_one_bad_row(tthc: Program) -> None:
    register = tthc.folder / "ke_hoach" / "b-tinh-khac" / "register.csv"
    before = rolled(tthc)["plans"][1]["register"]
    register.write_text(register.read_text("utf-8") + "XI.9;Sở Lạ;;Q1;;1/BC-SL;31/02/2021;;;;;\n", "utf-8")
    after = {"rows": before["rows"] + 1, "accepted": before["accepted"], "errors": before["errors"] + 1}
    assert rolled(tthc)["plans"][1]["register"] == after


def test_the_whole_is_their_sum(tthc: Program) -> None:
    found = rolled(tthc)
    for name in ("assigned", "on_time", "late", "in_time", "overdue", "waiting", "unclear", "not_covered"):
        total = sum(plan[name] for plan in found["plans"])
        assert found["total"][name] == total
        assert sum(section[name] for section in found["sections"]) == total
    assert sum(found["counts"].values()) == found["total"]["assigned"] + found["total"]["not_covered"]


def test_one_that_cannot_be_judged_takes_no_other(tthc: Program) -> None:
    (tthc.folder / "ke_hoach" / "b-tinh-khac" / "plan.yaml").write_text("id: [", "utf-8")
    found = rolled(tthc, code=3)
    assert found["failed"] == ["b-tinh-khac"]
    assert [plan["name"] for plan in found["plans"]] == ["a-ben-tre", "c-chua-co-so"]
    done = tthc("check", "--plans", "ke_hoach", *DAY)
    assert "b-tinh-khac/plan.yaml:2:1: " in done.stderr
    assert "Không tính được: b-tinh-khac." in done.stdout


def test_registers_may_lie_elsewhere_by_the_same_names(tthc: Program) -> None:
    registers = tthc.folder / "so"
    (registers / "a-ben-tre").mkdir(parents=True)
    shutil.copy(EXAMPLE / "register_loi.csv", registers / "a-ben-tre" / "quy-1.csv")
    shutil.copy(EXAMPLE / "register.csv", registers / "c-chua-co-so.csv")
    found = {plan["name"]: plan["register"] for plan in rolled(tthc, "so")["plans"]}
    assert found["a-ben-tre"]["rows"] == 22
    assert found["b-tinh-khac"] is None
    assert found["c-chua-co-so"]["rows"] == 283


def test_a_plan_that_was_judged_is_forgotten() -> None:
    task = many_plans.Task(
        "a", Path.cwd(), settings.read({"workspace": str(EXAMPLE)}, {}, EXAMPLE), date(2021, 10, 15), date(2021, 12, 1)
    )
    gc.collect()
    gc.disable()
    try:
        alive = []
        for _ in range(3):
            assert isinstance(many_plans.judge(task), Rolled)
            alive.append(sum(isinstance(each, Understanding) for each in gc.get_objects()))
    finally:
        gc.enable()
    assert alive[0] == alive[1] == alive[2]


def _with_plan(source: Path, target: Path, plan: str) -> int:
    """Write the rows of a register with a column that names a plan; how many."""
    head, *rows = source.read_text("utf-8-sig").splitlines()
    target.write_text("\n".join([f"Mã kế hoạch;{head}", *(f"{plan};{row}" for row in rows)]) + "\n", "utf-8")
    return len(rows)


def test_registers_may_name_their_plan_in_a_column(tthc: Program) -> None:
    registers = tthc.folder / "so"
    registers.mkdir()
    for name, plan in (("quy-1", "ben-tre-2021"), ("quy-2", "chua-co-so"), ("quy-3", "ben-tre-2021")):
        _with_plan(EXAMPLE / "register_loi.csv", registers / f"{name}.csv", plan)
    shutil.copy(EXAMPLE / "register.csv", registers / "b-tinh-khac.csv")  # by its name
    found = {plan["name"]: plan["register"]["rows"] for plan in rolled(tthc, "so")["plans"]}
    assert found == {"a-ben-tre": 44, "b-tinh-khac": 283, "c-chua-co-so": 22}
    assert rolled(tthc, "so", "--jobs", "2") == rolled(tthc, "so")
    assert [plan["register"] for plan in rolled(tthc, "so/quy-2.csv")["plans"]][:2] == [None, None]


BETWEEN: dict[str, list[tuple[str, ...]]] = {
    "headings": [(*[""] * 4, "Số ký hiệu", "Ngày gửi")],
    "titles": [("I. Khối sở", *[""] * 5), ("", "Cộng: 2", *[""] * 4), (*[""] * 5, "Người lập biểu")],
    "ditto": [('"', "XI.1", "Sở Nội vụ", "Q2", "3/BC-SNV", "18/6/2021")],
}


@pytest.mark.parametrize("kind", BETWEEN)
def test_what_is_no_paper_belongs_to_no_plan_and_what_may_be_any_s_accuses_nobody(tthc: Program, kind: str) -> None:
    (tthc.folder / "so").mkdir()
    headings = [("Mã kế hoạch", "Nhiệm vụ", "Cơ quan", "Kỳ", "Văn bản", ""), BETWEEN["headings"][0]]
    papers = [(plan, "XI.1", "Sở Y tế", "Q2", "1/BC-SYT", "18/6/2021") for plan in ("ben-tre-2021", "chua-co-so")]
    overdue = []
    for between in ([], BETWEEN[kind]):
        book = Workbook()
        sheet: Any = book.active
        for row in (*headings, papers[0], *between, papers[1]):
            sheet.append([cell or None for cell in row])
        book.save(tthc.folder / "so" / "chung.xlsx")
        found = rolled(tthc, "so", code=3 if between and kind == "ditto" else 1)["plans"]
        overdue.append([found[at]["overdue"] for at in (0, 2)])
    first, last = overdue
    assert last == [each - (kind == "ditto") for each in first]


def test_a_register_that_belongs_to_no_plan_is_told_of(tthc: Program) -> None:
    registers = tthc.folder / "so"
    registers.mkdir()
    _with_plan(EXAMPLE / "register.csv", registers / "la.csv", "tinh-la-2021")
    shutil.copy(EXAMPLE / "register.csv", registers / "khong-ghi.csv")
    assert rolled(tthc, "so", code=3)["failed"] == ["khong-ghi.csv", "la.csv"]
    done = tthc("check", "--plans", "ke_hoach", "so", *DAY)
    assert "so/la.csv: Sổ này có dòng thuộc kế hoạch “tinh-la-2021”" in done.stderr
    assert "so/khong-ghi.csv: Sổ này có dòng không rõ thuộc kế hoạch nào" in done.stderr


def test_a_plan_in_two_spellings_is_told_of_once(tthc: Program) -> None:
    (tthc.folder / "so").mkdir()
    rows = "".join(f"{plan};XI.1;Sở Y tế;Q1;15/03/2021\n" for plan in ("TINH-02", "tinh-02", "tinh-03"))
    (tthc.folder / "so" / "la.csv").write_text(f"Mã kế hoạch;Nhiệm vụ;Cơ quan;Kỳ;Ngày gửi\n{rows}", "utf-8")
    told = tthc("check", "--plans", "ke_hoach", "so", *DAY).stderr
    assert [told.lower().count(f"kế hoạch “{plan}”") for plan in ("tinh-02", "tinh-03")] == [1, 1]


def test_a_register_that_cannot_be_read_may_be_any_plans(tthc: Program) -> None:
    registers = tthc.folder / "so"
    registers.mkdir()
    shutil.copy(EXAMPLE / "register.csv", registers / "a-ben-tre.csv")
    assert rolled(tthc, "so")["plans"][0]["overdue"] > 0
    (registers / "hong.csv").write_bytes(b"%PDF-1.4 no register")
    first, *others = rolled(tthc, "so")["plans"]
    assert (first["overdue"], first["register"]["unread"]) == (0, ["so/hong.csv"])
    assert not any(other["register"] for other in others)
    done = tthc("check", "--plans", "ke_hoach", "so", *DAY)
    assert done.stdout.count("so/hong.csv: Không đọc được tệp này nên chưa kết luận quá hạn") == 1


def test_a_row_of_another_plan_is_told_of_and_does_not_count(tthc: Program) -> None:
    folder = tthc.folder / "ke_hoach" / "a-ben-tre"
    for plan, accepted in (("ben-tre-2021", 283), ("tinh-khac-2021", 0)):
        rows = _with_plan(EXAMPLE / "register.csv", tthc.folder / "so.csv", plan)
        found = json.loads(tthc("check", "so.csv", "--workspace", str(folder), *DAY, "-f", "json").stdout)
        assert found["register"]["accepted"] == accepted
        others = [item for item in found["problems"] if item["code"] == "R03" and item["column"] == "Mã kế hoạch"]
        assert len(others) == rows - accepted
    assert others[0]["message"].startswith("Dòng thuộc kế hoạch “tinh-khac-2021”, không phải ben-tre-2021")


@pytest.mark.parametrize("form", ["text", "json", "csv", "md", "html"])
def test_every_form_whoever_does_the_work(tthc: Program, form: str) -> None:
    alone, shared = (tthc("check", "--plans", "ke_hoach", *DAY, "-f", form, *jobs) for jobs in ((), ("--jobs", "2")))
    assert alone.stdout == shared.stdout
    for name in ("a-ben-tre", "b-tinh-khac", "c-chua-co-so"):
        assert alone.stdout.replace("\\", "").count(name) >= 2 - (form == "json")  # by plan, and by verdict
    assert "Triển khai cơ chế một cửa" in alone.stdout


@pytest.mark.parametrize("name", ["tong.xlsx", "tong.docx"])
def test_files_for_the_office(tthc: Program, name: str) -> None:
    assert tthc("check", "--plans", "ke_hoach", *DAY, "-o", name).returncode == 1
    assert (tthc.folder / name).stat().st_size > 5000


def test_what_cannot_be_asked_of_many_plans(tthc: Program) -> None:
    done = tthc("check", "--plans", "ke_hoach", "--agency", "Sở Y tế", "--all")
    assert done.returncode == 2
    assert "--agency, --all" in done.stderr
    (tthc.folder / "trong").mkdir()
    assert tthc("check", "--plans", "trong").returncode == 3
    assert tthc("check", "--plans", "khong-co").returncode == 3


def _overdue(found: dict[str, Any]) -> dict[str, int]:
    return {plan["name"]: plan["overdue"] for plan in found["plans"]}


def test_a_row_counts_for_the_plan_that_it_names_wherever_it_stands(tthc: Program) -> None:
    """One file may hold the rows of several plans, in any order, and a plan's file those of another."""
    plain = tthc.folder / "rieng"
    mixed, named = tthc.folder / "chung", tthc.folder / "theo_ten"
    for folder in (plain, mixed, named):
        folder.mkdir()
    for name, plan in (("a", "ben-tre-2021"), ("b", "tinh-khac-2021")):
        _with_plan(EXAMPLE / "register.csv", plain / f"{name}.csv", plan)
    head, *rows = (plain / "a.csv").read_text("utf-8").splitlines()
    others = (plain / "b.csv").read_text("utf-8").splitlines()[1:]
    (mixed / "so.csv").write_text("\n".join([head, *others[:9], *rows, *others[9:]]) + "\n", "utf-8")
    (named / "a-ben-tre.csv").write_text("\n".join([head, *rows, *others[9:]]) + "\n", "utf-8")
    unnamed = [row.partition(";")[2] for row in others[:9]]  # of the plan that the file is named after
    (named / "b-tinh-khac.csv").write_text("\n".join([head, *(f";{row}" for row in unnamed)]) + "\n", "utf-8")
    expected, *others_ = (rolled(tthc, folder.name) for folder in (plain, mixed, named))
    assert [plan["register"]["rows"] if plan["register"] else None for plan in expected["plans"]] == [283, 283, None]
    for found in others_:
        assert found["plans"] == expected["plans"]


def test_rows_that_name_no_plan_among_several_are_told_of_and_counted_for_none(tthc: Program) -> None:
    registers = tthc.folder / "so"
    registers.mkdir()
    head, row = "Mã kế hoạch;Nhiệm vụ;Cơ quan;Kỳ;Ngày gửi", "XI.1;Sở Y tế;Q1;15/03/2021"
    plans = ("ben-tre-2021", "tinh-khac-2021", "")
    (registers / "so.csv").write_text("\n".join([head, *(f"{plan};{row}" for plan in plans)]) + "\n", "utf-8")
    found = rolled(tthc, "so", code=3)
    assert found["failed"] == ["so.csv"]
    assert [plan["register"]["rows"] for plan in found["plans"][:2]] == [1, 1]


def test_headings_between_rows_are_of_no_plan(tthc: Program) -> None:
    registers = tthc.folder / "so"
    registers.mkdir()
    head, row = "Mã kế hoạch;Nhiệm vụ;Cơ quan;Kỳ;Ngày gửi", "XI.1;Sở Y tế;Q1;15/03/2021"
    numbers = ";".join(map(str, range(1, 6)))
    lines = (head, f"({numbers.replace(';', ');(')})", f"ben-tre-2021;{row}", head, numbers, f"tinh-khac-2021;{row}")
    (registers / "so.csv").write_text("\n".join(lines) + "\n", "utf-8")
    found = rolled(tthc, "so")
    assert found["failed"] == []
    registers_ = [plan["register"] for plan in found["plans"][:2]]
    assert [(each["rows"], each["errors"]) for each in registers_] == [(1, 0), (1, 0)]


UNREADABLE = {
    "ben-tre-2021;XI.1;Sở Y tế;Q1;15/03/2021;thừa": "a",
    'ben-tre-2021;"XI.1;Sở Y tế;Q1;15/03/2021': "a",
    "x;ben-tre-2021;XI.1;Sở Y tế;Q1;15/03/2021": "a",
    "ben\udcfftre-2021;XI.1;Sở Y tế;Q1;15/03/2021": "ab",
    "la;XI.1;Sở Y tế;Q1;15/03/2021;thừa": "ab",
    "tinh-khac\udcff;XI.1;Sở Y tế;Q1;15/03/2021;ben-tre-2021": "a",
}
"""Rows that cannot be read, and whose they may be."""


@pytest.mark.parametrize(("row", "whose"), UNREADABLE.items())
@pytest.mark.parametrize("name", ["x", "b-tinh-khac", "a-ben-tre"])
def test_a_row_that_cannot_be_read_is_told_by_each_plan_whose_it_may_be(
    tthc: Program, row: str, whose: str, name: str
) -> None:
    registers = tthc.folder / "so"
    registers.mkdir()
    head = "Mã kế hoạch;Nhiệm vụ;Cơ quan;Kỳ;Ngày gửi\n"
    for each, plan in (("a-ben-tre", "ben-tre-2021"), ("b-tinh-khac", "tinh-khac-2021")):
        (registers / f"{each}.csv").write_text(f"{head}{plan};XI.1;STTTT;Q1;15/03/2021\n", "utf-8")
    before = rolled(tthc, "so")["plans"]
    with (registers / f"{name}.csv").open("a", encoding="utf-8", errors="surrogateescape") as file:
        file.write((head if name == "x" else "") + row + "\n")
    after = rolled(tthc, "so", code=3 if name == "x" and whose == "ab" else 1)["plans"]
    told = {plan["name"][0] for plan in after[:2] if plan["register"]["errors"]}
    if name != "x":  # a plan's own register is its own where nothing says otherwise
        whose = name[0] + whose * ("ben-tre-2021" in row)
    assert told >= {*whose}
    for plan, number in (("a", 0), ("b", 1)):
        assert (after[number]["overdue"] < before[number]["overdue"]) == (plan in told)


def _one_each(folder: Path) -> None:
    """A register for each of two plans, without a column of plans."""
    folder.mkdir()
    for name in ("a-ben-tre", "b-tinh-khac"):
        (folder / f"{name}.csv").write_text("Nhiệm vụ;Cơ quan;Kỳ;Ngày gửi\nXI.1;STTTT;Q1;15/03/2021\n", "utf-8")


HEAD = "Mã kế hoạch;Nhiệm vụ;Cơ quan;Kỳ;Ngày gửi;Ghi chú\n"


@pytest.mark.parametrize(
    ("text", "whose", "code"),
    [
        ("ben-tre-2021;XI.1;Sở Y tế;Q1;15/03/2021;;thừa\n", "ab", 1),  # both look into it; its note is empty
        ("la\ufffd;XI.1;Sở Y tế;Q1;15/03/2021;;thừa\nben-tre-2021;XI.1;Sở Nội vụ;Q1;15/03/2021;x;y\n", "ab", 1),
        (";XI.1;Sở Y tế;Q1;15/03/2021;\n", "ab", 3),  # names none
        ("BEN-TRE-2021;XI.1;Sở Y tế;Q1;15/03/2021;\n", "a", 1),  # in other letters
    ],
)
@pytest.mark.parametrize("named", ["ben-tre-2021", "tinh-khac-2021"])
def test_what_may_be_about_a_plan_accuses_nobody_of_it(
    tthc: Program, text: str, whose: str, code: int, named: str
) -> None:
    """Beside registers that name no plan in their rows, in one that is of two plans or seems to be of one."""
    _one_each(tthc.folder / "so")
    path = tthc.folder / "so" / "chung.csv"
    sound = "".join(f"{plan};XI.1;STTTT;Q2;15/06/2021;\n" for plan in dict.fromkeys((named, "tinh-khac-2021")))
    path.write_text(HEAD + sound, "utf-8")
    before = rolled(tthc, "so")
    path.write_text(HEAD + sound + text, "utf-8")
    alone = named == "tinh-khac-2021"
    after = rolled(tthc, "so", code=1 if alone else code)
    fewer = [
        now["overdue"] < then["overdue"] for now, then in zip(after["plans"][:2], before["plans"][:2], strict=True)
    ]
    if alone and text.startswith(";"):  # then rows that name none are of that one
        assert fewer == [False, True]
    else:
        assert fewer == ["a" in whose, "b" in whose]


def test_a_row_lost_in_another_plans_row_accuses_nobody(tthc: Program) -> None:
    _one_each(tthc.folder / "so")
    before = _overdue(rolled(tthc, "so"))
    rows = (
        'ben-tre-2021;XI.1;STTTT;Q2;15/06/2021;"x',
        'tinh-khac-2021;XI.1;Sở Y tế;Q1;15/03/2021"',
        "ben-tre-2021;XI.1;Sở Nội vụ;Q1;15/03/2021;",
    )
    (tthc.folder / "so" / "chung.csv").write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    other = rolled(tthc, "so")["plans"][1]
    assert other["register"]["errors"]
    assert other["overdue"] < before["b-tinh-khac"]


def test_a_row_that_names_no_plan_counts_for_none_though_others_hint_at_some(tthc: Program) -> None:
    _one_each(tthc.folder / "so")
    before = rolled(tthc, "so")["plans"]
    rows = (";XI.1;Sở Y tế;Q1;15/03/2021;", *(f"{plan};XI.2;x;;;;y" for plan in ("ben-tre-2021", "tinh-khac-2021")))
    (tthc.folder / "so" / "chung.csv").write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    after = rolled(tthc, "so", code=3)["plans"]
    for one, other in zip(before[:2], after[:2], strict=True):
        assert other["on_time"] == one["on_time"]
        assert other["overdue"] < one["overdue"]


def test_a_sheet_that_cannot_be_read_may_be_any_plans(tthc: Program) -> None:
    _one_each(tthc.folder / "so")
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["Mã kế hoạch", "Nhiệm vụ", "Cơ quan", "Kỳ", "Ngày gửi"])
    sheet.append(["ben-tre-2021", "XI.1", "Sở Y tế", "Q1", "15/03/2021"])
    sheet = book.create_sheet("Quý II")
    sheet.append(["Mã kế hoạch", "Nhiệm vụ", "ĐV nộp", "Kỳ", "Ngày gửi"])
    sheet.append(["tinh-khac-2021", "XI.1", "Sở Y tế", "Q2", "15/06/2021"])
    book.save(tthc.folder / "so" / "chung.xlsx")
    assert [plan["overdue"] for plan in rolled(tthc, "so")["plans"][:2]] == [0, 0]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_an_id_with_a_quotation_mark(tthc: Program, suffix: str) -> None:
    _one_each(tthc.folder / "so")
    rows = [
        ["Mã kế hoạch", "Nhiệm vụ", "Cơ quan", "Kỳ", "Ngày gửi"],
        ['"ben-tre-2021"', "XI.1", "Sở Y tế", "Q1", "15/3/2021"],
    ]
    path = tthc.folder / "so" / f"chung.{suffix}"
    if suffix == "xlsx":
        book = Workbook()
        sheet: Any = book.active
        for row in rows:
            sheet.append(row)
        book.save(path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
    done = tthc("check", "--plans", "ke_hoach", "so", *DAY)
    assert done.returncode == 3
    assert f'so/chung.{suffix}: Sổ này có dòng thuộc kế hoạch “"ben-tre-2021"”' in done.stderr


def test_a_folder_that_links_lead_back_to_is_read_once(tthc: Program) -> None:
    _one_each(tthc.folder / "so")
    (tthc.folder / "so" / "sau").mkdir()
    for name in ("vong", "vong-nua"):
        (tthc.folder / "so" / "sau" / name).symlink_to(tthc.folder / "so", target_is_directory=True)
    assert [plan["register"] and plan["register"]["rows"] for plan in rolled(tthc, "so")["plans"]] == [1, 1, None]
    assert tthc("check", "--plans", "ke_hoach", "so", *DAY, "-o", "so/kq.csv").returncode == 2


def test_rows_that_cannot_be_read_where_nobody_has_a_register(tthc: Program) -> None:
    registers = tthc.folder / "so"
    registers.mkdir()
    (registers / "x.csv").write_text("Mã kế hoạch;Nhiệm vụ;Cơ quan\nla;XI.1;Sở Y tế;thừa\n", "utf-8")
    assert rolled(tthc, "so", code=3)["failed"] == ["x.csv"]


@pytest.mark.parametrize(
    "names",
    [
        ("a-ben-tre/quy-1/1.csv", "sau/a-ben-tre/2.csv"),
        ("sau/nua/1.csv", "a-ben-tre/a/b/2.csv"),
        ("a-ben-tre.csv", "a-ben-tre.tsv"),
        ("a-ben-tre/1.csv", "a-ben-tre.csv"),
        ("a-ben-tre.CSV", "a-ben-tre/2.Csv"),
        ("quy-1/1.csv", "a-ben-tre.csv"),  # of a folder that bears no plan's name, by the column
    ],
)
def test_no_register_is_left_out(tthc: Program, names: tuple[str, str]) -> None:
    registers = tthc.folder / "so"
    _with_plan(EXAMPLE / "register.csv", tthc.folder / "so.csv", "ben-tre-2021")
    head, *rows = (tthc.folder / "so.csv").read_text("utf-8").splitlines()
    for name, mine in zip(names, (rows[:100], rows[100:]), strict=True):
        (registers / name).parent.mkdir(parents=True, exist_ok=True)
        (registers / name).write_text("\n".join([head, *mine]) + "\n", "utf-8")
    found = rolled(tthc, "so")
    assert found["plans"][0]["register"]["rows"] == 283
    assert _overdue(found)["a-ben-tre"] == _overdue(rolled(tthc))["a-ben-tre"]


def test_registers_by_pattern_and_one_alone(tthc: Program) -> None:
    registers = tthc.folder / "so"
    registers.mkdir()
    shutil.copy(EXAMPLE / "register.csv", registers / "a-ben-tre.csv")
    tthc("init", "moi")
    shutil.copy(tthc.folder / "moi" / "register.xlsx", registers / "b-tinh-khac.XLSM")
    rows = [plan["register"] and plan["register"]["rows"] for plan in rolled(tthc, "so/*")["plans"]]
    assert rows == [283, 0, None]
    assert [plan["register"] is None for plan in rolled(tthc, "so/a-ben-tre.csv")["plans"]] == [False, True, True]


def test_a_folder_of_registers_that_is_not_there_or_holds_none(tthc: Program) -> None:
    (tthc.folder / "so" / "a-ben-tre").mkdir(parents=True)
    (tthc.folder / "trong").mkdir()
    for name, said in (
        ("khong-co", "Không có tệp này"),
        ("x" * 300, "Không mở được tệp"),
        ("trong", "Không có sổ"),
    ):
        done = tthc("check", "--plans", "ke_hoach", name, *DAY)
        assert (done.returncode, said in done.stderr) == (3, True), done.stderr
    assert rolled(tthc, "so", code=3)["failed"] == ["a-ben-tre"]
    assert "so/a-ben-tre: Không có sổ nào" in tthc("check", "--plans", "ke_hoach", "so", *DAY).stderr
    assert tthc("check", "--plans", "x" * 300).returncode == 3


def test_two_plans_of_one_name_are_told_of_and_neither_is_judged(tthc: Program) -> None:
    folder = tthc.folder / "ke_hoach"
    shutil.copy(folder / "c-chua-co-so.yaml", folder / "a-ben-tre.yml")
    assert rolled(tthc, code=3)["failed"] == ["a-ben-tre"]
    assert "Có hai kế hoạch cùng tên “a-ben-tre”" in tthc("check", "--plans", "ke_hoach", *DAY).stderr


def test_a_register_beside_its_plan_may_have_any_kind_but_files_for_one_role_are_refused(tthc: Program) -> None:
    folder = tthc.folder / "ke_hoach" / "b-tinh-khac"
    (folder / "register.csv").rename(folder / "Register.CSV")
    before = rolled(tthc)
    assert before["plans"][1]["register"]["rows"] == 22
    (folder / "so").mkdir()
    (folder / "Register.CSV").rename(folder / "so" / "1.csv")
    (folder / "so").rename(folder / "register")
    assert rolled(tthc)["plans"][1]["register"]["rows"] == 22
    for name in ("extensions.csv", "extensions.xlsx"):
        (folder / name).write_text("", "utf-8")
    assert rolled(tthc, code=3)["failed"] == ["b-tinh-khac"]


def test_no_report_is_written_over_what_it_is_made_from(tthc: Program) -> None:
    registers = tthc.folder / "so"
    registers.mkdir()
    shutil.copy(EXAMPLE / "register.csv", registers / "a-ben-tre.csv")
    plan = "ke_hoach/b-tinh-khac/plan.yaml"
    new = (
        "so/moi.csv",
        "so/trong/moi.xlsx",
        "ke_hoach/b-tinh-khac/extensions.csv",
        "./ke_hoach/b-tinh-khac/events.xlsx",
    )
    (registers / "trong").mkdir()
    there = ("so/a-ben-tre.csv", plan, "ke_hoach/a-ben-tre/register.csv", "ke_hoach/c-chua-co-so.yaml")
    for name in (*there, *new):
        path = tthc.folder / name
        before = path.read_bytes() if path.exists() else None
        given = () if name == "ke_hoach/a-ben-tre/register.csv" else ("so",)
        done = tthc("check", "--plans", "ke_hoach", *given, *DAY, "-f", "csv", "-o", name)
        assert (done.returncode, "không ghi đè" in done.stderr) == (2, True)
        assert (path.read_bytes() if path.exists() else None) == before
    assert tthc("check", "--plans", "ke_hoach", "so", *DAY, "-o", "tong.csv").returncode == 1
