"""Surveys told twice: whatever an attacker subtracts, no count of 1 to 4 people; minutes of it."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.faults.budget import Outcome, within
from tests.gwangju_desktop.polls import surveys

PAIRS = 10_000


@pytest.mark.timeout(24 * 3600)
def test_pairs_of_releases_tell_of_no_few_people(
    trials: Callable[[int], int], seed: int, judged: Callable[[str, Outcome], None]
) -> None:
    """Of the pairs some are told anew and some are not, or nothing would have been tried."""
    found, anew = Outcome(), 0
    for number in within(found, trials(PAIRS)):
        anew += surveys.pair(random.Random(seed * 1_000_000 + number))
    assert 0 < anew < found.trials or found.trials < 50
    found.note = f"{anew:,} told anew"
    judged("a count of few people", found)
