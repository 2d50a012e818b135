"""Posts (환경국장), their holders, and the seats in bodies that go with them (당연직).

A membership by a post is nowhere entered by hand: `follow` works it out from who held the post and
which seats went with it, so that one change of holder reaches every body in one step.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.members import Body, Membership, Person
from db.schema.posts import Post, PostHolding, PostSeat
from db.store import usecase
from db.vocab import EndReason, Role
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings.rules import GAP, place_between
from gwangju_desktop.members import rules
from gwangju_desktop.members.following import follow, holdings, tied
from gwangju_desktop.members.memberships import DAY, NO_BODY
from gwangju_desktop.members.organisations import organisation_id
from gwangju_desktop.members.people import NO_NAME, check_days, living
from gwangju_desktop.text import N_

Days = tuple[dt.date, dt.date | None]
POST_FIELDS = ("name_ko", "name_en")
SEAT_FIELDS = ("role", "voting", "starts_on", "ends_on", "source")
NO_POST = N_("There is no post {id}.")
NO_HOLDING = N_("There is no holder of a post {id}.")
NO_SEAT = N_("There is no seat of a post {id}.")
HOLDS_SINCE = N_("{name} holds the post {post} since {start:full}.")
HOLDS_FROM_TO = N_("{name} holds the post {post} from {start:full} to {end:full}.")


# --- posts


@usecase("Add post")
def add_post(tx: Session, *, name_ko: str, name_en: str = "", organisation: str = "") -> int:
    """Add a post at the end of the order of offices (직제 순)."""
    fields = tidy({"name_ko": name_ko, "name_en": name_en}, POST_FIELDS)
    required(fields["name_ko"], NO_NAME)
    of = organisation_id(tx, organisation)
    _refuse_same(tx, fields["name_ko"], of)
    last = tx.scalar(select(func.max(Post.position))) or 0
    row = Post(organisation_id=of, position=last + GAP, **fields)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit post")
def edit_post(tx: Session, *, id: int, organisation: str | None = None, **values: Any) -> int:
    """Change a post; those in office by it are called as it is called from now on."""
    post = found(tx, Post, id, NO_POST)
    before = (post.name_ko, post.organisation_id)
    fields = tidy(values, POST_FIELDS)
    if "name_ko" in fields:
        required(fields["name_ko"], NO_NAME)
    if organisation is not None:
        fields["organisation_id"] = organisation_id(tx, organisation)
    change(post, fields)
    tx.flush()
    _refuse_same(tx, post.name_ko, post.organisation_id, but=id)
    for row in tied(tx, id):
        if row.ends_on is None and (row.post, row.organisation_id) == before:
            change(row, {"post": post.name_ko, "organisation_id": post.organisation_id})
    return id


@usecase("Remove post")
def remove_post(tx: Session, *, id: int) -> int:
    """Take away a post nobody sat anywhere by."""
    post = found(tx, Post, id, NO_POST)
    sat = tx.scalar(select(func.count()).where(Membership.post_id == id))
    if sat:
        raise UserError(
            N_("Memberships go with the post {post}."),
            hint=N_("End its seats instead; what was stays to be seen."),
            post=post.name_ko,
        )
    for table in (PostSeat, PostHolding):
        for row in tx.scalars(select(table).where(table.post_id == id)).all():
            tx.delete(row)
    tx.flush()
    tx.delete(post)
    return id


@usecase("Move post")
def move_post(tx: Session, *, id: int, by: int) -> int:
    """Move a post so many places up (negative) or down in the order of offices."""
    post = found(tx, Post, id, NO_POST)
    order = list(tx.scalars(select(Post).order_by(Post.position, Post.id)).all())
    at = order.index(post)
    others = [row.position for row in order if row is not post]
    to = max(0, min(len(others), at + by))
    if to == at:
        return id
    free = place_between(others, to)
    if free is None:
        for n, row in enumerate(order, start=1):
            row.position = n * GAP
        tx.flush()
        return move_post(tx, id=id, by=by)
    post.position = free
    return id


def _refuse_same(tx: Session, name_ko: str, of: int | None, but: int | None = None) -> None:
    same = select(Post.id).where(
        Post.name_ko == name_ko, Post.organisation_id.is_not_distinct_from(of)
    )
    if any(id != but for id in tx.scalars(same).all()):
        raise UserError(
            N_("There is already a post {post}."),
            hint=N_("Choose it from the list."),
            post=name_ko,
        )


def post_named(
    tx: Session, body_id: int, title: str, *, person_id: int | None = None, days: Days | None = None
) -> Post | None:
    """Return the post of this Korean or English name that has a seat in a body; None for no one.

    A seat by office that comes from outside (an import) goes with this post from then on: set its
    `post_id`, and it ends on the eve of the next holder. Given the person and the days of the seat,
    None also where another is recorded as the holder on one of these days: who is right is not
    for a file to say.
    """
    called = " ".join(title.split()).casefold()
    with_seat = select(PostSeat.post_id).where(PostSeat.body_id == body_id)
    posts = tx.scalars(select(Post).where(Post.id.in_(with_seat)).order_by(Post.id)).all()
    same = [
        post
        for post in posts
        if called and called in (post.name_ko.casefold(), post.name_en.casefold())
    ]
    if len(same) != 1:
        return None
    if days is not None and any(
        row.person_id != person_id and rules.overlap(days, (row.starts_on, row.ends_on))
        for row in holdings(tx, same[0].id)
    ):
        return None
    return same[0]


# --- holders


@usecase("Change holder of the post")
def change_holder(
    tx: Session,
    *,
    post_id: int,
    person_id: int,
    on: dt.date,
    reason: str = EndReason.POST_CHANGED.value,
) -> int:
    """Let a person hold a post from a day on: the holder before ends on the eve.

    Every body with a seat of the post changes with it. Raises UserError when the person has the
    post, another has it later, or a held meeting would change.
    """
    post = found(tx, Post, post_id, NO_POST)
    person = living(tx, person_id)
    for row in holdings(tx, post_id):
        if not rules.in_office(row.starts_on, row.ends_on, on):
            continue
        if row.person_id == person.id:
            _refuse_held(tx, post, row)
        if row.starts_on < on:
            row.ends_on = on - DAY
            row.end_reason = EndReason(reason).value
    tx.flush()
    later = [row.starts_on for row in holdings(tx, post_id) if row.starts_on > on]
    row = PostHolding(
        post_id=post_id,
        person_id=person.id,
        starts_on=on,
        ends_on=min(later) - DAY if later else None,
        end_reason=EndReason.POST_CHANGED.value if later else None,
    )
    _refuse_two_holders(tx, post, row)
    tx.add(row)
    follow(tx, post_id)
    return row.id


@usecase("Add holder of the post")
def add_holding(
    tx: Session,
    *,
    post_id: int,
    person_id: int,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    reason: str | None = None,
) -> int:
    """Note who held a post from a day to a day; days of another holder are refused."""
    post = found(tx, Post, post_id, NO_POST)
    check_days(starts_on, ends_on)
    row = PostHolding(
        post_id=post_id,
        person_id=living(tx, person_id).id,
        starts_on=starts_on,
        ends_on=ends_on,
        end_reason=None if reason is None else EndReason(reason).value,
    )
    _refuse_two_holders(tx, post, row)
    tx.add(row)
    follow(tx, post_id)
    return row.id


@usecase("Edit holder of the post")
def edit_holding(
    tx: Session,
    *,
    id: int,
    starts_on: dt.date,
    ends_on: dt.date | None,
    reason: str | None = None,
) -> int:
    """Correct the days somebody held a post."""
    row = found(tx, PostHolding, id, NO_HOLDING)
    check_days(starts_on, ends_on)
    ended = reason if ends_on is not None else None
    change(row, {"starts_on": starts_on, "ends_on": ends_on, "end_reason": ended})
    _refuse_two_holders(tx, tx.get_one(Post, row.post_id), row)
    follow(tx, row.post_id)
    return id


@usecase("End holding of the post")
def end_holding(tx: Session, *, id: int, ends_on: dt.date, reason: str) -> int:
    """End a holding on its last day; the post is vacant after, and so are its seats."""
    row = found(tx, PostHolding, id, NO_HOLDING)
    why = EndReason(reason).value
    return edit_holding(tx, id=id, starts_on=row.starts_on, ends_on=ends_on, reason=why)


@usecase("Remove holder of the post")
def remove_holding(tx: Session, *, id: int) -> int:
    """Take away a holder entered by mistake, with the memberships that came of it."""
    row = found(tx, PostHolding, id, NO_HOLDING)
    tx.delete(row)
    follow(tx, row.post_id, people=(row.person_id,))
    return id


def _refuse_two_holders(tx: Session, post: Post, row: PostHolding) -> None:
    for other in holdings(tx, post.id):
        span = (row.starts_on, row.ends_on)
        if other is not row and rules.overlap(span, (other.starts_on, other.ends_on)):
            _refuse_held(tx, post, other)


def _refuse_held(tx: Session, post: Post, held: PostHolding) -> None:
    raise UserError(
        HOLDS_SINCE if held.ends_on is None else HOLDS_FROM_TO,
        hint=N_("Choose days outside it, or correct that holder first."),
        name=tx.get_one(Person, held.person_id).name,
        post=post.name_ko,
        start=held.starts_on,
        end=held.ends_on or held.starts_on,
    )


# --- seats that go with a post


@usecase("Add seat of the post")
def add_seat(
    tx: Session,
    *,
    post_id: int,
    body_id: int,
    starts_on: dt.date,
    role: str = Role.MEMBER.value,
    voting: bool = True,
    ends_on: dt.date | None = None,
    source: str = "",
) -> int:
    """Let whoever holds a post sit in a body; who sits there by office already is taken over."""
    found(tx, Post, post_id, NO_POST)
    found(tx, Body, body_id, NO_BODY)
    fields = _seat_fields(
        {
            "role": role,
            "voting": voting,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "source": source,
        }
    )
    row = PostSeat(post_id=post_id, body_id=body_id, **fields)
    _check_seat(tx, row)
    tx.add(row)
    follow(tx, post_id)
    return row.id


@usecase("Edit seat of the post")
def edit_seat(tx: Session, *, id: int, **values: Any) -> int:
    """Correct a seat that goes with a post."""
    row = found(tx, PostSeat, id, NO_SEAT)
    change(row, _seat_fields(values))
    _check_seat(tx, row)
    follow(tx, row.post_id)
    return id


@usecase("End seat of the post")
def end_seat(tx: Session, *, id: int, ends_on: dt.date) -> int:
    """Let a seat go with the post until a last day only."""
    return edit_seat(tx, id=id, ends_on=ends_on)


@usecase("Remove seat of the post")
def remove_seat(tx: Session, *, id: int) -> int:
    """Take away a seat entered by mistake, with the memberships that came of it."""
    row = found(tx, PostSeat, id, NO_SEAT)
    tx.delete(row)
    follow(tx, row.post_id, bodies=(row.body_id,))
    return id


def _seat_fields(values: dict[str, Any]) -> dict[str, Any]:
    fields = tidy(values, SEAT_FIELDS)
    if "role" in fields:
        fields["role"] = Role(fields["role"]).value
    return fields


def _check_seat(tx: Session, row: PostSeat) -> None:
    check_days(row.starts_on, row.ends_on)
    if row.role == Role.OBSERVER.value:
        row.voting = False
    others = select(PostSeat).where(
        PostSeat.post_id == row.post_id, PostSeat.body_id == row.body_id
    )
    for other in tx.scalars(others).all():
        span = (row.starts_on, row.ends_on)
        if other is not row and rules.overlap(span, (other.starts_on, other.ends_on)):
            body = tx.get_one(Body, row.body_id)
            raise UserError(
                N_("The post has a seat in {body} since {start:full}."),
                hint=N_("Change that seat, or end it first."),
                body=rules.named(body.short_ko, body.short_en),
                start=other.starts_on,
            )
