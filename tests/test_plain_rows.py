"""Rows taken apart by groups of columns say what they say cell by cell, wherever the columns stand."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.make_register import HEADINGS, rows
from tests.test_register_csv import PIECES
from tthc_cli import settings as chosen
from tthc_cli import workflow
from tthc_cli.csv_text import BLOCK
from tthc_cli.register_csv import open_csv
from tthc_cli.submissions import REGISTER
from tthc_cli.tables import BadRow, Grouped, Groups, Table

HEADER = b"task;agency;note\n"
NUMBERS = [b"12/BC-STP", b"012/BC", b"1234567/BC", b"1234567890/BC", b"12/", b"12/ ", b"/BC", b"12", b"BC-STP", b""]
QUOTED = [b'"a;b"', b'"12/BC"', b'"12/ "', b'"a ""b"""', b'""', b'" "', b'"a\nb"', b'"a;b;c\n', b'a"', b' "b"']
USUAL = [
    b"XI.1;So Y te;12/BC-SYT\n",
    b'"X""I"".1";"So Y; te";12/BC-SYT\n',
    b'"XI.1";So Y te;"12/BC-SYT"\n',
    b'XI.1;"12/BC-SYT";"a"\n',
    b"XI.1;So Y te;12/BC-SYT\r\n",
]
GROUPS = [Groups((0, 1), (2,), None), Groups((0, 2), (), 1), Groups((0, 1), (), 2), Groups((0,), (1,), 2)]


def taken(table: Table, groups: Groups) -> tuple[list[Any], int]:
    """Each row by its groups, however it was read, and how many were read many at once."""
    found: list[Any] = []
    grouped = 0
    for piece in table.read(groups):
        if isinstance(piece, Grouped):
            grouped += len(piece.rows)
            for line, (words, digits, rest, days) in zip(piece.lines, piece.rows, strict=True):
                assert not digits or digits == str(int(digits))
                number = f"{digits}/{rest}" if digits else rest
                found.append((line, _cells(words), number, _cells(days) if groups.days else []))
            continue
        found += (_by_groups(line, cells, groups) for line, cells in piece)
    return found, grouped


def _cells(said: str) -> list[str]:
    return next(csv.reader([said], delimiter=";", strict=True)) or [""]


def _by_groups(line: int, cells: Any, groups: Groups) -> Any:
    if isinstance(cells, BadRow):
        return line, cells
    number = "" if groups.number is None else cells[groups.number]
    return line, [cells[at] for at in groups.words], number, [cells[at] for at in groups.days]


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.sampled_from([*PIECES, *NUMBERS, *QUOTED]), max_size=40).map(b"".join),
    st.sampled_from(GROUPS),
    st.sampled_from(USUAL),
)
@example(b"a;b;c\r\nd;e;f", GROUPS[0], USUAL[0])
@example(b"a;b;c\n;b;c\n \t;b;c\na;b\n\n;;\na;b;c;d\n", GROUPS[0], USUAL[0])
@example(b"a;b\nc;d;e;f\n", GROUPS[1], USUAL[0])
@example(b"a;b;c\rd\r\na;b;c\n", GROUPS[1], USUAL[4])
@example(b"a;b;c\rd\r\na;b;c\n", GROUPS[3], USUAL[4])
@example(b"a;b;c;\r\na;b\r\n", GROUPS[1], USUAL[4])
@example(b"a;b;c;\r\na;bc\n\r", GROUPS[2], USUAL[4])
@example(b"a;12/;c\na;12/ ;c\n", GROUPS[1], USUAL[0])
@example(b"a;b;12/\na;b;12/BC\n", GROUPS[2], USUAL[0])
@example(b'a;b;"12/BC""X"\na;b;12/B"C\n"";b;c\n" ";b;c\n"a;b";c;d\n"a";"b\nc;d;e";f\n', GROUPS[2], USUAL[1])
@example(b'a"b;c"d;e"\n a; "b;c"\na;"b"c;d\na;b;"c\nd;e;f\n', GROUPS[0], USUAL[1])
def test_the_same_by_groups_as_cell_by_cell(noise: bytes, groups: Groups, usual: bytes) -> None:
    data = HEADER + usual * (BLOCK // 8) + noise
    found, grouped = taken(open_csv(io.BytesIO(data), REGISTER, "so.csv"), groups)
    assert grouped > BLOCK // 16
    plain = open_csv(io.BytesIO(data), REGISTER, "so.csv")
    assert found == [_by_groups(line, cells, groups) for line, cells in plain.rows]


@pytest.mark.parametrize("row", [b"%b;b;c\n", b'"%b";b;c\n', b"a;%b;c\n", b"a;b;%b\n"])
@pytest.mark.parametrize("length", [csv.field_size_limit(), csv.field_size_limit() + 1])
def test_a_cell_longer_than_any_reader_takes(row: bytes, length: int) -> None:
    data = HEADER + b"a;b;c\n" * BLOCK + row % (b"x" * length) + b"a;b;c\n"
    found, _ = taken(open_csv(io.BytesIO(data), REGISTER, "so.csv"), GROUPS[2])
    plain = open_csv(io.BytesIO(data), REGISTER, "so.csv")
    assert found == [_by_groups(line, cells, GROUPS[2]) for line, cells in plain.rows]
    assert [said[0] for said in found if isinstance(said[1], BadRow)] == [BLOCK + 2] * (length % 2)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_register_says_the_same_wherever_its_columns_stand(tmp_path: Path, delimiter: str, end: str) -> None:
    draw = random.Random(7092)
    made = [[cell.replace(",", " ") for cell in row] for row in rows(1500)]
    for at in range(0, 1500, 70):
        made[at][3] = draw.choice(["", "Số 12/BC-DV", "012/BC-DV", "12/BC-DV", "không số"])
        made[at][4] = "30/6/2021"  # before or after the day it was sent
        made[at + 1][0] = ""
    found = []
    for order in (range(8), [3, 7, 4, 0, 6, 1, 2, 5], [7, 2, 5, 1, 6, 0, 4, 3]):
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
            path = tmp_path / "so.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=quoting)
                writer.writerows([row[at] for at in order] for row in (HEADINGS, *made))
            found.append(_judged(path))
    assert len(found[0][1]) > 50
    assert all(other == found[0] for other in found[1:])


def _judged(path: Path) -> tuple[Any, list[Any], Any]:
    settings_ = chosen.read({"register": str(path)}, {}, path.parent)
    outcome = workflow.run(settings_, date(2021, 10, 15), date(2021, 12, 1))
    assert outcome.gathered
    problems = sorted((p.line, p.code, p.column, p.value, str(p.facts)) for p in outcome.assessment.problems)
    counts = outcome.gathered.rows, outcome.gathered.accepted, outcome.assessment.set_aside
    return outcome.assessment.judgements, problems, counts
