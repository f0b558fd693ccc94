"""The legal sources of the rules, each in a sentence of our own."""

from __future__ import annotations

from tthc_cli.tuples import NamedTuple
from tthc_cli.wording.language import _


class Basis(NamedTuple):
    """A source and what it says here; `source` is empty where no text settles the matter."""

    source: str
    text: str


BASIS = {
    "blds-146": Basis(
        _("Bộ luật Dân sự 2015, Điều 146"),
        _("Cuối tháng là ngày cuối cùng của tháng; giữa năm là ngày 30/6; cuối năm là ngày cuối cùng của tháng 12. "
          "Áp dụng tương tự cho kỳ ghi theo tháng, quý, năm."),
    ),
    "blds-147": Basis(
        _("Bộ luật Dân sự 2015, Điều 147"),
        _("Thời hạn tính bằng ngày, tuần, tháng, năm không tính ngày đầu tiên; bắt đầu bằng một sự kiện thì không "
          "tính ngày xảy ra sự kiện."),
    ),
    "blds-148.3": Basis(
        _("Bộ luật Dân sự 2015, Điều 148 khoản 3, 4"),
        _("Thời hạn tính bằng tháng, năm kết thúc ở ngày tương ứng; tháng không có ngày đó thì kết thúc ở ngày cuối "
          "tháng."),
    ),
    "blds-148.5": Basis(
        _("Bộ luật Dân sự 2015, Điều 148 khoản 5"),
        _("Ngày cuối của thời hạn là ngày nghỉ cuối tuần hoặc ngày nghỉ lễ thì thời hạn kết thúc khi hết ngày làm việc "
          "tiếp theo. Áp dụng tương tự cho báo cáo giữa các cơ quan; thiết lập day_off đổi được."),
    ),
    "blds-148.6": Basis(
        _("Bộ luật Dân sự 2015, Điều 148 khoản 6"),
        _("Ngày cuối của thời hạn kết thúc lúc 24 giờ, không phải lúc hết giờ làm việc."),
    ),
    "before-date": Basis(
        "",
        _("“Trước ngày D” theo nghĩa đen là hết ngày D−1. Chưa tìm thấy quy định giải thích cụm từ này, nên cách hiểu "
          "là một thiết lập (before_excludes_day). Hạn này không chuyển khi trùng ngày nghỉ, vì không được chạm "
          "ngày D."),
    ),
    "nd63-15": Basis(
        _("Nghị định 63/2010/NĐ-CP, Điều 15 (sửa đổi bởi Nghị định 92/2017/NĐ-CP)"),
        _("Chủ tịch UBND cấp tỉnh công bố thủ tục hành chính trước 05 ngày tính đến ngày văn bản có hiệu lực. Đếm lùi "
          "theo ngày lịch; hạn không chuyển sang ngày sau, vì như vậy thời gian báo trước bị ngắn lại."),
    ),
    "nd63-15-short": Basis(
        _("Nghị định 63/2010/NĐ-CP, Điều 15 (sửa đổi bởi Nghị định 92/2017/NĐ-CP)"),
        _("Văn bản theo thủ tục rút gọn, có hiệu lực từ khi ký, được công bố trong 03 ngày sau khi ký. Vì vậy trong "
          "03 ngày sau ngày có hiệu lực chương trình để người xem xét, chưa kết luận chậm."),
    ),
    "nd63-24": Basis(
        _("Nghị định 63/2010/NĐ-CP, Điều 24 khoản 2 (sửa đổi bởi Nghị định 92/2017/NĐ-CP)"),
        _("Quyết định công bố của Chủ tịch UBND cấp tỉnh được đăng tải lên Cơ sở dữ liệu quốc gia trong 05 ngày làm "
          "việc kể từ ngày ký; ngày ký không tính."),
    ),
    "nd09-12": Basis(
        _("Nghị định 09/2019/NĐ-CP, Điều 12 (theo cách các tỉnh áp dụng)"),
        _("Số liệu báo cáo quý tính từ ngày 15 tháng trước kỳ đến ngày 14 tháng cuối quý; báo cáo năm từ ngày 15/12 "
          "năm trước đến ngày 14/12; cả hai đầu đều tính."),
    ),
}  # fmt: skip


def basis(key: str) -> str:
    """A source with its sentence; a plan's own source, which is no key, stays as written."""
    if key not in BASIS:
        return key
    found = BASIS[key]
    return f"{found.source}: {found.text}" if found.source else found.text
