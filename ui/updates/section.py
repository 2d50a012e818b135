"""Where this PC looks for later versions, whose signature it believes, and what it found."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from gwangju_desktop import VERSION, updates
from gwangju_desktop.errors import UserError
from ui import alerts
from ui.settings import kept
from ui.text import N_, language, say
from ui.updates.watch import FOLDER, KEY, Look
from ui.widgets.fields import Field
from ui.widgets.forms import Labelled
from ui.widgets.parts import Align, Button, Icon, Label, column, row


class UpdatesSection(QWidget):
    """A folder, a key, a look; nothing is ever asked of the network."""

    def __init__(self, shell) -> None:
        super().__init__()
        self.shell = shell
        self.notice: updates.Notice | None = None
        self.folder = Labelled(
            N_("Folder with the updates"),
            Field(N_("A folder on a share the administrator named")),
        )
        self.folder.field.setText(kept.text(FOLDER))
        self.choose = Button(N_("Choose…"), slot=self.on_choose)
        self.key = Label("", "cap", wrap=True)
        self.take_key = Button(N_("Take the publisher’s key…"), icon="key-round", slot=self.on_key)
        self.look_button = Button(N_("Look now"), slot=self.on_look)
        self.mark = Icon("info", "text2", 16)
        self.told = Label("", "sec", wrap=True)
        self.news = Label("", "sec", wrap=True)
        self.news.hide()
        self.open_button = Button(N_("Show the installer"), "primary", slot=self.on_open)
        self.open_button.hide()
        self.look = Look(self)
        self.look.answered.connect(self.on_answered)
        self.folder.field.editingFinished.connect(self.on_folder)
        column(
            Label(N_("This is version {version}."), "sec", version=VERSION),
            row((self.folder, 1), (self.choose, Align.AlignBottom), gap=8),
            column(self.key, row(self.take_key, None), gap=6),
            row(self.look_button, None),
            row((self.mark, Align.AlignTop), (self.told, 1), gap=6),
            self.news,
            row(self.open_button, None),
            Label(
                N_("The program reads this folder alone and never asks the internet."),
                "cap",
                wrap=True,
            ),
            None,
            gap=14,
            into=self,
        )
        self._say_key()
        self._say(N_("Nothing was looked for yet."), "info", "text2")

    def _say_key(self) -> None:
        key = kept.text(KEY)
        if key:
            shown = " ".join(key[n : n + 4] for n in range(0, 32, 4))
            self.key.say(N_("The publisher’s key: {key}…"), key=shown)
        else:
            self.key.say(N_("No publisher’s key was taken yet; without it no notice is believed."))

    def _say(self, message: str, icon: str, ink: str, **values: object) -> None:
        self.mark.show_icon(icon, ink)
        self.told.ink("bad" if ink == "bad" else "text")
        self.told.say(message, **values)

    def on_choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self.window(), say(N_("Folder with the updates")), kept.text(FOLDER)
        )
        if folder:
            self.folder.field.setText(folder)
            self.on_folder()

    def on_folder(self) -> None:
        kept.keep(FOLDER, self.folder.field.value())

    def on_key(self) -> None:
        file, _filter = QFileDialog.getOpenFileName(
            self.window(),
            say(N_("Take the publisher’s key…")),
            kept.text(FOLDER),
            say(N_("Keys ({pattern})"), pattern="*.pem *.pub"),
        )
        if not file:
            return
        try:
            kept.keep(KEY, updates.publisher_key(Path(file)).hex())
        except (UserError, OSError) as error:
            self._say(alerts.sentence(error) or "", "circle-alert", "bad")
            return
        self._say_key()

    def on_look(self) -> None:
        """Look now."""
        self.on_folder()
        if not self.look.start() and not self.look.running:
            self._say(N_("Give the folder and the publisher’s key first."), "circle-alert", "bad")

    def on_answered(self, found) -> None:
        self.notice = found if isinstance(found, updates.Notice) else None
        self.news.setVisible(self.notice is not None)
        self.open_button.setVisible(self.notice is not None)
        if isinstance(found, Exception):
            self._say(alerts.sentence(found) or "", "circle-alert", "bad")
        elif self.notice is None:
            self._say(N_("There is no later version."), "circle-check", "ok")
        else:
            released = dt.date.fromisoformat(self.notice.released)
            self._say(
                N_("Version {version} of {day:full} is there."),
                "circle-check",
                "ok",
                version=self.notice.version,
                day=released,
            )
            self.news.say(self.notice.ko if language() == "ko" else self.notice.en)

    def on_open(self) -> None:
        """Open the folder, once the installer is the one that was signed."""
        try:
            path = updates.installer(Path(kept.text(FOLDER)), self.notice)
        except (UserError, OSError) as error:
            self._say(alerts.sentence(error) or "", "circle-alert", "bad")
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        self.look.end()
