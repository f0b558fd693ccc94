"""Extensions of time: which obligation each moves, and what to say of those that move none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from tthc_cli.records import Extended, Extension, Obligation, Problem, Reading, known
from tthc_cli.workdays import Calendar


def extended(
    obligations: Iterable[Obligation],
    extensions: Iterable[Extension],
    calendar: Calendar,
    reading: Reading,
    as_of: date,
) -> tuple[tuple[Obligation, ...], tuple[Problem, ...]]:
    """The obligations with granted extensions applied and open requests marked, and the rows that changed nothing.

    Rows whose document is dated after `as_of` are left aside. Of several grants the latest document counts.
    """
    items = tuple(obligations)
    rows = [row for row in extensions if known(row.document_date, as_of)]
    if not rows:
        return items, ()
    waiting: dict[tuple[str, str, str | None], list[Extension]] = defaultdict(list)
    for row in rows:
        for agency in row.agencies:
            waiting[row.task, agency, row.occasion and row.occasion.casefold()].append(row)
    astray = _astray(waiting, items)
    used = {row.line for row in rows if not row.sure}  # it is told what is wrong with it
    problems: list[Problem] = []
    moved = []
    for item in items:
        owed = item.facts.id, item.agency
        found = [*waiting.get((*owed, item.occasion.casefold()), ()), *waiting.get((*owed, None), ())]
        used.update(row.line for row in found if item.due)
        found += astray.get(owed, ()) if item.deadline.event else ()
        moved.append(_apply(item, found, calendar, reading, problems) if found and item.due else item)
    problems += [_problem(row, "extension_unused") for row in rows if row.line not in used]
    return tuple(moved), tuple({(p.line, p.reason): p for p in problems}.values())


def _astray(
    waiting: Mapping[tuple[str, str, str | None], list[Extension]], items: Iterable[Obligation]
) -> Mapping[tuple[str, str], list[Extension]]:
    """By task and unit the rows whose event nobody there has: they count as asked for, for any event."""
    places = {(item.facts.id, item.agency, item.occasion.casefold()) for item in items}
    met = {row for place, rows in waiting.items() if place in places for row in rows}
    found: dict[tuple[str, str], list[Extension]] = defaultdict(list)
    for (task, agency, occasion), rows in waiting.items():
        if occasion:
            lost = (row for row in rows if row not in met and row.status != "refused")
            found[task, agency] += [row._replace(new_date=None, status="asked", sure=False) for row in lost]
    return found


def _apply(
    item: Obligation, rows: list[Extension], calendar: Calendar, reading: Reading, problems: list[Problem]
) -> Obligation:
    assert item.due
    answers = [row for row in rows if row.status != "asked"]
    asked = any(row.status == "asked" and not any(_answers(a, row) for a in answers) for row in rows)
    grants = [row for row in rows if row.status == "granted" and row.new_date]
    problems += [_problem(row, "extension_shortens") for row in grants if row.new_date and row.new_date < item.due]
    grants = [row for row in grants if row.new_date and row.new_date >= item.due]
    if not grants:
        return item._replace(asked=asked)
    last = max(grants, key=_when)
    assert last.new_date
    rolled = calendar.roll(last.new_date)
    due = rolled if reading.day_off == "next" else last.new_date
    return item._replace(
        asked=asked,
        due=due,
        act_by=calendar.back(last.new_date),
        dues={key: rolled if key[1] == "next" else last.new_date for key in item.dues},
        extended=Extended(last.new_date, last.document, item.due),
    )


def _when(row: Extension) -> tuple[date, int]:
    return row.document_date or row.new_date or date.min, row.line


def _answers(answer: Extension, request: Extension) -> bool:
    if answer.document_date and request.document_date:
        return answer.document_date >= request.document_date
    return request.sure  # what cannot be told may be the last word


def _problem(row: Extension, reason: str) -> Problem:
    key = "/".join(part for part in (row.task, row.agencies[0] if row.agencies else "", row.occasion) if part)
    day = row.new_date.isoformat() if row.new_date else ""
    return Problem(
        "R10", "warning", row.line, "new_date", day, reason, {"key": key, "day": row.new_date}, file="extensions"
    )
