"""What departments that were asked say of an item (합의·검토 의견)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.packs import ItemOpinion
from db.store import usecase
from db.vocab import Stance
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings import places
from gwangju_desktop.meetings.guards import item_of
from gwangju_desktop.meetings.rows import OpinionRow
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.text import N_

OPINION_FIELDS = ("office", "stance", "text")
NO_OPINION = N_("There is no opinion {id}.")
NO_OFFICE = N_("An opinion needs the office that gives it.")


@usecase("Add opinion")
def add_opinion(
    tx: Session,
    *,
    item_id: int,
    office: str,
    stance: str = Stance.AGREES.value,
    text: str = "",
) -> int:
    """Add what a department says, behind the others."""
    item, _meeting = item_of(tx, item_id)
    fields = _fields({"office": office, "stance": stance, "text": text})
    positions = _positions(tx, item.id)
    added = ItemOpinion(
        item_id=item.id, position=(positions[-1] if positions else 0) + GAP, **fields
    )
    tx.add(added)
    tx.flush()
    return added.id


@usecase("Edit opinion")
def edit_opinion(tx: Session, *, id: int, **values: Any) -> int:
    """Change what a department says."""
    change(_opinion(tx, id), _fields(values))
    return id


@usecase("Move opinion")
def move_opinion(tx: Session, *, id: int, by: int) -> int:
    """Move an opinion up (negative) or down within its item."""
    opinion = _opinion(tx, id)
    places.move(tx, _in_order(tx, opinion.item_id), opinion, by)
    return id


@usecase("Remove opinion")
def remove_opinion(tx: Session, *, id: int) -> None:
    """Take an opinion off its item."""
    tx.delete(_opinion(tx, id))


def of_item(read: Session, *, item_id: int) -> list[OpinionRow]:
    """List the opinions on an item in their order."""
    return of_items(read, item_ids=[item_id])


def of_items(read: Session, *, item_ids: list[int]) -> list[OpinionRow]:
    """List the opinions on items, in their order within each."""
    query = (
        select(
            ItemOpinion.id,
            ItemOpinion.item_id,
            ItemOpinion.office,
            ItemOpinion.stance,
            ItemOpinion.text,
        )
        .where(ItemOpinion.item_id.in_(item_ids))
        .order_by(ItemOpinion.item_id, ItemOpinion.position)
    )
    return [OpinionRow(*row) for row in read.execute(query).all()]


def write_all(tx: Session, item_id: int, wanted: Sequence[Mapping[str, str]]) -> None:
    """Let an item have these opinions (office, stance, text) in this order, and no others."""
    fields = [_fields(dict(one)) for one in wanted]
    query = select(ItemOpinion).where(ItemOpinion.item_id == item_id)
    rows = tx.scalars(query.order_by(ItemOpinion.position)).all()
    for row, values in zip(rows, fields, strict=False):
        change(row, values)
    for row in rows[len(fields) :]:
        tx.delete(row)
    tx.flush()
    last = rows[-1].position if rows else 0
    for number, values in enumerate(fields[len(rows) :], 1):
        tx.add(ItemOpinion(item_id=item_id, position=last + number * GAP, **values))
    tx.flush()


def copy_opinions(tx: Session, *, item_id: int, to: int) -> None:
    """Let another item have the same opinions."""
    query = select(ItemOpinion).where(ItemOpinion.item_id == item_id)
    for row in tx.scalars(query.order_by(ItemOpinion.position)).all():
        tx.add(
            ItemOpinion(
                item_id=to,
                position=row.position,
                office=row.office,
                stance=row.stance,
                text=row.text,
            )
        )
    tx.flush()


def _fields(values: dict[str, Any]) -> dict[str, Any]:
    fields = tidy(values, OPINION_FIELDS)
    if "office" in fields:
        required(fields["office"], NO_OFFICE)
    if "stance" in fields:
        fields["stance"] = Stance(fields["stance"]).value
    return fields


def _opinion(tx: Session, id: int) -> ItemOpinion:
    opinion = found(tx, ItemOpinion, id, NO_OPINION)
    item_of(tx, opinion.item_id)
    return opinion


def _positions(tx: Session, item_id: int) -> list[int]:
    held = tx.scalars(
        select(ItemOpinion.position)
        .where(ItemOpinion.item_id == item_id)
        .order_by(ItemOpinion.position)
    )
    return list(held.all())


def _in_order(tx: Session, item_id: int) -> Sequence[ItemOpinion]:
    query = select(ItemOpinion).where(ItemOpinion.item_id == item_id)
    return tx.scalars(query.order_by(ItemOpinion.position)).all()
