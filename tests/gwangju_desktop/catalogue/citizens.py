"""Citizens' proposals of a test, in every state a document tells of; all people are made up."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from sqlalchemy import select

from db.schema.handling import (
    ProposalBoard,
    ProposalNote,
    ProposalNotice,
    ProposalOpinion,
    ProposalReply,
    ProposalStep,
    ProposalSupplement,
)
from db.schema.proposals import OutsideNumber, Proposal, ProposalProfile, Proposer
from db.store import usecase
from db.vocab import NoticeKind, ProposalState, ProposalStepKind
from gwangju_desktop import clock
from gwangju_desktop.proposals import clocks, profiles

S = ProposalState
_subjects = itertools.count(9731)
# What stands on no document whatever happens.
OPINION_TEXT = "가려야할부서의견9731"
NOTE_TEXT = "가려야할비공개메모9731"
BOARD_TEXT = "가려야할심사의견9731"


def day(month: int, day_of_month: int, year: int = 2022) -> dt.date:
    """Return a day of the year most of them came in."""
    return dt.date(year, month, day_of_month)


def people(*named: tuple[str, str, int]) -> list[Proposer]:
    """Return proposers by name, kind and share; everybody has contacts nobody may read."""
    from tests.gwangju_desktop.catalogue.conftest import EMAIL, PHONE

    return [
        Proposer(
            subject_id=-next(_subjects),
            position=place * 1024,
            kind=kind,
            name=name,
            share=share,
            phone=PHONE,
            email=EMAIL,
            address="가상로 9731",
        )
        for place, (name, kind, share) in enumerate(named, 1)
    ]


ONE = (("김하늘(가상)", "person", 10_000),)


def proposal(tx: Any, number: int, title: str, **values: Any) -> Proposal:
    """Add a received proposal to an office."""
    profiles.ensure(tx)
    profile = tx.scalar(select(ProposalProfile.id).where(ProposalProfile.standard.is_(True)))
    received = values.get("received_on", day(2, 7))
    values.setdefault("proposers", people(*ONE))
    values.setdefault("state", S.RECEIVED.value)
    row = Proposal(
        **{
            "profile_id": profile,
            "number": f"{received.year}-{number:03}",
            "number_year": received.year,
            "number_drawn": number,
            "since_on": received,
            "channel": "web",
            "received_on": received,
            "title": title,
            "text": "정류장 옆에 그늘이 없어 여름에 기다리기 어렵습니다.\n나무를 심어 주시기 바랍니다.(예시)",
            "fingerprint": f"{number:064}",
            "consent": "full",
            **values,
        }
    )
    tx.add(row)
    tx.flush()
    move(tx, row, S.RECEIVED, received, NoticeKind.RECEIPT, before=None)
    return row


def move(
    tx: Any,
    row: Proposal,
    to: str,
    on: dt.date,
    notice: NoticeKind | None = None,
    *,
    before: str | None = "review",
    new_on: dt.date | None = None,
    **values: Any,
) -> None:
    """Write a move of a proposal's history, and the notice that tells of it."""
    step = ProposalStep(
        proposal_id=row.id,
        kind=ProposalStepKind.MOVE.value,
        from_state=before,
        to_state=to,
        on_day=on,
        at=clock.now(),
        **values,
    )
    tx.add(step)
    tx.flush()
    if notice is not None:
        tx.add(
            ProposalNotice(
                proposal_id=row.id,
                step_id=step.id,
                kind=notice.value,
                made_on=on,
                reason=values.get("reason", ""),
                new_on=new_on,
            )
        )
        tx.flush()


def reply(tx: Any, row: Proposal, round: int, on: dt.date | None, text: str, reasons: str) -> None:
    """Write the reply of a round."""
    tx.add(ProposalReply(proposal_id=row.id, round=round, text=text, reasons=reasons, sent_on=on))
    tx.flush()


@usecase("Proposals of a test")
def proposed(tx: Any) -> dict[str, int]:
    """Add a proposal in every state a document tells of; return them by what they are for."""
    made = {
        "adopted": _adopted(tx),
        "transferred": _transferred(tx),
        "petition": _petition(tx),
        "closed": _closed(tx),
        "again": _again(tx),
    }
    anonymous = proposal(
        tx,
        936,
        "옥상 정원 지원 확대(예시)",
        received_on=day(3, 7),
        anonymous=True,
        consent="title_only",
        channel="letter",
        field="buildings",
        proposers=[],
    )
    clocks.renew(tx, anonymous)
    made["anonymous"] = anonymous.id
    return made


