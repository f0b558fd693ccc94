"""What a paper's abstract says: its words, its kind of document, the years and periods it names, its errand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from tthc_cli.agencies import Directory
from tthc_cli.naming import alternatives, fold, nfc, spell
from tthc_cli.submissions import read_number, read_period
from tthc_cli.tuples import NamedTuple

# Ways to write one thing, the key first. A key of several words is only written out.
_ALIKE = """
    tthc: thu tuc hanh chinh, thu tuc hanh chanh, tt hanh chinh
    kiem soat tthc: kstthc, kstt, ks tthc
    mclt: mot cua lien thong, co che mot cua lien thong, co che mclt, mc lien thong
    mc: mot cua, co che mot cua, co che mc
    bpmc: bo phan mot cua, bp mc, bp mot cua, bo phan mc, bo phan tiep nhan va tra ket qua, bo phan tn va tkq
    bpmc: bo phan tn tkq, trung tam phuc vu hanh chinh cong, ttpvhcc, trung tam pvhcc, tt pvhcc
    he thong mc dien tu: he thong thong tin mot cua dien tu, he thong mot cua dien tu
    dvc: dich vu cong, dich vu cong truc tuyen, dvctt, dvc truc tuyen
    dvc quoc gia: dvcqg, dvc qg
    csdl quoc gia: csdlqg
    csdl: co so du lieu
    pakn: phan anh kien nghi
    bcci: buu chinh cong ich
    qtnb: quy trinh noi bo, quy trinh noi bo quy trinh dien tu, quy trinh noi bo lien thong
    qtdt: quy trinh dien tu
    mtdt: moi truong dien tu
    cchc: cai cach hanh chinh
    vbqppl: van ban quy pham phap luat, van ban qppl
    cntt: cong nghe thong tin
    sohoa: so hoa
    duthao: du thao
    danh muc: dm
    giai quyet: gq
    can bo: cb
    cong chuc: cc
    trang dien tu: trang thong tin dien tu, trang ttdt
"""
# What a paper may say whatever it is about.
_EMPTY = """
    v, v v, ve, viec, ve viec, cua, va, cac, nhung, cho, den, tu, tai, trong, tren, theo, voi, do, duoc, la, co, khi
    nay, so, nham, cung, qua, dia ban, thuc hien, trien khai, trien khai thuc hien, tinh hinh, ket qua, kq, cong tac
    nhiem vu, nam, thang, ky, dinh ky, ban hanh, tong hop, tong ket, hoat dong, to chuc, to chuc thuc hien, tham muu
    noi dung, so lieu, cong van, cv, gui, trinh, xay dung, bao cao, bc, ke hoach, kh, quyet dinh, qd, to trinh, ttr
    thong bao, tb, van ban, hoan thien, pham vi, quan ly, thuoc, tham quyen, thuoc tham quyen, so ket
    thuoc tham quyen giai quyet, cap tinh, cap huyen, cap xa, cac cap, huyen, tinh, xa, phuong, thi tran, thanh pho
    tp, ubnd, hdnd, uy ban nhan dan, hoi dong nhan dan, don vi, co quan, dia phuong, so ban nganh, ban nganh, so nganh
    linh vuc, nganh, ngay, tu ngay, den ngay, lien quan, thong tu, nghi dinh, nghi quyet, chi thi, thu tuong chinh phu
    chinh phu, bo truong, chu tich, doi voi, co che, gom, bao gom, cung nhu, viec thuc hien, hien hanh, kip thoi
    tiep tuc, hang quy, hang nam, va nam, cong dong, theo quy dinh, truoc, de, nhu, da, mot so, con, giai doan
    chuyen nganh, rieng
"""
_KINDS = {
    "bao cao": "BC",
    "ke hoach": "KH",
    "quyet dinh": "QĐ",
    "to trinh": "TTr",
    "thong bao": "TB",
    "de an": "ĐA",
    "giay moi": "GM",
    "bc": "BC",
    "kh": "KH",
    "ttr": "TTr",
}
"""Words for the kinds of documents (NĐ 30/2020/NĐ-CP, Phụ lục III), with their abbreviations."""

_MARKED = r"b[aá]o\ c[aá]o|k[eế]\ ho[aạ]ch|quy[eế]t\ [dđ][iị]nh|t[oờ]\ tr[iì]nh|BC|KH"
_TOLD = rf"""(?ix)
    ;(?![^(]*\)) | \+ | [\r\n]+\s*(?:[-–•*]|\d{{1,2}}[.)])\s
    | (?:[,.\r\n]|\s(?:va|và|&|\d[.)]))\s*(?=(?:{_MARKED})\b)
