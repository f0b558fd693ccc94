"""The letter that chases: who is written to, what is firmly overdue, what is only to be confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import count, groupby

from tthc_cli.letterhead import Letterhead
from tthc_cli.obligations import World
from tthc_cli.official import Due, Group, Line, Official, Part
from tthc_cli.records import BREACHES, Judgement
from tthc_cli.reminding import chased
from tthc_cli.reports import fields, notes
from tthc_cli.tuples import NamedTuple
from tthc_cli.wording import ROMAN, day, fill
from tthc_cli.wording.letters import (
    ANNEX,
    BLANK,
    BODY,
    COLLECTIVE,
    GROUPS,
    KIND_OF_PLAN,
    MANY,
    ONE,
    STATES,
    TOLD,
    dated,
    items,
    paper,
    part,
)

PROVINCE = "province"
"""Stands for the units of the province itself where units are put together by district."""


class Found(NamedTuple):
    """What there is to write of: firmly overdue, to be confirmed, firmly late; each in the directory's order."""

    overdue: tuple[Judgement, ...] = ()
    ask: tuple[Judgement, ...] = ()
    late: tuple[Judgement, ...] = ()

    @property
    def pressing(self) -> bool:
        """Whether anybody has something to do."""
        return bool(self.overdue or self.ask)

    def of(self, agencies: Iterable[str]) -> Found:
        """What concerns some units."""
        kept = frozenset(agencies)
        return Found(*(tuple(item for item in items if item.obligation.agency in kept) for items in self))

    @property
    def asked(self) -> tuple[str, ...]:
        """The units that have something to do."""
        return _agencies((*self.overdue, *self.ask))

    @property
    def agencies(self) -> tuple[str, ...]:
        """All the units that are named."""
        return _agencies((*self.overdue, *self.ask, *self.late))


def _agencies(items: Iterable[Judgement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.obligation.agency for item in sorted(items, key=_order)))


class Sorted(NamedTuple):
    """What may be written of, and what is kept out of letters: the writer's own, and what nobody was given."""

    found: Found
    own: tuple[Judgement, ...]
    nobody: tuple[Judgement, ...]


def sort(judgements: Iterable[Judgement], office: Letterhead) -> Sorted:
    """Sort out what a letter says. A breach that is not firm, and what is unclear, only asks."""
    listed = sorted((item for item in judgements if stands_as(item)), key=_order)
    own = tuple(item for item in listed if item.obligation.agency == office.unit)
    nobody = tuple(item for item in listed if not chased(item))
    rest = [item for item in listed if chased(item) and item.obligation.agency != office.unit]
    by_kind = (tuple(item for item in rest if stands_as(item) == kind) for kind in Found._fields)
    return Sorted(Found(*by_kind), own, nobody)


def stands_as(item: Judgement) -> str:
    """What a letter says of a judgement: "overdue" and "late" if that is firm, "ask", or "" for nothing."""
    if item.verdict == "unclear" or (item.verdict in BREACHES and not item.firm):
        return "ask"
    return item.verdict if item.verdict in BREACHES else ""


def _order(item: Judgement) -> tuple[int, int, date]:
    owed = item.obligation
    return owed.order, owed.facts.order, owed.due or date.max


def letter(world: World, found: Found, office: Letterhead, cautions: Sequence[str] = ()) -> Official:
    """One letter to all the units that have something to do; what came late is named beside."""
    return _Letter(world, found, office, cautions).made()


