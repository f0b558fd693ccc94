"""Official papers before any format: what stands at each place that Nghị định 30/2020/NĐ-CP, Phụ lục I, names."""

from __future__ import annotations

from tthc_cli.tuples import NamedTuple


class Line(NamedTuple):
    """A paragraph of the body, or a heading in it."""

    text: str
    heading: bool = False


class Due(NamedTuple):
    """One duty in an annex, every field as it is to be read; `state`: days late, the day sent, or what to confirm."""

    number: int
    agency: str
    task: str
    occasion: str
    timing: str
    product: str
    stated: str
    due: str
    state: str


class Group(NamedTuple):
    """Duties of the units that are written to together: departments, or a district with its communes."""

    name: str
    duties: tuple[Due, ...]


class Part(NamedTuple):
    """A part of an annex; `state` is the heading of its last column."""

    title: str
    state: str
    groups: tuple[Group, ...]


class Standing(NamedTuple):
    """A unit's line in the table of a report, every count as it is to be read."""

    number: str
    name: str
    counts: tuple[str, ...]


class Official(NamedTuple):
    """A letter or a report.

    number: "Số:      /VP-KSTT"; dated: place and day; kind: "BÁO CÁO", or "" for a letter, whose subject stands under
    the number. addressees, recipients: ready lines. annex, annex_title, annex_with: the three lines above the annex.
    parts: of a letter's annex; columns, standings, total: of a report's. notes: below the annex.
    """

    parent: str
    issuer: str
    number: str
    dated: str
    kind: str
    subject: str
    addressees: tuple[str, ...]
    body: tuple[Line, ...]
    recipients: tuple[str, ...]
    signer_title: tuple[str, ...]
    signer: str
    annex: str
    annex_title: str
    annex_with: str
    parts: tuple[Part, ...] = ()
    columns: tuple[str, ...] = ()
    standings: tuple[Standing, ...] = ()
    total: tuple[Standing, ...] = ()
    notes: tuple[str, ...] = ()
