"""Plan, agencies, calendar and the files beside the register: what is read, and what is said of what cannot be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tthc_cli import __version__, loading, settings, workflow
from tthc_cli.errors import InputError, Trouble, TthcError
from tthc_cli.records import Event
from tthc_cli.settings import Settings
from tthc_cli.wording.problems import trouble
from tthc_cli.yaml_file import read_yaml

Write = Callable[[str, str], Path]
PLAN = """\
id: p
number: 1/KH-UBND
date: 2020-12-31
title: Kế hoạch
source: nguồn
year: 2021
sections:
  - {id: I, title: Một}
events: {e-1: Sự kiện}
tasks:
  - id: I.1
    section: I
    title: Việc
    lead_agencies: [so-tttt]
    deadlines:
      - {kind: by_date, date: 2021-05-01}
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def _troubles(work: Callable[[], object]) -> list[tuple[str, int | None, int | None]]:
    return [(trouble.code, trouble.line, trouble.column) for trouble in _raised(work)]


def _raised(work: Callable[[], object]) -> tuple[Trouble, ...]:
    with pytest.raises(TthcError) as raised:
        work()
    assert all(trouble.path or trouble.line is None for trouble in raised.value.troubles)
    return raised.value.troubles


def test_built_in() -> None:
    inputs = loading.load(Settings())
    assert inputs.plan.id == "ben-tre-2021"
    assert len(inputs.plan.tasks) == 63
    assert inputs.problems == ()
    assert [*inputs.events, *inputs.extensions, *inputs.assignments] == []
    version, *hashes = inputs.fingerprint.items()
    assert version == ("tthc", __version__)
    assert [(name, len(mark)) for name, mark in hashes] == [("plan", 12), ("agencies", 12), ("calendar", 12)]


def test_fingerprint_is_of_the_content(write: Write) -> None:
    plain = read_yaml(write("a.yaml", PLAN)).plain
    again = read_yaml(write("b.yaml", "# a comment\n" + PLAN.replace("{id: I, title: Một}", "{title: 'Một', id: I}")))
    other = read_yaml(write("c.yaml", PLAN.replace("title: Việc", "title: Việc khác")))
    assert loading.content_hash(plain) == loading.content_hash(again.plain) != loading.content_hash(other.plain)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ("empty_file", None, None)),
        (b"# nothing\n", ("empty_file", None, None)),
        (b"a: \xe1\n", ("not_utf8", 1, 4)),
        ("a: 1\n".encode("utf-16"), ("not_utf8", 1, 1)),
        (b"a: 1\nb: \x00\n", ("not_text", 2, 4)),
        (b"\xff\x00\x01", ("not_text", None, None)),
        (b"- a\n", ("yaml_no_mapping", 1, 1)),
        (b"a: [1\nb: 2\n", ("yaml", 2, 2)),
        (b"a: 1\nb: 2\na: 3\n", ("duplicate_key", 3, 1)),
        (b"a: &x 1\n", ("yaml_anchor", 1, 4)),
        (b"a: !!str 1\n", ("yaml_tag", 1, 4)),
        (b"a: 1\n---\nb: 1\n", ("yaml_several", 2, 1)),
        (b"[1]: 1\n", ("yaml_key", 1, 1)),
        (b"a: " + b"[" * 100 + b"]" * 100, ("yaml_too_deep", 1, 44)),
    ],
)
def test_unusable_yaml(tmp_path: Path, content: bytes, expected: tuple[str, int | None, int | None]) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    assert _troubles(lambda: read_yaml(path)) == [expected]


def test_deep_nesting_is_no_crash(tmp_path: Path) -> None:
    for content in ("a: " + "[" * 50_000, "- " * 50_000, "? " * 50_000):
        (tmp_path / "a.yaml").write_text(content, encoding="utf-8")
        assert _raised(lambda: read_yaml(tmp_path / "a.yaml"))


def test_alias_bomb_is_not_opened(write: Write) -> None:
    path = write("a.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n")
    found = [code for code, _, _ in _troubles(lambda: read_yaml(path))]
    assert (found.count("yaml_anchor"), found.count("yaml_alias")) == (2, 4)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    settings = Settings(plan=tmp_path / "no.yaml", agencies=tmp_path, calendar=tmp_path / "no" / "no.yaml")
    assert [code for code, _, _ in _troubles(lambda: loading.load(settings))] == [
        "missing_file",
        "is_folder",
        "missing_file",
    ]


