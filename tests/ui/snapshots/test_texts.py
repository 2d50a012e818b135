"""Finds of the texts of a copy: decided by keys and clicks, undone, read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem
from db.store import Store, usecase
from gwangju_desktop.snapshots import policy, texts
from tests.gwangju_desktop.snapshots import offices
from tests.ui.conftest import rest, spin
from ui.snapshots.texts import ALL, CLOSED, OPEN, TextsDialog, decide_on_texts

Key = Qt.Key


@usecase("Write into items")
def write(tx: Session, *, contents: list[str]) -> None:
    items = tx.scalars(select(AgendaItem).order_by(AgendaItem.id)).all()
    for item, text in zip(items, contents, strict=False):
        item.contents = text


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office with five finds: three times a phone, a name in brackets, a resident number."""
    path = tmp_path / "작은 사무국.gwoffice"
    with Store.create(path) as store:
        offices.small(store)
        phone = "062-000-0000"
        contents = [
            f"문의 {phone} 또는 {phone}",
            "<b>가상밖</b> 님이 낸 의견",
            f"{phone}, 번호 000101-3000008",
        ]
        store.run(write, contents=contents)
    return path


@pytest.fixture
def dialog(window_on, office: Path) -> Iterator[TextsDialog]:
    window = window_on(office)
    made = decide_on_texts(window, window.shell.desk)
    spin(lambda: made.work is None, 15)
    rest(window)
    yield made
    if isValid(made):
        made.close()
    rest(window)


def press(dialog: TextsDialog, *keys: Key) -> None:
    for key in keys:
        QTest.keyClick(dialog.focusWidget(), key)
        rest(dialog.parentWidget())


def click(dialog: TextsDialog, button) -> None:
    window = dialog.parentWidget()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    rest(window)


def states(dialog: TextsDialog) -> list[bool | None]:
    return [line.find.decision and line.find.decision.shown for line in dialog.lines]


def kept(dialog: TextsDialog) -> int:
    found = texts.finds(dialog.desk.store, policy.load())
    return len(found) - len(texts.undecided(found))


def test_keys_decide_and_go_on(dialog: TextsDialog) -> None:
    assert dialog.filter.current() == OPEN and dialog.undecided == 5
    assert "5" in dialog.progress.text() and "0" in dialog.progress.text()
    dialog.filter.parts[ALL].click()
    dialog.list.setFocus()
    press(dialog, Key.Key_Left)
    assert states(dialog) == [False, None, None, None, None] and kept(dialog) == 1
    press(dialog, Key.Key_Return)
    assert dialog.list.currentIndex().row() == 1
    # Showing needs a reason: the field is asked for it, and Enter there shows.
    press(dialog, Key.Key_Right)
    assert dialog.focusWidget() is dialog.reason and dialog.why.error.text()
    QTest.keyClicks(dialog.reason, "office number")
    press(dialog, Key.Key_Return)
    assert states(dialog)[1] is True and dialog.focusWidget() is dialog.list
    assert "office number" in dialog.note.text()
    # The reason stays for the next one.
    press(dialog, Key.Key_Enter, Key.Key_S, Key.Key_Enter, Key.Key_M)
    assert states(dialog) == [False, True, True, False, None]
    press(dialog, Key.Key_Return, Key.Key_Right)
    assert dialog.refusal.text() and states(dialog)[4] is None and not dialog.show_it.isEnabled()
    assert dialog.isVisible() and kept(dialog) == 4


def test_the_same_expression_is_decided_at_once_and_undone(dialog: TextsDialog) -> None:
    assert dialog.same.isVisible() and "3" in dialog.same.text()
    QTest.keyClicks(dialog.reason, "office number")
    box = QPoint(8, dialog.same.height() // 2)
    QTest.mouseClick(dialog.same, Qt.MouseButton.LeftButton, pos=box)
    assert dialog.same.value()
    click(dialog, dialog.show_it)
    assert dialog.undecided == 2 and kept(dialog) == 3
    # What is decided left the list of undecided ones; the next stands in its place.
    assert dialog.list.model().rowCount() == 2 and dialog.list.current() == 3
    click(dialog, dialog.filter.parts[CLOSED])
    assert dialog.list.model().rowCount() == 3
    QTest.keyClick(dialog.list, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    rest(dialog.parentWidget())
    assert dialog.undecided == 5 and not dialog.undo.isEnabled()
    assert dialog.front.currentWidget() is dialog.none


def test_all_are_masked_taken_back_and_nothing_is_left(dialog: TextsDialog) -> None:
    click(dialog, dialog.mask_all)
    assert dialog.undecided == 0 and not dialog.mask_all.isEnabled()
    assert dialog.front.currentWidget() is dialog.none and not dialog.details.isEnabled()
    click(dialog, dialog.filter.parts[ALL])
    assert dialog.again.isVisible()
    click(dialog, dialog.again)
    assert dialog.undecided == 1 and not dialog.again.isVisible()


def test_the_find_is_marked_and_what_people_wrote_is_no_markup(dialog: TextsDialog) -> None:
    dialog.list.choose(3)
    rest(dialog.parentWidget())
    assert dialog.excerpt.toPlainText() == "<b>가상밖</b> 님이 낸 의견"
    (mark,) = dialog.excerpt.extraSelections()
    assert mark.cursor.selectedText() == "가상밖"
    dialog.list.choose(5)
    rest(dialog.parentWidget())
    assert "000101-3******" in dialog.excerpt.toPlainText() and dialog.note.text()


def test_a_click_opens_the_record(dialog: TextsDialog) -> None:
    window = dialog.parentWidget()
    dialog.list.choose(3)
    rest(window)
    assert dialog.record.isVisible()
    QTest.mouseClick(dialog.record, Qt.MouseButton.LeftButton)
    rest(window)
    assert window.shell.rooms.here.key == "meetings"


def test_a_text_changed_meanwhile_is_looked_through_again(dialog: TextsDialog) -> None:
    dialog.desk.store.run(write, contents=["이름 없음"])
    dialog.on_mask()
    spin(lambda: len(dialog.lines) == 3, 15)
    rest(dialog.parentWidget())
    assert dialog.refusal.text() and dialog.undecided == 3


def test_nothing_to_decide_on_is_said(window_on, office: Path) -> None:
    with Store.open(office) as store:
        store.run(write, contents=["가", "나", "다"])
    window = window_on(office)
    dialog = decide_on_texts(window, window.shell.desk)
    # Closed while it looks: the work ends with it.
    dialog.close()
    rest(window)
    dialog = decide_on_texts(window, window.shell.desk)
    spin(lambda: dialog.work is None, 15)
    rest(window)
    assert dialog.none.title.text() and dialog.front.currentWidget() is dialog.none
    press(dialog, Key.Key_Left, Key.Key_Right, Key.Key_Return)
    click(dialog, dialog.button)
    assert not isValid(dialog)
