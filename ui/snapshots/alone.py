"""A review copy opened without an office, by somebody who monitors one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget

from ui.snapshots.looking import Opens, Refused
from ui.snapshots.opened import OpenedPage
from ui.text import N_
from ui.widgets.page import Page
from ui.widgets.parts import Button, column, frame


class CopyPage(Opens, Page):
    """The copy with its banner, or why it was not opened."""

    def __init__(self, desk, on_other: Callable[[], None], on_close: Callable[[], None]) -> None:
        super().__init__(desk)
        self.on_close = on_close
        self.waiting = frame("page")
        self.opened = OpenedPage(desk, on_close)
        self.refused = Refused(on_other, self.on_look, Button(N_("Start page"), slot=on_close))
        self.faces = QStackedWidget()
        for face in (self.waiting, self.opened, self.refused):
            self.faces.addWidget(face)
        column(self.faces, into=self)

    def on_not_begun(self) -> None:
        self.on_close()

    def panes(self) -> list:
        face = self.faces.currentWidget()
        return face.panes() if isinstance(face, Page) else [self.refused.other]

    def _face(self, face) -> None:
        self.faces.setCurrentWidget(face)
        if face is self.opened:
            face.ribbon()
        else:
            self.window().shell.show_ribbon(
                self.refused.title.text(),
                N_("The file was not opened."),
                bad=True,
                closes=self.on_close,
            )
        self.panes()[0].setFocus()
