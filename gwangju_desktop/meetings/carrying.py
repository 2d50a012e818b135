"""What a meeting leaves undecided goes on to the next one of its body (이월), under its number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from db.schema.meetings import AgendaItem, Meeting
from db.schema.papers import Paper
from db.vocab import AHEAD, ItemState, Listing, MeetingKind, MeetingState, Outcome
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change
from gwangju_desktop.meetings import actions, agenda, attendance, opinions, remains, reported, rules
from gwangju_desktop.text import N_, say
from gwangju_desktop.threads import links

COPIED = (
    "kind",
    "standing",
    "number",
    "title",
    "restricted",
    "restricted_ground",
    "open_title",
    "submitter",
    "submitted_on",
    "presenter",
    "minutes",
    "request",
    "reason",
    "contents",
    "reference",
    "basis",
    "budget",
)
KEPT = (
    "kind",
    "minutes",
    "place",
    "presiding",
    "presiding_id",
    "presiding_ground",
    "secretary",
    "secretariat",
    "public",
    "closed_ground",
    "series_id",
)
CARRIED = N_("Carried over from {meeting}")


def carry_over(tx: Session, meeting: Meeting) -> None:
    """Mark what a meeting leaves undecided as carried over."""
    for item in agenda.undecided(tx, meeting.id):
        change(item, {"state": ItemState.CARRIED_OVER.value})
    tx.flush()


def pass_on(tx: Session, body_id: int, after: dt.datetime) -> None:
    """Put what was left open on the next agenda of the body, if a later meeting is planned."""
    following = tx.scalars(
        select(Meeting)
        .where(
            Meeting.body_id == body_id,
            Meeting.state.in_(AHEAD),
            Meeting.kind != MeetingKind.WRITTEN.value,
            Meeting.starts_at > after,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    ).first()
    if following is not None:
        bring_in(tx, following)


def replacement(tx: Session, meeting: Meeting, starts_at: dt.datetime) -> int:
    """Plan the meeting that stands for a postponed one, with its whole order of business."""
    again = Meeting(
        body_id=meeting.body_id,
        title=rules.proposed_title(meeting.kind),
        starts_at=starts_at,
        replaces_id=meeting.id,
        **{name: getattr(meeting, name) for name in KEPT},
    )
    if meeting.number is None:
        again.title = meeting.title
    tx.add(again)
    tx.flush()
    attendance.fit(tx, again)
    copies: dict[int, int] = {}
    for item in agenda.of_meeting(tx, meeting.id):
        if item.state != ItemState.WITHDRAWN:
            copies[item.id] = _copy(tx, item, again, agenda.place_after(tx, again.id, None))
    for item in agenda.of_meeting(tx, meeting.id):
        if item.parent_id in copies and item.id in copies:
            tx.get_one(AgendaItem, copies[item.id]).parent_id = copies[item.parent_id]
    for item_id, copy_id in copies.items():
        links.pass_on(tx, item_id, copy_id)
    tx.flush()
    return again.id


def bring_in(tx: Session, meeting: Meeting) -> None:
    """Put on an agenda what earlier meetings of the body left open and no agenda has yet."""
    if meeting.kind == MeetingKind.WRITTEN:
        return
    for item in _waiting(tx, meeting):
        _copy(tx, item, meeting, _place(tx, meeting))
    actions.put_on(tx, meeting)
    reported.put_on(tx, meeting)


def carry_back(tx: Session, meeting: Meeting) -> None:
    """Take back what carry_over did, when the step that did it is taken back.

    Raises UserError once the next meeting has gone on with an item.
    """
    for item in agenda.of_meeting(tx, meeting.id):
        if item.state != ItemState.CARRIED_OVER:
            continue
        for copy in tx.scalars(
            select(AgendaItem).where(AgendaItem.carried_from_id == item.id)
        ).all():
            other = tx.get_one(Meeting, copy.meeting_id)
            if other.state != MeetingState.PLANNED or copy.state != ItemState.PENDING:
                raise UserError(
                    N_("“{title}” is on the agenda of {meeting}, which has gone out."),
                    hint=N_("The step can no longer be taken back."),
                    title=item.title,
                    meeting=other.title,
                )
            remains.clear_item(tx, copy)
            tx.delete(copy)
        state = ItemState.TAKEN_UP if item.begun_at else ItemState.PENDING
        change(item, {"state": state.value})
    tx.flush()


def _waiting(tx: Session, meeting: Meeting) -> Sequence[AgendaItem]:
    """Return what was left open before this meeting and stands on no later agenda.

    What was deferred (보류) waits as well; a copy on the agenda of a meeting that was not held
    is carried on from there itself.
    """
    copy = aliased(AgendaItem)
    return tx.scalars(
        select(AgendaItem)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .outerjoin(copy, copy.carried_from_id == AgendaItem.id)
        .where(
            Meeting.body_id == meeting.body_id,
            Meeting.id != meeting.id,
            Meeting.state.not_in((*AHEAD, MeetingState.OPENED)),
            Meeting.starts_at < meeting.starts_at,
            or_(
                AgendaItem.state == ItemState.CARRIED_OVER.value,
                AgendaItem.outcome == Outcome.DEFERRED.value,
            ),
            copy.id.is_(None),
        )
        .order_by(Meeting.starts_at, AgendaItem.position)
    ).all()


def _copy(tx: Session, item: AgendaItem, meeting: Meeting, position: int) -> int:
    source = tx.get_one(Meeting, item.meeting_id)
    copied = AgendaItem(
        meeting_id=meeting.id,
        position=position,
        carried_from_id=item.id if item.state == ItemState.CARRIED_OVER or item.outcome else None,
        **{name: getattr(item, name) for name in COPIED},
    )
    tx.add(copied)
    tx.flush()
    for paper in item.papers:
        tx.add(
            Paper(
                item_id=copied.id,
                file_id=paper.file_id,
                source_id=paper.source_id,
                position=paper.position,
                title=paper.title,
                disclosure=paper.disclosure,
                ground=paper.ground,
            )
        )
    opinions.copy_opinions(tx, item_id=item.id, to=copied.id)
    if agenda.frozen(meeting):
        change(
            copied,
            {
                "listing": Listing.LATE.value,
                "listing_reason": say(CARRIED, meeting=source.title),
            },
        )
        agenda.label_late(tx, copied)
    tx.flush()
    return copied.id


def _place(tx: Session, meeting: Meeting) -> int:
    """Return a position after the last item of business, before what closes the meeting."""
    business = [i for i in agenda.of_meeting(tx, meeting.id) if rules.numbered(i.kind)]
    carried = [i for i in business if i.carried_from_id is not None]
    if carried and not agenda.frozen(meeting):
        return agenda.place_after(tx, meeting.id, carried[-1].id)
    if business:
        return agenda.place_after(tx, meeting.id, business[-1].id)
    return agenda.place_after(tx, meeting.id, None)