@pytest.mark.parametrize(("value", "why"), [("khong-co", "Không có tệp này"), (".", "Đây là thư mục")])
@pytest.mark.parametrize("key", ["plan", "agencies", "calendar", "events", "extensions", "assignments", "register"])
def test_a_file_that_is_not_there_is_told_with_where_it_was_named(
    tmp_path: Path, key: str, value: str, why: str
) -> None:
    if key == "register" and value == ".":
        why = "Không có sổ nào"
    (tmp_path / "tthc.toml").write_text(f'\n{key} = "{value}"\n', "utf-8")
    chosen = settings.read({}, {}, tmp_path)
    with pytest.raises(InputError) as raised:
        workflow.run(chosen, date(2021, 6, 1), date(2021, 6, 1))
    (told,) = map(trouble, raised.value.troubles)
    assert told.startswith(f"{tmp_path / value}: {why}")
    assert told.endswith(f"Tên này ghi ở {tmp_path / 'tthc.toml'}:2.")


def test_scalars_stay_as_written(write: Write) -> None:
    document = read_yaml(write("a.yaml", "on: no\nnumber: 1.10\nday: 2021-13-45\nempty:\nquoted: ''\n"))
    assert document.plain == {"on": "no", "number": "1.10", "day": "2021-13-45", "empty": None, "quoted": ""}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: Kế hoạch\n", "", ("missing", 1, 1)),
        ("title: Kế hoạch\n", "title:\n", ("value_missing", 4, 7)),
        ("year: 2021", "yaer: 2021\nyear: 2021", ("unexpected_keyword_argument", 6, 1)),
        ("year: 2021", "year: hai", ("int_parsing", 6, 7)),
        ("year: 2021", "year: 1021", ("greater_than_equal", 6, 7)),
        ("date: 2020-12-31", "date: 31/12/2020", ("date_from_datetime_parsing", 3, 7)),
        ("kind: by_date", "kind: by_day", ("union_tag_invalid", 16, 9)),
        ("kind: by_date, ", "", ("union_tag_not_found", 16, 9)),
        ("date: 2021-05-01", "date: 2021-02-30", ("date_from_datetime_parsing", 16, 31)),
        ("date: 2021-05-01", "day: 1, date: 2021-05-01", ("unexpected_keyword_argument", 16, 25)),
        ("{kind: by_date, date: 2021-05-01}", "{kind: period, period: 2021-Q5}", ("period", 16, 32)),
        ("{kind: by_date, date: 2021-05-01}", "{kind: period, period: 2021, until: x}", ("period", 16, 45)),
        ("lead_agencies: [so-tttt]", "lead_agencies: so-tttt", ("tuple_type", 14, 20)),
        ("lead_agencies: [so-tttt]", "lead_agencies: [a, a]", ("repeated", 14, 20)),
        ("lead_agencies: [so-tttt]", "lead_agencies: [so-ttt]", ("plan_agency_unknown", 14, 21)),
        ("lead_agencies: [so-tttt]", "lead: [Sở TTTT]", ("nobody_leads", 11, 5)),
        ("section: I", "section: II", ("section_unknown", 12, 14)),
        ("    title: Việc", "    signed_by: ai\n    title: Việc", ("plan_agency_unknown", 13, 16)),
        ("date: 2021-05-01", "condition: e-2, date: 2021-05-01", ("event_kind_unknown", 16, 36)),
        ("    title: Việc", "    produces: {kind: e-2}\n    title: Việc", ("event_kind_unknown", 13, 22)),
        ("tasks:", "amendments:\n  - {document: a, date: 2021-01-01, from: 2021-01-01, drop: [I.9]}\ntasks:",
         ("plan_task_unknown", 11, 62)),
    ],
)  # fmt: skip
def test_flaws_of_a_plan(write: Write, old: str, new: str, expected: tuple[str, int, int]) -> None:
    assert PLAN.count(old) == 1
    path = write("plan.yaml", PLAN.replace(old, new))
    assert _troubles(lambda: loading.load(Settings(plan=path))) == [expected]


@pytest.mark.parametrize(("key", "meant"), [("timming", "timing"), ("zzz", None), ("date", None)])
def test_a_key_that_is_unknown_is_told_with_what_was_meant(write: Write, key: str, meant: str | None) -> None:
    with pytest.raises(InputError) as raised:
        loading.read_plan(write("p.yaml", PLAN.replace("    title: Việc", f"    {key}: x\n    title: Việc")))
    told = trouble(*raised.value.troubles)
    assert told.endswith(f"Không có khóa “{key}”: kiểm tra chính tả." + (f" Có phải là “{meant}”?" if meant else ""))


