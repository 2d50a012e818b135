"""What a person can do, declared once: sidebar, palette, keys and the help page read one list.

Pages and actions are declared by name, so nothing is imported before it is wanted. Actions of a
page stand in `ui/<room>/actions.py` as `ACTIONS`, the suffixes of files it takes as `TAKES`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from ui.text import C_, N_, Msg


class Room(NamedTuple):
    """A page of the sidebar: its module has `PAGE`; `icon` names a Lucide icon."""

    key: str
    title: Msg
    icon: str
    module: str

    @property
    def package(self) -> str:
        """Return the package the page lies in."""
        return self.module.rpartition(".")[0]


class Action(NamedTuple):
    """A command: `run` names a method of the page `room`, or of the window where it is empty.

    `keys` as Qt writes them ("Ctrl+N"); `writes` leaves it out where the office is read-only.
    """

    key: str
    title: Msg
    run: str
    icon: str = ""
    keys: str = ""
    room: str = ""
    writes: bool = False


ROOMS = (
    Room("today", N_("Today"), "sun", "ui.home.page"),
    Room("meetings", N_("Meetings"), "calendar-days", "ui.meetings.page"),
    Room("members", N_("Members and bodies"), "users", "ui.members.page"),
    Room("proposals", N_("Citizen proposals"), "message-square-text", "ui.proposals.page"),
    Room("polls", N_("Polls"), "chart-bar", "ui.polls.page"),
    Room("commitments", N_("OGP commitments"), "milestone", "ui.commitments.page"),
    Room("energy", N_("Energy indicators"), "zap", "ui.energy.page"),
    Room("packs", N_("Meeting packs"), "book-open", "ui.packs.page"),
    Room("snapshots", N_("Review copies"), "shield-check", "ui.snapshots.page"),
    Room("site", N_("Public site"), "globe", "ui.site.page"),
)
# Pages that no line of the sidebar leads to: the gear, the palette and links do.
BACK_ROOMS: tuple[Room, ...] = (
    Room("settings", N_("Settings"), "settings", "ui.settings.page"),
    Room("history", C_("history", "History"), "history", "ui.history.page"),
)
COPY_SUFFIXES = (".gwsnap", ".zip", ".001")  # a review copy, also under the names it is sent by
APART = "packs"  # the first room of the sidebar's second group

WINDOW = (
    Action("search", N_("Search and commands"), "on_search", "search", "Ctrl+K"),
    Action("undo", N_("Undo"), "on_undo", "undo-2", "Ctrl+Z", writes=True),
    Action("redo", N_("Redo"), "on_redo", "redo-2", "Ctrl+Y", writes=True),
    Action("back", C_("navigation", "Back"), "on_back", "chevron-left", "Alt+Left"),
    Action("forward", C_("navigation", "Forward"), "on_forward", "chevron-right", "Alt+Right"),
    Action("pane.next", N_("Next pane"), "on_next_pane", "", "F6"),
    Action("pane.previous", N_("Previous pane"), "on_previous_pane", "", "Shift+F6"),
    Action("link", N_("Copy link to this record"), "on_copy_link", "link"),
    Action("record.history", N_("History of this record"), "on_history", "history", "Ctrl+H"),
    Action("scheme", N_("Light or dark"), "on_scheme", "contrast"),
    Action("language", N_("Korean or English"), "on_language", "languages"),
    Action("size", N_("Larger text"), "on_size", "maximize-2"),
    Action("settings", N_("Settings"), "on_settings", "settings", "Ctrl+,"),
    Action("paper", N_("Form of documents"), "on_paper", "file-text", writes=True),
    Action("backups", N_("Backups of this office"), "on_backups", "hard-drive"),
    Action("backup.make", N_("Make a backup now"), "on_backup", "download"),
    Action("backup.restore", N_("Restore an office from a backup"), "on_restore", "history"),
    Action("help", N_("Help for this page"), "on_help", "book-open", "F1"),
    Action("keys", N_("Keys on this page"), "on_keys", "info", "Shift+F1"),
    Action("guide", N_("Guided first meeting"), "on_guide", "circle-dot"),
    Action("open", N_("Open another office"), "on_open_office", "folder-open", "Ctrl+O"),
)


def room(key: str) -> Room:
    """Return the room of that key."""
    return next(room for room in (*ROOMS, *BACK_ROOMS) if room.key == key)


@cache
def declared(key: str) -> tuple[tuple[Action, ...], tuple[str, ...]]:
    """Return what a room declares: its actions and the suffixes of files it takes."""
    name = f"{room(key).package}.actions"
    if find_spec(name) is None:
        return (), ()
    module = import_module(name)
    return module.ACTIONS, getattr(module, "TAKES", ())


def digit(n: int) -> str:
    """Return the digit that with Ctrl shows the n-th room, counted from 0; "" where there is none.

    0 is left alone: with Ctrl it means the size that fits.
    """
    return str(n + 1) if n < min(len(ROOMS), 9) else ""


def all_actions() -> list[Action]:
    """Return the window's actions and those of every room."""
    rooms = (*ROOMS, *BACK_ROOMS)
    return [*WINDOW, *(action for room in rooms for action in declared(room.key)[0])]


def taker(suffix: str, front: str) -> str | None:
    """Return the room that takes files with that suffix, the room in front first.

    A sheet may be a roll or published figures; from elsewhere it goes to the figures, which stand
    later in the sidebar: a roll is brought in from the roll.
    """
    keys = [*(room.key for room in ROOMS), front]
    return next((key for key in reversed(keys) if suffix.lower() in declared(key)[1]), None)
