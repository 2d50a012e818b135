"""Make a review copy: for whom, what goes, where to, under which passphrase; then it leaves."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtWidgets import QFileDialog, QProgressBar

from db.vocab import Profile
from gwangju_desktop import clock
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.snapshots import queries
from gwangju_desktop.snapshots.build import Made, make_snapshot
from gwangju_desktop.snapshots.words import PROFILES
from ui import theme
from ui.settings import kept
from ui.snapshots.facts import FILES, SUFFIX
from ui.snapshots.preview import PreviewPane
from ui.snapshots.secret import NewPassphrase, secret
from ui.text import C_, N_, say
from ui.widgets.forms import Dialog, Field, Labelled
from ui.widgets.painted import Segment
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row

TICK_MS = 100
WIDTH, FORM = 880, 380
# Where the office's last copy was saved on this PC; the next one says what changed since.
LAST = "snapshots/last"
NAMES = {
    Profile.MONITOR: N_("Review copy {n} ({day})"),
    Profile.PUBLIC: N_("Public copy {n} ({day})"),
}


def make(work, *, target: Path, passphrase: str, profile: Profile, last: str) -> Made:
    """Make the copy on the work's own thread; `last` is where the one before may still lie."""
    return make_snapshot(
        work,
        target=target,
        passphrase=passphrase,
        profile=profile,
        previous=previous(work, last, profile, target),
        progress=work.progress,
        cancelled=work.cancelled,
    )


def previous(work, last: str, profile: Profile, target: Path) -> Path | None:
    """Return the file of the office's last copy when it still lies there, byte for byte.

    A copy of another profile shows other rows, and one that is written over is none to compare.
    """
    path = Path(last)
    if not last or path == target or not path.is_file():
        return None
    with work.reading() as read:
        copies = queries.snapshots(read)
    if not copies or copies[0].profile != profile:
        return None
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return path if digest == copies[0].sha256 else None


