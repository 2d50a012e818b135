"""What the page of packs asks of the office: the meetings, and a pack bound to a file."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from db.vocab import Edition, IssueKind
from gwangju_desktop import clock
from gwangju_desktop.meetings import queries
from gwangju_desktop.packs import issues
from gwangju_desktop.packs.checks import Check, checks, known
from gwangju_desktop.packs.issues import IssueRow
from gwangju_desktop.packs.model import Entry, PackFacts
from gwangju_desktop.packs.naming import file_of
from gwangju_desktop.packs.saving import save_copy, save_into
from gwangju_desktop.packs.twins import edition_file
from gwangju_desktop.packs.usecases import bind_pack
from ui.packs.office import Door, told
from ui.packs.pictures import Workshop
from ui.sweeper import resting


@dataclass(frozen=True, slots=True)
class Asked:
    """Which pack is to be seen: a meeting's, for whom and in which language.

    With `issue_id` it is what went out then, otherwise the pack as the office is now.
    """

    meeting_id: int
    language: str
    edition: Edition = Edition.MEMBERS
    issue_id: int | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A pack on the disk, and what to say about it."""

    file: Path
    asked: Asked
    facts: PackFacts
    name: str  # of the file once it is saved
    size: int
    made: dt.datetime
    checks: tuple[Check, ...] = ()
    issue: IssueRow | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the names of the file's sheets."""
        return self.facts.labels or tuple(str(n) for n in range(1, self.facts.pages + 1))


@dataclass(frozen=True, slots=True)
class Unbound:
    """Why there is no pack in that file."""

    file: Path
    error: Exception


def choices(read, *, today: dt.date) -> tuple[list, int | None]:
    """Return every meeting and the one a person most likely wants."""
    return queries.meetings(read), queries.next_meeting_id(read, today=today)


def bind(work, *, asked: Asked, file: Path) -> Bound | Unbound:
    """Put the pack that is asked for into a file; a job for `desk.work`."""
    try:
        if asked.issue_id is not None:
            return _fetch(work, asked, file)
        with resting():
            return _bind(work, asked, file)
    except Exception as error:
        return Unbound(file, error)


def _bind(work, asked: Asked, file: Path) -> Bound:
    facts = bind_pack(
        work.store,
        meeting_id=asked.meeting_id,
        target=file,
        edition=asked.edition,
        language=asked.language,
        **told(work),
    )
    now = clock.local(clock.now())
    with work.reading() as read:
        known_of = known(read, meeting_id=asked.meeting_id)
        name = file_of(
            read,
            meeting_id=asked.meeting_id,
            at=now,
            edition=asked.edition,
            language=asked.language,
            draft=True,
        )
    size = file.stat().st_size
    return Bound(file, asked, facts, name, size, now, checks(facts, known_of, size=size))


def _fetch(work, asked: Asked, file: Path) -> Bound:
    """Fetch a file that went out; an edition that was not made yet is made from its numbers.

    What followed an issue went out to its members alone. Raises UserError where the pack changed
    since, so that no other edition of it can be made.
    """
    with work.reading() as read:
        issue = issues.issue(read, id=asked.issue_id)
    followed = issue.kind != IssueKind.ISSUE
    kept = issue.file() if followed else issue.file(asked.edition.value)
    if kept is None:
        kept = edition_file(
            Door(work), issue_id=issue.id, edition=asked.edition.value, **told(work)
        )
    shutil.copyfile(work.store.papers.path(kept.sha256), file)
    entries = tuple(
        Entry(part.key, part.title, part.level, part.first, part.count, part.trouble)
        for part in issue.parts
    )
    facts = PackFacts(kept.pages, entries, kept.sha256, (), kept.labels, issue.frozen)
    asked = replace(asked, edition=Edition(kept.edition), language=kept.language)
    return Bound(file, asked, facts, kept.name, kept.bytes, kept.made_at, issue=issue)


def save_all(work, *, issue_id: int, folder: Path) -> list[Path]:
    """Save every file of an issue under its own name; a job for `desk.work`."""
    with work.reading() as read:
        files = issues.issue(read, id=issue_id).files
    return [save_into(work.store.papers, file, folder) for file in files]


def save(work, *, workshop: Workshop, file: Path, target: Path) -> Path:
    """Save a lent pack; a job for `desk.work`."""
    with workshop.lent(file):
        return save_copy(file, target)
