"""Rows added by the thousand are journalled, found, undone and done again as single ones are."""

from __future__ import annotations

import datetime as dt
import gc
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import images, journal, many, search
from db.changes import RowChange
from db.hangul import CLUSTERS
from db.schema.members import Organisation
from db.schema.proposals import Proposal, ProposalProfile, Proposer
from db.store import Store, usecase

DAY = dt.date(2022, 3, 2)


def profile() -> ProposalProfile:
    return ProposalProfile(code="t", position=1, name_ko="기준")


def facts(n: int, profile_id: int) -> dict[str, Any]:
    return {
        "profile_id": profile_id,
        "since_on": DAY,
        "channel": "web",
        "received_on": DAY,
        "title": f"가상 제안 {n}",
        "fingerprint": f"{n:064x}",
    }


@usecase("Add many")
def add_many(tx: Session, *, count: int) -> list[int]:
    held = profile()
    tx.add(held)
    tx.flush()
    ids = many.add(tx, Proposal, [facts(n, held.id) for n in range(count)])
    people = [
        {"proposal_id": id, "subject_id": -id, "position": 1, "name": f"홍가상{id}"} for id in ids
    ]
    many.add(tx, Proposer, people)
    return ids


@usecase("Add one by one")
def add_single(tx: Session, *, profile_id: int) -> int:
    row = Proposal(**facts(7, profile_id))
    tx.add(row)
    tx.flush()
    return row.id


def rows(store: Store, entity: Any) -> list[tuple[Any, ...]]:
    with store.reading() as read:
        query = select(entity.__table__).order_by(entity.__table__.c.id)
        return [tuple(row) for row in read.execute(query)]


def test_they_are_journalled_as_they_stand(store: Store) -> None:
    done = store.run(add_many, count=30)
    ids = done.value
    assert ids == sorted(set(ids))
    held = {row[0]: row for row in rows(store, Proposal)}
    told = {row.pk[0]: row.after for row in done.rows if row.table == "proposal"}
    assert list(told) == ids
    for id, image in told.items():
        assert image is not None
        assert tuple(image.values()) == held[id]
    with store.reading() as read:
        connection = read.connection()
        assert journal.verify(connection) == []
        assert search.differences(connection) == []
        assert len(search.find(connection, "가상제안", limit=100)) == 30
    assert {row.subject for row in done.rows if row.table == "proposer"} == {-id for id in ids}


def test_one_undo_takes_all_back_and_redo_brings_the_same_rows(store: Store) -> None:
    store.run(add_many, count=12)
    before = rows(store, Proposal), rows(store, Proposer)
    store.undo()
    assert rows(store, Proposal) == []
    assert rows(store, Proposer) == []
    store.redo()
    assert (rows(store, Proposal), rows(store, Proposer)) == before


def test_ids_are_never_given_twice(store: Store) -> None:
    first = store.run(add_many, count=3).value
    held = rows(store, ProposalProfile)[0][0]
    single = store.run(add_single, profile_id=held).value
    assert single > max(first)
    store.undo()
    store.undo()

    @usecase("Again")
    def again(tx: Session) -> list[int]:
        row = profile()
        tx.add(row)
        tx.flush()
        return many.add(tx, Proposal, [facts(1, row.id)])

    assert store.run(again).value[0] > single


def test_a_row_as_an_entity_has_the_same_image(store: Store) -> None:
    store.run(add_many, count=1)
    held = rows(store, ProposalProfile)[0][0]
    one = store.run(add_single, profile_id=held).rows[0].after
    several = store.since(0)[0].rows
    image = next(row.after for row in several if row.table == "proposal")
    assert one is not None
    assert image is not None
    different = {"id", "version", "title", "fingerprint"}
    assert {k: v for k, v in one.items() if k not in different} == {
        k: v for k, v in image.items() if k not in different
    }


def test_an_unknown_column_is_refused_and_nothing_is_written(store: Store) -> None:
    @usecase("Wrong")
    def wrong(tx: Session) -> None:
        many.add(tx, Organisation, [{"name_ko": "가상기관"}, {"name_ko": "둘", "colour": "red"}])

    with pytest.raises(KeyError, match="colour"):
        store.run(wrong)
    assert rows(store, Organisation) == []
    assert store.head() == 0


def test_nothing_is_added_for_no_rows(store: Store) -> None:
    @usecase("None")
    def none(tx: Session) -> list[int]:
        return many.add(tx, Organisation, [])

    assert store.run(none).value == []


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_folding_keeps_letters_and_digits_only(text: str) -> None:
    clusters = text.translate(CLUSTERS)
    once = unicodedata.normalize("NFKC", clusters).casefold()
    slow = "".join(c for c in unicodedata.normalize("NFKC", once) if c.isalnum())
    assert search.fold(text) == slow
    first = [chr(0x1100 + (ord(c) - 0xAC00) // 588) if "가" <= c <= "힣" else c for c in slow]
    assert search.initials(slow) == "".join(first)
    pairs = {slow[at : at + 2] for at in range(len(slow))}
    assert set(search.grams(slow)) == pairs - {""}


def test_thousands_at_once_are_found_as_few_are(sqlite_store: Store) -> None:
    @usecase("Thousands")
    def thousands(tx: Session) -> list[int]:
        names = [{"name_ko": f"가상단체 {n:04}"} for n in range(search.MANY + 50)]
        return many.add(tx, Organisation, names)

    ids = sqlite_store.run(thousands).value
    with sqlite_store.reading() as read:
        connection = read.connection()
        assert search.find(connection, "단체 2041") == [("organisation", ids[2041])]
        assert search.differences(connection) == []


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**62), 2**62),
    st.text(max_size=12),
    st.sampled_from(["%s", "100%", '"\\\n', "가상"]),
    st.dates(),
    st.datetimes(timezones=st.just(dt.UTC)),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.binary(max_size=4),
    st.floats(allow_nan=False, allow_infinity=False),
)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_images_written_by_columns_are_those_written_one_by_one(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 40))
    same = data.draw(st.lists(VALUES, min_size=3, max_size=3))
    kind = data.draw(st.sampled_from(VALUES.original_strategies))
    rows = [
        RowChange(
            "proposal" if data.draw(st.integers(0, 30)) else "proposer",
            (n,),
            None if data.draw(st.integers(0, 30)) else {"id": n},
            {
                "id": n,
                "z": data.draw(kind),
                "b%": data.draw(VALUES),
                **dict(zip("acd", same, strict=True)),
            },
        )
        for n in range(count)
    ]
    assert images.bodies(rows) == [images.canonical([row.before, row.after]) for row in rows]


def test_garbage_is_looked_for_again_after_a_large_step(sqlite_store: Store) -> None:
    @usecase("Large", large=True)
    def large(tx: Session, *, fail: bool) -> bool:
        if fail:
            raise RuntimeError("가상")
        return gc.isenabled()

    assert sqlite_store.run(large, fail=False).value is False
    assert gc.isenabled()
    with pytest.raises(RuntimeError, match="가상"):
        sqlite_store.run(large, fail=True)
    assert gc.isenabled()
