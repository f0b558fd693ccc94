"""The words of deadlines as plans write them: token types with their forms, and the words that say nothing of when."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from tthc_cli.naming import fold, nfc

_TONES = "\u0300\u0301\u0303\u0309\u0323"
# Forms of a type are parted by "|"; where several fit, the longest wins.
FORMS = {
    "DAY": "ngày",
    "MONTH": "tháng",
    "QUARTER": "quý|quí",
    "YEARLY": "năm",
    "WEEK": "tuần|tuần lễ",
    "HOUR": "giờ|tiếng",
    "MINUTE": "phút",
    "WEEKDAY": "thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật",
    "WORKING": "làm việc|hành chính",
    "TERM": "kỳ|kì|kỳ báo cáo|kì báo cáo",
    "HALF": "nửa",
    "FIRST": "đầu|đầu tiên",
    "LAST": "cuối|cuối cùng|sau cùng",
    "WHOLE": "cả|toàn",
    "NEXT": "tiếp theo|kế tiếp|liền kề|liền sau|kế đó",
    "EACH": "hàng|hằng|mỗi|từng",
    "PERIODIC": "định kỳ|định kì|thường kỳ|thường kì|theo định kỳ|báo cáo định kỳ|báo cáo định kì|định kỳ báo cáo"
    "|định kì báo cáo",
    "REPORT": "báo cáo|sơ kết|tổng kết",
    "TIMES": "lần",
    "LABEL": "đợt|giai đoạn|bước|lần thứ|đợt thứ|giai đoạn thứ|bước thứ",
    "BEFORE": "trước|truớc|trước mốc",
    "BY": "chậm nhất|muộn nhất|trễ nhất|hạn cuối|hạn cuối cùng|hạn chót|hạn chậm nhất|thời hạn cuối|thời hạn cuối cùng"
    "|thời hạn chậm nhất|không muộn hơn|không chậm hơn|không trễ hơn|không muộn quá|không chậm quá|không quá"
    "|không vượt quá|tối đa|tối đa không quá|chậm nhất không quá|không để quá",
    "LEAST": "ít nhất|ít nhất là|tối thiểu|tối thiểu là|không ít hơn",
    "TILL": "đến|tới|cho đến|cho tới",
    "END": "hết|kết thúc",
    "IN": "trong|trong vòng|trong thời hạn|trong thời gian|trong khoảng thời gian|trong phạm vi",
    "NOW": "từ nay|kể từ nay|từ đầu năm|từ bây giờ",
    "SINCE": "từ|kể từ|tính từ|bắt đầu từ|kể từ sau",
    "AGAINST": "tính đến|tính tới|so với|tính lùi từ",
    "AFTER": "sau",
    "WHEN": "khi|mỗi khi|ngay khi|ngay sau khi|ngay sau|sau khi|sau ngày|ngay sau ngày|sau thời điểm",
    "PHASE": "trong giai đoạn|trong quá trình|trong suốt quá trình|trong thời kỳ",
    "REQUEST": "đột xuất|theo yêu cầu|theo yêu cầu đột xuất|theo đề nghị|theo chỉ đạo|theo sự chỉ đạo|khi yêu cầu"
    "|khi có yêu cầu|khi có yêu cầu đột xuất|khi có đề nghị|khi có chỉ đạo|khi được yêu cầu|khi được đề nghị"
    "|khi có văn bản yêu cầu|khi có văn bản đề nghị|khi có văn bản chỉ đạo|khi có ý kiến chỉ đạo",
    "PLANNED": "theo kế hoạch|theo kế hoạch riêng|theo lộ trình|lộ trình theo|theo tiến độ|tiến độ theo|theo quy định"
    "|theo qui định|theo hướng dẫn|theo chương trình|theo văn bản|theo yêu cầu và kế hoạch|theo thời gian|theo thời hạn"
    "|theo quyết định|theo công văn|theo thông báo|theo chỉ thị|theo nghị quyết|theo đề án|theo thông tư|theo nghị định"
    "|theo lịch|theo đúng quy định|theo đúng kế hoạch|theo đúng tiến độ|theo đúng lộ trình|đúng quy định",
    "ALWAYS": "thường xuyên|thuờng xuyên|liên tục|quanh năm|thường trực|duy trì thường xuyên|thường xuyên liên tục"
    "|thường xuyên hàng ngày|thường xuyên hằng ngày|thường xuyên trong năm|thường xuyên trong cả năm"
    "|thường xuyên cả năm|thường xuyên quanh năm",
    "SOFT": "dự kiến|nếu có|nếu có điều kiện|nếu cần|nếu cần thiết|khi có điều kiện|khi đủ điều kiện",
    "AND": "và|cùng|cùng với|và cả|đồng thời",
    "OR": "hoặc|hay|hoặc là",
    "EXCEPT": "trừ|ngoại trừ|loại trừ|trừ trường hợp|trừ khi|không kể|không tính|không bao gồm|không gồm|chưa kể"
    "|không áp dụng|riêng|ngoài ra|trường hợp|nhưng|tuy nhiên|thay vì|kể cả|nếu|chỉ khi|còn đối với|còn lại|chưa|không"
    "|có thể|kéo dài|được kéo dài|gia hạn|được gia hạn|lùi|được lùi|dời|hoãn|tạm hoãn|tạm dừng|muộn hơn|sớm hơn"
    "|chậm hơn|chỉ áp dụng|dành cho|dành riêng|thay bằng|thay cho|tùy|tuỳ|tùy theo|tuỳ theo|ngoài giờ|cộng thêm|muộn"
    "|cách nhau|đến khi|cho đến khi|cho tới khi|sau đó|trước đó|từ đó|đối với cấp|đối với ubnd",
    "FOR": "đối với|áp dụng đối với",
    "SUBMIT": "về|tham mưu|tham mưu cho|gửi|gửi về|gửi đến|gửi cho|gởi"
    "|nộp|trình|trình thông qua|thông qua|qua|báo cáo về|báo cáo cho"
    "|báo cáo với|gửi báo cáo|gửi báo cáo về|nộp báo cáo",
}
# What is done and how a sentence is held together.
_NOISE = (
    "thời gian hạn hoàn thành thực hiện xong vào là của các những phải cần được việc công tác nhiệm vụ ban hành "
    "tổ chức triển khai tổng hợp kết quả xây dựng để cho tại thì sẽ lúc bắt tiến độ lập về số thứ ngay tham mưu "
    "rà soát dứt điểm kiểm tra đánh giá tập huấn khảo sát bố kế hoạch quyết văn bản dự thảo tờ đề án hồ sơ danh "
    "mục mốc giai đoạn cụ thể phê duyệt chế gia lấy đợt"
)
# What is counted: a number before one of these is no day and no month.
_COUNTED = "kế văn dự tờ đề hồ danh quyết tập khảo kiểm nhiệm công mục quy kết"
# Behind one of these a number is a name: "đề án 6", "kế hoạch số 15".
_NUMBERED = "số mục án hoạch bản"
# Words in the names of those who receive a paper.
_RECEIVERS = (
    "ubnd hđnd ủy uỷ ban nhân dân hội đồng tỉnh huyện thành phố thị xã phường trấn cấp trên quận sở bộ ngành văn "
    "phòng vp vpcp chính phủ thủ tướng ttg chủ tịch thường trực vụ tvubnd lãnh đạo quốc đảng đoàn cục kiểm soát "
    "tục hành nội tư pháp tài kế hoạch đầu công thương nông nghiệp phát triển thôn giao thông vận tải xây dựng "
    "nguyên môi trường tin truyền lao động binh hóa thể thao du lịch khoa học nghệ giáo dục đào tạo y tế thanh "
    "tra quản lý khu trung tâm phục cơ quan đơn vị liên và ttpvhcc tthc kstthc cchc ubtvqh mttq cổng"
)
_UNITS = "một hai ba bốn năm sáu bảy tám chín"
_AFTER_TENS = {1: "mốt một", 4: "tư bốn", 5: "lăm năm nhăm", 7: "bảy bẩy"}


def _numbers() -> Iterator[tuple[str, int]]:
    """The numbers up to 100 as they are spoken, but "năm", which is also the year."""
    units = dict(enumerate(_UNITS.split(), 1))
    yield from ((word, number) for number, word in units.items() if number != 5)
    yield from (("tư", 4), ("bẩy", 7), ("mười", 10), ("một trăm", 100))
    for number, word in units.items():
        yield f"mười {'lăm' if number == 5 else word}", 10 + number
        if number > 1:
            yield f"{word} mươi", 10 * number
            for unit, spoken in units.items():
                for form in _AFTER_TENS.get(unit, spoken).split():
                    yield f"{word} mươi {form}", 10 * number + unit


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """A syllable with its tone set last, so that old and new placing ("qúy", "quý") are alike."""
    if word.isascii():
        return word.casefold()
    plain = unicodedata.normalize("NFD", word.casefold()).replace("ð", "đ")
    tones = "".join(char for char in plain if char in _TONES)
    return nfc("".join(char for char in plain if char not in _TONES)) + tones


class Words:
    """Everything that is known of words, with the marks of the language, or as bare letters for a text without any."""

    def __init__(self, marked: bool) -> None:
        self.write = sound if marked else fold
        self.forms: dict[str, list[tuple[tuple[str, ...], str, int]]] = {}
        listed = [
            (form, type_, day if type_ == "WEEKDAY" else -1)
            for type_, forms in FORMS.items()
            for day, form in enumerate(forms.split("|"))
        ]
        for form, type_, number in (*listed, *((word, "NUMBER", number) for word, number in _numbers())):
            syllables = self.all(form)
            self.forms.setdefault(syllables[0], []).append((syllables, type_, number))
        for found in self.forms.values():
            found.sort(key=lambda item: -len(item[0]))
        self.noise = frozenset(self.all(_NOISE))
        self.counted = frozenset(self.all(_COUNTED))
        self.numbered = frozenset(self.all(_NUMBERED))
        self.receivers = frozenset(self.all(_RECEIVERS))

    def all(self, text: str) -> tuple[str, ...]:
        """Words as they are compared."""
        return tuple(self.write(word) for word in text.split())


@cache
def words(marked: bool) -> Words:
    """The one of its kind."""
    return Words(marked)
