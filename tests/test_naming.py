"""Names agree whatever their case, spacing and marks, unless a mark was typed that the name has not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tthc_cli.naming import agrees, alternatives, fold, nfc, spell, task_key

WORDS = ["Sở", "Thông", "tin", "và", "Truyền", "Thủy", "Hòa", "quý", "Đào", "Thạnh", "Quới", "Mỹ", "8", "12", "UBND"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


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
