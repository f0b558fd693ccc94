"""A count of working days: `tthc workdays`."""

from __future__ import annotations

from datetime import date

from tthc_cli.report import Marks, Report
from tthc_cli.reports.fields import cautions, tail


def report(start: date, count: int, end: date, marks: Marks, counted: bool = False) -> Report:
    """From `start`, so many working days, to `end`; `counted`: the count was asked for, else the day.

    In text it is the answer alone, for scripts.
    """
    payload = {
        "schema": "tthc.workdays/1",
        "from": start,
        "n": count,
        "date": end,
        "verified": not marks.unverified_years,
        **tail(marks),
    }
    answer = str(count) if counted else end.isoformat()
    return Report(payload, before=(answer,), warnings=cautions(marks))
