"""Why a duty has its days: the steps of the shipped plan, against counts made by hand."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.worlds import of
from tthc_cli.assessment import assess
from tthc_cli.calendar_file import CalendarFile
from tthc_cli.directory_file import DirectoryFile
from tthc_cli.explanation import Explanation, Step, explain, supposing
from tthc_cli.formats import Format, render
from tthc_cli.obligations import World
from tthc_cli.plan import Plan
from tthc_cli.records import Assignment, Event, Extension, Reading
from tthc_cli.report import Marks
from tthc_cli.reports import explain as report
from tthc_cli.wording.codes import CODES
from tthc_cli.wording.steps import days, sentence
from tthc_cli.workdays import Calendar, YearDays

DATA = Path(__file__).parents[1] / "data"


def _read(name: str) -> Any:
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)


def _forecast(year: int) -> YearDays:
    return YearDays(year, {date(year, 1, 1): "đoán"}, {}, verified=False)


PLAN = of(Plan, _read("plan_2021.yaml"))
DIRECTORY = of(DirectoryFile, _read("agencies.yaml")).directory()
YEARS = of(CalendarFile, _read("calendar_vn.yaml")).year_days()
MARKS = Marks({"tthc": "0", "plan": "p", "agencies": "a", "calendar": "c"})


def _world(**changes: Any) -> World:
    world = World(PLAN, DIRECTORY, Calendar(YEARS, _forecast), Reading(), date(2021, 6, 20))
    return world._replace(**changes)


def _supposed(task: str, day: date, *units: str, **changes: Any) -> Explanation:
    asked = frozenset(units) or None
    return explain(supposing(_world(**changes), task, day, asked), task, asked)


def _steps(found: Explanation, kind: str) -> list[Step]:
    return [step for step in found.steps if step.kind == kind]


def _dates(found: Explanation, kind: str) -> list[tuple[date, ...]]:
    return [step.dates for step in _steps(found, kind)]


def _feb(*numbers: int) -> tuple[date, ...]:
    return tuple(date(2021, 2, number) for number in numbers)


def _told(found: Explanation, world: World) -> dict[str, Any]:
    made = report.report(world, MARKS, found, assess(world, None).judgements)
    payload: dict[str, Any] = json.loads("".join(render(made, Format.json)))
    return payload


def test_five_working_days_across_tet() -> None:
    found = _supposed("III.4", date(2021, 2, 5))
    assert [owed.due for owed in found.obligations] == [date(2021, 2, 19)]
    assert _dates(found, "first_day") == [_feb(5)]
    assert _dates(found, "counted") == [_feb(8, 9, 17, 18, 19)]
    skipped = {step.facts["reason"]: step.dates for step in _steps(found, "skipped")}
    assert skipped == {None: _feb(6, 7, 13, 14), "nghỉ Tết Nguyên đán": _feb(10, 11, 12, 15, 16)}
    (notice,) = _steps(found, "notice")
    assert (notice.facts["notices"], notice.dates) == (("4875/TB-LĐTBXH",), _feb(10, 11, 12, 15, 16))
    assert _dates(found, "readings_agree") == [_feb(19)]


def test_a_worked_saturday_is_counted_and_told() -> None:
    found = _supposed("III.4", date(2024, 4, 26))
    assert _dates(found, "worked") == [(date(2024, 5, 4),)]
    assert _dates(found, "counted") == [tuple(date(2024, 5, day) for day in (2, 3, 4, 6, 7))]
    assert found.obligations[0].due == date(2024, 5, 7)
    (notice,) = _steps(found, "notice")
    assert notice.dates == (date(2024, 4, 29), date(2024, 4, 30), date(2024, 5, 1), date(2024, 5, 4))


@pytest.mark.parametrize(
    ("count", "unit", "kind", "dates", "basis"),
    [
        (8, "day", "calendar_span", _feb(6, 13), "blds-148.5"),
        (1, "month", "calendar_span", (date(2021, 2, 6), date(2021, 3, 5)), "blds-148.3"),
        (36, "hour", "calendar_span", _feb(6, 7), "blds-147"),
        (12, "working_hour", "counted", _feb(8, 9), "blds-147"),
    ],
)
def test_other_spans(count: int, unit: str, kind: str, dates: tuple[date, ...], basis: str) -> None:
    text = PLAN.task("III.4")
    assert text
    rule = {"kind": "after_event", "event": "ky-qd-cong-bo", "count": count, "unit": unit}
    changed = of(type(text), {**asdict(text), "deadlines": [rule]})
    plan = PLAN._replace(tasks=(changed,))
    found = _supposed("III.4", date(2021, 2, 5), plan=plan)
    assert _dates(found, kind) == [dates]
    assert basis in found.basis
    assert all(sentence(step) for step in found.steps)


def test_a_saturday_rolls_and_names_the_days_off() -> None:
    found = explain(_world(), "xi1", frozenset({"so-tttt"}))
    assert [owed.due for owed in found.obligations] == [
        date(2021, 3, 19),
        date(2021, 6, 21),
        date(2021, 9, 20),
        date(2021, 12, 20),
    ]
    assert _dates(found, "rolled")[0] == (date(2021, 6, 19), date(2021, 6, 21))
    assert _dates(found, "off")[0] == (date(2021, 6, 19), date(2021, 6, 20))
    assert _dates(found, "off")[1] == (date(2021, 9, 18), date(2021, 9, 19))
    assert _dates(found, "act_by")[1] == (date(2021, 6, 18),)
    assert _dates(found, "window")[0] == (date(2020, 12, 15), date(2021, 3, 14))
    others = [(dict(step.facts), step.dates) for step in _steps(found, "other_reading")]
    assert others[0] == ({"day_off": "stay"}, (date(2021, 6, 19),))
    assert _dates(found, "named") == [(date(2021, month, 19),) for month in (3, 6, 9, 12)]


def test_units_that_share_a_deadline_are_told_once() -> None:
    found = explain(_world(), "XI.1")
    assert [step.facts["count"] for step in _steps(found, "deadline")] == [26] * 4
    assert _steps(found, "deadline")[0].facts["levels"] == {"province": 17, "district": 9}
    assert _steps(found, "exempt")


def test_before_a_monday_stays_on_sunday() -> None:
    found = explain(_world(), "IV.3")
    assert _dates(found, "excluded") == [(date(2021, 8, 30), date(2021, 8, 29))]
    assert _dates(found, "off") == [(date(2021, 8, 28), date(2021, 8, 29))]
    assert _dates(found, "stays_before") == [(date(2021, 8, 29),)]
    assert _dates(found, "act_by") == [(date(2021, 8, 27),)]
    others = [(dict(step.facts), step.dates) for step in _steps(found, "other_reading")]
    assert others == [({"before_excludes_day": False}, (date(2021, 8, 30),))]
    read = explain(_world(reading=Reading(before_excludes_day=False)), "IV.3")
    assert _dates(read, "included") == [(date(2021, 8, 30),)]
    assert read.obligations[0].due == date(2021, 8, 30)


def test_the_setting_that_keeps_a_day_off() -> None:
    found = explain(_world(reading=Reading(day_off="stay")), "IV.1", frozenset({"so-tttt"}))
    assert _dates(found, "stays_setting") == [(date(2021, 1, 31),)]
    assert [dict(step.facts) for step in _steps(found, "other_reading")] == [{"day_off": "next"}]


def test_counted_back_across_tet() -> None:
    found = _supposed("III.1", date(2021, 2, 18), "so-tttt")
    assert [(owed.agency, owed.due) for owed in found.obligations] == [("so-tttt", date(2021, 2, 13))]
    assert _dates(found, "calendar_span") == [_feb(17, 13)]
    assert {step.facts["reason"]: step.dates for step in _steps(found, "off")} == {
        "nghỉ Tết Nguyên đán": _feb(10, 11, 12, 15, 16),
        None: _feb(13, 14),
    }
    assert _dates(found, "stays_back") == [_feb(13)]
    assert _dates(found, "act_by") == [_feb(9)]
    assert _dates(found, "effect") == [_feb(18, 21)]


def test_a_supposed_event_takes_the_place_of_those_known() -> None:
    events = (Event("qd-1", "ky-qd-cong-bo", date(2021, 3, 1)),)
    known = explain(_world(events=events), "III.4")
    assert [step.facts["id"] for step in _steps(known, "event")] == ["qd-1"]
    supposed = _supposed("III.4", date(2021, 2, 5), events=events)
    assert not _steps(supposed, "event")
    assert _dates(supposed, "event_supposed") == [_feb(5)]


def test_waiting() -> None:
    assert _steps(explain(_world(), "III.4"), "awaiting")[0].facts["events"] == (PLAN.events["ky-qd-cong-bo"],)
    found = explain(_world(), "I.2.1.3")
    assert _dates(found, "condition_awaited") == [(date(2021, 9, 30),)]
    assert not _steps(found, "act_by")
    assert _dates(_supposed("I.2.1.3", date(2021, 6, 1)), "condition_met") == [(date(2021, 6, 1),)]
    late = _supposed("I.2.1.3", date(2021, 10, 1), as_of=date(2021, 11, 1))
    assert _dates(late, "condition_late") == [(date(2021, 10, 1),)]


def test_an_extension() -> None:
    extension = Extension("IV.3", ("vp-ubnd-tinh",), "", date(2021, 9, 4), "granted", "9/UBND", date(2021, 6, 1), 2)
    found = explain(_world(extensions=(extension,)), "IV.3")
    assert _dates(found, "extended") == [(date(2021, 8, 29), date(2021, 9, 4))]
    assert _dates(found, "stays_before") == [(date(2021, 8, 29),)]
    assert _dates(found, "rolled") == [(date(2021, 9, 4), date(2021, 9, 6))]
    assert _dates(found, "act_by") == [(date(2021, 9, 1),)]
    assert sentence(_steps(found, "act_by")[0]).endswith("không sau ngày được gia hạn.")
    assert [step.facts["reason"] for step in _steps(found, "off")][-2:] == ["Quốc khánh", None]


def test_who_is_in_charge() -> None:
    item = Assignment("IV.2", "so-tttt", "5/UBND", date(2021, 5, 1), 2)
    found = explain(_world(assignments=(item,)), "IV.2", frozenset({"so-tttt"}))
    assert [step.facts["document"] for step in _steps(found, "assignment")] == ["5/UBND"]
    assert not _steps(found, "unassigned")
    open_ = explain(_world(), "IV.2", frozenset({"so-tttt"}))
    assert [owed.agency for owed in open_.obligations] == ["nhom-so-ban-nganh"]
    assert _steps(open_, "unassigned")
    stranger = explain(_world(), "IV.3", frozenset({"so-tttt"}))
    assert (stranger.obligations, len(_steps(stranger, "not_lead"))) == ((), 1)


def _amended(**changes: Any) -> Plan:
    task = PLAN.task("IV.3")
    assert task
    text = {**asdict(task), "timing": "trước ngày 30/9/2021", **changes}
    text["deadlines"] = [{"kind": "before_date", "date": "2021-09-30"}]
    amendment = {"document": "88/QĐ-UBND", "date": "2021-06-01", "from": "2021-07-01", "tasks": [text]}
    return of(Plan, {**asdict(PLAN), "amendments": [amendment]})


def test_an_amendment() -> None:
    found = explain(_world(plan=_amended()), "IV.3")
    assert [step.facts["document"] for step in _steps(found, "in_force")] == ["7092/KH-UBND", "88/QĐ-UBND"]
    assert [owed.stated for owed in found.obligations] == [date(2021, 9, 29)]
    early = explain(_world(plan=_amended(), as_of=date(2021, 5, 1)), "IV.3")
    assert [owed.stated for owed in early.obligations] == [date(2021, 8, 29)]
    assert _steps(early, "amended_later")


def test_a_duty_that_restates_another_is_explained_by_it() -> None:
    found = explain(_world(), "TC.1.6")
    assert _steps(found, "restates")
    assert {owed.facts.id for owed in found.obligations} == {"XI.1"}
    assert [step.kind for step in explain(_world(), "TC.1.1").steps] == ["no_words", "restates_all", "note"]


def test_a_year_without_a_notice_is_flagged() -> None:
    found = _supposed("III.4", date(2031, 1, 10), as_of=date(2031, 2, 1))
    assert [step.facts["year"] for step in _steps(found, "forecast")] == [2031]


def test_unknown() -> None:
    with pytest.raises(KeyError):
        explain(_world(), "Z.9")
    with pytest.raises(KeyError):
        supposing(_world(), "Z.9", date(2021, 1, 1))


@pytest.mark.parametrize("task", [task.id for task in PLAN.every_task()])
def test_every_step_has_its_sentence(task: str) -> None:
    for found in (explain(_world(), task), _supposed(task, date(2021, 2, 5))):
        for step in found.steps:
            text = sentence(step)
            assert text
            assert "…" not in text or "…" in str(step.facts) or any("…" in str(v) for v in step.facts.values())
            assert "{" not in text


def test_json() -> None:
    world = _world()
    payload = _told(explain(world, "XI.1", frozenset({"so-tttt"})), world)
    assert list(payload)[:2] == ["schema", "plan"]
    assert payload["schema"] == "tthc.explain/1"
    assert (payload["task"], payload["timing"]) == ("XI.1", PLAN.task("XI.1").timing)  # type: ignore[union-attr]
    assert [item["key"] for item in payload["obligations"]][1] == "XI.1/so-tttt/2021-Q2"
    assert {"text", "dates"} <= payload["steps"][0].keys()
    assert ["2021-06-19", "2021-06-21"] in [step["dates"] for step in payload["steps"]]
    assert sum("09/2019" in source for source in payload["basis"]) == 1
    assert {"fingerprint", "unverified_years"} <= payload.keys()


def test_text_shows_each_deadline_once() -> None:
    world = _world()
    made = report.report(world, MARKS, explain(world, "XI.1"), assess(world, None).judgements)
    text = "".join(render(made, Format.text))
    assert text.count("Quý II/2021") == 2
    assert "Thứ Bảy 19/06/2021" in text or "thứ Bảy 19/06/2021" in text
    assert len(made.tables[0].rows) == 4 * 26


def test_codes() -> None:
    payload = report.code_report(MARKS, "r07").payload
    assert (payload["code"], payload["title"]) == ("R07", CODES["R07"].title)
    assert {"schema", "meaning", "todo"} <= payload.keys()
    with pytest.raises(KeyError):
        report.code_report(MARKS, "R99")


def test_days_in_words() -> None:
    assert days((date(2021, 12, 30), date(2021, 12, 31), date(2022, 1, 4))) == "30/12, 31/12/2021, 04/01/2022"
    assert days(tuple(date(2021, 1, day) for day in range(1, 32))).count(",") == 30
    assert days((*(date(2021, 1, day) for day in range(1, 32)), date(2021, 2, 1))).startswith("32 ngày")