"""
"""What stands between tasks told in words: the mark of an item, or what another kind of document follows."""

# What a paper is written for, other than to report, plan or decide.
_ERRANDS = """
    giay moi, thu moi, moi hop, moi du, moi tham, don doc, nhac nho, gop y, tham gia y kien, dong gop y kien
    lay y kien, xin y kien, cho y kien, y kien, phuc dap, gia han, lui thoi gian, lui thoi han, xin, huong dan
    de nghi cung cap, de nghi huong dan, de nghi bao cao, de nghi bo sung, de nghi dang ky, yeu cau, dinh chinh
    thu hoi, huy bo, chan chinh, cu cong chuc, cu can bo, cu nguoi, cu nhan su, cu dai bieu, tham du, du hop
    cung cap so lieu, cung cap thong tin, tra lai, tam dung, tam hoan, quan triet, pho bien, uy quyen, den ubnd cac
    den cac, gui cac, ton tai, khac phuc, nop cham, giai trinh, tiep thu, de nghi sua, de nghi xem xet
    de nghi gia han, bo sung so lieu
"""
# What follows speaks of other times, or of what is enclosed.
_TAIL = re.compile(r"\b(?:phuong huong|nhiem vu trong tam|kem theo|kem|va nhiem vu|nhiem vu (?:nam|quy)|du kien)\b.*")
_REFERENCE = re.compile(
    r"\b\d{1,6}[^\W\d_]?/(?:(?:19|20)\d\d/)?(?=[^\W\d_])\w[\w&]*(?:-\w[\w&]*)*(?: ngày \d+/\d+/\d+)?"
)
_DATE = re.compile(
    r"\b(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|ngày \d{1,2} tháng \d{1,2} năm \d{4}|\d{1,2}/\d{1,2}(?!\d|/))", re.IGNORECASE
)
_NUMERAL = "0?(?:iv|i{1,3}|[1-4])"
_PERIOD = re.compile(
    rf"\b(?:(?:quy|qui|q) ?{_NUMERAL}(?: (?:va )?{_NUMERAL}\b)*"
    r"|(?:0?[3-9]|1[01]|sau|chin) thang(?: (?:dau|cuoi)(?: nam)?)?|thang 0?(?:1[0-2]|[1-9])"
    r"|(?:ca )?nam(?= 20\d\d))\b(?:(?: nam)? (?P<year>20\d\d))?"
)
_QUARTERLY = re.compile(rf"\b(?:qu[ýí]|qúy)\b(?!\W*{_NUMERAL}\b)|\bquy\s*$", re.IGNORECASE)
"""A quarter that is not named: "báo cáo quý", which is no "quy"."""
_DEPARTMENT = "so"
_YEARS = re.compile(r"\b(20\d\d) (?:den )?(?:nam )?(20\d\d)\b")
_YEAR = re.compile(r"\b20\d\d\b")
_FIELD = frozenset({"linh vuc", "nganh"})
_LONGEST = 10
"""Words of a phrase or a name."""


@cache
def _phrases() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Every phrase that is read as a whole, with the keys it stands for: none for an empty one."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {tuple(each.split()): () for each in _listed(_EMPTY)}
    for line in filter(None, map(str.strip, _ALIKE.splitlines())):
        key, _, others = line.partition(":")
        keys = tuple(key.split())
        found |= {tuple(each.split()): keys for each in (*_listed(others), *([key] if len(keys) == 1 else []))}
    return found


def _listed(text: str) -> Iterator[str]:
    return filter(None, (" ".join(each.split()) for line in text.splitlines() for each in line.split(",")))


_ERRAND = re.compile(r"\b(?:" + "|".join(sorted(_listed(_ERRANDS), key=len, reverse=True)) + r")\b")


class Word(NamedTuple):
    """A word that says what a paper is about: `key` for comparison, its place in the text; `field`: of a subject field.

    known: it stands in the list of abbreviations, so that it means one thing only.
    """

    key: str
    start: int
    end: int
    field: bool = False
    known: bool = False


class Named(NamedTuple):
    """A period that the abstract names: as written, the occasion it means if any, and whether it names its year."""

    text: str
    occasion: str | None
    dated: bool


class Abstract(NamedTuple):
    """An abstract taken apart.

    kinds: types of document that it calls itself or says it issues; years: all that it names; several_years: it spans
    more than one; references: keys of the documents it cites; errand: words that tell of something else than an answer.
    names: the units and places named.
    """

    text: str
    words: tuple[Word, ...]
    kinds: tuple[str, ...]
    years: tuple[int, ...]
    several_years: bool
    periods: tuple[Named, ...]
    references: frozenset[str]
    errand: str
    names: tuple[str, ...] = ()


IsName = Callable[[tuple[str, ...]], bool]
"""Tells whether words, without marks, are the name of a unit or place."""


class UnitNames:
    """The names of a directory's single units and their places, as `IsName`."""

    def __init__(self, directory: Directory) -> None:
        units = [unit for unit in directory.units if unit.level != "group"]
        texts = [text for unit in units for text in (unit.name, unit.place) if text]
        self._openers = {word for text in texts for word in fold(text).split()[:1]}
        short = {each.key for unit in units for text in unit.spellings for each in alternatives(text)}
        # Of abbreviations those of departments: others are words too.
        self._keys = {spell(text).key for text in texts} | {key for key in short if key.startswith(_DEPARTMENT)}

    def __call__(self, words: tuple[str, ...]) -> bool:
        """Whether these words, without marks, are one of them."""
        return words[0] in self._openers and spell(" ".join(words)).key in self._keys


