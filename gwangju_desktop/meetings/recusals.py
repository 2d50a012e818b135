"""Members who take no part in an item: 제척, 기피, 회피 (각종위원회 조례 제7조)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.decisions import Recusal, Vote
from db.schema.meetings import AgendaItem, Attendance
from db.schema.members import Person
from db.store import usecase
from db.vocab import RecusalKind, Verdict, VoteState, VoteSubject
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings import guards, movements
from gwangju_desktop.text import N_

NO_RECUSAL = N_("There is no recusal {id}.")
NO_GROUND = N_("A recusal needs its ground.")


@dataclass(frozen=True, slots=True)
class RecusalRow:
    """Somebody who takes no part; `lost` says that the body voted a challenge down."""

    id: int
    item_id: int
    attendance_id: int
    name: str
    kind: str
    ground: str
    voted: bool
    lost: bool


@usecase("Record a recusal")
def recuse(tx: Session, *, item_id: int, attendance_id: int, kind: str, ground: str) -> int:
    """Note that a seat takes no part in an item; raises UserError once the item was voted on.

    Who presides over the item steps down from the chair in another step (sitting.preside).
    """
    item, _meeting = guards.item_of(tx, item_id)
    seat = found(tx, Attendance, attendance_id, movements.NO_SEAT)
    if seat.meeting_id != item.meeting_id:
        raise ValueError("a seat of another meeting")
    _refuse_voted(tx, item)
    text = required(tidy({"ground": ground}, ("ground",))["ground"], NO_GROUND)
    known = tx.scalars(
        select(Recusal).where(Recusal.item_id == item_id, Recusal.attendance_id == attendance_id)
    ).first()
    if known is not None:
        change(known, {"kind": RecusalKind(kind).value, "ground": text})
        return known.id
    added = Recusal(
        item_id=item_id,
        attendance_id=attendance_id,
        kind=RecusalKind(kind).value,
        ground=text,
    )
    tx.add(added)
    if item.presiding_id == seat.membership_id:
        change(item, {"presiding_id": None, "presiding_ground": ""})
    tx.flush()
    return added.id


@usecase("Take the recusal back")
def lift(tx: Session, *, id: int) -> None:
    """Let a seat take part again; raises UserError where the body voted on it."""
    recusal = found(tx, Recusal, id, NO_RECUSAL)
    item, _meeting = guards.item_of(tx, recusal.item_id)
    _refuse_voted(tx, item)
    if tx.scalars(select(Vote.id).where(Vote.recusal_id == id)).first() is not None:
        raise UserError(N_("The body has voted on this recusal."))
    tx.delete(recusal)


def of_item(read: Session, *, item_id: int) -> list[RecusalRow]:
    """List who takes no part in an item."""
    results = dict(
        read.execute(
            select(Vote.recusal_id, Vote.result)
            .join(Recusal, Recusal.id == Vote.recusal_id)
            .where(Recusal.item_id == item_id, Vote.state == VoteState.CLOSED.value)
            .order_by(Vote.id)
        ).all()
    )
    found_rows = read.execute(
        select(
            Recusal.id,
            Recusal.item_id,
            Recusal.attendance_id,
            func.coalesce(Attendance.recorded_name, Person.name).label("name"),
            Recusal.kind,
            Recusal.ground,
        )
        .join(Attendance, Attendance.id == Recusal.attendance_id)
        .join(Person, Person.id == Attendance.person_id)
        .where(Recusal.item_id == item_id)
        .order_by(Recusal.id)
    )
    return [
        RecusalRow(*row, row.id in results, results.get(row.id) == Verdict.LOST)
        for row in found_rows.all()
    ]


def _refuse_voted(tx: Session, item: AgendaItem) -> None:
    """Raise UserError once an item was voted on: who was entitled is frozen then."""
    voted = select(Vote.id).where(
        Vote.item_id == item.id,
        Vote.subject.in_((VoteSubject.ITEM.value, VoteSubject.AMENDMENT.value)),
        Vote.state == VoteState.CLOSED.value,
    )
    if tx.scalars(voted).first() is not None:
        raise UserError(
            N_("“{title}” was voted on already."),
            hint=N_("Take the vote back first."),
            title=item.title,
        )
