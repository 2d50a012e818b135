"""The members room: the roll first, then bodies, posts, terms, seats, the mix, who looked."""

from __future__ import annotations

from ui.text import C_, N_
from ui.widgets.room import Pane, Room

PANES = (
    Pane(
        "roll",
        C_("pane", "Roll"),
        "ui.members.roll",
        ("person", "membership"),
        (
            "on_add",
            "on_find",
            "on_edit",
            "on_rename",
            "on_sift",
            "on_columns",
            "on_body_card",
            "on_import",
            "on_export",
        ),
    ),
    Pane("bodies", C_("pane", "Bodies"), "ui.members.bodies", ("body",), ("on_add_body",)),
    Pane("posts", C_("pane", "Posts"), "ui.members.posts", ("post",)),
    Pane("newterm", C_("pane", "New term"), "ui.members.newterm", ("term",)),
    Pane("calendar", C_("pane", "Term calendar"), "ui.members.calendar"),
    Pane("seats", C_("pane", "Seat map"), "ui.members.seats"),
    Pane("inclusion", C_("pane", "Inclusion"), "ui.members.inclusion", ("consultation",)),
    Pane("access", C_("pane", "Access record"), "ui.members.access", ("access_record",)),
)


class MembersPage(Room):
    """The panes of the members room."""

    title = N_("Members and bodies")
    panes_of_room = PANES

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a record in the pane that opens its table; a body also as minus its id."""
        if id is not None and id < 0:
            id, table = -id, "body"
        super().open(id, table)

    def on_duplicates(self) -> None:
        """Look for people entered twice."""
        from ui.members.merge import DuplicatesDialog

        DuplicatesDialog(self.window(), self.desk).open()


PAGE = MembersPage
