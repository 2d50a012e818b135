"""What the documents of decisions say: the meeting, its body on that day, the item with its votes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.decisions import Ballot
from db.vocab import VoteMethod
from gwangju_desktop.meetings import amendments, queries, sheet, votes
from gwangju_desktop.meetings.amendments import AmendmentRow
from gwangju_desktop.meetings.rows import ItemDetail, MeetingDetail
from gwangju_desktop.meetings.votes import VoteRow
from gwangju_desktop.members.letters.model import RollData, gather
from gwangju_desktop.text import Words


@dataclass(frozen=True, slots=True)
class Decided:
    """An item of a meeting as it was decided; `named` lists who voted how in votes by name."""

    roll: RollData
    meeting: MeetingDetail
    item: ItemDetail
    votes: tuple[VoteRow, ...]
    amendments: tuple[AmendmentRow, ...]
    named: dict[int, tuple[tuple[str, str], ...]]

    def number(self, say: Words) -> str:
        """Return the item's number and title in one line."""
        return " ".join(part for part in (self.item.item_number, self.item.title) if part)


def decided(read: Session, *, item_id: int) -> Decided:
    """Gather an item; raises UserError when there is none of this id."""
    item = queries.item(read, id=item_id)
    meeting = queries.meeting(read, id=item.meeting_id)
    taken = tuple(votes.of_item(read, item_id=item_id))
    return Decided(
        roll=roll_of(read, meeting),
        meeting=meeting,
        item=item,
        votes=taken,
        amendments=tuple(amendments.of_item(read, item_id=item_id)),
        named={vote.id: _named(read, vote, meeting.id) for vote in taken},
    )


def roll_of(read: Session, meeting: MeetingDetail) -> RollData:
    """Return the body's names and seats on the day of a meeting."""
    return gather(read, body_id=meeting.body_id, on=meeting.starts_at.date())


def when(meeting: MeetingDetail, say: Words) -> str:
    """Return when a meeting sat, or until when replies were taken."""
    if meeting.reply_by is not None and meeting.opened_at is None:
        return say.day(meeting.reply_by, "when")
    moment: dt.datetime = meeting.opened_at or meeting.starts_at
    return say.day(moment, "when")


def _named(read: Session, vote: VoteRow, meeting_id: int) -> tuple[tuple[str, str], ...]:
    """Return (name, choice) in the order of the sheet; secret and counted votes have none."""
    if vote.method not in (VoteMethod.ROLL_CALL, VoteMethod.WRITTEN):
        return ()
    query = select(Ballot).where(Ballot.vote_id == vote.id, Ballot.entitled.is_(True))
    given = {ballot.attendance_id: ballot.choice for ballot in read.scalars(query).all()}
    return tuple(
        (seat.name, given[seat.id] or "")
        for seat in sheet.seats(read, meeting_id=meeting_id)
        if seat.id in given
    )
