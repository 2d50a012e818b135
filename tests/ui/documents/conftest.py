"""A window that lasts, for the documents dialog stands over whatever is in front."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gwangju_desktop import clock, text
from gwangju_desktop.sample import office as sample
from tests.ui.conftest import lasting, rest, taken_back
from ui.window import Window

SIZE = (1366, 688)


@pytest.fixture(scope="module")
def lasting_window(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, sample_office: Path
) -> Iterator[Window]:
    """A window on a copy of the sample office."""
    folder = tmp_path_factory.mktemp("kept")
    office = folder / sample_office.name
    shutil.copy(sample_office, office)
    shutil.copytree(f"{sample_office}.files", f"{office}.files")
    with lasting(qapp, folder, "today") as on:
        yield on(office, SIZE)


@pytest.fixture
def window(lasting_window: Window) -> Iterator[Window]:
    """That window, in Korean and its size, on the day the sample lives on."""
    clock.fix(sample.TODAY)
    text.use("ko")
    yield lasting_window
    taken_back(lasting_window)
    lasting_window.shell.speak("ko")
    lasting_window.resize(*SIZE)
    rest(lasting_window)
