"""Verdicts on a body's rules: the worked examples, what if, and a naive recount."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.schema.members import Membership, Organisation, Person
from db.store import Store, usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import quorums
from gwangju_desktop.meetings import rules as meeting_rules
from gwangju_desktop.members import checks, composition, rules, ruling, tallies, usecases
from gwangju_desktop.text import use

D = dt.date
START, DAY = D(2025, 8, 1), D(2025, 9, 1)


@usecase("Fill the body")
def fill(tx, *, body_id: int, people: list[dict]) -> list[int]:
    """Seat people given as the values of person and membership; return the memberships' ids."""
    made = []
    for n, given_values in enumerate(people):
        values = dict(given_values)
        person = Person(
            name=values.pop("name", f"가상{n:03}"),
            gender=values.pop("gender", None),
            youth=values.pop("youth", None),
            fictional=True,
        )
        tx.add(person)
        tx.flush()
        official = values.pop("official", None)
        organisation = None if official is None else _organisation(tx, official)
        row = Membership(
            person_id=person.id,
            body_id=body_id,
            organisation_id=organisation,
            capacity=values.pop("capacity", "appointed"),
            starts_on=values.pop("starts_on", START),
            **values,
        )
        tx.add(row)
        tx.flush()
        made.append(row.id)
    return made


def _organisation(tx, official: bool) -> int:
    name = "가상시청" if official else "가상단체"
    found = tx.query(Organisation).filter_by(name_ko=name).first()
    if found is None:
        found = Organisation(name_ko=name, official=official)
        tx.add(found)
        tx.flush()
    return found.id


def appointed(women, men, **more):
    return [{"gender": "female", **more}] * women + [{"gender": "male", **more}] * men


def body_of(store, people, **values):
    made = store.run(usecases.add_body, name_ko="가상위원회", **values).value
    return made, store.run(fill, body_id=made, people=people).value


def verdict(store, body, rule, on=DAY, **more):
    with store.reading() as read:
        found = checks.verdicts(read, body_id=body, on=on, **more)
    return next((one for one in found if one.rule == rule), None)


@pytest.mark.parametrize(("enrolled", "needed"), [(50, 26), (51, 26), (41, 21), (24, 13)])
def test_t1_more_than_half_of_those_enrolled_opens(sqlite_store, enrolled, needed):
    clerks = [{"role": role, "voting": False} for role in ("observer", "secretary")]
    people = appointed(enrolled, 0) + clerks
    body, _ids = body_of(sqlite_store, people, seats=60)
    seats = verdict(sqlite_store, body, checks.SEATS)
    assert (seats.value["enrolled"], seats.value["vacant"]) == (enrolled, 60 - enrolled)
    with sqlite_store.reading() as read:
        rule = quorums.rule_on(read, body, DAY)
    assert meeting_rules.quorum(rule, seats.value["voting"]) == needed


@pytest.mark.parametrize(
    ("women", "men", "ok", "lacking"),
    [(24, 16, True, 0), (25, 15, False, 1), (17, 24, True, 0), (16, 25, False, 1)],
)
def test_t4_exactly_six_tenths_of_the_appointed_passes(store, women, men, ok, lacking):
    posts = [{"gender": "male", "capacity": "ex_officio"}] * 30
    body, _ids = body_of(store, appointed(women, men) + posts)
    found = verdict(store, body, "gender_most")
    assert (found.ok, found.value["lacking"], found.limit) == (ok, lacking, "6/10")
    assert (found.value["female"], found.value["male"]) == (women, men)
    assert found.source == "양성평등기본법 제21조제2항"
    assert str(women) in found.sentence and str(found.value["most"]) in found.sentence


