"""The coverage pane: every edition a mark, what is overdue first, keys from mark to mark."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from gwangju_desktop import clock
from gwangju_desktop.energy import duties
from tests.ui.conftest import rest, spin
from ui.models.rows import Group

TABLE = "sample_monthly"


def shown(window, page):
    """Show the pane with a rule that leaves the first months of 2022 overdue."""
    # The window's office has no day of its own.
    clock.fix(dt.date(2022, 3, 11))
    rule = {"frequency": "month", "due_day": 1, "due_months": 0, "expected_from": 202112}
    window.shell.desk.do(duties.set_duty, source="kepco_sigungu_contract", **rule)
    rest(window)
    pane = page.show_pane("coverage")
    spin(lambda: pane.found is not None)
    rest(window)
    return pane


def test_what_is_held_and_missing_is_marked_told_and_gone_to_by_keys(window, page) -> None:
    pane = shown(window, page)
    grid = pane.grid
    grid.choose("kepco_sigungu_contract")
    duty, cell = grid.current()
    assert (duty.code, cell.state) == ("kepco_sigungu_contract", "missing")
    assert cell.period == 202112
    assert "2021. 12." in grid.accessibleName() and "기한 지남" in grid.accessibleName()
    assert pane.detail.isVisible() and pane.import_button.isVisible()
    assert "기한 지난 자료" in pane.meta.text()
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_End)
    assert grid.current()[1].state == "not_due" and pane.import_button.isHidden()
    grid.choose(TABLE, 202101)
    rest(window)
    assert pane.file is not None and pane.file_button.isVisible()
    assert pane.file.file_name in pane.from_file.text()
    image = grid.grab().toImage()
    assert image.height() > 40 * len(grid.rows)

    grid.choose(TABLE, 202105)
    row = grid.place[0]
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.current()[1].period == 202106
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.place[0] == row + 1 and 202106 in grid.current()[1].months
    QTest.keyClick(grid, Qt.Key.Key_Up)
    QTest.keyClick(grid, Qt.Key.Key_Home)
    assert grid.place == (row, 0)
    point = grid._box(row, 3).center().toPoint()
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=point)
    assert grid.place == (row, 3)


def test_a_due_day_is_set_in_its_form_and_a_deadline_of_today_opens_the_edition(
    window, page
) -> None:
    pane = shown(window, page)
    first = pane.found.grid.periods[0]
    pane.on_back()
    spin(lambda: pane.found.grid.periods[0] == first - 100)
    pane.grid.choose("kepco_sigungu_contract")
    pane.on_rule()
    form = next(one for one in window.findChildren(QDialog) if one.isVisible())
    assert "2022. 2." in form.example.text() or "2022. 2. 1." in form.example.text()
    form.day.setText("40")
    QTest.mouseClick(form.button, Qt.MouseButton.LeftButton)
    assert form.isVisible() and form.on.wrong_row.isVisible()
    form.day.setText("25")
    form.months.setText("1")
    assert "2022. 3. 25." in form.example.text()
    QTest.mouseClick(form.button, Qt.MouseButton.LeftButton)
    rest(window)
    spin(
        lambda: any(
            d.due_day == 25 for d in pane.found.grid.sources if d.code.startswith("kepco_sig")
        )
    )

    pane.on_type()
    form = next(one for one in window.findChildren(QDialog) if one.isVisible())
    rest(window)
    form.indicator.field.choose("PV03")
    form.period.field.setText("2021")
    form.amount.field.setText("12")
    QTest.mouseClick(form.button, Qt.MouseButton.LeftButton)
    assert form.source.wrong_row.isVisible()
    form.source.field.setText("가상 보고(예시)")
    QTest.mouseClick(form.button, Qt.MouseButton.LeftButton)
    rest(window)
    spin(lambda: any(duty.code == "typed" for duty in pane.found.grid.sources))
    window.shell.go("today")
    today = window.shell.rooms.pages["today"]
    rest(window)
    rows = today.list.model().kept

    def place():
        there = (
            n
            for n, one in rows.items()
            if not isinstance(one, Group) and one.table == "energy_source"
        )
        return next(there, None)

    spin(lambda: place() is not None)
    today.list.setCurrentIndex(today.list.model().index(place(), 0))
    today.list.setFocus()
    QTest.keyClick(today.list, Qt.Key.Key_Return)
    rest(window)
    pane = page.front
    assert type(pane).__module__ == "ui.energy.coverage"
    spin(lambda: pane.grid.current() is not None)
    assert pane.grid.current()[1].state == "missing"
