"""The example shows everything that a register can lead to, and its counts stay as they are."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tthc_cli import settings, workflow
from tthc_cli.records import VERDICTS
from tthc_cli.workflow import Outcome

EXAMPLE = Path(__file__).parents[1] / "examples" / "ben_tre_2021"
ROWS = 283
FIRM = 11
COUNTS = {
    "on_time": 246,
    "on_rolled_day": 19,
    "late": 13,
    "overdue": 7,
    "due_soon": 1,
    "pending": 105,
    "not_yet_open": 18,
    "awaiting_event": 50,
    "no_deadline": 212,
    "unclear": 1,
    "not_covered": 2512,
}


def run(**options: object) -> Outcome:
    chosen = settings.read({"workspace": str(EXAMPLE), **options}, {}, EXAMPLE)
    return workflow.run(chosen, date(2021, 10, 15), date(2021, 10, 15))


@pytest.fixture(scope="module")
def good() -> Outcome:
    return run()


def test_the_register_has_no_problem(good: Outcome) -> None:
    assert not good.assessment.problems
    assert good.gathered is not None
    assert good.gathered.rows == good.gathered.accepted == ROWS


def test_every_verdict_that_a_register_can_give_appears(good: Outcome) -> None:
    found = Counter(judgement.verdict for judgement in good.assessment.judgements)
    assert set(found) == set(VERDICTS) - {"due_passed"}
    assert found == COUNTS


def test_breaches_are_firm_or_say_what_they_rest_on(good: Outcome) -> None:
    breaches = [judgement for judgement in good.assessment.judgements if judgement.firm is not None]
    assert sum(judgement.firm is True for judgement in breaches) == FIRM
    rests = {reading for judgement in breaches for reading in judgement.rests_on}
    assert rests == {"before_excludes_day", "extension", "period_end", "proof", "signature"}


def test_a_decision_is_the_event_of_the_next_task(good: Outcome) -> None:
    verdicts = {judgement.obligation.key: judgement.verdict for judgement in good.assessment.judgements}
    assert verdicts["III.1/so-xay-dung/vb-45"] == "on_time"
    assert verdicts["III.4/vp-ubnd-tinh/vb-45"] == "late"
    assert verdicts["III.4/vp-ubnd-tinh/bcb-07"] == "due_soon"


def test_an_extension_keeps_both_days(good: Outcome) -> None:
    extended = {
        judgement.obligation.key: judgement.obligation.extended
        for judgement in good.assessment.judgements
        if judgement.obligation.extended
    }
    assert [*extended] == ["IV.2/ubnd-huyen-thanh-phu"]
    moved = extended["IV.2/ubnd-huyen-thanh-phu"]
    assert moved is not None
    assert (moved.original_due, moved.to) == (date(2021, 7, 14), date(2021, 7, 30))


def test_the_second_register_shows_every_code_of_a_row() -> None:
    outcome = run(register=str(EXAMPLE / "register_loi.csv"))
    assert {problem.code for problem in outcome.assessment.problems} == {f"R{number:02}" for number in range(1, 15)}
