"""Sentences on what was done to make a plan of a document, and what a person should look at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from tthc_cli.wording.language import _, day, fill

if TYPE_CHECKING:
    from tthc_cli.drafting.document import Place, Remark
    from tthc_cli.drafting.draft import Draft

KINDS = {
    "open": _("CẦN XEM"),
    "guessed": _("đã hiểu là"),
    "mended": _("đã sửa"),
    "left": _("không chép"),
}
REMARKS = {
    "open_no_table": _("Không thấy bảng nhiệm vụ nào (cần tiêu đề nhiệm vụ cùng cơ quan, thời gian hoặc sản phẩm; PDF "
                       "thì bảng phải có đường kẻ): chỉ lấy các việc ở phần Tổ chức thực hiện."),
    "open_timing": _("Không đọc được hạn “{words}” (phần chưa hiểu: “{leftover}”): điền deadlines thay cho unread."),
    "open_leftover": _("Trong “{words}” còn phần “{leftover}” chưa hiểu: kiểm tra có đổi hạn không."),
    "open_several_periods": _("Đánh dấu ở nhiều kỳ “{words}”: điền deadlines là một khoảng (period, until) hay "
                              "từng kỳ."),
    "open_no_timing": _("Hàng không ghi thời gian: điền deadlines thay cho unread, hoặc ghi continuous nếu là việc "
                        "thường xuyên."),
    "open_no_title": _("Hàng có số mà không có tên nhiệm vụ: điền title."),
    "open_no_lead": _("Hàng không ghi cơ quan chủ trì: thay nhom-chua-ro ở lead_agencies và assigned."),
    "open_lead_unknown": _("Danh mục không có cơ quan chủ trì “{name}”{near_part}: thêm vào danh mục, rồi thay "
                           "nhom-chua-ro ở lead_agencies và assigned."),
    "open_support_unknown": _("Danh mục không có cơ quan phối hợp “{name}”{near_part}: chỉ giữ tên, chưa có ở "
                              "support_agencies."),
    "open_section_empty": _("Mục {id} “{title}” không có nhiệm vụ nào: kiểm tra có phải là nhiệm vụ thiếu cơ quan và "
                            "thời gian không."),
    "open_body_day": _("Thân văn bản nêu hạn “{words}” ngoài phần Tổ chức thực hiện, chưa thành nhiệm vụ: “{text}”."),
    "open_past_day": _("“{words}” ở trước ngày ban hành, có thể không phải là hạn: điền deadlines thay cho unread."),
    "open_body_cycle": _("Câu này nói theo kỳ “{words}”, thường là nhắc lại Phụ lục: thay deadlines bằng restates: "
                         "[mã], hoặc điền hạn."),
    "open_body_repeats": _("Có thể nhắc lại {other} (cùng hạn, lời gần giống): nếu đúng thì thay deadlines bằng "
                           "restates: [{other}]."),
    "open_plan_number": _("Không thấy số ký hiệu của kế hoạch: điền number."),
    "open_plan_date": _("Không thấy ngày ban hành: date tạm ghi ngày đầu năm, sửa lại."),
    "open_plan_title": _("Không thấy tên kế hoạch: điền title."),
    "guessed_plan_number": _("Văn bản ghi hai số: lấy {taken}, chỗ này ghi {other}."),
    "guessed_year": _("Văn bản không ghi năm của kế hoạch: lấy {year} theo ngày ban hành; --year để đổi."),
    "guessed_number": _("Hàng không có số thứ tự: lấy mã {id}."),
    "guessed_repeated": _("Số thứ tự trùng với một hàng trước: lấy mã {id}."),
    "guessed_heading": _("Hàng không có số và chỉ có một ô: lấy làm mục {id} “{text}”."),
    "guessed_own_section": _("Nhiệm vụ đứng ngang hàng với các mục: lấy làm mục {id} có một nhiệm vụ."),
    "guessed_title_column": _("Không tiêu đề nào ghi nhiệm vụ hay nội dung: lấy cột “{column}” làm tên nhiệm vụ."),
    "guessed_listed": _("Văn bản không có bảng nhiệm vụ: đọc các đoạn có nhãn “Cơ quan chủ trì:”, “Thời gian:” …"),
    "guessed_section": _("Bảng không chia mục: lấy một mục chung."),
    "guessed_appendix": _("Số thứ tự đếm lại từ đầu: coi là phụ lục khác, mã bắt đầu bằng {prefix}."),
    "guessed_ditto": _("“{words}” là như trên: lấy “{text}”."),
    "guessed_timing_in_title": _("Hàng không ghi thời gian; hạn “{words}” lấy từ tên nhiệm vụ."),
    "guessed_from_product": _("Chu kỳ “{words}” nằm ở cột sản phẩm: đọc cả hai cột."),
    "guessed_beside": _("“{words}” nằm trong cột chủ trì: đơn vị đứng sau chữ phối hợp được tính là phối hợp."),
    "guessed_roles": _("Ô chủ trì nêu cả hai vai trò, đã tách ra: “{words}”."),
    "guessed_in_charge": _("Chỉ đơn vị phụ trách trong {names} mới chủ trì, theo sự kiện hoặc văn bản giao việc."),
    "guessed_reduced": _("“{name}” được tính là {unit}."),
    "guessed_signer": _("Sản phẩm “{words}” do UBND tỉnh hoặc Chủ tịch ký: đơn vị chủ trì chỉ tham mưu (signed_by)."),
    "guessed_continuous": _("Câu không có thời hạn: ghi là việc thường xuyên; nếu nhắc lại nhiệm vụ của Phụ lục thì "
                            "thay deadlines bằng restates."),
    "mended_cut_row": _("Nối phần tiếp của hàng trước: “{text}”."),
    "mended_full_stop": _("Bỏ dấu chấm ở cuối “{words}”."),
    "mended_hyphen": _("Nối chữ bị ngắt dòng: “{old}” → “{new}”."),
    "mended_quarter": _("Sửa dấu: “{old}” → “{new}”."),
    "mended_doubled": _("Bỏ dấu câu lặp: “{old}” → “{new}”."),
    "mended_glued": _("Tách chữ dính: “{old}” → “{new}”."),
    "mended_nfc": _("Chữ Việt tổ hợp rời được ghép lại ở {count} chỗ."),
    "mended_tags": _("Bỏ thẻ HTML, dấu in đậm và ký hiệu liên kết ở {count} chỗ."),
    "mended_spaces": _("Bỏ khoảng trắng thừa ở {count} chỗ."),
    "left_above_header": _("Hàng trên tiêu đề của bảng: “{text}”."),
    "left_header": _("Hàng tiêu đề: “{text}”."),
    "left_header_again": _("Hàng tiêu đề lặp lại: “{text}”."),
    "left_no_columns": _("Bảng này không phải bảng nhiệm vụ (không thấy tiêu đề nhiệm vụ, cơ quan, thời gian): "
                         "“{text}”."),
    "left_row": _("Hàng không thành nhiệm vụ hay mục: “{text}”."),
    "left_cell": _("Ô “{column}” ở hàng tên mục: “{text}”."),
    "left_body": _("Câu ở phần Tổ chức thực hiện, trước mục đầu tiên: “{text}”."),
}  # fmt: skip
_NEAR = _(", có phải là: {near}?")
_PLACES = {
    "line": _("dòng {line}"),
    "sheet": _("trang tính {sheet}"),
    "page": _("trang {page}"),
    "paragraph": _("đoạn {paragraph}"),
    "table": _("bảng {table}"),
    "row": _("hàng {row}"),
}
_OTHER_CELL = _("Cột “{column}”: {text}")
_SOURCE = _("Kế hoạch số {number} ngày {day}")
_HEAD = (
    _("Dự thảo do tthc plan import lập từ {path}. Lời văn giữ như văn bản gốc; {count} chỗ đã sửa, đã hiểu hoặc cần"),
    _("xem được ghi bằng chú thích bên cạnh. Tìm chữ “CẦN XEM”, xử lý từng chỗ, rồi chạy: tthc plan validate."),
    _("Hạn loại unread là hạn chưa ai đọc được: nhiệm vụ vẫn được liệt kê là cần người xem xét, không tính quá hạn."),
)
SUMMARY = _(
    "{tasks} nhiệm vụ, {sections} mục; {open} chỗ cần xem, {guessed} chỗ đã hiểu theo một cách, {mended} chỗ đã sửa, "
    "{left} hàng hay ô không chép."
)
WRITTEN = _("Đã ghi {path}. Xem: tthc list --plan {path}")


def head(path: str, count: int) -> tuple[str, ...]:
    """The words at the top of the file."""
    return tuple(fill(line, {"path": path, "count": count}) for line in _HEAD)


def comment(remark: Remark) -> str:
    """A remark with its place, in one line."""
    where = place(remark.place)
    near = remark.facts.get("near")
    facts = {**remark.facts, "near_part": fill(_NEAR, {"near": near}) if near else ""}
    words = "".join(char if char.isprintable() else " " for char in fill(REMARKS[remark.code], facts))
    text = " ".join(words.split())
    return f"[{KINDS[remark.kind]}] {f'{where}: ' if where else ''}{text}"


def place(where: Place) -> str:
    """Where something stands: "bảng 2, hàng 14"."""
    facts = {name: value for name in _PLACES if (value := getattr(where, name)) is not None}
    if "line" in facts:
        facts = {"line": facts["line"]}
    elif "sheet" in facts:
        facts.pop("table", None)
    return ", ".join(fill(_PLACES[name], facts) for name in facts)


def review(draft: Draft) -> Iterator[str]:
    """The review list: what needs a person first, then the rest in the document's order, then the totals."""
    order = list(KINDS)
    listed = sorted(draft.remarks, key=lambda remark: order.index(remark.kind))
    for _kind, remarks in groupby(listed, key=lambda remark: remark.kind):
        for remark in remarks:
            yield f"{remark.task}: {comment(remark)}" if remark.task else comment(remark)
    counts = {kind: sum(1 for remark in listed if remark.kind == kind) for kind in KINDS}
    yield fill(SUMMARY, {"tasks": len(draft.tasks), "sections": len(draft.sections), **counts})


def cell_note(column: str, text: str) -> str:
    """A cell of a column that a plan has no field for, as a note."""
    return fill(_OTHER_CELL, {"column": column, "text": text}) if column else text


def source(number: str, value: date | None) -> str:
    """What the plan was taken from."""
    return fill(_SOURCE, {"number": number or "…", "day": day(value) if value else "…"})
