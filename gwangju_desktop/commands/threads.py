"""`thread`: what one record came from and what it led to, as the screen shows it."""

from __future__ import annotations

import argparse
from typing import Any

from sqlalchemy.orm import Session

from gwangju_desktop import clock
from gwangju_desktop.commands import output
from gwangju_desktop.commands.records import record_id
from gwangju_desktop.text import N_, Msg, say
from gwangju_desktop.threads.model import Node
from gwangju_desktop.threads.nouns import BY_KEY
from gwangju_desktop.threads.walk import Thread, thread

_HEAD = ("kind", "on", "called", "title", "state", "open_end")
_TOO_LONG: Msg = N_("The thread is longer than can be shown; this is its nearest part.")


def show_thread(asked: argparse.Namespace) -> int:
    """Print the thread of a record: one line, then its records in order with their open ends."""
    with output.office(asked) as store, store.reading() as read:
        id = _id(read, asked.kind, asked.id)
        found = thread(read, table=asked.kind, id=id, today=clock.today())
    if asked.json:
        output.document(_told(found))
        return 0
    output.line(found.sentence)
    output.line()
    rows = [[_shown(node, column) for column in _HEAD] for node in found.nodes]
    output.table(_HEAD, rows)
    if found.cut:
        output.line(say(_TOO_LONG))
    return 0


def _id(read: Session, kind: str, typed: str) -> int:
    """Return the id of what was typed: an id, or what people call the record by."""
    find = BY_KEY[kind].find
    called = find(read, typed) if find is not None else None
    return record_id(typed) if called is None else called


def _shown(node: Node, column: str) -> Any:
    shown = {
        "kind": say(BY_KEY[node.kind].label),
        "on": node.day,
        "called": node.number,
        "title": node.title,
        "state": node.state,
        "open_end": str(node.open_end) if node.open_end is not None else "",
    }
    return shown[column]


def _told(found: Thread) -> dict[str, Any]:
    """Return a thread as JSON tells it; nodes are named by kind and id."""
    return {
        "kind": found.start.kind,
        "id": found.start.id,
        "sentence": found.sentence,
        "cut": found.cut,
        "nodes": [
            {
                "kind": node.kind,
                "id": node.id,
                "table": node.table,
                "number": node.number or None,
                "title": node.title,
                "where": node.where or None,
                "day": node.day,
                "state": node.state or None,
                "done": node.done,
                "open_end": str(node.open_end) if node.open_end is not None else None,
                "tone": node.open_end.tone if node.open_end is not None else None,
            }
            for node in found.nodes
        ],
        "edges": [
            {
                "before": {"kind": edge.before.kind, "id": edge.before.id},
                "after": {"kind": edge.after.kind, "id": edge.after.id},
                "link_id": edge.link_id,
                "note": edge.note or None,
            }
            for edge in found.edges
        ],
        "open_ends": [
            {"kind": node.kind, "id": node.id, "sentence": str(node.open_end)}
            for node in found.open_ends
        ],
    }
