"""Days off of years without an official notice, forecast by the `holidays` package."""

from __future__ import annotations

from tthc_cli.workdays import YearDays


def forecast(year: int) -> YearDays:
    """The expected days off of one year, unverified: Tết, the second Quốc khánh day and swaps are fixed only by notice.

    The language is given, for the package would else take it from the locale; a year it does not know has no days off.
    """
    from holidays import country_holidays

    known = country_holidays("VN", years=[year], language="vi", expand=False, observed=True)
    return YearDays(
        year,
        off={day: reason for day, reason in sorted(known.items()) if day.year == year and day.weekday() < 5},
        worked={day: "làm bù" for day in sorted(known.weekend_workdays) if day.year == year},
        verified=False,
    )