class MakeDialog(Dialog):
    """The form at the left, what goes and what stays at the right; a bar until it is made."""

    def __init__(self, parent, desk, *, fingerprint: str | None, sequence: int) -> None:
        self.desk, self.new_key, self.work = desk, fingerprint is None, None
        self.sequence, self.named = sequence, True
        self.profiles = Segment(list(PROFILES.values()), 0, C_("review copies", "For whom"))
        self.target = Field("", C_("review copies", "File"))
        self.browse = Button(C_("review copies", "Browse"), icon="folder-open", slot=self.on_browse)
        self.browse.setAutoDefault(False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.step = Label("", "cap")
        self.progress_row = column(self.step, self.bar, gap=5)
        self.progress_row.hide()
        place = Labelled(C_("review copies", "File"), row((self.target, 1), self.browse))
        place.label.setBuddy(self.target)
        self.place = place
        self.new = NewPassphrase() if self.new_key else None
        self.first = self.new.first if self.new else secret(N_("Passphrase of the signing key"))
        secrets = self.new.fields if self.new else (self.first,)
        self.passphrase = self.first.field
        self.preview = PreviewPane(desk)
        form = column(
            column(Label(C_("review copies", "For whom"), "secb"), self.profiles, gap=6),
            place,
            *secrets,
            self._promise(),
            self.progress_row,
            None,
            gap=12,
        )
        form.setFixedWidth(theme.px(FORM))
        super().__init__(
            parent,
            N_("Make review copy no. {n}"),
            (row((form, Align.AlignTop), (self.preview, 1), gap=20), 1),
            button=N_("Make a key, sign and save") if self.new_key else N_("Sign and save"),
            icon="shield-check",
            width=WIDTH,
            n=sequence,
        )
        self.clock = QTimer(self)
        self.clock.setInterval(TICK_MS)
        self.clock.timeout.connect(self.on_tick)
        self.profiles.chosen.connect(self.on_profile)
        self.target.textEdited.connect(self.on_edited)
        self.on_profile(0)
        self.passphrase.setFocus()

    @property
    def profile(self) -> Profile:
        """For whom the copy is."""
        return list(PROFILES)[self.profiles.current()]

    def _promise(self):
        """Say that it cannot be taken back, and where the key comes from."""
        box = frame("state")
        lines = [
            N_(
                "Once it has a number and a signature, a copy cannot be taken back;"
                " undo stops here."
            ),
        ]
        if self.new_key:
            lines.append(
                N_(
                    "This office has no signing key yet. One is made now under the passphrase;"
                    " without it the office cannot sign again."
                )
            )
        parts = [
            row((Icon(icon), Align.AlignTop), (Label(line, "sec", wrap=True), 1), gap=10)
            for icon, line in zip(("shield-check", "key-round"), lines, strict=False)
        ]
        return column(*parts, margins=(14, 12, 14, 12), gap=8, into=box)

    # --- slots
    def on_profile(self, _n: int) -> None:
        """Show what goes for that profile, and name the file by it unless it has another name."""
        if self.named:
            self.target.setText(str(_proposed(self.profile, self.sequence)))
        self.preview.show_profile(self.profile)

    def on_edited(self, _text: str = "") -> None:
        self.named = False

    def on_browse(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self,
            say(N_("Save the review copy")),
            self.target.text(),
            say(FILES, pattern="*.gwsnap"),
        )
        if name:
            self.target.setText(name)
            self.named = False

    def confirm(self) -> None:
        target = self._target()
        if self.new:
            passphrase = self.new.value()
        else:
            passphrase = self.first.value()
            if not passphrase:
                self.first.wrong(say(N_("Type the passphrase.")))
                self.adjustSize()
                return
        self._busy(True)
        self.work = self.desk.work(
            make,
            title=N_("Making a review copy"),
            then=self.on_made,
            otherwise=self.on_not_made,
            target=target,
            passphrase=passphrase,
            profile=self.profile,
            last=kept.text(LAST),
        )
        self.clock.start()

    def _busy(self, busy: bool) -> None:
        for part in (self.button, self.profiles, self.place, self.first, self.preview):
            part.setEnabled(not busy)
        self.progress_row.setVisible(busy)
        self.adjustSize()

    def _target(self) -> Path:
        typed = self.target.value()
        if not typed:
            raise UserError(N_("Choose where to save the copy."))
        path = Path(typed)
        path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        if not path.parent.is_dir():
            raise UserError(N_("The folder {folder} is not there."), folder=path.parent)
        return path

    def on_tick(self) -> None:
        if self.work is not None:
            self.bar.setRange(0, self.work.of)
            self.bar.setValue(self.work.done)
            self.step.say(self.work.message)

    def on_made(self, made) -> None:
        self.clock.stop()
        for field in self.new.fields if self.new else (self.first,):
            field.field.clear()
        kept.keep(LAST, str(made.path))
        self.preview.stop()
        self.on_accepted(made)

    def on_not_made(self, error: Exception) -> None:
        self.clock.stop()
        self.work = None
        self._busy(False)
        if isinstance(error, Cancelled):
            self.preview.stop()
            super().reject()
        else:
            self.on_refused(error)

    def reject(self) -> None:
        """Cancel: stop the work first if there is one; nothing is written then."""
        if self.work is not None and not self.work.over:
            self.work.cancel()
        else:
            self.preview.stop()
            super().reject()


def next_place(read) -> tuple[str | None, int]:
    """Return the key's fingerprint, if there is a key, and the number of the next copy."""
    return queries.fingerprint(read), queries.place(read).sequence


def _proposed(profile: Profile, sequence: int) -> Path:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    here = Path(folder) if folder and Path(folder).is_dir() else Path.home()
    name = say(NAMES[profile], n=sequence, day=clock.today().isoformat())
    return here / (name + SUFFIX)
