"""The room of action plans in the real window, over an office with a plan under way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

from gwangju_desktop import clock
from tests.ui.commitments import office as made
from tests.ui.conftest import lasting, rest, taken_back


@pytest.fixture
def first_room() -> str:
    return "commitments"


@pytest.fixture(scope="session")
def planned(_empty_office: Path, tmp_path_factory: pytest.TempPathFactory):
    """An office with an action plan, made once, and the ids in it."""
    path = tmp_path_factory.mktemp("plans") / "실행계획 office.gwoffice"
    shutil.copy(_empty_office, path)
    return path, made.filled(path)


@pytest.fixture(scope="module")
def commitments_window(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, planned
) -> Iterator[SimpleNamespace]:
    """One window on a copy of it for a whole module: to open one takes half a second."""
    folder = tmp_path_factory.mktemp("kept")
    office = folder / planned[0].name
    shutil.copy(planned[0], office)
    with lasting(qapp, folder, "commitments") as on:
        window = on(office, (1366, 768))
        window.shell.go("commitments")
        rest(window)
        yield _held(window, planned[1])


@pytest.fixture
def at(commitments_window: SimpleNamespace) -> Iterator[SimpleNamespace]:
    """That window; what a test changes in its office is taken back after it."""
    clock.fix(made.TODAY)
    yield commitments_window
    taken_back(commitments_window.window)
    commitments_window.rest()


def _held(window, ids: dict[str, int]) -> SimpleNamespace:
    room = window.shell.rooms.page("commitments")

    def rested() -> None:
        rest(window)
        while not room.settled:
            rest(window)

    def pane(key: str):
        if window.shell.rooms.here.key != "commitments":
            window.shell.go("commitments")
        page = room.show_pane(key)
        rested()
        return page

    def dialog() -> QDialog:
        rested()
        return next(one for one in window.findChildren(QDialog) if one.isVisible())

    def closed(one: QDialog) -> None:
        rested()
        assert not (isValid(one) and one.isVisible()), one.refusal.text()

    return SimpleNamespace(
        window=window,
        desk=window.shell.desk,
        room=room,
        place=room.place,
        ids=SimpleNamespace(**ids),
        pane=pane,
        dialog=dialog,
        closed=closed,
        rest=rested,
    )
