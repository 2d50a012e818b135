"""What can be done with the public site."""

from __future__ import annotations

from ui.actions import Action
from ui.text import N_

ACTIONS = (
    Action(
        "site.prepare",
        N_("Prepare the public site"),
        "on_prepare",
        "globe",
        "Ctrl+N",
        room="site",
        writes=True,
    ),
    Action("site.preview", N_("Look at the prepared site"), "on_preview", "eye", room="site"),
    Action(
        "site.folder", N_("Open the folder of the site"), "on_folder", "folder-open", room="site"
    ),
)
