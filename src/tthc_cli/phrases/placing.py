"""Where a draft finds its place: for itself, or binding or bound by the drafts that stand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TypeVar

from tthc_cli.periods import MONTHS
from tthc_cli.phrases.cursor import Place
from tthc_cli.phrases.drafts import Dated, Draft, InSpan, OnDay, Other, Report
from tthc_cli.phrases.points import Unfit
from tthc_cli.tuples import NamedTuple

# A report may be due in the month after the period it stands beside; a day beyond that contradicts the period.
_GRACE = 31
D = TypeVar("D", bound=Draft)


class Around(NamedTuple):
    """What stands around a part.

    separator: what parts its clause from the one before; close: drafts it stands beside, or behind as an aside;
    before: those of the clause before; group: all since the sentence began; aside: the part stands in parentheses.
    """

    separator: str
    close: list[Draft]
    before: list[Draft]
    group: list[Draft]
    aside: bool = False

    @property
    def near(self) -> list[Draft]:
        """The drafts that the part may bind or be bound by."""
        return self.close or (self.before if self.separator == "COMMA" else [])

    def listed(self, kind: type[D]) -> list[D]:
        """The drafts of a kind that the part goes on listing: "ngày 15/6 và ngày 15/12"."""
        found: list[D] = []
        if self.separator in ("COMMA", "AND"):
            for draft in reversed(self.group):
                if not isinstance(draft, kind):
                    break
                found.insert(0, draft)
        return found

    @property
    def dated_report(self) -> Report | None:
        """The report with its day to which the part adds another day: "ngày 15/6 hằng năm và 15/12"."""
        last = self.group[-1] if self.group and self.separator in ("COMMA", "AND") else None
        return last if isinstance(last, Report) and last.day else None

    def lone_report(self, months: int) -> list[Report]:
        """The one report of that length without a day that the part stands beside."""
        found = [draft for draft in self.close if isinstance(draft, Report) and not draft.day]
        return found if len(found) == len(self.close) == 1 and found[0].months == months else []


def _is_bare_year(draft: Draft) -> bool:
    return isinstance(draft, Report) and draft.months == 12 and not draft.day and draft.sure


def _counted(draft: Draft) -> bool:
    return isinstance(draft, Other) and draft.kind in ("after_event", "before_event")


class Placing:
    """The drafts of a phrase as they come; `wrong` holds the places of words without meaning."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.drafts: list[Draft] = []
        self.wrong: list[Place] = []

    def add(self, *drafts: Draft) -> None:
        """Let drafts stand at the end."""
        self.drafts += drafts

    def stand(self, place: Place, found: Sequence[Draft], around: Around) -> None:
        """Let drafts stand for themselves, where nothing beside them says something else."""
        if not (around.close or around.before):
            self.drafts += found
            return
        bindings = self._scope, self._narrow, self._heading, self._more_months, self._each_year
        if any(bind(found, around) for bind in bindings):
            return
        # "thường xuyên (báo cáo trước 15/12)" are two duties, "thường xuyên đến 15/12" is none that is known
        spans = any(isinstance(d, InSpan) or (isinstance(d, OnDay) and (d.opens or not around.aside)) for d in found)
        if any(not isinstance(draft, Other) or (spans and draft.kind == "continuous") for draft in around.close):
            raise Unfit(place)
        if any(map(_counted, around.near)) and any(isinstance(draft, Dated) for draft in found):
            raise Unfit(place)
        if around.separator == "COMMA" and any(self._only_tells(draft, around.before) for draft in found):
            raise Unfit(place)
        if around.separator == "OR" and any(isinstance(draft, Dated) for draft in (*found, *around.before)):
            raise Unfit(place)
        self._await(found, around)
        self.add(*found)

    def _scope(self, found: Sequence[Draft], around: Around) -> bool:
        """ "Thường xuyên trong năm 2021": the year says only where a duty without a last day stands."""
        lasting = [draft for draft in around.near if isinstance(draft, Other) and draft.kind == "continuous"]
        scope = found[0]
        if not lasting or len(around.near) > 1 or not isinstance(scope, InSpan):
            return False
        return scope.first.every == "year" and scope.edge != "before"

    def _only_tells(self, draft: Draft, before: Sequence[Draft]) -> bool:
        """Whether it may be no duty of its own: "trước 15/6, chậm nhất 20/6", "tháng 5, quý II"."""
        days = [own for own in before if isinstance(own, Dated)]
        if isinstance(draft, Dated) and draft.latest and not all(day.latest for day in days):
            return True
        if not isinstance(draft, InSpan) or draft.first != draft.last or draft.first.every != "quarter":
            return False
        return any(draft.holds(day, self.year) for day in days)

    def _heading(self, found: Sequence[Draft], around: Around) -> bool:
        """ "Trước ngày 15/7/2021 (quý III)": a period that holds the day beside it says nothing more."""
        days = [draft for draft in around.close if isinstance(draft, OnDay)]
        spans = [draft for draft in found if isinstance(draft, InSpan) and not draft.edge]
        if len(days) != 1 or len(around.close) != 1 or len(spans) != 1 or len(found) != 1:
            return False
        if spans[0].last.year is None and days[0].day.year:
            spans[0].name_year(days[0].day.year)
        return self._inside(days[0], spans)

    def _more_months(self, found: Sequence[Draft], around: Around) -> bool:
        """ "Ngày 15 tháng 6 và tháng 12": the day is of every month that is added."""
        day = around.before[-1] if around.before and around.separator in ("COMMA", "AND") else None
        months = [draft for draft in found if isinstance(draft, InSpan) and draft.first.every == "month"]
        if not isinstance(day, OnDay) or not day.spoken or len(months) != len(found) or any(m.edge for m in months):
            return False
        for month in months:
            of = day.day._replace(place=month.place, month=month.first.number, year=month.first.year)
            self.add(OnDay(month.place, of, day.before, spoken=True))
        return True

    def _each_year(self, found: Sequence[Draft], around: Around) -> bool:
        """ "Hàng năm (quý IV)", "Quý IV (hàng năm)": of every year, that period."""
        near, spans = list(around.near), [draft for draft in found if isinstance(draft, InSpan)]
        yearly = near if spans else list(found)
        spans = spans or [draft for draft in near if isinstance(draft, InSpan)]
        if not spans or len(spans) not in (len(found), len(near)) or len(yearly) != 1 or not _is_bare_year(yearly[0]):
            return False
        if any(span.last.year or span.edge or span.first.every == "year" for span in spans):
            return False
        self.drafts = [draft for draft in self.drafts if draft not in near]
        self.add(*(Report(span.place, MONTHS[span.first.every], only=span.numbers) for span in spans))
        return True

    def open_reports(self, group: Sequence[Draft], months: int) -> list[Report]:
        """The reports without a day of a sentence.

        Quarters listed beside them are reports too, or before a day of their last month: of a period `months` long.
        """
        reported = any(isinstance(draft, Report) for draft in group)
        found: list[Report] = []
        for draft in group:
            if isinstance(draft, InSpan) and draft.reportable_in(self.year) and (reported or draft.months == months):
                report = Report(draft.place, MONTHS[draft.first.every], only=draft.numbers)
                self.drafts[self.drafts.index(draft)] = report
                found.append(report)
            elif isinstance(draft, Report) and not draft.day:
                found.append(draft)
        return found

    def last(self, place: Place, around: Around) -> None:
        """Let a duty last without end; a year beside it says only where it stands."""
        scope = [draft for draft in around.near if isinstance(draft, InSpan) and draft.first.every == "year"]
        yearly = [draft for draft in around.near if _is_bare_year(draft)]
        if len(around.near) == 1 and ((scope and scope[0].edge != "before") or yearly):
            self.drafts.remove(around.near[0])
        self.add(Other(place, "continuous"))

    def _narrow(self, found: Sequence[Draft], around: Around) -> bool:
        """ "Quý III (tháng 8/2021)": a period beside a longer one that holds it binds."""
        wide = around.close[0] if len(around.close) == 1 else None
        if not isinstance(wide, InSpan) or wide.edge or not all(isinstance(draft, InSpan) for draft in found):
            return False
        for draft in found:
            assert isinstance(draft, InSpan)
            if draft.last.year is None:
                draft.name_year(wide.last.year)
            elif wide.last.year is None:
                wide.name_year(draft.last.year)
            (first, last), own = wide.bounds(self.year), draft.bounds(self.year)
            if own == (first, last) or not first <= own[0] <= own[1] <= last:
                raise Unfit(draft.place)
            draft.condition, draft.soft = wide.condition, wide.soft
        at = self.drafts.index(wide)
        self.drafts[at : at + 1] = found
        return True

    def _await(self, found: Sequence[Draft], around: Around) -> None:
        """ "sau khi …, chậm nhất ngày …": the event is the day's condition."""
        near = around.near
        events = [draft for draft in near if isinstance(draft, Other) and draft.kind == "on_event"]
        if len(events) == 1 and len(near) == 1 and all(isinstance(draft, Dated) for draft in found):
            for draft in found:
                assert isinstance(draft, Dated)
                draft.condition = events[0].fields["event"]
            self.drafts.remove(events[0])

    def bind(self, found: list[OnDay], around: Around) -> bool:
        """Let days bind the periods or the reports that stand before them; False where they stand for themselves."""
        near = around.near
        if not near:
            return False
        periods = [draft for draft in near if isinstance(draft, InSpan)]
        reports = [draft for draft in near if isinstance(draft, Report) and not draft.day]
        if periods and len(periods) == len(near):
            # "tháng 6, chậm nhất ngày 10/7": one duty or two?
            if not all(self._inside(day, periods, _GRACE if around.close else 0) for day in found):
                raise Unfit(found[0].place)
            at = self.drafts.index(periods[0])
            self.drafts = [draft for draft in self.drafts if draft not in periods]
            year = periods[-1].last.year
            for draft in found:
                draft.day = draft.day._replace(year=draft.day.year or year)
                draft.condition, draft.soft = periods[-1].condition, periods[-1].soft
                draft.of = periods[-1].first.every
            self.drafts[at:at] = found
            return True
        return bool(reports) and len(reports) == len(near) and self._date(reports, found, around)

    def _date(self, reports: list[Report], found: list[OnDay], around: Around) -> bool:
        """Give reports their days; False where it is not told which day is whose."""
        open_ = [draft for draft in around.group if isinstance(draft, Report) and not draft.day]
        reports = self._shared(open_ if len(open_) == len(found) else reports, len(found))
        if len(reports) != len(found) or (around.close and 1 < len(open_) != len(found)):
            raise Unfit(found[0].place)
        if not around.close and not all(report.months == 12 or report.only for report in reports):
            return False
        for report, draft in zip(reports, found, strict=True):
            report.on(draft.day, draft.before, self.year)
        return True

    def _shared(self, reports: list[Report], count: int) -> list[Report]:
        """One report for each of several days: the same again, or its periods one by one."""
        first, one_each = reports[0], reports[0].months * count == 12
        if len(reports) > 1 or count == 1 or first.only or not (one_each or first.months == 12):
            return reports
        only = [(number,) if one_each else () for number in range(1, count + 1)]
        at = self.drafts.index(first)
        first.only = only[0]
        self.drafts[at + 1 : at + 1] = [Report(first.place, first.months, only=own) for own in only[1:]]
        return [draft for draft in self.drafts[at : at + count] if isinstance(draft, Report)]

    def _inside(self, draft: OnDay, periods: Iterable[InSpan], grace: int = 0) -> bool:
        """Whether a day lies in one of the periods, or so many days after it."""
        for period in periods:
            first, last = period.bounds(self.year)
            if first <= draft.day.date(last.year) <= last + timedelta(days=max(grace, draft.before)):
                return True
        return False
