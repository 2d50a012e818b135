"""Write an import into the office: one step, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.members import Membership, Organisation, Person
from db.schema.people import Affiliation, PersonAlias
from db.schema.posts import Post, PostSeat
from db.store import usecase
from db.vocab import Capacity
from gwangju_desktop.backups.why import Why, saved_first
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change
from gwangju_desktop.meetings import attendance
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.members import posts, usecases
from gwangju_desktop.members.importing import mapping as columns
from gwangju_desktop.members.importing import preview
from gwangju_desktop.members.importing.known import name_key
from gwangju_desktop.members.importing.model import Options, Plan, Somebody
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.text import N_, NN_

# So many rows are written between two looks at whether somebody pressed Stop.
_BLOCK = 250
_HELD_BACK = NN_(
    "Nothing was imported: {n:,} of {of:,} rows is refused or in conflict.",
    "Nothing was imported: {n:,} of {of:,} rows are refused or in conflict.",
)
Progress = Callable[[int, int], None]


@saved_first(Why.IMPORT)
@usecase("Import members")
def import_members(
    tx: Session,
    *,
    source: Source,
    mapping: Sequence[str],
    options: Options | None = None,
    choices: Mapping[int, str] | None = None,
    skip: bool = False,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Take a list in; return how many rows did what, and the ids of the people touched.

    Raises UserError, with nothing written, while rows are refused or in conflict and `skip` does
    not leave them out.
    """
    plan = preview.plan(tx, source=source, mapping=mapping, options=options, choices=choices or {})
    if plan.held_back and not skip:
        raise UserError(
            _HELD_BACK,
            hint=N_("Correct them, or leave them out."),
            n=plan.held_back,
            of=len(plan.rows),
        )
    writer = _Writer(tx, plan, progress)
    if plan.changes:
        writer.write()
        columns.remember(tx, source, mapping)
        tx.flush()
    return {**plan.counts, "people": sorted(writer.touched)}


class _Writer:
    """Carry a plan out with plain rows, a block at a time."""

    def __init__(self, tx: Session, plan: Plan, progress: Progress | None) -> None:
        self.tx, self.plan, self.progress = tx, plan, progress
        self.ids: dict[int, int] = {}
        self.touched: set[int] = set()
        self.organisations: dict[str, int] = {}
        self.bodies: dict[str, int] = {}
        self.done = 0

    def write(self) -> None:
        """Write organisations and bodies, then people, then where they sit."""
        for name in self.plan.organisations:
            self.tx.add(Organisation(name_ko=name))
        self.tx.flush()
        known = select(Organisation.id, Organisation.name_ko)
        self.organisations = {name_key(name): id for id, name in self.tx.execute(known).all()}
        for name in self.plan.bodies:
            self.bodies[name] = usecases.add_body(self.tx, name_ko=name)
        self._posts()
        self._people()
        self._seats()
        self._affiliations()

    def _posts(self) -> None:
        last = self.tx.scalar(select(func.max(Post.position))) or 0
        for at, (name, organisation) in enumerate(self.plan.posts, 1):
            of = self.organisations.get(name_key(organisation))
            self.tx.add(Post(name_ko=name, organisation_id=of, position=last + at * GAP))

    def _people(self) -> None:
        made: list[tuple[Somebody, Person]] = []
        held = self._loaded(Person, [who.id for who in self.plan.people if who.id is not None])
        for who in self.plan.people:
            if who.id is not None:
                change(held[who.id], who.facts)
                self.touched.add(who.id)
                self.ids[id(who)] = who.id
            else:
                uid = {"uid": who.uid} if who.uid else {}
                facts = {"gender": None, **who.facts}
                person = Person(**uid, **facts)
                self.tx.add(person)
                made.append((who, person))
            self._tick()
        self.tx.flush()
        for who, person in made:
            self.ids[id(who)] = person.id
            self.touched.add(person.id)
        for who in self.plan.people:
            for name in who.aliases:
                self.tx.add(PersonAlias(person_id=self.ids[id(who)], name=name))
        self.tx.flush()

    def _seats(self) -> None:
        held = self._loaded(Membership, [seat.id for seat in self.plan.seats if seat.id])
        bodies: dict[int, None] = {}
        by_office = set(self.tx.scalars(select(PostSeat.body_id)))
        for seat in self.plan.seats:
            more: dict[str, Any] = {}
            if seat.organisation is not None:
                more["organisation_id"] = self.organisations[name_key(seat.organisation)]
            if seat.term_id is not None:
                more["term_id"] = seat.term_id
            body_id = seat.body if isinstance(seat.body, int) else self.bodies[seat.body]
            bodies[body_id] = None
            if seat.id is not None:
                row = held[seat.id]
                change(row, {**seat.values, **more})
            else:
                person_id = self._id(seat.who)
                row = Membership(person_id=person_id, body_id=body_id, **seat.values, **more)
                self.tx.add(row)
            if body_id in by_office:
                self._tie(row)
            self.touched.add(self._id(seat.who))
            self._tick()
        for body_id in bodies:
            # Once a body and not a row: it looks at every member of every planned meeting.
            attendance.fit_body(self.tx, body_id)

    def _tie(self, row: Membership) -> None:
        """Let a seat by office go with the post of its title, where that post has a seat there."""
        if row.post_id is not None or row.capacity != Capacity.EX_OFFICIO.value or not row.post:
            return
        days = (row.starts_on, row.ends_on)
        post = posts.post_named(self.tx, row.body_id, row.post, person_id=row.person_id, days=days)
        if post is not None:
            row.post_id = post.id

    def _affiliations(self) -> None:
        wanted = [one.id for one in self.plan.attached if one.id is not None]
        held = self._loaded(Affiliation, wanted)
        for one in self.plan.attached:
            if one.id is not None:
                change(held[one.id], one.values)
            else:
                row = Affiliation(
                    person_id=self._id(one.who),
                    organisation_id=self.organisations[name_key(one.organisation)],
                    **one.values,
                )
                self.tx.add(row)
            self.touched.add(self._id(one.who))
            self._tick()
        self.tx.flush()

    def _loaded(self, entity: type[Any], ids: Sequence[int]) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for at in range(0, len(ids), _BLOCK):
            rows = self.tx.scalars(select(entity).where(entity.id.in_(ids[at : at + _BLOCK])))
            found.update((row.id, row) for row in rows)
        return found

    def _id(self, who: Somebody) -> int:
        return self.ids[id(who)] if who.id is None else who.id

    def _tick(self) -> None:
        self.done += 1
        if self.done % _BLOCK == 0:
            self.tx.flush()
            if self.progress is not None:
                whole = len(self.plan.people) + len(self.plan.seats) + len(self.plan.attached)
                self.progress(self.done, whole)
