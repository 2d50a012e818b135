"""A window on the polls room of an office with a made-up series of polls."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from tests.ui.conftest import rest
from tests.ui.polls import answered


@pytest.fixture
def first_room() -> str:
    return "polls"


@pytest.fixture(scope="session")
def polled(_empty_office: Path, tmp_path_factory: pytest.TempPathFactory):
    """An office with polls, made once, and the ids in it."""
    path = tmp_path_factory.mktemp("forms") / "설문 양식.gwoffice"
    shutil.copy(_empty_office, path)
    return path, answered.filled(path)


@pytest.fixture
def forms(window_on, polled, tmp_path: Path) -> SimpleNamespace:
    """The polls room on an office of one's own: window, room, ids, and what opens and waits."""
    path, ids = polled
    own = tmp_path / path.name
    shutil.copy(path, own)
    window = window_on(own)
    window.shell.go("polls")
    rest(window)
    room = window.shell.rooms.page("polls")

    def rested() -> None:
        rest(window)
        while not room.place.settled:
            rest(window)

    def pane(key: str, wave: str = ""):
        page = room.show_pane(key)
        if wave:
            room.place.show_wave(ids[wave])
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
        room=room,
        place=room.place,
        ids=SimpleNamespace(**ids),
        pane=pane,
        dialog=dialog,
        closed=closed,
        rest=rested,
    )
