"""Sentences for the rules of a deadline phrase."""

from __future__ import annotations

from collections.abc import Mapping

from tthc_cli.wording import occasion, span
from tthc_cli.wording.language import _, fill

RULES = {
    "by_date": _("chậm nhất ngày {date}, tính cả ngày đó"),
    "opened": _("từ ngày {opens} đến hết ngày {date}"),
    "before_date": _("trước ngày {date}"),
    "period": _("trong {period}"),
    "until": _("từ {period} đến hết {until}"),
    "recurring": _("định kỳ {every}{only}, {last}"),
    "after_event": _("{span} kể từ sự kiện “{event}”"),
    "before_event": _("trước {span} so với sự kiện “{event}”"),
    "on_event": _("khi có sự kiện “{event}”, không nêu số ngày"),
    "on_request": _("khi có yêu cầu (“{event}”), không nêu số ngày"),
    "continuous": _("thường xuyên, không có ngày cuối"),
    "external": _("theo văn bản khác: {document}"),
    "condition": _("{rule}; chỉ khi: {condition}"),
    "soft": _("{rule} (dự kiến, nếu có điều kiện)"),
}
EVERY = {"month": _("hằng tháng"), "quarter": _("hằng quý"), "half_year": _("6 tháng"), "year": _("hằng năm")}
_LENGTH = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def in_words(rule: Mapping[str, object]) -> str:
    """A rule in words, from its kind and what it says."""
    kind = str(rule["kind"])
    facts = {**rule, **_made(kind, rule)}
    key = "until" if "until" in rule else "opened" if "opens" in rule else kind
    told = fill(RULES[key], facts)
    if "condition" in rule:
        told = fill(RULES["condition"], {"rule": told, "condition": rule["condition"]})
    return fill(RULES["soft"], {"rule": told}) if "soft" in rule else told


def _made(kind: str, rule: Mapping[str, object]) -> dict[str, object]:
    """Facts that need words of their own."""
    if kind == "period":
        names = ("period", "until")
        return {name: _lowered(occasion(str(rule[name]))) for name in names if name in rule}
    if kind == "recurring":
        only = rule.get("only")
        return {
            "every": EVERY[str(rule["every"])],
            "only": fill(_(" (kỳ {only})"), {"only": only}) if only else "",
            "last": month_day(rule),
        }
    if "count" in rule:
        return {"span": span(int(str(rule["count"])), str(rule["unit"]))}
    return {}


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def month_day(rule: Mapping[str, object]) -> str:
    """The day of each period that a recurring rule names: "trước ngày 25 của tháng cuối kỳ"."""
    if not rule.get("day"):
        return _("đến ngày cuối kỳ")
    told = _("trước ngày {day} {month}") if rule.get("before") else _("chậm nhất ngày {day} {month}")
    return fill(told, {"day": rule["day"], "month": month_of(rule)})


def month_of(rule: Mapping[str, object]) -> str:
    """In which month of its period, or after it, a recurring rule has its day."""
    month, length = int(str(rule.get("month") or 0)), _LENGTH[str(rule["every"])]
    if not month or month == length:
        return _("của tháng cuối kỳ")
    if month > length:
        return fill(_("của tháng thứ {count} sau kỳ"), {"count": month - length})
    return fill(_("của tháng thứ {count} trong kỳ"), {"count": month})
