"""Bodies, people and seats on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from gwangju_desktop.errors import UserError
from gwangju_desktop.members import listing, queries, ruling, usecases

D = dt.date


@pytest.fixture
def committee(store):
    return store.run(usecases.add_body, name_ko="가상위원회", name_en="Made-up Committee").value


@pytest.fixture
def person(store):
    return store.run(usecases.add_person, name="가상인", gender="female", fictional=True).value


def seat(store, person, body, **values):
    values.setdefault("starts_on", D(2021, 2, 25))
    return store.run(usecases.add_membership, person_id=person, body_id=body, **values).value


@pytest.mark.file_only
def test_members_on_a_date_are_those_whose_days_hold_it(store, committee, person):
    seat(store, person, committee, ends_on=D(2023, 2, 24), organisation="가상단체", post="부장")
    with store.reading() as read:
        for day, there in (
            (D(2021, 2, 24), False),
            (D(2021, 2, 25), True),
            (D(2023, 2, 24), True),
            (D(2023, 2, 25), False),
        ):
            rows = queries.members(read, body_id=committee, on=day)
            assert [row.id for row in rows] == ([person] if there else [])
            assert queries.bodies(read, on=day)[0].members == int(there)
        (row,) = queries.members(read, body_id=committee, on=D(2022, 1, 1))
        assert (row.organisation_ko, row.post, row.bodies) == ("가상단체", "부장", ("가상위원회",))
        assert [row.id for row in queries.members(read)] == [person]


@pytest.mark.file_only
def test_a_second_seat_on_the_same_day_is_refused_and_nothing_is_written(store, committee, person):
    seat(store, person, committee, ends_on=D(2023, 2, 24))
    head = store.head()
    with pytest.raises(UserError, match=r"2021\. 2\. 25\."):
        seat(store, person, committee, starts_on=D(2023, 2, 24), organisation="새 단체")
    assert store.head() == head
    with store.reading() as read:
        assert queries.organisations(read) == []
    seat(store, person, committee, starts_on=D(2023, 2, 25))


@pytest.mark.file_only
def test_the_last_day_may_not_come_before_the_first(store, committee, person):
    with pytest.raises(UserError):
        seat(store, person, committee, ends_on=D(2021, 2, 24))
    one_day = seat(store, person, committee, ends_on=D(2021, 2, 25))
    with pytest.raises(UserError):
        store.run(usecases.edit_membership, id=one_day, starts_on=D(2021, 3, 1))
    with store.reading() as read:
        assert queries.member(read, id=person).memberships[0].starts_on == D(2021, 2, 25)


@pytest.mark.parametrize("field", ["note", "name", "phone", "hanja"])
@pytest.mark.file_only
def test_registration_numbers_are_refused_without_being_repeated(store, person, field):
    with pytest.raises(UserError) as refused:
        store.run(usecases.edit_person, id=person, **{field: "번호 900101-1234567"})
    assert "900101" not in str(refused.value)


@pytest.mark.file_only
def test_registration_numbers_are_refused_in_seats_and_bodies(store, committee, person):
    with pytest.raises(UserError):
        seat(store, person, committee, post="900101-1234567")
    with pytest.raises(UserError):
        seat(store, person, committee, organisation="900101-1234567")
    with pytest.raises(UserError):
        store.run(usecases.edit_body, id=committee, note="900101-1234567")


@pytest.mark.file_only
def test_ending_and_reappointing(store, committee, person):
    first = seat(store, person, committee, ends_on=D(2023, 2, 24), capacity="appointed")
    second = store.run(usecases.renew_membership, id=first).value
    with store.reading() as read:
        old, new = queries.member(read, id=person).memberships
    assert (old.end_reason, new.id) == ("term", second)
    assert (new.starts_on, new.ends_on, new.appointments) == (D(2023, 2, 25), D(2025, 2, 24), 2)
    store.run(usecases.end_membership, id=second, ends_on=D(2024, 1, 31), reason="resigned")
    with store.reading() as read:
        assert queries.member(read, id=person).memberships[1].end_reason == "resigned"
        assert queries.members(read, body_id=committee, on=D(2024, 2, 1)) == []
    store.undo()
    with store.reading() as read:
        assert queries.members(read, body_id=committee, on=D(2024, 2, 1)) != []


@pytest.mark.file_only
def test_dissolving_a_body_ends_its_open_seats(store, committee, person):
    seat(store, person, committee)
    store.run(usecases.edit_body, id=committee, dissolved_on=D(2023, 3, 16))
    with store.reading() as read:
        (held,) = queries.member(read, id=person).memberships
    assert (held.ends_on, held.end_reason) == (D(2023, 3, 16), "dissolved")


@pytest.mark.file_only
def test_a_body_cannot_stand_below_itself(store, committee):
    child = store.run(usecases.add_body, name_ko="분과", parent_id=committee).value
    with pytest.raises(UserError):
        store.run(usecases.edit_body, id=committee, parent_id=child)
    with store.reading() as read:
        assert queries.body(read, id=child).parent_ko == "가상위원회"


def test_names_rules_and_vacancies_of_a_body(store, committee, person):
    store.run(
        usecases.add_name, body_id=committee, name="Net Zero Committee", language="en", source="S2"
    )
    for start, num in ((D(2021, 1, 1), 1), (D(2022, 1, 1), 2)):
        store.run(
            ruling.set_rule,
            body_id=committee,
            rule="quorum",
            value=f">= {num}/3 enrolled",
            valid_from=start,
            source="가상 조례 제1조",
        )
    store.run(usecases.edit_body, id=committee, seats=3)
    seat(store, person, committee)
    with store.reading() as read:
        found = queries.body(read, id=committee, on=D(2022, 5, 1))
    assert [name.name for name in found.names] == ["Net Zero Committee"]
    quorum = next(entry for entry in found.rules if entry.rule == "quorum")
    assert (quorum.value, quorum.since, quorum.own) == (">= 2/3 enrolled", D(2022, 1, 1), True)
    assert (found.members, found.vacant, found.balance.women) == (1, 2, 1)
    with pytest.raises(UserError):
        store.run(
            ruling.set_rule,
            body_id=committee,
            rule="tie",
            value="rejected",
            valid_from=D(2023, 1, 1),
            source=" ",
        )


def test_adding_a_member_is_one_step(store, committee):
    made = store.run(
        usecases.add_member,
        person={"name": "가상순", "gender": "female"},
        membership={"body_id": committee, "starts_on": D(2022, 1, 1), "organisation": "가상단체"},
    )
    with store.reading() as read:
        assert queries.member(read, id=made.value).memberships[0].organisation_ko == "가상단체"
    store.undo()
    with store.reading() as read:
        assert queries.members(read) == []
        assert queries.organisations(read) == []


def test_the_roll_is_found_by_name_post_organisation_and_initials(store, committee):
    for name, organisation in (("강가상", "빛고을단체"), ("나가상", "무등단체"), ("다가상", "")):
        store.run(
            usecases.add_member,
            person={"name": name},
            membership={
                "body_id": committee,
                "starts_on": D(2022, 1, 1),
                "organisation": organisation,
            },
        )
    with store.reading() as read:

        def names(**more):
            ids = listing.member_ids(read, on=D(2022, 3, 1), **more)
            return [row.name for row in listing.member_rows(read, ids=ids)]

        assert names() == ["강가상", "나가상", "다가상"]
        assert names(descending=True) == ["다가상", "나가상", "강가상"]
        assert names(words="빛고을") == ["강가상"]
        assert names(words="ㄴㄱㅅ") == ["나가상"]
        assert names(words="없음") == []
        assert names(body_id=committee + 1) == []


@pytest.mark.file_only
def test_unknown_records_are_said(store):
    with store.reading() as read:
        for ask in (queries.body, queries.member):
            with pytest.raises(UserError, match="77"):
                ask(read, id=77)
    with pytest.raises(UserError):
        store.run(usecases.edit_person, id=77, name="가상")
    with pytest.raises(UserError):
        store.run(usecases.add_person, name="  ")
