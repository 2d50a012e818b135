"""The documents of a meeting in its tab, and the list of those that go out."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from gwangju_desktop import clock
from gwangju_desktop.meetings import movements, sheet, steps, votes
from gwangju_desktop.meetings import queries as queries_of
from gwangju_desktop.outgoing import cells, queries, usecases
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped, nameless
from ui.documents.dialog import DocumentsDialog
from ui.meetings.dispatch import OUTGOING
from ui.meetings.dispatch_paste import PasteDialog
from ui.widgets.parts import Label

KEY = Qt.Key


@pytest.fixture
def view(window):
    """The sample's next meeting with its documents in front."""
    window.shell.go("meetings")
    rest(window)
    view = window.shell.rooms.page("meetings").pane("list").view
    spin(lambda: view.meeting is not None)
    view.show_tab("documents")
    spin(lambda: view.front.lines)
    rest(window)
    return view


def put(desk, kind: str, about_id: int, title: str) -> int:
    """Register a document as the dialog does."""
    return desk.store.run(usecases.register, kind=kind, about_id=about_id, title=title).value


def line(view, name: str):
    return next(one for (kind, _id), one in view.front.lines.items() if kind == name)


def test_documents_stand_by_when_they_are_needed(view) -> None:
    tab = view.front
    heads = [group for group in tab.groups if group.isVisibleTo(tab)]
    assert len(heads) == 3
    assert line(view, "notice").button.isEnabled()
    assert not line(view, "report").button.isEnabled()
    assert line(view, "report").of.text()
    assert "ballots" not in {name for name, _id in tab.lines}
    assert not clipped(view.window()) and not nameless(view.window())


def test_a_line_opens_its_document(view) -> None:
    click(line(view, "notice").button)
    rest(view.window())
    dialog = view.window().findChild(DocumentsDialog)
    spin(lambda: dialog.settled, 30)
    assert dialog.kind.value() == "notice" and dialog.bound is not None
    dialog.reject()
    rest(view.window())


def test_a_line_says_where_its_document_stands(view) -> None:
    desk = view.desk
    desk.do(usecases.register, kind="notice", about_id=view.meeting_id, title="예시 소집통지")
    spin(lambda: line(view, "notice").state.sentence() == "시행 전", 10)
    id = line(view, "notice").line.sent.id
    desk.do(usecases.fill, id=id, number="예시과-12", dispatched_on=dt.date(2022, 3, 10))
    spin(lambda: line(view, "notice").state.sentence() == "시행", 10)
    assert line(view, "notice").number.text() == "예시과-12 · 2022. 3. 10."


def test_a_decided_item_has_its_decision_sheet(view) -> None:
    store, item_id = view.desk.store, None
    with store.reading() as read:
        steps_ = queries_of.agenda(read, meeting_id=view.meeting_id)
        item_id = next(one.id for one in steps_ if one.number == "2")
        seats = [one.id for one in sheet.seats(read, meeting_id=view.meeting_id)]
    run(view, movements.mark_presence, ids=seats, presence="present")
    run(view, steps.open_meeting, id=view.meeting_id, urgency="예시: 긴급")
    assert "excerpt" not in {name for name, _id in view.front.lines}
    run(view, votes.no_objection, item_id=item_id)
    spin(lambda: ("excerpt", item_id) in view.front.lines, 10)
    shown = view.front.lines["excerpt", item_id]
    assert "2022년 탄소중립 시행계획" in shown.of.text()
    click(shown.button)
    rest(view.window())
    dialog = view.window().findChild(DocumentsDialog)
    spin(lambda: dialog.settled, 30)
    assert dialog.kind.value() == "excerpt" and dialog.bound.pages == 1
    dialog.reject()
    rest(view.window())


def run(view, usecase, **asked) -> None:
    """Run a use case through the desk and come to rest."""
    view.desk.do(usecase, **asked)
    rest(view.window())


def test_a_closed_meeting_has_one_button_for_its_report(view) -> None:
    assert not view.report.isVisible()
    with view.desk.store.reading() as read:
        seats = [one.id for one in sheet.seats(read, meeting_id=view.meeting_id)]
    run(view, movements.mark_presence, ids=seats, presence="present")
    run(view, steps.open_meeting, id=view.meeting_id, urgency="예시: 긴급")
    run(view, steps.close_meeting, id=view.meeting_id, adjournment="adjourned")
    spin(lambda: view.meeting.state == "closed" and view.report.isVisible(), 10)
    tops = [group.y() for group in view.front.groups]
    assert tops[2] == min(tops)
    click(view.report)
    rest(view.window())
    dialog = view.window().findChild(DocumentsDialog)
    spin(lambda: dialog.settled, 30)
    assert dialog.kind.value() == "report" and dialog.bound.pages == 1
    dialog.reject()
    rest(view.window())


@pytest.fixture
def page(window):
    """Three documents that wait, in their list."""
    desk = window.shell.desk
    window.shell.go("meetings")
    rest(window)
    view = window.shell.rooms.page("meetings").pane("list").view
    spin(lambda: view.meeting is not None)
    for kind, title in (
        ("notice", "예시 통지"),
        ("data-request", "예시 요청"),
        ("observers", "예시 안내"),
    ):
        put(desk, kind, view.meeting_id, title)
    page = window.shell.rooms.page("meetings").show_pane("outgoing")
    rest(window)
    spin(lambda: page.model.rowCount() == 3)
    return page


