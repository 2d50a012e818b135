"""Seats of bodies on both databases: fields, terms by the body's rule, vacancies, observers."""

from __future__ import annotations

import datetime as dt

import pytest

from db.schema.members import Membership, Term
from db.store import usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import ruling, succession, usecases

D = dt.date
EARLY = D(2020, 1, 1)


@usecase("Add term")
def add_term(tx, *, body_id: int, number: int, starts_on: dt.date, ends_on: dt.date) -> int:
    row = Term(body_id=body_id, number=number, starts_on=starts_on, ends_on=ends_on)
    tx.add(row)
    tx.flush()
    return row.id


@pytest.fixture
def committee(store):
    return store.run(usecases.add_body, name_ko="가상위원회").value


def person(store, name="가상인"):
    return store.run(usecases.add_person, name=name, fictional=True).value


def seat(store, body, who=None, **values):
    values.setdefault("starts_on", D(2021, 2, 25))
    return store.run(
        usecases.add_membership, person_id=who or person(store), body_id=body, **values
    ).value


def held(store, id):
    with store.reading() as read:
        row = read.get_one(Membership, id)
        read.expunge(row)
        return row


def rule(store, body, key, value, since=EARLY):
    store.run(
        ruling.set_rule, body_id=body, rule=key, value=value, valid_from=since, source="가상 조례"
    )


def asked(store, query, **values):
    with store.reading() as read:
        return query(read, **values)


@pytest.mark.file_only
def test_how_somebody_was_appointed_is_kept(store, committee) -> None:
    id = seat(
        store,
        committee,
        channel="recommended",
        recommender="가상단체",
        appointment_number="2021-12",
        letter_on=D(2021, 2, 25),
        field="시민사회",
        note="비고",
    )
    row = held(store, id)
    assert (row.channel, row.recommender, row.appointment_number) == (
        "recommended",
        "가상단체",
        "2021-12",
    )
    assert (row.letter_on, row.field, row.note) == (D(2021, 2, 25), "시민사회", "비고")
    with pytest.raises(UserError):
        store.run(usecases.edit_membership, id=id, recommender="계좌 110-123-456789")


@pytest.mark.file_only
def test_an_appointed_seat_belongs_to_the_term_its_first_day_is_in(store, committee) -> None:
    first = store.run(
        add_term, body_id=committee, number=1, starts_on=D(2021, 2, 25), ends_on=D(2023, 2, 24)
    ).value
    assert held(store, seat(store, committee)).term_id == first
    assert held(store, seat(store, committee, starts_on=D(2023, 2, 25))).term_id is None
    assert held(store, seat(store, committee, capacity="ex_officio")).term_id is None
    assert held(store, seat(store, committee, term_id=None)).term_id is None


@pytest.mark.file_only
def test_the_last_day_follows_the_bodys_rule_on_the_first(store, committee) -> None:
    ask = {"body_id": committee, "starts_on": D(2021, 2, 25)}
    assert asked(store, succession.usual_end, **ask) == D(2023, 2, 24)
    rule(store, committee, "term_years", "3")
    rule(store, committee, "term_years", "", D(2022, 1, 1))
    assert asked(store, succession.usual_end, **ask) == D(2024, 2, 24)
    assert asked(store, succession.usual_end, **{**ask, "starts_on": D(2022, 1, 1)}) is None
    assert asked(store, succession.usual_end, **ask, capacity="ex_officio") is None


