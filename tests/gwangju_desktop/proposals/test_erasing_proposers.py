"""A proposer erased leaves no byte; the proposal, its shares and its figures stay."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db import drafts, search
from db import erase as traces
from db.errors import Conflict
from db.schema.access import Erasure
from db.schema.handling import ProposalNote, ProposalReply
from db.schema.papers import StoredFile
from db.schema.proposals import Proposal, ProposalFile, Proposer
from db.store import Store, usecase
from gwangju_desktop import clock, offices
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import usecases as members
from gwangju_desktop.proposals import (
    boards,
    erasing,
    files,
    merging,
    notes,
    notices,
    opinions,
    replies,
    steps,
    usecases,
)
from tests.gwangju_desktop.members.test_erasing import head, hits, whole
from tests.gwangju_desktop.proposals.handled import TODAY, all_of, received, row
from tests.gwangju_desktop.test_cli import outcome
from tests.gwangju_desktop.test_cli import told as told_in_json

D = dt.date
# No syllable and no pair of letters of these stands anywhere else in an office.
NAME, OLD_NAME = "뷁쀏쒧", "긿쀎먊"
PHONE, EMAIL, ADDRESS = "010-9182-7364", "zqxj.vwkq@example.kr", "쬻뿙퀡로 987번길 65"
PIECES = {NAME, OLD_NAME, PHONE, "01091827364", EMAIL, ADDRESS, NAME[:2], NAME[1:], OLD_NAME[:2]}


@pytest.fixture(autouse=True)
def _day() -> None:
    clock.fix(TODAY)


def told(what: str) -> str:
    return f"{what}: {NAME} 님(010 9182 7364, {EMAIL})이 말함(예시)"


@usecase("Type a draft")
def type_draft(tx, *, id: int) -> None:
    drafts.keep(tx, -id, 0, told("쓰는 중"), clock.now())


@pytest.fixture
def planted(store: Store) -> tuple[Store, int, int]:
    """A joint proposal whose first proposer is named in every text of its handling."""
    one = {"name": OLD_NAME, "phone": PHONE, "email": EMAIL, "address": ADDRESS, "share": 6000}
    other = {"name": "가상둘", "phone": "062-000-0000", "share": 4000}
    id = received(
        store,
        title=f"{NAME} 씨의 가상 제안",
        text=told("본문"),
        proposers=[one, other],
        supports=7,
        field="energy",
    )
    store.undo()
    store.redo()
    first, second = all_of(store, Proposer)
    renamed = [{**one, "id": first.id, "name": NAME}, {**other, "id": second.id}]
    store.run(usecases.set_proposers, id=id, proposers=renamed)
    sha256 = store.papers.put(b"%PDF-1.4 made up")
    name = f"{NAME} 편지.pdf"
    store.run(files.add_file, id=id, sha256=sha256, name=name, bytes=16, title=name)
    store.run(notes.add_note, id=id, text=told("메모"))
    store.run(steps.move, id=id, to="review", on_day=D(2021, 9, 7), reason=told("사유"))
    asked = {"id": id, "department": "가상과", "question": told("질문"), "on_day": D(2021, 9, 8)}
    opinion = store.run(opinions.ask_opinion, **asked).value
    answer = {"opinion_id": opinion, "text": told("의견"), "on_day": D(2021, 9, 9)}
    store.run(opinions.answer_opinion, **answer)
    store.run(boards.add_board, id=id, members=2, citizens=1, result=told("결과"))
    delay = {"id": id, "reason": told("지연"), "new_on": D(2022, 3, 1)}
    store.run(notices.delay, **delay)
    store.run(replies.write_reply, id=id, text=told("회신"), reasons=told("이유"))
    store.run(type_draft, id=id)
    return store, id, first.id


def test_no_byte_of_a_proposer_is_left(planted, tmp_path: Path) -> None:
    store, id, proposer = planted
    # The test itself must be able to see what it looks for.
    assert {NAME, OLD_NAME, PHONE, EMAIL, ADDRESS} <= hits(store, tmp_path, PIECES)
    (tmp_path / "later.gwbak").unlink(missing_ok=True)
    anchor, before = head(store), row(store, id)
    outcome = erasing.erase_proposer(store, proposer, reason="본인 요구")
    assert hits(store, tmp_path, PIECES) == set()
    whole(store, anchor)
    assert outcome.proposals == (id,) and outcome.files == 1 and outcome.mentions == ()
    assert set(outcome.left) <= {"wal"}
    now = row(store, id)
    assert now.title == "○○○ 씨의 가상 제안"
    assert now.text == "본문: ○○○ 님(○○○, ○○○)이 말함(예시)"
    for name in ("number", "state", "received_on", "due_on", "field", "supports", "fingerprint"):
        assert getattr(now, name) == getattr(before, name)
    erased, other = sorted(all_of(store, Proposer), key=lambda one: one.position)
    assert (erased.name, erased.phone, erased.email, erased.address) == ("", "", "", "")
    assert (erased.share, other.name, other.share) == (6000, "가상둘", 4000)
    assert all_of(store, ProposalNote)[0].text == "메모: ○○○ 님(○○○, ○○○)이 말함(예시)"
    assert all_of(store, ProposalReply)[0].reasons.startswith("이유: ○○○")
    assert all_of(store, StoredFile)[0].name == "○○○ 편지.pdf"
    assert all_of(store, ProposalFile)[0].title == "○○○ 편지.pdf"
    with store.reading() as read:
        assert search.find(read.connection(), NAME) == []
        kept = drafts.of_meeting(read, -id, 0)
    assert not any(NAME in one.text for one in kept)


def test_what_was_erased_is_not_undone_and_the_rest_goes_on(planted) -> None:
    store, id, proposer = planted
    erasing.erase_proposer(store, proposer)
    with pytest.raises(Conflict):
        store.undo()
    store.run(usecases.edit_proposal, id=id, district="29170")
    store.undo()
    erased, other = sorted(all_of(store, Proposer), key=lambda one: one.position)
    same = [{"id": erased.id, "share": 5000}, {"id": other.id, "name": "가상둘", "share": 5000}]
    store.run(usecases.set_proposers, id=id, proposers=same)
    assert [one.share for one in all_of(store, Proposer)] == [5000, 5000]


@pytest.mark.file_only
def test_erasing_again_only_cleans_the_files(planted) -> None:
    store, id, proposer = planted
    erasing.erase_proposer(store, proposer)
    head_now = store.head()
    outcome = erasing.erase_proposer(store, proposer)
    assert (outcome.entry, outcome.proposals, store.head()) == (0, (id,), head_now)


@pytest.mark.file_only
def test_the_reason_names_nobody(planted) -> None:
    store, _, proposer = planted
    head_now = store.head()
    for reason in (f"{NAME} 요구", "전화 010.9182.7364"):
        with pytest.raises(UserError, match="사유"):
            erasing.erase_proposer(store, proposer, reason=reason)
    with pytest.raises(UserError):
        erasing.erase_proposer(store, 99)
    assert store.head() == head_now


def test_all_proposals_of_one_and_none_of_a_namesake(store: Store) -> None:
    def by(**contact: Any) -> int:
        return received(store, proposers=[{"name": "가상인", **contact}])

    first, again = by(phone="010-1111-2222"), by(phone="010-1111-2222", email="g@example.kr")
    namesake = by(phone="010-3333-4444")
    ids = {one.proposal_id: one.id for one in all_of(store, Proposer)}
    outcome = erasing.erase_proposer(store, ids[first])
    assert outcome.proposals == (first, again)
    names = {one.proposal_id: one.name for one in all_of(store, Proposer)}
    assert names == {first: "", again: "", namesake: "가상인"}
    # The namesake still stands there, and is said to.
    assert ("proposer", ids[namesake], "name") in {
        (one.table, one.id, one.column) for one in outcome.mentions
    }


def parts_of(store: Store, id: int) -> list[int]:
    parts = [{"title": f"{NAME} 씨의 가상 {n}", "text": told("부분")} for n in "가나"]
    return list(store.run(merging.split, id=id, parts=parts).value)


def held_of(store: Store, id: int) -> list[Proposer]:
    return [one for one in all_of(store, Proposer) if one.proposal_id == id]


def test_one_erasure_reaches_every_part(store: Store, tmp_path: Path) -> None:
    one = {"name": NAME, "phone": PHONE, "email": EMAIL, "address": ADDRESS, "share": 6000}
    other = {"name": "가상둘", "share": 4000}
    id = received(store, title=f"{NAME} 씨의 가상 제안", text=told("본문"), proposers=[one, other])
    first, second = parts_of(store, id)
    (third, _fourth) = parts_of(store, first)
    assert len({one.subject_id for one in all_of(store, Proposer)}) == 10
    # Corrected in one part and without contact in another it is still the same person.
    of_first = held_of(store, first)
    named = [{"id": held.id, "name": held.name, "share": held.share} for held in of_first]
    named[0] |= {"name": OLD_NAME, "phone": PHONE, "email": "", "address": ""}
    store.run(usecases.set_proposers, id=first, proposers=named)
    bare = [
        {"id": held.id, "name": held.name, "share": held.share} for held in held_of(store, second)
    ]
    bare[0] |= {"phone": "", "email": "", "address": ""}
    store.run(usecases.set_proposers, id=second, proposers=bare)
    assert {NAME, OLD_NAME, PHONE, EMAIL, ADDRESS} <= hits(store, tmp_path, PIECES)
    (tmp_path / "later.gwbak").unlink(missing_ok=True)
    outcome = erasing.erase_proposer(store, held_of(store, third)[0].id, reason="본인 요구")
    assert len(outcome.proposals) == 5 and outcome.mentions == ()
    assert hits(store, tmp_path, PIECES) == set()
    names = [(one.name, one.share) for one in all_of(store, Proposer)]
    assert names == [("", 6000), ("가상둘", 4000)] * 5
    with store.reading() as read:
        assert len(read.scalars(select(Erasure.uid)).all()) == 5


def test_the_same_person_in_a_merged_one_goes_along(store: Store) -> None:
    person = {"name": NAME, "phone": PHONE}
    id = received(store, proposers=[person])
    later = received(store, received_on=D(2021, 9, 8), proposers=[person])
    store.run(merging.merge, ids=[id, later])
    assert set(erasing.erase_proposer(store, all_of(store, Proposer)[0].id).proposals) == {
        id,
        later,
    }
    assert {one.name for one in all_of(store, Proposer)} == {""}


def test_of_two_of_one_name_only_the_one_leaves_the_parts(sqlite_store: Store) -> None:
    store = sqlite_store
    one, two = ({"name": "가상인", "phone": f"010-0000-000{n}", "share": 5000} for n in (1, 2))
    id = received(store, proposers=[one, two])
    parts_of(store, id)
    erasing.erase_proposer(store, all_of(store, Proposer)[0].id)
    left = [(held.name, held.phone) for held in all_of(store, Proposer)]
    assert left == [("", ""), ("가상인", "010-0000-0002")] * 3


def test_a_shared_telephone_names_nobody(sqlite_store: Store) -> None:
    store = sqlite_store
    phone = "062-000-1111"
    id = received(
        store,
        text=f"연락 {phone} (예시)",
        proposers=[{"name": "가상하나", "phone": phone}, {"name": "가상둘", "phone": phone}],
    )
    erasing.erase_proposer(store, all_of(store, Proposer)[0].id)
    assert phone in row(store, id).text
    assert [one.phone for one in all_of(store, Proposer)] == ["", phone]


def test_a_group_keeps_its_name_and_loses_its_contact(sqlite_store: Store) -> None:
    store = sqlite_store
    group = {"kind": "group", "name": "가상모임", "phone": PHONE, "email": EMAIL}
    id = received(store, text=f"가상모임 대표 전화 {PHONE}", proposers=[group])
    (held,) = all_of(store, Proposer)
    assert erasing.erase_proposer(store, held.id).entry
    (now,) = all_of(store, Proposer)
    assert (now.name, now.phone, now.email) == ("가상모임", "", "")
    assert row(store, id).text == "가상모임 대표 전화 ○○○"
    assert erasing.erase_proposer(store, held.id).entry == 0


def test_an_older_copy_is_brought_in_line(sqlite_store: Store, tmp_path: Path) -> None:
    store = sqlite_store
    received(store, proposers=[{"name": NAME, "phone": PHONE}])
    copy = tmp_path / "older.gwoffice"
    shutil.copy(store.office.place, copy)
    erasing.erase_proposer(store, all_of(store, Proposer)[0].id, reason="본인 요구")
    with store.reading() as read:
        uids = list(read.scalars(select(Erasure.uid)).all())
    with Store.open(copy) as older:
        assert erasing.reapply(older, uids) == 1
        assert all_of(older, Proposer)[0].name == ""
        assert erasing.reapply(older, uids) == 0
    assert NAME.encode() not in copy.read_bytes()


def test_members_are_not_touched(store: Store) -> None:
    person = store.run(members.add_person, name="가상인", fictional=True).value
    received(store, proposers=[{"name": "가상인", "phone": PHONE}])
    outcome = erasing.erase_proposer(store, all_of(store, Proposer)[0].id)
    assert [(one.table, one.id) for one in outcome.mentions] == [("person", person)]
    with store.reading() as read:
        assert traces.rows_naming(read.connection(), ["가상인"], []) != []
        assert read.scalar(select(func.count()).select_from(Proposal)) == 1


def test_what_would_go_is_said_before(planted) -> None:
    store, id, proposer = planted
    head_now = store.head()
    with store.reading() as read:
        known = erasing.preview(read, id=proposer)
    assert (known.name, known.files, known.mentions) == (NAME, 1, ())
    assert known.proposals == (("2021-001", f"{NAME} 씨의 가상 제안"),)
    assert store.head() == head_now and row(store, id).title.startswith(NAME)


def test_from_the_command_line_only_with_yes(tmp_path: Path, capfdbinary: Any) -> None:
    office = tmp_path / "사무국.gwoffice"
    offices.new_office(office)
    with offices.opened(office) as store:
        received(store, proposers=[{"name": NAME, "phone": PHONE}])
    asked = ("erase", "proposer", 1, "--office", office)
    code, out, err = outcome(capfdbinary, *asked)
    assert code == 1 and "2021-001" in out and "--yes" in err and len(err.splitlines()) == 1
    done = told_in_json(capfdbinary, *asked, "--yes", "--reason", "본인 요구")
    assert (done["proposals"], done["mentions"], done["left"]) == ([1], [], [])
    assert NAME.encode() not in office.read_bytes()
    assert told_in_json(capfdbinary, "history", "--verify", "--office", office)["ok"]
    code, _out, err = outcome(capfdbinary, "erase", "proposer", 9, "--yes", "--office", office)
    assert code == 1 and len(err.splitlines()) == 1
