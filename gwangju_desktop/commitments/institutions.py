"""The institutions of a plan and of its commitments, as the template lists them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.commitments import PlanInstitution
from db.schema.members import Organisation
from db.store import usecase
from db.vocab import InstitutionRole
from gwangju_desktop.commitments import guard, order
from gwangju_desktop.commitments.rows import InstitutionRow
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE, change, found, required, tidy
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import N_

PROMISED = ("role", "name", "organisation_id")
FREE = ("name_en",)
NO_INSTITUTION = N_("There is no institution {id} of a plan.")
NO_NAME = N_("An institution needs a name.")


def institutions(
    read: Session, *, plan_id: int, commitment_id: int | None = None
) -> list[InstitutionRow]:
    """List the institutions of a plan itself, or of one commitment, in their order."""
    return [
        InstitutionRow(
            one.id,
            one.plan_id,
            one.commitment_id,
            one.role,
            one.name,
            one.name_en,
            one.organisation_id,
            one.position,
        )
        for one in _rows(read, plan_id, commitment_id)
    ]


def leads(read: Session, plans: Iterable[int]) -> dict[tuple[int, int | None], str]:
    """Return who leads each commitment, and under None each plan: the first that is named."""
    rows = read.execute(
        select(
            PlanInstitution.plan_id,
            PlanInstitution.commitment_id,
            PlanInstitution.name,
            PlanInstitution.name_en,
        )
        .where(
            PlanInstitution.plan_id.in_(list(plans)),
            PlanInstitution.role == InstitutionRole.LEAD.value,
        )
        .order_by(PlanInstitution.position.desc(), PlanInstitution.id.desc())
    )
    return {(row.plan_id, row.commitment_id): named(row.name, row.name_en) for row in rows}


@usecase("Add institution")
def add_institution(
    tx: Session,
    *,
    plan_id: int,
    role: str,
    name: str,
    name_en: str = "",
    commitment_id: int | None = None,
    organisation_id: int | None = None,
) -> int:
    """Name an institution of a plan or of one commitment in a role of InstitutionRole.

    Return the row's id. Raises UserError without a name, for one that stands there in this role
    already, and for a commitment whose promise is frozen.
    """
    guard.plan(tx, plan_id)
    if commitment_id is not None:
        owner = guard.commitment(tx, commitment_id)
        if owner.plan_id != plan_id:
            raise UserError(guard.NO_COMMITMENT, hint=MEANWHILE, id=commitment_id)
        guard.thawed(tx, owner)
    fields = _checked(
        tx,
        {"role": role, "name": name, "name_en": name_en, "organisation_id": organisation_id},
    )
    rows = _rows(tx, plan_id, commitment_id)
    if any(one.role == fields["role"] and one.name == fields["name"] for one in rows):
        raise UserError(N_("“{name}” stands there already."), name=fields["name"])
    row = PlanInstitution(
        plan_id=plan_id, commitment_id=commitment_id, position=order.after(rows), **fields
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit institution")
def edit_institution(tx: Session, *, institution_id: int, **values: Any) -> int:
    """Change the role or the names of an institution; refused as in `add_institution`."""
    row = found(tx, PlanInstitution, institution_id, NO_INSTITUTION)
    fields = _checked(tx, values)
    if row.commitment_id is not None:
        owner = guard.commitment(tx, row.commitment_id)
        guard.promised(tx, owner, row, {name: fields[name] for name in PROMISED if name in fields})
    change(row, fields)
    return institution_id


@usecase("Move institution")
def move_institution(tx: Session, *, institution_id: int, by: int) -> int:
    """Move an institution so many places up (negative) or down."""
    row = found(tx, PlanInstitution, institution_id, NO_INSTITUTION)
    order.moved(_rows(tx, row.plan_id, row.commitment_id), row, by)
    return institution_id


@usecase("Remove institution")
def remove_institution(tx: Session, *, institution_id: int) -> None:
    """Take an institution off the list; raise UserError where the promise is frozen."""
    row = found(tx, PlanInstitution, institution_id, NO_INSTITUTION)
    if row.commitment_id is not None:
        guard.thawed(tx, guard.commitment(tx, row.commitment_id))
    tx.delete(row)


def _rows(read: Session, plan_id: int, commitment_id: int | None) -> list[PlanInstitution]:
    query = select(PlanInstitution).where(
        PlanInstitution.plan_id == plan_id,
        PlanInstitution.commitment_id.is_(None)
        if commitment_id is None
        else PlanInstitution.commitment_id == commitment_id,
    )
    return list(read.scalars(query.order_by(PlanInstitution.position, PlanInstitution.id)))


def _checked(tx: Session, values: dict[str, Any]) -> dict[str, Any]:
    fields = tidy(values, (*PROMISED, *FREE))
    if "role" in fields:
        fields["role"] = InstitutionRole(fields["role"]).value
    if "name" in fields:
        fields["name"] = required(fields["name"], NO_NAME)
    named = fields.get("organisation_id")
    if named is not None and tx.get(Organisation, named) is None:
        raise UserError(N_("There is no organisation {id}."), hint=MEANWHILE, id=named)
    return fields
