"""`show meeting`: the quorum, and of each item what its decision counts from, needs and got."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from gwangju_desktop import clock
from gwangju_desktop.commands import output, sittings
from gwangju_desktop.meetings import agenda, history, movements, sitting, steps, usecases, votes
from gwangju_desktop.members import usecases as members
from tests.gwangju_desktop.meetings import lives

AT = dt.datetime(2022, 3, 17, 14, tzinfo=clock.KST)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def meeting(store):
    body = store.run(members.add_body, name_ko="가상위원회", name_en="Made-up").value
    for n in range(5):
        store.run(
            members.add_member,
            person={"name": f"가상{n}", "fictional": True},
            membership={"body_id": body, "starts_on": dt.date(2021, 1, 1)},
        )
    made = store.run(usecases.add_meeting, body_id=body, starts_at=AT).value
    for title in ("가", "나"):
        store.run(agenda.add_item, meeting_id=made, title=title, request="의결한다.")
    return made


def told(store, meeting):
    with store.reading() as read:
        return sittings.meeting(read, id=meeting)


def test_an_item_tells_its_arithmetic_before_and_after_the_vote(store, meeting):
    before = told(store, meeting)
    assert [item["base"] for item in before["agenda"]] == [None, None]
    seats = lives.opened(store, meeting, AT)
    store.run(movements.mark_presence, ids=seats[:1], presence="left", at=AT + MINUTE)
    first, second = told(store, meeting)["agenda"]
    assert (first["base"], first["required"], first["counts"]) == (4, 3, None)
    store.run(votes.record_vote, item_id=first["id"], yes=3, no=1, at=AT + 2 * MINUTE)
    found = told(store, meeting)
    first, second = found["agenda"]
    assert (first["base"], first["required"], first["verdict"]) == (4, 3, "carried")
    assert first["counts"] == {"yes": 3, "no": 1, "abstain": 0, "invalid": 0, "not_voting": 0}
    assert "4" in first["explanation"]
    assert (second["base"], second["required"], second["verdict"]) == (4, 3, None)
    assert {"enrolled", "present", "expected", "required", "met", "rule"} <= set(found["quorum"])
    assert json.loads(json.dumps(output.plain(found))) == found


@pytest.mark.file_only
def test_the_history_frames_what_happened_between_opening_and_end(store, meeting):
    store.run(steps.notice, id=meeting, day=dt.date(2022, 3, 8), at=AT - dt.timedelta(days=9))
    seats = lives.opened(store, meeting, AT)
    with store.reading() as read:
        first = [event.kind for event in history.of_meeting(read, meeting_id=meeting)]
    assert first == ["coming", "step", "step"]
    store.run(sitting.recess, meeting_id=meeting, at=AT + MINUTE, reason="가상 사유")
    store.run(sitting.resume, meeting_id=meeting, at=AT + 2 * MINUTE)
    store.run(movements.mark_presence, ids=seats[:1], presence="left", at=AT + 3 * MINUTE)
    store.run(steps.close_meeting, id=meeting, at=AT + 3 * MINUTE, adjournment="adjourned")
    store.run(steps.take_back, id=meeting, reason="가상 착오")
    kinds = [event["kind"] for event in told(store, meeting)["history"]]
    assert kinds == ["step", "step", "coming", "break", "break", "going", "step", "step"]
    texts = told(store, meeting)["history"]
    assert texts[3]["reason"] == "가상 사유"
    assert texts[-1]["reason"] == "가상 착오"
    assert texts[-1]["text"].startswith("되돌림")
