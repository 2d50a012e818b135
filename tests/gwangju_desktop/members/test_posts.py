"""Posts and the seats that go with them: one change of holder reaches every body, or nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from db.schema.members import Membership
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import postlists, posts, usecases
from tests.gwangju_desktop.meetings import lives

D = dt.date


@pytest.fixture
def office(store):
    """A post with a holder since 2021 and a seat in two bodies; a successor."""

    class Office:
        pass

    held = Office()
    held.store = store
    held.bodies = [
        store.run(usecases.add_body, name_ko=name).value for name in ("가상위원회", "가상연대")
    ]
    held.first, held.second = (
        store.run(usecases.add_person, name=name, fictional=True).value
        for name in ("김가상", "이가상")
    )
    held.post = store.run(
        posts.add_post, name_ko="환경국장", name_en="Head of environment", organisation="가상광역시"
    ).value
    held.holding = store.run(
        posts.add_holding, post_id=held.post, person_id=held.first, starts_on=D(2021, 1, 4)
    ).value
    held.seats = [
        store.run(
            posts.add_seat,
            post_id=held.post,
            body_id=body,
            starts_on=D(2021, 2, 25),
            source="제2조",
        ).value
        for body in held.bodies
    ]
    return held


def sitting(store) -> list[tuple]:
    query = select(
        Membership.body_id,
        Membership.person_id,
        Membership.starts_on,
        Membership.ends_on,
        Membership.end_reason,
    ).order_by(Membership.body_id, Membership.starts_on)
    with store.reading() as read:
        return [tuple(row) for row in read.execute(query).all()]


def meeting(store, body, day, held=True):
    starts = dt.datetime(day.year, day.month, day.day, 14, tzinfo=clock.KST)
    id = store.run(meetings.add_meeting, body_id=body, starts_at=starts).value
    if held:
        lives.held(store, id, starts)
    return id


@pytest.mark.file_only
def test_a_seat_of_a_post_seats_its_holder(office) -> None:
    first, second = office.bodies
    assert sitting(office.store) == [
        (first, office.first, D(2021, 2, 25), None, None),
        (second, office.first, D(2021, 2, 25), None, None),
    ]
    with office.store.reading() as read:
        row = read.scalars(select(Membership)).first()
        assert (row.capacity, row.post, row.post_id) == ("ex_officio", "환경국장", office.post)


@pytest.mark.file_only
def test_a_change_of_holder_updates_every_body_in_one_step(office) -> None:
    store = office.store
    first, second = office.bodies
    before = sitting(store)
    head = store.head()
    store.run(posts.change_holder, post_id=office.post, person_id=office.second, on=D(2022, 3, 2))
    assert store.head() == head + 1
    after = [
        row
        for body in (first, second)
        for row in (
            (body, office.first, D(2021, 2, 25), D(2022, 3, 1), "post_changed"),
            (body, office.second, D(2022, 3, 2), None, None),
        )
    ]
    assert sitting(store) == after
    store.undo()
    assert sitting(store) == before
    store.redo()
    assert sitting(store) == after


def test_meetings_ahead_follow_and_held_ones_never_change(office) -> None:
    store = office.store
    body = office.bodies[0]
    meeting(store, body, D(2022, 2, 10))
    ahead = meeting(store, body, D(2022, 4, 10), held=False)
    before = sitting(store)
    with pytest.raises(UserError, match=r"2022\. 2\. 10\."):
        store.run(
            posts.change_holder, post_id=office.post, person_id=office.second, on=D(2022, 2, 1)
        )
    assert sitting(store) == before
    with store.reading() as read:
        told = postlists.effects(
            read, post_id=office.post, person_id=office.second, on=D(2022, 2, 1)
        )
    assert ["2022. 2. 10." in row.trouble for row in told] == [True, False]
    store.run(posts.change_holder, post_id=office.post, person_id=office.second, on=D(2022, 3, 2))
    from gwangju_desktop.meetings import queries

    with store.reading() as read:
        assert [row.name for row in queries.attendance(read, meeting_id=ahead)] == ["이가상"]
    with pytest.raises(UserError):
        store.run(posts.remove_holding, id=office.holding)
    with pytest.raises(UserError):
        store.run(posts.edit_seat, id=office.seats[0], voting=False)


@pytest.mark.file_only
def test_who_sat_by_office_before_the_post_was_entered_is_taken_over(office) -> None:
    store = office.store
    body = store.run(usecases.add_body, name_ko="옛위원회").value
    old = store.run(
        usecases.add_membership,
        person_id=office.first,
        body_id=body,
        capacity="ex_officio",
        starts_on=D(2021, 2, 25),
    ).value
    store.run(posts.add_seat, post_id=office.post, body_id=body, starts_on=D(2021, 2, 25))
    with store.reading() as read:
        row = read.get_one(Membership, old)
        assert (row.post_id, row.starts_on) == (office.post, D(2021, 2, 25))


@pytest.mark.file_only
def test_a_new_holder_who_sits_there_by_appointment_is_refused_naming_the_dates(office) -> None:
    store = office.store
    store.run(
        usecases.add_membership,
        person_id=office.second,
        body_id=office.bodies[1],
        starts_on=D(2021, 5, 1),
        ends_on=D(2023, 4, 30),
    )
    asked = {"post_id": office.post, "person_id": office.second, "on": D(2022, 3, 2)}
    with store.reading() as read:
        told = postlists.effects(read, **asked)
    assert [bool(row.trouble) for row in told] == [False, True]
    with pytest.raises(UserError, match=r"2021\. 5\. 1\..*2023\. 4\. 30\."):
        store.run(posts.change_holder, **asked)


@pytest.mark.file_only
def test_a_holder_ends_and_the_post_is_vacant(office) -> None:
    store = office.store
    store.run(posts.end_holding, id=office.holding, ends_on=D(2022, 6, 30), reason="resigned")
    assert {row[3:] for row in sitting(store)} == {(D(2022, 6, 30), "resigned")}
    with store.reading() as read:
        assert postlists.post_rows(read, ids=[office.post], on=D(2022, 7, 1))[0].holder == ""
    store.run(posts.change_holder, post_id=office.post, person_id=office.second, on=D(2022, 9, 1))
    assert len(sitting(store)) == 4


@pytest.mark.file_only
def test_two_holders_at_one_time_are_refused(office) -> None:
    store = office.store
    for verb, asked in (
        (posts.add_holding, {"starts_on": D(2022, 1, 1), "person_id": office.second}),
        (posts.change_holder, {"on": D(2022, 1, 1), "person_id": office.first}),
        (posts.change_holder, {"on": D(2021, 1, 4), "person_id": office.second}),
    ):
        with pytest.raises(UserError, match=r"2021\. 1\. 4\."):
            store.run(verb, post_id=office.post, **asked)
    store.run(
        posts.add_holding,
        post_id=office.post,
        person_id=office.second,
        starts_on=D(2019, 1, 1),
        ends_on=D(2021, 1, 3),
    )
    assert len(sitting(store)) == 2


@pytest.mark.file_only
def test_an_ended_or_removed_seat_takes_its_memberships_along(office) -> None:
    store = office.store
    store.run(posts.end_seat, id=office.seats[0], ends_on=D(2022, 12, 31))
    store.run(posts.remove_seat, id=office.seats[1])
    assert sitting(store) == [
        (office.bodies[0], office.first, D(2021, 2, 25), D(2022, 12, 31), "post_changed")
    ]
    with pytest.raises(UserError):
        store.run(
            posts.add_seat,
            post_id=office.post,
            body_id=office.bodies[0],
            starts_on=D(2022, 12, 31),
        )
    store.undo()
    store.undo()
    assert len(sitting(store)) == 2


@pytest.mark.file_only
def test_a_dissolved_body_is_not_followed_into(office) -> None:
    store = office.store
    store.run(usecases.edit_body, id=office.bodies[0], dissolved_on=D(2022, 1, 31))
    store.run(posts.change_holder, post_id=office.post, person_id=office.second, on=D(2022, 3, 2))
    assert [row for row in sitting(store) if row[0] == office.bodies[0]] == [
        (office.bodies[0], office.first, D(2021, 2, 25), D(2022, 1, 31), "dissolved")
    ]


def test_days_of_a_seat_by_post_are_changed_at_the_post(office) -> None:
    store = office.store
    with store.reading() as read:
        id = read.scalars(select(Membership.id)).first()
    with pytest.raises(UserError, match="환경국장"):
        store.run(usecases.end_membership, id=id, ends_on=D(2022, 1, 1), reason="resigned")
    with pytest.raises(UserError, match="환경국장"):
        store.run(usecases.remove_membership, id=id)
    store.run(usecases.edit_membership, id=id, note="비고")


def test_posts_stand_in_the_order_of_offices_and_are_found(office) -> None:
    store = office.store
    second = store.run(posts.add_post, name_ko="기후정책과장").value
    third = store.run(posts.add_post, name_ko="의회사무처장").value
    with pytest.raises(UserError):
        store.run(posts.add_post, name_ko="환경국장", organisation="가상광역시")
    store.run(posts.move_post, id=third, by=-2)

    def ids(**asked):
        with store.reading() as read:
            return list(postlists.post_ids(read, **asked))

    assert ids() == [third, office.post, second]
    assert ids(words="ㄱㅎㅈㅊ") == [second]
    assert ids(words="김가상") == [office.post]
    with store.reading() as read:
        row = postlists.post_rows(read, ids=[office.post], on=D(2022, 1, 1))[0]
        assert (row.holder, row.since, row.bodies) == (
            "김가상",
            D(2021, 1, 4),
            ("가상위원회", "가상연대"),
        )
        whole = postlists.post(read, id=office.post)
        assert [seat.source for seat in whole.seats] == ["제2조", "제2조"]
        with pytest.raises(UserError, match="77"):
            postlists.post(read, id=77)
    store.run(posts.edit_post, id=office.post, name_ko="기후환경국장")
    with store.reading() as read:
        assert set(read.scalars(select(Membership.post))) == {"기후환경국장"}
    with pytest.raises(UserError, match="기후환경국장"):
        store.run(posts.remove_post, id=office.post)
    store.run(posts.remove_post, id=second)
    assert ids() == [third, office.post]


@pytest.mark.file_only
def test_a_seat_by_office_from_outside_goes_with_the_post_of_its_name(office) -> None:
    store, body = office.store, office.bodies[0]
    before = {"person_id": office.second, "days": (D(2020, 1, 1), D(2021, 1, 3))}
    with store.reading() as read:
        for title in ("환경국장", " 환경국장 ", "head of Environment"):
            found = posts.post_named(read, body, title, **before)
            assert found is not None and found.id == office.post
        assert posts.post_named(read, body, "") is None
        assert posts.post_named(read, body, "교통국장") is None
        # Another is recorded as the holder on these days, and a file does not decide who is right.
        same_days = (D(2021, 1, 3), None)
        assert posts.post_named(read, body, "환경국장", person_id=0, days=same_days) is None
        assert posts.post_named(read, body, "환경국장", person_id=office.first, days=same_days)
    store.run(posts.remove_seat, id=office.seats[1])
    store.run(posts.add_post, name_ko="환경국장", organisation="가상구")
    with store.reading() as read:
        assert posts.post_named(read, office.bodies[1], "환경국장") is None
        assert posts.post_named(read, body, "환경국장").id == office.post


@pytest.mark.file_only
def test_a_seat_tied_from_outside_ends_on_the_eve_of_the_first_holder(store) -> None:
    body = store.run(usecases.add_body, name_ko="가상위원회").value
    post = store.run(posts.add_post, name_ko="환경국장").value
    store.run(posts.add_seat, post_id=post, body_id=body, starts_on=D(2021, 1, 1))
    old, new = (
        store.run(usecases.add_person, name=name, fictional=True).value
        for name in ("김가상", "이가상")
    )
    store.run(
        usecases.add_membership,
        person_id=old,
        body_id=body,
        capacity="ex_officio",
        post="환경국장",
        post_id=post,
        starts_on=D(2021, 1, 1),
    )
    store.run(posts.change_holder, post_id=post, person_id=new, on=D(2022, 3, 2))
    assert sitting(store) == [
        (body, old, D(2021, 1, 1), D(2022, 3, 1), "post_changed"),
        (body, new, D(2022, 3, 2), None, None),
    ]
