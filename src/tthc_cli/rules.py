"""Every kind of deadline rule, each a class that answers its own question, and their union."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal, Self

from tthc_cli.periods import MONTHS, Every, Period, months_after
from tthc_cli.records import Deadline, Event, Unit
from tthc_cli.tuples import NamedTuple
from tthc_cli.workdays import Calendar
from tthc_cli.written import Checked, DayOfMonth, PositiveInt, Terms, Unsound, Written


class Setting(NamedTuple):
    """What a rule needs to know of the world: the plan's year, the working calendar, the events by kind."""

    year: int
    calendar: Calendar
    events: Mapping[str, tuple[Event, ...]]


def _written_period(text: str) -> str:
    try:
        Period.parse(text)
    except ValueError:
        raise Unsound("period") from None
    return text


_UNSAID = frozenset({"event", "condition", "document", "once", "of_agency", "window", "occasion"})
PeriodText = Annotated[str, Checked(_written_period)]


class Rule(Written):
    """One deadline as a plan gives it.

    dated: it yields days; read: somebody has read the words; basis: keys of the legal sources in `wording`.
    """

    kind: str
    dated: ClassVar[bool] = True
    read: ClassVar[bool] = True
    basis: ClassVar[tuple[str, ...]] = ()

    def deadlines(self, setting: Setting) -> Iterator[Deadline]:
        """The deadlines that this rule yields in a setting."""
        raise NotImplementedError

    def awaited(self) -> str | None:
        """Kind of event that this rule starts from."""
        return None

    def periods(self, year: int) -> tuple[Period, ...]:
        """The periods that tell its occasions apart."""
        return ()

    def window_of(self, period: Period) -> tuple[date, date] | None:
        """First and last day of the data that a report on this period covers."""
        return None

    def needed(self) -> str | None:
        """Kind of event without which nothing is due."""
        return None

    def each_event(self) -> bool:
        """Whether events tell its occasions apart."""
        return False

    def concerns_one(self) -> bool:
        """Whether an event binds only the unit that its agency names."""
        return False

    def told_apart(self, beside: Sequence[Rule]) -> Self:
        """The same beside the other deadlines of its task, each of which a paper must be able to name."""
        return self

    def said(self) -> tuple[object, ...]:
        """What its words can say of it, by which it is compared with what is read from them.

        Which event, whose, and which data are reported stand elsewhere than in the words of the deadline.
        """
        values = (value for name, value in self._asdict().items() if name not in _UNSAID)
        return (*values, self.needed() is not None)


class FixedRule(Rule):
    """A rule that names its own day.

    condition: kind of event without which nothing is due; soft: bound to the means at hand; occasion: the period by
    which a paper names it, where the task has other deadlines too (default: that of its last day).
    """

    condition: str | None = None
    soft: bool = False
    occasion: PeriodText | None = None

    def needed(self) -> str | None:
        return self.condition

    def periods(self, year: int) -> tuple[Period, ...]:
        return (Period.parse(self.occasion),) if self.occasion else ()

    def told_apart(self, beside: Sequence[Rule]) -> Self:
        return self._replace(occasion=self.occasion or str(self.named()))

    def named(self) -> Period:
        """The period in which its last day lies."""
        raise NotImplementedError


class ByDate(FixedRule):
    """'chậm nhất ngày D', 'đến ngày D': D counts, and a day off rolls.

    opens: first day, where the words name one ('từ ngày A đến ngày D').
    """

    kind: Literal["by_date"] = "by_date"
    date: date
    opens: datetime.date | None = None
    basis: ClassVar = ("blds-148.5", "blds-148.6")

    def named(self) -> Period:
        return Period(self.date.year, "month", self.date.month)

    def deadlines(self, setting: Setting) -> Iterator[Deadline]:
        yield Deadline(self.occasion or "", self.date, opens=self.opens, condition=self.condition, soft=self.soft)


class BeforeDate(FixedRule):
    """'trước ngày D': the last day is D-1, and it does not roll, for it may not reach D."""

    kind: Literal["before_date"] = "before_date"
    date: date
    basis: ClassVar = ("before-date",)

    def named(self) -> Period:
        return Period(self.date.year, "month", self.date.month)

    def deadlines(self, setting: Setting) -> Iterator[Deadline]:
        yield Deadline(
            self.occasion or "", self.date, excluded=True, rolls=False, condition=self.condition, soft=self.soft
        )


