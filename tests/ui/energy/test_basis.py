"""Indicators, factors and recorded results under the basis of calculation, by keys and forms."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from sqlalchemy import select

from db.schema.energy import Indicator
from db.schema.office import Setting
from db.store import usecase
from gwangju_desktop import search_records
from gwangju_desktop.energy import results
from tests.ui.acting import click, type_into
from tests.ui.energy.conftest import WAIT
from ui.energy.basis_factor_form import ConvertDialog, EndForm, FactorForm
from ui.energy.basis_indicator_form import IndicatorForm
from ui.energy.basis_result_form import RecordForm

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(restored):
    """The window of all these tests, with nothing looked for in any section."""
    basis = restored.shell.rooms.pages["energy"].built.get("basis")
    for key in ("indicators", "factors"):
        if basis is not None and key in basis.built:
            basis.built[key].search.clear()
    return restored


@pytest.fixture
def basis(page, qtbot):
    shown = page.show_pane("basis")
    qtbot.waitUntil(lambda: shown.front.settled, timeout=WAIT)
    return shown


def section(basis, qtbot, key: str):
    shown = basis.show_section(key)
    qtbot.waitUntil(lambda: shown.settled and shown.isVisible(), timeout=WAIT)
    return shown


def asked(page, qtbot, kind):
    qtbot.waitUntil(lambda: page.window().findChild(kind) is not None, timeout=WAIT)
    return page.window().findChild(kind)


def gone(page, qtbot, kind) -> None:
    qtbot.waitUntil(lambda: page.window().findChild(kind) is None, timeout=WAIT)


def texts(listed) -> list[str]:
    model = listed.model()
    return [model.cell(n, 0).text for n in range(model.rowCount())]


def test_indicators_are_moved_renamed_and_changed(basis, qtbot) -> None:
    page = section(basis, qtbot, "indicators")
    qtbot.waitUntil(lambda: page.card.fact is not None, timeout=WAIT)
    assert texts(page.list)[:2] == ["온실가스 배출", "1인당 온실가스 배출"]
    assert "전력사용량 × 계수" in page.card.formula.text()
    page.list.setFocus()
    QTest.keyClick(page.list, KEY.Key_Down, ALT)
    qtbot.waitUntil(lambda: texts(page.list)[1] == "온실가스 배출", timeout=WAIT)
    page.desk.undo()
    qtbot.waitUntil(lambda: texts(page.list)[0] == "온실가스 배출", timeout=WAIT)
    page.on_edit()
    form = asked(basis, qtbot, IndicatorForm)
    form.name.field.setText("")
    click(form.button)
    assert "한글 이름" in form.name.error.text()
    form.name.field.setText("<b>배출</b> & {unit}")
    form.definition.field.choose("b")
    click(form.button)
    gone(basis, qtbot, IndicatorForm)
    qtbot.waitUntil(lambda: page.card.fact.definition == "b", timeout=WAIT)
    # What was typed is shown as it was typed.
    assert page.card.name.text() == "<b>배출</b> & {unit}"
    assert texts(page.list)[0] == "<b>배출</b> & {unit}"
    assert "SAR" in page.card.definition.text()


def test_an_indicator_of_two_others_is_added_and_ended(basis, qtbot) -> None:
    page = section(basis, qtbot, "indicators")
    page.on_add()
    form = asked(basis, qtbot, IndicatorForm)
    form.name.field.setText("1인당 도시가스")
    form.unit.field.setText("천Nm3/명")
    form.code.field.setText("el01")
    form.top.field.choose("GS01")
    form.bottom.field.choose("PP01")
    click(form.button)
    qtbot.waitUntil(lambda: "EL01" in form.refusal.text(), timeout=WAIT)
    form.code.field.setText("GS90")
    click(form.button)
    gone(basis, qtbot, IndicatorForm)
    qtbot.waitUntil(
        lambda: page.card.fact is not None and page.card.fact.code == "GS90", timeout=WAIT
    )
    assert page.card.formula.text() == "도시가스 사용량 ÷ 인구"
    assert page.card.fact.held
    type_into(page.search, "GS90")
    qtbot.waitUntil(lambda: texts(page.list) == ["1인당 도시가스"], timeout=WAIT)
    page.on_end()
    qtbot.waitUntil(lambda: page.card.fact.ended, timeout=WAIT)
    type_into(page.search, "zzz")
    qtbot.waitUntil(lambda: not texts(page.list), timeout=WAIT)


def test_names_are_pasted_from_a_spreadsheet(basis, qtbot) -> None:
    page = section(basis, qtbot, "indicators")
    qtbot.waitUntil(lambda: page.model.rowCount() > 2, timeout=WAIT)
    QGuiApplication.clipboard().setText("배출 총량\n배출 1인당")
    page.list.setFocus()
    page.list.choose_first()
    QTest.keyClick(page.list, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: texts(page.list)[:2] == ["배출 총량", "배출 1인당"], timeout=WAIT)


def test_a_factor_is_added_changed_ended_and_removed(basis, qtbot) -> None:
    page = section(basis, qtbot, "factors")
    rows = len(page.rows)
    held = next(row for row in page.rows if row.value == 0.4173)
    page.list.choose(held.id)
    qtbot.waitUntil(lambda: page.card.row.id == held.id, timeout=WAIT)
    page.on_next()
    form = asked(basis, qtbot, FactorForm)
    assert form.first.field.text() == "2024. 1. 1."
    assert form.last.field.text() == "2024. 12. 31."
    form.name.field.setText("전력배출계수(2024년)")
    form.value_field.field.setText("0,41x")
    click(form.button)
    assert form.source.error.text() == "값이 실린 출처를 입력하십시오."
    form.source.field.setText("가상")
    click(form.button)
    assert "수가 아닙니다" in form.value_field.error.text()
    form.value_field.field.setText("0.41")
    form.first.field.setText("2023-06-01")
    click(form.button)
    qtbot.waitUntil(lambda: "겹칩니다" in form.refusal.text(), timeout=WAIT)
    form.first.field.setText("2024-01-01")
    click(form.button)
    gone(basis, qtbot, FactorForm)
    qtbot.waitUntil(lambda: len(page.rows) == rows + 1, timeout=WAIT)
    qtbot.waitUntil(lambda: page.card.row.value == 0.41, timeout=WAIT)
    page.on_end()
    form = asked(basis, qtbot, EndForm)
    form.last.field.setText("2024-06-30")
    click(form.button)
    gone(basis, qtbot, EndForm)
    qtbot.waitUntil(lambda: "2024. 6. 30." in page.card.days.text(), timeout=WAIT)
    page.on_remove()
    qtbot.waitUntil(lambda: len(page.rows) == rows, timeout=WAIT)
    page.desk.undo()
    qtbot.waitUntil(lambda: len(page.rows) == rows + 1, timeout=WAIT)


def test_factors_are_found_by_name_and_day(basis, qtbot) -> None:
    page = section(basis, qtbot, "factors")
    type_into(page.search, "도시가스")
    assert len([row for row in texts(page.list) if "도시가스" in row]) > 3
    page.on_day.setText("2021-06-30")
    page.on_day.editingFinished.emit()
    assert "도시가스 순발열량(종전 표)" in texts(page.list)
    assert "도시가스 순발열량(2022년 표)" not in texts(page.list)
    page.on_day.setText("어제")
    page.on_day.editingFinished.emit()
    assert page.fault.isVisible()


def test_units_are_converted_with_their_factors(basis, qtbot) -> None:
    page = section(basis, qtbot, "factors")
    page.on_convert()
    dialog = asked(basis, qtbot, ConvertDialog)
    dialog.on.field.setText("2021-12-31")
    dialog.amount.field.setText("8,973,446")
    qtbot.waitUntil(lambda: dialog.result.text() == "771,716.356 toe", timeout=WAIT)
    assert "860 kcal/kWh" in dialog.steps.text()
    dialog.unit.field.choose("m3")
    dialog.unit.field.currentIndexChanged.emit(0)
    qtbot.waitUntil(lambda: "공급 열량" in dialog.steps.text(), timeout=WAIT)
    dialog.amount.field.setText("1500")
    dialog.heat.field.setText("42.73")
    dialog.into.field.choose("천Nm3")
    qtbot.waitUntil(lambda: dialog.result.text() == "1.487123 천Nm3", timeout=WAIT)
    click(dialog.button)
    gone(basis, qtbot, ConvertDialog)


def test_a_result_is_recorded_and_recorded_again(basis, qtbot) -> None:
    page = section(basis, qtbot, "results")
    assert texts(page.list) == []
    page.on_record()
    form = asked(basis, qtbot, RecordForm)
    qtbot.waitUntil(form.button.isEnabled, timeout=WAIT)
    form.fact.field.choose("GH01")
    form.year.field.setText("2021")
    qtbot.waitUntil(lambda: "tCO2eq" in form.outcome.text(), timeout=WAIT)
    qtbot.waitUntil(form.button.isEnabled, timeout=WAIT)
    click(form.button)
    gone(basis, qtbot, RecordForm)
    qtbot.waitUntil(lambda: page.line is not None, timeout=WAIT)
    assert not page.change.isVisible()
    factors = section(basis, qtbot, "factors")
    grid = next(row for row in factors.rows if row.value == 0.4509)
    factors.open(grid.id)
    factors.on_edit()
    form = asked(basis, qtbot, FactorForm)
    form.value_field.field.setText("0.4541")
    click(form.button)
    gone(basis, qtbot, FactorForm)
    page = section(basis, qtbot, "results")
    qtbot.waitUntil(page.change.isVisible, timeout=WAIT)
    assert "계수가 바뀌어 2021년" in page.sentence.text()
    click(page.again)
    qtbot.waitUntil(lambda: not page.change.isVisible(), timeout=WAIT)
    with page.desk.store.reading() as read:
        assert results.changed(read) == []


def test_a_factor_that_was_found_is_opened_in_its_section(window, page, qtbot) -> None:
    with page.desk.store.reading() as read:
        found = search_records.find(read, words="전력배출계수(2021년)")
    (record,) = [one.record for one in found if one.table == "factor"]
    window.shell.go("energy", record[1], record[0])
    qtbot.waitUntil(lambda: page.front is page.built.get("basis"), timeout=WAIT)
    shown = page.front.front
    qtbot.waitUntil(lambda: shown.settled and shown.card.row is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: shown.card.row.value == 0.4509, timeout=WAIT)


def test_an_older_office_is_offered_what_is_new(basis, page, qtbot) -> None:
    shown = section(basis, qtbot, "indicators")
    qtbot.waitUntil(lambda: shown.model.rowCount() == 41, timeout=WAIT)
    assert not shown.complete.isVisible()
    page.desk.do(make_older)
    qtbot.waitUntil(lambda: shown.complete.isVisible(), timeout=WAIT)
    qtbot.waitUntil(lambda: shown.model.rowCount() == 40, timeout=WAIT)
    click(shown.complete)
    qtbot.waitUntil(lambda: shown.model.rowCount() == 41, timeout=WAIT)
    qtbot.waitUntil(lambda: not shown.complete.isVisible(), timeout=WAIT)


@usecase("Make the office older")
def make_older(tx) -> None:
    """Take away an indicator that came later, and what says that it is there."""
    tx.delete(tx.scalars(select(Setting).where(Setting.key == "energy.edition")).one())
    tx.delete(tx.scalars(select(Indicator).where(Indicator.code == "HD01")).one())
