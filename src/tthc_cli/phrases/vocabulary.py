"""The words of deadlines as plans write them: every token type with its forms, and the words that mean nothing here."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from tthc_cli.naming import fold, nfc

_TONES = "\u0300\u0301\u0303\u0309\u0323"
# Forms of a token type are parted by "|"; the longest form that fits wins.
FORMS = {
    "DAY": "ngày",
    "MONTH": "tháng",
    "QUARTER": "quý|quí",
    "YEARLY": "năm",
    "WEEK": "tuần|tuần lễ",
    "HOUR": "giờ|tiếng",
    "WORKING": "làm việc|hành chính",
    "TERM": "kỳ báo cáo|kì báo cáo|kỳ|kì",
    "HALF": "nửa",
    "BEFORE": "trước|trước ngày mà",
    "BY": "chậm nhất|muộn nhất|trễ nhất|hạn cuối|hạn chót|hạn cuối cùng|thời hạn cuối|hạn chậm nhất|thời hạn chậm nhất"
    "|không muộn hơn|không chậm hơn|không trễ hơn|không quá|tối đa|tối đa không quá|tối đa là",
    "TILL": "đến|tới|cho đến|cho tới|đến khi",
    "END": "hết|kết thúc",
    "IN": "trong|trong vòng|trong thời hạn|trong thời gian|trong khoảng thời gian|trong phạm vi",
    "FIRST": "đầu|đầu tiên",
    "LAST": "cuối|cuối cùng|sau cùng",
    "WHOLE": "cả|toàn",
    "EACH": "hàng|hằng|mỗi|từng",
    "PERIODIC": "định kỳ|định kì|thường kỳ|thường kì",
    "REPORT": "báo cáo|chế độ báo cáo|báo cáo định kỳ|báo cáo định kì|định kỳ báo cáo|định kì báo cáo",
    "TIMES": "lần",
    "SINCE": "kể từ|tính từ|từ|kể từ sau",
    "AFTER": "sau|sau thời điểm",
    "AGAINST": "tính đến|so với|tính tới|tính lùi từ|trước khi tính đến",
    "NOW": "từ nay|kể từ nay|từ đầu năm|từ bây giờ",
    "WHEN": "khi|ngay khi|ngay sau khi|ngay sau|ngay từ khi|sau khi|khi nào|mỗi khi|ngay sau ngày|sau ngày",
    "PHASE": "trong giai đoạn|trong quá trình|trong thời kỳ|trong suốt quá trình",
    "REQUEST": "theo yêu cầu|theo đề nghị|theo chỉ đạo|khi có yêu cầu|khi có đề nghị|khi có chỉ đạo|khi được yêu cầu"
    "|khi được đề nghị|đột xuất|khi có văn bản yêu cầu|khi có văn bản đề nghị|khi có yêu cầu đột xuất|khi có văn bản chỉ đạo"
    "|theo yêu cầu đột xuất|theo sự chỉ đạo|khi yêu cầu",
    "PLANNED": "theo kế hoạch|theo lộ trình|lộ trình theo|theo tiến độ|theo quy định|theo qui định|theo hướng dẫn"
    "|theo chương trình|theo văn bản|theo yêu cầu và kế hoạch|theo thời gian|theo thời hạn|theo kế hoạch riêng"
    "|theo quyết định|theo công văn|theo thông báo|theo chỉ thị|theo nghị quyết|theo đề án|theo thông tư|theo nghị định"
    "|thực hiện theo|theo lịch|tiến độ theo",
    "ALWAYS": "thường xuyên|liên tục|thường xuyên liên tục|thường xuyên hàng ngày|thường xuyên hằng ngày"
    "|thường xuyên trong năm|thường xuyên trong cả năm|thường xuyên cả năm|thường xuyên quanh năm|quanh năm"
    "|thường trực|duy trì thường xuyên",
    "SOFT": "dự kiến|nếu có điều kiện|nếu có|nếu cần|nếu cần thiết|khi có điều kiện|khi đủ điều kiện",
    "NEXT": "tiếp theo|kế tiếp|liền kề|liền sau|kế đó",
    "AND": "và|cùng|cùng với|và cả|&",
    "OR": "hoặc|hay|hoặc là",
    "EXCEPT": "trừ|ngoại trừ|trừ trường hợp|trừ khi|không kể|không tính|không bao gồm|không gồm|riêng|chưa kể|ngoài ra"
    "|trường hợp|nhưng|tuy nhiên|không áp dụng|thay vì|kể cả|nếu|miễn là|chỉ khi|còn đối với|còn lại",
    "SUBMIT": "gửi|gởi|trình|báo cáo về|nộp|gửi về|gửi báo cáo|báo cáo cho|báo cáo với|thông qua|trình thông qua|gửi đến",
}
# Words that say nothing of when: what is done, by whom it is received, how a sentence is held together.
NOISE = frozenset(
    [
        "thời",
        "gian",
        "hạn",
        "hoàn",
        "thành",
        "thực",
        "hiện",
        "xong",
        "vào",
        "là",
        "của",
        "các",
        "những",
        "phải",
        "cần",
        "được",
        "bị",
        "việc",
        "công",
        "tác",
        "nhiệm",
        "vụ",
        "ban",
        "hành",
        "tổ",
        "chức",
        "triển",
        "khai",
        "tổng",
        "hợp",
        "kết",
        "quả",
        "xây",
        "dựng",
        "để",
        "cho",
        "và",
        "tại",
        "thì",
        "sẽ",
        "lúc",
        "theo dõi",
        "kết quả",
        "bắt",
        "tiến",
        "độ",
        "nộp",
        "lập",
        "về",
        "số",
        "thứ",
        "ngay",
        "tham",
        "mưu",
        "rà",
        "soát",
        "chính",
        "thức",
        "dứt",
        "điểm",
        "chung",
        "đợt",
        "kỳ",
        "như",
        "sau",
        "đó",
        "cùng",
        "đồng",
        "thời",
        "đảm",
        "bảo",
        "bảo",
        "quá",
        "nhất",
        "ít",
        "tối",
        "thiểu",
        "mốc",
        "giai",
        "đoạn",
        "này",
        "mỗi",
        "cụ",
        "thể",
        "gồm",
        "phê",
        "duyệt",
        "tiếp",
        "tục",
    ]
) - {"theo dõi", "kết quả", "sau", "quá", "mỗi", "và", "theo"}
_UNITS = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín"
_AFTER_TEN = {1: "mốt|một", 4: "tư|bốn", 5: "lăm|năm|nhăm", 7: "bảy|bẩy"}


def _numbers() -> Iterator[tuple[str, int]]:
    """The numbers up to 99 as they are spoken."""
    units = dict(enumerate(_UNITS.split("|"), 1))
    yield from ((word, number) for number, word in units.items())
    yield from (("tư", 4), ("bẩy", 7), ("mười", 10), ("một trăm", 100), ("mươi lăm", 15))
    for number, word in units.items():
        yield f"mười {'lăm' if number == 5 else word}", 10 + number
        if number > 1:
            yield f"{word} mươi", 10 * number
            for unit, spoken in units.items():
                for form in _AFTER_TEN.get(unit, spoken).split("|"):
                    yield f"{word} mươi {form}", 10 * number + unit
                    yield f"{word} {form}", 10 * number + unit


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """A syllable with its tone set last, so that old and new placing ("qúy", "quý") are alike."""
    if word.isascii():
        return word.casefold()
    plain = unicodedata.normalize("NFD", word.casefold()).replace("ð", "đ")
    tones = "".join(char for char in plain if char in _TONES)
    return nfc("".join(char for char in plain if char not in _TONES)) + tones


Words = dict[str, list[tuple[tuple[str, ...], str, int]]]


@cache
def words(marked: bool) -> Words:
    """Forms by their first syllable, the longest first: syllables, token type, number (-1: none).

    marked: with the marks of the language; otherwise bare letters, for a text written without any.
    """
    write = sound if marked else fold
    forms = [(form, type_, -1) for type_, listed in FORMS.items() for form in listed.split("|")]
    forms += [(word, "NUMBER", number) for word, number in _numbers()]
    found: Words = {}
    for form, type_, number in forms:
        syllables = tuple(write(word) or word for word in form.split())
        if syllables == (write("năm"),) and type_ == "NUMBER":
            continue
        found.setdefault(syllables[0], []).append((syllables, type_, number))
    for listed in found.values():
        listed.sort(key=lambda item: -len(item[0]))
    return found


@cache
def noise(marked: bool) -> frozenset[str]:
    """The syllables that mean nothing for a deadline."""
    return frozenset(map(sound if marked else fold, NOISE))
