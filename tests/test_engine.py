"""Properties of the engine on the shipped plan, and the finer points of events, extensions and amendments."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.worlds import judged, run
from tthc_cli import loading
from tthc_cli.records import VERDICTS
from tthc_cli.scorecard import scorecard, total
from tthc_cli.workflow import Outcome

AS_OF = date(2021, 10, 15)
ROWS = [
    "XI.1;STTTT;;;Q1;;12/BC-STTTT;19/3/2021;19/3/2021;22/3/2021;;",
    "XI.1;Sở Y tế;;;Q1;;7/BC-SYT;25/3/2021;25/3/2021;;;",
    "XI.1;Sở Y tế;;;Q2;;9/BC-SYT;18/6/2021;18/6/2021;;;",
    "VI.6;UBND huyện Ba Tri;;;Q1;;3/BC-UBND;5/4/2021;5/4/2021;;;",
    "IV.2;Sở Tài chính;;;;;3/BC-STC;1/7/2021;1/7/2021;;;",
    "XI.1;Sở Nội vụ;;;Q9;;3/BC-SNV;1/7/2021;1/7/2021;;;",
    "III.1;Sở Y tế;UBND tỉnh;;;vb-1;1500/QĐ-UBND;20/7/2021;20/7/2021;;;",
    "III.4;VP UBND tỉnh;;;;vb-1;;27/7/2021;27/7/2021;;;",
]
EVENTS = "id,kind,date,agency,document,note\nvb-1,vbqppl-co-hieu-luc,2021-08-01,Sở Y tế,,\n"
slow = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _verdicts(tmp_path: Path, rows: list[str]) -> dict[str, str]:
    found = judged(run(tmp_path, AS_OF, "\n".join(rows), events=EVENTS))
    return {key: item.verdict for key, item in found.items()}


@slow
@given(st.permutations(ROWS))
def test_a_permuted_register_gives_the_same_assessment(tmp_path: Path, rows: list[str]) -> None:
    assert _verdicts(tmp_path, rows) == _verdicts(tmp_path, ROWS)


def test_a_valid_early_paper_never_makes_a_verdict_worse(tmp_path: Path) -> None:
    before = _verdicts(tmp_path, ROWS)
    after = _verdicts(tmp_path, [*ROWS, "XI.1;Sở Y tế;;;Q1;;6/BC-SYT;16/3/2021;16/3/2021;;;"])
    assert {key: (before[key], after[key]) for key in before if before[key] != after[key]} == {
        "XI.1/so-y-te/2021-Q1": ("late", "on_time")
    }


def test_every_obligation_has_one_verdict_and_columns_add_up(tmp_path: Path) -> None:
    items = run(tmp_path, AS_OF, "\n".join(ROWS), events=EVENTS).assessment.judgements
    assert len({item.obligation.key for item in items}) == len(items)
    assert {item.verdict for item in items} <= set(VERDICTS)
    for by in ("agency", "section", "period"):
        whole = total(scorecard(items, by, {}))
        assert whole.assigned + whole.not_covered == len(items)


EXTENSIONS = "task,agency,period,event,new_date,document_number,document_date,status,reason\n"
EXTENDED = EXTENSIONS + "VI.6,UBND xã Tân Xuân,2021-Q1,,2021-04-20,11/UBND-KSTT,2021-04-01,,\n"


def with_extensions(folder: Path, *rows: str, **more: Any) -> Outcome:
    """A run without papers, with these rows of extensions."""
    return run(folder, AS_OF, "", extensions=EXTENSIONS + "".join(f"{row}\n" for row in rows), **more)


def more_time_for(agency: str) -> str:
    """A row by which an agency has more time for its report of the second quarter."""
    return f'XI.1,"{agency}",Q2,,2021-11-30,,,,'


@pytest.mark.parametrize("covers", [("province", "district"), ("province",), ("district", "XI.1"), ("commune",)])
@pytest.mark.parametrize("extensions", [EXTENSIONS, EXTENDED])
def test_what_no_register_covers_is_counted_as_it_is_judged(
    tmp_path: Path, covers: tuple[str, ...], extensions: str
) -> None:
    rows = "\n".join([*ROWS, "VI.6;UBND xã Tân Xuân;huyện Ba Tri;;Q1;;3/BC-UBND;5/4/2021;5/4/2021;;;"])
    reading = (f"covers={','.join(covers)}",)
    found = run(tmp_path, AS_OF, rows, reading=reading, events=EVENTS, extensions=extensions).assessment.judgements
    near = {item.obligation.key for item in found.near}
    others = [item for item in found if item.obligation.key not in near]
    assert list(found.near) == [item for item in found if item.obligation.key in near]
    assert {item.verdict for item in others} <= {"not_covered"}
    assert Counter(item.obligation.facts.section for item in others) == Counter(found.others)
    assert Counter(item.verdict for item in found) == found.counts
    assert len([*found]) == len(found)
    assert scorecard(found, "section") == scorecard(found.near, "section", others=found.others)


def test_nothing_is_judged_twice_where_the_register_covers_all(tmp_path: Path) -> None:
    items = run(tmp_path, AS_OF, "\n".join(ROWS), ("covers=all",)).assessment.judgements
    assert [*map(id, items)] == [*map(id, items.near)]


def test_counts_of_units_as_the_plan_decides(tmp_path: Path) -> None:
    counts = Counter(item.obligation.facts.id for item in run(tmp_path, AS_OF).assessment.judgements)
    expected = {"IV.1": 184, "VI.1": 368, "VI.2": 36, "VI.6": 736, "XI.1": 104, "XI.2": 4, "TC.1.2": 26, "IV.2": 10}
    expected |= {"VI.7": 3, "VII.3": 18, "X.1": 1, "III.6.2": 1, "II.1": 1, "VII.1": 2, "I.2.2": 10, "TC.1.6": 0}
    assert {task: counts[task] for task in expected} == expected


@pytest.mark.parametrize("as_of", [date(2020, 12, 31), date(2021, 3, 1), date(2021, 12, 31), date(2024, 2, 29)])
def test_due_is_never_earlier_than_stated_nor_on_an_excluded_day(tmp_path: Path, as_of: date) -> None:
    for item in run(tmp_path, as_of, events=EVENTS).assessment.judgements:
        owed = item.obligation
        if owed.due and owed.stated and owed.act_by:
            assert owed.act_by <= owed.stated <= owed.due
            assert not (owed.deadline.excluded and owed.due >= (owed.deadline.day or owed.due + timedelta(1)))


def test_rows_after_the_day_of_the_report_are_set_aside(tmp_path: Path) -> None:
    outcome = run(tmp_path, date(2021, 3, 24), "\n".join(ROWS[:2]))
    assert outcome.assessment.set_aside == 1
    assert judged(outcome)["XI.1/so-y-te/2021-Q1"].verdict == "overdue"


def test_what_else_is_dated_after_the_day_of_the_report_is_counted(tmp_path: Path) -> None:
    extensions = EXTENSIONS + "XI.1,UBND cấp huyện,2021-Q1,,2021-04-30,9/UBND-KSTT,2021-03-25,,\n"
    assignments = "task,agency,document_number,document_date,note\nIV.2,Sở Y tế,5/QĐ-UBND,2021-03-25,\n"
    plan = (Path(__file__).parents[1] / "data" / "plan_2021.yaml").read_text(encoding="utf-8")
    amendment = "\namendments:\n  - {document: 900/KH-UBND, date: 2021-03-25, from: 2021-07-01, drop: [VI.7]}"
    plan = plan.replace("\namendments: []", amendment)
    aside = [
        run(tmp_path, day, "", extensions=extensions, assignments=assignments, plan=plan).world.aside
        for day in (date(2021, 3, 24), date(2021, 3, 25))
    ]
    assert aside == [dict.fromkeys(("extensions", "assignments", "amendments"), count) for count in (1, 0)]


def test_each_bad_row_is_reported_and_no_good_one(tmp_path: Path) -> None:
    problems = run(tmp_path, AS_OF, "\n".join(ROWS), events=EVENTS).assessment.problems
    assert [(item.code, item.line) for item in problems] == [("R09", 7)]


def test_extensions_that_shorten_or_serve_nothing_are_told(tmp_path: Path) -> None:
    rows = "XI.1,Sở TTTT,2021-Q2,,2021-06-01,10/UBND-KSTT,2021-05-18,,\nIII.1,Sở TTTT,,e9,2021-07-01,,,,\n"
    problems = run(tmp_path, AS_OF, "", extensions=EXTENSIONS + rows).assessment.problems
    assert {item.reason for item in problems} >= {"extension_shortens"}
    assert {item.line for item in problems} == {2, 3}


@pytest.mark.parametrize(
    ("row", "soft"),
    [
        ("XI.1,Sở Y tế,,,2021-11-30,,,,", {"2021-Q1", "2021-Q2", "2021-Q3"}),
        ("XI.1,Sở Y tế,Q5,,2021-11-30,,,,", {"2021-Q1", "2021-Q2", "2021-Q3"}),
        ("Báo cáo KSTTHC,Sở Y tế,Q2,,2021-11-30,,,,", {"2021-Q2"}),
        ("XI.9,Sở Y tế,Q2,,2021-11-30,,,,", {"2021-Q2"}),
        ("XI.1,Sở Y tếế,Q2,,2021-11-30,,,,", {"2021-Q2"}),
        ("Họp,Sở Y tế,Q2,,2021-11-30,,,,", set()),
        ("XI.1,Sở Y tế,Q5,,2021-11-30,,,từ chối,", set()),
    ],
)
def test_whom_a_row_may_give_more_time_is_not_firmly_accused(tmp_path: Path, row: str, soft: set[str]) -> None:
    outcome = with_extensions(tmp_path, row)
    found = {key: item for key, item in judged(outcome).items() if key.startswith("XI.1/so-y-te/2021-Q")}
    assert {item.verdict for item in found.values()} == {"overdue"}
    assert {item.obligation.occasion for item in found.values() if item.rests_on} == soft
    assert not outcome.assessment.problems  # of what is wrong with the row, the reading of its file tells


@pytest.mark.parametrize(
    ("agency", "soft"),
    [
        ("Sở Y tế, Sở Tư pháp", {"so-y-te", "so-tu-phap"}),
        ("UBND các huyện Ba Tri, Giồng Trôm", {"ubnd-huyen-ba-tri", "ubnd-huyen-giong-trom"}),
        ("Phòng Kế hoạch, Sở Y tế", {"so-y-te"}),
    ],
)
def test_every_unit_of_a_cell_may_have_been_given_more_time(tmp_path: Path, agency: str, soft: set[str]) -> None:
    found = judged(with_extensions(tmp_path, more_time_for(agency)))
    assert {item.obligation.agency for item in found.values() if "extension" in item.rests_on} == soft


@pytest.mark.parametrize(
    "agency",
    [
        "Tất cả các đơn vị",
        "Toàn tỉnh",
        "Các cơ quan, đơn vị, địa phương",
        "Các sở và UBND huyện",
        "Các đơn vị có liên quan",
        "Các đơn vị trực thuộc UBND tỉnh",
        "Các sở, ngành và tất cả các đơn vị trực thuộc",
    ],
)
def test_everybody_may_have_been_given_more_time(tmp_path: Path, agency: str) -> None:
    outcome = with_extensions(tmp_path, more_time_for(agency))
    found = judged(outcome)
    assert [problem.line for problem in outcome.inputs.problems if problem.code in ("R04", "R05")] == [2]
    for unit in ("so-y-te", "so-tu-phap", "ubnd-huyen-ba-tri"):
        assert not found[f"XI.1/{unit}/2021-Q2"].firm
        assert found[f"XI.1/{unit}/2021-Q1"].firm


@pytest.mark.parametrize(
    ("rows", "soft"),
    [
        (["Q2,,2021-06-30,1/CV,2021-06-10,,", ",,2021-11-30,2/CV,2021-06-10,,"], False),
        (["Q2,,2021-06-30,1/CV,2021-06-10,,", ",,2021-11-30,2/CV,2021-06-11,,"], True),
        (["Q2,,2021-06-30,1/CV,,,", ",,2021-11-30,,,,"], True),
        (["Q2,,2021-06-30,1/CV,,từ chối,", ",,2021-11-30,,,,"], True),
        (["Q2,,2021-06-30,1/CV,,từ chối,", "Q2,,2021-11-31,,,,"], True),
        (["Q2,,2021-06-30,1/CV,2021-06-31,từ chối,", "Q2,,2021-11-30,,2021-06-20,xin,"], True),
        (["Q2,,2021-06-30,1/CV,,từ chối,", "Q2,,2021-11-30,,,xin,"], False),
        (["Q2,,không,1/CV,,từ chối,", "Q2,,2021-11-30,,,xin,"], False),
    ],
)
def test_what_a_row_may_give_is_refused_only_by_a_later_word(tmp_path: Path, rows: list[str], soft: bool) -> None:
    outcome = with_extensions(tmp_path, *(f"XI.1,Sở Y tế,{row}" for row in rows))
    found = judged(outcome)["XI.1/so-y-te/2021-Q2"]
    assert found.verdict == "overdue"
    assert ("extension" in found.rests_on) == soft


@pytest.mark.parametrize(
    ("row", "soft"),
    [
        ("III.4,VP UBND tỉnh,,qd-11,2021-11-30,,,,", True),
        ("III.4,VP UBND tỉnh,,qd-11,2021-11-30,,,từ chối,", False),
        ("III.4,VP UBND tỉnh,,qd-1,2021-09-01,,,,", False),
        ("III.3,VP UBND tỉnh,,qd-11,2021-11-30,,,,", False),
    ],
)
def test_an_event_that_is_misspelt_may_be_any(tmp_path: Path, row: str, soft: bool) -> None:
    events = f"{EVENTS}qd-1,ky-qd-cong-bo,2021-08-02,,,\n"
    outcome = with_extensions(tmp_path, row, events=events)
    found = judged(outcome)["III.4/vp-ubnd-tinh/qd-1"]
    assert found.verdict == "overdue"
    assert ("extension" in found.rests_on) == soft
    assert ("extension_unused" in {item.reason for item in outcome.assessment.problems}) == ("qd-11" in row)


def test_an_assigned_unit_leads_and_the_group_line_goes(tmp_path: Path) -> None:
    assignments = "task,agency,document_number,document_date,note\nIV.2,Sở Y tế,5/QĐ-UBND,2021-02-01,\n"
    found = judged(run(tmp_path, AS_OF, "", assignments=assignments))
    assert found["IV.2/so-y-te"].verdict == "overdue"
    assert "IV.2/nhom-so-ban-nganh" not in found


def test_an_amendment_moves_what_falls_due_from_its_day_on(tmp_path: Path) -> None:
    plan = (Path(__file__).parents[1] / "data" / "plan_2021.yaml").read_text(encoding="utf-8")
    start = plan.index("  - id: XI.2\n")
    task = plan[start : plan.index("  - id: ", start + 5)].replace("day: 22", "day: 25")
    body = "".join(f"    {line}\n" for line in task.splitlines() if line)
    amendment = (
        f"amendments:\n  - document: 900/KH-UBND\n    date: 2021-07-01\n    from: 2021-07-01\n    tasks:\n{body}"
    )
    assert plan.count("\namendments: []") == 1
    amended = plan.replace("\namendments: []", f"\n{amendment}")
    late = {key: item.obligation.due for key, item in judged(run(tmp_path, AS_OF, plan=amended)).items()}
    assert late["XI.2/vp-ubnd-tinh/2021-Q2"] == date(2021, 6, 22)
    assert late["XI.2/vp-ubnd-tinh/2021-Q3"] == date(2021, 9, 27)
    early = {key: item.obligation.due for key, item in judged(run(tmp_path, date(2021, 6, 1), plan=amended)).items()}
    assert early["XI.2/vp-ubnd-tinh/2021-Q3"] == date(2021, 9, 22)


@pytest.mark.parametrize(
    "agency",
    [
        "Sở Y tế và các đơn vị trực thuộc",
        "Các đơn vị thuộc Sở Y tế",
        "Tất cả các phòng thuộc UBND huyện Ba Tri",
        "Tất cả UBND cấp huyện",
    ],
)
def test_more_time_for_some_leaves_what_others_owe_as_it_is(tmp_path: Path, agency: str) -> None:
    found = judged(with_extensions(tmp_path, more_time_for(agency)))
    assert found["XI.1/so-tu-phap/2021-Q2"].firm
    assert not all(found[f"XI.1/{unit}/2021-Q2"].firm for unit in ("so-y-te", "ubnd-huyen-ba-tri"))


def test_a_paper_for_what_an_amendment_dropped_is_told_as_that(tmp_path: Path) -> None:
    plan = (Path(__file__).parents[1] / "data" / "plan_2021.yaml").read_text(encoding="utf-8")
    amendment = "\namendments:\n  - {document: 900/KH-UBND, date: 2021-06-01, from: 2021-06-10, drop: [XI.2, IV.3]}"
    rows = (
        "XI.2;Văn phòng UBND tỉnh;;;Q3;;1/BC-UBND;20/9/2021;20/9/2021;;;",
        "IV.3;Văn phòng UBND tỉnh;;;;;1/QĐ-UBND;20/8/2021;20/8/2021;;;",
    )
    outcome = run(tmp_path, AS_OF, "\n".join(rows), plan=plan.replace("\namendments: []", amendment))
    found = [(problem.code, problem.reason, problem.line) for problem in outcome.assessment.problems]
    assert found == [("R09", "period_amended", 2), ("R06", "task_amended", 3)]


def test_two_days_of_one_task_are_two_obligations_that_papers_can_name(tmp_path: Path) -> None:
    text = loading.built_in("plan").read_text(encoding="utf-8")
    sound = 'timing: Tháng 01/2021\n    deadlines:\n      - {kind: period, period: "2021-01"}'
    twice = "timing: trước ngày 15/6 và trước ngày 15/12/2021\n    deadlines:\n"
    twice += "      - {kind: before_date, date: 2021-06-15}\n      - {kind: before_date, date: 2021-12-15}"
    assert text.count(sound) == 1
    rows = (
        "IV.1;Sở Tư pháp;;;6/2021;;1/BC-STP;10/6/2021;10/6/2021;;;\nIV.1;Sở Nội vụ;;;;;1/BC-SNV;10/6/2021;10/6/2021;;;"
    )
    outcome = run(tmp_path, date(2021, 7, 1), rows, plan=text.replace(sound, twice))
    found = {key: item.verdict for key, item in judged(outcome).items() if key.startswith("IV.1/")}
    assert found["IV.1/so-tu-phap/2021-06"] == "on_time"
    assert found["IV.1/so-tu-phap/2021-12"] == "pending"
    assert found["IV.1/so-noi-vu/2021-06"] == "unclear"
    assert [problem.code for problem in outcome.assessment.problems] == ["R09"]
