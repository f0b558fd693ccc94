"""Sentences for what stops a command: files, settings, names, and the flaws of plans, directories and calendars."""

from __future__ import annotations

import errno

from tthc_cli.wording.language import _
from tthc_cli.wording.letters import TROUBLES as LETTERS
from tthc_cli.wording.mail import MAIL
from tthc_cli.wording.usage import SETTINGS, USAGE

_FILES = {
    "missing_file": _("Không có tệp này: kiểm tra đường dẫn."),
    "missing_remote": _("Không có gì ở địa chỉ này: kiểm tra lại; thư mục thì ghi / ở cuối, nhiều tệp thì dùng *."),
    "no_remote": _("Đọc địa chỉ này cần phần mở rộng remote: pip install 'tthc-cli[remote]'."),
    "remote_failed": _(
        "Không lấy được tệp từ địa chỉ này ({why}): kiểm tra địa chỉ, mạng, quyền đọc, chỗ trống trên đĩa."
    ),
    "remote_slow": _("Quá lâu máy chủ không gửi gì: kiểm tra mạng, thử lại sau."),
    "remote_partial": _("Máy chủ không gửi cả tệp (mã {status}): tải tệp về máy này rồi kiểm tra."),
    "remote_packed": _(
        "Máy chủ nén tệp khi gửi ({kind}), không biết đã gửi hết chưa: tải tệp về máy này rồi kiểm tra."
    ),
    "remote_endless": _("Máy chủ không cho biết độ dài, không biết đã gửi hết chưa: tải tệp về máy này rồi kiểm tra."),
    "remote_elsewhere": _("Trang này dẫn tới sổ ở nơi khác ({link}): nêu thẳng địa chỉ từng tệp."),
    "no_room": _("Không có chỗ để tạm tệp tải về ({why}): đặt TMPDIR vào thư mục ghi được."),
    "is_folder": _("Đây là thư mục, không phải tệp: nêu tên tệp."),
    "no_pack": _("Không phải bộ hồ sơ do tthc export --what evidence lập, hoặc đã hỏng: kiểm tra tệp."),
    "unreadable_file": _("Không mở được tệp ({error}): kiểm tra quyền đọc, đóng chương trình đang giữ tệp."),
    "empty_file": _("Tệp trống: kiểm tra có chọn đúng tệp không."),
    "not_text": _("Tệp không phải văn bản thuần mà là {kind}: lưu lại đúng dạng, hoặc đặt đúng đuôi tệp."),
    "not_utf8": _("Tệp không theo mã UTF-8 (gặp byte {byte}): lưu lại theo UTF-8."),
    "file_too_large": _("Tệp lớn quá {megabytes} MB: kiểm tra có chọn đúng tệp không."),
    "damaged_workbook": _("Bảng tính hỏng: mở bằng Excel rồi lưu lại thành XLSX."),
    "locked_workbook": _("Bảng tính đặt mật khẩu: bỏ mật khẩu rồi lưu lại."),
    "old_workbook": _("Bảng tính dạng cũ (.xls): mở bằng Excel rồi lưu thành XLSX."),
    "not_a_workbook": _("Tệp không phải bảng tính XLSX: lưu lại đúng dạng, hoặc đặt đúng đuôi tệp."),
    "empty_document": _("Văn bản không có chữ nào đọc được: kiểm tra có chọn đúng tệp không."),
    "damaged_document": _("Văn bản hỏng hoặc không đúng dạng: mở bằng chương trình đã tạo ra nó rồi lưu lại."),
    "locked_document": _("Văn bản đặt mật khẩu: bỏ mật khẩu rồi lưu lại."),
    "not_a_document": _("Tệp nén này không phải DOCX, XLSX hay ODT: nêu chính văn bản của kế hoạch."),
    "scanned_page": _("Trang {page} là ảnh quét, không có chữ: nhận dạng chữ (OCR) trước, hoặc dùng bản Word."),
    "pdf_extra_missing": _("Đọc PDF cần gói pdfplumber: cài bằng pip install 'tthc-cli[pdf]', hoặc dùng bản Word."),
    "office_missing": _("Đọc .doc, .rtf, .odt, .xls cần LibreOffice: cài LibreOffice, hoặc lưu lại thành DOCX/XLSX."),
    "office_failed": _("LibreOffice không chuyển được tệp này: mở bằng Word rồi lưu lại thành DOCX."),
    "no_plan_table": _(
        "Không thấy bảng nhiệm vụ nào: cần bảng có tiêu đề nhiệm vụ (nội dung) cùng cơ quan, thời gian "
        "hoặc sản phẩm. Đầu các bảng đang có: {headings}."
    ),
    "no_year": _("Không thấy năm của kế hoạch: nêu bằng --year, ví dụ --year 2021."),
    "no_header": _("Không thấy cột bắt buộc {missing}: thêm tiêu đề đó (các tiêu đề đang có: {headings})."),
    "sheet_unclear": _(
        "Không rõ trang tính này là sổ văn bản hay danh sách gia hạn: thêm cột “Ngày gửi”, "
        "hoặc tách danh sách ra tệp riêng."
    ),
    "only_duties": _(
        "Trang tính {sheets} là danh sách nhiệm vụ có hạn, không có ngày gửi hay số ký hiệu: đưa sổ theo dõi văn bản."
    ),
    "column_twice": _("Cột “{field}” có hai lần ({headings}): bỏ hoặc đổi tên một cột."),
    "other_columns": _(
        "Từ dòng này là một bảng khác, có cột ngày xếp khác bảng trên: xếp lại cho cùng cột, hoặc tách ra tệp riêng."
    ),
    "not_writable": _("Không ghi được vào đây ({why}): chọn nơi khác hoặc đóng tệp đang mở."),
    "not_printable": _("Không in được kết quả ra đầu ra chuẩn ({why})."),
    "system_refused": _("Hệ điều hành không cho làm ({why}): kiểm tra tên, quyền, chỗ trống trên đĩa."),
    "folder_gone": _("Thư mục hiện thời không còn: chuyển sang thư mục khác rồi chạy lại."),
    "format_unknown": _("Không biết định dạng “{name}”: dùng {known}."),
    "format_impossible": _("Báo cáo này không có dạng {name}: chọn dạng khác, ví dụ json."),
    "format_binary": _("Dạng {name} không in ra màn hình được: ghi vào tệp bằng -o TỆP.{name}."),
}
_YAML = {
    "yaml": _("Tệp YAML viết sai ở đây hoặc ngay trước đây: {why}."),
    "duplicate_key": _("Khóa “{key}” đã ghi ở dòng {first}: bỏ một chỗ."),
    "yaml_no_mapping": _("Tệp phải gồm các cặp khóa và giá trị."),
    "yaml_several": _("Tệp chứa nhiều tài liệu (---): chỉ để một."),
    "yaml_too_deep": _("Tệp lồng quá sâu: viết bớt cấp."),
    "yaml_alias": _("Không dùng tham chiếu *{name}: viết thẳng giá trị."),
    "yaml_anchor": _("Không dùng nhãn &{name}: viết thẳng giá trị."),
    "yaml_tag": _("Không dùng thẻ kiểu {name}: bỏ thẻ."),
    "yaml_key": _("Khóa phải là chữ, không phải danh sách: sửa lại."),
}
_DATE = _("“{value}” của “{field}” không phải ngày: ghi dạng 2021-06-19.")
_NUMBER = _("“{value}” của “{field}” không phải số nguyên.")
_MAPPING = _("“{field}” phải gồm các cặp khóa và giá trị.")
_YES_OR_NO = _("“{field}” phải là true hoặc false, không phải “{value}”.")
_SHAPES = {
    "missing": _("Thiếu khóa “{field}”: thêm vào."),
    "unexpected_keyword_argument": _("Không có khóa “{field}”: kiểm tra chính tả."),
    "value_missing": _("Khóa “{field}” chưa có giá trị: điền vào hoặc bỏ khóa."),
    "literal_error": _("Giá trị “{value}” của “{field}” không hợp lệ: dùng một trong {expected}."),
    "union_tag_invalid": _("Không có loại hạn “{tag}”: dùng một trong {expected_tags}."),
    "union_tag_not_found": _("Hạn thiếu “kind”: thêm loại hạn."),
    "string_type": _("“{field}” phải là chữ."),
    "string_too_short": _("“{field}” trống: điền vào."),
    "string_pattern_mismatch": _(
        "“{value}” của “{field}” không đúng dạng mã: dùng chữ thường không dấu, số, gạch nối."
    ),
    "bool_parsing": _YES_OR_NO,
    "bool_type": _YES_OR_NO,
    "int_parsing": _NUMBER,
    "int_type": _NUMBER,
    "int_parsing_size": _NUMBER,
    "int_from_float": _NUMBER,
    "greater_than": _("“{field}” là {value}: phải lớn hơn {gt}."),
    "greater_than_equal": _("“{field}” là {value}: phải từ {ge} trở lên."),
    "less_than": _("“{field}” là {value}: phải nhỏ hơn {lt}."),
    "less_than_equal": _("“{field}” là {value}: không được quá {le}."),
    "date_parsing": _DATE,
    "date_type": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "tuple_type": _("“{field}” phải là một danh sách."),
    "dict_type": _MAPPING,
    "dataclass_type": _MAPPING,
    "model_attributes_type": _MAPPING,
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
    "month_no_day": _("“month” cần đi cùng “day”."),
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
    "plan_agency_unknown": _("Danh mục không có cơ quan hay nhóm “{id}”: sửa mã hoặc thêm vào danh mục."),
    "plan_task_unknown": _("Kế hoạch không có nhiệm vụ “{id}”."),
}  # fmt: skip
_SETTINGS = {
    "reading_task_unknown": _("“{key}” nêu nhiệm vụ “{value}” không có trong kế hoạch: xem mã bằng lệnh tthc list."),
    "reading_agency_unknown": _("“{key}” nêu “{value}” không rõ là cơ quan nào: dùng mã của danh mục."),
}
TROUBLES = {**_FILES, **_YAML, **_SHAPES, **_FLAWS, **_SETTINGS, **SETTINGS, **USAGE, **MAIL, **LETTERS}
EXPECTED = {
    "text": _("chữ trong ngoặc kép"),
    "table": _("một bảng"),
    "list": _("một danh sách"),
    "yes_or_no": _("true hoặc false"),
}
FILE_KINDS = {
    "zip": _("tệp Excel hoặc tệp nén"),
    "html": _("trang web (địa chỉ của thư mục thì ghi / ở cuối)"),
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
    (TimeoutError, _("quá thời gian chờ")),
    (ConnectionRefusedError, _("máy kia không nhận kết nối")),
    (ConnectionError, _("đường truyền bị ngắt")),
    (UnicodeError, _("không phải chữ theo mã UTF-8")),
    (ValueError, _("tên hoặc địa chỉ không hợp lệ")),
)
_WHY_NUMBER = {
    errno.ENOSPC: _("hết chỗ trên đĩa"),
    errno.EROFS: _("ổ đĩa chỉ cho đọc"),
    errno.ENAMETOOLONG: _("tên quá dài"),
    errno.ELOOP: _("liên kết vòng"),
    errno.EIO: _("lỗi đọc, ghi đĩa"),
    errno.EINVAL: _("tên không hợp lệ"),
    errno.ECONNREFUSED: _("máy kia không nhận kết nối"),
    errno.EHOSTUNREACH: _("không tới được máy kia"),
    errno.ENETUNREACH: _("không có mạng"),
    # Those of names of machines, which `errno` does not list.
    -2: _("không tìm thấy máy tên này"),
    -3: _("không tìm thấy máy tên này, hoặc không có mạng"),
}


def why(error: Exception) -> str:
    """The cause of a failed reading or writing, in words."""
    found = next((words for kind, words in _WHY if isinstance(error, kind)), None)
    found = found or _WHY_NUMBER.get(getattr(error, "errno", None) or 0)
    return found or str(getattr(error, "strerror", None) or error)
