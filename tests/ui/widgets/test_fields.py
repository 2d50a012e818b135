"""What people type as dates, times and numbers; forms that keep what was typed."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from gwangju_desktop.errors import UserError
from gwangju_desktop.text import Msg
from ui.widgets.forms import (
    Choice,
    DateField,
    Dialog,
    Field,
    Labelled,
    NumberField,
    parse_date,
    parse_time,
)

DAY = dt.date(2022, 3, 7)


@pytest.mark.parametrize(
    "typed", ["2022-03-07", "2022. 3. 7.", "20220307", "2022/3/7", "2022년 3월 7일", " 2022.3.7 "]
)
def test_dates_as_people_write_them(typed: str) -> None:
    assert parse_date(typed) == DAY


@pytest.mark.parametrize("typed", ["2022-02-31", "어제", "3. 7.", "2022-13-01", "20220230"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_date(typed)
    assert typed in str(refused.value) and "2022-03-17" in str(refused.value)


def test_times() -> None:
    assert parse_time("14:05") == dt.time(14, 5)
    assert parse_time("1405") == dt.time(14, 5)
    assert parse_time("9") == dt.time(9)
    assert parse_time(" ") is None
    with pytest.raises(UserError):
        parse_time("25:00")


def test_numbers(dressed) -> None:
    field = NumberField(low=1, high=240)
    field.setText("1,20")
    assert field.value() == 120
    field.setText("241")
    with pytest.raises(UserError):
        field.value()


def test_a_wrong_field_says_so_below_itself(dressed) -> None:
    labelled = Labelled(Msg("Due"), DateField())
    labelled.field.setText("2022-02-31")
    with pytest.raises(UserError):
        labelled.value()
    assert not labelled.wrong_row.isHidden()
    assert "2022-02-31" in labelled.error.text()
    labelled.field.setText("2022-02-28")
    assert labelled.value() == dt.date(2022, 2, 28)
    assert labelled.wrong_row.isHidden()


def test_a_syllable_still_being_composed_is_told(dressed) -> None:
    field = Field()
    heard = QSignalSpy(field.typing)
    field.setText("위")
    QApplication.sendEvent(field, QInputMethodEvent("워", []))
    assert heard.at(heard.count() - 1)[0] == "위워"
    assert field.text() == "위"


def test_a_choice_too_long_for_its_field_is_told_whole_by_its_tip(dressed) -> None:
    choice = Choice([(1, "짧다"), (2, "아주 긴 이름 " * 9)], Msg("Kind"), 1, width=150)
    choice.grab()
    assert choice.toolTip() == ""
    choice.choose(2)
    choice.grab()
    assert "아주 긴 이름" in choice.toolTip()
    choice.choose(1)
    choice.grab()
    assert choice.toolTip() == ""
    choice.setToolTip("다른 말")
    choice.choose(2)
    choice.grab()
    assert choice.toolTip() == "다른 말"


def test_a_choice_keeps_its_value_when_offered_again(dressed) -> None:
    choice = Choice([(1, "하나"), (2, "둘")], Msg("Kind"), 2)
    assert choice.value() == 2
    choice.show_options([(2, "둘"), (3, "셋")], 3)
    assert choice.value() == 3
    choice.show_options([])
    assert choice.value() is None


def test_a_refused_form_stays_open_and_keeps_what_was_typed(qtbot, dressed) -> None:
    class Refusing(Dialog):
        def confirm(self) -> None:
            raise UserError(Msg("No such body."))

    from PySide6.QtWidgets import QWidget

    owner = QWidget()
    qtbot.addWidget(owner)
    field = Field()
    dialog = Refusing(owner, Msg("Add"), field)
    dialog.open()
    field.setText("탄소중립")
    dialog.button.click()
    assert dialog.isVisible() and field.text() == "탄소중립"
    assert dialog.refusal.text() == "No such body."
    dialog.reject()
