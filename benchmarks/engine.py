"""Measures the engine in one process against other ways of doing the same; each pair in turn, the least of several.

The others are the oracle too: where a day is another, the measurement ends.
"""

from __future__ import annotations

import random
import sys
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import holidays
from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, YEARLY, rrule

from tthc_cli import loading
from tthc_cli.naming import fold
from tthc_cli.obligations import resolve
from tthc_cli.records import Obligation
from tthc_cli.settings import Settings

ONE_DAY = timedelta(days=1)
TURNS = 15
AS_OF = date(2021, 10, 15)
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def least(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """The least seconds of each, run in turn."""
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(TURNS):
        for run, seconds in zip((ours, theirs), found, strict=True):
            started = time.perf_counter()
            run()
            seconds.append(time.perf_counter() - started)
    return min(found[0]), min(found[1])


def row(name: str, ours: float, theirs: float, times: int) -> str:
    """A line of the results; the ratio says how many times quicker ours is."""
    return f"| {name} | {ours / times * 1e6:.2f} µs | {theirs / times * 1e6:.2f} µs | {theirs / ours:.3g} |"


def working_days(draw: random.Random) -> Iterator[str]:
    """The Nth working day, 1 to 30 after days of 2021."""
    calendar = loading.load(Settings()).calendar
    known = holidays.country_holidays("VN", years=range(2020, 2023), language="vi")
    asked = [(date(2021, 1, 1) + timedelta(days=draw.randrange(330)), draw.randint(1, 30)) for _ in range(2000)]
    every = [day for day in (date(2020, 1, 1) + timedelta(days=at) for at in range(1096)) if known.is_working_day(day)]

    def bisected() -> list[date]:
        return [every[bisect_right(every, day) - 1 + count] for day, count in asked]

    def ours() -> list[date]:
        return [calendar.add(day, count) for day, count in asked]

    few = asked[:100]
    expected = [known.get_nth_working_day(day, count) for day, count in few]
    if ours()[:100] != expected or bisected() != ours():
        sys.exit("working days differ")
    took, theirs = least(ours, bisected)
    yield row("Nth working day, against a bisect over a list", took, theirs, len(asked))
    took, theirs = least(
        lambda: [calendar.add(day, count) for day, count in few],
        lambda: [known.get_nth_working_day(day, count) for day, count in few],
    )
    yield row("the same, against `holidays.get_nth_working_day`", took, theirs, len(few))


class Plainly:
    """Days of obligations by dateutil and holidays, from the rules as they are written."""

    def __init__(self) -> None:
        self.known = holidays.country_holidays("VN", years=range(2020, 2023), language="vi")

    def rolled(self, day: date, step: timedelta) -> date:
        while not self.known.is_working_day(day):
            day += step
        return day

    def last_days(self, rule: Any, year: int) -> Mapping[str, date]:
        """Last days by occasion, before what excludes or moves them."""
        if rule.kind in ("by_date", "before_date"):
            return {rule.occasion or "": rule.date}
        if rule.kind == "period":
            return {rule.occasion or "": self.end(rule.until or rule.period)}
        months = MONTHS[rule.every]
        frequency: dict[str, Any] = {"freq": MONTHLY, "interval": months, "count": 12 // months}
        if months == 12:
            frequency = {"freq": YEARLY, "count": 1}
        found = {}
        for number, start in enumerate(rrule(dtstart=date(year, 1, 1), **frequency), 1):
            if rule.only is None or number in rule.only:
                month = start + relativedelta(months=(rule.month or months) - 1)
                day = rule.day or 31
                found[self.name(rule.every, year, number)] = (month + relativedelta(day=day)).date()
        return found

    @staticmethod
    def name(every: str, year: int, number: int) -> str:
        marks = {"quarter": f"-Q{number}", "half_year": f"-H{number}", "month": f"-{number:02}", "year": ""}
        return f"{year}{marks[every]}"

    @staticmethod
    def end(period: str) -> date:
        year, _, part = period.partition("-")
        if not part:
            return date(int(year), 12, 31)
        length, number = (
            (3, int(part[1])) if part[0] == "Q" else (6, int(part[1])) if part[0] == "H" else (1, int(part))
        )
        return date(int(year), 1, 1) + relativedelta(months=length * number, days=-1)

    def days(self, rule: Any, day: date) -> tuple[date, date, date]:
        """Stated, due, and the last working day not after stated."""
        before = rule.kind == "before_date" or getattr(rule, "before", False)
        stated = day - ONE_DAY if before else day
        due = stated if before else self.rolled(stated, ONE_DAY)
        return stated, due, self.rolled(stated, -ONE_DAY)


def obligations() -> Iterator[str]:
    """All dated obligations of the plan of 2021, for all units."""
    inputs = loading.load(Settings())
    world = inputs.world(AS_OF)
    fixed = ("by_date", "before_date", "period", "recurring")
    owed = [o for o in resolve(world).obligations if o.due and o.deadline.event is None and not o.deadline.condition]
    rules = {task.id: [rule for rule in task.rules if rule.kind in fixed] for task in inputs.plan.every_task()}
    plainly = Plainly()

    def theirs(items: Iterable[Obligation]) -> list[tuple[date, date, date]]:
        found = []
        for item in items:
            days = (
                plainly.days(rule, day)
                for rule in rules[item.facts.id]
                for occasion, day in plainly.last_days(rule, inputs.plan.year).items()
                if occasion == item.occasion
            )
            found.append(next(days))
        return found

    if theirs(owed) != [(item.stated, item.due, item.act_by) for item in owed]:
        sys.exit("obligations differ")
    took, other = least(lambda: resolve(inputs.world(AS_OF)), lambda: theirs(owed))
    yield row(f"{len(owed):,} obligations, against dateutil and holidays", took, other, len(owed))


def names(draw: random.Random) -> Iterator[str]:
    """Names of agencies: those seen before against a look-up, new ones against folding alone."""
    from tthc_cli.understanding import Understanding

    inputs = loading.load(Settings())
    understanding = Understanding(inputs.plan, inputs.directory, inputs.reading, AS_OF)
    units = [unit.name for unit in inputs.directory.units if unit.level != "group"]
    asked = [draw.choice(units) for _ in range(5000)]
    table = dict.fromkeys(units, 1)
    find, read = inputs.directory.find, understanding._units
    for name in units:
        find(name)
        read(name)
    took, other = least(lambda: [read(name) for name in asked], lambda: [table[name] for name in asked])
    yield row("agency names seen before, of a register, against a dict", took, other, len(asked))
    took, other = least(lambda: [find(name) for name in asked], lambda: [table[name] for name in asked])
    yield row("agency names seen before, against a dict", took, other, len(asked))
    new = sorted({text for name in units for text in variants(name)} - {*units})
    draw.shuffle(new)
    many = len(new) // TURNS
    ours, theirs = (iter([new[at : at + many] for at in range(0, TURNS * many, many)]) for _ in range(2))
    took, other = least(lambda: [find(name) for name in next(ours)], lambda: [fold(name) for name in next(theirs)])
    yield row("new agency names, against folding alone", took, other, many)


def variants(name: str) -> tuple[str, ...]:
    """The name written other ways."""
    return name.upper(), name.lower(), f" {name} ", name.replace("UBND", "Ủy ban nhân dân")


def of_many(plans: Path) -> str:
    """The obligations of every plan of a folder, each with its own agencies and calendar, none resolved before."""
    folders = sorted(plans.iterdir())
    inputs = [loading.load(Settings(plan=at / "plan.yaml", agencies=at / "agencies.yaml")) for at in folders]
    started = time.perf_counter()
    found = sum(len(resolve(each.world(AS_OF)).obligations) for each in inputs)
    took = time.perf_counter() - started
    units = sum(unit.level != "group" for each in inputs for unit in each.directory.units)
    return f"{found:,} obligations of {len(inputs)} plans and {units:,} units resolved in {took:.2f} s."


def table() -> Sequence[str]:
    """All of it."""
    draw = random.Random(7092)  # noqa: S311 - the same on every run
    lines = (*working_days(draw), *obligations(), *names(draw))
    return ["## Engine, in one process", "", "| | ours | theirs | times quicker |", "|---|---|---|---|", *lines, ""]


if __name__ == "__main__":
    sys.stdout.write("\n".join((*table(), *map(of_many, map(Path, sys.argv[1:])), "")))
