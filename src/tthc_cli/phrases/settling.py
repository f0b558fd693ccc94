"""Drafts settled once the whole phrase is known: which words recur, and of which year the days are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tthc_cli.periods import MONTHS
from tthc_cli.phrases.cursor import Place
from tthc_cli.phrases.drafts import Draft, InSpan, OnDay, Report


def settled(drafts: Sequence[Draft], year: int, wrong: list[Place]) -> list[Draft]:
    """The drafts that stand in a plan of this year; the places of the others are added to `wrong`."""
    found = _without_lone_units(_reports(drafts, year), wrong)
    return [draft for draft in found if _dated_rightly(draft, found, year, wrong)]


def _reports(drafts: Sequence[Draft], year: int) -> list[Draft]:
    """Periods beside a length of time are reports ("Quý I, II, III và năm"), "6 tháng, năm" the first of two halves."""
    lengths = [draft for draft in drafts if isinstance(draft, Report) and not draft.only]
    found: list[Draft] = []
    for draft in drafts:
        if isinstance(draft, InSpan) and lengths and _reportable(draft, year):
            draft = Report(draft.place, MONTHS[draft.first.every], only=draft.numbers)
        last = found[-1] if found else None
        if isinstance(draft, Report) and isinstance(last, Report) and _one(last, draft):
            last.only += draft.only
        else:
            found.append(draft)
    yearly = any(isinstance(draft, Report) and draft.months == 12 for draft in found)
    for draft in found:
        if isinstance(draft, Report) and draft.months == 6 and yearly and not draft.only:
            draft.only = (1,)
    return found


def _reportable(draft: InSpan, year: int) -> bool:
    here = draft.first.year in (None, year) and draft.last.year in (None, year)
    return here and not (draft.edge or draft.condition or draft.soft) and draft.first.every in ("quarter", "half_year")


def _one(last: Report, draft: Report) -> bool:
    """Whether a report only goes on with the list of the one before."""
    alike = (last.months, last.day, last.month, last.before) == (draft.months, draft.day, draft.month, draft.before)
    return alike and bool(last.only and draft.only) and last.only[-1] < draft.only[0]


def _without_lone_units(drafts: list[Draft], wrong: list[Place]) -> list[Draft]:
    """A bare "quý" recurs only in a list of such words, or beside one that says so."""
    reports = [draft for draft in drafts if isinstance(draft, Report)]
    lone = [draft for draft in reports if not draft.sure and len(reports) == 1]
    wrong += [draft.place for draft in lone]
    return [draft for draft in drafts if draft not in lone]


def _dated_rightly(draft: Draft, drafts: Sequence[Draft], year: int, wrong: list[Place]) -> bool:
    """Give a day or period without a year that of the next like it, else the plan's; not where one before differs."""
    named = _year(draft)
    if named is not None or not isinstance(draft, (OnDay, InSpan)):
        return True
    at = next(place for place, other in enumerate(drafts) if other is draft)
    alike = [_year(other) for other in drafts if _kind(other) == _kind(draft)]
    own = sum(_kind(other) == _kind(draft) for other in drafts[:at])
    before = [found for found in alike[:own] if found is not None]
    after = next((found for found in alike[own:] if found is not None), None)
    if after is None and any(found != year for found in before):
        wrong.append(draft.place)
        return False
    chosen = after or year
    if isinstance(draft, OnDay):
        draft.day = replace(draft.day, year=chosen)
    else:
        draft.first, draft.last = replace(draft.first, year=chosen), replace(draft.last, year=chosen)
    return True


def _year(draft: Draft) -> int | None:
    return draft.day.year if isinstance(draft, OnDay) else draft.last.year if isinstance(draft, InSpan) else None


def _kind(draft: Draft) -> str:
    return "day" if isinstance(draft, OnDay) else draft.first.every if isinstance(draft, InSpan) else ""
