"""What is done with a proposal from its menu, its waits and the search of everything."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.vocab import ProposalState as S
from gwangju_desktop import clock, search_records
from gwangju_desktop.proposals import queries, steps
from gwangju_desktop.text import C_, say
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from tests.ui.proposals.acting import RECEIVED, TODAY, View, closed, empty_copy, form
from tests.ui.proposals.test_desk import pane_of, show
from ui.proposals.page import PANES
from ui.proposals.step_dialogs import StepDialog
from ui.proposals.step_forms import CAME, WITHOUT
from ui.proposals.waiting import Line


@pytest.fixture
def office(window_on, _empty_office, tmp_path):
    """A window on an office of one's own, the list in front, and a page to enter things by."""
    window = window_on(empty_copy(_empty_office, tmp_path))
    clock.fix(TODAY)
    return View(window), pane_of(window)


def choose(menu, words: str) -> None:
    """Click a line of a menu."""
    spin(menu.isVisible)
    deed = next(deed for deed in menu.actions() if deed.text().startswith(words))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(deed).center())


@pytest.mark.qt_log_ignore("does not support", extend=True)  # menus, of the test platform
def test_the_number_of_the_other_agency_is_noted_by_the_menu(office):
    view, pane = office
    id = view.register()
    view.step(id, S.TRANSFERRED, reason="소관 아님", outside="가상구청")
    show(pane, id)
    click(pane.card.more)
    choose(pane.card.menu, say(C_("proposal", "Number of the other agency…")))
    dialog = form(view.window(), StepDialog)
    type_into(dialog.fields["outside_number"].field, "A-2022-77")
    click(dialog.button)
    spin(lambda: closed(dialog))
    assert any("A-2022-77" in event.detail for event in view.read(queries.timeline, id=id))


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_an_overdue_supplement_is_entered_or_gone_on_without(office):
    view, pane = office
    id = view.register(department="가상과")
    day = RECEIVED + dt.timedelta(days=1)
    asked = {"wanted": "위치도", "until_on": TODAY - dt.timedelta(days=1), "on_day": day}
    view.step(id, S.SUPPLEMENT, **asked)
    show(pane, id)
    line = next(one for one in pane.card.findChildren(Line) if one.isVisible())
    click(line.button)
    dialog = form(view.window(), StepDialog)
    assert dialog.form is CAME
    dialog.reject()
    rest(view.window())
    click(pane.card.foot.others)
    choose(pane.card.foot.menu, "보완 없이 계속(검토)")
    spin(lambda: any(one.isVisible() for one in view.window().findChildren(StepDialog)))
    dialog = form(view.window(), StepDialog)
    assert dialog.form is WITHOUT
    click(dialog.button)
    spin(lambda: closed(dialog))
    assert view.one(id).state == S.REVIEW
    assert any(way.to_state == S.OPINION for way in view.read(steps.ahead, id))


def test_what_is_found_by_another_number_opens_its_proposal(office):
    view, pane = office
    first = view.register("첫째 제안")
    outside = [{"system": "국민신문고", "number": "1AA-2203-000001"}]
    second = view.register("둘째 제안", outside=outside, proposers=[{"name": "가상 둘째"}])
    for words in ("1AA-2203-000001", "가상 둘째"):
        show(pane, first)
        (found,) = view.read(search_records.find, words=words)
        table, id = found.record
        view.window().shell.rooms.page(found.page).open(id, table)
        spin(lambda: pane.card.record is not None and pane.card.record.id == second)
        # The list knows proposals by their own numbers only.
        assert table in PANES[0].tables == ("proposal",)
