"""The one rule of seats by office: who held the post sat where the post had a seat.

Every verb on posts calls `follow`, so that a change of holder reaches every body in one step.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.members import Body, Membership, Person
from db.schema.posts import Post, PostHolding, PostSeat
from db.vocab import Capacity, EndReason
from gwangju_desktop.forms import change
from gwangju_desktop.meetings import attendance
from gwangju_desktop.members import rules
from gwangju_desktop.members.memberships import DAY, withdraw
from gwangju_desktop.members.seatrules import keep_closed_meetings, keep_vote, refuse_overlap


@dataclass(frozen=True, slots=True)
class Span:
    """A membership there has to be: who sits where, from when to when, and why it ended."""

    body_id: int
    person_id: int
    starts_on: dt.date
    ends_on: dt.date | None
    reason: str | None
    role: str
    voting: bool


def follow(
    tx: Session, post_id: int, *, bodies: Collection[int] = (), people: Collection[int] = ()
) -> None:
    """Bring the memberships by a post in line with its holders and its seats.

    `bodies` and `people` had a seat, or held the post, until this step. Memberships of people never
    recorded as holders are history and stay, but end on the eve of a holder. Raises UserError when
    a held meeting would change or somebody would sit in a body twice.
    """
    tx.flush()
    post = tx.get_one(Post, post_id)
    spans = _spans(tx, post_id)
    seated = {*tx.scalars(select(PostSeat.body_id).where(PostSeat.post_id == post_id)), *bodies}
    rest = [row for row in tied(tx, post_id) if row.body_id in seated]
    touched = {row.body_id for row in rest} | {span.body_id for span in spans}
    kept: list[tuple[Span, Membership | None]] = []
    for span in spans:
        row = _match(span, rest) or _by_office(tx, span)
        if row in rest:
            rest.remove(row)
        kept.append((span, row))
    holders = {row.person_id for row in holdings(tx, post_id)} | {*people}
    for row in rest:
        _let_go(tx, row, spans, row.person_id in holders)
    for span, row in kept:
        if row is not None:
            _bring_in_line(tx, post, span, row)
    tx.flush()
    for span, row in kept:
        _seat(tx, post, span, row)
    for body_id in sorted(touched):
        attendance.fit_body(tx, body_id)


def _spans(tx: Session, post_id: int) -> list[Span]:
    seats = tx.scalars(
        select(PostSeat).where(PostSeat.post_id == post_id).order_by(PostSeat.starts_on)
    ).all()
    made = []
    for seat in seats:
        gone = tx.get_one(Body, seat.body_id).dissolved_on
        for held in holdings(tx, post_id):
            starts = max(seat.starts_on, held.starts_on)
            ends, reason = held.ends_on, held.end_reason or EndReason.POST_CHANGED.value
            for last, why in (
                (seat.ends_on, EndReason.POST_CHANGED.value),
                (gone, EndReason.DISSOLVED.value),
            ):
                if last is not None and (ends is None or last <= ends):
                    ends, reason = last, why
            if ends is None or starts <= ends:
                made.append(
                    Span(
                        seat.body_id,
                        held.person_id,
                        starts,
                        ends,
                        reason if ends else None,
                        seat.role,
                        seat.voting,
                    )
                )
    return made


def _match(span: Span, rows: Sequence[Membership]) -> Membership | None:
    """Return the membership a span is about: the same first day, else days in common."""
    mine = [row for row in rows if (row.body_id, row.person_id) == (span.body_id, span.person_id)]
    for row in mine:
        if row.starts_on == span.starts_on:
            return row
    for row in mine:
        if rules.overlap((span.starts_on, span.ends_on), (row.starts_on, row.ends_on)):
            return row
    return None


def _by_office(tx: Session, span: Span) -> Membership | None:
    """Return the membership by office that was entered before the post was."""
    untied = tx.scalars(
        select(Membership)
        .where(
            Membership.body_id == span.body_id,
            Membership.person_id == span.person_id,
            Membership.capacity == Capacity.EX_OFFICIO.value,
            Membership.post_id.is_(None),
        )
        .order_by(Membership.starts_on)
    )
    return _match(span, untied.all())


def _let_go(tx: Session, row: Membership, spans: Sequence[Span], was_holder: bool) -> None:
    if was_holder:
        withdraw(tx, row)
        return
    for span in spans:
        days = (row.starts_on, row.ends_on)
        if span.body_id != row.body_id or not rules.overlap((span.starts_on, span.ends_on), days):
            continue
        if row.starts_on >= span.starts_on:
            withdraw(tx, row)
            return
        row.ends_on = span.starts_on - DAY
        row.end_reason = EndReason.POST_CHANGED.value
        keep_closed_meetings(tx, row)


def _bring_in_line(tx: Session, post: Post, span: Span, row: Membership) -> None:
    if row.voting != span.voting:
        keep_vote(tx, row)
    if row.ends_on != span.ends_on:
        change(row, {"ends_on": span.ends_on, "end_reason": span.reason})
    change(
        row,
        {
            "starts_on": span.starts_on,
            "post_id": post.id,
            "role": span.role,
            "voting": span.voting,
        },
    )
    keep_closed_meetings(tx, row)


def _seat(tx: Session, post: Post, span: Span, row: Membership | None) -> None:
    """Seat the holder where no membership is yet, and refuse a second seat in either case."""
    refuse_overlap(
        tx,
        tx.get_one(Person, span.person_id),
        tx.get_one(Body, span.body_id),
        span.starts_on,
        span.ends_on,
        but=row.id if row else None,
    )
    if row is not None:
        return
    place = tx.scalars(
        select(Membership.position)
        .where(Membership.post_id == post.id, Membership.body_id == span.body_id)
        .order_by(Membership.starts_on.desc())
    ).first()
    tx.add(
        Membership(
            person_id=span.person_id,
            body_id=span.body_id,
            organisation_id=post.organisation_id,
            post=post.name_ko,
            post_id=post.id,
            role=span.role,
            capacity=Capacity.EX_OFFICIO.value,
            voting=span.voting,
            starts_on=span.starts_on,
            ends_on=span.ends_on,
            end_reason=span.reason,
            position=place,
        )
    )
    tx.flush()


def holdings(tx: Session, post_id: int) -> list[PostHolding]:
    """Return who held a post, the earliest first."""
    query = select(PostHolding).where(PostHolding.post_id == post_id)
    return list(tx.scalars(query.order_by(PostHolding.starts_on, PostHolding.id)).all())


def tied(tx: Session, post_id: int) -> list[Membership]:
    """Return the memberships by a post, the earliest first."""
    query = select(Membership).where(
        Membership.post_id == post_id, Membership.capacity == Capacity.EX_OFFICIO.value
    )
    return list(tx.scalars(query.order_by(Membership.starts_on, Membership.id)).all())
