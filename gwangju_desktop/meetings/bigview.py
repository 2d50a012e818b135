"""What a second screen shows of a sitting: nothing that spectators may not read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.decisions import Vote
from db.schema.meetings import AgendaItem, Meeting
from db.schema.members import Body
from db.schema.sittings import Break
from db.vocab import Choice, VoteState, VoteSubject
from gwangju_desktop.meetings import presence
from gwangju_desktop.meetings.elections import nominees
from gwangju_desktop.meetings.presence import Standing

SHOWN = (VoteSubject.ITEM.value, VoteSubject.AMENDMENT.value, VoteSubject.ELECTION.value)


@dataclass(frozen=True, slots=True)
class VoteSeen:
    """The last vote counted on an item: its counts by choice, empty where nobody counted.

    An election has `names` with their votes instead, in the order of the votes.
    """

    counts: tuple[tuple[str, int | None], ...]
    result: str
    names: tuple[tuple[str, int, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A meeting with the item in front; a restricted item stands under its public title."""

    body_ko: str
    body_en: str
    meeting: str
    state: str
    resting: str | None
    resting_from: dt.datetime | None
    label: str
    title: str
    minutes: int
    begun_at: dt.datetime | None
    ended_at: dt.datetime | None
    outcome: str | None
    standing: Standing
    vote: VoteSeen | None


def seen(read: Session, *, meeting_id: int, item_id: int | None) -> Seen:
    """Return what the second screen shows."""
    meeting = read.execute(
        select(Meeting.title, Meeting.state, Body.name_ko, Body.name_en)
        .join(Body, Body.id == Meeting.body_id)
        .where(Meeting.id == meeting_id)
    ).one()
    rests = read.execute(
        select(Break.kind, Break.starts_at)
        .where(Break.meeting_id == meeting_id, Break.ends_at.is_(None))
        .order_by(Break.id.desc())
        .limit(1)
    ).first()
    item = None
    if item_id is not None:
        item = read.execute(
            select(AgendaItem.__table__).where(
                AgendaItem.id == item_id, AgendaItem.meeting_id == meeting_id
            )
        ).first()
    return Seen(
        body_ko=meeting.name_ko,
        body_en=meeting.name_en,
        meeting=meeting.title,
        state=meeting.state,
        resting=rests.kind if rests else None,
        resting_from=rests.starts_at if rests else None,
        label=item.label if item else "",
        title=_public_title(item) if item else "",
        minutes=item.minutes if item else 0,
        begun_at=item.begun_at if item else None,
        ended_at=item.ended_at if item else None,
        outcome=item.outcome if item else None,
        standing=presence.standing(read, meeting_id=meeting_id, item_id=item.id if item else None),
        vote=_last_vote(read, item.id) if item else None,
    )


def _public_title(item: object) -> str:
    title = getattr(item, "title", "")
    public = getattr(item, "open_title", "")
    return str(public if getattr(item, "restricted", False) else title)


def _last_vote(read: Session, item_id: int) -> VoteSeen | None:
    row = read.execute(
        select(
            Vote.id,
            Vote.subject,
            Vote.yes,
            Vote.no,
            Vote.abstain,
            Vote.invalid,
            Vote.uncounted,
            Vote.result,
            Vote.suggested,
        )
        .where(
            Vote.item_id == item_id,
            Vote.state == VoteState.CLOSED.value,
            Vote.subject.in_(SHOWN),
        )
        .order_by(Vote.closed_at.desc(), Vote.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    if row.subject == VoteSubject.ELECTION:
        stood = sorted(nominees(read, vote_id=row.id), key=lambda one: one.votes or 0, reverse=True)
        names = tuple((one.name, one.votes or 0, bool(one.elected)) for one in stood)
        return VoteSeen((), row.result or row.suggested, names)
    counts: tuple[tuple[str, int | None], ...] = ()
    if not row.uncounted:
        counts = (
            (Choice.YES.value, row.yes),
            (Choice.NO.value, row.no),
            (Choice.ABSTAIN.value, row.abstain),
            (Choice.INVALID.value, row.invalid),
        )
    return VoteSeen(counts, row.result or row.suggested)
