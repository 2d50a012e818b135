"""The links of a proposal on its line of time: to what, and on which day they were made."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import case, literal, select
from sqlalchemy.orm import Session

from db.schema.actions import Action
from db.schema.energy import Indicator
from db.schema.handling import ProposalStep
from db.schema.journal import change_log, row_change
from db.schema.meetings import AgendaItem, Meeting
from db.schema.proposals import Proposal
from db.schema.threads import ThreadLink
from db.vocab import ProposalState
from gwangju_desktop import clock
from gwangju_desktop.members.rules import named
from gwangju_desktop.proposals.rows import Event
from gwangju_desktop.text import C_, Msg

_ITEM = case((AgendaItem.restricted.is_(True), AgendaItem.open_title), else_=AgendaItem.title)
_ACTION = case((AgendaItem.restricted.is_(True), AgendaItem.open_title), else_=Action.text)
# Of each kind: its id, what it is called in both languages, when it came to be.
_ENDS: dict[str, Any] = {
    "item": select(AgendaItem.id, _ITEM, _ITEM, Meeting.starts_at).join(
        Meeting, Meeting.id == AgendaItem.meeting_id
    ),
    "action": select(Action.id, _ACTION, _ACTION, Meeting.starts_at)
    .outerjoin(AgendaItem, AgendaItem.id == Action.item_id)
    .outerjoin(Meeting, Meeting.id == Action.meeting_id),
    "indicator": select(Indicator.id, Indicator.name_ko, Indicator.name_en, literal(None)),
    "proposal": select(Proposal.id, Proposal.title, Proposal.title, Proposal.received_on),
}
_LINKED: dict[str, Msg] = {
    "item": C_("proposal event", "Linked to an agenda item"),
    "action": C_("proposal event", "Linked to an action"),
    "indicator": C_("proposal event", "Linked to an indicator"),
    "proposal": C_("proposal event", "Linked to another proposal"),
}


def events(read: Session, id: int) -> Iterator[Event]:
    """Yield the links of a proposal on the day they were made, by the office's clock."""
    query = select(ThreadLink.__table__).where(
        (ThreadLink.from_proposal_id == id) | (ThreadLink.to_proposal_id == id)
    )
    links = read.execute(query.order_by(ThreadLink.id)).all()
    if not links:
        return
    made = _made(read, [link.id for link in links])
    tabled = _tabled(read, id, [link.id for link in links])
    received = read.execute(select(Proposal.received_on).where(Proposal.id == id)).scalar_one()
    for link in links:
        side = "to" if link.from_proposal_id == id else "from"
        for kind, title in _LINKED.items():
            other = getattr(link, f"{side}_{kind}_id", None)
            if other is None:
                continue
            ends = _ENDS[kind]
            found = read.execute(ends.where(ends.selected_columns[0] == other)).one()
            on_day, at = _day(made.get(link.id), tabled.get(link.id), received, found[3])
            called = named(found[1] or "", found[2] or "")
            detail = " · ".join(filter(None, (called, link.note)))
            yield Event(on_day, at, "link", "acc", title, {}, detail, "thread_link", link.id)


def _day(
    made: dt.datetime | None,
    tabled: dt.date | None,
    received: dt.date,
    other: dt.date | None,
) -> tuple[dt.date, dt.datetime | None]:
    """Return the day of a link, and the hour where the journal knows it.

    The journal keeps the true time. An office that lives on a fixed day has it in its future; the
    link then counts from the step it was made with, or from when both its ends were there.
    """
    if made is not None and made.date() <= clock.today():
        return made.date(), made
    if tabled is not None:
        return tabled, None
    there = clock.local(other).date() if isinstance(other, dt.datetime) else other
    return max(received, min(there or received, clock.today())), None


def _keys(ids: list[int]) -> dict[str, int]:
    return {json.dumps([id], separators=(",", ":")): id for id in ids}


def _made(read: Session, ids: list[int]) -> dict[int, dt.datetime]:
    """Return when links were made."""
    keys = _keys(ids)
    query = (
        select(row_change.c.pk, change_log.c.at)
        .join(change_log, change_log.c.id == row_change.c.change_id)
        .where(row_change.c.tbl == ThreadLink.__tablename__, row_change.c.pk.in_(list(keys)))
        .order_by(change_log.c.id.desc())
    )
    # The earliest entry of a link stands last and stays.
    return {
        keys[row.pk]: clock.local(dt.datetime.fromisoformat(row.at.replace("Z", "+00:00")))
        for row in read.execute(query).all()
    }


def _tabled(read: Session, id: int, ids: list[int]) -> dict[int, dt.date]:
    """Return the day a proposal was tabled on by links that were made with that step."""
    query = select(ProposalStep.id, ProposalStep.on_day).where(
        ProposalStep.proposal_id == id, ProposalStep.to_state == ProposalState.TABLED.value
    )
    days = {row.id: row.on_day for row in read.execute(query).all()}
    if not days:
        return {}
    keys, steps = _keys(ids), _keys(list(days))
    made = row_change.alias()
    together = (
        select(row_change.c.pk, made.c.pk.label("step"))
        .join(made, made.c.change_id == row_change.c.change_id)
        .where(
            row_change.c.tbl == ThreadLink.__tablename__,
            row_change.c.pk.in_(list(keys)),
            made.c.tbl == ProposalStep.__tablename__,
            made.c.pk.in_(list(steps)),
        )
    )
    return {keys[row.pk]: days[steps[row.step]] for row in read.execute(together).all()}
