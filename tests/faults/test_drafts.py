"""kill -9 while somebody types in a form: no more than two seconds of typing are lost, in any form."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from db.unsaved import NAME, Drafts
from gwangju_desktop.paths import HOME
from tests.faults.budget import Outcome, within
from tests.faults.typist import LETTER

ROOT = Path(__file__).resolve().parent.parent.parent
SEVERAL = 8  # forms typed into at once
LOST = 2.0  # s
OFFICE = "예시 사무국"


def typed_until_killed(
    home: Path, first: int, seconds: float, several: int = SEVERAL
) -> tuple[dict[str, list[float]], dict[str, int], float, int]:
    """Kill a typist `seconds` after its first letter.

    Return when each letter was typed by form, how many letters each draft has, when it was killed,
    and how many forms there are in all.
    """
    home.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.typist", str(first), str(several)],
        cwd=ROOT,
        env=os.environ | {HOME: str(home), "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    with process, process.stdout:
        _ready, forms, whole = process.stdout.readline().decode().split()
        if int(forms):
            process.stdout.readline()
            time.sleep(seconds)
        killed = time.monotonic()
        process.kill()
        rest = process.stdout.read().decode().split("\n")[:-1]
    when: dict[str, list[float]] = {}
    for line in rest:
        at, key, _n = line.split()
        when.setdefault(key, []).append(float(at))
    kept: dict[str, int] = {}
    if (home / NAME).exists():
        with Drafts(home / NAME) as drafts:
            for draft in drafts.of(OFFICE):
                texts = [mine for _was, mine in draft.fields.values() if isinstance(mine, str)]
                kept[draft.form] = max(text.count(LETTER) for text in texts)
    return when, kept, killed, int(whole)


@pytest.mark.timeout(24 * 3600)
def test_no_form_loses_more_than_two_seconds(
    tmp_path: Path,
    trials: Callable[[int], int],
    seed: int,
    judged: Callable[[str, Outcome], None],
) -> None:
    """Each trial kills eight forms at once; without `--trials` every form is met."""
    chance = random.Random(seed)
    found, met, worst, first, whole = Outcome(), 0, 0.0, 0, 1
    for _n in within(found, trials(10**6)):
        home = tmp_path / f"person {first}"
        when, kept, killed, whole = typed_until_killed(home, first, chance.uniform(2.5, 4.5))
        first += SEVERAL
        for key, moments in when.items():
            # The first letter was read before the clock was: it is not among the moments.
            lost = moments[max(0, kept.get(key, 0) - 1) :]
            gone = killed - lost[0] if lost else 0.0
            found.lost += gone > LOST
            if gone > LOST:
                found.note = f"{key} lost {gone:.1f} s; "
            worst, met = max(worst, gone), met + 1
        if first >= whole:
            break
    # Not every dialog has a field for words.
    assert met > whole / 2 or (met and first < whole)
    found.trials = met
    found.note += f"of {whole} dialogs, at worst {worst:.2f} s lost"
    judged("kill -9 while typing", found)
