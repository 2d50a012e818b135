"""Of whom a question is asked: of everybody, or of those who gave certain answers before."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import questions
from ui.text import C_, N_, say
from ui.widgets.forms import Check, Choice, Dialog, Labelled
from ui.widgets.parts import Label, column

ASKS = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.SCALE})


class ConditionForm(Dialog):
    """The answers at an earlier question that lead to this one."""

    def __init__(self, parent, desk, asked, one) -> None:
        self.desk, self.one = desk, one
        before = [a for a in asked if a.position < one.position and a.question.kind in ASKS]
        self.before = {a.question_id: a for a in before}
        self.checks: list[tuple[str, Check]] = []
        self.box: QWidget | None = None
        self.question = Labelled(
            C_("poll form", "Depends on"),
            Choice(
                [
                    (None, C_("poll form", "Nothing: asked of everybody")),
                    *((a.question_id, f"{a.question.code}  {named(a.question)}") for a in before),
                ],
                C_("poll form", "Depends on"),
                one.ask_if_id,
            ),
        )
        self.lines = column(gap=4)
        self.options = Labelled(C_("poll form", "Asked of those who chose"), self.lines)
        super().__init__(
            parent,
            N_("Of whom is “{question}” asked?"),
            self.question,
            self.options,
            Label(N_("Only an earlier question can lead to this one."), "cap", wrap=True),
            width=500,
            question=named(one.question),
        )
        self.question.field.currentIndexChanged.connect(self.on_question)
        self.on_question()

    def on_question(self, *_chosen) -> None:
        """Show the options of the question it depends on."""
        for _code, check in self.checks:
            check.hide()
            check.deleteLater()
        self.checks = []
        found = self.before.get(self.question.field.value())
        self.options.setVisible(found is not None)
        held = (
            set(self.one.ask_if or ())
            if found and self.one.ask_if_id == found.question_id
            else set()
        )
        for option in found.question.options if found else ():
            check = Check(f"{option.code}  {option.label}", option.code in held)
            self.lines.layout().addWidget(check)
            self.checks.append((option.code, check))
        self.adjustSize()

    def confirm(self) -> None:
        ask_if_id = self.question.field.value()
        codes = [code for code, check in self.checks if check.value()]
        if ask_if_id is not None and not codes:
            message = N_("Choose at least one answer that leads to this question.")
            self.options.wrong(say(message))
            raise UserError(message)
        self.desk.do(
            questions.set_condition,
            then=self.on_accepted,
            otherwise=self.on_refused,
            wave_question_id=self.one.wave_question_id,
            ask_if_id=ask_if_id,
            codes=codes,
        )


def named(question) -> str:
    """Return what a question is called in lists."""
    return question.title or question.wording or question.code
