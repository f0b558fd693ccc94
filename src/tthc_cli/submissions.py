"""What stands in registers and the files beside them: which column is which, and what a cell says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import zip_longest
from typing import Literal, TypeVar

from tthc_cli.errors import NOTHING, Trouble
from tthc_cli.naming import fold, nfc
from tthc_cli.periods import Every, Period
from tthc_cli.tuples import NamedTuple

Cell = str | date
Named = TypeVar("Named")
HEADER_WITHIN = 20
"""A header is looked for among so many first rows, since offices put a title above it."""


class Columns(NamedTuple):
    """The columns that a kind of file may have: each field with the headings it goes by.

    dates: the fields whose cells are days. stand_ins: headings that bear a field where no other does, the best first.
    """

    name: str
    headings: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    dates: frozenset[str] = frozenset()
    stand_ins: Mapping[str, tuple[str, ...]] = NOTHING

    @cached_property
    def _known(self) -> Mapping[str, str]:
        return {fold(heading): field for field, headings in self.headings.items() for heading in (field, *headings)}

    @cached_property
    def _standing_in(self) -> Mapping[str, tuple[int, str]]:
        return {fold(each): (rank, field) for field, known in self.stand_ins.items() for rank, each in enumerate(known)}

    def field(self, heading: str) -> str | None:
        """The field that a heading names as a whole; how to fill it in may stand behind ("(dd/mm/yyyy)")."""
        return _named(heading, self._known)

    def stand_in(self, heading: str) -> tuple[int, str] | None:
        """The field that a heading bears where no other does, in the same way, behind its rank, 0 being the best."""
        return _named(heading, self._standing_in)


def _named(heading: str, known: Mapping[str, Named]) -> Named | None:
    folded = fold(heading) if len(heading.strip()) < _LONGEST else ""
    if folded in known or not folded.endswith(_HINTED):
        return known.get(folded)
    return known.get(re.sub(_HINT, "", folded))


# Texts, not compiled patterns: most registers need none of them.
_ASKED = ("bat buoc", "neu co", "tuy chon", "required", "optional")
_DAY = r"d{1,2} m{1,2} y{2,4}|y{2,4} m{1,2} d{1,2}|n{1,2} t{1,2} n{2,4}|ngay thang nam"
_HINT = rf"(?: (?:{_DAY}|{'|'.join(_ASKED)}))+$"
_HINTED = (*"dmny", *_ASKED)
"""How a heading with a hint ends."""
_LONGEST = 100
"""A cell of as many letters is no heading."""

REGISTER = Columns(
    "register",
    {
        "plan": ("mã kế hoạch",),
        "task": ("nhiệm vụ", "mã nhiệm vụ"),
        "agency": ("cơ quan", "đơn vị", "cơ quan chủ trì", "đơn vị chủ trì", "đơn vị thực hiện", "cơ quan thực hiện"),
        "issuer": ("cơ quan ban hành", "tác giả"),
        "parent": ("district", "huyện", "cấp huyện"),
        "period": ("kỳ", "kỳ báo cáo"),
        "event": ("sự kiện", "mã sự kiện"),
        "document_number": ("số ký hiệu", "số văn bản", "số ký hiệu văn bản", "số và ký hiệu"),
        "document_date": ("ngày văn bản", "ngày ban hành", "ngày tháng văn bản"),
        "sent_on": ("submitted_on", "ngày gửi", "ngày nộp"),
        "received_on": ("ngày đến", "ngày nhận"),
        "proposed_on": ("ngày trình",),
        "result": ("kết quả",),
        "abstract": ("trích yếu", "tên loại và trích yếu", "trích yếu nội dung"),
        "note": ("ghi chú",),
    },
    required=("task", "agency"),
    dates=frozenset({"document_date", "sent_on", "received_on", "proposed_on"}),
    stand_ins={
        "document_date": ("ngày ký", "ngày ký văn bản", "ngày báo cáo", "ngày vb", "ngày tháng năm văn bản"),
        "sent_on": (
            *("ngày gửi báo cáo", "ngày gửi văn bản", "ngày nộp báo cáo", "ngày gửi bc", "ngày nộp bc", "ngày gửi đi"),
            *("ngày đi", "đã gửi ngày", "ngày phát hành", "thời gian gửi", "thời điểm gửi", "ngày giờ gửi"),
        ),
        "received_on": (
            *("ngày nhận báo cáo", "ngày nhận văn bản", "ngày tiếp nhận", "ngày vào sổ"),
            *("thời gian nhận", "thời điểm nhận", "ngày giờ nhận", "thời gian đến"),
        ),
    },
)

EVENTS = Columns(
    "events",
    {
        "id": ("mã", "mã sự kiện"),
        "kind": ("loại", "loại sự kiện"),
        "date": ("ngày", "ngày xảy ra", "ngày sự kiện"),
        "agency": ("cơ quan", "đơn vị", "cơ quan chủ trì", "đơn vị chủ trì", "đơn vị thực hiện"),
        "document": ("văn bản", "số ký hiệu", "số văn bản", "document_number"),
        "note": ("ghi chú",),
    },
    required=("id", "kind", "date"),
    dates=frozenset({"date"}),
)

EXTENSIONS = Columns(
    "extensions",
    {
        "task": REGISTER.headings["task"],
        "agency": REGISTER.headings["agency"],
        "period": REGISTER.headings["period"],
        "event": REGISTER.headings["event"],
        "new_date": ("hạn mới", "ngày gia hạn", "gia hạn đến", "gia hạn đến ngày", "hạn sau gia hạn"),
        "document_number": REGISTER.headings["document_number"],
        "document_date": REGISTER.headings["document_date"],
        "status": ("trạng thái", "tình trạng", "kết quả"),
        "reason": ("lý do",),
    },
    required=("task", "agency", "new_date"),
    dates=frozenset({"new_date", "document_date"}),
)

ASSIGNMENTS = Columns(
    "assignments",
    {
        "task": REGISTER.headings["task"],
        "agency": (*REGISTER.headings["agency"], "cơ quan được giao", "đơn vị được giao"),
        "document_number": REGISTER.headings["document_number"],
        "document_date": REGISTER.headings["document_date"],
        "note": ("ghi chú",),
    },
    required=("task", "agency"),
    dates=frozenset({"document_date"}),
)

CONTACTS = Columns(
    "contacts",
    {
        "agency": REGISTER.headings["agency"],
        "address": (
            *("email", "mail", "to", "addresses", "emails", "thư điện tử", "địa chỉ", "địa chỉ thư"),
            *("địa chỉ email", "địa chỉ thư điện tử", "hộp thư", "hộp thư điện tử"),
        ),
        "cc": ("đồng gửi", "đồng kính gửi", "sao gửi"),
        "name": (
            *("responsible", "responsible name", "person", "người phụ trách", "người nhận", "đầu mối"),
            *("người đầu mối", "họ tên", "họ và tên"),
        ),
        "active_from": ("from", "start", "valid from", "từ ngày", "hiệu lực từ", "áp dụng từ"),
        "active_to": ("until", "end", "valid to", "đến ngày", "hiệu lực đến", "áp dụng đến"),
        "note": ("ghi chú",),
    },
    required=("agency", "address"),
    dates=frozenset({"active_from", "active_to"}),
)


class Placement(NamedTuple):
    """Where each field stands.

    fields: field to index; missing: required fields without a column; twice: fields that several columns claim, with
    all their indexes.
    """

    fields: Mapping[str, int]
    missing: tuple[str, ...] = ()
    twice: Mapping[str, tuple[int, ...]] | None = None

    def at(self, fields: Iterable[str]) -> tuple[int, ...]:
        """The indexes of those fields that have a column."""
        return tuple(self.fields[name] for name in fields if name in self.fields)

    def names(self, indexes: Iterable[int]) -> tuple[str, ...]:
        """The fields of these columns."""
        field = {at: name for name, at in self.fields.items()}
        return tuple(field[at] for at in indexes)


def placed(columns: Columns, headings: Sequence[str]) -> Placement:
    """Give each field its column; of several the first, of those that stand in the best."""
    found: dict[str, tuple[int, ...]] = {}
    others: list[tuple[int, str, int]] = []
    for index, heading in enumerate(headings):
        if field := columns.field(heading):
            found[field] = (*found.get(field, ()), index)
        elif named := columns.stand_in(heading):
            others.append((*named, index))
    for _, field, index in sorted(others):
        found.setdefault(field, (index,))
    return Placement(
        fields={field: indexes[0] for field, indexes in found.items()},
        missing=tuple(field for field in columns.required if field not in found),
        twice={field: indexes for field, indexes in found.items() if len(indexes) > 1},
    )


class Header(NamedTuple):
    """A row taken for the header: its physical line or sheet row, and what it says."""

    line: int
    headings: tuple[str, ...]
    placement: Placement

    @property
    def rank(self) -> tuple[bool, int, int]:
        """A header that serves comes before one that does not, then the one that names more fields."""
        words = sum(map(bool, self.headings))
        return not self.placement.missing, len(self.placement.fields), words


def column_number(text: str) -> int | None:
    """The number of a column ("3", "(3)"), as it stands under headings and may be said again on every page."""
    number = text.strip("()[]")
    return int(number) if number.isdecimal() and len(number) < 3 else None


def find_header(columns: Columns, records: Iterable[tuple[int, Sequence[str]]]) -> Header | None:
    """The first record with every required field; failing that, the one that names most fields."""
    best, left, above = None, iter(records), None
    for line, cells in left:
        header = Header(line, tuple(cells), placed(columns, cells))
        if not header.placement.missing:
            both = _of_two_rows(columns, above, line, cells) if above else header
            more = len(both.placement.fields) > len(header.placement.fields)
            return both if more else _of_two_rows(columns, header, *next(left, (line, ())))
        above = header
        if any(cells) and (best is None or header.rank > best.rank):
            best = header
    return best


def _of_two_rows(columns: Columns, header: Header, line: int, below: Sequence[str]) -> Header:
    """A header with the row below, where that goes on with it: "Số", "Ngày" under "Văn bản" or "Kết quả"."""
    fields, required = header.placement.fields, header.placement.at(columns.required)
    group, headings = "", []
    for at, (above, own) in enumerate(zip_longest(header.headings, below, fillvalue="")):
        group = above.strip() or group
        meant = next((text for text in (own, f"{own} {group}", f"{group} {own}") if columns.field(text)), "")
        if own.strip() and (at in required or (at in fields.values() and not meant)):
            return header
        headings.append((meant or f"{own} {group}".rstrip()) if own.strip() else above)
    both = Header(line, tuple(headings), placed(columns, headings))
    return both if len(both.placement.fields) > len(fields) else header


def header_troubles(columns: Columns, header: Header | None, path: str, **facts: object) -> tuple[Trouble, ...]:
    """Why a table cannot be read under this header, if so."""
    if header is None or header.placement.missing:
        missing = header.placement.missing if header else columns.required
        seen = tuple(filter(None, map(str.strip, header.headings if header else ())))
        line = header.line if header else None
        return (Trouble(path, "no_header", line, None, {"missing": missing, "headings": seen, **facts}),)
    return tuple(
        Trouble(path, "column_twice", header.line, indexes[1] + 1, {"field": field, "headings": both, **facts})
        for field, indexes in (header.placement.twice or {}).items()
        for both in [tuple(header.headings[index].strip() for index in indexes)]
    )


def file_trouble(path: str, error: OSError | ValueError) -> Trouble:
    """Why a file cannot be opened; a ValueError comes from a name that no file can have."""
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return Trouble(path, "missing_file")
    if isinstance(error, IsADirectoryError):
        return Trouble(path, "is_folder")
    facts = {"number": error.errno, "error": error.strerror or type(error).__name__}
    return Trouble(path, "unreadable_file", facts=facts)


_YEAR = "((?:19|20|21)[0-9]{2})"
_PREFIX = r"^(?:(?:bao cao|dinh ky|ky|bc) )+"
_OF_YEAR = rf"^(?:nam )?{_YEAR}\b *| *(?:\bnam )?\b{_YEAR}$"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTER = r"(?:qu[yi]|q|quarter) ?(?:0?([1-4])|(iv|i{1,3}))"
_MONTH = r"(?:thang|t|month|m) ?(0?[1-9]|1[0-2])"
_HALF = r"(?:0?6 ?(?:thang|t)|sau thang)(?: (dau|cuoi)(?: nam)?)?|h ?([12])"
_WHOLE_YEAR = frozenset({"nam", "ca nam", "ca", "hang nam", "year", "y", "12 thang"})


def read_period(cell: str, year: int) -> str | None:
    """The occasion that words for a period mean, as "2021-Q1"; `year` is meant where they name none.

    None for what is no period of a report.
    """
    text = re.sub(_PREFIX, "", fold(cell))
    named = [first or last for first, last in re.findall(_OF_YEAR, text)]
    rest = re.sub(_OF_YEAR, "", text).strip()
    if len(named) > 1 or (not rest and not named):
        return None
    part = _part_of_year(rest, bool(named))
    return str(Period(int(named[0]) if named else year, *part)) if part else None


def _part_of_year(text: str, of_year: bool) -> tuple[Every, int] | None:
    """The length and number of a period; a bare number is a month and a bare Roman one a quarter of a named year."""
    if text in _WHOLE_YEAR or (of_year and not text):
        return "year", 1
    if found := re.fullmatch(_QUARTER, text):
        return "quarter", int(found[1] or _ROMAN[found[2]])
    if found := re.fullmatch(_HALF, text):
        return "half_year", 2 if "cuoi" in found.groups() or found[2] == "2" else 1
    if found := re.fullmatch(_MONTH, text):
        return "month", int(found[1])
    if of_year and text in _ROMAN:
        return "quarter", _ROMAN[text]
    if of_year and re.fullmatch("[0-9]{1,2}", text) and 1 <= int(text) <= 12:
        return "month", int(text)
    return None


_BODY, _ROMAN_LETTERS = "tc", frozenset("ivxl")
"""What the ids of sections are made of."""

_TYPES = """
    NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB
    NĐ TT TTLT NQLT L PL LCT
