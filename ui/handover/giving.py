"""The forms that give the office file away, write it again, and break a handover off."""

from __future__ import annotations

from gwangju_desktop.errors import UserError
from gwangju_desktop.handover import giving, state
from gwangju_desktop.handover.words import LIMITS
from ui.handover.parts import FOLDER, Deed, PathField
from ui.settings import kept
from ui.snapshots.secret import NewPassphrase
from ui.text import N_
from ui.widgets.forms import Check, Field, Labelled, Lines, beside
from ui.widgets.parts import Align, Icon, Label, column, frame, row

NOBODY = "office"  # who an office names where nobody signed in
SEALED = N_("Put the file under a passphrase (for a USB stick or a share)")


def give(work, **asked):
    """Give the office file away; a job for `desk.work`."""
    return giving.give(work.store, progress=work.progress, cancelled=work.cancelled, **asked)


def give_again(work, **asked):
    """Write the file of a giving that was cut off; a job for `desk.work`."""
    return giving.give_again(work.store, progress=work.progress, cancelled=work.cancelled, **asked)


def stay(work):
    """Keep the office here; a job for `desk.work`."""
    giving.call_off(work.store)


def break_off(work, *, reason: str):
    """Break a handover off; a job for `desk.work`."""
    giving.break_off(work.store, reason=reason)


def look(work) -> state.State:
    """Return who has the office file; a job for `desk.work`."""
    return state.of_office(work.store)


class _Sealing:
    """Whether the file is put under a passphrase, and which."""

    def __init__(self, form) -> None:
        self.form = form
        self.check, self.new = Check(SEALED), NewPassphrase()
        self.check.toggled.connect(self.on_toggled)

    def on_toggled(self, on: bool) -> None:
        for field in self.new.fields:
            field.setVisible(on)
        self.form.adjustSize()

    def value(self) -> str | None:
        return self.new.value() if self.check.value() else None


class GiveDialog(Deed):
    """Hand the office file over: to whom, into which folder, under which passphrase."""

    def __init__(self, shell, to: str = "") -> None:
        who = shell.desk.store.who
        self.to = Labelled(N_("Who is given it"), Field(N_("For example: 홍예시")))
        self.to.field.setText(to)
        self.by = Labelled(N_("Who gives it"), Field(""))
        self.by.field.setText(kept.text("who") if who == NOBODY else who)
        self.folder = PathField(N_("Folder (a share or a secured USB drive)"), FOLDER)
        self.sealing = _Sealing(self)
        super().__init__(
            shell,
            N_("Hand over the office file"),
            Label(
                N_(
                    "The whole office with its papers is written as one file and read again. From"
                    " then on this PC only reads, until the file comes back."
                ),
                "sec",
                wrap=True,
            ),
            beside(self.to, self.by),
            self.folder,
            self.sealing.check,
            *self.sealing.new.fields,
            _limits(),
            button=N_("Hand over"),
            icon="upload",
        )
        self.sealing.on_toggled(False)
        self.to.field.setFocus()

    def confirm(self) -> None:
        to = self.to.value()
        if not to:
            error = UserError(N_("Say who is given the office file."))
            self.to.wrong(str(error))
            raise error
        self.begin(
            give,
            title=N_("Handing over the office file"),
            desk=self.shell.desk,
            folder=self.folder.value(),
            to=to,
            by=self.by.value(),
            passphrase=self.sealing.value(),
        )

    def on_done(self, value) -> None:
        super().on_done(value)
        self.shell.open_office(self.shell.where)
        self.shell.window.toast.tell(
            N_("Handed over: {file}. Bring it to {to}."),
            undo=False,
            file=value.file.name,
            to=value.handover.to,
        )


class AgainDialog(Deed):
    """A giving that was cut off: the file is written now."""

    def __init__(self, shell, told: state.State) -> None:
        self.sealing = _Sealing(self)
        super().__init__(
            shell,
            N_("Write the file of the handover"),
            Label(
                N_("The office file for {to} is written to {file}."),
                "sec",
                wrap=True,
                to=told.to,
                file=told.file,
            ),
            self.sealing.check,
            *self.sealing.new.fields,
            button=N_("Write the file"),
            icon="upload",
        )
        self.sealing.on_toggled(False)

    def confirm(self) -> None:
        self.begin(
            give_again,
            title=N_("Handing over the office file"),
            desk=self.shell.desk,
            passphrase=self.sealing.value(),
        )

    def on_done(self, value) -> None:
        super().on_done(value)
        self.shell.open_office(self.shell.where)


class BreakDialog(Deed):
    """Write here again although the file has not come back."""

    def __init__(self, shell, told: state.State) -> None:
        self.reason = Labelled(
            N_("Reason (stays in the office)"), Lines(N_("Reason (stays in the office)"), "", 70)
        )
        warning = frame("state")
        row(
            (Icon("triangle-alert", "warn"), Align.AlignTop),
            (
                Label(
                    N_(
                        "{to} may have taken the file over and be writing in it. This program"
                        " cannot see that. What was written there is then not taken in: both"
                        " copies are compared, and what differs is entered by hand."
                    ),
                    "sec",
                    wrap=True,
                    to=told.to,
                ),
                1,
            ),
            margins=(14, 12, 14, 12),
            gap=10,
            into=warning,
        )
        super().__init__(
            shell,
            N_("Break off the handover to {to}"),
            warning,
            self.reason,
            button=N_("Break off and write here"),
            kind="danger",
            to=told.to,
        )
        self.reason.field.setFocus()

    def confirm(self) -> None:
        reason = self.reason.value()
        if not reason:
            error = UserError(
                N_("Say why the handover is broken off; the reason stays in the office.")
            )
            self.reason.wrong(str(error))
            raise error
        self.begin(
            break_off, title=N_("Breaking off the handover"), desk=self.shell.desk, reason=reason
        )

    def on_done(self, value) -> None:
        super().on_done(value)
        self.shell.open_office(self.shell.where)


def _limits():
    lines = [
        row((Icon("info", "text3", 14), Align.AlignTop), (Label(one, "cap", wrap=True), 1), gap=6)
        for one in LIMITS
    ]
    return column(*lines, gap=4)
