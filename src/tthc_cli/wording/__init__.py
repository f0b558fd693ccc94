"""Every word a reader sees: here the names of things; sentences stand in the modules beside."""

from __future__ import annotations

from datetime import date

from tthc_cli.wording.language import _, day, fill, moment, shown

__all__ = [
    "ACTIONS", "BY", "FIELDS", "KINDS", "LEVELS", "PROOFS", "ROLES", "ROMAN", "SEVERITIES", "UNITS", "VERDICTS",
    "day", "fill", "level_counts", "moment", "occasion", "rate", "shown", "span", "verdict", "weekday",
]  # fmt: skip

VERDICTS = {
    "on_time": _("đúng hạn"),
    "on_rolled_day": _("đúng hạn, hạn trùng ngày nghỉ"),
    "late": _("hoàn thành quá hạn"),
    "overdue": _("chưa hoàn thành, quá hạn"),
    "due_soon": _("sắp đến hạn"),
    "pending": _("trong hạn"),
    "not_yet_open": _("chưa tới kỳ"),
    "awaiting_event": _("chưa phát sinh"),
    "no_deadline": _("không hạn"),
    "unclear": _("cần người xem xét"),
    "not_covered": _("ngoài phạm vi sổ"),
    "due_passed": _("hạn đã qua, không có sổ theo dõi"),
}
# A breach that rests on a reading is never called one without saying so.
UNSURE = {"late_unsure": _("hoàn thành, có thể quá hạn"), "overdue_unsure": _("chưa hoàn thành, có thể quá hạn")}
ROLES = {"lead": _("chủ trì"), "support": _("phối hợp"), "any": _("chủ trì hoặc phối hợp")}
SEVERITIES = {"error": _("lỗi"), "warning": _("cảnh báo")}
LEVELS = {
    "province": _("cấp tỉnh"),
    "district": _("cấp huyện"),
    "commune": _("cấp xã"),
    "sector": _("cơ quan ngành dọc"),
    "outside": _("ngoài tỉnh hoặc cấp trên"),
    "group": _("nhóm cơ quan"),
}
PROOFS = {
    "sent": _("ngày gửi"),
    "document": _("ngày văn bản"),
    "received": _("ngày đến"),
    "proposed": _("ngày trình"),
}
KINDS = {
    "by_date": _("chậm nhất ngày"),
    "before_date": _("trước ngày"),
    "period": _("trong kỳ"),
    "recurring": _("định kỳ"),
    "after_event": _("sau sự kiện"),
    "before_event": _("trước sự kiện"),
    "on_event": _("khi có sự kiện"),
    "on_request": _("khi có yêu cầu"),
    "continuous": _("thường xuyên"),
    "external": _("theo văn bản khác"),
    "unread": _("chưa đọc được hạn"),
}
UNITS = {
    "working_day": _("ngày làm việc"),
    "day": _("ngày"),
    "month": _("tháng"),
    "year": _("năm"),
    "working_hour": _("giờ làm việc"),
    "hour": _("giờ"),
}
FIELDS = {
    "plan": _("mã kế hoạch"),
    "task": _("nhiệm vụ"),
    "agency": _("cơ quan"),
    "issuer": _("cơ quan ban hành"),
    "parent": _("huyện"),
    "period": _("kỳ báo cáo"),
    "event": _("sự kiện"),
    "document_number": _("số ký hiệu"),
    "document_date": _("ngày văn bản"),
    "sent_on": _("ngày gửi"),
    "received_on": _("ngày đến"),
    "proposed_on": _("ngày trình"),
    "result": _("kết quả"),
    "abstract": _("trích yếu"),
    "note": _("ghi chú"),
    "new_date": _("hạn mới"),
    "id": _("mã sự kiện"),
    "kind": _("loại sự kiện"),
    "date": _("ngày"),
    "status": _("trạng thái"),
    "reason": _("lý do"),
    "document": _("văn bản"),
    "address": _("địa chỉ thư điện tử"),
    "cc": _("đồng gửi"),
    "name": _("người phụ trách"),
    "active_from": _("từ ngày"),
    "active_to": _("đến ngày"),
    "incoming_number": _("số đến"),
    "recipient": _("đơn vị hoặc người nhận"),
    "signed_for": _("ký nhận"),
}
ACTIONS = {"added": _("thêm"), "dropped": _("bỏ"), "moved": _("đổi hạn"), "changed": _("thay đổi")}
BY = {"agency": _("Cơ quan"), "section": _("Mục"), "period": _("Kỳ")}
_WEEKDAYS = (
    _("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"),
)  # fmt: skip
ROMAN = ("I", "II", "III", "IV")
_COUNTED = {
    "province": _("{count} cơ quan cấp tỉnh"),
    "sector": _("{count} cơ quan ngành dọc"),
    "district": _("{count} UBND cấp huyện"),
    "commune": _("{count} UBND cấp xã"),
    "outside": _("{count} cơ quan ngoài tỉnh"),
    "group": _("{count} nhóm cơ quan"),
}


def verdict(name: str) -> str:
    """The word for a verdict."""
    return VERDICTS.get(name) or UNSURE.get(name, name)


def weekday(value: date) -> str:
    """The day of the week."""
    return _WEEKDAYS[value.weekday()]


def occasion(text: str) -> str:
    """A period in words ("Quý I/2021"); an event's id stays as it is."""
    from tthc_cli.periods import Period

    try:
        period = Period.parse(text)
    except ValueError:
        return text
    match period.every:
        case "quarter":
            return fill(_("Quý {number}/{year}"), {"number": ROMAN[period.number - 1], "year": period.year})
        case "half_year":
            half = _("6 tháng đầu năm {year}") if period.number == 1 else _("6 tháng cuối năm {year}")
            return fill(half, {"year": period.year})
        case "month":
            return fill(_("Tháng {number}/{year}"), {"number": period.number, "year": period.year})
        case "year":
            return fill(_("Năm {year}"), {"year": period.year})


def span(count: int, unit: str) -> str:
    """A count with its unit, below ten as official papers write it: "05 ngày làm việc"."""
    return f"{count:02} {UNITS[unit]}"


def rate(value: float | None) -> str:
    """A part of one in per cent, with the decimal comma."""
    return "" if value is None else f"{value * 100:.1f}%".replace(".", ",")


def level_counts(counts: dict[str, int]) -> str:
    """How many units of each level: "17 cơ quan cấp tỉnh, 9 UBND cấp huyện"."""
    return ", ".join(fill(_COUNTED[level], {"count": counts[level]}) for level in _COUNTED if counts.get(level))
