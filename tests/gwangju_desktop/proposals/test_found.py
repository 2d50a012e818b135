"""Proposals in the search of everything, and by name in the journal."""

from __future__ import annotations

import datetime as dt

from gwangju_desktop import clock, search_records, subjects
from gwangju_desktop.proposals import usecases
from tests.gwangju_desktop.proposals.entered import enter
from tests.gwangju_desktop.proposals.test_queries import BIKES, finish

D = dt.date


def test_a_proposal_is_found_by_its_words_its_numbers_and_its_people(store) -> None:
    first, second = store.run(
        enter, proposals=[BIKES, {"number": "2022-040", "title": "자전거 길", "state": "review"}]
    ).value
    store.run(finish, id=first, other=second)

    def found(words: str):
        with store.reading() as read:
            hits = search_records.find(read, words=words)
        assert all((one.table, one.page) == ("proposal", "proposals") for one in hits)
        assert all(one.record == ("proposal", one.id) for one in hits)
        return {one.id: one.detail for one in hits}

    assert found("1AA-2203-000001") == {first: "국민신문고 1AA-2203-000001"}
    assert found("2203000001") == {first: "국민신문고 1AA-2203-000001"}
    assert found("2022-040") == {second: "2022-040"}
    assert set(found("자전거")) == {first, second}
    assert found("김가상") == {first: "2022-031 · 김가상"}
    assert found("거점 14곳") == {first: "2022-031 · 교통정책과"}, "what a department wrote"
    assert set(found("소관")) == {first}, "the reason of a step"
    assert set(found("드립니다")) == {first}, "the reply"


def test_the_journal_names_the_proposal_a_change_was_about(store) -> None:
    clock.fix(D(2022, 3, 11))
    change = store.run(
        usecases.register,
        title="버스 정류장 안내판",
        channel="web",
        received_on=D(2022, 3, 10),
        proposers=[{"name": "가상 시민"}],
        outside=[{"system": "국민신문고", "number": "1AA-2203-000077"}],
    )
    with store.reading() as read:
        names = subjects.of_entries(read, [change.id])
        keys = [(row.table, row.pk[0]) for row in change.rows]
        by_row = subjects.names(read, keys)
    assert change.id in names
    assert by_row["proposal", change.value] == "버스 정류장 안내판"
    tables = {table for table, _id in by_row}
    assert {"proposal", "proposer", "outside_number", "proposal_step", "proposal_notice"} <= tables
