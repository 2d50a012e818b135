"""The access record and the erasing of a person, by keys and buttons."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from db.schema.members import Person
from gwangju_desktop import clock, offices, text
from gwangju_desktop.members import access
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped
from ui.members.access import reveal
from ui.members.erase import EraseDialog

ACTS = (
    ("reveal", ["phone"], 1, ""),
    ("export", ["phone", "email"], 50, "소집통지"),
    ("print", ["phone"], 3, "비상연락망"),
)


@pytest.fixture
def looked_at(sample_copy):
    """The sample office with a few acts on three days; returns its path and the people."""
    with offices.opened(sample_copy) as store:
        with store.reading() as read:
            people = list(read.scalars(select(Person.id).order_by(Person.id)).all())
        for day, (action, fields, n, reason) in enumerate(ACTS, 1):
            clock.fix(dt.date(2022, 3, day))
            store.run(
                access.record_access,
                action=action,
                fields=fields,
                people=people[day : day + n],
                reason=reason,
            )
    return sample_copy, people


@pytest.fixture
def window(window_on, looked_at):
    return window_on(looked_at[0])


def pane(window):
    window.shell.go("members")
    rest(window)
    page = window.shell.rooms.page("members").show_pane("access")
    rest(window)
    return page


def acts(page) -> list[str]:
    return [page.model.cell(n, 1).chip for n in range(page.model.rowCount())]


def name_of(page, id: int) -> str:
    with page.desk.store.reading() as read:
        return read.get_one(Person, id).name


class Asking(QObject):
    """Somebody who asks to see contact data."""

    def __init__(self) -> None:
        super().__init__()
        self.shown, self.refused = [], []

    def on_shown(self, record) -> None:
        self.shown.append(record)

    def on_refused(self, error) -> None:
        self.refused.append(error)


def test_the_newest_act_is_first_and_shown_whole(window, looked_at) -> None:
    page = pane(window)
    assert acts(page) == ["인쇄", "내보내기", "열람"]
    assert page.meta.text() == "2022. 3. 1.부터 3건" and "1년 이상" in page.kept.text()
    assert page.card.why.text() == "비상연락망" and page.card.people.rowCount() == 3
    first = name_of(page, looked_at[1][3])
    assert page.model.cell(0, 2).text == f"{first} 외 2명"
    assert not clipped(window)


def test_acts_are_found_by_person_act_and_days(window, looked_at) -> None:
    page = pane(window)
    page.action.choose("export")
    rest(window)
    assert acts(page) == ["내보내기"] and page.card.why.text() == "소집통지"
    page.action.choose("")
    type_into(page.search, name_of(page, looked_at[1][1]))
    rest(window)
    assert acts(page) == ["열람"]
    page.search.clear()
    type_into(page.since, "2022-03-02")
    QTest.keyClick(page.since, Qt.Key.Key_Return)
    type_into(page.until, "2022-03-02")
    QTest.keyClick(page.until, Qt.Key.Key_Return)
    rest(window)
    assert acts(page) == ["내보내기"]
    type_into(page.until, "someday")
    QTest.keyClick(page.until, Qt.Key.Key_Return)
    assert page.wrong.isVisible() and acts(page) == ["내보내기"]


def test_whether_the_record_is_untouched_is_verified(window) -> None:
    page = pane(window)
    click(page.checking)
    rest(window)
    assert page.verdict.sentence() == "변조 없음 확인"
    with page.desk.store.office.write.begin() as connection:
        connection.info["permit"] = True
        connection.exec_driver_sql("UPDATE access_record SET who = 'x' WHERE id = 1")
        connection.info["permit"] = False
    click(page.checking)
    rest(window)
    assert page.verdict.sentence() == "변조 1곳"


def test_the_record_is_exported(window, tmp_path) -> None:
    page = pane(window)
    page.action.choose("print")
    rest(window)
    page.save_csv(tmp_path / "기록.csv")
    rest(window)
    lines = (tmp_path / "기록.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 2 and "비상연락망" in lines[1]


def test_a_person_of_an_act_is_opened(window, looked_at) -> None:
    page = pane(window)
    page.card.list.choose_first()
    QTest.keyClick(page.card.list, Qt.Key.Key_Return)
    rest(window)
    roll = window.shell.rooms.page("members").front
    assert roll.card.record.id == looked_at[1][3]


def test_revealing_leaves_one_record_and_no_undo(window, looked_at) -> None:
    page, asking = pane(window), Asking()
    undo = page.desk.store.undoable
    reveal(page.desk, asking.on_shown, asking.on_refused, looked_at[1][:1], ["phone"], "")
    spin(lambda: asking.shown)
    rest(window)
    assert acts(page) == ["열람", "인쇄", "내보내기", "열람"]
    assert page.desk.store.undoable == undo and not asking.refused


def test_where_nothing_can_be_recorded_nothing_is_shown(window_on, looked_at) -> None:
    path, people = looked_at
    with offices.opened(path):
        window = window_on(path)
        asking = Asking()
        reveal(window.shell.desk, asking.on_shown, asking.on_refused, people[:1], ["phone"])
        assert len(asking.refused) == 1 and not asking.shown


def erasing(window, id: int) -> EraseDialog:
    dialog = EraseDialog(window, window.shell.desk, id)
    dialog.open()
    spin(lambda: dialog.known)
    rest(window)
    return dialog


def test_a_person_is_erased_after_the_name_was_typed(window, looked_at) -> None:
    people = looked_at[1]
    page = pane(window)
    name = name_of(page, people[3])
    dialog = erasing(window, people[3])
    assert not dialog.button.isEnabled() and not clipped(dialog)
    type_into(dialog.name.field, name[:-1])
    assert not dialog.button.isEnabled()
    type_into(dialog.name.field, name)
    type_into(dialog.reason.field, "본인 요구")
    click(dialog.button)
    rest(window)
    assert dialog.value.entry and name_of(page, people[3]) == ""
    # A list that was on screen no longer knows the name.
    assert page.model.cell(0, 2).text == f"삭제된 사람({people[3]}번) 외 2명"
    assert window.shell.desk.idle


def test_the_card_of_who_is_erased_shows_nothing(window, looked_at) -> None:
    id = looked_at[1][3]
    window.shell.go("members", id, "person")
    roll = window.shell.rooms.page("members").pane("roll")
    spin(lambda: roll.card.record and roll.card.record.id == id)
    rest(window)
    name, listed = roll.card.record.name, roll.model.rowCount()
    click(roll.card.erasing)
    spin(lambda: window.findChild(EraseDialog) and window.findChild(EraseDialog).known)
    dialog = window.findChild(EraseDialog)
    type_into(dialog.name.field, name)
    click(dialog.button)
    rest(window)
    assert roll.model.place(id) < 0 and roll.model.rowCount() == listed - 1
    assert roll.card.record is None or roll.card.record.id != id
    page = pane(window)
    page.card.list.choose_first()
    QTest.keyClick(page.card.list, Qt.Key.Key_Return)
    rest(window)
    assert window.shell.rooms.page("members").front is page


def test_a_reason_that_names_the_person_is_refused_in_the_form(window, looked_at) -> None:
    page = pane(window)
    name = name_of(page, looked_at[1][3])
    dialog = erasing(window, looked_at[1][3])
    type_into(dialog.name.field, name)
    type_into(dialog.reason.field, f"{name}님")
    click(dialog.button)
    rest(window)
    assert dialog.isVisible() and dialog.refusal.isVisible() and dialog.button.isEnabled()
    assert name_of(page, looked_at[1][3]) == name
    dialog.reject()


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_older_copies_are_named_when_it_is_done(window, looked_at, language: str) -> None:
    path, people = looked_at
    shutil.copy(path, path.with_name(path.name + ".지난달.gwbak"))
    text.use(language)
    dialog = erasing(window, people[3])
    type_into(dialog.name.field, dialog.known.name)
    click(dialog.button)
    rest(window)
    assert dialog.isVisible() and not clipped(dialog)
    said = " ".join(label.text() for label in dialog.inside.findChildren(QLabel))
    assert "지난달.gwbak" in said
    click(dialog.cancel_button)
    assert dialog.result()
