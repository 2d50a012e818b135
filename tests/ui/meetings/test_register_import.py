"""The import of a meeting register by clicks, from the file to the list, and the export."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from gwangju_desktop.meetings import queries
from gwangju_desktop.members.importing.model import KINDS
from tests.ui.acting import click
from tests.ui.conftest import rest, spin
from ui.importing.frame import REFUSED
from ui.importing.lists import COLUMNS, PREVIEW
from ui.meetings.importing import RegisterDialog

REGISTER = (
    "회차,일시,장소,재적,출석,안건명,의결 결과,찬성,반대,기권\n"
    "제101회,2016. 3. 17. 14:00~16:00,예시 회의실,30,20,예시 계획(안),원안가결,18,1,1\n"
    ",,,,,예시 현황,보고,,,\n"
)
WRONG = "제102회,2016. 4. 17. 14:00~16:00,예시 회의실,30,20,예시 계획(안),원안가결,28,1,1\n"


@pytest.fixture
def room(window):
    window.shell.go("meetings")
    rest(window)
    return window


def dialog_of(window) -> RegisterDialog:
    return next(one for one in window.findChildren(RegisterDialog) if one.isVisible())


def titles(window) -> list[str]:
    with window.shell.desk.store.reading() as read:
        return [row.title for row in queries.meetings(read)]


def test_a_register_is_looked_at_then_taken_over(room, tmp_path: Path) -> None:
    path = tmp_path / "회의 대장.csv"
    path.write_text(REGISTER + WRONG, encoding="cp949")
    before = len(titles(room))
    room.shell.act("meetings.import")
    dialog = dialog_of(room)
    dialog.begin([path])
    spin(lambda: dialog.step in (COLUMNS, REFUSED), 20)
    assert [choice.value() for choice in dialog.columns.choices][:3] == ["number", "day", "place"]
    # The file names no body: every row is refused until one is chosen.
    dialog.columns.body.field.choose(1)
    click(dialog.button)
    spin(lambda: dialog.step == PREVIEW, 10)
    assert KINDS[dialog.preview.segment.current()] == "refused"
    assert "30" in dialog.preview.model.row(0).what and not dialog.button.isEnabled()
    dialog.skip.click()
    assert dialog.button.isEnabled() and "1" in dialog.button.text()
    click(dialog.button)
    spin(lambda: len(titles(room)) == before + 1, 10)
    assert any("101" in title for title in titles(room))
    rest(room)
    # What is over is sealed, and its number was given out: nothing is left to undo.
    assert room.shell.desk.store.undoable is None


def test_the_register_goes_out(room, tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "대장.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))
    room.shell.act("meetings.export")
    spin(path.exists, 10)
    rest(room)
    dialog = RegisterDialog(room, room.shell.desk, path=path)
    dialog.open()
    spin(lambda: dialog.step in (COLUMNS, REFUSED), 20)
    click(dialog.button)
    spin(lambda: dialog.step == PREVIEW, 10)
    assert dialog.plan.counts["same"] == len(dialog.plan.rows) and not dialog.button.isEnabled()
    dialog.reject()
    rest(room)


def test_a_spreadsheet_dropped_on_the_room_is_a_register(room, tmp_path: Path) -> None:
    path = tmp_path / "대장.csv"
    path.write_text(REGISTER, encoding="utf-8")
    room.shell.rooms.pages["meetings"].take([path])
    dialog = dialog_of(room)
    spin(lambda: dialog.step in (COLUMNS, REFUSED), 20)
    assert dialog.step == COLUMNS
    dialog.reject()
    rest(room)
