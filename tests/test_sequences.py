"""Sequences that are not held as lists say what lists of the same items say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tthc_cli.sequences import Chain, Each, Later

NUMBERS = st.lists(st.integers(), max_size=6)
PLACES = st.integers(-20, 20)
KINDS: list[Callable[[list[int], list[int]], Sequence[int]]] = [
    lambda one, other: Chain(one, (), other),
    lambda one, other: Each((-1).__mul__, [-number for number in one + other]),
    lambda one, other: Later(lambda: one + other),
    lambda one, other: Chain(Later(lambda: one), Each(int, other)),
]


@pytest.mark.parametrize("kind", KINDS)
@given(NUMBERS, NUMBERS, PLACES, st.slices(12))
def test_they_say_what_a_list_says(
    kind: Callable[[list[int], list[int]], Sequence[int]], one: list[int], other: list[int], at: int, part: slice
) -> None:
    found, listed = kind(one, other), one + other
    assert len(found) == len(listed)
    assert [*found] == listed
    assert found == listed
    assert found[part] == listed[part]
    if -len(listed) <= at < len(listed):
        assert found[at] == listed[at]
    else:
        with pytest.raises(IndexError):
            found[at]


def test_what_stands_at_a_place_is_found_without_all_before_it() -> None:
    """Or the time of a table of many rows, looked at one by one, would grow with their square."""
    made: list[int] = []
    many = Chain(Each(made.append, range(1000)), Each(made.append, range(1000, 2000)))
    for sequence in (many, many[500:]):
        made.clear()
        sequence[1200]
        assert len(made) == 1
