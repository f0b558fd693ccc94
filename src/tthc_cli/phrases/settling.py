"""Drafts settled once the whole phrase is known: which words recur, and of which year the days are."""

from __future__ import annotations

from collections.abc import Sequence

from tthc_cli.periods import MONTHS
from tthc_cli.phrases.cursor import Place
from tthc_cli.phrases.drafts import Dated, Draft, InSpan, OnDay, Report
from tthc_cli.phrases.points import Unfit


def settled(drafts: Sequence[Draft], year: int, wrong: list[Place]) -> list[Draft]:
    """The drafts that stand in a plan of this year; the places of the others are added to `wrong`."""
    if len(drafts) == 1 and isinstance(drafts[0], (OnDay, InSpan)):
        if _year(drafts[0]) is None:
            _set(drafts[0], year)
        return list(drafts)
    found = _with_year(list(drafts), year)
    if any(isinstance(draft, Report) for draft in found):
        found = _without_lone_units(_reports(found, year), wrong)
        found = _without_frames(_without_exceptions(found, wrong), year, wrong)
    return _without_doubles(_years(found, year, wrong), year, wrong)


def _with_year(drafts: list[Draft], year: int) -> list[Draft]:
    """ "Quý I, II, III và năm 2021": the year is one more report."""
    if len(drafts) != 2 or not all(isinstance(draft, InSpan) for draft in drafts):
        return drafts
    quarters, whole = drafts
    assert isinstance(quarters, InSpan)
    assert isinstance(whole, InSpan)
    listed = len(quarters.numbers) > 1 and quarters.reportable_in(year)
    yearly = whole.first == whole.last and whole.first.every == "year" and whole.first.year == year and not whole.edge
    return [quarters, Report(whole.place, 12)] if listed and yearly else drafts


def _reports(drafts: Sequence[Draft], year: int) -> list[Draft]:
    """Periods beside a length of time are reports ("Quý I, II, III và năm"), "6 tháng, năm" the first of two halves."""
    lengths = [draft for draft in drafts if isinstance(draft, Report) and not draft.only]
    found: list[Draft] = []
    for draft in drafts:
        if isinstance(draft, InSpan) and lengths and draft.reportable_in(year):
            draft = Report(draft.place, MONTHS[draft.first.every], only=draft.numbers)
        last = found[-1] if found else None
        if isinstance(draft, Report) and isinstance(last, Report) and _one(last, draft):
            last.only += draft.only
        else:
            found.append(draft)
    yearly = any(_kind(draft) == "year" or _is_long(draft, 12) for draft in found)
    for draft in found:
        if isinstance(draft, Report) and not draft.only:
            # "3 tháng, 6 tháng, 9 tháng, năm" are all from the year's beginning.
            running = draft.months == 3 and draft.counted and any(_is_long(other, 9) for other in found)
            if running or (draft.months == 6 and yearly):
                draft.only = (1,)
    return found


def _is_long(draft: Draft, months: int) -> bool:
    return isinstance(draft, Report) and draft.months == months


def _one(last: Report, draft: Report) -> bool:
    """Whether a report only goes on with the list of the one before."""
    alike = (last.months, last.day, last.month, last.before) == (draft.months, draft.day, draft.month, draft.before)
    return alike and bool(last.only and draft.only) and last.only[-1] < draft.only[0]


def _without(gone: Sequence[Draft], drafts: list[Draft], wrong: list[Place]) -> list[Draft]:
    """The other drafts; the places of those that are gone are added to `wrong`."""
    wrong += [draft.place for draft in gone]
    return [draft for draft in drafts if draft not in gone]


def _without_lone_units(drafts: list[Draft], wrong: list[Place]) -> list[Draft]:
    """A bare "quý" recurs only in a list of such words, or beside one that says so."""
    reports = [draft for draft in drafts if isinstance(draft, Report)]
    lone = [draft for draft in reports if not draft.sure and len(reports) == 1 and not (draft.day and len(drafts) > 1)]
    return _without(lone, drafts, wrong)


