"""What can be done to the papers of agenda items."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem
from db.schema.papers import Paper, StoredFile
from db.store import usecase
from db.vocab import Disclosure
from gwangju_desktop.forms import change, found, required, tidy, writable
from gwangju_desktop.meetings.guards import NO_ITEM, changeable
from gwangju_desktop.meetings.rules import GAP, place_between
from gwangju_desktop.text import N_

PAPER_FIELDS = ("title", "disclosure")
NO_PAPER = N_("There is no paper {id}.")


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
) -> int:
    """Attach a file that is in the store already; the title defaults to the file's name.

    The other values are what its intake found (gwangju_desktop.packs.papers.take_in).
    """
    item = found(tx, AgendaItem, item_id, NO_ITEM)
    changeable(tx, item.meeting_id)
    name = writable(name)
    texts = tidy({"title": title or PurePath(name).stem}, PAPER_FIELDS)
    file = tx.scalars(select(StoredFile).where(StoredFile.sha256 == sha256)).first()
    intake = {"clean": clean, "pages": pages, "trouble": trouble, "facts": facts}
    if file is None:
        file = StoredFile(sha256=sha256, name=name, bytes=bytes, **intake)
        tx.add(file)
        tx.flush()
    elif clean is not None:
        # A newer intake may bind what an older one could not.
        change(file, intake)
    positions = _positions(tx, item_id)
    paper = Paper(
        item_id=item_id,
        file_id=file.id,
        position=(positions[-1] if positions else 0) + GAP,
        title=required(texts["title"], N_("A paper needs a title.")),
        disclosure=Disclosure(disclosure).value,
    )
    tx.add(paper)
    tx.flush()
    return paper.id


@usecase("Edit paper")
def edit_paper(tx: Session, *, id: int, **values: Any) -> int:
    """Rename a paper or change who may read it."""
    paper = _paper(tx, id)
    fields = tidy(values, PAPER_FIELDS)
    if "title" in fields:
        required(fields["title"], N_("A paper needs a title."))
    if "disclosure" in fields:
        fields["disclosure"] = Disclosure(fields["disclosure"]).value
    change(paper, fields)
    return id


@usecase("Move paper")
def move_paper(tx: Session, *, id: int, by: int) -> int:
    """Move a paper up (negative) or down within its item."""
    paper = _paper(tx, id)
    others = _positions(tx, paper.item_id)
    at = others.index(paper.position)
    others.pop(at)
    to = max(0, min(len(others), at + by))
    if to == at:
        return id
    free = place_between(others, to)
    if free is None:
        _spread(tx, paper.item_id)
        return move_paper(tx, id=id, by=by)
    paper.position = free
    return id


@usecase("Remove paper")
def remove_paper(tx: Session, *, id: int) -> None:
    """Take a paper off its item; the file stays in the store."""
    tx.delete(_paper(tx, id))


def _paper(tx: Session, id: int) -> Paper:
    paper = found(tx, Paper, id, NO_PAPER)
    changeable(tx, tx.get_one(AgendaItem, paper.item_id).meeting_id)
    return paper


def _positions(tx: Session, item_id: int) -> list[int]:
    found_positions = tx.scalars(
        select(Paper.position).where(Paper.item_id == item_id).order_by(Paper.position)
    )
    return list(found_positions.all())


def _spread(tx: Session, item_id: int) -> None:
    papers = tx.scalars(
        select(Paper).where(Paper.item_id == item_id).order_by(Paper.position)
    ).all()
    for n, paper in enumerate(papers, 1):
        paper.position = -n
    tx.flush()
    for n, paper in enumerate(papers, 1):
        paper.position = n * GAP
    tx.flush()
