"""Who writes official papers."""

from __future__ import annotations

from pathlib import Path

from tthc_cli.tuples import NamedTuple


class Letterhead(NamedTuple):
    """Who writes, as it stands on its papers; what is empty is left to be filled in by hand.

    parent, issuer: the two lines at the upper left; name: the issuer in a sentence; unit: its id, which no letter
    chases. symbol, report_symbol: what follows the number of a letter, of a report. recipients: under "Nơi nhận",
    beside those addressed; report_to: whom a report is addressed to; archive: where it is kept. answer_to: who is to
    be answered, `answer_within` working days. template, report_template: Word files that replace the layout.
    """

    parent: str = ""
    issuer: str = ""
    name: str = ""
    unit: str = ""
    symbol: str = ""
    report_symbol: str = ""
    place: str = ""
    signer_title: tuple[str, ...] = ()
    signer: str = ""
    recipients: tuple[str, ...] = ()
    report_to: tuple[str, ...] = ()
    archive: str = ""
    answer_to: str = ""
    answer_within: int = 5
    template: Path | None = None
    report_template: Path | None = None
