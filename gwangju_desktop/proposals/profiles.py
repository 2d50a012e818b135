"""Workflow profiles: how proposals are handled, as rows an office may change.

Every value has a day and a source; nothing of them is a constant in code. What a rule may say:
`spans`; which guards a move may need: `guards`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import many
from db.schema.proposals import (
    ProfileCriterion,
    ProfileMove,
    ProfileRule,
    ProfileState,
    Proposal,
    ProposalProfile,
)
from gwangju_desktop.proposals import fields
from gwangju_desktop.proposals.profile_rows import (
    NATIONAL,
    Criterion,
    Move,
    Profile,
    Rule,
    StateWord,
    Whole,
    load,
    named,
    shipped,
)

__all__ = [
    "GAP",
    "Criterion",
    "Move",
    "Profile",
    "ProfileRow",
    "Rule",
    "StateWord",
    "ensure",
    "listed",
    "of",
    "rules",
    "standard",
    "state_names",
    "write",
]

GAP = 1024


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One profile of the office; `proposals` counts those handled by it."""

    id: int | None
    code: str
    name: str
    basis: str
    standard: bool
    retired_on: dt.date | None
    proposals: int


def ensure(tx: Session) -> None:
    """Write the profiles and fields that ship into an office that has none."""
    fields.ensure(tx)
    if tx.scalar(select(ProposalProfile.id).limit(1)) is not None:
        return
    for place, whole in enumerate(shipped(), start=1):
        write(tx, whole, position=place * GAP)


def write(
    tx: Session,
    whole: Whole,
    *,
    position: int,
    code: str = "",
    name_ko: str = "",
    name_en: str = "",
) -> int:
    """Write a profile as rows, under another code and name where given; return its id."""
    (id,) = many.add(
        tx,
        ProposalProfile,
        [
            {
                "code": code or whole.code,
                "position": position,
                "name_ko": name_ko or whole.name_ko,
                "name_en": name_en if code else whole.name_en,
                "basis": whole.basis,
                "standard": whole.standard and not code,
            }
        ],
    )
    states = [
        {
            "profile_id": id,
            "state": state,
            "position": place * GAP,
            "stage": stage,
            "name_ko": ko,
            "name_en": en,
        }
        for place, (state, stage, ko, en, _) in enumerate(whole.states, start=1)
    ]
    moves = [
        {
            "profile_id": id,
            "from_state": move.from_state,
            "to_state": move.to_state,
            "needs": " ".join(move.needs),
        }
        for move in whole.moves
    ]
    held = [
        {
            "profile_id": id,
            "rule": rule.rule,
            "value": rule.value,
            "valid_from": rule.valid_from,
            "valid_to": rule.valid_to,
            "source": rule.source,
            "unverified": rule.unverified,
        }
        for rule in whole.rules
    ]
    criteria = [
        {
            "profile_id": id,
            "code": key,
            "position": place * GAP,
            "name_ko": ko,
            "name_en": en,
            "weight": weight,
        }
        for place, (_, key, ko, en, weight) in enumerate(whole.criteria, start=1)
    ]
    # Some hundred rows: a flush reads every one of them back, which the first receipt would feel.
    many.add(tx, ProfileState, states)
    many.add(tx, ProfileMove, moves)
    many.add(tx, ProfileRule, held)
    many.add(tx, ProfileCriterion, criteria)
    return id


def standard(read: Session) -> int | None:
    """Return the id of the profile new proposals get; None while the office has none."""
    query = (
        select(ProposalProfile.id)
        .where(ProposalProfile.retired_on.is_(None))
        .order_by(ProposalProfile.standard.desc(), ProposalProfile.position, ProposalProfile.id)
        .limit(1)
    )
    return read.scalar(query)


def of(read: Session, profile_id: int | None, day: dt.date) -> Profile:
    """Return a profile as it is on a day; None is the national one as it ships."""
    if profile_id is None:
        return next(whole for whole in shipped() if whole.code == NATIONAL).on(day)
    return load(read, profile_id).on(day)


def rules(read: Session, profile_id: int | None) -> tuple[Rule, ...]:
    """Return every rule of a profile with its days, for the editor: the oldest first."""
    if profile_id is None:
        return next(whole for whole in shipped() if whole.code == NATIONAL).rules
    return load(read, profile_id).rules


def listed(read: Session) -> list[ProfileRow]:
    """List the office's profiles in their order; those that ship while it has none."""
    counted = (
        select(Proposal.profile_id, func.count().label("n"))
        .group_by(Proposal.profile_id)
        .subquery()
    )
    rows = read.execute(
        select(ProposalProfile.__table__, func.coalesce(counted.c.n, 0).label("proposals"))
        .outerjoin(counted, counted.c.profile_id == ProposalProfile.id)
        .order_by(ProposalProfile.position, ProposalProfile.id)
    ).all()
    if not rows:
        return [_row(whole, 0) for whole in shipped()]
    return [_row(row, row.proposals) for row in rows]


def _row(held: Whole | object, proposals: int) -> ProfileRow:
    one: Whole = held  # type: ignore[assignment]  # A row has the same columns.
    return ProfileRow(
        one.id,
        one.code,
        named(one.name_ko, one.name_en),
        one.basis,
        one.standard,
        one.retired_on,
        proposals,
    )


def state_names(
    read: Session, profile_ids: Iterable[int] | None = None
) -> dict[tuple[int, str], str]:
    """Return what each profile calls each state in the current language."""
    query = select(
        ProfileState.profile_id, ProfileState.state, ProfileState.name_ko, ProfileState.name_en
    )
    if profile_ids is not None:
        query = query.where(ProfileState.profile_id.in_(list(profile_ids)))
    return {
        (row.profile_id, row.state): named(row.name_ko, row.name_en)
        for row in read.execute(query).all()
    }