class _Letter:
    def __init__(self, world: World, found: Found, office: Letterhead, cautions: Sequence[str]) -> None:
        self.world, self.found, self.office, self.cautions = world, found, office, cautions
        numbers = iter(ROMAN)
        self.numbers = {kind: next(numbers) for kind in Found._fields if getattr(found, kind)}
        self.plan = world.plan.number

    def made(self) -> Official:
        office = self.office
        day_parts = dated(self.world.as_of)
        names = {"symbol": office.symbol or BLANK, "name": office.name or BLANK}
        return Official(
            *head(office, office.symbol, self.world.as_of),
            kind="",
            subject=paper("subject" if self.found.overdue else "subject_ask", plan=self.plan),
            addressees=addressed(self._addressees()),
            body=tuple(map(Line, self._body())),
            recipients=self._recipients(),
            signer_title=office.signer_title,
            signer=office.signer,
            annex=ANNEX,
            annex_title=paper("annex_title", plan=self.plan),
            annex_with=paper("annex_with", **names, **day_parts),
            parts=tuple(map(self._part, self.numbers)),
            notes=(fields.talk(self.world), *self.cautions),
        )

    def _addressees(self) -> tuple[str, ...]:
        """Each of a few units by name, many by what they are; communes are reached through their district."""
        directory = self.world.directory
        agencies = self.found.agencies
        if len(agencies) == 1:
            return (directory.unit(agencies[0]).name,)
        placed = dict.fromkeys((district_of(self.world, agency) or agency) for agency in agencies)
        if len(placed) <= _FEW:
            return tuple(directory.unit(id_).name for id_ in placed)
        levels = {directory.unit(id_).level for id_ in placed}
        return tuple(text for level, text in COLLECTIVE.items() if level in levels)

    def _recipients(self) -> tuple[str, ...]:
        """As above; the district of a single commune, which is to see to it; whom the office always tells."""
        agencies = self.found.agencies
        above = district_of(self.world, agencies[0]) if len(agencies) == 1 else ""
        copy = (paper("copy", name=self.world.directory.unit(above).name),) if above not in ("", *agencies) else ()
        return recipients(self.office, copy)

    def _body(self) -> Iterable[str]:
        world, office = self.world, self.office
        answer = world.calendar.add(world.as_of, office.answer_within)
        called = ONE if len(self.found.agencies) == 1 else MANY
        facts = {"name": office.name or BLANK, "to": office.answer_to or office.name or BLANK, "answer": answer}
        facts |= {"whom": called["whom"], "all": called["all"]}
        yield ground(BODY["ground"], world, office)
        for kind, number in self.numbers.items():
            items: Sequence[Judgement] = getattr(self.found, kind)
            of = fill(called["of"], {"units": len({item.obligation.agency for item in items})})
            yield fill(BODY[kind], {**facts, "count": len(items), "of": of, "part": number})
        if len(self.found.agencies) > 1 and any(
            district_of(world, id_) not in ("", id_) for id_ in self.found.agencies
        ):
            yield BODY["districts"]
        yield BODY["sent_already"]
        yield fill(BODY["end"], facts)

    def _part(self, kind: str) -> Part:
        items: Sequence[Judgement] = getattr(self.found, kind)
        numbers = count(1)
        places = sorted(items, key=lambda item: (_place_order(self.world, item), _order(item)))
        groups = [
            Group(self._group(id_), tuple(self._due(kind, next(numbers), item) for item in each))
            for id_, each in groupby(places, lambda item: _place(self.world, item))
        ]
        return Part(part(kind, number=self.numbers[kind], count=len(items)), STATES[kind], tuple(groups))

    def _group(self, id_: str) -> str:
        return GROUPS.get(id_) or self.world.directory.unit(id_).name

    def _due(self, kind: str, number: int, item: Judgement) -> Due:
        owed = item.obligation
        task = paper("task", id=owed.facts.id, title=fields.short(owed.facts.title, _TITLE))
        return Due(
            number=number,
            agency=owed.agency_name,
            task=task,
            occasion=str(fields.VALUE["occasion"](item)),
            timing=owed.facts.timing,
            product=owed.facts.product,
            stated=day(owed.stated) if owed.stated else "",
            due=_applied(item),
            state=_STATE[kind](item),
        )


_NEEDED = ("parent", "issuer", "name", "symbol", "report_symbol", "place", "signer_title", "archive")
_TITLE = 140
_FEW = 10
"""So many units are still addressed by name."""


def _applied(item: Judgement) -> str:
    """The day lateness is judged by; of an extended duty the day before it too."""
    owed = item.obligation
    if moved := owed.extended:
        return paper("moved", due=owed.due, original=moved.original_due)
    return day(owed.due) if owed.due else ""


def _asked(item: Judgement) -> str:
    why = notes.doubt(item)
    return paper("sent_unsure", day=item.submitted_on, why=why) if item.submitted_on else why


_STATE: dict[str, Callable[[Judgement], str]] = {
    "overdue": lambda item: str(item.days_late),
    "ask": _asked,
    "late": lambda item: paper("sent", day=item.submitted_on, days=item.days_late),
}


def district_of(world: World, agency: str) -> str:
    """The district that a unit is, or belongs to; "" for the units of the province."""
    unit = world.directory.unit(agency)
    above = district_of(world, unit.parent) if unit.parent else ""
    return above or (unit.id if unit.level == "district" else "")


def _place(world: World, item: Judgement) -> str:
    """Whom a unit stands with: its district, else the units of its level."""
    return district_of(world, item.obligation.agency) or ("commune" if item.obligation.level == "commune" else PROVINCE)


def _place_order(world: World, item: Judgement) -> int:
    district = district_of(world, item.obligation.agency)
    return world.heads[district].order if district else -1


def head(office: Letterhead, symbol: str, as_of: date) -> tuple[str, str, str, str]:
    """What stands at the top of a paper: the two names, the number to fill in, place and day."""
    place = paper("dated", place=office.place or BLANK, **dated(as_of))
    return office.parent or BLANK, office.issuer or BLANK, paper("number", symbol=symbol or BLANK), place


def ground(sentence: str, world: World, office: Letterhead) -> str:
    """The first sentence: the plan, who issued it, up to which day."""
    plan = world.plan
    issuer = world.directory.unit(plan.issuer).name if plan.issuer else BLANK
    facts = {"kind": KIND_OF_PLAN, "plan": plan.number, "issuer": issuer, "name": office.name or BLANK}
    return fill(sentence, {**facts, **dated(plan.date), "as_of": world.as_of})


def addressed(names: Sequence[str]) -> tuple[str, ...]:
    """Whom a paper is for: one name alone, or a list."""
    return items(names) if len(names) > 1 else tuple(names)


def recipients(office: Letterhead, copies: Sequence[str] = ()) -> tuple[str, ...]:
    """The lines under "Nơi nhận"."""
    return items((paper("as_above"), *copies, *office.recipients, paper("archive", archive=office.archive or BLANK)))


def remarks(found: Sorted, office: Letterhead, bad_rows: int) -> tuple[str, ...]:
    """What the writer has to know before anything is signed."""
    blanks = [name for name in _NEEDED if not getattr(office, name)]
    told = {
        "nothing": not found.found.pressing,
        "own": len(found.own),
        "nobody": len(found.nobody),
        "bad_rows": bad_rows,
        "blanks": blanks,
        "check": found.found.pressing,
    }
    facts = {"name": office.name or BLANK, "keys": blanks}
    return tuple(fill(TOLD[key], {**facts, "count": value}) for key, value in told.items() if value)
