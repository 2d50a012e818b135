"""How long a person waits for the window: ratios to an empty PySide6 window, round by round."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks import measured

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 11
GOALS = {"shell": ("first painted shell", 1.5), "rows": ("first real rows", 5.0)}

EMPTY = """
import os
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        os._exit(0)
app = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""
SHELL = """
import os, sys
from gwangju_desktop import __main__
from ui import app
app.Start.on_painted = lambda self: os._exit(0)
sys.argv = ["gwangju-desktop", "--office", sys.argv[1]]
__main__.main()
"""
ROWS = """
import os, sys
from gwangju_desktop import __main__
from ui import app
begin = app.Start.on_painted
def on_painted(self):
    begin(self)
    from PySide6.QtCore import QTimer
    def look():
        rooms = self.window.shell.rooms
        page = rooms.pages.get("today") if rooms else None
        if page is not None and page.list.model().rowCount():
            page.window().repaint()
            os._exit(0)
    self.timer = QTimer(self.window)
    self.timer.timeout.connect(look)
    self.timer.start(1)
app.Start.on_painted = on_painted
sys.argv = ["gwangju-desktop", "--office", sys.argv[1]]
__main__.main()
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from gwangju_desktop.offices import new_office

    path = tmp_path_factory.mktemp("start") / "sample.gwoffice"
    new_office(path, sample=True)
    return path


def seconds(program: str, office: Path, home: Path) -> float:
    """Return the time from the start of a process until it is done."""
    began = time.perf_counter()
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "GWANGJU_DESKTOP_HOME": str(home),
        # Bytecode as on a person's PC, kept out of the checkout.
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    # No timeout here: waiting with one looks only every 50 ms; pytest's own ends what hangs.
    subprocess.run([sys.executable, "-c", program, str(office)], check=True, env=environment)
    return time.perf_counter() - began


def test_shell_and_first_rows(sample: Path, tmp_path: Path) -> None:
    """Measure interleaved; print medians and the medians of the rounds' ratios."""
    programs = {"empty": EMPTY, "shell": SHELL, "rows": ROWS}
    for program in programs.values():
        seconds(program, sample, tmp_path)  # once for the caches of files and bytecode
    taken: dict[str, list[float]] = {name: [] for name in programs}
    for _round in range(ROUNDS):
        for name, program in programs.items():
            taken[name].append(seconds(program, sample, tmp_path))
    for name, times in taken.items():
        if name in GOALS:
            what, goal = GOALS[name]
            measured.ratio(what, times, taken["empty"], goal, beside="an empty PySide6 window")
