"""What is packed is what was put in, whatever is added, moved and put together in between."""

from __future__ import annotations

import gc
import pickle
import tracemalloc
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.make_register import UNITS
from tests.test_shards import AS_OF, ROWS, TODAY, deal, judged, of
from tests.worlds import run
from tthc_cli import csv_spans, loading, matching, piles, shards
from tthc_cli.assessment import assess
from tthc_cli.chaining import chained
from tthc_cli.gathering import joined
from tthc_cli.piles import Column, Pile
from tthc_cli.records import Stamp
from tthc_cli.stamping import Stamping

NUMBERS = st.lists(st.integers(0, (1 << 32) - 1), max_size=40)
STAMPS = [Stamp(sent=date(2021, 3, day)) for day in range(1, 6)]
ROW = st.tuples(st.integers(1, 1 << 31), st.integers(0, (1 << 63) - 1), st.integers(0, len(STAMPS) - 1))


@given(st.lists(st.tuples(NUMBERS, st.booleans()), max_size=6), st.sampled_from("IQ"))
def test_a_column_holds_what_was_added(added: list[tuple[list[int], bool]], kind: str) -> None:
    column, expected = Column(kind), []
    add = column.flat.append
    for numbers, pack in added:
        for number in numbers:
            add(number)
        expected += numbers
        if pack:
            column.pack()
    assert [*column] == expected
    assert [*pickle.loads(pickle.dumps(column))] == expected
    assert len(column) == len(expected)
    assert all(column.count(number) == expected.count(number) for number in (0, *expected[:3]))


@given(st.data())
def test_columns_behind_each_other(data: Any) -> None:
    column, expected = Column("I"), []
    for numbers in data.draw(st.lists(st.lists(st.integers(0, 9), max_size=9), max_size=5)):
        other = Column("I", numbers[:5])
        if data.draw(st.booleans()):
            other.pack()
        other.flat.extend(numbers[5:])
        more = data.draw(st.integers(0, 5))
        if data.draw(st.booleans()):
            column.take(other, change=lambda found: [9 - number for number in found])
            expected += [9 - number for number in numbers]
        else:
            column.take(other, more)
            expected += [number + more for number in numbers]
        assert [*other] == numbers
    assert [*column] == expected


@given(st.lists(ROW, max_size=60), st.sets(st.integers(0, 60)))
def test_a_pile_tells_its_papers(rows: list[tuple[int, int, int]], packed: set[int]) -> None:
    plain, pile = (Pile((), "") for _ in range(2))
    rows = sorted(rows)
    for number, row in enumerate(rows):
        plain.add(*row)
        pile.add(*row)
        if number in packed:
            for column in (pile.lines, pile.marks, pile.stamps):
                column.pack()
    assert [*pile.rows(STAMPS)] == [(line, mark, STAMPS[stamp]) for line, mark, stamp in rows]
    assert pile.papers(STAMPS) == plain.papers(STAMPS)
    middle = rows[len(rows) // 2][0] if rows else 5
    below, above = pile.between(0, middle), pile.between(middle, 1 << 32)
    assert [*below.rows(STAMPS), *above.rows(STAMPS)] == [*pile.rows(STAMPS)]
    assert all(line <= middle for line in below.lines)


@pytest.mark.parametrize("width", [1, 3])
def test_a_register_is_judged_alike_whether_it_is_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """Packed row by row, and where its parts are put together."""
    deal(tmp_path, ROWS * 3, [at % 2 for at in range(len(ROWS) * 3)])
    monkeypatch.setattr(csv_spans, "LEAST", 1)
    plain = judged(tmp_path, workers=shards.Workers(map, width))
    for name in ("_FIRST", "_FURTHER", "_LEAST"):
        monkeypatch.setattr(piles, name, 1)
    chosen = of(tmp_path)
    packed = joined(shards.gathered(chosen, loading.load(chosen), AS_OF, TODAY, None, shards.Workers(map, width)))
    assert any(pile.lines._packed for pile in packed.piles)
    assert judged(tmp_path, workers=shards.Workers(map, width)).assessment == plain.assessment


def test_a_very_large_file_has_more_parts_each_of_them_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deal(tmp_path, ROWS * 9, [0] * (9 * len(ROWS)))
    path = tmp_path / "so-0.csv"
    alone = judged(path)
    monkeypatch.setattr(csv_spans, "LEAST", 1)
    assert len(csv_spans.spans(path, 2)) == 2
    monkeypatch.setattr(csv_spans, "_LARGE", 1)
    monkeypatch.setattr(piles, "_LEAST", 1)
    chosen, two = of(path), shards.Workers(map, 2)
    parts = shards.gathered(chosen, loading.load(chosen), AS_OF, TODAY, None, two)
    assert len(parts) == 8
    assert not any(pile.lines.flat for part in parts for pile in part.piles)
    assert judged(path, workers=two).assessment == alone.assessment


def test_nothing_of_a_part_stays_in_mind_once_it_is_read(tmp_path: Path) -> None:
    deal(tmp_path, ROWS, [0] * len(ROWS))
    gc.collect()
    gc.disable()
    try:
        judged(tmp_path)
        assert not any(type(each) is matching._Reader for each in gc.get_objects())
    finally:
        gc.enable()


def test_the_papers_of_one_obligation_are_in_mind_at_a_time(tmp_path: Path) -> None:
    """Where few papers were sent and received on the same days, each of them is looked at by itself."""
    days = [date(2021, 3, 15) + timedelta(at) for at in range(40)]
    pairs = [(sent, sent + timedelta(lag)) for sent in days for lag in range(25)]
    peaks = []
    for units in (UNITS[:2], UNITS[:2], UNITS):
        rows = (f"XI.1;{unit};;;Q1;;;;{sent};{received};;" for unit in units for sent, received in pairs)
        outcome = run(tmp_path, AS_OF, "\n".join(rows))
        assert outcome.gathered is not None
        assert outcome.gathered.accepted == len(units) * len(pairs)
        tracemalloc.start()
        assess(outcome.world, outcome.gathered)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < peaks[1] + 500_000


def test_papers_that_may_be_events_take_little_room(tmp_path: Path) -> None:
    event, peaks = "id,kind,date,agency,document,note\nqd-1,ky-qd-cong-bo,2021-03-01,Sở Y tế,1/QĐ-UBND,\n", []
    for count in (1_000, 1_000, 3_000):
        rows = (f"III.4;VP UBND tỉnh;;;;qd-1;{at}/BC-VP;2/3/2021;2/3/2021;;;" for at in range(1, count + 1))
        outcome = run(tmp_path, AS_OF, "\n".join(rows), events=event)
        assert outcome.gathered is not None
        tracemalloc.start()
        chained(outcome.world.plan, outcome.world.events, outcome.gathered, outcome.world.reading, AS_OF)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < peaks[1] + 2_000 * 350


@pytest.mark.parametrize("day", ["1/3/2021", date(2021, 3, 1), date(2021, 12, 1)])
def test_what_is_the_same_of_all_days_is_there_once(day: Any) -> None:
    """Beside each of very many days, an empty set of its own would take more room than they do."""
    one, other = (Stamping(TODAY, AS_OF, "sent").of({"sent_on": day, "received_on": sent}) for sent in ("", "2/3/2021"))
    assert one.late is other.late
    assert one.stamp.swappable is other.stamp.swappable
