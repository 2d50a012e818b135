"""The public files inside a copy: what they are, and one of them written out, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from db.files import atomic_write
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.papers.kinds import TAKEN, suffix
from gwangju_desktop.papers.lending import safe_name
from gwangju_desktop.snapshots import container, sending, trouble
from gwangju_desktop.snapshots.opening import SnapshotView, TableView, Value

FOLDER = f"{container.EVIDENCE_FOLDER}/"


@dataclass(frozen=True, slots=True)
class Filed:
    """A piece of evidence of the copy; `member` is "" where only its SHA-256 went out.

    `title` is "" where it was withheld, `sha256` where the copy names no file.
    """

    id: str
    title: str
    title_en: str
    kind: str
    obtained_on: str
    sha256: str
    bytes: int | None
    member: str

    @property
    def name(self) -> str:
        """Return a name to save it under."""
        return safe_name(f"{self.title or self.sha256[:16]}{suffix(self.member)}")

    @property
    def opens(self) -> bool:
        """Say whether a file of this kind is handed to its own program."""
        return bool(self.member) and suffix(self.member) in TAKEN


def listed(view: SnapshotView) -> list[Filed]:
    """Return the evidence of a copy, that whose file is inside first."""
    files = {row.get("id"): row for row in _rows(view.table("stored_file"))}
    manifest = view.verdict.manifest
    inside = {
        name.removeprefix(FOLDER).partition(".")[0]: name
        for name in (manifest.files if manifest else ())
        if name.startswith(FOLDER)
    }
    found = []
    for row in _rows(view.table("evidence")):
        file = files.get(row.get("file_id"), {})
        sha256 = str(file.get("sha256") or "")
        size = file.get("bytes")
        found.append(
            Filed(
                str(row.get("id")),
                str(row.get("title") or ""),
                str(row.get("title_en") or ""),
                str(row.get("kind") or ""),
                str(row.get("obtained_on") or ""),
                sha256,
                size if isinstance(size, int) else None,
                inside.get(sha256, ""),
            )
        )
    told = {one.member for one in found}
    # Files of records that are not among the rows at hand.
    found += [
        Filed("", "", "", "", "", sha256, None, name)
        for sha256, name in inside.items()
        if name not in told
    ]
    return sorted(found, key=lambda one: (not one.member, one.obtained_on, one.title, one.id))


def write(
    view: SnapshotView,
    filed: Filed,
    target: Path,
    *,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    """Write a file of the copy to `target`, whole or not at all, and return it.

    The bytes are hashed while they are written: what differs from the signed list is not put in
    place. Raises UserError for that and for a copy that did not verify, Cancelled when stopped.
    """
    facts = view.verdict.demand().files[filed.member]
    digest, size = hashlib.sha256(), 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(target) as out:

        def took(chunk: bytes) -> None:
            nonlocal size
            if cancelled and cancelled():
                raise Cancelled
            size += len(chunk)
            digest.update(chunk)
            out.write(chunk)

        try:
            there = read(view.path, filed.member, took)
        except container.NotCanonical as error:
            raise trouble.not_whole(view.path.name, error.where, view.bytes) from None
        if not there or (size, digest.hexdigest()) != (facts.bytes, facts.sha256):
            raise trouble.part_differs(view.path.name, filed.member)
    return target


def read(path: Path, member: str, took: Callable[[bytes], None]) -> bool:
    """Give a member of a copy piece by piece, and return whether it is there.

    Raises NotCanonical where the file is not as copies are written.
    """

    class Found(Exception):
        """The member is complete; the rest need not be read."""

    def piece(one: container.Member, chunk: bytes) -> None:
        if one.name == member:
            took(chunk)

    def ended(one: container.Member) -> None:
        if one.name == member:
            raise Found

    with sending.open_whole(path) as file:
        try:
            container.members(file, took=piece, ended=ended)
        except Found:
            return True
    return False


def _rows(table: TableView | None) -> list[dict[str, Value]]:
    if table is None:
        return []
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]
