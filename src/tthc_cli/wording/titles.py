"""Headings and sentences of the reports."""

from __future__ import annotations

from tthc_cli.wording.language import _, fill

COLUMNS = {
    "key": _("Khóa"),
    "task": _("Mã"),
    "title": _("Nhiệm vụ"),
    "agency": _("Cơ quan"),
    "agency_id": _("Mã cơ quan"),
    "agencies": _("Cơ quan"),
    "names": _("Cơ quan"),
    "role": _("Vai trò"),
    "occasion": _("Kỳ, sự kiện"),
    "stated": _("Hạn ghi"),
    "due": _("Hạn áp dụng"),
    "act_by": _("Nên gửi chậm nhất"),
    "awaits": _("Chờ"),
    "original_due": _("Hạn gốc"),
    "extended_to": _("Gia hạn đến"),
    "extended_by": _("Văn bản gia hạn"),
    "window_from": _("Số liệu từ"),
    "window_to": _("Số liệu đến"),
    "verdict": _("Trạng thái"),
    "days_left": _("Còn (ngày)"),
    "days_late": _("Chậm (ngày)"),
    "days_since": _("Đã qua (ngày)"),
    "submitted_on": _("Ngày xét"),
    "proof": _("Xét theo"),
    "timing": _("Thời gian (lời văn)"),
    "product": _("Sản phẩm"),
    "note": _("Ghi chú"),
    "code": _("Mã lỗi"),
    "line": _("Dòng"),
    "column": _("Cột"),
    "value": _("Giá trị"),
    "message": _("Nội dung"),
    "severity": _("Mức"),
    "file": _("Tệp"),
    "suggestion": _("Gợi ý"),
    "firm": _("Đủ căn cứ"),
    "rests_on": _("Phụ thuộc vào"),
    "reason": _("Lý do"),
    "section": _("Mục"),
    "lead": _("Chủ trì"),
    "support": _("Phối hợp"),
    "kinds": _("Loại hạn"),
    "notes": _("Cách hiểu, chỗ sửa"),
    "id": _("Mã"),
    "name": _("Tên"),
    "level": _("Cấp"),
    "parent": _("Trực thuộc"),
    "from": _("Từ ngày"),
    "n": _("Số ngày làm việc"),
    "date": _("Đến ngày"),
    "weekday": _("Thứ"),
    "assigned": _("Giao"),
    "on_time": _("Hoàn thành đúng hạn"),
    "late": _("Hoàn thành quá hạn"),
    "in_time": _("Đang thực hiện trong hạn"),
    "overdue": _("Quá hạn"),
    "waiting": _("Chờ sự kiện / không hạn"),
    "unclear": _("Cần xem xét"),
    "extended": _("Được gia hạn"),
    "on_time_rate": _("Tỷ lệ đúng hạn"),
    "not_covered": _("Ngoài phạm vi sổ"),
    "addresses": _("Gửi tới"),
    "times": _("Nhắc lần"),
    "ask": _("Cần xác nhận"),
    "soon": _("Sắp đến hạn"),
    "new": _("Mới phát sinh"),
    "because": _("Vì sao nhắc"),
    "state": _("Tình trạng"),
    "subject": _("Thư"),
    "reply": _("Trả lời của máy chủ"),
}
TABLES = {
    "remarks": _("Nhận xét về kế hoạch"),
    "obligations": _("Nhiệm vụ và hạn"),
    "dated": _("Nhiệm vụ có hạn"),
    "undated": _("Nhiệm vụ chưa có ngày đến hạn"),
    "findings": _("Kết quả đối chiếu"),
    "problems": _("Lỗi sổ theo dõi"),
    "first_problems": _("Lỗi sổ theo dõi ({shown} lỗi đầu trong {count}; xem đủ bằng -f line)"),
    "breaches": _("Quá hạn, chậm"),
    "to_confirm": _("Cần xác nhận trước khi coi là quá hạn"),
    "unclear": _("Cần xem xét"),
    "due_soon": _("Sắp đến hạn"),
    "arrived_late": _("Đúng hạn theo ngày xét, đến sau hạn"),
    "others": _("Các đầu việc còn lại"),
    "scorecard": _("Bảng tổng hợp"),
    "tasks": _("Nhiệm vụ của kế hoạch"),
    "agencies": _("Cơ quan và nhóm"),
    "workdays": _("Ngày làm việc"),
    "members": _("Thành viên của {name}"),
    "suggestions": _("Có phải là"),
    "reminders": _("Thư sẽ gửi"),
    "open_mail": _("Thư cần người xem"),
    "deadlines": _("Các ngày"),
}
SENTENCES = {
    "total": _("Cộng"),
    "no_period": _("Không theo kỳ"),
    "yes": _("có"),
    "no": _("không"),
    "as_of": _("Tính đến {day}: {counts}."),
    "obligations": _("{count} đầu việc tính đến {day}: {dated} có hạn, {undated} không có ngày đến hạn."),
    "none": _("Không có đầu việc nào khớp điều kiện."),
    "none_tasks": _("Kế hoạch không có nhiệm vụ nào khớp điều kiện."),
    "tasks": _("{count} nhiệm vụ của kế hoạch {plan}."),
    "continuous": _("Thường xuyên, không ấn định hạn: {tasks}."),
    "waits_for": _("chờ: {event}"),
    "since_event": _("từ {day}, đã qua {days} ngày"),
    "external": _("Theo lộ trình của văn bản khác: {tasks}."),
    "extended_note": _("gia hạn đến {to}, hạn gốc {original}"),
    "made_with": _("Lập bằng {made}."),
    "readings": _("Cách hiểu đang dùng: {readings}."),
    "register": _("{path}: {rows} dòng, nhận {accepted}, lỗi {errors}, cảnh báo {warnings}."),
    "no_rows": _(
        "{path}: sổ chưa có dòng nào nên việc nào tới hạn cũng là chưa hoàn thành; "
        "nếu đã có văn bản đến thì xem lại tệp này trước khi nhắc, đôn đốc."
    ),
    "bad_rows": _("{path}: {count} dòng lỗi không được tính; xem bằng lệnh tthc check."),
    "shards": _("Sổ gồm {count} tệp, trang tính."),
    "file_beside": _("{path}: lỗi {errors}, cảnh báo {warnings}."),
    "compliant": _("Không có lỗi sổ, không có nhiệm vụ chậm hay quá hạn."),
    "breaches": _("{firm} trường hợp chậm, quá hạn đủ căn cứ; {soft} trường hợp cần xác nhận."),
    "set_aside": _("Để riêng {told} ghi sau ngày {day}; chúng không được tính."),
    "aside_rows": _("{count} dòng"),
    "aside_extensions": _("{count} gia hạn"),
    "aside_assignments": _("{count} phân công"),
    "aside_amendments": _("{count} văn bản sửa đổi kế hoạch"),
    "fallback": _("{count} dòng trống {proof} nên xét theo ngày khác của dòng."),
    "not_covered": _("{count} đầu việc ngoài phạm vi của sổ (--covers all để tính cả)."),
    "ignored": _("Không xét các mã {codes}, theo yêu cầu."),
    "next_explain": _("Vì sao có các ngày này: tthc explain {task} --agency {agency}"),
    "next_check": _("Đối chiếu với sổ theo dõi: tthc check SO_THEO_DOI.csv"),
    "next_code": _("Ý nghĩa mã lỗi: tthc explain {code}"),
    "next_due": _("Hạn của một cơ quan: tthc due --agency {agency}"),
    "next_who": _('Cơ quan được nhắc tới là ai: tthc agencies "{name}"'),
    "agency_known": _("“{query}” là {name}."),
    "agency_ambiguous": _("“{query}” có thể là một trong {count} cơ quan dưới đây; ghi rõ hơn."),
    "agency_unknown": _("Không có cơ quan nào tên “{query}”."),
    "phrase_rules": _("Cách hiểu:"),
    "phrase_leftover": _("Chưa hiểu: “{words}”. Ghi lại cho rõ, hoặc chọn quy tắc bằng tay."),
    "phrase_nothing": _("Không thấy từ nào chỉ hạn. Ví dụ đọc được: “Quý III/2021 (trước ngày 15/7/2021)”."),
    "phrase_year": _("“{value}” không phải năm từ 1990 đến 2100: sau dấu tab chỉ ghi năm."),
}
FINDINGS = {
    "C01": _("{who}: quá hạn {days} ngày, chưa có văn bản (hạn {due})"),
    "C02": _("{who}: chậm {days} ngày ({proof} {day}, hạn {due})"),
    "C03": _("{who}: sắp đến hạn (hạn {due}, nên gửi chậm nhất {act_by})"),
    "C04": _("{who}: cần người xem xét (hạn {due}). {why}"),
    "C05": _("{who}: {proof} {day} trong hạn {due}, nhưng đến sau hạn"),
}
_UNSURE = {
    "C01": _("{who}: có thể quá hạn {days} ngày, chưa có văn bản (hạn {due}); cần xác nhận: {rests_on}"),
    "C02": _("{who}: có thể chậm {days} ngày ({proof} {day}, hạn {due}); cần xác nhận: {rests_on}"),
}
_UNDATED = {"C04": _("{who}: cần người xem xét. {why}")}


def heading(key: str, /, **facts: object) -> str:
    """A table's title."""
    return fill(TABLES[key], facts)


def say(key: str, /, **facts: object) -> str:
    """A sentence with its blanks filled."""
    return fill(SENTENCES[key], facts)


def finding(code: str, /, unsure: bool, dated: bool, **facts: object) -> str:
    """What a code found about an obligation; one that rests on a reading is not told as sure."""
    chosen = _UNSURE.get(code) if unsure else None if dated else _UNDATED.get(code)
    return fill(chosen or FINDINGS[code], facts)
