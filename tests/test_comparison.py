"""What moved between two lists of obligations, and what moved it."""

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
from tthc_cli.comparison import Comparison, Move, Side, compare
from tthc_cli.directory_file import DirectoryFile
from tthc_cli.formats import Format, render
from tthc_cli.obligations import World
from tthc_cli.plan import Plan
from tthc_cli.records import Event, Extension, Reading
from tthc_cli.report import Marks
from tthc_cli.reports import diff, obligations
from tthc_cli.workdays import Calendar, YearDays

DATA = Path(__file__).parents[1] / "data"
TASKS = ("I.2.1.3", "III.4", "IV.1", "IV.3", "XI.1")
SIGNED = Event("qd-1", "ky-qd-cong-bo", date(2021, 2, 5))


def _read(name: str) -> Any:
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)


def _forecast(year: int) -> YearDays:
    return YearDays(year, {}, {}, verified=False)


WHOLE = of(Plan, _read("plan_2021.yaml"))
PLAN = WHOLE._replace(tasks=tuple(task for task in WHOLE.tasks if task.id in TASKS))
FILE = of(DirectoryFile, _read("agencies.yaml"))
YEARS = of(CalendarFile, _read("calendar_vn.yaml")).year_days()
WORLD = World(PLAN, FILE.directory(), Calendar(YEARS, _forecast), Reading(), date(2021, 6, 20), (SIGNED,))


def _payload(world: World, plan: str = "p", calendar: str = "c") -> dict[str, Any]:
    marks = Marks({"tthc": "0", "plan": plan, "agencies": "a", "calendar": calendar})
    made = obligations.report(world, marks, assess(world, None).judgements)
    payload: dict[str, Any] = json.loads("".join(render(made, Format.json)))
    return payload


OLD = _payload(WORLD)


def _against(world: World, plan: str = "p", calendar: str = "c") -> Comparison:
    return compare(Side.of(OLD), Side.of(_payload(world, plan, calendar)))


def _moves(found: Comparison) -> dict[str, Move]:
    return {str(move.new["key"]): move for move in found.moved}


def _retimed(task: str, day: str) -> Plan:
    text = PLAN.task(task)
    assert text
    changed = of(type(text), {**asdict(text), "deadlines": [{"kind": "by_date", "date": day}]})
    return PLAN._replace(tasks=tuple(changed if t.id == task else t for t in PLAN.tasks))


def test_the_same() -> None:
    found = _against(WORLD)
    assert (found.added, found.dropped, found.moved, found.differing) == ((), (), (), ())
    assert found.unchanged == len(OLD["obligations"])


def test_the_plan_moves() -> None:
    found = _against(WORLD._replace(plan=_retimed("IV.3", "2021-09-06")), plan="q")
    (move,) = found.moved
    assert move.changes["stated"] == (date(2021, 8, 29), date(2021, 9, 6))
    assert (move.days, move.causes, found.differing) == (8, ("plan",), ("plan",))


def test_a_task_comes_and_goes() -> None:
    fewer = PLAN._replace(tasks=tuple(task for task in PLAN.tasks if task.id != "XI.1"))
    found = _against(WORLD._replace(plan=fewer), plan="q")
    assert (len(found.dropped), len(found.added), len(found.moved)) == (4 * 26, 0, 0)
    back = compare(found.new, found.old)
    assert [item["key"] for item in back.added] == [item["key"] for item in found.dropped]


def test_reading_of_before() -> None:
    found = _against(WORLD._replace(reading=Reading(before_excludes_day=False)))
    (move,) = found.moved
    assert move.changes["due"] == (date(2021, 8, 29), date(2021, 8, 30))
    assert (move.new["task"], move.days, move.causes) == ("IV.3", 1, ("reading",))


def test_reading_of_days_off() -> None:
    moves = _moves(_against(WORLD._replace(reading=Reading(day_off="stay"))))
    second = moves["XI.1/so-tttt/2021-Q2"]
    assert (second.days, second.causes, set(second.changes)) == (-2, ("reading",), {"due"})
    assert "XI.1/so-tttt/2021-Q1" not in moves
    assert {move.causes for move in moves.values()} == {("reading",)}


def _without_tet() -> Calendar:
    year = YEARS[2021]
    off = {day: reason for day, reason in year.off.items() if day.month != 2}
    return Calendar({**YEARS, 2021: year._replace(off={**off, date(2021, 6, 21): "nghỉ thêm"})}, _forecast)


def test_the_calendar_moves() -> None:
    moves = _moves(_against(WORLD._replace(calendar=_without_tet()), calendar="d"))
    counted, rolled = moves["III.4/vp-ubnd-tinh/qd-1"], moves["XI.1/so-tttt/2021-Q2"]
    assert (counted.changes["stated"], counted.days) == ((date(2021, 2, 19), date(2021, 2, 12)), -7)
    assert (rolled.changes["due"], rolled.days) == ((date(2021, 6, 21), date(2021, 6, 22)), 1)
    assert {move.causes for move in moves.values()} == {("calendar",)}
    assert len(moves) == 27


def test_calendar_and_reading_are_told_apart() -> None:
    changed = WORLD._replace(calendar=_without_tet(), reading=Reading(day_off="stay"))
    moves = _moves(_against(changed, calendar="d"))
    assert moves["XI.1/so-tttt/2021-Q2"].causes == ("reading",)
    assert moves["III.4/vp-ubnd-tinh/qd-1"].causes == ("calendar",)


