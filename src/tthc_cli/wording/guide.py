"""The guidance that an empty register carries."""

from __future__ import annotations

from tthc_cli.wording.language import _

REGISTER, GUIDE, LISTS = _("Sổ theo dõi"), _("Hướng dẫn"), _("Danh mục")
TITLE = _("Cách ghi sổ theo dõi")
LINES = (
    _("Mỗi văn bản nhận được ghi một dòng ở trang Sổ theo dõi. Bắt buộc có nhiệm vụ và cơ quan; ô khác biết thì ghi."),
    _("Ô có mũi tên thì chọn trong danh sách. Gõ tay cũng được: chữ hoa hay thường, viết tắt thông dụng đều hiểu; cảnh "
      "báo hiện ra thì xem lại rồi chọn Yes nếu đúng ý."),
    _("Ngày ghi dạng ngày/tháng/năm, ví dụ 19/03/2021. Đừng đổi tên các tiêu đề; thêm cột riêng của cơ quan thì được."),
    _("Xét đúng hạn theo ngày gửi; trống thì theo ngày văn bản, rồi ngày đến. Nhiệm vụ tham mưu (cấp trên ký) xét theo "
      "ngày trình."),
    _("Ghi xong, lưu tệp rồi chạy: tthc check register.xlsx"),
)  # fmt: skip
HINTS = {
    "task": _("Mã nhiệm vụ trong kế hoạch, ví dụ XI.1. Một văn bản cho nhiều nhiệm vụ: I.1.4; X.2."),
    "agency": _("Đơn vị phải thực hiện. Xã trùng tên thì ghi thêm cột Huyện."),
    "parent": _("Chỉ cần cho cấp xã có tên trùng ở hai huyện."),
    "period": _("Kỳ của báo cáo định kỳ, ví dụ Quý I/2021. Việc làm một lần thì để trống."),
    "event": _("Mã sự kiện trong tệp sự kiện, với nhiệm vụ phát sinh theo sự kiện."),
    "document_number": _("Số và ký hiệu, ví dụ 12/BC-STTTT."),
    "document_date": _("Ngày ghi trên văn bản, dạng 19/03/2021; không sau hôm nay."),
    "sent_on": _("Ngày đơn vị gửi, dạng 19/03/2021; không sau hôm nay."),
    "received_on": _("Ngày đến ghi ở văn thư, dạng 19/03/2021; không sau hôm nay."),
    "proposed_on": _("Ngày trình, với nhiệm vụ tham mưu do cấp trên ký; dạng 19/03/2021, không sau hôm nay."),
    "result": _("Để trống; hoặc trả lại, thay thế: văn bản như vậy không được tính."),
    "abstract": _("Trích yếu nội dung."),
    "note": _("Ghi chú của cơ quan; chương trình không xét."),
}
RESULTS = (_("trả lại"), _("thay thế"))
COLUMNS = {
    "blanks": _("Các cột"),
    "tasks": _("Nhiệm vụ của kế hoạch"),
    "blank": _("Cột"),
    "hint": _("Cách ghi"),
    "task": _("Tên nhiệm vụ"),
    "who": _("Ai làm"),
}
