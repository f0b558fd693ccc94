"""What a paper of the office's incoming register answers: proposed from its abstract, number and issuer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from tthc_cli.abstracts import Abstract, Named
from tthc_cli.duties import Duty
from tthc_cli.periods import Period
from tthc_cli.ranking import FAR, LIKELY, Scored
from tthc_cli.senders import Party, Reason, Senders
from tthc_cli.submissions import Columns, read_number
from tthc_cli.tuples import NamedTuple
from tthc_cli.understanding import Understanding

INCOMING = Columns(
    "incoming",
    {
        "received_on": ("ngày đến", "ngày nhận", "ngày tháng đến", "ngày tháng năm đến"),
        "incoming_number": ("số đến", "số văn bản đến", "số vb đến", "số thứ tự đến"),
        "issuer": (
            *("tác giả", "tác giả văn bản", "cơ quan ban hành", "tên cơ quan ban hành", "cơ quan, tổ chức ban hành"),
            *("đơn vị ban hành", "nơi ban hành", "nơi gửi", "cơ quan gửi", "đơn vị gửi", "tên cơ quan gửi"),
        ),
        "document_number": ("số ký hiệu", "số và ký hiệu", "số ký hiệu văn bản", "số văn bản", "số hiệu", "ký hiệu"),
        "document_date": (
            *("ngày văn bản", "ngày tháng văn bản", "ngày tháng năm văn bản", "ngày vb", "ngày tháng", "ngày ký"),
            *("ngày ban hành", "ngày tháng ban hành", "ngày tháng năm ban hành"),
        ),
        "abstract": (
            *("tên loại và trích yếu nội dung", "tên loại và trích yếu nội dung văn bản", "tên loại và trích yếu"),
            *("trích yếu", "trích yếu nội dung", "trích yếu nội dung văn bản", "nội dung trích yếu", "nội dung"),
        ),
        "recipient": ("đơn vị hoặc người nhận", "đơn vị, người nhận", "nơi nhận", "người nhận", "đơn vị nhận"),
        "signed_for": ("ký nhận",),
        "note": ("ghi chú",),
    },
    required=("abstract", "issuer"),
    dates=frozenset({"received_on", "document_date"}),
)
"""An office's register of incoming documents (NĐ 30/2020/NĐ-CP, Phụ lục IV)."""

Sureness = Literal["sure", "look", "unknown"]
EXPLAINED, COVERED, TOLD, AHEAD = 0.78, 0.5, 0.6, 0.85
"""What a sure task needs: so much of the abstract told by its words; so much of its title told by the abstract, where
its product is no document, or where its first words are not said; the next task's score below so much of its own."""
_SHOWN = 3
_BEFORE, _AFTER = timedelta(days=31), timedelta(days=62)
"""How long before a period's last day, and after it, a paper may well speak of it."""


class Incoming(NamedTuple):
    """What decides of a paper; `day`: of the document, else of its arrival."""

    issuer: str
    number: str
    abstract: str
    day: date | None = None


class Proposal(NamedTuple):
    """What a paper may answer.

    task, agency, period: what is sure, None where a person has to say; sureness: `sure` where the row needs no person.
    likely: tasks that are proposed, the best first; maybe_agency, maybe_period: proposed beside them.
    proposes: the product is for another body to sign, and this paper puts it forward. reasons: for and against.
    """

    sureness: Sureness
    task: str | None = None
    agency: str | None = None
    period: str | None = None
    likely: tuple[str, ...] = ()
    maybe_agency: str | None = None
    maybe_period: str | None = None
    proposes: bool = False
    reasons: tuple[Reason, ...] = ()


