"""Words of the report on many plans."""

from __future__ import annotations

from tthc_cli.wording.language import _, fill

TABLES = {
    "plans": _("Theo kế hoạch"),
    "sections": _("Theo mục (mục cùng tên của các kế hoạch tính chung)"),
    "verdicts": _("Theo trạng thái"),
}
COLUMNS = {
    "plan": _("Kế hoạch"),
    "rows": _("Dòng sổ"),
    "errors": _("Dòng lỗi"),
}
SENTENCES = {
    "total": _("Cộng"),
    "told": _("{count} kế hoạch, tính đến {day}: {assigned} nhiệm vụ được giao."),
    "failed": _("Không tính được: {names}."),
    "one": _("Xem từng kế hoạch: tthc check --workspace THƯ_MỤC (hoặc --plan TỆP)."),
}
_PLAN = _("{name} ({number})")


def heading(key: str) -> str:
    """A table's title."""
    return TABLES[key]


def say(key: str, /, **facts: object) -> str:
    """A sentence with its blanks filled."""
    return fill(SENTENCES[key], facts)


def plan_name(name: str, number: str) -> str:
    """What a plan's line is called."""
    return fill(_PLAN, {"name": name, "number": number})
