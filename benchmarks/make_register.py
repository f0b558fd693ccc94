"""Makes a register of many rows, one in a hundred of them bad, always the same for the same number."""

import csv
import json
import random
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

UNITS = (
    "Sở Nội vụ",
    "Sở Tư pháp",
    "Sở KH&ĐT",
    "Sở Tài chính",
    "Sở Công Thương",
    "Sở GTVT",
    "Sở Xây dựng",
    "Sở TN&MT",
    "Sở TT&TT",
    "Sở Y tế",
    "UBND huyện Ba Tri",
    "UBND huyện Bình Đại",
    "UBND huyện Chợ Lách",
    "UBND huyện Thạnh Phú",
    "UBND thành phố Bến Tre",
)
HEADINGS = ("Nhiệm vụ", "Đơn vị", "Kỳ báo cáo", "Số ký hiệu", "Ngày văn bản", "Ngày gửi", "Ngày đến", "Trích yếu")
PERIODS = {"XI.1": (("Q1", "03"), ("Q2", "06"), ("Q3", "09")), "VI.6": (("Q1", "03"), ("Q2", "06"), ("Q3", "09"))}
BAD = ((0, "XI.99"), (1, "Sở Thông tin và Truyền hình"), (2, "Q9"), (5, "31/06/2021"))
ABSTRACT = "Báo cáo kết quả kiểm soát thủ tục hành chính, triển khai cơ chế một cửa"


def sound(count: int) -> Iterator[list[str]]:
    """So many rows of XI.1 and VI.6, all of them good."""
    draw = random.Random(7092)  # noqa: S311 - the same rows on every run
    for number in range(1, count + 1):
        task = draw.choice(tuple(PERIODS))
        period, month = draw.choice(PERIODS[task])
        day = f"{draw.randint(15, 22)}/{month}/2021"
        yield [task, draw.choice(UNITS), period, f"{number}/BC-DV", day, day, day, ABSTRACT]


def rows(count: int, alike: bool = True) -> Iterator[list[str]]:
    """The same with one bad row in a hundred, its mistake among the few in `BAD`; else it has a letter too many."""
    draw = random.Random(7093)  # noqa: S311
    for number, row in enumerate(sound(count), 1):
        if number % 100 == 0:
            column, value = draw.choice(BAD)
            row[column] = value if alike else _mistyped(row[column], draw)
        yield row


def _mistyped(text: str, draw: random.Random) -> str:
    at = draw.randrange(len(text) + 1)
    return f"{text[:at]}{draw.choice('abcdeghiklmnopqrstuvxy0123456789')}{text[at:]}"


def wide(owed: Path, count: int, first: int) -> Iterator[list[str]]:
    """So many rows about every task and unit that owed something, the units' names written in several ways.

    owed: what `tthc due -f json` tells; first: the number of the first document.
    """
    known = json.loads(owed.read_text("utf-8"))["obligations"]
    past = [item for item in known if item["due"] and item["days_left"] < 0]
    items = [item for item in past if not item["event"] and item["level"] != "group"]
    draw = random.Random(first)  # noqa: S311
    for number in range(first, first + count):
        item = draw.choice(items)
        name, due = item["agency_name"], date.fromisoformat(item["due"]) - timedelta(draw.randrange(6))
        task, agency, day = item["task"], draw.choice((name, name, name.upper(), name.lower())), f"{due:%d/%m/%Y}"
        row = [task, agency, item["period"] or "", f"{number}/BC-DV", day, day, day, ABSTRACT]
        if number % 100 == 0:
            column, value = draw.choice(BAD)
            row[column] = value if column else f"{task}9"
        yield row


def write(path: Path, count: int) -> None:
    """Write them as Excel in Việt Nam does."""
    write_csv(path, rows(count), ";", csv.QUOTE_MINIMAL)


def write_csv(path: Path, made: Iterable[list[str]], delimiter: str, quoting: int) -> None:
    """Write rows under the headings."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator="\r\n")  # type: ignore[arg-type]
        writer.writerow(HEADINGS)
        writer.writerows(made)


def write_workbook(path: Path, count: int) -> None:
    """Write them as a workbook, every cell a text."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (HEADINGS, *rows(count)):
        sheet.append(row)
    book.save(path)


if __name__ == "__main__":
    made = Path(sys.argv[1])
    (write_workbook if made.suffix == ".xlsx" else write)(made, int(sys.argv[2]))
