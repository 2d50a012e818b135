"""What can be done to the papers of agenda items."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem
from db.schema.packs import AwaitedPaper
from db.schema.papers import Paper, StoredFile
from db.store import usecase
from db.vocab import Disclosure
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy, writable
from gwangju_desktop.meetings import places
from gwangju_desktop.meetings.guards import NO_ITEM, changeable
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.papers.watching import stem_of
from gwangju_desktop.text import N_

PAPER_FIELDS = ("title", "disclosure", "ground")
NO_PAPER = N_("There is no paper {id}.")
NO_AWAITED = N_("There is no announced paper {id}.")
NO_TITLE = N_("A paper needs a title.")
# The trouble of a document whose PDF has not come (packs.papers).
WAITS = "waits"


@usecase("Attach paper")
def attach_paper(
    tx: Session,
    *,
    item_id: int,
    sha256: str,
    name: str,
    bytes: int,
    clean: str | None = None,
    pages: int = 0,
    trouble: str | None = None,
    facts: Any = None,
    title: str = "",
    disclosure: str = Disclosure.PUBLIC.value,
    ground: str = "",
    awaited_id: int | None = None,
) -> int:
    """Attach a file that is in the store already; the title defaults to the file's name.

    The other values are what its intake found (gwangju_desktop.packs.papers.take_in). With
    `awaited_id` it is the paper that was announced, whose title it takes. Raises UserError for a
    file the item has already.
    """
    item = found(tx, AgendaItem, item_id, NO_ITEM)
    changeable(tx, item.meeting_id)
    name = writable(name)
    awaited = _awaited(tx, awaited_id) if awaited_id is not None else None
    title = title or (awaited.title if awaited else PurePath(name).stem)
    texts = tidy({"title": title, "ground": ground}, PAPER_FIELDS)
    file = stored(tx, sha256, name, bytes, clean, pages, trouble, facts)
    _refuse_twice(tx, item_id, file, name)
    positions = _positions(tx, item_id)
    paper = Paper(
        item_id=item_id,
        file_id=file.id,
        source_id=file.id if trouble == WAITS else None,
        position=(positions[-1] if positions else 0) + GAP,
        title=required(texts["title"], NO_TITLE),
        disclosure=Disclosure(disclosure).value,
        ground=texts["ground"],
    )
    tx.add(paper)
    if awaited is not None:
        tx.delete(awaited)
    tx.flush()
    return paper.id


@usecase("Replace paper")
def replace_paper(
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
) -> int:
    """Put another file in a paper's place; the old one stays in the store.

    The PDF of a document that waits for it, or a newer one of the same stem, keeps the document as
    its source. A title that was the old file's name follows. Raises UserError for a file the item
    has already.
    """
    paper = _paper(tx, id)
    old = tx.get_one(StoredFile, paper.file_id)
    source = tx.get(StoredFile, paper.source_id) if paper.source_id else None
    name = writable(name)
    file = stored(tx, sha256, name, bytes, clean, pages, trouble, facts)
    if file.id == paper.file_id:
        return id
    _refuse_twice(tx, paper.item_id, file, name, but=id)
    came = old.trouble == WAITS and trouble != WAITS
    stems = {PurePath(held.name).stem for held in (old, source) if held}
    if not came and paper.title in stems:
        paper.title = required(PurePath(name).stem, NO_TITLE)
    if trouble == WAITS:
        paper.source_id = file.id
    elif source and not came and stem_of(source.name) != stem_of(name):
        paper.source_id = None
    paper.file_id = file.id
    return id


@usecase("Take the PDF of a paper")
def take_pdf(
    tx: Session,
    *,
    id: int,
    sha256: str,
    name: str,
    bytes: int,
    clean: str,
    pages: int,
    trouble: None = None,
    facts: Any = None,
) -> int:
    """Give a paper that waits for it the PDF of its document.

    Raises UserError when it waits no longer.
    """
    paper = _paper(tx, id)
    if tx.get_one(StoredFile, paper.file_id).trouble != WAITS:
        raise UserError(N_("“{title}” has its PDF already."), title=paper.title)
    file = stored(tx, sha256, writable(name), bytes, clean, pages, trouble, facts)
    paper.file_id = file.id
    return id


@usecase("Open a locked paper")
def unlock_paper(tx: Session, *, id: int, clean: str, pages: int, facts: Any = None) -> int:
    """Keep the clean copy that the password of a locked paper opened."""
    file = tx.get_one(StoredFile, _paper(tx, id).file_id)
    change(file, {"clean": clean, "pages": pages, "trouble": None, "facts": facts})
    return id


@usecase("Edit paper")
def edit_paper(tx: Session, *, id: int, **values: Any) -> int:
    """Rename a paper or change who may read it, and on what ground not everybody.

    Raises UserError for a paper that is closed without a ground.
    """
    paper = _paper(tx, id)
    fields = tidy(values, PAPER_FIELDS)
    if "title" in fields:
        required(fields["title"], NO_TITLE)
    if "disclosure" in fields:
        fields["disclosure"] = Disclosure(fields["disclosure"]).value
        if fields["disclosure"] == Disclosure.PUBLIC:
            fields["ground"] = ""
        elif not fields.get("ground", paper.ground):
            raise UserError(
                N_("A paper that is not public needs the ground for it."),
                hint=N_("Name the law and article it is closed by."),
            )
    change(paper, fields)
    return id


@usecase("Move paper")
def move_paper(tx: Session, *, id: int, by: int) -> int:
    """Move a paper up (negative) or down within its item; one only announced stays last."""
    if id < 0:
        return id
    paper = _paper(tx, id)
    places.move(tx, _in_order(tx, paper.item_id), paper, by)
    return id


@usecase("Remove paper")
def remove_paper(tx: Session, *, id: int) -> None:
    """Take a paper off its item; the file stays in the store."""
    tx.delete(_paper(tx, id))


def _paper(tx: Session, id: int) -> Paper:
    paper = found(tx, Paper, id, NO_PAPER)
    changeable(tx, tx.get_one(AgendaItem, paper.item_id).meeting_id)
    return paper


def _awaited(tx: Session, id: int) -> AwaitedPaper:
    return found(tx, AwaitedPaper, id, NO_AWAITED)


def stored(
    tx: Session,
    sha256: str,
    name: str,
    bytes: int,
    clean: str | None,
    pages: int,
    trouble: str | None,
    facts: Any,
) -> StoredFile:
    """Return the row of a file in the store, with what its newest intake found."""
    intake = {"clean": clean, "pages": pages, "trouble": trouble, "facts": facts}
    file = tx.scalars(select(StoredFile).where(StoredFile.sha256 == sha256)).first()
    if file is None:
        file = StoredFile(sha256=sha256, name=name, bytes=bytes, **intake)
        tx.add(file)
        tx.flush()
    elif clean is not None or file.clean is None:
        # A newer intake may bind what an older one could not, but unlocks no file again.
        change(file, intake)
    return file


def _refuse_twice(tx: Session, item_id: int, file: StoredFile, name: str, but: int = 0) -> None:
    same = tx.scalars(
        select(Paper.title).where(
            Paper.item_id == item_id,
            Paper.id != but,
            or_(Paper.file_id == file.id, Paper.source_id == file.id),
        )
    ).first()
    if same is not None:
        raise UserError(
            N_("{name} is attached to this item already, as “{title}”."), name=name, title=same
        )


def _positions(tx: Session, item_id: int) -> list[int]:
    found_positions = tx.scalars(
        select(Paper.position).where(Paper.item_id == item_id).order_by(Paper.position)
    )
    return list(found_positions.all())


def _in_order(tx: Session, item_id: int) -> Sequence[Paper]:
    query = select(Paper).where(Paper.item_id == item_id)
    return tx.scalars(query.order_by(Paper.position)).all()
