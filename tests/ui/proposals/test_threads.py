"""The pane of threads, by real clicks and keys: from the list to the line, links made and removed."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from sqlalchemy import func, select

from db.schema.threads import ThreadLink
from db.store import Store
from gwangju_desktop import settings
from gwangju_desktop.threads import links
from tests.gwangju_desktop.threads.made import TODAY, Office
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from ui.threads.linking import LinkDialog

Key = Qt.Key


@pytest.fixture
def made(sqlite_store: Store) -> Office:
    """An office with a voice on its way to an indicator, and one that is alone."""
    office = Office.of(sqlite_store)
    sqlite_store.run(settings.change_setting, key=settings.TODAY, value=TODAY.isoformat())
    item = office.item("자전거 거점")
    late = office.proposal(title="공공자전거 거점 확대", due_on=dt.date(2022, 3, 7))
    office.proposal(title="햇빛발전소 공동 운영")
    sqlite_store.run(links.link, before=("proposal", late), after=("item", item))
    office.decide(item, day=dt.date(2022, 3, 9))
    office.action(item, "거점 14곳 조사")
    office.indicator()
    return office


@pytest.fixture
def pane(made: Office, window_on):
    """The pane in a window on that office."""
    path = made.store.office.place
    made.store.close()
    window = window_on(path)
    window.shell.go("proposals", 1, "thread.proposal")
    rest(window)
    return window.shell.rooms.page("proposals").pane("threads")


def shown(pane) -> list[str]:
    """Return the kinds of the records shown."""
    return [one.node.kind for one in pane.view.rows]


def stage(pane, kind: str):
    """Return the disc of a kind on the line."""
    return next(one for one in pane.view.stages.stages if one.kind == kind)


def stored(pane) -> int:
    """Count the links of the office."""
    with pane.desk.store.reading() as read:
        return read.scalar(select(func.count()).select_from(ThreadLink)) or 0


def test_the_line_and_its_open_ends_are_shown(pane) -> None:
    assert shown(pane) == ["proposal", "item", "decision", "action"]
    assert pane.view.title.text() == "시민 제안 2022-001: 공공자전거 거점 확대"
    assert "처리기한 4일 경과" in pane.view.list.model().index(0, 3).data()
    assert pane.view.ends.sentence() == "남은 일 2건"
    assert pane.view.ends.tone == "bad"
    assert {one.kind: one.open for one in pane.view.stages.stages if one.nodes} == {
        "proposal": (1, "bad"),
        "item": (0, "text2"),
        "decision": (0, "text2"),
        "action": (1, "text2"),
    }
    assert pane.view.sentence.text().startswith("시민 제안 2022-001(")
    assert {one.kind: len(one.nodes) for one in pane.view.stages.stages if one.isEnabled()} == {
        "proposal": 1,
        "item": 1,
        "decision": 1,
        "action": 1,
    }
    assert pane.reach.coverage.base == 2
    assert "1/2건(50.0%)" in pane.reach.accessibleName()


def test_a_kind_on_the_line_leads_to_its_record(pane) -> None:
    click(stage(pane, "action"))
    assert pane.view.current().kind == "action"
    click(pane.view.show_button)
    window = pane.window()
    rest(window)
    assert window.shell.rooms.here.key == "meetings"
    window.shell.rooms.back()
    rest(window)
    assert window.shell.rooms.here[1:] == (1, "thread.proposal")


def test_another_record_is_chosen_by_the_keyboard(pane) -> None:
    pane.list.setFocus()
    pane.list.choose(1)
    QTest.keyClick(pane.list, Key.Key_Up)
    rest(pane.window())
    assert shown(pane) == ["proposal"]
    assert pane.view.sentence.isHidden()
    # It waits for its reply in time: that is open too.
    assert (pane.view.ends.sentence(), pane.view.ends.tone) == ("남은 일 1건", "neu")
    type_into(pane.words, "자전거")
    spin(lambda: pane.settled)
    rest(pane.window())
    assert pane.list.model().rowCount() == 1
    pane.kind.choose("item")
    rest(pane.window())
    assert pane.list.model().row(0).title == "자전거 거점"


def test_a_link_is_made_from_the_line_and_taken_away(pane) -> None:
    window = pane.window()
    click(stage(pane, "action"))
    click(pane.view.after)
    dialog = next(one for one in window.findChildren(LinkDialog) if one.isVisible())
    rest(window)
    assert dialog.kind.value() == "indicator"
    assert dialog.list.model().rowCount() == 1
    dialog.note.field.setText("예시 메모")
    click(dialog.button)
    rest(window)
    assert shown(pane)[-1] == "indicator"
    assert stored(pane) == 2
    click(stage(pane, "indicator"))
    assert pane.view.before.isEnabled()
    assert not pane.view.after.isEnabled()
    click(pane.view.unlink)
    rest(window)
    assert stored(pane) == 1
    pane.desk.undo()
    rest(window)
    assert shown(pane)[-1] == "indicator"
    assert "예시 메모" in pane.view.list.model().cell(4, 2).sub


def test_what_is_refused_stays_in_the_form(pane) -> None:
    window = pane.window()
    click(pane.view.before)
    dialog = next(one for one in window.findChildren(LinkDialog) if one.isVisible())
    rest(window)
    dialog.kind.choose("item")
    rest(window)
    click(dialog.button)
    rest(window)
    assert dialog.isVisible()
    assert "되돌아" in dialog.refusal.text()
    type_into(dialog.words, "없는 말")
    spin(lambda: not dialog.wait.isActive())
    rest(window)
    assert dialog.none.isVisible()
    click(dialog.button)
    assert dialog.isVisible()
    dialog.reject()
    rest(window)


def test_of_several_links_one_is_chosen_to_go(pane, monkeypatch) -> None:
    window = pane.window()
    pane.desk.do(links.link, before=("proposal", 2), after=("item", 1))
    rest(window)
    assert len(shown(pane)) == 4
    window.shell.go("proposals", 1, "thread.item")
    rest(window)
    assert pane.view.current().kind == "item"
    # Without a screen no menu can take the keyboard.
    monkeypatch.setattr(QMenu, "popup", lambda *_where: None)
    click(pane.view.unlink)
    menu = pane.view.menu
    assert [action.text().startswith("시민 제안 2022-00") for action in menu.actions()] == [
        True
    ] * 2
    menu.actions()[1].trigger()
    rest(window)
    assert stored(pane) == 1
    assert shown(pane) == ["proposal", "item", "decision", "action"]


def test_a_narrow_window_shows_the_list_or_the_thread(pane) -> None:
    window = pane.window()
    window.resize(911, 480)
    rest(window)
    assert pane.right.isVisible()
    assert not pane.left.isVisible()
    click(pane.back)
    assert pane.left.isVisible()
    assert not pane.right.isVisible()
    pane.list.choose(2)
    QTest.keyClick(pane.list, Key.Key_Return)
    rest(window)
    assert pane.right.isVisible()
    assert pane.view.title.text().endswith("햇빛발전소 공동 운영")
    window.resize(1366, 688)
    rest(window)
    assert pane.left.isVisible()
    assert pane.right.isVisible()


def test_a_link_opens_its_thread(pane) -> None:
    window = pane.window()
    window.shell.go("proposals", 1, "thread_link")
    rest(window)
    assert pane.view.key == ("proposal", 1)
