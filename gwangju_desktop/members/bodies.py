"""Bodies as a tree, one body whole with its rules on a day, and what only bodies have done to them.

Adding and editing a body stand in `usecases`, its rules in `ruling`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.schema.meetings import Meeting
from db.schema.members import Body, BodyName, BodyRule, Membership, Term
from db.schema.posts import PostSeat
from db.store import usecase
from db.vocab import AHEAD, Capacity, NameKind
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings.rules import GAP, place_between
from gwangju_desktop.members import profiles, rules, tallies, usecases
from gwangju_desktop.members.conditions import holds
from gwangju_desktop.members.profiles import Entry
from gwangju_desktop.members.queries import names_of
from gwangju_desktop.members.rows import BodyFacts, BodyWhole, TermSpan
from gwangju_desktop.text import N_

NAME_FIELDS = ("kind", "name", "language", "valid_from", "valid_to", "source")
NO_NAME_ROW = N_("There is no other name {id}.")


@dataclass(frozen=True, slots=True)
class Node(BodyFacts):
    """One body in the tree: how deep it stands, and how many members it has on the day asked for."""

    depth: int
    sunset_on: dt.date | None
    members: int

    def gone(self, on: dt.date) -> bool:
        """Say whether the body was dissolved before a day."""
        return self.dissolved_on is not None and self.dissolved_on < on


@dataclass(frozen=True, slots=True)
class Sheet(BodyWhole):
    """One body with everything the forms change, and its terms."""

    sunset_on: dt.date | None
    contact_office: str
    precedence: str
    layout: str
    on: dt.date
    terms: tuple[TermSpan, ...]

    @property
    def members(self) -> int:
        """Count who is a member on the day; observers and clerks without a vote are none."""
        return self.ex_officio + self.appointed

    @property
    def vacant(self) -> int | None:
        """Count the seats nobody holds."""
        return None if self.seats is None else max(0, self.seats - self.members)

    @property
    def term(self) -> TermSpan | None:
        """Return the term the day lies in."""
        held = (t for t in self.terms if rules.in_office(t.starts_on, t.ends_on, self.on))
        return next(held, None)


@dataclass(frozen=True, slots=True)
class Ending:
    """What dissolving a body on a day would end, and what it would leave."""

    memberships: int
    post_seats: int
    later: int
    meetings: int
    below: int


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One rule of a template beside the rule the body has now."""

    rule: str
    before: Entry | None
    after: Entry

    @property
    def same(self) -> bool:
        """Say whether the body has this rule of its own already, from the same source."""
        held, new = self.before, self.after
        return (
            held is not None and held.own and (held.value, held.source) == (new.value, new.source)
        )


# --- reading


def tree(read: Session, *, on: dt.date | None = None) -> list[Node]:
    """List all bodies, each after its parent and before its younger siblings."""
    counts = {
        row[0]: row[1]
        for row in read.execute(
            select(Membership.body_id, func.count())
            .where(holds(on or clock.today()), tallies.enrolled())
            .group_by(Membership.body_id)
        ).all()
    }
    below: dict[int | None, list[Any]] = {}
    columns = select(
        Body.id,
        Body.parent_id,
        Body.kind,
        Body.name_ko,
        Body.name_en,
        Body.short_ko,
        Body.short_en,
        Body.founded_on,
        Body.dissolved_on,
        Body.sunset_on,
        Body.seats,
    )
    for row in read.execute(columns.order_by(Body.position, Body.id)).mappings():
        below.setdefault(row["parent_id"], []).append(row)
    nodes: list[Node] = []
    left = [(row, 0) for row in reversed(below.get(None, []))]
    while left:
        row, depth = left.pop()
        nodes.append(Node(**row, depth=depth, members=counts.get(row["id"], 0)))
        left += [(child, depth + 1) for child in reversed(below.get(row["id"], []))]
    return nodes


def sheet(read: Session, *, id: int, on: dt.date | None = None) -> Sheet:
    """Return one body with its rules on a day; raises UserError when there is none of this id."""
    day = on or clock.today()
    row = read.execute(select(Body.__table__).where(Body.id == id)).mappings().first()
    if row is None:
        raise UserError(usecases.NO_BODY, hint=N_("See the list of bodies."), id=id)
    above = read.execute(
        select(Body.name_ko, Body.name_en).where(Body.id == row["parent_id"])
    ).first()
    counted = read.execute(
        select(Membership.capacity, func.count())
        .where(Membership.body_id == id, holds(day), tallies.enrolled())
        .group_by(Membership.capacity)
    )
    counts = {row[0]: row[1] for row in counted.all()}
    kept = {key: row[key] for key in Sheet.__dataclass_fields__ if key in row}
    return Sheet(
        **kept,
        parent_ko=above.name_ko if above else "",
        parent_en=above.name_en if above else "",
        on=day,
        ex_officio=counts.get(Capacity.EX_OFFICIO.value, 0),
        appointed=counts.get(Capacity.APPOINTED.value, 0),
        names=names_of(read, id),
        terms=_terms(read, id),
        rules=tuple(profiles.in_force(read, id, day).entries.values()),
    )


def _terms(read: Session, body_id: int) -> tuple[TermSpan, ...]:
    rows = read.execute(
        select(Term.id, Term.number, Term.starts_on, Term.ends_on)
        .where(Term.body_id == body_id)
        .order_by(Term.number)
    )
    return tuple(TermSpan(**row) for row in rows.mappings())


