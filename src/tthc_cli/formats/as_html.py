"""HTML: one page that opens from disk anywhere, needs no network and runs nothing but its own script."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from tthc_cli import wording
from tthc_cli.formats import year
from tthc_cli.formats.cells import NUMBERS, made, shown
from tthc_cli.overview import PRESSING, TONES, Counts, Duty, Line, Overview, by_district, ranked
from tthc_cli.report import Report, Table
from tthc_cli.reports.fields import short
from tthc_cli.tuples import NamedTuple
from tthc_cli.wording.page import text
from tthc_cli.wording.readings import reason, rests_on

if TYPE_CHECKING:
    from jinja2 import Environment

UNSURE = ("overdue_unsure", "late_unsure")
TROUBLED = ("overdue", "late", *UNSURE, "unclear", "due_passed")
_COUNTED = (
    ("overdue", "bad", ("overdue",), "firm_note"),
    ("late", "bad", ("late",), "firm_note"),
    ("unsure", "ask", UNSURE, "unsure_note"),
    ("unclear", "ask", ("unclear", "due_passed"), ""),
    ("due_soon", "soon", ("due_soon",), ""),
    ("open", "open", ("pending", "not_yet_open"), ""),
    ("waiting", "wait", ("awaiting_event", "no_deadline"), ""),
)
_PARTS = ("figures", "timeline", "matrix", "ranking", "duties", "whys")
_LONG = 30
_UPRIGHT = 7
"""A page whose tables have no more columns is printed upright."""
_TITLE = 80
_RATED = ((0.9, "good"), (0.5, "soon"), (0.0, "bad"))
_HEATS = ((1.0, "h5"), (0.9, "h4"), (0.75, "h3"), (0.5, "h2"), (0.0, "h1"))


def render(report: Report, terminal: object = None) -> Iterable[str]:
    """A page with the overview where the report has one, and with its tables."""
    view = report.overview() if report.overview else None
    environment = _environment()
    wide = view or max((len(table.columns) for table in report.tables), default=0) > _UPRIGHT
    css = environment.get_template("page.css").render(orientation="landscape" if wide else "portrait").strip()
    js = environment.get_template("page.js").render().strip()
    tables = [_filled(table) for table in (report.tables[1:] if view else report.tables) if table.rows]
    drawn = _drawn(view) if view else {}
    page = {
        "css": css,
        "js": js,
        "policy": _policy(css, js),
        "title": _title(report, view),
        "warnings": report.warnings,
        "talk": _talk(report, view),
        "made": made(report),
        "view": view,
        "tables": tables,
        "parts": [part for part in _PARTS if drawn.get(part, True)],
    }
    return environment.get_template("page.html").generate(**page, **drawn)


def _environment() -> Environment:
    """Templates that escape all they are given."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("tthc_cli.formats"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.globals |= {"t": text, "short": short, "shown": shown, "numbers": NUMBERS}
    return environment


def _filled(table: Table) -> Table:
    """The table without the columns that hold nothing."""
    rows = list(table.rows)
    kept = [at for at in range(len(table.columns)) if any(row[at] is not None and row[at] != "" for row in rows)]
    columns = tuple(table.columns[at] for at in kept)
    return table._replace(columns=columns, rows=tuple(tuple(row[at] for at in kept) for row in rows))


def _policy(css: str, js: str) -> str:
    """A content security policy under which this style and this script run, and nothing else is loaded."""
    style, script = (b64encode(sha256(part.encode()).digest()).decode() for part in (css, js))
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _title(report: Report, view: Overview | None) -> str:
    if view:
        return text("heading", number=view.number)
    return report.title or (report.tables[0].title if report.tables else text("report"))


def _talk(report: Report, view: Overview | None) -> list[str]:
    """The talk around the tables without the warnings, and the readings where it leaves them out."""
    lines = [line for line in (*report.before, *report.after) if line not in (*report.warnings, report.title)]
    if view and view.readings not in lines:
        lines.append(view.readings)
    return [line.removeprefix("  - ") for line in lines]


