"""The fault plan of an office file: every fault by trials, seeded, in one table."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import trials as plan
from tests.faults.budget import Outcome

Trials = Callable[[int], int]
Judged = Callable[[str, Outcome], None]

pytestmark = [
    pytest.mark.timeout(24 * 3600),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
    pytest.mark.skipif(os.name == "nt", reason="forks, kills and reads /proc"),
]


@pytest.mark.parametrize(
    ("fault", "own", "act"),
    [
        pytest.param("power cut", 3000, plan.power_cuts, id="power cut"),
        pytest.param(
            "power cut while converting",
            1000,
            plan.power_cuts_while_converting,
            id="power cut while converting",
        ),
        pytest.param("error of the disk", 2000, plan.disk_errors, id="error of the disk"),
        pytest.param("stale journal", 400, plan.stale_journals, id="stale journal"),
        pytest.param(
            "second instance, lock after kill, clock",
            1000,
            plan.locks,
            id="second instance, lock after kill, clock",
        ),
        pytest.param("empty backup", 100, plan.empty_backups, id="empty backup"),
    ],
)
def test_of_a_small_office(
    fault: str,
    own: int,
    act: Callable[[Path, random.Random, int], Outcome],
    tmp_path: Path,
    trials: Trials,
    seed: int,
    judged: Judged,
) -> None:
    judged(fault, act(tmp_path, random.Random(seed), trials(own)))


@pytest.mark.parametrize("act", [plan.backing_up, plan.restoring, plan.converting, plan.salvaging])
def test_killed_at_each_step(
    act: Callable[[Path], tuple[Callable[[], object], Callable[[], tuple[bool, bool]]]],
    trials: Trials,
    seed: int,
    judged: Judged,
) -> None:
    judged(f"kill -9 while {act.__name__}", plan.killed(act, random.Random(seed), trials(10**6)))


def test_damaged_by_chance(
    sample_office: Path, tmp_path: Path, trials: Trials, seed: int, judged: Judged
) -> None:
    found = plan.salvages(sample_office, tmp_path, random.Random(seed), trials(200))
    judged("damaged file, salvaged", found)