class Proposer:
    """Proposes what papers answer, against one plan and directory."""

    def __init__(self, understanding: Understanding) -> None:
        self.understanding = understanding
        self.plan, self.directory = understanding.plan, understanding.directory
        self.ranking, self.senders = understanding.ranking, Senders(self.directory)
        self._leaders: dict[tuple[str, str], str | None] = {}

    def of(self, paper: Incoming) -> Proposal:
        """What a paper may answer; never raises."""
        abstract = self.ranking.read(paper.abstract)
        number = read_number(paper.number)
        party = self.senders.of(paper.issuer, number)
        if self.senders.outside(party):
            return Proposal("unknown", reasons=(*party.reasons, Reason("outside")))
        form = number.type if number and number.well_formed else None
        party = self._behind(party, abstract)
        types = frozenset(abstract.kinds if form is None else (form, *abstract.kinds))
        ranked = self.ranking.of(abstract, types)
        led = [each for each in ranked if self.leaders(each, party.units)]
        choice = led or ([] if party.units else ranked)
        if not choice or not choice[0].likely(abstract) or choice[0].score < ranked[0].score * FAR:
            reason = self._none(ranked, party) if abstract.words or abstract.references else Reason("no_words")
            return Proposal("unknown", reasons=(*party.reasons, reason, *_against(abstract, self.plan.year)))
        return _Case(self, paper, abstract, types, form, party, ranked, choice).proposal()

    def _none(self, ranked: list[Scored], party: Party) -> Reason:
        if party.units and ranked[0].score >= LIKELY:
            return Reason(
                "not_leading", {"task": ranked[0].profile.duty.task.id, "agency": self.senders.name(party.units[0])}
            )
        return Reason("no_task")

    def _behind(self, party: Party, abstract: Abstract) -> Party:
        """A party that signs the work of others, with the unit whose work it may be, if just one is named."""
        if not self._signers.issuperset(party.units):
            return party
        named = {unit for name in abstract.names for unit in self.senders.units(name) if unit not in party.units}
        if not party.units or len(named) != 1:
            return party
        facts: dict[str, object] = {"signer": self.senders.name(party.units[0]), "agency": self.senders.name(*named)}
        return Party((*party.units, *named), False, (*party.reasons, Reason("agency_named", facts)))

    @cached_property
    def _signers(self) -> frozenset[str]:
        return frozenset(duty.task.signed_by for duty in self.understanding.duties.values() if duty.task.signed_by)

    def leaders(self, scored: Scored, units: tuple[str, ...]) -> frozenset[str]:
        """The debtors of a task whose duty a paper of these units answers; beside its signer, only of what he signs."""
        task = scored.profile.duty.task
        signed = len(units) < 2 or units[0] not in self._signers or task.signed_by == units[0]
        return frozenset(found for unit in (units if signed else units[:1]) if (found := self._leader(task.id, unit)))

    def _leader(self, task: str, unit: str) -> str | None:
        if (task, unit) not in self._leaders:
            meaning = self.understanding.of(task, unit, "", "", "")
            found = (*meaning.slots, *meaning.doubts) if not any(f.code == "R06" for f in meaning.faults) else ()
            self._leaders[task, unit] = next((leader for _, leader, _ in found), None)
        return self._leaders[task, unit]


def _against(abstract: Abstract, year: int) -> Iterator[Reason]:
    """What speaks against a paper's answering the plan at all."""
    if abstract.errand:
        yield Reason("errand", {"errand": abstract.errand})
    if abstract.several_years:
        yield Reason("years_several")
    elif any(each != year for each in abstract.years):
        yield Reason("year_other", {"years": abstract.years, "year": year})


