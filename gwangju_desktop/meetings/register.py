"""The register of decisions (의결 대장): every item a body decided, by year, searchable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.schema.decisions import Amendment, Vote
from db.schema.meetings import AgendaItem, Meeting
from db.schema.members import Body
from db.vocab import OVER, Outcome, VoteState, VoteSubject
from gwangju_desktop import clock
from gwangju_desktop.text import language

# What was only heard is no decision.
DECISIONS = tuple(outcome.value for outcome in Outcome if outcome != Outcome.NOTED)
SORTS = ("day", "number", "title", "outcome")


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision; `id` is the item's. Counts are None where nothing was counted."""

    id: int
    meeting_id: int
    body_id: int
    body_ko: str
    body_en: str
    meeting: str
    day: dt.date
    label: str
    number: str
    title: str
    restricted: bool
    outcome: str
    resolution: str
    remark: str
    method: str
    yes: int | None
    no: int | None
    abstain: int | None
    explanation: str


def years(read: Session) -> list[int]:
    """List the years with decisions, the latest first."""
    found = read.scalars(
        select(Meeting.starts_at)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .where(AgendaItem.outcome.in_(DECISIONS), Meeting.state.in_(OVER))
        .distinct()
    )
    return sorted({clock.local(moment).year for moment in found.all()}, reverse=True)


def decision_ids(
    read: Session,
    *,
    sort: str = "day",
    descending: bool = False,
    year: int | None = None,
    body_id: int | None = None,
    search: str = "",
    outcome: str | None = None,
) -> list[int]:
    """List the decisions in their order of view: by day, then as on the agenda.

    `search` is looked for in titles, texts, numbers and meetings, every word of it.
    """
    key = {
        "day": (Meeting.starts_at,),
        "number": (AgendaItem.number,),
        "title": (AgendaItem.title,),
        "outcome": (AgendaItem.outcome,),
    }[sort]
    query = (
        select(AgendaItem.id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.outcome.in_(DECISIONS), Meeting.state.in_(OVER))
    )
    if year is not None:
        first, last = (dt.datetime(number, 1, 1, tzinfo=clock.KST) for number in (year, year + 1))
        query = query.where(Meeting.starts_at >= first, Meeting.starts_at < last)
    if body_id is not None:
        query = query.where(Meeting.body_id == body_id)
    if outcome is not None:
        query = query.where(AgendaItem.outcome == outcome)
    for word in search.split():
        query = query.where(_mentions(word))
    order = [column.desc() if descending else column for column in key]
    rest = (Meeting.starts_at, AgendaItem.meeting_id, AgendaItem.position)
    return list(read.scalars(query.order_by(*order, *rest)).all())


def decision_rows(read: Session, *, ids: Sequence[int]) -> list[DecisionRow]:
    """Return decisions by their items' ids, in that order."""
    found = read.execute(
        select(
            AgendaItem.id,
            AgendaItem.meeting_id,
            Meeting.body_id,
            Body.short_ko,
            Body.short_en,
            Body.name_ko,
            Body.name_en,
            Meeting.title.label("meeting"),
            Meeting.starts_at,
            AgendaItem.label,
            AgendaItem.number,
            AgendaItem.title,
            AgendaItem.restricted,
            AgendaItem.outcome,
            AgendaItem.resolution,
            AgendaItem.remark,
        )
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .join(Body, Body.id == Meeting.body_id)
        .where(AgendaItem.id.in_(ids))
    )
    counted = _counts(read, ids)
    rows = {
        row.id: DecisionRow(
            row.id,
            row.meeting_id,
            row.body_id,
            row.short_ko or row.name_ko,
            row.short_en or row.name_en,
            row.meeting,
            clock.local(row.starts_at).date(),
            row.label,
            row.number,
            row.title,
            row.restricted,
            row.outcome,
            row.resolution,
            row.remark,
            *counted.get(row.id, ("", None, None, None, "")),
        )
        for row in found.all()
    }
    return [rows[id] for id in ids if id in rows]


def of_year(
    read: Session, *, year: int | None = None, body_id: int | None = None, search: str = ""
) -> list[DecisionRow]:
    """Return the decisions of a year, for print."""
    return decision_rows(read, ids=decision_ids(read, year=year, body_id=body_id, search=search))


def item_of(read: Session, *, table: str, id: int) -> int | None:
    """Return the item a vote or an amendment belongs to, None when it is gone."""
    entity: type[Vote] | type[Amendment] = Vote if table == "vote" else Amendment
    return read.scalar(select(entity.item_id).where(entity.id == id))


def named(row: DecisionRow) -> str:
    """Return the body's short name in the current language."""
    return row.body_en if language() == "en" and row.body_en else row.body_ko


def _mentions(word: str) -> ColumnElement[bool]:
    pattern = "%" + word.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    columns = (
        AgendaItem.title,
        AgendaItem.resolution,
        AgendaItem.remark,
        AgendaItem.number,
        Meeting.title,
    )
    joined = columns[0]
    for column in columns[1:]:
        joined = joined + " " + column  # type: ignore[assignment]
    return func.lower(joined).like(pattern, escape="\\")


def _counts(
    read: Session, ids: Sequence[int]
) -> dict[int, tuple[str, int | None, int | None, int | None, str]]:
    """Return how the last vote on each item was taken and counted."""
    found = read.execute(
        select(Vote.item_id, Vote.method, Vote.yes, Vote.no, Vote.abstain, Vote.explanation)
        .where(
            Vote.item_id.in_(ids),
            Vote.subject == VoteSubject.ITEM.value,
            Vote.state == VoteState.CLOSED.value,
        )
        .order_by(Vote.item_id, Vote.position)
    )
    return {item_id: tuple(rest) for item_id, *rest in found.all()}  # type: ignore[misc]
