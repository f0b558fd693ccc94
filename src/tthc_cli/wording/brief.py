"""Words of the page that a leader reads on Monday."""

from __future__ import annotations

from tthc_cli.wording.language import _, fill

TABLES = {
    "counts": _("Tình hình chung"),
    "worst": _("Quá hạn, gửi chậm (đủ căn cứ)"),
    "week": _("Đến hạn trong tuần {first} – {last}"),
    "decide": _("Chờ xác nhận, quyết định"),
}
COLUMNS = {
    "what": _("Tình trạng"),
    "now": _("Nay"),
    "before": _("Ngày {day}"),
    "change": _("Tăng, giảm"),
    "agency": _("Đơn vị"),
    "overdue": _("Quá hạn"),
    "late": _("Gửi chậm"),
    "longest": _("Chậm nhất (ngày)"),
    "tasks": _("Nhiệm vụ"),
    "task": _("Nhiệm vụ"),
    "units": _("Đơn vị"),
    "act_by": _("Nên gửi"),
    "due": _("Hạn"),
    "count": _("Số việc"),
    "why": _("Vì sao"),
}
COUNTS = {
    "assigned": _("Giao"),
    "on_time": _("Hoàn thành đúng hạn"),
    "late": _("Hoàn thành quá hạn"),
    "overdue": _("Chưa hoàn thành, quá hạn"),
    "in_time": _("Đang thực hiện trong hạn"),
    "waiting": _("Chờ sự kiện, không hạn"),
    "unclear": _("Cần xem xét"),
    "on_time_rate": _("Tỷ lệ đúng hạn"),
}
SENTENCES = {
    "table": _("{number}. {title}"),
    "title": _("Tình hình thực hiện Kế hoạch {plan} đến hết ngày {day}"),
    "more": _("và {count} dòng nữa; xem đủ bằng tthc check"),
    "no_worst": _("Không có nhiệm vụ nào quá hạn hay gửi chậm đủ căn cứ."),
    "no_week": _("Trong tuần {first} – {last} không có nhiệm vụ nào đến hạn mà chưa có văn bản."),
    "no_decide": _("Không có nhiệm vụ nào chờ xác nhận, quyết định."),
    "bad_rows": _("Sổ theo dõi có {count} dòng lỗi chưa được tính."),
    "first": _("Chưa so với tuần trước: thêm --since với báo cáo trước (JSON)."),
}


def heading(key: str, /, **facts: object) -> str:
    """A table's title."""
    return fill(TABLES[key], facts)


def say(key: str, /, **facts: object) -> str:
    """A sentence with its blanks filled."""
    return fill(SENTENCES[key], facts)
