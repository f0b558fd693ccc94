"""Sentences for what is wrong with a row or an input file: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from tthc_cli.errors import Trouble
from tthc_cli.records import Problem
from tthc_cli.wording import FIELDS
from tthc_cli.wording.help import VALUES
from tthc_cli.wording.language import _, fill

PROBLEMS = {
    "columns": _("Dòng có số ô không khớp dòng tiêu đề: kiểm tra dấu phân cách và dấu ngoặc kép."),
    "quote": _("Dấu ngoặc kép không đóng: sửa ô này, các dòng sau mới đọc đúng."),
    "long": _("Ô dài quá 131.072 ký tự nên không đọc được: rút ngắn ô này."),
    "encoding": _("Ô chứa ký tự không đọc được: lưu lại tệp theo mã UTF-8."),
    "shard_unread": _("Không đọc được tệp này nên chưa kết luận quá hạn: {why}"),
    "sheet_left_out": _(
        "Trang tính “{value}” hiểu là danh mục hoặc danh sách gia hạn, không đọc: nếu là sổ, thêm cột “Ngày gửi”."
    ),
    "folder_left_out": _("Thư mục con “{value}” có sổ nhưng không đọc: nếu cần, nêu cả thư mục đó (mẫu so/**/*.csv)."),
    "result_unknown": _("Kết quả “{value}” không rõ: để trống, hoặc ghi “trả lại” hay “thay thế”."),
    "cell_empty": _("Ô bắt buộc “{column}” để trống: điền vào."),
    "task_unknown": _("Kế hoạch không có nhiệm vụ “{value}”: xem mã bằng lệnh tthc list."),
    "plan_other": _("Dòng thuộc kế hoạch “{value}”, không phải {plan}: chuyển dòng này sang sổ của kế hoạch đó."),
    "task_restates_all": _("“{value}” là việc nhắc lại toàn bộ kế hoạch: ghi mã nhiệm vụ cụ thể trong Phụ lục."),
    "agency_unknown": _("Không có cơ quan nào tên “{value}”: xem tên bằng lệnh tthc agencies."),
    "agencies_named": _("“{value}” là nhiều cơ quan ({suggestion}): mỗi cơ quan ghi một dòng."),
    "agency_ambiguous": _("“{value}” có thể là nhiều cơ quan ({suggestion}): ghi rõ cấp, hoặc thêm cột huyện."),
    "agency_elsewhere": _("“{value}” không thuộc “{parent}” ghi ở cột huyện: kiểm tra lại hai cột."),
    "agency_is_group": _("“{value}” là một nhóm cơ quan: ghi đúng cơ quan gửi văn bản."),
    "agency_vague": _("“{value}” không nói rõ là cơ quan nào: ghi tên cơ quan hoặc nhóm được gia hạn."),
    "not_in_charge": _("{unit} không phụ trách sự kiện {event} của nhiệm vụ {task}: kiểm tra mã sự kiện hoặc cơ quan."),
    "not_leading": _("{unit} không chủ trì nhiệm vụ {task}: kiểm tra lại cơ quan hoặc mã nhiệm vụ."),
    "period_missing": _("Nhiệm vụ {task} có nhiều kỳ ({known}) mà dòng không ghi kỳ: điền kỳ báo cáo."),
    "period_unknown": _("Kỳ “{value}” không có trong nhiệm vụ {task}: ghi một trong các kỳ {known}."),
    "period_amended": _("{unit} không còn phải làm {task} kỳ “{value}” theo văn bản sửa đổi kế hoạch: kiểm tra kỳ."),
    "task_amended": _("{unit} không còn phải làm {task} theo văn bản sửa đổi kế hoạch: kiểm tra mã nhiệm vụ."),
    "event_missing": _("Nhiệm vụ {task} gắn với sự kiện mà dòng không ghi sự kiện nào: điền mã sự kiện."),
    "event_unknown": _("Không có sự kiện “{value}” cho nhiệm vụ {task}: kiểm tra mã trong tệp sự kiện."),
    "not_a_date": _("“{value}” không phải ngày: ghi theo dạng 19/6/2021 (ngày trước, tháng sau)."),
    "after_today": _("Ngày “{value}” ở sau ngày hôm nay: sửa lại ngày."),
    "no_date": _("Dòng không có ngày nào: điền ngày gửi, ngày văn bản hoặc ngày đến."),
    "number_malformed": _("Số ký hiệu “{value}” không đúng dạng (ví dụ 123/BC-STTTT): kiểm tra lại."),
    "paper_twice": _("Văn bản “{value}” đã có ở dòng {first}: xóa dòng thừa nếu nhập hai lần."),
    "sent_before_document": _("Ngày gửi {sent} trước ngày văn bản {document}: kiểm tra lại hai ngày."),
    "received_before_sent": _("Ngày đến {received} trước ngày gửi {sent}: kiểm tra lại hai ngày."),
    "before_window_end": _("Ngày {day} ở trước ngày chốt số liệu {end}: kiểm tra kỳ báo cáo hoặc ngày."),
    "extension_shortens": _("Hạn mới {day} của {key} sớm hơn hạn đang có: gia hạn này không được áp dụng."),
    "extension_unused": _("Gia hạn cho {key} không khớp nhiệm vụ nào có hạn: kiểm tra nhiệm vụ, cơ quan, kỳ."),
    "assignment_unused": _("{unit} không thuộc diện được giao nhiệm vụ {task}: kiểm tra cơ quan hoặc mã nhiệm vụ."),
    "event_twice": _("Mã sự kiện “{value}” đã có ở dòng {first}: đổi một mã."),
    "event_kind_unknown": _("Không có loại sự kiện “{value}”: dùng một trong {known}."),
    "status_unknown": _("Trạng thái “{value}” không rõ: để trống, hoặc ghi “đồng ý”, “xin” hay “từ chối”."),
    "new_date_missing": _("Đã đồng ý gia hạn mà không ghi hạn mới: điền hạn mới."),
    "event_nobody": _("Sự kiện {event} chưa nêu cơ quan phụ trách nhiệm vụ {task}: điền cột cơ quan."),
}
_MEANT = _(" Có phải là “{suggestion}”?")
_NAMED = _(" Tên này ghi ở {named}.")
_TOLD = _("Giá trị “{value}” của “{field}” không dùng được ({problem}).")
_ELSEWHERE = _("Chưa có lời giải thích cho lỗi “{code}”.")


def problem(item: Problem) -> str:
    """What is wrong with a row, what to do, and what was probably meant."""
    return _problem(item.reason, item.value, column(item), item.suggestion, *item.facts.items())


@lru_cache(maxsize=1024)
def _problem(reason: str, value: str, column: str, suggestion: str | None, *more: tuple[str, object]) -> str:
    """Registers have the same mistake in many rows."""
    sentence = _sentence(reason) or _ELSEWHERE
    facts = {"code": reason, "value": value, "column": column, "suggestion": suggestion}
    text = fill(sentence, {**facts, **dict(more)})
    if suggestion and "{suggestion}" not in sentence:
        text += fill(_MEANT, facts)
    return text


def _sentence(code: str) -> str | None:
    """What is said of such a problem or trouble; None where nothing is."""
    if code in PROBLEMS:
        return PROBLEMS[code]
    from tthc_cli.wording.troubles import TROUBLES

    return TROUBLES.get(code)


def column(item: Problem) -> str:
    """The column's heading, or the field's name where the file has no such column."""
    return FIELDS.get(item.column, item.column)


def trouble(item: Trouble) -> str:
    """`path:line:col: ` and what is wrong with an input; an option, which has no path, is named."""
    path = item.path or _option(str(item.facts.get("option") or ""))
    place = ":".join(str(part) for part in (path, item.line, item.column) if part)
    sentence = _sentence(item.code)
    facts = {"code": item.code, "path": item.path, **item.facts, **_named(item)}
    text = fill(sentence or _other(facts), facts)
    if facts.get("suggestion") and "{suggestion}" not in (sentence or ""):
        text += fill(_MEANT, facts)
    if facts.get("named"):
        text += fill(_NAMED, facts)
    return f"{place}: {text}" if place else text


def _option(name: str) -> str:
    """An option as it is typed, or the value's name in a page of help."""
    return f"--{name.replace('_', '-')}" if name.islower() and not name.startswith("-") else VALUES.get(name, name)


