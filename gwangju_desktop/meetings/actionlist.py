"""Selects about actions (조치사항) that return frozen rows; being late follows from the due day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from db.schema.actions import Action, ActionEvidence
from db.schema.meetings import AgendaItem, Meeting
from db.schema.members import Body
from db.schema.papers import StoredFile
from db.vocab import OVER, ActionState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

# What still has to be done; it comes on every agenda until it is not among these.
OPEN = (ActionState.ASSIGNED, ActionState.UNDER_WAY)
NO_ACTION = N_("There is no action {id}.")
OPEN_WORDS = tuple(state.value for state in OPEN)


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A file that shows an action was done."""

    id: int
    action_id: int
    title: str
    file_name: str
    sha256: str
    bytes: int
    pages: int


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action; `days` counts from today to its due day, `late` says that it is passed.

    `meeting` is the title of the meeting that set it and `held_on` its day, `item` and
    `item_label` the item it came from; all empty for an action without a meeting. `item_open` is
    the title of the item that may be shown to everybody.
    """

    id: int
    body_id: int
    body_ko: str
    body_en: str
    meeting_id: int | None
    meeting: str
    held_on: dt.date | None
    item_id: int | None
    item: str
    item_label: str
    item_open: str
    text: str
    department: str
    due_on: dt.date
    state: str
    state_reason: str
    result: str
    done_on: dt.date | None
    evidence: int
    days: int
    late: bool

    @property
    def open(self) -> bool:
        """Say whether it is still to be done."""
        return self.state in OPEN_WORDS

    @property
    def done(self) -> bool:
        """Say whether it was done."""
        return self.state == ActionState.DONE


def of_item(read: Session, *, item_id: int, today: dt.date) -> list[ActionRow]:
    """List the actions an item led to, in the order they were given."""
    return _rows(read, _query().where(Action.item_id == item_id), today)


def of_meeting(read: Session, *, meeting_id: int, today: dt.date) -> list[ActionRow]:
    """List the actions a meeting gave, in the order they were given."""
    return _rows(read, _query().where(Action.meeting_id == meeting_id), today)


def carried(
    read: Session, *, meeting_id: int, today: dt.date, public: bool = False
) -> list[ActionRow]:
    """List what a meeting reads about earlier actions (전회 조치결과), the first due first.

    All that is open and was not given by this meeting or a later one, and what was done or given
    up since the meeting before. For the `public` nothing of restricted items or closed sittings.
    """
    meeting = read.execute(
        select(Meeting.body_id, Meeting.starts_at).where(Meeting.id == meeting_id)
    ).first()
    if meeting is None:
        raise UserError(
            N_("There is no meeting {id}."), hint=N_("See the list of meetings."), id=meeting_id
        )
    before = read.scalar(
        select(Meeting.starts_at)
        .where(
            Meeting.body_id == meeting.body_id,
            Meeting.starts_at < meeting.starts_at,
            Meeting.state.in_(OVER),
        )
        .order_by(Meeting.starts_at.desc())
        .limit(1)
    )
    reported: ColumnElement[bool] = Action.state.in_(OPEN_WORDS)
    if before is not None:
        reported = or_(reported, Action.done_on >= clock.local(before).date())
    query = _query().where(
        Action.body_id == meeting.body_id,
        or_(Action.meeting_id.is_(None), Action.meeting_id != meeting_id),
        or_(Meeting.starts_at.is_(None), Meeting.starts_at < meeting.starts_at),
        reported,
    )
    if public:
        query = query.where(
            or_(AgendaItem.id.is_(None), AgendaItem.restricted.is_(False)),
            or_(Meeting.id.is_(None), Meeting.public.is_(True)),
        )
    return sorted(_rows(read, query, today), key=lambda row: (row.due_on, row.id))


def listed(
    read: Session,
    *,
    today: dt.date,
    body_id: int | None = None,
    state: str | None = None,
    department: str = "",
    overdue: bool = False,
    unfinished: bool = False,
) -> list[ActionRow]:
    """List the actions of all bodies or one, the first due first; narrowed as asked."""
    query = _query()
    if body_id is not None:
        query = query.where(Action.body_id == body_id)
    if state is not None:
        query = query.where(Action.state == ActionState(state).value)
    if department:
        query = query.where(Action.department == department)
    if overdue or unfinished:
        query = query.where(Action.state.in_(OPEN_WORDS))
    if overdue:
        query = query.where(Action.due_on < today)
    return sorted(_rows(read, query, today), key=lambda row: (row.due_on, row.id))


def overdue(read: Session, *, today: dt.date) -> list[ActionRow]:
    """List the actions that are open past their day, the longest passed first."""
    return listed(read, today=today, overdue=True)


def action(read: Session, *, id: int, today: dt.date) -> ActionRow:
    """Return one action; raises UserError when there is none of this id."""
    rows = _rows(read, _query().where(Action.id == id), today)
    if not rows:
        raise UserError(NO_ACTION, id=id)
    return rows[0]


def evidence(read: Session, *, action_ids: Sequence[int]) -> list[EvidenceRow]:
    """List the evidence of actions, in its order within each."""
    found = read.execute(
        select(
            ActionEvidence.id,
            ActionEvidence.action_id,
            ActionEvidence.title,
            StoredFile.name.label("file_name"),
            StoredFile.sha256,
            StoredFile.bytes,
            StoredFile.pages,
        )
        .join(StoredFile, StoredFile.id == ActionEvidence.file_id)
        .where(ActionEvidence.action_id.in_(action_ids))
        .order_by(ActionEvidence.action_id, ActionEvidence.position)
    )
    return [EvidenceRow(**row) for row in found.mappings()]


def departments(read: Session) -> list[str]:
    """List the departments that have or had something to do, in the order of their names."""
    found = read.scalars(select(Action.department).distinct().order_by(Action.department))
    return list(found.all())


def _query() -> Select[tuple[object, ...]]:
    count = (
        select(ActionEvidence.action_id, func.count().label("n"))
        .group_by(ActionEvidence.action_id)
        .subquery()
    )
    return (
        select(
            Action.__table__,
            Body.name_ko,
            Body.name_en,
            Meeting.title.label("meeting"),
            Meeting.starts_at,
            AgendaItem.title.label("item"),
            AgendaItem.label.label("item_label"),
            AgendaItem.restricted,
            AgendaItem.open_title,
            func.coalesce(count.c.n, 0).label("evidence"),
        )
        .select_from(Action)
        .join(Body, Body.id == Action.body_id)
        .outerjoin(Meeting, Meeting.id == Action.meeting_id)
        .outerjoin(AgendaItem, AgendaItem.id == Action.item_id)
        .outerjoin(count, count.c.action_id == Action.id)
        .order_by(Action.position, Action.id)
    )


def _rows(read: Session, query: Select[tuple[object, ...]], today: dt.date) -> list[ActionRow]:
    rows = []
    for row in read.execute(query).all():
        days = (row.due_on - today).days
        rows.append(
            ActionRow(
                id=row.id,
                body_id=row.body_id,
                body_ko=row.name_ko,
                body_en=row.name_en,
                meeting_id=row.meeting_id,
                meeting=row.meeting or "",
                held_on=clock.local(row.starts_at).date() if row.starts_at else None,
                item_id=row.item_id,
                item=row.item or "",
                item_label=row.item_label or "",
                item_open=(row.open_title if row.restricted else row.item) or "",
                text=row.text,
                department=row.department,
                due_on=row.due_on,
                state=row.state,
                state_reason=row.state_reason,
                result=row.result,
                done_on=row.done_on,
                evidence=row.evidence,
                days=days,
                late=row.state in OPEN_WORDS and days < 0,
            )
        )
    return rows
