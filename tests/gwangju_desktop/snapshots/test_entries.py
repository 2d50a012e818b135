"""When records were entered, due days moved too late, records taken out, books of numbers."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import schema
from db.schema.meetings import AgendaItem, Meeting
from db.schema.sittings import DrawnNumber
from db.store import Store, usecase
from db.vocab import Profile
from gwangju_desktop import clock, settings
from gwangju_desktop.meetings import actions, numbers
from gwangju_desktop.snapshots import disclose, entries, policy
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.policy import Coder
from gwangju_desktop.snapshots.sqlite_file import Row
from tests.gwangju_desktop.snapshots import offices

LATE = entries.rules().late_days


def derived(store: Store, profile: Profile = Profile.MONITOR) -> dict[str, list[Row]]:
    """Return the tables of a copy as it would be made now."""
    rules = policy.load(profile)
    with store.reading() as read:
        office = disclose.fetch(read, rules)
    made = clock.local(clock.now()).isoformat()
    disclosed = disclose.disclose(office, rules, b"\0" * 32, {"made_at": made})
    return {shape.name: list(rows) for shape, rows in disclosed.tables}


def code(table: str, number: int) -> str:
    return Coder(b"\0" * 32)(table, number)


def test_every_rule_names_a_table_and_its_columns() -> None:
    schema.everything()
    rules = entries.rules()
    named = [(t, c) for t, c in rules.occurred.items()]
    named += [(t, c) for t, columns in rules.due.items() for c in columns]
    for table, column in named:
        assert column in schema.table(table).c, (table, column)


def test_a_record_says_when_it_happened_and_when_it_was_entered(store: Store) -> None:
    offices.small(store)
    today = clock.today()
    body, meeting = _ids(store)
    with store.reading() as read:
        (starts,) = read.scalars(select(Meeting.starts_at))
    rows = {(row[0], row[1]): row[2:] for row in derived(store)["record_entry"]}
    day = clock.local(starts).date()
    late = (today - day).days
    assert late > LATE
    said = (day.isoformat(), today.isoformat(), today.isoformat(), late)
    assert rows["meeting", code("meeting", meeting)] == said
    assert rows["body", code("body", body)] == (None, today.isoformat(), today.isoformat(), None)


@pytest.mark.parametrize("profile", list(Profile))
def test_everybody_is_not_told_when_something_private_was_edited(
    store: Store, profile: Profile
) -> None:
    offices.small(store)
    body, _meeting = _ids(store)
    rows = {(row[0], row[1]): row for row in derived(store, profile)["record_entry"]}
    today = clock.today().isoformat()
    assert rows["body", code("body", body)][4] == today, "all of a body goes out"
    people = [row for (table, _), row in rows.items() if table in ("person", "membership")]
    assert len(people) >= 6
    seen = {row[4] for row in people}
    # A telephone number that was typed anew would show itself by its day.
    assert seen == ({None} if profile is Profile.PUBLIC else {today})
    assert {row[3] for row in people} == {today}


@pytest.mark.parametrize(("days", "late"), [(LATE, None), (LATE + 1, LATE + 1), (0, None)])
def test_only_what_came_after_the_limit_is_late(store: Store, days: int, late: int | None) -> None:
    offices.small(store)
    _, meeting = _ids(store)
    store.run(move, id=meeting, days=days)
    rows = {(row[0], row[1]): row[5] for row in derived(store)["record_entry"]}
    assert rows["meeting", code("meeting", meeting)] == late


@usecase("Move")
def move(tx: Session, *, id: int, days: int) -> None:
    """Let a meeting have begun some days ago."""
    tx.get_one(Meeting, id).starts_at = clock.now() - dt.timedelta(days=days)


def test_a_due_day_moved_after_it_had_passed_is_told(store: Store) -> None:
    offices.small(store)
    body, _ = _ids(store)
    today = clock.today()
    passed, ahead = today - dt.timedelta(days=3), today + dt.timedelta(days=30)
    ids = [
        store.run(
            actions.add_action, body_id=body, text=f"조치 {n}", department="예시과", due_on=due
        ).value
        for n, due in enumerate((passed, ahead, passed))
    ]
    later = ahead + dt.timedelta(days=1)
    for number in ids:
        store.run(actions.edit_action, id=number, due_on=later)
    store.undo()
    (row,) = derived(store)["moved_due"]
    assert row[:3] == ("action", code("action", ids[0]), "due_on")
    assert row[4:8] == (passed.isoformat(), later.isoformat(), today.isoformat(), 3)
    assert row[8:] == ("조치사항 수정", "Edit action")
    (public,) = derived(store, Profile.PUBLIC)["moved_due"]
    assert public[:8] == row[:8] and public[8:] == ("기한 변경", "Due day moved")
    store.redo()
    assert len(derived(store)["moved_due"]) == 2


def test_a_record_of_a_former_copy_that_is_gone_leaves_its_mark(
    store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    offices.small(store)
    with store.reading() as read:
        first, second, third = read.scalars(select(AgendaItem.id).order_by(AgendaItem.position))
    store.run(strike, id=first)
    assert derived(store)["withdrawn"] == [], "no copy ever had it"
    target = tmp_path_factory.mktemp("copy") / "1.gwsnap"
    make_snapshot(store, target=target, passphrase=offices.PASSPHRASE)
    store.run(strike, id=second)
    today = clock.today().isoformat()
    (row,) = derived(store)["withdrawn"]
    assert row == ("agenda_item", code("agenda_item", second), today, "Strike", "Strike")
    (public,) = derived(store, Profile.PUBLIC)["withdrawn"]
    assert public == (*row[:3], "기록 삭제", "Record taken out")
    store.undo()
    assert derived(store)["withdrawn"] == [], "it is there again"
    assert third


@usecase("Strike")
def strike(tx: Session, *, id: int) -> None:
    """Take an item out."""
    tx.delete(tx.get_one(AgendaItem, id))


def test_a_number_that_stands_for_nothing_is_told_with_its_reason(store: Store) -> None:
    offices.small(store)
    body, meeting = _ids(store)
    with store.reading() as read:
        items = list(read.scalars(select(AgendaItem.id).order_by(AgendaItem.position)))
    store.run(draw, body_id=body, items=dict(zip((1, 2, 5), items, strict=True)))
    store.run(strike, id=items[1])
    store.run(strike, id=items[2])
    rows = [row for row in derived(store)["register_number"] if row[0] == "item"]
    states = {row[3]: (row[5], row[7], row[8]) for row in rows}
    assert states == {
        1: ("used", code("agenda_item", items[0]), ""),
        2: ("explained", None, "철회"),
        3: ("missing", None, ""),
        4: ("missing", None, ""),
        5: ("missing", None, ""),
    }
    assert meeting


@usecase("Draw")
def draw(tx: Session, *, body_id: int, items: dict[int, int]) -> None:
    """Give items their numbers and explain the second."""
    for number, item in items.items():
        tx.add(
            DrawnNumber(
                body_id=body_id,
                kind="item",
                year=2022,
                number=number,
                text=f"제2022-{number}호",
                subject_id=item,
                drawn_at=clock.now(),
            )
        )
    tx.flush()
    numbers.explain(tx, "item", items[2], "철회")


def _ids(store: Store) -> tuple[int, int]:
    with store.reading() as read:
        meeting = read.scalars(select(Meeting)).one()
        return meeting.body_id, meeting.id


def test_the_office_that_was_just_set_up_has_empty_lists(store: Store) -> None:
    store.run(settings.set_up)
    told = derived(store)
    assert told["moved_due"] == told["withdrawn"] == told["register_number"] == []
