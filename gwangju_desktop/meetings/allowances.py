"""The attendance allowance (참석수당): who is paid how much for a meeting, and who is not, and why.

Amounts, hours and the tax mode are dated rules of the body (ALLOWANCE…); hours follow from the
comings and goings. Nothing of banks, accounts or dates of birth is kept: the sheet has empty columns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, Membership, Organisation
from db.schema.posts import Post
from db.schema.sittings import Break
from db.store import usecase
from db.vocab import (
    BodyRuleKey,
    BreakKind,
    Capacity,
    MeetingKind,
    MeetingState,
    Presence,
    Reply,
    Role,
    TaxMode,
)
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, required, tidy
from gwangju_desktop.meetings import guards, movements, sheet, taxes
from gwangju_desktop.members import profiles
from gwangju_desktop.text import C_, N_, Msg

# Attend by their seat in the order of business, without being members.
NO_MEMBERS = (Role.OBSERVER, Role.SECRETARY)
ABSENT = C_("allowance", "Did not attend")
ON_DUTY = C_("allowance", "Official attending in the line of duty")
NOT_A_MEMBER = C_("allowance", "Attends without being a member")
BY_SUBSTITUTE = C_("allowance", "A substitute attended")
NO_AMOUNT = C_("allowance", "The body's rule sets no allowance")
NOT_HELD = C_("allowance", "Meeting not held")
# How many at most; what is typed for one person is kept in the list of rules as well.
_RULES = (
    BodyRuleKey.ALLOWANCE,
    BodyRuleKey.ALLOWANCE_LONG,
    BodyRuleKey.ALLOWANCE_HOURS,
    BodyRuleKey.ALLOWANCE_TAX,
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a body pays on a day: won, won more after so many hours, the tax mode, the sources."""

    amount: int
    more: int
    hours: int | None
    mode: str
    sources: tuple[str, ...]
    unverified: bool

    @property
    def taxed(self) -> bool:
        """Say whether tax may be withheld."""
        return self.mode == TaxMode.OTHER_INCOME


@dataclass(frozen=True, slots=True)
class PayRow:
    """One seat on the payment sheet; `id` is the attendance's.

    `minutes` is the time in the sitting, breaks out. `reason` says why nothing is paid by the
    rule, or is what was typed for an exception (`by_hand`); empty for who is paid by the rule.
    `name` is who attended: the substitute where one came.
    """

    id: int
    person_id: int
    name: str
    holder: str
    organisation_ko: str
    organisation_en: str
    post: str
    capacity: str
    fictional: bool
    minutes: int
    long: bool
    pays: bool
    by_rule: bool
    by_hand: bool
    reason: Msg | str
    paid: taxes.Paid


@dataclass(frozen=True, slots=True)
class PaySheet:
    """The payment sheet of a meeting; `final` once the meeting has ended."""

    meeting_id: int
    body_id: int
    body_ko: str
    body_en: str
    title: str
    day: dt.date
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    place: str
    minutes: int
    resting: int
    final: bool
    terms: Terms
    rows: tuple[PayRow, ...]

    @property
    def payees(self) -> tuple[PayRow, ...]:
        """Return those who are paid."""
        return tuple(row for row in self.rows if row.pays)

    @property
    def others(self) -> tuple[PayRow, ...]:
        """Return those who are not paid."""
        return tuple(row for row in self.rows if not row.pays)

    @property
    def total(self) -> taxes.Paid:
        """Add up what is granted and withheld."""
        paid = [row.paid for row in self.payees]
        return taxes.Paid(
            sum(one.gross for one in paid),
            sum(one.tax for one in paid),
            sum(one.local for one in paid),
        )