def names_on(read: Session, body_id: int, on: dt.date) -> tuple[str, str]:
    """Return a body's Korean and English name as they were on a day.

    A former name counts to its last day; a body without one that day has the name it has now.
    """
    row = read.execute(select(Body.name_ko, Body.name_en).where(Body.id == body_id)).one()
    names = {"ko": row.name_ko, "en": row.name_en}
    former = read.execute(
        select(BodyName.language, BodyName.name)
        .where(
            BodyName.body_id == body_id,
            BodyName.kind == NameKind.FORMER.value,
            BodyName.valid_to >= on,
            or_(BodyName.valid_from.is_(None), BodyName.valid_from <= on),
        )
        .order_by(BodyName.valid_to.desc(), BodyName.id)
    )
    for spoken, name in former.all():
        names[spoken] = name
    return names["ko"], names["en"]


def rule_history(read: Session, *, body_id: int, rule: str) -> list[Entry]:
    """List what a rule of a body was and will be, the latest first, the default last."""
    rows = read.execute(
        select(BodyRule.__table__)
        .where(BodyRule.body_id == body_id, BodyRule.rule == rule)
        .order_by(BodyRule.valid_from.desc())
    )
    entries = [profiles.entry_of(row) for row in rows.all()]
    default = profiles.defaults().get(rule)
    return [*entries, default] if default else entries


def template_changes(
    read: Session, *, body_id: int, template: str, valid_from: dt.date
) -> list[RuleChange]:
    """List what a template would make of a body's rules from a day on."""
    held = profiles.in_force(read, body_id, valid_from).entries
    chosen = next(known for known in profiles.templates() if known.key == template)
    order = [rule for rule in profiles.RULES if rule in chosen.rules]
    return [RuleChange(rule, held.get(rule), chosen.rules[rule]) for rule in order]


def ending(read: Session, *, id: int, on: dt.date) -> Ending:
    """Count what dissolving a body on a day would end."""

    def count(row: Any, *where: Any) -> int:
        return read.scalar(select(func.count()).select_from(row).where(*where)) or 0

    def open_after(row: Any) -> Any:
        return or_(row.ends_on.is_(None), row.ends_on > on)

    seats = (Membership.body_id == id, open_after(Membership))
    after = dt.datetime.combine(on + dt.timedelta(days=1), dt.time(), clock.KST)
    return Ending(
        memberships=count(Membership, *seats, Membership.starts_on <= on),
        post_seats=count(PostSeat, PostSeat.body_id == id, open_after(PostSeat)),
        later=count(
            Membership,
            Membership.body_id == id,
            Membership.starts_on > on,
            # Those of a post that begin later go with its seat.
            Membership.post_id.is_(None),
        ),
        meetings=count(
            Meeting,
            Meeting.body_id == id,
            Meeting.state.in_(AHEAD),
            Meeting.starts_at >= after,
        ),
        below=count(Body, Body.parent_id == id, Body.dissolved_on.is_(None)),
    )


# --- doing


@usecase("Dissolve body")
def dissolve_body(tx: Session, *, id: int, on: dt.date) -> int:
    """Dissolve a body on its last day: its open memberships and the seats of posts end with it."""
    body = found(tx, Body, id, usecases.NO_BODY)
    if body.dissolved_on is not None:
        raise UserError(
            N_("{body} was dissolved on {day:full}."),
            hint=N_("Correct that day where the body is edited."),
            body=rules.named(body.name_ko, body.name_en),
            day=body.dissolved_on,
        )
    return usecases.edit_body(tx, id=id, dissolved_on=on)


@usecase("Move body")
def move_body(tx: Session, *, id: int, by: int) -> int:
    """Move a body up (negative) or down by so many places among its siblings, at most to the end."""
    body = found(tx, Body, id, usecases.NO_BODY)
    siblings = list(
        tx.scalars(
            select(Body)
            .where(Body.parent_id.is_not_distinct_from(body.parent_id))
            .order_by(Body.position, Body.id)
        ).all()
    )
    at = siblings.index(body)
    siblings.pop(at)
    to = max(0, min(len(siblings), at + by))
    if to == at:
        return id
    free = place_between([other.position for other in siblings], to)
    if free is not None:
        body.position = free
        return id
    siblings.insert(to, body)
    for n, sibling in enumerate(siblings, 1):
        change(sibling, {"position": n * GAP})
    return id


@usecase("Edit another name")
def edit_name(tx: Session, *, id: int, **values: Any) -> int:
    """Change a former or parallel name of a body."""
    row = found(tx, BodyName, id, NO_NAME_ROW)
    fields = tidy(values, NAME_FIELDS)
    if "name" in fields:
        required(fields["name"], usecases.NO_NAME)
    if "kind" in fields:
        fields["kind"] = NameKind(fields["kind"]).value
    change(row, fields)
    if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
        raise UserError(
            usecases.BACKWARDS,
            hint=N_("Correct one of the two."),
            start=row.valid_from,
            end=row.valid_to,
        )
    return id


@usecase("Remove another name")
def remove_name(tx: Session, *, id: int) -> int:
    """Take a former or parallel name away."""
    row = found(tx, BodyName, id, NO_NAME_ROW)
    body_id = row.body_id
    tx.delete(row)
    return body_id
