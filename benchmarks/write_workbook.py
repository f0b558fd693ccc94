"""Writes a table of many rows as a workbook: as `tthc` does, or bare, with xlsxwriter alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

HEADINGS = ("Mức", "Mã lỗi", "Dòng", "Cột", "Giá trị", "Nội dung", "Hạn áp dụng", "Gợi ý")
MESSAGE = "“XI.{}” không phải mã nhiệm vụ của kế hoạch: xem mã bằng lệnh tthc list, rồi sửa ô này."
FIRST = date(2021, 1, 1)


def row(number: int) -> tuple[str | int | date, ...]:
    """One row of eight cells, a number and a day among them."""
    day = FIRST + timedelta(number % 365)
    return "lỗi", "R03", number, "Nhiệm vụ", f"XI.{number}", MESSAGE.format(number), day, "XI.1"


def ours(path: Path, count: int) -> None:
    """The way of the program."""
    from tthc_cli.formats import Format, render, write
    from tthc_cli.report import Column, Report, Table
    from tthc_cli.sequences import Each

    kinds = {"Dòng": "number", "Hạn áp dụng": "date"}
    columns = tuple(Column(name, kinds.get(name, "text")) for name in HEADINGS)  # type: ignore[arg-type]
    table = Table("Lỗi sổ theo dõi", columns, Each(row, range(count)))
    write(path, render(Report({}, (table,)), Format.xlsx))


def bare(path: Path, count: int) -> None:
    """The same cells, with nothing else."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
    text = book.add_format({"valign": "top"})
    for at, heading in enumerate(HEADINGS):
        sheet.write(0, at, heading, text)
    for line, cells in enumerate(_rows(count), 1):
        for at, value in enumerate(cells):
            if isinstance(value, date):
                sheet.write_datetime(line, at, datetime.combine(value, time()), day)
            elif isinstance(value, int):
                sheet.write_number(line, at, value, text)
            else:
                sheet.write_string(line, at, value, text)
    book.close()


def _rows(count: int) -> Iterator[tuple[str | int | date, ...]]:
    return map(row, range(count))


if __name__ == "__main__":
    {"ours": ours, "bare": bare}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
