"""Words of the workbooks and calendars that an office works with."""

from __future__ import annotations

from tthc_cli.wording.language import _, fill

SHEETS = {
    "summary": _("Tổng hợp"),
    "duties": _("Nghĩa vụ"),
    "breaches": _("Quá hạn"),
    "problems": _("Lỗi sổ theo dõi"),
    "changes": _("Thay đổi"),
    "readings": _("Cách hiểu"),
}
COLUMNS = {
    "subject": _("Mục"),
    "content": _("Nội dung"),
    "whole_title": _("Nhiệm vụ (nguyên văn)"),
    "before": _("Trạng thái trước"),
    "now": _("Trạng thái nay"),
    "overdue_change": _("Quá hạn tăng, giảm"),
    "on_time_change": _("Đúng hạn tăng, giảm"),
    "state": _("Thời điểm"),
}
_TITLES = {
    "summary": _("Kết quả thực hiện {number}, tính đến {day}"),
    "duties": _("Nghĩa vụ theo {number}, tính đến {day}"),
    "breaches": _("Chậm, quá hạn theo {number}, tính đến {day}"),
    "problems": _("Lỗi của sổ theo dõi {path}"),
    "changes": _("Thay đổi trạng thái từ {before} đến {day}"),
    "readings": _("Cách hiểu và căn cứ của báo cáo tính đến {day}"),
    "by_agency": _("Theo cơ quan"),
    "by_section": _("Theo mục của kế hoạch"),
    "by_period": _("Theo kỳ"),
    "since": _("So với báo cáo ngày {before}"),
}
SUBJECTS = {
    "plan": _("Kế hoạch"),
    "as_of": _("Tính đến ngày"),
    "reading": _("Cách hiểu"),
    "register": _("Sổ theo dõi"),
    "year": _("Lịch năm {year}"),
    "caution": _("Lưu ý"),
    "made": _("Phiên bản và dữ liệu"),
    "task": _("Nhiệm vụ {id}"),
}
_CONTENTS = {
    "plan": _("{number} ngày {date}: {title}"),
    "notices": _("ngày nghỉ, ngày làm bù theo {notices}"),
    "forecast": _("chưa có thông báo chính thức; ngày nghỉ là dự báo"),
    "difference": _("Tăng, giảm"),
    "since": _("Từ {before}: {changed} đầu việc đổi trạng thái; quá hạn {overdue_before} → {overdue}; "
               "hoàn thành đúng hạn {on_time_before} → {on_time}."),
}  # fmt: skip
_ENTRY = {
    "calendar": _("Hạn theo {number}"),
    "entry": _("{task} {agency}: {title}"),
    "settled": _("[{verdict}] {entry}"),
    "verdict": _("Trạng thái: {verdict}, tính đến {day}"),
    "agency": _("Cơ quan: {agency}"),
    "occasion": _("Kỳ, sự kiện: {occasion}"),
    "stated": _("Hạn ghi: {day}"),
    "due": _("Hạn áp dụng: {day}"),
    "act_by": _("Nên gửi chậm nhất: {day}"),
    "submitted_on": _("Ngày xét: {day}"),
    "timing": _("Lời văn của kế hoạch: “{timing}”"),
    "product": _("Sản phẩm: {product}"),
    "key": _("Khóa: {key}"),
}


def title(key: str, /, **facts: object) -> str:
    """The title of a sheet or of a table on it."""
    return fill(_TITLES[key], facts)


def content(key: str, /, **facts: object) -> str:
    """What is said of a subject."""
    return fill(_CONTENTS[key], facts)


def entry(key: str, /, **facts: object) -> str:
    """A line of a calendar's entry."""
    return fill(_ENTRY[key], facts)
