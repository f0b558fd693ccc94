"""Verdicts on cases that a clerk can read and add to."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.worlds import judged, run
from tthc_cli.chaining import chained
from tthc_cli.loading import built_in
from tthc_cli.records import Stamp

AS_OF = date(2021, 10, 15)

CASES = yaml.load((Path(__file__).parent / "cases" / "verdicts.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
HEADINGS = {
    "events": "id,kind,date,agency,document,note",
    "extensions": "task,agency,period,event,new_date,document_number,document_date,status,reason",
    "assignments": "task,agency,document_number,document_date,note",
}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_verdict(case: dict[str, Any], tmp_path: Path) -> None:
    files: dict[str, Any] = {name: f"{heading}\n{case[name]}\n" for name, heading in HEADINGS.items() if name in case}
    found = judged(run(tmp_path, date.fromisoformat(case["as_of"]), case["register"], **files))
    told = {}
    for key in case["expected"]:
        item = found[key]
        rests = " ".join(item.rests_on) or f"firm {item.days_late}"
        told[key] = f"{item.verdict} {rests}" if item.firm is not None else item.verdict
    assert told == case["expected"]


def test_an_event_for_one_unit_leaves_the_others_what_they_had(tmp_path: Path) -> None:
    """A task with a deadline from an event that concerns one unit, for which the others wait, and one that all have."""
    before, task, after = built_in("plan").read_text("utf-8").partition("  - id: TC.1.2\n")
    rule = "- {kind: before_date, date: 2021-01-15}"
    event = "- {kind: after_event, event: thay-doi-dau-moi, of_agency: true, count: 5, unit: working_day}"
    plan = before + task + after.replace(rule, f"{event}\n      {rule}", 1)
    events = "id,kind,date,agency\ntd-1,thay-doi-dau-moi,2021-01-04,so-y-te\n"
    with_event, without = (
        [key for key in judged(run(tmp_path, date(2021, 10, 15), plan=plan, events=text)) if key.startswith("TC.1.2/")]
        for text in (events, events.partition("td-1")[0])
    )
    assert len(without) > 40
    assert {*with_event} == {*without} - {"TC.1.2/so-y-te"} | {"TC.1.2/so-y-te/td-1"}


@pytest.mark.parametrize(
    ("events", "others", "own"),
    [
        ("", [""], [""]),
        ("td-1,thay-doi-dau-moi,2021-01-04,so-y-te", [""], ["td-1", ""]),
        ("td-2,thay-doi-mot-cua,2021-01-04,so-y-te", ["td-2", ""], ["td-2", ""]),
        (
            "td-1,thay-doi-dau-moi,2021-01-04,so-y-te\ntd-2,thay-doi-mot-cua,2021-01-04,",
            ["td-2", ""],
            ["td-1", "td-2"],
        ),
    ],
)
def test_a_unit_that_waits_for_events_of_two_kinds_does_so_once(
    tmp_path: Path, events: str, others: list[str], own: list[str]
) -> None:
    before, task, after = built_in("plan").read_text("utf-8").partition("  - id: TC.1.2\n")
    one = "- {kind: after_event, event: thay-doi-dau-moi, of_agency: true, count: 5, unit: working_day}"
    all_ = "- {kind: after_event, event: thay-doi-mot-cua, count: 5, unit: working_day}"
    plan = before + task + after.replace("- {kind: before_date, date: 2021-01-15}", f"{one}\n      {all_}", 1)
    outcome = run(tmp_path, date(2021, 10, 15), plan=plan, events=f"id,kind,date,agency\n{events}\n")
    owed = [item.obligation for item in outcome.assessment.judgements if item.obligation.facts.id == "TC.1.2"]
    assert [item.occasion for item in owed if item.agency == "so-noi-vu"] == others
    assert [item.occasion for item in owed if item.agency == "so-y-te"] == own


def test_nobody_waits_for_an_event_that_concerned_all_beside_one_of_a_single_unit(tmp_path: Path) -> None:
    before, task, after = built_in("plan").read_text("utf-8").partition("  - id: TC.1.2\n")
    rules = [
        f"- {{kind: after_event, event: {kind}, of_agency: true, count: 5, unit: working_day}}"
        for kind in ("thay-doi-dau-moi", "thay-doi-mot-cua")
    ]
    plan = before + task + after.replace("- {kind: before_date, date: 2021-01-15}", "\n      ".join(rules), 1)
    events = "id,kind,date,agency\ntd-1,thay-doi-dau-moi,2021-01-04,so-y-te\ntd-2,thay-doi-mot-cua,2021-01-04,\n"
    outcome = run(tmp_path, date(2021, 10, 15), plan=plan, events=events)
    owed = [item.obligation for item in outcome.assessment.judgements if item.obligation.facts.id == "TC.1.2"]
    assert [item.occasion for item in owed if item.agency == "so-noi-vu"] == ["td-2", ""]
    assert [item.occasion for item in owed if item.agency == "so-y-te"] == ["td-1", "td-2"]


@pytest.mark.parametrize("number", ["", "9/TB-VP"])
def test_a_paper_and_an_event_without_numbers_need_not_be_the_same(tmp_path: Path, number: str) -> None:
    """A paper answers for one decision, and an event was entered for another."""
    events = (
        "id,kind,date,agency,document\nqd-1,ky-qd-cong-bo,2021-03-01,so-y-te,1/QĐ-UBND\n"
        f"qd-2,ky-qd-cong-bo,2021-04-01,so-y-te,2/QĐ-UBND\ndt-1,dang-tai-csdlqg,2021-03-02,vp-ubnd-tinh,{number}\n"
    )
    outcome = run(tmp_path, AS_OF, "III.4;vp-ubnd-tinh;;;;qd-2;;2021-04-05;2021-04-05;;;", events=events)
    assert outcome.gathered is not None
    found = chained(outcome.world.plan, outcome.world.events, outcome.gathered, outcome.world.reading, AS_OF)
    assert {event.id for event in found.events if event.kind == "dang-tai-csdlqg"} == {"dt-1", "qd-2"}


def test_of_papers_of_one_day_the_first_to_come_counts(tmp_path: Path) -> None:
    """In whatever order they were entered, nobody is asked about one that came late beside one that did not."""
    rows = [f"XI.1;so-noi-vu;;;Q1;;{at}/BC-SNV;;2021-03-18;2021-03-{at};;" for at in (18, 22, 25)]
    for each in permutations(rows):
        item = judged(run(tmp_path, date(2021, 10, 15), "\n".join(each)))["XI.1/so-noi-vu/2021-Q1"]
        assert (item.verdict, item.codes) == ("on_time", ())
        assert item.line
        assert each[item.line - 2] == rows[0]


def test_papers_are_not_looked_at_again_for_each_duty_that_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or a year with thousands of decisions, each a duty of one office, would take minutes."""
    looked: list[str] = []
    proving = Stamp.proving

    def counted(stamp: Stamp, *how: Any) -> Any:
        looked.append("")
        return proving(stamp, *how)

    monkeypatch.setattr(Stamp, "proving", counted)
    days = [f"2021-03-{day:02}" for day in range(1, 29)]
    events = "\n".join(("id,kind,date,agency", *(f"qd-{day},ky-qd-cong-bo,{day}," for day in days)))
    rows = "\n".join(f"III.4;VP UBND tỉnh;;;;qd-{day};1/BC-VP;;{day};;;" for day in days[::2])
    found = judged(run(tmp_path, date(2021, 10, 15), rows, events=events))
    assert [found[f"III.4/vp-ubnd-tinh/qd-{day}"].verdict for day in days[:2]] == ["on_time", "overdue"]
    assert len(looked) <= 4 * len(days)
