"""Forms about the signing key; what takes time is done on a thread of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from db.files import atomic_write
from gwangju_desktop import clock
from gwangju_desktop.documents import writers
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.snapshots import keys, queries, recovery, signing
from gwangju_desktop.text import words
from ui import alerts, theme
from ui.snapshots.secret import NewPassphrase, secret
from ui.text import C_, N_, Msg, language, say
from ui.widgets.forms import Check, Dialog, Field, Labelled
from ui.widgets.parts import Align, Icon, Label, column, frame, row

WIDTH = 480
PAPERS = N_("PDF files ({pattern})")


def carry_out(work, *, desk, act, **asked):
    """Do something with the key on the work's own thread, and let the screens hear of it."""
    done = act(work.store, **asked)
    desk.look_for_changes()
    return done


class KeyForm(Dialog):
    """A form whose act is done in the background; passphrases are forgotten when it is over."""

    drafts = False
    DONE: Msg = N_("The signing key was changed.")

    def __init__(self, parent, desk, title: Msg, *parts, secrets=(), **options) -> None:
        self.desk, self.secrets, self.working = desk, secrets, False
        super().__init__(parent, title, *parts, width=WIDTH, **options)
        # A sentence that appears makes it higher, not wider.
        self.setMaximumWidth(theme.px(WIDTH))

    def begin(self, act, **asked) -> None:
        """Carry `act` out; the button waits."""
        self.working = True
        self.button.setEnabled(False)
        self.desk.work(
            carry_out,
            title=N_("Working with the signing key"),
            then=self.on_done,
            otherwise=self.on_refused,
            desk=self.desk,
            act=act,
            **asked,
        )

    def on_done(self, value) -> None:
        """Close; say what is left to do where something is."""
        self.working = False
        for one in self.secrets:
            one.clear()
        for code in getattr(value, "left", ()):
            alerts.tell(UserError(keys.LEFT[code]))
        self.parent().parent().toast.tell(self.DONE, undo=False)
        self.on_accepted(value)

    def on_refused(self, error: Exception) -> None:
        self.working = False
        super().on_refused(error)

    def reject(self) -> None:
        """Close, unless something is being done: it is waited for."""
        if not self.working:
            super().reject()


class PassphraseDialog(KeyForm):
    """Another passphrase for the same key."""

    DONE = N_("The passphrase was changed.")

    def __init__(self, parent, desk) -> None:
        self.old, self.new = secret(N_("Present passphrase")), NewPassphrase()
        super().__init__(
            parent,
            desk,
            N_("Change the passphrase"),
            Label(
                N_(
                    "The key and its fingerprint stay. The key as it was sealed before is erased"
                    " from the office and its history; copies of the office made earlier keep it."
                ),
                "sec",
                wrap=True,
            ),
            self.old,
            *self.new.fields,
            button=N_("Change passphrase"),
            icon="key-round",
            secrets=(self.old.field, self.new),
        )
        self.old.field.setFocus()

    def confirm(self) -> None:
        old, new = _given(self.old), self.new.value()
        self.begin(keys.change_passphrase, old=old, new=new)


class SuccessorDialog(KeyForm):
    """A new key: the present one signs for it, unless its passphrase is lost."""

    DONE = N_("The office has a new signing key. Print its fingerprint in the next minutes.")

    def __init__(self, parent, desk) -> None:
        self.reason = Labelled(
            N_("Reason (stays in the office)"), Field(N_("For example: a change of clerks"))
        )
        self.old, self.new = secret(N_("Present passphrase")), NewPassphrase()
        self.lost = Check(N_("The present passphrase is lost, and there is no recovery sheet"))
        self.warning = frame("state")
        row(
            (Icon("triangle-alert", "warn"), Align.AlignTop),
            (
                Label(
                    N_(
                        "Without the old key's signature every monitor sees a warning at the next"
                        " copy and has to ask for the new fingerprint. The old key cannot be"
                        " brought back."
                    ),
                    "sec",
                    wrap=True,
                ),
                1,
            ),
            margins=(14, 12, 14, 12),
            gap=10,
            into=self.warning,
        )
        self.warning.hide()
        super().__init__(
            parent,
            desk,
            N_("Replace the signing key with a new one"),
            Label(
                N_(
                    "The present key signs a statement that the new one follows it; every later"
                    " copy carries it. Its private half is then erased. Print a new recovery sheet"
                    " afterwards."
                ),
                "sec",
                wrap=True,
            ),
            self.reason,
            self.old,
            self.lost,
            self.warning,
            *self.new.fields,
            button=N_("Make the new key"),
            icon="key-round",
            secrets=(self.old.field, self.new),
        )
        self.lost.toggled.connect(self.on_lost)
        self.reason.field.setFocus()

    def on_lost(self, on: bool) -> None:
        """Ask for no passphrase that is lost, and say what that means."""
        self.old.setVisible(not on)
        self.warning.setVisible(on)
        self.adjustSize()

    def confirm(self) -> None:
        reason = self.reason.value()
        if not reason:
            error = UserError(N_("Say why the key is changed; the reason stays in the office."))
            self.reason.wrong(str(error))
            raise error
        old = None if self.lost.value() else _given(self.old)
        self.begin(keys.succeed, old=old, new=self.new.value(), reason=reason)


