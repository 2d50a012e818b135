"""Agenda items on the thread, each decided one with its decision behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, exists, or_, select
from sqlalchemy.orm import Session, aliased

from db.schema.actions import Action
from db.schema.meetings import AgendaItem, Meeting
from db.schema.threads import ThreadLink
from db.vocab import ItemState, MeetingState, Outcome
from gwangju_desktop import clock
from gwangju_desktop.meetings.guards import NO_ITEM
from gwangju_desktop.meetings.words import ITEM_STATES, OUTCOMES
from gwangju_desktop.text import C_, N_, NN_
from gwangju_desktop.threads.model import Key, Lens, Node, Noun, OpenEnd, Pairs

KEY = "item"
DECISION = "decision"
ACTION = "action"
ADOPTED = (Outcome.AS_PROPOSED, Outcome.AMENDED, Outcome.CONDITIONAL)
_WAITED = NN_(
    "carried over on {day:full}, on no agenda since: {n} day",
    "carried over on {day:full}, on no agenda since: {n} days",
)


def nodes(read: Session, ids: Sequence[int], lens: Lens) -> list[Node]:
    """Return the nodes of items and of their decisions; the public sees the open title."""
    copy = aliased(AgendaItem)
    acted = or_(
        exists(select(Action.id).where(Action.item_id == AgendaItem.id)),
        exists(
            select(ThreadLink.id).where(
                ThreadLink.from_item_id == AgendaItem.id, ThreadLink.to_action_id.is_not(None)
            )
        ),
    )
    went_on = or_(
        exists(select(copy.id).where(copy.carried_from_id == AgendaItem.id)),
        exists(
            select(ThreadLink.id).where(
                ThreadLink.from_item_id == AgendaItem.id, ThreadLink.to_item_id.is_not(None)
            )
        ),
    )
    title: Any = AgendaItem.title
    if lens.public:
        title = case((AgendaItem.restricted, AgendaItem.open_title), else_=AgendaItem.title)
    query = (
        select(
            AgendaItem.id,
            AgendaItem.label,
            title.label("title"),
            AgendaItem.state,
            AgendaItem.outcome,
            AgendaItem.decided_at,
            Meeting.title.label("meeting"),
            Meeting.state.label("meeting_state"),
            Meeting.starts_at,
            acted.label("acted"),
            went_on.label("went_on"),
        )
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.id.in_(ids))
    )
    found: list[Node] = []
    for row in read.execute(query):
        found.append(_item(row, lens))
        if row.outcome is not None:
            found.append(_decision(row, lens))
    return found


def _item(row: Any, lens: Lens) -> Node:
    held = clock.local(row.starts_at).date()
    return Node(
        Key(KEY, row.id),
        "agenda_item",
        row.title,
        number=row.label,
        where=row.meeting,
        day=held,
        state=lens.say(ITEM_STATES[ItemState(row.state)]),
        open_end=None if row.outcome is not None else _item_end(row, held, lens.today),
        done=row.outcome is not None,
        record=("meetings", row.id, "agenda_item"),
    )


def _item_end(row: Any, held: dt.date, today: dt.date) -> OpenEnd | None:
    state = MeetingState(row.meeting_state)
    if row.went_on or row.state == ItemState.WITHDRAWN:
        return None
    n = (today - held).days
    values: dict[str, object] = {"day": held, "n": abs(n)}
    if row.state == ItemState.CARRIED_OVER:
        return OpenEnd(_WAITED, "warn", values)
    if state.dropped:
        return OpenEnd(N_("the meeting was not held, on no agenda since"))
    if not state.ahead:
        return None
    if n > 0:
        message = NN_(
            "the meeting of {day:full} has not been opened: {n} day over",
            "the meeting of {day:full} has not been opened: {n} days over",
        )
        return OpenEnd(message, "warn", values)
    if n == 0:
        return OpenEnd(N_("before the meeting today"), "neu")
    return OpenEnd(
        NN_("before the meeting, {n} day left", "before the meeting, {n} days left"), "neu", values
    )


def _decision(row: Any, lens: Lens) -> Node:
    decided = clock.local(row.decided_at) if row.decided_at else clock.local(row.starts_at)
    day = decided.date()
    return Node(
        Key(DECISION, row.id),
        "agenda_item",
        row.title,
        number=row.label,
        where=row.meeting,
        day=day,
        state=lens.say(OUTCOMES[Outcome(row.outcome)]),
        open_end=_decision_end(row, day, lens.today),
        done=True,
        of=Key(KEY, row.id),
        record=("meetings", row.id, "agenda_item"),
    )


def _decision_end(row: Any, day: dt.date, today: dt.date) -> OpenEnd | None:
    values: dict[str, object] = {"day": day, "n": max(0, (today - day).days)}
    if row.outcome == Outcome.DEFERRED and not row.went_on:
        return OpenEnd(_WAITED, "warn", values)
    if row.outcome in ADOPTED and not row.acted:
        if day == today:
            return OpenEnd(N_("decided today, no action given"), "neu")
        message = NN_(
            "decided {n} day ago, no action given", "decided {n} days ago, no action given"
        )
        return OpenEnd(message, "warn", values)
    return None


def before(read: Session, ids: Sequence[int]) -> Pairs:
    """Return the items these go on with (이월)."""
    query = select(AgendaItem.id, AgendaItem.carried_from_id).where(
        AgendaItem.id.in_(ids), AgendaItem.carried_from_id.is_not(None)
    )
    return [(row.id, Key(KEY, row.carried_from_id)) for row in read.execute(query)]


def after(read: Session, ids: Sequence[int]) -> Pairs:
    """Return the items that go on with these, and the actions they led to."""
    copies = select(AgendaItem.carried_from_id, AgendaItem.id).where(
        AgendaItem.carried_from_id.in_(ids)
    )
    given = select(Action.item_id, Action.id).where(Action.item_id.in_(ids))
    return [
        *((row.carried_from_id, Key(KEY, row.id)) for row in read.execute(copies)),
        *((row.item_id, Key(ACTION, row.id)) for row in read.execute(given)),
    ]


def home(_read: Session, id: int) -> Key:
    """Return the item of a decision."""
    return Key(KEY, id)


def nothing(_read: Session, _ids: Sequence[int], _lens: Lens) -> list[Node]:
    """Return nothing: decisions come with their items."""
    return []


NOUN = Noun(
    key=KEY,
    table="agenda_item",
    rank=1,
    label=C_("thread", "Agenda item"),
    missing=NO_ITEM,
    nodes=nodes,
    before=before,
    after=after,
    links_from=ThreadLink.from_item_id,
    links_to=ThreadLink.to_item_id,
)
DECISIONS = Noun(
    key=DECISION,
    table="agenda_item",
    rank=2,
    label=C_("thread", "Decision"),
    missing=NO_ITEM,
    nodes=nothing,
    home=home,
)
