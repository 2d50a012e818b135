"""The members' review of draft minutes, and the signatures of the chairs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import Attendance, Meeting
from db.schema.minutes import Minutes, MinutesAnswer
from db.store import usecase
from db.vocab import AnswerKind, MeetingKind, MeetingState, Presence, Role
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, required, tidy
from gwangju_desktop.meetings import guards, sheet
from gwangju_desktop.meetings.conditions import Condition
from gwangju_desktop.text import N_, NN_

CHAIRS = (Role.CHAIR, Role.CO_CHAIR)
CAME = (Presence.PRESENT, Presence.LEFT)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One member who was there and reviews the minutes; `id` is the attendance's.

    `agrees` is None until there is an answer. `signs` says that the minutes need this signature.
    """

    id: int
    name: str
    organisation_ko: str
    organisation_en: str
    post: str
    role: str
    capacity: str
    fictional: bool
    agrees: bool | None
    remark: str
    answered_on: dt.date | None
    signs: bool
    signed_on: dt.date | None


def reviewers(read: Session, *, meeting_id: int) -> list[ReviewRow]:
    """List who reviews the minutes, in order of precedence: who was there; in writing, all."""
    meeting = guards.meeting_of(read, meeting_id)
    row = read.scalars(select(Minutes).where(Minutes.meeting_id == meeting_id)).first()
    answers = _answers(read, row.id) if row is not None else {}
    seats = _asked(meeting, sheet.seats(read, meeting_id=meeting_id))
    signing = _signing(meeting, seats)
    rows = []
    for seat in seats:
        review = answers.get((seat.id, AnswerKind.REVIEW.value))
        sign = answers.get((seat.id, AnswerKind.SIGN.value))
        rows.append(
            ReviewRow(
                id=seat.id,
                name=seat.name,
                organisation_ko=seat.organisation_ko,
                organisation_en=seat.organisation_en,
                post=seat.post,
                role=seat.role,
                capacity=seat.capacity,
                fictional=seat.fictional,
                agrees=review.agrees if review is not None else None,
                remark=review.remark if review is not None else "",
                answered_on=review.answered_on if review is not None else None,
                signs=seat.id in signing,
                signed_on=sign.answered_on if sign is not None else None,
            )
        )
    return rows


@usecase("Record answers to the minutes")
def answer(
    tx: Session,
    *,
    meeting_id: int,
    ids: Sequence[int],
    agrees: bool | None,
    remark: str = "",
    on: dt.date | None = None,
) -> None:
    """Note that members reviewed the draft: they agree, have a remark, or (None) not yet."""
    row = _open(tx, meeting_id)
    said = tidy({"remark": remark}, ("remark",))["remark"]
    if agrees is False:
        required(said, N_("Write down what the member remarks."))
    for id in ids:
        _set(tx, row, id, AnswerKind.REVIEW, agrees, said, on)
    tx.flush()


@usecase("Record a signature")
def sign(
    tx: Session,
    *,
    meeting_id: int,
    ids: Sequence[int],
    signed: bool = True,
    on: dt.date | None = None,
) -> None:
    """Note that chairs signed the minutes, or take that back."""
    row = _open(tx, meeting_id)
    may = {one.id for one in reviewers(tx, meeting_id=meeting_id) if one.signs}
    if signed and not set(ids) <= may:
        raise UserError(
            N_("Only who presided or is a chair signs the minutes."),
            hint=N_("Choose a line marked for signature."),
        )
    for id in ids:
        _set(tx, row, id, AnswerKind.SIGN, True if signed else None, "", on)
    tx.flush()


def conditions(read: Session, row: Minutes) -> list[Condition]:
    """List what the review and the signatures still lack."""
    rows = reviewers(read, meeting_id=row.meeting_id)
    silent = [one for one in rows if one.agrees is None]
    remarks = [one for one in rows if one.agrees is False]
    unsigned = [one for one in rows if one.signs and one.signed_on is None]
    passed = row.review_until is None or clock.today() > row.review_until
    return [
        Condition(
            N_("Review of the members"),
            passed or not silent,
            NN_(
                "{n} member has not answered and the review lasts until {until:long}.",
                "{n} members have not answered and the review lasts until {until:long}.",
            ),
            N_("Wait, or record their answers."),
            values={"n": len(silent), "until": row.review_until},
        ),
        Condition(
            N_("Remarks of the members"),
            not remarks,
            N_("Remarks to look at: {names}."),
            needed=False,
            values={"names": ", ".join(one.name for one in remarks)},
        ),
        Condition(
            N_("Signatures of the chairs"),
            not unsigned,
            N_("Not signed yet: {names}."),
            N_("Record the signature in the list of answers."),
            values={"names": ", ".join(one.name for one in unsigned)},
        ),
    ]


def signers(read: Session, row: Minutes) -> str:
    """Return the names of who signed, as printed."""
    rows = reviewers(read, meeting_id=row.meeting_id)
    return ", ".join(one.name for one in rows if one.signed_on is not None)


def clear_signatures(tx: Session, row: Minutes) -> None:
    """Take the signatures away: a text that is reopened has to be signed anew."""
    for answer_ in tx.scalars(
        select(MinutesAnswer).where(
            MinutesAnswer.minutes_id == row.id, MinutesAnswer.kind == AnswerKind.SIGN.value
        )
    ).all():
        tx.delete(answer_)
    tx.flush()


def _asked(meeting: Meeting, seats: Sequence[sheet.SeatRow]) -> list[sheet.SeatRow]:
    if meeting.kind == MeetingKind.WRITTEN:
        return [seat for seat in seats if seat.voting]
    return [seat for seat in seats if seat.presence in CAME]


def _signing(meeting: Meeting, seats: Sequence[sheet.SeatRow]) -> set[int]:
    """Return who signs: the chairs who were there, without any who presided."""
    chairs = {seat.id for seat in seats if seat.role in CHAIRS}
    if chairs:
        return chairs
    return {seat.id for seat in seats if seat.membership_id == meeting.presiding_id}


def _answers(read: Session, minutes_id: int) -> dict[tuple[int, str], MinutesAnswer]:
    found = read.scalars(select(MinutesAnswer).where(MinutesAnswer.minutes_id == minutes_id)).all()
    return {(one.attendance_id, one.kind): one for one in found}


def _open(tx: Session, meeting_id: int) -> Minutes:
    meeting = guards.meeting_of(tx, meeting_id)
    row = tx.scalars(select(Minutes).where(Minutes.meeting_id == meeting_id)).first()
    if row is None or meeting.state != MeetingState.DRAFTED:
        raise UserError(
            N_("Answers are recorded between the draft of the minutes and their confirmation.")
        )
    return row


def _set(
    tx: Session,
    row: Minutes,
    seat: int,
    kind: AnswerKind,
    agrees: bool | None,
    remark: str,
    on: dt.date | None,
) -> None:
    held = tx.get(Attendance, seat)
    if held is None or held.meeting_id != row.meeting_id:
        raise ValueError("a seat of another meeting")
    known = tx.scalars(
        select(MinutesAnswer).where(
            MinutesAnswer.minutes_id == row.id,
            MinutesAnswer.attendance_id == seat,
            MinutesAnswer.kind == kind.value,
        )
    ).first()
    if agrees is None:
        if known is not None:
            tx.delete(known)
        return
    values = {"agrees": agrees, "remark": remark, "answered_on": on or clock.today()}
    if known is not None:
        change(known, values)
    else:
        tx.add(MinutesAnswer(minutes_id=row.id, attendance_id=seat, kind=kind.value, **values))
