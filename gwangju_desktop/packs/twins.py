"""Editions of an issue, made when they are wanted, under the numbers the members have."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy.orm import Session

from db.store import Store
from db.vocab import Edition, IssueKind
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.packs import issues, keeping, naming
from gwangju_desktop.packs.changes import Held, held
from gwangju_desktop.packs.issues import FileRow, IssueRow
from gwangju_desktop.packs.model import PackData
from gwangju_desktop.packs.pack import Progress, write_pack
from gwangju_desktop.packs.queries import pack_data
from gwangju_desktop.text import N_


def edition_file(
    store: Store,
    *,
    issue_id: int,
    edition: str,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> FileRow:
    """Return an edition of an issue; one that is not there yet is made from its frozen numbers.

    Raises UserError when the pack has changed since: the edition would not be the same pack.
    """
    wanted = Edition(edition)
    for _ in range(keeping.ATTEMPTS):
        with store.reading() as read:
            row = issues.issue(read, id=issue_id)
            there = row.file(wanted.value)
            if there is not None:
                return there
            head = keeping.head_of(read)
            now = unchanged(read, store, row)
            data = edition_data(read, store, now, wanted)
            name = naming.file_of(
                read,
                meeting_id=row.meeting_id,
                at=row.issued_at,
                edition=wanted,
                number=row.number,
                language=row.language,
            )
        with tempfile.TemporaryDirectory(prefix="gwangju-pack-") as folder:
            target = Path(folder) / "pack.pdf"
            facts = write_pack(
                data,
                target,
                edition=wanted,
                frozen=row.frozen,
                stamp=row.stamp,
                language=row.language,
                progress=progress,
                cancelled=cancelled,
            )
            file = keeping.kept(store.papers, target, name, facts)
        try:
            store.run(
                keeping.keep_edition,
                head=head,
                issue_id=issue_id,
                edition=wanted.value,
                language=row.language,
                at=clock.now(),
                file=file,
            )
        except keeping.Moved:
            continue
        with store.reading() as read:
            made = issues.issue(read, id=issue_id).file(wanted.value)
        assert made is not None
        return made
    raise keeping.busy()


def unchanged(read: Session, store: Store, row: IssueRow) -> Held:
    """Return what is on paper when its parts say what they said; raise UserError otherwise.

    What came later and is not on paper yet does not matter: it is no part of this issue.
    """
    if row.kind != IssueKind.ISSUE:
        raise UserError(N_("A supplement or a revision has no other editions."))
    now = held(read, store.papers, meeting_id=row.meeting_id)
    assert now is not None
    if now.issue.id != row.id:
        raise UserError(
            N_("The pack was issued anew on {at:when}: editions are made of that issue."),
            at=now.issue.issued_at,
        )
    own = {part.key for part in row.parts}
    gone = [part for key, part in now.paper.items() if key in own and part.withdrawn]
    other = [part for part in (*now.changes.changed, *now.changes.withdrawn) if part.key in own]
    if gone or other:
        raise UserError(
            N_("The pack has changed since it was issued: this edition would not be the same."),
            hint=N_("Issue a revision first, or take the changes back."),
        )
    return now


def edition_data(read: Session, store: Store, now: Held, edition: Edition) -> PackData:
    """Return what an edition of the issue says: the parts that went out with it, as of that day."""
    row = now.issue
    # Gathered for the edition: for the public one nothing closed comes within reach of the drawing.
    data = pack_data(
        read,
        store.papers,
        meeting_id=row.meeting_id,
        language=row.language,
        edition=edition,
        day=row.issued_at.date(),
    )
    there = {part.key for part in row.parts}
    items = tuple(
        replace(item, papers=tuple(one for one in item.papers if f"paper-{one.id}" in there))
        for item in data.items
    )
    parts = tuple(part for part in data.parts if part.key in there)
    return replace(data, parts=parts, items=items)
