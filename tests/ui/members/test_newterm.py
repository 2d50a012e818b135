"""A new term by hand and key: opened, decided on, candidates ticked and chosen, appointed, undone."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gwangju_desktop.members import precedence, preparation, terms
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from ui.members.newterm_dialogs import AppointDialog, CandidateDialog, TermDialog

LEFT = Qt.MouseButton.LeftButton


def go(window):
    window.shell.go("members")
    rest(window)
    page = window.shell.rooms.page("members").show_pane("newterm")
    rest(window)
    return page


@pytest.fixture
def page(window):
    return go(window)


def dialog(page, kind):
    spin(lambda: page.window().findChild(kind) is not None)
    return page.window().findChild(kind)


def end_terms(page) -> None:
    """Take away the terms the sample has, so that a test begins with none."""
    with page.desk.store.reading() as read:
        known = terms.terms(read, body_id=page.body_id)
    for row in known:
        page.desk.do(terms.remove_term, id=row.id)
    rest(page.window())


def first_term(page) -> None:
    """Enter the present term by its form."""
    end_terms(page)
    assert page.none.isVisible()
    click(page.start)
    form = dialog(page, TermDialog)
    type_into(form.first.field, "2021-02-25")
    type_into(form.last.field, "2023-02-24")
    click(form.button)
    rest(page.window())


def test_the_present_term_is_entered_and_the_next_one_opened(page) -> None:
    first_term(page)
    with page.desk.store.reading() as read:
        (first,) = terms.terms(read, body_id=page.body_id)
    assert (first.number, first.members) == (1, 23)
    click(page.start)
    rest(page.window())
    assert page.plan.term.number == 2
    assert page.plan.term.starts_on == dt.date(2023, 2, 25)
    assert "제2기" in page.name.text()
    assert not page.appoint_button.isEnabled()
    assert page.appoint_button.toolTip()


def opened(page) -> None:
    first_term(page)
    click(page.start)
    rest(page.window())


def add(page, name: str) -> None:
    page.on_add()
    form = dialog(page, CandidateDialog)
    type_into(form.name.field, name)
    type_into(form.organisation.field, "가상단체")
    form.papers["has_acceptance"].click()
    form.papers["has_privacy_consent"].click()
    click(form.button)
    spin(lambda: any(one.name == name for one in page.plan.candidates))
    rest(page.window())


def test_a_whole_term_is_appointed_and_taken_back(page) -> None:
    opened(page)
    page.seat_list.selectAll()
    click(page.decision.parts[1])
    rest(page.window())
    assert page.plan.open == 0
    renewed = len(page.plan.renewed)
    page.seat_list.choose(page.plan.seats[0].id)
    focus(page.seat_list)
    QTest.keyClick(page.seat_list, Qt.Key.Key_2)
    rest(page.window())
    assert len(page.plan.renewed) == renewed - 1
    add(page, "새가상")
    one = page.plan.candidates[0]
    row = next(n for n, id in enumerate(page.people.order) if id == one.id)
    cell = page.list.visualRect(page.people.index(row, 0))
    QTest.mouseClick(page.list.viewport(), LEFT, pos=QPoint(cell.x() + 16, cell.center().y()))
    rest(page.window())
    assert [found.name for found in page.plan.chosen] == ["새가상"]
    assert page.appoint_button.isEnabled()
    click(page.appoint_button)
    form = dialog(page, AppointDialog)
    click(form.button)
    rest(page.window())
    assert page.plan.term.members == renewed
    assert page.foot.letters.isVisible()
    with page.desk.store.reading() as read:
        sitting = precedence.ordered(read, page.body_id, dt.date(2023, 3, 1))
    assert "새가상" in [row.name for row in sitting]
    click(page.foot.notice)
    text = QGuiApplication.clipboard().text()
    assert "제2기" in text and "새가상" in text
    page.desk.undo()
    rest(page.window())
    assert page.plan.term.members == 0 and len(page.plan.chosen) == 1


def test_papers_are_ticked_beside_the_list(page) -> None:
    opened(page)
    add(page, "새가상")
    box = page.ticks.boxes["has_pledge"]
    QTest.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    rest(page.window())
    assert page.plan.candidates[0].has_pledge is True
    page.on_remove()
    rest(page.window())
    assert page.plan.candidates == ()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the list of names
def test_a_candidate_twice_is_refused_and_the_form_stays(page) -> None:
    opened(page)
    add(page, "새가상")
    page.on_add()
    form = dialog(page, CandidateDialog)
    type_into(form.name.field, "새가상")
    spin(lambda: form.name.field.value() is not None)
    assert not form.sex.field.isEnabled()
    click(form.button)
    spin(form.refusal_row.isVisible)
    assert "새가상" in form.refusal.text()
    form.reject()
    rest(page.window())


def test_the_preparation_is_removed_and_comes_back_by_undo(page) -> None:
    opened(page)
    click(page.drop_button)
    rest(page.window())
    assert page.none.isVisible()
    page.desk.undo()
    rest(page.window())
    assert page.plan is not None and page.plan.open > 0
    with page.desk.store.reading() as read:
        assert preparation.preparation(read, term_id=page.plan.term.id).seats
