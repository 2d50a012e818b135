"""The register of copies: to whom each went, what is found in it, when the next is due."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from db.schema.commitments import ActionPlan, PlanInstitution
from db.store import Store, usecase
from db.vocab import InstitutionRole, Profile
from gwangju_desktop import clock, today
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import deliveries, due, queries, register, usecases
from gwangju_desktop.text import say

MADE = dt.datetime(2022, 3, 11, 5, 0, tzinfo=dt.UTC)
DAY = dt.date(2022, 3, 11)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2022, 4, 1))
    with Store.create(tmp_path / "사무국.gwoffice") as made:
        yield made


def copied(store: Store, sequence: int = 1, **more: Any) -> int:
    """Write a copy into the register; return its id."""
    values: dict[str, Any] = {
        "sequence": sequence,
        "made_at": MADE,
        "file_name": f"점검용 사본 {sequence}.gwsnap",
        "size": 1_000_000 * sequence,
        "rows": 10 * sequence,
        "withheld": 3,
        "sha256": f"{sequence:064x}",
        "manifest_sha256": "b" * 64,
        "fingerprint": "AAAA BBBB",
        "profile": Profile.MONITOR.value,
        "audit_id": 7,
        "audit_hash": "c" * 64,
    }
    return int(store.run(usecases.record_snapshot, **{**values, **more}).value)


def handed(store: Store, snapshot_id: int, recipient: str = "점검단(예시)", **more: Any) -> int:
    values: dict[str, Any] = {"channel": "stick", "delivered_on": DAY, "note": ""}
    asked = {"snapshot_id": snapshot_id, "recipient": recipient, **values, **more}
    return int(store.run(deliveries.add_delivery, **asked).value)


def test_a_handing_over_is_noted_corrected_and_taken_back(store: Store) -> None:
    copy = copied(store)
    id = handed(store, copy, " 점검단(예시) ", note="봉인 봉투")
    with store.reading() as read:
        (row,) = deliveries.deliveries(read, snapshot_id=copy)
        assert row == deliveries.DeliveryRow(id, copy, "점검단(예시)", "stick", DAY, "봉인 봉투")
        assert queries.snapshots(read)[0].recipients == ("점검단(예시)",)
    store.run(deliveries.change_delivery, id=id, channel="mail")
    store.run(deliveries.remove_delivery, id=id)
    for channels in (["mail"], ["stick"], []):
        store.undo()
        with store.reading() as read:
            assert [row.channel for row in deliveries.deliveries(read)] == channels
    store.redo()
    with pytest.raises(UserError):
        store.run(deliveries.remove_delivery, id=id + 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"recipient": " "},
        {"channel": "pigeon"},
        {"delivered_on": None},
        {"delivered_on": DAY - dt.timedelta(days=1)},
        {"delivered_on": dt.date(2022, 4, 2)},
        {"snapshot_id": 99},
    ],
)
def test_what_cannot_be_is_refused(store: Store, wrong: dict[str, Any]) -> None:
    copy = copied(store)
    with pytest.raises(UserError):
        handed(store, **{"snapshot_id": copy, **wrong})
    with store.reading() as read:
        assert deliveries.deliveries(read) == []


def test_the_register_is_searched_sorted_and_written(store: Store, tmp_path: Path) -> None:
    first = copied(store)
    second = copied(store, 2, profile=Profile.PUBLIC.value, file_name="=1+1.gwsnap")
    handed(store, first)
    handed(store, first)
    handed(store, first, "시민 점검자(가상)")
    asked: dict[str, Any] = {"sort": "sequence", "descending": True}
    with store.reading() as read:
        assert register.ids(read, **asked) == [second, first]
        for sort in register.SORTS:
            assert set(register.ids(read, sort=sort, descending=False)) == {first, second}
        for words, ids in (
            ("점검단", [first]),
            ("점검단 stick", []),
            (f"{2:064x}", [second]),
            ("가상 사본", [first]),
            ("없는 말", []),
        ):
            assert register.ids(read, **asked, words=words) == ids
        (row,) = register.rows(read, ids=[first])
        assert row.recipients == ("점검단(예시)", "시민 점검자(가상)")
        assert register.count(read) == 2
        path = tmp_path / "대장.csv"
        assert register.write(read, path=path, **asked) == 2
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *lines = csv.reader(file)
    assert head == [say(title) for title in register.HEAD]
    assert [line[0] for line in lines] == ["2", "1"]
    assert not lines[0][4].startswith("=") and lines[1][3] == "점검단(예시), 시민 점검자(가상)"


@usecase("Make a plan")
def plan(tx: Any, *, submitted_on: dt.date | None, closed_on: dt.date | None = None) -> int:
    row = ActionPlan(
        code="GJ1",
        title="실행계획(예시)",
        starts=24240,
        ends=24260,
        submitted_on=submitted_on,
        closed_on=closed_on,
    )
    tx.add(row)
    tx.flush()
    lead = InstitutionRole.LEAD.value
    tx.add(PlanInstitution(plan_id=row.id, role=lead, name="주관부서(예시)", position=1))
    return row.id


def listed(store: Store, day: dt.date) -> list[tuple[str, dt.date, str]]:
    with store.reading() as read:
        return [(row.table, row.due, row.owner) for row in due.listed(read, today=day)]


def test_the_plan_says_when_the_next_copy_is_due(store: Store) -> None:
    assert listed(store, DAY) == []
    store.run(plan, submitted_on=dt.date(2021, 12, 31))
    # Four months after the submission, and the office that leads is named.
    first = ("snapshot_due", dt.date(2022, 4, 30), "주관부서(예시)")
    assert listed(store, DAY) == [first]
    copied(store, profile=Profile.PUBLIC.value)
    assert listed(store, DAY) == [first]
    copy = copied(store, 2)
    later = ("snapshot_due", dt.date(2022, 7, 11), "주관부서(예시)")
    waiting = ("snapshot", DAY + dt.timedelta(days=7), "")
    assert listed(store, DAY) == [waiting, later]
    handed(store, copy)
    assert listed(store, DAY) == [later]


def test_no_copy_is_due_for_a_plan_not_submitted_or_closed(store: Store) -> None:
    store.run(plan, submitted_on=None)
    assert listed(store, DAY) == []


def test_the_first_page_names_it_when_it_comes_near(store: Store) -> None:
    store.run(plan, submitted_on=dt.date(2021, 12, 31))
    for day, named in ((dt.date(2022, 2, 1), 0), (dt.date(2022, 3, 10), 1), (DAY, 1)):
        with store.reading() as read:
            found = today.overview(read, today=day).deadlines
        tables = [one.table for one in (*found.overdue, *found.week, *found.later)]
        assert tables.count("snapshot_due") == named
