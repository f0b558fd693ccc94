"""A register proposed from the office's register of incoming documents: `tthc match`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from tthc_cli.dates import read_date
from tthc_cli.incoming import INCOMING, Incoming, Proposal, Proposer, Sureness
from tthc_cli.report import Cell, Column, Marks, Report, Table
from tthc_cli.reports.fields import tail
from tthc_cli.senders import Reason
from tthc_cli.submissions import Cell as Read
from tthc_cli.tables import BadRow
from tthc_cli.tables import Table as Register
from tthc_cli.tuples import NamedTuple
from tthc_cli.wording import FIELDS, fill
from tthc_cli.wording.incoming import ANY_REGISTER, COLUMNS, CONFIRM, NEXT, SUMMARY, SURENESS, TITLE, reason

_REGISTER = ("task", "agency", "issuer", "period", "event", "document_number", "document_date", "proposed_on",
             "received_on", "abstract", "note")  # fmt: skip
_KEPT = ("incoming_number", "recipient", "signed_for")
_WIDE = frozenset({"abstract", "reasons", "note"})


class Line(NamedTuple):
    """A row of the incoming register, by field, with what it may answer; one that cannot be read has its text alone."""

    line: int
    cells: dict[str, Cell]
    proposal: Proposal


def lines(register: Register, proposer: Proposer) -> Iterator[Line]:
    """Every row in order; one that numbers the columns is none."""
    for line, cells in register.rows:
        if isinstance(cells, BadRow):
            unread = Proposal("unknown", reasons=(Reason(cells.reason),))
            yield Line(line, {"abstract": cells.text}, unread)
        elif not _is_numbering(cells):
            yield _line(line, {field: cells[at] for field, at in register.placement.fields.items()}, proposer)


def _is_numbering(cells: list[Read]) -> bool:
    """Whether a row counts the columns, as printed forms do under their headings: (1), (2), (3)."""
    filled = [str(cell).strip(" ()") for cell in cells if str(cell).strip()]
    return len(filled) > 2 and filled == [str(number) for number in range(1, len(filled) + 1)]


def _line(line: int, read: dict[str, Read], proposer: Proposer) -> Line:
    cells: dict[str, Cell] = {}
    faults = []
    for field, cell in read.items():
        try:
            cells[field] = read_date(cell) if field in INCOMING.dates and isinstance(cell, str) else cell
        except ValueError:
            cells[field] = cell
            faults.append(Reason("date_bad", {"value": cell}))
    days = [day for field in ("document_date", "received_on") if isinstance(day := cells.get(field), date)]
    if not days and not faults:
        faults.append(Reason("date_none"))
    issuer, number, abstract = (_text(cells.get(field)) for field in ("issuer", "document_number", "abstract"))
    proposal = proposer.of(Incoming(issuer, number, abstract, days[0] if days else None))
    if proposal.proposes and isinstance(day := cells.get("document_date"), date):
        cells["proposed_on"] = day
    if faults:
        sureness: Sureness = "look" if proposal.sureness == "sure" else proposal.sureness
        proposal = proposal._replace(sureness=sureness, reasons=(*proposal.reasons, *faults))
    return Line(line, cells, proposal)


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def report(path: str, found: list[Line], proposer: Proposer, marks: Marks, written: str | None) -> Report:
    """The register that comes of it; `written`: where it is put, None where it is shown."""
    counts: Counter[str] = Counter(line.proposal.sureness for line in found)
    facts = {name: counts[name] for name in SURENESS}
    facts |= {"rows": len(found), "proposed": sum(bool(line.proposal.likely) for line in found)}
    payload = {
        "schema": "tthc.match/1",
        "plan": proposer.plan.id,
        "register": {"path": path, "rows": len(found)},
        "counts": facts,
        "rows": [_fields(line) for line in found],
        **tail(marks),
    }
    summary = fill(SUMMARY, {**facts, "path": path, "left": len(found) - counts["sure"]})
    return Report(
        payload, (_table(found, proposer),), after=(summary, CONFIRM, fill(NEXT, {"path": written or ANY_REGISTER}))
    )


def _table(found: list[Line], proposer: Proposer) -> Table:
    names = (*_REGISTER, *COLUMNS, *_KEPT)
    dated = INCOMING.dates | {"proposed_on"}
    columns = tuple(
        Column(COLUMNS.get(name) or _capital(FIELDS[name]), "date" if name in dated else "text", name in _WIDE)
        for name in names
    )
    rows = ({**line.cells, **_proposed(line.proposal, proposer)} for line in found)
    return Table(TITLE, columns, tuple(tuple(row.get(name) for name in names) for row in rows))


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _proposed(proposal: Proposal, proposer: Proposer) -> dict[str, Cell]:
    """What is proposed, as cells."""
    agency, maybe = proposal.agency, proposal.maybe_agency
    return {
        "task": proposal.task,
        "agency": proposer.senders.name(agency) if agency else None,
        "period": proposal.period,
        "sureness": SURENESS[proposal.sureness],
        "maybe_task": next(iter(proposal.likely), None),
        "maybe_agency": proposer.senders.name(maybe) if maybe else None,
        "maybe_period": proposal.maybe_period,
        "reasons": _sentence(proposal.reasons),
    }


def _sentence(reasons: tuple[Reason, ...]) -> str:
    return _capital("; ".join(reason(each.code, each.facts) for each in reasons)) if reasons else ""


def _fields(line: Line) -> dict[str, object]:
    proposal = line.proposal
    return {
        "line": line.line,
        "document_number": line.cells.get("document_number"),
        "sureness": proposal.sureness,
        "task": proposal.task,
        "agency": proposal.agency,
        "period": proposal.period,
        "proposed": {"tasks": list(proposal.likely), "agency": proposal.maybe_agency, "period": proposal.maybe_period},
        "reasons": [{"code": each.code, "message": reason(each.code, each.facts)} for each in proposal.reasons],
    }