def test_what_is_no_value_but_several_is_shown_as_such(write: Write) -> None:
    text = PLAN.replace("year: 2021", "year: [2021]\neventz: {}")
    with pytest.raises(InputError) as raised:
        loading.read_plan(write("p.yaml", text))
    of_year, of_key = map(trouble, raised.value.troubles)
    assert of_year.endswith("“[…]” của “year” không phải số nguyên.")
    assert of_key.endswith("Có phải là “events”?")


def test_a_key_that_is_wrong_is_told_by_the_field_that_holds_it(write: Write) -> None:
    text = "title: x\nyears:\n  hai: {off: {x: y}}\n"
    with pytest.raises(InputError) as raised:
        loading.read_years(write("c.yaml", text))
    assert [told.partition(": ")[2] for told in map(trouble, raised.value.troubles)] == [
        "“hai” của “years” không phải số nguyên.",
        "“x” của “off” không phải ngày: ghi dạng 2021-06-19.",
    ]


def test_flaws_are_collected(write: Write) -> None:
    tail = (
        "  - {id: i-1, section: I, title: b, restates: [I.7]}\n  - {id: I.3, section: I, title: c, restates: [i.1]}\n"
    )
    plan = write("plan.yaml", PLAN + tail)
    assert _troubles(lambda: loading.load(Settings(plan=plan))) == [
        ("task_repeated", 17, 10),
        ("plan_task_unknown", 17, 48),
        ("restates_restating", 18, 48),
    ]
    broken = write("broken.yaml", PLAN.replace("id: p\n", "").replace("year: 2021", "year: x"))
    agencies = write("agencies.yaml", "id: a\ntitle: b\nsource: c\nagencies:\n  - {id: A b, name: '', level: town}\n")
    calendar = write("calendar.yaml", "title: t\nyears:\n  2021:\n    off:\n      2021-01-02: thứ Bảy\n      x: y\n")
    troubles = _troubles(lambda: loading.load(Settings(plan=broken, agencies=agencies, calendar=calendar)))
    assert [code for code, _, _ in troubles] == [
        "missing",
        "int_parsing",
        "string_pattern_mismatch",
        "string_too_short",
        "literal_error",
        "date_from_datetime_parsing",
    ]
    assert troubles[-1][1:] == (6, 7)


def test_calendar_flaw_has_its_line(write: Write) -> None:
    path = write("calendar.yaml", "title: t\nyears:\n  2021:\n    off:\n      2021-01-02: thứ Bảy\n")
    (trouble,) = _raised(lambda: loading.load(Settings(calendar=path)))
    assert (trouble.code, trouble.line, trouble.facts["day"]) == ("wrong_weekday", 5, "2021-01-02")


EVENTS = "id,kind,date,agency,document\n"
EXTENSIONS = "task,agency,period,event,new_date,document_number,document_date,status\n"
ASSIGNMENTS = "task,agency,document_number,document_date\n"


def test_events(write: Write) -> None:
    path = write("events.csv", EVENTS + "qd-1,KY-QD-CONG-BO,05/5/2021,bpmc-huyen-ba-tri,1/QĐ-UBND\n")
    assert loading.load(Settings(events=path)).events == (
        Event("qd-1", "ky-qd-cong-bo", date(2021, 5, 5), "ubnd-huyen-ba-tri", "1/QĐ-UBND", 2),
    )


def test_unfit_events_are_all_listed(write: Write) -> None:
    rows = [
        "a,ky-qd-cong-bo,05/5/2021,",
        "A,ky-qd-cong-bo,06/5/2021,",
        "b,ky-qd-cong,05/5/2021,",
        "c,ky-qd-cong-bo,31/02/2021,",
        "d,ky-qd-cong-bo,,",
        ",ky-qd-cong-bo,05/5/2021,",
        "e,ky-qd-cong-bo,05/5/2021,Sở Không Có",
        "f,ky-qd-cong-bo,05/5/2021,An Thạnh",
        "g,ky-qd-cong-bo,05/5/2021,,,,quá nhiều ô",
        "a,ky-qd-cong,31/02/2021,Sở Không Có",
    ]
    path = write("events.csv", EVENTS + "\n".join(rows) + "\n")
    found = _troubles(lambda: loading.load(Settings(events=path)))
    assert found == [
        ("event_twice", 3, 1),
        ("event_kind_unknown", 4, 2),
        ("not_a_date", 5, 3),
        ("cell_empty", 6, 3),
        ("cell_empty", 7, 1),
        ("agency_unknown", 8, 4),
        ("agency_ambiguous", 9, 4),
        ("columns", 10, 7),
        ("event_twice", 11, 1),
        ("event_kind_unknown", 11, 2),
        ("not_a_date", 11, 3),
        ("agency_unknown", 11, 4),
    ]


