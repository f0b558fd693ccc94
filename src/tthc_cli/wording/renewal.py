"""What `tthc plan new-year` leaves to a person."""

from __future__ import annotations

from tthc_cli.wording.language import _, fill

SOURCE = _("Dự thảo cho năm {year}, soạn từ kế hoạch năm {old} ({number})")
MARKS = {
    "renew_number": _("số cũ là {words}: điền số, ký hiệu của kế hoạch mới."),
    "renew_date": _("ngày cũ là {words}: điền ngày ký của kế hoạch mới."),
    "renew_source": _("ghi lại nguồn khi kế hoạch mới được ký."),
    "renew_cited": _("“{words}” giữ nguyên: kiểm tra còn hiệu lực không, năm mới có văn bản khác không."),
    "renew_annex": _("dòng dẫn của Phụ lục cũ đã để thành chú thích."),
    "renew_answered_by": _("văn bản đã trả lời năm cũ đã để thành chú thích: năm mới chưa có."),
    "renew_amendments": _("các lần sửa đổi đã để thành chú thích: sửa thẳng vào nhiệm vụ nếu còn áp dụng."),
}
MARK = _("CẦN XEM: {text}")
WRITTEN = _("Đã ghi dự thảo năm {year} vào {path}: {count} chỗ cần xem. Ghi chú của kế hoạch cũ còn ở dạng chú thích.")
NEXT = _("Xem từng chỗ “CẦN XEM”, rồi chạy: tthc plan validate {path}")


def mark(code: str, words: str) -> str:
    """What to look at."""
    return fill(MARK, {"text": fill(MARKS[code], {"words": words})})
