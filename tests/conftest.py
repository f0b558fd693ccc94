"""What several files of tests start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.program import REGISTER, Program


@pytest.fixture
def tthc(tmp_path: Path) -> Program:
    (tmp_path / "so.csv").write_text(REGISTER, encoding="utf-8")
    return Program(tmp_path)
