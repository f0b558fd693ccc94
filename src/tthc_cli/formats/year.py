"""The year as a picture: where each day, its duties, the days off and the day of the report stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import ceil, sqrt

from tthc_cli import wording
from tthc_cli.overview import TONES, Duty, Overview
from tthc_cli.tuples import NamedTuple
from tthc_cli.wording.page import text
from tthc_cli.workdays import ONE_DAY

WIDTH, _LEFT, _RIGHT = 1120, 168, 16
_TOP, _LANE, _FOOT = 72, 40, 30
_SMALL, _LARGE, _TELLING = 4.0, 15.0, 8.5
LANES = ("good", "bad", "ask", "open")
_MOST_MONTHS, _HALF_LABEL = 15, 80
_CHARACTER = 6.2
"""About the width of a letter of the small print."""


class Scale(NamedTuple):
    """Days from the first of a month to the last of another, across the picture."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day stands."""
        whole = (self.last - self.first).days + 1
        return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * (day - self.first).days / whole, 1)

    def months(self) -> Iterator[date]:
        """The first day of each month."""
        day = self.first
        while day <= self.last:
            yield day
            day = _next_month(day)


class Dot(NamedTuple):
    """The duties of one day in one lane; `share`: the square root of their part in the most there are."""

    x: float
    share: float
    day: date
    number: int

    @property
    def radius(self) -> float:
        """Half its width, so that the area goes with the count."""
        return round(_SMALL + (_LARGE - _SMALL) * self.share, 1)

    def under(self, other: Dot) -> bool:
        """Whether the other one, which is smaller and so drawn over it, hides what is written in it."""
        near = abs(other.x - self.x) < other.radius + _CHARACTER
        return other is not self and other.number <= self.number and near


def drawn(view: Overview) -> dict[str, object] | None:
    """All places in the picture; None where nothing in the register's scope has a day."""
    duties = [duty for duty in view.duties if duty.due and TONES[duty.verdict] != "out"]
    if not duties:
        return None
    scale = _scale(view.year, [duty.due for duty in duties if duty.due])
    counts = {lane: Counter(duty.due for duty in duties if _lane(duty) == lane and duty.due) for lane in LANES}
    rolled = _rolled(duties, scale)
    rolled_y = _TOP + _LANE * len(LANES)
    return {
        "width": WIDTH,
        "height": rolled_y + (_LANE if rolled else 0) + _FOOT,
        "left": _LEFT,
        "months": list(_months(scale)),
        "off": list(_off(view.calendar, scale)),
        "lanes": [_lane_drawn(lane, at, counts, scale) for at, lane in enumerate(LANES)],
        "rolled": list(_labelled(rolled, rolled_y)),
        "rolled_y": rolled_y,
        "today": _today(view.as_of, scale),
        "numbers": list(_numbers(duties, counts)),
    }


def _months(scale: Scale) -> Iterator[dict[str, object]]:
    """The months' names, the year where one begins; of many months only as many as there is room for."""
    months = list(scale.months())
    step = ceil(len(months) / _MOST_MONTHS)
    for at, day in enumerate(months):
        key = "month_year" if day.month == 1 or not at else "month"
        shown = text(key, number=day.month, year=day.year) if at % step == 0 else ""
        yield {"x": scale.at(day), "label": shown}


def _today(day: date, scale: Scale) -> dict[str, object] | None:
    """Where the day of the report stands, and its label so that it stays in the picture."""
    if not scale.first <= day <= scale.last:
        return None
    x = scale.at(day)
    return {"x": x, "anchor": "end" if x > WIDTH - _HALF_LABEL else "middle"}


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _scale(year: int, days: list[date]) -> Scale:
    """The plan's year, and the months beside it in which something is due."""
    first, last = min(date(year, 1, 1), *days).replace(day=1), max(date(year, 12, 31), *days)
    return Scale(first, _next_month(last) - ONE_DAY)