def _other(facts: Mapping[str, object]) -> str:
    """A sentence for a flaw that has none of its own: what the library says."""
    return _TOLD if facts.get("problem") else _ELSEWHERE


def _named(item: Trouble) -> dict[str, object]:
    """Facts that are keys, in words."""
    from tthc_cli.wording.syntax import said
    from tthc_cli.wording.troubles import EXPECTED, FILE_KINDS, why

    words = {"kind": FILE_KINDS, "expected": EXPECTED} if item.code in ("not_text", "setting_type") else {}
    words |= {"field": FIELDS} if item.code == "column_twice" else {"column": FIELDS}
    found = {
        name: table.get(str(item.facts[name]), item.facts[name]) for name, table in words.items() if name in item.facts
    }
    if item.code in ("yaml", "toml"):
        found["why"] = said(str(item.facts.get("why")))
    if item.code == "unreadable_file":
        found["error"] = why(OSError(item.facts.get("number"), item.facts.get("error")))
    if missing := item.facts.get("missing"):
        found["missing"] = ", ".join(f"“{FIELDS.get(name, name)}”" for name in missing)  # type: ignore[attr-defined]
    return found


def troubles(items: Iterable[Trouble]) -> tuple[str, ...]:
    """One line for each trouble."""
    return tuple(trouble(item) for item in items)
