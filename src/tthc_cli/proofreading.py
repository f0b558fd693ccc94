"""Reads a plan as an editor would before it is signed: rules against words, and words against one another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from tthc_cli import phrases
from tthc_cli.agencies import Directory
from tthc_cli.dates import read_date
from tthc_cli.naming import fold
from tthc_cli.obligations import due, stated
from tthc_cli.periods import Period
from tthc_cli.plan import Plan, Task
from tthc_cli.records import Deadline, Reading, Severity
from tthc_cli.rules import Setting
from tthc_cli.tuples import NamedTuple
from tthc_cli.workdays import Calendar
from tthc_cli.written import Loc

if TYPE_CHECKING:
    from tthc_cli.rules import AnyRule

_BODY = "TC."
_SQUEEZED = 2
_FRAMED = re.compile(r"\s*([^()]+?)\s*\(([^()]+)\)\s*")
_CITED = re.compile(
    r"(?:số|Số)\s*:?\s*(\d+\s*/\s*[\w&-]+(?:/[\w&-]+)?)\s+ngày\s+"
    r"(\d{1,2}\s*(?:/|tháng)\s*\d{1,2}\s*(?:/|năm)\s*\d{4})"
)

_NUMBER = re.compile(r"\d+/[\w&/-]+")


class Remark(NamedTuple):
    """One thing that an editor would say of a plan.

    code names the sentence in `wording`, `facts` fill its blanks; `loc` is the path to it in the file; task: its id, or
    "" for the plan's own head. known: words of a note that acknowledge it, any of which will do.
    """

    loc: Loc
    code: str
    severity: Severity
    task: str
    facts: dict[str, object]
    known: tuple[str, ...] = ()


def proofread(plan: Plan, directory: Directory, calendar: Calendar, reading: Reading) -> tuple[Remark, ...]:
    """Everything that an editor would say, errors (a rule that its words contradict) and warnings, in file order."""
    return tuple(_Editor(plan, directory, calendar, reading).all())


def acknowledged(remark: Remark, plan: Plan) -> bool:
    """Whether a note of the task, or of the plan, says so already."""
    task = plan.task(remark.task) if remark.task else None
    notes = [fold(note) for note in (*plan.notes, *(task.notes if task else ()))]
    return any(fold(word) in note for word in remark.known for note in notes)


def contradicted(task: Task, year: int) -> tuple[tuple[AnyRule, ...], tuple[AnyRule, ...]] | None:
    """The rules that the words do not give, and those that they give and the task has not; None if they agree.

    A rule may also stand in the words of the product ("báo cáo định kỳ 6 tháng/năm"). Words that are not understood
    contradict nothing.
    """
    read = phrases.read(task.timing, year)
    if not task.timing or not task.deadlines or not read.understood:
        return None
    written = {rule.said() for rule in task.deadlines}
    beside = {rule.said() for rule in phrases.read(task.product, year).rules}
    said = {rule.said() for rule in read.rules}
    extra = tuple(rule for rule in task.deadlines if rule.said() not in said | beside)
    missing = tuple(rule for rule in read.rules if rule.said() not in written)
    return (extra, missing) if extra or missing else None


def disputed(plan: Plan) -> tuple[str, ...]:
    """Tasks of which some text's rule disagrees with its words."""
    texts = (*plan.tasks, *(task for amendment in plan.amendments for task in amendment.tasks))
    return tuple(dict.fromkeys(task.id for task in texts if contradicted(task, plan.year)))


