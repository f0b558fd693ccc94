"""Words for what is proposed from the office's register of incoming documents."""

from __future__ import annotations

from collections.abc import Mapping

from tthc_cli.wording.language import _, fill

SURENESS = {"sure": _("chắc"), "look": _("cần xem"), "unknown": _("không rõ")}
COLUMNS = {
    "sureness": _("Mức chắc chắn"),
    "maybe_task": _("Đề xuất nhiệm vụ"),
    "maybe_agency": _("Đề xuất cơ quan"),
    "maybe_period": _("Đề xuất kỳ"),
    "reasons": _("Căn cứ"),
}
TITLE = _("Sổ theo dõi đề xuất từ sổ văn bản đến")
REASONS = {
    "agency_known": _("“{issuer}” là {agency}"),
    "agency_ambiguous": _("“{issuer}” có thể là {names}: ghi rõ cấp hoặc huyện"),
    "agency_unknown": _("không rõ “{issuer}” là cơ quan nào"),
    "agency_empty": _("dòng không ghi tác giả"),
    "agency_group": _("“{issuer}” là một nhóm cơ quan, không rõ đơn vị nào"),
    "agency_guessed": _("có thể là {agency}, cần xác nhận"),
    "agency_differs": _("ký hiệu “{symbol}” lại là của {agency}"),
    "agency_named": _("{signer} ký; cơ quan tham mưu có thể là {agency}"),
    "outside": _("cơ quan cấp trên hoặc ngoài tỉnh: không phải văn bản trả lời nhiệm vụ"),
    "not_leading": _("chữ nghĩa hợp với {task}, nhưng {agency} không chủ trì nhiệm vụ này"),
    "no_task": _("không hợp với nhiệm vụ nào"),
    "no_words": _("trích yếu không nêu việc gì"),
    "words": _("hợp {task} ở các chữ: {words}"),
    "words_left": _("{task} không có các chữ: {words}"),
    "words_few": _("trích yếu chưa đủ để chắc là {task}"),
    "close": _("cũng có thể là {tasks}"),
    "closer": _("chữ nghĩa gần {task} hơn, nhưng cơ quan này không chủ trì"),
    "letter": _("công văn: xem là báo cáo của đơn vị hay yêu cầu, đôn đốc"),
    "type_differs": _("loại văn bản ({types}) khác sản phẩm của {task}"),
    "errand": _("có chữ “{errand}”: có vẻ không phải văn bản trả lời"),
    "years_several": _("nói về nhiều năm"),
    "year_other": _("nêu năm {years}, kế hoạch là năm {year}"),
    "year_unsaid": _("không nêu năm {year}"),
    "day_outside": _("không nêu năm, ngày văn bản không thuộc năm {year}"),
    "period_missing": _("không nêu kỳ; {task} có các kỳ {known}"),
    "period_unfit": _("nêu “{text}”; {task} có các kỳ {known}"),
    "period_stray": _("nêu “{text}”, mà {task} không chia kỳ"),
    "period_year": _("nêu “{text}” không có năm; năm chỉ suy từ ngày văn bản"),
    "period_day": _("nêu “{text}”, nhưng ngày văn bản {day} cách xa kỳ đó"),
    "event_needed": _("{task} gắn với sự kiện: điền mã sự kiện"),
    "proposes": _("tờ trình: ngày văn bản là ngày trình"),
    "date_bad": _("“{value}” không phải ngày"),
    "date_none": _("không có ngày nào"),
    "columns": _("dòng có số ô không khớp dòng tiêu đề"),
    "quote": _("dấu ngoặc kép không đóng"),
    "long": _("ô dài quá 131.072 ký tự"),
    "encoding": _("ô chứa ký tự không đọc được"),
}
SUMMARY = _(
    "{path}: {rows} văn bản; đề xuất được nhiệm vụ {proposed}; chắc {sure}; còn {left} dòng cần người xem "
    "({look} cần xem, {unknown} không rõ)."
)
CONFIRM = _("Lọc cột “Mức chắc chắn”, điền ô trống theo các cột “Đề xuất”, xóa dòng không thuộc kế hoạch.")
NEXT = _("Điền xong mới kết luận quá hạn: tthc check {path}")
ANY_REGISTER = _("SO_THEO_DOI.csv")


def reason(code: str, facts: Mapping[str, object]) -> str:
    """Why something is proposed or not sure."""
    return fill(REASONS[code], facts)
