"""The draft of a plan: what a document says, as far as it is understood, and what a person should look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tthc_cli.agencies import Directory
from tthc_cli.drafting.appendix import Appendix, Entry, Section
from tthc_cli.drafting.body import Body
from tthc_cli.drafting.document import Block, Cell, Document, Paragraph, Place, Remark, Row, Table
from tthc_cli.drafting.front import Front, read_front
from tthc_cli.drafting.listing import listed
from tthc_cli.drafting.mending import WIDESPREAD, mend
from tthc_cli.drafting.tasks import Drafter, DraftTask
from tthc_cli.naming import fold


@dataclass(frozen=True)
class Draft:
    """A plan before it is written. `year` is None where neither the document nor the user tells it.

    events: words of an event to its id.
    """

    front: Front
    id: str
    year: int | None
    date: date | None
    issuer: str
    sections: tuple[Section, ...]
    tasks: tuple[DraftTask, ...]
    events: dict[str, str]
    remarks: tuple[Remark, ...]


def make_draft(document: Document, directory: Directory, year: int | None = None) -> Draft:
    """The draft of a whole document, as a plan for a year (by default the one that the document tells)."""
    mender = Mender()
    document = mender.document(document)
    body, appendix = Body(), _appendix(document)
    body.read(appendix.outside, directory, appendix.first or 0)
    front, doubts = read_front(appendix.outside)
    told = year or front.year or _following(front)
    drafter = Drafter(directory, told or 2000, front.date)
    tasks = tuple(drafter.task(entry) for entry in appendix.entries)
    duties = tuple(drafter.duty(entry, body.recurring.get(entry.id, ""), tasks) for entry in body.entries)
    if not appendix.entries:
        doubts = (Remark("open_no_table", Place(), {}), *doubts)
    found = (*doubts, *_of_front(front, year), *mender.remarks, *appendix.remarks, *body.remarks)
    empty = (
        Remark("open_section_empty", s.place, {"id": s.id, "title": s.title}, s.id) for s in appendix.empty_sections()
    )
    own = (remark for entry in (*appendix.entries, *body.entries) for remark in entry.remarks)
    remarks = _assigned((*found, *empty, *own, *drafter.remarks), (*appendix.entries, *body.entries), appendix.sections)
    sections = tuple(replace(s, title=s.title or front.title) for s in (*appendix.sections, *body.sections))
    return Draft(
        front,
        _id(front, told),
        told,
        front.date or (date(told, 1, 1) if told else None),
        drafter.issuer if front.number.endswith("-UBND") else "",
        sections,
        (*tasks, *duties),
        drafter.events,
        remarks,
    )


def _appendix(document: Document) -> Appendix:
    """The tasks of the document's tables, or, where these hold none, of its paragraphs."""
    for form in (document, listed(document)):
        appendix = Appendix()
        appendix.read(form)
        if appendix.entries:
            break
    if appendix.entries and form is not document:
        appendix.first = len(appendix.outside)
        appendix.remarks = [remark for remark in appendix.remarks if remark.code != "left_header"]
        appendix.remarks.append(Remark("guessed_listed", appendix.entries[0].place, {}))
    return appendix


@dataclass
class Mender:
    """Mends every text of a document and remembers where."""

    remarks: list[Remark] = field(default_factory=list)
    _widespread: dict[str, list[Place]] = field(default_factory=dict)

    def document(self, document: Document) -> Document:
        """The document mended."""
        mended = tuple(self._block(block) for block in document)
        for name, places in self._widespread.items():
            self.remarks.append(Remark(f"mended_{name}", places[0], {"count": len(places)}))
        return mended

    def _block(self, block: Block) -> Block:
        if isinstance(block, Paragraph):
            return replace(block, text=" ".join(self._text(block.text, block.place).split("\n")))
        rows = (Row(tuple(self._cell(cell, row.place) for cell in row.cells), row.place) for row in block.rows)
        return Table(tuple(rows), block.place)

    def _cell(self, cell: Cell, place: Place) -> Cell:
        return replace(cell, text=self._text(cell.text, place))

    def _text(self, text: str, place: Place) -> str:
        better, done = mend(text)
        for name in done:
            if name in WIDESPREAD:
                self._widespread.setdefault(name, []).append(place)
            else:
                self.remarks.append(
                    Remark(f"mended_{name}", place, dict(zip(("old", "new"), _changed(text, better), strict=True)))
                )
        return better


def _changed(old: str, new: str) -> tuple[str, str]:
    """The words about which two texts differ."""
    one, other = old.split(), new.split()
    start = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    end = next(
        (
            at
            for at, pair in enumerate(zip(reversed(one[start:]), reversed(other[start:]), strict=False))
            if pair[0] != pair[1]
        ),
        0,
    )
    return " ".join(one[start : len(one) - end]), " ".join(other[start : len(other) - end])


def _following(front: Front) -> int | None:
    """A plan signed in the last months is for the next year."""
    return front.date.year + (front.date.month >= 10) if front.date else None


def _of_front(front: Front, year: int | None) -> Iterable[Remark]:
    if not front.number:
        yield Remark("open_plan_number", Place(), {})
    if not front.date:
        yield Remark("open_plan_date", Place(), {})
    if not front.title:
        yield Remark("open_plan_title", Place(), {})
    if not (year or front.year) and front.date:
        yield Remark("guessed_year", Place(), {"year": _following(front)})


def _id(front: Front, year: int | None) -> str:
    """A short name of the plan: of its province, else of its number, and the year."""
    place = re.sub("^(tinh|thanh pho) ", "", fold(front.province)) or "ke hoach"
    return f"{place} {year}".replace(" ", "-")


def _assigned(remarks: Iterable[Remark], entries: Sequence[Entry], sections: Sequence[Section]) -> tuple[Remark, ...]:
    """Remarks on a row belong to the task or heading made of it, or of which it is the rest; each remark once."""
    made: list[Entry | Section] = [*sections, *entries]
    owners = {item.place: item.id for item in made}
    listed = [*remarks]
    for remark in listed:
        if remark.code == "mended_cut_row":
            owners.setdefault(remark.place, remark.task)
    known = {item.id for item in made}
    owned = (r if r.task in known else replace(r, task=owners.get(r.place, "")) for r in listed)
    return tuple({(r.code, r.place, r.task, str(r.facts)): r for r in owned}.values())
