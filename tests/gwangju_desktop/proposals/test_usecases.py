"""Proposals come in: number, first step, notice, clock; nothing received is ever lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.schema.handling import ProposalDistinct, ProposalNote, ProposalNotice, ProposalStep
from db.schema.proposals import OutsideNumber, Proposal, ProposalFile, ProposalProfile, Proposer
from db.schema.threads import ThreadLink
from db.store import Store, usecase
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import files, fingerprint, merging, notes, steps, usecases
from gwangju_desktop.threads import links
from tests.gwangju_desktop.proposals.handled import RECEIVED, TODAY, all_of, received, row

D = dt.date


@pytest.fixture(autouse=True)
def _day() -> None:
    clock.fix(TODAY)


def test_a_proposal_that_came_has_number_step_notice_and_clock(store: Store) -> None:
    id = received(
        store,
        received_on=D(2021, 8, 31),
        department="기후환경과",
        outside=[{"system": "국민신문고", "number": "1AA-2108-0000001"}],
        supports=12,
    )
    proposal = row(store, id)
    assert (proposal.number, proposal.number_year, proposal.number_drawn) == ("2021-001", 2021, 1)
    assert (proposal.state, proposal.due_on) == ("received", D(2021, 9, 30))
    assert (proposal.consent_on, proposal.supports_on) == (D(2021, 8, 31), D(2021, 8, 31))
    first, second = all_of(store, ProposalStep)
    assert (first.kind, first.to_state, first.on_day) == ("move", "received", D(2021, 8, 31))
    assert (second.kind, second.department) == ("assigned", "기후환경과")
    (notice,) = all_of(store, ProposalNotice)
    assert (notice.kind, notice.made_on, notice.told_on) == ("receipt", D(2021, 8, 31), None)
    assert notice.step_id == first.id
    (number,) = all_of(store, OutsideNumber)
    assert (number.system, number.number) == ("국민신문고", "1AA-2108-0000001")
    (who,) = all_of(store, Proposer)
    assert (who.name, who.share) == ("가상인", 10_000) and who.subject_id < 0


def test_numbers_follow_the_highest_of_their_year(store: Store) -> None:
    ids = [received(store) for _ in range(3)]
    assert [row(store, id).number for id in ids] == ["2021-001", "2021-002", "2021-003"]
    other = received(store, received_on=D(2020, 12, 31))
    assert row(store, other).number == "2020-001"
    store.undo()
    assert row(store, received(store, received_on=D(2020, 12, 30))).number == "2020-001"


def test_a_number_another_profile_wrote_is_not_given_twice(sqlite_store: Store) -> None:
    first = received(sqlite_store)

    @usecase("Renumber")
    def renumber(tx) -> None:
        tx.get_one(Proposal, first).number = "2021-002"

    sqlite_store.run(renumber)
    assert row(sqlite_store, received(sqlite_store)).number == "2021-003"


def test_everything_of_a_receipt_is_undone_in_one_step(store: Store) -> None:
    received(store, outside=[{"system": "바로소통", "number": "17"}])
    store.undo()
    for kind in (Proposal, Proposer, OutsideNumber, ProposalStep, ProposalNotice):
        assert all_of(store, kind) == []
    store.redo()
    assert [one.number for one in all_of(store, Proposal)] == ["2021-001"]


def test_a_draft_waits_for_its_receipt(store: Store) -> None:
    id = received(store, draft=True, proposers=[])
    assert (row(store, id).number, row(store, id).due_on) == (None, None)
    assert all_of(store, ProposalStep) == []
    with pytest.raises(UserError, match="누가"):
        store.run(usecases.receive, id=id)
    store.run(usecases.set_proposers, id=id, proposers=[{"name": "가상인"}])
    store.run(usecases.receive, id=id, on_day=D(2021, 9, 8))
    proposal = row(store, id)
    assert (proposal.number, proposal.received_on) == ("2021-001", D(2021, 9, 8))
    assert proposal.due_on == D(2021, 10, 8)
    with pytest.raises(UserError):
        store.run(usecases.receive, id=id)


def test_only_a_draft_is_ever_deleted(store: Store) -> None:
    kept, draft = received(store), received(store, draft=True)
    store.run(notes.add_note, id=draft, text="확인할 것(예시)")
    with pytest.raises(UserError, match="2021-001"):
        store.run(usecases.remove_draft, id=kept)
    store.run(usecases.remove_draft, id=draft)
    assert [one.id for one in all_of(store, Proposal)] == [kept]
    assert all_of(store, ProposalNote) == []


def test_a_corrected_day_of_receipt_goes_for_all_that_receipt_wrote(store: Store) -> None:
    id = received(store, department="기후환경과")
    store.run(usecases.edit_proposal, id=id, received_on=D(2021, 9, 8), reason="소인 확인(예시)")
    proposal = row(store, id)
    assert (proposal.since_on, proposal.due_on) == (D(2021, 9, 8), D(2021, 10, 8))
    steps_now = [(one.kind, one.on_day) for one in all_of(store, ProposalStep)]
    assert steps_now[:2] == [("move", D(2021, 9, 8)), ("assigned", D(2021, 9, 8))]
    assert steps_now[2:] == [("edited", TODAY)]
    assert [one.made_on for one in all_of(store, ProposalNotice)] == [D(2021, 9, 8)]
    store.run(steps.move, id=id, to="review", on_day=D(2021, 9, 10))
    with pytest.raises(UserError, match=r"2021\. 9\. 10\."):
        store.run(usecases.edit_proposal, id=id, received_on=D(2021, 9, 11))
    store.run(usecases.edit_proposal, id=id, received_on=D(2021, 9, 7))
    assert row(store, id).since_on == D(2021, 9, 10)
    assert all_of(store, ProposalStep)[0].on_day == D(2021, 9, 7)


def test_a_draft_goes_whatever_speaks_of_it(store: Store) -> None:
    kept, draft = received(store), received(store, draft=True)
    store.run(links.link, before=("proposal", draft), after=("proposal", kept))
    store.run(merging.distinct, a=draft, b=kept)
    store.run(steps.note_repeat, id=kept, other_id=draft)
    store.run(usecases.remove_draft, id=draft)
    assert [one.id for one in all_of(store, Proposal)] == [kept]
    assert all_of(store, ThreadLink) == [] and all_of(store, ProposalDistinct) == []
    assert [one.other_id for one in all_of(store, ProposalStep) if one.kind == "repeated"] == [None]
    assert store.undo() is not None
    assert [one.from_proposal_id for one in all_of(store, ThreadLink)] == [draft]


def test_shares_of_a_joint_proposal_are_whole_or_refused(store: Store) -> None:
    three = [{"name": f"가상{n}"} for n in "가나다"]
    id = received(store, proposers=three)
    assert [one.share for one in all_of(store, Proposer)] == [3334, 3333, 3333]
    with pytest.raises(UserError, match="90"):
        asked = [{**one, "share": 3000} for one in three]
        store.run(usecases.set_proposers, id=id, proposers=asked)
    first, _second, third = all_of(store, Proposer)
    turned = [
        {"id": third.id, "name": "가상다", "share": 6000, "phone": "010-0000-0000"},
        {"id": first.id, "name": "가상 가", "share": 4000},
    ]
    store.run(usecases.set_proposers, id=id, proposers=turned)
    now = sorted(all_of(store, Proposer), key=lambda one: one.position)
    assert [(one.id, one.name, one.share) for one in now] == [
        (third.id, "가상다", 6000),
        (first.id, "가상 가", 4000),
    ]
    assert now[0].subject_id == third.subject_id
    store.undo()
    assert [one.name for one in all_of(store, Proposer)] == ["가상가", "가상나", "가상다"]


def test_nobody_is_only_an_anonymous_one(store: Store) -> None:
    with pytest.raises(UserError, match="익명"):
        received(store, proposers=[])
    id = received(store, proposers=[], anonymous=True)
    assert row(store, id).anonymous and all_of(store, Proposer) == []
    with pytest.raises(UserError):
        received(store, proposers=[{"phone": "010-0000-0000"}])


def test_an_outside_number_is_one_of_its_system(store: Store) -> None:
    first, second = received(store), received(store, title="다른 제안(예시)")
    number = store.run(usecases.add_outside, id=first, system="국민신문고", number="1AA").value
    with pytest.raises(UserError, match="가상 햇빛 놀이터"):
        store.run(usecases.add_outside, id=second, system="국민신문고", number="1AA")
    store.run(usecases.add_outside, id=second, system="바로소통", number="1AA")
    store.run(usecases.remove_outside, outside_id=number)
    assert [one.system for one in all_of(store, OutsideNumber)] == ["바로소통"]
    for system, empty in (("", "1"), ("국민신문고", " ")):
        with pytest.raises(UserError):
            store.run(usecases.add_outside, id=first, system=system, number=empty)


def test_words_that_are_mended_leave_a_line_and_facts_do_not(store: Store) -> None:
    id = received(store)
    before = row(store, id).fingerprint
    store.run(usecases.edit_proposal, id=id, field="energy", district="29170", supports=3)
    assert len(all_of(store, ProposalStep)) == 1
    assert row(store, id).supports_on == TODAY
    store.run(usecases.edit_proposal, id=id, title="햇빛 놀이터(예시)", reason="오타를 고침")
    last = all_of(store, ProposalStep)[-1]
    assert (last.kind, last.reason, last.on_day) == ("edited", "오타를 고침", TODAY)
    assert row(store, id).fingerprint == before
    head = store.head()
    store.run(usecases.edit_proposal, id=id, title="햇빛 놀이터(예시)")
    assert store.head() == head


def test_another_day_of_receipt_moves_the_last_day(sqlite_store: Store) -> None:
    id = received(sqlite_store)
    sqlite_store.run(usecases.edit_proposal, id=id, received_on=D(2021, 9, 10))
    assert row(sqlite_store, id).due_on == D(2021, 10, 12)


def test_steps_are_not_taken_by_editing(store: Store) -> None:
    id = received(store, department="기후환경과")
    with pytest.raises(UserError, match="담당 부서"):
        store.run(usecases.edit_proposal, id=id, department="교통과")
    with store.reading() as read:
        other = read.scalars(select(ProposalProfile.id).order_by(ProposalProfile.id.desc())).first()
    with pytest.raises(UserError):
        store.run(usecases.edit_proposal, id=id, profile_id=other)
    draft = received(store, draft=True)
    store.run(usecases.edit_proposal, id=draft, department="교통과", profile_id=other)
    assert (row(store, draft).department, row(store, draft).profile_id) == ("교통과", other)
    with pytest.raises(TypeError):
        store.run(usecases.edit_proposal, id=id, state="adopted")


def test_a_proposal_of_the_example_profile_gathers_support_first(sqlite_store: Store) -> None:
    received(sqlite_store)
    with sqlite_store.reading() as read:
        query = select(ProposalProfile.id).where(ProposalProfile.code == "BAROSOTONG")
        example = read.scalars(query).one()
    id = received(sqlite_store, profile_id=example)
    assert (row(sqlite_store, id).state, row(sqlite_store, id).due_on) == ("support", None)


@pytest.mark.parametrize(
    "values",
    [
        {"received_on": D(2021, 12, 2)},
        {"consent_on": D(2022, 1, 1)},
        {"supports": -1},
        {"field": "no such field"},
        {"call_id": 99},
        {"profile_id": 99},
        {"title": "  ", "text": " \n "},
        {"title": "가" * 501},
        {"proposers": [{"name": "가상인", "share": 5000}]},
    ],
)
def test_what_cannot_be_is_refused_whole(sqlite_store: Store, values: dict[str, Any]) -> None:
    with pytest.raises(UserError) as refused:
        received(sqlite_store, **values)
    assert len(str(refused.value)) < 250
    assert all_of(sqlite_store, Proposal) == [] and sqlite_store.head() == 0


def test_a_registration_number_is_in_no_byte_of_the_office(sqlite_store: Store) -> None:
    id = received(sqlite_store, text="저는 900101-1234568 입니다. 전화 010-1234-5678")
    assert row(sqlite_store, id).text == "저는 ******-******* 입니다. 전화 010-1234-5678"
    sqlite_store.run(usecases.edit_proposal, id=id, text="다시 900101-1234568")
    assert b"1234568" not in Path(sqlite_store.office.place).read_bytes()


def test_the_fingerprint_is_of_the_words_as_they_came(sqlite_store: Store) -> None:
    id = received(sqlite_store, text="저는 900101-1234568 입니다.")
    said = ("가상 햇빛 놀이터", "저는 900101-1234568 입니다.", RECEIVED, "가상인")
    assert row(sqlite_store, id).fingerprint == fingerprint.of(*said)


def test_files_come_once_and_go(store: Store) -> None:
    id = received(store)
    sha256 = store.papers.put(b"%PDF-1.4 made up")
    file = {"sha256": sha256, "name": "가상 설계도.pdf", "bytes": 16}
    first = store.run(files.add_file, id=id, **file).value
    with pytest.raises(UserError, match="가상 설계도"):
        store.run(files.add_file, id=id, **file)
    store.run(files.edit_file, file_id=first, title="설계도", disclosure="public")
    (held,) = all_of(store, ProposalFile)
    assert (held.title, held.disclosure) == ("설계도", "public")
    with pytest.raises(UserError):
        store.run(files.edit_file, file_id=first, title=" ")
    store.run(files.remove_file, file_id=first)
    assert all_of(store, ProposalFile) == []
