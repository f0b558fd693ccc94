"""Verdicts on cases that a clerk can read and add to."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.worlds import judged, run

CASES = yaml.load((Path(__file__).parent / "cases" / "verdicts.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
HEADINGS = {
    "events": "id,kind,date,agency,document,note",
    "extensions": "task,agency,period,event,new_date,document_number,document_date,status,reason",
    "assignments": "task,agency,document_number,document_date,note",
}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_verdict(case: dict[str, Any], tmp_path: Path) -> None:
    files: dict[str, Any] = {name: f"{heading}\n{case[name]}\n" for name, heading in HEADINGS.items() if name in case}
    found = judged(run(tmp_path, date.fromisoformat(case["as_of"]), case["register"], **files))
    told = {}
    for key in case["expected"]:
        item = found[key]
        rests = " ".join(item.rests_on) or f"firm {item.days_late}"
        told[key] = f"{item.verdict} {rests}" if item.firm is not None else item.verdict
    assert told == case["expected"]
