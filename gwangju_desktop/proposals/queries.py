"""Selects about single proposals and the opinions asked of departments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.schema.handling import (
    ProposalBoard,
    ProposalNote,
    ProposalNotice,
    ProposalOpinion,
    ProposalReply,
    ProposalSupplement,
)
from db.schema.papers import StoredFile
from db.schema.proposals import (
    OutsideNumber,
    Proposal,
    ProposalCall,
    ProposalFile,
    ProposalProfile,
    Proposer,
)
from db.schema.threads import ThreadLink
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.access import masked_email, masked_phone
from gwangju_desktop.proposals import clocks, listing
from gwangju_desktop.proposals.retention import retention
from gwangju_desktop.proposals.rows import (
    AskedRow,
    BoardRow,
    DepartmentAsked,
    FileRow,
    NoteRow,
    NoticeRow,
    OpinionRow,
    OutsideRow,
    ProposalDetail,
    ProposerRow,
    Relative,
    ReplyPart,
    SupplementRow,
)
from gwangju_desktop.proposals.timeline import timeline
from gwangju_desktop.text import N_

__all__ = ["board", "detail", "find", "timeline"]

# Answers stay on the board for so many days: long enough to be read by whoever was away.
ANSWERED_DAYS = 14
_KEPT = (
    "since_on",
    "call_id",
    "text",
    "consent",
    "consent_on",
    "supports_on",
    "adoption",
    "decided_on",
    "planned_on",
    "plan",
    "review_on",
    "implemented_on",
    "effect_from",
    "effect",
    "effect_measured_on",
)
_SHOWN = (
    "id",
    "number",
    "title",
    "state",
    "state_ko",
    "state_en",
    "stage",
    "profile_id",
    "channel",
    "received_on",
    "due_on",
    "department",
    "field",
    "field_ko",
    "field_en",
    "district",
    "district_ko",
    "district_en",
    "sector",
    "anonymous",
    "supports",
    "comments",
)


def find(read: Session, *, number: str) -> int:
    """Return the id of the proposal with this number, number elsewhere, or id, in this order.

    Raises UserError when there is none, or when two systems gave the number to different ones.
    """
    number = number.strip()
    found = list(read.scalars(select(Proposal.id).where(Proposal.number == number)).all())
    if not found:
        query = select(OutsideNumber.proposal_id).where(OutsideNumber.number == number)
        found = sorted(set(read.scalars(query).all()))
    if not found and number.isascii() and number.isdigit() and len(number) <= 18:
        found = list(read.scalars(select(Proposal.id).where(Proposal.id == int(number))).all())
    if not found:
        raise UserError(
            N_("There is no proposal {number}."),
            hint=N_("See the list of proposals."),
            number=number,
        )
    if len(found) > 1:
        raise UserError(
            N_("{n} proposals have the number {number} in other systems."),
            hint=N_("Name the proposal by its own number."),
            n=len(found),
            number=number,
        )
    return found[0]


def detail(read: Session, *, id: int) -> ProposalDetail:
    """Return one proposal whole; raises UserError when there is none of this id."""
    known = read.execute(
        select(
            *(getattr(Proposal, name) for name in _KEPT),
            Proposal.merged_into_id,
            Proposal.split_from_id,
            ProposalProfile.name_ko,
            ProposalProfile.name_en,
            func.coalesce(ProposalCall.name, "").label("call"),
        )
        .join(ProposalProfile, ProposalProfile.id == Proposal.profile_id)
        .outerjoin(ProposalCall, ProposalCall.id == Proposal.call_id)
        .where(Proposal.id == id)
    ).first()
    if known is None:
        raise UserError(
            N_("There is no proposal {number}."), hint=N_("See the list of proposals."), number=id
        )
    shown = listing.proposal_rows(read, ids=[id])[0]
    before, after = _links(read, id)
    return ProposalDetail(
        **{name: getattr(shown, name) for name in _SHOWN},
        **{name: getattr(known, name) for name in _KEPT},
        profile_ko=known.name_ko,
        profile_en=known.name_en,
        call=known.call,
        clock=clocks.of(read, id),
        kept=retention(read, id=id),
        proposers=_proposers(read, id),
        outside=tuple(OutsideRow(**row) for row in _of(read, OutsideNumber, id, OutsideRow)),
        files=_files(read, id),
        opinions=tuple(OpinionRow(**row) for row in _of(read, ProposalOpinion, id, OpinionRow)),
        supplements=tuple(
            SupplementRow(**row) for row in _of(read, ProposalSupplement, id, SupplementRow)
        ),
        notices=tuple(NoticeRow(**row) for row in _of(read, ProposalNotice, id, NoticeRow)),
        replies=tuple(ReplyPart(**row) for row in _of(read, ProposalReply, id, ReplyPart)),
        boards=tuple(BoardRow(**row) for row in _of(read, ProposalBoard, id, BoardRow)),
        notes=tuple(
            NoteRow(row["id"], clock.local(row["at"]), row["text"])
            for row in _of(read, ProposalNote, id, NoteRow)
        ),
        relatives=_relatives(read, id, known.merged_into_id, known.split_from_id),
        before=before,
        after=after,
    )


def _of(read: Session, entity: Any, id: int, row: Any) -> list[dict[str, Any]]:
    """Return the columns a row wants of all that belongs to a proposal, the earliest first."""
    names = row.__dataclass_fields__
    query = select(*(getattr(entity, name) for name in names)).where(entity.proposal_id == id)
    by = entity.round if "round" in names else entity.id
    return [dict(found) for found in read.execute(query.order_by(by, entity.id)).mappings()]


def _proposers(read: Session, id: int) -> tuple[ProposerRow, ...]:
    query = (
        select(
            Proposer.id,
            Proposer.position,
            Proposer.kind,
            Proposer.name,
            Proposer.share,
            Proposer.phone,
            Proposer.email,
        )
        .where(Proposer.proposal_id == id)
        .order_by(Proposer.position)
    )
    found = read.execute(query).all()
    main = max(found, key=lambda row: row.share, default=None)
    return tuple(
        ProposerRow(
            row.id,
            row.position,
            row.kind,
            row.name,
            row.share,
            masked_phone(row.phone),
            masked_email(row.email),
            row is main,
        )
        for row in found
    )


def _files(read: Session, id: int) -> tuple[FileRow, ...]:
    query = (
        select(
            ProposalFile.id,
            ProposalFile.title,
            StoredFile.name,
            StoredFile.bytes,
            StoredFile.sha256,
            ProposalFile.disclosure,
        )
        .join(StoredFile, StoredFile.id == ProposalFile.file_id)
        .where(ProposalFile.proposal_id == id)
        .order_by(ProposalFile.position)
    )
    return tuple(FileRow(*row) for row in read.execute(query).all())


def _relatives(
    read: Session, id: int, merged_into: int | None, split_from: int | None
) -> tuple[Relative, ...]:
    query = (
        select(
            Proposal.id,
            Proposal.number,
            Proposal.title,
            Proposal.merged_into_id,
            Proposal.split_from_id,
        )
        .where(
            or_(
                Proposal.id.in_([merged_into or 0, split_from or 0]),
                Proposal.merged_into_id == id,
                Proposal.split_from_id == id,
            )
        )
        .order_by(Proposal.id)
    )
    found = []
    for row in read.execute(query).all():
        kinds = (
            ("merged_into", row.id == merged_into),
            ("split_from", row.id == split_from),
            ("merged", row.merged_into_id == id),
            ("part", row.split_from_id == id),
        )
        found += [Relative(kind, row.id, row.number, row.title) for kind, so in kinds if so]
    return tuple(found)


def _links(read: Session, id: int) -> tuple[int, int]:
    """Count the links that lead here, and those that lead on."""
    before = select(func.count()).where(ThreadLink.to_proposal_id == id)
    after = select(func.count()).where(ThreadLink.from_proposal_id == id)
    return read.scalar(before) or 0, read.scalar(after) or 0


# --- the board of opinions


def board(
    read: Session, today: dt.date, answered_days: int = ANSWERED_DAYS
) -> list[DepartmentAsked]:
    """List the opinions waited for and lately answered by department.

    Departments with over due ones come first, then those whose next one is due soonest; of one
    department the longest over due stands first. Withdrawn ones are not waited for.
    """
    since = today - dt.timedelta(days=answered_days)
    query = (
        select(
            ProposalOpinion.id,
            ProposalOpinion.proposal_id,
            Proposal.number,
            Proposal.title,
            ProposalOpinion.department,
            ProposalOpinion.leads,
            ProposalOpinion.asked_on,
            ProposalOpinion.due_on,
            ProposalOpinion.told_on,
            ProposalOpinion.answered_on,
            ProposalOpinion.stance,
            ProposalOpinion.question,
            ProposalOpinion.text,
            Proposal.due_on.label("proposal_due_on"),
        )
        .join(Proposal, Proposal.id == ProposalOpinion.proposal_id)
        .where(
            ProposalOpinion.withdrawn_on.is_(None),
            or_(ProposalOpinion.answered_on.is_(None), ProposalOpinion.answered_on >= since),
        )
        .order_by(ProposalOpinion.due_on, ProposalOpinion.id)
    )
    asked: dict[str, list[AskedRow]] = {}
    answered: dict[str, list[AskedRow]] = {}
    for found in read.execute(query).mappings().all():
        row = AskedRow(**found, days=(found["due_on"] - today).days)
        (asked if row.open else answered).setdefault(row.department, []).append(row)
    for rows in answered.values():
        rows.sort(key=lambda row: (row.answered_on or today, row.id), reverse=True)
    made = [
        DepartmentAsked(
            name,
            tuple(asked.get(name, ())),
            tuple(answered.get(name, ())),
            sum(row.late for row in asked.get(name, ())),
        )
        for name in {**asked, **answered}
    ]
    last = dt.date.max
    made.sort(key=lambda one: (one.asked[0].due_on if one.asked else last, one.department))
    return made
