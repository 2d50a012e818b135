"""Monitoring of a plan: its rounds, what the monitors answered, found and asked to publish.

Answers and ratings come by signed files or from published reports; nothing here changes them.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QMenu, QStackedWidget

from db.vocab import ReviewState
from gwangju_desktop.commitments.words import REVIEW_STATES
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from gwangju_desktop.reviews import queries
from gwangju_desktop.reviews.forms import form_of
from ui import theme
from ui.commitments import place, shown
from ui.commitments.review_comments import CommentsFace
from ui.commitments.review_deeds import RoundDeeds
from ui.commitments.review_files import FilesFace
from ui.commitments.review_form import FormFace, whole_of
from ui.commitments.review_lists import FindingsFace
from ui.commitments.review_publications import PublicationsFace
from ui.commitments.review_rounds import (
    ROUNDS,
    TONES,
    called,
    round_of,
    told_of,
)
from ui.lending import Lender
from ui.models.rows import RowTable
from ui.text import C_, N_
from ui.widgets.lists import RowList
from ui.widgets.page import Page, State
from ui.widgets.painted import Chip, Segment
from ui.widgets.parts import Align, Button, Label, column, row, rule

TABLES = frozenset(
    {
        *("review", "review_answer", "review_comment", "review_finding", "review_file"),
        *("publication", "monitor_key", "membership", "commitment", "evidence_claim"),
        *("action", "thread_link", "action_plan"),
    }
)
FACES = (
    C_("review face", "Form"),
    C_("review face", "Comments"),
    C_("review face", "Findings"),
    C_("review face", "Publications"),
    C_("review face", "Monitors and files"),
)
FORM, COMMENTS, FINDINGS, PUBLICATIONS, FILES = range(5)
FACE_OF = {
    "review_comment": COMMENTS,
    "review_finding": FINDINGS,
    "publication": PUBLICATIONS,
    "monitor_key": FILES,
    "review_file": FILES,
}
LEFT, LEFT_NARROW = 344, 256  # px at 100 %


class ReviewsPage(RoundDeeds, Page):
    """The rounds of the plan in front, and one of them whole."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.place = place.of(desk)
        self.rows, self.whole, self.published = [], None, ()
        self.known: tuple = ()
        self._wanted: int | None = None
        self._reading = False
        self._make()
        self._lay_out()
        self.list.previewed.connect(self.on_row)
        self.list.opened.connect(self.on_opened)
        self.faces_bar.chosen.connect(self.on_face)
        self.place.changed.connect(self.on_place)
        desk.changed.connect(self.on_changed)
        self.wait = QTimer(self, singleShot=True, interval=60)
        self.wait.timeout.connect(self.ask)
        self.place.ask()
        self.on_place()

    def _make(self) -> None:
        self.meta = Label("", "sec", elide=True)
        self.add = Button(C_("review", "Add round"), icon="plus", slot=self.on_add)
        self.take_in = Button(
            C_("review", "Take in answers"), "primary", "shield-check", slot=self.on_import
        )
        self.model = RowTable(ROUNDS)
        self.list = RowList(self.model, C_("review", "Rounds of monitoring"), height=50)
        self.title = Label("", "h2", wrap=True)
        self.state = Chip()
        self.about = Label("", "sec", "text2", wrap=True)
        self.asked = Label("", "sec", wrap=True)
        self.next = Button("", slot=self.on_next)
        self.paper = Button(C_("review", "Form on paper"), icon="files", slot=self.on_paper)
        self.edit = Button(C_("review", "Edit"), icon="pencil", slot=self.on_edit)
        self.more = Button("", "ghost", "ellipsis", name=N_("More about the round"))
        self.menu = QMenu(self)
        self.menu.triggered.connect(self.on_menu)
        self.more.clicked.connect(self.on_more)
        self.writing(self.add, self.take_in, self.next, self.edit, self.more)
        self.faces_bar = Segment(FACES, name=C_("review", "Parts of the round"))
        self.lender = Lender(self, self.desk)
        self.form = FormFace(self)
        self.comments = CommentsFace(self)
        self.findings = FindingsFace(self)
        self.publications = PublicationsFace(self)
        self.files = FilesFace(self)

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        for face in (self.form, self.comments, self.findings, self.publications, self.files):
            self.stack.addWidget(face)
        tools = row(self.state, self.next, self.paper, self.edit, self.more, gap=6)
        place = Align.AlignTop | Align.AlignLeft
        self.head = row((self.title, 1), (tools, place), gap=10)
        head = column(
            self.head,
            self.about,
            self.asked,
            row(self.faces_bar, None, margins=(0, 6, 0, 0)),
            gap=4,
            margins=(20, 4, 24, 8),
        )
        self.right = column(head, rule(), (self.stack, 1), gap=0)
        self.left = column((self.list, 1), margins=(20, 0, 8, 12))
        both = row(self.left, (self.right, 1), gap=0)
        # Results may be published before the first round is written down, and after the last.
        self.published_name = Label(C_("review face", "Publications"), "h3")
        self.of_plan = PublicationsFace(self)
        self.first_published = Button(
            C_("review", "Add publication"), icon="inbox", slot=self.of_plan.on_add
        )
        self.writing(self.first_published)
        self.nothing = State(
            "shield-check",
            N_("No rounds of monitoring yet"),
            N_("Data submissions, interviews, inspections and the official reports stand here."),
            self.writing(Button(C_("review", "Add round"), "primary", "plus", slot=self.on_add)),
            self.first_published,
        )
        self.bare = column(
            self.nothing,
            row(self.published_name, None, margins=(28, 8, 24, 0)),
            (row(self.of_plan, margins=(8, 0, 8, 0)), 1),
            None,
            gap=0,
        )
        self.without = State(
            "target",
            N_("No action plan yet"),
            N_("Monitoring begins with a plan and its commitments."),
        )
        self.body = QStackedWidget()
        for part in (both, self.bare, self.without):
            self.body.addWidget(part)
        tools = row((self.meta, 1), self.add, self.take_in, margins=(28, 12, 24, 8), gap=8)
        column(tools, (self.body, 1), gap=0, into=self)

    # --- what a page says of itself
    @property
    def settled(self) -> bool:
        waits = self.wait.isActive() or self.form.later.isActive()
        return self.place.settled and not self._reading and not waits

    def panes(self) -> list:
        if not self.rows:
            return [self.of_plan] if self.published else [self.add]
        return [self.list, self.stack.currentWidget()]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a round, or the face a record of one stands on."""
        if id is None:
            return
        if table in ("review", "commitment.review"):
            self._wanted = id if table == "review" else None
            self.ask()
        else:
            self.show_face(FACE_OF.get(table, FORM))
            self.desk.read(round_of, then=self.on_found, table=table, id=id)

    def on_found(self, found: int | None) -> None:
        """Go to the round a record belongs to."""
        self._wanted = found
        self.ask()

    def take(self, paths: list[Path]) -> None:
        """Take in signed files that were dropped."""
        if not self.desk.read_only:
            self.import_files(list(paths))

    # --- what is shown
    def on_place(self) -> None:
        """Follow the plan in front."""
        plan = self.place.plan
        self.meta.say(shown.title(plan) if plan else "")
        self.add.setVisible(plan is not None and not self.desk.read_only)
        self.take_in.setVisible(plan is not None and not self.desk.read_only)
        self.ask()

    def ask(self) -> None:
        """Read the rounds anew."""
        if not self.place.known:
            return
        if self.place.plan_id is None:
            self.rows = []
            self.body.setCurrentWidget(self.without)
            return
        self._reading = True
        self.desk.read(queries.reviews, then=self.on_rounds, plan_id=self.place.plan_id)

    def on_rounds(self, rows) -> None:
        """Show the rounds, the latest first."""
        self._reading = False
        self.rows = list(reversed(rows))
        current = self._wanted or self.list.current()
        self._wanted = None
        self.model.show(self.rows)
        self.body.setCurrentIndex(0 if self.rows else 1)
        if not self.rows:
            self._reading = True
            plan_id = self.place.plan_id
            self.desk.read(queries.publications, then=self.on_published, plan_id=plan_id)
            return
        if any(one.id == current for one in self.rows):
            self.list.choose(current)
        else:
            self.list.choose_first()
        self.read_whole()

    def on_published(self, published) -> None:
        """Show what was published of a plan without rounds."""
        self._reading = False
        self.published = published
        self.of_plan.show_whole(None)
        self.of_plan.setVisible(bool(published))
        self.published_name.setVisible(bool(published))
        self.first_published.setVisible(not published and not self.desk.read_only)

    def current(self):
        """Return the round in front."""
        return next((one for one in self.rows if one.id == self.list.current()), None)

    def on_row(self, _id) -> None:
        self.read_whole()

    def read_whole(self) -> None:
        """Read the round in front with everything on it."""
        one = self.current()
        if one is not None:
            self._reading = True
            self.desk.read(whole_of, then=self.on_whole, otherwise=self.on_gone, id=one.id)

    def on_gone(self, error: Exception) -> None:
        """Look again when somebody else took the round away meanwhile."""
        self._reading = False
        if not isinstance(error, UserError):
            raise error
        self.ask()

    def on_whole(self, found) -> None:
        """Show one round."""
        self._reading = False
        whole, best, self.published = found
        self.whole, one = whole, whole.row
        self.title.setText(called(one))
        self.state.say(REVIEW_STATES[one.state], TONES.get(one.state, "neu"))
        self.about.setText(told_of(one))
        asked = [named(one.asked, one.asked_en), named(one.summary, one.summary_en)]
        self.asked.setText("\n".join(filter(None, asked)))
        self.asked.setVisible(bool(self.asked.text()))
        self.next.say(*self._step())
        self.next.setVisible(one.state != ReviewState.CLOSED and not self.desk.read_only)
        self.paper.setVisible(form_of(one.kind) is not None)
        self.faces_bar.parts[FORM].setVisible(whole.form is not None)
        if whole.form is None and self.stack.currentIndex() == FORM:
            self.show_face(FINDINGS)
        elif whole.form is not None and not self._chosen_face:
            self.show_face(FORM)
        self.form.show_whole(whole, best)
        for face in (self.comments, self.findings, self.publications, self.files):
            face.show_whole(whole)
        self.moved.emit(one.id, "review")

    _chosen_face = False

    def _step(self) -> tuple[str]:
        state = self.whole.row.state
        if state == ReviewState.PLANNED:
            return (C_("review", "Begin the round"),)
        if state == ReviewState.OPEN and self.whole.form is not None:
            return (C_("review", "Mark as submitted"),)
        return (C_("review", "Close the round"),)

    def show_form(self) -> None:
        """Show the form of the round in front."""
        self.show_face(FORM)

    def show_face(self, n: int) -> None:
        """Show one part of the round."""
        self.faces_bar.choose(n)
        self.stack.setCurrentIndex(n)

    def on_face(self, n: int) -> None:
        """Show the part a person chose, and stay with it."""
        self._chosen_face = n != FORM
        self.stack.setCurrentIndex(n)

    # --- events
    def on_changed(self, changes) -> None:
        """Follow what anybody writes."""
        if self.place.known and changes.touches(*TABLES):
            self.wait.start()

    def resizeEvent(self, event) -> None:
        """Give the list less where there is less."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(900)
        self.left.setFixedWidth(theme.px(LEFT_NARROW if narrow else LEFT))
        under = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self.head.layout().setDirection(under)

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and hasattr(self, "wait"):
            self.on_place()


PANE = ReviewsPage
