"""Actions on the thread, and the evidence that they were done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.actions import Action, ActionEvidence
from db.schema.meetings import AgendaItem, Meeting
from db.schema.threads import ThreadLink
from db.vocab import ActionState
from gwangju_desktop.meetings.actionlist import NO_ACTION
from gwangju_desktop.meetings.words import ACTION_STATES
from gwangju_desktop.text import C_, N_, NN_
from gwangju_desktop.threads.items import KEY as ITEM
from gwangju_desktop.threads.model import Key, Lens, Node, Noun, OpenEnd, Pairs
from gwangju_desktop.threads.rows import named_by, rows

KEY = "action"
EVIDENCE = "evidence"
SOON_DAYS = 7
NO_EVIDENCE = N_("There is no evidence {id}.")


def nodes(read: Session, ids: Sequence[int], lens: Lens) -> list[Node]:
    """Return the nodes of actions; to the public none of a restricted item or closed sitting."""
    query = (
        select(
            Action.id,
            Action.text,
            Action.department,
            Action.due_on,
            Action.done_on,
            Action.state,
            named_by(ActionEvidence.action_id, Action.id).label("shown"),
        )
        .outerjoin(AgendaItem, AgendaItem.id == Action.item_id)
        .outerjoin(Meeting, Meeting.id == Action.meeting_id)
    )
    item = or_(AgendaItem.id.is_(None), AgendaItem.restricted.is_(False))
    sitting = or_(Meeting.id.is_(None), Meeting.public.is_(True))
    return [
        Node(
            Key(KEY, row.id),
            "action",
            row.text,
            where=row.department,
            day=row.done_on or row.due_on,
            state=lens.say(ACTION_STATES[ActionState(row.state)]),
            open_end=_open_end(row, lens.today),
            done=row.state == ActionState.DONE,
            record=("meetings", row.id, "action"),
        )
        for row in rows(read, query, Action.id, ids, lens, item, sitting)
    ]


def _open_end(row: Any, today: dt.date) -> OpenEnd | None:
    if row.state == ActionState.IMPOSSIBLE:
        return None
    if row.state == ActionState.DONE:
        return None if row.shown else OpenEnd(N_("done, no evidence filed"))
    n = (today - row.due_on).days
    values: dict[str, object] = {"day": row.due_on, "n": abs(n)}
    if n > 0:
        message = NN_(
            "due {day:full}, not done: {n} day over", "due {day:full}, not done: {n} days over"
        )
        return OpenEnd(message, "bad", values)
    if n == 0:
        return OpenEnd(N_("due today, not done"), "warn")
    message = NN_(
        "due {day:full}, not done: {n} day left", "due {day:full}, not done: {n} days left"
    )
    return OpenEnd(message, "warn" if -n <= SOON_DAYS else "neu", values)


def before(read: Session, ids: Sequence[int]) -> Pairs:
    """Return the items the actions were given with."""
    query = select(Action.id, Action.item_id).where(Action.id.in_(ids), Action.item_id.is_not(None))
    return [(row.id, Key(ITEM, row.item_id)) for row in read.execute(query)]


def beside(read: Session, ids: Sequence[int]) -> Pairs:
    """Return the evidence of the actions."""
    query = select(ActionEvidence.action_id, ActionEvidence.id).where(
        ActionEvidence.action_id.in_(ids)
    )
    return [(row.action_id, Key(EVIDENCE, row.id)) for row in read.execute(query)]


def evidence(read: Session, ids: Sequence[int], lens: Lens) -> list[Node]:
    """Return the nodes of evidence; files are the office's own and never shown to the public."""
    if lens.public:
        return []
    query = (
        select(ActionEvidence.id, ActionEvidence.action_id, ActionEvidence.title, Action.done_on)
        .join(Action, Action.id == ActionEvidence.action_id)
        .where(ActionEvidence.id.in_(ids))
    )
    return [
        Node(
            Key(EVIDENCE, row.id),
            "action_evidence",
            row.title,
            day=row.done_on,
            done=True,
            record=("meetings", row.action_id, "action"),
        )
        for row in read.execute(query)
    ]


def home(read: Session, id: int) -> Key | None:
    """Return the action a piece of evidence belongs to: its thread is the evidence's."""
    action = read.scalar(select(ActionEvidence.action_id).where(ActionEvidence.id == id))
    return None if action is None else Key(KEY, action)


NOUN = Noun(
    key=KEY,
    table="action",
    rank=4,
    label=C_("thread", "Action"),
    missing=NO_ACTION,
    nodes=nodes,
    before=before,
    beside=beside,
    links_from=ThreadLink.from_action_id,
    links_to=ThreadLink.to_action_id,
)
EVIDENCES = Noun(
    key=EVIDENCE,
    table="action_evidence",
    rank=5,
    label=C_("thread", "Evidence"),
    missing=NO_EVIDENCE,
    nodes=evidence,
    home=home,
)
