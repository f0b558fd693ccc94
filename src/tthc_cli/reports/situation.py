"""The report on how a plan is carried out (báo cáo tình hình): the counts, what is overdue, what is to be decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tthc_cli import wording
from tthc_cli.letterhead import Letterhead
from tthc_cli.obligations import World
from tthc_cli.official import Line, Official, Standing
from tthc_cli.records import Judgement
from tthc_cli.reports import fields, grouping, letters, notes
from tthc_cli.wording import fill
from tthc_cli.wording.letters import ANNEX, BLANK, KIND_OF_PLAN, REPORT, SITUATION, dated, items, paper
from tthc_cli.wording.titles import COLUMNS, say

if TYPE_CHECKING:
    from tthc_cli.scorecard import Score

_COUNTS = ("assigned", "on_time", "late", "in_time", "overdue", "waiting", "unclear", "extended", "on_time_rate")
_MOST_LISTED = 12


def situation(
    world: World,
    judgements: Sequence[Judgement],
    office: Letterhead,
    due_soon: int,
    bad_rows: int = 0,
    cautions: Sequence[str] = (),
) -> Official:
    """The report on all that these judgements say.

    due_soon: working days that "sắp đến hạn" looks ahead; bad_rows: rows of the register that do not count.
    """
    from tthc_cli.scorecard import scorecard as scored
    from tthc_cli.scorecard import total

    scores = scored(judgements, "agency")
    whole, plan = total(scores), world.plan.number
    shown = [score for score in scores if score.assigned]
    names = {"symbol": office.report_symbol or BLANK, "name": office.name or BLANK}
    return Official(
        *letters.head(office, office.report_symbol, world.as_of),
        kind=REPORT,
        subject=paper("report_subject", plan=plan, day=world.as_of),
        addressees=letters.addressed(office.report_to),
        body=tuple(_body(world, judgements, office, whole, due_soon, bad_rows)),
        recipients=letters.recipients(office),
        signer_title=office.signer_title,
        signer=office.signer,
        annex=ANNEX,
        annex_title=paper("report_annex_title", plan=plan, day=world.as_of),
        annex_with=paper("report_annex_with", **names, **dated(world.as_of)),
        columns=tuple(COLUMNS[name] for name in _COUNTS),
        standings=tuple(Standing(str(at), score.name, _counts(score)) for at, score in enumerate(shown, 1)),
        total=(Standing("", say("total"), _counts(whole)),),
        notes=(fields.talk(world), *cautions),
    )


def _counts(score: Score) -> tuple[str, ...]:
    *counts, rate = (getattr(score, name) for name in _COUNTS)
    return (*map(str, counts), wording.rate(rate))


def _body(
    world: World, judgements: Sequence[Judgement], office: Letterhead, whole: Score, due_soon: int, bad_rows: int
) -> Iterator[Line]:
    yield Line(letters.ground(SITUATION["ground"], world, office))
    yield Line(SITUATION["results"], heading=True)
    yield from map(Line, _results(whole))
    yield Line(SITUATION["breaches"], heading=True)
    yield from map(Line, _breaches(judgements))
    yield Line(SITUATION["ask"], heading=True)
    yield from map(Line, _asked(judgements, bad_rows))
    yield Line(SITUATION["soon"], heading=True)
    yield from map(Line, _soon(judgements, due_soon))
    yield Line(SITUATION["proposals"], heading=True)
    yield Line(BLANK)
    facts = {"kind": KIND_OF_PLAN, "plan": world.plan.number, "name": office.name or BLANK}
    yield Line(fill(SITUATION["end"], facts))


def _results(whole: Score) -> Iterator[str]:
    yield fill(SITUATION["assigned"], {"assigned": whole.assigned})
    counts = ({"label": COLUMNS[name], "count": getattr(whole, name)} for name in _COUNTS[1:7])
    yield from items(fill(SITUATION["counts"], each) for each in counts)
    if whole.on_time_rate is None:
        yield SITUATION["no_rate"]
    else:
        decided = whole.on_time + whole.late + whole.overdue
        yield fill(SITUATION["rate"], {"rate": wording.rate(whole.on_time_rate), "decided": decided})


def _breaches(judgements: Iterable[Judgement]) -> Iterator[str]:
    """What is firmly overdue or late, by unit, the most first."""
    told = False
    firm = sorted((item for item in judgements if item.firm), key=lambda item: item.obligation.order)
    for kind in ("overdue", "late"):
        if units := Counter(item.obligation.agency_name for item in firm if item.verdict == kind):
            told = True
            shown = [fill(SITUATION["unit"], {"name": name, "count": n}) for name, n in units.most_common(_MOST_LISTED)]
            if len(units) > _MOST_LISTED:
                shown.append(fill(SITUATION["more"], {"count": len(units) - _MOST_LISTED}))
            facts = {"count": units.total(), "units": len(units), "listed": "; ".join(shown)}
            yield fill(SITUATION[kind], facts)
    if not told:
        yield SITUATION["no_breaches"]


def _asked(judgements: Sequence[Judgement], bad_rows: int) -> Iterator[str]:
    """What a person has to settle, by the reason."""
    whys = Counter(notes.doubt(item) for item in judgements if letters.stands_as(item) == "ask")
    if whys:
        yield fill(SITUATION["asked"], {"count": whys.total()})
        yield from items(fill(SITUATION["why"], {"count": n, "why": why}) for why, n in whys.most_common())
    if bad_rows:
        yield fill(SITUATION["bad_rows"], {"count": bad_rows})
    if not whys and not bad_rows:
        yield SITUATION["nothing_to_ask"]


def _soon(judgements: Iterable[Judgement], days: int) -> Iterator[str]:
    soon = fields.by_day(item for item in judgements if item.verdict == "due_soon")
    if not soon:
        yield fill(SITUATION["none_soon"], {"days": days})
        return
    yield fill(SITUATION["due_soon"], {"days": days, "count": len(soon)})
    rows = grouping.table("", "title agencies due", soon, many=1).rows
    told = ({"title": str(title).rstrip("."), "units": units, "due": due} for title, units, due in rows)
    yield from items(fill(SITUATION["item"], each) for each in told)
