"""The backups of the open office in a dialog of their own."""

from __future__ import annotations

from ui import theme
from ui.backups.section import BackupsSection
from ui.text import C_, N_
from ui.widgets.forms import Dialog
from ui.widgets.parts import scrolled

WIDTH, HIGH = 880, 560


class BackupsDialog(Dialog):
    """Shows how the backups stand and what can be done with them."""

    drafts = False

    def __init__(self, parent, shell) -> None:
        self.section = BackupsSection(shell)
        self.pane = scrolled(self.section)
        self.pane.setMinimumHeight(min(theme.px(HIGH), parent.height() - theme.px(180)))
        super().__init__(
            parent, N_("Backups"), self.pane, button=C_("dialog", "Close"), width=WIDTH
        )
        self.cancel_button.hide()
