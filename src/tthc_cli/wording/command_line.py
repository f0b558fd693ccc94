"""The words of the library that reads the command line, in Vietnamese: pages of help and refusals."""

from __future__ import annotations

import re

from tthc_cli.wording.language import _, fill

USAGE = _("Cách dùng: ")
ASK_HELP = _("Xem cách dùng: {command} --help")
BEHIND = _("{name} đứng sau tên lệnh: {command} LỆNH {name}.")
# What a page of help says, or a part of it: the English words and ours.
_HELP = {
    "Arguments": _("Tham số"),
    "Options": _("Tùy chọn"),
    "Commands": _("Các lệnh"),
    "[OPTIONS]": _("[TÙY_CHỌN]"),
    "COMMAND [ARGS]...": _("LỆNH [THAM_SỐ]..."),
    "Show this message and exit.": _("In phần trợ giúp này rồi thoát."),
    "[required]": _("[bắt buộc]"),
    "<str>": _("CHỮ"),
    "<int>": _("SỐ"),
}
_REFUSALS = (
    (r"No such command '(?P<name>.*)'\.", _("Không có lệnh “{name}”.")),
    (r"No such command '(?P<name>.*)'\. Did you mean (?P<known>.*)\?",
     _("Không có lệnh “{name}”. Có phải là {known}?")),
    (r"Missing command\.", _("Chưa nêu lệnh.")),
    (r"No such option: (?P<name>\S+)", _("Không có tùy chọn {name}.")),
    (r"No such option: (?P<name>\S+) \(Possible options: (?P<known>.*)\)",
     _("Không có tùy chọn {name}. Có phải là {known}?")),
    (r"Option '(?P<name>.*)' requires an argument\.", _("{name}: chưa có giá trị, ghi thêm vào sau tùy chọn này.")),
    (r"Option '(?P<name>.*)' does not take a value\.", _("{name}: tùy chọn này không đi kèm giá trị.")),
    (r"Missing (?:argument|option|parameter) '(?P<name>.*)'\.", _("Thiếu {name}.")),
    (r"Got unexpected extra arguments?(?:\(s\))? \((?P<value>.*)\)", _("Thừa “{value}”: lệnh này không nhận thêm.")),
    (r"Invalid value for (?P<name>.*?): '(?P<value>.*)' is not a valid int(?: range)?\.",
     _("{name}: “{value}” không phải số nguyên.")),
    (r"Invalid value for '?(?P<name>.*?)'?: (?P<value>.*) is not in the range (?P<least>\d+)<=x<=(?P<most>\d+)\.",
     _("{name}: {value} không dùng được; ghi số từ {least} đến {most}.")),
    (r"Invalid value for (?P<name>.*?): '(?P<value>.*)' is not one of (?P<known>.*)\.",
     _("{name}: “{value}” không dùng được; chọn một trong {known}.")),
)  # fmt: skip


def help_words(text: str) -> str:
    """A piece of a page of help with the library's own words in Vietnamese."""
    for english, ours in _HELP.items():
        text = text.replace(english, ours)
    return text


def refusal(text: str) -> str:
    """Why a command line cannot be read; the library's own words where they are not known here."""
    for pattern, sentence in _REFUSALS:
        if found := re.fullmatch(pattern, text, re.DOTALL):
            return fill(sentence, {name: value.replace("'", "") for name, value in found.groupdict().items()})
    return text
