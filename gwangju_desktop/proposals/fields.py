"""Fields of policy (분야) that proposals are sorted into: rows an office may change."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import resources
from db import many
from db.schema.proposals import Proposal, ProposalField
from db.store import usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.proposals.profile_rows import named
from gwangju_desktop.text import N_

GAP = 1024
NO_FIELD = N_("There is no field of proposals {id}.")
NO_NAME = N_("A field of proposals needs a name.")
_CODE = re.compile("[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field; `id` is None while the office has only those that ship."""

    id: int | None
    code: str
    name: str
    name_ko: str
    name_en: str


@lru_cache
def _shipped() -> tuple[dict[str, Any], ...]:
    data = tomllib.loads(resources.path("proposals/fields.toml").read_text("utf-8"))
    return tuple(data["field"])


def ensure(tx: Session) -> None:
    """Write the fields that ship into an office that has none."""
    if tx.scalar(select(ProposalField.id).limit(1)) is not None:
        return
    rows = [{"position": place * GAP, **one} for place, one in enumerate(_shipped(), start=1)]
    many.add(tx, ProposalField, rows)


def fields(read: Session) -> list[FieldRow]:
    """List the fields in their order."""
    rows = read.execute(
        select(ProposalField.__table__).order_by(ProposalField.position, ProposalField.id)
    ).all()
    held = [(row.id, row.code, row.name_ko, row.name_en) for row in rows]
    if not held:
        held = [(None, one["code"], one["name_ko"], one["name_en"]) for one in _shipped()]
    return [FieldRow(id, code, named(ko, en), ko, en) for id, code, ko, en in held]


@usecase("Add field of proposals")
def add_field(tx: Session, *, name_ko: str, name_en: str = "", code: str = "") -> int:
    """Add a field at the end; its code is taken from the English name or counted."""
    ensure(tx)
    asked = _asked(name_ko, name_en)
    taken = set(tx.scalars(select(ProposalField.code)))
    wanted = code or re.sub("[^a-z0-9]+", "_", asked["name_en"].lower()).strip("_")[:40]
    if not _CODE.fullmatch(wanted):
        wanted = "field"
    kept, n = wanted, 1
    while kept in taken:
        n += 1
        kept = f"{wanted[:36]}_{n}"
    last = tx.scalar(select(func.max(ProposalField.position))) or 0
    row = ProposalField(code=kept, position=last + GAP, **asked)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit field of proposals")
def edit_field(tx: Session, *, id: int, name_ko: str, name_en: str = "") -> int:
    """Call a field otherwise; its code stays, so that proposals keep it."""
    row = found(tx, ProposalField, id, NO_FIELD)
    change(row, _asked(name_ko, name_en))
    return id


@usecase("Remove field of proposals")
def remove_field(tx: Session, *, id: int) -> None:
    """Take away a field no proposal is sorted into; raise UserError for any other."""
    row = found(tx, ProposalField, id, NO_FIELD)
    used = tx.scalar(select(func.count()).select_from(Proposal).where(Proposal.field == row.code))
    if used:
        raise UserError(
            N_("{n} proposals are sorted into “{field}”."),
            hint=N_("Sort them elsewhere first."),
            n=used,
            field=row.name_ko,
        )
    tx.delete(row)


def _asked(name_ko: str, name_en: str) -> dict[str, str]:
    asked = tidy({"name_ko": name_ko, "name_en": name_en}, ("name_ko", "name_en"))
    asked["name_ko"] = required(asked["name_ko"], NO_NAME)
    return asked