def held(page) -> list:
    with page.desk.store.reading() as read:
        ids = queries.outgoing_ids(read)
        return queries.outgoing_rows(read, ids=ids, today=clock.today())


def editor(page) -> QLineEdit:
    spin(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    return QApplication.focusWidget()


def test_a_line_is_filled_in_by_keys_and_stays_until_the_list_is_shown_again(page) -> None:
    chosen = page.current().row
    focus(page.list)
    QTest.keyClick(page.list, KEY.Key_F2)
    cell = editor(page)
    QTest.keyClicks(cell, "GJ-17")
    QTest.keyClick(cell, KEY.Key_Tab)
    rest(page.window())
    cell = editor(page)
    cell.selectAll()
    QTest.keyClicks(cell, "2022-3-11")
    QTest.keyClick(cell, KEY.Key_Return)
    rest(page.window())
    row = next(row for row in held(page) if row.id == chosen.id)
    assert (row.number, row.dispatched_on, row.waiting) == ("GJ-17", dt.date(2022, 3, 11), False)
    assert page.model.place(chosen.id) == 0
    page.hold()
    rest(page.window())
    assert page.model.place(chosen.id) == 2
    page.desk.undo()
    rest(page.window())
    row = next(row for row in held(page) if row.id == chosen.id)
    assert row.waiting and row.number == "GJ-17"


def test_what_was_copied_is_looked_at_and_filled_in_one_step(page) -> None:
    QApplication.clipboard().setText("예시과-1\t2022. 3. 10.\n예시과-2\n예시과-3\t32일")
    focus(page.list)
    QTest.keyClick(page.list, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = page.window().findChild(PasteDialog)
    spin(dialog.isVisible)
    assert [pair.line.trouble is None for pair in pairs(dialog)] == [True, True, False]
    assert "32일" in dialog.list.model().cell(2, 3).text and dialog.button.text() == "2건 채우기"
    assert not clipped(dialog) and not nameless(dialog)
    click(dialog.button)
    rest(page.window())
    filled = {row.number: row.dispatched_on for row in held(page) if not row.waiting}
    assert filled == {"예시과-1": dt.date(2022, 3, 10), "예시과-2": clock.today()}
    page.desk.undo()
    rest(page.window())
    assert {row.number for row in held(page)} == {""}


def pairs(dialog: PasteDialog) -> list:
    return list(dialog.list.model().kept.values())


def test_what_cannot_be_is_said_and_nothing_is_kept(page) -> None:
    window = page.window()
    for key, typed in (("dispatched_on", "2022. 2. 30."), ("release", "비밀"), ("ground", "5")):
        at = next(n for n, one in enumerate(OUTGOING.columns) if one.key == key)
        page.model.setData(page.model.index(0, at), typed)
        rest(window)
        spin(lambda wanted=typed: shown(window, wanted))
    assert all(row.waiting and not row.ground and row.release == "public" for row in held(page))


def shown(window, words: str) -> bool:
    """Say whether the window tells something with these words, or of a public document."""
    told = [label.text() for label in window.findChildren(Label) if label.isVisible()]
    return any(f"“{words}”" in text or "근거를 적지" in text for text in told)


def test_openness_and_its_ground_are_typed_in_one_cell(page) -> None:
    id = page.list.current()
    for typed, told in (
        ("비공개 정보공개법 제9조제1항제5호", ("closed", "정보공개법 제9조제1항제5호")),
        ("부분 공개", ("partly", "정보공개법 제9조제1항제5호")),
        ("공개", ("public", "")),
    ):
        page.desk.do(cells.set_openness, id=id, release=typed)
        rest(page.window())
        row = next(row for row in held(page) if row.id == id)
        assert (row.release, row.ground) == told


def test_a_document_that_does_not_go_out_stands_below(page) -> None:
    first = page.list.current()
    click(page.drop)
    rest(page.window())
    spin(lambda: page.model.place(first) == 2)
    page.list.choose(first)
    assert page.drop.text() == "시행 전으로 되돌리기"
    click(page.drop)
    rest(page.window())
    assert all(row.waiting for row in held(page))


def test_years_and_words_narrow_the_list(page) -> None:
    assert [year for year, _label in page.year.options] == ["all", 2022]
    type_into(page.search, "요청")
    spin(lambda: page.model.rowCount() == 1)
    type_into(page.search, "없는 말")
    spin(lambda: page.hollow.currentWidget() is page.hollow.empty)
    page.search.clear()
    spin(lambda: page.model.rowCount() == 3)


def test_the_first_page_names_what_waits_and_leads_there(page) -> None:
    window = page.window()
    window.shell.go("today")
    today = window.shell.rooms.pages["today"]
    spin(lambda: today.waiting.isVisible(), 10)
    assert "3" in today.waiting.text()
    click(today.waiting)
    rest(window)
    assert window.shell.rooms.page("meetings").front is page
