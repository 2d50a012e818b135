"""Proposals of an office written straight to its tables, for what reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.handling import ProposalOpinion, ProposalStep
from db.schema.proposals import (
    OutsideNumber,
    ProfileState,
    Proposal,
    ProposalField,
    ProposalProfile,
    Proposer,
)
from db.store import usecase

D = dt.date
STAGES = {
    "receipt": ("draft", "support", "received", "supplement", "debate"),
    "review": ("review", "opinion", "re_exam"),
    "tabled": ("tabled", "adopted", "partly", "not_adopted", "deferred"),
    "reply": ("replied",),
    "fulfilment": ("implementing", "delayed"),
    "closed": ("done", "dropped", "closed", "civil_petition", "transferred", "withdrawn"),
}
KOREAN = {"received": "접수", "review": "부서 검토", "tabled": "위원회 상정", "adopted": "채택"}


@usecase("Enter proposals")
def enter(tx: Session, *, proposals: Sequence[dict[str, Any]]) -> list[int]:
    """Write proposals as they are given, in the first profile or one of all states but merged."""
    first = select(ProposalProfile.id).order_by(ProposalProfile.position).limit(1)
    profile_id = tx.scalar(first) or _profile(tx)
    made = []
    for given in proposals:
        values = dict(given)
        proposers = values.pop("proposers", ())
        outside = values.pop("outside", ())
        opinions = values.pop("opinions", ())
        steps = values.pop("steps", ())
        received = values.setdefault("received_on", D(2022, 3, 1))
        values.setdefault("channel", "web")
        number = values.get("number")
        values.setdefault("profile_id", profile_id)
        proposal = Proposal(
            since_on=received,
            fingerprint=f"{len(made):064x}",
            number_year=int(number[:4]) if number else None,
            number_drawn=int(number[5:]) if number else None,
            **values,
        )
        for n, (name, share) in enumerate(proposers):
            proposal.proposers.append(
                Proposer(
                    subject_id=-(1 + n + 1000 * (tx.scalar(_count()) or 0)),
                    position=n + 1,
                    kind="person",
                    name=name,
                    share=share,
                    phone="010-0000-1234",
                )
            )
        proposal.outside = [OutsideNumber(system=a, number=b) for a, b in outside]
        tx.add(proposal)
        tx.flush()
        for opinion in opinions:
            tx.add(ProposalOpinion(proposal_id=proposal.id, **opinion))
        for step in steps:
            tx.add(ProposalStep(proposal_id=proposal.id, **step))
        tx.flush()
        made.append(proposal.id)
    return made


def _count() -> Any:
    return select(func.count()).select_from(Proposal)


def _profile(tx: Session) -> int:
    profile = ProposalProfile(
        code="TRIED", position=1, name_ko="시험 기준", name_en="Tried", standard=True
    )
    tx.add(profile)
    tx.add(ProposalField(code="transport", position=1, name_ko="수송", name_en="Transport"))
    tx.flush()
    n = 0
    for stage, states in STAGES.items():
        for state in states:
            n += 1
            tx.add(
                ProfileState(
                    profile_id=profile.id,
                    state=state,
                    position=n,
                    stage=stage,
                    name_ko=KOREAN.get(state, state),
                    name_en=state.title(),
                )
            )
    tx.flush()
    return profile.id
