"""Memory of the window: idle after the first page, after every page, and flat over a long day."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import measured

IDLE_GOAL_MB, GROWTH_GOAL_MB = 250, 50
ROUNDS = 40  # walks through every pane: what a person does in about eight hours
SCRIPT = """
import gc, sys
from pathlib import Path
from tests.benchmarks.stopwatch import shown, wait
from tests.ui.walking import panes

def held():
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024

with shown(Path(sys.argv[1])) as window:
    wait(lambda: window.shell.desk.idle)
    told = [held()]
    for _ in range(int(sys.argv[2])):
        for _name, _page in panes(window):
            pass
        gc.collect()
        told.append(held())
    print("RSS", *(f"{one:.1f}" for one in told))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="RSS is read from /proc")
def test_the_window_stays_small(sample_office: Path, tmp_path: Path) -> None:
    """Measure a window of its own, in a process of its own."""
    gc.collect()
    office = tmp_path / "office.gwoffice"
    shutil.copy(sample_office, office)
    shutil.copytree(f"{sample_office}.files", f"{office}.files")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(office), str(ROUNDS)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "GWANGJU_DESKTOP_HOME": str(tmp_path / "person")},
        cwd=Path(__file__).resolve().parents[2],
    )
    line = next(one for one in done.stdout.splitlines() if one.startswith("RSS"))
    told = [float(one) for one in line.split()[1:]]
    idle, warm, last = told[0], told[len(told) // 4], told[-1]
    what = "memory of the window"
    measured.figure(f"{what}, idle after the first page", idle, "MB", IDLE_GOAL_MB)
    measured.figure(f"{what}, after every pane once", told[1], "MB")
    measured.figure(
        f"{what}, grown from walk {len(told) // 4} to walk {len(told) - 1}",
        last - warm,
        "MB",
        GROWTH_GOAL_MB,
        note=f"{warm:.0f} to {last:.0f} MB",
    )
    assert idle > 50 and len(told) == ROUNDS + 1
