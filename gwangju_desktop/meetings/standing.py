"""Items every meeting has: what the program writes in them (성원 보고, 전회 조치결과 …)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.schema.minutes import Minutes
from db.vocab import OVER, ActionState, ItemKind, MeetingKind, MeetingState, Standing
from gwangju_desktop import clock
from gwangju_desktop.meetings import actionlist, presence
from gwangju_desktop.meetings.words import ACTION_STATES, OUTCOMES, STATES
from gwangju_desktop.text import N_, Msg, Words, words

KINDS = {
    Standing.QUORUM_REPORT: ItemKind.PROCEDURE,
    Standing.PREVIOUS_MINUTES: ItemKind.PROCEDURE,
    Standing.PREVIOUS_ACTIONS: ItemKind.PROCEDURE,
    Standing.WRITTEN_REPORT: ItemKind.PROCEDURE,
}
TITLES: dict[str, Msg] = {
    Standing.QUORUM_REPORT: N_("Report of the quorum"),
    Standing.PREVIOUS_MINUTES: N_("Minutes of the previous meeting"),
    Standing.PREVIOUS_ACTIONS: N_("Results of the actions of earlier meetings"),
    Standing.WRITTEN_REPORT: N_("Report of written resolutions since"),
}


def lines(
    read: Session, *, item_id: int, speak: Words | None = None, public: bool = False
) -> list[str]:
    """Return what stands under a standing item, a line each; empty for any other item.

    In the current language, or as `speak` says it. For the `public` restricted items stand under
    their open titles and what they led to is left out.
    """
    row = read.execute(
        select(AgendaItem.standing, Meeting.id, Meeting.body_id, Meeting.starts_at)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.id == item_id)
    ).first()
    if row is None or not row.standing:
        return []
    told = {
        Standing.QUORUM_REPORT: _quorum,
        Standing.PREVIOUS_MINUTES: _minutes,
        Standing.PREVIOUS_ACTIONS: _actions,
        Standing.WRITTEN_REPORT: _written,
    }[Standing(row.standing)]
    of = _Of(row.id, row.body_id, row.starts_at, public)
    return told(read, of, speak or words())


@dataclass(frozen=True, slots=True)
class _Of:
    """The meeting whose standing item is told."""

    id: int
    body_id: int
    starts_at: dt.datetime
    public: bool


def _quorum(read: Session, of: _Of, say: Words) -> list[str]:
    found = presence.standing(read, meeting_id=of.id)
    message = (
        N_("{present} of {enrolled} enrolled members are present, {required} are needed: quorate")
        if found.quorum_met
        else N_("{present} of {enrolled} enrolled members are present, {required} are needed")
    )
    return [
        say(
            message,
            present=found.attending,
            enrolled=found.enrolled,
            required=found.quorum_required,
        )
    ]


def _minutes(read: Session, of: _Of, say: Words) -> list[str]:
    """Name the last meeting held before, and where its minutes stand."""
    row = read.execute(
        select(Meeting.title, Meeting.starts_at, Meeting.state, Minutes.confirmed_on)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            Meeting.body_id == of.body_id,
            Meeting.starts_at < of.starts_at,
            Meeting.state.in_(OVER),
            Meeting.kind != MeetingKind.WRITTEN.value,
        )
        .order_by(Meeting.starts_at.desc())
    ).first()
    if row is None:
        return [say(N_("There was no meeting before."))]
    return [
        say(
            N_("{meeting} ({day:full}): {state}"),
            meeting=row.title,
            day=clock.local(row.starts_at).date(),
            state=STATES[MeetingState(row.state)],
        )
    ]


def _actions(read: Session, of: _Of, say: Words) -> list[str]:
    """Tell every action that is not done, and those done since the meeting before."""
    told = [
        say(
            N_("{text} ({department}, due {due:full}): {state}"),
            text=row.text,
            department=row.department,
            due=row.due_on,
            state=ACTION_STATES[ActionState(row.state)],
        )
        + (f" – {row.result}" if row.result else "")
        for row in actionlist.carried(read, meeting_id=of.id, today=clock.today(), public=of.public)
    ]
    return told or [say(N_("No action is open."))]


def _written(read: Session, of: _Of, say: Words) -> list[str]:
    """Tell what was resolved in writing since the last sitting."""
    before = read.scalar(
        select(Meeting.starts_at)
        .where(
            Meeting.body_id == of.body_id,
            Meeting.starts_at < of.starts_at,
            Meeting.state.in_(OVER),
            Meeting.kind != MeetingKind.WRITTEN.value,
        )
        .order_by(Meeting.starts_at.desc())
        .limit(1)
    )
    title: ColumnElement[str] = AgendaItem.title.expression
    if of.public:
        title = case((AgendaItem.restricted, AgendaItem.open_title), else_=title)
    query = (
        select(Meeting.title.label("meeting"), title.label("title"), AgendaItem.outcome)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .where(
            Meeting.body_id == of.body_id,
            Meeting.kind == MeetingKind.WRITTEN.value,
            Meeting.state.in_(OVER),
            Meeting.starts_at < of.starts_at,
            AgendaItem.outcome.is_not(None),
        )
        .order_by(Meeting.starts_at, AgendaItem.position)
    )
    if before is not None:
        query = query.where(Meeting.starts_at >= before)
    told = [
        say(
            N_("{meeting}, {title}: {outcome}"),
            meeting=row.meeting,
            title=row.title,
            outcome=OUTCOMES[row.outcome],
        )
        for row in read.execute(query)
    ]
    return told or [say(N_("Nothing was resolved in writing."))]
