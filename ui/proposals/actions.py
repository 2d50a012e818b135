"""What can be done in the room of citizens' proposals. Light: the window reads it before the room."""

from __future__ import annotations

from ui.actions import Action

ACTIONS: tuple[Action, ...] = ()
