"""Commands of the meetings room."""

from __future__ import annotations

from ui.actions import Action
from ui.text import N_

ROOM = "meetings"
PAPERS = (
    *(".pdf", ".hwp", ".hwpx", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods"),
    *(".png", ".jpg", ".jpeg", ".tif", ".tiff"),
)
TAKES = (*PAPERS, ".ics", ".csv")

ACTIONS = (
    Action("meetings.new", N_("New meeting"), "on_new", "calendar-plus", "Ctrl+N", ROOM, True),
    Action(
        "meetings.import",
        N_("Import a meeting register"),
        "on_import_register",
        "file-spreadsheet",
        "",
        ROOM,
        True,
    ),
    Action(
        "meetings.export",
        N_("Export the meeting register"),
        "on_export_register",
        "download",
        "",
        ROOM,
    ),
    Action("meetings.list", N_("List of meetings"), "on_list", "calendar-days", "Ctrl+L", ROOM),
    Action("meetings.item", N_("Add agenda item"), "on_add_item", "plus", "Ctrl+I", ROOM, True),
    Action("meetings.edit", N_("Edit agenda item"), "on_edit_item", "pencil", "", ROOM, True),
    Action("meetings.attach", N_("Attach papers"), "on_attach", "paperclip", "Ctrl+U", ROOM, True),
    Action("meetings.announce", N_("Announce a paper"), "on_announce", "clock", "", ROOM, True),
    Action(
        "meetings.paper", N_("Open the paper in its own program"), "on_open_paper", "", "", ROOM
    ),
    Action("meetings.swap", N_("Replace the paper"), "on_replace_paper", "", "", ROOM, True),
    Action("meetings.arrive", N_("Receiving papers"), "on_paper_settings", "", "", ROOM),
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
    Action("meetings.amend", N_("Move an amendment"), "on_amend", "", "Ctrl+Shift+M", ROOM, True),
    Action(
        "meetings.second", N_("Second the amendment"), "on_second_amendment", "", "", ROOM, True
    ),
    Action("meetings.notes", N_("Notes on the item"), "on_notes", "pencil", "Ctrl+M", ROOM, True),
    Action("meetings.stamp", N_("Insert the time"), "on_stamp", "clock", "Ctrl+;", ROOM, True),
    Action("meetings.minutes", N_("Minutes"), "on_minutes", "file-text", "", ROOM),
    Action("meetings.draft", N_("Draft the minutes"), "on_draft_minutes", "", "", ROOM, True),
    Action("meetings.confirm", N_("Confirm the minutes"), "on_confirm_minutes", "", "", ROOM, True),
    Action("meetings.publish", N_("Publish the minutes"), "on_publish_minutes", "", "", ROOM, True),
    Action("meetings.print", N_("Print the minutes"), "on_print_minutes", "printer", "", ROOM),
    Action("meetings.documents", N_("Documents of the meeting"), "on_documents", "files", "", ROOM),
    Action("meetings.report", N_("Report of the meeting"), "on_report", "file-text", "", ROOM),
    Action("meetings.outgoing", N_("Outgoing documents"), "on_outgoing", "upload", "", ROOM),
    Action("meetings.copy", N_("Copy the last meeting"), "on_copy", "copy", "", ROOM, True),
    Action(
        "meetings.copy_notice",
        N_("Copy the notice"),
        "on_copy_notice",
        "message-square-text",
        "Ctrl+Shift+C",
        ROOM,
    ),
    Action(
        "meetings.series", N_("Recurring meetings"), "on_series", "calendar-plus", "", ROOM, True
    ),
    Action(
        "meetings.end_series",
        N_("End the series from this meeting on"),
        "on_end_series",
        "",
        "",
        ROOM,
        True,
    ),
    Action("meetings.holidays", N_("Days off"), "on_holidays", "sun", "", ROOM),
    Action(
        "meetings.import_calendar",
        N_("Import a calendar"),
        "on_import_calendar",
        "upload",
        "",
        ROOM,
        True,
    ),
    Action(
        "meetings.export_calendar",
        N_("Export the calendar"),
        "on_export_calendar",
        "download",
        "",
        ROOM,
    ),
    Action(
        "meetings.task",
        N_("Record actions: go to the line"),
        "on_task",
        "target",
        "Ctrl+Shift+A",
        ROOM,
        True,
    ),
    Action(
        "meetings.result", N_("Enter the result of the action"), "on_result", "", "", ROOM, True
    ),
    Action("meetings.evidence", N_("File evidence"), "on_evidence", "paperclip", "", ROOM, True),
)
# What the calendar does, whichever pane is in front.
CALENDAR = ("on_series", "on_holidays", "on_import_calendar", "on_export_calendar")
# What the list of outgoing documents does.
OUTGOING = ("on_outgoing",)
