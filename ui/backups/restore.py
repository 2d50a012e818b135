"""Restore an office: choose a backup, see what it holds and what would be lost, and say yes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QProgressBar

from gwangju_desktop.backups import automatic, form
from gwangju_desktop.backups.form import Manifest
from gwangju_desktop.backups.losing import Loss
from gwangju_desktop.errors import Cancelled, UserError
from ui.backups import jobs, places
from ui.backups.place import take_place
from ui.backups.preview import Preview
from ui.backups.rows import BACKUPS, Row
from ui.desk import Desk
from ui.models.rows import RowTable
from ui.snapshots.secret import secret
from ui.text import N_, NN_, say
from ui.widgets.forms import Dialog, Field, Labelled
from ui.widgets.lists import RowList
from ui.widgets.parts import Align, Button, Label, column, row

WIDTH, LIST_HIGH, LOOK_MS = 860, 176, 100
FILES = N_("Backups ({pattern})")
TARGET = N_("Restore as")
SHOWN_MOST = 200


class RestoreDialog(Dialog):
    """Restores the office that is open, one that is closed at `office`, or one to a new file.

    `folder` is looked through for backups, by default the one beside `office`; `path` is chosen
    first. Where an office stands in the place it is moved aside, never overwritten.
    """

    drafts = False

    def __init__(
        self,
        parent,
        shell,
        *,
        office: Path | None = None,
        folder: Path | None = None,
        path: Path | None = None,
    ) -> None:
        self.shell, self.office, self.path = shell, office, None
        self.manifest: Manifest | None = None
        self.work = None
        opened = shell.desk is not None and shell.desk.store is not None
        self.own = None if opened else Desk(_no_office)
        self.desk = shell.desk if opened else self.own
        if self.own is not None:
            self.own.failed.connect(shell.alerts.tell)
        self._build_parts()
        super().__init__(
            parent,
            N_("Restore an office"),
            Label(
                N_(
                    "Choose a backup. First you see what is in it; nothing changes before you say"
                    " so. The office as it is now is not deleted but kept beside it."
                ),
                "sec",
                wrap=True,
            ),
            self.list,
            row(self.file, (self.chosen, 1), gap=10),
            self.secret_row,
            self.preview,
            self.target_row,
            self.kept,
            self.bar_row,
            None,
            button=N_("Restore this backup"),
            icon="history",
            width=WIDTH,
        )
        self.button.setEnabled(False)
        self.list.previewed.connect(self.on_row)
        self.clock = QTimer(self)
        self.clock.setInterval(LOOK_MS)
        self.clock.timeout.connect(self.on_tick)
        self.first = path
        folders = self._folders(folder)
        self.list.setVisible(bool(folders))
        if folders:
            self.desk.work(jobs.listed, title=jobs.LOOKING, then=self.on_listed, folders=folders)
        if path is not None:
            self.choose(path)

    def _build_parts(self) -> None:
        self.list = RowList(RowTable(BACKUPS), N_("Backups"), height=32)
        self.list.setFixedHeight(LIST_HIGH)
        self.file = Button(N_("Choose a file…"), icon="folder-open", slot=self.on_file)
        self.chosen = Label("", "sec", elide=True)
        self.secret = secret(N_("Passphrase of the backup"))
        self.show_button = Button(N_("Show what it holds"), slot=self.look)
        for button in (self.file, self.show_button):
            button.setAutoDefault(False)
        self.secret_row = row((self.secret, 1), (self.show_button, Align.AlignBottom), gap=8)
        self.secret_row.hide()
        # The button below waits for what this shows, so Enter cannot mean it.
        self.secret.field.returnPressed.connect(self.look)
        self.preview = Preview()
        self.preview.hide()
        self.target = Labelled(TARGET, Field("", TARGET))
        self.browse = Button(N_("Choose a place…"), slot=self.on_browse)
        self.browse.setAutoDefault(False)
        self.target_row = row((self.target, 1), (self.browse, Align.AlignBottom), gap=8)
        self.target_row.hide()
        self.target.field.textChanged.connect(self.on_target)
        self.kept = Label("", "cap", wrap=True)
        self.kept.hide()
        self.bar, self.step = QProgressBar(), Label("", "cap", elide=True)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say(jobs.RESTORING))
        self.bar_row = column(self.bar, self.step, gap=5)
        self.bar_row.hide()

    # --- choosing
    def _folders(self, folder: Path | None) -> list[tuple[Path, bool]]:
        if self.office is None:
            return [(folder, False)] if folder is not None else []
        folders = [(folder or form.beside(self.office), False)]
        second = places.second(self.office)
        if second is not None:
            folders.append((automatic.within(second.chosen, self.office), True))
        return folders

    def on_listed(self, found) -> None:
        """Show the backups there are."""
        rows = [Row(n, one, second) for n, (one, second) in enumerate(found[:SHOWN_MOST])]
        self.list.model().show(rows)
        if not rows:
            self.chosen.say(N_("There is none yet in the folders of this office."))
            self.list.hide()
            self.adjustSize()
            return
        paths = [one.listed.path for one in rows]
        if self.first is None:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.list.choose_first()
        elif self.first in paths:
            self.list.choose(paths.index(self.first))

    def on_row(self, n: int) -> None:
        """Look into the backup in front."""
        path = self.list.model().row(n).listed.path
        if path != self.path:
            self.choose(path)

    def on_file(self) -> None:
        """Take a backup that lies elsewhere."""
        start = str(self.path or self.office or Path.home())
        name, _filter = QFileDialog.getOpenFileName(
            self, say(N_("Choose a backup")), start, say(FILES, pattern=f"*{form.ENDING}")
        )
        if name:
            self.list.clearSelection()
            self.choose(Path(name))

    def choose(self, path: Path) -> None:
        """Look into a backup, or ask for its passphrase first."""
        self.path, self.manifest = path, None
        self.chosen.say(str(path))
        self.refusal_row.hide()
        self._show_nothing()
        self.secret_row.hide()
        self.secret.field.clear()
        self.look()

    def _show_nothing(self) -> None:
        self.preview.hide()
        self.kept.hide()
        self.target_row.hide()
        self.button.say(N_("Restore this backup")).setEnabled(False)

    def look(self) -> None:
        """Read what the chosen backup says of itself."""
        self.desk.work(
            jobs.preview,
            title=jobs.LOOKING,
            then=self.on_preview,
            otherwise=self.on_unseen,
            path=self.path,
            passphrase=self._passphrase(),
        )

    def on_unseen(self, error: Exception) -> None:
        """Ask for the passphrase, or say why nothing can be shown."""
        if isinstance(error, jobs.Sealed):
            self.secret_row.show()
            self.secret.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.adjustSize()
        else:
            self.on_refused(error)

    def _passphrase(self) -> str | None:
        return self.secret.field.text() or None if self.secret_row.isVisibleTo(self) else None

    def on_preview(self, found: tuple[Path, Manifest, Loss]) -> None:
        """Show it, and what the button would do."""
        path, manifest, loss = found
        if path != self.path:
            return
        self.refusal_row.hide()
        self.manifest = manifest
        self.preview.show_backup(manifest, loss, open_office=self.own is None)
        self.preview.show()
        if loss.same and loss.n:
            self.button.say(
                NN_("Restore without {n:,} later step", "Restore without {n:,} later steps"),
                n=loss.n,
            )
        else:
            self.button.say(N_("Restore this backup"))
        self.button.setEnabled(True)
        if self.office is None:
            self.target.field.setText(str(_proposed(path, manifest)))
            self.target_row.show()
        self.on_target()
        self.adjustSize()

    def _place(self) -> Path:
        if self.office is not None:
            return self.office
        name = self.target.value().strip()
        if not name:
            error = UserError(N_("Say where the office is to lie."))
            self.target.wrong(str(error))
            raise error
        path = Path(name)
        return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)

    def on_browse(self) -> None:
        """Let the system ask for the place."""
        name, _filter = QFileDialog.getSaveFileName(
            self, say(TARGET), self.target.field.text(), f"*{SUFFIX}"
        )
        if name:
            self.target.field.setText(name)

    def on_target(self, *_ignored) -> None:
        """Say what becomes of an office that stands in the place."""
        office = self.office or Path(self.target.field.text().strip() or ".")
        there = office.is_file()
        self.kept.say(
            N_("The office as it is now stays beside it as “{name} (… before-restore)”.")
            if there
            else N_("A new office file is made; none is replaced."),
            name=office.stem,
        )
        self.kept.setVisible(self.manifest is not None)

    # --- restoring
    def confirm(self) -> None:
        office = self._place()
        self.button.setEnabled(False)
        self.list.setEnabled(False)
        self.file.setEnabled(False)
        self.work = self.desk.work(
            jobs.restore,
            title=jobs.RESTORING,
            then=self.on_restored,
            otherwise=self.on_stopped,
            path=self.path,
            office=office,
            passphrase=self._passphrase(),
        )
        self.bar_row.show()
        self.adjustSize()
        self.clock.start()

    def on_tick(self) -> None:
        """Show how far it is."""
        if self.work is not None:
            self.bar.setRange(0, self.work.of)
            self.bar.setValue(self.work.done)
            self.step.say(self.work.message)

    def on_restored(self, done) -> None:
        """Close, let it take its place, and open it."""
        restored, office = done
        self.work = None
        self.secret.field.clear()
        # After this answer: the desk that brought it is closed by what follows.
        QTimer.singleShot(0, self.shell, partial(take_place, self.shell, restored, office))
        self.accept()

    def on_stopped(self, error: Exception) -> None:
        """Everything stands as it stood."""
        self.clock.stop()
        self.work = None
        self.bar_row.hide()
        self.list.setEnabled(True)
        self.file.setEnabled(True)
        self.on_refused(error)
        self.button.setEnabled(self.manifest is not None)

    def on_refused(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.adjustSize()
            return
        ready = self.manifest is not None
        super().on_refused(error)
        self.button.setEnabled(ready)

    def reject(self) -> None:
        """Cancel: stop the work first if there is one."""
        if self.work is not None and not self.work.over:
            self.work.cancel()
        else:
            super().reject()

    def done(self, code: int) -> None:
        self.clock.stop()
        if self.own is not None:
            self.own.close()
        super().done(code)


SUFFIX = ".gwoffice"


def _proposed(path: Path, manifest: Manifest) -> Path:
    """Return where the office of a backup may lie: where it lay, else among the documents."""
    ending = form.beside(Path("x")).name.removeprefix("x")
    folder = path.parent
    if folder.name.endswith(ending):
        office = folder.with_name(folder.name.removesuffix(ending))
        if office.is_file():
            return office
        name = office.name
    else:
        name = f"{manifest.office_ko or 'office'}{SUFFIX}".replace("/", "-")
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    home = Path(documents) if documents and Path(documents).is_dir() else Path.home()
    return home / name


def _no_office() -> None:
    """Stand for the office where none is open."""
