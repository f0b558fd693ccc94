"""One line a finding, as editors and build servers read them: `file:line:col: severity CODE message`."""

from __future__ import annotations

from collections.abc import Iterable

from tthc_cli.report import Report


def render(report: Report, terminal: object = None) -> Iterable[str]:
    """The report's lines."""
    return (f"{line}\n" for line in report.lines or ())
