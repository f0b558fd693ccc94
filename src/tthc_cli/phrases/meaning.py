"""What a parsed phrase means: from its tree, with the numbers that stand in the text, to rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tthc_cli.periods import Every, Period, months_after
from tthc_cli.phrases.lexing import Place, Token

if TYPE_CHECKING:
    from lark import Tree

    from tthc_cli.rules import AnyRule

_EVERY: dict[str, Every] = {"month": "month", "quarter": "quarter", "yearly": "year"}
_OF_MONTHS: dict[int, Every] = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}
_LENGTH: dict[str, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
_UNITS = {"DAY": "day", "HOUR": "hour", "WEEK": "day", "MONTH": "month", "YEARLY": "year"}


class Unfit(Exception):
    """Words that have no meaning as a deadline: a day that is no day, a start without an end."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.place = place


@dataclass
class Draft:
    """A rule in the making. kind: "date", "period", "recurring", "unit" (not known yet to recur) or "rule"."""

    kind: str
    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    year_named: bool = True

    @property
    def dated(self) -> bool:
        return self.kind in ("date", "period")


@dataclass(frozen=True)
class When:
    """What a point in time names: days, periods, a unit of time, or a day of some month."""

    kind: str
    items: tuple[Any, ...]
    place: Place
    consecutive: bool = False
    spread: bool = False