class InPeriod(FixedRule):
    """'Tháng 5/2021', 'Quý II-III/2021', 'Trong năm 2021': due on the last day of the (last) period."""

    kind: Literal["period"] = "period"
    period: PeriodText
    until: PeriodText | None = None
    basis: ClassVar = ("blds-146", "blds-148.5")

    def __post_init__(self) -> None:
        if self.until and Period.parse(self.until).last < Period.parse(self.period).last:
            raise Unsound("period_order")

    def named(self) -> Period:
        return Period.parse(self.until or self.period)

    def deadlines(self, setting: Setting) -> Iterator[Deadline]:
        first, last = Period.parse(self.period), self.named()
        yield Deadline(self.occasion or "", last.last, opens=first.first, condition=self.condition, soft=self.soft)


class DataWindow(Written):
    """Days of the month on which the data of a periodic report begin and end (NĐ 09/2019/NĐ-CP, Điều 12)."""

    from_day: DayOfMonth
    to_day: DayOfMonth


class Recurring(Rule):
    """'Định kỳ hàng quý', '… ngày 19 tháng cuối quý': once in each period of the plan's year.

    only: numbers of the periods meant (default all); day: day of the month (default the period's last day);
    month: the month of that day, counted from the period's first (default its last; one more is the month after it);
    before: the words exclude that day.
    """

    kind: Literal["recurring"] = "recurring"
    every: Every
    only: tuple[PositiveInt, ...] | None = None
    day: DayOfMonth | None = None
    month: Annotated[int, Terms(ge=1, le=24)] | None = None
    before: bool = False
    window: DataWindow | None = None
    basis: ClassVar = ("blds-146", "blds-148.5")

    def __post_init__(self) -> None:
        most = len(tuple(Period.of_year(2000, self.every)))
        if any(number > most for number in self.only or ()):
            raise Unsound("period_number")
        if self.before and self.day is None:
            raise Unsound("before_no_day")
        if self.month and self.day is None:
            raise Unsound("month_no_day")

    def periods(self, year: int) -> tuple[Period, ...]:
        return tuple(p for p in Period.of_year(year, self.every) if self.only is None or p.number in self.only)

    def told_apart(self, beside: Sequence[Rule]) -> Self:
        """Several days of a year, each by its month: "ngày 15/6 và 15/12 hằng năm"."""
        yearly = self.every == "year" and self.day and not self.window and (self.month or 12) <= 12
        if not yearly or not any(rule is not self and rule.periods(2000) == self.periods(2000) for rule in beside):
            return self
        return self._replace(every="month", only=(self.month or 12,), month=None)

    def window_of(self, period: Period) -> tuple[date, date] | None:
        return period.window(self.window.from_day, self.window.to_day) if self.window else None

    def said(self) -> tuple[object, ...]:
        numbers = tuple(period.number for period in self.periods(2000))
        return (self.kind, self.every, numbers, self.day, self.month, self.before)

    def deadlines(self, setting: Setting) -> Iterator[Deadline]:
        for period in self.periods(setting.year):
            window = self.window_of(period)
            yield Deadline(
                occasion=str(period),
                day=period.day_of_month(self.month or MONTHS[self.every], self.day) if self.day else period.last,
                excluded=self.before,
                rolls=not self.before,
                opens=window[0] if window else period.first,
                window=window,
                no_day=self.day is None,
            )


class EventRule(Rule):
    """A rule that starts from events of one kind.

    of_agency: an event concerns only the unit that its agency names; once: one duty, showing the latest event.
    """

    event: str
    of_agency: bool = False
    once: bool = False

    def awaited(self) -> str | None:
        return self.event

    def each_event(self) -> bool:
        return not self.once

    def concerns_one(self) -> bool:
        return self.of_agency

    def deadlines(self, setting: Setting) -> Iterator[Deadline]:
        found = setting.events.get(self.event, ())
        if not found or self.of_agency:
            yield Deadline(standing="awaiting_event", but=tuple(event.agency for event in found))
        if found and self.once:
            found = (max(found, key=lambda event: (event.date, event.id)),)
        for event in found:
            deadline = self.deadline(event, "" if self.once else event.id, setting)
            yield deadline._replace(only=event.agency) if self.of_agency else deadline

    def deadline(self, event: Event, occasion: str, setting: Setting) -> Deadline:
        """The deadline that one event starts."""
        raise NotImplementedError