def _drawn(view: Overview) -> dict[str, object]:
    """What the overview's template needs beside the overview itself."""
    found = Counter(duty.verdict for duty in view.duties)
    return {
        "figures": list(_figures(view, found)),
        "timeline": year.drawn(view),
        **_matrix(view),
        "troubled": _choice(TROUBLED, found),
        "ranking": list(_ranking(view)),
        "verdicts": list(_verdicts(found)),
        "units": list(_units(view)),
        "months": _months(view),
        "duties": _duties(view),
    }


class Figure(NamedTuple):
    """A headline figure; `verdict`: those it counts, apart by blanks, where they can be looked at.

    change: by how much it differs from an earlier report.
    """

    label: str
    value: str
    tone: str
    note: str = ""
    verdict: str = ""
    change: str = ""


def _figures(view: Overview, found: Mapping[str, int]) -> Iterator[Figure]:
    """The headline figures; the share first, what accuses nobody told apart from what does."""
    whole = _counts(found)
    note = text("rate_note", good=whole.good, decided=whole.decided) if whole.decided else text("no_rate")
    tone = next((tone for least, tone in _RATED if whole.rate is not None and whole.rate >= least), "wait")
    before = _counts(view.before)
    points = None if whole.rate is None or before.rate is None else round((whole.rate - before.rate) * 100, 1)
    moved = _change(view, points, "change_rate")
    yield Figure(text("rate"), wording.rate(whole.rate) or "–", tone, note, change=moved)
    for key, tone, verdicts, its_note in _COUNTED:
        count = sum(found[verdict] for verdict in verdicts)
        moved = _change(view, count - sum(view.before.get(verdict, 0) for verdict in verdicts))
        yield Figure(text(key), str(count), tone, text(its_note) if its_note else "", _choice(verdicts, found), moved)
    note = text("out_note", count=whole.out) if whole.out else ""
    moved = _change(view, sum(whole) - whole.out - sum(before) + before.out)
    yield Figure(text("assigned"), str(sum(whole) - whole.out), "wait", note, change=moved)


def _counts(verdicts: Mapping[str, int]) -> Counts:
    tones: Counter[str] = Counter()
    for verdict, count in verdicts.items():
        tones[TONES[verdict]] += count
    return Counts(**tones)


def _change(view: Overview, by: float | None, key: str = "change") -> str:
    """By how much a figure differs from an earlier report, where there is one."""
    if view.since is None or by is None:
        return ""
    return text(key, change=f"{by:+g}".replace(".", ",").replace("-", "−"), day=view.since)


def _unit_name(line: Line) -> str:
    return text("communes", place=line.parent_name, count=line.members) if line.members else line.name


def _matrix(view: Overview) -> dict[str, object]:
    """Units against sections, as far as either has duties with a day."""
    lines = [line for line in by_district(view.lines) if line.whole.dated]
    met = {section for line in lines for section, counts in line.sections.items() if counts.dated}
    sections = [section for section in view.sections if section in met]
    rows = [
        {
            "id": line.id,
            "name": _unit_name(line),
            "cells": [_cell(line.whole, ""), *(_cell(line.sections.get(id_, Counts()), id_) for id_ in sections)],
        }
        for line in lines
    ]
    return {"matrix": rows, "columns": {id_: view.sections[id_] for id_ in sections}}


def _cell(counts: Counts, section: str) -> dict[str, object]:
    """A cell of the matrix: the share in words and as a colour, what is asked, what is still open."""
    open_ = counts.soon + counts.open
    rate = counts.rate
    heat = next((name for least, name in _HEATS if rate is not None and rate >= least), "")
    return {
        "section": section,
        "main": f"{counts.good}/{counts.decided}" if counts.decided else "",
        "ask": counts.ask,
        "open": open_,
        "heat": heat or ("hq" if counts.ask else "ho" if open_ else "hn"),
        "linked": counts.bad + counts.ask,
    }


def _ranking(view: Overview) -> Iterator[dict[str, object]]:
    """A ranking for each level, since a department and a district have other duties."""
    levels = [level for level in wording.LEVELS if level != "group"]
    for level in levels:
        rows = [
            {
                "rank": rank,
                "name": line.name,
                "share": f"{(line.whole.rate or 0) * 100:g}",
                "rate": wording.rate(line.whole.rate),
                "bad": line.whole.bad,
                "ask": line.whole.ask,
            }
            for rank, line in ranked(line for line in view.lines if line.level == level)
        ]
        if rows:
            name = wording.LEVELS[level]
            yield {"name": name[:1].upper() + name[1:], "rows": rows, "long": len(rows) > _LONG}


