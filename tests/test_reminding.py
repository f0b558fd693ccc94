"""What is owed and not yet said is said once: no duplicate, none lost, whatever happens to the runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tthc_cli.loading import built_in, read_years
from tthc_cli.records import Contact, Deadline, Event, Judgement, Obligation, TaskFacts, Verdict
from tthc_cli.reminding import Matter, Pace, Reminder, Said, matters, recipients, remind, slot_of
from tthc_cli.vietnam import forecast
from tthc_cli.workdays import Calendar

CALENDAR = Calendar(read_years(built_in("calendar")), forecast)
PACE = Pace((7, 1, 0), 5)
FIRST = date(2021, 3, 1)
DUE = date(2021, 3, 19)
End = Literal["sent", "kept", "lost before", "lost after"]


class Duty(NamedTuple):
    """A duty of the test's own: due on a day, answered on another."""

    key: str
    due: date
    answered: date | None = None
    firm: bool = True

    def on(self, day: date) -> Judgement:
        """How it is judged on a day."""
        owed = Obligation(
            "so-a", "Sở A", "province", 1, TaskFacts(self.key, "I", "", "", "", None, 1), "lead", Deadline(),
            self.due, self.due, CALENDAR.back(self.due),
        )  # fmt: skip
        if self.answered and self.answered <= day:
            return Judgement(owed, "on_time" if self.answered <= self.due else "late", self.answered)
        if day > self.due:
            return Judgement(owed, "overdue", days_late=(day - self.due).days, firm=self.firm)
        soon = CALENDAR.count(day, CALENDAR.back(self.due)) <= PACE.stages[0]
        return Judgement(owed, "due_soon" if soon else "pending")


def said_on(day: date, duties: Sequence[Duty], told: Sequence[Said], pace: Pace = PACE) -> Reminder | None:
    found = matters((duty.on(day) for duty in duties), day, CALENDAR, pace)
    return remind("so-a", found, ["a@so-a.example"], told, pace, day, CALENDAR) if found else None


def days_of(duties: Sequence[Duty], days: int, pace: Pace = PACE, start: date = FIRST) -> dict[date, Reminder]:
    """What is sent where a run comes every day."""
    told: list[Said] = []
    sent = {}
    for day in (start + timedelta(days=number) for number in range(days)):
        if reminder := said_on(day, duties, told, pace):
            told += reminder.says(told)
            sent[day] = reminder
    return sent


def test_stages_and_then_every_week() -> None:
    sent = days_of([Duty("XI.1", DUE)], 40)
    # 10/3 is seven working days before Friday the 19th; from the 20th it is overdue, five working days on is the 26th.
    assert {
        day.day if day.month == 3 else 100 + day.day: reminder.matters[0].stage for day, reminder in sent.items()
    } == {
        10: "7",
        18: "1",
        19: "0",
        20: "overdue",
        26: "overdue",
        102: "overdue",
        109: "overdue",
    }
    assert [reminder.number for reminder in sent.values()] == [1, 2, 3, 4, 5, 6, 7]
    assert [reminder.causes[0][1] for reminder in sent.values()][2:5] == ["nearer", "first", "again"]


def test_what_was_answered_is_not_chased() -> None:
    sent = days_of([Duty("XI.1", DUE, answered=date(2021, 3, 18))], 40)
    assert [day.day for day in sent] == [10]


def test_a_missed_week_loses_nothing() -> None:
    reminder = said_on(date(2021, 3, 27), [Duty("XI.1", DUE), Duty("XI.2", date(2021, 3, 26))], ())
    assert reminder
    assert [(matter.key, matter.kind) for matter in reminder.matters] == [
        ("XI.1/so-a", "overdue"),
        ("XI.2/so-a", "overdue"),
    ]


