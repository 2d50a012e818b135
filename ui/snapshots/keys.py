"""The office's signing key: its fingerprint in digits and words, and what can be done with it."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from gwangju_desktop.snapshots import key_words, queries
from ui.snapshots.facts import Selectable, fact, in_lines
from ui.snapshots.key_forms import PassphraseDialog, RestoreDialog, SheetDialog, SuccessorDialog
from ui.text import C_, N_, language, say
from ui.widgets.forms import Dialog
from ui.widgets.parts import Button, Label, column, frame, row, rule

WIDTH = 560


class Fingerprint(Selectable):
    """A fingerprint in words of the language of the moment, or as digits in four lines."""

    def __init__(self, words: bool = False) -> None:
        super().__init__()
        self.words, self.shown = words, ""

    def show_key(self, fingerprint: str) -> None:
        """Show the key of this fingerprint."""
        self.shown = fingerprint
        self._again()

    def _again(self) -> None:
        if self.shown:
            lined = key_words.lined(self.shown, language()) if self.words else in_lines(self.shown)
            self.say(lined)

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and self.words:
            self._again()


class KeyDialog(Dialog):
    """The key in use, those before it, and the ways to change, print and restore it."""

    drafts = False

    def __init__(self, parent, desk) -> None:
        self.desk, self.fingerprint = desk, ""
        self.digits, self.words = Fingerprint(), Fingerprint(words=True)
        self.made_at, self.state = Selectable(), Label("", "sec", wrap=True)
        self.words_note = Label(
            N_("The words cover the first {n} bits; the whole fingerprint decides."),
            "cap",
            wrap=True,
            n=key_words.BITS,
        )
        self.earlier = Selectable("", "cap")
        self.earlier.hide()
        self.copy = Button(N_("Copy fingerprint"), icon="copy", slot=self.on_copy)
        self.change = Button(N_("Change passphrase…"), slot=self.on_change)
        self.replace = Button(N_("Replace with a new key…"), slot=self.on_replace)
        self.print_sheet = Button(N_("Recovery sheet…"), icon="printer", slot=self.on_sheet)
        self.restore = Button(N_("Restore from the sheet…"), slot=self.on_restore)
        self.acts = (self.copy, self.change, self.replace, self.print_sheet)
        box = frame("inset")
        column(
            fact(N_("Fingerprint"), self.digits),
            fact(N_("In words"), self.words),
            self.words_note,
            fact(N_("Made at"), self.made_at),
            margins=(14, 12, 14, 12),
            gap=8,
            into=box,
        )
        self.box = box
        super().__init__(
            parent,
            N_("Signing key"),
            self.state,
            box,
            row(self.copy, self.print_sheet, None),
            rule(),
            row(self.change, self.replace, None),
            row(self.restore, None),
            self.earlier,
            button=C_("dialog", "Close"),
            width=WIDTH,
        )
        self.cancel_button.hide()
        for button in (*self.acts, self.restore):
            button.setAutoDefault(False)
        desk.changed.connect(self.on_changed)
        self.look()

    # --- what is shown
    def look(self) -> None:
        """Ask for the keys."""
        self.desk.read(queries.keys, then=self.on_keys)

    def on_changed(self, changes) -> None:
        if changes.touches("signing_key"):
            self.look()

    def on_keys(self, found) -> None:
        """Show the key in use; without one only restoring is offered."""
        self.box.setVisible(bool(found))
        for button in self.acts:
            button.setVisible(bool(found))
        for button in (self.change, self.replace, self.restore):
            button.setEnabled(not self.desk.read_only)
        if not found:
            self.state.say(
                N_("This office has no signing key yet. It gets one with the first review copy.")
            )
            self.adjustSize()
            return
        key, *before = found
        self.fingerprint = key.fingerprint
        self.digits.show_key(key.fingerprint)
        self.words.show_key(key.fingerprint)
        self.made_at.say(N_("{made:when}"), made=key.made_at)
        if key.follows is None:
            self.state.say(N_("Every copy that leaves the office is signed with this key."))
        elif key.signed:
            self.state.say(
                N_("This key follows another, which signed for it: monitors can take it over.")
            )
        else:
            self.state.say(
                N_(
                    "This key follows a lost one without its signature: every monitor is warned"
                    " until the fingerprint was compared."
                )
            )
        self.earlier.setVisible(bool(before))
        self.earlier.say("\n".join(_told(one) for one in before))
        self.adjustSize()

    # --- what can be done
    def on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.fingerprint)
        self.parent().toast.tell(N_("Fingerprint copied."), undo=False)

    def on_change(self) -> None:
        self._ask(PassphraseDialog)

    def on_replace(self) -> None:
        self._ask(SuccessorDialog)

    def on_sheet(self) -> None:
        self._ask(SheetDialog)

    def on_restore(self) -> None:
        self._ask(RestoreDialog)

    def _ask(self, kind) -> None:
        self.asked = kind(self, self.desk)
        self.asked.open()


def _told(key) -> str:
    """Return one line about a key that is no longer in use."""
    return say(
        N_("Until {until:when}: {start} … ({reason})"),
        until=key.retired_at,
        start=key.fingerprint[:19],
        reason=key.reason,
    )
