"""Sentences for the readings in use, for what a breach rests on, and for why a person must look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tthc_cli.records import PROOFS as ORDER
from tthc_cli.records import Reading
from tthc_cli.wording import LEVELS, PROOFS
from tthc_cli.wording.language import _, fill

RESTS_ON = {
    "before_excludes_day": _("cách hiểu “trước ngày”"),
    "day_off": _("hạn trùng ngày nghỉ"),
    "proof": _("ngày dùng để xét"),
    "period_end": _("kế hoạch không ấn định ngày"),
    "register_lag": _("có thể chưa kịp vào sổ"),
    "signature": _("chưa biết ngày trình"),
    "day_month": _("có thể đảo ngày/tháng"),
    "extension": _("xin gia hạn, chưa trả lời, hoặc dòng gia hạn ghi chưa đúng"),
}
REASONS = {
    "shard_unread": _("Một tệp của sổ không đọc được, văn bản có thể nằm ở đó: sửa tệp rồi kiểm tra lại."),
    "doubt": _(
        "Một dòng bị loại, hoặc để riêng vì ghi sau ngày xét, có thể là văn bản này: xem lại dòng đó rồi kiểm tra lại."
    ),
    "too_early": _("Văn bản ghi ngày quá sớm so với kỳ: xem lại ngày hoặc kỳ báo cáo của dòng."),
    "other_occasion": _("Một dòng ghi kỳ khác mà ngày không hợp với kỳ đó, có thể là văn bản này: xem lại kỳ."),
    "short_procedure": _("Văn bản có thể theo thủ tục rút gọn (công bố trong 03 ngày sau khi ký): cần xem hồ sơ."),
    "soft_late": _("Việc “nếu có điều kiện”, văn bản có sau hạn: cần người quyết định có coi là chậm không."),
    "soft": _("Nhiệm vụ chỉ làm “nếu có điều kiện”: cần người quyết định có còn thực hiện không."),
    "unassigned": _("Chưa rõ cơ quan nào được giao chủ trì: ghi vào tệp phân công hoặc cột cơ quan của sự kiện."),
    "unread": _("Hạn của nhiệm vụ này chưa đọc được từ lời văn: điền deadlines trong kế hoạch."),
    "nobody_in_charge": _("Chưa rõ cơ quan nào chủ trì: ghi vào tệp phân công hoặc cột cơ quan của sự kiện."),
}
BEFORE = {
    True: _("“trước ngày D” hiểu là hạn cuối D−1"),
    False: _("“trước ngày D” hiểu là hạn cuối hết ngày D"),
}
DAY_OFF = {
    "next": _("hạn trùng ngày nghỉ chuyển sang ngày làm việc kế tiếp"),
    "stay": _("hạn trùng ngày nghỉ giữ nguyên, không chuyển"),
}


def readings(reading: Reading, names: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """One sentence for each reading in use; `names` of the units by id, where they are known."""
    return (
        BEFORE[reading.before_excludes_day],
        DAY_OFF[reading.day_off],
        _proof(reading),
        _covers(reading.covers),
        _lag(reading.register_lag),
        *_exempt(reading, names or {}),
    )


def _proof(reading: Reading) -> str:
    first, *rest = dict.fromkeys((reading.proof, *ORDER))
    facts = {"first": PROOFS[first], "rest": _(", rồi ").join(PROOFS[name] for name in rest)}
    return fill(_("đúng hạn xét theo {first}; ô đó trống thì theo {rest}"), facts)


def _covers(covers: Iterable[str]) -> str:
    return fill(_("sổ theo dõi gồm văn bản của {covers}"), {"covers": [LEVELS.get(name, name) for name in covers]})


def _lag(days: int) -> str:
    if not days:
        return _("không trừ thời gian vào sổ")
    text = _("chậm chưa đủ {days} ngày làm việc thì còn cần xác nhận, vì văn bản có thể chưa vào sổ")
    return fill(text, {"days": days})


def _exempt(reading: Reading, names: Mapping[str, str]) -> tuple[str, ...]:
    tasks: dict[str, list[str]] = {}
    for task, units in (reading.exempt or {}).items():
        for unit in units:
            tasks.setdefault(unit, []).append(task)
    told = _("{unit} là nơi nhận nên không phải báo cáo theo {tasks}")
    return tuple(fill(told, {"unit": names.get(unit, unit), "tasks": of}) for unit, of in tasks.items())


def rests_on(names: Iterable[str]) -> str:
    """What a breach that is not firm rests on, in short."""
    return "; ".join(RESTS_ON.get(name, name) for name in names)


def reason(name: str | None) -> str:
    """Why a person must look."""
    return REASONS.get(name, name) if name else ""


def disputed(tasks: Sequence[str]) -> tuple[str, ...]:
    """A warning of tasks whose rule disagrees with its words."""
    text = _("Hạn của {tasks} trong tệp kế hoạch khác với lời văn của nó: xem tthc plan validate.")
    return (fill(text, {"tasks": tuple(tasks)}),) if tasks else ()


def unverified(years: Iterable[int]) -> tuple[str, ...]:
    """A warning for each year whose days off are only a forecast."""
    text = _("Lịch năm {year} chưa có thông báo chính thức; ngày nghỉ là dự báo.")
    return tuple(fill(text, {"year": year}) for year in years)
