"""A CSV register is read whatever wrote it, and a row that cannot be read costs itself alone."""

from __future__ import annotations

import csv
import io
import re
import tracemalloc
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tthc_cli.csv_text import BLOCK
from tthc_cli.errors import InputError, Trouble
from tthc_cli.register_csv import open_csv
from tthc_cli.registers import open_table
from tthc_cli.submissions import REGISTER
from tthc_cli.tables import BadRow, Row, Table

HEADINGS = ["Nhiệm vụ", "Cơ quan", "Kỳ", "Số ký hiệu", "Ngày gửi", "Ghi chú"]
ROW = ["XI.1", "Sở Thông tin và Truyền thông", "2021-Q1", "123/BC-STTTT", "15/3/2021", "Đủ"]
OTHER = ["VI.6", "Ủy ban nhân dân huyện Mỏ Cày Nam", "quý I", "45/BC-UBND", "8/3/2021", ""]
DELIMITERS = pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"], ids=["semicolon", "comma", "tab", "bar"])
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def as_cp1258(text: str) -> bytes:
    """As Windows writes Vietnamese: tone marks stand behind their letters."""
    out = ""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in parts[1:] if mark in _TONES)
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        out += letter + tones
    return out.encode("cp1258")


ENCODERS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode("utf-8"),
    "utf-8 with mark": lambda text: text.encode("utf-8-sig"),
    "utf-16 with mark": lambda text: text.encode("utf-16"),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "utf-16-be with mark": lambda text: ("\ufeff" + text).encode("utf-16-be"),
    "cp1258": as_cp1258,
}


def written(rows: list[list[str]], delimiter: str = ";", end: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def opened(content: str | bytes) -> Table:
    return open_csv(io.BytesIO(content.encode() if isinstance(content, str) else content), REGISTER, "so.csv")


def rows_of(content: str | bytes) -> list[Row]:
    """All rows; of those that cannot be read, without what their cells seem to say."""
    listed = opened(content).rows
    return [(line, row._replace(cells=()) if isinstance(row, BadRow) else row) for line, row in listed]


def troubles_of(content: str | bytes) -> list[Trouble]:
    with pytest.raises(InputError) as caught:
        opened(content)
    return [*caught.value.troubles]


def marks(rows: list[Row]) -> list[tuple[int, str]]:
    """Lines with their first cell, or with the reason why they cannot be read."""
    return [(line, cells.reason if isinstance(cells, BadRow) else str(cells[0])) for line, cells in rows]


@DELIMITERS
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=["crlf", "lf", "cr"])
@pytest.mark.parametrize("encode", ENCODERS.values(), ids=ENCODERS)
def test_every_encoding_delimiter_and_line_end(encode: Callable[[str], bytes], delimiter: str, end: str) -> None:
    table = opened(encode(written([HEADINGS, ROW, OTHER], delimiter, end)))
    assert table.headings == tuple(HEADINGS)
    assert table.placement.fields["document_number"] == 3
    assert [*table.rows] == [(2, ROW), (3, OTHER)]


@DELIMITERS
@pytest.mark.parametrize("line", ["sep={}", '"sep={}"', "SEP={}"])
def test_a_first_line_may_name_the_delimiter(delimiter: str, line: str) -> None:
    table = opened("\ufeff" + line.format(delimiter) + "\r\n" + written([HEADINGS, ROW], delimiter))
    assert [*table.rows] == [(3, ROW)]


def test_titles_above_the_header_are_passed_over() -> None:
    title = 'SỞ NỘI VỤ, TỈNH BẾN TRE;;\n\n"Sổ theo dõi\nnăm 2021";;\nTừ ngày 01/01/2021, đến ngày 30/6/2021\n'
    table = opened(title + written([HEADINGS, ROW]))
    assert [*table.rows] == [(7, ROW)]


def test_a_heading_of_several_lines_above_another() -> None:
    table = opened('Nhiệm vụ;Đơn vị;"Kỳ báo\ncáo";Văn bản;\n;;;Số ký hiệu;Ngày gửi\nXI.1;Sở Y tế;Q1;1/BC;19/3/2021\n')
    assert len(table.placement.fields) == 5
    assert [line for line, _ in table.rows] == [4]


def test_a_title_with_the_words_of_the_header_is_none() -> None:
    table = opened(f"Ghi theo cột:;{HEADINGS[0]};{HEADINGS[1]}\n{','.join(HEADINGS)}\n{','.join(ROW)}\n")
    assert table.delimiter == ","
    assert [*table.rows] == [(3, ROW)]


