"""The public site: choose a folder, see what would change, look at it in a browser, publish."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget

from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.site import publishing
from gwangju_desktop.text import LANGUAGES
from ui import alerts, theme
from ui.settings import kept
from ui.site.cards import CardsPane
from ui.site.changes import ChangesPane
from ui.snapshots.facts import FILES
from ui.snapshots.secret import secret
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Field, Labelled
from ui.widgets.page import Page, State, header
from ui.widgets.painted import Segment, Tabs
from ui.widgets.parts import Button, Label, column, row, rule, scrolled

TICK_MS = 100
FORM = 348
# Where this person's office publishes its site, and the copy it was last built from.
FOLDER, COPY = "site/folder", "site/copy"
NEW, FILE = 0, 1
SPOKEN = (LANGUAGES, ("ko",), ("en",))


def prepare(work, *, folder: Path, file: Path | None, passphrase: str, languages) -> object:
    """Prepare the site on the work's own thread."""
    return publishing.draft(
        work,
        folder=folder,
        file=file,
        passphrase=passphrase or None,
        languages=languages,
        progress=work.progress,
        cancelled=work.cancelled,
    )


def publish(work, *, draft) -> object:
    """Put a prepared site in place on the work's own thread."""
    return draft.publish(progress=work.progress)


def look(_read, *, folder: Path) -> object:
    """Read what lies published in a folder."""
    return publishing.published(folder)


