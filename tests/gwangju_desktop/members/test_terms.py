"""Terms of a body, and the appointment of a whole new one in a single step."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from db.schema.members import Membership
from gwangju_desktop import check
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import (
    appointing,
    candidates,
    checks,
    precedence,
    preparation,
    terms,
    usecases,
)

D = dt.date
FIRST, LAST = D(2021, 2, 25), D(2023, 2, 24)
PAPERS = {"has_acceptance": True, "has_privacy_consent": True}


def dump(store) -> str:
    """Return every membership, term and plan, tokens included."""
    with store.reading() as read:
        connection = read.connection()
        tables = ("membership", "term", "seat_plan", "candidate", "attendance")
        rows = [
            connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY id").all() for name in tables
        ]
    return repr(rows)


@pytest.fixture
def body(store):
    """A body of 25 seats: two by post, 21 appointed in its first term (가상)."""
    body = store.run(usecases.add_body, name_ko="가상위원회", seats=25).value
    store.run(terms.add_term, body_id=body, starts_on=FIRST)

    def seat(tx) -> None:
        for n in range(23):
            capacity = "ex_officio" if n < 2 else "appointed"
            person = usecases.add_person(tx, name=f"가상{n:02}", gender="female")
            usecases.add_membership(
                tx,
                person_id=person,
                body_id=body,
                capacity=capacity,
                starts_on=FIRST,
                ends_on=None if n < 2 else LAST,
                field="시민사회" if n % 2 else "연구",
            )

    store.run(seat)
    return body


def prepared(store, term) -> preparation.Preparation:
    with store.reading() as read:
        return preparation.preparation(read, term_id=term)


@pytest.mark.file_only
def test_a_term_ends_by_the_rule_and_holds_those_who_began_in_it(store, body):
    with store.reading() as read:
        (first,) = terms.terms(read, body_id=body)
        assert (first.number, first.ends_on, first.members) == (1, LAST, 21)
        assert terms.term_of(read, body, D(2022, 1, 1)).number == 1
        assert terms.term_of(read, body, D(2024, 1, 1)) is None
        assert {row.term for row in precedence.ordered(read, body, D(2022, 1, 1))} == {None, 1}


@pytest.mark.file_only
def test_terms_share_no_day_and_no_number(store, body):
    with pytest.raises(UserError) as refused:
        store.run(terms.add_term, body_id=body, starts_on=D(2023, 2, 24), number=2)
    assert "2021. 2. 25." in str(refused.value) and "2023. 2. 24." in str(refused.value)
    with pytest.raises(UserError):
        store.run(terms.add_term, body_id=body, starts_on=D(2023, 2, 25), number=1)
    with store.reading() as read:
        assert len(terms.terms(read, body_id=body)) == 1


@pytest.mark.file_only
def test_a_new_term_plans_every_appointed_seat_and_the_vacant_ones(store, body):
    term = store.run(terms.open_term, body_id=body).value
    plan = prepared(store, term)
    assert (plan.term.number, plan.term.starts_on) == (2, D(2023, 2, 25))
    assert plan.term.ends_on == D(2025, 2, 24)
    assert [seat.membership_id is None for seat in plan.seats] == [False] * 21 + [True] * 2
    assert plan.open == 21
    with pytest.raises(UserError):
        store.run(terms.open_term, body_id=body)


def test_twenty_three_are_appointed_in_one_step_and_taken_back_in_one(store, body):
    term = store.run(terms.open_term, body_id=body).value
    seats = prepared(store, term).seats
    store.run(candidates.decide_all, ids=[s.id for s in seats[:18]], decision="renew")
    store.run(candidates.decide_all, ids=[s.id for s in seats[18:]], decision="replace")
    for n in range(5):
        one = store.run(
            candidates.add_candidate,
            term_id=term,
            person={"name": f"새가상{n}", "gender": "male"},
            organisation="가상단체",
            channel="open_call",
            field="청년",
            **PAPERS,
        ).value
        store.run(candidates.choose, id=one)
    before = dump(store)
    made = store.run(appointing.appoint, term_id=term)
    assert len(made.value) == 23
    with store.reading() as read:
        sitting = precedence.ordered(read, body, D(2023, 3, 1))
        assert len(sitting) == 25
        appointed = [row for row in sitting if row.capacity == "appointed"]
        assert {row.term for row in appointed} == {2}
        assert {row.ends_on for row in appointed} == {D(2025, 2, 24)}
        assert sorted(row.appointments for row in appointed) == [1] * 5 + [2] * 18
        assert len(precedence.ordered(read, body, LAST)) == 23
    after = dump(store)
    assert store.undo() and dump(store) == before
    assert store.redo() and dump(store) == after
    assert check.check(store) == []
    with pytest.raises(UserError):
        store.run(appointing.appoint, term_id=term)


@pytest.mark.file_only
def test_numbers_of_appointment_go_on_within_the_year(store, body):
    term = store.run(terms.open_term, body_id=body).value
    seats = prepared(store, term).seats
    store.run(candidates.decide_all, ids=[s.id for s in seats], decision="vacant")
    store.run(candidates.decide_all, ids=[s.id for s in seats[:3]], decision="renew")
    made = store.run(appointing.appoint, term_id=term).value
    with store.reading() as read:
        from db.schema.members import Membership

        numbers = [read.get_one(Membership, id).appointment_number for id in made]
    assert numbers == ["제2023-1호", "제2023-2호", "제2023-3호"]


def test_what_stands_in_the_way_is_said(store, body):
    term = store.run(terms.open_term, body_id=body).value
    with pytest.raises(UserError):
        store.run(appointing.appoint, term_id=term)
    seats = prepared(store, term).seats
    store.run(candidates.decide_all, ids=[s.id for s in seats], decision="vacant")
    store.run(candidates.decide, id=seats[0].id, decision="replace")
    one = store.run(candidates.add_candidate, term_id=term, person={"name": "새가상"}).value
    store.run(candidates.choose, id=one)
    with pytest.raises(UserError, match="새가상"):
        store.run(appointing.appoint, term_id=term)
    store.run(candidates.edit_candidate, id=one, **PAPERS)
    with pytest.raises(UserError):
        store.run(appointing.appoint, term_id=term, on=D(2023, 2, 24))
    assert len(store.run(appointing.appoint, term_id=term, on=D(2023, 3, 2)).value) == 1
    assert prepared(store, term).appointed_on == D(2023, 3, 2)


@pytest.mark.file_only
def test_a_vacant_seat_cannot_be_renewed_and_nobody_stands_twice(store, body):
    term = store.run(terms.open_term, body_id=body).value
    plan = prepared(store, term)
    with pytest.raises(UserError):
        store.run(candidates.decide, id=plan.seats[-1].id, decision="renew")
    one = store.run(candidates.add_candidate, term_id=term, person={"name": "새가상"}).value
    (row,) = prepared(store, term).candidates
    with pytest.raises(UserError, match="새가상"):
        store.run(candidates.add_candidate, term_id=term, person_id=row.person_id)
    store.run(candidates.remove_candidate, id=one)
    assert prepared(store, term).candidates == ()


def test_the_checks_count_the_term_as_it_would_be(store, body):
    term = store.run(terms.open_term, body_id=body).value
    seats = prepared(store, term).seats
    store.run(candidates.decide_all, ids=[s.id for s in seats], decision="vacant")
    store.run(candidates.decide_all, ids=[s.id for s in seats[:3]], decision="renew")
    for n in range(2):
        one = store.run(
            candidates.add_candidate,
            term_id=term,
            person={"name": f"새가상{n}", "gender": "male"},
            **PAPERS,
        ).value
        store.run(candidates.choose, id=one)
    plan = prepared(store, term)
    with store.reading() as read:
        found = checks.verdicts(
            read,
            body_id=body,
            on=plan.term.starts_on,
            with_people=plan.newcomers(),
            without=plan.replaced(),
        )
    gender = next(one for one in found if one.rule == "gender_most")
    assert gender.ok is True  # three women, two men: exactly six tenths


def test_removing_a_term_takes_its_preparation_along(store, body):
    term = store.run(terms.open_term, body_id=body).value
    store.run(candidates.add_candidate, term_id=term, person={"name": "새가상"})
    before = dump(store)
    store.run(terms.remove_term, id=term)
    with store.reading() as read:
        assert [row.number for row in terms.terms(read, body_id=body)] == [1]
    assert store.undo() and dump(store) == before


def test_somebody_seated_by_hand_meanwhile_is_named_and_nothing_is_written(store, body):
    term = store.run(terms.open_term, body_id=body).value
    seats = prepared(store, term).seats
    store.run(candidates.decide_all, ids=[s.id for s in seats[:2]], decision="renew")
    store.run(candidates.decide_all, ids=[s.id for s in seats[2:]], decision="vacant")
    store.run(
        usecases.add_membership,
        person_id=seats[0].person_id,
        body_id=body,
        starts_on=D(2023, 3, 1),
        ends_on=D(2023, 3, 31),
    )
    assert not prepared(store, term).term.done
    head = store.head()
    with pytest.raises(UserError) as refused:
        store.run(appointing.appoint, term_id=term)
    assert seats[0].name in str(refused.value) and "2023. 3. 1." in str(refused.value)
    assert store.head() == head


def test_the_term_after_an_appointed_one_opens_from_it(store, body):
    term = store.run(terms.open_term, body_id=body).value
    seats = prepared(store, term).seats
    store.run(candidates.decide_all, ids=[s.id for s in seats[:3]], decision="renew")
    store.run(candidates.decide_all, ids=[s.id for s in seats[3:]], decision="vacant")
    store.run(appointing.appoint, term_id=term)
    assert prepared(store, term).term.done
    third = prepared(store, store.run(terms.open_term, body_id=body).value)
    assert (third.term.number, third.term.starts_on) == (3, D(2025, 2, 25))
    held = [seat for seat in third.seats if seat.membership_id is not None]
    assert len(held) == 3 and all(seat.beyond for seat in held)
    assert len(third.seats) == 23


def leaving(store) -> list:
    with store.reading() as read:
        asked = select(Membership.ends_on).where(Membership.term_id.is_not(None))
        return sorted(read.scalars(asked).all(), key=str)


def test_a_term_does_not_shrink_from_under_its_members(store, body):
    with store.reading() as read:
        (term,) = terms.terms(read, body_id=body)
    before = dump(store)
    with pytest.raises(UserError) as refused:
        store.run(terms.edit_term, id=term.id, ends_on=D(2022, 12, 31))
    assert "21" in str(refused.value) and "2022. 12. 31." in str(refused.value)
    with pytest.raises(UserError) as refused:
        store.run(terms.edit_term, id=term.id, starts_on=D(2021, 3, 1))
    assert "21" in str(refused.value) and "2021. 3. 1." in str(refused.value)
    # Neither do they follow a first day, nor a last one before they began.
    for days in (
        {"starts_on": D(2021, 3, 1)},
        {"starts_on": D(2021, 1, 1), "ends_on": D(2021, 2, 1)},
    ):
        with pytest.raises(UserError):
            store.run(terms.edit_term, id=term.id, with_members=True, **days)
    assert dump(store) == before
    store.run(terms.edit_term, id=term.id, note="비고", number=2)
    assert leaving(store) == [LAST] * 21


def test_members_follow_the_last_day_of_their_term_in_one_step(store, body):
    with store.reading() as read:
        (term,) = terms.terms(read, body_id=body)
        some = read.scalars(select(Membership.id).where(Membership.term_id == term.id)).all()
    store.run(usecases.end_membership, id=some[0], ends_on=D(2021, 12, 31), reason="resigned")
    store.run(usecases.edit_membership, id=some[1], ends_on=D(2024, 2, 24))
    before = dump(store)
    # Who resigned has left, and who was appointed for longer stays longer.
    store.run(terms.edit_term, id=term.id, ends_on=D(2022, 12, 31), with_members=True)
    assert leaving(store) == [D(2021, 12, 31)] + [D(2022, 12, 31)] * 19 + [D(2024, 2, 24)]
    store.undo()
    assert dump(store) == before
    store.run(terms.edit_term, id=term.id, ends_on=D(2023, 6, 30), with_members=True)
    assert leaving(store) == [D(2021, 12, 31)] + [D(2023, 6, 30)] * 19 + [D(2024, 2, 24)]
    store.run(terms.edit_term, id=term.id, ends_on=D(2023, 12, 31))
    assert leaving(store).count(D(2023, 6, 30)) == 19
    assert check.check(store) == []
