"""Documents of meetings that are not as usual: made, or refused in one sentence, never broken."""

from __future__ import annotations

import datetime as dt

import pytest

from db.schema.meetings import AgendaItem, Meeting
from db.schema.packs import AwaitedPaper
from db.store import usecase
from db.vocab import ItemKind, MeetingKind
from gwangju_desktop import clock
from gwangju_desktop.catalogue.entries import ENTRIES, About, compose
from gwangju_desktop.documents.plain import plain
from gwangju_desktop.documents.press import press
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, steps
from tests.gwangju_desktop.catalogue.telling import text_of, told
from tests.gwangju_desktop.meetings.room import DAY, Room, changed, minutes

OF_MEETINGS = [name for name, one in ENTRIES.items() if one.about is About.MEETING]


@pytest.fixture
def room(sqlite_store) -> Room:
    clock.fix(DAY)
    return Room.made(sqlite_store, people=3)


@usecase("Filled in a test")
def filled(tx, *, meeting_id: int, body_id: int) -> None:
    """Fill an agenda with a hundred items of every kind, nested, late, withdrawn and closed."""
    kinds = [*ItemKind, ItemKind.DELIBERATION]
    for n in range(100):
        tx.add(
            AgendaItem(
                meeting_id=meeting_id,
                position=(n + 9) * 1024,
                kind=kinds[n % len(kinds)].value,
                title=f"가상 {n}",
                restricted=n % 7 == 0,
                state="withdrawn" if n % 11 == 0 else "pending",
                request="가" * 900 if n % 5 == 0 else "",
                minutes=0 if n % 3 else 600,
            )
        )
    tx.flush()


def made_all(room: Room, names: list[str] = OF_MEETINGS) -> dict[str, str]:
    """Compose and press every document of the meeting; return what was said by each that is made."""
    said = {}
    for name in names:
        for language in ("ko", "en"):
            try:
                with room.store.reading() as read:
                    made = compose(read, name, id=room.meeting, language=language)
            except UserError as error:
                assert str(error)
                continue
            assert press(made).pages >= 1 and plain(made)
            said[f"{name} {language}"] = told(made)
    return said


@pytest.mark.parametrize(
    "values",
    [
        {"title": "가" * 4000, "place": "나" * 4000, "presiding": "<b>&</b>" * 300},
        {"public": False, "closed_ground": "정보공개법 제9조제1항제5호 " * 40},
        {"minutes": 2000, "number": None, "place": "", "presiding": "", "secretariat": ""},
        {"kind": MeetingKind.WRITTEN.value, "urgency": "급함"},
        {"kind": MeetingKind.EXTRAORDINARY.value, "noticed_on": dt.date(2022, 3, 1)},
        {"starts_at": dt.datetime(1999, 12, 31, 23, 59, tzinfo=clock.KST)},
    ],
)
def test_an_odd_meeting_has_its_documents(room: Room, values: dict) -> None:
    room.store.run(changed, entity=Meeting, id=room.meeting, **values)
    said = made_all(room, [name for name in OF_MEETINGS if name not in ("minutes", "actions")])
    assert "agenda ko" in said and "plan en" in said


def test_a_hundred_items_of_every_kind(room: Room) -> None:
    room.store.run(filled, meeting_id=room.meeting, body_id=room.body)
    said = made_all(room, ["notice", "agenda", "plan", "observers", "data-request"])
    assert len(said) == 10
    assert "가상 7 " not in said["notice ko"] and "비공개 안건" in said["agenda ko"]
    with room.store.reading() as read:
        script = told(compose(read, "scenario", id=room.meeting))
    assert "가상 11 " not in script and "가상 7" in script


def test_a_meeting_without_anything_is_planned_all_the_same(room: Room) -> None:
    room.store.run(agenda.delete_item, id=room.item)
    said = made_all(room, ["plan", "agenda", "attendance", "scenario", "observers", "data-request"])
    assert {key.split()[0] for key in said} == {
        "plan",
        "agenda",
        "attendance",
        "scenario",
        "observers",
    }


def test_a_meeting_nobody_decided_in_is_reported(room: Room) -> None:
    room.open(3)
    # The day after: before two in the afternoon of its own day its end would lie ahead.
    clock.fix(DAY + dt.timedelta(days=1))
    room.store.run(steps.close_meeting, id=room.meeting, at=minutes(1), carry=True)
    assert "이월" in made_all(room, ["report"])["report ko"]


def test_papers_of_several_departments_are_asked_for_in_one_letter(room: Room) -> None:
    @usecase("Announced in a test")
    def announced(tx) -> None:
        for office in ("가상과", "나상과", "가상과"):
            tx.add(AwaitedPaper(item_id=room.item, title=f"{office} 자료", office=office))

    room.store.run(announced)
    with room.store.reading() as read:
        made = compose(read, "data-request", id=room.meeting)
        one = compose(read, "data-request", id=room.meeting, recipient="나상과")
    assert made.recipient == "수신자 참조" and "수신자 가상과, 나상과" in told(made)
    assert one.recipient == "나상과" and "가상과" not in told(one)
    # Papers are asked for on a working day.
    due = dt.date(2022, 3, 11)
    assert f"{due.year}. {due.month}. {due.day}.(금)까지" in told(made)
    assert "나상과자료" in text_of(made)