class _Tokens:
    """The words of a text without marks, each with its place; what is read is taken away."""

    def __init__(self, text: str) -> None:
        found = ((word[0], word.span()) for word in re.finditer(r"[^\W_]+", text.replace("&", " ")))
        self.all = [(fold(word), span) for word, span in found]
        self.text = text

    @property
    def plain(self) -> str:
        return " ".join(word for word, _ in self.all)

    def shown(self, start: int, end: int) -> str:
        """What stands in the text from one word to before another."""
        return self.text[self.all[start][1][0] : self.all[end - 1][1][1]]

    def at(self, found: re.Match[str]) -> tuple[int, int]:
        """The words that a match in `plain` covers."""
        before = found.string[: found.start()].count(" ")
        return before, before + len(found[0].split())

    def cut(self, pattern: re.Pattern[str]) -> list[tuple[str, re.Match[str]]]:
        """Take away what matches; as shown, and the matches."""
        matches = [*pattern.finditer(self.plain)]
        spans = [self.at(found) for found in matches]
        shown = [self.shown(*span) for span in spans]
        for start, end in reversed(spans):
            del self.all[start:end]
        return [*zip(shown, matches, strict=True)]


def read_abstract(text: str, year: int, is_name: IsName = lambda _: False) -> Abstract:
    """Take an abstract apart; `year` is meant where a period names none."""
    text = nfc(text)
    references = {found.key for each in _REFERENCE.findall(text) if (found := read_number(each.split(" ")[0]))}
    bare = _QUARTERLY.sub(_blank, _DATE.sub(_blank, _REFERENCE.sub(_blank, text)))
    tokens = _Tokens(bare)
    tokens.cut(_TAIL)
    errand = _ERRAND.search(tokens.plain)
    said = tokens.shown(*tokens.at(errand)) if errand else ""
    kinds = _kinds(tokens.plain)
    several = tokens.cut(_YEARS)
    named = tokens.cut(_PERIOD)
    years = [int(match["year"]) for _, match in named if match["year"]]
    years += [int(match[0]) for _, match in tokens.cut(_YEAR)]
    parts = [*_parts(tokens, is_name)]
    return Abstract(
        text,
        tuple(part for part in parts if isinstance(part, Word)),
        kinds,
        tuple(dict.fromkeys(years)),
        bool(several),
        tuple(_named(named, years[0] if years else None, year)),
        frozenset(references),
        said,
        tuple(part for part in parts if isinstance(part, str)),
    )


def split_told(cell: str) -> tuple[str, ...]:
    """The tasks that a cell tells in words; a comma or a new line within them parts none."""
    return tuple(part.strip() for part in re.split(_TOLD, nfc(cell)) if any(map(str.isalpha, part)))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _kinds(plain: str) -> tuple[str, ...]:
    """The first kind of document that the text names, and one that it says is issued."""
    kind = "|".join(_KINDS)
    found = [*re.findall(rf"\b(?:{kind})\b", plain)[:1], *re.findall(rf"\bban hanh ({kind})\b", plain)]
    return tuple(dict.fromkeys(_KINDS[word] for word in found))


def _named(found: list[tuple[str, re.Match[str]]], stated: int | None, year: int) -> Iterator[Named]:
    for shown, match in found:
        own = int(match["year"]) if match["year"] else stated
        yield Named(shown, read_period(match[0], own or year), own is not None)


def _parts(tokens: _Tokens, is_name: IsName) -> Iterator[Word | str]:
    """The words that say something, and names as they stand; after "lĩnh vực" words name a field, up to a phrase."""
    phrases, at, field = _phrases(), 0, False
    keys = tuple(word for word, _ in tokens.all)
    while at < len(keys):
        sizes = range(min(_LONGEST, len(keys) - at), 0, -1)
        size = next((size for size in sizes if keys[at : at + size] in phrases), 0)
        name = next((size for size in sizes if size > 1 and is_name(keys[at : at + size])), 0)
        if name > size:
            yield tokens.shown(at, at + name)
            at += name
            continue
        meant = phrases[keys[at : at + size]] if size else keys[at : at + 1]
        phrase = " ".join(keys[at : at + size])
        start, end = tokens.all[at][1][0], tokens.all[at + max(size, 1) - 1][1][1]
        field = phrase in _FIELD or (field and (size == 0 or phrase in ("va", "quan ly")))
        yield from (Word(key, start, end, field, size > 0) for key in meant)
        at += max(size, 1)
