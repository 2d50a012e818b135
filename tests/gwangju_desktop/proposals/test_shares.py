"""Shares of a joint proposal are 100 % together, to the hundredth."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import shares


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 5_000))
def test_even_shares_are_whole_whoever_shares(count: int) -> None:
    parts = shares.even(count)
    assert len(parts) == count and sum(parts) == shares.WHOLE
    assert max(parts) - min(parts) <= 1 and parts[0] == max(parts)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(-10, 10_010), min_size=1, max_size=4))
def test_shares_that_are_given_are_whole_or_refused(asked: list[int]) -> None:
    whole = sum(asked) == shares.WHOLE and min(asked) > 0
    if whole:
        assert shares.settled(asked) == asked
        return
    with pytest.raises(UserError):
        shares.settled(asked)


def test_one_without_a_share_among_others_is_refused() -> None:
    assert shares.settled([None, None, None]) == [3334, 3333, 3333]
    with pytest.raises(UserError, match="지분"):
        shares.settled([5000, None])
    with pytest.raises(UserError, match=r"99\.99"):
        shares.settled([5000, 4999])


@pytest.mark.parametrize(
    ("held", "main"), [([], None), ([10_000], 0), ([3000, 4000, 3000], 1), ([5000, 5000], 0)]
)
def test_the_largest_share_is_the_main_proposers(held: list[int], main: int | None) -> None:
    assert shares.main(held) == main


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000))
def test_a_share_is_read_as_it_is_written(share: int) -> None:
    assert shares.read(shares.written(share)) == share
    assert shares.read(f" {shares.written(share)} % ") == share


@pytest.mark.parametrize("typed", ["abc", "100.01", "33.333", "-1", "1e2", "½", "9" * 50])
def test_no_share_is_refused_in_one_sentence(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        shares.read(typed)
    assert len(str(refused.value)) < 150


def test_nothing_typed_is_no_share() -> None:
    assert shares.read("  ") is None
