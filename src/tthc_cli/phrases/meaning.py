"""What a parsed phrase means: its parts made drafts, each bound to what stands before it, and settled at the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from tthc_cli.periods import MONTHS, months_after
from tthc_cli.phrases.cursor import Place, Token
from tthc_cli.phrases.drafts import Dated, Draft, InSpan, OnDay, Other, Report, span
from tthc_cli.phrases.grammar import Clause, Part
from tthc_cli.phrases.placing import Around, Placing
from tthc_cli.phrases.points import Day, Length, MonthDay, Named, Points, Unfit, When
from tthc_cli.phrases.settling import settled
from tthc_cli.phrases.shape import Shaped

if TYPE_CHECKING:
    from tthc_cli.rules import AnyRule

P = TypeVar("P", Day, Named)
_UNITS = {"DAY": "day", "HOUR": "hour", "WEEK": "day", "MONTH": "month", "YEARLY": "year"}


class Meaning(Placing):
    """Reads clauses against a text whose shape they have; `wrong` holds the places of words without meaning."""

    def __init__(self, shaped: Shaped, year: int) -> None:
        super().__init__(year)
        self.points = Points(shaped, year)

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
        """Take in clauses; aside: the drafts that they stand behind in parentheses, or what took their place."""
        before: list[Draft] = []
        for clause in clauses:
            before = self._clause(clause, aside, before, group)
            group = group + before
            aside = self._standing(aside) or (before if aside else [])

    def _clause(self, clause: Clause, aside: list[Draft], before: list[Draft], group: list[Draft]) -> list[Draft]:
        mine: list[Draft] = []
        soft: Place | None = None
        for part in clause.parts:
            known = self.drafts[:]
            separator, held = "" if mine else clause.separator, self._standing(group + mine)
            around = Around(separator, mine or aside, before, held, bool(aside and not mine))
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
            if self.drafts[: len(known)] == known:
                mine += self.drafts[len(known) :]
            else:
                mine = [draft for draft in self.drafts if draft in mine or draft not in known]
        if soft:
            self._soften(soft, mine)
        return mine

    def _standing(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Those of some drafts that no other has replaced."""
        return [draft for draft in drafts if draft in self.drafts]

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
            case "from_day":
                self.stand(part.place, [self._from_day(part)], around)
            case "soft":
                self._soften(part.place, around.close)
            case "always":
                self.last(part.place, around)
            case "on_event":
                self._event(part.place, self._words(part, "TEXT"), around)
            case "on_request":
                if not any(isinstance(d, Other) and d.kind == "on_request" for d in around.close):
                    self.add(Other(part.place, "on_request", {"event": self._words(part, "REQUEST")}))
            case "external":
                self.add(Other(part.place, "external", {"document": self._words(part, "PLANNED")}))
            case "after_date":
                self.add(self._after_date(part))
            case kind:
                count, unit = self._count(part)
                self.add(Other(part.place, kind, {"event": self._words(part, "TEXT"), "count": count, "unit": unit}))

    def _words(self, part: Part, type_: str) -> str:
        """The free words of a part."""
        places = (token.places[0] for token in part.tokens if token.type == type_)
        return " ".join(map(self.points.shaped.words, places))

    # Events

    def _event(self, place: Place, words: str, around: Around) -> None:
        """ "sau khi …": a condition of the day beside it, or else what starts the duty."""
        near = around.near
        dated = [draft for draft in near if isinstance(draft, Dated)]
        either = around.separator == "OR" and any(isinstance(draft, Dated) for draft in around.before)
        if either or any(isinstance(draft, Report) for draft in near):
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
        if part.times and (self.points.number(part.times) != 1 or (part.name == "times" and "BY" in operators)):
            raise Unfit(place)
        every = self.points.length(forms["every"]) if "every" in forms else None
        if every and part.name == "times":
            self._length(place, every, operators, None, around)
            return
        first = self.points.when(forms["first"])
        point = first.points[0]
        if "AFTER" in operators or ("FROM" in operators and "last" not in forms and not first.span):
            raise Unfit(place)
        if forms["first"].name == "year" and self._stray(forms["first"].tokens[0], around):
            raise Unfit(place)
        if forms["first"].name == "last_month":
            operators |= {"EACH"}
        if "last" in forms:
            self.stand(place, [self._between(part, first)], around)
        elif isinstance(point, Day):
            spoken = any(token.type == "MONTH" for token in forms["first"].tokens)
            self._days(place, first, operators, every, around, spoken)
        elif isinstance(point, Named):
            self.stand(place, self._periods(place, first, operators, every, around), around)
        elif isinstance(point, Length):
            self._length(place, point, operators, every, around)
        else:
            self._month_day(point, operators, every, around)

    def _stray(self, year: Token, around: Around) -> bool:
        """Whether a year is only added to a month or quarter before it: "tháng 7/2021 và 2022"."""
        added = year.place == year.places[0] and around.separator in ("AND", "COMMA")
        return added and any(
            isinstance(d, OnDay) or (isinstance(d, InSpan) and d.first.every != "year") for d in around.before
        )

    def _from_day(self, part: Part) -> Draft:
        """ "từ ngày 15 đến ngày 20/7": the month is that of the last day."""
        number = next(token for token in part.tokens if token.type == "NUMBER")
        last = self.points.when(part.forms["last"]).points
        if len(last) != 1 or not isinstance(last[0], Day) or part.operators - {"FROM", "IN"}:
            raise Unfit(part.place)
        weekday = next((token.number for token in part.tokens if token.type == "DAY"), -1)
        opens = last[0]._replace(place=part.place, day=self.points.number(number), weekday=weekday).date(self.year)
        return OnDay(part.place, last[0], opens=opens)

    def _between(self, part: Part, first: When) -> Draft:
        place, last = part.place, self.points.when(part.forms["last"])
        one, other = first.points[0], last.points[-1]
        if len(first.points) > 1 or len(last.points) > 1 or "BEFORE" in part.operators:
            raise Unfit(place)
        if isinstance(one, Day | Named) and isinstance(other, Length) and other.months == 12 and not other.counted:
            other = Named(other.place, "year", 1, one.year)  # "từ tháng 3 đến hết năm"
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

    def _days(
        self,
        place: Place,
        when: When,
        operators: frozenset[str],
        every: Length | None,
        around: Around,
        spoken: bool,
    ) -> None:
        days = [point for point in when.points if isinstance(point, Day)]
        last = self.drafts[-1] if self.drafts and not (operators or around.group) else None
        if isinstance(last, OnDay) and last.before:
            raise Unfit(place)  # "trước 15/3; 15/6": before the second too?
        if operators & {"EACH", "WHOLE"} or (operators & {"PERIODIC", "REPORTS"} and not every):
            raise Unfit(place)
        beside = around.listed(OnDay)
        before = beside[-1].before if beside and not operators else "BEFORE" in operators and not when.clock
        again = None if operators else around.dated_report
        if again and again.only:
            before = again.before  # "trước ngày 10/6 (báo cáo 6 tháng) và 10/12 (báo cáo năm)"
        if every:
            if every.months != 12 or any(day.year for day in (*days, *(draft.day for draft in beside))):
                raise Unfit(place)
            self.drafts = [draft for draft in self.drafts if draft not in (*beside, *around.lone_report(12))]
            found: list[Draft] = [self._yearly(draft.place, draft.day, draft.before) for draft in beside]
            self.add(*found, *(self._yearly(place, day, before) for day in days))
        elif again and again.months == 12:
            self.add(*(self._yearly(place, day, again.before) for day in days))
        else:
            found_days = [
                OnDay(place, day, before, spoken=spoken, latest="BY" in operators) for day in years_filled(days)
            ]
            if not self.bind(found_days, around):
                self.stand(place, found_days, around)

    def _yearly(self, place: Place, day: Day, before: bool) -> Report:
        report = Report(place, 12)
        report.on(day, before, self.year)
        return report

    def _periods(
        self, place: Place, when: When, operators: frozenset[str], every: Length | None, around: Around
    ) -> Sequence[Draft]:
        named = years_filled([point for point in when.points if isinstance(point, Named)])
        numbers = tuple(point.number for point in named)
        if "EACH" in operators or ({"BEFORE", "END"} <= operators):
            raise Unfit(place)
        if not operators and any(draft.edge == "before" for draft in around.listed(InSpan)):
            raise Unfit(place)  # "trước tháng 6, tháng 12": before the second too?
        edges = operators & {"BEFORE", "BY", "END"}
        recurring = bool(operators & {"PERIODIC", "REPORTS"}) and named[0].every == "quarter" and not edges
        if every or (recurring and all(point.year in (None, self.year) for point in named)):
            if every and (every.months != 12 or edges or any(point.year for point in named) or around.listed(OnDay)):
                raise Unfit(place)
            beside = [draft for draft in around.listed(InSpan) if every and draft.last.year is None and not draft.edge]
            self.drafts = [draft for draft in self.drafts if draft not in beside]
            earlier = [Report(draft.place, MONTHS[draft.first.every], only=draft.numbers) for draft in beside]
            months = MONTHS[named[0].every]
            return [*earlier, Report(place, months, only=() if months == 12 else numbers)]
        spans = [span(place, named[0], named[-1])] if when.span else [InSpan(place, point, point) for point in named]
        for draft in spans:
            draft.edge = "before" if "BEFORE" in operators else "end" if edges else ""
            draft.numbers = numbers if when.span else (draft.first.number,)
            draft.added, draft.latest = around.separator == "AND", "BY" in operators
        return spans

    def _length(
        self, place: Place, length: Length, operators: frozenset[str], every: Length | None, around: Around
    ) -> None:
        if "BEFORE" in operators or every:
            raise Unfit(place)
        sure = bool(operators & {"EACH", "PERIODIC", "REPORTS"})
        lasting = [draft for draft in around.near if isinstance(draft, Other) and draft.kind == "continuous"]
        if length.months == 12 and operators == {"EACH"} and lasting and len(around.near) == 1:
            return  # "thường xuyên hằng năm"
        if not sure and length.months == 12 and operators & {"IN", "WHOLE", "END"}:
            year = Named(place, "year", 1, None)
            self.stand(place, [InSpan(place, year, year, "end" if "END" in operators else "")], around)
            return
        if operators and not sure:
            raise Unfit(place)
        vague = length.months == 6 and not operators & {"EACH", "PERIODIC"}
        report = Report(place, length.months, sure, vague=vague, counted=length.counted)
        report.shares = around.dated_report is not None
        days = [draft for draft in around.close if isinstance(draft, OnDay) and sure]
        if days and len(days) == len(around.close) == 1:
            report.on(days[0].day, days[0].before, self.year)
            report.sure = True
            self.drafts.remove(days[0])
            self.add(report)
        else:
            self.stand(place, [report], around)

    def _month_day(self, point: MonthDay, operators: frozenset[str], every: Length | None, around: Around) -> None:
        """ "ngày 19 tháng cuối quý": of the reports named before it, else of its own."""
        near = around.near
        if every and (point.month or every.months != 1):
            raise Unfit(point.place)
        reports = self.open_reports(around.group, point.months) if near and not every else []
        if every:
            reports = around.lone_report(1)
        if not point.month and not every and not (reports and all(report.months == 1 for report in reports)):
            self._day_in_month(point, "BEFORE" in operators, near)
            return
        if not reports:
            if not (every or point.months):
                raise Unfit(point.place)
            reports = [Report(point.place, 1 if every else point.months)]
            self.stand(point.place, reports, around)
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


def years_filled(points: Sequence[P]) -> Sequence[P]:
    """Points without a year take that of the next one that names it; Unfit for "tháng 12, 01/2022", of which year?"""
    if len(points) == 1:
        return points
    found: list[P] = []
    year: int | None = None
    for point in reversed(points):
        if year and not point.year and point.in_year >= found[-1].in_year:
            raise Unfit(point.place)
        year = point.year or year
        found.append(point._replace(year=year))
    return found[::-1]
