"""To whom a copy was handed over, by what way and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.snapshots import Snapshot, SnapshotDelivery
from db.store import usecase
from db.vocab import DeliveryChannel
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.text import N_

FIELDS = ("recipient", "channel", "delivered_on", "note")
NO_COPY = N_("There is no review copy {id}.")
NO_DELIVERY = N_("There is no handing over {id} of a review copy.")
NO_RECIPIENT = N_("Say to whom the copy was handed over.")
NO_DAY = N_("Say on which day the copy was handed over.")
NO_CHANNEL = N_("“{value}” is no way a copy is handed over.")
TOO_EARLY = N_("The copy was made on {made:full}; it cannot have been handed over before.")
TOO_LATE = N_("{day:full} has not come yet. Note a handing over once it happened.")


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One handing over; `channel` is a DeliveryChannel."""

    id: int
    snapshot_id: int
    recipient: str
    channel: str
    delivered_on: dt.date
    note: str


def deliveries(read: Session, *, snapshot_id: int | None = None) -> list[DeliveryRow]:
    """Return the handings over of one copy, or of all, in the order of their days."""
    query = select(SnapshotDelivery).order_by(SnapshotDelivery.delivered_on, SnapshotDelivery.id)
    if snapshot_id is not None:
        query = query.where(SnapshotDelivery.snapshot_id == snapshot_id)
    return [
        DeliveryRow(row.id, row.snapshot_id, row.recipient, row.channel, row.delivered_on, row.note)
        for row in read.scalars(query)
    ]


@usecase("Note the handing over of a review copy")
def add_delivery(
    tx: Session,
    *,
    snapshot_id: int,
    recipient: str,
    channel: str,
    delivered_on: dt.date | None,
    note: str = "",
) -> int:
    """Note that a copy was handed over; raises UserError for a day before it was made or to come."""
    told = {"recipient": recipient, "channel": channel, "delivered_on": delivered_on, "note": note}
    values = _checked(tx, snapshot_id, told)
    row = SnapshotDelivery(snapshot_id=snapshot_id, **values)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Correct the handing over of a review copy")
def change_delivery(tx: Session, *, id: int, **values: Any) -> int:
    """Correct a handing over; `values` are of FIELDS."""
    row = found(tx, SnapshotDelivery, id, NO_DELIVERY)
    held = {name: getattr(row, name) for name in FIELDS}
    change(row, _checked(tx, row.snapshot_id, {**held, **values}))
    return row.id


@usecase("Remove the handing over of a review copy")
def remove_delivery(tx: Session, *, id: int) -> int:
    """Take back a handing over that was noted by mistake."""
    tx.delete(found(tx, SnapshotDelivery, id, NO_DELIVERY))
    return id


def _checked(tx: Session, snapshot_id: int, told: Mapping[str, Any]) -> dict[str, Any]:
    values = tidy(told, FIELDS)
    values["recipient"] = required(values["recipient"], NO_RECIPIENT)
    if values["channel"] not in list(DeliveryChannel):
        raise UserError(NO_CHANNEL, value=values["channel"])
    snapshot = found(tx, Snapshot, snapshot_id, NO_COPY)
    day, made = values["delivered_on"], clock.local(snapshot.made_at).date()
    if day is None:
        raise UserError(NO_DAY)
    if day < made:
        raise UserError(TOO_EARLY, made=made)
    if day > max(clock.today(), made):
        raise UserError(TOO_LATE, day=day)
    return values