@pytest.mark.parametrize(("members", "least"), [(40, 8), (41, 9)])
def test_t5_two_tenths_of_the_appointed_are_young(store, members, least):
    young = [{"youth": True}] * (least - 1)
    body, ids = body_of(store, young + [{"youth": False}] * (members - least + 1))
    found = verdict(store, body, "youth_least")
    assert (found.ok, found.value["least"], found.value["lacking"]) == (False, least, 1)
    instead = tallies.Newcomer(youth=True)
    found = verdict(store, body, "youth_least", with_people=[instead], without=ids[-1:])
    assert (found.ok, found.value["count"]) == (True, least)


@pytest.mark.file_only
def test_the_youth_rule_holds_from_its_day_on(store):
    body, _ids = body_of(store, [{"youth": False, "starts_on": D(2024, 1, 1)}] * 10)
    assert verdict(store, body, "youth_least", on=D(2025, 7, 17)) is None
    assert verdict(store, body, "youth_least", on=D(2025, 7, 18)).ok is False


def test_an_appointment_ends_on_the_day_before_its_anniversary():
    assert rules.term_end(D(2021, 2, 25), 2) == D(2023, 2, 24)


@pytest.mark.file_only
def test_limits_are_the_bodys_own_and_follow_the_day(store):
    body, _ids = body_of(store, appointed(6, 4, starts_on=D(2020, 1, 1)))
    store.run(
        ruling.set_rule,
        body_id=body,
        rule="gender_most",
        value="1/2",
        valid_from=D(2024, 1, 1),
        source="가상 조례 제3조",
    )
    assert verdict(store, body, "gender_most", on=D(2023, 12, 31)).ok is True
    found = verdict(store, body, "gender_most", on=D(2024, 1, 1))
    assert (found.ok, found.limit, found.source) == (False, "1/2", "가상 조례 제3조")
    store.run(
        ruling.set_rule,
        body_id=body,
        rule="gender_most",
        value="",
        valid_from=D(2025, 1, 1),
        source="가상 조례 제3조",
    )
    assert verdict(store, body, "gender_most") is None


@pytest.mark.file_only
def test_unknown_sexes_are_named_and_nothing_is_claimed_of_them(store):
    people = [*appointed(5, 4), {"name": "가상모름"}]
    body, _ids = body_of(store, people)
    found = verdict(store, body, "gender_most")
    assert (found.ok, found.value["unknown"]) == (True, 1)
    assert "가상모름" in found.sentence
    body, _ids = body_of(store, [*appointed(6, 3), {"name": "가상모름"}])
    assert verdict(store, body, "gender_most").ok is None
    body, _ids = body_of(store, [{}] * 5)
    found = verdict(store, body, "youth_least")
    assert (found.ok, found.value["unknown"]) == (None, 5)


@pytest.mark.file_only
def test_non_officials_hold_the_majority_where_the_body_says_so(store):
    people = [{"official": True, "capacity": "ex_officio"}] * 3 + [{"official": False}] * 3
    body, _ids = body_of(store, people)
    assert verdict(store, body, "non_officials") is None
    store.run(ruling.apply_template, body_id=body, template="climate", valid_from=D(2021, 1, 1))
    found = verdict(store, body, "non_officials")
    assert (found.ok, found.value["least"]) == (False, 4)
    more = verdict(store, body, "non_officials", with_people=[{"official": False}])
    assert more.ok is True
    unknown = verdict(store, body, "non_officials", with_people=[{"name": "가상"}])
    assert unknown.ok is None


@usecase("Seat somebody again")
def seat_again(tx, *, membership_id: int, body_id: int, capacity: str = "appointed") -> int:
    """Give the person of a membership a seat in another body."""
    person = tx.get_one(Membership, membership_id).person_id
    tx.add(Membership(person_id=person, body_id=body_id, capacity=capacity, starts_on=START))
    return person


