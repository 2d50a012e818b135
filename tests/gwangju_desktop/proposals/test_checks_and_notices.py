"""Notices that were told, notices of delay, quarterly checks and the yearly report."""

from __future__ import annotations

import datetime as dt

import pytest

from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import checks, notices
from tests.gwangju_desktop.proposals.handled import TODAY, answered, received, row

D = dt.date


@pytest.fixture(autouse=True)
def _day() -> None:
    clock.fix(TODAY)


def made(store: Store, id: int) -> list:
    with store.reading() as read:
        return notices.notices(read, id)


def due(store: Store, today: dt.date) -> list[tuple[str, int, int, dt.date]]:
    with store.reading() as read:
        found = checks.due(read, today)
    return [(one.kind, one.year, one.quarter, one.due_on) for one in found]


def test_a_notice_is_told_on_a_day_in_some_way(store: Store) -> None:
    id = received(store)
    (notice,) = made(store, id)
    store.run(notices.told, notice_id=notice.id, on_day=D(2021, 9, 8), how="문자")
    assert [(one.told_on, one.how) for one in made(store, id)] == [(D(2021, 9, 8), "문자")]
    for day in (D(2021, 9, 5), D(2021, 12, 2)):
        with pytest.raises(UserError):
            store.run(notices.told, notice_id=notice.id, on_day=day)
    store.run(notices.not_told, notice_id=notice.id)
    assert made(store, id)[0].told_on is None


@pytest.mark.file_only
def test_a_delay_is_told_with_reason_and_new_day_and_stops_no_clock(store: Store) -> None:
    id = received(store)
    before = row(store, id).due_on
    asked = {"id": id, "reason": "현장 확인이 길어짐(예시)", "on_day": D(2021, 10, 1)}
    store.run(notices.delay, **asked, new_on=D(2021, 10, 29))
    notice = made(store, id)[-1]
    assert (notice.kind, notice.reason) == ("delay", "현장 확인이 길어짐(예시)")
    assert (notice.made_on, notice.new_on) == (D(2021, 10, 1), D(2021, 10, 29))
    assert row(store, id).due_on == before
    for values in ({"new_on": before}, {"new_on": D(2021, 10, 29), "reason": ""}):
        with pytest.raises(UserError):
            store.run(notices.delay, **{**asked, **values})
    with pytest.raises(UserError, match="기한이 없어"):
        store.run(notices.delay, id=answered(store), reason="사유", new_on=D(2022, 1, 1))


def test_checks_are_due_each_quarter_and_the_report_in_january(store: Store) -> None:
    assert due(store, D(2022, 1, 10)) == []
    received(store, received_on=D(2021, 5, 3))
    assert due(store, D(2021, 5, 29)) == []
    assert due(store, D(2021, 5, 30)) == [("quarter", 2021, 2, D(2021, 6, 30))]
    assert due(store, D(2022, 1, 10)) == [
        ("quarter", 2021, 2, D(2021, 6, 30)),
        ("quarter", 2021, 3, D(2021, 9, 30)),
        ("quarter", 2021, 4, D(2021, 12, 31)),
        ("year", 2021, 0, D(2022, 1, 31)),
    ]
    store.run(checks.made, kind="quarter", year=2021, quarter=3, made_on=D(2021, 9, 29))
    clock.fix(D(2022, 1, 20))
    report = store.run(checks.made, kind="year", year=2021, note="제출함(예시)").value
    assert [one[2] for one in due(store, D(2022, 1, 20))] == [2, 4]
    with store.reading() as read:
        assert [(one.kind, one.year, one.quarter) for one in checks.checks(read)] == [
            ("quarter", 2021, 3),
            ("year", 2021, 0),
        ]
    store.run(checks.remove_check, check_id=report)
    assert ("year", 2021, 0, D(2022, 1, 31)) in due(store, D(2022, 1, 20))
    # A year later they are given up: nobody makes them any more.
    assert ("quarter", 2021, 2, D(2021, 6, 30)) not in due(store, D(2022, 7, 2))


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "quarter", "year": 2021, "quarter": 0},
        {"kind": "quarter", "year": 2021, "quarter": 5},
        {"kind": "year", "year": 2021, "quarter": 1},
        {"kind": "year", "year": 21},
        {"kind": "quarter", "year": 2022, "quarter": 1},
        {"kind": "quarter", "year": 2021, "quarter": 1, "made_on": D(2021, 12, 2)},
    ],
)
def test_a_check_has_a_time_that_has_begun(sqlite_store: Store, values: dict) -> None:
    with pytest.raises(UserError):
        sqlite_store.run(checks.made, **values)


def test_a_check_is_made_once(sqlite_store: Store) -> None:
    sqlite_store.run(checks.made, kind="quarter", year=2021, quarter=3, made_on=D(2021, 9, 29))
    with pytest.raises(UserError, match="이미"):
        sqlite_store.run(checks.made, kind="quarter", year=2021, quarter=3)
