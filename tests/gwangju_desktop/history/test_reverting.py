"""One change taken back, whoever made it; refusals name the record and what came since."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from sqlalchemy import select

from db.erase import Order
from db.schema.meetings import AgendaItem
from db.schema.members import Person
from db.store import usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.history import entries, reverting
from gwangju_desktop.meetings import agenda
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import people
from gwangju_desktop.members import usecases as members
from tests.gwangju_desktop.test_cli import outcome


@pytest.fixture
def office(store):
    """A meeting with an item that was renamed, then a body added."""
    body = store.run(members.add_body, name_ko="가상위원회").value
    at = dt.datetime(2022, 4, 1, 5, tzinfo=dt.UTC)
    meeting = store.run(meetings.add_meeting, body_id=body, title="제5차", starts_at=at).value
    item = store.run(agenda.add_item, meeting_id=meeting, title="가").value
    renamed = store.run(agenda.edit_item, id=item, title="나").id
    store.run(members.add_body, name_ko="다른위원회")
    return store, meeting, item, renamed


def title(store, item):
    with store.reading() as read:
        return read.scalar(select(AgendaItem.title).where(AgendaItem.id == item))


def test_a_change_in_the_middle_is_taken_back_and_undo_does_it_again(office) -> None:
    store, _meeting, item, renamed = office
    changes = reverting.revert(store, renamed)
    assert title(store, item) == "가" and changes.target == renamed
    with store.reading() as read:
        assert entries.taken_back(read, [renamed]) == {renamed}
    store.undo()
    assert title(store, item) == "나"
    store.redo()
    assert title(store, item) == "가"
    with pytest.raises(UserError, match="이미"):
        reverting.revert(store, renamed)


def test_a_later_change_of_the_same_record_is_named(office) -> None:
    store, _meeting, item, renamed = office
    store.who = "이가상"
    later = store.run(agenda.edit_item, id=item, title="다").id
    with pytest.raises(UserError) as refused:
        reverting.revert(store, renamed)
    told = str(refused.value)
    assert "안건" in told and "이가상" in told and f"{later}번" in told and "나 → 다" in told
    reverting.revert(store, later)
    reverting.revert(store, renamed)
    assert title(store, item) == "가"


def test_what_others_refer_to_is_not_taken_away(office) -> None:
    store, meeting, _item, _renamed = office
    with pytest.raises(UserError) as refused:
        reverting.revert(store, 1)
    assert "가상위원회" in str(refused.value)
    assert meeting


def test_what_was_erased_is_final_and_said_so(store) -> None:
    person = store.run(people.add_person, name="가상가").value
    edited = store.run(people.edit_person, id=person, name="가상나").id

    @usecase("Erase")
    def forget(tx):
        tx.get_one(Person, person).name = ""
        return Order((person,), ("가상나",), None)

    erased, _left = store.erase(forget)
    with pytest.raises(UserError, match="파기"):
        reverting.revert(store, edited)
    with pytest.raises(UserError, match="되돌릴 수 없습니다"):
        reverting.revert(store, erased.id)
    with pytest.raises(UserError, match="없습니다"):
        reverting.revert(store, 999)


def test_the_command_line_tells_sentences_and_takes_back(sample_copy, capfdbinary) -> None:
    def run(*arguments):
        code, out, err = outcome(
            capfdbinary, "--office", sample_copy, "--lang", "ko", "history", *arguments
        )
        return code, out, err

    code, out, _err = run("--json", "--limit", "3", "--record", "meeting/3")
    told = json.loads(out)
    assert code == 0 and len(told) == 3 and all(one["sentence"] for one in told)
    code, out, _err = run("--json", "--limit", "9")
    newest = next(one for one in json.loads(out) if one["table"] == "publication")
    code, _out, err = run("revert", "99999")
    assert code == 1 and "없습니다" in err
    code, out, err = run("revert", "1", "--json")
    assert code == 1 and err
    code, _out, err = run("--record", "nothing/1")
    assert code == 1 and "nothing/1" in err
    code, out, _err = run("revert", str(newest["id"]), "--json")
    assert code == 0 and json.loads(out)["reverted"] == newest["id"]
    code, out, _err = run("--kind", "undo", "--json")
    assert [one["target"] for one in json.loads(out)] == [newest["id"]]
    code, out, _err = run("--verify", "--noted", f"1:{'0' * 8}", "--json")
    assert code == 1 and len(json.loads(out)["problems"]) == 1
