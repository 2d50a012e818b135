"""What a wave asks: its questions in their order, and the series' bank they come from."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from gwangju_desktop.polls import questions
from gwangju_desktop.polls.words import KINDS, how_answered
from ui.models.rows import Cell, Column, RowTable, Table
from ui.polls import place
from ui.polls.condition_form import ConditionForm, named
from ui.polls.heads import WaveChoice
from ui.polls.question_card import QuestionCard
from ui.polls.question_form import QuestionForm
from ui.text import C_, N_, NN_, say
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Icon, Label, column, row, rule

ASKED, BANK = range(2)


def title_cell(one) -> Cell:
    """Show a question with how it is answered."""
    question = one.question
    return Cell(named(question), str(how_answered(question)), role="secb")


def code_cell(one) -> Cell:
    """Show a question's code, with a lock where people have answered it."""
    if one.locked:
        return Cell(one.question.code, icon="lock", ink="text3")
    return Cell(one.question.code)


def place_cell(one) -> Cell:
    """Show where a question stands, with a grip to move it by."""
    return Cell(str(one.n), grip=one.movable)


def condition_cell(one) -> Cell:
    """Show whether the question is asked of everybody."""
    if one.ask_if_id is None:
        return Cell("", ink="text3")
    return Cell(chip=say(C_("poll form", "Conditional")), tone="info")


class Shown:
    """A question of the questionnaire with its place, as the list shows it."""

    def __init__(self, one, n: int, movable: bool) -> None:
        self.one, self.n, self.movable = one, n, movable
        self.id = one.wave_question_id

    def __getattr__(self, name: str):
        return getattr(self.one, name)


class Banked:
    """A question of the bank, ticked where the wave in front asks it.

    `free` says that the wave may still ask it, or no longer.
    """

    def __init__(self, one, asked: bool, free: bool) -> None:
        self.one, self.asked, self.free = one, asked, free
        self.id = one.id

    def __getattr__(self, name: str):
        return getattr(self.one, name)


def tick_cell(one) -> Cell:
    """Show a box where it may be ticked, else only whether the wave asks the question."""
    if one.free:
        return Cell(check=one.asked)
    return Cell(icon="check" if one.asked else "", ink="text3")


QUESTIONS = Table(
    (
        Column("n", C_("poll form", "No."), 56, cell=place_cell),
        Column("code", C_("poll form", "Code"), 84, cell=lambda one: Cell(one.question.code)),
        Column("title", C_("poll form", "Question"), cell=title_cell),
        Column(
            "kind",
            C_("poll form", "Kind"),
            110,
            cell=lambda one: Cell(say(KINDS[one.question.kind])),
            wide=True,
        ),
        Column("ask_if", C_("poll form", "Condition"), 108, cell=condition_cell),
    ),
    move=questions.move,
)
IN_BANK = Table(
    (
        Column("in", C_("poll form", "In the wave"), 60, cell=tick_cell),
        Column("code", C_("poll form", "Code"), 84, cell=code_cell),
        Column("title", C_("poll form", "Question"), cell=title_cell),
        Column(
            "kind",
            C_("poll form", "Kind"),
            110,
            cell=lambda one: Cell(say(KINDS[one.question.kind])),
            wide=True,
        ),
        Column(
            "waves",
            C_("poll form", "Waves"),
            66,
            "right",
            cell=lambda one: Cell(f"{len(one.waves):,}"),
        ),
    )
)


class Ordered(RowTable):
    """The questionnaire: rows that are all there, moved by their places."""

    def __init__(self, desk) -> None:
        super().__init__(QUESTIONS)
        self.office = desk
        self.free = False

    def movable(self) -> bool:
        return self.free and not self.office.read_only

    def move(self, id: int, by: int) -> None:
        """Move a question to the place so many further down."""
        to = self.place(id) + by
        if by and self.movable() and 0 <= to < self.rowCount():
            self.office.do(questions.move, wave_question_id=id, position=to)