"""
"""Abbreviations of the named types of documents (NĐ 30/2020/NĐ-CP, Phụ lục III), and of legal documents."""

_EXACT_TYPES = {type_.casefold(): type_ for type_ in _TYPES.split()}
_BARE_TYPES = {fold(type_): type_ for type_ in ("QĐ", "QyĐ", "NĐ", "CĐ")}
_LOOK_ALIKES = {0xD0: "Đ", 0xF0: "đ", 0x2010: "-", 0x2011: "-", 0x2013: "-", 0x2014: "-", 0x2212: "-"}
_NUMBER_WORD = r"(?i)^(?:[^\W\d]+ ){0,3}số(?: ?(?:,|và)? ?(?:ký|kí) hiệu)? ?[:.]? ?(?=\d)"
_LETTERS = r"[^\W\d_][\w&.]*(?: [\w&.]+)*"
_NUMBER = rf"(?P<number>\d{{1,9}}[^\W\d_]?)/(?P<year>(?:19|20)\d\d/)?(?P<groups>{_LETTERS}(?:-{_LETTERS})*)"


class Number(NamedTuple):
    """A document's number and symbol (NĐ 30/2020/NĐ-CP, Phụ lục I).

    key: the same for every way of writing it; type: abbreviation of the type, "" for a công văn, which has none.
    """

    well_formed: bool
    key: str
    type: str = ""


def read_number(text: str) -> Number | None:
    """Read the number and symbol of a document; None for an empty cell."""
    plain = " ".join(nfc(text).translate(_LOOK_ALIKES).split())
    if not plain:
        return None
    plain = re.sub(r" ?([/-]) ?", r"\1", plain if plain[0].isdecimal() else re.sub(_NUMBER_WORD, "", plain))
    found = re.fullmatch(_NUMBER, plain)
    if not found:
        return Number(False, plain.casefold())
    first, *others = found["groups"].split("-")
    type_ = _EXACT_TYPES.get(first.casefold()) or _BARE_TYPES.get(first.casefold(), "")
    symbol = "-".join((type_ or first, *others))
    key = f"{found['number'].lstrip('0')}/{found['year'] or ''}{symbol}".casefold()
    return Number(bool(others or not type_), key, type_)


_RESULTS: dict[str, Literal["returned", "replaced"]] = {"returned": "returned", "replaced": "replaced"}
_RESULTS |= {fold(f"{before}trả lại"): "returned" for before in ("", "bị ", "đã ", "đã bị ", "đã được ")}
_RESULTS |= {fold(f"{before}thay thế"): "replaced" for before in ("", "bị ", "đã ", "được ", "đã bị ", "đã được ")}

_UNDOING = (
    r"(?<!khong )(?<!chua )(?<!kiem )\btra (?:lai|ve)\b|\b(?:bi|hoan|chuyen) tra\b|\b(?:bi|da|duoc) (?:thay the|huy)\b"
    r"|\bthay the boi\b|^huy\b|\bhuy bo\b|\bchua\b(?! (?:co y kien|xu ly|giai quyet|tra|chuyen|xem)\b)"
    r"|\b(?:khong (?:dat|hop le|chap nhan|tiep nhan)|tu choi|thu hoi|lam lai|du thao|returned|replaced)\b"
)
"""What words of a result, folded, have in them after which the paper may answer nothing."""


def read_result(text: str) -> Literal["returned", "replaced", ""]:
    """What became of a paper; ValueError for words that are no such status."""
    if not text.strip():
        return ""
    result = _RESULTS.get(fold(text))
    if result is None:
        raise ValueError(text)
    return result


def may_undo(text: str) -> bool:
    """Whether words that are no such status may say none the less that a paper answers nothing ("Trả lại, bổ sung")."""
    return re.search(_UNDOING, fold(text)) is not None


def split_tasks(cell: str) -> tuple[str, ...]:
    """The tasks that a cell names, parted by ";", "," or a new line."""
    return tuple(filter(None, map(str.strip, re.split(r"[;,\r\n]", cell))))


def is_prose(text: str) -> bool:
    """Whether a text speaks of a task in words: "BC quý 3", not "XI.1", "Tc 1.2" or "XI, VI"."""
    words = [word for word in fold(text).split() if len(word) > 1 and word.isalpha()]
    return any(word != _BODY and not _ROMAN_LETTERS.issuperset(word) for word in words)
