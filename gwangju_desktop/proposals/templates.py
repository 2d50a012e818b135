"""Texts a reply begins with (회신 서식): rows an office may change, filled from a proposal."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import resources
from db.schema.handling import ReplyTemplate
from db.store import usecase
from db.vocab import DECIDED, ProposalState
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings import places
from gwangju_desktop.meetings.notes import kept
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.proposals import filling
from gwangju_desktop.text import N_

NO_TEMPLATE = N_("There is no reply template {id}.")
NO_NAME = N_("A template needs a name.")
FIELDS = ("name", "state", "text", "reasons")


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One template; `state` is the decision it suits, "" any. `id` is None for one that ships."""

    id: int | None
    name: str
    state: str
    text: str
    reasons: str


def templates(read: Session, state: str = "") -> list[TemplateRow]:
    """List the templates in their order; with a decision, only those that suit it."""
    names = list(TemplateRow.__dataclass_fields__)
    held = read.execute(
        select(*(ReplyTemplate.__table__.c[name] for name in names)).order_by(
            ReplyTemplate.position, ReplyTemplate.id
        )
    ).all()
    rows = [TemplateRow(*row) for row in held] or list(_shipped())
    return [row for row in rows if not state or row.state in ("", state)]


def filled(read: Session, *, id: int, text: str) -> str:
    """Return a template's text filled from a proposal."""
    return filling.fill(text, filling.values_of(read, id=id))


def ensure(tx: Session) -> None:
    """Write the templates that ship into an office that has none."""
    if tx.scalar(select(ReplyTemplate.id).limit(1)) is not None:
        return
    for n, row in enumerate(_shipped(), 1):
        tx.add(
            ReplyTemplate(
                position=n * GAP,
                name=row.name,
                state=row.state,
                text=row.text,
                reasons=row.reasons,
            )
        )
    tx.flush()


@usecase("Add reply template")
def add_template(
    tx: Session, *, name: str, text: str = "", reasons: str = "", state: str = ""
) -> int:
    """Add a template at the end; `state` is the decision it suits, "" any."""
    ensure(tx)
    fields = _checked({"name": name, "state": state, "text": text, "reasons": reasons})
    row = ReplyTemplate(position=_in_order(tx)[-1].position + GAP, **fields)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit reply template")
def edit_template(tx: Session, *, id: int | None, known_as: str = "", **values: Any) -> int:
    """Change a template; one that ships (`id` None) is known by its name."""
    row = known(tx, known_as, id)
    change(row, _checked(values))
    return row.id


@usecase("Remove reply template")
def remove_template(tx: Session, *, id: int | None, known_as: str = "") -> None:
    """Take a template away; the last one stays, to be changed."""
    row = known(tx, known_as, id)
    if len(_in_order(tx)) == 1:
        raise UserError(
            N_("This is the last template."), hint=N_("Change it instead of removing it.")
        )
    tx.delete(row)


@usecase("Move reply template")
def move_template(tx: Session, *, id: int, by: int) -> int:
    """Move a template up (negative) or down."""
    places.move(tx, _in_order(tx), found(tx, ReplyTemplate, id, NO_TEMPLATE), by)
    return id


def known(tx: Session, name: str, id: int | None = None) -> ReplyTemplate:
    """Return a template by its id, or one that ships by its name."""
    ensure(tx)
    if id is not None:
        return found(tx, ReplyTemplate, id, NO_TEMPLATE)
    row = tx.scalars(select(ReplyTemplate).where(ReplyTemplate.name == name)).first()
    if row is None:
        raise UserError(N_("There is no reply template “{name}”."), name=name)
    return row


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    short = {name: held for name, held in values.items() if name not in ("text", "reasons")}
    fields = tidy(short, FIELDS)
    for name in ("text", "reasons"):
        if name in values:
            fields[name] = kept(values[name])
    if "name" in fields:
        required(fields["name"], NO_NAME)
    if fields.get("state") and ProposalState(fields["state"]) not in DECIDED:
        raise ValueError(f"{fields['state']} is no decision")
    return fields


def _in_order(tx: Session) -> Sequence[ReplyTemplate]:
    query = select(ReplyTemplate).order_by(ReplyTemplate.position, ReplyTemplate.id)
    return tx.scalars(query).all()


@lru_cache
def _shipped() -> tuple[TemplateRow, ...]:
    data = tomllib.loads(resources.path("proposals/templates.toml").read_text("utf-8"))
    return tuple(
        TemplateRow(None, one["name"], one["state"], one["text"].strip(), one["reasons"].strip())
        for one in data["template"]
    )
