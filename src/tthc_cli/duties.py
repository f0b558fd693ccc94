"""What a register needs to know of the tasks of a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tthc_cli.agencies import Directory
from tthc_cli.obligations import exempt_units, lead_units, open_to_all
from tthc_cli.plan import Task
from tthc_cli.records import Reading
from tthc_cli.tuples import NamedTuple


class Duty(NamedTuple):
    """What a register needs to know of a task: over all its texts, who leads it and what its occasions are.

    units: False where the unit leads, True where it leads once assigned; anyone: leaders are not listed at all.
    """

    task: Task
    units: Mapping[str, bool]
    anyone: bool
    occasions: Mapping[str, tuple[date, date] | None]
    by_event: bool
    restates: tuple[str, ...] = ()


def duty_of(texts: Sequence[Task], directory: Directory, reading: Reading, year: int) -> Duty:
    """The duty of a task, by its texts over time, the latest last."""
    units: dict[str, bool] = {}
    for task in texts:
        exempt = exempt_units(task, reading)
        found = lead_units(task, directory)
        units |= {unit: late and units.get(unit, True) for unit, late in found.items() if unit not in exempt}
    rules = [rule for task in texts for rule in task.rules]
    occasions = {str(period): rule.window_of(period) for rule in rules for period in rule.periods(year)}
    by_event = any(rule.each_event() for rule in rules)
    anyone = any(open_to_all(task, directory) for task in texts)
    return Duty(texts[-1], units, anyone, occasions, by_event, texts[-1].restates)
