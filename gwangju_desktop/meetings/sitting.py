"""How a sitting runs: recess and resumption, talks, who presides, who else is in the room."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.decisions import Recusal
from db.schema.meetings import AgendaItem, Attendance, Meeting
from db.schema.members import Membership
from db.schema.sittings import Break, Guest
from db.store import usecase
from db.vocab import BodyRuleKey, BreakKind, GuestKind, MeetingState, Openness, Role
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings import guards, movements, presence
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.members import profiles
from gwangju_desktop.text import N_

CHAIRS = (Role.CO_CHAIR, Role.CHAIR)
GUEST_FIELDS = ("kind", "name", "organisation", "post")
NO_GUEST = N_("There is no guest {id}.")
NO_BREAK = N_("There is no break {id}.")


# --- breaks


@usecase("Call a recess")
def recess(tx: Session, *, meeting_id: int, reason: str = "", at: dt.datetime | None = None) -> int:
    """Rest the sitting (정회); raises UserError when it rests already."""
    return _rest(tx, meeting_id, BreakKind.RECESS, reason, at)


@usecase("Turn into a talk")
def talk(tx: Session, *, meeting_id: int, reason: str = "", at: dt.datetime | None = None) -> int:
    """Go on as a talk without decisions (간담회 전환); a recess ends with it."""
    return _rest(tx, meeting_id, BreakKind.TALK, reason, at)


@usecase("Resume the sitting")
def resume(tx: Session, *, meeting_id: int, at: dt.datetime | None = None) -> int:
    """End the recess or talk (속개); raises UserError below the quorum."""
    meeting = guards.sitting(tx, meeting_id)
    rests = _open_break(tx, meeting_id)
    if rests is None:
        raise UserError(N_("The sitting does not rest."))
    when = _after(rests, guards.moment(meeting, at))
    held = presence.standing(tx, meeting_id=meeting_id)
    if not held.quorum_met:
        raise UserError(
            N_("Below the quorum, {present}/{required}: the sitting cannot be resumed."),
            hint=N_("Mark who has come, or adjourn."),
            present=held.attending,
            required=held.quorum_required,
        )
    rests.ends_at = when
    return rests.id


@usecase("Edit the break")
def edit_break(tx: Session, *, id: int, **values: Any) -> int:
    """Correct when a break began or ended, and its reason; breaks do not overlap."""
    rests = found(tx, Break, id, NO_BREAK)
    meeting = guards.sitting(tx, rests.meeting_id)
    fields = tidy(values, ("starts_at", "ends_at", "reason"))
    starts = guards.moment(meeting, fields.get("starts_at", rests.starts_at))
    ends = fields.get("ends_at", rests.ends_at)
    if rests.ends_at is not None and ends is None:
        raise UserError(N_("A break that has ended keeps a time of its end."))
    if rests.ends_at is None and ends is not None:
        raise UserError(N_("Resume the sitting to end the break."))
    if ends is not None and guards.moment(meeting, ends) < starts:
        raise UserError(N_("A break ends after it began."))
    for other in _breaks(tx, meeting.id):
        if other.id == id:
            continue
        begins_within = other.ends_at is None or starts < other.ends_at
        if begins_within and (ends is None or ends > other.starts_at):
            raise UserError(
                N_("Another break began at {at:time}."), at=clock.local(other.starts_at)
            )
    change(rests, fields)
    return id


def _rest(
    tx: Session, meeting_id: int, kind: BreakKind, reason: str, at: dt.datetime | None
) -> int:
    meeting = guards.sitting(tx, meeting_id)
    when = guards.moment(meeting, at)
    rests = _open_break(tx, meeting_id)
    if rests is not None:
        if rests.kind == kind:
            raise UserError(
                N_("The sitting rests since {at:time}."), at=clock.local(rests.starts_at)
            )
        rests.ends_at = _after(rests, when)
    else:
        _refuse_overlap(tx, meeting_id, when)
    text = tidy({"reason": reason}, ("reason",))["reason"]
    added = Break(meeting_id=meeting_id, kind=kind.value, starts_at=when, reason=text)
    tx.add(added)
    tx.flush()
    return added.id


def _breaks(tx: Session, meeting_id: int) -> list[Break]:
    held = tx.scalars(
        select(Break).where(Break.meeting_id == meeting_id).order_by(Break.starts_at, Break.id)
    )
    return list(held.all())


def _open_break(tx: Session, meeting_id: int) -> Break | None:
    return next((b for b in _breaks(tx, meeting_id) if b.ends_at is None), None)


def _after(rests: Break, when: dt.datetime) -> dt.datetime:
    if when < rests.starts_at:
        raise UserError(
            N_("{at:time} lies before the break began at {began:time}."),
            hint=N_("Set the clock of this PC right, or enter the time yourself."),
            at=clock.local(when),
            began=clock.local(rests.starts_at),
        )
    return when


def _refuse_overlap(tx: Session, meeting_id: int, when: dt.datetime) -> None:
    ends = [b.ends_at for b in _breaks(tx, meeting_id) if b.ends_at is not None]
    if ends and when < max(ends):
        raise UserError(
            N_("{at:time} lies before the sitting was resumed at {resumed:time}."),
            hint=N_("Set the clock of this PC right, or enter the time yourself."),
            at=clock.local(when),
            resumed=clock.local(max(ends)),
        )


# --- who presides, who writes


@usecase("Set who presides")
def preside(
    tx: Session,
    *,
    meeting_id: int,
    membership_id: int,
    ground: str = "",
    item_id: int | None = None,
) -> int:
    """Say which member presides over the meeting, or over one item where the chair steps aside.

    Somebody who is no chair of the body acts for one and needs a ground (직무대행 사유), and so
    does every change for one item. Raises UserError for one who is recused on the item.
    """
    meeting = guards.changeable(tx, meeting_id)
    seat = tx.scalars(
        select(Attendance).where(
            Attendance.meeting_id == meeting_id, Attendance.membership_id == membership_id
        )
    ).first()
    if seat is None:
        raise UserError(N_("Only somebody with a seat at the meeting can preside."))
    name = movements.name_of(tx, seat)
    role = tx.get_one(Membership, membership_id).role
    text = tidy({"ground": ground}, ("ground",))["ground"]
    if item_id is not None:
        return _preside_item(tx, meeting_id, item_id, seat, name, text)
    if role not in CHAIRS:
        text = required(text, N_("An acting chair needs a ground."))
    change(meeting, {"presiding": name, "presiding_id": membership_id, "presiding_ground": text})
    return meeting_id


def _preside_item(
    tx: Session, meeting_id: int, item_id: int, seat: Attendance, name: str, ground: str
) -> int:
    item = found(tx, AgendaItem, item_id, guards.NO_ITEM)
    if item.meeting_id != meeting_id:
        raise ValueError("an item of another meeting")
    aside = select(Recusal.id).where(Recusal.item_id == item_id, Recusal.attendance_id == seat.id)
    if tx.scalars(aside).first() is not None:
        raise UserError(N_("{name} takes no part in this item and cannot preside."), name=name)
    ground = required(ground, N_("An acting chair needs a ground."))
    change(item, {"presiding_id": seat.membership_id, "presiding_ground": ground})
    return item_id


@usecase("Let the chair preside again")
def preside_again(tx: Session, *, item_id: int) -> int:
    """Take back that somebody else presides over an item."""
    item, _meeting = guards.item_of(tx, item_id)
    change(item, {"presiding_id": None, "presiding_ground": ""})
    return item_id


@usecase("Set the secretary")
def set_secretary(tx: Session, *, meeting_id: int, name: str) -> int:
    """Say who writes at the meeting; the secretary need not be a member."""
    meeting = guards.changeable(tx, meeting_id)
    change(meeting, tidy({"secretary": name}, ("secretary",)))
    return meeting_id


# --- spectators and others in the room


@usecase("Decide who may watch")
def set_openness(tx: Session, *, meeting_id: int, public: bool, ground: str = "") -> int:
    """Open a meeting to spectators or close it; what departs from the body's rule has a ground."""
    meeting = guards.changeable(tx, meeting_id)
    text = tidy({"ground": ground}, ("ground",))["ground"]
    day = clock.local(meeting.starts_at).date()
    usual = profiles.in_force(tx, meeting.body_id, day).value(BodyRuleKey.OPENNESS)
    if not public and usual == Openness.OPEN:
        text = required(text, N_("A closed sitting needs its ground."))
    watching = select(Guest.id).where(
        Guest.meeting_id == meeting_id, Guest.kind == GuestKind.SPECTATOR.value
    )
    if not public and meeting.state != MeetingState.OPENED and tx.scalars(watching).first():
        raise UserError(
            N_("Spectators are listed."), hint=N_("Take them off the list before you close it.")
        )
    change(meeting, {"public": public, "closed_ground": text})
    return meeting_id


