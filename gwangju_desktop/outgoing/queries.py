"""Selects about documents that go out, as frozen rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from db.schema.meetings import Meeting
from db.schema.members import Body
from db.schema.packs import Outgoing
from gwangju_desktop.catalogue.entries import ENTRIES
from gwangju_desktop.text import C_, Msg

SORTS = ("made_on", "dispatched_on", "number", "title", "kind")
# The states of a document that goes out.
WAITING = C_("outgoing", "Not dispatched yet")
DISPATCHED = C_("outgoing", "Dispatched")
DROPPED = C_("outgoing", "Not to be dispatched")


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """One document that goes out; `meeting` and `held_on` are those of the meeting it is about.

    `days` counts from the day it was made to today while it waits.
    """

    id: int
    kind: str
    about_id: int
    body_id: int | None
    body_ko: str
    body_en: str
    meeting_id: int | None
    meeting: str
    title: str
    recipient: str
    made_on: dt.date
    number: str
    dispatched_on: dt.date | None
    release: str
    ground: str
    dropped: bool
    days: int

    @property
    def waiting(self) -> bool:
        """Say whether number or day of dispatch are still to be filled (시행 전)."""
        return not self.dropped and not (self.number and self.dispatched_on)

    @property
    def label(self) -> Msg:
        """Return what the document is called in the catalogue."""
        one = ENTRIES.get(self.kind)
        return one.label if one is not None else Msg(self.kind)

    @property
    def state(self) -> Msg:
        """Return where it stands."""
        if self.dropped:
            return DROPPED
        return WAITING if self.waiting else DISPATCHED


def waiting(read: Session, *, today: dt.date, body_id: int | None = None) -> list[OutgoingRow]:
    """List the documents that are not dispatched yet, the one made first first."""
    query = _query().where(_waits())
    if body_id is not None:
        query = query.where(Outgoing.body_id == body_id)
    return _rows(read, query.order_by(Outgoing.made_on, Outgoing.id), today)


def of_meeting(read: Session, *, meeting_id: int, today: dt.date) -> list[OutgoingRow]:
    """List the documents of a meeting in the order they were made."""
    query = _query().where(Outgoing.meeting_id == meeting_id)
    return _rows(read, query.order_by(Outgoing.made_on, Outgoing.id), today)


def of_record(
    read: Session, *, kind: str, about_id: int | None, today: dt.date
) -> OutgoingRow | None:
    """Return the last that was made of a document about a record, None when none was."""
    query = _query().where(Outgoing.kind == kind, Outgoing.about_id == (about_id or 0))
    rows = _rows(read, query.order_by(Outgoing.id.desc()).limit(1), today)
    return rows[0] if rows else None


def years(read: Session) -> list[int]:
    """List the years documents were made or dispatched in, the latest first."""
    found = read.scalars(select(func.coalesce(Outgoing.dispatched_on, Outgoing.made_on)).distinct())
    return sorted({day.year for day in found.all()}, reverse=True)


def outgoing_ids(
    read: Session,
    *,
    sort: str = "made_on",
    descending: bool = True,
    year: int | None = None,
    body_id: int | None = None,
    state: str = "",
    search: str = "",
) -> list[int]:
    """List documents in their order of view.

    `year` is that of the dispatch, of one that waits that it was made in; `state` is "waiting",
    "dispatched" or "dropped"; every word of `search` is looked for in title, number and recipient.
    """
    day = func.coalesce(Outgoing.dispatched_on, Outgoing.made_on)
    key = {
        "made_on": Outgoing.made_on,
        "dispatched_on": day,
        "number": Outgoing.number,
        "title": Outgoing.title,
        "kind": Outgoing.kind,
    }[sort]
    query = select(Outgoing.id)
    if year is not None:
        query = query.where(day >= dt.date(year, 1, 1), day <= dt.date(year, 12, 31))
    if body_id is not None:
        query = query.where(Outgoing.body_id == body_id)
    if state:
        dispatched = and_(Outgoing.dropped.is_(False), ~_waits())
        query = query.where(
            {"waiting": _waits(), "dispatched": dispatched, "dropped": Outgoing.dropped.is_(True)}[
                state
            ]
        )
    for word in search.split():
        query = query.where(_mentions(word))
    order = key.desc() if descending else key
    last = Outgoing.id.desc() if descending else Outgoing.id
    return list(read.scalars(query.order_by(order, last)).all())


def outgoing_rows(read: Session, *, ids: Sequence[int], today: dt.date) -> list[OutgoingRow]:
    """Return documents by their ids, in that order."""
    rows = {row.id: row for row in _rows(read, _query().where(Outgoing.id.in_(ids)), today)}
    return [rows[id] for id in ids if id in rows]


def _query() -> Any:
    return (
        select(
            Outgoing.id,
            Outgoing.kind,
            Outgoing.about_id,
            Outgoing.body_id,
            func.coalesce(Body.name_ko, "").label("body_ko"),
            func.coalesce(Body.name_en, "").label("body_en"),
            Outgoing.meeting_id,
            func.coalesce(Meeting.title, "").label("meeting"),
            Outgoing.title,
            Outgoing.recipient,
            Outgoing.made_on,
            Outgoing.number,
            Outgoing.dispatched_on,
            Outgoing.release,
            Outgoing.ground,
            Outgoing.dropped,
        )
        .outerjoin(Body, Body.id == Outgoing.body_id)
        .outerjoin(Meeting, Meeting.id == Outgoing.meeting_id)
    )


def _rows(read: Session, query: Any, today: dt.date) -> list[OutgoingRow]:
    return [
        OutgoingRow(**row, days=(today - row["made_on"]).days)
        for row in read.execute(query).mappings()
    ]


def _waits() -> ColumnElement[bool]:
    return and_(
        Outgoing.dropped.is_(False),
        or_(Outgoing.number == "", Outgoing.dispatched_on.is_(None)),
    )


def _mentions(word: str) -> ColumnElement[bool]:
    pattern = "%" + word.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    text = Outgoing.title + " " + Outgoing.number + " " + Outgoing.recipient
    return func.lower(text).like(pattern, escape="\\")