def test_extensions(write: Write) -> None:
    rows = [
        "XI.1,Sở TT&TT,quý I,,25/3/2021,1/UBND,20/3/2021,",
        "tc.1.6,UBND cấp huyện,Q2,,2021-06-30,,,xin",
        "III.4,VP UBND tỉnh,,qd-1,30/6/2021,,,từ chối",
        'IV.2,"Sở, ban ngành",,,30/7/2021,,,đồng ý',
    ]
    inputs = loading.load(Settings(extensions=write("x.csv", EXTENSIONS + "\n".join(rows) + "\n")))
    first, second, third, fourth = inputs.extensions
    assert (first.agencies, first.occasion, first.status) == (("so-tttt",), "2021-Q1", "granted")
    assert (first.document, first.document_date, first.line) == ("1/UBND", date(2021, 3, 20), 2)
    assert (second.task, len(second.agencies), second.occasion, second.status) == ("XI.1", 9, "2021-Q2", "asked")
    assert (third.occasion, third.status) == ("qd-1", "refused")
    assert (len(fourth.agencies), fourth.agencies[-1], fourth.occasion) == (19, "nhom-so-ban-nganh", "")
    assert inputs.problems == ()


def test_extensions_on_another_sheet(tmp_path: Path) -> None:
    book = Workbook()
    for title, unit in (("2020", "so-y-te"), ("2021", "so-tttt"), ("sai", "so-la")):
        sheet = book.create_sheet(title)
        sheet.append(EXTENSIONS.rstrip().split(","))
        sheet.append(["XI.1", unit, "Q1", "", date(2021, 3, 25), "1/UBND"])
    book.save(path := tmp_path / "gia_han.xlsx")
    inputs = loading.load(Settings(extensions=path))
    assert [each.agencies for each in inputs.extensions] == [("so-y-te",), ("so-tttt",)]
    assert [(each.file, each.line) for each in inputs.problems] == [(f"{path} [sai]", 2)]


@pytest.mark.parametrize(
    ("row", "code", "reason", "meant"),
    [
        ("XI.9,Sở TT&TT,Q1,,25/3/2021,,,", "R03", "task_unknown", ["XI.2 so-tttt 2021-Q1", "XI.1 so-tttt 2021-Q1"]),
        ('"Kiểm soát TTHC, báo cáo",Sở TT&TT,Q1,,25/3/2021,,,', "R03", "task_unknown", ["XI.1 so-tttt 2021-Q1"]),
        ("XI.1; XI.9,Sở TT&TT,Q1,,25/3/2021,,,", "R03", "task_unknown", ["XI.1 so-tttt 2021-Q1"]),
        ("Họp giao ban; XI.1,Sở TT&TT,Q1,,25/3/2021,,,", "R03", "task_unknown", ["XI.1 so-tttt 2021-Q1"]),
        ("XI.1; TC.1.1,Sở TT&TT,Q1,,25/3/2021,,,", "R03", "task_restates_all", ["XI.1 so-tttt 2021-Q1"]),
        ("TC.1.66,Sở TT&TT,Q1,,25/3/2021,,,", "R03", "task_unknown", ["XI.1 so-tttt 2021-Q1"]),
        ("Họp giao ban,Sở TT&TT,Q1,,25/3/2021,,,", "R03", "task_unknown", []),
        (";,Sở TT&TT,Q1,,25/3/2021,,,", "R03", "task_unknown", []),
        ("TC.1.1,Sở TT&TT,,,25/3/2021,,,", "R03", "task_restates_all", []),
        ("XI.1,Sở Không Có,Q1,,25/3/2021,,,", "R04", "agency_unknown", []),
        ("XI.1,Sở TT và TTr,Q1,,25/3/2021,,,", "R04", "agency_unknown", ["XI.1 so-tttt 2021-Q1"]),
        ('XI.1,"Phòng TCHC, Sở TT&TT",Q1,,25/3/2021,,,', "R04", "agency_unknown", ["XI.1 so-tttt 2021-Q1"]),
        ('XI.1,"Sở TT&TT, Sở Y tế",Q1,,25/3/2021,,,', "R05", "agencies_named", ["XI.1 so-tttt 2021-Q1"]),
        ("XI.1,UBND Ba Tri,Q1,,25/3/2021,,,", "R05", "agency_ambiguous", ["XI.1 ubnd-huyen-ba-tri 2021-Q1"]),
        ("XI.1,Sở TT&TT,,,25/3/2021,,,", "R09", "period_missing", ["XI.1 so-tttt None"]),
        ("XI.1,Sở TT&TT,tháng 5,,25/3/2021,,,", "R09", "period_unknown", ["XI.1 so-tttt None"]),
        ("XI.1,Sở TT&TT,tháng 5,,25/3/2021,,,từ chối", "R09", "period_unknown", []),
        ("III.4,VP UBND tỉnh,,,25/3/2021,,,", "R10", "event_missing", ["III.4 vp-ubnd-tinh None"]),
        ("XI.1,Sở TT&TT,Q1,,31/02/2021,,,", "R07", "not_a_date", ["XI.1 so-tttt 2021-Q1"]),
        ("XI.1,Sở TT&TT,Q1,,25/3/2021,,khi nào,", "R07", "not_a_date", ["XI.1 so-tttt 2021-Q1"]),
        ("XI.1,Sở TT&TT,Q1,,,,,đồng ý", "R07", "new_date_missing", ["XI.1 so-tttt 2021-Q1"]),
        ("XI.1,Sở TT&TT,Q1,,25/3/2021,,,có lẽ", "R01", "status_unknown", ["XI.1 so-tttt 2021-Q1"]),
    ],
)
def test_an_unfit_extension_is_a_finding_and_counts_as_asked_for(
    write: Write, row: str, code: str, reason: str, meant: list[str]
) -> None:
    inputs = loading.load(Settings(extensions=write("x.csv", EXTENSIONS + row + "\n")))
    (problem,) = inputs.problems
    assert (problem.code, problem.reason, problem.severity, problem.file, problem.line) == (
        code,
        reason,
        "error",
        "extensions",
        2,
    )
    assert all((item.status, item.new_date) == ("asked", None) for item in inputs.extensions)
    found = [f"{item.task} {item.agencies[0]} {item.occasion}" for item in inputs.extensions]
    assert found[: len(meant)] == meant
    assert bool(found) == bool(meant)


