"""Papers an item announces before they are there: to follow, or laid on the table (당일 배부)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem
from db.schema.packs import AwaitedPaper
from db.store import usecase
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings.guards import NO_ITEM, changeable
from gwangju_desktop.meetings.papers import NO_AWAITED, NO_TITLE, edit_paper, remove_paper

FIELDS = ("title", "office", "due_on", "tabled")


@usecase("Announce paper")
def announce_paper(
    tx: Session,
    *,
    item_id: int,
    title: str,
    office: str = "",
    due_on: dt.date | None = None,
    tabled: bool = False,
) -> int:
    """Say that a paper will come: from which office, until when, or laid on the table that day."""
    item = found(tx, AgendaItem, item_id, NO_ITEM)
    changeable(tx, item.meeting_id)
    texts = tidy({"title": title, "office": office}, FIELDS)
    required(texts["title"], NO_TITLE)
    awaited = AwaitedPaper(item_id=item_id, due_on=due_on, tabled=tabled, **texts)
    tx.add(awaited)
    tx.flush()
    return awaited.id


@usecase("Edit announced paper")
def edit_announced(tx: Session, *, id: int, **values: Any) -> int:
    """Change what is said of a paper that is to come."""
    awaited = _awaited(tx, id)
    fields = tidy(values, FIELDS)
    if "title" in fields:
        required(fields["title"], NO_TITLE)
    change(awaited, fields)
    return id


@usecase("Drop announced paper")
def drop_announced(tx: Session, *, id: int) -> None:
    """Announce a paper no longer."""
    tx.delete(_awaited(tx, id))


@usecase("Edit paper")
def rename_line(tx: Session, *, id: int, title: str) -> int:
    """Rename a paper, or one only announced, whose id in the list is negative (paper_lines)."""
    if id < 0:
        return edit_announced(tx, id=-id, title=title)
    return edit_paper(tx, id=id, title=title)


@usecase("Remove paper")
def remove_line(tx: Session, *, id: int) -> None:
    """Take a paper off its item, or announce it no longer."""
    if id < 0:
        drop_announced(tx, id=-id)
    else:
        remove_paper(tx, id=id)


def _awaited(tx: Session, id: int) -> AwaitedPaper:
    awaited = found(tx, AwaitedPaper, id, NO_AWAITED)
    changeable(tx, tx.get_one(AgendaItem, awaited.item_id).meeting_id)
    return awaited
