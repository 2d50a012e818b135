"""The mix by its buttons and keys: bars, table, clipboard, consultations, what is hidden."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gwangju_desktop.members import inclusion
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped
from ui.members.inclusion import ConsultationDialog

POLL = {"sector": {"citizen": 6, "education": 3, "civil_society": 42}}


@pytest.fixture
def page(window):
    window.shell.go("members")
    rest(window)
    page = window.shell.rooms.page("members").show_pane("inclusion")
    rest(window)
    # The sample's own consultation would stand beside the one a test adds.
    sample = next(one for one in page.subjects if one.consultation)
    page.desk.do(inclusion.remove_consultation, id=-sample.id)
    rest(window)
    return page


def figures(page, dimension: str) -> str:
    return page.cards[dimension].bars.accessibleName()


def add(page) -> int:
    page.desk.do(
        inclusion.add_consultation,
        title_ko="시민 설문(가상)",
        source="가상 출처",
        counts=POLL,
    )
    spin(lambda: any(one.consultation for one in page.subjects))
    id = next(one.id for one in page.subjects if one.title_ko == "시민 설문(가상)")
    page.list.choose(id)
    rest(page.window())
    return id


def dialog(page):
    spin(lambda: page.window().findChild(ConsultationDialog) is not None)
    return page.window().findChild(ConsultationDialog)


def test_the_committee_is_shown_first_and_a_change_of_day_empties_it(page) -> None:
    assert page.title.text() == "광주광역시 탄소중립도시추진위원회"
    assert figures(page, "gender") == "여성 14 · 40.0%, 남성 21 · 60.0%"
    assert page.cards["gender"].total.text() == "합계 35명"
    type_into(page.day, "2021-02-01")
    QTest.keyClick(page.day, Qt.Key.Key_Return)
    spin(lambda: page.stack.currentWidget() is page.empty)
    type_into(page.day, "yesterday")
    QTest.keyClick(page.day, Qt.Key.Key_Return)
    assert page.day.property("wrong")


def test_small_counts_are_stars_in_bars_table_and_clipboard(page) -> None:
    add(page)
    assert figures(page, "sector") == "시민 *, 사회단체 42 · 82.4%, 교육기관 *"
    click(page.view.parts[1])
    rest(page.window())
    assert page.table_view.isVisible()
    model = page.table_view.model()
    cells = [model.cell(n, 1).text for n in range(1, model.rowCount())]
    assert cells == ["*", "42", "*"]
    click(page.copy)
    copied = QApplication.clipboard().text()
    assert "교육기관\t*\t*" in copied and "사회단체\t42\t82.4%" in copied
    assert "\t6" not in copied and "\t3" not in copied
    assert not clipped(page)


def test_the_limit_is_the_offices_and_can_be_taken_back(page) -> None:
    add(page)
    focus(page.limit)
    QTest.keyClick(page.limit, Qt.Key.Key_Up)
    QTest.keyClick(page.limit, Qt.Key.Key_Return)
    page.limit.activated.emit(page.limit.currentIndex())
    spin(lambda: page.mix.least == 3)
    rest(page.window())
    assert "교육기관 3" in figures(page, "sector")
    page.desk.undo()
    spin(lambda: page.mix.least == 5)


def test_a_consultation_is_entered_edited_and_removed(page) -> None:
    click(page.add)
    form = dialog(page)
    type_into(form.title_ko.field, "가상 공청회")
    type_into(form.fields["sector", "citizen"], "30")
    type_into(form.fields["sector", "council"], "12x")
    click(form.button)
    assert form.isVisible() and form.refusal.text()
    type_into(form.fields["sector", "council"], "12")
    click(form.tabs.parts[1])
    type_into(form.fields["gender", "female"], "20")
    click(form.button)
    spin(lambda: page.title.text() == "가상 공청회")
    rest(page.window())
    assert figures(page, "sector") == "시민 30 · 71.4%, 의회 12 · 28.6%"
    click(page.edit)
    form = dialog(page)
    assert form.fields["gender", "female"].text() == "20"
    type_into(form.fields["sector", "citizen"], "8")
    click(form.button)
    spin(lambda: figures(page, "sector").startswith("시민 8"))
    click(page.remove)
    spin(lambda: page.title.text() != "가상 공청회")
    page.desk.undo()
    spin(lambda: any(one.title_ko == "가상 공청회" for one in page.subjects))
