"""Every format holds the same obligations, verdicts and dates as the JSON."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
import vobject
from docx import Document
from openpyxl import load_workbook

from tests.pages import Page
from tests.worlds import TODAY
from tthc_cli import settings, wording, workflow
from tthc_cli.cli.check import of
from tthc_cli.cli.inputs import marks
from tthc_cli.formats import Format, encoded, render
from tthc_cli.report import Report
from tthc_cli.reports import check, obligations
from tthc_cli.reports.fields import COLUMN

EXAMPLE = Path(__file__).parents[1] / "examples" / "ben_tre_2021"
DAYS = ("stated", "due", "act_by", "submitted_on")
NAMES = ("task", "occasion", "agency", "verdict", *DAYS)
TITLES = {COLUMN[name].title: name for name in (*NAMES, "key")}
Facts = dict[str, str | None]


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    """What is owed, and every judgement of the example."""
    chosen = settings.read({"workspace": str(EXAMPLE), "covers": "all"}, {}, EXAMPLE)
    outcome = workflow.run(chosen, date(2021, 10, 15), TODAY)
    checked = of(outcome, outcome.assessment.judgements)._replace(everything=True)
    owed = obligations.report(outcome.world, marks(outcome.inputs), outcome.assessment.judgements, True)
    return {"check": check.report(checked), "obligations": owed}


def iso(value: object) -> str | None:
    """A day in ISO form, however it was written."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    text = str(value or "")
    return "-".join(reversed(text.split("/"))) or None


def facts(row: dict[str, Any]) -> Facts:
    """The fields that are held against each other, of a row by field."""
    days = {name: iso(row[name]) for name in DAYS if name in row}
    return {**{name: row.get(name) or "" for name in ("task", "occasion", "agency", "verdict")}, **days}


def of_json(data: bytes) -> dict[str, Facts]:
    payload = json.loads(data)
    listed = payload.get("findings") or payload["obligations"]
    return {item["key"]: of_item(item) for item in listed}


def of_item(item: dict[str, Any]) -> Facts:
    verdict = f"{item['verdict']}_unsure" if item.get("firm") is False else item["verdict"]
    words = {"agency": item["agency_name"], "verdict": wording.verdict(verdict)}
    occasion = item["event"] or wording.occasion(item["period"] or "")
    return facts({**{name: item[name] for name in ("task", *DAYS)}, **words, "occasion": occasion})


def of_rows(rows: Iterator[list[Any]]) -> dict[str, Facts]:
    """Rows under their headings; one without a key is no obligation."""
    headings = [TITLES.get(str(title)) for title in next(rows)]
    named = ({name: cell for name, cell in zip(headings, row, strict=False) if name} for row in rows)
    return {row["key"]: facts(row) for row in named if row.get("key")}


