"""Every format shows the same report, and files are written whole or not at all."""

from __future__ import annotations

import csv
import json
import os
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_cli.errors import OutputError, UsageError
from tthc_cli.formats import RENDERERS, Format, Terminal, beside, of_file, render, write
from tthc_cli.formats.as_csv import safe
from tthc_cli.formats.as_md import escaped
from tthc_cli.formats.layout import lay, wrapped
from tthc_cli.report import Column, Report, Table

COLUMNS = (
    Column("Mã"),
    Column("Cơ quan", wide=True),
    Column("Hạn áp dụng", "date"),
    Column("Trạng thái", "verdict", wide=True),
    Column("Chậm (ngày)", "number"),
    Column("Tỷ lệ", "rate"),
    Column("Nhiệm vụ", wide=True, minor=True),
    Column("Ghi chú"),
)
TITLE = "Báo cáo tình hình, kết quả kiểm soát thủ tục hành chính và triển khai cơ chế một cửa, một cửa liên thông"
ROWS = (
    ("XI.1", "Sở Thông tin và Truyền thông", date(2021, 6, 21), "overdue", 3, 0.5, TITLE, None),
    ("XI.2", "=cmd|' /C calc'!A0", None, "on_time", -1, None, "a|b\nc", None),
)
TABLE = Table("Nhiệm vụ", COLUMNS, ROWS)
REPORT = Report(
    {"schema": "tthc.test/1", "due": date(2021, 6, 21), "days": [date(2021, 6, 19)], "name": "Sở"},
    (TABLE,),
    before=("Tóm tắt",),
    after=("Cách hiểu",),
    warnings=("Cảnh báo",),
    lines=("so.csv:2:1: error R07 sai ngày",),
)


def told(format: Format, report: Report = REPORT, terminal: Terminal | None = None) -> str:
    return "".join(render(report, format, terminal))


def test_every_format_has_a_renderer() -> None:
    assert set(RENDERERS) == set(Format)


def test_json_dates_and_order() -> None:
    text = told(Format.json)
    assert json.loads(text) == {"schema": "tthc.test/1", "due": "2021-06-21", "days": ["2021-06-19"], "name": "Sở"}
    assert next(iter(json.loads(text))) == "schema"
    assert "Sở" in text
    assert text.endswith("}\n")


def test_csv_opens_in_excel_and_runs_nothing() -> None:
    text = told(Format.csv)
    assert text.startswith("\ufeffMã;")
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert rows[1][2:6] == ["2021-06-21", "chưa hoàn thành, quá hạn", "3", "50,0%"]
    assert rows[2][1].startswith("'=cmd")
    assert rows[2][4] == "-1"
    assert rows[2][6] == "a|b\nc"


@given(st.text())
def test_no_text_is_a_formula(text: str) -> None:
    shown = safe(text)
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert shown.removeprefix("'") == text.removeprefix("'")


@given(st.text())
def test_no_text_breaks_a_markdown_table(text: str) -> None:
    shown = escaped(text)
    assert "\n" not in shown
    assert "|" not in shown.replace("\\\\", "").replace("\\|", "")


def test_markdown_holds_tables_and_talk() -> None:
    text = told(Format.md)
    assert "| XI.1 | Sở Thông tin và Truyền thông | 21/06/2021 | chưa hoàn thành, quá hạn | 3 | 50,0% |" in text
    assert "a\\|b c" in text
    assert all(line in text for line in ("## Nhiệm vụ", "Tóm tắt", "Cách hiểu", "Cảnh báo"))
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert len({line.replace("\\|", "").count("|") for line in tables}) == 1


def test_lines() -> None:
    assert told(Format.line) == "so.csv:2:1: error R07 sai ngày\n"


@pytest.mark.parametrize("format", [Format.csv, Format.line])
def test_what_a_report_does_not_have(format: Format) -> None:
    with pytest.raises(UsageError):
        told(format, Report({"schema": "x"}))


def test_warnings_are_told_once() -> None:
    assert beside(REPORT, Format.json) == ("Cảnh báo",)
    assert beside(Report({}, before=("Cảnh báo",), warnings=("Cảnh báo",)), Format.text) == ()


