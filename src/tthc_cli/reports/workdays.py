"""A count of working days: `tthc workdays`."""

from __future__ import annotations

from datetime import date

from tthc_cli.report import Marks, Report, Table
from tthc_cli.reports.fields import COLUMN, cautions, tail
from tthc_cli.wording import weekday
from tthc_cli.wording.titles import heading


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
    row = (start, count, end, weekday(end))
    answer = str(count) if counted else end.isoformat()
    table = Table(heading("workdays"), tuple(COLUMN[name] for name in ("from", "n", "date", "weekday")), (row,))
    return Report(payload, (table,), plain=(), screen=(), before=(answer,), warnings=cautions(marks))
