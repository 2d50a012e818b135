"""What departments say of an item, on both databases."""

from __future__ import annotations

import pytest

from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, copying, opinions, queries
from tests.gwangju_desktop.meetings.room import AT, Room

LINES = [
    {"office": "기후대응과", "stance": "agrees", "text": ""},
    {"office": "개인정보 보호 담당", "stance": "conditional", "text": "건물 사용량 제외"},
]


@pytest.fixture
def room(store) -> Room:
    return Room.made(store)


def told(room) -> list[tuple[str, str, str]]:
    with room.store.reading() as read:
        item = queries.item(read, id=room.item)
    return [(one.office, one.stance, one.text) for one in item.opinions]


def test_opinions_are_added_moved_changed_and_removed(room):
    run = room.store.run
    first = run(opinions.add_opinion, item_id=room.item, office="가과").value
    second = run(opinions.add_opinion, item_id=room.item, office="나과", stance="none").value
    run(opinions.move_opinion, id=second, by=-1)
    run(opinions.edit_opinion, id=first, stance="disagrees", text="예산 없음")
    assert told(room) == [("나과", "none", ""), ("가과", "disagrees", "예산 없음")]
    run(opinions.remove_opinion, id=second)
    assert told(room) == [("가과", "disagrees", "예산 없음")]
    room.store.undo()
    assert len(told(room)) == 2


@pytest.mark.file_only
def test_moving_often_between_two_never_runs_out_of_room(room):
    run = room.store.run
    ids = [run(opinions.add_opinion, item_id=room.item, office=name).value for name in "가나다"]
    for _ in range(14):
        run(opinions.move_opinion, id=ids[2], by=-1)
        run(opinions.move_opinion, id=ids[1], by=-1)
    assert sorted(office for office, _s, _t in told(room)) == ["가", "나", "다"]


def test_an_item_and_its_opinions_are_one_step(room):
    before = told(room)
    room.store.run(
        agenda.edit_item, id=room.item, basis="조례 제3조", budget="비예산", opinions=LINES
    )
    assert told(room) == [tuple(line.values()) for line in LINES]
    with room.store.reading() as read:
        item = queries.item(read, id=room.item)
    assert (item.basis, item.budget) == ("조례 제3조", "비예산")
    assert item.asked == "- 기후대응과: 동의\n- 개인정보 보호 담당: 조건부 동의, 건물 사용량 제외"
    room.store.run(agenda.edit_item, id=room.item, title="다른 제목")
    assert len(told(room)) == 2
    room.store.run(agenda.edit_item, id=room.item, opinions=LINES[1:])
    assert told(room) == [tuple(LINES[1].values())]
    for _ in range(3):
        room.store.undo()
    assert told(room) == before


@pytest.mark.parametrize("line", [{"office": " ", "text": "x"}, {"office": ""}])
@pytest.mark.file_only
def test_an_opinion_needs_its_office(room, line):
    with pytest.raises(UserError, match="부서"):
        room.store.run(agenda.edit_item, id=room.item, opinions=[line])
    with pytest.raises(UserError, match="부서"):
        room.store.run(opinions.add_opinion, item_id=room.item, **line)


def test_a_copied_meeting_takes_texts_and_opinions_or_neither(room):
    room.store.run(agenda.edit_item, id=room.item, basis="조례", opinions=LINES)
    for texts in (True, False):
        made = room.store.run(
            copying.copy_meeting, id=room.meeting, starts_at=AT.replace(month=5), texts=texts
        ).value
        with room.store.reading() as read:
            step = next(s for s in queries.agenda(read, meeting_id=made))
            item = queries.item(read, id=step.id)
        assert (item.basis, len(item.opinions)) == (("조례", 2) if texts else ("", 0))


@pytest.mark.file_only
def test_deleting_an_item_takes_its_opinions_along(room):
    room.store.run(agenda.edit_item, id=room.item, opinions=LINES)
    room.store.run(agenda.delete_item, id=room.item)
    with room.store.reading() as read:
        assert opinions.of_item(read, item_id=room.item) == []
