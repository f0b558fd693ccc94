"""Numbers of documents are kept small, given back as written, and known again however written."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tthc_cli.numbering import Numbers, parted
from tthc_cli.piles import Column
from tthc_cli.submissions import read_number

RUNNING = st.sampled_from(
    [
        "1",
        "12",
        "012",
        "000",
        "999999",
        "999999999",
        "1000000000",
        "0123456789",
        "12a",
        "١2",
        "1٢",
        " 12",
        "Số 12",
        "",
        "x",
    ]
)
SYMBOLS = st.sampled_from(
    ["/BC-STTTT", "/bc-stttt", " / BC - STTTT", "/QĐ-UBND", "/QD-UBND", "/2021/QĐ-UBND", "/QĐ", "/", "", "/x y", "/\n"]
)
TEXTS = st.lists(st.builds("{}{}".format, RUNNING, SYMBOLS) | st.text(max_size=6), min_size=1, max_size=12)


@given(TEXTS)
@example(["012/bc-stttt", "12/BC-STTTT", "12/bc-stttt"])
@example(["12/BC-STTTT", "012/BC-STTTT"])
@example(["12/QĐ", "012/QĐ", "13/QĐ"])
@example(["012/BC-STTTT", "0123456789/BC-STTTT"])
@example(["12 /BC-STTTT", "13/ /BC-STTTT"])
def test_a_mark_stands_for_its_number(texts: list[str]) -> None:
    numbers = Numbers()
    marks = [numbers.mark(*parted(text)) for text in texts]
    read = [read_number(text) for text in texts]
    for text, mark, number in zip(texts, marks, read, strict=True):
        assert (mark == 0) == (number is None)
        if number:
            assert numbers.text(abs(mark)) == text.strip()
            assert (mark > 0) == number.well_formed
    for mark, number in zip(marks, read, strict=True):
        for other, one in zip(marks, read, strict=True):
            if number and one:
                assert (numbers.same(abs(mark)) == numbers.same(abs(other))) == (number.key == one.key)


def test_a_sign_that_is_a_digit_by_name_alone_is_a_word() -> None:
    assert read_number("① số 12/BC-STTTT") == read_number("12/BC-STTTT")


@given(TEXTS)
def test_numbers_differ_or_not(texts: list[str]) -> None:
    numbers = Numbers()
    marks = Column("Q", [abs(numbers.mark(*parted(text))) for text in texts])
    keys = [number.key for text in texts if (number := read_number(text))]
    assert numbers.differ(marks) == (len(set(keys)) == len(keys))


@pytest.mark.parametrize(
    "form", ["{}/BC-STTTT", "0{}/BC-STTTT", "Số {}/BC-STTTT", "{} / BC-STTTT", "Số: 00{}/bc-stttt"]
)
def test_however_many_numbers_of_a_form_there_are_it_is_kept_once(form: str) -> None:
    numbers = Numbers()
    marks = [numbers.mark(*parted(form.format(number))) for number in range(1, 1_000)]
    assert [numbers.text(mark) for mark in marks] == [form.format(number) for number in range(1, 1_000)]
    assert len(pickle.dumps(numbers)) < 500
