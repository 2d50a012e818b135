"""Packs that are due: not out though the body's rule asks for papers, or out of date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.schema.packs import PackIssue
from db.vocab import AHEAD, ItemKind
from gwangju_desktop import clock
from gwangju_desktop.meetings import queries, quorums, rules
from gwangju_desktop.packs import stale


@dataclass(frozen=True, slots=True)
class DueRow:
    """A pack to look after: `issued` says that it went out and something has changed since.

    `due` is the day papers were due, of an issued one the day of the meeting.
    """

    meeting_id: int
    meeting: str
    secretariat: str
    issued: bool
    due: dt.date


def listed(read: Session, *, today: dt.date) -> list[DueRow]:
    """List the packs of meetings ahead that are due on a day.

    Papers that went out another way (자료배부) ask for no pack any more.
    """
    midnight = dt.datetime.combine(today, dt.time(), clock.KST)
    issued = exists().where(PackIssue.meeting_id == Meeting.id)
    listed_items = exists().where(
        AgendaItem.meeting_id == Meeting.id,
        AgendaItem.kind.not_in((ItemKind.PROCEDURE.value, ItemKind.HEADING.value)),
    )
    found = read.execute(
        select(
            Meeting.id,
            Meeting.body_id,
            Meeting.title,
            Meeting.secretariat,
            Meeting.starts_at,
            Meeting.distributed_on,
            issued.label("issued"),
        )
        .where(
            Meeting.state.in_(AHEAD),
            Meeting.starts_at >= midnight,
            Meeting.starts_at < midnight + queries.HORIZON,
            issued | listed_items,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    rows = []
    for row in found:
        held = clock.local(row.starts_at).date()
        if row.issued:
            if stale.outdated(read, meeting_id=row.id):
                rows.append(DueRow(row.id, row.title, row.secretariat, True, held))
            continue
        due = rules.materials_due(quorums.rule_on(read, row.body_id, held), held)
        if row.distributed_on is None and due <= today:
            rows.append(DueRow(row.id, row.title, row.secretariat, False, due))
    return rows