def test_the_worst_comes_first_and_all_of_it_counts_as_said() -> None:
    duties = [Duty("II", date(2021, 3, 24)), Duty("III", date(2021, 3, 10), firm=False), Duty("I", date(2021, 3, 15))]
    reminder = said_on(date(2021, 3, 22), duties, ())
    assert reminder
    assert [(matter.key, matter.kind) for matter in reminder.matters] == [
        ("I/so-a", "overdue"),
        ("III/so-a", "ask"),
        ("II/so-a", "soon"),
    ]
    assert {said.key for said in reminder.says(())} == {"I/so-a", "II/so-a", "III/so-a"}
    assert said_on(date(2021, 3, 22), duties, reminder.says(())) is None


def test_who_was_asked_is_told_once_it_is_sure_and_not_asked_again_after() -> None:
    day = date(2021, 3, 22)
    asked = said_on(day, [Duty("I", DUE, firm=False)], ())
    assert asked
    told = asked.says(())
    sure = said_on(day + timedelta(days=1), [Duty("I", DUE)], told)
    assert sure
    assert sure.count("overdue") == 1
    told = (*told, *sure.says(told))
    assert said_on(day + timedelta(days=2), [Duty("I", DUE, firm=False)], told) is None


def test_a_moved_day_is_a_new_matter() -> None:
    told = said_on(date(2021, 3, 18), [Duty("I", DUE)], ())
    assert told
    moved = said_on(date(2021, 4, 1), [Duty("I", date(2021, 4, 7))], told.says(()))
    assert moved
    assert (moved.matters[0].stage, moved.number) == ("7", 2)


def test_a_new_address_is_told_and_the_old_one_is_not_told_again() -> None:
    day = date(2021, 3, 22)
    found = matters([Duty("I", DUE).on(day)], day, CALENDAR, PACE)
    first = remind("so-a", found, ["a@x.example"], (), PACE, day, CALENDAR)
    assert first
    second = remind("so-a", found, ["a@x.example", "b@x.example"], first.says(()), PACE, day, CALENDAR)
    assert second
    assert second.addresses == ("b@x.example",)
    assert second.identity("p") == first.identity("p") != first.identity("q")


def test_once_a_week() -> None:
    sent = days_of([Duty("XI.1", DUE)], 40, PACE._replace(every="week"))
    assert len({slot_of(day, "week") for day in sent}) == len(sent) == 5
    assert (slot_of(date(2021, 1, 1), "week"), slot_of(FIRST, "month")) == ("2020-W53", "2021-03")


def test_due_soon_of_ones_own() -> None:
    assert PACE.within(3).stages == (3, 1, 0)
    assert PACE.within(10).stages == (10, 7, 1, 0)
    assert PACE.within(7) == PACE.within(None) == PACE


def _new(verdict: Verdict, event: date, **more: Any) -> Judgement:
    duty = Duty("III.3", DUE).on(FIRST)
    deadline = Deadline(event=Event("qd-1", "ky", event))
    return duty._replace(
        obligation=duty.obligation._replace(deadline=deadline, due=None, act_by=None, **more), verdict=verdict
    )


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (_new("no_deadline", date(2021, 2, 26)), True),
        (_new("no_deadline", date(2021, 1, 4)), False),
        (_new("pending", date(2021, 1, 4)), True),
        (_new("awaiting_event", date(2021, 2, 26)), False),
        (_new("no_deadline", date(2021, 2, 26))._replace(submitted_on=FIRST), False),
        (_new("no_deadline", date(2021, 2, 26), level="group"), False),
        (_new("no_deadline", date(2021, 2, 26), level="outside"), False),
        (_new("no_deadline", date(2021, 2, 26), unassigned=True), False),
        (_new("unclear", date(2021, 2, 26)), False),
        (_new("not_covered", date(2021, 2, 26)), False),
        (_new("due_passed", date(2021, 2, 26)), False),
    ],
)
def test_what_has_newly_arisen(item: Judgement, told: bool) -> None:
    found = matters([item], FIRST, CALENDAR, PACE)
    assert [matter.kind for matter in found] == (["new"] if told else [])
    assert not matters([item], FIRST, CALENDAR, PACE._replace(new_within=0))


