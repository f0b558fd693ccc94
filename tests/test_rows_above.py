"""What a row leaves to the rows above it: blank cells of merged ones, marks for "the same", titles of sections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.worlds import TODAY, judged
from tthc_cli import csv_spans, loading, settings, shards, workflow
from tthc_cli.assessment import assess
from tthc_cli.gathering import joined
from tthc_cli.records import Judgement

AS_OF = date(2021, 10, 15)
HEADINGS = ("STT", "Mã nhiệm vụ", "Cơ quan", "Huyện", "Kỳ", "Số ký hiệu", "Ngày gửi")
MARCH, JUNE = "19/3/2021", "18/6/2021"
HEALTH = (1, "XI.1", "Sở Y tế", "", "Q1", "1/BC-SYT", MARCH)
JUSTICE = (1, "XI.1", "Sở Tư pháp", "", "Q1", "1/BC-STP", MARCH)
MARKS = ('"', "''", '-"-', "”", "〃", "-nt-", "nt", "Như trên")
Rows = Sequence[Sequence[object]]


def written(folder: Path, kind: str, rows: Rows, above: Rows = (), sheet: str = "Sổ") -> Path:
    """A register under the headings, as Excel keeps it or as it saves it as CSV; above: rows before the headings."""
    path = folder / f"so.{kind}"
    if kind == "csv":
        quoted = (['"' + str(cell).replace('"', '""') + '"' for cell in row] for row in (*above, HEADINGS, *rows))
        path.write_text("".join(";".join(row) + "\n" for row in quoted), "utf-8")
        return path
    book = Workbook()
    active: Any = book.active
    active.title = sheet
    for row in (*above, HEADINGS, *rows):
        active.append([cell if cell != "" else None for cell in row])
    book.save(path)
    return path


def judgements_on(path: Path) -> dict[str, Judgement]:
    """The judgements on a register."""
    return judged(workflow.run(settings.read({"register": str(path)}, {}, path.parent), AS_OF, TODAY))


def found(folder: Path, kind: str, rows: Rows) -> dict[str, Judgement]:
    """The judgements on a register of these rows."""
    return judgements_on(written(folder, kind, rows))


def doubted(judgements: dict[str, Judgement]) -> set[str]:
    """Which of them are in doubt because of a row."""
    return {key for key, item in judgements.items() if item.reason == "doubt"}


def like_the_one_above(mark: str, at: int) -> Rows:
    """Rows of which the last has a mark for what stands above it in a column."""
    row = [2, "XI.1", "Sở Tư pháp", "", "Q2", "2/BC-STP", JUNE]
    row[at] = mark
    return HEALTH, JUSTICE, row


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("at", [1, 2])
def test_a_mark_stands_for_the_cell_above(tmp_path: Path, kind: str, mark: str, at: int) -> None:
    judgements = found(tmp_path, kind, like_the_one_above(mark, at))
    assert judgements["XI.1/so-tu-phap/2021-Q1"].verdict == "on_time"
    assert doubted(judgements) == {"XI.1/so-tu-phap/2021-Q2"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("title", "at", "keys"),
    [
        ("Đơn vị: Sở Y tế", 2, {"XI.1/so-y-te/2021-Q1", "XI.1/so-y-te/2021-Q2"}),
        ("Nhiệm vụ XI.1: báo cáo định kỳ", 1, {"XI.1/so-y-te/2021-Q1", "XI.1/so-y-te/2021-Q2"}),
        ("Sổ của Phòng, không nêu đơn vị nào", 2, set()),
    ],
)
def test_a_title_above_the_headings_says_whose_the_rows_below_are(
    tmp_path: Path, kind: str, title: str, at: int, keys: set[str]
) -> None:
    rows: list[list[object]] = [[1, "XI.1", "Sở Y tế", "", f"Q{n}", f"{n}/BC-SYT", MARCH] for n in (1, 2)]
    for row in rows:
        row[at] = ""
    path = written(tmp_path, kind, rows, above=[("VĂN PHÒNG UBND TỈNH",), (title,)])
    assert keys <= doubted(judgements_on(path))
    assert bool(keys) or not any("so-y-te" in key for key in doubted(judgements_on(path)))


def test_a_row_that_names_its_own_unit_ends_what_stands_above_the_headings(tmp_path: Path) -> None:
    rows = (HEALTH, (2, "XI.1", "", "", "Q2", "2/BC-SYT", JUNE))
    path = written(tmp_path, "csv", rows, above=[("Đơn vị: Sở Tư pháp",)])
    assert not doubted(judgements_on(path))


def test_the_title_of_a_sheet_says_whose_its_rows_are(tmp_path: Path) -> None:
    path = written(tmp_path, "xlsx", ((1, "XI.1", "", "", "Q1", "1/BC-SYT", MARCH),), sheet="Sở Y tế")
    assert doubted(judgements_on(path)) == {"XI.1/so-y-te/2021-Q1"}


@pytest.mark.parametrize("at", [1, 2])
def test_a_blank_cell_stands_for_the_one_above_where_cells_may_be_merged(tmp_path: Path, at: int) -> None:
    assert doubted(found(tmp_path, "xlsx", like_the_one_above("", at))) == {"XI.1/so-tu-phap/2021-Q2"}
    assert not doubted(found(tmp_path, "csv", like_the_one_above("", at)))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_row_that_names_its_own_unit_ends_what_a_title_says(tmp_path: Path, kind: str) -> None:
    rows = (("II. Sở Tư pháp", *[""] * 6), HEALTH, (2, "XI.1", "", "", "Q2", "2/BC-SYT", JUNE))
    assert doubted(found(tmp_path, kind, rows)) == (set() if kind == "csv" else {"XI.1/so-y-te/2021-Q2"})


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "title",
    [
        ("II. Sở Tư pháp", "", "", "", "", "", ""),
        ("II. Sở Tư pháp", " ", "", "", "", "", ""),
        ("II", "Sở Tư pháp", "", "", "", "", ""),
        ("", "", "", "", "", "Đơn vị: Sở Tư pháp", ""),
        ("", "", "", "", "", "2. Sở Tư pháp", ""),
        ("", "", "", "Sở Tư pháp", "", "", ""),
    ],
)
def test_a_title_in_whatever_column_says_whose_the_rows_below_are(
    tmp_path: Path, kind: str, title: Sequence[object]
) -> None:
    rows = (HEALTH, title, (1, "XI.1", "", "", "Q2", "2/BC-STP", JUNE), (2, "VI.6", "", "", "Q2", "3/BC-STP", JUNE))
    assert doubted(found(tmp_path, kind, rows)) == {"XI.1/so-tu-phap/2021-Q2", "VI.6/so-tu-phap/2021-Q2"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("at", [0, 5])
@pytest.mark.parametrize("title", ["XI.1", "Mục XI.1: Báo cáo định kỳ"])
def test_a_title_may_name_the_task(tmp_path: Path, kind: str, title: str, at: int) -> None:
    rows = (
        (1, "VI.6", *HEALTH[2:]),
        [title if at == column else "" for column in range(7)],
        (1, "", "Sở Tư pháp", "", "Q2", "2/BC-STP", JUNE),
    )
    keys = doubted(found(tmp_path, kind, rows))
    assert "XI.1/so-tu-phap/2021-Q2" in keys
    assert {key.rpartition("/")[0] for key in keys} == {"XI.1/so-tu-phap"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("title", ["II. XI.1: Báo cáo định kỳ", "II. Báo cáo công tác KSTTHC"])
def test_a_title_of_a_task_holds_for_every_row_below_until_one_names_its_own(
    tmp_path: Path, kind: str, title: str
) -> None:
    rows = (
        (1, title, "", "", "", "", ""),
        (1, "", "Sở Tư pháp", "", "Q2", "2/BC-STP", JUNE),
        (2, "", "Sở Nội vụ", "", "Q2", "2/BC-SNV", JUNE),
        (3, "VI.6", "Sở Y tế", "", "Q2", "3/BC-SYT", JUNE),
    )
    assert doubted(found(tmp_path, kind, rows)) == {"XI.1/so-tu-phap/2021-Q2", "XI.1/so-noi-vu/2021-Q2"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_title_may_end_with_a_count(tmp_path: Path, kind: str) -> None:
    rows = (("A. Sở Tư pháp (01 văn bản):", *[""] * 6), (1, "XI.1", "", "", "Q2", "2/BC-STP", JUNE))
    assert doubted(found(tmp_path, kind, rows)) == {"XI.1/so-tu-phap/2021-Q2"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_title_may_name_the_district(tmp_path: Path, kind: str) -> None:
    rows = (("A. Huyện Ba Tri", *[""] * 6), (1, "XI.1", "UBND huyện", "", "Q2", "2/BC-UBND", JUNE))
    assert doubted(found(tmp_path, kind, rows)) == {"XI.1/ubnd-huyen-ba-tri/2021-Q2"}


@pytest.mark.parametrize(
    "between",
    [
        ("Cộng: 1 văn bản", *[""] * 6),
        ("Ghi chú: xem VI.6 ở trang sau", *[""] * 6),
        (2, *[""] * 6),  # numbered beforehand
        ("", "", "", "", "", "", "Người lập biểu"),
        ("", "", "", "", "", "Sở Y tế", JUNE),  # a paper, though of little
    ],
)
def test_what_is_no_title_leaves_the_rows_below_to_those_above(tmp_path: Path, between: Sequence[object]) -> None:
    rows = (JUSTICE, between, (2, "", "", "", "Q2", "2/BC-STP", JUNE))
    keys = doubted(found(tmp_path, "xlsx", rows))
    assert "XI.1/so-tu-phap/2021-Q2" in keys
    assert {key.rpartition("/")[0] for key in keys} == {"XI.1/so-tu-phap"}


def test_a_row_with_a_number_is_no_title_though_its_abbreviation_names_a_unit(tmp_path: Path) -> None:
    rows = (JUSTICE, ("", "", "", "", "Q2", "2/BC-STP", ""))
    assert doubted(found(tmp_path, "xlsx", rows)) == {"XI.1/so-tu-phap/2021-Q2"}


@pytest.mark.parametrize("mark", ["", "-nt-"])
@pytest.mark.parametrize("first", [JUSTICE, ("II. Sở Tư pháp", *[""] * 6), HEALTH])
def test_a_part_of_a_file_does_not_lose_what_stands_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: Sequence[object], mark: str
) -> None:
    """However the file is cut, into as many parts as it has lines."""
    rows = [first, *((number, "XI.1", mark, "", "Q2", f"{number}/BC", JUNE) for number in range(2, 9))]
    whole = doubted(found(tmp_path, "csv", rows))
    chosen = settings.read({"register": str(written(tmp_path, "csv", rows))}, {}, tmp_path)
    inputs = loading.load(chosen)
    monkeypatch.setattr(csv_spans, "LEAST", 1)
    parts = shards.gathered(chosen, inputs, AS_OF, TODAY, None, shards.Workers(map, len(rows)))
    judgements = assess(inputs.world(AS_OF), joined(parts)).judgements
    assert doubted({item.obligation.key: item for item in judgements}) == whole
    unit = "so-y-te" if first == HEALTH else "so-tu-phap"
    assert whole == ({f"XI.1/{unit}/2021-Q2"} if mark or "II." in str(first[0]) else set())


DISTRICT = (1, "XI.1", "UBND huyện", "Ba Tri", "Q1", "1/BC-UBND", MARCH)
BLANK_DISTRICT = (2, "XI.1", "UBND huyện", "", "Q2", "2/BC-UBND", JUNE)


@pytest.mark.parametrize(
    ("rows", "keys"),
    [
        (
            (("A. Huyện Ba Tri", *[""] * 6), (1, "XI.1", "", "", "Q1", "1/BC-UBND", MARCH), BLANK_DISTRICT),
            {"XI.1/ubnd-huyen-ba-tri/2021-Q1", "XI.1/ubnd-huyen-ba-tri/2021-Q2"},
        ),
        (
            (
                *(DISTRICT, (2, "XI.1", "-nt-", "-nt-", "Q1", "1/BC-UBND", MARCH), HEALTH),
                *(("XI.1", *[""] * 6), (3, "", *BLANK_DISTRICT[2:])),
            ),
            {"XI.1/ubnd-huyen-ba-tri/2021-Q2"},
        ),
        (
            (
                *(HEALTH, DISTRICT, (2, "ZZ.9", *HEALTH[2:]), JUSTICE),
                (3, "XI.1", "UBND huyện", "-nt-", "Q2", "2/BC-UBND", JUNE),
            ),
            set(),
        ),
    ],
    ids=["district of a title", "district above a title of a task", "nothing above"],
)
def test_wherever_a_file_is_cut_the_same_stands_above_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: Rows, keys: set[str]
) -> None:
    assert doubted(found(tmp_path, "csv", rows)) == keys
    path = written(tmp_path, "csv", rows)
    chosen = settings.read({"register": str(path)}, {}, tmp_path)
    inputs = loading.load(chosen)
    *ends, size = accumulate(map(len, path.read_bytes().splitlines(keepends=True)))
    for end in ends:
        cut = (csv_spans.Span(0, end), csv_spans.Span(end, size))
        monkeypatch.setattr(shards, "spans", lambda *_, cut=cut: cut)
        parts = shards.gathered(chosen, inputs, AS_OF, TODAY, None, shards.Workers(map, 2))
        judgements = assess(inputs.world(AS_OF), joined(parts)).judgements
        assert doubted({item.obligation.key: item for item in judgements}) == keys
