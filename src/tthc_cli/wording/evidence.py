"""What `tthc verify` says."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date

from tthc_cli.wording import LEVELS, PROOFS, ROLES, VERDICTS
from tthc_cli.wording.language import _, day, fill
from tthc_cli.wording.readings import REASONS, RESTS_ON
from tthc_cli.wording.titles import COLUMNS, SENTENCES

SAME = _("{path}: tính lại cho đúng kết quả cũ, tính đến {as_of}; mọi tệp còn nguyên.")
DIFFERS = _("{path}: {count} chỗ khác với hồ sơ, tính đến {as_of}.")
MADE_BY = _("Hồ sơ lập bằng tthc {tthc}, Python {python}, holidays {holidays}; tính lại bằng tthc {now}.")
DIFFERENCES = {
    "file": _("Tệp {key} không còn như khi lập hồ sơ, hoặc thiếu, thừa."),
    "total": _("Kết quả, {key}: hồ sơ ghi {packed}, nay là {now}."),
    "row": _("Dòng {key} của sổ: hồ sơ ghi {packed}, nay là {now}."),
    "day": _("Ngày {key} của lịch: hồ sơ ghi {packed}, nay là {now}."),
    "key": _("Việc {key}: chỉ có ở một bên, hồ sơ cũ hoặc kết quả tính lại."),
    "field": _("{key}, {field}: hồ sơ ghi {packed}, nay là {now}."),
}
_NAMES = {
    **{name: heading.lower() for name, heading in COLUMNS.items()},
    **VERDICTS,
    "compliant": _("không có lỗi hay vi phạm"),
    "counts": _("số việc theo trạng thái"),
    "findings": _("số việc"),
    "register": _("sổ theo dõi"),
    "path": _("tệp"),
    "rows": _("số dòng"),
    "accepted": _("số dòng được tính"),
    "set_aside": _("số dòng để ngoài"),
    "extensions": _("gia hạn"),
    "assignments": _("phân công"),
    "amendments": _("văn bản sửa đổi kế hoạch"),
    "fallback": _("số dòng xét theo ngày khác"),
    "codes": _("mã lỗi"),
    "window": _("kỳ số liệu"),
    "opens": _("ngày bắt đầu"),
    "warnings": _("lưu ý"),
    "to": _("gia hạn đến"),
    "document": _("văn bản"),
}
_VALUES = {
    **VERDICTS, **ROLES, **LEVELS, **PROOFS, **RESTS_ON, **REASONS, "off": _("ngày nghỉ"), "worked": _("ngày làm bù"),
}  # fmt: skip
_NOTHING = _("không có")


def difference(kind: str, key: str, packed: object, now: object) -> str:
    """One difference in words; of two mappings only what differs."""
    if isinstance(packed, Mapping) and isinstance(now, Mapping):
        names = [name for name in {**packed, **now} if packed.get(name) != now.get(name)]
        packed, now = ({name: side.get(name) for name in names} for side in (packed, now))
    sides = {"packed": _shown(kind, packed), "now": _shown(kind, now)}
    named = {"key": _NAMES.get(key, key) if kind == "total" else _shown("", key), "field": _NAMES.get(kind, kind)}
    return fill(DIFFERENCES.get(kind, DIFFERENCES["field"]), {**named, **sides})


def _shown(kind: str, value: object) -> str:
    """A value of JSON as people read it."""
    match value:
        case None | "" | []:
            return _NOTHING
        case bool():
            return SENTENCES["yes" if value else "no"]
        case Mapping():
            return "; ".join(f"{_NAMES.get(name, name)}: {_shown(name, part)}" for name, part in value.items())
        case list():
            return ", ".join(_shown(kind, part) for part in value)
    text = str(json.loads(str(value)).get("message", value) if kind == "row" else value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return day(date.fromisoformat(text))
    return _VALUES.get(text, text).rstrip(".")
