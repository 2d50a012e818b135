"""What went out is written down: the issue, its file, its editions.

The file is in the store before the row that names it, so a crash in between leaves no half issue.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.journal import ZERO
from db.papers import Papers
from db.schema.journal import change_log
from db.schema.packs import PackFile, PackIssue
from db.schema.papers import StoredFile
from db.store import usecase
from db.vocab import Edition, IssueKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import writable
from gwangju_desktop.meetings.guards import changeable
from gwangju_desktop.packs.model import PackFacts
from gwangju_desktop.text import N_

# So often a pack is drawn again because somebody wrote while it was drawn.
ATTEMPTS = 3


class Moved(Exception):
    """Somebody wrote since the pack was drawn: its page 1 does not say the truth any more."""


def busy() -> UserError:
    """Return what is said when the office changed each time a pack was drawn."""
    return UserError(
        N_("The office changed again and again while the pack was made; nothing was issued."),
        hint=N_("Try again when nobody else is entering anything."),
    )


def head_of(read: Session) -> str:
    """Return the hash of the journal's last entry in hex, zeros when there is none."""
    found = read.scalars(select(change_log.c.hash).order_by(change_log.c.id.desc()).limit(1))
    last = found.first()
    return (ZERO if last is None else bytes(last)).hex()


def parts_hash(digests: Iterable[str], head: str) -> str:
    """Return the SHA-256 of the parts' own in order and the journal's head, a line each, in hex."""
    return hashlib.sha256("\n".join([*digests, head]).encode("ascii")).hexdigest()


def kept(papers: Papers, path: Path, name: str, facts: PackFacts) -> dict[str, Any]:
    """Put a finished file into the store and return what its row holds."""
    return {
        "sha256": papers.put(path),
        "name": name,
        "bytes": path.stat().st_size,
        "pages": facts.pages,
        "facts": {"labels": list(facts.labels)},
    }


@usecase("Issue the pack", undoable=False)
def keep_issue(tx: Session, **values: Any) -> int:
    """Write down an issue; see `_keep`."""
    return _keep(tx, IssueKind.ISSUE, **values)


@usecase("Issue a supplement of the pack", undoable=False)
def keep_supplement(tx: Session, **values: Any) -> int:
    """Write down a supplement; see `_keep`."""
    return _keep(tx, IssueKind.SUPPLEMENT, **values)


@usecase("Issue a revision of the pack", undoable=False)
def keep_revision(tx: Session, **values: Any) -> int:
    """Write down a revision; see `_keep`."""
    return _keep(tx, IssueKind.REVISION, **values)


USECASES = {
    IssueKind.ISSUE: keep_issue,
    IssueKind.SUPPLEMENT: keep_supplement,
    IssueKind.REVISION: keep_revision,
}


@usecase("Keep an edition of the pack", aside=True)
def keep_edition(
    tx: Session,
    *,
    head: str,
    issue_id: int,
    edition: str,
    language: str,
    at: dt.datetime,
    file: dict[str, Any],
) -> int:
    """Write down an edition made of an issue; raises Moved when somebody wrote meanwhile."""
    _refuse_moved(tx, head)
    row = _file(tx, issue_id, Edition(edition), language, at, file)
    return row.id


def _keep(
    tx: Session,
    kind: IssueKind,
    *,
    head: str,
    meeting_id: int,
    number: int,
    of_id: int | None,
    at: dt.datetime,
    language: str,
    first_page: int,
    last_page: int,
    total: int,
    reason: str,
    parts: list[dict[str, Any]],
    parts_hash: str,
    file: dict[str, Any],
) -> int:
    """Add the rows of an issue and its members' file; raises Moved when somebody wrote meanwhile.

    `head` is the journal's when the pack was drawn, in hex.
    """
    _refuse_moved(tx, head)
    changeable(tx, meeting_id)
    row = PackIssue(
        meeting_id=meeting_id,
        kind=kind.value,
        number=number,
        of_id=of_id,
        issued_at=at,
        language=language,
        first_page=first_page,
        last_page=last_page,
        total=total,
        reason=writable(reason),
        parts=parts,
        parts_hash=parts_hash,
        head=head,
    )
    tx.add(row)
    tx.flush()
    _file(tx, row.id, Edition.MEMBERS, language, at, file)
    return row.id


def _refuse_moved(tx: Session, head: str) -> None:
    # Read under the writer's lock: nobody else can write between this and the commit.
    if head_of(tx) != head:
        raise Moved


def _file(
    tx: Session,
    issue_id: int,
    edition: Edition,
    language: str,
    at: dt.datetime,
    file: dict[str, Any],
) -> PackFile:
    """Add the rows of an edition's file."""
    stored = tx.scalars(select(StoredFile).where(StoredFile.sha256 == file["sha256"])).first()
    if stored is None:
        stored = StoredFile(clean=None, trouble=None, **file)
        tx.add(stored)
        tx.flush()
    row = PackFile(
        issue_id=issue_id,
        edition=edition.value,
        language=language,
        file_id=stored.id,
        pages=file["pages"],
        made_at=at,
    )
    tx.add(row)
    tx.flush()
    return row