def _pieced(text: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    """Parts of a text, neighbours in one piece."""
    start, end = spans[0]
    for first, last in spans[1:]:
        if text[end:first].strip():
            yield text[start:end]
            start = first
        end = max(end, last)
    yield text[start:end]


class _Case(NamedTuple):
    """One paper with the tasks that its sender leads, the best first."""

    proposer: Proposer
    paper: Incoming
    abstract: Abstract
    types: frozenset[str]
    form: str | None
    party: Party
    ranked: list[Scored]
    led: list[Scored]

    @property
    def best(self) -> Scored:
        return self.led[0]

    @property
    def duty(self) -> Duty:
        return self.best.profile.duty

    def proposal(self) -> Proposal:
        """The proposal for the best task, with all that speaks against it."""
        against = [*self._against()]
        period, wanting = self._period()
        unfit = any(reason.code in ("period_unfit", "period_stray") for reason in wanting)
        sure = self.party.sure and not against and not unfit
        event = [Reason("event_needed", {"task": self.duty.task.id})] if self.duty.by_event else []
        leaders = self.proposer.leaders(self.best, self.party.units)
        agency = next(iter(leaders)) if len(leaders) == 1 else None
        likely = [each.profile.duty.task.id for each in self.led if each.score >= self.best.score * AHEAD]
        proposing = [Reason("proposes")] if self.duty.task.signed_by and "TTr" in self.types else []
        return Proposal(
            "sure" if sure and not wanting and not event else "look",
            self.duty.task.id if sure else None,
            agency if self.party.sure else None,
            period.occasion if period and sure and not wanting else None,
            tuple(likely[:_SHOWN]),
            agency,
            period.occasion if period else None,
            bool(proposing),
            (*self.party.reasons, *self._words(), *against, *wanting, *event, *proposing),
        )

    def _words(self) -> Iterator[Reason]:
        """Which words are the task's, and which are not, as they stand in the abstract."""
        words = [word for word in self.abstract.words if not word.field]
        for code, fits in (("words", True), ("words_left", False)):
            spans = [(word.start, word.end) for word, its in zip(words, self.best.fits, strict=True) if its == fits]
            if spans:
                shown = _pieced(self.abstract.text, spans)
                yield Reason(code, {"task": self.duty.task.id, "words": ", ".join(dict.fromkeys(shown))})

    def _against(self) -> Iterator[Reason]:
        """What keeps the task from being sure."""
        yield from _against(self.abstract, self.proposer.plan.year)
        yield from self._in_words()
        yield from self._in_kind()
        yield from self._in_year()

    def _in_words(self) -> Iterator[Reason]:
        task, best = self.duty.task.id, self.best
        said = {word.key for word in self.abstract.words}
        headed = best.cited or best.covered >= TOLD or any(head <= said for head in best.profile.heads)
        subject = self.proposer.ranking.subject & best.profile.core
        astray = subject and not subject & said and not best.cited
        short = not best.profile.types and best.covered < COVERED
        if best.explained < EXPLAINED or not headed or astray or short:
            yield Reason("words_few", {"task": task})
        if rivals := [each for each in self.led[1:] if each.score > best.score * AHEAD]:
            yield Reason("close", {"tasks": tuple(each.profile.duty.task.id for each in rivals[:_SHOWN])})
        elif self.ranked[0].score * AHEAD > best.score:
            yield Reason("closer", {"task": self.ranked[0].profile.duty.task.id})

    def _in_kind(self) -> Iterator[Reason]:
        """A công văn may ask for the report as well as bring it; a decision may issue the plan that is wanted."""
        wanted, task, form = self.best.profile.types, self.duty.task.id, self.form
        if not wanted or form in wanted:
            return
        if form == "":
            yield Reason("letter", {"task": task})
        elif not wanted & self.types or form not in (None, "QĐ"):
            yield Reason("type_differs", {"task": task, "types": tuple(sorted(filter(None, self.types)))})

    def _in_year(self) -> Iterator[Reason]:
        year, day = self.proposer.plan.year, self.paper.day
        by_day = self.duty.occasions or self.duty.by_event or not any(rule.dated for rule in self.duty.task.rules)
        if self.abstract.years:
            return
        if not by_day:
            yield Reason("year_unsaid", {"year": year})
        elif day is None or not date(year, 1, 1) - _BEFORE <= day <= date(year, 12, 31) + _BEFORE:
            yield Reason("day_outside", {"year": year})

    def _period(self) -> tuple[Named | None, list[Reason]]:
        """The period meant, and what keeps it from being sure."""
        known = self.duty.occasions
        facts: dict[str, object] = {"task": self.duty.task.id, "known": tuple(known)}
        named = self.abstract.periods
        shorter = tuple(each for each in named if each.occasion is None or "-" in each.occasion)
        if not known:
            return None, [Reason("period_stray", facts | {"text": each.text}) for each in shorter[:1]]
        parts = shorter or named
        if not parts:
            return None, [Reason("period_missing", facts)]
        told = parts[0]
        facts |= {"text": told.text, "occasion": told.occasion}
        if len({each.occasion for each in parts}) > 1 or told.occasion not in known:
            return None, [Reason("period_unfit", facts)]
        if not told.dated:
            return self._by_date(told), [Reason("period_year", facts)]
        if self.paper.day and not self._in_time(told.occasion or "", self.paper.day):
            return told, [Reason("period_day", facts | {"day": self.paper.day})]
        return told, []

    def _by_date(self, told: Named) -> Named | None:
        """A period whose year only the paper's day tells, if that is the plan's."""
        day = self.paper.day
        return told if day and self._in_time(told.occasion or "", day) else None

    def _in_time(self, occasion: str, day: date) -> bool:
        """Whether a paper of this day may well speak of that period."""
        period = Period.parse(occasion)
        return period.last - _BEFORE <= day <= period.last + _AFTER