def _lane(duty: Duty) -> str:
    tone = TONES[duty.verdict]
    return "open" if tone in ("soon", "wait") else tone


def _lane_drawn(lane: str, at: int, counts: Mapping[str, Counter[date]], scale: Scale) -> dict[str, object]:
    most = max(max(found.values(), default=1) for found in counts.values())
    name = text(f"lane_{lane}")
    y = _TOP + _LANE * at
    dots = [Dot(scale.at(day), sqrt(count / most), day, count) for day, count in counts[lane].items()]
    drawn = [
        {
            "x": dot.x,
            "r": dot.radius,
            "text": text("dot", day=dot.day, count=dot.number, lane=name[:1].lower() + name[1:]),
            "count": dot.number if dot.radius >= _TELLING else None,
            "y": y - dot.radius - 3 if any(dot.under(other) for other in dots) else y + 4,
        }
        for dot in sorted(dots, key=lambda dot: -dot.number)
    ]
    return {"label": name, "tone": lane, "y": y, "dots": drawn}


def _off(calendar: Mapping[date, str], scale: Scale) -> Iterator[dict[str, object]]:
    """Bands of days off that hang together, over the weekend between them; a long one bears its name."""
    band: list[date] = []
    for day in [*sorted(day for day in calendar if scale.first <= day <= scale.last), None]:
        if band and (day is None or calendar[day] != calendar[band[0]] or (day - band[-1]).days > 3):
            yield _band(band, calendar[band[0]], scale)
            band = []
        if day:
            band.append(day)


def _band(days: list[date], reason: str, scale: Scale) -> dict[str, object]:
    left, right = scale.at(days[0]), scale.at(days[-1] + ONE_DAY)
    told = text("off" if len(days) > 1 else "off_day", first=days[0], last=days[-1], reason=reason)
    middle = round((left + right) / 2, 1)
    label = reason[:1].upper() + reason[1:] if len(days) > 2 else ""
    return {"x": left, "width": max(round(right - left, 1), 2.5), "middle": middle, "text": told, "label": label}


def _rolled(duties: list[Duty], scale: Scale) -> list[tuple[date, date, int, float, float]]:
    """Stated days that were off, the days due for them, how many duties, and where both stand."""
    moves = Counter(
        (duty.stated, duty.due)
        for duty in duties
        if duty.stated and duty.due and duty.stated < duty.due and not duty.moved
    )
    return [(one, other, count, scale.at(one), scale.at(other)) for (one, other), count in sorted(moves.items())]


def _labelled(moves: list[tuple[date, date, int, float, float]], y: int) -> Iterator[dict[str, object]]:
    """Each move with its label, over or under the line where there is room, else without one."""
    ends = [0.0, 0.0]
    for stated, due, count, x1, x2 in moves:
        label = f"{stated:%d/%m} → {due:%d/%m}"
        width = len(label) * _CHARACTER
        anchor = "end" if x1 + width > WIDTH else "start"
        left = x1 - width if anchor == "end" else x1
        side = next((at for at, end in enumerate(ends) if left > end), None)
        if side is not None:
            ends[side] = left + width + 6
        yield {
            "x1": x1,
            "x2": max(x2, x1 + 12),
            "y": y + (18 if side else -8),
            "anchor": anchor,
            "label": label if side is not None else "",
            "text": text("rolled", stated=stated, due=due, count=count),
        }


def _numbers(duties: list[Duty], counts: Mapping[str, Counter[date]]) -> Iterator[dict[str, object]]:
    """The picture in figures: a row for each day due."""
    for day in sorted({duty.due for duty in duties if duty.due}):
        stated = sorted({duty.stated for duty in duties if duty.due == day and duty.stated and duty.stated != day})
        yield {
            "due": wording.day(day),
            "stated": ", ".join(map(wording.day, stated)),
            "counts": [counts[lane][day] for lane in LANES],
        }
