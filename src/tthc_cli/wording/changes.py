"""Words of a comparison of two lists of obligations."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tthc_cli.wording.language import _, fill

CAUSES = {
    "plan": _("kế hoạch"),
    "calendar": _("lịch làm việc"),
    "reading": _("cách hiểu"),
    "extension": _("gia hạn"),
    "event": _("sự kiện"),
}
COLUMNS = {
    "change": _("Thay đổi"),
    "before": _("Hạn cũ"),
    "after": _("Hạn mới"),
    "moved": _("Dời"),
    "days": _("Dời (ngày)"),
    "causes": _("Do"),
    "old_stated": _("Hạn ghi cũ"),
    "new_stated": _("Hạn ghi mới"),
    "old_due": _("Hạn áp dụng cũ"),
    "new_due": _("Hạn áp dụng mới"),
    "old_act_by": _("Nên gửi cũ"),
    "new_act_by": _("Nên gửi mới"),
}
TABLES = {
    "changes": _("Mọi thay đổi"),
    "added": _("Thêm"),
    "dropped": _("Bỏ"),
    "moved": _("Đổi hạn"),
}
SENTENCES = {
    "counts": _("Thêm {added}, bỏ {dropped}, đổi hạn {moved}, giữ nguyên {unchanged}."),
    "same": _("Hai bản không khác nhau về hạn: {unchanged} đầu việc giữ nguyên."),
    "made_from": _("Hai bản khác nhau về {causes}."),
    "side": _("{which}: {plan}, tính đến {day}."),
    "renamed": _("Đổi tên, không đổi hạn: {names}."),
    "by_cause": _("Đổi hạn do {causes}: {count}."),
}
_SHIFT = {
    "later": _("muộn hơn {days} ngày"),
    "earlier": _("sớm hơn {days} ngày"),
    "gone": _("không còn hạn"),
    "come": _("có hạn"),
    "same": _("không đổi hạn áp dụng"),
}
_SIDES = {"old": _("Bản cũ"), "new": _("Bản mới")}


def heading(key: str) -> str:
    """A table's title."""
    return TABLES[key]


def say(key: str, /, **facts: object) -> str:
    """A sentence with its blanks filled."""
    return fill(SENTENCES[key], facts)


def side(which: str, plan: str, day: date | None) -> str:
    """Which of the two is which."""
    return say("side", which=_SIDES[which], plan=plan or "?", day=day or "?")


def causes(names: Iterable[str]) -> str:
    """What moved something."""
    return ", ".join(CAUSES[name] for name in names) or _("chưa rõ")


def shift(days: int | None, gone: bool) -> str:
    """How far something moved; without days, whether its day came or went."""
    if days is None:
        return _SHIFT["gone" if gone else "come"]
    kind = "later" if days > 0 else "earlier" if days else "same"
    return fill(_SHIFT[kind], {"days": abs(days)})


def units(count: int, name: str) -> str:
    """A unit's name, or how many units."""
    return name if count == 1 else fill(_("{count} đơn vị"), {"count": count})
