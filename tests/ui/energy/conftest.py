"""The energy page in the real window over a real office."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from db.store import Store
from gwangju_desktop.energy import catalogue, rollup
from gwangju_desktop.sample import energy as sample
from tests.ui.conftest import lasting, spin, taken_back
from ui.window import Window

# All contract kinds the table always has, and made-up shares of them.
USES = (
    *(("주택용", 3), ("일반용", 5), ("산업용", 4)),
    *(("교육용", 2), ("농사용", 1), ("가로등", 1), ("심야", 1)),
)
WAIT = 30_000  # ms; a child process starts on a busy machine


@pytest.fixture(scope="session")
def energy_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with the indicators and the sample figures, made once and copied."""
    path = tmp_path_factory.mktemp("energy") / "예시.gwoffice"
    with Store.create(path) as store:
        if not store.undoable:
            store.run(catalogue.set_up)
        store.run(sample.add_figures, texts=sample.texts())
        rollup.settle_quietly(store)
    return path


@pytest.fixture
def first_room() -> str:
    return "energy"


@pytest.fixture
def window(window_on: Callable[..., Window], qtbot, tmp_path: Path, energy_office: Path) -> Window:
    """The window on a copy of that office, showing the energy page in Korean."""
    office = tmp_path / "사무국 office.gwoffice"
    shutil.copy(energy_office, office)
    return _at_energy(window_on(office, (1366, 768)))


@pytest.fixture(scope="module")
def module_window(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, energy_office: Path
) -> Iterator[Window]:
    """One such window for a whole module: to open one takes half a second."""
    folder = tmp_path_factory.mktemp("kept")
    office = folder / "사무국 office.gwoffice"
    shutil.copy(energy_office, office)
    with lasting(qapp, folder, "energy") as on:
        yield _at_energy(on(office, (1366, 768)))


@pytest.fixture
def restored(module_window: Window) -> Iterator[Window]:
    """That window; what a test changes in its office is taken back after it."""
    yield module_window
    taken_back(module_window)


def _at_energy(window: Window) -> Window:
    window.shell.go("energy")
    spin(lambda: "energy" in window.shell.rooms.pages, WAIT / 1_000)
    page = window.shell.rooms.pages["energy"]
    spin(lambda: page.found is not None, WAIT / 1_000)
    return window


@pytest.fixture
def page(window: Window):
    """The energy page of that window."""
    return window.shell.rooms.pages["energy"]


@pytest.fixture
def made_up_file(tmp_path: Path) -> Path:
    """A made-up file in the power company's layout, two years of the five districts."""
    path = tmp_path / "예시_시군구별_계약종별.csv"
    months = ",".join(f" {month}월 " for month in range(1, 13))
    lines = [f"연도,시도,시군구,계약종별,{months}"]
    for year in (2023, 2024):
        for n, name in enumerate(("동구", "서구", "남구", "북구", "광산구"), start=1):
            for use, share in USES:
                values = ",".join(
                    str((n * share * 50_000 + month * 1_000) * (year - 2000))
                    for month in range(1, 13)
                )
                lines.append(f"{year},광주광역시,{name},{use},{values}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return path
