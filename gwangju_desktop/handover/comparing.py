"""Two copies of one office that were both written to: where they part, and what each did since.

Nothing is merged: what one copy has and the other lacks is listed record by record, so that a
person enters it by hand.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import journal
from db.changes import RowChange
from db.schema.journal import change_log
from db.store import Store
from gwangju_desktop import clock, settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.handover import form
from gwangju_desktop.history import labels, values
from gwangju_desktop.history.images import Row
from gwangju_desktop.history.naming import Names
from gwangju_desktop.meetings.documents.issuer import Issued, issued
from gwangju_desktop.steps import Progress, Watch
from gwangju_desktop.text import N_, Msg, say

READING = N_("Reading the journals")
_MANY = 500
# Drawn by the program: nobody enters it by hand.
_TECHNICAL = ("uid",)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record as people call it, before and after, as people read it."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that one copy changed since the two parted.

    `kind` is added, changed, deleted or erased; `both` says that the other copy changed the same
    record too. `step` is what was done last, as the journal calls it. Contacts and secrets are not
    told.
    """

    table: str
    kind: str
    title: str
    at: dt.datetime
    who: str
    step: Msg
    fields: tuple[FieldChange, ...]
    both: bool = False
    key: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """What one copy did since the two parted, record by record, the oldest first."""

    path: Path
    name: str
    entries: int
    last: dt.datetime | None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two copies of one office; `common` is the last entry that both have, `at` when it was made.

    `about` is whose office it is, for what is printed.
    """

    common: int
    at: dt.datetime | None
    one: Side
    other: Side
    about: Issued

    @property
    def sides(self) -> tuple[Side, Side]:
        """Return both copies."""
        return self.one, self.other

    @property
    def apart(self) -> bool:
        """Say whether both have been written to since."""
        return bool(self.one.entries and self.other.entries)

    def as_json(self) -> dict[str, Any]:
        """Return what `handover compare` prints."""
        return {
            "common": self.common,
            "at": self.at,
            "apart": self.apart,
            "sides": [
                {
                    "file": str(side.path),
                    "entries": side.entries,
                    "last": side.last,
                    "differences": [_told(one) for one in side.differences],
                }
                for side in self.sides
            ],
        }


def compare(
    one: Path,
    other: Path,
    *,
    passphrases: tuple[str | None, str | None] = (None, None),
    progress: Progress | None = None,
) -> Comparison:
    """Set two copies side by side; each is an office file or one that was handed over.

    Raises UserError where they are not copies of one office, for a damaged file or another
    passphrase; HandedOver or TooOld for a copy of an earlier version, TooNew for one of a newer.
    """
    watch = Watch(progress, None)
    with (
        _opened(one, passphrases[0], watch) as first,
        _opened(other, passphrases[1], watch) as second,
    ):
        watch.begin(2, READING)
        with first.reading() as left, second.reading() as right:
            about = issued(left, body_id=None, on=clock.today())
            common, at = _parting(left, right)
            here, there = _net(left, common), _net(right, common)
            # What both added bears one number by chance.
            both = {key for key, net in here.items() if key in there and net.old}
            sides = []
            for path, read, net in ((one, left, here), (other, right, there)):
                sides.append(_side(path, read, common, net, both))
                watch.on(1)
    return Comparison(common, at, sides[0], sides[1], about)


@contextlib.contextmanager
def _opened(path: Path, passphrase: str | None, watch: Watch) -> Iterator[Store]:
    with contextlib.ExitStack() as held:
        if path.suffix == form.ENDING:
            handed = held.enter_context(form.opened(path, passphrase, watch))
            path = handed.database
        yield held.enter_context(Store.open(path, write=False))


def _parting(one: Session, other: Session) -> tuple[int, dt.datetime | None]:
    """Return the last entry both journals have; raise UserError where they are of two offices."""
    if settings.value(one, settings.OFFICE_ID) != settings.value(other, settings.OFFICE_ID):
        raise UserError(
            N_("The two are different offices."), hint=N_("Choose two copies of one office.")
        )
    query = select(change_log.c.id, change_log.c.hash, change_log.c.at)
    known = {row.id: row.hash for row in one.execute(query).all()}
    # Each entry's hash covers the one before it: where one is the same, all before it are.
    shared = [row for row in other.execute(query).all() if known.get(row.id) == row.hash]
    if not shared:
        raise UserError(
            N_("The two copies have no entry of the journal in common."),
            hint=N_("Choose two copies of one office."),
        )
    last = max(shared, key=lambda row: int(row.id))
    return int(last.id), _moment(last.at)


@dataclass(frozen=True, slots=True)
class _Net:
    """What became of one row, and the entry that changed it last."""

    row: Row
    key: tuple[Any, ...]
    entry: int

    @property
    def old(self) -> bool:
        """Say whether the row was there when the two parted."""
        return self.row.before is not None or self.row.erased


_Nets = dict[tuple[str, tuple[Any, ...]], _Net]


def _net(read: Session, common: int) -> _Nets:
    """Return what became of every row since the two copies parted, in the order of its last change."""
    found: _Nets = {}
    after = common
    while entries := journal.entries(read.connection(), after, _MANY):
        after = entries[-1].id
        for entry in entries:
            for row in entry.rows:
                if not _is_handover(row):
                    # What changed last stands last.
                    earlier = found.pop((row.table, row.pk), None)
                    found[row.table, row.pk] = _joined(earlier, row, entry.id)
    return {key: net for key, net in found.items() if net.row.erased or net.row.fields}


def _is_handover(row: RowChange) -> bool:
    image = row.after or row.before or {}
    return row.table == "setting" and image.get("key") == settings.HANDOVER


def _joined(earlier: _Net | None, row: RowChange, entry: int) -> _Net:
    erased = row.before is None and row.after is None
    before, after = row.before, row.after
    if earlier is not None:
        before = earlier.row.before
        after = earlier.row.after if erased else after
        erased = erased or earlier.row.erased
    id = row.pk[0] if type(row.pk[0]) is int else 0
    return _Net(Row(row.table, id, before, after, erased, row.subject), row.pk, entry)


def _side(path: Path, read: Session, common: int, net: _Nets, both: set[Any]) -> Side:
    log = select(change_log.c.id, change_log.c.at, change_log.c.who, change_log.c.label)
    rows = read.execute(log.where(change_log.c.id > common).order_by(change_log.c.id)).all()
    entries = {int(row.id): row for row in rows}
    names = Names(read, [one.row for one in net.values()])
    found = []
    for key, one in net.items():
        row, entry = one.row, entries[one.entry]
        at = _moment(entry.at) or clock.real()
        fields = () if row.erased else tuple(_fields(names, row))
        found.append(
            Difference(
                row.table,
                row.act,
                names.record(row),
                at,
                str(entry.who),
                Msg(str(entry.label)),
                fields,
                key in both,
                one.key,
            )
        )
    last = _moment(rows[-1].at) if rows else None
    return Side(path, path.name, len(rows), last, tuple(found))


def _fields(names: Names, row: Row) -> Iterator[FieldChange]:
    for name in row.fields:
        if name in _TECHNICAL:
            continue
        yield FieldChange(
            name,
            labels.load().column(row.table, name),
            values.said(names, row.table, name, row.before),
            values.said(names, row.table, name, row.after),
        )


def _moment(text: object) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(str(text))
    except ValueError:
        return None


def _told(one: Difference) -> dict[str, Any]:
    return {
        "table": one.table,
        "key": list(one.key),
        "kind": one.kind,
        "title": one.title,
        "at": one.at,
        "who": one.who,
        "step": say(one.step),
        "both": one.both,
        "fields": [
            {"name": each.name, "label": each.label, "before": each.before, "after": each.after}
            for each in one.fields
        ],
    }
