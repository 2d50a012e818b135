"""What went out to members: issues, supplements and revisions, and what is on paper now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.packs import PackFile, PackIssue
from db.schema.papers import StoredFile
from db.vocab import Edition, IssueKind
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.packs.model import Frozen, Stamp
from gwangju_desktop.text import N_

SHORT = 8


@dataclass(frozen=True, slots=True)
class IssuedPart:
    """One part as it went out: first page, number of pages, the SHA-256 of what it says.

    `title` is empty for what is not public. A `withdrawn` part has left the pack; its page says so.
    """

    key: str
    title: str
    first: int
    count: int
    sha256: str
    level: int = 1
    trouble: str | None = None
    withdrawn: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return it as the row of an issue keeps it."""
        kept: dict[str, Any] = {
            "key": self.key,
            "title": self.title,
            "first": self.first,
            "count": self.count,
            "sha256": self.sha256,
            "level": self.level,
        }
        if self.trouble:
            kept["trouble"] = self.trouble
        if self.withdrawn:
            kept["withdrawn"] = True
        return kept


@dataclass(frozen=True, slots=True)
class FileRow:
    """An edition of an issue as a file; `labels` name its pages in order.

    `store.papers.path(sha256)` is the file itself, `made_at` on the office's clock.
    """

    id: int
    issue_id: int
    edition: str
    language: str
    file_id: int
    name: str
    sha256: str
    bytes: int
    pages: int
    made_at: dt.datetime
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One issue, supplement or revision; `issued_at` is on the office's clock.

    `total` is the "of n" on paper, 0 for what follows an issue.
    """

    id: int
    meeting_id: int
    kind: str
    number: int
    of_id: int | None
    issued_at: dt.datetime
    language: str
    first_page: int
    last_page: int
    total: int
    reason: str
    parts: tuple[IssuedPart, ...]
    parts_hash: str
    head: str
    files: tuple[FileRow, ...]

    @property
    def short_hash(self) -> str:
        """Return the part of the hash that stands at the foot of page 1."""
        return self.parts_hash[:SHORT]

    @property
    def stamp(self) -> Stamp:
        """Return what the foot of page 1 says."""
        return Stamp(IssueKind(self.kind), self.number, self.issued_at, self.short_hash)

    @property
    def frozen(self) -> Frozen:
        """Return the page numbers it went out with."""
        return numbers_of(self.parts, self.total)

    def file(self, edition: str = Edition.MEMBERS.value) -> FileRow | None:
        """Return an edition that was made."""
        return next((file for file in self.files if file.edition == edition), None)


def numbers_of(parts: Iterable[IssuedPart], total: int) -> Frozen:
    """Return the page numbers of parts that went out."""
    kept = tuple(parts)
    return Frozen(
        {part.key: part.first for part in kept}, {part.key: part.count for part in kept}, total
    )


def of_meeting(read: Session, *, meeting_id: int) -> list[IssueRow]:
    """List what went out for a meeting, the oldest first."""
    found = read.scalars(
        select(PackIssue).where(PackIssue.meeting_id == meeting_id).order_by(PackIssue.id)
    ).all()
    return _rows(read, found)


def issue(read: Session, *, id: int) -> IssueRow:
    """Return one issue, supplement or revision; raises UserError when there is none of this id."""
    found = read.get(PackIssue, id)
    if found is None:
        raise UserError(N_("There is no issued pack {id}."), id=id)
    return _rows(read, [found])[0]


def current(read: Session, *, meeting_id: int) -> IssueRow | None:
    """Return the issue whose numbers hold, the last one; None before the first."""
    found = read.scalars(
        select(PackIssue)
        .where(PackIssue.meeting_id == meeting_id, PackIssue.kind == IssueKind.ISSUE.value)
        .order_by(PackIssue.number.desc())
        .limit(1)
    ).first()
    return None if found is None else _rows(read, [found])[0]


def following(read: Session, *, issue_id: int) -> list[IssueRow]:
    """List the supplements and revisions of an issue, the oldest first."""
    found = read.scalars(
        select(PackIssue).where(PackIssue.of_id == issue_id).order_by(PackIssue.id)
    ).all()
    return _rows(read, found)


def on_paper(first: IssueRow, more: Sequence[IssueRow]) -> dict[str, IssuedPart]:
    """Return each part as members have it on paper, by its key.

    A part keeps the page it went out on; what it says is as the last revision has it.
    """
    held = {part.key: part for part in first.parts}
    for row in more:
        held.update({part.key: part for part in row.parts})
    return held


def last_page(first: IssueRow, more: Sequence[IssueRow]) -> int:
    """Return the last page on paper; a revision takes old numbers and adds none."""
    later = [row.last_page for row in more if row.kind == IssueKind.SUPPLEMENT]
    return max([first.last_page, *later])


def next_number(read: Session, *, meeting_id: int, kind: IssueKind) -> int:
    """Return the number the next issue of a kind gets."""
    last = read.scalars(
        select(PackIssue.number)
        .where(PackIssue.meeting_id == meeting_id, PackIssue.kind == kind.value)
        .order_by(PackIssue.number.desc())
        .limit(1)
    ).first()
    return (last or 0) + 1


def _rows(read: Session, found: Sequence[PackIssue]) -> list[IssueRow]:
    files = _files(read, [row.id for row in found])
    return [
        IssueRow(
            id=row.id,
            meeting_id=row.meeting_id,
            kind=row.kind,
            number=row.number,
            of_id=row.of_id,
            issued_at=clock.local(row.issued_at),
            language=row.language,
            first_page=row.first_page,
            last_page=row.last_page,
            total=row.total,
            reason=row.reason,
            parts=tuple(IssuedPart(**part) for part in row.parts),
            parts_hash=row.parts_hash,
            head=row.head,
            files=tuple(files.get(row.id, ())),
        )
        for row in found
    ]


def _files(read: Session, issues: Sequence[int]) -> Mapping[int, list[FileRow]]:
    found = read.execute(
        select(PackFile, StoredFile)
        .join(StoredFile, StoredFile.id == PackFile.file_id)
        .where(PackFile.issue_id.in_(issues))
        .order_by(PackFile.id)
    ).all()
    rows: dict[int, list[FileRow]] = {}
    for kept, stored in found:
        facts = stored.facts if isinstance(stored.facts, dict) else {}
        rows.setdefault(kept.issue_id, []).append(
            FileRow(
                kept.id,
                kept.issue_id,
                kept.edition,
                kept.language,
                kept.file_id,
                stored.name,
                stored.sha256,
                stored.bytes,
                kept.pages,
                clock.local(kept.made_at),
                tuple(facts.get("labels", ())),
            )
        )
    return rows
