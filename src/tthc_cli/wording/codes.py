"""What each finding code means and what to do about it."""

from __future__ import annotations

from tthc_cli.records import Severity
from tthc_cli.tuples import NamedTuple
from tthc_cli.wording.language import _


class Code(NamedTuple):
    """A finding code in words."""

    severity: Severity
    title: str
    means: str
    do: str


CODES = {
    "R01": Code(
        "error", _("Dòng không đọc được"),
        _("Số ô không khớp tiêu đề, dấu ngoặc kép không đóng, ô quá dài, ký tự sai mã; dòng này không được tính."),
        _("Mở tệp tại dòng đó, sửa ô nêu trong thông báo, lưu lại theo UTF-8."),
    ),
    "R02": Code(
        "error", _("Thiếu ô bắt buộc"),
        _("Dòng không ghi nhiệm vụ hoặc cơ quan nên không biết trả lời việc gì."),
        _("Điền mã nhiệm vụ và tên cơ quan; ô gộp nhiều dòng thì bỏ gộp và điền từng dòng."),
    ),
    "R03": Code(
        "error", _("Nhiệm vụ không có trong kế hoạch"),
        _("Mã nhiệm vụ không khớp mã nào, kể cả khi bỏ qua chữ hoa, khoảng trắng và dấu chấm."),
        _("Tra mã bằng tthc list --search; nếu chương trình gợi ý mã, kể cả cho ô ghi bằng lời, thì kiểm tra rồi sửa."),
    ),
    "R04": Code(
        "error", _("Cơ quan không có trong danh mục"),
        _("Tên cơ quan không khớp tên hay cách viết nào đã khai."),
        _("Tra bằng tthc agencies TÊN; tên viết khác thường thì thêm vào spellings của danh mục."),
    ),
    "R05": Code(
        "error", _("Cơ quan chưa rõ là đơn vị nào"),
        _("Tên có thể là nhiều đơn vị (ví dụ xã trùng tên ở hai huyện), là tên một nhóm, hoặc ô ghi nhiều đơn vị."),
        _("Ghi rõ cấp và huyện, hoặc thêm cột huyện; mỗi đơn vị một dòng."),
    ),
    "R06": Code(
        "error", _("Cơ quan không chủ trì nhiệm vụ này"),
        _("Cơ quan có thật nhưng kế hoạch không giao chủ trì, hoặc được miễn vì là nơi nhận báo cáo; "
          "việc của cơ quan ban hành ghi ở dòng, nếu có, được để người xem xét."),
        _("Kiểm tra mã nhiệm vụ, và cột cơ quan có phải nơi phải nộp không (không phải nơi xử lý); "
          "nếu được giao bằng văn bản riêng thì ghi vào tệp phân công."),
    ),
    "R07": Code(
        "error", _("Không phải ngày"),
        _("Ô ngày không đọc được, hoặc dòng không có ngày nào; nhiệm vụ liên quan được để người xem xét."),
        _("Ghi ngày theo dạng 19/6/2021 hoặc 2021-06-19; không dùng dạng tháng trước ngày."),
    ),
    "R08": Code(
        "error", _("Ngày ở sau hôm nay"),
        _("Văn bản ghi ngày chưa tới, thường do gõ nhầm năm hoặc tháng."),
        _("Sửa lại ngày theo văn bản."),
    ),
    "R09": Code(
        "error", _("Thiếu kỳ báo cáo hoặc kỳ không có"),
        _("Nhiệm vụ định kỳ có nhiều kỳ; dòng không ghi kỳ, hoặc ghi kỳ mà nhiệm vụ không có."),
        _("Điền cột kỳ, ví dụ 2021-Q1 hoặc quý I/2021."),
    ),
    "R10": Code(
        "error", _("Thiếu sự kiện hoặc sự kiện không có"),
        _("Nhiệm vụ phát sinh theo sự kiện; dòng không nêu, hoặc nêu mã không có trong tệp sự kiện."),
        _("Điền mã sự kiện, hoặc thêm sự kiện vào tệp sự kiện."),
    ),
    "R11": Code(
        "warning", _("Số ký hiệu không đúng dạng"),
        _("Số ký hiệu khác dạng số/loại-cơ quan; dòng vẫn được tính."),
        _("Đối chiếu với văn bản, sửa nếu gõ nhầm."),
    ),
    "R12": Code(
        "warning", _("Văn bản ghi hai lần"),
        _("Cùng cơ quan, năm, số ký hiệu, nhiệm vụ và kỳ đã có ở dòng trước; dòng vẫn được tính."),
        _("Xóa dòng thừa nếu là nhập hai lần."),
    ),
    "R13": Code(
        "warning", _("Thứ tự ngày bất thường"),
        _("Ngày gửi trước ngày văn bản, hoặc ngày đến trước ngày gửi; dòng vẫn được tính."),
        _("Kiểm tra lại các ngày của dòng."),
    ),
    "R14": Code(
        "warning", _("Văn bản có trước ngày chốt số liệu"),
        _("Báo cáo ghi ngày trước khi kỳ số liệu kết thúc, nên có thể thuộc kỳ khác; dòng vẫn được tính."),
        _("Kiểm tra kỳ báo cáo và ngày của văn bản."),
    ),
    "C01": Code(
        "error", _("Chưa hoàn thành, quá hạn"),
        _("Hết hạn áp dụng mà sổ chưa có văn bản nào trả lời nhiệm vụ."),
        _("Đối chiếu văn bản đến; nếu đúng thì đôn đốc. Trường hợp cần xác nhận thì hỏi trước."),
    ),
    "C02": Code(
        "error", _("Hoàn thành quá hạn"),
        _("Văn bản sớm nhất trả lời nhiệm vụ có ngày sau hạn áp dụng."),
        _("Kiểm tra ngày trong sổ; xem cách tính hạn bằng tthc explain."),
    ),
    "C03": Code(
        "warning", _("Sắp đến hạn"),
        _("Còn ít ngày làm việc đến ngày nên gửi chậm nhất (mặc định 5, đổi bằng --due-soon)."),
        _("Nhắc cơ quan chủ trì."),
    ),
    "C04": Code(
        "warning", _("Cần người xem xét"),
        _("Dữ liệu hoặc lời văn kế hoạch chưa đủ để kết luận; chương trình không coi là vi phạm."),
        _("Xem lý do kèm theo và bổ sung sổ, sự kiện hoặc phân công."),
    ),
    "C05": Code(
        "warning", _("Ngày văn bản trong hạn, đến sau hạn"),
        _("Văn bản ghi ngày trong hạn nhưng gửi hoặc đến sau hạn: trường hợp hay tranh luận nhất."),
        _("Xác định ngày dùng để xét (thiết lập proof) và đối chiếu với hệ thống văn bản."),
    ),
}  # fmt: skip
