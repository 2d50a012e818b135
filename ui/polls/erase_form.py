"""Erase the raw answers of a wave: what goes, what stays, confirmed by the wave's name."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt

from gwangju_desktop.errors import UserError
from gwangju_desktop.members import erasewords
from gwangju_desktop.polls import retention
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Dialog, Field, Labelled
from ui.widgets.parts import Align, Icon, Label, column, frame, row


def erase(work, *, desk, wave_id: int) -> retention.Outcome:
    """Erase a wave's answers on a thread of its own, and let the screens hear of it."""
    outcome = retention.erase_answers(work.store, wave_id)
    desk.look_for_changes()
    return outcome


class EraseAnswersDialog(Dialog):
    """The one step with answers that cannot be undone."""

    drafts = False

    def __init__(self, parent, desk, wave) -> None:
        self.desk, self.wave = desk, wave
        self.working, self.over = False, False
        self.inside = frame("inset")
        self.name = Labelled(
            N_("Type the name to confirm: {name}"), Field("", C_("poll form", "Name of the wave"))
        )
        self.progress = Label(N_("Erasing and cleaning up the file…"), "sec")
        super().__init__(
            parent,
            N_("Erase the raw answers of {wave}"),
            Label(N_("What goes here goes for good; undo brings nothing back."), "sec", wrap=True),
            self.inside,
            self.name,
            self.progress,
            button=N_("Erase, without return"),
            icon="trash-2",
            kind="danger",
            width=560,
            wave=wave.label,
        )
        self.progress.hide()
        self.name.label.say(N_("Type the name to confirm: {name}"), name=wave.label)
        column(
            Label(N_("Goes"), "capb"),
            *(self._line("trash-2", "bad", words, **values) for words, values in self._goes()),
            4,
            Label(N_("Stays, and why"), "capb"),
            self._line(
                "lock", "text3", N_("The totals of every question, as they were counted at closing")
            ),
            self._line("lock", "text3", N_("The questionnaire, the method, findings and reports")),
            4,
            self._line(
                "info",
                "text3",
                N_("Tables by group and new weights cannot be made any more."),
            ),
            margins=(14, 12, 14, 12),
            gap=6,
            into=self.inside,
        )
        self.button.setAutoDefault(False)
        self.button.setDefault(False)
        self.button.setEnabled(False)
        self.name.field.typing.connect(self.on_typing)
        self.name.field.setFocus()

    def _goes(self) -> list:
        wave, said = self.wave, []
        if wave.batches:
            told = NN_("The answers of {n} file", "The answers of {n} files")
            said.append((told, {"n": wave.batches}))
        if wave.ballots:
            told = NN_("{n:,} typed ballot", "{n:,} typed ballots")
            said.append((told, {"n": wave.ballots}))
        return [*said, (N_("Open answers, and what they were sorted under"), {})]

    def _line(self, icon: str, ink: str, words, **values):
        label = Label(words, "sec", "text", wrap=True, **values)
        return row((Icon(icon, ink, 14), Align.AlignTop), (label, 1), gap=8)

    def matches(self, typed: str) -> bool:
        """Say whether that is the wave's name, however it was composed."""
        plain = [unicodedata.normalize("NFC", text).strip() for text in (typed, self.wave.label)]
        return plain[0] == plain[1]

    def on_typing(self, typed: str) -> None:
        self.button.setEnabled(self.matches(typed) and not self.working)

    def confirm(self) -> None:
        if self.over or self.working:
            return
        if not self.matches(self.name.field.text()):
            raise UserError(N_("That is not the name."))
        self.working = True
        self.button.setEnabled(False)
        self.cancel_button.setEnabled(False)
        self.progress.show()
        self.desk.work(
            erase,
            title=N_("Erasing"),
            then=self.on_erased,
            otherwise=self.on_refused,
            desk=self.desk,
            wave_id=self.wave.id,
        )

    def on_refused(self, error: Exception) -> None:
        self.working = False
        self.progress.hide()
        self.cancel_button.setEnabled(True)
        super().on_refused(error)
        self.button.setEnabled(self.matches(self.name.field.text()))

    def on_erased(self, outcome: retention.Outcome) -> None:
        """Close, or stay to say what is left to do."""
        self.working, self.value = False, outcome
        left = erasewords.left_sentences(outcome.left)
        if outcome.backups:
            told = N_("Older copies beside the office still hold the answers; delete them: {files}")
            left.append(say(told, files=", ".join(outcome.backups)))
        if not left:
            self.parent().toast.tell(N_("The raw answers were erased."), undo=False)
            self.accept()
            return
        self.over = True
        self.name.hide()
        self.progress.hide()
        self.button.hide()
        for widget in self.inside.children():
            if hasattr(widget, "hide"):
                widget.hide()
        box = self.inside.layout()
        box.addWidget(
            Label(N_("The raw answers were erased. This is left to do:"), "secb", wrap=True)
        )
        for sentence in left:
            box.addWidget(self._line("info", "text3", sentence))
        self.cancel_button.say(N_("Close")).setEnabled(True)
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.adjustSize()

    def reject(self) -> None:
        """Close; what is being carried out is waited for, what was done counts as accepted."""
        if self.over:
            self.accept()
        elif not self.working:
            super().reject()
