"""Ctrl+K finds screens, commands and records, by initial consonants too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import rest, spin
from ui.text import say
from ui.widgets.palette import Hit
from ui.window import Window

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def palette(shared_window: Window):
    QTest.keyClick(shared_window, Key.Key_K, Mod.ControlModifier)
    opened = shared_window.shell.palette
    spin(opened.isVisible)
    assert opened.field.hasFocus()
    return opened


def titles(palette) -> list[str]:
    rows = palette.list.model().kept.values()
    return [say(row.title) for row in rows if isinstance(row, Hit)]


def test_it_opens_on_the_screens(palette) -> None:
    assert titles(palette)[:3] == ["오늘", "회의", "위원·기구"]


def test_it_finds(shared_window: Window, palette) -> None:
    for words, wanted in (
        ("ㅇㄴㅈ", "에너지 지표"),
        ("ㅇㄵ", "에너지 지표"),
        ("나현", "나현서"),
        ("ㄴㅎㅅ", "나현서"),
        ("새 회의", "새 회의"),
    ):
        palette.field.setText(words)
        rest(shared_window)
        assert wanted in titles(palette), words
    palette.field.setText("없는말씀")
    rest(shared_window)
    assert titles(palette) == [] and "없는말씀" in palette.nothing.text()
    palette.field.clear()
    # A syllable still being composed already finds.
    QApplication.sendEvent(palette.field, QInputMethodEvent("위", []))
    rest(shared_window)
    assert "위원·기구" in titles(palette)


def test_keys_choose_open_and_leave(shared_window: Window, palette) -> None:
    QTest.keyClick(palette.field, Key.Key_Down)
    QTest.keyClick(palette.field, Key.Key_Return)
    rest(shared_window)
    assert palette.isHidden() and shared_window.side.current == "meetings"
    QTest.keyClick(shared_window, Key.Key_K, Mod.ControlModifier)
    QTest.keyClick(palette.field, Key.Key_Escape)
    assert palette.isHidden()


def test_a_record_opens_and_its_link_leads_back(shared_window: Window, palette) -> None:
    palette.field.setText("ㄴㅎㅅ")
    rest(shared_window)
    QTest.keyClick(palette.field, Key.Key_Return)
    rest(shared_window)
    assert shared_window.side.current == "members"
    person = shared_window.shell.rooms.here.id
    shared_window.shell.on_copy_link()
    link = QGuiApplication.clipboard().text()
    assert link == f"gwangju://members/person/{person}"
    shared_window.shell.go("today")
    shared_window.shell.on_search()
    palette.field.setText(link)
    QTest.keyClick(palette.field, Key.Key_Return)
    rest(shared_window)
    assert shared_window.shell.rooms.here[:2] == ("members", person)


@pytest.mark.parametrize(
    ("spoken", "asked"),
    [("ko", "energy"), ("ko", "ㅇㄴㅈ"), ("en", "에너지"), ("en", "ㅇㄴㅈ"), ("en", "Energy")],
)
def test_screens_and_commands_answer_in_both_languages(
    shared_window: Window, palette, spoken: str, asked: str
) -> None:
    shared_window.shell.speak(spoken)
    palette.field.setText(asked)
    rest(shared_window)
    model = palette.list.model()
    rows = [model.row(n) for n in range(model.rowCount())]
    targets = [row.target for row in rows if hasattr(row, "target")]
    assert ("room", "energy") in targets
    assert ("action", "energy.import") in targets
    palette.close()


def chosen(choice, value) -> None:
    """Choose one of a list as a person does, by its keys."""
    values = [known for known, _message in choice.options]
    choice.setFocus()
    while choice.value() != value:
        step = 1 if values.index(value) > choice.currentIndex() else -1
        QTest.keyClick(choice, Key.Key_Down if step > 0 else Key.Key_Up)


def test_a_search_is_narrowed_by_kind_body_and_days(shared_window: Window, palette) -> None:
    palette.field.setText("회의")
    rest(shared_window)
    every = {row.kind for row in palette.list.model().kept.values() if isinstance(row, Hit)}
    assert len(every) > 2
    filters = palette.filters
    meetings = next(tables for tables, _group in filters.kind.options if "meeting" in tables)
    chosen(filters.kind, meetings)
    rest(shared_window)
    assert palette.field.hasFocus()
    rows = [row for row in palette.list.model().kept.values() if isinstance(row, Hit)]
    assert rows and {row.target[0] for row in rows} == {"record"}
    assert {row.target[1] for row in rows} == {"meetings"} and all(row.note for row in rows)
    bodies = [value for value, _name in filters.body.options if value is not None]
    chosen(filters.body, bodies[0])
    rest(shared_window)
    less = [row for row in palette.list.model().kept.values() if isinstance(row, Hit)]
    assert 0 < len(less) <= len(rows)
    chosen(filters.time, "coming")
    rest(shared_window)
    coming = [row for row in palette.list.model().kept.values() if isinstance(row, Hit)]
    assert len(coming) < len(less)
    QTest.keyClick(filters.time, Key.Key_Escape)
    assert palette.isHidden()
    shared_window.shell.on_search()
    assert not palette.filters.value().narrow
    palette.close()