def test_an_extension_moves() -> None:
    extension = Extension("IV.3", ("vp-ubnd-tinh",), "", date(2021, 9, 15), "granted", "9/UBND", None, 2)
    (move,) = _against(WORLD._replace(extensions=(extension,))).moved
    assert (set(move.changes), move.days, move.causes) == ({"due", "act_by"}, 17, ("extension",))


def test_events_move() -> None:
    later = SIGNED._replace(date=date(2021, 2, 8))
    met = Event("quy-che", "vpcp-ban-hanh-quy-che", date(2021, 4, 1))
    moves = _moves(_against(WORLD._replace(events=(later, met))))
    assert (moves["III.4/vp-ubnd-tinh/qd-1"].days, moves["III.4/vp-ubnd-tinh/qd-1"].causes) == (3, ("event",))
    come = moves["I.2.1.3/vp-ubnd-tinh"]
    assert (come.changes["due"], come.days, come.causes) == ((None, date(2021, 9, 30)), None, ("event",))
    found = _against(WORLD._replace(events=()))
    assert ([item["key"] for item in found.dropped], [item["key"] for item in found.added]) == (
        ["III.4/vp-ubnd-tinh/qd-1"],
        ["III.4/vp-ubnd-tinh"],
    )


def test_a_new_name_is_no_move() -> None:
    units = tuple(unit._replace(name="Sở Khoa học số") if unit.id == "so-tttt" else unit for unit in FILE.agencies)
    renamed = of(DirectoryFile, {**asdict(FILE), "agencies": [asdict(unit) for unit in units]})
    found = _against(WORLD._replace(directory=renamed.directory()))
    assert (found.moved, found.added, found.dropped) == ((), (), ())
    assert found.renamed == {"so-tttt": ("Sở Thông tin và Truyền thông", "Sở Khoa học số")}


def test_causes_stay_unnamed_where_nothing_differs() -> None:
    other = json.loads(json.dumps(OLD))
    next(item for item in other["obligations"] if item["key"] == "IV.3/vp-ubnd-tinh")["due"] = "2021-08-31"
    (move,) = compare(Side.of(OLD), Side.of(other)).moved
    assert (move.days, move.causes) == (2, ())
    other["fingerprint"] = {}
    (move,) = compare(Side.of(OLD), Side.of(other)).moved
    assert move.causes == ("plan",)


def test_two_days_under_one_key_are_held_apart() -> None:
    item = {"key": "I.1/a", "task": "I.1", "agency": "a", "due": "2021-01-05"}
    twice = {"schema": "tthc.obligations/1", "obligations": [item, {**item, "due": "2021-02-05"}]}
    found = compare(Side.of(twice), Side.of({**twice, "obligations": twice["obligations"][::-1]}))
    assert (found.moved, found.unchanged) == ((), 2)


@pytest.mark.parametrize(
    ("payload", "place"),
    [
        ({}, "schema"),
        ({"schema": "tthc.check/1", "obligations": []}, "schema"),
        ({"schema": "tthc.obligations/1"}, "obligations"),
        ({"schema": "tthc.obligations/1", "obligations": [7]}, "obligations.0"),
        ({"schema": "tthc.obligations/1", "obligations": [{"key": "a"}]}, "obligations.0"),
        (
            {"schema": "tthc.obligations/1", "obligations": [{"key": "a", "task": "b", "agency": "c", "due": "31/2"}]},
            "obligations.0.due",
        ),
        ({"schema": "tthc.obligations/1", "obligations": [], "as_of": "x"}, "as_of"),
        ({"schema": "tthc.obligations/1", "obligations": [], "fingerprint": "x"}, "fingerprint"),
    ],
)
def test_what_is_no_export(payload: dict[str, object], place: str) -> None:
    with pytest.raises(ValueError, match=f"^{place}$"):
        Side.of(payload)


def test_report() -> None:
    found = _against(WORLD._replace(reading=Reading(day_off="stay")))
    made = diff.report(Marks({"tthc": "0"}), found)
    payload = json.loads("".join(render(made, Format.json)))
    assert payload["schema"] == "tthc.diff/1"
    assert (payload["old"]["plan"], payload["new"]["as_of"]) == ("ben-tre-2021", "2021-06-20")
    second = next(item for item in payload["moved"] if item["key"] == "XI.1/so-tttt/2021-Q2")
    assert second["changes"] == {"due": ["2021-06-21", "2021-06-19"]}
    assert (second["days"], second["causes"], second["agency_name"]) == (
        -2,
        ["reading"],
        "Sở Thông tin và Truyền thông",
    )
    assert payload["counts"]["by_cause"] == {"reading": payload["counts"]["moved"]}
    text = "".join(render(made, Format.text))
    assert "sớm hơn 2 ngày" in text
    assert "26 đơn vị" in text
    assert len(made.tables[0].rows) == len(found.moved)


def test_report_of_all_kinds() -> None:
    fewer = _retimed("IV.3", "2021-09-06")
    fewer = fewer._replace(tasks=tuple(task for task in fewer.tasks if task.id != "IV.1"))
    found = _against(WORLD._replace(plan=fewer), plan="q")
    for way in (found, compare(found.new, found.old), _against(WORLD)):
        made = diff.report(Marks({"tthc": "0"}), way)
        for format in (Format.text, Format.csv, Format.md, Format.json):
            assert "".join(render(made, format))