def test_recipients_are_those_in_force() -> None:
    contacts = (
        Contact(
            "so-a", ("a@x.example", "b@x.example"), ("b@x.example", "c@x.example"), "Văn thư", end=date(2021, 3, 1)
        ),
        Contact("so-a", ("d@x.example",), start=date(2021, 3, 1)),
        Contact("so-b", ("e@x.example",)),
    )
    found = recipients(contacts, FIRST)["so-a"]
    assert found.every == ("a@x.example", "b@x.example", "d@x.example", "c@x.example")
    assert found.names == ("Văn thư",)
    assert recipients(contacts, date(2021, 3, 2))["so-a"].every == ("d@x.example",)
    assert set(recipients(contacts, FIRST)) == {"so-a", "so-b"}


DAYS = st.dates(date(2021, 3, 1), date(2021, 5, 31))
DUTIES = st.lists(
    st.builds(Duty, st.sampled_from(["I.1", "I.2", "II.1", "III.4"]), DAYS, st.none() | DAYS, st.booleans()),
    min_size=1, max_size=4, unique_by=lambda duty: duty.key,
)  # fmt: skip
ENDS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(["sent", "kept", "lost before", "lost after"])), max_size=40
)
PACES = st.builds(
    Pace,
    st.sets(st.integers(0, 7), min_size=1).map(lambda days: tuple(sorted(days | {7}, reverse=True))),
    st.integers(1, 10),
    every=st.sampled_from(["day", "week", "month"]),
)


@settings(max_examples=300, deadline=None)
@given(DUTIES, ENDS, PACES)
def test_no_duplicate_and_none_lost(duties: list[Duty], ends: list[tuple[int, End]], pace: Pace) -> None:
    """Runs come after any number of days (0: again at once); each ends well, or the message is kept, or the process
    dies before the server had it or after, and nobody can know which."""
    day, told, delivered = FIRST, list[Said](), list[Reminder]()
    for gap, end in ends:
        day += timedelta(days=gap)
        reminder = said_on(day, duties, told, pace)
        if reminder is None:
            continue
        says = reminder.says(told)
        assert says
        if end in ("sent", "lost after"):
            delivered.append(reminder)
        if end != "kept":
            told += says
    causes = [(each, key, cause) for each in delivered for key, cause in each.causes]
    assert max(Counter((key, each.slot) for each, key, _ in causes).values(), default=1) == 1
    stages = [_stage(each, key) for each, key, cause in causes if cause == "nearer" or _stage(each, key)[2].isdigit()]
    assert len(stages) == len(set(stages))
    for each, key, cause in causes:
        before = [earlier.day for earlier in delivered if earlier.day < each.day and key in dict(earlier.causes)]
        assert cause != "again" or not before or CALENDAR.count(max(before), each.day) >= pace.again
    # The next run that works says all that is owed and was not said, or may have been.
    last = said_on(day, duties, told, pace)
    told += last.says(told) if last else ()
    owed = matters((duty.on(day) for duty in duties), day, CALENDAR, pace)
    assert all(_known(matter, told, day, pace) for matter in owed)
    assert said_on(day, duties, told, pace) is None


def _stage(reminder: Reminder, key: str) -> tuple[str, date | None, str]:
    (matter,) = (matter for matter in reminder.matters if matter.key == key)
    return key, matter.due, matter.stage


def _known(matter: Matter, told: Sequence[Said], day: date, pace: Pace) -> bool:
    """Whether the matter was said at this stage or a later one, or in this very slot."""
    same = [said for said in told if said.key == matter.key]
    if any(said.slot == slot_of(day, pace.every) for said in same):
        return True
    if matter.kind == "soon":
        return any(said.stage.isdigit() and int(said.stage) <= int(matter.stage) for said in same)
    return any(said.stage in (matter.stage, "overdue") and CALENDAR.count(said.day, day) < pace.again for said in same)
