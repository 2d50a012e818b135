"""What was done in a damaged office after a backup, as far as its journal can still be read."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import Counter
from pathlib import Path

from db.errors import Damaged
from db.salvage.wreck import Row, Wreck
from gwangju_desktop import clock
from gwangju_desktop.backups.form import Manifest
from gwangju_desktop.backups.losing import MOST, Loss, Step
from gwangju_desktop.text import Msg

_COLUMNS = ("id", "at", "who", "kind", "label", "hash")


def since(path: Path, manifest: Manifest) -> Loss | None:
    """Return what a backup does not hold of a damaged office; None where nothing tells."""
    with tempfile.TemporaryDirectory(prefix="gwangju-wreck-") as workshop:
        try:
            with Wreck(path, Path(workshop)) as wreck:
                found = wreck.read("change_log", _COLUMNS)
        except Damaged:
            return None
    if set(found.columns) != set(_COLUMNS):
        return None
    at = {name: found.columns.index(name) for name in _COLUMNS}
    numbered = {row[at["id"]]: row for row in found.rows if type(row[at["id"]]) is int}
    entries = [numbered[number] for number in sorted(numbered)]
    for row in entries:
        if row[at["id"]] == manifest.audit_id and row[at["hash"]].hex() != manifest.audit_hash:
            return Loss(False)
    later = [row for row in entries if row[at["id"]] > manifest.audit_id]
    labels = Counter(str(row[at["label"]]) for row in later)
    people = Counter(str(row[at["who"]]) for row in later)
    return Loss(
        True,
        len(later),
        tuple((Msg(label), n) for label, n in labels.most_common()),
        tuple(people.most_common()),
        tuple(_step(row, at) for row in reversed(later[-MOST:])),
    )


def _step(row: Row, at: dict[str, int]) -> Step:
    moment: dt.datetime | None
    try:
        moment = clock.local(dt.datetime.fromisoformat(str(row[at["at"]])))
    except ValueError:
        moment = None
    who, kind, label = (str(row[at[name]]) for name in ("who", "kind", "label"))
    return Step(int(row[at["id"]]), moment, who, kind, Msg(label), "")
