"""The working calendar: the announced days, the forecast, and counting, held against a plain count day by day."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.worlds import of
from tthc_cli.calendar_file import CalendarFile
from tthc_cli.vietnam import forecast
from tthc_cli.workdays import Calendar, YearDays

HERE = Path(__file__).parent


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)


YEARS = of(CalendarFile, _read(HERE.parent / "data" / "calendar_vn.yaml")).year_days()
CALENDAR = Calendar(YEARS, forecast)
TOTALS = {2019: 252, 2020: 252, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 250, 2026: 249}
SWAP_THE_PACKAGE_LACKS = {date(2026, 1, 2), date(2026, 1, 10)}
"""02/01/2026 off for Saturday 10/01/2026 (12729/VPCP-KGVX), announced on 25/12/2025."""

DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))
COUNTS = st.integers(-300, 300)


def _departures(days: YearDays) -> set[date]:
    return {*days.off, *days.worked}


def _plain_add(day: date, count: int) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if CALENDAR.is_workday(day):
            count -= 1 if count > 0 else -1
    return day


@pytest.mark.parametrize(("year", "total"), TOTALS.items())
def test_working_days_of_each_verified_year(year: int, total: int) -> None:
    assert CALENDAR.count(date(year - 1, 12, 31), date(year, 12, 31)) == total


def test_the_verified_years() -> None:
    assert tuple(YEARS) == tuple(TOTALS)
    assert all(days.verified and days.notices for days in YEARS.values())


@pytest.mark.parametrize("year", TOTALS)
def test_the_notices_against_the_package(year: int) -> None:
    known = forecast(year)
    assert not known.verified
    lacking = SWAP_THE_PACKAGE_LACKS if year == 2026 else set()
    assert _departures(YEARS[year]) ^ _departures(known) == lacking


@pytest.mark.parametrize(("year", "days"), _read(HERE / "golden" / "forecast_days.yaml").items())
def test_an_upgrade_of_the_package_moves_no_forecast_day_unnoticed(year: str, days: list[str]) -> None:
    known = forecast(int(year))
    assert [day.isoformat() for day in known.off] == days
    assert not known.worked


def test_the_forecast_speaks_vietnamese_whatever_the_locale() -> None:
    program = "from tthc_cli.vietnam import forecast; print(ascii(list(forecast(2027).off.values())[0]))"
    source = str(HERE.parent / "src")
    environment = {**os.environ, "LANG": "C", "LC_ALL": "C", "LANGUAGE": "en_US", "PYTHONPATH": source}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ascii("Tết Dương lịch")


@settings(deadline=None)
@given(DAYS, COUNTS)
def test_add_is_the_plain_count(day: date, count: int) -> None:
    assert CALENDAR.add(day, count) == (_plain_add(day, count) if count else CALENDAR.roll(day))


@settings(deadline=None)
@given(DAYS, DAYS)
def test_count_is_the_plain_count(one: date, other: date) -> None:
    first, last = sorted((one, other))
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    plain = sum(map(CALENDAR.is_workday, days))
    assert CALENDAR.count(first, last) == plain
    assert CALENDAR.count(last, first) == -plain


@settings(deadline=None)
@given(DAYS, COUNTS)
def test_there_and_back_again(day: date, count: int) -> None:
    start = CALENDAR.roll(day)
    end = CALENDAR.add(start, count)
    assert CALENDAR.add(end, -count) == start
    assert CALENDAR.count(start, end) == count


@settings(deadline=None)
@given(DAYS)
def test_rolling_lands_on_a_working_day_and_stays(day: date) -> None:
    rolled, back = CALENDAR.roll(day), CALENDAR.back(day)
    assert CALENDAR.is_workday(rolled)
    assert CALENDAR.is_workday(back)
    assert CALENDAR.roll(rolled) == rolled
    assert CALENDAR.back(back) == back
    assert back <= day <= rolled
    assert (back == rolled) == CALENDAR.is_workday(day)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2025-04-28", 5, "2025-05-08"),  # 30/4, 01/5 and 02/5 off
        ("2025-04-25", 1, "2025-04-26"),  # a worked Saturday
        ("2021-02-09", 1, "2021-02-17"),  # across Tết
        ("2021-02-17", -1, "2021-02-09"),
        ("2021-02-13", 1, "2021-02-17"),  # from a day off
        ("2021-02-13", -1, "2021-02-09"),
        ("2021-02-13", 0, "2021-02-17"),
        ("2025-12-31", 1, "2026-01-05"),  # 02/01/2026 off
        ("2026-01-09", 1, "2026-01-10"),  # its Saturday worked
        ("2021-09-01", 1, "2021-09-06"),
        ("2020-12-31", 250, "2021-12-31"),
        ("2022-01-01", -250, "2021-01-04"),
    ],
)
def test_known_counts(start: str, count: int, end: str) -> None:
    assert CALENDAR.add(date.fromisoformat(start), count) == date.fromisoformat(end)


def test_reasons_and_what_rests_on_a_forecast() -> None:
    calendar = Calendar(YEARS, forecast)
    assert calendar.reason(date(2021, 2, 16)) == "nghỉ Tết Nguyên đán"
    assert calendar.reason(date(2026, 1, 10)) == "làm bù cho ngày 02/01/2026"
    assert calendar.reason(date(2021, 2, 17)) is None
    assert not calendar.unverified_years
    assert not calendar.is_workday(date(2027, 2, 8))
    assert calendar.unverified_years == (2027,)
    assert ("2026-01-02", "off", "nghỉ hoán đổi với thứ Bảy 10/01/2026") in calendar.days()


@pytest.mark.parametrize(
    ("code", "year"),
    [
        ("wrong_year", {"off": {"2020-02-10": "x"}}),
        ("wrong_weekday", {"off": {"2021-02-13": "x"}}),
        ("wrong_weekday", {"off": {}, "worked": {"2021-02-10": "x"}}),
    ],
)
def test_a_day_that_cannot_be_is_reported_with_its_place(code: str, year: dict[str, Any]) -> None:
    (flaw,) = of(CalendarFile, {"title": "x", "years": {"2021": year}}).flaws()
    assert flaw.code == code
    assert flaw.loc[:2] == ("years", "2021")


def test_adding_asks_only_for_the_years_that_it_counts_through() -> None:
    calendar = Calendar({}, forecast)
    assert calendar.add(date(2021, 3, 1), 5) == date(2021, 3, 8)
    assert [*calendar.unverified_years] == [2021]
    assert calendar.add(date(2024, 12, 30), 3) == date(2025, 1, 3)
    assert [*calendar.unverified_years] == [2021, 2024, 2025]


def test_the_last_year_of_all_has_working_days() -> None:
    assert CALENDAR.add(date(9999, 12, 28), 1) == date(9999, 12, 29)
