"""Counts of a vote typed by keyboard, and what the body's rule makes of them while typing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from db.vocab import Verdict
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import verdicts
from gwangju_desktop.meetings.verdicts import Count, Outcome
from ui.text import C_, N_, words
from ui.widgets.forms import NumberField
from ui.widgets.painted import Segment
from ui.widgets.parts import Label, column, row

FIELDS = (
    ("yes", C_("vote", "For")),
    ("no", C_("vote", "Against")),
    ("abstain", C_("vote", "Abstained")),
    ("invalid", C_("vote", "Invalid")),
)


class CountField(NumberField):
    """One count: Enter goes on to the next, Ctrl+Enter of the number pad confirms."""

    confirmed = Signal()

    def __init__(self, name) -> None:
        super().__init__(name, width=52)

    def keyPressEvent(self, event) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.confirmed.emit()
        else:
            self.focusNextChild()


class Counts(QWidget):
    """For, against, abstained, invalid, with the arithmetic below; `changed` while typing."""

    changed = Signal()
    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.standing = None
        self.fields = {key: CountField(name) for key, name in FIELDS}
        parts: list = []
        for key, name in FIELDS:
            self.fields[key].textChanged.connect(self.on_typed)
            self.fields[key].confirmed.connect(self.confirmed)
            parts += [Label(name, "sec", "text2"), self.fields[key], 6]
        self.chair = Segment((N_("Chair in favour"), N_("Chair against")), 0, N_("Casting vote"))
        self.chair.chosen.connect(self.on_typed)
        self.cast = row(Label(N_("Casting vote"), "sec", "text2"), self.chair, None, gap=8)
        self.cast.hide()
        self.sentence = Label("", "sec", wrap=True)
        column(row(*parts, None, gap=6), self.cast, self.sentence, gap=8, into=self)

    def judge_by(self, standing) -> None:
        """Judge what is typed by this Standing."""
        self.standing = standing
        self.on_typed()

    @property
    def empty(self) -> bool:
        """Say whether nothing is typed."""
        return not any(field.text().strip() for field in self.fields.values())

    def clear(self) -> None:
        """Take back all that was typed."""
        for field in self.fields.values():
            field.clear()

    def value(self) -> dict[str, int] | None:
        """Return the counts by their names, None when nothing is typed."""
        if self.empty:
            return None
        return {key: field.value() or 0 for key, field in self.fields.items()}

    def in_favour(self) -> bool | None:
        """Return how the chair casts, None while it has not come to that."""
        return self.chair.current() == 0 if self.cast.isVisibleTo(self) else None

    def outcome(self) -> Outcome | None:
        """Return what the rule makes of what is typed; raises UserError for an impossible count."""
        counts, held = self.value(), self.standing
        if counts is None or held is None:
            return None
        return verdicts.judge(
            held.rule,
            enrolled=held.enrolled,
            present=held.present,
            entitled=held.entitled,
            count=Count(**counts),
            chair_in_favour=self.in_favour(),
        )

    def on_typed(self, *_ignored) -> None:
        """Say the arithmetic of what is typed."""
        try:
            self._say(self.outcome())
        except UserError as error:
            self.sentence.ink("bad").say(str(error))
        self.changed.emit()

    def _say(self, outcome: Outcome | None) -> None:
        if outcome is None:
            self.cast.hide()
            self.sentence.ink("text3").say(self._needed())
            return
        if outcome.verdict == Verdict.TIE:
            self.cast.show()
            outcome = self.outcome() or outcome
        elif outcome.count.yes != outcome.count.no:
            self.cast.hide()
        ink = "ok" if outcome.verdict == Verdict.CARRIED else "bad"
        self.sentence.ink(ink).say(outcome.sentence(words()))

    def _needed(self) -> str:
        if self.standing is None:
            return ""
        return words()(
            N_("{n} may vote; {needed} in favour carry."),
            n=self.standing.entitled,
            needed=self.standing.majority,
        )

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange:
            self.on_typed()
