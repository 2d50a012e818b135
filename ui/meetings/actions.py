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
    Action("meetings.take_up", N_("Take up agenda item"), "on_take_up", "", "F7", ROOM, True),
    Action("meetings.end_item", N_("End agenda item"), "on_end_item", "", "Shift+F7", ROOM, True),
    Action("meetings.withdraw", N_("Withdraw agenda item"), "on_withdraw", "", "", ROOM, True),
    Action("meetings.templates", N_("Agenda templates"), "on_templates", "", "", ROOM, True),
    Action("meetings.step", N_("Next step of the meeting"), "on_step", "", "F9", ROOM, True),
    Action("meetings.steps", N_("Other steps"), "on_steps", "ellipsis", "", ROOM, True),
    Action("meetings.pack", N_("Show the pack"), "on_pack", "book-open", "Ctrl+P", ROOM),
    Action("meetings.replies", N_("Replies"), "on_replies", "", "", ROOM),
    Action(
        "meetings.comings", N_("Comings and goings"), "on_comings", "log-out", "Ctrl+J", ROOM, True
    ),
    Action(
        "meetings.expected",
        N_("Mark all present who said they come"),
        "on_expected",
        "check",
        "",
        ROOM,
        True,
    ),
    Action(
        "meetings.recess", N_("Recess or resume"), "on_recess", "clock", "Ctrl+Shift+R", ROOM, True
    ),
    Action("meetings.talk", N_("Turn into a talk"), "on_talk", "", "", ROOM, True),
    Action("meetings.recuse", N_("Record a recusal"), "on_recuse", "", "", ROOM, True),
    Action(
        "meetings.big",
        N_("Big letters for a second screen"),
        "on_big",
        "maximize-2",
        "Ctrl+Shift+B",
        ROOM,
    ),
    Action(
        "meetings.agreed",
        N_("No objection: adopt the item"),
        "on_no_objection",
        "check",
        "Ctrl+Shift+Return",
        ROOM,
        True,
    ),
    Action(
        "meetings.decide", N_("Record the decision"), "on_decide", "", "Ctrl+Return", ROOM, True
    ),
)
