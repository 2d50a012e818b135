"""Which people a list shows and in which order, on both engines."""

from __future__ import annotations

import datetime as dt

from db.vocab import Capacity
from gwangju_desktop.members import hits, listing, ordering, usecases

D = dt.date


def office(store):
    """Make two bodies and five people; return ids by name."""
    made = {"one": store.run(usecases.add_body, name_ko="하나위원회").value}
    made["two"] = store.run(usecases.add_body, name_ko="둘위원회").value
    seats = (
        ("나무", "one", "바다모임", "대표", D(2020, 1, 1), D(2021, 12, 31), "시민"),
        ("가람", "one", "산모임", "이사", D(2021, 1, 1), D(2022, 12, 31), "학계"),
        ("바다", "one", "산모임", "대표", D(2021, 6, 1), None, ""),
        ("다온", "two", "나무연대", "국장", D(2021, 1, 1), D(2022, 3, 31), "시민"),
    )
    for name, body, organisation, post, starts, ends, field in seats:
        made[name] = store.run(usecases.add_person, name=name, phone="010-1234-5678").value
        store.run(
            usecases.add_membership,
            person_id=made[name],
            body_id=made[body],
            organisation=organisation,
            post=post,
            starts_on=starts,
            ends_on=ends,
            field=field,
            capacity=(Capacity.APPOINTED if ends else Capacity.EX_OFFICIO).value,
        )
    made["라희"] = store.run(usecases.add_person, name="라희").value
    return made


def test_lists_are_by_name_or_by_a_key_with_names_within(store) -> None:
    made = office(store)
    by_id = {id: name for name, id in made.items() if name not in ("one", "two")}

    def names(**asked):
        with store.reading() as read:
            return [by_id[id] for id in listing.member_ids(read, **asked)]

    assert names() == ["가람", "나무", "다온", "라희", "바다"]
    assert names(descending=True) == ["바다", "라희", "다온", "나무", "가람"]
    assert names(on=D(2021, 7, 1)) == ["가람", "나무", "다온", "바다"]
    assert names(on=D(2022, 7, 1)) == ["가람", "바다"]
    assert names(body_id=made["one"], on=D(2021, 7, 1)) == ["가람", "나무", "바다"]
    assert names(field="시민") == ["나무", "다온"]
    assert names(capacity="ex_officio") == ["바다"]
    assert names(on=D(2022, 3, 11), ending=30) == ["다온"]
    assert names(on=D(2022, 12, 1), ending=30) == ["가람"]
    assert names(sort="ends_on") == ["나무", "다온", "가람", "바다", "라희"]
    assert names(sort="starts_on", descending=True) == ["바다", "가람", "다온", "나무", "라희"]
    assert names(sort="field") == ["라희", "바다", "나무", "다온", "가람"]
    assert names(sort="bodies", on=D(2021, 7, 1)) == ["가람", "나무", "바다", "다온"]
    for key in ("capacity", "appointments", "term", "came"):
        assert sorted(names(sort=key)) == names()
    one = {"body_id": made["one"], "on": D(2021, 7, 1), "sort": "precedence"}
    assert names(**one)[0] == "바다"  # ex officio before the appointed


def test_prepared_orders_are_those_that_are_asked_for_and_end_with_a_write(store) -> None:
    made = office(store)
    keys = (*ordering.KEYS, "came")

    def orders():
        with store.reading() as read:
            return {
                (key, descending): listing.member_ids(read, sort=key, descending=descending)
                for key in keys
                for descending in (False, True)
            }

    asked = orders()
    ordering.kept.clear()
    with store.reading() as read:
        rounds = 1
        while ordering.prepare(read):
            rounds += 1
    assert rounds == len(keys)
    assert orders() == asked
    store.run(
        usecases.add_membership,
        person_id=made["라희"],
        body_id=made["two"],
        organisation="나무연대",
        post="국장",
        starts_on=D(2019, 1, 1),
        capacity=Capacity.APPOINTED.value,
    )
    assert orders()["starts_on", False][0] == made["라희"]


def test_a_search_shows_first_whose_name_begins_so(store) -> None:
    made = office(store)

    def found(words, **asked):
        with store.reading() as read:
            ids = listing.member_ids(read, words=words, **asked)
            assert listing.first_member_ids(read, words=words, **asked) == (ids, True)
            return [row.name for row in listing.member_rows(read, ids=ids)]

    assert found("나무") == ["나무", "다온"]
    assert found("바다") == ["바다", "나무"]
    assert found("ㅂㄷ") == ["바다", "나무"]
    assert found("무") == ["나무", "다온"]
    assert found("대표") == ["나무", "바다"]
    assert found("산모임", body_id=made["one"], on=D(2021, 7, 1)) == ["가람", "바다"]
    assert found("없음") == []


def test_many_hits_answer_at_once_with_the_first_page(store, monkeypatch) -> None:
    office(store)
    monkeypatch.setattr(hits, "FEW", 1)
    monkeypatch.setattr(hits, "PAGE", 1)
    for made in (hits._counted, hits._named_from, hits._walked):
        made.cache_clear()
    with store.reading() as read:
        for words in ("나무", "ㄴ", "대표"):
            page, whole = listing.first_member_ids(read, words=words)
            every = listing.member_ids(read, words=words)
            assert not whole and len(page) == 1 and page == every[:1], words
        # Nobody's name begins so, and the page is not full: all are given.
        page, whole = listing.first_member_ids(read, words="무")
        assert whole and page == listing.member_ids(read, words="무")
    for made in (hits._counted, hits._named_from, hits._walked):
        made.cache_clear()


def test_rows_hold_contact_masked_and_the_seat_that_was_asked_for(store) -> None:
    made = office(store)
    with store.reading() as read:
        (row,) = listing.member_rows(read, ids=[made["나무"]], body_id=made["one"])
        assert row.phone == "010-****-5678"
        assert (row.field, row.post, row.body_id) == ("시민", "대표", made["one"])
        (row,) = listing.member_rows(read, ids=[made["라희"]])
        assert (row.membership_id, row.starts_on, row.term) == (0, None, None)
        assert listing.fields(read) == ["시민", "학계"]