class AfterEvent(EventRule):
    """'05 ngày làm việc kể từ ngày ký': the event's day is not counted; calendar spans roll."""

    kind: Literal["after_event"] = "after_event"
    count: PositiveInt
    unit: Unit
    basis: ClassVar = ("blds-147", "blds-148.5")

    def deadline(self, event: Event, occasion: str, setting: Setting) -> Deadline:
        day = moved(event.date, self.count, self.unit, setting.calendar)
        return Deadline(occasion, day, opens=event.date, event=event, span=(self.count, self.unit))


class BeforeEvent(EventRule):
    """'Trước 05 ngày tính đến ngày Y': counted back from Y; it does not roll, which would shorten the notice."""

    kind: Literal["before_event"] = "before_event"
    count: PositiveInt
    unit: Unit
    basis: ClassVar = ("nd63-15", "nd63-15-short")

    def deadline(self, event: Event, occasion: str, setting: Setting) -> Deadline:
        day = moved(event.date, -self.count, self.unit, setting.calendar)
        span = (self.count, self.unit)
        return Deadline(occasion, day, rolls=False, event=event, effect=event.date, span=span)


class OnEvent(EventRule):
    """'Khi có thay đổi', 'ngay sau khi …': it begins with the event and has no last day."""

    kind: Literal["on_event"] = "on_event"
    dated: ClassVar[bool] = False

    def deadline(self, event: Event, occasion: str, setting: Setting) -> Deadline:
        return Deadline(occasion, opens=event.date, event=event)


class OnRequest(OnEvent):
    """'Theo đề nghị của …', 'đột xuất khi có yêu cầu': the request is the event."""

    kind: Literal["on_request"] = "on_request"  # type: ignore[assignment]


class Continuous(Rule):
    """'Thường xuyên': always, with no last day."""

    kind: Literal["continuous"] = "continuous"
    dated: ClassVar[bool] = False

    def deadlines(self, setting: Setting) -> Iterator[Deadline]:
        yield Deadline()


class External(Rule):
    """'Lộ trình theo Kế hoạch số …': the days stand in another document, named by `document`."""

    kind: Literal["external"] = "external"
    document: str
    dated: ClassVar[bool] = False

    def deadlines(self, setting: Setting) -> Iterator[Deadline]:
        yield Deadline(elsewhere=True)


class Unread(Rule):
    """Words that nobody has read yet, or none at all: a person decides; until then nothing is due nor overdue."""

    kind: Literal["unread"] = "unread"
    dated: ClassVar[bool] = False
    read: ClassVar[bool] = False

    def deadlines(self, setting: Setting) -> Iterator[Deadline]:
        yield Deadline(standing="unclear")


AnyRule = Annotated[
    ByDate
    | BeforeDate
    | InPeriod
    | Recurring
    | AfterEvent
    | BeforeEvent
    | OnEvent
    | OnRequest
    | Continuous
    | External
    | Unread,
    Terms(discriminator="kind"),
]


def moved(day: date, count: int, unit: Unit, calendar: Calendar) -> date:
    """The day so many units after another (negative: before), the first day not counted (BLDS 2015, Điều 147, 148).

    Hours count as whole days: 24 a calendar day, 8 a working day, begun ones in full.
    """
    match unit:
        case "working_day":
            return calendar.add(day, count)
        case "working_hour":
            return calendar.add(day, _whole(count, 8))
        case "day":
            return day + timedelta(days=count)
        case "hour":
            return day + timedelta(days=_whole(count, 24))
        case "month":
            return months_after(day, count)
        case "year":
            return months_after(day, 12 * count)


def _whole(hours: int, a_day: int) -> int:
    days = -(-abs(hours) // a_day)
    return days if hours > 0 else -days