@pytest.mark.file_only
def test_only_appointments_to_committees_count_toward_three(store):
    body, (seat,) = body_of(store, appointed(1, 0))
    for kind in ("committee", "committee", "subcommittee", "working_group", "forum"):
        other, _none = body_of(store, [], kind=kind)
        person = store.run(seat_again, membership_id=seat, body_id=other).value
    found = verdict(store, body, "most_committees")
    assert found.ok is True
    assert [(one.id, one.count) for one in found.value["full"]] == [(person, 3)]
    post, _none = body_of(store, [], kind="committee")
    store.run(seat_again, membership_id=seat, body_id=post, capacity="ex_officio")
    assert verdict(store, body, "most_committees").ok is True
    fourth, _none = body_of(store, [], kind="committee")
    thought = verdict(store, fourth, "most_committees", with_people=[{"person_id": person}])
    assert thought.ok is False
    assert thought.value["over"][0].count == 4
    claimed = [{"name": "가상후보", "other_bodies": 3}]
    assert "가상후보(4)" in verdict(store, fourth, "most_committees", with_people=claimed).sentence


@pytest.mark.file_only
def test_reappointments_used_up_and_over(store):
    people = [{"appointments": 1}, {"appointments": 2, "name": "가상둘"}]
    body, _ids = body_of(store, people)
    found = verdict(store, body, "most_terms")
    assert (found.ok, [one.name for one in found.value["used"]]) == (True, ["가상둘"])
    over = verdict(store, body, "most_terms", with_people=[{"name": "가상셋", "appointments": 3}])
    assert (over.ok, over.value["over"][0].name) == (False, "가상셋")


@pytest.mark.file_only
def test_terms_that_end_are_counted_within_thirty_sixty_and_ninety_days(store):
    def until(days, **more):
        return {"ends_on": DAY + dt.timedelta(days=days), **more}

    people = [until(0), until(30), until(31), until(60), until(90), until(91)]
    people += [until(5, capacity="ex_officio"), until(5, end_reason="resigned"), {}]
    body, ids = body_of(store, people)
    found = verdict(store, body, checks.TERMS_ENDING)
    assert (found.ok, found.value["within"]) == (None, {"30": 2, "60": 4, "90": 5})
    assert [one.days for one in found.value["people"]] == [0, 30, 31, 60, 90]
    store.run(usecases.renew_membership, id=ids[1], years=2)
    assert verdict(store, body, checks.TERMS_ENDING).value["within"]["30"] == 1
    assert verdict(store, body, checks.TERMS_ENDING, on=D(2030, 1, 1)).ok is True


@pytest.mark.parametrize(
    ("days", "ok"), [(181, True), (180, None), (90, None), (0, None), (-1, False)]
)
@pytest.mark.file_only
def test_a_body_near_its_sunset(store, days, ok):
    body, _ids = body_of(store, [], sunset_on=DAY + dt.timedelta(days=days))
    found = verdict(store, body, checks.SUNSET)
    assert (found.ok, found.value["days"]) == (ok, days)
    store.run(usecases.edit_body, id=body, dissolved_on=DAY)
    assert verdict(store, body, checks.SUNSET) is None


@pytest.mark.file_only
def test_more_members_than_seats(store):
    body, _ids = body_of(store, appointed(2, 2), seats=3)
    found = verdict(store, body, checks.SEATS)
    assert (found.ok, found.value["over"]) == (False, 1)
    body, _ids = body_of(store, appointed(2, 2))
    assert verdict(store, body, checks.SEATS).ok is None


def test_what_if_counts_newcomers_without_those_who_go(store):
    body, ids = body_of(store, appointed(6, 4))
    with store.reading() as read:
        ann = read.get(Membership, ids[0]).person_id
        head = store.head()
    new = [{"gender": "female", "name": "가상새"}]
    assert verdict(store, body, "gender_most", with_people=new).ok is False
    assert verdict(store, body, "gender_most", with_people=new, without=ids[:1]).ok is True
    same = verdict(store, body, "gender_most", with_people=[{"person_id": ann}])
    assert same.value["female"] == 6
    back = verdict(store, body, "gender_most", with_people=[{"person_id": ann}], without=ids[:1])
    assert back.value["female"] == 6
    assert store.head() == head