class SheetDialog(KeyForm):
    """The key on one page of paper for the safe."""

    DONE = N_("The sheet was saved. Print it, put it into the safe and delete the file.")

    def __init__(self, parent, desk) -> None:
        self.passphrase = secret(N_("Passphrase of the signing key"))
        super().__init__(
            parent,
            desk,
            N_("Print the recovery sheet"),
            Label(
                N_(
                    "The sheet holds the private key itself: with it the key can be restored when"
                    " the passphrase is lost, and whoever finds it can sign. Keep it sealed in the"
                    " safe."
                ),
                "sec",
                wrap=True,
            ),
            self.passphrase,
            button=N_("Save the sheet (PDF)"),
            icon="printer",
            secrets=(self.passphrase.field,),
        )
        self.passphrase.field.setFocus()

    def confirm(self) -> None:
        passphrase = _given(self.passphrase)
        title = say(N_("Recovery sheet of the signing key"))
        name, _filter = QFileDialog.getSaveFileName(
            self,
            say(N_("Save the sheet (PDF)")),
            str(Path.home() / f"{title}.pdf"),
            say(PAPERS, pattern="*.pdf"),
        )
        if name:
            target = Path(name)
            if target.suffix.lower() != ".pdf":
                target = target.with_name(target.name + ".pdf")
            self.begin(write_sheet, passphrase=passphrase, target=target, language=language())


class RestoreDialog(KeyForm):
    """The eight lines of a sheet, each checked as it is typed, and a new passphrase."""

    DONE = N_("The signing key was restored.")

    def __init__(self, parent, desk) -> None:
        self.lines = [_Line(n) for n in range(recovery.LINES)]
        self.new = NewPassphrase()
        self.whose = Label("", "sec", wrap=True)
        super().__init__(
            parent,
            desk,
            N_("Restore from the sheet"),
            Label(
                N_("Type the eight lines with their check letters; spaces do not matter."),
                "sec",
                wrap=True,
            ),
            column(*self.lines, gap=6),
            self.whose,
            *self.new.fields,
            button=N_("Restore the key"),
            icon="key-round",
            secrets=(self.new, *(line.field for line in self.lines)),
        )
        for line in self.lines:
            line.field.textChanged.connect(self.on_typed)
        self.whose.hide()
        self.lines[0].field.setFocus()

    def on_typed(self, _text: str = "") -> None:
        """Show whose key it is once all lines are right."""
        whole = all(line.fits for line in self.lines)
        self.whose.setVisible(whole)
        if whole:
            public = recovery.private_key(self.typed()).public_key().public_bytes_raw()
            self.whose.say(
                N_("Fingerprint of this sheet: {start} …"), start=signing.fingerprint(public)[:39]
            )
        self.adjustSize()

    def typed(self) -> list[str]:
        """Return the lines."""
        return [line.field.text() for line in self.lines]

    def confirm(self) -> None:
        recovery.private_key(self.typed())
        self.begin(keys.restore, lines=self.typed(), passphrase=self.new.value())


class _Line(Labelled):
    """One line of the sheet; right or wrong is said beside it as soon as it is whole."""

    def __init__(self, n: int) -> None:
        self.n, self.mark_right = n, Icon("check", "ok", 14)
        super().__init__("", Field("", say(C_("recovery sheet", "Line {n}"), n=n + 1)))
        self.label.say(C_("recovery sheet", "Line {n}"), n=n + 1)
        layout = self.layout()
        layout.removeWidget(self.label)
        layout.removeWidget(self.field)
        layout.insertWidget(0, row(self.label.wide(64), (self.field, 1), self.mark_right, gap=8))
        self._show(False)
        self.field.textChanged.connect(self.on_text)

    def on_text(self, text: str) -> None:
        """Check the line; an unfinished one is not called wrong."""
        try:
            recovery.read_line(self.n, text)
        except UserError as error:
            self._show(False)
            if len(text.replace(" ", "")) > recovery.DIGITS:
                self.wrong(str(error))
            else:
                self.right()
            return
        self.right()
        self._show(True)

    def _show(self, right: bool) -> None:
        self.fits = right
        self.mark_right.setVisible(right)


def write_sheet(store, *, passphrase: str, target: Path, language: str) -> Path:
    """Write the sheet as a PDF file only this person can read."""
    seed = keys.seed(store, passphrase=passphrase)
    with store.reading() as read:
        about = issued(read, body_id=None, on=clock.today())
        key = queries.key(read)
    data = writers.write(recovery.sheet(seed, key.public, about, words(language)), "pdf")
    with atomic_write(target, private=True) as file:
        file.write(data)
    return target


def _given(field: Labelled) -> str:
    """Return a passphrase; mark the field and raise UserError when there is none."""
    typed = field.value()
    if not typed:
        error = UserError(N_("Type the passphrase."))
        field.wrong(str(error))
        raise error
    return typed
