"""The form of an item: its basis, its cost and what departments say of it."""

from __future__ import annotations

import pytest

from gwangju_desktop.meetings import queries
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from ui.meetings.item_dialog import ItemDialog


@pytest.fixture
def page(window):
    window.shell.go("meetings")
    rest(window)
    view = window.shell.rooms.page("meetings").pane("list").view
    spin(lambda: view.meeting is not None and view.item_id is not None)
    return view


@pytest.fixture
def form(page):
    page.on_edit_item()
    spin(lambda: page.window().findChild(ItemDialog) is not None)
    rest(page.window())
    return page.window().findChild(ItemDialog)


def item(page):
    with page.desk.store.reading() as read:
        return queries.item(read, id=page.item_id)


def test_departments_are_added_and_saved_with_the_item(page, form):
    assert form.opinions.field.value() == []
    click(form.opinions.field.add)
    line = form.opinions.field.lines[0]
    type_into(line.office, "개인정보 보호 담당")
    line.stance.setCurrentIndex(1)
    type_into(line.text, "건물 사용량 제외")
    form.basis.field.setPlainText("조례 제3조")
    form.budget.field.setPlainText("비예산")
    click(form.opinions.field.add)
    click(form.button)
    spin(lambda: item(page).basis == "조례 제3조")
    saved = item(page)
    assert saved.budget == "비예산"
    # The line nobody wrote in is none.
    assert [(one.office, one.stance) for one in saved.opinions] == [
        ("개인정보 보호 담당", "conditional")
    ]
    spin(lambda: "개인정보 보호 담당" in page.side.card.texts["asked"][1].text())
    page.desk.undo()
    spin(lambda: item(page).opinions == ())


def test_an_opinion_without_its_office_is_refused_and_stays(page, form):
    click(form.opinions.field.add)
    line = form.opinions.field.lines[0]
    type_into(line.text, "동의함")
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    assert line.text.value() == "동의함"
    click(line.remove)
    assert form.opinions.field.lines == []
    click(form.button)
    spin(lambda: page.window().findChild(ItemDialog) is None or not form.isVisible())
    assert item(page).opinions == ()
