"""A monitor's draft: kept by copy and form, never lost to a broken file, checked before signing."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from gwangju_desktop import clock, paths
from gwangju_desktop.errors import UserError
from gwangju_desktop.reviews import drafts, own_key
from gwangju_desktop.reviews.copies import CopyFacts
from gwangju_desktop.reviews.review_file import Answer, Comment
from tests.gwangju_desktop.reviews import monitored
from tests.gwangju_desktop.reviews.monitored import FIRST, NAMES, PLAN, SECOND


def test_drafts_are_kept_apart_by_form_and_commitment(facts: CopyFacts) -> None:
    first = monitored.full(facts, "ab" * 32)
    second = drafts.with_answer(
        drafts.begun(facts, "closing", SECOND), Answer("1.1", "limited", commitment=SECOND)
    )
    assert drafts.saved_at(first) is None
    place = drafts.save(first)
    drafts.save(second)
    assert place.is_relative_to(paths.person_folder())
    assert drafts.begun(facts, "closing", FIRST) == first
    assert drafts.begun(facts, "closing", SECOND) == second
    assert drafts.begun(facts, "inception").answers == ()
    assert {draft.commitment for draft in drafts.listed(facts.snapshot)} == {FIRST, SECOND}
    saved = drafts.saved_at(first)
    assert saved is not None and abs(clock.now() - saved) < dt.timedelta(minutes=5)
    drafts.forget(first)
    drafts.forget(first)
    assert drafts.begun(facts, "closing", FIRST).answers == ()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"answers": 3}', b"[" * 100_000])
def test_a_spoilt_draft_is_begun_anew(facts: CopyFacts, content: bytes) -> None:
    draft = monitored.closing(facts)
    drafts.save(draft).write_bytes(content)
    assert drafts.begun(facts, "closing", FIRST).answers == ()
    assert drafts.listed(facts.snapshot) == []


def test_an_answer_takes_the_place_of_the_one_before(facts: CopyFacts) -> None:
    draft = monitored.closing(facts, "limited")
    draft = drafts.with_answer(draft, Answer("1.1", "complete", commitment=FIRST))
    assert drafts.answer_to(draft, "1.1", FIRST).value == "complete" and len(draft.answers) == 1
    assert drafts.answer_to(draft, "2.1.1", FIRST) == Answer("2.1.1", commitment=FIRST)
    assert drafts.with_answer(draft, Answer("1.1", commitment=FIRST)).answers == ()


def test_what_is_not_ready_is_not_signed(facts: CopyFacts) -> None:
    draft = monitored.closing(facts)
    for given, values, refusal in (
        (draft, {"monitor": " "}, "이름"),
        (drafts.empty(facts, "closing", FIRST), {"monitor": "가상"}, "서명할"),
        (draft, {"monitor": "가상", "agreed": (NAMES[0], f" {NAMES[0]} ")}, "두 명"),
    ):
        with pytest.raises(UserError, match=refusal):
            drafts.ready(given, **values)
    said = dataclasses.replace(drafts.empty(facts, "closing", FIRST), comments=(Comment("말"),))
    moment = dt.datetime(2022, 6, 30, 9, 0, 0, 5, tzinfo=dt.UTC)
    ready = drafts.ready(said, monitor=" 가상 ", moment=moment)
    assert (ready.monitor, ready.signed_at) == ("가상", "2022-06-30T18:00:00+09:00")


def test_a_form_is_begun_only_to_what_the_copy_holds(facts: CopyFacts) -> None:
    for kind, commitment, plan in (
        ("closing", "", ""),
        ("closing", "KRGNJ0009", ""),
        ("inception", FIRST, ""),
        ("inception", "", "KRGNJ1999"),
        ("interview", "", ""),
    ):
        with pytest.raises(UserError):
            drafts.begun(facts, kind, commitment, plan)
    plan_fact = facts.plan()
    assert plan_fact.code == PLAN and [one.code for one in plan_fact.commitments] == [FIRST, SECOND]
    first = plan_fact.commitment(FIRST)
    assert [(one.number, one.title) for one in first.milestones] == [(1, "예시 단계")]
    assert [one.title for one in first.evidence] == ["예시 회의록"] and first.evidence[0].sha256
    assert plan_fact.evidence == first.evidence and plan_fact.commitment(SECOND).evidence == ()


def test_a_monitor_has_one_key_under_a_passphrase() -> None:
    assert own_key.own() is None
    made = own_key.make("예시 암호구절 하나")
    assert own_key.own() == made
    assert own_key.unseal(made, "예시 암호구절 하나").public_key().public_bytes_raw() == made.public
    with pytest.raises(UserError, match="이미"):
        own_key.make("예시 암호구절 하나")
    with pytest.raises(UserError, match="암호구절로"):
        own_key.unseal(made, "다른 암호구절 하나")
    assert b"PUBLIC KEY" in own_key.public_file(own_key.place()).read_bytes()