def test_a_header_is_looked_for_in_the_first_rows_only() -> None:
    assert rows_of("x;y\n" * 19 + written([HEADINGS, ROW])) == [(21, ROW)]
    assert [trouble.code for trouble in troubles_of("x;y\n" * 20 + written([HEADINGS, ROW]))] == ["no_header"]


def test_headings_of_several_lines() -> None:
    table = opened('Nhiệm vụ;"Cơ quan\nchủ trì";"Ngày gửi\n(dd/mm/yyyy)"\nXI.1;so-tttt;1/2/2021\n')
    assert table.headings == ("Nhiệm vụ", "Cơ quan chủ trì", "Ngày gửi (dd/mm/yyyy)")
    assert [*table.rows] == [(4, ["XI.1", "so-tttt", "1/2/2021"])]


def test_an_unclosed_quote_in_the_header_does_not_eat_the_rows() -> None:
    table = opened('task;agency;"note\nXI.1;so-tttt;a\nVI.6;so-tttt;b\n')
    assert table.placement.fields == {"task": 0, "agency": 1, "note": 2}
    assert marks([*table.rows]) == [(2, "XI.1"), (3, "VI.6")]


def test_short_records_are_padded_and_blank_ones_passed_over() -> None:
    text = "task;agency;note\nXI.1;so-tttt\n\n;;\n  ; ;\t\n;so-ytế;\nVI.6;x;y;; \n"
    assert rows_of(text) == [(2, ["XI.1", "so-tttt", ""]), (6, ["", "so-ytế", ""]), (7, ["VI.6", "x", "y"])]


def test_cells_are_given_as_they_stand() -> None:
    assert rows_of('task;agency;note\n XI.1 ;1.10;"a;""b"""\n') == [(2, [" XI.1 ", "1.10", 'a;"b"'])]


def test_more_filled_cells_than_headings() -> None:
    assert rows_of("task,agency\nXI.1,so-tttt,,một, hai\nVI.6,x\n") == [
        (2, BadRow("columns", "", "một", 4)),
        (3, ["VI.6", "x"]),
    ]


def test_a_cell_of_several_lines_keeps_its_record_and_later_lines_their_numbers() -> None:
    text = 'task;agency;note\n"I.1.4\nX.2";x;"a\r\nb; c; d\n\ne"\nVI.6;y;z\n'
    assert rows_of(text) == [(2, ["I.1.4\nX.2", "x", "a\r\nb; c; d\n\ne"]), (7, ["VI.6", "y", "z"])]


def test_an_unclosed_quote_costs_its_own_row() -> None:
    text = 'task;agency;note\nXI.1;a;"mở\nVI.6;b;x\nVI.1;c;"đóng"\nIV.1;d;y\n'
    rows = rows_of(text)
    assert marks(rows) == [(2, "quote"), (3, "VI.6"), (4, "VI.1"), (5, "IV.1")]
    assert rows[0][1] == BadRow("quote", "note", 'XI.1;a;"mở', 3)


def test_an_unclosed_quote_that_a_later_row_happens_to_close() -> None:
    assert marks(rows_of('task;agency;note\nXI.1;"a;b\nVI.6;c;d"\nVI.1;e;f\n')) == [
        (2, "quote"),
        (3, "VI.6"),
        (4, "VI.1"),
    ]


def test_an_unclosed_quote_in_the_last_row() -> None:
    assert marks(rows_of('task;agency;note\nXI.1;a;b\nVI.6;c;"d')) == [(2, "XI.1"), (3, "quote")]


def test_a_malformed_quote_costs_its_own_row() -> None:
    rows = rows_of('task;agency;note\nXI.1;"a"b;c\nVI.6;nói "x";y\n')
    assert rows == [(2, BadRow("quote", "agency", 'XI.1;"a"b;c', 2)), (3, ["VI.6", 'nói "x"', "y"])]


def test_a_cell_that_is_too_long_is_no_unclosed_quote() -> None:
    long = "x" * (csv.field_size_limit() + 1)
    for row in (f"XI.1;a;{long}", f'XI.1;"a";"{long}"'):
        (line, bad), sound = rows_of(f"task;agency;note\n{row}\nVI.6;c;d")
        assert isinstance(bad, BadRow)
        assert (line, bad.reason, bad.column, bad.position) == (2, "long", "note", 3)
        assert sound == (3, ["VI.6", "c", "d"])
    ((_, bad),) = rows_of(f'task;agency;note\nXI.1;"a"b;{long}')
    assert isinstance(bad, BadRow)
    assert (bad.reason, bad.position) == ("quote", 2)


def test_an_unclosed_quote_before_more_than_can_be_held_costs_its_own_row() -> None:
    good = "VI.6;x;y\n" * 100_000
    rows = rows_of(f'task;agency;note\nXI.1;a;"mở\n{good}XI.1;b;"mở\n{good}')
    bad = [line for line, cells in rows if isinstance(cells, BadRow)]
    assert bad == [2, 100_003]
    assert len(rows) == 200_002
    assert rows[-1] == (200_003, ["VI.6", "x", "y"])