class QuestionnairePage(Page):
    """The questions of the wave in front, and those it could ask."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.place = place.of(desk)
        self.held: tuple = ()
        self.shown = None
        self.wanted_id: int | None = None
        self.choice = WaveChoice(desk)
        self.meta = Label("", "cap", elide=True)
        self.parts = Segment(
            (C_("poll form", "This wave"), C_("poll form", "Question bank")),
            ASKED,
            C_("poll form", "Shown"),
        )
        self.add = self.writing(
            Button(C_("poll form", "Add a question"), "primary", "plus", slot=self.on_add_question)
        )
        self.model = Ordered(desk)
        self.list = RowList(self.model, C_("poll form", "Questionnaire"), height=48)
        self.bank_model = RowTable(IN_BANK)
        self.bank = RowList(self.bank_model, C_("poll form", "Question bank"), height=48)
        self.card = QuestionCard(self.writing)
        self._lay_out()
        self._connect()
        self.place.ask()
        self.on_place()

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.empty = State(
            "file-text",
            N_("This wave asks nothing yet"),
            N_("Add a question, tick some in the bank, or import a file of answers."),
        )
        self.stack.addWidget(Hollow(self.list, self.empty))
        self.stack.addWidget(
            Hollow(
                self.bank,
                State("inbox", N_("The bank is empty"), N_("Questions stay here for later waves.")),
            )
        )
        self.locked = row(
            Icon("lock", "warn", 14),
            (
                Label(
                    N_(
                        "Answers are in: this questionnaire is locked. Change a question in the"
                        " bank and a new edition is made for waves to come."
                    ),
                    "cap",
                    wrap=True,
                ),
                1,
            ),
            margins=(28, 0, 24, 8),
        )
        left = column(
            row((self.choice.widget, 1), self.parts, self.add, margins=(28, 14, 24, 4), gap=12),
            row((self.meta, 1), margins=(28, 0, 24, 8)),
            self.locked,
            rule(),
            (row(self.stack, margins=(20, 0, 16, 0)), 1),
            gap=0,
        )
        row((left, 1), self.dock(self.card), gap=0, into=self)

    def _connect(self) -> None:
        self.parts.chosen.connect(self.on_part)
        self.list.previewed.connect(self.on_question)
        self.list.opened.connect(self.on_opened)
        self.list.peeked.connect(self.on_peek)
        self.bank.previewed.connect(self.on_banked)
        self.bank.opened.connect(self.on_opened)
        self.bank.ticked.connect(self.on_ticked)
        self.card.edited.connect(self.on_edit)
        self.card.condition.connect(self.on_condition)
        self.card.removed.connect(self.on_take_out)
        self.place.changed.connect(self.on_place)

    def panes(self) -> list:
        return [self.bank if self.parts.current() == BANK else self.list, self.card]

    @property
    def settled(self) -> bool:
        return self.place.settled

    def inspects(self) -> bool:
        return self.shown is not None

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a question of the wave in front or of the bank."""
        if id is not None and table in ("poll_question", "wave_question"):
            self.place.find(table, id)

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange and hasattr(self, "locked"):
            # Not now: the parts change their own words after this.
            QTimer.singleShot(0, self, self.on_place)
        super().changeEvent(event)

    # --- what is shown
    def on_place(self) -> None:
        """Show the questionnaire of the wave in front."""
        here = self.place
        self.choice.show()
        locked = bool(here.asked) and all(one.locked for one in here.asked)
        answered = here.wave is not None and bool(
            here.wave.responses or here.wave.respondents or locked
        )
        self.locked.setVisible(answered)
        self.model.free = not answered
        free = not answered and not self.desk.read_only
        self.model.show([Shown(one, n, free) for n, one in enumerate(here.asked, 1)])
        self.list.dress()
        told = NN_("{n} question", "{n} questions")
        self.meta.say(say(told, n=len(here.asked)) if here.wave else "")
        self.add.setEnabled(here.poll is not None)
        if here.asked:
            self.list.choose(here.question_id)
        if here.poll_id is not None:
            self.desk.read(questions.bank, then=self.on_bank, poll_id=here.poll_id)
        self.show_card()

    def on_bank(self, rows) -> None:
        """Show the bank, ticked where the wave asks."""
        asked = {one.question_id for one in self.place.asked}
        self.held = tuple(rows)
        free = self.place.wave_id is not None and self.model.free and not self.desk.read_only
        self.bank_model.show([Banked(one, one.id in asked, free) for one in self.held])
        if self.wanted_id is not None:
            self.bank.choose(self.wanted_id)
            self.wanted_id = None
        self.bank.choose_first()
        self.show_card()

    def show_card(self) -> None:
        """Show the question in front of the list that is shown."""
        banked = self.parts.current() == BANK
        if banked:
            id = self.bank.current()
            self.shown = next((one for one in self.held if one.id == id), None)
        else:
            self.shown = self.place.question
        self.card.setVisible(self.shown is not None and not self.narrow)
        if self.shown is None:
            return
        names = {one.question_id: named(one.question) for one in self.place.asked}
        self.card.show_question(self.shown, in_wave=not banked, questions=names)
        if not self.desk.read_only and not banked:
            self.card.ask_if.setEnabled(self.model.free)
            self.card.remove.setEnabled(self.model.free)

    # --- slots
    def on_part(self, n: int) -> None:
        """Show the wave's questions, or the bank."""
        self.parts.choose(n)
        self.stack.setCurrentIndex(n)
        self.show_card()

    def on_question(self, id) -> None:
        """Show a question of the wave."""
        self.place.show_question(id)
        self.show_card()

    def on_banked(self, _id) -> None:
        self.show_card()

    def on_opened(self, _id) -> None:
        self.on_edit()

    def on_add_question(self) -> None:
        """Write a new question; the wave in front asks it unless it was answered."""
        if self.desk.read_only:
            return
        if self.place.poll_id is None:
            self.room.on_new_poll()
            return
        codes = {one.code for one in self.held}
        n = next(n for n in range(1, len(codes) + 2) if f"Q{n}" not in codes)
        dialog = QuestionForm(self.window(), self.desk, self.place.poll_id, f"Q{n}")
        dialog.accepted.connect(self.on_added)
        dialog.open()

    def on_added(self) -> None:
        """Put the new question into the wave, if that may still be changed."""
        id = self.sender().value
        if self.model.free and self.place.wave_id is not None:
            self.desk.do(questions.put_in_wave, wave_id=self.place.wave_id, question_ids=[id])
        else:
            self.wanted_id = id
            self.on_part(BANK)

    def on_edit(self) -> None:
        """Change the question in front."""
        if self.shown is not None and not self.desk.read_only:
            id = getattr(self.shown, "question_id", None) or self.shown.id
            self.desk.read(questions.question_row, then=self.on_row, question_id=id)

    def on_row(self, row_) -> None:
        """Open the form of a question."""
        QuestionForm(self.window(), self.desk, self.place.poll_id, row_=row_).open()

    def on_condition(self) -> None:
        if self.place.question is not None:
            ConditionForm(self.window(), self.desk, self.place.asked, self.place.question).open()

    def on_take_out(self) -> None:
        """Take the question out of the wave; it stays in the bank."""
        if self.place.question_id is not None:
            self.desk.do(questions.take_out, wave_question_id=self.place.question_id)

    def on_ticked(self, id) -> None:
        """Ask a question of the bank in this wave, or no longer."""
        if self.place.wave_id is None or self.desk.read_only or not self.model.free:
            return
        asked = {one.question_id: one.wave_question_id for one in self.place.asked}
        if id in asked:
            self.desk.do(questions.take_out, wave_question_id=asked[id])
        else:
            self.desk.do(questions.put_in_wave, wave_id=self.place.wave_id, question_ids=[id])


PANE = QuestionnairePage
