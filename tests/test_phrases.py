"""Deadline phrases: a table of readings, the plan's own words, and what no text whatever may do."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tthc_cli.loading import built_in, read_years
from tthc_cli.phrase_days import PhraseDay, PhraseDays
from tthc_cli.phrases import Phrase, read
from tthc_cli.phrases.scanning import scan
from tthc_cli.phrases.vocabulary import words
from tthc_cli.records import Reading
from tthc_cli.reports import deadline
from tthc_cli.rules import AnyRule, Recurring, Setting
from tthc_cli.vietnam import forecast
from tthc_cli.workdays import Calendar
from tthc_cli.written import Unsound

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "cases" / "phrases.yaml").read_text("utf-8"))
PHRASES = [str(case["phrase"]) for case in CASES]
TASKS: list[dict[str, Any]] = yaml.safe_load((HERE.parent / "data" / "plan_2021.yaml").read_text("utf-8"))["tasks"]
# Told by the plan's notes and other columns, not by the words of the deadline.
OUTSIDE = {"event", "condition", "document", "window", "of_agency", "once"}
FROM_PRODUCT = {"VII.1": 1}


def fields(rule: AnyRule) -> dict[str, object]:
    return deadline.rule_fields(rule)


def plain(rule: dict[str, Any]) -> dict[str, object]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in rule.items()}


def without(rule: dict[str, Any]) -> dict[str, object]:
    return {name: value for name, value in plain(rule).items() if name not in OUTSIDE}


@cache
def days(event_date: date | None = None) -> PhraseDays:
    return PhraseDays(Calendar(read_years(built_in("calendar")), forecast), Reading(), event_date)


@pytest.mark.parametrize("case", CASES, ids=PHRASES)
def test_the_table(case: dict[str, Any]) -> None:
    phrase = read(case["phrase"], case["year"])
    assert phrase.text == case["phrase"]
    if "rules" in case:
        assert [fields(rule) for rule in phrase.rules] == [plain(rule) for rule in case["rules"]]
        assert phrase.leftover == ()
        assert phrase.understood
    else:
        assert not phrase.understood


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 250
    assert sum("rules" not in case for case in CASES) >= 40
    assert len({phrase.casefold() for phrase in PHRASES}) == len(PHRASES)


@pytest.mark.parametrize("task", [task for task in TASKS if task.get("timing") and task.get("deadlines")])
def test_the_words_of_the_plan_give_its_rules(task: dict[str, Any]) -> None:
    phrase = read(task["timing"], 2021)
    expected = task["deadlines"][: FROM_PRODUCT.get(task["id"])]
    assert [without(fields(rule)) for rule in phrase.rules] == [without(rule) for rule in expected]
    conditions = ["condition" in rule for rule in expected]
    assert ["condition" in fields(rule) for rule in phrase.rules] == conditions
    assert phrase.understood


@pytest.mark.parametrize("task", [task for task in TASKS if task.get("timing") and not task.get("deadlines")])
def test_words_that_only_restate_are_read_too(task: dict[str, Any]) -> None:
    assert read(task["timing"], 2021).understood


def test_an_event_is_named_by_the_words_of_the_phrase() -> None:
    (rule,) = read("Chậm nhất 05 ngày làm việc kể từ ngày ký  quyết định công bố; ", 2021).rules
    assert fields(rule)["event"] == "ký quyết định công bố"
    (rule,) = read("Tháng 9/2021 (sau khi VPCP ban hành Quy chế)", 2021).rules
    assert fields(rule)["condition"] == "VPCP ban hành Quy chế"


def test_digits_of_a_document_stay_as_they_are_written() -> None:
    for number in ("6097", "15", "7"):
        (rule,) = read(f"Theo Kế hoạch số {number}/KH-UBND", 2021).rules
        assert fields(rule)["document"] == f"Kế hoạch số {number}/KH-UBND"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_leftover_stands_where_it_stands_in_the_text(form: Any) -> None:
    text = unicodedata.normalize(form, "Trước ngày 15/7/2021, trừ cấp xã; Quý III lung tung")
    phrase = read(text, 2021)
    assert not phrase.understood
    assert [unicodedata.normalize("NFC", span.text) for span in phrase.leftover] == ["trừ cấp xã", "lung tung"]
    assert all(text[span.start : span.end] == span.text for span in phrase.leftover)


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda text: unicodedata.normalize("NFD", text)])
@pytest.mark.parametrize("case", [case for case in CASES if "rules" in case][::7], ids=lambda case: str(case["phrase"]))
def test_case_and_unicode_form_change_nothing(case: dict[str, Any], change: Any) -> None:
    kept = [without(rule) for rule in case["rules"]]
    assert [without(fields(rule)) for rule in read(change(case["phrase"]), case["year"]).rules] == kept


# What no text may do


_MARKS = "".join(" ,;./-()\n\t0123456789") + "IVlxXq" + "ngàyquýtrướcừđ" + "\u0301\u0323"
MUTATED = st.builds(
    lambda text, cuts: _mutated(text, cuts),
    st.sampled_from(PHRASES),
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 3), st.text(_MARKS, max_size=3)), max_size=4),
)


def _mutated(text: str, cuts: list[tuple[int, int, str]]) -> str:
    for at, length, new in cuts:
        at %= len(text) + 1
        text = text[:at] + new + text[at + length :]
    return text


@settings(deadline=None)  # the calendar forecasts the years that a phrase reaches
@given(MUTATED | st.text(max_size=60), st.integers(1990, 2100))
@example("năm (", 2021)
@example("(((", 2021)
@example("(" * 3000 + "Quý I", 2021)
@example("Quý I, " * 3000, 2021)
@example("/-.", 2021)
@example("٣/٤/٢٠٢١", 2021)
@example("trước ngày 15/7/" + "9" * 9000, 2021)
@example("99 năm kể từ ngày 31/12/2099", 2099)
def test_no_text_breaks_it(text: str, year: int) -> None:
    phrase = read(text, year)
    found = days().of(phrase, year)
    assert phrase.text == text
    assert all(
        0 <= span.start < span.end <= len(text) and span.text == text[span.start : span.end] for span in phrase.leftover
    )
    assert json.loads(deadline.line(phrase, year, found))["phrase"] == text


@given(MUTATED)
def test_every_letter_is_a_token_or_known_to_say_nothing(text: str) -> None:
    known = words(not text.isascii())
    covered = bytearray(len(text))
    for token in scan(text):
        covered[token.start : token.end] = b"\1" * (token.end - token.start)
    rest = "".join(" " if seen else char for char, seen in zip(text, covered, strict=True))
    left = re.findall(r"(?:[^\W\d_][\u0300-\u036f]*)+|[0-9]+", rest)
    assert not [word for word in left if known.write(word) not in known.noise | {*known.all("đối với áp dụng")}]


@given(st.sampled_from([case for case in CASES if "rules" in case]), st.integers(0, 12))
def test_an_unknown_word_is_never_passed_over(case: dict[str, Any], place: int) -> None:
    pieces = case["phrase"].split(" ")
    at = place % (len(pieces) + 1)
    text = " ".join([*pieces[:at], "zzqx", *pieces[at:]])
    phrase = read(text, case["year"])
    named = " ".join(str(value) for rule in phrase.rules for value in fields(rule).values())
    aside = any(token.type == "ASIDE" and "zzqx" in text[token.start : token.end] for token in scan(text))
    assert not phrase.understood or "zzqx" in named or aside


# The days


def test_days_are_those_of_the_calendar() -> None:
    phrase = read("Báo cáo quý I, II, III và báo cáo năm (chậm nhất vào ngày 19 tháng cuối quý của kỳ báo cáo)", 2021)
    assert [(day.period, day.stated, day.due) for day in days().of(phrase, 2021)] == [
        ("2021-Q1", date(2021, 3, 19), date(2021, 3, 19)),
        ("2021-Q2", date(2021, 6, 19), date(2021, 6, 21)),
        ("2021-Q3", date(2021, 9, 19), date(2021, 9, 20)),
        ("2021", date(2021, 12, 19), date(2021, 12, 20)),
    ]


def test_days_of_other_months_than_the_last() -> None:
    after = read("Trước ngày 05 của tháng đầu quý sau", 2021)
    assert [day.stated for day in days().of(after, 2021)] == [
        *(date(2021, 4, 4), date(2021, 7, 4), date(2021, 10, 4), date(2022, 1, 4)),
    ]
    yearly = read("Trước ngày 31/01 hằng năm", 2022)
    assert [(day.period, day.stated) for day in days().of(yearly, 2022)] == [("2022", date(2022, 1, 30))]


def test_a_month_needs_a_day() -> None:
    with pytest.raises(Unsound, match="month_no_day"):
        Recurring(kind="recurring", every="year", month=6)


def test_a_span_of_days_opens_on_its_first() -> None:
    (rule,) = read("Từ ngày 01/3 đến ngày 15/4/2021", 2021).rules
    (deadline_,) = rule.deadlines(Setting(2021, days().calendar, {}))
    assert (deadline_.opens, deadline_.day) == (date(2021, 3, 1), date(2021, 4, 15))


def test_an_event_gives_days_once_it_has_come() -> None:
    phrase = read("Chậm nhất 05 ngày làm việc kể từ ngày ký", 2021)
    assert days().of(phrase, 2021) == (PhraseDay(None, None, None, None, "ký"),)
    assert days(date(2021, 4, 27)).of(phrase, 2021) == (
        PhraseDay(None, date(2021, 5, 6), date(2021, 5, 6), date(2021, 5, 6), None),
    )


def test_beyond_all_calendars_there_is_no_day() -> None:
    phrase = read("05 ngày kể từ ngày ký; 99 năm kể từ ngày ký", 2021)
    assert days(date(9999, 12, 30)).of(phrase, 2021) == ()


def test_a_condition_holds_the_day_until_its_event() -> None:
    phrase = read("Tháng 9/2021 (sau khi VPCP ban hành Quy chế)", 2021)
    assert days().of(phrase, 2021) == (PhraseDay(None, date(2021, 9, 30), None, None, "VPCP ban hành Quy chế"),)
    assert days(date(2021, 5, 4)).of(phrase, 2021)[0].due == date(2021, 9, 30)
    assert days(date(2021, 10, 4)).of(phrase, 2021)[0].due is None


def test_a_phrase_not_understood_has_no_days() -> None:
    assert days().of(read("Trước ngày 15/7/2021, trừ cấp xã", 2021), 2021) == ()


@pytest.mark.parametrize("case", CASES[::9], ids=lambda case: str(case["phrase"]))
def test_a_line_says_what_the_report_says(case: dict[str, Any]) -> None:
    phrase = read(case["phrase"], case["year"])
    found = days().of(phrase, case["year"])
    told = json.loads(json.dumps(deadline.payload(phrase, case["year"], found), default=date.isoformat))
    assert json.loads(deadline.line(phrase, case["year"], found)) == told


def test_nothing_at_all_is_not_understood() -> None:
    assert read("", 2021) == Phrase("", (), ())
    assert not read(" .;", 2021).understood
