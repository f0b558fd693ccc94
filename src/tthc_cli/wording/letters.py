"""Words of official letters and of the report on a plan, in the places that Nghị định 30/2020/NĐ-CP gives them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tthc_cli.wording.language import _, fill

STATE = _("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
MOTTO = _("Độc lập - Tự do - Hạnh phúc")
TO = _("Kính gửi:")
RECIPIENTS = _("Nơi nhận:")
REPORT = _("BÁO CÁO")
ANNEX = _("Phụ lục")
BLANK = "……………"
"""Where something is to be filled in by hand."""
DUTY_COLUMNS = {
    "number": _("TT"),
    "agency": _("Đơn vị"),
    "task": _("Nhiệm vụ"),
    "timing": _("Thời hạn theo Kế hoạch"),
    "product": _("Văn bản, sản phẩm"),
    "stated": _("Hạn ghi"),
    "due": _("Hạn áp dụng"),
}
STATES = {
    "overdue": _("Quá hạn (ngày)"),
    "ask": _("Lý do cần xác nhận"),
    "late": _("Ngày gửi; chậm (ngày)"),
}
PAPER = {
    "number": _("Số:          /{symbol}"),
    "dated": _("{place}, ngày {day} tháng {month} năm {year}"),
    "subject": _("V/v đôn đốc thực hiện nhiệm vụ quá hạn theo Kế hoạch số {plan}"),
    "subject_ask": _("V/v xác nhận kết quả thực hiện nhiệm vụ theo Kế hoạch số {plan}"),
    "report_subject": _("Tình hình thực hiện Kế hoạch số {plan} (tính đến hết ngày {day})"),
    "annex_title": _("DANH SÁCH NHIỆM VỤ ĐÔN ĐỐC, XÁC NHẬN THEO KẾ HOẠCH SỐ {plan}"),
    "report_annex_title": _("KẾT QUẢ THỰC HIỆN KẾ HOẠCH SỐ {plan} CỦA TỪNG ĐƠN VỊ, TÍNH ĐẾN HẾT NGÀY {day}"),
    "annex_with": _("(Kèm theo Công văn số          /{symbol} ngày {day} tháng {month} năm {year} của {name})"),
    "report_annex_with": _("(Kèm theo Báo cáo số          /{symbol} ngày {day} tháng {month} năm {year} của {name})"),
    "as_above": _("Như trên"),
    "copy": _("{name} (để đôn đốc)"),
    "archive": _("Lưu: {archive}"),
    "item": _("- {text};"),
    "last_item": _("- {text}."),
    "task": _("{id}. {title}"),
    "sent": _("{day}; chậm {days}"),
    "sent_unsure": _("Văn bản ngày {day}: {why}"),
    "moved": _("{due} (đã gia hạn; hạn gốc {original})"),
    "file": _("cong-van-don-doc-{day}.docx"),
    "file_to": _("cong-van-don-doc-{day}-{unit}.docx"),
    "report_file": _("bao-cao-tinh-hinh-{day}.docx"),
}
COLLECTIVE = {
    "province": _("Các sở, ban, ngành tỉnh có tên tại Phụ lục"),
    "sector": _("Các cơ quan ngành dọc có tên tại Phụ lục"),
    "district": _("Ủy ban nhân dân các huyện, thành phố có tên tại Phụ lục"),
    "commune": _("Ủy ban nhân dân các xã, phường, thị trấn có tên tại Phụ lục"),
}
GROUPS = {"province": _("Các cơ quan cấp tỉnh"), "commune": _("Ủy ban nhân dân cấp xã")}
PARTS = {
    "overdue": _("{number}. Nhiệm vụ quá hạn, sổ theo dõi chưa ghi nhận văn bản ({count} nhiệm vụ)"),
    "ask": _("{number}. Nhiệm vụ đề nghị xác nhận, chưa tính là quá hạn ({count} nhiệm vụ)"),
    "late": _("{number}. Nhiệm vụ đã có văn bản, gửi sau hạn ({count} nhiệm vụ)"),
}
BODY = {
    "ground": _("Thực hiện {kind} số {plan} ngày {day} tháng {month} năm {year} của {issuer}, {name} đã đối chiếu sổ "
                "theo dõi văn bản với nhiệm vụ giao các đơn vị. Tính đến hết ngày {as_of}:"),
    "overdue": _("- Có {count} nhiệm vụ{of} đã quá hạn mà sổ theo dõi chưa ghi nhận văn bản (mục "
                 "{part} Phụ lục). Đề nghị {whom} khẩn trương hoàn thành, gửi văn bản về {to} chậm nhất ngày "
                 "{answer} và nêu rõ nguyên nhân chậm."),
    "ask": _("- Có {count} nhiệm vụ{of} chưa đủ căn cứ để kết luận (mục {part} Phụ lục). Đề nghị {whom} "
             "xác nhận với {to} chậm nhất ngày {answer}; khi chưa xác nhận, các nhiệm vụ này không tính là quá "
             "hạn."),
    "late": _("- Có {count} nhiệm vụ{of} đã có văn bản nhưng gửi sau hạn (mục {part} Phụ lục). Đề nghị "
              "{whom} gửi đúng hạn các kỳ sau."),
    "districts": _("Ủy ban nhân dân các huyện, thành phố đôn đốc Ủy ban nhân dân cấp xã trực thuộc có tên tại Phụ "
                   "lục."),
    "sent_already": _("Đơn vị đã gửi văn bản, đề nghị cho biết số, ký hiệu và ngày gửi để cập nhật sổ theo dõi."),
    "end": _("{name} đề nghị {all} quan tâm thực hiện./."),
}  # fmt: skip
MANY = {"of": _(" của {units} đơn vị"), "whom": _("đơn vị có tên"), "all": _("các đơn vị")}
ONE = {"of": "", "whom": _("đơn vị"), "all": _("đơn vị")}
SITUATION = {
    "ground": _("Thực hiện {kind} số {plan} ngày {day} tháng {month} năm {year} của {issuer}, {name} báo cáo tình hình "
                "thực hiện tính đến hết ngày {as_of} như sau:"),
    "results": _("I. KẾT QUẢ CHUNG"),
    "assigned": _("Trong phạm vi theo dõi có {assigned} nhiệm vụ theo từng đơn vị và từng kỳ. Trong đó:"),
    "counts": _("{label}: {count}"),
    "rate": _("Tỷ lệ đúng hạn là {rate}, tính trên {decided} nhiệm vụ đã có kết luận."),
    "no_rate": _("Chưa có nhiệm vụ nào đến lúc kết luận đúng hạn hay quá hạn."),
    "breaches": _("II. NHIỆM VỤ QUÁ HẠN"),
    "overdue": _("Chưa có văn bản: {count} nhiệm vụ của {units} đơn vị, gồm {listed}."),
    "late": _("Đã có văn bản, gửi sau hạn: {count} nhiệm vụ của {units} đơn vị, gồm {listed}."),
    "unit": _("{name} ({count})"),
    "more": _("{count} đơn vị khác (xem Phụ lục)"),
    "no_breaches": _("Không có nhiệm vụ nào đủ căn cứ kết luận là quá hạn."),
    "ask": _("III. NỘI DUNG CẦN XÁC NHẬN"),
    "asked": _("Có {count} nhiệm vụ chưa đủ căn cứ kết luận, không tính là quá hạn:"),
    "why": _("{count} nhiệm vụ: {why}"),
    "nothing_to_ask": _("Không có."),
    "bad_rows": _("Sổ theo dõi có {count} dòng lỗi chưa được tính; sửa xong sẽ đối chiếu lại."),
    "soon": _("IV. NHIỆM VỤ SẮP ĐẾN HẠN"),
    "due_soon": _("Trong {days} ngày làm việc tới có {count} nhiệm vụ đến hạn:"),
    "item": _("{title} ({units}): hạn {due}"),
    "none_soon": _("Trong {days} ngày làm việc tới không có nhiệm vụ nào đến hạn."),
    "proposals": _("V. ĐỀ XUẤT, KIẾN NGHỊ"),
    "end": _("Trên đây là tình hình thực hiện {kind} số {plan}, {name} báo cáo./."),
}  # fmt: skip
KIND_OF_PLAN = _("Kế hoạch")
TOLD = {
    "written": _("Đã ghi {path}"),
    "nothing": _("Không có nhiệm vụ nào quá hạn hay cần xác nhận: không soạn công văn."),
    "own": _("{count} nhiệm vụ của chính {name} không đưa vào công văn; có trong báo cáo."),
    "nobody": _("{count} nhiệm vụ chưa rõ đơn vị chủ trì nên không đưa vào công văn; có trong báo cáo."),
    "blanks": _("Chưa có {keys} trong mục [letter] của tthc.toml: chỗ tương ứng để trống, điền trước khi ký."),
    "bad_rows": _("Sổ theo dõi có {count} dòng lỗi chưa được tính (tthc check): nên sửa trước khi ký công văn."),
    "check": _("Kiểm tra số, ký hiệu, nơi nhận và từng dòng của Phụ lục trước khi ký."),
}
TROUBLES = {
    "letter_year_over": _("Năm {year} của kế hoạch đã qua: không soạn công văn. Nếu chắc chắn cần, thêm --force."),
    "letter_changed": _("Tệp này đã có và khác với bản vừa soạn (có thể đã sửa tay): đổi tên nó, hoặc thêm --force."),
    "letter_unit": _("Danh mục không có cơ quan “{value}” nêu ở unit: xem mã bằng lệnh tthc agencies."),
    "template_missing": _("Không có mẫu Word {name}: sửa đường dẫn, hoặc bỏ dòng đó để dùng mẫu của chương trình."),
    "template_unusable": _(
        "Không dùng được mẫu Word {name} ({why}): xem mẫu của chương trình bằng tthc letter --templates."
    ),
}  # fmt: skip
UNUSABLE = {
    "file": _("không phải tệp .docx, hoặc đã hỏng"),
    "name": _("không có gì tên “{name}” để điền"),
    "tag": _("chỗ điền viết sai"),
}


def paper(key: str, /, **facts: object) -> str:
    """A line at a place of a paper."""
    return fill(PAPER[key], facts)


def part(key: str, /, **facts: object) -> str:
    """The heading of a part of an annex."""
    return fill(PARTS[key], facts)


def items(texts: Iterable[str]) -> tuple[str, ...]:
    """Lines of a list, by the signs that part them and end it."""
    listed = [text.rstrip(".; ") for text in texts]
    return tuple(paper("last_item" if at == len(listed) else "item", text=text) for at, text in enumerate(listed, 1))


def dated(value: date) -> dict[str, object]:
    """A day's parts as official papers write them: days below ten and the first two months with a nought."""
    return {
        "day": f"{value.day:02}",
        "month": f"{value.month:02}" if value.month < 3 else value.month,
        "year": value.year,
    }
