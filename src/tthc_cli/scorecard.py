"""Counts of judgements in the offices' own columns, which add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Literal

from tthc_cli.periods import MONTHS, Period
from tthc_cli.records import BREACHES, NOTHING, Judgement, Verdict

By = Literal["agency", "section", "period"]
_COLUMNS = {
    "on_time": "on_time",
    "on_rolled_day": "on_time",
    "late": "late",
    "overdue": "overdue",
    "due_soon": "in_time",
    "pending": "in_time",
    "not_yet_open": "in_time",
    "awaiting_event": "waiting",
    "no_deadline": "waiting",
    "unclear": "unclear",
    "due_passed": "unclear",
    "not_covered": "not_covered",
}


@dataclass(slots=True)
class Score:
    """One line of a scorecard; late and overdue count firm breaches only, the others are unclear."""

    id: str
    name: str
    on_time: int = 0
    late: int = 0
    in_time: int = 0
    overdue: int = 0
    waiting: int = 0
    unclear: int = 0
    extended: int = 0
    not_covered: int = 0

    def count(self, place: str, extended: bool) -> None:
        """Add one obligation to a column."""
        setattr(self, place, getattr(self, place) + 1)
        self.extended += extended and place != "not_covered"

    def named(self, id_: str, name: str) -> Score:
        """The same counts under another name."""
        return replace(self, id=id_, name=name)

    @property
    def assigned(self) -> int:
        """All that was given; units that the register does not cover stand apart."""
        return self.on_time + self.late + self.in_time + self.overdue + self.waiting + self.unclear

    @property
    def on_time_rate(self) -> float | None:
        """Share in time of what is decided; None where nothing is."""
        decided = self.on_time + self.late + self.overdue
        return round(self.on_time / decided, 4) if decided else None


def column(item: Judgement) -> str:
    """The scorecard's column that a judgement counts in."""
    return counted(item.verdict, item.firm)


def counted(verdict: Verdict, firm: bool | None) -> str:
    """The column that a verdict counts in; a breach has to be firm to count as one."""
    return "unclear" if verdict in BREACHES and not firm else _COLUMNS[verdict]


def scorecard(
    judgements: Iterable[Judgement], by: By, titles: Mapping[str, str] = NOTHING, others: Mapping[str, int] = NOTHING
) -> tuple[Score, ...]:
    """One line for each agency, section or period met: agencies in their own order, sections in that of the judgements,
    periods by their last day, the shorter first.

    others: by section, in order, how many obligations there are besides that are not covered.
    """
    scores = {id_: Score(id_, titles.get(id_, ""), not_covered=count) for id_, count in others.items()}
    listed = list(judgements)
    if by == "agency":
        listed.sort(key=lambda item: item.obligation.order)
    for item in listed:
        id_, name = _place(item, by, titles)
        score = scores.setdefault(id_, Score(id_, name))
        score.count(column(item), item.obligation.extended is not None)
    met = [score for score in scores.values() if score.assigned or score.not_covered]
    return tuple(sorted(met, key=_when) if by == "period" else met)


def _when(score: Score) -> tuple[date, int]:
    """Where a period stands among others; what has none comes last."""
    try:
        period = Period.parse(score.id)
    except ValueError:
        return date.max, 0
    return period.last, MONTHS[period.every]


def total(scores: Iterable[Score]) -> Score:
    """The sum of all lines."""
    out = Score("total", "")
    for score in scores:
        for item in fields(Score)[2:]:
            setattr(out, item.name, getattr(out, item.name) + getattr(score, item.name))
    return out


def _place(item: Judgement, by: By, titles: Mapping[str, str]) -> tuple[str, str]:
    obligation = item.obligation
    if by == "agency":
        return obligation.agency, obligation.agency_name
    if by == "section":
        return obligation.facts.section, titles.get(obligation.facts.section, "")
    period = "" if obligation.deadline.event else obligation.occasion
    return period, ""
