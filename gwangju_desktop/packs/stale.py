"""Whether an issued pack still says what the office says, told from the journal alone.

The first page asks this of every meeting ahead; laying a pack out to compare its parts
(packs.changes) takes too long for that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.journal import change_log, row_change
from db.schema.meetings import AgendaItem
from db.schema.packs import PackIssue

# What of a row stands on pages; who was marked or what was decided since does not matter.
_PRINTED: Mapping[str, tuple[str, ...]] = {
    "meeting": ("title", "starts_at", "place", "presiding", "secretariat"),
    "agenda_item": (
        "position",
        "kind",
        "label",
        "number",
        "title",
        "presenter",
        "minutes",
        "request",
        "reason",
        "contents",
        "reference",
        "basis",
        "budget",
        "restricted",
        "restricted_ground",
        "open_title",
        "submitter",
        "submitted_on",
        "presiding_id",
    ),
    "paper": ("file_id", "title", "disclosure", "ground"),
    "item_opinion": ("office", "stance", "text", "position"),
    "pack_part": ("kind", "file_id", "title", "figure", "disclosure", "ground", "included"),
}


def outdated(read: Session, *, meeting_id: int) -> bool:
    """Say whether something printed changed since a pack, supplement or revision last went out."""
    head = read.scalars(
        select(PackIssue.head)
        .where(PackIssue.meeting_id == meeting_id)
        .order_by(PackIssue.id.desc())
        .limit(1)
    ).first()
    if head is None:
        return False
    drawn = read.scalars(select(change_log.c.id).where(change_log.c.hash == bytes.fromhex(head)))
    rows = read.execute(
        select(row_change.c.tbl, row_change.c.pk, row_change.c.body)
        .where(
            row_change.c.change_id > (drawn.first() or 0),
            row_change.c.tbl.in_(tuple(_PRINTED)),
            row_change.c.body.is_not(None),
        )
        .order_by(row_change.c.change_id, row_change.c.n)
    ).all()
    items = set(
        read.scalars(select(AgendaItem.id).where(AgendaItem.meeting_id == meeting_id)).all()
    )
    before: dict[tuple[str, str], Any] = {}
    after: dict[tuple[str, str], Any] = {}
    for table, key, body in rows:
        old, new = json.loads(body)
        if not _belongs(table, old or new, meeting_id, items):
            continue
        before.setdefault((table, key), old)
        after[table, key] = new
    return any(_said(key[0], before[key]) != _said(key[0], new) for key, new in after.items())


def _belongs(table: str, image: Mapping[str, Any], meeting_id: int, items: set[int]) -> bool:
    if table == "meeting":
        return bool(image["id"] == meeting_id)
    if "meeting_id" in image:
        return bool(image["meeting_id"] == meeting_id)
    return image["item_id"] in items


def _said(table: str, image: Mapping[str, Any] | None) -> tuple[Any, ...] | None:
    """Return what of a row stands on pages; what a migration added later counts as empty."""
    return None if image is None else tuple(image.get(name) for name in _PRINTED[table])
