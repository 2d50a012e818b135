"""Zip files nobody should open, opened from the window: one sentence, and the window lives."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.gwangju_desktop.snapshots import hostile, hostile_files
from tests.ui.conftest import rest, spin
from tests.ui.snapshots.conftest import page_of


@pytest.mark.parametrize("name", ["symbolic link", "up", "deep manifest", "lying sizes", "bomb"])
def test_a_hostile_zip_is_refused_in_a_sentence(shared_window, tmp_path: Path, name: str) -> None:
    path = tmp_path / "낯선 &lt;b&gt;사본.gwsnap"
    if name == "bomb":
        hostile.sealed(tmp_path, hostile.HOSTILE["blob of 300 MB"], name=path.name)
    else:
        hostile_files.FILES[name](path)
    page = page_of(shared_window)
    page.take([path])
    spin(lambda: page.faces.currentWidget() is page.refused, 20)
    rest(shared_window)
    said = page.refused.hint
    assert path.name in said.text() and "Traceback" not in said.text()
    assert said.textFormat() is Qt.TextFormat.PlainText
    shared_window.shell.rooms.go("meetings")
    rest(shared_window)
    assert shared_window.shell.desk.store is not None


def test_a_page_in_a_copy_is_not_shown(shared_window, tmp_path: Path) -> None:
    """A stranger's copy with pages of their making opens, and shows its tables alone."""
    path = hostile.sealed(tmp_path, hostile.good, more=hostile_files.PAGES)
    page = page_of(shared_window)
    page.take([path])
    spin(lambda: page.faces.currentWidget() is page.opened, 20)
    rest(shared_window)
    assert page.opened.view.proved
    page.opened.on_close()
