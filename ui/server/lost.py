"""What is said while an office server does not answer, and what must not be pressed twice then."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from db.errors import Refused
from ui.text import C_, N_, NN_
from ui.widgets.forms import Dialog
from ui.widgets.notices import Banner
from ui.widgets.parts import Button

LOOK_MS = 200  # a person needs longer for a second click


class Lost(QObject):
    """A banner over the page from the loss to its end; forms keep what was typed and wait.

    A form's button is disabled while its write may still be on the way: pressed again it would be
    another write, with a number of its own.
    """

    def __init__(self, shell) -> None:
        super().__init__(shell.desk)
        self.shell, self.desk = shell, shell.desk
        self.banner = Banner("clock")
        self.banner.close_button.hide()
        shell.window.layout().insertWidget(1, self.banner)
        self.held: list[Button] = []
        self.clock = QTimer(self)
        self.clock.setInterval(LOOK_MS)
        self.clock.timeout.connect(self.on_tick)
        self.desk.cut.connect(self.on_cut)

    def on_cut(self, fault) -> None:
        """Say that the server is gone, or show anew what was not there to be shown."""
        if fault is None:
            self.banner.hide()
            for view in self.shell.window.findChildren(QWidget):
                if view.isVisible():
                    view.update()
        self.clock.start()
        self.on_tick()

    def on_tick(self) -> None:
        """Say how many changes wait; let go of the forms once none does."""
        fault, waiting = self.desk.line.fault, self.desk.unwritten
        if fault is not None:
            self._say(fault, waiting)
        if fault is not None or waiting:
            self._hold()
            return
        self.clock.stop()
        for button in self.held:
            button.why_not()
        self.held.clear()

    def _say(self, fault: Exception, waiting: int) -> None:
        title = N_("The connection was cut · connecting again")
        if isinstance(fault, Refused):
            title = N_("The server refuses the connection · trying again")
        told = (
            NN_(
                "{n} change waits; what is typed is kept.",
                "{n} changes wait; what is typed is kept.",
            )
            if waiting
            else N_("What is shown was true when it was cut; what is typed is kept.")
        )
        shown = (title, waiting)
        if self.banner.isHidden() or self.banner.property("shown") != shown:
            self.banner.setProperty("shown", shown)
            self.banner.tell(told, title, n=waiting)

    def _hold(self) -> None:
        for dialog in QApplication.topLevelWidgets():
            button = getattr(dialog, "button", None)
            if not isinstance(dialog, Dialog) or not dialog.isVisible():
                continue
            if dialog.property("without_server") or not button.isEnabled():
                continue
            button.why_not(N_("The office server does not answer; this waits until it does."))
            button.destroyed.connect(self.on_gone)
            self.held.append(button)

    def on_gone(self) -> None:
        """Forget buttons of forms that were closed."""
        from shiboken6 import isValid

        self.held = [button for button in self.held if isValid(button)]

    def close(self) -> None:
        """Take the banner away."""
        self.clock.stop()
        self.banner.hide()
        self.banner.deleteLater()


class LeaveDialog(Dialog):
    """Something that was done has not reached the server: wait for it, or leave it."""

    drafts = False

    def __init__(self, window: QWidget, waiting: int) -> None:
        super().__init__(
            window,
            NN_(
                "{n} change has not reached the server",
                "{n} changes have not reached the server",
            ),
            button=C_("leaving", "Close without it"),
            kind="danger",
            n=waiting,
        )
        self.setProperty("without_server", True)
        self.cancel_button.say(C_("leaving", "Go on waiting"))
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()

    def confirm(self) -> None:
        self.accept()
        self.parentWidget().shell.given_up = True
        self.parentWidget().close()
