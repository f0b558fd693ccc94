"""What became of every obligation since an earlier report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tthc_cli.records import VERDICTS, Judgement, Verdict, shown
from tthc_cli.scorecard import Score, counted
from tthc_cli.tuples import NamedTuple

SCHEMAS = {"tthc.check/1": "findings", "tthc.obligations/1": "obligations"}
"""The reports that can be looked back to, each with where it lists its obligations."""


class Before(NamedTuple):
    """What an earlier report said of one obligation."""

    task: str
    agency: str
    verdict: Verdict
    firm: bool | None
    extended: bool

    @property
    def shown(self) -> str:
        """The verdict as reports show it."""
        return shown(self.verdict, self.firm)


class Earlier(NamedTuple):
    """An earlier report: its day, and what it said by key."""

    as_of: date
    said: Mapping[str, Before]

    @classmethod
    def of(cls, payload: Mapping[str, object]) -> Earlier:
        """Take the JSON of `tthc export` or `tthc check --all` apart; ValueError names what is wrong with it."""
        place = SCHEMAS.get(str(payload.get("schema")))
        listed = payload.get(place or "")
        if not isinstance(listed, Sequence) or isinstance(listed, str):
            raise ValueError("schema")
        counts = payload.get("counts", {})
        if not isinstance(counts, Mapping) or (counts and sum(counts.values()) != len(listed)):
            raise ValueError("counts")
        return cls(date.fromisoformat(str(payload.get("as_of"))), dict(map(_said, listed)))


class Change(NamedTuple):
    """One obligation whose verdict is another now; `before` is None where there was none."""

    before: Before | None
    now: Judgement


class Since(NamedTuple):
    """All that changed: the totals before, those of each unit, and the obligations, in their order.

    verdicts: how many had each before, a breach that was not firm as "late_unsure" or "overdue_unsure".
    """

    as_of: date
    total: Score
    agencies: Mapping[str, Score]
    changes: tuple[Change, ...]
    verdicts: Mapping[str, int]


def since(earlier: Earlier, judgements: Sequence[Judgement], whole: bool = True) -> Since:
    """Hold judgements against an earlier report; whole: they are all there are, not some that were asked for."""
    asked = {(item.obligation.facts.id, item.obligation.agency) for item in judgements}
    said = {key: one for key, one in earlier.said.items() if whole or (one.task, one.agency) in asked}
    agencies: dict[str, Score] = {}
    total = Score("total", "")
    for one in said.values():
        place = counted(one.verdict, one.firm)
        for score in (total, agencies.setdefault(one.agency, Score(one.agency, ""))):
            score.count(place, one.extended)
    verdicts = Counter(one.shown for one in said.values())
    return Since(earlier.as_of, total, agencies, tuple(_changed(said, judgements)), verdicts)


def _changed(said: Mapping[str, Before], judgements: Iterable[Judgement]) -> Iterable[Change]:
    for item in judgements:
        before = said.get(item.obligation.key)
        if before is None or (before.verdict, before.firm) != (item.verdict, item.firm):
            yield Change(before, item)


def _said(item: object) -> tuple[str, Before]:
    if not isinstance(item, Mapping) or not all(isinstance(item.get(name), str) for name in ("key", "task", "agency")):
        raise ValueError("obligations")
    verdict, firm = item.get("verdict"), item.get("firm")
    if verdict not in VERDICTS or not (firm is None or isinstance(firm, bool)):
        raise ValueError("verdict")
    return item["key"], Before(item["task"], item["agency"], verdict, firm, item.get("extended") is not None)
