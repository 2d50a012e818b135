"""Opening a copy: verified and shown, or refused with a sentence and, where safe, a look inside."""

from __future__ import annotations

from pathlib import Path

from gwangju_desktop.errors import Cancelled
from gwangju_desktop.snapshots import unproved
from gwangju_desktop.snapshots.compare import compare
from gwangju_desktop.snapshots.opening import open_snapshot
from ui import alerts
from ui.text import N_
from ui.widgets.page import State
from ui.widgets.parts import Button

UNCONFIRMED = N_("The signature could not be confirmed")
OTHER_VERSION = N_("The copy is of another version")
NO_COPY = N_("The contents are not a copy’s")


class Refused(State):
    """Why a file was not opened; `look` is offered where its contents may be read all the same."""

    def __init__(self, on_other, on_look, last: Button) -> None:
        self.other = Button(N_("Open another file"), "primary", slot=on_other)
        self.look = Button(N_("Look without proof"), icon="eye", slot=on_look)
        super().__init__(
            "shield-alert",
            UNCONFIRMED,
            "",
            self.other,
            self.look,
            last,
            ink="bad",
        )

    def tell(self, error: Exception, sentence: str, path: Path | None) -> None:
        """Say why, and offer a look at a file that may be read all the same."""
        if unproved.of_contents(error):
            self.title.say(NO_COPY)
        else:
            self.title.say(OTHER_VERSION if unproved.of_version(error) else UNCONFIRMED)
        self.hint.say(sentence)
        self.look.setVisible(path is not None and unproved.worth_a_look(error, path))


class Opens:
    """What both pages that open copies do; they have `faces`, `opened`, `refused` and `_face`."""

    path: Path | None = None

    def open_path(self, path: Path) -> None:
        """Verify a file and show it, or why not."""
        self.path = path
        self.desk.work(
            verified,
            title=N_("Verifying a review copy"),
            then=self.on_opened,
            otherwise=self.on_not_opened,
            path=path,
        )

    def on_look(self) -> None:
        """Read what can be read safely of a file that does not verify."""
        self.desk.work(
            looked,
            title=N_("Reading an unverified copy"),
            then=self.on_opened,
            otherwise=self.on_not_looked,
            path=self.path,
        )

    def on_opened(self, view) -> None:
        self.opened.show_view(view)
        self._face(self.opened)

    def on_not_opened(self, error: Exception) -> None:
        sentence = alerts.sentence(error)
        if sentence is None or isinstance(error, Cancelled):
            if sentence is None:
                alerts.tell(error)
            self.on_not_begun()
            return
        self.refused.tell(error, sentence, self.path)
        self._face(self.refused)

    def on_not_looked(self, error: Exception) -> None:
        """Say in the same place that nothing in the file can be read safely."""
        sentence = alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
        elif not isinstance(error, Cancelled):
            self.refused.tell(error, sentence, None)

    def on_not_begun(self) -> None:
        """Stay where one is: opening was stopped."""


def verified(work, *, path: Path):
    """Verify and read a copy on the work's own thread."""
    return open_snapshot(path, progress=work.progress, cancelled=work.cancelled)


def looked(work, *, path: Path):
    """Read an unverified copy on the work's own thread."""
    return unproved.look(path, cancelled=work.cancelled)


def compare_files(work, *, old: Path, new: Path):
    """Compare on the work's own thread."""
    return compare(old, new, progress=work.progress, cancelled=work.cancelled)
