"""The words of the page that a browser shows."""

from __future__ import annotations

from tthc_cli.wording.language import _, fill

PAGE = {
    "heading": _("Theo dõi Kế hoạch {number}"),
    "report": _("Báo cáo"),
    "until": _("Tính đến {day}"),
    "skip": _("Tới nội dung chính"),
    "parts": _("Các phần của trang"),
    "figures": _("Tổng quan"),
    "timeline": _("Cả năm"),
    "matrix": _("Đơn vị và mục"),
    "ranking": _("Xếp hạng"),
    "duties": _("Nhiệm vụ"),
    "whys": _("Vì sao có các ngày này"),
    "whys_note": _("Lời văn, quy tắc, lịch và căn cứ của {count} nhiệm vụ"),
    "notes": _("Cách hiểu, ghi chú"),
    # Figures
    "rate": _("Tỷ lệ đúng hạn"),
    "rate_note": _("{good} đúng hạn trong {decided} việc đã xác định"),
    "no_rate": _("chưa có việc nào xác định được"),
    "overdue": _("Quá hạn, chưa có văn bản"),
    "late": _("Hoàn thành quá hạn"),
    "unsure": _("Cần xác nhận"),
    "unsure_note": _("chưa được coi là quá hạn"),
    "unclear": _("Cần người xem xét"),
    "due_soon": _("Sắp đến hạn"),
    "open": _("Đang trong hạn"),
    "waiting": _("Chờ sự kiện, không hạn"),
    "assigned": _("Nhiệm vụ được giao"),
    "out_note": _("{count} việc khác ngoài phạm vi sổ"),
    "firm_note": _("đủ căn cứ"),
    "change": _("{change} so với {day}"),
    "change_rate": _("{change} điểm % so với {day}"),
    # The year
    "timeline_note": _(
        "Mỗi chấm là các nhiệm vụ cùng đến hạn một ngày; chấm càng lớn càng nhiều việc. "
        "Dải nền là ngày nghỉ lễ, Tết. Việc ngoài phạm vi sổ không vẽ."
    ),
    "scroll": _("vùng cuộn ngang"),
    "month": _("Th{number}"),
    "month_year": _("Th{number}/{year}"),
    "lane_good": _("Đúng hạn"),
    "lane_bad": _("Quá hạn"),
    "lane_ask": _("Cần xác nhận, xem xét"),
    "lane_open": _("Chưa đến hạn"),
    "lane_rolled": _("Hạn trùng ngày nghỉ"),
    "dot": _("{day}: {count} việc, {lane}"),
    "rolled": _("Hạn ghi {stated} là ngày nghỉ, hạn áp dụng {due}: {count} việc"),
    "off": _("{first} – {last}: {reason}"),
    "off_day": _("{first}: {reason}"),
    "numbers": _("Số liệu của biểu đồ"),
    "due_day": _("Hạn áp dụng"),
    "stated_day": _("Hạn ghi"),
    # Units and sections
    "matrix_note": _(
        "Trong mỗi ô: số việc đúng hạn / số việc đã xác định. Dấu ? là số việc cần xác nhận, xem xét; "
        "số mờ là việc chưa đến hạn. "
        "Đơn vị và mục không có việc có hạn thì không nêu. Chọn ô có quá hạn hoặc dấu ? để xem các việc đó."
    ),
    "unit": _("Đơn vị"),
    "whole": _("Chung"),
    "communes": _("Cấp xã, {place} ({count} đơn vị)"),
    "sections": _("Tên các mục"),
    # Ranking
    "ranking_note": _(
        "Chỉ tính việc đã xác định: đúng hạn, và chậm hoặc quá hạn đủ căn cứ. Cùng tỷ lệ thì cùng hạng. "
        "Việc cần xác nhận không làm giảm tỷ lệ."
    ),
    "rank": _("Hạng"),
    "share": _("Phần đúng hạn"),
    "bad": _("Quá hạn"),
    "ask": _("Cần xem xét"),
    # Duties
    "search": _("Tìm"),
    "search_hint": _("mã, tên việc, đơn vị; không cần dấu"),
    "verdict": _("Trạng thái"),
    "due_month": _("Tháng đến hạn"),
    "section_label": _("Mục"),
    "all": _("Tất cả"),
    "pressing": _("Cần xử lý"),
    "troubled": _("Quá hạn, cần xác nhận, cần xem xét"),
    "no_month": _("không có ngày"),
    "reset": _("Bỏ lọc"),
    "more": _("Xem thêm"),
    "found": _("{shown} trong {found} nhiệm vụ khớp, tất cả {all}"),
    "nothing": _("Không có nhiệm vụ nào khớp."),
    "duties_note": _("Chọn ngày ở cột “Hạn áp dụng” để xem vì sao có ngày đó."),
    "days_late": _("chậm {days} ngày"),
    "days_after": _("{days} ngày sau hạn"),
    "days_left": _("còn {days} ngày"),
    "moved": _("gia hạn từ {day}, {document}"),
    "moved_plain": _("gia hạn từ {day}"),
    "rests_on": _("phụ thuộc vào: {names}"),
    "why": _("vì sao"),
    "close": _("Đóng"),
    "basis": _("Căn cứ"),
    "calendar": _("Lịch làm việc và ghi chú"),
    "task": _("Nhiệm vụ"),
    "occasion": _("Kỳ, sự kiện"),
    "act_by": _("Nên gửi chậm nhất"),
    "act_by_short": _("Nên gửi"),
    "judged": _("Ngày xét"),
}


def text(key: str, /, **facts: object) -> str:
    """A text of the page with its blanks filled."""
    return fill(PAGE[key], facts)