@usecase("Decide on the allowance")
def set_paid(tx: Session, *, ids: Sequence[int], paid: bool | None, reason: str = "") -> None:
    """Pay seats of one meeting, or do not, against the body's rule; None follows the rule again.

    An exception needs its reason. Raises UserError for one who was not there: an allowance is
    for attending (각종위원회 조례 제11조).
    """
    seats = movements.seats_of(tx, ids)
    if not seats:
        return
    why = tidy({"reason": reason}, ("reason",))["reason"]
    if paid is None:
        why = ""
    else:
        required(why, N_("An exception needs its reason."))
    for seat in seats:
        if paid and seat.presence not in (Presence.PRESENT, Presence.LEFT):
            raise UserError(
                N_("{name} did not attend: an allowance is paid for attending."),
                name=movements.name_of(tx, seat),
            )
        change(seat, {"paid": paid, "paid_reason": why})


def terms_on(read: Session, body_id: int, day: dt.date) -> Terms:
    """Return what a body pays on a day, by its own rules or the defaults in force."""
    held = profiles.in_force(read, body_id, day)
    entries = [held.entries[rule] for rule in _RULES if rule in held.entries]
    return Terms(
        amount=held.value(BodyRuleKey.ALLOWANCE) or 0,
        more=held.value(BodyRuleKey.ALLOWANCE_LONG) or 0,
        hours=held.value(BodyRuleKey.ALLOWANCE_HOURS),
        mode=held.value(BodyRuleKey.ALLOWANCE_TAX) or TaxMode.NON_TAXABLE.value,
        sources=tuple(dict.fromkeys(entry.source for entry in entries if entry.source)),
        unverified=any(entry.unverified for entry in entries),
    )


def pay_sheet(read: Session, *, meeting_id: int, now: dt.datetime | None = None) -> PaySheet:
    """Work out the payment sheet of a meeting, in the body's order of precedence.

    While a meeting is in session its times count up to `now`. Raises UserError where the tax
    rates of its day are not known.
    """
    meeting = guards.meeting_of(read, meeting_id)
    body = read.get_one(Body, meeting.body_id)
    day = clock.local(meeting.starts_at).date()
    terms = terms_on(read, meeting.body_id, day)
    until = meeting.closed_at or now or clock.now()
    rests = _rests(read, meeting_id, until)
    on_duty = officials(read, meeting_id)
    kept = {
        row.id: row
        for row in read.execute(
            select(Attendance.id, Attendance.paid, Attendance.paid_reason).where(
                Attendance.meeting_id == meeting_id
            )
        ).all()
    }
    rows = []
    for seat in sheet.seats(read, meeting_id=meeting_id):
        minutes = _minutes(meeting, seat, rests, until)
        rows.append(_row(meeting, seat, kept[seat.id], seat.id in on_duty, minutes, terms, day))
    opened = meeting.opened_at
    resting = sum(_length(start, end) for start, end in rests)
    whole = _length(opened, until) - resting if opened else 0
    return PaySheet(
        meeting_id=meeting_id,
        body_id=body.id,
        body_ko=body.name_ko,
        body_en=body.name_en,
        title=meeting.title,
        day=day,
        opened_at=clock.local(opened) if opened else None,
        closed_at=clock.local(meeting.closed_at) if meeting.closed_at else None,
        place=meeting.place,
        minutes=max(0, whole),
        resting=resting,
        final=MeetingState(meeting.state).over,
        terms=terms,
        rows=tuple(rows),
    )


def _row(
    meeting: Meeting,
    seat: sheet.SeatRow,
    kept: Any,
    official: bool,
    minutes: int,
    terms: Terms,
    day: dt.date,
) -> PayRow:
    reason = _why_not(meeting, seat, official, terms)
    by_rule = reason is None
    pays = by_rule if kept.paid is None else bool(kept.paid)
    attended = seat.presence in (Presence.PRESENT, Presence.LEFT)
    pays = pays and attended
    long = terms.hours is not None and minutes > terms.hours * 60
    gross = terms.amount + (terms.more if long else 0) if pays else 0
    by_substitute = seat.reply == Reply.SUBSTITUTE and attended and bool(seat.substitute)
    return PayRow(
        id=seat.id,
        person_id=seat.person_id,
        name=seat.substitute if by_substitute else seat.name,
        holder=seat.name,
        organisation_ko=seat.organisation_ko,
        organisation_en=seat.organisation_en,
        post=seat.substitute_post if by_substitute else seat.post,
        capacity=seat.capacity,
        fictional=seat.fictional,
        minutes=minutes,
        long=long,
        pays=pays,
        by_rule=by_rule,
        by_hand=kept.paid is not None,
        reason=kept.paid_reason if kept.paid is not None else reason or "",
        paid=taxes.work_out(gross, terms.mode, day),
    )


