"""The journal of a salvaged office: its gaps said, its chain whole, its last entry the salvage."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from sqlalchemy import Connection, select, update

from db import journal
from db.images import canonical
from db.salvage.tally import Journal, Salvage
from db.schema.journal import change_log, row_change

LOST = "lost"


def mend(connection: Connection, salvage: Salvage, label: str) -> None:
    """Give every entry that is gone a place holder, a `label`; chain anew from the first break on.

    Numbers stay what they are, for snapshots, backups and minutes name them. A hash kept outside
    still proves the entries before the break.
    """
    entries = {row.id: dict(row._mapping) for row in connection.execute(select(change_log))}
    images: dict[int, list[Any]] = {}
    query = select(row_change).order_by(row_change.c.change_id, row_change.c.n)
    for row in connection.execute(query).all():
        images.setdefault(row.change_id, []).append(row)
    _number_anew(connection, images)
    last = max([*entries, *images], default=0)
    salvage.journal = told = Journal(entries=last)
    previous, at = journal.ZERO, ""
    for number in range(1, last + 1):
        entry = entries.get(number)
        fresh = entry is None
        if entry is None:
            told.lost += 1
            entry = _place_holder(number, at, label)
        at = str(entry["at"])
        digests = [bytes(row.digest) for row in images.get(number, ())]
        sound = bytes(entry["prev"]) == previous
        sound = sound and bytes(entry["hash"]) == journal.link(entry, digests)
        if not sound:
            told.chained_from = told.chained_from or number
            entry["prev"] = previous
            entry["hash"] = journal.link(entry, digests)
            if not fresh:
                changed = {"prev": entry["prev"], "hash": entry["hash"]}
                here = change_log.c.id == number
                connection.execute(update(change_log).where(here).values(changed))
        if fresh:
            connection.execute(change_log.insert(), entry)
        previous = bytes(entry["hash"])
    tally = salvage.of("change_log")
    tally.lost = told.lost


def _number_anew(connection: Connection, images: dict[int, list[Any]]) -> None:
    """Close the gaps that lost images leave in their entries."""
    for number, rows in images.items():
        for n, row in enumerate(rows):
            if row.n != n:
                here = (row_change.c.change_id == number, row_change.c.n == row.n)
                connection.execute(update(row_change).where(*here).values(n=n))


def _place_holder(number: int, at: str, label: str) -> dict[str, Any]:
    return {
        "id": number,
        "at": at or dt.datetime.fromtimestamp(0, dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "who": "",
        "origin": "",
        "kind": LOST,
        "label": label,
        "command": secrets.token_hex(16),
        "target": None,
        "result": canonical(None),
        "prev": b"",
        "hash": b"",
    }


def sign(connection: Connection, salvage: Salvage, label: str) -> None:
    """Write the entry that says that the office was salvaged, and what was left out on the way."""
    counted = {
        key: sum(getattr(one, key) for one in salvage.tables.values())
        for key in ("read", "mended", "lost", "left_out", "emptied")
    }
    chained = salvage.journal.chained_from
    journal.append(
        connection,
        journal.head(connection, ""),
        kind=journal.SALVAGED,
        label=label,
        command=secrets.token_hex(16),
        who="office",
        origin="",
        rows=salvage.changes,
        result={**counted, "entries_lost": salvage.journal.lost, "chained_from": chained},
    )
