"""The thread of an agenda item as its front sheet prints it."""

from __future__ import annotations

from sqlalchemy.orm import Session

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
