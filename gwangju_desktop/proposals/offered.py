"""What the forms of proposals offer: departments and systems used before, fields, calls, areas."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.schema.actions import Action
from db.schema.handling import ProposalOpinion, ProposalStep
from db.schema.proposals import OutsideNumber, Proposal, Proposer
from gwangju_desktop.energy import areas
from gwangju_desktop.energy.rules import CITY
from gwangju_desktop.members.rules import named
from gwangju_desktop.proposals import calls, fields, profiles

Offer = tuple[object, str]


@dataclass(frozen=True, slots=True)
class Offered:
    """Pairs of (value, name) a form offers; `departments` and `systems` complete what is typed."""

    departments: tuple[str, ...]
    systems: tuple[str, ...]
    agencies: tuple[str, ...]
    fields: tuple[Offer, ...]
    calls: tuple[Offer, ...]
    districts: tuple[Offer, ...]
    profiles: tuple[Offer, ...]


def offered(read: Session) -> Offered:
    """Return what is offered, in the language that is spoken."""
    return Offered(
        departments=departments(read),
        systems=_used(read, OutsideNumber.system),
        agencies=_used(read, ProposalStep.outside),
        fields=tuple((one.code, named(one.name_ko, one.name_en)) for one in fields.fields(read)),
        calls=tuple((one.id, one.name) for one in calls.calls(read)),
        districts=tuple((one.code, one.name) for one in areas.children(read, CITY)),
        profiles=tuple(
            (one.id, one.name)
            for one in sorted(profiles.listed(read), key=lambda one: not one.standard)
            if one.id is not None and one.retired_on is None
        ),
    )


def departments(read: Session) -> tuple[str, ...]:
    """Return the departments named anywhere in the office, in the order of their names."""
    found = {
        name
        for column in (Proposal.department, ProposalOpinion.department, Action.department)
        for name in _used(read, column)
    }
    return tuple(sorted(found))


def _used(read: Session, column: InstrumentedAttribute[str]) -> tuple[str, ...]:
    found = read.scalars(select(column).distinct().where(column != "").order_by(column))
    return tuple(found.all())


@dataclass(frozen=True, slots=True)
class Entered:
    """One who proposed, contacts and all, for the form that changes them."""

    id: int
    kind: str
    name: str
    share: int
    phone: str
    email: str
    address: str


def entered(read: Session, *, id: int) -> list[Entered]:
    """Return who proposed, in their order; for the form only: lists show contacts masked."""
    query = select(
        Proposer.id,
        Proposer.kind,
        Proposer.name,
        Proposer.share,
        Proposer.phone,
        Proposer.email,
        Proposer.address,
    )
    found = read.execute(query.where(Proposer.proposal_id == id).order_by(Proposer.position))
    return [Entered(*one) for one in found.all()]
