"""Minutes from the draft to the public copy, by either rule of confirmation."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.schema.members import Membership
from db.schema.minutes import Minutes
from db.schema.sittings import Step
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import (
    agenda,
    amendments,
    confirming,
    contents,
    minutes,
    notes,
    publishing,
    reviews,
    sitting,
    steps,
    votes,
)
from tests.gwangju_desktop.meetings.lives import opened
from tests.gwangju_desktop.meetings.room import AT, DAY, Room, changed
from tests.gwangju_desktop.meetings.room import minutes as at_minute


@pytest.fixture(autouse=True)
def _the_day() -> None:
    clock.fix(DAY + dt.timedelta(days=1))


def held(store: Store, speakers: str = "", confirmation: str = "") -> Room:
    """Hold a meeting: a chair and five others, an amended decision, a report, a late guest."""
    room = Room.made(store, 6)
    seats = room.seats()
    store.run(changed, entity=Membership, id=seats[0].membership_id, role="chair")
    if speakers:
        room.rule("speakers", speakers)
    if confirmation:
        room.rule("confirmation", confirmation)
    other = store.run(
        agenda.add_item, meeting_id=room.meeting, title="가상 보고", kind="report"
    ).value
    store.run(
        agenda.edit_item,
        id=room.item,
        kind="deliberation",
        presenter="가상과",
        request="12종을 공개한다.",
    )
    from gwangju_desktop.meetings import usecases

    store.run(
        usecases.edit_meeting,
        id=room.meeting,
        place="가상 회의실",
        presiding=seats[0].name,
        secretariat="가상 사무국",
    )
    present = opened(store, room.meeting, AT, room.ids[:5])
    store.run(
        sitting.add_guest,
        meeting_id=room.meeting,
        kind="observer",
        name="배석 가상",
        organisation="가상과",
    )
    amendment = store.run(
        amendments.move_amendment,
        item_id=room.item,
        text="11종을 공개한다.",
        mover_id=present[1],
        seconder_id=present[2],
    ).value
    store.run(amendments.vote_on_amendment, id=amendment, yes=5, at=at_minute(12))
    store.run(votes.record_vote, item_id=room.item, yes=4, abstain=1, at=at_minute(14))
    store.run(votes.decide, item_id=room.item, outcome="amended", at=at_minute(15))
    store.run(votes.no_objection, item_id=other, at=at_minute(20))
    name = seats[1].name
    store.run(
        notes.record,
        meeting_id=room.meeting,
        item_id=room.item,
        text=f"[14:11] {name} 위원: 개인정보를 빼자고 제안함.",
    )
    store.run(notes.keep, meeting_id=room.meeting, item_id=other, text="질의 없음.")
    store.run(steps.close_meeting, id=room.meeting, at=at_minute(50))
    return room


def text_of(room: Room) -> str:
    return room.read(minutes.detail).text


def missing(room: Room, text: str | None = None) -> list[str]:
    return [str(one.name) for one in contents.missing(room.read(minutes.legal, text=text))]


@pytest.mark.file_only
def test_the_draft_says_all_the_office_knows_and_all_the_law_asks(store: Store) -> None:
    room = held(store)
    store.run(minutes.draft, meeting_id=room.meeting)
    text = text_of(room)
    for said in (
        "# 제1회 정기회의 회의록",
        "| 회의 명칭 | 가상위원회",
        "| 장소 | 가상 회의실 |",
        "재적 6명, 출석 5명",
        "배석 가상",
        "가상나 위원: 개인정보를 빼자고 제안함.",
        "질의 없음.",
        "**의결** 수정의결 – 11종을 공개한다.",
        "찬성 4명",
        "기권 1명",
        "**수정안** 11종을 공개한다.",
    ):
        assert said in text, said
    assert missing(room) == []
    row = room.read(minutes.detail)
    assert row.state == "drafted"
    assert row.review_until == clock.today() + dt.timedelta(days=7)
    assert row.due == dt.date(2022, 4, 17)
    # What was being typed when the draft was made is recorded and in it.
    assert room.read(notes.note, item_id=room.item).draft is None


@pytest.mark.parametrize(("how", "said"), [("letter", "위원 A:"), ("none", " 위원:")])
def test_speakers_stand_as_the_body_publishes_them(
    sqlite_store: Store, how: str, said: str
) -> None:
    room = held(sqlite_store, speakers=how)
    sqlite_store.run(minutes.draft, meeting_id=room.meeting)
    spoken = text_of(room).split("## 4.")[1]
    assert said in spoken
    assert "가상나" not in spoken
    assert "가상나" in text_of(room).split("## 4.")[0]


@pytest.fixture(scope="module")
def drafted(_empty_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """One meeting held and drafted, to be read only."""
    path = tmp_path_factory.mktemp("drafted") / "사무국.gwoffice"
    shutil.copy(_empty_office, path)
    clock.fix(DAY + dt.timedelta(days=1))
    with Store.open(path) as store:
        room = held(store)
        store.run(minutes.draft, meeting_id=room.meeting)
        yield room


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("| 회의 명칭 |", "Name of the meeting"),
        ("| 개최기관 |", "Held by"),
        ("| 일시 |", "Date and time"),
        ("| 장소 |", "Place"),
        ("## 1. 참석자", "Present"),
        ("## 2. 배석자", "In attendance"),
        ("## 3. 진행 순서", "Order of business"),
        ("### 2. 가상 보고", "Items"),
        ("[14:11]", "Gist of statements"),
        ("**의결** 수정의결", "Decisions"),
        ("**표결** 거수", "Votes"),
    ],
)
def test_what_is_missing_is_named(drafted: Room, part: str, name: str) -> None:
    whole = text_of(drafted)
    text = "\n".join(line for line in whole.splitlines() if part not in line)
    assert text != whole.rstrip()
    assert name in missing(drafted, text)


def test_a_wrong_count_in_the_text_is_found(drafted: Room) -> None:
    assert missing(drafted, text_of(drafted).replace("찬성 4명", "찬성 3명")) == ["Votes"]


def test_drafting_again_never_takes_edits_away_silently(store: Store) -> None:
    room = held(store)
    store.run(minutes.draft, meeting_id=room.meeting)
    row = room.read(minutes.detail)
    edited = row.text + "\n\n손으로 덧붙인 말."
    store.run(minutes.record, meeting_id=room.meeting, text=edited, seen=row.version)
    with pytest.raises(UserError, match="1"):
        store.run(minutes.redraft, meeting_id=room.meeting)
    assert room.read(minutes.compare).lost == ("손으로 덧붙인 말.",)
    store.run(minutes.redraft, meeting_id=room.meeting, replace=True)
    assert "덧붙인" not in text_of(room)
    store.undo()
    assert text_of(room).endswith("손으로 덧붙인 말.")


def test_two_editors_do_not_overwrite_each_other(sqlite_store: Store) -> None:
    room = held(sqlite_store)
    sqlite_store.run(minutes.draft, meeting_id=room.meeting)
    row = room.read(minutes.detail)
    where = {"meeting_id": room.meeting, "seen": row.version}
    sqlite_store.run(minutes.record, text=row.text + "\n가", **where)
    with pytest.raises(UserError, match="다른 PC"):
        sqlite_store.run(minutes.record, text=row.text + "\n나", **where)


def sign_all(store: Store, room: Room) -> None:
    rows = room.read(reviews.reviewers)
    ids = [row.id for row in rows]
    store.run(reviews.answer, meeting_id=room.meeting, ids=ids, agrees=True)
    signing = [row.id for row in rows if row.signs]
    store.run(reviews.sign, meeting_id=room.meeting, ids=signing)


def test_confirmed_by_the_chairs_after_the_review_then_locked(store: Store) -> None:
    room = held(store)
    store.run(minutes.draft, meeting_id=room.meeting)
    with pytest.raises(UserError, match="5"):
        store.run(confirming.confirm, meeting_id=room.meeting)
    rows = room.read(reviews.reviewers)
    assert len(rows) == 5  # the absent do not review
    assert [row.signs for row in rows] == [True, False, False, False, False]
    with pytest.raises(UserError):
        store.run(reviews.sign, meeting_id=room.meeting, ids=[rows[1].id])
    with pytest.raises(UserError):
        store.run(reviews.answer, meeting_id=room.meeting, ids=[rows[1].id], agrees=False)
    sign_all(store, room)
    store.run(confirming.confirm, meeting_id=room.meeting)
    row = room.read(minutes.detail)
    assert (row.state, row.confirmed_by, row.confirmed_on) == (
        "confirmed",
        rows[0].name,
        clock.today(),
    )
    assert str(row.mark) == "Confirmed"
    for verb, values in (
        (minutes.record, {"text": "고침", "seen": row.version}),
        (minutes.keep, {"text": "고침"}),
        (minutes.redraft, {"replace": True}),
        (notes.record, {"text": "고침"}),
    ):
        with pytest.raises(UserError, match="확정"):
            store.run(verb, meeting_id=room.meeting, **values)
    with pytest.raises(UserError):
        store.run(confirming.reopen, meeting_id=room.meeting, reason=" ")
    store.run(confirming.reopen, meeting_id=room.meeting, reason="오기 정정")
    assert room.read(minutes.detail).state == "drafted"
    with pytest.raises(UserError, match=rows[0].name):
        store.run(confirming.confirm, meeting_id=room.meeting)
    with store.reading() as read:
        last = read.query(Step).order_by(Step.id.desc()).first()
        assert (last.before, last.after, last.reason) == ("confirmed", "drafted", "오기 정정")


def test_the_review_passes_by_itself_after_its_days(sqlite_store: Store) -> None:
    room = held(sqlite_store)
    sqlite_store.run(minutes.draft, meeting_id=room.meeting)
    rows = room.read(reviews.reviewers)
    sqlite_store.run(reviews.sign, meeting_id=room.meeting, ids=[rows[0].id])
    clock.fix(DAY + dt.timedelta(days=9))
    sqlite_store.run(confirming.confirm, meeting_id=room.meeting)
    assert room.read(minutes.detail).locked


def test_confirmed_by_the_next_meeting_with_corrections_by_page(store: Store) -> None:
    room = held(store, confirmation="next_meeting")
    first = room.meeting
    (told,) = room.read(minutes.ahead)
    assert not told.met  # nothing is planned in time
    store.run(minutes.draft, meeting_id=first)
    room.meet(dt.datetime(2022, 6, 16, 14, tzinfo=clock.KST))
    second, room.meeting = room.meeting, first
    (told,) = room.read(minutes.ahead)
    assert not told.met
    assert told.values["held"] == dt.date(2022, 6, 16)
    with pytest.raises(UserError):
        store.run(confirming.confirm, meeting_id=first, at_meeting_id=second)
    store.run(publishing.publish, meeting_id=first, early=True, where="시 누리집")
    row = room.read(minutes.detail)
    assert (row.state, str(row.mark)) == ("drafted", "Published before confirmation")
    clock.fix(dt.date(2022, 6, 17))
    opened(store, second, dt.datetime(2022, 6, 16, 14, tzinfo=clock.KST))
    asked = {"meeting_id": first, "at_meeting_id": second}
    with pytest.raises(UserError, match="쪽"):
        store.run(confirming.confirm, corrections="둘째 문단을 고침", **asked)
    store.run(confirming.confirm, corrections="3쪽 둘째 문단: 11종으로 고침", **asked)
    row = room.read(minutes.detail)
    assert row.confirmed_on == dt.date(2022, 6, 16)
    assert row.confirmed_meeting
    assert row.corrections.startswith("3쪽")
    store.run(publishing.publish, meeting_id=first)
    assert room.read(minutes.detail).state == "published"


def test_minutes_are_due_a_month_after_the_meeting(sqlite_store: Store) -> None:
    assert publishing.later(dt.date(2021, 9, 15), 1) == dt.date(2021, 10, 15)
    assert publishing.later(dt.date(2021, 1, 31), 1) == dt.date(2021, 2, 28)
    assert publishing.later(dt.date(2021, 12, 31), 2) == dt.date(2022, 2, 28)
    room = held(sqlite_store)
    with sqlite_store.reading() as read:
        (due,) = publishing.to_publish(read)
    assert (due.meeting_id, due.due) == (room.meeting, dt.date(2022, 4, 17))


def test_publishing_needs_confirmation_and_withholding_its_ground(store: Store) -> None:
    room = held(store)
    store.run(minutes.draft, meeting_id=room.meeting)
    with pytest.raises(UserError):
        store.run(publishing.publish, meeting_id=room.meeting)
    with pytest.raises(UserError):
        store.run(publishing.withhold, meeting_id=room.meeting, ground=" ")
    with pytest.raises(UserError):
        store.run(publishing.withhold, meeting_id=room.meeting, ground="의결", by_vote=True)
    store.run(publishing.withhold, meeting_id=room.meeting, ground="정보공개법 제9조제1항제5호")
    with pytest.raises(UserError, match="제9조"):
        store.run(publishing.publish, meeting_id=room.meeting, early=True)
    with store.reading() as read:
        assert publishing.to_publish(read) == []
    store.run(publishing.release, meeting_id=room.meeting)
    sign_all(store, room)
    store.run(confirming.confirm, meeting_id=room.meeting)
    with pytest.raises(UserError):
        store.run(publishing.publish, meeting_id=room.meeting, on=dt.date(2022, 3, 16))
    store.run(publishing.publish, meeting_id=room.meeting, where="시 누리집")
    row = room.read(minutes.detail)
    assert (row.state, row.published_on, row.early) == ("published", clock.today(), False)


def test_going_back_keeps_the_text(sqlite_store: Store) -> None:
    room = held(sqlite_store)
    sqlite_store.run(minutes.draft, meeting_id=room.meeting)
    row = room.read(minutes.detail)
    sqlite_store.run(
        minutes.record, meeting_id=room.meeting, text=row.text + "\n손질", seen=row.version
    )
    sqlite_store.run(minutes.take_back, meeting_id=room.meeting, reason="표결 정정")
    assert room.read(minutes.detail).state == "closed"
    sqlite_store.run(minutes.draft, meeting_id=room.meeting)
    assert text_of(room).endswith("손질")
    with sqlite_store.reading() as read:
        assert read.query(Minutes).count() == 1


def test_unrecorded_typing_stands_in_the_way_of_confirming(sqlite_store: Store) -> None:
    room = held(sqlite_store)
    sqlite_store.run(minutes.draft, meeting_id=room.meeting)
    sign_all(sqlite_store, room)
    sqlite_store.run(minutes.keep, meeting_id=room.meeting, text="쓰다 만 글")
    assert room.read(minutes.detail).draft == "쓰다 만 글"
    with pytest.raises(UserError):
        sqlite_store.run(confirming.confirm, meeting_id=room.meeting)
    sqlite_store.run(minutes.forget, meeting_id=room.meeting)
    sqlite_store.run(confirming.confirm, meeting_id=room.meeting)
