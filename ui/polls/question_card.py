"""One question in full, beside the questionnaire: wording, options, rows, and of whom it is asked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.vocab import OptionRole
from gwangju_desktop.polls.words import KINDS, ROLES, how_answered
from ui import theme
from ui.text import C_, N_, say
from ui.widgets.painted import Chip
from ui.widgets.parts import Align, Button, Label, column, frame, row, rule, scrolled

WIDTH = 372


class QuestionCard(QWidget):
    """A question, and what can be done with it in the wave in front."""

    edited = Signal()
    condition = Signal()
    removed = Signal()

    def __init__(self, writing) -> None:
        super().__init__()
        self.lines: list[QWidget] = []
        self.title = Label("", "h3", wrap=True)
        self.code, self.edition = Chip(), Chip()
        self.lock, self.attribute, self.sensitive = Chip(), Chip(), Chip()
        self.how = Label("", "cap", wrap=True)
        self.wording = Label("", "body", wrap=True)
        self.asked_of = Label("", "sec", wrap=True)
        self.edit = Button(C_("button", "Change"), icon="pencil", slot=self.edited.emit)
        self.ask_if = Button(C_("poll form", "Condition"), slot=self.condition.emit)
        self.remove = Button(C_("poll form", "Take out"), "ghost", slot=self.removed.emit)
        writing(self.edit, self.ask_if, self.remove)
        self.list = column(gap=4)
        inside = frame("inspector")
        column(
            row(self.code, self.edition, self.lock, self.attribute, self.sensitive, None, gap=6),
            self.title,
            self.how,
            self.wording,
            rule(),
            self.list,
            self.asked_of,
            6,
            row(self.edit, self.ask_if, self.remove, None),
            None,
            margins=(20, 18, 20, 16),
            gap=8,
            into=inside,
        )
        column(scrolled(inside), gap=0, into=self)
        self.dress()

    def dress(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.StyleChange and hasattr(self, "list"):
            self.dress()
        super().changeEvent(event)

    def show_question(self, one, *, in_wave: bool, questions: dict[int, str]) -> None:
        """Show a question of the wave or of the bank; `questions` gives titles by their ids."""
        question = one.question
        self.code.say(question.code, "neu")
        edition = one.edition
        self.edition.say(N_("edition {n}") if edition > 1 else "", "info", n=edition)
        self.lock.say(C_("poll form", "Answers in") if one.locked else "", "warn", "lock")
        self.attribute.say(C_("poll form", "Attribute") if one.attribute else "", "acc")
        self.sensitive.say(C_("poll form", "Sensitive") if one.sensitive else "", "bad")
        self.title.say(question.title or question.wording or question.code)
        self.how.say(f"{say(KINDS[question.kind])} · {how_answered(question)}")
        self.wording.say(question.wording)
        self.wording.setVisible(bool(question.wording) and question.wording != self.title.text())
        self._fill(question)
        ask_if_id = getattr(one, "ask_if_id", None) if in_wave else None
        self.asked_of.setVisible(in_wave)
        if ask_if_id is None:
            self.asked_of.say(N_("Asked of everybody."))
        else:
            told = N_("Asked of those who chose {codes} at “{question}”.")
            codes = ", ".join(one.ask_if or ())
            self.asked_of.say(told, codes=codes, question=questions.get(ask_if_id, "–"))
        self.ask_if.setEnabled(in_wave)
        self.remove.setEnabled(in_wave)

    def _fill(self, question) -> None:
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [self._option(one) for one in question.options]
        if question.parts:
            self.lines.append(Label(C_("poll form", "Rows and places"), "capb"))
            self.lines += [self._line(one.code, one.label, "") for one in question.parts]
        for line in self.lines:
            self.list.layout().addWidget(line)

    def _option(self, one) -> QWidget:
        role = "" if one.role is OptionRole.NORMAL else say(ROLES[one.role])
        if one.value is not None:
            role = f"{one.value:g}"
        # An option called what it says needs no second word for it.
        return self._line(one.code, one.label, "" if role == one.label else role)

    def _line(self, code: str, words: str, more: str) -> QWidget:
        label = Label("", "sec", "text", wrap=True)
        label.say(words)
        key = Label("", "secb", "text3")
        key.say(code)
        key.wide(34)
        parts = [(key, Align.AlignTop), (label, 1)]
        if more:
            said = Label("", "cap")
            said.say(more)
            parts.append((said, Align.AlignTop))
        return row(*parts, gap=6)
