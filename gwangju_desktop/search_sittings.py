"""Meetings and what is written in them among the records a search finds: items, papers, minutes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.actions import Action, ActionEvidence
from db.schema.decisions import Amendment
from db.schema.meetings import AgendaItem, Meeting
from db.schema.minutes import Minutes, Note
from db.schema.packs import AwaitedPaper, ItemOpinion, Outgoing, PackIssue, PackPart
from db.schema.papers import Paper
from gwangju_desktop.search_found import Finder, Found, led

PAGE = "meetings"


def _meetings(read: Session, refs: Sequence[int]) -> list[Found]:
    query = select(Meeting.id, Meeting.title, Meeting.place).where(Meeting.id.in_(refs))
    return [
        Found("meeting", row[0], row[1], row[2], PAGE, ("meeting", row[0]))
        for row in read.execute(query.order_by(Meeting.starts_at.desc())).all()
    ]


def _items(read: Session, refs: Sequence[int]) -> list[Found]:
    query = (
        select(AgendaItem.id, AgendaItem.title, Meeting.title, Meeting.id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.id.in_(refs))
        .order_by(Meeting.starts_at.desc())
    )
    return [
        Found("agenda_item", row[0], row[1], row[2], PAGE, ("meeting", row[3]))
        for row in read.execute(query).all()
    ]


def _papers(read: Session, refs: Sequence[int]) -> list[Found]:
    query = (
        select(Paper.id, Paper.title, AgendaItem.title, AgendaItem.meeting_id)
        .join(AgendaItem, AgendaItem.id == Paper.item_id)
        .where(Paper.id.in_(refs))
    )
    return [
        Found("paper", row[0], row[1], row[2], PAGE, ("meeting", row[3]))
        for row in read.execute(query).all()
    ]


def _minutes(read: Session, refs: Sequence[int]) -> list[Found]:
    """Return minutes by the meetings they are of."""
    query = select(Meeting.id, Meeting.title, Meeting.place).where(Meeting.id.in_(refs))
    return [
        Found("minutes", id, title, place, PAGE, ("minutes", id))
        for id, title, place in read.execute(query.order_by(Meeting.starts_at.desc()))
    ]


def _notes(read: Session, refs: Sequence[int]) -> list[Found]:
    rows = read.execute(select(Note.meeting_id, Note.item_id).where(Note.id.in_(refs))).all()
    own = [row.item_id for row in rows if row.item_id is not None]
    rest = [row.meeting_id for row in rows if row.item_id is None]
    return [*_items(read, own), *_meetings(read, rest)]


def _actions(read: Session, refs: Sequence[int]) -> list[Found]:
    query = select(Action.id, Action.text, Action.department).where(Action.id.in_(refs))
    return [
        Found("action", row[0], row[1], row[2], PAGE, ("action", row[0]))
        for row in read.execute(query.order_by(Action.due_on.desc())).all()
    ]


def _outgoing(read: Session, refs: Sequence[int]) -> list[Found]:
    query = select(Outgoing.id, Outgoing.title, Outgoing.number, Outgoing.recipient)
    query = query.where(Outgoing.id.in_(refs)).order_by(Outgoing.id.desc())
    return [
        Found(
            "outgoing",
            id,
            title,
            " · ".join(filter(None, (number, recipient))),
            PAGE,
            ("outgoing", id),
        )
        for id, title, number, recipient in read.execute(query)
    ]


def _packs(read: Session, refs: Sequence[int]) -> list[Found]:
    query = select(Meeting.id, Meeting.title, Meeting.place).where(Meeting.id.in_(refs))
    return [
        Found("pack", id, title, place, "packs", ("meeting", id))
        for id, title, place in read.execute(query.order_by(Meeting.starts_at.desc()))
    ]


SHOWN: dict[str, Finder] = {
    "meeting": _meetings,
    "agenda_item": _items,
    "amendment": led(Amendment, "item_id", _items),
    "item_opinion": led(ItemOpinion, "item_id", _items),
    "awaited_paper": led(AwaitedPaper, "item_id", _items),
    "paper": _papers,
    "note": _notes,
    "minutes": led(Minutes, "meeting_id", _minutes),
    "action": _actions,
    "action_evidence": led(ActionEvidence, "action_id", _actions),
    "outgoing": _outgoing,
    "pack_issue": led(PackIssue, "meeting_id", _packs),
    "pack_part": led(PackPart, "meeting_id", _packs),
}
