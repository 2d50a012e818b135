"""The roll's tree, filters, columns, day slider, several at once, contact behind a record."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from sqlalchemy import select

from db.schema.access import AccessRecord
from gwangju_desktop.members import filters, listing, queries, usecases
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from ui.members.filterbar import NameFilter
from ui.members.several import EndSeveral, FieldSeveral
from ui.members.tree import EVERYBODY

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
D = dt.date


def go(window):
    window.shell.go("members")
    rest(window)
    return window.shell.rooms.page("members").pane("roll")


@pytest.fixture
def page(window):
    return go(window)


@pytest.fixture
def shared_page(shared_window):
    return go(shared_window)


def names(page) -> list[str]:
    return [page.model.cell(n, 0).text for n in range(page.model.rowCount())]


def read(page, query, **asked):
    with page.desk.store.reading() as session:
        return query(session, **asked)


def dialog(page, kind):
    spin(lambda: page.window().findChild(kind) is not None)
    return page.window().findChild(kind)


def branches(page) -> list[str]:
    model = page.tree.model()
    return [model.cell(n, 0).text for n in range(model.rowCount())]


def choose_three(page) -> None:
    focus(page.list)
    QTest.keyClick(page.list, KEY.Key_Home)
    for _n in range(2):
        QTest.keyClick(page.list, KEY.Key_Down, SHIFT)
    spin(page.several.isVisible)


# --- the tree


def test_the_tree_folds_and_chooses_by_keys(shared_page) -> None:
    page = shared_page
    assert branches(page)[:3] == ["전체", "위원회", "비상대책본부"]
    focus(page.tree)
    assert page.tree.current() == page.body_id
    QTest.keyClick(page.tree, KEY.Key_Left)
    assert "비상대책본부" not in branches(page)
    QTest.keyClick(page.tree, KEY.Key_Right)
    QTest.keyClick(page.tree, KEY.Key_Right)
    spin(lambda: page.heading.text().endswith("비상대책본부") or page.model.rowCount() == 9)
    QTest.keyClick(page.tree, KEY.Key_Left)
    spin(lambda: page.model.rowCount() == 35)
    QTest.keyClick(page.tree, KEY.Key_Home)
    spin(lambda: page.body_id is None and page.heading.text() == "전체")
    assert page.tree.current() == EVERYBODY


def test_the_tree_folds_by_the_mouse(shared_page) -> None:
    page = shared_page
    index = page.tree.model().index(1, 0)
    place = page.tree.visualRect(index).topLeft() + QPoint(16, 16)
    QTest.mouseClick(page.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "비상대책본부" not in branches(page)
    QTest.mouseClick(page.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "비상대책본부" in branches(page)


def test_a_narrow_window_chooses_the_body_from_a_list(window_on, sample_office) -> None:
    window = window_on(sample_office, (911, 600))
    page = go(window)
    assert page.left_pane.isHidden() and page.tools.body.isVisible()
    page.tools.body.setCurrentIndex(0)
    spin(lambda: page.body_id is None and page.heading.text() == "전체")


# --- the day


def test_dragging_the_day_shows_who_sat_then(shared_page) -> None:
    page = shared_page
    assert page.tools.slider.isVisible()
    page.tools.slider.setValue(D(2021, 2, 24).toordinal())
    spin(lambda: page.model.rowCount() == 0)
    assert page.tools.day.value() == D(2021, 2, 24)
    page.tools.slider.setValue(D(2022, 3, 26).toordinal())
    spin(lambda: page.model.rowCount() == 31)
    spin(lambda: page.foot.text().startswith("31명"))
    focus(page.tools.slider)
    QTest.keyClick(page.tools.slider, KEY.Key_PageDown)
    spin(lambda: page.on == D(2022, 2, 24))
    assert page.tools.slider.accessibleDescription() == "2022. 2. 24."
    QTest.mouseClick(page.tools.slider, Qt.MouseButton.LeftButton, pos=QPoint(2, 10))
    assert page.on == D(page.on.year, 1, 1)


# --- filters


def test_a_filter_is_saved_applied_renamed_and_removed(page) -> None:
    click(page.tools.sift)
    page.tools.sifting.ending.setCurrentIndex(1)
    spin(lambda: 0 < page.model.rowCount() < 35)
    ending = names(page)
    click(page.tools.sifting.save)
    form = dialog(page, NameFilter)
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    type_into(form.name.field, "곧 만료")
    click(form.button)
    spin(lambda: "곧 만료" in branches(page))
    (kept,) = read(page, filters.filters)
    assert kept.query == {"body_id": page.body_id, "ending": 30}
    click(page.tools.sifting.clear)
    spin(lambda: page.model.rowCount() == 35)
    page.tree.choose(-kept.id)
    spin(lambda: names(page) == ending)
    assert page.tools.sifting.ending.value() == 30 and page.tools.sifting.rename.isVisible()
    rest(page.window())
    click(page.tools.sifting.rename)
    form = dialog(page, NameFilter)
    type_into(form.name.field, "30일")
    click(form.button)
    spin(lambda: "30일" in branches(page))
    rest(page.window())
    page.tree.choose(EVERYBODY)
    page.tree.choose(-kept.id)
    rest(page.window())
    click(page.tools.sifting.remove)
    spin(lambda: "30일" not in branches(page))


# --- columns


def test_columns_are_chosen_and_remembered(shared_page) -> None:
    page = shared_page
    assert "phone" not in page.list.shown_keys() and "email" not in page.list.shown_keys()
    page.window().resize(1920, 900)
    rest(page.window())
    click(page.tools.columns)
    popup = next(w for w in page.children() if type(w).__name__ == "ColumnsPopup")
    popup.checks["phone"].click()
    popup.checks["came"].click()
    popup.close()
    rest(page.window())
    shown = page.list.shown_keys()
    assert "phone" in shown and "came" not in shown
    c = [column.key for column in page.model.columns].index("phone")
    cells = {page.model.cell(n, c).text for n in range(page.model.rowCount())}
    assert all("*" in cell or cell == "–" for cell in cells)
    from ui.members.columns import chosen

    assert "phone" in chosen() and "came" not in chosen()


def test_any_column_sorts_and_a_body_begins_in_precedence(shared_page) -> None:
    page = shared_page
    precedence = names(page)
    assert precedence != sorted(precedence) and sorted(precedence) == sorted(names(page))
    for n, column in enumerate(page.model.columns):
        if column.sort:
            page.list.on_header(n)
            rest(page.window())
            assert sorted(names(page)) == sorted(precedence), column.key
    page.list.on_header(0)
    spin(lambda: names(page) == sorted(precedence))


# --- what leaves the list


def test_copied_rows_hold_what_is_shown_and_nothing_else(shared_page) -> None:
    page = shared_page
    focus(page.list)
    QTest.keyClick(page.list, KEY.Key_Home)
    QTest.keySequence(page.list, QKeySequence(QKeySequence.StandardKey.Copy))
    title, line = QGuiApplication.clipboard().text().split("\n")
    assert title.split("\t")[:3] == ["성명", "소속", "직위"]
    assert line.split("\t")[0] == names(page)[0]
    assert "010-" not in line and "@" not in line


def test_contact_is_masked_until_asked_for_and_each_look_is_recorded(page) -> None:
    with page.desk.store.reading() as session:
        person = listing.member_ids(session)[0]
    page.desk.do(usecases.edit_person, id=person, phone="010-2222-3333", email="gasang@example.kr")
    page.open(person, "person")
    card = page.card
    spin(lambda: card.record and card.record.phone == "010-2222-3333")
    assert card.phone.value.text() == "010-****-3333"
    assert card.mail.value.text() == "ga***@example.kr"

    def records(session):
        return [
            (row.action, row.fields, row.people) for row in session.scalars(select(AccessRecord))
        ]

    assert read(page, records) == []
    click(card.phone.eye)
    spin(lambda: card.phone.value.text() == "010-2222-3333")
    assert card.mail.value.text() == "ga***@example.kr"
    click(card.mail.copy)
    spin(lambda: QGuiApplication.clipboard().text() == "gasang@example.kr")
    assert read(page, records) == [
        ("reveal", ["phone"], [person]),
        ("copy", ["email"], [person]),
    ]
    other = next(id for id in page.model.order if id != person)
    page.list.choose(other)
    spin(lambda: card.record.id == other)
    page.list.choose(person)
    spin(lambda: card.record.id == person)
    assert card.phone.value.text() == "010-****-3333"


# --- changing


def test_the_name_and_the_field_are_edited_in_the_list(page) -> None:
    focus(page.list)
    QTest.keyClick(page.list, KEY.Key_Home)
    id = page.list.current()
    QTest.keyClick(page.list, KEY.Key_F2)
    editor = page.list.focusWidget()
    spin(lambda: page.list.state() == page.list.State.EditingState)
    editor = page.window().focusWidget()
    editor.selectAll()
    editor.insert("새이름")
    QTest.keyClick(editor, KEY.Key_Return)
    spin(lambda: read(page, queries.member, id=id).name == "새이름")
    keys = [column.key for column in page.model.columns]
    n = page.model.place(id)
    assert page.model.setData(page.model.index(n, keys.index("field")), "환경")
    spin(lambda: page.model.row(page.model.place(id)).field == "환경")
    assert page.desk.store.undoable is not None


def test_several_are_changed_in_one_step(page) -> None:
    choose_three(page)
    seats = page.several.seats()
    assert len(seats) == 3 and page.plain_foot.isHidden()
    click(page.several.field)
    form = dialog(page, FieldSeveral)
    type_into(form.field.field, "가상분야")
    click(form.button)

    def fielded() -> int:
        return len(read(page, listing.member_ids, field="가상분야"))

    spin(lambda: fielded() == 3)
    page.desk.undo()
    spin(lambda: fielded() == 0)
    rest(page.window())
    QTest.keyClick(page.list, KEY.Key_End)
    QTest.keyClick(page.list, KEY.Key_Up, SHIFT)
    spin(page.several.isVisible)
    leaving = [row.name for _n, row in page.list.members()]
    click(page.several.end)
    form = dialog(page, EndSeveral)
    type_into(form.ends_on.field, "2022-03-10")
    click(form.button)
    spin(lambda: not set(leaving) & set(names(page)))
    page.desk.undo()
    spin(lambda: set(leaving) <= set(names(page)))


# --- rows from elsewhere


def test_pasted_rows_and_a_dropped_file_are_imported(page, tmp_path) -> None:
    from ui.members.importing import ImportDialog

    focus(page.list)
    QGuiApplication.clipboard().setText("성명\t소속\n가상인\t가상모임\n")
    QTest.keySequence(page.list, QKeySequence(QKeySequence.StandardKey.Paste))
    form = dialog(page, ImportDialog)
    rest(page.window())
    form.reject()
    rest(page.window())
    path = tmp_path / "위원.csv"
    path.write_text("성명,소속\n가상인,가상모임\n", "utf-8")
    page.room.take([path])
    spin(lambda: any(found is not form for found in page.window().findChildren(ImportDialog)))
    rest(page.window())
    for found in page.window().findChildren(ImportDialog):
        found.reject()
