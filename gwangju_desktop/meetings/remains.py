"""What hangs on a meeting or an item and goes with it, and what keeps it from being deleted."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import drafts
from db.base import Recorded
from db.schema.actions import Action
from db.schema.commitments import CommitmentEdition, PlanCount
from db.schema.decisions import Amendment, Recusal, Vote
from db.schema.meetings import AgendaItem, Meeting
from db.schema.minutes import Minutes, Note
from db.schema.packs import AwaitedPaper, ItemOpinion, PackIssue, PackPart, PackPlan, PrintRun
from db.schema.sittings import Break, Guest, Movement, Step
from db.vocab import DrawnKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import numbers
from gwangju_desktop.text import N_
from gwangju_desktop.threads import links


def clear_meeting(tx: Session, meeting: Meeting) -> None:
    """Take away what hangs on a meeting that is being deleted.

    Raises UserError when a number was drawn for it, when it has voted, has minutes or actions, or
    when its pack went out: these are records of their own.
    """
    given = numbers.text_of(tx, DrawnKind.MEETING, meeting.id)
    if given:
        raise UserError(
            N_("{meeting} was given the number {number}: a number is not given back."),
            hint=N_("Cancel it, with a reason."),
            meeting=meeting.title,
            number=given,
        )
    if _any(tx, Vote, Vote.meeting_id == meeting.id):
        raise UserError(
            N_("{meeting} has votes and cannot be deleted."),
            hint=N_("Cancel it, with a reason."),
            meeting=meeting.title,
        )
    if _any(tx, Minutes, Minutes.meeting_id == meeting.id):
        raise UserError(
            N_("{meeting} has minutes and cannot be deleted."),
            hint=N_("Cancel it, with a reason."),
            meeting=meeting.title,
        )
    if _any(tx, Action, Action.meeting_id == meeting.id):
        raise UserError(
            N_("{meeting} has actions and cannot be deleted."),
            hint=N_("Delete its actions first."),
            meeting=meeting.title,
        )
    if _any(tx, PackIssue, PackIssue.meeting_id == meeting.id) or _any(
        tx, PrintRun, PrintRun.meeting_id == meeting.id
    ):
        raise UserError(
            N_("The pack of {meeting} was issued or printed: the meeting cannot be deleted."),
            hint=N_("Cancel it, with a reason."),
            meeting=meeting.title,
        )
    if _any(tx, PlanCount, PlanCount.meeting_id == meeting.id) or _any(
        tx, CommitmentEdition, CommitmentEdition.meeting_id == meeting.id
    ):
        raise UserError(
            N_("An action plan names {meeting}, which therefore cannot be deleted."),
            hint=N_("Cancel it, with a reason."),
            meeting=meeting.title,
        )
    items = tx.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)).all()
    for item in items:
        clear_item(tx, item)
        # A parent may not go before its children.
        item.parent_id = None
    drafts.drop(tx, meeting.id)
    for entity in (Movement, Break, Guest, Step, Note, PackPart, PackPlan):
        _delete(tx, tx.scalars(select(entity).where(entity.meeting_id == meeting.id)).all())
    tx.flush()


def clear_item(tx: Session, item: AgendaItem) -> None:
    """Take away what hangs on an item that is being deleted; raise UserError for one voted on."""
    if _any(tx, Vote, Vote.item_id == item.id):
        raise UserError(
            N_("“{title}” was voted on and cannot be deleted."),
            hint=N_("Withdraw the item instead, with a reason."),
            title=item.title,
        )
    if _any(tx, Action, Action.item_id == item.id):
        raise UserError(
            N_("“{title}” has actions and cannot be deleted."),
            hint=N_("Delete its actions first."),
            title=item.title,
        )
    waiting = links.tabled_on(tx, item.id)
    if waiting:
        raise UserError(
            N_("Citizen proposal {number} stands on “{title}”: the item cannot be deleted."),
            hint=N_("Take the proposal off the agenda first."),
            title=item.title,
            number=waiting[0],
        )
    links.forget(tx, "agenda_item", item.id)
    drafts.drop(tx, item.meeting_id, item.id)
    for entity in (Recusal, Amendment, Note, PackPart, AwaitedPaper, ItemOpinion):
        _delete(tx, tx.scalars(select(entity).where(entity.item_id == item.id)).all())
    tx.flush()


def _any(tx: Session, entity: type[Recorded], condition: object) -> bool:
    return tx.scalar(select(entity).where(condition).limit(1)) is not None  # type: ignore[arg-type]


def _delete(tx: Session, rows: Iterable[Recorded]) -> None:
    for row in rows:
        tx.delete(row)
