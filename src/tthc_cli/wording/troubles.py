"""Sentences for what stops a command: files, settings, names, and the flaws of plans, directories and calendars."""

from __future__ import annotations

from tthc_cli.wording.language import _
from tthc_cli.wording.usage import SETTINGS, USAGE

_FILES = {
    "file_missing": _("Không có tệp này: kiểm tra đường dẫn."),
    "missing_file": _("Không có tệp này: kiểm tra đường dẫn."),
    "file_is_folder": _("Đây là thư mục, không phải tệp: nêu tên tệp."),
    "is_folder": _("Đây là thư mục, không phải tệp: nêu tên tệp."),
    "file_unreadable": _("Không mở được tệp ({reason}): kiểm tra quyền đọc, đóng chương trình đang giữ tệp."),
    "unreadable_file": _("Không mở được tệp ({error}): kiểm tra quyền đọc, đóng chương trình đang giữ tệp."),
    "file_empty": _("Tệp trống: kiểm tra có chọn đúng tệp không."),
    "empty_file": _("Tệp trống: cần ít nhất dòng tiêu đề."),
    "file_binary": _("Tệp không phải văn bản thuần: lưu lại thành tệp văn bản UTF-8."),
    "file_not_utf8": _("Tệp không theo mã UTF-8 (gặp byte {byte}): lưu lại theo UTF-8."),
    "file_too_large": _("Tệp lớn quá {megabytes} MB: kiểm tra có chọn đúng tệp không."),
    "not_text": _("Tệp không phải CSV mà là {kind}: lưu lại thành CSV, hoặc đặt đúng đuôi tệp."),
    "no_header": _("Không thấy cột bắt buộc {missing}: thêm tiêu đề đó (các tiêu đề đang có: {headings})."),
    "column_twice": _("Cột “{field}” có hai lần ({headings}): bỏ hoặc đổi tên một cột."),
    "not_writable": _("Không ghi được vào đây ({why}): chọn nơi khác hoặc đóng tệp đang mở."),
    "format_unknown": _("Không biết định dạng “{name}”: dùng {known}."),
    "format_impossible": _("Báo cáo này không có dạng {name}: chọn dạng khác, ví dụ json."),
}
_YAML = {
    "yaml_syntax": _("Tệp YAML viết sai ở đây ({problem}): xem lại thụt dòng, dấu hai chấm, dấu ngoặc."),
    "yaml_no_mapping": _("Tệp phải gồm các cặp khóa và giá trị."),
    "yaml_several": _("Tệp chứa nhiều tài liệu (---): chỉ để một."),
    "yaml_too_deep": _("Tệp lồng quá sâu."),
    "yaml_alias": _("Không dùng tham chiếu *{name}: viết thẳng giá trị."),
    "yaml_anchor": _("Không dùng nhãn &{name}: viết thẳng giá trị."),
    "yaml_tag": _("Không dùng thẻ kiểu {name}: bỏ thẻ."),
    "yaml_key": _("Khóa phải là một chữ hay một số, không phải danh sách."),
    "yaml_repeated_key": _("Khóa “{key}” đã ghi ở dòng {first}: bỏ một chỗ."),
}
_VALUES = {
    "field_missing": _("Thiếu khóa “{field}”: thêm vào."),
    "field_unknown": _("Không có khóa “{field}”: kiểm tra chính tả."),
    "value_missing": _("Khóa “{field}” chưa có giá trị: điền hoặc bỏ khóa."),
    "value_wrong": _("Giá trị “{value}” của “{field}” không dùng được ({problem})."),
    "value_not_listed": _("Giá trị “{value}” của “{field}” không hợp lệ: dùng một trong {expected}."),
    "rule_kind_unknown": _("Không có loại hạn “{value}”: dùng một trong {expected}."),
    "rule_kind_missing": _("Hạn thiếu “kind”: thêm loại hạn."),
    "id_malformed": _("“{value}” của “{field}” không đúng dạng mã: dùng chữ thường không dấu, số và dấu gạch nối."),
    "not_a_text": _("“{field}” phải là chữ."),
    "not_a_list": _("“{field}” phải là một danh sách."),
    "not_a_mapping": _("“{field}” phải gồm các cặp khóa và giá trị."),
    "not_a_yes_or_no": _("“{field}” phải là true hoặc false, không phải “{value}”."),
    "value_no_date": _("“{value}” của “{field}” không phải ngày: ghi dạng 2021-06-19."),
    "not_a_number": _("“{value}” của “{field}” không phải số nguyên."),
    "number_out_of_range": _("Số {value} của “{field}” ngoài khoảng cho phép (giới hạn {bound})."),
}
_FLAWS = {
    "unknown_kind": _("Tên “{place}” phải bắt đầu bằng loại đơn vị: tỉnh, thành phố, thị xã, quận, huyện, phường, xã, "
                      "thị trấn."),
    "duplicate_id": _("Mã “{id}” dùng hai lần: đổi một mã."),
    "unknown_unit": _("“{id}” nêu cơ quan không có trong danh mục: “{name}”."),
    "group_cycle": _("Nhóm “{id}” chứa chính nó: bỏ thành viên gây vòng."),
    "shared_spelling": _("“{one}” và “{id}” có chung cách viết “{key}”: bỏ ở một bên."),
    "wrong_year": _("Ngày {day} không thuộc năm {year}: chuyển sang đúng năm."),
    "wrong_weekday": _("Ngày {day} không đúng loại ngày của danh sách này (ngày nghỉ phải là thứ Hai đến thứ Sáu, ngày "
                       "làm bù phải là thứ Bảy hoặc Chủ nhật)."),
    "period": _("Không phải kỳ: ghi 2021, 2021-H1, 2021-Q3 hoặc 2021-05."),
    "period_order": _("Kỳ kết thúc trước khi bắt đầu: đổi lại thứ tự."),
    "period_number": _("Trong năm không có kỳ mang số này."),
    "before_no_day": _("“before” cần đi cùng “day”."),
    "repeated": _("“{text}” ghi hai lần trong danh sách: bỏ một."),
    "restates": _("Nhiệm vụ nhắc lại nhiệm vụ khác thì không có hạn riêng."),
    "no_rule": _("Nhiệm vụ cần có hạn (deadlines), hoặc nêu nhiệm vụ mà nó nhắc lại (restates)."),
    "assigned": _("Nhóm được phân công phải có trong lead_agencies: {text}."),
    "section_repeated": _("Mục “{id}” ghi hai lần: bỏ một."),
    "task_repeated": _("Mã nhiệm vụ “{id}” dùng hai lần: đổi một mã."),
    "section_unknown": _("Nhiệm vụ {task} nêu mục “{id}” không có trong sections."),
    "nobody_leads": _("Nhiệm vụ {task} không có cơ quan chủ trì: điền lead_agencies."),
    "restates_restating": _("Nhiệm vụ {task} nhắc lại “{id}”, mà “{id}” lại nhắc lại nhiệm vụ khác: nêu thẳng nhiệm "
                            "vụ gốc."),
    "event_kind_unknown": _("Kế hoạch không khai loại sự kiện “{id}”: dùng một trong {known}."),
    "plan_agency_unknown": _("Danh mục không có cơ quan hay nhóm “{id}”: sửa mã hoặc thêm vào danh mục."),
    "plan_task_unknown": _("Kế hoạch không có nhiệm vụ “{id}”."),
}  # fmt: skip
_SETTINGS = {
    "reading_task_unknown": _("Cách hiểu nêu nhiệm vụ “{value}” không có trong kế hoạch."),
    "reading_agency_unknown": _("Cách hiểu nêu cơ quan “{value}” không rõ là cơ quan nào: dùng mã của danh mục."),
}
TROUBLES = {**_FILES, **_YAML, **_VALUES, **_FLAWS, **_SETTINGS, **SETTINGS, **USAGE}
FILE_KINDS = {
    "zip": _("tệp Excel hoặc tệp nén"),
    "ole": _("tệp Office đời cũ"),
    "pdf": _("tệp PDF"),
    "rtf": _("tệp RTF"),
    "binary": _("tệp nhị phân"),
}
_WHY = (
    (PermissionError, _("không có quyền")),
    (FileNotFoundError, _("không có tệp hoặc thư mục này")),
    (IsADirectoryError, _("đây là một thư mục")),
    (NotADirectoryError, _("một phần đường dẫn không phải thư mục")),
    (FileExistsError, _("tệp đã có")),
    (UnicodeError, _("không phải chữ theo mã UTF-8")),
)


def why(error: Exception) -> str:
    """The cause of a failed reading or writing, in words."""
    found = next((words for kind, words in _WHY if isinstance(error, kind)), None)
    return found or str(getattr(error, "strerror", None) or error)