@usecase("Add guest")
def add_guest(
    tx: Session,
    *,
    meeting_id: int,
    name: str,
    kind: str = GuestKind.OBSERVER.value,
    organisation: str = "",
    post: str = "",
) -> int:
    """Note somebody in the room without a seat: 배석자, or 방청인 where the sitting is open."""
    meeting = guards.changeable(tx, meeting_id)
    fields = tidy(
        {"kind": GuestKind(kind).value, "name": name, "organisation": organisation, "post": post},
        GUEST_FIELDS,
    )
    fields["name"] = required(fields["name"], N_("A guest needs a name."))
    _refuse_spectators(meeting, fields["kind"])
    last = tx.scalars(
        select(Guest.position)
        .where(Guest.meeting_id == meeting_id)
        .order_by(Guest.position.desc())
        .limit(1)
    ).first()
    guest = Guest(meeting_id=meeting_id, position=(last or 0) + GAP, **fields)
    tx.add(guest)
    tx.flush()
    return guest.id


@usecase("Edit guest")
def edit_guest(tx: Session, *, id: int, **values: Any) -> int:
    """Change what is written of a guest."""
    guest = found(tx, Guest, id, NO_GUEST)
    meeting = guards.changeable(tx, guest.meeting_id)
    fields = tidy(values, GUEST_FIELDS)
    if "name" in fields:
        required(fields["name"], N_("A guest needs a name."))
    if "kind" in fields:
        fields["kind"] = GuestKind(fields["kind"]).value
        _refuse_spectators(meeting, fields["kind"])
    change(guest, fields)
    return id


@usecase("Remove guest")
def remove_guest(tx: Session, *, id: int) -> None:
    """Take a guest off the list."""
    guest = found(tx, Guest, id, NO_GUEST)
    guards.changeable(tx, guest.meeting_id)
    tx.delete(guest)


def _refuse_spectators(meeting: Meeting, kind: str) -> None:
    if kind == GuestKind.SPECTATOR and not meeting.public:
        raise UserError(
            N_("The sitting is closed to spectators."),
            hint=N_("Open it to spectators first."),
        )
