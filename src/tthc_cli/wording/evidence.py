"""What `tthc verify` says."""

from __future__ import annotations

from tthc_cli.wording import verdict
from tthc_cli.wording.language import _, fill

SAME = _("{path}: tính lại cho đúng kết quả cũ, tính đến {as_of}; mọi tệp còn nguyên.")
DIFFERS = _("{path}: {count} chỗ khác với hồ sơ, tính đến {as_of}.")
MADE_BY = _("Hồ sơ lập bằng tthc {tthc}, Python {python}, holidays {holidays}; tính lại bằng tthc {now}.")
DIFFERENCES = {
    "file": _("Tệp {key} không còn như khi lập hồ sơ, hoặc thiếu, thừa."),
    "total": _("Mục {key} của kết quả: hồ sơ ghi {packed}, nay là {now}."),
    "row": _("Dòng {key} của sổ: hồ sơ ghi {packed}, nay là {now}."),
    "day": _("Ngày {key} của lịch: hồ sơ ghi {packed}, nay là {now}."),
    "field": _("{key}, {field}: hồ sơ ghi {packed}, nay là {now}."),
}
_FIELDS = {
    "verdict": _("trạng thái"),
    "stated": _("hạn ghi"),
    "due": _("hạn áp dụng"),
    "act_by": _("nên gửi chậm nhất"),
    "submitted_on": _("ngày xét"),
    "firm": _("đủ căn cứ"),
    "rests_on": _("phụ thuộc vào"),
}
_NOTHING = _("không có")


def difference(kind: str, key: str, packed: object, now: object) -> str:
    """One difference in words."""
    sides = {"packed": _shown(kind, packed), "now": _shown(kind, now)}
    return fill(DIFFERENCES.get(kind, DIFFERENCES["field"]), {"key": key, "field": _FIELDS.get(kind, kind), **sides})


def _shown(kind: str, value: object) -> object:
    if value is None:
        return _NOTHING
    return verdict(str(value)) if kind == "verdict" else value