def test_plain_text_is_aligned_and_without_colour() -> None:
    text = told(Format.text)
    assert "\x1b" not in text
    assert "21/06/2021" in text
    assert "Ghi chú" not in text
    assert max(map(len, text.splitlines())) <= 120
    assert text.splitlines()[0] == "Tóm tắt"


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_terminal_breaks_no_word(width: int) -> None:
    text = told(Format.text, terminal=Terminal(width, color=False))
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= width
    words = {word for line in text.splitlines() for word in line.split()}
    assert {"Truyền", "thông", "21/06/2021", "XI.1"} <= words


def test_a_narrow_terminal_leaves_minor_columns_out() -> None:
    assert "một cửa" not in told(Format.text, terminal=Terminal(80, color=False))
    assert "một cửa" in told(Format.text, terminal=Terminal(160, color=False))


def test_colours_on_a_terminal() -> None:
    assert "\x1b[1;31m" in told(Format.text, terminal=Terminal(120))


def test_rates_are_bars_where_a_terminal_has_room() -> None:
    wide = told(Format.text, terminal=Terminal(160, color=False))
    assert max(line.count("█") for line in wide.splitlines()) == 160 // 8 // 2
    assert max(map(len, wide.splitlines())) <= 160
    assert "█" not in told(Format.text, terminal=Terminal(60, color=False))
    assert "█" not in told(Format.text)


def test_markdown_says_what_it_was_made_with() -> None:
    text = told(Format.md, Report({"fingerprint": {"tthc": "1.0", "plan": "abc"}}, (TABLE,)))
    assert text.endswith("Lập bằng tthc 1.0, plan abc.\n\n")


def test_text_chooses_its_tables_by_place() -> None:
    other = Table("Khác", (Column("Mã"),), (("A",),))
    report = Report({}, (TABLE,), plain=(other,), screen=())
    assert "Khác" in told(Format.text, report)
    assert told(Format.text, report, Terminal(80)) == ""
    assert "Nhiệm vụ" in told(Format.text, Report({}, (TABLE,)), Terminal(120, color=False))


@given(st.text(alphabet="abđ ", max_size=60), st.integers(4, 20))
def test_wrapping_keeps_every_letter(text: str, width: int) -> None:
    lines = wrapped(" ".join(text.split()), width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= width for line in lines)


@given(st.integers(40, 240))
def test_columns_fill_no_more_than_the_width(width: int) -> None:
    columns = lay(TABLE, width)
    least = sum(column.least for column in columns) + 2 * (len(columns) - 1)
    assert sum(column.width for column in columns) + 2 * (len(columns) - 1) <= max(width, least)


def test_the_terminal_behind_a_stream() -> None:
    class Screen(StringIO):
        def isatty(self) -> bool:
            return True

    assert Terminal.of(StringIO(), {}) is None
    assert Terminal.of(Screen(), {"NO_COLOR": "1"}) == Terminal(Terminal.of(Screen(), {}).width, False)  # type: ignore[union-attr]
    assert not Terminal.of(Screen(), {"TERM": "dumb"}).color  # type: ignore[union-attr]


def test_the_suffix_names_the_format() -> None:
    assert of_file(Path("a.JSON")) == Format.json
    with pytest.raises(UsageError):
        of_file(Path("a.doc"))


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    write(target, render(REPORT, Format.csv))
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in target.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_is_utf_8_whatever_was_read(tmp_path: Path) -> None:
    write(tmp_path / "a.json", render(Report({"query": "S\udcff"}), Format.json))
    assert json.loads((tmp_path / "a.json").read_bytes().decode("utf-8")) == {"query": "S\udcff"}


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    target.write_text("old")

    def broken() -> object:
        yield "new"
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError):
        write(target, broken())  # type: ignore[arg-type]
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("place", ["missing/a.json", "folder"])
def test_what_cannot_be_written(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError) as error:
        write(tmp_path / place, ["x"])
    assert error.value.exit_code == 3
    assert error.value.troubles[0].path == str(tmp_path / place)


def test_a_device_is_written_to_directly() -> None:
    write(Path(os.devnull), ["x"])
    assert Path(os.devnull).exists()


def test_a_pipe_without_a_name_is_written_to_directly() -> None:
    """As `-o /dev/stdout` and `-o >(gzip)` are."""
    out, into = os.pipe()
    write(Path(f"/dev/fd/{into}"), ["x"])
    assert os.read(out, 10) == b"x"
    os.close(into)
    os.close(out)
