"""Two rows become one person on both databases, with both histories, and back again."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from db.base import Base
from db.schema.meetings import Attendance
from db.schema.members import Membership, Person
from db.schema.people import DistinctPair
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import (
    duplicates,
    erasing,
    erasing_preview,
    merging,
    personrecord,
    posts,
    usecases,
)
from tests.gwangju_desktop.meetings import lives

D = dt.date


def add(store, name, **values):
    return store.run(usecases.add_person, name=name, fictional=True, **values).value


@pytest.fixture
def bodies(store):
    return [store.run(usecases.add_body, name_ko=name).value for name in ("가상위원회", "가상연대")]


def seat(store, person, body, start, end=None, **values):
    return store.run(
        usecases.add_membership,
        person_id=person,
        body_id=body,
        starts_on=start,
        ends_on=end,
        **values,
    ).value


def everything(store) -> dict[str, list]:
    """Every row that names a person, with the persons."""
    with store.reading() as read:
        return {
            table.__tablename__: [
                tuple(row) for row in read.execute(select(table.__table__).order_by(table.id))
            ]
            for table in (Person, DistinctPair, *merging.HISTORY)
        }


def test_every_table_that_names_a_person_is_moved() -> None:
    named = {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.target_fullname == "person.id"
    }
    one = {table.__tablename__ for table in merging.HISTORY}
    # A pair names two people, and is moved by hand.
    assert named == one | {"person", DistinctPair.__tablename__}


def test_both_histories_stay_and_undo_takes_the_merge_back(store, bodies) -> None:
    keep = add(store, "김가상", phone="010-0000-0000")
    other = add(store, "김假想", email="a@example.org", gender="female", phone="010-9999-9999")
    early = seat(store, other, bodies[0], D(2019, 1, 1), D(2020, 12, 31))
    starts = dt.datetime(2020, 5, 1, 14, tzinfo=clock.KST)
    meeting = store.run(meetings.add_meeting, body_id=bodies[0], starts_at=starts).value
    lives.held(store, meeting, starts)
    late = seat(store, keep, bodies[0], D(2021, 1, 1))
    post = store.run(posts.add_post, name_ko="환경국장").value
    store.run(posts.add_holding, post_id=post, person_id=other, starts_on=D(2021, 1, 1))
    store.run(posts.add_seat, post_id=post, body_id=bodies[1], starts_on=D(2021, 1, 1))
    for who in (keep, other):
        store.run(usecases.add_affiliation, person_id=who, organisation="가상단체")
    store.run(usecases.add_alias, person_id=other, name="김가상")
    store.run(
        usecases.give_consent,
        person_id=other,
        field="phone",
        purpose="contact",
        given_on=D(2022, 1, 1),
    )
    before = everything(store)
    store.run(merging.merge_people, keep_id=keep, other_id=other)
    with store.reading() as read:
        seats = read.execute(select(Membership.id, Membership.person_id).order_by(Membership.id))
        assert {tuple(row) for row in seats} >= {(early, keep), (late, keep)}
        sheet = read.execute(select(Attendance.person_id, Attendance.recorded_name)).all()
        assert [tuple(row) for row in sheet] == [(keep, "김假想")]
        held = personrecord.record(read, id=keep)
        with pytest.raises(UserError):
            personrecord.record(read, id=other)
    assert (held.phone, held.email, held.gender) == ("010-0000-0000", "a@example.org", "female")
    assert [row.name for row in held.aliases] == ["김假想"]
    assert len(held.affiliations) == 1 and held.agreed("phone", "contact")
    after = everything(store)
    store.undo()
    assert everything(store) == before
    store.redo()
    assert everything(store) == after
    store.run(posts.change_holder, post_id=post, person_id=add(store, "이가상"), on=D(2022, 1, 1))


@pytest.mark.file_only
def test_days_in_one_body_at_one_time_are_refused_and_named(store, bodies) -> None:
    keep, other = add(store, "김가상"), add(store, "김가상")
    seat(store, keep, bodies[0], D(2021, 2, 25), D(2023, 2, 24))
    seat(store, other, bodies[0], D(2022, 3, 1))
    head = store.head()
    with pytest.raises(UserError) as refused:
        store.run(merging.merge_people, keep_id=keep, other_id=other)
    for said in ("가상위원회", "2021. 2. 25.~2023. 2. 24.", "2022. 3. 1.~"):
        assert said in str(refused.value)
    assert store.head() == head


@pytest.mark.file_only
def test_who_was_merged_is_merged_no_more(store) -> None:
    one, two, three = (add(store, "김가상") for _n in range(3))
    store.run(merging.merge_people, keep_id=two, other_id=three)
    store.run(merging.merge_people, keep_id=one, other_id=two)
    for asked in ((one, two), (three, one), (one, one)):
        with pytest.raises(UserError):
            store.run(merging.merge_people, keep_id=asked[0], other_id=asked[1])
    with store.reading() as read:
        assert read.get_one(Person, three).merged_into_id == one


def found(store, **asked):
    with store.reading() as read:
        return {
            (pair.id, pair.other_id): (pair.score, set(pair.reasons))
            for pair in duplicates.duplicates(read, **asked)
        }


def test_signs_of_one_person_are_weighed(store, bodies) -> None:
    day = D(2021, 2, 25)
    one, two = add(store, "김가상"), add(store, "김가상")
    for who, body in ((one, bodies[0]), (two, bodies[1])):
        seat(store, who, body, day, organisation="가상단체")
    three, four = (
        add(store, "박나리", phone="010-1111-2222"),
        add(store, "박누리", phone="01011112222"),
    )
    five, six = add(store, "Lee Gasang"), add(store, "이가상")
    store.run(usecases.add_alias, person_id=six, name="lee gasang")
    add(store, "최혼자")
    told = found(store)
    assert told[one, two] == (75, {"name", "organisation"})
    assert told[three, four] == (55, {"initials", "phone"})
    assert told[five, six][1] == {"alias"}
    assert set(told) == {(one, two), (three, four), (five, six)}
    assert set(found(store, person_id=six)) == {(five, six)}
    store.run(usecases.edit_person, id=one, gender="male")
    store.run(usecases.edit_person, id=two, gender="female")
    assert (one, two) not in found(store)
    store.run(merging.merge_people, keep_id=five, other_id=six)
    assert (five, six) not in found(store)


def test_a_switchboard_makes_nobody_one(sqlite_store) -> None:
    for name in ("김가나", "김가니", "김가노", "김가누", "김가느"):
        add(sqlite_store, name, phone="062-613-0000", email="office@example.org")
    assert found(sqlite_store) == {}


def pairs_of(store) -> list[tuple[int, int]]:
    with store.reading() as read:
        asked = select(DistinctPair.person_id, DistinctPair.other_id).order_by(DistinctPair.id)
        return [tuple(row) for row in read.execute(asked).all()]


def test_two_who_were_told_apart_are_offered_no_more(store) -> None:
    first, second, third = (add(store, "김가상", phone="010-0000-0000") for _n in range(3))
    assert len(found(store)) == 3
    kept = store.run(merging.keep_apart, person_id=second, other_id=first).value
    assert store.run(merging.keep_apart, person_id=first, other_id=second).value == kept
    assert sorted(found(store)) == [(first, third), (second, third)]
    with pytest.raises(UserError) as refused:
        store.run(merging.keep_apart, person_id=first, other_id=first)
    assert refused.value.hint
    # Whoever is made one with one of them differs from the other too, once.
    before = everything(store)
    store.run(merging.merge_people, keep_id=third, other_id=first)
    assert pairs_of(store) == [(second, third)] and not found(store)
    store.undo()
    assert everything(store) == before
    store.run(merging.keep_apart, person_id=second, other_id=third)
    store.run(merging.merge_people, keep_id=third, other_id=first)
    assert pairs_of(store) == [(second, third)]
    # They were one after all.
    store.run(merging.merge_people, keep_id=third, other_id=second)
    assert pairs_of(store) == []


def test_nobody_erased_stays_told_apart(store) -> None:
    first, second = add(store, "김가상"), add(store, "김가상")
    store.run(merging.keep_apart, person_id=first, other_id=second)
    with store.reading() as read:
        goes = erasing_preview.preview(read, id=second).goes
    assert [line.n for line in goes if line.what == "Pairs known to differ"] == [1]
    erasing.erase(store, id=second)
    assert pairs_of(store) == []
