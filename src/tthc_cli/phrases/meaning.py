"""What a parsed phrase means: its parts made drafts, each bound to what stands before it, and settled at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from tthc_cli.periods import months_after
from tthc_cli.phrases.cursor import Place
from tthc_cli.phrases.drafts import Dated, Draft, InSpan, OnDay, Other, Report, span
from tthc_cli.phrases.grammar import Clause, Part
from tthc_cli.phrases.points import Day, Length, MonthDay, Named, Points, Unfit, When
from tthc_cli.phrases.settling import settled

if TYPE_CHECKING:
    from tthc_cli.rules import AnyRule

P = TypeVar("P", Day, Named)
_UNITS = {"DAY": "day", "HOUR": "hour", "WEEK": "day", "MONTH": "month", "YEARLY": "year"}


@dataclass(frozen=True)
class Around:
    """What stands around a part.

    separator: what parts its clause from the one before; close: drafts it stands beside, or behind as an aside;
    before: those of the clause before; group: all since the sentence began.
    """

    separator: str
    close: list[Draft]
    before: list[Draft]
    group: list[Draft]


class Meaning:
    """Reads trees against the text whose shape they have; `wrong` holds the places of words without meaning."""

    def __init__(self, text: str, year: int) -> None:
        self.year = year
        self.points = Points(text, year)
        self.drafts: list[Draft] = []
        self.wrong: list[Place] = []

    def take(self, clauses: Sequence[Clause]) -> None:
        """Take in a sentence."""
        self._clauses(clauses, [], [])

    def rules(self) -> tuple[AnyRule, ...]:
        """The rules of all that was taken in."""
        found: list[AnyRule] = []
        for draft in settled(self.drafts, self.year, self.wrong):
            try:
                rule = draft.rule(self.year)
            except Unfit as unfit:
                self.wrong.append(unfit.place)
                continue
            found += [rule] if rule not in found else []
        return tuple(found)

    def _clauses(self, clauses: Sequence[Clause], aside: list[Draft], group: list[Draft]) -> None:
        """Take in clauses; aside: the drafts that they stand behind in parentheses."""
        before: list[Draft] = []
        for clause in clauses:
            before = self._clause(clause, aside, before, group)
            group = group + before

    def _clause(self, clause: Clause, aside: list[Draft], before: list[Draft], group: list[Draft]) -> list[Draft]:
        mine: list[Draft] = []
        soft: Place | None = None
        for part in clause.parts:
            known = self.drafts[:]
            around = Around("" if mine else clause.separator, mine or aside, before, group + mine)
            try:
                if part.name == "soft" and not around.close:
                    soft = part.place
                elif part.name == "aside":
                    self._clauses(part.aside, mine or before, around.group)
                else:
                    self._part(part, around)
            except Unfit as unfit:
                self.wrong.append(unfit.place)
                self.drafts = known
            mine = [draft for draft in self.drafts if draft in mine or draft not in known]
        if soft:
            self._soften(soft, mine)
        return mine

    def _soften(self, place: Place, drafts: Sequence[Draft]) -> None:
        """Bind dated drafts to means at hand; those without a day need no such grace, a report cannot have it."""
        if not drafts or any(isinstance(draft, Report) for draft in drafts):
            self.wrong.append(place)
        for draft in drafts:
            if isinstance(draft, Dated):
                draft.soft = True

    def _part(self, part: Part, around: Around) -> None:
        match part.name:
            case "point" | "times":
                self._point(part, around)
            case "soft":
                self._soften(part.place, around.close)
            case "always":
                self._add(Other(part.place, "continuous"))
            case "on_event":
                self._event(part.place, self._words(part, "TEXT"), around)
            case "on_request":
                if not any(isinstance(d, Other) and d.kind == "on_request" for d in around.close):
                    self._add(Other(part.place, "on_request", {"event": self._words(part, "REQUEST")}))
            case "external":
                self._add(Other(part.place, "external", {"document": self._words(part, "PLANNED")}))
            case "after_date":
                self._add(self._after_date(part))
            case kind:
                count, unit = self._count(part)
                self._add(Other(part.place, kind, {"event": self._words(part, "TEXT"), "count": count, "unit": unit}))

    def _add(self, *drafts: Draft) -> None:
        self.drafts += drafts

    def _words(self, part: Part, type_: str) -> str:
        """The free words of a part."""
        places = (token.places[0] for token in part.tokens if token.type == type_)
        return " ".join(" ".join(self.points.text[start:end].split()) for start, end in places)

    # Events

    def _event(self, place: Place, words: str, around: Around) -> None:
        """ "sau khi …": a condition of the day beside it, or else what starts the duty."""
        near = around.close or (around.before if around.separator == "COMMA" else [])
        dated = [draft for draft in near if isinstance(draft, Dated)]
        if any(isinstance(draft, Report) for draft in near):
            raise Unfit(place)
        for draft in dated:
            if draft.condition:
                raise Unfit(place)
            draft.condition = words
        if not dated:
            event = Other(place, "on_event", {"event": words})
            lasting = [d for d in around.close if isinstance(d, Other) and d.kind == "continuous"]
            self.drafts.insert(self.drafts.index(lasting[0]) if lasting else len(self.drafts), event)

    def _count(self, part: Part) -> tuple[int, str]:
        form = part.forms.get("count") or part.forms["count_behind"]
        number, unit, *more = form.tokens
        count = self.points.number(number) * (7 if unit.type == "WEEK" else 1)
        return count, f"working_{_UNITS[unit.type]}" if more else _UNITS[unit.type]

    def _after_date(self, part: Part) -> Draft:
        """A span from a day that is named needs no event: the day is not counted (BLDS 2015, Điều 147)."""
        place = part.place
        count, unit = self._count(part)
        points = self.points.when(part.forms["first"]).points
        if len(points) != 1 or not isinstance(points[0], Day) or unit not in ("day", "month", "year"):
            raise Unfit(place)
        start = points[0].date(self.year)
        try:
            last = (
                start + timedelta(days=count) if unit == "day" else months_after(start, count * (1, 12)[unit == "year"])
            )
        except (ValueError, OverflowError):
            raise Unfit(place) from None
        return OnDay(place, Day(place, last.year, last.month, last.day), opens=start)

    # Points in time

    def _point(self, part: Part, around: Around) -> None:
        place, operators, forms = part.place, part.operators, part.forms
        for token in part.tokens:
            if token.type == "TIMES" and self.points.number(token) != 1:
                raise Unfit(place)
        every = self.points.length(forms["every"]) if "every" in forms else None
        if "AFTER" in operators or ("FROM" in operators and "last" not in forms):
            raise Unfit(place)
        if every and part.name == "times":
            self._length(place, every, operators, None, around)
            return
        first = self.points.when(forms["first"])
        point = first.points[0]
        if "last" in forms:
            self._stand(place, [self._between(place, first, self.points.when(forms["last"]))], around)
        elif isinstance(point, Day):
            self._days(place, first, operators, every, around)
        elif isinstance(point, Named):
            self._stand(place, self._periods(place, first, operators, every), around)
        elif isinstance(point, Length):
            self._length(place, point, operators, every, around)
        else:
            self._month_day(point, operators, every, around)

    def _stand(self, place: Place, found: Sequence[Draft], around: Around) -> None:
        """Let drafts stand for themselves, where nothing beside them says something else."""
        if any(not isinstance(draft, Other) for draft in around.close):
            raise Unfit(place)
        if around.separator == "OR" and any(isinstance(draft, Dated) for draft in (*found, *around.before)):
            raise Unfit(place)
        self._await(found, around)
        self._add(*found)

    def _await(self, found: Sequence[Draft], around: Around) -> None:
        """ "sau khi …, chậm nhất ngày …": the event is the day's condition."""
        near = around.close or (around.before if around.separator == "COMMA" else [])
        events = [draft for draft in near if isinstance(draft, Other) and draft.kind == "on_event"]
        if len(events) == 1 and len(near) == 1 and all(isinstance(draft, Dated) for draft in found):
            for draft in found:
                assert isinstance(draft, Dated)
                draft.condition = events[0].fields["event"]
            self.drafts.remove(events[0])

    def _between(self, place: Place, first: When, last: When) -> Draft:
        one, other = first.points[0], last.points[-1]
        if len(first.points) > 1 or len(last.points) > 1:
            raise Unfit(place)
        if isinstance(one, Named) and isinstance(other, Named):
            return span(place, one, other)
        if not isinstance(one, Day | Named) or not isinstance(other, Day | Named):
            raise Unfit(place)
        year = other.year or one.year or self.year
        opens = one.date(one.year or year) if isinstance(one, Day) else one.period(year).first
        closes = other.date(year) if isinstance(other, Day) else other.period(year).last
        if isinstance(one, Day) and not one.year and opens > closes and other.year:
            opens = one.date(year - 1)
        return OnDay(place, Day(place, closes.year, closes.month, closes.day), opens=opens)

    def _days(self, place: Place, when: When, operators: frozenset[str], every: Length | None, around: Around) -> None:
        days = [point for point in when.points if isinstance(point, Day)]
        before = "BEFORE" in operators and not when.clock
        if operators & {"EACH", "WHOLE"} or ("PERIODIC" in operators and not every):
            raise Unfit(place)
        if every:
            if every.months != 12 or any(day.year for day in days):
                raise Unfit(place)
            reports = [Report(place, 12) for _ in days]
            for report, day in zip(reports, days, strict=True):
                report.on(day, before, self.year)
            self._stand(place, reports, around)
            return
        beside = [draft for draft in around.before if isinstance(draft, OnDay)]
        if not operators and beside and len(beside) == len(around.before) and around.separator in ("COMMA", "AND"):
            before = beside[-1].before
        found = [OnDay(place, day, before) for day in years_filled(days)]
        if not self._bind(found, around):
            self._stand(place, found, around)

    def _bind(self, found: list[OnDay], around: Around) -> bool:
        """Let days bind the periods or the reports that stand before them; False where they stand for themselves."""
        near = around.close or (around.before if around.separator == "COMMA" else [])
        periods = [draft for draft in near if isinstance(draft, InSpan)]
        reports = [draft for draft in near if isinstance(draft, Report) and not draft.day]
        if periods and len(periods) == len(near):
            if not around.close and not all(self._inside(day, periods) for day in found):
                return False
            at = self.drafts.index(periods[0])
            self.drafts = [draft for draft in self.drafts if draft not in periods]
            year = periods[-1].last.year
            for draft in found:
                draft.day = replace(draft.day, year=draft.day.year or year)
                draft.condition, draft.soft = periods[-1].condition, periods[-1].soft
            self.drafts[at:at] = found
            return True
        if not reports or len(reports) != len(near) or (len(found) not in (1, len(reports))):
            return False
        if not around.close and not all(report.months == 12 or report.only for report in reports):
            return False
        for report, draft in zip(reports[-len(found) :], found, strict=True):
            report.on(draft.day, draft.before, self.year)
            report.sure = True
        return True

    def _inside(self, draft: OnDay, periods: Iterable[InSpan]) -> bool:
        for period in periods:
            first, last = period.bounds(self.year)
            if first <= draft.day.date(last.year) <= last + timedelta(days=draft.before):
                return True
        return False

    def _periods(self, place: Place, when: When, operators: frozenset[str], every: Length | None) -> Sequence[Draft]:
        named = years_filled([point for point in when.points if isinstance(point, Named)])
        numbers = tuple(point.number for point in named)
        if "EACH" in operators or ({"BEFORE", "END"} <= operators):
            raise Unfit(place)
        edges = operators & {"BEFORE", "BY", "END"}
        recurring = "PERIODIC" in operators and named[0].every == "quarter" and not edges
        if every or (recurring and all(point.year in (None, self.year) for point in named)):
            if every and (every.months != 12 or edges or any(point.year for point in named)):
                raise Unfit(place)
            months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[named[0].every]
            return [Report(place, months, only=() if months == 12 else numbers)]
        spans = [span(place, named[0], named[-1])] if when.span else [InSpan(place, point, point) for point in named]
        for draft in spans:
            draft.edge = "before" if "BEFORE" in operators else "end" if edges else ""
            draft.numbers = numbers if when.span else (draft.first.number,)
        return spans

    def _length(
        self, place: Place, length: Length, operators: frozenset[str], every: Length | None, around: Around
    ) -> None:
        if "BEFORE" in operators or every:
            raise Unfit(place)
        sure = bool(operators & {"EACH", "PERIODIC"})
        if not sure and length.months == 12 and operators & {"IN", "WHOLE", "END"}:
            year = Named(place, "year", 1, None)
            self._stand(place, [InSpan(place, year, year, "end" if "END" in operators else "")], around)
            return
        if operators and not sure:
            raise Unfit(place)
        report = Report(place, length.months, sure)
        days = [draft for draft in around.close if isinstance(draft, OnDay)]
        if days and len(days) == len(around.close) == 1:
            report.on(days[0].day, days[0].before, self.year)
            report.sure = True
            self.drafts.remove(days[0])
            self._add(report)
        else:
            self._stand(place, [report], around)

    def _month_day(self, point: MonthDay, operators: frozenset[str], every: Length | None, around: Around) -> None:
        """ "ngày 19 tháng cuối quý": of the reports named before it, else of its own."""
        near = around.close or (around.before if around.separator == "COMMA" else [])
        if every and (point.month or every.months != 1):
            raise Unfit(point.place)
        reports = [draft for draft in around.group if isinstance(draft, Report) and not draft.day] if near else []
        if not point.month and not every and not (reports and all(report.months == 1 for report in reports)):
            self._day_in_month(point, "BEFORE" in operators, near)
            return
        if every or not reports:
            if not (every or point.months):
                raise Unfit(point.place)
            reports = [Report(point.place, 1 if every else point.months)]
            self._stand(point.place, reports, around)
        for report in reports:
            report.on_month_day(point)
            report.before, report.sure = "BEFORE" in operators, True

    def _day_in_month(self, point: MonthDay, before: bool, near: list[Draft]) -> None:
        """ "Tháng 6/2021 (trước ngày 20)": a day of the month that stands before it."""
        month = near[0] if len(near) == 1 else None
        if not isinstance(month, InSpan) or month.first != month.last or month.first.every != "month":
            raise Unfit(point.place)
        day = Day(point.place, month.first.year, month.first.number, point.day)
        self.drafts[self.drafts.index(month)] = OnDay(
            point.place, day, before, condition=month.condition, soft=month.soft
        )


def years_filled(points: Sequence[P]) -> list[P]:
    """Points without a year take that of the next one that names it."""
    found: list[P] = []
    year: int | None = None
    for point in reversed(points):
        year = point.year or year
        found.append(replace(point, year=year))
    return found[::-1]
