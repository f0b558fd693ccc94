"""What `tthc plan validate` says of a plan."""

from __future__ import annotations

from tthc_cli.wording.language import _, fill

REMARKS = {
    "timing_differs": _(
        "Hạn của {task} không khớp lời văn “{timing}”. Kế hoạch ghi: {written}. Lời văn nói: {read}. Sửa bên sai."
    ),
    "unread": _("Chưa đọc được hạn của {task}: điền deadlines; trước đó việc này là “cần người xem xét”."),
    "timing_unread": _("Thời hạn của {task} có chỗ không hiểu: “{left}”. Kiểm tra hạn đã ghi, hoặc viết lại cho rõ."),
    "timing_elsewhere": _("Thời hạn “{timing}” của {task} không có trong lời văn của việc ấy: sửa cho giống nhau."),
    "document_differs": _("“{document}” của {task} chỉ có ở lời văn hoặc chỉ có ở hạn: kiểm tra số, ký hiệu."),
    "answer_elsewhere": _("{task} ghi đã có {document}, không phải chính Kế hoạch này: kiểm tra số và ngày."),
    "number_open": _("Số của Kế hoạch “{number}” chưa điền: ghi số thật trước khi gửi thư nhắc, công văn."),
    "own_number": _("Số của Kế hoạch ở đây là {number}, ở đầu văn bản là {own}: kiểm tra số nào đúng."),
    "own_date": _("Ngày của Kế hoạch ở đây là {day}, ở đầu văn bản là {own}: kiểm tra ngày nào đúng."),
    "outside_period": _("Ngày {day} của {task} nằm ngoài “{frame}” ghi ở trước: kiểm tra ngày hoặc kỳ."),
    "body_only": _("{task} có hạn mà Phụ lục không có: đưa vào Phụ lục, hoặc báo riêng cho các đơn vị."),
    "cited_twice": _("Văn bản {number} ở {task} ghi ngày {day}, ở {where} ghi ngày {other}: kiểm tra ngày nào đúng."),
    "day_off": _("Ngày cuối {day} của {task} là ngày nghỉ; hạn áp dụng là {applied}: cân nhắc ghi ngày làm việc."),
    "same_occasion": _(
        "Hai hạn của {task} cùng thuộc kỳ {period} nên văn bản không chỉ rõ được hạn nào: thêm occasion "
        "(kỳ khác nhau) cho từng hạn."
    ),
    "window_gap": _("Các kỳ số liệu của {task} hở hoặc chồng ngày: kiểm tra ngày đầu và ngày chốt số liệu."),
    "group_empty": _("{task} giao cho “{group}” mà danh mục không có đơn vị nào thuộc nhóm này: nêu tên đơn vị."),
    "squeeze": _(
        "{period}: hạn áp dụng của {task} là {day}, chỉ còn {left} ngày làm việc để làm {built} từ các báo cáo ấy."
    ),
}
NO_RULE = _("không có hạn như vậy")
NOTED = _(" (ghi chú của kế hoạch đã nêu)")
FOUND = _("Kế hoạch {number}: {tasks} nhiệm vụ; {errors} lỗi, {warnings} cảnh báo, trong đó {noted} đã có ghi chú.")


def remark(code: str, facts: dict[str, object]) -> str:
    """What is wrong and what to do."""
    return fill(REMARKS[code], facts)