def test_broken_rules_of_living_bodies(store):
    bad, _ids = body_of(store, appointed(9, 1))
    body_of(store, appointed(5, 5))
    body_of(store, appointed(9, 1), dissolved_on=D(2025, 8, 31))
    with store.reading() as read:
        found = list(checks.broken(read, on=DAY))
    assert [(body, one.rule) for body, one in found] == [(bad, "gender_most")]


def test_every_verdict_is_said_in_both_languages(store):
    people = [*appointed(9, 1, youth=False, appointments=3, ends_on=DAY), {"official": True}]
    body, _ids = body_of(store, people, seats=3, sunset_on=D(2025, 1, 1))
    store.run(ruling.apply_template, body_id=body, template="climate", valid_from=D(2021, 1, 1))
    said = {}
    for language in ("ko", "en"):
        use(language)
        with store.reading() as read:
            said[language] = [one.sentence for one in checks.verdicts(read, body_id=body, on=DAY)]
    assert all("{" not in one for one in said["ko"] + said["en"])
    assert len(said["ko"]) == len(said["en"]) >= 6
    assert all(any("가" <= char <= "힣" for char in one) for one in said["ko"])


@pytest.mark.file_only
def test_an_unknown_body_is_said(store):
    with store.reading() as read, pytest.raises(UserError, match="77"):
        checks.verdicts(read, body_id=77, on=DAY)


PEOPLE = st.fixed_dictionaries(
    {
        "gender": st.sampled_from(["female", "male", None]),
        "youth": st.sampled_from([True, False, None]),
        "official": st.sampled_from([True, False, None]),
        "capacity": st.sampled_from(["appointed", "appointed", "ex_officio"]),
        "role": st.sampled_from(["member", "member", "chair", "observer", "secretary"]),
        "voting": st.booleans(),
        "starts_on": st.dates(D(2025, 8, 1), D(2025, 9, 20)),
        "ends_on": st.one_of(st.none(), st.dates(D(2025, 9, 21), D(2025, 12, 31))),
    }
)


@pytest.fixture(scope="module")
def one_office(tmp_path_factory):
    opened = Store.create(tmp_path_factory.mktemp("checks") / "office.gwoffice")
    yield opened
    opened.close()


@settings(max_examples=40, deadline=None)
@given(people=st.lists(PEOPLE, max_size=14), on=st.dates(D(2025, 7, 25), D(2026, 1, 5)))
def test_verdicts_are_what_a_naive_recount_says(one_office, people, on):
    body, _ids = body_of(one_office, people)
    there = [
        one
        for one in people
        if one["starts_on"] <= on
        and (one["ends_on"] is None or on <= one["ends_on"])
        and one["role"] != "observer"
        and (one["role"] != "secretary" or one["voting"])
    ]
    named = [one for one in there if one["capacity"] == "appointed"]
    women = sum(one["gender"] == "female" for one in named)
    men = sum(one["gender"] == "male" for one in named)
    unknown = len(named) - women - men
    young = sum(one["youth"] is True for one in named)
    seats = verdict(one_office, body, checks.SEATS, on=on).value
    assert seats["enrolled"] == len(there)
    assert seats["voting"] == sum(one["voting"] for one in there)
    assert seats["appointed"] == len(named)
    sexes = verdict(one_office, body, "gender_most", on=on)
    assert (sexes.value["female"], sexes.value["male"]) == (women, men)
    if 10 * max(women, men) > 6 * len(named):
        assert sexes.ok is False
    else:
        surely = 10 * (max(women, men) + unknown) <= 6 * len(named)
        assert sexes.ok is (True if surely else None)
    youth = verdict(one_office, body, "youth_least", on=on)
    assert youth.value["count"] == young
    assert (youth.ok is True) is (10 * young >= 2 * len(named))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 300), st.integers(1, 10), st.integers(1, 10))
def test_the_least_number_of_a_share_is_the_first_that_reaches_it(members, num, den):
    share = (min(num, den), den)
    need = composition.least(members, share)
    assert den * need >= share[0] * members
    assert need == 0 or den * (need - 1) < share[0] * members