@pytest.mark.file_only
def test_reappointment_counts_and_says_when_it_is_one_too_many(store, committee) -> None:
    rule(store, committee, "term_years", "3")
    first = seat(store, committee, ends_on=D(2024, 2, 24), field="학계")
    asked_first = asked(store, succession.renewal, id=first)
    assert (asked_first.appointments, asked_first.most, asked_first.beyond) == (2, 2, False)
    second = store.run(usecases.renew_membership, id=first, letter_on=D(2024, 2, 25)).value
    row = held(store, second)
    assert (row.starts_on, row.ends_on) == (D(2024, 2, 25), D(2027, 2, 24))
    assert (row.field, row.letter_on, held(store, first).end_reason) == (
        "학계",
        D(2024, 2, 25),
        "term",
    )
    again = asked(store, succession.renewal, id=second)
    assert again.beyond and "연임" in again.source
    assert held(store, store.run(usecases.renew_membership, id=second).value).appointments == 3
    by_hand = seat(store, committee, person(store, "나가상"), ends_on=D(2022, 2, 24))
    follows = seat(store, committee, held(store, by_hand).person_id, starts_on=D(2022, 2, 25))
    assert held(store, follows).appointments == 2


@pytest.mark.file_only
def test_a_successor_sits_for_the_rest_of_the_term(store, committee) -> None:
    gone = seat(store, committee, ends_on=D(2023, 2, 24), field="시민사회")
    other = person(store, "나가상")
    fill = {"membership_id": gone, "person_id": other}
    with pytest.raises(UserError, match="가상인"):
        store.run(usecases.fill_vacancy, starts_on=D(2022, 3, 1), **fill)
    store.run(usecases.end_membership, id=gone, ends_on=D(2022, 2, 28), reason="illness")
    made = store.run(usecases.fill_vacancy, starts_on=D(2022, 3, 15), **fill).value
    row = held(store, made)
    assert (row.starts_on, row.ends_on) == (D(2022, 3, 15), D(2023, 2, 24))
    assert (row.replaces_id, row.field, row.appointments) == (gone, "시민사회", 1)
    with pytest.raises(UserError, match=r"2022\. 3\. 15\."):
        store.run(
            usecases.fill_vacancy,
            membership_id=gone,
            person_id=person(store, "다가상"),
            starts_on=D(2022, 4, 1),
        )
    store.run(usecases.end_membership, id=made, ends_on=D(2022, 6, 30), reason="resigned")
    third = person(store, "라가상")
    last = store.run(
        usecases.fill_vacancy, membership_id=made, person_id=third, starts_on=D(2022, 7, 1)
    ).value
    assert held(store, last).ends_on == D(2023, 2, 24)
    store.run(usecases.end_membership, id=last, ends_on=D(2022, 12, 31), reason="died")
    with pytest.raises(UserError, match=r"2023\. 2\. 24\."):
        asked(store, succession.vacancy, id=last, starts_on=D(2023, 3, 1))


@pytest.mark.file_only
def test_a_body_may_give_a_successor_a_whole_term(store, committee) -> None:
    rule(store, committee, "remainder", "no")
    gone = seat(store, committee, ends_on=D(2022, 2, 28), end_reason="removed")
    offer = asked(store, succession.vacancy, id=gone, starts_on=D(2022, 3, 1))
    assert (offer.remainder, offer.ends_on, offer.source) == (False, D(2024, 2, 29), "가상 조례")


def test_an_observer_never_votes(store, committee) -> None:
    id = seat(store, committee, role="observer", voting=True)
    assert held(store, id).voting is False
    store.run(usecases.edit_membership, id=id, voting=True)
    assert held(store, id).voting is False
    store.run(usecases.edit_membership, id=id, role="member", voting=True)
    assert held(store, id).voting is True


@pytest.mark.parametrize("reason", ["term", "resigned", "removed", "illness", "died"])
def test_a_seat_ends_for_every_reason(sqlite_store, reason) -> None:
    store = sqlite_store
    body = store.run(usecases.add_body, name_ko="가상위원회").value
    id = seat(store, body)
    store.run(usecases.end_membership, id=id, ends_on=D(2022, 1, 1), reason=reason)
    assert held(store, id).end_reason == reason


@pytest.mark.file_only
def test_a_seat_entered_by_mistake_goes_and_comes_back(store, committee) -> None:
    id = seat(store, committee)
    store.run(usecases.remove_membership, id=id)
    with store.reading() as read:
        assert read.get(Membership, id) is None
    store.undo()
    assert held(store, id).id == id
