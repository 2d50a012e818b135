"""The order of precedence: presets, by hand, and everything that follows it."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.schema.members import Membership, Term
from db.schema.posts import Post
from db.store import Store, usecase
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import queries as meetings
from gwangju_desktop.meetings import usecases as holding
from gwangju_desktop.members import precedence, usecases

D = dt.date
DAY = D(2022, 3, 11)
# name, role, capacity, field, place of the post in the order of offices, voting
SEATS = (
    ("하장", "co_chair", "ex_officio", "", 1, True),
    ("가장", "co_chair", "appointed", "", None, True),
    ("차부", "vice_chair", "appointed", "", None, True),
    ("타국", "member", "ex_officio", "", 20, True),
    ("파국", "member", "ex_officio", "", 3, True),
    ("나위", "member", "appointed", "시민사회", None, True),
    ("바위", "member", "appointed", "산업", None, True),
    ("다위", "member", "appointed", "시민사회", None, True),
    ("라위", "member", "appointed", "", None, True),
    ("아간", "secretary", "ex_officio", "", 9, False),
    ("마간", "secretary", "appointed", "", None, True),
    ("사참", "observer", "appointed", "", None, False),
)
OFFICE = [
    "하장",
    "가장",
    "차부",
    "마간",
    "파국",
    "타국",
    "바위",
    "나위",
    "다위",
    "라위",
    "아간",
    "사참",
]
APPOINTED = [
    "가장",
    "하장",
    "차부",
    "마간",
    "바위",
    "나위",
    "다위",
    "라위",
    "파국",
    "타국",
    "아간",
    "사참",
]


@usecase("Fill the body")
def fill(tx, *, body_id: int) -> list[int]:
    """Seat everybody of SEATS, with posts and a term."""
    term = Term(body_id=body_id, number=2, starts_on=D(2021, 2, 25), ends_on=None)
    tx.add(term)
    tx.flush()
    made = []
    for name, role, capacity, field, office, voting in SEATS:
        person = usecases.add_person(tx, name=name, fictional=True)
        made.append(
            usecases.add_membership(
                tx,
                person_id=person,
                body_id=body_id,
                starts_on=D(2021, 2, 25),
                role=role,
                capacity=capacity,
                voting=voting,
            )
        )
        row = tx.get_one(Membership, made[-1])
        row.field, row.term_id = field, term.id
        if office is not None:
            post = Post(organisation_id=None, name_ko=f"가상 직위 {office}", position=office)
            tx.add(post)
            tx.flush()
            row.post_id = post.id
    return made


@pytest.fixture
def body(store):
    made = store.run(usecases.add_body, name_ko="가상위원회").value
    store.run(fill, body_id=made)
    return made


def names(store, body, on=DAY):
    with store.reading() as read:
        return [row.name for row in precedence.ordered(read, body, on)]


def seat_of(store, body, name):
    with store.reading() as read:
        return next(r.id for r in precedence.ordered(read, body, DAY) if r.name == name)


@pytest.mark.file_only
def test_presets_put_chairs_offices_fields_and_names_in_order(store, body):
    assert names(store, body) == OFFICE
    store.run(precedence.set_precedence, body_id=body, preset="appointed_first")
    assert names(store, body) == APPOINTED
    assert names(store, body, D(2021, 2, 24)) == []
    with store.reading() as read:
        row = precedence.ordered(read, body, DAY)[0]
    assert (row.term, row.office, row.voting) == (2, None, True)


@pytest.mark.file_only
def test_a_seat_moved_by_hand_writes_one_row_and_is_undone(store, body):
    first = store.run(precedence.move_seat, id=seat_of(store, body, "다위"), by=-2)
    moved = [*OFFICE[:6], "다위", "바위", "나위", *OFFICE[9:]]
    assert names(store, body) == moved
    assert len({row.pk for row in first.rows if row.table == "membership"}) == len(SEATS)
    second = store.run(precedence.move_seat, id=seat_of(store, body, "사참"), to=0)
    assert names(store, body) == ["사참", *moved[:-1]]
    assert [row.table for row in second.rows] == ["membership"]
    store.undo()
    assert names(store, body) == moved
    store.undo()
    assert names(store, body) == OFFICE


def test_new_members_stand_last_and_reappointed_ones_where_they_stood(store, body):
    store.run(precedence.move_seat, id=seat_of(store, body, "라위"), to=0)
    store.run(
        usecases.add_member,
        person={"name": "가새"},
        membership={"body_id": body, "starts_on": D(2022, 1, 1)},
    )
    assert names(store, body)[0] == "라위"
    assert names(store, body)[-1] == "가새"
    seat = seat_of(store, body, "라위")
    store.run(usecases.end_membership, id=seat, ends_on=D(2023, 2, 24), reason="term")
    store.run(usecases.renew_membership, id=seat, years=2)
    assert names(store, body, D(2023, 3, 1))[0] == "라위"
    one = store.run(precedence.move_seat, id=seat_of(store, body, "가새"), by=-1)
    assert names(store, body)[-2] == "가새"
    assert {(row.table, *row.pk) for row in one.rows} == {
        ("membership", seat_of(store, body, "가새"))
    }


@pytest.mark.file_only
def test_an_order_by_hand_is_found_again_after_a_preset(store, body):
    store.run(precedence.set_precedence, body_id=body, preset="custom")
    assert names(store, body) == OFFICE
    store.run(precedence.move_seat, id=seat_of(store, body, "하장"), by=1)
    by_hand = names(store, body)
    store.run(precedence.set_precedence, body_id=body, preset="office")
    assert names(store, body) == OFFICE
    store.run(precedence.set_precedence, body_id=body, preset="custom")
    assert names(store, body) == by_hand


@pytest.mark.file_only
def test_what_cannot_be_ordered_is_said(store, body):
    with pytest.raises(UserError):
        store.run(precedence.set_precedence, body_id=body, preset="alphabet")
    with pytest.raises(UserError, match="77777"):
        store.run(precedence.move_seat, id=77777, by=1)
    with pytest.raises(UserError, match=r"2021\. 1\. 1\."):
        store.run(precedence.move_seat, id=seat_of(store, body, "하장"), by=1, on=D(2021, 1, 1))


def test_the_attendance_sheet_follows_the_body(store, body):
    meeting = store.run(
        holding.add_meeting,
        body_id=body,
        starts_at=dt.datetime(2022, 3, 17, 14, 0, tzinfo=clock.KST),
        minutes=90,
    ).value

    def sheet():
        with store.reading() as read:
            return [row.name for row in meetings.attendance(read, meeting_id=meeting)]

    assert sheet() == OFFICE
    store.run(precedence.move_seat, id=seat_of(store, body, "사참"), to=0)
    assert sheet() == ["사참", *OFFICE[:-1]]


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(SEATS))), st.sampled_from(["office", "appointed_first"]))
def test_the_order_does_not_depend_on_the_order_rows_come_in(mixed, preset):
    rows = [
        precedence.SeatRow(
            n, n, name, "", "", True, role, capacity, voting, "", "", "", None, office,
            field, None, None, DAY, None, 1, None,
        )
        for n, (name, role, capacity, field, office, voting) in enumerate(SEATS)
    ]  # fmt: skip
    expected = OFFICE if preset == "office" else APPOINTED
    assert [row.name for row in precedence.order([rows[n] for n in mixed], preset)] == expected


@pytest.fixture(scope="module")
def seated(_empty_office, tmp_path_factory):
    """An office whose body has its seats, made once and copied."""
    path = tmp_path_factory.mktemp("order") / "office.gwoffice"
    shutil.copy(_empty_office, path)
    with Store.open(path) as store:
        body = store.run(usecases.add_body, name_ko="가상위원회").value
        store.run(fill, body_id=body)
    return path, body


@settings(max_examples=15, deadline=None)
@given(moves=st.lists(st.tuples(st.integers(0, 11), st.integers(-12, 12)), max_size=14))
def test_any_moves_leave_the_order_a_list_would_have(moves, seated, tmp_path_factory):
    path = tmp_path_factory.mktemp("order") / "office.gwoffice"
    shutil.copy(seated[0], path)
    body = seated[1]
    with_seats = Store.open(path)
    try:
        naive = list(OFFICE)
        for at, by in moves:
            name = naive.pop(at)
            naive.insert(max(0, min(len(naive), at + by)), name)
            with_seats.run(precedence.move_seat, id=seat_of(with_seats, body, name), by=by)
            assert names(with_seats, body) == naive
    finally:
        with_seats.close()