def _why_not(meeting: Meeting, seat: sheet.SeatRow, official: bool, terms: Terms) -> Msg | None:
    """Return why the rule pays nothing for a seat; None where it does (domain 2.6)."""
    if meeting.opened_at is None or meeting.kind == MeetingKind.WRITTEN:
        return NOT_HELD
    if seat.presence not in (Presence.PRESENT, Presence.LEFT):
        return ABSENT
    if official:
        return ON_DUTY
    if seat.role in NO_MEMBERS:
        return NOT_A_MEMBER
    if seat.reply == Reply.SUBSTITUTE:
        return BY_SUBSTITUTE
    if not terms.amount:
        return NO_AMOUNT
    return None


def officials(read: Session, meeting_id: int) -> set[int]:
    """Return the seats whose holders come in the line of duty.

    They hold the seat by their post, in an organisation whose people count as officials; the
    organisation is the seat's own, else that of the post.
    """
    posts = Organisation.__table__.alias("post_organisation")
    found = read.scalars(
        select(Attendance.id)
        .join(Membership, Membership.id == Attendance.membership_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(Post, Post.id == Membership.post_id)
        .outerjoin(posts, posts.c.id == Post.organisation_id)
        .where(
            Attendance.meeting_id == meeting_id,
            Membership.capacity == Capacity.EX_OFFICIO.value,
            func.coalesce(Organisation.official, posts.c.official).is_(True),
        )
    )
    return set(found.all())


Span = tuple[dt.datetime, dt.datetime]


def _rests(read: Session, meeting_id: int, until: dt.datetime) -> list[Span]:
    """Return the recesses; a talk without decisions (간담회) is work of those who came."""
    found = read.execute(
        select(Break.starts_at, Break.ends_at)
        .where(Break.meeting_id == meeting_id, Break.kind == BreakKind.RECESS.value)
        .order_by(Break.starts_at)
    )
    return [(start, min(end or until, until)) for start, end in found.all()]


def _minutes(
    meeting: Meeting, seat: sheet.SeatRow, rests: Sequence[Span], until: dt.datetime
) -> int:
    """Return the minutes a seat's holder was in the sitting, breaks out.

    A seat without comings was there from the opening to the end where its mark says so.
    """
    if meeting.opened_at is None:
        return 0
    spans = _spans(meeting.opened_at, seat, until)
    inside = sum(_length(start, end) for start, end in spans)
    rested = sum(
        _length(max(start, rest[0]), min(end, rest[1])) for start, end in spans for rest in rests
    )
    return max(0, inside - rested)


def _spans(opened: dt.datetime, seat: sheet.SeatRow, until: dt.datetime) -> list[Span]:
    if not seat.moves:
        there = seat.presence in (Presence.PRESENT, Presence.LEFT)
        return [(opened, until)] if there else []
    spans: list[Span] = []
    since: dt.datetime | None = None
    for move in seat.moves:
        if move.inside:
            since = since or move.at
        elif since is not None:
            spans.append((since, move.at))
            since = None
    if since is not None:
        spans.append((since, until))
    return [(max(start, opened), min(end, until)) for start, end in spans]


def _length(start: dt.datetime, end: dt.datetime) -> int:
    """Return whole minutes, none where the span is empty."""
    return max(0, int((end - start).total_seconds()) // 60)
