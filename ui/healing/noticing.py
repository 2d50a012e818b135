"""Notices what befell an office: a program that did not end well, damage met while working."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from db.errors import Damaged
from ui.healing.way import heal
from ui.text import N_
from ui.widgets.parts import Button


class Noticing(QObject):
    """Says once that a check went well; offers the way out when damage is met later."""

    def __init__(self, shell) -> None:
        super().__init__(shell.desk)
        self.shell = shell
        shell.desk.failed.connect(self.on_failed)
        if shell.desk.store.after_crash:
            checked = N_("The program did not end properly. The office was checked: it is whole.")
            shell.window.toast.tell(checked, undo=False)

    def on_failed(self, error: BaseException) -> None:
        """Show the way to healing when it is the office itself that is damaged."""
        if isinstance(error, Damaged) and str(error) == self.shell.desk.store.office.place:
            self.shell.show_ribbon(
                N_("The office is damaged"),
                N_("A part of it cannot be read. Nothing is written over."),
                buttons=(Button(N_("See how to go on"), slot=self.on_heal),),
                bad=True,
            )

    def on_heal(self) -> None:
        heal(self.shell, Path(self.shell.where))
