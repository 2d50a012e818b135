"""The form of documents among the settings: what it is, and its dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.text import N_
from ui.widgets.parts import Button, Label, column, row


class DocumentsSection(QWidget):
    """Say what the form holds and lead to it."""

    def __init__(self, shell) -> None:
        super().__init__()
        self.shell = shell
        self.paper = Button(N_("Form of documents…"), icon="file-text", slot=shell.on_paper)
        self.paper.setEnabled(not shell.desk.read_only)
        column(
            Label(
                N_(
                    "Letterhead, logo, type and margins of everything that is printed or saved as"
                    " a document, with a page to look at."
                ),
                "sec",
                wrap=True,
            ),
            row(self.paper, None),
            None,
            gap=12,
            into=self,
        )
