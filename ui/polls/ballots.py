"""Typing paper ballots one after the other: digits choose, Enter goes on, nothing needs the mouse."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import ballots
from ui import theme
from ui.polls.ballot_boxes import Box
from ui.polls.keying import Ballot
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Dialog
from ui.widgets.parts import Button, Icon, KeyCap, Label, column, row, rule, scrolled

Key = Qt.Key
WIDTH = 780
ENTER = (Key.Key_Return, Key.Key_Enter)


class Deck(QWidget):
    """The questions of a ballot under each other; it takes the keys while none is a field's."""

    finished = Signal()  # Enter at the last question
    refused = Signal(object)  # a UserError, or None when it no longer holds

    def __init__(self, asked) -> None:
        super().__init__()
        self.ballot = Ballot(asked)
        self.boxes = [Box(n, entry) for n, entry in enumerate(self.ballot.entries, 1)]
        self.at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say(C_("poll form", "Ballot")))
        column(*self.boxes, None, gap=6, into=self)
        for box in self.boxes:
            box.chosen.connect(self.on_chosen)
            box.refused.connect(self.refused)
            if box.field is not None:
                box.field.installEventFilter(self)

    @property
    def entry(self):
        """The question that is typed."""
        return self.ballot.entries[self.at]

    def begin(self, answers=None) -> None:
        """Begin a new ballot, or show one that is kept."""
        self.ballot.show(answers or {})
        for box in self.boxes:
            box.renew()
        self.go(0)

    def go(self, at: int) -> None:
        """Type at another question."""
        self.boxes[self.at].show_at(False)
        self.at = at
        box = self.boxes[at]
        box.show_at(True)
        for each in self.boxes:
            each.show_asked(self.ballot.applies(each.entry))
        if box.field is not None:
            box.field.setFocus()
            box.field.selectAll()
        else:
            self.setFocus()
        self.reveal(box)
        self.setAccessibleDescription(box.title.text())

    def reveal(self, box: Box) -> None:
        """Bring a question into view."""
        pane = self.parentWidget()
        while pane is not None and not hasattr(pane, "ensureWidgetVisible"):
            pane = pane.parentWidget()
        if pane is not None:
            self.layout().activate()
            pane.ensureWidgetVisible(box, 0, theme.px(24))

    # --- keys
    def eventFilter(self, watched, event) -> bool:
        """Go on from a field by Enter and the arrows; one that was clicked is typed in."""
        if event.type() == QEvent.Type.FocusIn and watched is not self.boxes[self.at].field:
            self.go(next(n for n, box in enumerate(self.boxes) if box.field is watched))
        if event.type() == QEvent.Type.KeyPress and self._steps(event):
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event) -> None:
        if self._steps(event):
            return
        digit = event.text()
        if self.entry.keys and digit.isascii() and digit.isdecimal():
            self._type(digit)
        elif event.key() == Key.Key_Backspace:
            self.entry.back()
            self.show_entry()
        elif event.key() == Key.Key_Delete:
            self.entry.clear()
            self.show_entry()
        else:
            super().keyPressEvent(event)

    def _steps(self, event) -> bool:
        """Go to another question if the key says so."""
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        back = event.key() in (Key.Key_Up, Key.Key_PageUp)
        back = back or (
            event.key() in ENTER and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        )
        if back:
            self.step(-1)
            return True
        if plain and event.key() in (*ENTER, Key.Key_Down, Key.Key_PageDown):
            self.step(1, ends=event.key() in ENTER)
            return True
        return False

    def step(self, by: int, *, ends: bool = False) -> None:
        """Go to the next question that is asked; after the last one the ballot is done."""
        self.entry.settle()
        self.show_entry()
        to = self.ballot.step(self.at, by)
        if to is not None:
            self.go(to)
        elif ends:
            self.finished.emit()

    def _type(self, digit: str) -> None:
        try:
            self.entry.type(digit)
        except UserError as error:
            self.refused.emit(error)
            self.boxes[self.at].renew()
            return
        self.show_entry()

    def show_entry(self) -> None:
        """Show the answer to the question that is typed."""
        self.refused.emit(None)
        self.boxes[self.at].renew()

    def on_chosen(self, box: Box) -> None:
        """Type at the question that was clicked."""
        at = self.boxes.index(box)
        self.refused.emit(None)
        if at != self.at:
            self.go(at)


