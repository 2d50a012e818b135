"""The pack goes out: its numbers are frozen, its file is kept by its hash, and both for good.

A pack is drawn outside the office's lock, which takes seconds, and says on page 1 what the office
was when it was drawn: the journal's head. When somebody wrote meanwhile it is drawn again.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from db.store import Store
from db.vocab import IssueKind
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import required
from gwangju_desktop.meetings.guards import changeable
from gwangju_desktop.packs import issues, keeping, naming
from gwangju_desktop.packs.changes import Held, PartChange, held
from gwangju_desktop.packs.issues import FileRow, IssuedPart, IssueRow
from gwangju_desktop.packs.model import PackData, PackFacts, Stamp
from gwangju_desktop.packs.pack import (
    Progress,
    number_pack,
    write_pack,
    write_revision,
    write_supplement,
)
from gwangju_desktop.packs.queries import pack_data
from gwangju_desktop.text import N_

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Issued:
    """What went out: its row, its file, and what stands on its pages."""

    id: int
    kind: str
    number: int
    at: dt.datetime
    parts_hash: str
    file: FileRow
    facts: PackFacts


@dataclass(frozen=True, slots=True)
class _Job:
    """Something to draw and to keep.

    `parts` that were not on paper before have no page yet; `first` is the first page it takes.
    """

    kind: IssueKind
    number: int
    of_id: int | None
    language: str
    reason: str
    parts: tuple[IssuedPart, ...]
    write: Callable[[Path, Stamp], PackFacts]
    first: int = 1


def issue_pack(
    store: Store,
    *,
    meeting_id: int,
    language: str = "ko",
    reason: str = "",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Issued:
    """Issue a meeting's pack to its members; its page numbers hold from then on.

    A pack that was issued before gets new numbers on all its pages and needs a `reason`. Raises
    UserError, Cancelled, Full, ReadOnly.
    """

    def plan(read: Session) -> _Job:
        _refuse_again(issues.current(read, meeting_id=meeting_id), reason)
        data = pack_data(read, store.papers, meeting_id=meeting_id, language=language)
        if not data.parts:
            raise UserError(N_("The pack has no part."), hint=N_("Take parts into it first."))
        digests = number_pack(data, language=language).digests
        number = issues.next_number(read, meeting_id=meeting_id, kind=IssueKind.ISSUE)

        def write(target: Path, stamp: Stamp) -> PackFacts:
            return write_pack(
                data,
                target,
                stamp=stamp,
                language=language,
                progress=progress,
                cancelled=cancelled,
            )

        parts = _coming(data, digests, [part.key for part in data.parts])
        return _Job(IssueKind.ISSUE, number, None, language, reason, parts, write)

    return _put_out(store, meeting_id, plan)


def supplement_pack(
    store: Store,
    *,
    meeting_id: int,
    reason: str,
    keys: Sequence[str] | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Issued:
    """Issue what came after the pack, its pages numbered on from the last one on paper.

    `keys` are the parts it holds, by default all that are not on paper yet. Raises UserError when
    there is none, or no reason.
    """
    why = required(reason, N_("A supplement needs its reason."))

    def plan(read: Session) -> _Job:
        now = _issued(read, store, meeting_id)
        chosen = _some(now.changes.new, keys)
        if not chosen:
            raise UserError(
                N_("There is nothing to supplement: every part is on paper."),
                hint=N_("What only changed goes into a revision."),
            )
        start = issues.last_page(now.issue, now.more) + 1
        number = issues.next_number(read, meeting_id=meeting_id, kind=IssueKind.SUPPLEMENT)
        language = now.issue.language

        def write(target: Path, stamp: Stamp) -> PackFacts:
            return write_supplement(
                now.data,
                target,
                keys=chosen,
                start=start,
                number=number,
                reason=why,
                stamp=stamp,
                language=language,
                progress=progress,
                cancelled=cancelled,
            )

        parts = _coming(now.data, now.numbered.digests, chosen)
        return _Job(IssueKind.SUPPLEMENT, number, now.issue.id, language, why, parts, write, start)

    return _put_out(store, meeting_id, plan)


def revise_pack(
    store: Store,
    *,
    meeting_id: int,
    reason: str,
    changed: Sequence[str] | None = None,
    withdrawn: Sequence[str] | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Issued:
    """Issue pages that take the place of old ones under their numbers.

    By default of all parts that say something else than on paper or are gone. Raises UserError when
    there is none, or no reason.
    """
    why = required(reason, N_("A revision needs its reason."))

    def plan(read: Session) -> _Job:
        now = _issued(read, store, meeting_id)
        anew = _some(now.changes.changed, changed)
        gone = _some(now.changes.withdrawn, withdrawn)
        if not anew and not gone:
            raise UserError(
                N_("There is nothing to revise: the pages on paper are as they were."),
                hint=N_("What is new goes into a supplement."),
            )
        number = issues.next_number(read, meeting_id=meeting_id, kind=IssueKind.REVISION)
        language = now.issue.language
        frozen = issues.numbers_of(now.paper.values(), now.issue.total)

        def write(target: Path, stamp: Stamp) -> PackFacts:
            return write_revision(
                now.data,
                target,
                frozen=frozen,
                changed=anew,
                withdrawn={key: now.paper[key].title for key in gone},
                number=number,
                reason=why,
                stamp=stamp,
                language=language,
                progress=progress,
                cancelled=cancelled,
            )

        digests = now.numbered.digests
        parts = [
            *(replace(now.paper[key], sha256=digests[key], withdrawn=False) for key in anew),
            *(replace(now.paper[key], sha256="", withdrawn=True) for key in gone),
        ]
        parts.sort(key=lambda part: part.first)
        return _Job(
            IssueKind.REVISION,
            number,
            now.issue.id,
            language,
            why,
            tuple(parts),
            write,
            parts[0].first,
        )

    return _put_out(store, meeting_id, plan)


def _put_out(store: Store, meeting_id: int, plan: Callable[[Session], _Job]) -> Issued:
    """Draw, keep and write down what a plan says; again when the office changed meanwhile."""
    for _ in range(keeping.ATTEMPTS):
        at = clock.now()
        with store.reading() as read:
            head = keeping.head_of(read)
            changeable(read, meeting_id)
            job = plan(read)
            name = naming.file_of(
                read,
                meeting_id=meeting_id,
                at=at,
                kind=job.kind,
                number=job.number,
                language=job.language,
            )
        whole = keeping.parts_hash((part.sha256 for part in job.parts), head)
        stamp = Stamp(job.kind, job.number, clock.local(at), whole[: issues.SHORT])
        with tempfile.TemporaryDirectory(prefix="gwangju-pack-") as folder:
            target = Path(folder) / "pack.pdf"
            facts = job.write(target, stamp)
            file = keeping.kept(store.papers, target, name, facts)
        parts = _drawn(job, facts)
        try:
            done = store.run(
                keeping.USECASES[job.kind],
                head=head,
                meeting_id=meeting_id,
                number=job.number,
                of_id=job.of_id,
                at=at,
                language=job.language,
                first_page=job.first,
                last_page=_last(job, facts, parts),
                total=facts.pages if job.kind is IssueKind.ISSUE else 0,
                reason=job.reason,
                parts=[part.as_json() for part in parts],
                parts_hash=whole,
                file=file,
            )
        except keeping.Moved:
            continue
        with store.reading() as read:
            row = issues.issue(read, id=done.value)
        return Issued(
            row.id, row.kind, row.number, row.issued_at, row.parts_hash, row.files[0], facts
        )
    raise keeping.busy()


def _refuse_again(issue: IssueRow | None, reason: str) -> None:
    """Raise UserError for a pack that is on paper already, unless a reason is given."""
    if issue is not None and not reason.strip():
        raise UserError(
            N_("The pack was issued on {at:when}: all its pages would get new numbers."),
            hint=N_("Issue a supplement or a revision, or say why all of it goes out anew."),
            at=issue.issued_at,
        )


def _issued(read: Session, store: Store, meeting_id: int) -> Held:
    """Return what is on paper; raise UserError before the first issue."""
    now = held(read, store.papers, meeting_id=meeting_id)
    if now is None:
        raise UserError(N_("The pack has not been issued yet."), hint=N_("Issue it first."))
    return now


def _some(found: Sequence[PartChange], keys: Sequence[str] | None) -> list[str]:
    """Return the keys of all changes or of those asked for, in the order of the pack.

    Raises UserError for one that did not change.
    """
    there = [part.key for part in found]
    if keys is None:
        return there
    strange = next((key for key in keys if key not in there), None)
    if strange is not None:
        raise UserError(
            N_("“{key}” is not among the parts that changed."),
            hint=N_("Look at the changes again."),
            key=strange,
        )
    return [key for key in there if key in keys]


def _coming(
    data: PackData, digests: Mapping[str, str], keys: Sequence[str]
) -> tuple[IssuedPart, ...]:
    """Return parts that go on paper for the first time; their places are known once drawn.

    Titles of what is not public are not kept with what stays for good.
    """
    return tuple(
        IssuedPart(
            part.key,
            "" if part.closed else part.title,
            0,
            0,
            digests[part.key],
            part.level,
        )
        for part in data.parts
        if part.key in keys
    )


def _drawn(job: _Job, facts: PackFacts) -> tuple[IssuedPart, ...]:
    """Return the parts as they were drawn: what was new has its page, what failed says why."""
    entries = {entry.key: entry for entry in facts.entries}
    parts = []
    for part in job.parts:
        entry = entries.get(part.key)
        if entry is not None:
            part = replace(part, trouble=entry.trouble)
            if job.kind is not IssueKind.REVISION:
                part = replace(part, first=entry.page, count=entry.count)
        parts.append(part)
    return tuple(parts)


def _last(job: _Job, facts: PackFacts, parts: Sequence[IssuedPart]) -> int:
    """Return the last page number it takes."""
    if job.kind is IssueKind.REVISION:
        return max(part.first + part.count - 1 for part in parts)
    return job.first + facts.pages - 1
