"""Filters with a name, and several seats changed in one step."""

from __future__ import annotations

import datetime as dt

import pytest

from gwangju_desktop.errors import UserError
from gwangju_desktop.members import filters, listing, memberships, queries, several, usecases

D = dt.date


@pytest.fixture
def seats(store):
    """Three members of one body, two with a last day."""
    body = store.run(usecases.add_body, name_ko="하나위원회").value
    made = []
    for n, ends in enumerate((D(2021, 12, 31), D(2022, 6, 30), None)):
        person = store.run(usecases.add_person, name=f"위원{n}").value
        seat = store.run(
            memberships.add_membership,
            person_id=person,
            body_id=body,
            starts_on=D(2020, 1, 1),
            ends_on=ends,
        ).value
        made.append((person, seat))
    return made


@pytest.mark.file_only
def test_several_seats_end_and_are_put_back_in_one_step(store, seats) -> None:
    ids = [seat for _person, seat in seats]
    store.run(several.end_memberships, ids=ids, ends_on=D(2021, 1, 31), reason="resigned")
    with store.reading() as read:
        assert listing.member_ids(read, on=D(2021, 2, 1)).tolist() == []
    store.undo()
    with store.reading() as read:
        assert len(listing.member_ids(read, on=D(2021, 2, 1))) == 3


@pytest.mark.file_only
def test_all_or_none_are_reappointed_and_the_refusal_names_whom(store, seats) -> None:
    ids = [seat for _person, seat in seats]
    with pytest.raises(UserError, match="위원2"):
        store.run(several.renew_memberships, ids=ids)
    with store.reading() as read:
        assert len(queries.member(read, id=seats[0][0]).memberships) == 1
    made = store.run(several.renew_memberships, ids=ids[:2]).value
    assert len(made) == 2
    with store.reading() as read:
        second = queries.member(read, id=seats[0][0]).memberships[-1]
    assert (second.starts_on, second.appointments) == (D(2022, 1, 1), 2)
    store.undo()
    with store.reading() as read:
        assert len(queries.member(read, id=seats[1][0]).memberships) == 1


@pytest.mark.file_only
def test_a_field_is_set_for_several(store, seats) -> None:
    store.run(several.set_field, ids=[seat for _person, seat in seats], field=" 환경 ")
    with store.reading() as read:
        assert listing.fields(read) == ["환경"]
        assert len(listing.member_ids(read, field="환경")) == 3
    with pytest.raises(UserError):
        store.run(several.set_field, ids=[], field="환경")


def test_filters_keep_their_names_apart(store) -> None:
    first = store.run(
        filters.save_filter, name=" 곧 만료 ", query={"ending": 30, "words": ""}
    ).value
    with pytest.raises(UserError, match="곧 만료"):
        store.run(filters.save_filter, name="곧 만료", query={})
    with pytest.raises(UserError):
        store.run(filters.save_filter, name=" ", query={})
    second = store.run(filters.save_filter, name="학계", query={"field": "학계"}).value
    store.run(filters.rename_filter, id=first, name="30일")
    with store.reading() as read:
        kept = [(row.id, row.name, row.query) for row in filters.filters(read)]
    assert kept == [(first, "30일", {"ending": 30}), (second, "학계", {"field": "학계"})]
    store.run(filters.remove_filter, id=first)
    store.undo()
    with store.reading() as read:
        assert [row.name for row in filters.filters(read)] == ["30일", "학계"]