class SitePage(Page):
    """The form at the left; what would change, and the cards, at the right."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.draft, self.work = None, None
        self.meta = Label("", "sec", elide=True)
        self.preview = Button(N_("Look at it in the browser"), icon="eye", slot=self.on_preview)
        self.publish = self.writing(
            Button(C_("site", "Publish"), "primary", "upload", slot=self.on_publish)
        )
        self.form = self._form()
        self.state = State(
            "globe",
            N_("No site has been prepared"),
            N_(
                "Prepare it to see which pages appear, change and disappear."
                " Nothing is published before you say so."
            ),
        )
        self.tabs = Tabs([N_("What would change"), N_("Picture cards")])
        self.changes, self.cards = ChangesPane(self), CardsPane(self)
        self.panels = QStackedWidget()
        for part in (self.changes, self.cards):
            self.panels.addWidget(part)
        made = column(row(self.tabs, margins=(28, 0, 24, 4)), (self.panels, 1), gap=0)
        self.faces = QStackedWidget()
        for face in (self.state, made):
            self.faces.addWidget(face)
        self.made = made
        column(
            header(Label(N_("Public site"), "title"), self.meta, self.preview, self.publish),
            (row(self.pane, (self.faces, 1), gap=0), 1),
            gap=0,
            into=self,
        )
        self.tabs.chosen.connect(self.panels.setCurrentIndex)
        self.clock = QTimer(self)
        self.clock.setInterval(TICK_MS)
        self.clock.timeout.connect(self.on_tick)
        self.destroyed.connect(_closed(self))
        self.dress()
        self._offer()
        self.sources.chosen.connect(self.on_source)
        self.on_source(NEW)
        self.look()

    def _form(self):
        self.folder = Field("", N_("Folder of the site"))
        self.folder.setText(kept.text(FOLDER))
        self.browse = Button(C_("review copies", "Browse"), icon="folder-open", slot=self.on_browse)
        self.place = Labelled(
            N_("Folder of the site"),
            row((self.folder, 1), self.browse),
            N_("The web server’s folder, or one you copy there. It opens by a double click too."),
        )
        self.place.label.setBuddy(self.folder)
        self.sources = Segment([N_("As of now"), N_("From a public copy")], NEW, N_("Made from"))
        self.file = Field("", N_("Public copy"))
        self.file.setText(kept.text(COPY))
        self.find = Button(C_("review copies", "Browse"), icon="folder-open", slot=self.on_find)
        self.copy = Labelled(N_("Public copy"), row((self.file, 1), self.find))
        self.copy.label.setBuddy(self.file)
        self.now = Label(
            N_("A public copy is made of the office; it gets its number when you publish."),
            "cap",
            wrap=True,
        )
        self.languages = Segment(
            [C_("site", "Both languages"), N_("Korean"), N_("English")], 0, N_("Languages")
        )
        self.passphrase = secret(
            N_("Passphrase of the signing key"),
            N_("With it the site’s list of files is signed; without it the pages say it is not."),
        )
        self.prepare = self.writing(
            Button(N_("Prepare and compare"), icon="globe", slot=self.on_prepare)
        )
        self.cancel = Button(N_("Cancel"), slot=self.on_cancel)
        self.step, self.bar = Label("", "cap"), QProgressBar()
        self.bar.setTextVisible(False)
        self.running = column(self.step, self.bar, row(None, self.cancel), gap=6)
        self.running.hide()
        self.fault = Label("", "sec", "bad", wrap=True)
        self.fault.hide()
        self.last_title = Label(N_("Last publication"), "h3")
        self.last = Label("", "sec", wrap=True)
        self.open_folder = Button(N_("Open the folder"), icon="folder-open", slot=self.on_folder)
        self.inside = column(
            self.place,
            column(Label(N_("Made from"), "secb"), self.sources, self.now, self.copy, gap=6),
            column(Label(N_("Languages"), "secb"), self.languages, gap=6),
            self.passphrase,
            row(None, self.prepare),
            self.running,
            self.fault,
            rule(),
            self.last_title,
            self.last,
            row(self.open_folder, None),
            None,
            margins=(28, 4, 20, 16),
            gap=14,
        )
        self.pane = scrolled(self.inside)
        self.folder.editingFinished.connect(self.look)
        return self.inside

    def dress(self) -> None:
        self.pane.setFixedWidth(theme.px(FORM))

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange and hasattr(self, "pane"):
            self.dress()

    def panes(self) -> list:
        return [self.folder, self.changes.list if self.draft else self.faces]

    # --- choosing
    def on_browse(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, say(N_("Folder of the site")), self.folder.text() or str(Path.home())
        )
        if name:
            self.folder.setText(name)
            self.look()

    def on_find(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self,
            say(N_("Open a public copy")),
            self.file.text() or str(Path.home()),
            say(FILES, pattern="*.gwsnap"),
        )
        if name:
            self.file.setText(name)

    def on_source(self, n: int) -> None:
        """Ask for the file only where one is wanted."""
        self.copy.setVisible(n == FILE)
        self.now.setVisible(n == NEW)

    # --- the folder
    def look(self) -> None:
        """Say what lies published in the folder."""
        self.last.say("")
        typed = self.folder.text().strip()
        there = bool(typed) and Path(typed).is_dir()
        self.open_folder.setEnabled(there)
        if there:
            self.desk.read(look, then=self.on_looked, otherwise=self.on_unread, folder=Path(typed))
        else:
            self.last.say(N_("Nothing has been published from this PC yet."))
            self.meta.say(N_("Static pages that any web server, USB stick or double click shows"))

    def on_looked(self, held) -> None:
        if held is None:
            self.last.say(N_("The folder holds no site yet."))
            self.meta.say(N_("Static pages that any web server, USB stick or double click shows"))
            return
        made = dt.datetime.fromisoformat(held.origin.made_at)
        self.last.say(
            N_("Copy no. {n} of {made:when}. {pages} pages, {files} files; {signed}"),
            n=held.origin.sequence,
            made=made,
            pages=f"{len(held.pages):,}",
            files=f"{len(held.files):,}",
            signed=N_("the list of files is signed.")
            if held.key
            else N_("the list is not signed."),
        )
        self.meta.say(
            N_("Published: copy no. {n} of {made:full}"),
            n=held.origin.sequence,
            made=made,
        )

    def on_unread(self, error: Exception) -> None:
        self.last.say(alerts.sentence(error) or say(N_("The folder could not be read.")))

    def on_folder(self) -> None:
        """Show the folder in the system's own window."""
        if self.open_folder.isEnabled():
            QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.text().strip()))

    # --- preparing
    def on_prepare(self) -> None:
        """Build the site beside its folder and compare it with what lies there."""
        if self.work is not None or self.desk.read_only:
            return
        try:
            folder, file = self._folder(), self._file()
        except UserError as error:
            self._tell(error)
            return
        self._drop()
        self._busy(True)
        self.work = self.desk.work(
            prepare,
            title=N_("Preparing the public site"),
            then=self.on_prepared,
            otherwise=self.on_failed,
            folder=folder,
            file=file,
            passphrase=self.passphrase.field.text(),
            languages=SPOKEN[self.languages.current()],
        )

    def _folder(self) -> Path:
        typed = self.folder.text().strip()
        if not typed:
            raise UserError(N_("Choose the folder of the site."))
        folder = Path(typed)
        if not folder.is_dir() and not folder.parent.is_dir():
            raise UserError(N_("The folder {folder} is not there."), folder=folder.parent)
        return folder

    def _file(self) -> Path | None:
        if self.sources.current() == NEW:
            return None
        typed = self.file.text().strip()
        if not typed or not Path(typed).is_file():
            raise UserError(N_("Choose the file of a public copy."))
        return Path(typed)

    def on_prepared(self, draft) -> None:
        self._done()
        self.draft = draft
        kept.keep(FOLDER, str(draft.folder))
        if self.sources.current() == FILE:
            kept.keep(COPY, str(draft.source.file))
        self.changes.show_report(draft.report)
        self.cards.show_draft(draft)
        self.faces.setCurrentWidget(self.made)
        self._offer()

    def on_failed(self, error: Exception) -> None:
        self._done()
        if not isinstance(error, Cancelled):
            self._tell(error)

    def _tell(self, error: Exception) -> None:
        sentence = alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
            return
        self.fault.say(sentence)
        self.fault.show()

    def on_tick(self) -> None:
        if self.work is not None:
            self.bar.setRange(0, self.work.of)
            self.bar.setValue(self.work.done)
            self.step.say(self.work.message)

    def on_cancel(self) -> None:
        if self.work is not None:
            self.work.cancel()

    def _busy(self, busy: bool) -> None:
        parts = (self.place, self.sources, self.copy, self.languages, self.passphrase, self.prepare)
        for part in parts:
            part.setEnabled(not busy)
        self.running.setVisible(busy)
        self.fault.hide()
        if busy:
            self.clock.start()
        else:
            self.clock.stop()
        self._offer()

    def _done(self) -> None:
        self.work = None
        self._busy(False)

    def _drop(self) -> None:
        """Remove a prepared site that was not published."""
        if self.draft is not None:
            self.draft.close()
        self.draft = None
        self.faces.setCurrentWidget(self.state)
        self._offer()

    def _offer(self) -> None:
        ready = self.draft is not None and self.work is None
        self.preview.setEnabled(ready)
        self.preview.why_not("" if ready else N_("Prepare the site first."))
        goes = ready and not self.draft.report.nothing and not self.desk.read_only
        self.publish.setEnabled(goes)
        why = N_("The folder holds this very site.") if ready else N_("Prepare the site first.")
        self.publish.why_not("" if goes else why)

    # --- looking and publishing
    def on_preview(self) -> None:
        """Open the prepared site in the browser of this PC."""
        if self.draft is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.draft.prepared.first)))

    def on_publish(self) -> None:
        """Put the prepared site into its folder."""
        if self.draft is None or self.work is not None:
            return
        self._busy(True)
        self.cancel.setEnabled(False)
        self.work = self.desk.work(
            publish,
            title=N_("Publishing the public site"),
            then=self.on_published,
            otherwise=self.on_not_published,
            draft=self.draft,
        )
        self._offer()

    def on_published(self, report) -> None:
        self.cancel.setEnabled(True)
        self._done()
        self.passphrase.field.clear()
        self._drop()
        self.look()
        self.toast(
            NN_("{n} file was published.", "{n} files were published."), n=len(report.written)
        )

    def on_not_published(self, error: Exception) -> None:
        self.cancel.setEnabled(True)
        self.on_failed(error)


def _closed(page: SitePage):
    """Return what removes the files of a page's prepared site when the page goes."""
    held = page.__dict__

    def on_destroyed() -> None:
        if (draft := held.get("draft")) is not None:
            draft.close()

    return on_destroyed


PAGE = SitePage
