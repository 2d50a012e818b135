"""The roll by its keys and buttons, on a real office in the real window."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from gwangju_desktop import text
from gwangju_desktop.members import queries
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from ui.members.dialogs import (
    AddMemberDialog,
    AddSeatDialog,
    EditSeatDialog,
    EndSeatDialog,
)
from ui.members.person_dialog import PersonDialog

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key


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


def show(page, name: str) -> None:
    """Choose somebody by the list and wait for the card."""
    page.list.choose(page.model.order[names(page).index(name)])
    spin(lambda: page.card.record and page.card.record.name == name)


def dialog(page, kind):
    spin(lambda: page.window().findChild(kind) is not None)
    return page.window().findChild(kind)


def read(page, query, **asked):
    with page.desk.store.reading() as session:
        return query(session, **asked)


# --- looking


def test_the_page_opens_on_the_committee(shared_page) -> None:
    page = shared_page
    assert page.model.rowCount() == 35
    assert page.heading.text() == "광주광역시 탄소중립도시추진위원회"
    assert page.foot.text() == "35명 · 당연직 12 · 위촉직 23 · 공석 0"
    assert page.ratios.sexes_chip.sentence() == "여 9 · 남 14 (각 13 이하)"
    assert page.ratios.sexes.accessibleName() == "위촉직 여 9명, 남 14명"
    assert page.model.cell(0, 0).sub.endswith("가상")


def test_the_card_follows_the_arrow_keys(shared_page) -> None:
    page = shared_page
    focus(page.list)
    QTest.keyClick(page.list, KEY.Key_Home)
    spin(lambda: page.card.record is not None)
    first = page.card.record.name
    QTest.keyClick(page.list, KEY.Key_Down)
    spin(lambda: page.card.record.name != first)
    show(page, "나현서")
    assert page.card.due.sentence() == "임기 만료 D-14"
    assert page.card.came.text() == "최근 2회 중 2회(100%)"
    assert "OGP 운영위" in page.card.terms.accessibleName()


def test_searching_takes_names_organisations_and_initials(shared_page) -> None:
    page = shared_page
    for words, found in (("YMCA", ["나현서"]), ("ㄴㅎㅅ", ["나현서"]), ("없는사람", [])):
        type_into(page.tools.search, words)
        spin(lambda found=found: names(page) == found)
    assert page.hollow.currentWidget() is page.hollow.empty


def test_the_roll_of_another_day_is_another_roll(shared_page) -> None:
    page = shared_page
    type_into(page.tools.day, "2021. 2. 24.")
    QTest.keyClick(page.tools.day, KEY.Key_Return)
    spin(lambda: page.model.rowCount() == 0)
    type_into(page.tools.day, "2022-03-26")
    QTest.keyClick(page.tools.day, KEY.Key_Return)
    spin(lambda: page.model.rowCount() == 31)
    type_into(page.tools.day, "2022-02-30")
    QTest.keyClick(page.tools.day, KEY.Key_Return)
    assert page.tools.day.property("wrong")
    assert page.model.rowCount() == 31


def said(box) -> str:
    """Return all words inside a widget."""
    return "\n".join(label.text() for label in box.findChildren(QLabel))


def test_a_body_shows_its_names_and_its_rules(shared_page) -> None:
    page = shared_page
    click(page.tools.about)
    spin(lambda: page.body_card.record is not None)
    assert page.side.currentWidget() is page.body_card
    spin(lambda: "과반수" in said(page.body_card.rules))
    assert "각종위원회" in said(page.body_card.rules)
    monitoring = next(node for node in page.nodes if node.kind == "monitoring")
    page.open(monitoring.id, "body")
    spin(lambda: page.model.rowCount() == 2)


def test_names_of_bodies_follow_the_language(shared_page, shared_window) -> None:
    page = shared_page
    shared_window.shell.speak("en")
    spin(lambda: page.heading.text() == "Carbon-Neutral City Promotion Committee")
    assert page.tools.body.currentText().startswith("Committee")
    shared_window.shell.speak("ko")
    assert text.language() == "ko"


# --- changing


def test_a_member_is_added_with_an_organisation_and_the_usual_term(page) -> None:
    focus(page.list)
    QTest.keyClick(page.list, KEY.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = dialog(page, AddMemberDialog)
    type_into(form.person.name.field, "새봄이")
    type_into(form.seat.organisation.field, "가상모임")
    type_into(form.seat.starts_on.field, "2022-03-01")
    QTest.keyClick(form.seat.starts_on.field, KEY.Key_Tab)
    assert form.seat.ends_on.field.value() == dt.date(2024, 2, 29)
    click(form.button)
    spin(lambda: "새봄이" in names(page))
    spin(lambda: page.card.record and page.card.record.name == "새봄이")
    spin(lambda: page.foot.text().startswith("36명"))
    page.desk.undo()
    spin(lambda: "새봄이" not in names(page))


def test_a_refused_form_stays_open_and_keeps_what_was_typed(page) -> None:
    click(
        next(
            b for b in page.findChildren(type(page.tools.about)) if b.text().strip() == "위원 추가"
        )
    )
    form = dialog(page, AddMemberDialog)
    type_into(form.person.name.field, "새봄이")
    type_into(form.seat.post.field, "900101-1234567")
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    assert "주민등록번호" in form.refusal.text()
    assert form.person.name.value() == "새봄이"
    type_into(form.seat.post.field, "위원")
    type_into(form.seat.ends_on.field, "2020-01-01")
    click(form.button)
    spin(lambda: "앞섭니다" in form.refusal.text())
    form.reject()


def test_a_second_seat_in_the_same_body_is_refused(page) -> None:
    show(page, "나현서")
    click(page.card.adding)
    form = dialog(page, AddSeatDialog)
    assert form.seat.organisation.value() == "광주YMCA"
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    assert "재직" in form.refusal.text()
    form.reject()


def test_ending_and_reappointing_from_the_card(page) -> None:
    show(page, "나현서")
    id = page.card.id
    click(page.card.renewing)
    spin(lambda: len(read(page, queries.member, id=id).memberships) == 3)
    show(page, "고은수")
    click(page.card.ending)
    form = dialog(page, EndSeatDialog)
    type_into(form.ends_on.field, "2022-03-10")
    click(form.button)
    spin(lambda: "고은수" not in names(page))


def test_editing_a_person_and_a_seat(page) -> None:
    show(page, "나현서")
    focus(page.list)
    QTest.keyClick(page.list, KEY.Key_Return)
    form = dialog(page, PersonDialog)
    type_into(form.person.phone.field, "010-1111-2222")
    click(form.button)
    spin(lambda: page.card.phone.value.text() == "010-****-2222")
    rest(page.window())
    click(page.card.rows[0].button)
    seat = dialog(page, EditSeatDialog)
    type_into(seat.seat.post.field, "국장")
    click(seat.button)
    spin(lambda: any(row.seat.post == "국장" for row in page.card.rows))


def test_a_search_without_hits_and_a_day_that_is_none_are_said(shared_page) -> None:
    page = shared_page
    type_into(page.tools.search, "없는사람")
    rest(page.window())
    assert page.hollow.currentWidget() is page.empty
    assert page.empty.title.text() == "찾은 위원이 없습니다"
    page.tools.search.clear()
    rest(page.window())
    assert page.hollow.currentWidget() is page.list
    type_into(page.tools.day, "2022-13-40")
    QTest.keyClick(page.tools.day, KEY.Key_Return)
    assert page.tools.wrong_day.isVisible() and "2022-13-40" in page.tools.no_day.text()
    type_into(page.tools.day, "2010-01-01")
    QTest.keyClick(page.tools.day, KEY.Key_Return)
    rest(page.window())
    assert page.tools.wrong_day.isHidden()
    assert page.empty.title.text() == "기준일에 재직한 위원이 없습니다"
