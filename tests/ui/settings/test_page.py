"""The settings page: sections by click, keys and search; what is chosen takes effect at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gwangju_desktop import text
from tests.ui.acting import click
from tests.ui.conftest import rest
from ui import theme
from ui.settings import kept
from ui.settings.about import LicencesDialog
from ui.settings.page import SettingsPage
from ui.settings.sections import SECTIONS
from ui.window import Window

Key, Mod = Qt.Key, Qt.KeyboardModifier


def opened(window: Window) -> SettingsPage:
    QTest.keyClick(window, Key.Key_Comma, Mod.ControlModifier)
    rest(window)
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    return page


def test_every_section_is_reached_by_a_click_and_by_keys(shared_window: Window) -> None:
    page = opened(shared_window)
    assert [one.key for one in page.parts] == [one.key for one in SECTIONS]
    for one in page.parts:
        click(page.buttons[one.key])
        rest(shared_window)
        assert page.current == one.key and page.built[one.key].isVisible()
        assert page.title.text() == page.buttons[one.key].text().strip()
    click(page.buttons[SECTIONS[0].key])
    page.buttons[SECTIONS[0].key].setFocus()
    QTest.keyClick(page.buttons[SECTIONS[0].key], Key.Key_Down)
    assert page.current == SECTIONS[1].key and page.buttons[page.current].hasFocus()


def test_a_setting_is_found_by_its_words_in_either_language(shared_window: Window) -> None:
    page = opened(shared_window)
    for typed, key in (("글자", "display"), ("licen", "about"), ("ㅂㅇ", "backups")):
        page.search.setText(typed)
        assert key in [name for name, button in page.buttons.items() if button.isVisible()], typed
    page.search.setText("drill")
    QTest.keyClick(page.search, Key.Key_Return)
    assert page.current == "backups"
    page.search.setText("없는 설정")
    assert page.nothing.isVisible() and not any(b.isVisible() for b in page.buttons.values())
    page.search.clear()
    assert all(button.isVisible() for button in page.buttons.values())


def test_language_colours_and_size_take_effect_and_are_remembered(shared_window: Window) -> None:
    page = opened(shared_window)
    page.show_pane("display")
    display = page.built["display"]
    click(display.language.parts[1])
    assert text.language() == "en" and page.title.text() == "Display and language"
    click(display.language.parts[0])
    click(display.scheme.parts[2])
    assert theme.mode == "dark" and kept.text("scheme") == "dark"
    click(display.scheme.parts[1])
    click(display.size.parts[theme.SCALES.index(1.15)])
    assert theme.scale == 1.15 and kept.number("text_size", 0) == 1.15
    shared_window.shell.wear("light", 1.0)
    display.hide()
    display.show()
    assert display.size.current() == theme.SCALES.index(1.0)


def test_licences_are_shown(shared_window: Window) -> None:
    page = opened(shared_window)
    page.show_pane("about")
    click(page.built["about"].licences)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, LicencesDialog)
    dialog.reject()
    rest(shared_window)


def test_without_an_office_the_settings_lead_back_to_the_start_page(window_on) -> None:
    window = window_on("")
    QTest.keyClick(window, Key.Key_Comma, Mod.ControlModifier)
    rest(window)
    page = window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    assert list(page.buttons) == [one.key for one in SECTIONS if not one.needs_office]
    assert page.built["display"].isVisible()
    click(page.back)
    rest(window)
    assert window.stack.currentWidget() is window.shell.front
    assert not isinstance(window.shell.front, SettingsPage)