class Meaning:
    """Reads one tree against one text."""

    def __init__(self, text: str, year: int) -> None:
        self.text, self.year = text, year
        self.drafts: list[Draft] = []
        self.wrong: list[Place] = []

    def of(self, tree: Tree[Any]) -> None:
        """Take in a whole phrase."""
        self._phrase(tree, None, [])

    def rules(self) -> tuple[AnyRule, ...]:
        """The rules of all that was taken in."""
        self._settle_units()
        return tuple(_rule(draft) for draft in self.drafts)

    # Structure

    def _phrase(self, tree: Tree[Any], aside: list[Draft] | None, group: list[Draft]) -> None:
        near: list[Draft] = []
        separator = "SEMI"
        for node in tree.children:
            if node.data == "separator":
                separator = node.children[0].type
                continue
            if separator == "SEMI" and aside is None:
                group = []
            before = near
            near = self._clause(node, separator, before, group, aside)
            group += near

    def _clause(
        self, tree: Tree[Any], separator: str, before: list[Draft], group: list[Draft], aside: list[Draft] | None
    ) -> list[Draft]:
        mine: list[Draft] = []
        for part in tree.children:
            known = len(self.drafts)
            context = mine or (aside or [])
            try:
                if isinstance(part, Token | str):
                    self._mark(part, context)
                elif part.data == "aside":
                    inner = next(node for node in part.children if getattr(node, "data", "") == "start")
                    self._phrase(inner, mine or before, group + mine)
                else:
                    self._part(part, separator if not mine else "", before, context, group + mine)
            except Unfit as unfit:
                self.wrong.append(unfit.place)
                del self.drafts[known:]
            mine += [draft for draft in self.drafts[known:] if draft not in mine]
        return [draft for draft in mine if draft in self.drafts]

    def _mark(self, leaf: Any, context: list[Draft]) -> None:
        token: Token = leaf.value if hasattr(leaf, "value") else leaf
        if token.type == "ALWAYS":
            self.drafts.append(Draft("rule", _place(token), {"kind": "continuous"}))
        else:
            self._soften(token, context)

    def _soften(self, token: Token, context: list[Draft]) -> None:
        if not context:
            self._pending_soft = token
            raise Unfit(_place(token))
        for draft in context:
            if draft.dated:
                draft.values["soft"] = True
            elif draft.kind != "rule":
                raise Unfit(_place(token))

    def _part(
        self, part: Tree[Any], separator: str, before: list[Draft], context: list[Draft], group: list[Draft]
    ) -> None:
        match part.data:
            case "point":
                self._point(part, separator, before, context, group)
            case "after_event" | "before_event" | "before_named" | "after_date":
                self.drafts.append(self._span(part))
            case "on_event":
                self._event(part, context)
            case "on_request":
                places = [leaf.value.value[0] for leaf in part.children]
                if context and context[-1].values.get("kind") == "on_request":
                    return
                self.drafts.append(Draft("rule", places[0], {"kind": "on_request", "event": self._words(*places)}))
            case "external":
                leaf = part.children[-1].value
                self.drafts.append(
                    Draft("rule", _place(leaf), {"kind": "external", "document": self._words(*leaf.value)})
                )

    def _words(self, *places: Place) -> str:
        return " ".join(" ".join(self.text[start:end].split()) for start, end in places)

    def _event(self, part: Tree[Any], context: list[Draft]) -> None:
        token = part.children[-1].value
        words = self._words(*token.value)
        dated = [draft for draft in context if draft.dated]
        if dated:
            for draft in dated:
                draft.values["condition"] = words
        elif any(draft.kind in ("recurring", "unit") for draft in context):
            raise Unfit(_place(token))
        else:
            draft = Draft("rule", _place(token), {"kind": "on_event", "event": words})
            lasting = next((d for d in context if d.values.get("kind") == "continuous"), None)
            self.drafts.insert(self.drafts.index(lasting) if lasting else len(self.drafts), draft)

    # Spans

    def _span(self, part: Tree[Any]) -> Draft:
        count = next(node for node in part.children if getattr(node, "data", "") == "count")
        tokens = [leaf.value for leaf in count.children]
        number = self._number(tokens[0])
        unit = _UNITS[tokens[1].type]
        if tokens[-1].type == "WORKING":
            unit = f"working_{unit}"
        if tokens[1].type == "WEEK":
            number *= 7
        if part.data == "after_date":
            return self._after_date(part, number, unit)
        text = next(leaf.value for leaf in part.children if getattr(leaf, "type", "") == "TEXT")
        kind = "after_event" if part.data == "after_event" else "before_event"
        values = {"kind": kind, "event": self._words(*text.value), "count": number, "unit": unit}
        return Draft("rule", _ends(part), values)

    def _after_date(self, part: Tree[Any], number: int, unit: str) -> Draft:
        days = self._when(part.children[-1])
        if len(days.items) != 1 or unit not in ("day", "month", "year"):
            raise Unfit(_ends(part))
        start = _day(days, days.items[0], self.year)
        try:
            last = start + timedelta(days=number) if unit == "day" else months_after(start, number * _MONTHS_OF[unit])
        except (ValueError, OverflowError):
            raise Unfit(_ends(part)) from None
        return Draft("date", _ends(part), {"kind": "by_date", "date": last, "opens": start})

    def _number(self, token: Token) -> int:
        """The value of a number; Unfit where figures and words differ."""
        written = int(self.text[slice(*token.value[0])]) if token.value else token.number
        if (token.number > 0 and written != token.number) or not 0 < written < 1000:
            raise Unfit(_place(token))
        return written

    def _year(self, token: Token) -> int:
        year = int(self.text[slice(*token.value[-1])])
        if not 1990 <= year <= 2100:
            raise Unfit(_place(token))
        return year

    # Points in time

    def _point(
        self, part: Tree[Any], separator: str, before: list[Draft], context: list[Draft], group: list[Draft]
    ) -> None:
        operators = {node.children[0].type for node in part.children if getattr(node, "data", "") == "operator"}
        nodes = [node for node in part.children if hasattr(node, "data") and node.data not in ("operator", "every")]
        whens = [self._when(node) for node in nodes]
        every = next((node for node in part.children if getattr(node, "data", "") == "every"), None)
        leaves = [leaf.value for leaf in part.children if not hasattr(leaf, "data")]
        place = _ends(part)
        recurrence = self._unit(every.children[-1]) if every else None
        times = next((token for token in leaves if token.type == "TIMES"), None)
        if times and self._number(times) != 1:
            raise Unfit(place)
        found = self._found(operators, whens, recurrence, bool(times), place)
        self._fit(found, whens[0], operators, separator, before, context, group, place)

    def _found(
        self, operators: set[str], whens: list[When], recurrence: tuple[Every, int] | None, times: bool, place: Place
    ) -> list[Draft]:
        first = whens[0]
        if "AFTER" in operators or (len(whens) == 1 and "FROM" in operators):
            raise Unfit(place)
        if len(whens) == 2:
            return [self._between(first, whens[1], place)]
        match first.kind:
            case "days":
                return self._days(first, operators, recurrence, place)
            case "periods":
                return self._periods(first, operators, recurrence, place)
            case "unit":
                return self._units(first, operators, recurrence, times, place)
            case _:
                return self._monthday(first, operators, recurrence, place)

    def _between(self, first: When, last: When, place: Place) -> Draft:
        kinds = first.kind, last.kind
        if len(first.items) != 1 or len(last.items) != 1 or first.consecutive:
            raise Unfit(place)
        if kinds == ("periods", "periods"):
            return self._through(first.items[0], last.items[0], place)
        opens, _ = self._bounds(first, last)
        _, closes = self._bounds(last, first)
        if opens > closes:
            raise Unfit(place)
        return Draft("date", place, {"kind": "by_date", "date": closes, "opens": opens})

    def _bounds(self, when: When, other: When) -> tuple[date, date]:
        year = self.year
        for item in other.items:
            year = item[0] or year if other.kind == "days" else item[2] or year
        if when.kind == "days":
            day = _day(when, when.items[0], year)
            return day, day
        if when.kind == "periods":
            period = self._period(when.items[0], year, when.place)
            return period.first, period.last
        raise Unfit(when.place)

    def _through(
        self, first: tuple[Every, int, int | None], last: tuple[Every, int, int | None], place: Place
    ) -> Draft:
        """From one period to another; a year that only one of them names is the other's too, or its neighbour's."""
        (unit, start, year), (other, end, until) = first, last
        order = start * _LENGTH[unit] <= end * _LENGTH[other]
        if year is None and until is None:
            if not order:
                raise Unfit(place)
            year = until = self.year
        elif year is None and until is not None:
            year = until if order else until - 1
        elif until is None and year is not None:
            until = year if order else year + 1
        assert year is not None
        opening, closing = (
            self._period((unit, start, year), year, place),
            self._period((other, end, until), year, place),
        )
        if opening.first > closing.first:
            raise Unfit(place)
        return Draft("period", place, {"kind": "period", "period": str(opening), "until": str(closing)})

    def _days(self, when: When, operators: set[str], recurrence: tuple[Every, int] | None, place: Place) -> list[Draft]:
        if operators & {"EACH", "PERIODIC", "WHOLE"}:
            raise Unfit(place)
        before = "BEFORE" in operators and not when.spread
        if recurrence:
            if recurrence != ("year", 12) or any(item[0] for item in when.items):
                raise Unfit(place)
            return [
                Draft("recurring", place, {"every": "year", "day": day, "month": month, "before": before})
                for _, month, day in when.items
                if _day(when, (2000, month, day), 2000)
            ]
        kind = "before_date" if before else "by_date"
        return [
            Draft("date", place, {"kind": kind, "parts": item, "when": when}, year_named=item[0] is not None)
            for item in _years_filled(when.items, 0)
        ]

    def _periods(
        self, when: When, operators: set[str], recurrence: tuple[Every, int] | None, place: Place
    ) -> list[Draft]:
        items = _years_filled(when.items, 2)
        if "EACH" in operators:
            raise Unfit(place)
        if recurrence:
            if recurrence != ("year", 12) or any(item[2] for item in items) or operators & {"BEFORE"}:
                raise Unfit(place)
            numbers = tuple(item[1] for item in items)
            [self._period(item, 2000, place) for item in items]
            return [Draft("recurring", place, {"every": items[0][0], "only": numbers})]
        yearly = all(item[2] in (None, self.year) for item in items)
        if "PERIODIC" in operators and items[0][0] == "quarter" and yearly and not operators & {"BEFORE", "BY", "END"}:
            [self._period(item, self.year, place) for item in items]
            return [Draft("recurring", place, {"every": "quarter", "only": tuple(item[1] for item in items)})]
        if when.consecutive:
            found = self._through(items[0], items[-1], place)
            found.values["list"] = tuple(item[1] for item in when.items)
            found.year_named = items[-1][2] is not None
            return [self._ended(found, operators, place)]
        return [
            self._ended(
                Draft("period", place, {"kind": "period", "parts": item, "when": when}, year_named=item[2] is not None),
                operators,
                place,
            )
            for item in items
        ]

    def _ended(self, draft: Draft, operators: set[str], place: Place) -> Draft:
        """A period as its operator makes it: a day before it, its end, or any day in it."""
        draft.values["edge"] = "before" if "BEFORE" in operators else "end" if operators & {"BY", "END"} else ""
        if {"BEFORE", "END"} <= operators:
            raise Unfit(place)
        return draft

    def _units(
        self, when: When, operators: set[str], recurrence: tuple[Every, int] | None, times: bool, place: Place
    ) -> list[Draft]:
        every, length = when.items[0]
        if "BEFORE" in operators or recurrence:
            raise Unfit(place)
        if operators & {"EACH", "PERIODIC"} or times:
            return [Draft("recurring", place, {"every": every, "length": length})]
        if every == "year" and operators & {"IN", "WHOLE", "END"}:
            edge = "end" if "END" in operators else ""
            return [Draft("period", place, {"kind": "period", "period": str(self.year), "edge": edge})]
        if operators:
            raise Unfit(place)
        return [Draft("unit", place, {"every": every, "length": length})]

    def _monthday(
        self, when: When, operators: set[str], recurrence: tuple[Every, int] | None, place: Place
    ) -> list[Draft]:
        day, position, owner, following = when.items
        if recurrence:
            if position or recurrence[0] != "month":
                raise Unfit(place)
            owner, position = "month", "LAST"
        before = "BEFORE" in operators
        return [
            Draft(
                "monthday",
                place,
                {"day": day, "position": position, "every": owner, "next": following, "before": before},
            )
        ]

    # Fitting together

    def _fit(
        self,
        found: list[Draft],
        when: When,
        operators: set[str],
        separator: str,
        before: list[Draft],
        context: list[Draft],
        group: list[Draft],
        place: Place,
    ) -> None:
        head = context or (before if separator == "COMMA" else [])
        if found[0].kind == "monthday":
            self._day_for(found[0], context, head, group)
        elif found[0].kind == "date" and self._bound(found, head, bool(context)):
            pass
        elif found[0].kind in ("unit", "recurring") and context and all(d.kind == "date" for d in context):
            self._take_dates(found, context, place)
        elif context and any(d.kind != "rule" for d in context):
            raise Unfit(place)
        else:
            if separator in ("COMMA", "AND") and found[0].kind == "date" and not operators:
                self._inherit(found, before)
            if separator == "OR" and (found[0].dated or any(d.dated for d in before)):
                raise Unfit(place)
            self.drafts += found

    def _inherit(self, found: list[Draft], before: list[Draft]) -> None:
        if before and all(d.kind == "date" for d in before):
            for draft in found:
                draft.values["kind"] = before[-1].values["kind"]

    def _bound(self, found: list[Draft], head: list[Draft], close: bool) -> bool:
        """Let days bind the periods or recurring reports that stand before them."""
        periods = [d for d in head if d.kind == "period"]
        recurring = [d for d in head if d.kind in ("recurring", "unit") and not d.values.get("day")]
        if periods and len(periods) == len([d for d in head if d.kind != "rule"]):
            if not close and not all(self._inside(day, periods) for day in found):
                return False
            year = self._year_of(periods[-1])
            for draft in found:
                if not draft.year_named:
                    item = draft.values["parts"]
                    draft.values["parts"] = (year, *item[1:])
                    draft.year_named = True
            for draft in periods:
                self.drafts.remove(draft)
                head.remove(draft)
            self.drafts += found
            return True
        if recurring and len(found) in (1, len(recurring)):
            if not close and (len(recurring) != len(found) or recurring[-1].kind == "unit"):
                return False
            self._take_dates(recurring[-len(found) :], found, found[0].place, kept=True)
            return True
        return False

    def _inside(self, draft: Draft, periods: list[Draft]) -> bool:
        bounds = [self._span_of(period) for period in periods]
        parts = draft.values.get("parts")
        if not parts:
            return False
        day = _day(draft.values["when"], parts, self._year_of(periods[-1]))
        return any(first <= day <= last + timedelta(days=1) for first, last in bounds)

    def _span_of(self, draft: Draft) -> tuple[date, date]:
        values = draft.values
        if "parts" in values:
            period = self._period(values["parts"], self.year, draft.place)
            return period.first, period.last
        return Period.parse(values["period"]).first, Period.parse(values.get("until") or values["period"]).last

    def _year_of(self, draft: Draft) -> int:
        return self._span_of(draft)[1].year

    def _take_dates(self, reports: list[Draft], days: list[Draft], place: Place, kept: bool = False) -> None:
        """Give each recurring report its day of the year."""
        if len(reports) != len(days) or any(day.year_named for day in days):
            raise Unfit(place)
        for report, day in zip(reports, days, strict=True):
            _, month, number = day.values["parts"]
            _day(day.values["when"], day.values["parts"], self.year)
            self._recur(report)
            every, only = report.values["every"], report.values.get("only")
            if every == "half_year" and not only:
                only = report.values["only"] = (1 if month <= 7 else 2,)
            if every not in ("year",) and (not only or len(only) != 1):
                raise Unfit(place)
            start = 0 if every == "year" else (only[0] - 1) * _LENGTH[every]
            if not 1 <= month - start <= 24:
                raise Unfit(place)
            report.values |= {"day": number, "before": day.values["kind"] == "before_date"}
            if month - start != _LENGTH[every]:
                report.values["month"] = month - start
        if not kept:
            for day in days:
                self.drafts.remove(day)
            self.drafts += reports

    def _day_for(self, draft: Draft, context: list[Draft], head: list[Draft], group: list[Draft]) -> None:
        """Let a day of the month ("ngày 19 tháng cuối quý") bind the reports named before it, or stand for itself."""
        values = draft.values
        position, owner = values["position"], values["every"]
        reports = [d for d in group if d.kind in ("recurring", "unit") and not d.values.get("day") and d in self.drafts]
        day = {"day": values["day"], "before": values["before"]}
        if not position:
            self._plain_day(draft, context, head, reports, day)
            return
        if reports and (owner is None or context or head):
            for report in reports:
                self._recur(report)
                report.values |= day | self._month(draft, report.values["every"])
        elif owner:
            self.drafts.append(Draft("recurring", draft.place, {"every": owner, **day, **self._month(draft, owner)}))
        else:
            raise Unfit(draft.place)

    def _plain_day(
        self, draft: Draft, context: list[Draft], head: list[Draft], reports: list[Draft], day: dict[str, Any]
    ) -> None:
        """A bare "ngày 20": of the month that stands before it."""
        months = [d for d in head if d.kind == "period" and d.values.get("parts", ("",))[0] == "month"]
        if reports and all(d.values["every"] == "month" for d in reports) and (context or head):
            for report in reports:
                self._recur(report)
                report.values |= day
        elif len(months) == 1 and len(head) == 1:
            _, number, year = months[0].values["parts"]
            kind = "before_date" if day["before"] else "by_date"
            parts = (year, number, day["day"])
            when = When("days", (), draft.place)
            self.drafts[self.drafts.index(months[0])] = Draft(
                "date", draft.place, {"kind": kind, "parts": parts, "when": when}, months[0].year_named
            )
        else:
            raise Unfit(draft.place)

    def _month(self, draft: Draft, every: str) -> dict[str, int]:
        position, following = draft.values["position"], draft.values["next"]
        length = _LENGTH[every]
        if position == "NEXT":
            return {"month": length + 1}
        if position == "FIRST":
            return {"month": length + 1 if following else 1}
        if following:
            return {"month": 2 * length}
        return {}

    def _recur(self, draft: Draft) -> None:
        """A unit or a single period as a recurring report."""
        draft.kind = "recurring"

    def _settle_units(self) -> None:
        units = [d for d in self.drafts if d.kind == "unit"]
        reports = [d for d in self.drafts if d.kind in ("unit", "recurring")]
        if len(reports) > 1:
            for draft in units:
                draft.kind = "recurring"
        for draft in [d for d in self.drafts if d.kind == "unit"]:
            self.wrong.append(draft.place)
            self.drafts.remove(draft)
        self._settle_recurring()
        self._settle_years()

    def _settle_recurring(self) -> None:
        reports = [d for d in self.drafts if d.kind == "recurring"]
        yearly = any(d.values["every"] == "year" for d in reports)
        for draft in reports:
            length = draft.values.pop("length", None)
            if length is None:
                continue
            if length == 9:
                self._nine_months(draft)
            elif length not in _OF_MONTHS:
                self.wrong.append(draft.place)
                self.drafts.remove(draft)
            else:
                draft.values["every"] = _OF_MONTHS[length]
                if length == 6 and yearly and not draft.values.get("only"):
                    draft.values["only"] = (1,)

    def _nine_months(self, draft: Draft) -> None:
        """NĐ 09/2019/NĐ-CP, Điều 12 knows a report on nine months, which is no period that fills a year."""
        day = draft.values.pop("day", None)
        values = {"kind": "period", "period": f"{self.year}-Q1", "until": f"{self.year}-Q3", "edge": ""}
        if day:
            before = draft.values.get("before")
            month = draft.values.get("month") or 9
            values = {
                "kind": "before_date" if before else "by_date",
                "parts": (self.year, month, day),
                "when": When("days", (), draft.place),
            }
        draft.kind, draft.values = "date" if day else "period", values

    def _settle_years(self) -> None:
        """Give days and periods without a year that of the plan, unless another year stands beside them."""
        later: dict[str, int] = {}
        for draft in reversed(self.drafts):
            parts = draft.values.get("parts")
            if not parts:
                continue
            at, kind = (0, "day") if draft.kind == "date" else (2, parts[0])
            if parts[at]:
                later[kind] = parts[at]
            else:
                draft.values["parts"] = (*parts[:at], later.get(kind), *parts[at + 1 :])
        earlier: dict[str, int] = {}
        for draft in list(self.drafts):
            parts = draft.values.get("parts")
            if not parts:
                continue
            at, kind = (0, "day") if draft.kind == "date" else (2, parts[0])
            if parts[at]:
                earlier[kind] = parts[at]
            elif earlier.get(kind, self.year) != self.year:
                self.wrong.append(draft.place)
                self.drafts.remove(draft)
                continue
            try:
                self._finish(draft)
            except Unfit as unfit:
                self.wrong.append(unfit.place)
                self.drafts.remove(draft)

    def _finish(self, draft: Draft) -> None:
        parts = draft.values.pop("parts")
        when = draft.values.pop("when")
        if draft.kind == "date":
            draft.values["date"] = _day(when, parts, self.year)
        else:
            draft.values["period"] = str(self._period(parts, self.year, draft.place))

    # What the tree's leaves say

    def _period(self, item: tuple[Every, int, int | None], year: int, place: Place) -> Period:
        every, number, named = item
        if not 1 <= number <= 12 // _LENGTH[every]:
            raise Unfit(place)
        return Period(named or year, every, number)

    def _when(self, node: Tree[Any]) -> When:
        place = _ends(node)
        match node.data:
            case "dates":
                return When("days", tuple(self._date(item) for item in node.children if hasattr(item, "data")), place)
            case "clock":
                inner = self._when(node.children[-1])
                return When("days", inner.items, place, spread=True)
            case "months" | "quarters" | "months_through" | "quarters_through":
                return self._numbered(node, place)
            case "first_months" | "last_months" | "first_half" | "last_half":
                return self._part_of_year(node, place)
            case "year":
                return When("periods", (("year", 1, self._year(node.children[0].value)),), place)
            case "lastday" | "last_month":
                return self._last_day(node, place)
            case "monthday" | "edge_day" | "next_day":
                return self._month_day(node, place)
            case _:
                return When("unit", (self._unit(node),), place)

    def _date(self, node: Tree[Any]) -> tuple[int | None, int, int]:
        tokens = [leaf.value for leaf in node.children]
        named = [token for token in tokens if token.type == "YEAR"]
        year = self._year(named[0]) if named else None
        whole = next((token for token in tokens if token.type in ("DATE", "DAYMONTH")), None)
        if whole:
            day, month = (int(self.text[slice(*at)]) for at in whole.value[:2])
            year = self._year(whole) if whole.type == "DATE" else year
        else:
            day, month = (self._number(token) for token in tokens if token.type == "NUMBER")
        if node.data == "next_year":
            year = self.year + 1
        return year, month, day

    def _numbered(self, node: Tree[Any], place: Place) -> When:
        every: Every = "month" if str(node.data).startswith("months") else "quarter"
        items = []
        for inner in node.children:
            if hasattr(inner, "data"):
                tokens = [leaf.value for leaf in inner.children]
                number = self._number(tokens[0])
                items.append((every, number, self._year(tokens[1]) if len(tokens) > 1 else None))
        through = str(node.data).endswith("through")
        numbers = [item[1] for item in items]
        named = sum(item[2] is not None for item in items[:-1])
        listed = len(items) > 1 and not named and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        if through and len(items) > 2 and not listed:
            raise Unfit(place)
        return When("periods", tuple(items), place, consecutive=through or listed)

    def _part_of_year(self, node: Tree[Any], place: Place) -> When:
        tokens = [leaf.value for leaf in node.children]
        year = self._year(tokens[-1]) if tokens[-1].type == "YEAR" else None
        half = str(node.data).endswith("half")
        months = 6 if half else self._number(tokens[0])
        first = str(node.data).startswith("first")
        if months == 6:
            return When("periods", (("half_year", 1 if first else 2, year),), place)
        if not 1 <= months < 12:
            raise Unfit(place)
        if months % 3 == 0:
            every: Every = "quarter"
            numbers = range(1, months // 3 + 1) if first else range(5 - months // 3, 5)
        else:
            every, numbers = "month", range(1, months + 1) if first else range(13 - months, 13)
        return When("periods", tuple((every, number, year) for number in numbers), place, consecutive=len(numbers) > 1)

    def _unit(self, node: Tree[Any]) -> tuple[Every, int]:
        if node.data in ("some_months", "some_years"):
            number = self._number(node.children[0].value)
            if node.data == "some_years" and number != 1:
                raise Unfit(_ends(node))
            return ("year", 12) if node.data == "some_years" else (_OF_MONTHS.get(number, "month"), number)
        every = _EVERY[str(node.data)]
        return every, _LENGTH[every]

    def _month_day(self, node: Tree[Any], place: Place) -> When:
        tokens = [leaf.value for leaf in node.children if not hasattr(leaf, "data")]
        day = self._number(tokens[1])
        if day > 31:
            raise Unfit(place)
        if node.data == "next_day":
            return When("monthday", (day, "NEXT", None, True), place)
        position = next((token.type for token in tokens if token.type in ("FIRST", "LAST")), "")
        owner = next((n for n in node.children if hasattr(n, "data")), None)
        inner = {leaf.type for leaf in owner.children} if owner else set()
        every = "quarter" if "QUARTER" in inner else "year" if "YEARLY" in inner else None
        return When("monthday", (day, position, every, "NEXT" in inner), place)

    def _last_day(self, node: Tree[Any], place: Place) -> When:
        each = any(getattr(leaf, "type", "") == "EACH" for leaf in node.children)
        if node.data == "last_month":
            return When("unit", (("quarter", 3),), place)
        if not each:
            raise Unfit(place)
        return When("unit", (self._unit(node.children[-1]),), place)


_MONTHS_OF: Mapping[str, int] = {"month": 1, "year": 12}


def _years_filled(items: Sequence[tuple[Any, ...]], at: int) -> list[tuple[Any, ...]]:
    """Items without a year take that of the next one that names it."""
    found: list[tuple[Any, ...]] = []
    year = None
    for item in reversed(items):
        year = item[at] or year
        found.append((*item[:at], year, *item[at + 1 :]))
    return found[::-1]


def _day(when: When, parts: tuple[int | None, int, int], year: int) -> date:
    named, month, day = parts
    try:
        return date(named or year, month, day)
    except ValueError:
        raise Unfit(when.place) from None


def _place(token: Token) -> Place:
    return token.start, token.end


def _leaves(tree: Tree[Any]) -> Iterator[Token]:
    for node in tree.children:
        if hasattr(node, "data"):
            yield from _leaves(node)
        else:
            yield node.value


def _ends(tree: Tree[Any]) -> Place:
    found = list(_leaves(tree))
    return found[0].start, found[-1].end


def _rule(draft: Draft) -> AnyRule:
    from tthc_cli import rules

    values = {k: v for k, v in draft.values.items() if k not in ("edge", "list") and v not in (None, ())}
    if draft.kind == "recurring":
        return rules.Recurring(kind="recurring", **values)
    match values.pop("kind"):
        case "period":
            return _of_period(draft.values.get("edge", ""), values)
        case "by_date":
            return rules.ByDate(kind="by_date", **values)
        case "before_date":
            return rules.BeforeDate(kind="before_date", **values)
        case "after_event":
            return rules.AfterEvent(kind="after_event", **values)
        case "before_event":
            return rules.BeforeEvent(kind="before_event", **values)
        case "on_event":
            return rules.OnEvent(kind="on_event", **values)
        case "on_request":
            return rules.OnRequest(kind="on_request", **values)
        case "external":
            return rules.External(kind="external", **values)
        case _:
            return rules.Continuous(kind="continuous")


def _of_period(edge: str, values: dict[str, Any]) -> AnyRule:
    from tthc_cli import rules

    if not edge:
        return rules.InPeriod(kind="period", **values)
    period = values.pop("period")
    until = values.pop("until", period)
    if edge == "before":
        return rules.BeforeDate(kind="before_date", date=Period.parse(period).first, **values)
    return rules.ByDate(kind="by_date", date=Period.parse(until).last, **values)
