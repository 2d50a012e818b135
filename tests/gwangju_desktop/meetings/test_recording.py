"""Recordings: attached with their start, played from marks on a page that is data only."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import html
import re

import pytest

from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import agenda, notes, recording
from tests.gwangju_desktop.meetings.room import AT, Room
from tests.gwangju_desktop.meetings.room import minutes as at_minute

MEDIA = "file:///tmp/%ED%9A%8C%EC%9D%98%20%27%22.mp3"


@pytest.fixture(autouse=True)
def _after_the_meeting() -> None:
    clock.fix(AT.date() + dt.timedelta(days=1))


def attach(store: Store, room: Room, at: dt.datetime = AT, name: str = "회의 녹음.mp3") -> None:
    digest = store.papers.put(b"ID3 made up sound")
    values = {"sha256": digest, "name": name, "bytes": 17, "starts_at": at}
    store.run(recording.attach, meeting_id=room.meeting, **values)


def page(room: Room) -> str:
    return room.read(recording.page, media=MEDIA)


def test_marks_lead_into_the_recording(store: Store) -> None:
    room = Room.made(store, 2)
    attach(store, room, at_minute(-5))
    store.run(
        notes.record,
        meeting_id=room.meeting,
        item_id=room.item,
        text="[13:40] 준비\n[14:00] 개의 [14:52:10] 답변",
    )
    found = dict(re.findall(r'data-at="(\d+)">(\[[\d:]+\])<', page(room)))
    assert found == {"300": "[14:00]", "3430": "[14:52:10]"}
    assert "[13:40] 준비" in page(room)
    assert "2022. 3. 17.(목) 13:55" in page(room)
    store.run(recording.detach, meeting_id=room.meeting)
    with pytest.raises(UserError):
        page(room)
    store.undo()
    assert room.read(recording.of_meeting).name == "회의 녹음.mp3"


@pytest.mark.parametrize(
    ("mark", "starts", "second"),
    [
        ("00:10", "23:30", 2400),
        ("13:59", "14:00:30", None),
        ("14:00", "14:00:30", 0),
        ("09:00", "14:00", None),
    ],
)
def test_a_mark_across_midnight_and_one_before_the_start(
    mark: str, starts: str, second: int | None
) -> None:
    at = dt.time.fromisoformat
    assert recording.second_of(at(mark), at(starts)) == second


def test_notes_are_data_on_the_page(sqlite_store: Store) -> None:
    room = Room.made(sqlite_store, 2)
    nasty = "</p><script>alert(1)</script><img src=x onerror=alert(2)> [14:01] \"'&{0}"
    sqlite_store.run(notes.record, meeting_id=room.meeting, item_id=room.item, text=nasty)
    sqlite_store.run(agenda.edit_item, id=room.item, title="<b>가상 & 안건</b>")
    attach(sqlite_store, room)
    text = page(room)
    assert text.count("<script>") == 1
    assert "<img" not in text
    assert "&lt;b&gt;가상 &amp; 안건&lt;/b&gt;" in text
    assert MEDIA.replace("'", "&#x27;") in text or MEDIA in text
    policy = html.unescape(re.search(r'Policy" content="([^"]+)"', text)[1])
    script = re.search(r"<script>(.*?)</script>", text, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_what_is_no_recording_is_refused(sqlite_store: Store) -> None:
    room = Room.made(sqlite_store, 2)
    with pytest.raises(UserError, match="exe"):
        attach(sqlite_store, room, name="녹음.exe")
    with pytest.raises(UserError, match="2022"):
        attach(sqlite_store, room, at=clock.now() + dt.timedelta(days=1))
    with pytest.raises(UserError):
        recording.refuse("녹음.mp3", 0)
