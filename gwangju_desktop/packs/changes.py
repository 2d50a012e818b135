"""What differs between the pack as it would be made now and what members have on paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.papers import Papers
from db.vocab import IssueKind, PartKind
from gwangju_desktop.packs import issues
from gwangju_desktop.packs.issues import IssuedPart, IssueRow
from gwangju_desktop.packs.model import Numbered, PackData
from gwangju_desktop.packs.pack import number_pack
from gwangju_desktop.packs.queries import pack_data


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part that is new, says something else, or is gone; `page` is its first on paper.

    `title` is empty for a part that is gone and was not public.
    """

    key: str
    title: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the pack went out: parts to supplement, to revise, and to withdraw."""

    issue_id: int
    new: tuple[PartChange, ...]
    changed: tuple[PartChange, ...]
    withdrawn: tuple[PartChange, ...]

    @property
    def any(self) -> bool:
        """Say whether paper and office differ."""
        return bool(self.new or self.changed or self.withdrawn)

    @property
    def proposes(self) -> tuple[IssueKind, ...]:
        """Return what would bring the paper up to date."""
        found = []
        if self.new:
            found.append(IssueKind.SUPPLEMENT)
        if self.changed or self.withdrawn:
            found.append(IssueKind.REVISION)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting's pack as it would be made now, beside what is on paper."""

    issue: IssueRow
    more: tuple[IssueRow, ...]
    paper: Mapping[str, IssuedPart]
    data: PackData
    numbered: Numbered
    changes: Changes


def held(read: Session, papers: Papers, *, meeting_id: int) -> Held | None:
    """Return what is on paper beside what would be made now; None before the first issue."""
    issue = issues.current(read, meeting_id=meeting_id)
    if issue is None:
        return None
    more = tuple(issues.following(read, issue_id=issue.id))
    paper = issues.on_paper(issue, more)
    data = pack_data(read, papers, meeting_id=meeting_id, language=issue.language)
    numbered = number_pack(data, language=issue.language)
    return Held(issue, more, paper, data, numbered, _compared(issue, paper, data, numbered))


def changes_since(read: Session, papers: Papers, *, meeting_id: int) -> Changes | None:
    """Return which parts differ from what is on paper; None when nothing was issued yet.

    Parts are compared by what they say, not by where they stand. Raises UserError when there is no
    such meeting.
    """
    found = held(read, papers, meeting_id=meeting_id)
    return None if found is None else found.changes


def only(parts: tuple[PartChange, ...], keys: Collection[str]) -> tuple[PartChange, ...]:
    """Return the changes of these parts, in the order of the pack."""
    return tuple(part for part in parts if part.key in keys)


def _compared(
    issue: IssueRow, paper: Mapping[str, IssuedPart], data: PackData, numbered: Numbered
) -> Changes:
    new, changed = [], []
    for part in data.parts:
        before = paper.get(part.key)
        if part.divider:
            # A sheet with a title; it changes with the part behind it.
            continue
        if before is None:
            # What follows has a cover of its own.
            if part.kind is not PartKind.COVER:
                new.append(PartChange(part.key, part.title))
        elif before.withdrawn or before.sha256 != numbered.digests[part.key]:
            changed.append(PartChange(part.key, part.title, before.first))
    there = {part.key for part in data.parts}
    gone = [
        PartChange(part.key, part.title, part.first)
        for part in paper.values()
        if part.key not in there and not part.withdrawn and not part.key.startswith("divider-")
    ]
    gone.sort(key=lambda part: part.page or 0)
    return Changes(issue.id, tuple(new), tuple(changed), tuple(gone))
