"""A few of every fault in the default run; `python dev.py faults` makes thousands."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import trials as plan
from tests.faults.budget import Outcome

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="forks, kills and reads /proc"),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]
SEED = 7


@pytest.mark.parametrize(
    ("act", "trials"),
    [
        (plan.power_cuts, 30),
        (plan.power_cuts_while_converting, 4),
        (plan.disk_errors, 15),
        (plan.stale_journals, 4),
        (plan.locks, 4),
        (plan.empty_backups, 8),
    ],
)
def test_nothing_is_lost(
    act: Callable[[Path, random.Random, int], Outcome], trials: int, tmp_path: Path
) -> None:
    found = act(tmp_path, random.Random(SEED), trials)
    assert found.ok, found


def test_the_cuts_would_find_a_promise_that_is_too_weak(tmp_path: Path) -> None:
    """With FULL the end of a commit is not synced, and with OFF nothing is: both must show."""
    (tmp_path / "full").mkdir()
    (tmp_path / "off").mkdir()
    assert plan.power_cuts(tmp_path / "full", random.Random(SEED), 20, synchronous=2).lost
    assert plan.power_cuts(tmp_path / "off", random.Random(SEED), 20, synchronous=0).corrupt


@pytest.mark.parametrize("act", [plan.backing_up, plan.restoring, plan.converting, plan.salvaging])
def test_a_kill_leaves_old_or_new(
    act: Callable[[Path], tuple[Callable[[], object], Callable[[], tuple[bool, bool]]]],
) -> None:
    found = plan.killed(act, random.Random(SEED), 3)
    assert found.ok, found
