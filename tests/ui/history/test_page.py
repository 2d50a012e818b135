"""The history's room by hand: read, narrow, take back, be refused, check; a record's own history."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.schema.meetings import AgendaItem
from db.store import Store
from gwangju_desktop.history import anchors, entries
from gwangju_desktop.meetings import agenda
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import usecases as members
from tests.ui.acting import click, type_into
from tests.ui.conftest import lasting, rest, spin, taken_back
from ui.history.link import HistoryButton


@pytest.fixture(scope="module")
def made(tmp_path_factory, qapp):
    """A window on a small office in which two people wrote."""
    folder = tmp_path_factory.mktemp("history")
    path = folder / "사무국.gwoffice"
    store = Store.create(path, who="김예시")
    body = store.run(members.add_body, name_ko="가상위원회", name_en="Example").value
    at = dt.datetime(2022, 4, 1, 5, tzinfo=dt.UTC)
    meeting = store.run(
        meetings.add_meeting, body_id=body, title="제5차 정기회의", starts_at=at
    ).value
    item = store.run(agenda.add_item, meeting_id=meeting, title="가").value
    store.who = "이가상"
    store.run(agenda.edit_item, id=item, title="<b>나</b>")
    store.run(members.add_body, name_ko="다른위원회")
    store.close()
    with lasting(qapp, folder, "history") as on:
        yield on(path), item, meeting


@pytest.fixture
def page(made):
    window, _item, _meeting = made
    window.shell.go("history")
    page = window.shell.rooms.page("history")
    page.on_all()
    rest(window)
    yield page
    taken_back(window)


def listed(page) -> list[int]:
    return [id for id in page.model.order if id > 0]


def title(page, item: int) -> str:
    with page.desk.store.reading() as read:
        return read.get_one(AgendaItem, item).title


def test_entries_stand_under_their_day_the_newest_first_and_one_is_told_whole(page, made) -> None:
    window, _item, _meeting = made
    assert listed(page) == [5, 4, 3, 2, 1] and page.model.order[0] == -5
    page.list.choose(4)
    rest(window)
    assert page.card.sentence.text() == (
        "이가상 님이 “제5차 정기회의”의 “<b>나</b>” 안건의 안건명을 고쳤습니다: 가 → <b>나</b>"
    )
    # What people wrote is shown as they wrote it.
    shown = page.card.changes.toPlainText()
    assert "<b>나</b>" in shown and "안건명" in shown and "가" in shown
    click(page.card.go)
    rest(window)
    assert window.shell.rooms.here.key == "meetings"
    window.shell.rooms.back()
    rest(window)


def test_filters_narrow_and_words_are_found(page, made) -> None:
    window, _item, _meeting = made
    page.who.setCurrentIndex([value for value, _said in page.who.options].index("이가상"))
    rest(window)
    assert listed(page) == [5, 4]
    page.act.setCurrentIndex([value for value, _said in page.act.options].index("changed"))
    rest(window)
    assert listed(page) == [4]
    page.on_all()
    rest(window)
    type_into(page.search, "다른")
    rest(window)
    assert listed(page) == [5]
    type_into(page.search, "없는말")
    rest(window)
    assert listed(page) == [] and page.empty.isVisible()
    page.on_all()
    page.since.setText("2099. 1. 1.")
    page.since.editingFinished.emit()
    rest(window)
    assert listed(page) == []


def test_one_change_is_taken_back_and_undo_does_it_again(page, made) -> None:
    window, item, _meeting = made
    page.list.choose(4)
    rest(window)
    click(page.card.revert)
    rest(window)
    assert title(page, item) == "가"
    # What was read stays in front, with what became of it.
    assert page.list.current() == 4 and not page.card.revert.isVisible()
    assert page.card.back.sentence() == "되돌림" and listed(page)[0] == 6
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    rest(window)
    assert title(page, item) == "<b>나</b>" and page.card.revert.isVisible()


def test_a_refusal_names_the_record_and_what_came_since(page, made) -> None:
    window, item, _meeting = made
    page.desk.do(agenda.edit_item, id=item, title="다")
    rest(window)
    page.list.choose(4)
    rest(window)
    click(page.card.revert)
    rest(window)
    assert page.card.wrong.isVisible() and title(page, item) == "다"
    assert "그 뒤에 바뀌었습니다" in page.card.wrong.text() and "→ 다" in page.card.wrong.text()


def test_what_comes_from_elsewhere_appears_and_what_is_read_stays(page, made) -> None:
    window, item, _meeting = made
    page.list.choose(3)
    rest(window)
    before = len(listed(page))
    page.desk.store.who = "박예시"
    page.desk.do(agenda.edit_item, id=item, title="라")
    rest(window)
    assert len(listed(page)) == before + 1 and page.list.current() == 3
    assert "박예시" in [value for value, _said in page.who.options]
    assert page.card.entry.line.id == 3


def test_a_record_in_front_shows_its_own_history_and_the_chip_takes_it_away(page, made) -> None:
    window, _item, meeting = made
    window.shell.go("meetings", meeting, "meeting")
    rest(window)
    QTest.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    rest(window)
    assert window.shell.rooms.here.key == "history" and page.record == ("meeting", meeting)
    assert {1, 5} & set(listed(page)) == set() and {2, 3, 4} <= set(listed(page))
    assert page.of_record.isVisible() and "제5차 정기회의" in page.of_record.text()
    click(page.of_record)
    rest(window)
    assert not page.of_record.isVisible() and 1 in listed(page)
    window.shell.rooms.back()
    rest(window)
    click(window.stack.currentWidget().findChild(HistoryButton))
    rest(window)
    assert page.isVisible() and page.record == ("meeting", meeting)


def test_the_chain_is_checked_and_compared(page, made, tmp_path: Path) -> None:
    window, _item, _meeting = made
    with page.desk.store.reading() as read:
        count, mark = anchors.last_entry(read), anchors.printed(read)
        assert entries.span(read)[0] == count
    click(page.chain.checking)
    spin(lambda: page.work is None)
    rest(window)
    assert page.chain.verdict.checked and f"{count:,}건이 모두 온전합니다" in page.chain.said.text()
    type_into(page.chain.mark, mark)
    QTest.keyClick(page.chain.mark, Qt.Key.Key_Return)
    rest(window)
    assert page.chain.verdict.whole and "인쇄한 회의록" in page.chain.agrees.text()
    type_into(page.chain.mark, "2 · 00000000")
    QTest.keyClick(page.chain.mark, Qt.Key.Key_Return)
    rest(window)
    assert not page.chain.verdict.whole and "새로 만들어졌습니다" in page.chain.agrees.text()
    page.compare(tmp_path / "없음.gwsnap")
    rest(window)
    assert window.shell.banner.isVisible()
    window.shell.banner.hide()


def test_the_first_page_leads_to_the_whole_history(page, made) -> None:
    window, _item, _meeting = made
    window.shell.go("today")
    rest(window)
    click(window.shell.rooms.page("today").changes.more)
    rest(window)
    assert page.isVisible() and page.record is None and 1 in listed(page)
