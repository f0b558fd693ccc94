"""What the readers of YAML and TOML say is wrong with a file, in Vietnamese."""

from __future__ import annotations

from tthc_cli.wording.language import _

# A part of the library's words, the first that fits, and ours.
_SAID = {
    "mapping values are not allowed": _("dấu hai chấm ở chỗ không dùng được; chữ có dấu hai chấm thì đặt trong ngoặc "
                                        "kép"),
    "block sequence entries are not allowed": _("gạch đầu dòng ở chỗ không dùng được"),
    "tab character": _("thụt dòng bằng phím Tab; dùng dấu cách"),
    "cannot start any token": _("ký tự không được đứng đầu, có thể là phím Tab; dùng dấu cách, hoặc đặt chữ trong "
                                "ngoặc kép"),
    "unexpected end of stream": _("ngoặc kép hoặc ngoặc vuông chưa đóng"),
    "expected ',' or ']'": _("danh sách trong ngoặc vuông thiếu dấu phẩy hoặc chưa đóng"),
    "expected ',' or '}'": _("ngoặc nhọn thiếu dấu phẩy hoặc chưa đóng"),
    "find expected ':'": _("thiếu dấu hai chấm sau tên khóa"),
    "find expected key": _("dòng thụt không thẳng với dòng trên"),
    "expected '-' indicator": _("dòng thụt không thẳng với các gạch đầu dòng ở trên"),
    "escape": _("dấu gạch chéo ngược trong ngoặc kép; dùng ngoặc đơn, hoặc viết hai dấu"),
    "control characters": _("có ký tự điều khiển không nhìn thấy"),
    "Unterminated string": _("ngoặc kép chưa đóng"),
    'Expected "': _("ngoặc kép chưa đóng"),
    "Illegal character": _("ký tự không dùng được ở đây, có thể do ngoặc kép chưa đóng"),
    "Unclosed array": _("danh sách trong ngoặc vuông chưa đóng"),
    "Unclosed inline table": _("ngoặc nhọn chưa đóng"),
    "Expected '=' after": _("thiếu dấu bằng sau tên khóa"),
    "Expected ']'": _("tên bảng chưa đóng ngoặc vuông"),
    "Cannot overwrite": _("khóa này đã ghi ở trên"),
    "Cannot declare": _("bảng này đã có ở trên"),
    "Invalid value": _("giá trị không hợp lệ; chữ phải đặt trong ngoặc kép"),
    "Expected newline": _("thừa chữ sau giá trị; chữ phải đặt trong ngoặc kép"),
    "Invalid hex value": _("dấu gạch chéo ngược trong ngoặc kép; dùng ngoặc đơn, hoặc viết hai dấu"),
    "Unescaped": _("dấu gạch chéo ngược trong ngoặc kép; dùng ngoặc đơn, hoặc viết hai dấu"),
}  # fmt: skip
_OTHER = _("không đúng cú pháp")


def said(words: str) -> str:
    """The cause in Vietnamese; a plain one for words that are not known here."""
    return next((ours for part, ours in _SAID.items() if part in words), _OTHER)
