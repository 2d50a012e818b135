"""Commands of the room of meeting packs."""

from __future__ import annotations

from ui.actions import Action
from ui.text import C_, N_

ROOM = "packs"

ACTIONS = (
    Action("packs.issue", N_("Issue the pack"), "on_issue", "files", "", ROOM, True),
    Action("packs.supplement", N_("Send out a supplement"), "on_supplement", "", "", ROOM, True),
    Action("packs.revise", N_("Send out a revision"), "on_revise", "", "", ROOM, True),
    Action("packs.figure", N_("Add energy figure"), "on_add_figure", "zap", "", ROOM, True),
    Action("packs.appendix", N_("Add appendix"), "on_add_appendix", "paperclip", "", ROOM, True),
    Action("packs.save", N_("Save pack as PDF"), "on_save", "file-down", "Ctrl+S", ROOM),
    Action("packs.print", N_("Print pack"), "on_print", "printer", "Ctrl+P", ROOM),
    Action("packs.again", N_("Make pack anew"), "on_again", "history", "F5", ROOM),
    Action("packs.next", C_("pack", "Next part"), "on_next_part", "chevron-down", "F8", ROOM),
    Action("packs.back", C_("pack", "Part before"), "on_previous_part", "", "Shift+F8", ROOM),
    Action("packs.page", N_("Go to page"), "on_page", "", "Ctrl+G", ROOM),
    Action("packs.larger", N_("Zoom in"), "on_larger", "zoom-in", "Ctrl++", ROOM),
    Action("packs.smaller", N_("Zoom out"), "on_smaller", "zoom-out", "Ctrl+-", ROOM),
    Action("packs.fit", N_("Fit page"), "on_fit", "maximize-2", "Ctrl+0", ROOM),
)
