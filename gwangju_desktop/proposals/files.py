"""Files that came with a proposal or belong to its handling."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from sqlalchemy.orm import Session

from db.schema.proposals import ProposalFile
from db.store import usecase
from db.vocab import Disclosure
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy, writable
from gwangju_desktop.meetings.papers import stored
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.proposals.receipt import proposal_of
from gwangju_desktop.text import N_

NO_FILE = N_("There is no file {id} of a proposal.")
NO_TITLE = N_("A file needs a title.")


@usecase("Attach file")
def add_file(
    tx: Session,
    *,
    id: int,
    sha256: str,
    name: str,
    bytes: int,
    clean: str | None = None,
    pages: int = 0,
    trouble: str | None = None,
    facts: Any = None,
    title: str = "",
    disclosure: str = Disclosure.MEMBERS.value,
) -> int:
    """Attach a file that is in the store already; the title defaults to the file's name.

    The other values are what its intake found (gwangju_desktop.packs.papers.take_in). Raises
    UserError for a file the proposal has already.
    """
    proposal = proposal_of(tx, id)
    name = writable(name)
    called = tidy({"title": title or PurePath(name).stem}, ("title",))["title"]
    file = stored(tx, sha256, name, bytes, clean, pages, trouble, facts)
    if any(held.file_id == file.id for held in proposal.files):
        raise UserError(N_("“{name}” is attached to this proposal already."), name=name)
    row = ProposalFile(
        proposal_id=id,
        file_id=file.id,
        position=max((held.position for held in proposal.files), default=0) + GAP,
        title=required(called, NO_TITLE),
        disclosure=Disclosure(disclosure).value,
    )
    proposal.files.append(row)
    tx.flush()
    return row.id


@usecase("Edit file")
def edit_file(tx: Session, *, file_id: int, **values: Any) -> int:
    """Rename a file of a proposal, or change who may read it."""
    row = found(tx, ProposalFile, file_id, NO_FILE)
    fields = tidy(values, ("title", "disclosure"))
    if "title" in fields:
        required(fields["title"], NO_TITLE)
    if "disclosure" in fields:
        fields["disclosure"] = Disclosure(fields["disclosure"]).value
    change(row, fields)
    return file_id


@usecase("Remove file")
def remove_file(tx: Session, *, file_id: int) -> None:
    """Take a file off a proposal; it stays in the store."""
    row = found(tx, ProposalFile, file_id, NO_FILE)
    proposal = proposal_of(tx, row.proposal_id)
    proposal.files.remove(row)
