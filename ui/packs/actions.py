"""Commands of the room of meeting packs."""

from __future__ import annotations

from ui.actions import Action
from ui.text import N_

ACTIONS = (
    Action("packs.save", N_("Save pack as PDF"), "on_save", "file-down", "Ctrl+S", room="packs"),
    Action("packs.print", N_("Print pack"), "on_print", "printer", "Ctrl+P", room="packs"),
    Action("packs.again", N_("Make pack anew"), "on_again", "history", "F5", room="packs"),
    Action("packs.page", N_("Go to page"), "on_page", "", "Ctrl+G", room="packs"),
    Action("packs.larger", N_("Zoom in"), "on_larger", "zoom-in", "Ctrl++", room="packs"),
    Action("packs.smaller", N_("Zoom out"), "on_smaller", "zoom-out", "Ctrl+-", room="packs"),
    Action("packs.fit", N_("Fit page"), "on_fit", "maximize-2", "Ctrl+0", room="packs"),
)
