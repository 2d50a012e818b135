"""A second start brings the first window forward, with its file; nothing stands in its way."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from gwangju_desktop.paths import person_folder
from tests.ui.conftest import spin
from ui import single

ROOT = Path(__file__).resolve().parents[2]
SECOND = """
import sys
from gwangju_desktop import __main__
from ui import app
class Window:
    def __init__(self):
        print("a window of its own", flush=True)
        sys.exit(3)
app.Window = Window
sys.argv = ["gwangju-desktop", *sys.argv[1:]]
sys.exit(__main__.main())
"""
FIRST = """
import sys
from ui import single
print(single.handed_over(""), "PySide6.QtNetwork" in sys.modules)
"""


def start(program: str, *words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a program to its end as this person."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        env=environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def second_start(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Start the program again while this process lets its own window live."""
    told: list[subprocess.CompletedProcess[str]] = []
    thread = threading.Thread(target=lambda: told.append(start(SECOND, *words, cwd=cwd)))
    thread.start()
    spin(lambda: bool(told), 30)
    thread.join()
    return told[0]


def test_the_first_start_loads_no_network_library_and_waits_for_nobody(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert start(FIRST).stdout.split() == ["False", "False"]
    waits: list[float] = []
    monkeypatch.setattr(single.time, "sleep", waits.append)
    assert not single.handed_over("")
    assert waits == []


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_second_start_comes_to_the_first_window(shared_window, tmp_path: Path) -> None:
    note = person_folder() / single.NOTE
    spin(note.exists)
    shared_window.showMinimized()
    second = second_start()
    assert (second.returncode, second.stdout) == (0, ""), second.stderr
    assert not shared_window.isMinimized()
    asked: list[str] = []
    shared_window.shell.open_file = asked.append
    # Its own office is open already; another file is opened, found from the other's folder.
    assert second_start(shared_window.shell.where).returncode == 0
    assert second_start("다른 사본.gwsnap", cwd=tmp_path).returncode == 0
    assert asked == [str(tmp_path / "다른 사본.gwsnap")]
    form = QDialog(shared_window)
    form.setModal(True)
    form.show()
    # A form half filled in is not swept away: the second start gets a window of its own.
    assert second_start("다른 사본.gwsnap", cwd=tmp_path).returncode == 3
    assert len(asked) == 1
    form.close()


COMING = """
import sys
from PySide6.QtWidgets import QApplication
from ui import single
app = QApplication(["x"])
print(single.handed_over(""), flush=True)
sys.stdin.readline()
asked = []
listener = single.Listener(app, lambda file: asked.append(file) is None)
while not asked:
    app.processEvents()
listener.close()
print(asked[0], flush=True)
"""
ASKING = """
from ui import single
print("asks", flush=True)
print(single.handed_over("/a/b.gwsnap"), flush=True)
"""


def talk(program: str) -> subprocess.Popen[str]:
    """Start a program whose lines are read and written one by one."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_start_waits_for_one_that_is_still_coming() -> None:
    """Two clicks within a second make one window."""
    with talk(COMING) as first:
        assert first.stdin and first.stdout and first.stdout.readline() == "False\n"
        assert not (person_folder() / single.NOTE).exists()
        with talk(ASKING) as second:
            assert second.stdout and second.stdout.readline() == "asks\n"
            first.stdin.write("\n")
            first.stdin.flush()
            assert second.stdout.readline() == "True\n"
        assert first.stdout.readline() == "/a/b.gwsnap\n"
    assert not (person_folder() / single.CLAIM).exists()


def test_a_start_that_died_before_it_listened_is_not_waited_for() -> None:
    with talk(COMING) as first:
        assert first.stdout and first.stdout.readline() == "False\n"
        first.kill()
    assert (person_folder() / single.CLAIM).exists()
    with talk(ASKING) as second:
        assert second.stdout and second.stdout.read() == "asks\nFalse\n"


@pytest.mark.parametrize("left", ["gwangju-desktop-0000000000000000", "", "\x00", "가"])
def test_a_note_left_by_a_dead_window_is_no_obstacle(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    note = person_folder() / single.NOTE
    note.write_text(left, "utf-8")
    waits: list[float] = []
    monkeypatch.setattr(single.time, "sleep", waits.append)
    assert not single.handed_over("")
    assert waits == []
    listener = single.Listener(dressed, lambda _file: True)
    assert note.read_text("ascii").startswith("gwangju-desktop-")
    assert note.read_text("ascii") != left
    listener.close()
    assert not note.exists()
    listener.deleteLater()


def test_strange_words_only_bring_the_window_forward() -> None:
    for line in (b"", b"nonsense", b"[]", b'{"open": 7}', b"{}", b"\xff"):
        assert single._asked(line) == ""
    assert single._asked(b'{"open": "/a/b.gwoffice"}') == "/a/b.gwoffice"
