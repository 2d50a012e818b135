"""Documents that go out: noted once, numbered after approval, dropped, listed by year."""

from __future__ import annotations

import datetime as dt

import pytest

from db.store import Store
from db.vocab import Release
from gwangju_desktop import clock
from gwangju_desktop.catalogue.entries import compose
from gwangju_desktop.errors import UserError
from gwangju_desktop.outgoing import queries, usecases
from tests.gwangju_desktop.catalogue.telling import told
from tests.gwangju_desktop.meetings.room import DAY, Room

NUMBER = "기후환경정책과-1234"


@pytest.fixture(autouse=True)
def _day() -> None:
    clock.fix(DAY)


@pytest.fixture
def room(store: Store) -> Room:
    return Room.made(store)


def noted(room: Room, kind: str = "notice", title: str = "개최 알림", **values: object) -> int:
    about = {"about_id": room.meeting, "title": title, **values}
    id: int = room.store.run(usecases.register, kind=kind, **about).value
    return id


def row(room: Room, id: int) -> queries.OutgoingRow:
    with room.store.reading() as read:
        return queries.outgoing_rows(read, ids=[id], today=clock.today())[0]


def waiting(room: Room) -> list[int]:
    with room.store.reading() as read:
        return [one.id for one in queries.waiting(read, today=clock.today())]


def test_a_document_is_noted_once_until_it_was_dispatched(room: Room) -> None:
    id = noted(room, recipient="위원")
    assert noted(room, title="고친 알림") == id
    assert row(room, id).title == "고친 알림" and row(room, id).meeting_id == room.meeting
    assert row(room, id).body_id == room.body and waiting(room) == [id]
    room.store.run(usecases.fill, id=id, number=NUMBER, dispatched_on=DAY)
    again = noted(room)
    assert again != id and waiting(room) == [again]
    with room.store.reading() as read:
        last = queries.of_record(read, kind="notice", about_id=room.meeting, today=DAY)
    assert last is not None and last.id == again


def test_number_and_day_are_filled_in_one_line_and_printed(room: Room) -> None:
    id = noted(room)
    filled = {"number": f" {NUMBER} ", "dispatched_on": DAY - dt.timedelta(days=1)}
    ground = {"release": Release.PARTLY.value, "ground": "정보공개법 제9조제1항제6호"}
    room.store.run(usecases.fill, id=id, **filled, **ground)
    found = row(room, id)
    assert (found.number, found.waiting, found.release) == (NUMBER, False, "partly")
    with room.store.reading() as read:
        text = told(compose(read, "notice", id=room.meeting))
    assert f"시행 {NUMBER} (2022. 3. 16.) · 부분공개 (정보공개법 제9조제1항제6호)" in text
    room.store.undo()
    assert row(room, id).waiting
    room.store.redo()
    room.store.run(usecases.clear, id=id)
    assert row(room, id).waiting and waiting(room) == [id]


@pytest.mark.file_only
def test_what_cannot_be_is_refused(room: Room) -> None:
    id = noted(room)
    run = room.store.run
    ahead = DAY + dt.timedelta(days=1)
    for values, message in (
        ({"number": "", "dispatched_on": DAY}, "문서번호"),
        ({"number": NUMBER, "dispatched_on": ahead}, "아직 오지 않은"),
        ({"number": NUMBER, "dispatched_on": DAY, "release": "closed"}, "근거"),
    ):
        with pytest.raises(UserError, match=message):
            run(usecases.fill, id=id, **values)
    assert row(room, id).waiting
    with pytest.raises(UserError):
        run(usecases.fill, id=id + 99, number=NUMBER, dispatched_on=DAY)
    with pytest.raises(UserError, match="nosuch"):
        noted(room, kind="nosuch")
    with pytest.raises(UserError):
        noted(room, about_id=987654)
    with pytest.raises(UserError, match="제목"):
        noted(room, title="  ")


@pytest.mark.file_only
def test_several_are_filled_in_one_step_or_none(room: Room) -> None:
    first, second = noted(room), noted(room, kind="data-request")
    good = {"id": first, "number": NUMBER, "dispatched_on": DAY}
    with pytest.raises(UserError):
        bad = {"id": second, "number": "", "dispatched_on": DAY}
        room.store.run(usecases.fill_many, filled=[good, bad])
    assert waiting(room) == [first, second]
    both = [good, {"id": second, "number": "기후환경정책과-1235", "dispatched_on": DAY}]
    assert room.store.run(usecases.fill_many, filled=both).value == 2
    assert waiting(room) == []
    room.store.undo()
    assert waiting(room) == [first, second]


@pytest.mark.file_only
def test_a_dropped_document_waits_no_more(room: Room) -> None:
    id = noted(room)
    room.store.run(usecases.drop, ids=[id])
    assert waiting(room) == [] and row(room, id).state == queries.DROPPED
    with pytest.raises(UserError, match="시행 안 함"):
        room.store.run(usecases.fill, id=id, number=NUMBER, dispatched_on=DAY)
    # What is made again after that is a new document.
    assert noted(room) != id
    room.store.run(usecases.restore, ids=[id])
    room.store.run(usecases.fill, id=id, number=NUMBER, dispatched_on=DAY)
    with pytest.raises(UserError, match=NUMBER):
        room.store.run(usecases.drop, ids=[id])


@pytest.mark.file_only
def test_how_public_it_is_needs_a_ground(room: Room) -> None:
    id = noted(room)
    with pytest.raises(UserError, match="근거"):
        room.store.run(usecases.set_release, ids=[id], release="closed")
    room.store.run(usecases.set_release, ids=[id], release="closed", ground="제5호")
    assert row(room, id).ground == "제5호"
    room.store.run(usecases.set_release, ids=[id], release="public", ground="제5호")
    assert row(room, id).ground == ""


def test_the_list_is_by_year_state_and_words(room: Room) -> None:
    old = noted(room, made_on=dt.date(2021, 12, 30), title="지난해 알림 100%")
    room.store.run(usecases.fill, id=old, number="과-9", dispatched_on=dt.date(2022, 1, 3))
    new = noted(room, kind="observers", title="방청 안내")
    office = noted(room, kind="half-year", about_id=None, title="운영현황")
    with room.store.reading() as read:
        assert queries.years(read) == [2022]
        ids = queries.outgoing_ids
        assert ids(read, year=2022) == [office, new, old]
        assert ids(read, year=2021) == []
        assert ids(read, state="waiting") == [office, new] and ids(read, state="dropped") == []
        assert ids(read, state="dispatched") == [old]
        assert ids(read, search="100% 알림") == [old] == ids(read, search="과-9")
        assert ids(read, search="_") == [] and ids(read, body_id=room.body) == [new, old]
        for sort in queries.SORTS:
            assert sorted(ids(read, sort=sort, descending=False)) == [old, new, office]
        found = queries.of_meeting(read, meeting_id=room.meeting, today=DAY)
        assert [one.id for one in found] == [old, new] and found[0].label
