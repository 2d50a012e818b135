"""From a person's act to the changed picture: an edited row, a key in the palette."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gwangju_desktop.members import usecases
from tests.benchmarks import measured
from tests.benchmarks.stopwatch import Painter, shown, wait
from ui.window import Window

ROUNDS = 60
EDIT_GOAL_MS, KEY_GOAL_MS = 16, 16


@pytest.fixture
def window(sample_office: Path, tmp_path: Path, monkeypatch, qapp) -> Iterator[Window]:
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "person"))
    office = tmp_path / "office.gwoffice"
    shutil.copy(sample_office, office)
    with shown(office) as window:
        yield window


def test_edit_to_changed_row(window: Window) -> None:
    """Measure from the use case asked for to the row painted with the new name."""
    window.shell.go("members")
    page = window.shell.rooms.pages["members"].pane("roll")
    wait(lambda: page.list.model().rowCount() and window.shell.desk.idle)
    view, model = page.list, page.list.model()
    id = model.id_at(0)
    painted, patched = Painter(view.viewport()), []
    model.dataChanged.connect(lambda *_ignored: patched.append(time.perf_counter()))
    times = []
    for n in range(ROUNDS):
        patched.clear()
        began = time.perf_counter()
        window.shell.desk.do(usecases.edit_person, id=id, name=f"가상 {n}")
        wait(lambda: patched and painted.at > patched[-1])
        times.append(painted.at - began)
        wait(lambda: window.shell.desk.idle)
    measured.times("an edit to its painted row", times, EDIT_GOAL_MS)
    assert model.cell(model.place(id), 0).text == f"가상 {ROUNDS - 1}"


def test_key_to_palette(window: Window) -> None:
    """Measure from a key in the palette to its list painted, screens and commands first."""
    shell = window.shell
    shell.on_search()
    palette = shell.palette
    wait(lambda: palette.isVisible())
    painted = Painter(palette.list.viewport())
    times, whole = [], []
    for n in range(ROUNDS):
        words = ("ㅇ", "에너", "회의", "위원", "나현", "전력")[n % 6]
        began = time.perf_counter()
        palette.field.setText(words)
        wait(lambda began=began: painted.at > began)
        times.append(painted.at - began)
        wait(lambda: shell.desk.idle)
        whole.append(time.perf_counter() - began)
    measured.times("a key in the palette to its painted list", times, KEY_GOAL_MS)
    measured.times("a key in the palette to records too", whole, 40)
    palette.close()
