"""What would be taken from a file of answers: its questions, and all that is not taken."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import QuestionKind
from gwangju_desktop.polls.reading.model import Reading, Reject
from gwangju_desktop.polls.words import how_answered
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Check, Field
from ui.widgets.lists import RowList
from ui.widgets.painted import Segment
from ui.widgets.parts import Align, Label, column, row

QUESTIONS, REJECTS, NOTICES = range(3)


class Taken:
    """A question with how many answered it."""

    def __init__(self, id: int, answers, attribute: bool) -> None:
        self.id, self.question, self.attribute = id, answers.question, attribute
        self.answered = answered(answers)
        self.n = len(answers.asked)


def answered(answers) -> int:
    """Return how many made any mark at a question."""
    import numpy as np

    kind, chosen = answers.question.kind, answers.chosen
    if kind is QuestionKind.OPEN:
        return sum(1 for text in chosen if text)
    if kind is QuestionKind.NUMBER:
        return int(np.count_nonzero(~np.isnan(chosen)))
    if kind is QuestionKind.MULTIPLE:
        return int(np.count_nonzero(chosen.any(axis=1))) if chosen.size else 0
    marked = chosen >= 0
    return int(np.count_nonzero(marked.any(axis=1) if marked.ndim == 2 else marked))


class Fault:
    """A cell or row that was not taken as it is."""

    def __init__(self, id: int, one: Reject) -> None:
        self.id, self.one = id, one


def title_cell(taken: Taken) -> Cell:
    """Show a question with how it is answered."""
    question = taken.question
    words = question.title or question.wording or question.code
    return Cell(words, role="secb")


def options_cell(taken: Taken) -> Cell:
    """Show what there is to choose."""
    return Cell(" · ".join(one.label for one in taken.question.options), ink="text3")


def how_cell(taken: Taken) -> Cell:
    """Show how a question is answered, and whether it splits tables."""
    how = str(how_answered(taken.question))
    return Cell(how, chip=say(C_("poll form", "Attribute")) if taken.attribute else "", tone="acc")


TAKEN = Table(
    (
        Column("code", C_("poll form", "Code"), 110, cell=lambda one: Cell(one.question.code)),
        Column("title", C_("poll form", "Question"), cell=title_cell),
        Column("how", C_("poll form", "Kind"), 190, cell=how_cell),
        Column("options", C_("poll form", "Options"), 230, cell=options_cell, wide=True),
        Column(
            "answered",
            C_("poll form", "Answered"),
            96,
            "right",
            cell=lambda one: Cell(f"{one.answered:,} / {one.n:,}"),
        ),
    )
)
FAULTS = Table(
    (
        Column(
            "row",
            C_("poll form", "Row"),
            72,
            "right",
            cell=lambda one: Cell(f"{one.one.row:,}" if one.one.row else "–"),
        ),
        Column(
            "column", C_("poll form", "Column"), 72, cell=lambda one: Cell(one.one.column or "–")
        ),
        Column("value", C_("poll form", "Value"), 170, cell=lambda one: Cell(one.one.value)),
        Column("said", C_("poll form", "Why"), cell=lambda one: Cell(str(one.one.said))),
    )
)


class ResultStep(QWidget):
    """Questions, what is left out, and what to look at."""

    def __init__(self) -> None:
        super().__init__()
        self.reading: Reading | None = None
        self.segment = Segment(["–"] * 3, QUESTIONS, C_("poll form", "Shown"))
        self.search = Field(C_("poll form", "Find in the list"), search=True)
        self.model = RowTable(TAKEN)
        self.list = RowList(self.model, C_("poll form", "Questions"), height=32)
        self.faults_model = RowTable(FAULTS)
        self.faults = RowList(self.faults_model, C_("poll form", "Not taken"), height=30)
        self.nothing = Label(N_("Nothing of this kind."), "sec", "text3", align=Align.AlignHCenter)
        self.full = Label("", "sec", wrap=True)
        self.summary = Label("", "sec", wrap=True)
        self.twice = Check(N_("Take respondents who appear twice both times"))
        column(
            self.summary,
            row(self.segment, None, self.search),
            (self.list, 1),
            (self.faults, 1),
            self.nothing,
            self.full,
            self.twice,
            gap=8,
            into=self,
        )
        self.segment.chosen.connect(self.on_kind)
        self.search.typing.connect(self.on_typing)
        self.faults.previewed.connect(self.on_fault)

    def show_reading(self, reading: Reading) -> None:
        """Show what was read; what was not taken comes first where there is any."""
        self.reading = reading
        attributes = set(reading.attributes)
        self.taken = [
            Taken(n, one, one.question.code in attributes)
            for n, one in enumerate(reading.answers, 1)
        ]
        counts = (len(self.taken), len(reading.rejects), len(reading.notices))
        words = (
            C_("poll form", "Questions {n:,}"),
            C_("poll form", "Not taken {n:,}"),
            C_("poll form", "To look at {n:,}"),
        )
        for part, word, n in zip(self.segment.parts, words, counts, strict=True):
            part.say(word, n=n)
        told = NN_(
            "{n:,} of {rows:,} row is taken as a respondent. Names and numbers of respondents are not"
            " kept.",
            "{n:,} of {rows:,} rows are taken as respondents. Names and numbers of respondents are not"
            " kept.",
        )
        self.summary.say(told, n=reading.n_taken, rows=reading.n_rows)
        self.segment.choose(REJECTS if reading.rejects else QUESTIONS)
        self._fill()

    def _fill(self) -> None:
        kind = self.segment.current()
        words = self.search.value().casefold()
        questions = kind == QUESTIONS
        if questions:
            rows = [
                t
                for t in self.taken
                if words in f"{t.question.code} {t.question.wording} {t.question.title}".casefold()
            ]
            self.model.show(rows)
        else:
            found = self.reading.rejects if kind == REJECTS else self.reading.notices
            rows = [
                Fault(n, one)
                for n, one in enumerate(found, 1)
                if words in f"{one.row} {one.column} {one.value} {one.said}".casefold()
            ]
            self.faults_model.show(rows)
        self.list.setVisible(questions and bool(rows))
        self.faults.setVisible(not questions and bool(rows))
        self.nothing.setVisible(not rows)
        self.full.setVisible(not questions and bool(rows))
        if rows and not questions:
            self.faults.choose(rows[0].id)
            self.on_fault(rows[0].id)

    def on_fault(self, id) -> None:
        """Show a sentence whole."""
        place = self.faults_model.place(id)
        if place >= 0:
            self.full.say(str(self.faults_model.row(place).one.said))

    def on_kind(self, _n: int) -> None:
        self._fill()

    def on_typing(self, _words: str) -> None:
        self._fill()
