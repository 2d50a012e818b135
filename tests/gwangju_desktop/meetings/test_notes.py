"""Notes: drafts without a journal, one entry when recorded, two writers, erasing."""

from __future__ import annotations

import datetime as dt

import pytest

from db import drafts, erase
from db.schema.minutes import Note
from db.store import Store
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, notes
from gwangju_desktop.members import erasing
from tests.gwangju_desktop.meetings.room import Room


def note(room: Room, item: int | None = None) -> notes.NoteRow:
    return room.read(notes.note, item_id=item)


@pytest.mark.file_only
def test_a_draft_leaves_the_journal_as_it_is_and_is_newer(store: Store) -> None:
    room = Room.made(store, 2)
    head = store.head()
    changes = store.run(notes.keep, meeting_id=room.meeting, item_id=room.item, text="보고 시작")
    assert changes.id == 0
    assert not changes.rows
    assert store.head() == head
    row = note(room, room.item)
    assert (row.text, row.version, row.draft) == ("", None, "보고 시작")
    store.run(notes.keep, meeting_id=room.meeting, item_id=room.item, text="보고 시작함")
    assert note(room, room.item).draft == "보고 시작함"
    assert note(room).draft is None


@pytest.mark.file_only
def test_recording_is_one_entry_and_the_draft_is_gone(store: Store) -> None:
    room = Room.made(store, 2)
    store.run(notes.keep, meeting_id=room.meeting, item_id=room.item, text="초안")
    head, undoable = store.head(), store.undoable
    version = store.run(
        notes.record, meeting_id=room.meeting, item_id=room.item, text="**보고** 함. \n"
    ).value
    assert store.head() == head + 1
    # Notes the office takes by itself stand in the way of no undo.
    assert store.undoable == undoable
    row = note(room, room.item)
    assert (row.text, row.version, row.draft) == ("**보고** 함.", version, None)
    again = store.run(
        notes.record, meeting_id=room.meeting, item_id=room.item, text="**보고** 함.", seen=version
    )
    assert again.id == 0


def test_the_second_writer_is_told_and_keeps_the_draft(store: Store) -> None:
    room = Room.made(store, 2)
    where = {"meeting_id": room.meeting, "item_id": room.item}
    first = store.run(notes.record, text="가", **where).value
    store.run(notes.record, text="나", seen=first, **where)
    store.run(notes.keep, text="다", **where)
    with pytest.raises(UserError, match="다른 PC"):
        store.run(notes.record, text="다", seen=first, **where)
    row = note(room, room.item)
    assert (row.text, row.draft) == ("나", "다")
    store.run(notes.record, text="다", seen=row.version, **where)
    assert note(room, room.item).text == "다"


@pytest.mark.file_only
def test_notes_on_the_meeting_at_large_have_their_own_place(store: Store) -> None:
    room = Room.made(store, 2)
    store.run(notes.record, meeting_id=room.meeting, text="모두발언")
    store.run(notes.record, meeting_id=room.meeting, item_id=room.item, text="안건")
    assert room.read(notes.of_meeting) == {None: "모두발언", room.item: "안건"}


@pytest.mark.file_only
def test_a_barred_number_and_a_pasted_book_are_refused(store: Store) -> None:
    room = Room.made(store, 2)
    for verb in (notes.keep, notes.record):
        with pytest.raises(UserError):
            store.run(verb, meeting_id=room.meeting, text="900101-1234568")
        with pytest.raises(UserError, match="1,000,000"):
            store.run(verb, meeting_id=room.meeting, text="가" * (notes.LONGEST + 1))
    assert note(room).draft is None


def test_only_what_is_new_is_looked_through(sqlite_store: Store) -> None:
    room = Room.made(sqlite_store, 2)
    text = "가상 기록\n" * 50
    version = sqlite_store.run(notes.record, meeting_id=room.meeting, text=text).value
    for bad in ("900101-1234568 끝", "900101-\n1234568"):
        with pytest.raises(UserError):
            sqlite_store.run(
                notes.record, meeting_id=room.meeting, text=f"{text}{bad}", seen=version
            )


def test_a_deleted_item_takes_its_notes_along(store: Store) -> None:
    room = Room.made(store, 2)
    other = store.run(agenda.add_item, meeting_id=room.meeting, title="가상 안건 둘").value
    store.run(notes.record, meeting_id=room.meeting, item_id=other, text="적은 것")
    store.run(notes.keep, meeting_id=room.meeting, item_id=other, text="적는 중")
    store.run(agenda.delete_item, id=other)
    with store.reading() as read:
        assert read.query(Note).count() == 0
        assert drafts.of_meeting(read, room.meeting) == []


def test_erasing_a_person_blots_the_name_out_of_drafts(store: Store) -> None:
    room = Room.made(store, 3)
    seat = room.seats()[0]
    text = f"{seat.name} 위원이 말하고 가상나 위원이 답함"
    store.run(notes.keep, meeting_id=room.meeting, text=text)
    erasing.erase(store, id=seat.person_id)
    assert note(room).draft == "○○○ 위원이 말하고 가상나 위원이 답함"


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("홍길동이 말함", ("홍길동",), "○○○이 말함"),
        ("전화 010-1234-5678", ("01012345678",), None),
        ("다른 사람", ("홍길동",), "다른 사람"),
        ("이룸과 김이룸", ("이룸",), "○○○과 김이룸"),
    ],
)
def test_what_is_blotted_out(text: str, names: tuple[str, ...], left: str | None) -> None:
    assert erase.blotted(text, names) == left


def test_marks_are_found() -> None:
    assert [m.group(0) for m in notes.MARK.finditer("[14:52] 답변 [25:00] [9:05:30]")] == [
        "[14:52]",
        "[9:05:30]",
    ]
    assert dt.time(14, 52).strftime("[%H:%M]") == "[14:52]"