class _Editor:
    def __init__(self, plan: Plan, directory: Directory, calendar: Calendar, reading: Reading) -> None:
        self.plan, self.directory, self.calendar, self.reading = plan, directory, calendar, reading
        self.setting = Setting(plan.year, calendar, {})

    def all(self) -> Iterator[Remark]:
        yield from self._of_head()
        cited: dict[str, dict[date, str]] = defaultdict(dict)
        for place, task in enumerate(self.plan.tasks):
            at: Loc = ("tasks", place)
            yield from self._of_words(task, at)
            yield from self._of_citations(task, at, cited)
            yield from self._of_days(task, at)
            yield from self._of_occasions(task, at)
            yield from self._of_groups(task, at)
            yield from self._of_squeeze(task, at)

    def _of_head(self) -> Iterator[Remark]:
        """The plan's own number and day, as its source and the line under the appendix's title cite them."""
        plan = self.plan
        if not plan.number[:1].isdigit():
            yield Remark(("number",), "number_open", "warning", "", {"number": plan.number}, (plan.number,))
        for name, severity in (("source", "error"), ("annex", "warning")):
            for number, day in _citations(getattr(plan, name)):
                if number != plan.number:
                    facts: dict[str, object] = {"number": number, "own": plan.number}
                    yield Remark((name,), "own_number", severity, "", facts, (number,))  # type: ignore[arg-type]
                if day and day != plan.date:
                    facts = {"day": day, "own": plan.date}
                    yield Remark((name,), "own_date", severity, "", facts, _written(day))  # type: ignore[arg-type]

    def _of_words(self, task: Task, at: Loc) -> Iterator[Remark]:
        if not all(rule.read for rule in task.deadlines):
            yield Remark((*at, "deadlines"), "unread", "warning", task.id, {})
            return
        if found := contradicted(task, self.plan.year):
            facts: dict[str, object] = {"timing": task.timing, "written": found[0], "read": found[1]}
            yield Remark((*at, "deadlines"), "timing_differs", "error", task.id, facts)
        read = phrases.read(task.timing, self.plan.year)
        if task.timing and not task.restates and not read.understood:
            left = ", ".join(span.text for span in read.leftover)
            yield Remark((*at, "timing"), "timing_unread", "warning", task.id, {"left": left}, (task.timing,))
        if task.timing and task.id.startswith(_BODY) and fold(task.timing) not in fold(task.title):
            yield Remark((*at, "timing"), "timing_elsewhere", "error", task.id, {"timing": task.timing})
        yield from self._of_documents(task, at)
        yield from self._of_frame(task, at)
        if task.id.startswith(_BODY) and any(rule.dated for rule in task.deadlines):
            yield Remark((*at, "timing"), "body_only", "warning", task.id, {"task": task.id}, ("Phụ lục",))

    def _of_documents(self, task: Task, at: Loc) -> Iterator[Remark]:
        """Documents that rules name and words do not, or the other way; an answer that is not the plan itself."""
        words = fold(f"{task.timing} {task.title} {task.product}")
        for place, rule in enumerate(task.deadlines):
            document = getattr(rule, "document", None)
            if document and fold(document) not in words:
                yield Remark((*at, "deadlines", place), "document_differs", "error", task.id, {"document": document})
        documents = " ".join(filter(None, (getattr(rule, "document", "") for rule in task.deadlines)))
        for number in _NUMBER.findall(task.timing if documents else ""):
            if number not in documents:
                yield Remark((*at, "timing"), "document_differs", "error", task.id, {"document": number})
        if (answer := task.answered_by) and (answer.document, answer.date) != (self.plan.number, self.plan.date):
            loc = (*at, "answered_by")
            yield Remark(loc, "answer_elsewhere", "warning", task.id, {"document": answer.document}, (answer.document,))

    def _of_frame(self, task: Task, at: Loc) -> Iterator[Remark]:
        """A day in parentheses that lies outside the period in front of it."""
        if not (framed := _FRAMED.fullmatch(task.timing)):
            return
        frame, inner = (phrases.read(part, self.plan.year) for part in framed.groups())
        days = [d.day for rule in inner.rules if not rule.periods(2000) for d in rule.deadlines(self.setting) if d.day]
        for deadline in (d for rule in frame.rules for d in rule.deadlines(self.setting) if d.opens and d.day):
            for day in days:
                if deadline.opens and deadline.day and not deadline.opens <= day <= deadline.day:
                    facts: dict[str, object] = {"day": day, "frame": framed[1]}
                    yield Remark((*at, "timing"), "outside_period", "warning", task.id, facts, (framed[1],))

    def _of_citations(self, task: Task, at: Loc, cited: dict[str, dict[date, str]]) -> Iterator[Remark]:
        """A document cited with another day than before."""
        for name in ("title", "timing", "product"):
            for number, day in _citations(getattr(task, name)):
                if day is None:
                    continue
                others = {known: id_ for known, id_ in cited[number].items() if known != day}
                cited[number].setdefault(day, task.id)
                for known, id_ in others.items():
                    facts: dict[str, object] = {"number": number, "day": day, "other": known, "where": id_}
                    yield Remark((*at, name), "cited_twice", "warning", task.id, facts, _written(known))

    def _of_days(self, task: Task, at: Loc) -> Iterator[Remark]:
        """Last days that the words name and that are days off; data windows that leave a gap."""
        for place, rule in enumerate(task.deadlines):
            loc = (*at, "deadlines", place)
            for deadline in rule.deadlines(self.setting) if rule.dated else ():
                last = stated(deadline, self.reading) if deadline.day and _named(deadline) else None
                if last and not self.calendar.is_workday(last):
                    facts: dict[str, object] = {"day": last, "applied": due(deadline, self.reading, self.calendar)}
                    yield Remark(loc, "day_off", "warning", task.id, facts, _written(last))
            if any(_gap(rule, *pair) for pair in pairwise(self._periods(rule))):
                yield Remark(loc, "window_gap", "error", task.id, {})

    def _of_occasions(self, task: Task, at: Loc) -> Iterator[Remark]:
        """Days of one task that no paper could tell apart."""
        named: set[str] = set()
        for place, rule in enumerate(task.rules):
            for period in map(str, rule.periods(self.plan.year)):
                if period in named:
                    yield Remark((*at, "deadlines", place), "same_occasion", "error", task.id, {"period": period})
                named.add(period)

    def _periods(self, rule: AnyRule) -> tuple[Period, ...]:
        return (*rule.periods(self.plan.year), *rule.periods(self.plan.year + 1))

    def _of_groups(self, task: Task, at: Loc) -> Iterator[Remark]:
        """Groups that lead and to which no unit belongs."""
        for place, group in enumerate(task.lead_agencies):
            unit = self.directory.unit(group)
            if unit.level == "group" and group not in task.assigned and not self.directory.opened(group):
                loc = (*at, "lead_agencies", place)
                yield Remark(loc, "group_empty", "warning", task.id, {"group": unit.name}, ("nhóm", "không nêu tên"))

    def _of_squeeze(self, task: Task, at: Loc) -> Iterator[Remark]:
        """Reports that leave whoever builds the next one from them too few days, once days off have moved them."""
        for built in self.plan.tasks:
            if built.section == task.section and set(built.lead_agencies) & set(task.receivers) and built is not task:
                theirs = self._dues(built)
                for occasion, day in self._dues(task).items():
                    left = self.calendar.count(day, theirs[occasion]) if occasion in theirs else None
                    if left is not None and left <= _SQUEEZED:
                        facts: dict[str, object] = {"period": occasion, "built": built.id, "left": left, "day": day}
                        yield Remark((*at, "deadlines"), "squeeze", "warning", task.id, facts, (built.id,))

    def _dues(self, task: Task) -> dict[str, date]:
        found = (d for rule in task.rules if rule.dated for d in rule.deadlines(self.setting) if d.day and d.occasion)
        return {deadline.occasion: due(deadline, self.reading, self.calendar) for deadline in found}


def _gap(rule: AnyRule, before: Period, after: Period) -> bool:
    """Whether the data of two periods, one right after the other, leave days out or count them twice."""
    ends, begins = rule.window_of(before), rule.window_of(after)
    follows = (after.first - before.last).days == 1
    return follows and ends is not None and begins is not None and (begins[0] - ends[1]).days != 1


def _named(deadline: Deadline) -> bool:
    """Whether the words name the day itself, and not a period that it ends."""
    return not deadline.no_day and deadline.event is None and (deadline.opens is None or bool(deadline.occasion))


def _citations(text: str) -> Iterator[tuple[str, date | None]]:
    """Documents cited by number and day."""
    for found in _CITED.finditer(text):
        try:
            day = read_date(found[2])
        except ValueError:
            day = None
        yield re.sub(r"\s", "", found[1]), day


def _written(day: date) -> tuple[str, ...]:
    """A day in the ways in which notes write it."""
    return f"{day.day:02}/{day.month:02}", f"{day.day}/{day.month}", f"{day.day:02}/{day.month}"
