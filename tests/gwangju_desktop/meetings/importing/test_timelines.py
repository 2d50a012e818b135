"""Published timelines of an assembly: agenda with the actual times, or refused with the line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import select

from db.schema.meetings import AgendaItem, Meeting
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.importing import apply, columns, preview, reading
from gwangju_desktop.members import usecases as members

FIRST = "agenda_timeline_2021-08-18_gen21.390.01.334_22_54_1movies_.csv"
SECOND = "agenda_timeline_2021-08-19_gen21.390.02.334_00_28_1movies_.csv"


@pytest.fixture
def committee(shared_data: Path) -> Path:
    folder = shared_data / "committee"
    if not (folder / FIRST).exists():
        pytest.skip("the published timelines are not beside this checkout")
    return folder


@pytest.mark.parametrize(
    ("name", "opened", "closed", "decided"),
    [
        (FIRST, "2021-08-18 22:54", "2021-08-18 23:34:43", {}),
        (SECOND, "2021-08-19 00:28", "2021-08-19 00:39:43", {9: "2021-08-19 00:34:06"}),
    ],
)
def test_a_timeline_comes_in_with_its_times(
    name: str, opened: str, closed: str, decided: dict, committee: Path, sqlite_store: Store
) -> None:
    source = reading.read(committee / name)
    mapped = columns.guess(source)
    with sqlite_store.reading() as read:
        plan = preview.plan(read, source=source, mapping=mapped)
    # No such body yet: refused with the line of the record, and its name.
    assert [(row.line, row.kind) for row in plan.rows] == [(1, "refused")]
    assert "환경노동위원회" in str(plan.rows[0].why)
    sqlite_store.run(members.add_body, name_ko="환경노동위원회", name_en="A committee")
    sqlite_store.run(apply.import_meetings, source=source, mapping=mapped)
    with sqlite_store.reading() as read:
        meeting = read.scalars(select(Meeting)).one()
        items = read.scalars(select(AgendaItem).order_by(AgendaItem.position)).all()
        assert str(clock.local(meeting.opened_at))[:16] == opened
        assert str(clock.local(meeting.closed_at))[:19] == closed
        assert [item.label for item in items] == [str(n) for n in range(1, 10)]
        assert "탄소중립" in items[8].title and meeting.number is None
        assert all(item.begun_at >= meeting.opened_at for item in items)
        found = {
            int(item.label): str(clock.local(item.decided_at))[:19]
            for item in items
            if item.decided_at is not None
        }
        assert found == decided
    with sqlite_store.reading() as read:
        again = preview.plan(read, source=source, mapping=mapped)
    assert again.counts["same"] == 1 and not again.held_back, str(again.rows[0].why)


def test_all_sittings_of_an_assembly_are_read(committee: Path, sqlite_store: Store) -> None:
    source = reading.read(committee / "korea_21st_assembly_meetings_json_in_csv.csv")
    assert source.count == 1234
    sqlite_store.run(members.add_body, name_ko="본회의", name_en="Plenary")
    with sqlite_store.reading() as read:
        plan = preview.plan(read, source=source, mapping=columns.guess(source))
    assert len(plan.rows) == 1234
    assert plan.counts["add"] == len(plan.new) == 94
    assert plan.counts["refused"] == 1234 - 94
    newest = max(plan.new, key=lambda sitting: sitting.day)
    assert newest.day == dt.date(2022, 7, 21)
    assert newest.title == "제398회 국회(임시회) 제03차 본회의"


def test_a_broken_record_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('"{""confDate"": ""2021-08-18""}"\n"{""confDate"": "\n', encoding="utf-8")
    with pytest.raises(UserError) as refused:
        reading.read(path)
    assert "2" in str(refused.value)
