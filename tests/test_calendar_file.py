"""The calendar as other programs read it: stable, folded, and newer where a date moved."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject

from tests.program import Program
from tthc_cli.formats.as_ics import sequence

AS_OF = ("--as-of", "2021-03-10")


def events(path: Path) -> dict[str, Any]:
    """Events by the key in their text, as an independent parser reads them."""
    calendar = vobject.readOne(path.read_bytes().decode())
    return {event.description.value.rpartition("Khóa: ")[2]: event for event in calendar.vevent_list}


@pytest.fixture
def calendar(tthc: Program) -> dict[str, Any]:
    assert tthc("due", "so-tttt", *AS_OF, "-o", "han.ics", "-q").returncode == 0
    return events(tthc.folder / "han.ics")


def test_lines_are_folded_as_the_standard_wants(tthc: Program, calendar: dict[str, Any]) -> None:
    data = (tthc.folder / "han.ics").read_bytes()
    lines = data.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert all(line.decode() or line == b"" for line in lines)
    assert len(calendar) == data.count(b"BEGIN:VEVENT")


def test_a_recurring_duty_stands_on_its_real_days(calendar: dict[str, Any]) -> None:
    quarters = {key: event for key, event in calendar.items() if key.startswith("XI.1/")}
    days = {key.rpartition("/")[2]: event.dtstart.value for key, event in quarters.items()}
    assert days == {
        "2021-Q1": date(2021, 3, 19),
        "2021-Q2": date(2021, 6, 21),
        "2021-Q3": date(2021, 9, 20),
        "2021": date(2021, 12, 20),
    }
    second = quarters["XI.1/so-tttt/2021-Q2"]
    assert second.dtend.value - second.dtstart.value == timedelta(1)
    assert {"Hạn ghi: 19/06/2021", "Hạn áp dụng: 21/06/2021", "Nên gửi chậm nhất: 18/06/2021"} <= {
        *second.description.value.split("\n")
    }


def test_alarms_ring_on_working_mornings_before(calendar: dict[str, Any]) -> None:
    event = calendar["XI.1/so-tttt/2021-Q2"]
    rings = [event.dtstart.value + alarm.trigger.value for alarm in event.valarm_list]
    assert [alarm.trigger.value for alarm in event.valarm_list] == [
        timedelta(days=-10, hours=8),
        timedelta(days=-3, hours=8),
    ]
    assert rings == [date(2021, 6, 11), date(2021, 6, 18)]


def test_what_is_done_or_past_rings_no_more(tthc: Program) -> None:
    words = ("export", "--what", "assessment", "--register", "so.csv", "--as-of", "2021-04-05", "-o", "han.ics")
    assert tthc(*words).returncode == 0
    done = events(tthc.folder / "han.ics")["XI.1/so-tttt/2021-Q1"]
    assert done.summary.value.startswith("[hoàn thành quá hạn]")
    assert not hasattr(done, "valarm")


def test_a_new_import_updates(tthc: Program, calendar: dict[str, Any]) -> None:
    """The identifiers stay, and the number grows with the day of the report, and with a day that moved meanwhile."""
    (tthc.folder / "gia_han.csv").write_text(
        "task,agency,period,new_date,document_number,document_date\n"
        "XI.1,so-tttt,2021-Q2,2021-06-30,99/UBND-KSTT,2021-03-09\n",
        encoding="utf-8",
    )
    assert tthc("due", "so-tttt", *AS_OF, "--extensions", "gia_han.csv", "-o", "moi.ics", "-q").returncode == 0
    assert tthc("due", "so-tttt", "--as-of", "2021-03-11", "-o", "mai.ics", "-q").returncode == 0
    moved, later = events(tthc.folder / "moi.ics"), events(tthc.folder / "mai.ics")
    assert {key: event.uid.value for key, event in calendar.items()} == {
        key: event.uid.value for key, event in moved.items()
    }
    numbers = {key: int(event.sequence.value) for key, event in calendar.items()}
    grown = {key for key, event in moved.items() if int(event.sequence.value) > numbers[key]}
    assert grown == {"XI.1/so-tttt/2021-Q2"}
    assert moved["XI.1/so-tttt/2021-Q2"].dtstart.value == date(2021, 6, 30)
    assert all(int(later[key].sequence.value) > max(numbers.values()) for key in calendar)


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2021, 6, 21), date(2100, 12, 31)])
def test_the_number_fits_what_programs_keep(day: date) -> None:
    assert 0 <= sequence(day, date(2100, 12, 31)) < 2**31
    assert sequence(day, day) == sequence(day, day)


def test_the_same_input_makes_the_same_calendar(tthc: Program, calendar: dict[str, Any]) -> None:
    assert tthc("due", "so-tttt", *AS_OF, "-o", "lai.ics", "-q").returncode == 0
    assert (tthc.folder / "lai.ics").read_bytes() == (tthc.folder / "han.ics").read_bytes()


def test_what_has_no_days_makes_no_calendar(tthc: Program) -> None:
    assert tthc("list", "-f", "ics").returncode == 2
