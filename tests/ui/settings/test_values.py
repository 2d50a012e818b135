"""Values of the office in the window: saved in one step, refused with a sentence, as a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from gwangju_desktop import settings
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest
from tests.ui.seeing import clipped, nameless
from ui.settings.values import TakeDialog, ValuesSection
from ui.window import Window


@pytest.fixture
def section(shared_window: Window) -> ValuesSection:
    shared_window.shell.show_settings("values")
    rest(shared_window)
    return shared_window.shell.rooms.page("settings").built["values"]


def held(window: Window) -> dict:
    with window.shell.desk.store.reading() as read:
        return settings.values(read)


def test_what_differs_is_saved_in_one_step(shared_window: Window, section: ValuesSection) -> None:
    assert not section.save.isEnabled()
    type_into(section.fields[settings.SMALL_CELL].field, "8")
    type_into(section.fields[settings.SITE_ADDRESS].field, "https://www.example.kr/가상")
    before = shared_window.shell.desk.store.head()
    click(section.save)
    rest(shared_window)
    now = held(shared_window)
    assert (now[settings.SMALL_CELL], now[settings.SITE_ADDRESS]) == (
        8,
        "https://www.example.kr/가상",
    )
    assert shared_window.shell.desk.store.head() == before + 1
    assert not section.save.isEnabled()
    click(section.defaults)
    assert section.save.isEnabled()
    click(section.undo)
    assert section.fields[settings.SMALL_CELL].field.text() == "8"
    shared_window.shell.on_undo()
    rest(shared_window)
    assert section.fields[settings.SMALL_CELL].field.text() == "5"


def test_a_wrong_value_is_said_at_its_field(shared_window: Window, section: ValuesSection) -> None:
    type_into(section.fields[settings.SITE_ADDRESS].field, "javascript:alert(1)")
    before = shared_window.shell.desk.store.head()
    click(section.save)
    rest(shared_window)
    wrong = section.fields[settings.SITE_ADDRESS]
    assert wrong.error.isVisible() and "javascript:alert(1)" in wrong.error.text()
    assert shared_window.shell.desk.store.head() == before
    click(section.undo)
    assert not wrong.error.isVisible()


def test_a_file_is_shown_before_it_is_taken_over(
    shared_window: Window,
    section: ValuesSection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "설정.gwsettings"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    type_into(section.fields[settings.SMALL_CELL].field, "9")
    click(section.save)
    rest(shared_window)
    click(section.export)
    rest(shared_window)
    assert '"inclusion.small_cell": 9' in file.read_text("utf-8")
    shared_window.shell.on_undo()
    rest(shared_window)
    click(section.take)
    rest(shared_window)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TakeDialog)
    assert clipped(dialog) == [] and nameless(dialog) == []
    click(dialog.button)
    rest(shared_window)
    assert held(shared_window)[settings.SMALL_CELL] == 9
    shared_window.shell.on_undo()
    rest(shared_window)


def test_names_lead_to_their_card(shared_window: Window, section: ValuesSection) -> None:
    assert "광주광역시" in section.names.text()
    click(section.card)
    rest(shared_window)
    assert shared_window.side.current == "members"
    assert shared_window.shell.rooms.page("members").pane("bodies").office.isVisible()
