"""How a copy follows the one before it: by the hash of its manifest, by number, by the journal."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import unproved
from gwangju_desktop.snapshots import verify as checks
from gwangju_desktop.snapshots.compare import breaks, demand_same_office
from gwangju_desktop.snapshots.opening import SnapshotView
from gwangju_desktop.snapshots.verify import Problem, Verdict
from gwangju_desktop.text import N_

SUFFIXES = (".gwsnap", ".zip", ".001")
MOST_FILES = 500  # files of a folder that are looked at


@dataclass(frozen=True, slots=True)
class Link:
    """An older copy held against a newer one, both verified.

    `follows` says that the newer names the older's manifest as the one before it; `missing` are
    the numbers between the two.
    """

    path: Path
    newer: Verdict
    older: Verdict
    follows: bool
    missing: tuple[int, ...]
    problems: tuple[Problem, ...]


def beside(view: SnapshotView) -> Path | None:
    """Return the copy before this one if it lies in the same folder, else the nearest older one."""
    mine = view.verdict.demand()
    nearest: tuple[int, Path] | None = None
    try:
        paths = sorted(view.path.parent.iterdir())[:MOST_FILES]
    except OSError:
        return None
    for path in paths:
        if path.suffix.lower() not in SUFFIXES or path == view.path:
            continue
        found = unproved.peek(path)
        if found is None:
            continue
        said, data = found
        if mine.previous and hashlib.sha256(data).hexdigest() == mine.previous:
            return path
        older = said.office_id == mine.office_id and said.sequence < mine.sequence
        if older and (nearest is None or said.sequence > nearest[0]):
            nearest = (said.sequence, path)
    return nearest[1] if nearest else None


def link(view: SnapshotView, older: Path, *, cancelled: Callable[[], bool] | None = None) -> Link:
    """Verify an older copy and hold this one against it.

    Raises UserError when it is not whole, of another office or not older.
    """
    mine = view.verdict.demand()
    with checks.unpacked(older, cancelled=cancelled) as (verdict, _):
        theirs = verdict.demand()
    demand_same_office(verdict, view.verdict, older.name, view.path.name)
    if theirs.sequence >= mine.sequence:
        raise UserError(
            N_("{file} is snapshot no. {n}; choose one made before no. {mine}."),
            file=older.name,
            n=theirs.sequence,
            mine=mine.sequence,
        )
    return Link(
        older,
        view.verdict,
        verdict,
        mine.previous == verdict.manifest_sha256,
        tuple(range(theirs.sequence + 1, mine.sequence)),
        tuple(breaks(verdict, view.verdict)),
    )


def gaps(view: SnapshotView) -> tuple[int, ...]:
    """Return the numbers before this copy's own that its list of copies made does not name."""
    manifest = view.manifest
    listed = {row.get("sequence") for row in view.copies.rows}
    if manifest is None or view.table("snapshot") is None:
        return ()
    return tuple(n for n in range(1, manifest.sequence) if n not in listed)


def unlisted_previous(view: SnapshotView) -> bool:
    """Say that the copy's own list has another manifest for the copy before than it names."""
    manifest = view.manifest
    if manifest is None or manifest.previous is None:
        return False
    hashes = {
        row.get("manifest_sha256")
        for row in view.copies.rows
        if row.get("sequence") == manifest.sequence - 1
    }
    return bool(hashes) and manifest.previous not in hashes
