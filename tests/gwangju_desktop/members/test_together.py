"""What one part of the members does to another, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from db.schema.candidates import SeatPlan
from db.schema.meetings import Attendance
from db.schema.members import Membership, Person
from db.schema.people import Consent
from gwangju_desktop import clock, search_records, today
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import quorums, replies
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import (
    access,
    appointing,
    bodies,
    candidates,
    checks,
    erasing,
    merging,
    personrecord,
    posts,
    precedence,
    preparation,
    queries,
    ruling,
    several,
    succession,
    terms,
    usecases,
)
from gwangju_desktop.members.letters import model
from tests.gwangju_desktop.meetings import lives

D = dt.date
TODAY = D(2022, 3, 17)
BEGAN = D(2021, 1, 1)


@pytest.fixture(autouse=True)
def _the_day() -> None:
    clock.fix(TODAY)


@pytest.fixture
def committee(store):
    return store.run(usecases.add_body, name_ko="가상위원회", seats=3).value


def add(store, name="가상인"):
    return store.run(usecases.add_person, name=name, fictional=True).value


def seat(store, body, who, start=BEGAN, end=None, **values):
    return store.run(
        usecases.add_membership,
        person_id=who,
        body_id=body,
        starts_on=start,
        ends_on=end,
        **values,
    ).value


def rule(store, body, key, value):
    store.run(
        ruling.set_rule,
        body_id=body,
        rule=key,
        value=value,
        valid_from=D(2020, 1, 1),
        source="가상 조례",
    )


def held_meeting(store, body, day):
    at = dt.datetime(day.year, day.month, day.day, 14, tzinfo=clock.KST)
    meeting = store.run(meetings.add_meeting, body_id=body, starts_at=at).value
    lives.held(store, meeting, at)
    return meeting


def first(store, query):
    with store.reading() as read:
        return read.execute(query).first()


# --- who is counted


def test_observers_and_clerks_take_no_seat_anywhere(store, committee) -> None:
    seat(store, committee, add(store, "가상 위원"))
    seat(store, committee, add(store, "가상 참관"), role="observer")
    seat(store, committee, add(store, "가상 간사"), role="secretary", voting=False)
    seat(store, committee, add(store, "가상 서기장"), role="secretary")
    with store.reading() as read:
        (node,) = bodies.tree(read, on=TODAY)
        sheet = bodies.sheet(read, id=committee, on=TODAY)
        (row,) = queries.bodies(read, on=TODAY)
        card = queries.body(read, id=committee, on=TODAY)
        verdict = checks.verdicts(read, body_id=committee, on=TODAY)[0]
        # All of them are on the roll.
        assert len(queries.members(read, body_id=committee, on=TODAY)) == 4
    assert (node.members, row.members, sheet.members, card.members) == (2, 2, 2, 2)
    assert sheet.vacant == card.vacant == verdict.value["vacant"] == 1
    assert card.balance.appointed == verdict.value["appointed"] == 2


def test_a_vote_a_held_meeting_counted_stays(store, committee) -> None:
    mine = seat(store, committee, add(store))
    other = seat(store, committee, add(store, "다른 가상인"))
    meeting = held_meeting(store, committee, D(2022, 2, 10))
    for change in ({"voting": False}, {"role": "observer"}):
        with pytest.raises(UserError, match=r"2022\. 2\. 10\.") as refused:
            store.run(usecases.edit_membership, id=mine, **change)
        assert refused.value.hint
    # What has nothing to do with the vote may change.
    store.run(usecases.edit_membership, id=other, role="vice_chair")
    with store.reading() as read:
        quorum, _count, _rule = quorums.of_meeting(
            read, meeting_id=meeting, body_id=committee, day=D(2022, 2, 10), state="closed"
        )
    assert quorum.enrolled == 2


# --- bodies that are gone


def test_nobody_sits_in_a_body_longer_than_there_is_one(store, committee) -> None:
    who, post = add(store), store.run(posts.add_post, name_ko="환경국장").value
    store.run(posts.add_seat, post_id=post, body_id=committee, starts_on=D(2021, 1, 1))
    store.run(posts.add_holding, post_id=post, person_id=who, starts_on=D(2021, 1, 1))
    next_one = add(store, "다음 국장")
    # The next holder is known already and begins after the last day of the body.
    store.run(posts.change_holder, post_id=post, person_id=next_one, on=D(2022, 7, 1))
    mine = seat(store, committee, add(store, "위촉 위원"))
    store.run(bodies.dissolve_body, id=committee, on=D(2022, 6, 30))
    with store.reading() as read:
        ends = read.scalars(select(Membership.ends_on).order_by(Membership.id)).all()
        assert ends == [D(2022, 6, 30), D(2022, 6, 30)]
    late = add(store, "늦은 위원")
    for days in ((D(2022, 7, 1), None), (D(2022, 6, 1), None), (D(2022, 6, 1), D(2022, 7, 1))):
        with pytest.raises(UserError, match=r"2022\. 6\. 30\."):
            seat(store, committee, late, *days)
    with pytest.raises(UserError, match="폐지"):
        store.run(usecases.edit_membership, id=mine, ends_on=D(2022, 7, 1))
    seat(store, committee, late, D(2022, 6, 1), D(2022, 6, 30))
    assert store.undo() and store.undo() and store.undo()
    with store.reading() as read:
        sits = precedence.ordered(read, committee, D(2022, 7, 1))
    assert [one.name for one in sits] == ["다음 국장", "위촉 위원"]


def test_a_day_of_dissolution_before_a_seat_is_refused_however_it_is_entered(
    store, committee
) -> None:
    seat(store, committee, add(store), D(2022, 9, 1))
    for verb, day in ((usecases.edit_body, "dissolved_on"), (bodies.dissolve_body, "on")):
        with pytest.raises(UserError, match=r"2022\. 6\. 30\."):
            store.run(verb, id=committee, **{day: D(2022, 6, 30)})


# --- merging


def test_one_consent_is_left_to_withdraw(store) -> None:
    keep, other = add(store), add(store, "가상人")
    for who, day in ((keep, D(2022, 1, 5)), (other, D(2021, 1, 5))):
        for purpose in ("contact", "publication") if who == other else ("contact",):
            store.run(
                usecases.give_consent, person_id=who, field="phone", purpose=purpose, given_on=day
            )
    store.run(merging.merge_people, keep_id=keep, other_id=other)
    with store.reading() as read:
        record = personrecord.record(read, id=keep)
        assert [(one.purpose, one.given_on) for one in record.consents] == [
            ("contact", D(2021, 1, 5)),
            ("publication", D(2021, 1, 5)),
        ]
    store.run(usecases.withdraw_consent, id=record.consents[0].id, on=TODAY)
    with store.reading() as read:
        assert not personrecord.record(read, id=keep).agreed("phone", "contact")
    store.undo()
    store.undo()
    with store.reading() as read:
        assert len(read.scalars(select(Consent.id)).all()) == 3


def test_whoever_was_merged_is_found_by_both_names_once(store, committee) -> None:
    keep, other = add(store, "김가상"), add(store, "박누리")
    seat(store, committee, keep)
    store.run(merging.merge_people, keep_id=keep, other_id=other)
    with store.reading() as read:
        for words in ("김가상", "박누리", "ㅂㄴㄹ"):
            found = search_records.find(read, words=words)
            assert [(one.table, one.id, one.title) for one in found] == [
                ("person", keep, "김가상")
            ], words


def test_a_successor_who_turns_out_to_be_somebody_known_stays_one_seat(store, committee) -> None:
    rule(store, committee, "term_years", "2")
    left = seat(store, committee, add(store), D(2021, 1, 1), D(2022, 12, 31))
    store.run(usecases.end_membership, id=left, ends_on=D(2022, 2, 28), reason="resigned")
    known = add(store, "아는 사람")
    new = store.run(
        usecases.fill_vacancy,
        membership_id=left,
        starts_on=D(2022, 3, 1),
        person={"name": "아는 사람", "fictional": True},
    ).value
    at = dt.datetime(2022, 4, 1, 14, tzinfo=clock.KST)
    meeting = store.run(meetings.add_meeting, body_id=committee, starts_at=at).value
    who = first(store, select(Membership.person_id).where(Membership.id == new))[0]
    store.run(merging.merge_people, keep_id=known, other_id=who)
    sheet = select(Attendance.person_id).where(Attendance.meeting_id == meeting)
    assert first(store, sheet) == (known,)
    with pytest.raises(UserError, match="아는 사람"):
        store.run(
            usecases.fill_vacancy, membership_id=left, starts_on=D(2022, 3, 1), person_id=known
        )
    store.undo()
    assert first(store, sheet) == (who,)


# --- erasing


@pytest.fixture
def next_term(store, committee):
    """The next term of a committee of two, both planned to be renewed."""
    store.run(terms.add_term, body_id=committee, starts_on=D(2021, 1, 1), ends_on=D(2022, 12, 31))
    seats = [
        seat(store, committee, add(store, name), D(2021, 1, 1), D(2022, 12, 31))
        for name in ("가상 하나", "가상 둘")
    ]
    term = store.run(terms.open_term, body_id=committee, ends_on=D(2024, 12, 31)).value
    with store.reading() as read:
        plans = read.scalars(
            select(SeatPlan.id).where(SeatPlan.membership_id.in_(seats)).order_by(SeatPlan.id)
        ).all()
    store.run(candidates.decide_all, ids=list(plans), decision="renew")
    return term, seats


def test_somebody_erased_is_not_appointed_again_nor_mentioned(store, committee, next_term) -> None:
    term, seats = next_term
    gone = first(store, select(Membership.person_id).where(Membership.id == seats[0]))[0]
    erasing.erase(store, id=gone)
    with store.reading() as read:
        plan = preparation.preparation(read, term_id=term)
        assert [row.name for row in plan.renewed] == ["가상 둘"]
        assert plan.open == 1
        assert today.overview(read, today=TODAY).deadlines.overdue == ()
        found = search_records.find(read, words="가상 하나")
        assert found == []


def test_a_seat_removed_meanwhile_is_open_again(store, committee, next_term) -> None:
    term, seats = next_term
    store.run(usecases.remove_membership, id=seats[1])
    with store.reading() as read:
        plan = preparation.preparation(read, term_id=term)
    assert [row.name for row in plan.renewed] == ["가상 하나"]
    with pytest.raises(UserError) as refused:
        store.run(appointing.appoint, term_id=term)
    assert refused.value.hint
    store.undo()
    with store.reading() as read:
        assert len(preparation.preparation(read, term_id=term).renewed) == 2


def test_a_post_whose_holder_was_erased_gets_another(store, committee) -> None:
    who, post = add(store), store.run(posts.add_post, name_ko="환경국장").value
    store.run(posts.add_seat, post_id=post, body_id=committee, starts_on=D(2021, 1, 1))
    store.run(posts.add_holding, post_id=post, person_id=who, starts_on=D(2021, 1, 1))
    other = add(store, "합쳐진 사람")
    store.run(merging.merge_people, keep_id=who, other_id=other)
    at = dt.datetime(2022, 4, 1, 14, tzinfo=clock.KST)
    meeting = store.run(meetings.add_meeting, body_id=committee, starts_at=at).value
    erasing.erase(store, id=other)
    sheet = select(Attendance.person_id).where(Attendance.meeting_id == meeting)
    assert first(store, sheet) is None
    new = add(store, "새 국장")
    store.run(posts.change_holder, post_id=post, person_id=new, on=TODAY)
    assert first(store, sheet) == (new,)
    with store.reading() as read:
        assert [one.name for one in precedence.ordered(read, committee, TODAY)] == ["새 국장"]
        # The past counts as it was, without a name.
        assert checks.verdicts(read, body_id=committee, on=D(2022, 3, 1))[0].value["enrolled"] == 1
        names = read.scalars(select(Person.name).where(Person.id.in_((who, other)))).all()
        assert names == ["", ""]


# --- terms and vacancies


def test_the_successor_of_one_appointed_late_leaves_with_the_term(store, committee) -> None:
    rule(store, committee, "term_years", "2")
    rule(store, committee, "remainder", "yes")
    store.run(terms.add_term, body_id=committee, starts_on=D(2021, 1, 1), ends_on=D(2022, 12, 31))
    late = seat(store, committee, add(store), D(2021, 6, 1), D(2022, 12, 31))
    store.run(usecases.end_membership, id=late, ends_on=D(2022, 2, 28), reason="resigned")
    with store.reading() as read:
        asked = succession.vacancy(read, id=late, starts_on=D(2022, 3, 1))
    assert (asked.remainder, asked.ends_on) == (True, D(2022, 12, 31))


def test_a_candidate_is_warned_of_by_the_rule_that_judges_the_body(store, committee) -> None:
    rule(store, committee, "most_committees", "1")
    store.run(terms.add_term, body_id=committee, starts_on=D(2021, 1, 1), ends_on=D(2022, 12, 31))
    term = store.run(terms.open_term, body_id=committee, ends_on=D(2024, 12, 31)).value
    other = store.run(usecases.add_body, name_ko="다른 위원회").value
    by_office, appointed = add(store, "당연직"), add(store, "위촉직")
    seat(store, other, by_office, capacity="ex_officio")
    seat(store, other, appointed)
    observer = add(store, "참관")
    seat(store, other, observer, role="observer")
    for who in (by_office, appointed, observer):
        store.run(candidates.add_candidate, term_id=term, person_id=who)
    with store.reading() as read:
        plan = preparation.preparation(read, term_id=term)
    assert {one.name: (one.bodies, one.too_many) for one in plan.candidates} == {
        "당연직": (0, False),
        "위촉직": (1, True),
        "참관": (0, False),
    }
    # A working group is no committee: the seat there is not one more.
    store.run(usecases.edit_body, id=committee, kind="working_group")
    with store.reading() as read:
        plan = preparation.preparation(read, term_id=term)
        found = checks.verdicts(
            read,
            body_id=committee,
            on=D(2023, 1, 1),
            with_people=[{"person_id": one.person_id} for one in plan.candidates],
        )
    assert {one.committees for one in plan.candidates} == {0, 1}
    assert not any(one.too_many for one in plan.candidates)
    assert all(one.ok for one in found if one.rule == "most_committees")


def test_an_answer_stays_with_whoever_is_appointed_again(store, committee) -> None:
    stays, goes = add(store, "남는 위원"), add(store, "떠나는 위원")
    seats = [seat(store, committee, who, BEGAN, D(2022, 12, 31)) for who in (stays, goes)]
    at = dt.datetime(2022, 12, 1, 14, tzinfo=clock.KST)
    meeting = store.run(meetings.add_meeting, body_id=committee, starts_at=at).value
    with store.reading() as read:
        asked = select(Attendance.id).where(Attendance.meeting_id == meeting)
        sheet = list(read.scalars(asked.order_by(Attendance.id)).all())
    store.run(replies.set_reply, ids=sheet, reply="coming")
    store.run(usecases.end_membership, id=seats[1], ends_on=D(2022, 10, 31), reason="resigned")
    # In one step: until the eve by the old seat, from then on by the new one.
    store.run(terms.add_term, body_id=committee, starts_on=BEGAN, ends_on=D(2022, 10, 31))
    store.run(usecases.end_membership, id=seats[0], ends_on=D(2023, 1, 31), reason="term")
    term = store.run(terms.open_term, body_id=committee, ends_on=D(2024, 10, 31)).value
    with store.reading() as read:
        plans = {row.name: row.id for row in preparation.preparation(read, term_id=term).seats}
    store.run(candidates.decide, id=plans["남는 위원"], decision="renew")
    others = [id for name, id in plans.items() if name != "남는 위원"]
    store.run(candidates.decide_all, ids=others, decision="vacant")
    store.run(appointing.appoint, term_id=term)
    with store.reading() as read:
        rows = read.execute(
            select(Attendance.person_id, Attendance.membership_id, Attendance.reply)
        ).all()
    assert [(row.person_id, row.reply) for row in rows] == [(stays, "coming")]
    assert rows[0].membership_id not in seats


def test_papers_count_members_and_name_nobody_erased(store, committee) -> None:
    women = {"name": "가상 위원", "gender": "female", "fictional": True}
    clerk = {"name": "가상 서기", "gender": "male", "fictional": True}
    days = {"body_id": committee, "starts_on": BEGAN}
    store.run(usecases.add_member, person=women, membership=days)
    store.run(
        usecases.add_member,
        person=clerk,
        membership={**days, "role": "secretary", "voting": False},
    )
    store.run(terms.add_term, body_id=committee, starts_on=BEGAN, ends_on=D(2021, 12, 31))
    gone = add(store, "떠난 위원")
    old = seat(store, committee, gone)
    erasing.erase(store, id=gone)
    with store.reading() as read:
        seats = [row.membership_id for row in precedence.ordered(read, committee, TODAY)]
        made = model.gather(read, body_id=committee, on=TODAY, membership_ids=[*seats, old])
        assert queries.body(read, id=committee, on=TODAY).term is None
        assert queries.body(read, id=committee, on=D(2021, 12, 31)).term.number == 1
        assert model.gather(read, body_id=committee, on=D(2021, 12, 31)).term == 1
    assert [row.name for row in made.seats] == ["가상 위원", "가상 서기"]
    assert (made.count("appointed"), made.sexes) == (1, (1, 0, 0))


def test_a_long_list_is_read_in_pieces(store, committee, monkeypatch) -> None:
    monkeypatch.setattr(queries, "_BLOCK", 2)
    monkeypatch.setattr(access, "_BLOCK", 2)
    everybody = [add(store, f"가상 {n}") for n in range(5)]
    for who in everybody:
        seat(store, committee, who)
        store.run(access.record_access, action="reveal", fields=["phone"], people=[who])
    with store.reading() as read:
        assert [row.id for row in queries.members(read, body_id=committee, on=TODAY)] == everybody
        acts = access.record_rows(read, ids=access.record_ids(read, descending=False))
    assert [row.people[0][0] for row in acts] == everybody


def test_many_seats_end_in_one_step_with_their_places_at_meetings(store, committee) -> None:
    seats = [seat(store, committee, add(store, f"가상 {n}")) for n in range(3)]
    at = dt.datetime(2022, 4, 1, 14, tzinfo=clock.KST)
    meeting = store.run(meetings.add_meeting, body_id=committee, starts_at=at).value
    sheet = select(Attendance.membership_id).where(Attendance.meeting_id == meeting)
    store.run(several.end_memberships, ids=seats[:2], ends_on=D(2022, 3, 31), reason="term")
    assert first(store, sheet) == (seats[2],)
    store.undo()
    with store.reading() as read:
        assert sorted(read.scalars(sheet).all()) == seats