def test_an_extension_without_task_or_agency_stops_the_work(write: Write) -> None:
    path = write("x.csv", EXTENSIONS + ",Sở TT&TT,Q1,,25/3/2021\nXI.1,,Q1,,25/3/2021\n")
    assert _troubles(lambda: loading.load(Settings(extensions=path))) == [("cell_empty", 2, 1), ("cell_empty", 3, 2)]


def test_assignments(write: Write) -> None:
    path = write("a.csv", ASSIGNMENTS + "IV.2,Sở Y tế,1/UBND,10/01/2021\nXI.2,Sở Y tế,,\n")
    inputs = loading.load(Settings(assignments=path))
    assert [(item.task, item.agency, item.line) for item in inputs.assignments] == [
        ("IV.2", "so-y-te", 2),
        ("XI.2", "so-y-te", 3),
    ]
    assert [(problem.reason, problem.severity, problem.line) for problem in inputs.problems] == [
        ("assignment_unused", "warning", 3)
    ]
    wrong = write("b.csv", ASSIGNMENTS + "IV.9,Sở Y tế,,\nIV.2,Sở Không Có,,\nIV.2,Sở Y tế,,x\n")
    assert _troubles(lambda: loading.load(Settings(assignments=wrong))) == [
        ("task_unknown", 2, 1),
        ("agency_unknown", 3, 2),
        ("not_a_date", 4, 4),
    ]


def test_troubles_of_all_side_files_come_together(write: Write, tmp_path: Path) -> None:
    settings = Settings(events=tmp_path / "no.csv", assignments=write("a.csv", ASSIGNMENTS + "IV.9,Sở Y tế,,\n"))
    assert [code for code, _, _ in _troubles(lambda: loading.load(settings))] == ["missing_file", "task_unknown"]


def test_a_reading_names_tasks_and_units_of_the_plan() -> None:
    settings = Settings()
    reading = settings.reading._replace(covers=("district", "xi-1"), exempt={"xi 1": ("Sở TT&TT",)})
    fitted = loading.load(settings._replace(reading=reading)).reading
    assert fitted.covers == ("district", "XI.1")
    assert fitted.exempt == {"XI.1": ("so-tttt",), "VI.6": ("vp-ubnd-tinh",), "TC.1.2": ("vp-ubnd-tinh",)}
    wrong = settings.reading._replace(covers=("XI.9",), exempt={"XI.1": ("Sở Không Có",)})
    found = _troubles(lambda: loading.load(settings._replace(reading=wrong)))
    assert [code for code, _, _ in found] == ["reading_task_unknown", "reading_agency_unknown"]


def test_no_register() -> None:
    day = date(2021, 10, 15)
    assert workflow.run(Settings(), day, day).gathered is None
    with pytest.raises(InputError):
        workflow.run(Settings(register=Path("/no/such/register.csv")), day, day)
