"""Commands of the history."""

from __future__ import annotations

from ui.actions import Action
from ui.text import N_

ACTIONS = (
    Action("history.find", N_("Find in the history"), "on_find", "search", "Ctrl+F", "history"),
    Action("history.check", N_("Check the history"), "on_check", "shield-check", "", "history"),
    Action("history.all", N_("History of the whole office"), "on_all", "history", "", "history"),
)
