"""`tthc workdays`: the Nth working day after a day, or how many there are."""

from typing import TYPE_CHECKING, Annotated

from tthc_cli.cli.inputs import Context, argument, day, marks, option, refuse

if TYPE_CHECKING:
    from datetime import date

    from tthc_cli.workdays import Calendar

_MOST = 100_000


def run(
    context: Context,
    start: Annotated[str, argument("DATE")],
    count: Annotated[int | None, argument("N")] = None,
    until: Annotated[str | None, option("--until", metavar="DATE")] = None,
) -> None:
    """Print the day, or with --until the count."""
    first, last = day(start, "DATE"), day(until, "--until")
    if (count is None) == (last is None):
        raise refuse("count_or_until")
    if count is not None and abs(count) > _MOST:
        raise refuse("number_range", option="N", value=count, least=-_MOST, most=_MOST)
    from tthc_cli import loading
    from tthc_cli.reports import workdays

    inputs = loading.load(context.settings())
    assert first
    try:
        counted, end = _counted(inputs.calendar, first, count, last)
    except (ValueError, OverflowError):
        raise refuse("days_out_of_range") from None
    context.emit(workdays.report(first, counted, end, marks(inputs), last is not None), answer=True)


def _counted(calendar: "Calendar", start: "date", count: int | None, end: "date | None") -> "tuple[int, date]":
    """The count and the day; one of them is given."""
    if end is not None:
        return calendar.count(start, end), end
    return count or 0, calendar.add(start, count or 0)
