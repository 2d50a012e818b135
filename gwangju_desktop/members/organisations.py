"""Organisations, and who works or worked for one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.members import Organisation
from db.schema.people import Affiliation
from db.store import usecase
from db.vocab import Sector
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.members.people import NO_NAME, check_days, living
from gwangju_desktop.text import N_

ORGANISATION_FIELDS = ("name_ko", "name_en", "sector", "official")
AFFILIATION_FIELDS = ("post", "starts_on", "ends_on")
NO_ORGANISATION = N_("There is no organisation {id}.")
NO_AFFILIATION = N_("There is no affiliation {id}.")


# --- organisations


def organisation_named(tx: Session, name_ko: str) -> Organisation | None:
    """Return the organisation of this Korean name."""
    return tx.scalars(select(Organisation).where(Organisation.name_ko == name_ko)).first()


def organisation_id(tx: Session, name: str) -> int | None:
    """Return the id of an organisation by its Korean name, adding it if need be; None for none."""
    name_ko = tidy({"organisation": name}, ("organisation",))["organisation"]
    if not name_ko:
        return None
    known = organisation_named(tx, name_ko)
    return known.id if known else add_organisation(tx, name_ko=name_ko)


@usecase("Add organisation")
def add_organisation(tx: Session, *, name_ko: str, **values: Any) -> int:
    """Add an organisation; its Korean name is its own."""
    fields = _organisation_fields({"name_ko": name_ko, **values})
    if organisation_named(tx, fields["name_ko"]) is not None:
        raise UserError(
            N_("There is already an organisation {name}."),
            hint=N_("Choose it from the list."),
            name=fields["name_ko"],
        )
    row = Organisation(**fields)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit organisation")
def edit_organisation(tx: Session, *, id: int, **values: Any) -> int:
    """Change an organisation: its names, its sector, whether its people count as officials."""
    row = found(tx, Organisation, id, NO_ORGANISATION)
    fields = _organisation_fields(values)
    same = organisation_named(tx, fields["name_ko"]) if "name_ko" in fields else None
    if same is not None and same.id != id:
        raise UserError(
            N_("There is already an organisation {name}."),
            hint=N_("Choose it from the list."),
            name=fields["name_ko"],
        )
    change(row, fields)
    return id


def _organisation_fields(values: dict[str, Any]) -> dict[str, Any]:
    fields = tidy(values, ORGANISATION_FIELDS)
    if "name_ko" in fields:
        required(fields["name_ko"], NO_NAME)
    if fields.get("sector"):
        fields["sector"] = Sector(fields["sector"]).value
    return fields


# --- affiliations


@usecase("Add affiliation")
def add_affiliation(
    tx: Session,
    *,
    person_id: int,
    organisation: str,
    post: str = "",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> int:
    """Note where a person works or worked; either day may be unknown."""
    person = living(tx, person_id)
    fields = tidy({"post": post, "starts_on": starts_on, "ends_on": ends_on}, AFFILIATION_FIELDS)
    check_days(starts_on, ends_on)
    row = Affiliation(
        person_id=person.id, organisation_id=_needed_organisation(tx, organisation), **fields
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit affiliation")
def edit_affiliation(
    tx: Session, *, id: int, organisation: str | None = None, **values: Any
) -> int:
    """Change an affiliation."""
    row = found(tx, Affiliation, id, NO_AFFILIATION)
    fields = tidy(values, AFFILIATION_FIELDS)
    if organisation is not None:
        fields["organisation_id"] = _needed_organisation(tx, organisation)
    change(row, fields)
    check_days(row.starts_on, row.ends_on)
    return id


@usecase("Remove affiliation")
def remove_affiliation(tx: Session, *, id: int) -> int:
    """Take an affiliation away that was entered by mistake."""
    tx.delete(found(tx, Affiliation, id, NO_AFFILIATION))
    return id


def _needed_organisation(tx: Session, name: str) -> int:
    number = organisation_id(tx, name)
    if number is None:
        raise UserError(
            N_("The organisation is needed."),
            hint=N_("Enter its name; one not known yet is added."),
        )
    return number
