"""The pane of posts by its keys and buttons, on a real office in the real window."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gwangju_desktop.members import postlists, queries, usecases
from gwangju_desktop.members import posts as verbs
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from ui.members.post_forms import ChangeHolderDialog, HoldingDialog, PostDialog, PostSeatDialog

D, KEY = dt.date, Qt.Key


@pytest.fixture
def page(window):
    """The pane with one post that has a holder and seats in two bodies."""
    store = window.shell.desk.store
    with store.reading() as read:
        bodies = [row.id for row in queries.bodies(read)][-2:]
    people = [
        store.run(usecases.add_person, name=name, fictional=True).value
        for name in ("가상국장", "나상국장")
    ]
    post = store.run(verbs.add_post, name_ko="가상환경국장", organisation="가상청").value
    store.run(verbs.add_holding, post_id=post, person_id=people[0], starts_on=D(2021, 1, 4))
    for body in bodies:
        store.run(verbs.add_seat, post_id=post, body_id=body, starts_on=D(2021, 3, 2))
    window.shell.go("members")
    rest(window)
    room = window.shell.rooms.page("members")
    room.open(post, "post")
    rest(window)
    pane = room.front
    spin(lambda: pane.card.post is not None and pane.card.post.id == post)
    pane.made = post
    return pane


def dialog(page, kind):
    spin(lambda: page.window().findChild(kind) is not None)
    return page.window().findChild(kind)


def gone(page, kind) -> None:
    spin(lambda: page.window().findChild(kind) is None)


def read(page, query, **asked):
    with page.desk.store.reading() as session:
        return query(session, **asked)


def names(page) -> list[str]:
    return [page.model.cell(n, 0).text for n in range(page.model.rowCount())]


def test_a_post_shows_its_holder_its_seats_and_its_past(page) -> None:
    assert page.card.name.text() == "가상환경국장"
    assert page.card.holder.text() == "가상국장"
    assert len(page.card.post.seats) == 2 and len(page.card.lines) == 3
    type_into(page.search, "ㄱㅅㅎㄱ")
    spin(lambda: names(page) == ["가상환경국장"])


def test_a_change_of_holder_says_what_it_does_and_does_it_in_one_step(page) -> None:
    click(page.card.change)
    form = dialog(page, ChangeHolderDialog)
    spin(lambda: form.told.text() == "기구 2곳의 당연직 위원이 함께 바뀝니다.")
    click(form.button)
    spin(lambda: form.person.wrong_row.isVisible())
    type_into(form.person.field, "나상국장")
    spin(lambda: form.person.value() is not None)
    type_into(form.on.field, "2022-04-01")
    head = page.desk.store.head()
    click(form.button)
    gone(page, ChangeHolderDialog)
    spin(lambda: len(page.card.post.holdings) == 2)
    assert page.desk.store.head() == head + 1
    new = page.card.post.holdings[0]
    sits = read(page, queries.member, id=new.person_id).memberships
    assert [seat.starts_on for seat in sits] == [D(2022, 4, 1)] * 2
    page.desk.undo()
    spin(lambda: len(page.card.post.holdings) == 1)


def test_a_refused_change_stays_open_and_names_the_reason(page) -> None:
    click(page.card.change)
    form = dialog(page, ChangeHolderDialog)
    type_into(form.person.field, "나상국장")
    spin(lambda: form.person.value() is not None)
    type_into(form.on.field, "2021-01-04")
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    assert "가상국장" in form.refusal.text()
    form.reject()


def test_posts_are_added_ordered_and_removed(page) -> None:
    click(page.add)
    form = dialog(page, PostDialog)
    click(form.button)
    spin(lambda: form.refusal_row.isVisible())
    type_into(form.name_ko.field, "가상과장")
    click(form.button)
    gone(page, PostDialog)
    spin(lambda: page.card.post.name_ko == "가상과장")
    before = names(page)
    focus(page.list)
    QTest.keyClick(page.list, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    spin(lambda: names(page) != before)
    assert names(page).index("가상과장") == len(before) - 2
    click(page.card.edit)
    form = dialog(page, PostDialog)
    click(form.removing)
    spin(lambda: "가상과장" not in names(page))


def test_seats_and_holders_are_edited_where_they_stand(page) -> None:
    click(page.card.seat)
    form = dialog(page, PostSeatDialog)
    spin(lambda: form.body.field.count() > 1)
    assert form.starts_on.value() == D(2021, 1, 4)
    form.reject()
    gone(page, PostSeatDialog)
    seat = page.card.lines[0]
    click(seat.button)
    form = dialog(page, PostSeatDialog)
    type_into(form.ends_on.field, "2022-12-31")
    click(form.button)
    spin(lambda: page.card.post.seats[0].ends_on == D(2022, 12, 31))
    rest(page.window())
    click(page.card.lines[-1].button)
    form = dialog(page, HoldingDialog)
    type_into(form.ends_on.field, "2022-06-30")
    form.reason.field.choose("resigned")
    click(form.button)
    spin(lambda: page.card.post.holdings[0].ends_on == D(2022, 6, 30))
    ended = read(page, postlists.post, id=page.made).holdings[0]
    assert ended.end_reason == "resigned"
