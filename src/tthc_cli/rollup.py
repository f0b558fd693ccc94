"""Many plans in one table: what each comes to, and all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from tthc_cli.assessment import Judgements
from tthc_cli.naming import fold
from tthc_cli.records import VERDICTS, Problem
from tthc_cli.scorecard import Score, total
from tthc_cli.tuples import NamedTuple


class Rolled(NamedTuple):
    """What one plan comes to.

    name: of its folder or file; verdicts: how many obligations have each, a breach that is not firm by a name of its
    own; sections: one line each; rows, accepted, bad_rows: of its register; None, 0, 0 where it has none; unread: what
    is told of files of it that could not be read, while there are any of which nothing is called overdue, and of sheets
    that were left out.
    """

    name: str
    id: str
    number: str
    title: str
    year: int
    verdicts: Mapping[str, int]
    sections: tuple[Score, ...]
    rows: int | None = None
    accepted: int = 0
    bad_rows: int = 0
    unverified_years: tuple[int, ...] = ()
    unread: tuple[Problem, ...] = ()

    @property
    def total(self) -> Score:
        """Its one line."""
        return total(self.sections).named(self.id, self.number)


def verdicts(judgements: Judgements) -> Mapping[str, int]:
    """How many have each verdict, in the order of the verdicts."""
    found = Counter(item.shown for item in judgements.near) + Counter(not_covered=judgements.unmade)
    known = (shown for verdict in VERDICTS for shown in (verdict, f"{verdict}_unsure"))
    return {verdict: found[verdict] for verdict in known if found[verdict]}


def by_title(plans: Iterable[Rolled]) -> tuple[Score, ...]:
    """Sections of the same title, in whichever plan, as one line each, in the order in which they are met."""
    found: dict[str, list[Score]] = {}
    for plan in plans:
        for score in plan.sections:
            found.setdefault(fold(score.name), []).append(score)
    return tuple(total(scores).named(scores[0].id, scores[0].name) for scores in found.values())
