"""Steps of a proposal: what each needs, what it writes, what the proposer is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from db.schema.handling import ProposalNotice, ProposalOpinion, ProposalStep, ProposalSupplement
from db.schema.proposals import Proposal, ProposalProfile
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import (
    boards,
    clocks,
    notices,
    opinions,
    profile_edits,
    replies,
    retention,
    steps,
    usecases,
)

D = dt.date
RECEIVED = D(2022, 3, 2)


@pytest.fixture(autouse=True)
def _in_2022() -> None:
    clock.fix(D(2022, 12, 30))


def taken_in(store: Store, day: dt.date = RECEIVED, **more: Any) -> int:
    made = store.run(
        usecases.register,
        title="가상 제안",
        channel="web",
        received_on=day,
        anonymous=True,
        **more,
    )
    return int(made.value)


def move(store: Store, id: int, to: str, day: dt.date, **more: Any) -> int:
    return int(store.run(steps.move, id=id, to=to, on_day=day, **more).value)


def refused(store: Store, usecase: Any, **values: Any) -> str:
    with pytest.raises(UserError) as error:
        store.run(usecase, **values)
    return str(error.value)


def held(store: Store, id: int) -> Any:
    """Return the row of a proposal."""
    with store.reading() as read:
        return read.execute(select(Proposal.__table__).where(Proposal.id == id)).one()


def kinds(store: Store, id: int) -> list[str]:
    query = select(ProposalNotice.kind).where(ProposalNotice.proposal_id == id)
    with store.reading() as read:
        return list(read.scalars(query.order_by(ProposalNotice.id)).all())


def ahead(store: Store, id: int, day: dt.date) -> dict[str, steps.Ahead]:
    with store.reading() as read:
        return {one.to_state: one for one in steps.ahead(read, id, day)}


def reply(store: Store, id: int, day: dt.date) -> None:
    store.run(replies.write_reply, id=id, text="검토하였습니다.", reasons="가상 이유입니다.")
    store.run(replies.send_reply, id=id, on_day=day, how="전자우편")


def refuse_it(store: Store, day: dt.date = RECEIVED) -> int:
    """Return a proposal that was not adopted and told so 10 days after its receipt."""
    id = taken_in(store, day)
    move(store, id, "review", day)
    move(store, id, "not_adopted", day + dt.timedelta(days=5), reason="가상 이유")
    reply(store, id, day + dt.timedelta(days=10))
    return id


def test_one_that_is_adopted_from_receipt_to_its_effect(store: Store) -> None:
    id = taken_in(store)
    assert held(store, id).due_on == D(2022, 4, 4)  # 4. 2. is a Saturday
    store.run(steps.assign, id=id, department="가상과", on_day=D(2022, 3, 3))
    assert "이미 담당" in refused(store, steps.assign, id=id, department="가상과")
    store.run(
        steps.assign, id=id, department="다른가상과", reason="업무 소관", on_day=D(2022, 3, 4)
    )
    move(store, id, "review", D(2022, 3, 4))
    move(store, id, "tabled", D(2022, 3, 10))
    assert "실시 예정일" in refused(store, steps.move, id=id, to="adopted", on_day=D(2022, 3, 20))
    move(
        store,
        id,
        "adopted",
        D(2022, 3, 20),
        planned_on=D(2022, 6, 30),
        plan="가상 계획",
        by="가상위원회",
    )
    assert held(store, id).due_on == D(2022, 4, 4)
    assert "회신문" in ahead(store, id, D(2022, 3, 21))["replied"].lacks[0]
    assert "회신문" in refused(store, steps.move, id=id, to="replied", on_day=D(2022, 3, 21))
    reply(store, id, D(2022, 3, 21))
    proposal = held(store, id)
    assert (proposal.state, proposal.adoption, proposal.due_on) == ("replied", "adopted", None)
    assert proposal.decided_on == D(2022, 3, 20)
    assert not ahead(store, id, D(2022, 3, 22))["implementing"].lacks
    assert "불채택" in ahead(store, id, D(2022, 3, 22))["re_exam"].lacks[0]
    move(store, id, "implementing", D(2022, 4, 1))
    move(store, id, "delayed", D(2022, 6, 20), reason="가상 사유", planned_on=D(2022, 9, 30))
    move(store, id, "delayed", D(2022, 9, 20), reason="더 늦음", planned_on=D(2022, 11, 30))
    move(store, id, "done", D(2022, 11, 25))
    proposal = held(store, id)
    assert proposal.implemented_on == proposal.effect_from == D(2022, 11, 25)
    assert proposal.planned_on == D(2022, 11, 30)
    assert proposal.plan == "가상 계획"
    # The effect is measured a year after it began.
    clock.fix(D(2023, 12, 29))
    assert "1년" in ahead(store, id, D(2023, 11, 24))["done"].lacks[0]
    assert "효과" in str(refused(store, steps.move, id=id, to="done", on_day=D(2023, 11, 25)))
    move(store, id, "done", D(2023, 11, 25), effect="가상 효과: 전력 사용 예시 3% 감소")
    assert held(store, id).effect_measured_on == D(2023, 11, 25)
    assert kinds(store, id) == ["receipt", "result", "delay", "delay"]
    with store.reading() as read:
        lines = read.execute(
            select(ProposalStep.kind, ProposalStep.from_state, ProposalStep.to_state)
            .where(ProposalStep.proposal_id == id)
            .order_by(ProposalStep.id)
        ).all()
        delays = read.scalars(
            select(ProposalNotice.new_on).where(ProposalNotice.kind == "delay")
        ).all()
    assert [tuple(line) for line in lines[:4]] == [
        ("move", None, "received"),
        ("assigned", None, None),
        ("reassigned", None, None),
        ("move", "received", "review"),
    ]
    assert list(delays) == [D(2022, 9, 30), D(2022, 11, 30)]


@pytest.mark.parametrize(
    ("to", "more", "notice"),
    [
        ("closed", {"reason": "제안이 아님"}, "closed"),
        ("civil_petition", {"reason": "고충 민원"}, "civil_petition"),
        ("transferred", {"reason": "소관 아님", "outside": "가상구청"}, "transfer"),
        ("withdrawn", {}, None),
    ],
)
def test_what_leaves_our_hands(
    store: Store, to: str, more: dict[str, str], notice: str | None
) -> None:
    id = taken_in(store)
    for left_out in more:
        given = {name: value for name, value in more.items() if name != left_out}
        assert refused(store, steps.move, id=id, to=to, on_day=D(2022, 3, 5), **given)
    assert held(store, id).state == "received"
    step = move(store, id, to, D(2022, 3, 5), **more)
    assert held(store, id).due_on is None
    assert kinds(store, id) == (["receipt", notice] if notice else ["receipt"])
    assert ahead(store, id, D(2022, 3, 6)) == {}
    assert refused(store, steps.assign, id=id, department="가상과")
    if to != "transferred":
        assert refused(store, steps.note_transfer_number, id=id, outside_number="1")
    else:
        store.run(steps.note_transfer_number, id=id, outside_number="가상-77")
        with store.reading() as read:
            row = read.get_one(ProposalStep, step)
            assert (row.outside, row.outside_number) == ("가상구청", "가상-77")
    store.undo()
    if to == "transferred":
        store.undo()
    assert held(store, id).due_on == D(2022, 4, 4)
    assert kinds(store, id) == ["receipt"]


def test_a_supplement_stops_the_clock_only_within_a_week(store: Store) -> None:
    early, late = taken_in(store), taken_in(store)
    assert "제외됩니다" in ahead(store, early, D(2022, 3, 9))["supplement"].says
    assert "멈추지 않습니다" in ahead(store, late, D(2022, 3, 10))["supplement"].says
    wanted = {"wanted": "가상 도면", "until_on": D(2022, 3, 18)}
    assert refused(store, steps.move, id=early, to="supplement", on_day=D(2022, 3, 9))
    move(store, early, "supplement", D(2022, 3, 9), **wanted)
    move(store, late, "supplement", D(2022, 3, 10), **wanted)
    with store.reading() as read:
        asked = select(ProposalSupplement.pauses).order_by(ProposalSupplement.id)
        assert list(read.scalars(asked)) == [True, False]
        held_up = clocks.of(read, early)
        assert held_up is not None
        assert (held_up.excluded_days, held_up.due_on) == (10, D(2022, 4, 12))
        assert held_up.stopped(D(2022, 3, 18))
        assert not held_up.stopped(D(2022, 3, 19))
    assert held(store, late).due_on == D(2022, 4, 4)
    store.run(steps.supplement_came, id=early, answer="가상 도면 도착", on_day=D(2022, 3, 15))
    assert held(store, early).state == "received"
    assert held(store, early).due_on == D(2022, 4, 11)  # 9. is a Saturday
    assert "기다리는 보완이 없습니다" in refused(store, steps.supplement_came, id=early)
    # Not supplemented: closed with its reason, once the time to do so is over.
    assert "보완할 수 있습니다" in refused(
        store, steps.move, id=late, to="closed", on_day=D(2022, 3, 18), reason="보완하지 않음"
    )
    assert refused(store, steps.move, id=late, to="received", on_day=D(2022, 3, 18))
    move(store, late, "closed", D(2022, 3, 19), reason="보완하지 않음")
    assert kinds(store, late) == ["receipt", "supplement", "closed"]


@pytest.mark.file_only
def test_a_supplement_that_comes_late_is_kept_and_goes_back_where_it_was(store: Store) -> None:
    id = taken_in(store)
    move(store, id, "review", D(2022, 3, 3))
    move(store, id, "supplement", D(2022, 3, 4), wanted="가상", until_on=D(2022, 3, 8))
    store.run(steps.supplement_came, id=id, answer="늦게 옴", on_day=D(2022, 3, 20))
    proposal = held(store, id)
    assert (proposal.state, proposal.since_on) == ("review", D(2022, 3, 20))
    with store.reading() as read:
        found = clocks.of(read, id)
    assert found is not None
    # The pause ended with the day it was wanted by.
    assert found.excluded_days == 5


@pytest.mark.file_only
def test_an_opinion_told_of_stops_the_clock(store: Store) -> None:
    id = taken_in(store)
    move(store, id, "review", D(2022, 3, 3))
    assert "의견을 요청한 부서가 없습니다" in refused(
        store, steps.move, id=id, to="opinion", on_day=D(2022, 3, 3)
    )
    asked = store.run(
        opinions.ask_opinion, id=id, department="가상과", told=True, on_day=D(2022, 3, 7)
    ).value
    assert held(store, id).state == "opinion"
    assert held(store, id).due_on == D(2022, 4, 25)  # 22 days, 4. 24. is a Sunday
    assert "회신 기한" in ahead(store, id, D(2022, 3, 8))["review"].lacks[0]
    store.run(
        opinions.answer_opinion,
        opinion_id=asked,
        stance="adopt",
        text="가상 의견",
        on_day=D(2022, 3, 11),
    )
    assert held(store, id).state == "review"
    assert held(store, id).due_on == D(2022, 4, 7)
    silent = store.run(
        opinions.ask_opinion, id=id, department="다른가상과", told=False, on_day=D(2022, 3, 14)
    ).value
    assert held(store, id).due_on == D(2022, 4, 7)
    # A department that never answers does not hold the proposal up for ever.
    move(store, id, "review", D(2022, 4, 5))
    store.run(opinions.answer_opinion, opinion_id=silent, stance="adopt", on_day=D(2022, 4, 6))
    assert held(store, id).state == "review"


def test_withdrawing_calls_off_what_was_asked(store: Store) -> None:
    id = taken_in(store)
    move(store, id, "review", D(2022, 3, 3))
    store.run(opinions.ask_opinion, id=id, department="가상과", told=True, on_day=D(2022, 3, 7))
    move(store, id, "withdrawn", D(2022, 3, 8), reason="제안자 요청")
    with store.reading() as read:
        assert list(read.scalars(select(ProposalOpinion.withdrawn_on))) == [D(2022, 3, 8)]
    assert held(store, id).due_on is None


def test_a_re_examination_within_15_days_of_the_notice_needs_the_board(store: Store) -> None:
    id = refuse_it(store)  # told on 3. 12.
    assert not ahead(store, id, D(2022, 3, 28))["re_exam"].lacks  # 27. is a Sunday
    assert "3. 28." in ahead(store, id, D(2022, 3, 29))["re_exam"].says
    assert refused(
        store, steps.move, id=id, to="re_exam", on_day=D(2022, 3, 29), reason="다시 보아 주십시오"
    )
    assert refused(store, steps.move, id=id, to="re_exam", on_day=D(2022, 3, 28))
    move(store, id, "re_exam", D(2022, 3, 28), reason="다시 보아 주십시오")
    assert kinds(store, id) == ["receipt", "result", "re_exam"]
    assert held(store, id).due_on == D(2022, 4, 28)
    with store.reading() as read:
        assert clocks.round_of(read, id) == 2
    assert "심사위원회" in ahead(store, id, D(2022, 4, 1))["not_adopted"].lacks[0]
    store.run(boards.add_board, id=id, members=7, citizens=4, held_on=D(2022, 4, 12))
    assert refused(store, steps.move, id=id, to="not_adopted", on_day=D(2022, 4, 11), reason="같음")
    move(store, id, "not_adopted", D(2022, 4, 13), reason="같음")
    assert "회신문" in ahead(store, id, D(2022, 4, 14))["replied"].lacks[0]
    reply(store, id, D(2022, 4, 14))
    assert held(store, id).due_on is None


def test_within_two_years_where_the_same_was_implemented(store: Store) -> None:
    id = refuse_it(store)
    clock.fix(D(2024, 12, 30))
    asked = {"id": id, "to": "re_exam", "reason": "같은 내용이 실시됨"}
    assert refused(store, steps.move, on_day=D(2024, 3, 12), **asked)
    late = {"on_day": D(2024, 3, 13), "same_content": True}
    assert refused(store, steps.move, **late, **asked)
    assert ahead(store, id, D(2024, 3, 13))["re_exam"].lacks
    store.run(steps.move, on_day=D(2024, 3, 12), same_content=True, **asked)
    assert held(store, id).due_on == D(2024, 4, 12)


@pytest.mark.file_only
def test_deferral_keeps_the_clock_and_needs_its_next_day(store: Store) -> None:
    id = taken_in(store)
    move(store, id, "review", D(2022, 3, 3))
    for review_on in (None, D(2022, 3, 10)):
        assert refused(
            store, steps.move, id=id, to="deferred", on_day=D(2022, 3, 10), review_on=review_on
        )
    move(store, id, "deferred", D(2022, 3, 10), review_on=D(2022, 6, 1), reason="예산 편성 뒤")
    proposal = held(store, id)
    assert (proposal.due_on, proposal.review_on) == (D(2022, 4, 4), D(2022, 6, 1))
    reply(store, id, D(2022, 3, 31))
    assert held(store, id).due_on is None
    assert "보류된" in ahead(store, refuse_it(store), D(2022, 3, 20))["review"].lacks[0]
    # Taken up again it has a month, a decision and a reply of its own.
    move(store, id, "review", D(2022, 6, 2))
    proposal = held(store, id)
    assert (proposal.adoption, proposal.decided_on, proposal.review_on) == (None, None, None)
    assert proposal.due_on == D(2022, 7, 4)
    move(store, id, "partly", D(2022, 6, 10), planned_on=D(2022, 10, 1), reason="일부만")
    assert refused(store, steps.move, id=id, to="replied", on_day=D(2022, 6, 10))
    reply(store, id, D(2022, 6, 11))
    assert held(store, id).adoption == "partly"


def test_repeats_are_closed_after_three_and_two_notices(store: Store) -> None:
    first = refuse_it(store)
    again = taken_in(store, D(2022, 5, 2))
    closing = {
        "id": again,
        "to": "closed",
        "reason": "반복 제안",
        "repeated": True,
        "other_id": first,
        "on_day": D(2022, 5, 3),
    }
    for n in range(3):
        assert "반복" in refused(store, steps.move, **closing)
        store.run(steps.note_repeat, id=first, other_id=again, on_day=D(2022, 4, 10 + n))
    # The first result was told; of the repeats nobody was told yet.
    assert "1회 통지" in refused(store, steps.move, **closing)
    with store.reading() as read:
        last = read.scalars(
            select(ProposalNotice.id)
            .where(ProposalNotice.proposal_id == first)
            .order_by(ProposalNotice.id.desc())
        ).first()
    store.run(notices.told, notice_id=last, on_day=D(2022, 4, 13), how="우편")
    store.run(steps.move, **closing)
    assert kinds(store, again) == ["receipt", "closed"]


def test_days_of_steps(store: Store) -> None:
    id = taken_in(store)
    assert refused(store, steps.move, id=id, to="review", on_day=D(2022, 3, 1))
    assert refused(store, steps.move, id=id, to="review", on_day=D(2022, 12, 31))
    move(store, id, "review", D(2022, 3, 10))
    assert "마지막 처리일" in refused(store, steps.move, id=id, to="tabled", on_day=D(2022, 3, 9))
    assert "갈 수 없습니다" in refused(store, steps.move, id=id, to="done", on_day=D(2022, 3, 10))
    assert refused(store, steps.move, id=id, to="merged", on_day=D(2022, 3, 10))
    assert refused(store, steps.move, id=10_000, to="review")
    refused_texts = {"id": id, "to": "transferred", "outside": " \n", "reason": "{n} {이상한}"}
    assert "기관" in refused(store, steps.move, on_day=D(2022, 3, 10), **refused_texts)


def test_a_draft_is_received_by_its_step(store: Store) -> None:
    id = taken_in(store, draft=True)
    assert refused(store, steps.assign, id=id, department="가상과")
    assert refused(store, steps.note_repeat, id=id)
    assert refused(store, steps.move, id=id, to="review")
    assert held(store, id).number is None
    move(store, id, "received", D(2022, 3, 4))
    proposal = held(store, id)
    assert (proposal.received_on, proposal.due_on) == (D(2022, 3, 4), D(2022, 4, 4))
    assert proposal.number is not None


def test_the_example_gathers_voices_first(store: Store) -> None:
    store.run(profile_edits.set_up)
    with store.reading() as read:
        profile = read.scalars(
            select(ProposalProfile.id).where(ProposalProfile.code == "BAROSOTONG")
        ).one()
    id = taken_in(store, profile_id=profile, supports=49)
    assert (held(store, id).state, held(store, id).due_on) == ("support", None)
    assert "50명 가운데 49명" in ahead(store, id, D(2022, 3, 20))["debate"].lacks[0]
    clock.fix(D(2022, 3, 20))
    store.run(usecases.edit_proposal, id=id, supports=50)
    clock.fix(D(2022, 12, 30))
    move(store, id, "debate", D(2022, 3, 21))
    assert held(store, id).due_on is None
    assert ahead(store, id, D(2022, 4, 1))["review"].lacks
    store.run(usecases.edit_proposal, id=id, comments=100)
    move(store, id, "review", D(2022, 4, 1))
    assert held(store, id).due_on == D(2022, 4, 11)
    # Below the threshold the department still answers, from the day it takes it on.
    few = taken_in(store, profile_id=profile, supports=3)
    move(store, few, "received", D(2022, 4, 1))
    assert held(store, few).due_on == D(2022, 5, 2)
    store.run(opinions.ask_opinion, id=few, department="가상과", told=False, on_day=D(2022, 4, 2))
    with store.reading() as read:
        [opinion] = read.scalars(select(ProposalOpinion.id)).all()
    store.run(opinions.answer_opinion, opinion_id=opinion, stance="adopt", on_day=D(2022, 4, 3))
    assert held(store, few).state == "received"
    late = taken_in(store, profile_id=profile)
    clock.fix(D(2022, 4, 2))
    store.run(usecases.edit_proposal, id=late, supports=80)
    assert "지났습니다" in ahead(store, late, D(2022, 4, 2))["debate"].lacks[0]


def test_how_long_proposals_are_kept(store: Store) -> None:
    refused_one = refuse_it(store)  # its file closed with the reply of 2022
    adopted = taken_in(store)
    move(store, adopted, "review", D(2022, 3, 3))
    move(store, adopted, "adopted", D(2022, 3, 20), planned_on=D(2022, 6, 30))
    reply(store, adopted, D(2022, 3, 21))
    with store.reading() as read:
        first = retention.retention(read, id=refused_one)
        other = retention.retention(read, id=adopted)
        assert (first.followed_until, first.kept_until) == (None, D(2024, 12, 31))
        assert "국민 제안 규정" in first.source
        assert (other.followed_until, other.kept_until) == (D(2025, 3, 20), None)
    move(store, adopted, "implementing", D(2022, 4, 1))
    move(store, adopted, "done", D(2022, 12, 30))
    with store.reading() as read:
        assert retention.retention(read, id=adopted).kept_until == D(2025, 12, 31)


def test_how_long_a_pause_lasts_is_a_rule(sqlite_store: Store) -> None:
    store = sqlite_store
    id = taken_in(store)
    move(store, id, "review", D(2022, 3, 3))
    opinion = store.run(
        opinions.ask_opinion, id=id, department="가상과", told=True, on_day=D(2022, 3, 7)
    ).value
    store.run(opinions.answer_opinion, opinion_id=opinion, stance="adopt", on_day=D(2022, 4, 6))
    # Awaited until 3. 28., so 22 days; the days it was late are ours.
    assert held(store, id).due_on == D(2022, 4, 25)

    def set_to(rule: str, value: str) -> None:
        store.run(
            profile_edits.set_rule,
            profile_id=held(store, id).profile_id,
            rule=rule,
            value=value,
            valid_from=D(2022, 1, 1),
            source="가상 지침",
        )

    set_to("pause_until", "reply")
    assert held(store, id).due_on == D(2022, 5, 3)  # 31 days
    set_to("pause_days", "between")
    assert held(store, id).due_on == D(2022, 5, 2)  # 29 days, 5. 1. is a Sunday
    set_to("holiday_shift", "no")
    assert held(store, id).due_on == D(2022, 5, 1)
    set_to("decision_within", "")
    assert held(store, id).due_on is None
    with store.reading() as read:
        assert clocks.counted(read, id) is None