def of_csv(data: bytes) -> dict[str, Facts]:
    return of_rows(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def of_md(data: bytes) -> dict[str, Facts]:
    tables = re.split(r"^## .*$", data.decode(), flags=re.MULTILINE)
    (table,) = [table for table in tables if "| Khóa |" in table]
    lines = [line for line in table.splitlines() if line.startswith("| ") and not line.startswith("| ---")]
    return of_rows([re.sub(r"\\(.)", r"\1", cell) for cell in line[2:-2].split(" | ")] for line in lines)


def of_xlsx(data: bytes) -> dict[str, Facts]:
    return of_rows([cell.value for cell in row] for row in load_workbook(BytesIO(data))["Nghĩa vụ"].iter_rows())


def of_html(data: bytes) -> dict[str, Facts]:
    """The rows of duties, or, in a page without an overview, of the table that has keys."""
    page = Page(data.decode())
    found = {}
    for row in (row for row in page.all("tr") if row.get("data-key")):
        task, agency, occasion, stated, due, act_by, verdict, submitted = row.all("th", "td")
        words = {"task": task.text.split()[0], "agency": agency.text, "occasion": occasion.text}
        words |= {"verdict": verdict.all("b")[0].text, "stated": stated.text, "act_by": act_by.text}
        day = due.text if "/" in due.text else ""
        found[row.get("data-key")] = facts({**words, "due": day, "submitted_on": submitted.text})
    if found:
        return found
    (table,) = [table for table in page.all("table") if "Khóa" in {cell.text for cell in table.all("th")}]
    return of_rows([cell.text for cell in row.all("th", "td")] for row in table.all("tr"))


def of_ics(data: bytes) -> dict[str, Facts]:
    found = {}
    said = {"Khóa": "key", "Cơ quan": "agency", "Kỳ, sự kiện": "occasion", "Trạng thái": "verdict"} | TITLES
    for event in vobject.readOne(data.decode()).vevent_list:
        task, *lines = event.description.value.split("\n")
        row = {said[name]: text for name, _, text in (line.partition(": ") for line in lines) if name in said}
        row["verdict"] = row["verdict"].rpartition(", tính đến")[0]
        found[row["key"]] = facts({"task": re.match(r"[A-Z]+(\.\d+)*", task)[0], **dict.fromkeys(DAYS), **row})  # type: ignore[index]
        day = event.dtstart.value.isoformat()
        assert day == found[row["key"]]["due"] or (day == found[row["key"]]["stated"] and not found[row["key"]]["due"])
    return found


def of_text(data: bytes) -> dict[str, Facts]:
    """Rows of aligned columns; a line without a task goes on with the row before."""
    lines = data.decode().splitlines()
    rule = next(at for at, line in enumerate(lines) if re.fullmatch(r"-+(  -+)+", line))
    spans = [match.span() for match in re.finditer("-+", lines[rule])]
    head = next(at for at in range(rule, 0, -1) if not lines[at - 1].strip() or "Nhiệm vụ và hạn" in lines[at - 1])
    titles = [" ".join(line[a:b].strip() for line in lines[head:rule]).strip() for a, b in spans]
    rows: list[list[str]] = []
    for line in lines[rule + 1 :]:
        cells = [line[a:b].strip() for a, b in spans]
        if not any(cells):
            break
        if cells[titles.index("Mã")]:
            rows.append(cells)
        else:
            rows[-1] = [f"{one} {other}".strip() for one, other in zip(rows[-1], cells, strict=True)]
    named = [{TITLES[title]: cell for title, cell in zip(titles, row, strict=True) if title in TITLES} for row in rows]
    return {"/".join(str(row[name]) for name in ("task", "occasion", "agency")): facts(row) for row in named}


def of_docx(data: bytes) -> dict[str, Facts]:
    """The rows of the tables on paper, which has no room for keys."""
    found = {}
    for table in Document(BytesIO(data)).tables:
        titles, *lines = ([cell.text for cell in row.cells] for row in table.rows)
        for line in lines:
            row = {TITLES[title]: cell for title, cell in zip(titles, line, strict=True) if title in TITLES}
            found["/".join(str(row.get(name, "")) for name in ("task", "occasion", "agency"))] = facts(row)
    return found


READERS: dict[Format, Callable[[bytes], dict[str, Facts]]] = {
    Format.json: of_json,
    Format.csv: of_csv,
    Format.md: of_md,
    Format.xlsx: of_xlsx,
    Format.ics: of_ics,
    Format.html: of_html,
    Format.text: of_text,
    Format.docx: of_docx,
}


PAPER = (Format.text, Format.docx)
"""These leave out columns that have no room."""


def read(report: Report, format: Format) -> dict[str, Facts]:
    return READERS[format](b"".join(encoded(render(report, format))))


def test_every_format_is_held_against_the_json() -> None:
    assert READERS.keys() | {Format.line} == set(Format)  # lines tell of findings alone


@pytest.mark.parametrize("name", ["check", "obligations"])
@pytest.mark.parametrize("format", [format for format in READERS if format not in PAPER])
def test_every_format_holds_the_same(reports: dict[str, Report], name: str, format: Format) -> None:
    expected = read(reports[name], Format.json)
    assert len(expected) > 3000
    if format == Format.ics:
        expected = {key: item for key, item in expected.items() if item["due"] or item["stated"]}
    assert read(reports[name], format) == expected


@pytest.mark.parametrize("format", PAPER)
def test_paper_holds_the_same_as_far_as_it_is_wide(reports: dict[str, Report], format: Format) -> None:
    listed = read(reports["obligations"], Format.json).values()
    expected = {"/".join(str(item[part]) for part in ("task", "occasion", "agency")): item for item in listed}
    found = read(reports["obligations"], format)
    assert {"verdict", "due", "stated"} <= next(iter(found.values())).keys()
    assert found == {key: {name: item[name] for name in found[key]} for key, item in expected.items()}


def test_lines_tell_of_every_finding(reports: dict[str, Report]) -> None:
    findings = json.loads("".join(render(reports["check"], Format.json)))["findings"]
    codes = [code for item in findings for code in item["codes"]]
    told = [line.split(" ", 3)[2] for line in render(reports["check"], Format.line)]
    assert sorted(told) == sorted(codes)
