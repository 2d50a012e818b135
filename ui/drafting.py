"""Keeps what is typed into forms, on a thread of its own: what a crash leaves is offered again."""

from __future__ import annotations

import queue
import threading
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from gwangju_desktop import clock, unsaved
from gwangju_desktop.unsaved import Drafts, Unsaved
from ui.text import N_, NN_
from ui.widgets.notices import Banner
from ui.widgets.parts import Button

ERASED = "erase"  # the kind of a journal entry
SCRUBBED_MS = 3_000  # after an erasure, until its files are cleaned too
LEFT = NN_(
    "{n} form was being filled in when the program ended.",
    "{n} forms were being filled in when the program ended.",
)


class Drafter(QObject):
    """The drafts of the office that is open; forms find it as `desk.drafter`."""

    loaded = Signal(object)
    failed = Signal(object)

    def __init__(self, shell) -> None:
        super().__init__(shell.desk)
        self.shell, self.desk = shell, shell.desk
        self.office = ""
        self.held: dict[tuple, Unsaved] = {}
        self.forms: list = []  # the forms that are open
        self.banner: Banner | None = None
        self._told = False
        self._asked: queue.SimpleQueue = queue.SimpleQueue()
        self._path = unsaved.place()
        self._thread = threading.Thread(target=_keep, args=(self._path, self._asked, self))
        self.loaded.connect(self.on_loaded)
        self.failed.connect(self.on_failed)
        self.desk.drafter = self
        self.desk.changed.connect(self.on_changed)
        self._thread.start()
        self.desk.read(unsaved.office, then=self.on_office)

    def close(self) -> None:
        """Keep what stands in open forms and end the thread."""
        for form in list(self.forms):
            form.keep()
        self._asked.put(None)
        self._thread.join()
        if self.desk.drafter is self:
            self.desk.drafter = None
        if self.banner is not None:
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None

    # --- for forms
    def find(self, form: str, record: str, but: Unsaved | None = None) -> Unsaved | None:
        """Return the newest draft of a form of a record, other than the form's own."""
        found = [
            one
            for one in self.held.values()
            if (one.form, one.record) == (form, record) and (but is None or one.key != but.key)
        ]
        return max(found, key=lambda one: one.saved_at, default=None)

    def put(self, draft: Unsaved) -> None:
        """Keep a draft."""
        self.held[draft.key] = draft
        self._asked.put(draft)

    def drop(self, draft: Unsaved) -> None:
        """Forget a draft."""
        if self.held.pop(draft.key, None) is not None:
            self._asked.put(draft.key)
        self._retell()

    def here(self) -> tuple:
        """Return where in the program the person is."""
        rooms = self.shell.rooms
        return tuple(rooms.here) if rooms is not None else ()

    @property
    def left(self) -> list[Unsaved]:
        """Return what can be gone on with, the newest first; not what stands in an open form."""
        own = {form.draft.key for form in self.forms if form.draft is not None}
        found = [one for one in self.held.values() if one.key not in own]
        return sorted(found, key=lambda one: one.saved_at, reverse=True)

    # --- slots
    def on_office(self, number: str) -> None:
        self.office = number or self.shell.where
        self._asked.put(self.office)

    def on_changed(self, changes) -> None:
        """Read anew what is kept when somebody was erased: drafts that name them are gone too."""
        if changes.kind == ERASED:
            QTimer.singleShot(SCRUBBED_MS, self, self.read_again)

    def read_again(self) -> None:
        """Take what the file holds for what there is."""
        if self.office:
            self._asked.put(self.office)

    def on_loaded(self, drafts: list[Unsaved]) -> None:
        """Offer what the file holds; what was typed since is newer."""
        own = {form.draft.key for form in self.forms if form.draft is not None}
        self.held = {key: one for key, one in self.held.items() if key in own}
        self.held |= {one.key: one for one in drafts if one.key not in self.held}
        for form in list(self.forms):
            form.offer()
        if not self._told and self.orphans:
            self._tell()
        self._told = True
        self._retell()

    @property
    def orphans(self) -> list[Unsaved]:
        """Return what nobody put aside on purpose: the program ended under it."""
        return [one for one in self.left if not one.aside]

    def _tell(self) -> None:
        self.banner = Banner("pencil", "acc")
        self.banner.closes = self.on_closed
        show = Button(N_("Show unfinished forms"), slot=self.on_show)
        self.banner.offer(show)
        self.shell.window.layout().insertWidget(2, self.banner)
        self.banner.tell(LEFT, n=len(self.orphans))

    def _retell(self) -> None:
        if self.banner is None or not self.banner.isVisibleTo(self.shell.window):
            return
        if self.orphans:
            self.banner.tell(LEFT, n=len(self.orphans))
        else:
            self.banner.hide()

    def on_closed(self) -> None:
        """Nothing is said of them again; they are offered in their forms, and in the list."""
        self.banner.hide()
        for one in self.orphans:
            self.put(replace(one, aside=True))

    def on_show(self) -> None:
        from ui.unfinished import UnfinishedDialog

        UnfinishedDialog(self.shell.window, self).open()

    def on_failed(self, error: Exception) -> None:
        """Say once that drafts cannot be kept; the forms themselves go on."""
        self.shell.alerts.tell(error)


def _keep(path: Path, asked: queue.SimpleQueue, drafter: Drafter) -> None:
    """Carry out what is asked, in order, on the thread; the file is made with the first draft."""
    drafts: Drafts | None = None
    told = False
    while (one := asked.get()) is not None:
        try:
            if drafts is None and (isinstance(one, Unsaved) or path.exists()):
                drafts = Drafts(path)
                drafts.purge(clock.real())
            if isinstance(one, str):
                drafter.loaded.emit(drafts.of(one) if drafts is not None else [])
            elif isinstance(one, Unsaved):
                drafts.put(one)
            elif drafts is not None:
                drafts.drop(one)
        except Exception as error:
            if not told:
                drafter.failed.emit(error)
            told = True
    if drafts is not None:
        drafts.close()
