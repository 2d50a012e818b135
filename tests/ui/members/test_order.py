"""The order of precedence by keys, and the checks beside a body."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.acting import click, focus
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped
from ui.members.order import OrderDialog


@pytest.fixture
def sheet(window):
    window.shell.go("members", 1, "body")
    rest(window)
    return window.shell.rooms.page("members").pane("bodies").sheet


def names(form) -> list[str]:
    return [form.model.cell(n, 0).text for n in range(form.model.rowCount())]


def test_seats_are_moved_by_keys_and_a_preset_brings_the_usual_order_back(sheet) -> None:
    click(sheet.order)
    spin(lambda: sheet.window().findChild(OrderDialog) is not None)
    form = sheet.window().findChild(OrderDialog)
    spin(lambda: form.model.rowCount() == 35)
    usual = names(form)
    assert form.preset.value() == "office"
    focus(form.list)
    QTest.keyClick(form.list, Qt.Key.Key_Home)
    QTest.keyClick(form.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    spin(lambda: names(form)[:2] == [usual[1], usual[0]])
    spin(lambda: form.preset.value() == "custom")
    assert form.model.cell(form.list.currentIndex().row(), 0).text == usual[0]
    focus(form.preset)
    QTest.keyClick(form.preset, Qt.Key.Key_Home)
    form.preset.activated.emit(0)
    spin(lambda: names(form) == usual)
    assert not clipped(form)
    click(form.button)
    rest(sheet.window())


def test_the_checks_stand_beside_the_body(sheet) -> None:
    click(sheet.tabs.parts[2])
    rest(sheet.window())
    shown = [line for line in sheet.verdicts.lines if line.isVisible()]
    assert "성별 비율" in [line.title.text() for line in shown]
    assert sheet.verdicts.sum.sentence() == "1건 어긋남"
    assert not clipped(sheet)
