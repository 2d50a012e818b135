"""A file may do nothing to a seat that a form may not: on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from db.schema.members import Membership, Person
from gwangju_desktop import clock
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import bodies, posts, usecases
from gwangju_desktop.members.importing import reading
from gwangju_desktop.members.importing.model import Options
from tests.gwangju_desktop.meetings import lives
from tests.gwangju_desktop.members.importing.test_round_trip import plan_of, take_in

D = dt.date
HEAD = "고유번호,성명,위촉일,임기 만료일,역할,의결권"


@pytest.fixture
def body(store):
    return store.run(usecases.add_body, name_ko="가상위원회").value


def person(store, name):
    """Add somebody; return the id and the number that stands in files."""
    id = store.run(usecases.add_person, name=name, fictional=True).value
    with store.reading() as read:
        return id, read.scalar(select(Person.uid).where(Person.id == id))


def rows(store, body, *lines):
    source = reading.read_text("\n".join((HEAD, *lines)) + "\n", "x")
    return plan_of(store, source, options=Options(body_id=body)).rows


@pytest.mark.file_only
def test_a_vote_that_was_counted_does_not_change_with_a_file(store, body) -> None:
    id, uid = person(store, "가상하나")
    store.run(usecases.add_membership, person_id=id, body_id=body, starts_on=D(2021, 1, 1))
    line = f"{uid},가상하나,2021-01-01,,위원,아니요"
    assert [row.kind for row in rows(store, body, line)] == ["change"]
    at = dt.datetime(2021, 5, 6, 14, tzinfo=clock.KST)
    meeting = store.run(meetings.add_meeting, body_id=body, starts_at=at).value
    lives.opened(store, meeting, at)
    (row,) = rows(store, body, line)
    assert (row.kind, row.why.values["day"]) == ("refused", D(2021, 5, 6))
    (row,) = rows(store, body, f"{uid},가상하나,2021-01-01,,참관인,예")
    assert row.kind == "refused"
    assert [r.kind for r in rows(store, body, f"{uid},가상하나,2021-01-01,,부위원장,예")] == [
        "change"
    ]


def test_a_seat_of_a_post_keeps_its_days(store, body) -> None:
    id, uid = person(store, "가상국장")
    post = store.run(posts.add_post, name_ko="환경국장").value
    store.run(posts.add_seat, post_id=post, body_id=body, starts_on=D(2021, 1, 1))
    store.run(posts.add_holding, post_id=post, person_id=id, starts_on=D(2021, 1, 1))
    (row,) = rows(store, body, f"{uid},가상국장,2021-01-01,2021-12-31,위원,예")
    assert (row.kind, row.why.values) == ("refused", {"post": "환경국장"})
    (row,) = rows(store, body, f"{uid},가상국장,2021-01-01,,위원,예")
    assert row.kind == "same"


@pytest.mark.file_only
def test_a_body_that_is_gone_takes_nobody_in(store, body) -> None:
    store.run(bodies.dissolve_body, id=body, on=D(2021, 12, 31))
    found = rows(
        store,
        body,
        ",가상하나,2022-01-01,,위원,예",
        ",가상둘,2021-01-01,,위원,예",
        ",가상셋,2021-01-01,2022-01-01,위원,예",
        ",가상넷,2021-01-01,2021-12-31,위원,예",
    )
    assert [row.kind for row in found] == ["refused", "refused", "refused", "add"]
    assert all(row.why.values["day"] == D(2021, 12, 31) for row in found[:3])


def test_an_observer_has_no_vote_whatever_the_file_says(store, body) -> None:
    source = reading.read_text(f"{HEAD}\n,가상하나,2021-01-01,,참관인,예\n", "x")
    take_in(store, source, options=Options(body_id=body))
    with store.reading() as read:
        assert read.execute(select(Membership.role, Membership.voting)).all() == [
            ("observer", False)
        ]
        uid = read.scalar(select(Person.uid))
    # The same line again changes nothing.
    assert [r.kind for r in rows(store, body, f"{uid},가상하나,2021-01-01,,참관인,예")] == ["same"]