def _adopted(tx: Any) -> int:
    row = proposal(
        tx,
        931,
        "버스 정류장 나무 그늘 늘리기(예시)",
        state=S.DELAYED.value,
        department="교통정책과",
        field="transport",
        district="29155",
        sector="civil_society",
        adoption=S.PARTLY.value,
        decided_on=day(3, 2),
        planned_on=day(9, 30),
        plan="3월: 대상 정류장 20곳을 고릅니다.(예시)\n9월까지: 나무를 심습니다.(예시)",
        proposers=people(
            ("가상 나무모임", "group", 5_000),
            ("이바다(가상)", "person", 3_333),
            ("박솔(가상)", "person", 1_667),
        ),
        outside=[
            OutsideNumber(system="국민신문고", number="1AA-2202-0000001"),
            OutsideNumber(system="바로소통 광주", number="B-2022-77"),
        ],
    )
    wanted = "위치도와 사진 2장을 보내 주시기 바랍니다.(예시)\n- 정류장 이름도 함께 적어 주시기 바랍니다."
    move(tx, row, S.SUPPLEMENT, day(2, 9), NoticeKind.SUPPLEMENT, before="received")
    tx.add(
        ProposalSupplement(
            proposal_id=row.id,
            asked_on=day(2, 9),
            until_on=day(2, 16),
            wanted=wanted,
            came_on=day(2, 14),
            answer="보냈습니다.",
        )
    )
    move(tx, row, S.REVIEW, day(2, 14), before="supplement")
    move(tx, row, S.OPINION, day(2, 16), NoticeKind.OPINION)
    for department, leads, due, answered in (
        ("공원녹지과", True, day(3, 9), day(2, 28)),
        ("대중교통과", False, day(3, 4), None),
        ("자치구 협력관", False, day(3, 9), None),
    ):
        tx.add(
            ProposalOpinion(
                proposal_id=row.id,
                department=department,
                leads=leads,
                asked_on=day(2, 16),
                due_on=due,
                told_on=day(2, 16),
                question="심을 수 있는 정류장 수와 예산을 알려 주시기 바랍니다.(예시)",
                answered_on=answered,
                stance="partly",
                text=OPINION_TEXT if answered else "",
            )
        )
    tx.add(ProposalNote(proposal_id=row.id, at=clock.now(), text=NOTE_TEXT))
    move(tx, row, S.REVIEW, day(2, 28), before="opinion")
    move(tx, row, S.PARTLY, day(3, 2))
    reply(
        tx,
        row,
        1,
        day(3, 4),
        "제안해 주셔서 감사합니다. 나무를 심을 수 있는 정류장부터 시작하겠습니다.(예시)",
        "보도 폭이 2m를 넘는 정류장에는 심을 수 있습니다.\n나머지 정류장에는 가로수 뿌리가 자랄 자리가 없습니다.(예시)",
    )
    move(tx, row, S.REPLIED, day(3, 4), NoticeKind.RESULT, before="partly")
    move(tx, row, S.IMPLEMENTING, day(3, 7), before="replied")
    move(
        tx,
        row,
        S.DELAYED,
        day(3, 10),
        NoticeKind.DELAY,
        before="implementing",
        new_on=day(10, 31),
        reason="나무를 옮겨 심는 철에 맞추려고 합니다.(예시)",
    )
    return row.id


def _transferred(tx: Any) -> int:
    row = proposal(
        tx,
        932,
        "국도변 방음벽에 태양광 달기(예시)",
        state=S.TRANSFERRED.value,
        received_on=day(2, 14),
        text="국도변 방음벽에 태양광을 달아 주십시오.(예시)\n문의: 010-1234-5678",
        field="energy",
        department="에너지산업과",
    )
    move(
        tx,
        row,
        S.TRANSFERRED,
        day(2, 17),
        NoticeKind.TRANSFER,
        outside="가상 국토관리청",
        outside_number="이송-2022-15",
        reason="국도의 시설은 국토관리청 소관입니다.(예시)",
    )
    return row.id


def _petition(tx: Any) -> int:
    row = proposal(
        tx,
        933,
        "우리 골목 가로등 고쳐 주세요(예시)",
        state=S.CIVIL_PETITION.value,
        received_on=day(2, 21),
        department="도로과",
        channel="telephone",
    )
    reason = "시설 고장 신고여서 제안이 아닌 민원으로 처리합니다.(예시)"
    move(tx, row, S.CIVIL_PETITION, day(2, 22), NoticeKind.CIVIL_PETITION, reason=reason)
    return row.id


def _closed(tx: Any) -> int:
    row = proposal(tx, 934, "재활용 교육(예시)", state=S.CLOSED.value, received_on=day(2, 3))
    tx.add(
        ProposalSupplement(
            proposal_id=row.id,
            asked_on=day(2, 14),
            until_on=day(2, 21),
            wanted="교육 대상과 방법(예시)",
            pauses=False,
        )
    )
    reason = "보완을 요청하였으나 기한까지 보완되지 않았습니다.(예시)"
    move(tx, row, S.CLOSED, day(2, 25), NoticeKind.CLOSED, before="supplement", reason=reason)
    return row.id


def _again(tx: Any) -> int:
    row = proposal(
        tx,
        912,
        "공공건물 지붕을 흰색으로 칠하기(예시)",
        state=S.REPLIED.value,
        received_on=day(11, 15, 2021),
        department="건축주택과",
        field="buildings",
        adoption=S.ADOPTED.value,
        decided_on=day(2, 18),
        planned_on=day(12, 30),
        plan="2022년에 시범 건물 3곳을 칠합니다.(예시)",
        outside=[OutsideNumber(system="국민신문고", number="1AA-2111-0000002")],
    )
    move(tx, row, S.NOT_ADOPTED, day(12, 10, 2021))
    reply(
        tx,
        row,
        1,
        day(12, 14, 2021),
        "살펴보았습니다.(예시)",
        "효과를 확인하지 못하였습니다.(예시)",
    )
    move(tx, row, S.REPLIED, day(12, 14, 2021), NoticeKind.RESULT, before="not_adopted")
    again = "여름 실내 온도 자료를 새로 냈습니다.(예시)"
    move(tx, row, S.RE_EXAM, day(12, 24, 2021), NoticeKind.RE_EXAM, before="replied", reason=again)
    tx.add(
        ProposalBoard(
            proposal_id=row.id,
            round=2,
            held_on=day(2, 15),
            members=7,
            citizens=4,
            stance="adopt",
            result=BOARD_TEXT,
        )
    )
    move(tx, row, S.ADOPTED, day(2, 18), before="re_exam")
    reply(
        tx,
        row,
        2,
        day(2, 22),
        "시범 사업으로 시작하겠습니다.(예시)",
        "새로 낸 자료에서 효과를 확인하였습니다.(예시)",
    )
    move(tx, row, S.REPLIED, day(2, 22), NoticeKind.RESULT, before="adopted")
    return row.id
