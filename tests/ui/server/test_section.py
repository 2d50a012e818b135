"""The settings say where the office lies and who writes; the name counts from then on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gwangju_desktop import settings
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest
from tests.ui.seeing import clipped, nameless
from ui.server.section import ServerSection
from ui.settings import kept
from ui.welcome.page import WelcomePage


def test_the_name_counts_from_now_on(window, sample_copy: Path) -> None:
    window.shell.show_settings("server")
    rest(window)
    section = window.findChild(ServerSection)
    assert section.where.text() == str(sample_copy) and not section.forget_button.isVisible()
    assert clipped(window) == [] and nameless(section) == []
    type_into(section.name.field, "김가상")
    QTest.keyClick(section.name.field, Qt.Key.Key_Return)
    assert kept.text("who") == "김가상" and "김가상" in section.told.text()
    window.shell.desk.do(settings.change_setting, key=settings.CITY_EN, value="Example City")
    rest(window)
    assert window.shell.desk.store.who == "김가상"
    click(section.connect_button)
    rest(window)
    assert isinstance(window.shell.front, WelcomePage) and window.shell.front.server.isVisible()
