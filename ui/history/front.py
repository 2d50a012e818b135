"""Which record stands in front, so that its history can be shown from any page."""

from __future__ import annotations

from gwangju_desktop.history import labels

_THREAD = "thread."
# The records of rooms that do not say whose number they give.
_OF_ROOM = {
    "meetings": "meeting",
    "members": "person",
    "proposals": "proposal",
    "polls": "poll",
    "commitments": "commitment",
    "energy": "indicator",
    "packs": "meeting",
    "snapshots": "snapshot",
}


def record_at(key: str, id: int | None, table: str) -> tuple[str, int] | None:
    """Return the record a place shows: its table and number; None where it shows none."""
    if id is None:
        return None
    known = _of_thread(table) if table.startswith(_THREAD) else table
    if known not in labels.load().tables:
        known = _OF_ROOM.get(key, "")
    return (known, id) if known else None


def _of_thread(table: str) -> str:
    """Return the table of a thread's record, which the page calls by its noun."""
    from gwangju_desktop.threads import nouns

    noun = nouns.BY_KEY.get(table.removeprefix(_THREAD))
    return noun.table if noun else ""


def show(window) -> None:
    """Show the history of the record in front, of the whole office where there is none."""
    shell = window.shell
    if shell is None or shell.rooms is None or shell.desk.store is None:
        return
    here = shell.rooms.here
    record = record_at(here.key, here.id, here.table) if here.key != "history" else None
    if record is None:
        shell.go("history")
    else:
        shell.go("history", record[1], record[0])