def _choice(verdicts: Iterable[str], found: Mapping[str, int]) -> str:
    """These verdicts as one choice, as far as they are there."""
    return " ".join(verdict for verdict in verdicts if found[verdict])


def _verdicts(found: Mapping[str, int]) -> Iterator[dict[str, object]]:
    """What the verdict can be chosen by: groups of verdicts, then each that is there."""
    groups = [("pressing", PRESSING), ("troubled", TROUBLED), *((key, verdicts) for key, _, verdicts, _ in _COUNTED)]
    for key, verdicts in groups:
        count = sum(found[verdict] for verdict in verdicts)
        if count and (key in ("pressing", "troubled") or " " in _choice(verdicts, found)):
            choice = _choice(verdicts, found)
            yield {"value": choice, "label": text(key), "count": count, "chosen": key == "pressing"}
    for verdict in TONES:
        if found[verdict]:
            yield {"value": verdict, "label": wording.verdict(verdict), "count": found[verdict], "chosen": False}


def _units(view: Overview) -> Iterator[dict[str, object]]:
    """The units by level; under the communes of a district as one, each of them."""
    for level, units in groupby(sorted(view.lines, key=_level), attrgetter("level")):
        name = wording.LEVELS[level]
        lines = list(units)
        folded = by_district(lines) if level == "commune" else ()
        options = [{"id": line.id, "name": _unit_name(line), "parent": ""} for line in folded]
        options += [{"id": line.id, "name": line.name, "parent": (folded and line.parent) or ""} for line in lines]
        yield {"name": name[:1].upper() + name[1:], "options": options}


def _level(line: Line) -> int:
    return list(wording.LEVELS).index(line.level)


def _months(view: Overview) -> list[dict[str, str]]:
    months = sorted({f"{duty.due:%Y-%m}" for duty in view.duties if duty.due})
    known = [{"value": month, "label": f"{month[5:]}/{month[:4]}"} for month in months]
    return [*known, {"value": "none", "label": text("no_month")}] if any(not d.due for d in view.duties) else known


def _duties(view: Overview) -> Iterator[dict[str, object]]:
    """The rows: what presses first, by its day; the others in the order of the plan."""
    titles = {days.number: short(why.title, _TITLE) for why in view.whys for days in why.days}
    pressing = {verdict: at for at, verdict in enumerate(PRESSING)}

    def place(duty: Duty) -> tuple[int, date]:
        at = pressing.get(duty.verdict)
        return (len(pressing), date.min) if at is None else (at, duty.due or date.max)

    for duty in sorted(view.duties, key=place):
        yield {
            "key": duty.key,
            "tone": TONES[duty.verdict],
            "verdict": duty.verdict,
            "task": duty.task,
            "title": titles[duty.why],
            "agency": duty.agency_name,
            "occasion": duty.occasion,
            "stated": wording.shown(duty.stated),
            "due": wording.shown(duty.due),
            "act_by": wording.shown(duty.act_by),
            "why": duty.why,
            "word": wording.verdict(duty.verdict),
            "note": _note(duty),
            "judged": wording.shown(duty.submitted_on),
        }


def _note(duty: Duty) -> str:
    """What stands under a verdict in small: how late or how near, an extension, what it rests on."""
    parts = []
    if duty.days is not None and duty.verdict != "unclear":
        told = {"bad": "days_late", "ask": "days_after"}.get(TONES[duty.verdict], "days_left")
        parts.append(text(told, days=abs(duty.days)))
    if duty.moved:
        document, day = duty.moved
        parts.append(text("moved" if document else "moved_plain", day=day, document=document))
    if duty.rests_on:
        parts.append(text("rests_on", names=rests_on(duty.rests_on)))
    if duty.reason:
        parts.append(reason(duty.reason))
    return "; ".join(parts)
