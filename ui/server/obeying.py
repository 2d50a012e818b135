"""What a person's role on an office server leaves of the window: the server decides, this tells."""

from __future__ import annotations

from gwangju_desktop.server.roles import MAY, NAMES, Role, may_write
from ui.text import N_, say

# The tables a room writes first of all; a room that is not here is the secretariat's alone.
TABLES: dict[str, tuple[str, ...]] = {
    "meetings": ("action", "item_opinion"),
    "proposals": ("proposal_opinion",),
    "commitments": ("progress_note", "evidence", "milestone"),
}


class ReadingDesk:
    """A desk as it is for whoever may only read in a room."""

    read_only = True

    def __init__(self, desk) -> None:
        self._desk = desk

    def __getattr__(self, name: str):
        return getattr(self._desk, name)


def desk_for(desk, room: str):
    """Return the desk a room is given: a reading one where this person's role writes nothing."""
    role = desk.store.role
    written = role != Role.DEPARTMENT or any(
        may_write(role, table) for table in TABLES.get(room, ())
    )
    return desk if written or desk.read_only else ReadingDesk(desk)


def signed(store) -> str:
    """Say who is signed in, "" where a server does not know people by roles."""
    return f"{store.who} · {say(NAMES[Role(store.role)])}" if store.role else ""


def why(store) -> tuple[str, str]:
    """Return what the ribbon says to someone who may only read: the bold words, and the sentence."""
    return say(N_("Read-only · {who}"), who=signed(store)), say(MAY[Role(store.role)])