def _without_exceptions(drafts: list[Draft], wrong: list[Place]) -> list[Draft]:
    """ "Hàng quý, trước ngày 20 …; quý IV trước ngày 10/12": one period told apart from all of its kind.

    So may be a day behind a semicolon: "hàng quý; trước ngày 15 tháng cuối quý".
    """
    reports = [draft for draft in drafts if isinstance(draft, Report)]
    lengths = {report.months for report in reports if not report.only}
    kinds = {kind for kind, months in MONTHS.items() if months in lengths}
    open_ = [(report.months, report.only) for report in reports if not report.day]
    apart = [
        draft
        for draft in drafts
        if (_kind(draft) in kinds - {"half_year", "year"})
        or (isinstance(draft, OnDay) and draft.of in kinds)
        or (isinstance(draft, Report) and draft.only and draft.months in lengths)
        or (isinstance(draft, Report) and draft.day and (draft.months, draft.only) in open_)
    ]
    return _without(apart, drafts, wrong)


def _without_frames(drafts: list[Draft], year: int, wrong: list[Place]) -> list[Draft]:
    """ "Hàng năm, từ 2021 đến 2025", "hàng năm; báo cáo ngày 15/6": when the report is due, or one more duty?"""
    reports = [draft for draft in drafts if isinstance(draft, Report)]
    yearly = any(report.months == 12 and not report.day for report in reports)
    frames = [
        draft
        for draft in drafts
        if (yearly and isinstance(draft, (OnDay, InSpan)))
        or (isinstance(draft, InSpan) and _kind(draft) == "year" and _frames(draft, len(reports), year))
    ]
    return _without(frames, drafts, wrong)


def _frames(years: InSpan, reports: int, year: int) -> bool:
    """Whether years beside so many reports may only tell how long these go on."""
    return not {years.first.year, years.last.year} <= {None, year} or (reports == 1 and not (years.edge or years.added))


def _without_doubles(drafts: list[Draft], year: int, wrong: list[Place]) -> list[Draft]:
    """ "Trong quý I và trước ngày 15/3": what lies in a period named before it may narrow it, or be one more duty."""
    doubles = [draft for at, draft in enumerate(drafts) if _held(draft, drafts[:at], year)]
    return _without(doubles, drafts, wrong)


def _held(draft: Draft, before: Sequence[Draft], year: int) -> bool:
    try:
        return isinstance(draft, Dated) and any(isinstance(w, InSpan) and w.holds(draft, year) for w in before)
    except Unfit:
        return False  # "31/6": told where its rule is made


def _years(drafts: list[Draft], year: int, wrong: list[Place]) -> list[Draft]:
    """Give days and periods without a year that of the next alike, else the plan's; not where one before differs."""
    open_ = [draft for draft in drafts if isinstance(draft, (OnDay, InSpan)) and _year(draft) is None]
    for draft in open_:
        at = drafts.index(draft)
        before, after = (_named(part, _kind(draft)) for part in (drafts[:at], drafts[at + 1 :]))
        others = [found for other in drafts[at + 1 :] if (found := _year(other))]
        if after[:1] == [year] or (not after and all(named == year for named in (*before, *others[:1]))):
            _set(draft, after[0] if after else year)
        else:
            wrong.append(draft.place)
    return [draft for draft in drafts if draft not in open_ or _year(draft)]


def _named(drafts: Sequence[Draft], kind: str) -> list[int]:
    """Years that drafts of a kind name."""
    return [found for draft in drafts if _kind(draft) == kind and (found := _year(draft))]


def _set(draft: OnDay | InSpan, year: int) -> None:
    if isinstance(draft, OnDay):
        draft.day = draft.day._replace(year=year)
    else:
        draft.name_year(year)


def _year(draft: Draft) -> int | None:
    return draft.day.year if isinstance(draft, OnDay) else draft.last.year if isinstance(draft, InSpan) else None


def _kind(draft: Draft) -> str:
    return "day" if isinstance(draft, OnDay) else draft.first.every if isinstance(draft, InSpan) else ""
