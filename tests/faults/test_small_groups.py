"""Surveys told twice: whatever an attacker subtracts, no count of 1 to 4 people; minutes of it."""

from __future__ import annotations

import os
import random

import pytest

from tests.gwangju_desktop.polls import surveys

PAIRS = int(os.environ.get("GWANGJU_PAIRS", "10000"))


@pytest.mark.timeout(3600)
def test_pairs_of_releases_tell_of_no_few_people() -> None:
    """Of the pairs some are told anew and some are not, or nothing would have been tried."""
    anew = sum(surveys.pair(random.Random(1_000_000 + seed)) for seed in range(PAIRS))
    assert 0 < anew < PAIRS
