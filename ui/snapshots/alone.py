"""A review copy opened without an office, by somebody who monitors one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget

from gwangju_desktop.errors import Cancelled
from gwangju_desktop.snapshots.opening import open_snapshot
from ui import alerts
from ui.snapshots.opened import OpenedPage
from ui.text import N_
from ui.widgets.page import Page, State
from ui.widgets.parts import Button, column, frame


class CopyPage(Page):
    """The copy with its banner, or why it was not opened."""

    def __init__(self, desk, on_other: Callable[[], None], on_close: Callable[[], None]) -> None:
        super().__init__(desk)
        self.on_close = on_close
        self.waiting = frame("page")
        self.opened = OpenedPage(desk, on_close)
        self.refused = State(
            "shield-alert",
            N_("The signature could not be confirmed"),
            "",
            Button(N_("Open another file"), "primary", slot=on_other),
            Button(N_("Start page"), slot=on_close),
            ink="bad",
        )
        self.faces = QStackedWidget()
        for face in (self.waiting, self.opened, self.refused):
            self.faces.addWidget(face)
        column(self.faces, into=self)

    def open_path(self, path: Path) -> None:
        """Verify a file and show it, or why not."""
        self.desk.work(
            verified,
            title=N_("Verifying a review copy"),
            then=self.on_opened,
            otherwise=self.on_not_opened,
            path=path,
        )

    def on_opened(self, view) -> None:
        self.opened.show_view(view)
        self._face(self.opened)
        self.opened.ribbon()

    def on_not_opened(self, error: Exception) -> None:
        sentence = alerts.sentence(error)
        if sentence is None or isinstance(error, Cancelled):
            if sentence is None:
                alerts.tell(error)
            self.on_close()
            return
        self.refused.hint.say(sentence)
        self._face(self.refused)
        self.window().shell.show_ribbon(
            N_("The signature could not be confirmed"),
            N_("The file was not opened."),
            bad=True,
            closes=self.on_close,
        )

    def panes(self) -> list:
        face = self.faces.currentWidget()
        return face.panes() if isinstance(face, Page) else [face]

    def _face(self, face) -> None:
        self.faces.setCurrentWidget(face)
        self.panes()[0].setFocus()


def verified(work, *, path: Path):
    """Verify and read a copy on the work's own thread."""
    return open_snapshot(path, progress=work.progress, cancelled=work.cancelled)
