"""Names agree whatever their case, spacing and marks, unless a mark was typed that the name has not."""

from __future__ import annotations

import tracemalloc
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tthc_cli.alike import Alike
from tthc_cli.memory import MOST_REMEMBERED
from tthc_cli.naming import DIFFERS, Spelling, agreement, alternatives, fold, nfc, spell, task_key
from tthc_cli.place_names import KINDS, Beginnings, Place, Places, tables

WORDS = ["Sở", "Thông", "tin", "và", "Truyền", "Thủy", "Hòa", "quý", "Đào", "Thạnh", "Quới", "Mỹ", "8", "12", "UBND"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


def agrees(typed: str, name: str) -> bool:
    """Whether a typed text can stand for a name: the same letters, and every mark that was typed is the name's."""
    one, other = spell(typed), spell(name)
    return one.key == other.key and agreement(one.marks, other.marks) != DIFFERS


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Hoà", "Hòa"),
        ("Thuỷ", "Thủy"),
        ("qúy", "quý"),
        ("Uỷ ban", "Ủy ban"),
        ("Khoẻ", "Khỏe"),
        ("Phường 08", "phường 8"),
        ("P8", "P. 8"),
        ("so thong tin", "Sở Thông tin"),
        ("Sở GDĐT", "Sở GD&ĐT"),
        ("Sở GD và ĐT", "Sở GD&ĐT"),
        ("Sở GD&DT", "Sở GD&ĐT"),
        ("Binh Thạnh", "Bình Thạnh"),
        ("Ðào tạo", "Đào tạo"),
        ("XÃ AN HÒA", "xã An Hoà"),
        ("Sở\u00a0Nội\u200bvụ", "Sở Nội vụ"),
    ],
)
def test_agrees(typed: str, name: str) -> None:
    assert agrees(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Sở GĐ&ĐT", "Sở GD&ĐT"),
        ("Bình Thành", "Bình Thạnh"),
        ("Bình Thạnh", "Bình Thanh"),
        ("Mỹ Thanh", "Mỹ Thành A"),
        ("Thơi Lai", "Thôi Lai"),
        ("Phường 8", "Phường 80"),
        ("Phường 10", "Phường 1"),
    ],
)
def test_does_not_agree(typed: str, name: str) -> None:
    assert not agrees(typed, name)


@settings(deadline=None)
@given(NAMES)
def test_every_name_agrees_with_itself_however_it_is_encoded_cased_or_stripped(name: str) -> None:
    stripped = fold(name)
    for typed in (name, unicodedata.normalize("NFD", name), name.upper(), f"  {name.replace(' ', '  ')}.", stripped):
        assert agrees(typed, name)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_has_a_spelling(text: str) -> None:
    spelling = spell(text)
    assert len(spelling.key) == len(spelling.marks)
    assert fold(fold(text)) == fold(text)
    assert nfc(nfc(text)) == nfc(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Sở  GD&ĐT,\ttỉnh_Bến Tre", "so gd va dt tinh ben tre"),
        ("NGÀY BAN HÀNH", "ngay ban hanh"),
        ("", ""),
        ("Đường Ðê", "duong de"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("xi-1", "XI.1"),
        ("XI 1", "XI.1"),
        ("Ⅺ.1", "XI.1"),
        ("XI.1.", "XI.1"),
        ("xi1", "XI.1"),
        ("TC1.2", "TC.1.2"),
        ("i.2.1.3", "I.2.1.3"),
        ("", ""),
    ],
)
def test_task_key(text: str, key: str) -> None:
    assert task_key(text) == key


def test_alternatives_multiply_out_and_nest() -> None:
    keys = {spelling.key for spelling in alternatives("{Sở|S} {Nông nghiệp|NN} {|và {PTNT|Phát triển}}")}
    assert {"sonn", "snn", "sonongnghiepptnt", "snnphattrien"} <= keys
    assert len(keys) == 12


SHORT = st.text(alphabet="ab", min_size=1, max_size=4)


@settings(deadline=None)
@given(st.sets(SHORT, max_size=8), st.text(alphabet="abc", max_size=6))
def test_the_keys_that_a_text_begins_with(keys: set[str], text: str) -> None:
    beginnings = Beginnings(keys)
    assert [*beginnings.of(text)] == sorted((key for key in keys if text.startswith(key)), key=len)
    goes_on = any(key.startswith(text) or text.startswith(key) for key in keys)
    assert beginnings.may_begin(text) == goes_on


