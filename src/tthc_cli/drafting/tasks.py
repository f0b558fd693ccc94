"""From what a row says to a task of a plan: who leads, who takes part, what the deadline is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tthc_cli.agencies import Directory
from tthc_cli.drafting.appendix import Entry
from tthc_cli.drafting.days_named import day_named
from tthc_cli.drafting.document import Place, Remark
from tthc_cli.drafting.units import UNKNOWN, Unit, before_together, read_units, roles
from tthc_cli.naming import fold
from tthc_cli.phrases import read
from tthc_cli.rules import Continuous, Rule, Unread

_SIGNER = re.compile(
    r"của\s+(?:Chủ tịch\s+)?(?:UBND|Ủy ban nhân dân)\s+(?:tỉnh|thành phố|cấp tỉnh|các cấp)", re.IGNORECASE
)
_LOWER = re.compile(r"cấp huyện|cấp xã|quận|phường")
_CYCLE = re.compile(
    r"(?:định kỳ\s+)(?:6 tháng/năm|(?:hằng|hàng)?\s*(?:tháng|quý|năm|6 tháng)(?:\s*(?:,|và|/)\s*(?:năm|6 tháng|quý))*)",
    re.IGNORECASE,
)
# Words left over that may change the day: then nothing of the phrase is taken.
_OF_TIME = re.compile(r"\d|\b(?:ngay|tuan|thang|quy|nam|gio|truoc|sau|khi|den|han|ky)\b")
_LONGEST_ID = 48
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class DraftTask:
    """A task as it will stand in the plan; `others` are cells of columns that a plan has no field for."""

    id: str
    section: str
    title: str
    place: Place
    lead: tuple[str, ...]
    lead_agencies: tuple[str, ...]
    support: tuple[str, ...]
    support_agencies: tuple[str, ...]
    assigned: tuple[str, ...]
    timing: str
    deadlines: tuple[Rule, ...]
    signed_by: str
    product: str
    others: tuple[tuple[str, str], ...]


@dataclass
class Drafter:
    """Makes tasks of entries, and gathers what was not understood, and the events that rules wait for."""

    directory: Directory
    year: int
    signed: date | None = None
    remarks: list[Remark] = field(default_factory=list)
    events: dict[str, str] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        """The province's committee, where the directory has one; it signs what others propose."""
        matches = self.directory.find("UBND tỉnh").matches
        return matches[0].id if len(matches) == 1 else ""

    def task(self, entry: Entry) -> DraftTask:
        """A task of the appendix."""
        return self._drafted(entry, self._deadlines(entry))

    def duty(self, entry: Entry, cycle: str, tasks: Sequence[DraftTask]) -> DraftTask:
        """A duty of the body. Without words for a day it is continuous; a cycle mostly repeats the appendix."""
        if cycle:
            self._remark("open_body_cycle", entry, words=cycle)
            return self._drafted(entry, (Unread(kind="unread"),))
        if not entry.texts.get("timing"):
            self._remark("guessed_continuous", entry)
            return self._drafted(entry, (Continuous(kind="continuous"),))
        rules = self._not_past(entry, self._deadlines(entry))
        task = self._drafted(entry, rules or (Unread(kind="unread"),))
        for other in tasks:
            if other.deadlines == task.deadlines and _likeness(other.title, task.title) >= _ALIKE:
                self._remark("open_body_repeats", entry, other=other.id)
        return task

    def _drafted(self, entry: Entry, deadlines: tuple[Rule, ...]) -> DraftTask:
        texts = entry.texts
        said = roles(texts.get("lead", ""))
        lead = self._units(entry, before_together(said.lead) if said.beside else said.lead, "lead")
        beside = self._units(entry, said.beside, "support") if said.beside else ()
        support = self._units(entry, "\n".join(filter(None, (texts.get("support", ""), said.support))), "support")
        if said.beside:
            self._remark("guessed_beside", entry, words=said.lead)
        elif said.support:
            self._remark("guessed_roles", entry, words=texts["lead"])
        title, product = texts.get("title", ""), _trimmed(texts.get("product", ""))
        if product != texts.get("product", ""):
            self._remark("mended_full_stop", entry, words=texts["product"][-30:])
        if not title:
            self._remark("open_no_title", entry)
        ids = self._leaders(entry, lead)
        names = (re.sub(r"\s+", " ", said.lead.strip(" ;.")),) if said.beside else tuple(unit.name for unit in lead)
        return DraftTask(
            entry.id,
            entry.section,
            title,
            entry.place,
            _unique(names),
            ids,
            _unique(unit.name for unit in support),
            _unique(id_ for unit in (*support, *beside) for id_ in unit.ids),
            self._to_assign(entry, lead, ids, deadlines),
            texts.get("timing", ""),
            deadlines,
            self._signer(entry, title, product, ids),
            product,
            tuple(entry.others),
        )

    def _units(self, entry: Entry, text: str, role: str) -> tuple[Unit, ...]:
        units = read_units(text, self.directory)
        for unit in units:
            if not unit.ids:
                near = "; ".join(unit.near)
                self._remark(f"open_{role}_unknown", entry, name=unit.name, near=near)
            elif unit.reduced:
                self._remark("guessed_reduced", entry, name=unit.name, unit=self.directory.unit(unit.ids[0]).name)
        return units

    def _leaders(self, entry: Entry, units: Sequence[Unit]) -> tuple[str, ...]:
        """Ids of the leaders; one that is unknown stands as the group for that, so that its duty is not lost."""
        if not units:
            self._remark("open_no_lead", entry)
        ids = [id_ for unit in units for id_ in unit.ids or (UNKNOWN,)]
        return _unique(ids or [UNKNOWN])

    def _to_assign(
        self, entry: Entry, units: Sequence[Unit], ids: tuple[str, ...], deadlines: tuple[Rule, ...]
    ) -> tuple[str, ...]:
        """Groups of which only the member in charge leads: "được giao", or a paper of one matter (an event)."""
        given = [id_ for unit in units for id_ in unit.ids if "duoc giao" in fold(unit.name)]
        groups = [id_ for id_ in ids if id_ != UNKNOWN and self.directory.unit(id_).level == "group"]
        one_matter = any(rule.awaited() and rule.dated and rule.each_event() for rule in deadlines) or (
            any(rule.awaited() and rule.each_event() and not rule.concerns_one() for rule in deadlines)
            and fold(entry.texts.get("title", "")).startswith("tham muu")
        )
        if one_matter and groups:
            self._remark("guessed_in_charge", entry, names=[self.directory.unit(id_).name for id_ in groups])
        unknown = [UNKNOWN] if UNKNOWN in ids else []
        return _unique([*(id_ for id_ in given if id_ in groups), *(groups if one_matter else ()), *unknown])

    def _signer(self, entry: Entry, title: str, product: str, leaders: tuple[str, ...]) -> str:
        """Who signs a product that the leader only proposes."""
        issuer = self.issuer
        if not issuer or issuer in leaders or not _SIGNER.search(product) or _LOWER.search(product):
            return ""
        if "các cấp" in product and "tham mưu" not in title.casefold():
            return ""
        self._remark("guessed_signer", entry, words=product)
        return issuer

    def _deadlines(self, entry: Entry) -> tuple[Rule, ...]:
        """The rules that the words mean; a marked gap where they are not understood, never a guess."""
        rules = self._said(entry)
        if not any(rule.dated for rule in rules):
            rules += self._cycle_in_product(entry)
        for rule in rules:
            self._event(rule.awaited())
            self._event(rule.needed())
        return tuple(dict.fromkeys(rules)) or (Unread(kind="unread"),)

    def _said(self, entry: Entry) -> tuple[Rule, ...]:
        """The rules of the words on time, or, where there are none, of a day in the task's name."""
        timing = entry.texts.get("timing", "")
        if timing and entry.unsure:
            self._remark("open_several_periods", entry, words=timing)
            return ()
        if timing:
            return self._read(entry, timing)
        if found := day_named(entry.texts.get("title", "")):
            entry.texts["timing"] = found
            self._remark("guessed_timing_in_title", entry, words=found)
            return self._not_past(entry, self._read(entry, found))
        self._remark("open_no_timing", entry)
        return ()

    def _read(self, entry: Entry, timing: str) -> tuple[Rule, ...]:
        """The rules of a phrase; none where words are left over that may change the day."""
        phrase = read(timing, self.year)
        leftover = "; ".join(span.text for span in phrase.leftover)
        rules = phrase.rules if phrase.understood or not _OF_TIME.search(fold(leftover)) else ()
        if not rules:
            self._remark("open_timing", entry, words=timing, leftover=leftover or timing)
        elif leftover:
            self._remark("open_leftover", entry, words=timing, leftover=leftover)
        return rules

    def _not_past(self, entry: Entry, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """The rules, unless a sentence's day lies before the plan's own: then it most likely dates something else."""
        days = [day for rule in rules if (day := getattr(rule, "date", None))]
        if self.signed and any(day < self.signed for day in days):
            self._remark("open_past_day", entry, words=entry.texts["timing"])
            return ()
        return rules

    def _cycle_in_product(self, entry: Entry) -> tuple[Rule, ...]:
        """A cycle that stands in the column of products ("báo cáo định kỳ 6 tháng/năm")."""
        found = _CYCLE.search(entry.texts.get("product", ""))
        phrase = read(found[0], self.year) if found else None
        if not found or not phrase or not phrase.understood:
            return ()
        self._remark("guessed_from_product", entry, words=found[0])
        return phrase.rules

    def _event(self, words: str | None) -> None:
        """An id for an event that a rule names in words."""
        if words is None or words in self.events:
            return
        slug = fold(words)[:_LONGEST_ID].rsplit(" ", 1)[0] if len(fold(words)) > _LONGEST_ID else fold(words)
        stem = id_ = slug.replace(" ", "-") or "su-kien"
        count = 2
        while id_ in self.events.values():
            id_ = f"{stem}-{count}"
            count += 1
        self.events[words] = id_

    def _remark(self, code: str, entry: Entry, **facts: object) -> None:
        self.remarks.append(Remark(code, entry.place, facts, entry.id))


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _trimmed(product: str) -> str:
    """A product without a full stop at its end; an ellipsis stays."""
    return product[:-1] if product.endswith(".") and not product.endswith("..") else product


def _likeness(one: str, other: str) -> float:
    """Share of the shorter title's words that the other has too."""
    first, second = set(fold(one).split()), set(fold(other).split())
    return len(first & second) / max(1, min(len(first), len(second)))