def test_every_row_may_have_an_unclosed_quote() -> None:
    rows = rows_of("task;agency;note\n" + 'XI.1;a;"mở\n' * 3000)
    assert {cells.reason for _, cells in rows if isinstance(cells, BadRow)} == {"quote"}
    assert [line for line, _ in rows] == [*range(2, 3002)]


def test_a_record_may_span_the_blocks_that_are_read() -> None:
    long = "dòng dài " * 12 + "\n"
    note = long * (BLOCK // len(long) - 200)
    text = written([["task", "agency", "note"], ["XI.1", "a", note], ["VI.6", "b", note]], end="\n") + 'IV.1;c;"mở\n'
    lines = note.count("\n") + 1
    rows = rows_of(text)
    assert marks(rows) == [(2, "XI.1"), (2 + lines, "VI.6"), (2 + 2 * lines, "quote")]
    assert [cells[2] for _, cells in rows if not isinstance(cells, BadRow)] == [note, note]


@pytest.mark.parametrize("place", [0, 2000, 90_000])
def test_undecodable_bytes_cost_their_own_row(place: int) -> None:
    lines = [b"XI.1;so-tttt;a"] * 100_000
    lines[place] = "VI.6;Sở".encode() + b"\xe1\xbb;\xff"
    rows = rows_of(
        "task;agency;ghi chú: đã nhận\n".encode().replace("ghi chú: đã nhận".encode(), b"note") + b"\n".join(lines)
    )
    assert len(rows) == len(lines)
    assert [(line, cells) for line, cells in rows if isinstance(cells, BadRow)] == [
        (place + 2, BadRow("encoding", "agency", "Sở\ufffd\ufffd", 2))
    ]


def test_undecodable_bytes_of_utf_16() -> None:
    text = (
        "task;agency\nXI.1;a\nVI.6;".encode("utf-16") + b"\x00\xd8" + "\nVI.1;b\nIV.1;c".encode("utf-16-le") + b"\x01"
    )
    assert marks(rows_of(text)) == [(2, "XI.1"), (3, "encoding"), (4, "VI.1"), (5, "encoding")]


def test_a_nul_is_kept() -> None:
    assert rows_of("task;agency;note\nXI.1;so-tttt;a\0b\n")[0][1] == ["XI.1", "so-tttt", "a\0b"]


def test_vietnamese_ansi_is_composed() -> None:
    [(_, cells)] = rows_of(as_cp1258(written([HEADINGS, OTHER])))
    assert not isinstance(cells, BadRow)
    assert cells[1] == unicodedata.normalize("NFC", OTHER[1])


def test_a_header_alone_is_a_register_without_rows() -> None:
    assert rows_of(written([HEADINGS])) == []
    assert rows_of(written([HEADINGS]).rstrip()) == []


def test_the_rows_of_a_stream_are_read_as_they_come() -> None:
    class Slow(io.RawIOBase):
        """Gives three bytes at a time and cannot be wound back."""

        def __init__(self, data: bytes) -> None:
            self._data = data

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            taken, self._data = self._data[: min(3, size)], self._data[min(3, size) :]
            return taken

    stream: Any = Slow(written([HEADINGS, ROW, OTHER]).encode("utf-16"))
    assert [*open_csv(stream, REGISTER, "-").rows] == [(2, ROW), (3, OTHER)]


@pytest.mark.parametrize(
    ("content", "code", "facts"),
    [
        (b"", "empty_file", {}),
        ("\ufeff\r\n \n".encode(), "empty_file", {}),
        ("\ufeff".encode("utf-16-le"), "empty_file", {}),
        (b"PK\x03\x04" + bytes(60), "not_text", {"kind": "zip"}),
        (b"\n<!DOCTYPE HTML>\n<title>so/</title>", "not_text", {"kind": "html"}),
        (b"\xd0\xcf\x11\xe0" + bytes(60), "not_text", {"kind": "ole"}),
        (b"%PDF-1.7\n", "not_text", {"kind": "pdf"}),
        (bytes(range(256)) * 9, "not_text", {"kind": "binary"}),
        (
            "Nhiệm vụ;Ghi chú\n1;2\n",
            "no_header",
            {"missing": ("agency",), "headings": ("Nhiệm vụ", "Ghi chú"), "encoding": "utf-8"},
        ),
        ("Đơn vị/người nhận;Nhiệm vụ\n1;2\n", "no_header", {}),
        (
            "task;agency;Ngày gửi;Ngày nộp\n1;2\n",
            "column_twice",
            {"field": "sent_on", "headings": ("Ngày gửi", "Ngày nộp"), "encoding": "utf-8"},
        ),
    ],
)
def test_files_that_cannot_be_used(content: str | bytes, code: str, facts: dict[str, object]) -> None:
    [trouble] = troubles_of(content)
    assert (trouble.path, trouble.code) == ("so.csv", code)
    assert not facts or trouble.facts == facts


def test_a_column_found_twice_is_told_with_its_place() -> None:
    [trouble] = troubles_of("Sổ\ntask;agency;Ngày gửi;Ngày nộp\n")
    assert (trouble.line, trouble.column) == (2, 4)


@pytest.mark.parametrize(("name", "code"), [("none.csv", "missing_file"), (".", "is_folder"), ("a\0b", "missing_file")])
def test_paths_that_cannot_be_opened(tmp_path: Path, name: str, code: str) -> None:
    path = tmp_path / name
    with pytest.raises(InputError) as caught:
        open_table(path, REGISTER)
    assert [(trouble.path, trouble.code) for trouble in caught.value.troubles] == [(str(path), code)]


def test_a_file_is_closed_once_read_or_left(tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    path.write_text(written([HEADINGS, ROW]), encoding="utf-8")
    with open_table(path, REGISTER) as table:
        assert table.path == str(path)
        next(table.rows)
    assert [*open_table(path, REGISTER).rows] == [(2, ROW)]


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(written([HEADINGS, ROW]).encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    with open_table("-", REGISTER) as table:
        assert [*table.rows] == [(2, ROW)]
    assert not stdin.buffer.closed


def test_a_long_register_is_never_held(tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    path.write_text(written([HEADINGS]) + written([ROW]) * 40_000, encoding="utf-8")
    tracemalloc.start()
    with open_table(path, REGISTER) as table:
        count = sum(1 for _ in table.rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 40_000
    assert peak < 2_000_000


def test_a_line_without_end_is_not_held_whole() -> None:
    assert marks(rows_of("task;agency\nXI.1;" + "x" * 5_000_000 + "\nVI.6;a\n")) == [(2, "long"), (3, "VI.6")]


CELLS = st.text(st.sampled_from("aB1.éệđƯ /-;,\t|'\"\u0323 "), max_size=8)
LINES = st.text(st.sampled_from("xyzđ \n\r"), max_size=8)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, LINES), max_size=8), st.sampled_from([";", ",", "\t", "|"]), st.booleans())
@example([("a", "b", "x\ny")], ";", True)
def test_what_is_written_is_read(rows: list[tuple[str, str, str]], delimiter: str, wide: bool) -> None:
    wanted = [["XI.1", *row] for row in rows]
    text = written([["Nhiệm vụ", "Cơ quan", "Kỳ", "Ghi chú"], *wanted], delimiter)
    found = rows_of(text.encode("utf-16" if wide else "utf-8"))
    assert [cells for _, cells in found] == wanted
    starts = [
        2 + sum(len(re.findall("\r\n|\r|\n", cell)) for row in wanted[:n] for cell in row) + n for n in range(len(rows))
    ]
    assert [line for line, _ in found] == starts


PIECES = [
    b"ab",
    b";",
    b";",
    b'"',
    b"\n",
    b"\n",
    b"\r",
    b"\r\n",
    b"\x0b",
    b"\0",
    b"\xff",
    *map(str.encode, "é\x85\u2028"),
]


def _after(filler: int, noise: bytes) -> list[tuple[int, list[Any] | BadRow]]:
    """What is read of a noise behind so many bytes of plain rows, its lines counted from 1."""
    count, left = divmod(filler, 6)
    rows = rows_of(b"task;agency;note\n" + b"a;b;c\n" * (count - 1) + b"a;b;c" + b"c" * left + b"\n" + noise)
    return [(line - count - 1, cells) for line, cells in rows[count:]]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join), st.integers(-60, 60))
@example(b'a;b;c\r\na;"b\nc;d', -10)
@example(b"a;b;c\r\nd;e;f", -6)
def test_rows_do_not_hang_on_where_blocks_end(noise: bytes, place: int) -> None:
    """The first block is read by a CSV reader alone, later ones without a quote are only split: both say the same."""
    assert _after(BLOCK - len("task;agency;note\n") + place, noise) == _after(6000, noise)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"task;agency;note\n", "nhiệm vụ,đơn vị\n".encode(), b""]))
def test_nothing_but_an_input_error_comes_of_any_bytes(noise: bytes, header: bytes) -> None:
    try:
        rows = rows_of(header + noise)
    except InputError:
        return
    assert [line for line, _ in rows] == sorted({line for line, _ in rows})