PLACES = (
    Place("tinh", "tỉnh", "Bến Tre", None, "mot-cua-tinh"),
    Place("tp", "thành phố", "Bến Tre", None, "mot-cua-tp"),
    Place("huyen", "huyện", "Ba Tri", None, "mot-cua-huyen"),
    Place("xa", "xã", "Tân Xuân", "huyen"),
    Place("xa-khac", "xã", "Tân", "huyen"),
    Place("thi-tran", "thị trấn", "Ba Tri", "huyen"),
    Place("phuong", "phường", "8", "tp"),
    Place("phuong-khac", "phường", "Phú Tân", "tp"),
)
BODIES = {"": "", "Chủ tịch UBND": "committee", "UB": "committee", "Ủy ban": "committee", "VP UBND": "office"}
BODIES |= {"Một cửa": "one_stop", "BPMC UBND": "one_stop"}
PARTS = (
    "tỉnh",
    "T",
    "TP",
    "thị trấn",
    "TT",
    "xã",
    "X",
    "huyện",
    "Bến Tre",
    "Ba Tri",
    "Tân",
    "Xuân",
    "P",
    "8",
    "Tản",
    "",
)
READ = Places(tables(PLACES))


def _plainly(body: str, rest: Spelling) -> dict[str, int]:
    """Units that a place's name behind this body may mean, every name and tail being written out."""
    found: dict[str, int] = {}
    kinds = [place.kind for place in PLACES]
    tails = [("{|{|tỉnh|T} Bến Tre}", "")]
    outer = [place for place in PLACES if place.within is None and place.kind != "tỉnh"]
    tails += [(f"{{|thuộc}} {{|{KINDS[p.kind]}}} {p.name} {{|{{|tỉnh|T}} Bến Tre}}", p.id) for p in outer]
    for place in PLACES:
        names = [f"{KINDS[place.kind]} {place.name}"]
        names += [] if place.name.isdigit() else [place.name]
        names += [KINDS[place.kind]] if body and kinds.count(place.kind) == 1 else []
        texts = [(name + tail, within) for name in names for tail, within in tails]
        for key, marks, within in ((*each, within) for text, within in texts for each in alternatives(text)):
            unit = place.unit(body)
            if key == rest.key and unit:
                fit = agreement(rest.marks, marks) if within in ("", place.within) else DIFFERS
                found[unit] = max(fit, found.get(unit, DIFFERS))
    return found


@settings(deadline=None, max_examples=60)
@given(st.sampled_from([*BODIES]), st.lists(st.sampled_from(PARTS), min_size=1, max_size=4), st.booleans())
def test_a_name_is_read_in_every_way_that_it_can_be_parted(body: str, parts: list[str], plain: bool) -> None:
    rest = spell(fold(" ".join(parts)) if plain else " ".join(parts))
    typed = spell(body)
    read = READ.read(Spelling(typed.key + rest.key, typed.marks + rest.marks))
    for unit, fit in _plainly(BODIES[body], rest).items():
        assert read[unit] >= fit
    if not body:
        assert read == _plainly("", rest)


KEYS = st.text("abc", max_size=12)


def pairs(key: str) -> set[str]:
    """The neighbouring letters of a key, its ends being blank."""
    return {f" {key} "[at : at + 2] for at in range(len(key) + 1)}


@settings(deadline=None)
@given(st.lists(KEYS, max_size=30), KEYS, st.sampled_from([0.1, 0.5, 0.65, 0.8, 1.0]))
def test_alike_is_who_has_enough_neighbouring_letters_in_common(keys: list[str], typed: str, least: float) -> None:
    """By the definition of the Sørensen-Dice coefficient, one key after another."""
    likeness = {
        place: 2 * len(pairs(typed) & pairs(key)) / (len(pairs(typed)) + len(pairs(key)))
        for place, key in enumerate(keys)
    }
    found = {place: like for like, place in Alike((key, place) for place, key in enumerate(keys)).to(typed, least)}
    assert found == {place: like for place, like in likeness.items() if like >= least}


def test_names_in_strange_letters_leave_little_behind() -> None:
    """A file in another script, or read as one, has hundreds of thousands of pairs of letters."""
    letters = "".join(map(chr, range(0x4E00, 0x4E00 + MOST_REMEMBERED + 100)))
    named = Alike([("so noi vu", "")])
    tracemalloc.start()
    for turn in range(1, 9):
        strange = "".join(letters[start::turn] for start in range(turn))
        assert not [like for at in range(0, len(strange), 200) for like in named.to(strange[at : at + 200], 0.65)]
    left, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert left < 5 << 20
