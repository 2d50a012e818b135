"""The thread of an agenda item as its front sheet prints it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem
from db.schema.threads import ThreadLink
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import words
from gwangju_desktop.threads import items, lines
from gwangju_desktop.threads.indicators import KEY as INDICATOR
from gwangju_desktop.threads.model import Key
from gwangju_desktop.threads.walk import Thread, thread


def line(read: Session, item_id: int, language: str, *, public: bool = False) -> str:
    """Return what an item came from, the item, and the indicators it aims at; "" for none of them.

    What the item itself led to is left out, and nothing counts days: a sheet that went out says
    the same tomorrow. For the `public` only public rows are read.
    """
    try:
        asked = {"table": items.KEY, "id": item_id, "today": clock.today()}
        whole = thread(read, **asked, public=public, language=language)  # type: ignore[arg-type]
    except UserError:
        return ""
    before = _ancestors(whole)
    own = Key(items.KEY, item_id)
    ours = (own, Key(items.DECISION, item_id))
    aims = {e.after for e in whole.edges if e.after.kind == INDICATOR and e.before in ours}
    shown = [node for node in whole.nodes if node.key in before | aims | {own}]
    return lines.said(shown, words(language), own) if len(shown) > 1 else ""


def lines_of(
    read: Session, item_ids: Sequence[int], language: str, *, public: bool = False
) -> dict[int, str]:
    """Return the lines of the items that have one, by item."""
    said = {id: line(read, id, language, public=public) for id in _threaded(read, item_ids)}
    return {id: text for id, text in said.items() if text}


def _threaded(read: Session, item_ids: Sequence[int]) -> list[int]:
    """Return the items that anything led to, or that aim at an indicator."""
    linked = exists(
        select(ThreadLink.id).where(
            or_(ThreadLink.to_item_id == AgendaItem.id, ThreadLink.from_item_id == AgendaItem.id)
        )
    )
    query = select(AgendaItem.id).where(
        AgendaItem.id.in_(item_ids), or_(AgendaItem.carried_from_id.is_not(None), linked)
    )
    return list(read.scalars(query.order_by(AgendaItem.id)).all())


def _ancestors(whole: Thread) -> set[Key]:
    """Return all that led to the thread's start."""
    reached: dict[Key, list[Key]] = {}
    for edge in whole.edges:
        reached.setdefault(edge.after, []).append(edge.before)
    found: set[Key] = set()
    waiting = [whole.start]
    while waiting:
        for key in reached.get(waiting.pop(), ()):
            if key not in found:
                found.add(key)
                waiting.append(key)
    return found
