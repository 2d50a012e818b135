"""Commands of the meetings room."""

from __future__ import annotations

from ui.actions import Action
from ui.text import N_

ROOM = "meetings"
TAKES = (".pdf",)

ACTIONS = (
    Action("meetings.new", N_("New meeting"), "on_new", "calendar-plus", "Ctrl+N", ROOM, True),
    Action("meetings.list", N_("List of meetings"), "on_list", "calendar-days", "Ctrl+L", ROOM),
    Action("meetings.item", N_("Add agenda item"), "on_add_item", "plus", "Ctrl+I", ROOM, True),
    Action("meetings.edit", N_("Edit agenda item"), "on_edit_item", "pencil", "", ROOM, True),
    Action("meetings.attach", N_("Attach papers"), "on_attach", "paperclip", "Ctrl+U", ROOM, True),
    Action(
        "meetings.delete", N_("Delete the chosen row"), "on_delete", "trash-2", "Del", ROOM, True
    ),
    Action("meetings.next", N_("Next agenda item"), "on_next", "chevron-down", "F8", ROOM),
    Action(
        "meetings.back", N_("Previous agenda item"), "on_previous", "chevron-up", "Shift+F8", ROOM
    ),
    Action("meetings.attendance", N_("Attendance"), "on_attendance", "users", "Ctrl+T", ROOM),
    Action("meetings.pack", N_("Show the pack"), "on_pack", "book-open", "Ctrl+P", ROOM),
)