class BallotDialog(Dialog):
    """One ballot after the other; the one typed last can be taken back and corrected.

    With `ballot`, a row of `ballots.ballots`, it corrects that one and closes.
    """

    def __init__(self, parent, desk, wave, asked, ballot=None) -> None:
        self.desk, self.wave, self.ballot = desk, wave, ballot
        self.count, self.last_id, self.sent, self.back_to = 0, None, {}, None
        self.warned = False
        self.deck = Deck(asked)
        self.pane = scrolled(self.deck)
        self.keys = row(
            KeyCap("1–9"),
            Label(N_("chooses, again takes back"), "cap"),
            6,
            KeyCap("Enter"),
            Label(N_("next, after the last saves"), "cap"),
            6,
            KeyCap("↑"),
            Label(C_("poll form", "back"), "cap"),
            6,
            KeyCap("Del"),
            Label(C_("poll form", "leaves blank"), "cap"),
            None,
            gap=5,
        )
        self.mark = Icon("circle-check", "ok", 14)
        self.last = Label("", "cap", "text2", elide=True)
        self.said = row(self.mark, (self.last, 1), gap=6)
        self.said.hide()
        self.undo = Button(C_("poll form", "Take the last one back"), "link", slot=self.on_undo)
        super().__init__(
            parent,
            N_("Ballot {n} of {wave}") if ballot else N_("Type ballots: {wave}"),
            self.keys,
            rule(),
            self.pane,
            self.said,
            button=N_("Save") if ballot else C_("poll form", "Save and next"),
            width=WIDTH,
            wave=wave.label,
            n=ballot.serial if ballot else 0,
        )
        self.buttons.layout().insertWidget(0, self.undo)
        self.undo.hide()
        self.layout().setStretchFactor(self.pane, 1)
        self.button.setAutoDefault(False)
        self.button.setDefault(False)
        self.cancel_button.say(N_("Cancel") if ballot else C_("poll form", "Finish"))
        self.deck.finished.connect(self.on_confirm)
        self.deck.refused.connect(self.on_key_refused)
        self.resize(theme.px(WIDTH), parent.height() - theme.px(24))
        self.deck.begin(ballot.answers if ballot else None)

    def confirm(self) -> None:
        answers = self.deck.ballot.value()
        self.button.setEnabled(False)
        self.sent = answers
        if self.ballot is not None:
            self.desk.do(
                ballots.edit_ballot,
                then=self.on_accepted,
                otherwise=self.on_refused,
                id=self.ballot.id,
                answers=answers,
            )
            return
        self.desk.do(
            ballots.add_ballot,
            then=self.on_added,
            otherwise=self.on_refused,
            wave_id=self.wave.id,
            answers=answers,
        )

    def on_added(self, id: int) -> None:
        """Begin the next one."""
        self.button.setEnabled(True)
        self.value = self.last_id = id
        self.count += 1
        told = NN_(
            "{n} ballot typed; the last with {m} answers",
            "{n} ballots typed; the last with {m} answers",
        )
        self.last.say(told, n=self.count, m=len(self.sent))
        self.said.show()
        self.undo.show()
        self.deck.begin()

    def on_undo(self) -> None:
        """Take the ballot typed last back into the form."""
        if self.last_id is not None:
            self.back_to = self.sent
            self.desk.do(
                ballots.remove_ballot,
                then=self.on_taken_back,
                otherwise=self.on_refused,
                id=self.last_id,
            )

    def on_taken_back(self, _value) -> None:
        """Show what was typed, to be corrected and saved again."""
        self.count -= 1
        self.last_id = None
        self.undo.hide()
        self.last.say(N_("The last ballot is open again; it counts once it is saved."))
        self.deck.begin(self.back_to)

    def on_key_refused(self, error) -> None:
        """Say below the questions what a key could not do."""
        if self.warned:
            self.warned = False
            self.cancel_button.say(C_("poll form", "Finish"))
        if error is None:
            self.refusal_row.hide()
            return
        self.refusal.say(str(error))
        self.refusal_row.show()

    def reject(self) -> None:
        """Finish; a ballot that is begun is thrown away only when that is asked for twice."""
        begun = any(not entry.blank for entry in self.deck.ballot.entries)
        if begun and not self.warned and self.ballot is None:
            self.warned = True
            self.refusal.say(N_("A ballot is begun. Save it, or finish again to throw it away."))
            self.refusal_row.show()
            self.cancel_button.say(C_("poll form", "Throw away and finish"))
            return
        super().reject()

    def keyPressEvent(self, event) -> None:
        undo = event.key() == Key.Key_Z and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if undo and self.last_id is not None:
            self.on_undo()
        elif event.key() in ENTER and self.deck.hasFocus():
            event.accept()
        else:
            super().keyPressEvent(event)
