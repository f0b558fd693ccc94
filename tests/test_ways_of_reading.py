"""However a register's text is cut into blocks and parts, and however its rows are taken apart, it says the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as limited
from hypothesis import strategies as st

from tests.program import ROOT
from tthc_cli import csv_spans, csv_text, loading, settings, shards
from tthc_cli.assessment import assess
from tthc_cli.gathering import joined
from tthc_cli.register_csv import _Records

EXAMPLE = ROOT / "examples" / "ben_tre_2021"
AS_OF, TODAY = date(2021, 10, 15), date(2021, 12, 1)
HEADINGS = "Nhiệm vụ;Đơn vị;Kỳ báo cáo;Số ký hiệu;Ngày văn bản;Ngày gửi;Ngày đến;Trích yếu"
DAYS = ["18/03/2021", '"19/3/2021"', "31/06/2021", "2021-06-18", "18/6/2091", ""]
CELLS: Sequence[Sequence[str]] = (
    ["XI.1", "XI.1", "VI.6", '"XI.1"', " XI.1", "XI.9", "III.4", ""],
    ["Sở Y tế", "Sở Y tế", '"Sở Y tế"', '"Sở ""Y"" tế"', "UBND huyện Ba Tri", 'Sở "Y tế', ""],
    ["Q1", "Q2", '"Quý III"', "Q9", ""],
    ["1/BC-SYT", "2/BC-SYT", '"1/BC-SYT"', "01/BC", "3/BC;X", '"3/BC;X"', "4", '" 5/BC "', '"6/B""C"', ""],
    DAYS,
    ["18/03/2021", *DAYS],
    DAYS,
    [
        "Báo cáo",
        "",
        '"a;b"',
        '"a\nb"',
        '"a""b"',
        'a"b',
        '"c',
        "dài " * 20,
        '"x\r\nXI.1;;;;;;;"',
        "\x0b",
        "\u2028",
        "a\rb",
    ],
)
ROWS = st.one_of(
    st.tuples(*map(st.sampled_from, CELLS)).map(";".join),
    st.tuples(*map(st.sampled_from, CELLS[:5])).map(";".join),
    st.tuples(*map(st.sampled_from, (*CELLS, DAYS))).map(";".join),
    st.sampled_from(["", "   ", ";;;;;;;", "XI.1\xff"]),
)


def said(path: Path, width: int) -> Any:
    """All that is found in a register read in so many parts, and what is made of it."""
    chosen = settings.read({"workspace": str(EXAMPLE), "register": str(path)}, {}, EXAMPLE)
    inputs = loading.load(chosen)
    whole = joined(shards.gathered(chosen, inputs, AS_OF, TODAY, None, shards.Workers(map, width)))
    tasks = {task.id for task in inputs.plan.every_task()}
    papers = {slot: found for slot, found in whole.papers(tasks).items() if found}
    return assess(inputs.world(AS_OF), whole), whole.problems, whole.doubts, whole[5:8], papers


# A register of many rows that fails takes minutes to be made small.
@limited(
    max_examples=40,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(ROWS, min_size=1, max_size=80), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_a_register_says_the_same_however_it_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str], end: str, ended: bool
) -> None:
    path = tmp_path_factory.mktemp("so") / "so.csv"
    text = end.join((HEADINGS, *rows)) + end * ended
    path.write_bytes(text.encode().replace("ÿ".encode(), b"\xff"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_spans, "LEAST", 1)
        expected = said(path, 1)
        for block, width in ((64, 1), (256, 3), (1 << 16, 4)):
            patch.setattr(csv_text, "BLOCK", block)
            assert said(path, width) == expected
        read = _Records.read
        patch.setattr(_Records, "read", lambda records, _: read(records, None))  # cell by cell
        assert said(path, 1) == expected
