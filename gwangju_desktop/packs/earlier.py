"""What a pack says of meetings before: the minutes to confirm, what became of what was asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import Meeting
from db.schema.minutes import Minutes
from db.vocab import OVER, ActionState, MeetingKind
from gwangju_desktop import clock
from gwangju_desktop.documents.blocks import Block, Heading
from gwangju_desktop.meetings import actionlist
from gwangju_desktop.meetings import minutes as kept
from gwangju_desktop.meetings.documents.minutes import blocks
from gwangju_desktop.meetings.rules import spoken_title
from gwangju_desktop.meetings.words import ACTION_STATES
from gwangju_desktop.packs.model import ActionData, PreviousMinutes
from gwangju_desktop.text import C_, N_, Words

_LATE = C_("pack", "Late")
# In the public edition minutes are there only once they are public.
NOT_PUBLISHED = N_("The minutes are not published yet.")


def actions(
    read: Session, *, meeting_id: int, today: dt.date, say: Words, public: bool
) -> tuple[ActionData, ...]:
    """Return what earlier meetings asked for, the first due first."""
    found = actionlist.carried(read, meeting_id=meeting_id, today=today, public=public)
    return tuple(_action(row, say) for row in found)


def _action(row: actionlist.ActionRow, say: Words) -> ActionData:
    origin = spoken_title(row.meeting, say)
    if row.item_label:
        item = say(C_("pack", "Item {number}"), number=row.item_label)
        origin = f"{origin}\n{item}"
    mark = _LATE if row.late else ACTION_STATES[ActionState(row.state)]
    return ActionData(
        origin,
        row.text,
        row.department,
        row.due_on,
        say(mark),
        row.result or row.state_reason,
        row.done,
        row.late,
        max(0, -row.days) if row.late else 0,
    )


def previous_id(read: Session, *, body_id: int, before: dt.datetime) -> int | None:
    """Return the last sitting of a body before a moment, if it has minutes."""
    row = read.execute(
        select(Meeting.id, Minutes.id.label("minutes"))
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            Meeting.body_id == body_id,
            Meeting.starts_at < before,
            Meeting.state.in_(OVER),
            Meeting.kind != MeetingKind.WRITTEN.value,
        )
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    ).first()
    return row.id if row is not None and row.minutes is not None else None


def minutes(
    read: Session, *, meeting_id: int, say: Words, signers: tuple[str, ...]
) -> PreviousMinutes:
    """Return the minutes of a meeting as pages of a pack."""
    found = kept.detail(read, meeting_id=meeting_id)
    starts = read.scalar(select(Meeting.starts_at).where(Meeting.id == meeting_id))
    assert starts is not None
    return PreviousMinutes(
        found.meeting,
        clock.local(starts).date(),
        tuple(_lower(block) for block in blocks(found, say)),
        found.locked,
        signers,
    )


def closed(read: Session, *, meeting_id: int) -> str | None:
    """Return why the public may not read a meeting's minutes; "" where nobody wrote a ground.

    None says that they are public. The text is not read.
    """
    row = read.execute(
        select(Minutes.published_on, Minutes.closed_ground, Meeting.public, Meeting.closed_ground)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Minutes.meeting_id == meeting_id)
    ).one()
    published, ground, public, meeting_ground = row
    if ground or not public:
        return ground or meeting_ground or ""
    return None if published is not None else ""


def _lower(block: Block) -> Block:
    """Return a heading one level down, as part of a larger document, and out of its outline."""
    if not isinstance(block, Heading):
        return block
    return replace(block, level=min(block.level + 1, 3), key="")
