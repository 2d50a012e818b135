"""How the commitments of a plan stand, side by side, and what is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QWidget

from db.vocab import InstitutionRole
from gwangju_desktop import clock
from gwangju_desktop.commitments import deadlines, institutions, lacking, queries
from gwangju_desktop.commitments.months import first_day, last_day, span
from gwangju_desktop.commitments.status import Step, burnup
from gwangju_desktop.members.rules import named
from ui import theme
from ui.commitments import place, shown
from ui.commitments.burnup import BurnUp, Course
from ui.commitments.commitment_forms import CommitmentDialog
from ui.commitments.exporting import Exporting
from ui.commitments.overview_rows import COMMITMENTS, DEADLINES, Due
from ui.models.rows import RowTable
from ui.text import C_, N_, NN_, matches, say
from ui.widgets.forms import Field
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State, header
from ui.widgets.painted import Chip, Segment
from ui.widgets.parts import Button, Label, column, frame, row, rule, scrolled

SIDE = 308  # px at 100 % text size
NEAR, FEW = 6, 3  # deadlines and lacking things shown beside the list
MANY = 8  # commitments above which one looks for them
WHOLE, ONE = 0, 1  # whose burn-up


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the list of a plan's commitments."""

    due: tuple
    lacks: tuple
    milestones: tuple
    leads: tuple


def beside(read, *, plan_id: int, today: dt.date) -> Beside:
    """Read what stands beside the list."""
    due = [one for one in deadlines.of_plan(read, plan_id, today) if one.done_on is None]
    held = institutions.institutions(read, plan_id=plan_id)
    return Beside(
        tuple(sorted(due, key=lambda one: one.due_on)),
        tuple(lacking.plan(read, plan_id, today)),
        tuple(queries.milestones(read, plan_id=plan_id, today=today)),
        tuple(one for one in held if one.role == InstitutionRole.LEAD),
    )


def course_of(milestones, starts: int | None, ends: int | None, today: dt.date) -> Course:
    """Return the burn-up of milestones between two months; their own days where those are unknown."""
    days = [day for one in milestones for day in (one.starts_on, one.due_on) if day is not None]
    if starts is None and not days:
        return Course((), today)
    first = first_day(starts) if starts else min(days)
    last = last_day(ends) if ends else max([first, *days])
    done = [one.completed_on for one in milestones if one.completed_on]
    last = max([last, *done])
    steps = [
        Step(one.id, one.state, one.weight, one.due_on, one.started_on, one.completed_on)
        for one in milestones
    ]
    points = burnup(steps, first, last, today=today)
    return Course(tuple((one.day, one.planned, one.done) for one in points), today)


class OverviewPage(Exporting, Page):
    """The plan in front and its commitments."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.place = place.of(desk)
        self.beside: Beside | None = None
        self._serial = -1
        self._make()
        self._lay_out()
        self.list.previewed.connect(self.on_row)
        self.list.opened.connect(self.on_opened)
        self.list.peeked.connect(self.on_peek)
        self.due.opened.connect(self.on_due)
        self.whose.chosen.connect(self.on_whose)
        self.place.changed.connect(self.on_place)
        self.place.ask()
        self.on_place()

    def _make(self) -> None:
        self.title = Label("", "h2")
        self.state = Chip()
        self.meta = Label("", "sec", elide=True)
        self.peek = Button(N_("Deadlines and burn-up"), icon="clock", slot=self.on_peek)
        self.peek.hide()
        self.papers = Button(C_("commitment", "Documents"), icon="files", slot=self.on_documents)
        self.add = Button(N_("Add commitment"), "primary", "plus", slot=self.on_add_commitment)
        self.empty_add = Button(
            N_("Add commitment"), "primary", "plus", slot=self.on_add_commitment
        )
        self.new = Button(N_("New action plan"), "primary", "plus", slot=self.on_new)
        self.search = Field(N_("Find commitment"), search=True)
        self.search.typing.connect(self.on_typing)
        self.list = RowList(RowTable(COMMITMENTS), N_("Commitments of the plan"), height=56)
        self.due_title = Label(C_("commitment", "Deadlines"), "h3")
        self.due = RowList(
            RowTable(DEADLINES), C_("commitment", "Deadlines"), height=48, header=False, fit=True
        )
        self.no_due = Label(N_("Nothing is due."), "sec")
        self.lack_title = Label(C_("commitment", "Lacking"), "h3")
        self.lacks = [Label("", "sec", wrap=True) for _n in range(FEW)]
        self.more = Button("", "link", "arrow-right", slot=self.on_lacks)
        self.burn_title = Label(C_("commitment", "Burn-up"), "h3")
        self.whose = Segment(
            [C_("burn-up", "Whole plan"), C_("burn-up", "This one")], ONE, N_("Burn-up of")
        )
        self.fold_away = Button("", "ghost", "x", name=C_("commitment", "Fold away"))
        self.fold_away.clicked.connect(self.on_peek)
        self.fold_away.hide()
        self.burn = BurnUp()
        self.burn_name = Label("", "cap", elide=True)
        self.copy = Button("", "ghost", "image", name=N_("Copy image"), slot=self.on_picture)
        self.save = Button("", "ghost", "download", name=N_("Save picture"), slot=self.on_save)

    def _lay_out(self) -> None:
        self.empty = State(
            "target",
            N_("No commitments yet"),
            N_("A commitment has its number, its months and milestones with an output each."),
            self.writing(self.empty_add),
        )
        self.hollow = Hollow(self.list, self.empty)
        self.writing(self.add)
        self.side = frame("inspector")
        inside = QWidget()
        column(
            row(self.burn_title, None, self.whose, self.fold_away, gap=8),
            row((self.burn_name, 1), self.copy, self.save, gap=2),
            self.burn,
            rule(),
            self.due_title,
            self.no_due,
            self.due,
            rule(),
            self.lack_title,
            *self.lacks,
            row(self.more, None),
            None,
            margins=(20, 16, 16, 16),
            gap=8,
            into=inside,
        )
        self.scroller = scrolled(inside)
        column(self.scroller, margins=(0, 0, 0, 0), gap=0, into=self.side)
        left = column(
            header(self.title, self.meta, self.peek, self.papers, self.add, chips=(self.state,)),
            row(self.search, None, margins=(28, 0, 24, 4)),
            (row(self.hollow, margins=(20, 0, 16, 0)), 1),
            gap=0,
        )
        whole = QWidget()
        row((left, 1), self.dock(self.side), gap=0, into=whole)
        self.nothing = State(
            "milestone",
            N_("No action plan yet"),
            N_("Commitments and their milestones stand in an action plan."),
            self.writing(self.new),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(whole)
        self.stack.addWidget(column(self.nothing, None))
        column(self.stack, gap=0, into=self)
        self.dress()

    def dress(self) -> None:
        """Take the width at the present text size."""
        self.side.setFixedWidth(theme.px(SIDE))

    # --- what a page says of itself
    @property
    def settled(self) -> bool:
        plan = self.place.plan
        read = plan is None or (self._serial == self.place.serial and self.beside is not None)
        return self.place.settled and read

    def inspects(self) -> bool:
        return self.place.plan is not None

    def panes(self) -> list:
        return [self.list, self.due, self.add]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a plan or what belongs to it."""
        if id is not None:
            self.place.find(table or "action_plan", id)

    # --- what is shown
    def on_place(self) -> None:
        """Show the plan in front."""
        plan = self.place.plan
        self.stack.setCurrentIndex(0 if plan is not None or not self.place.known else 1)
        if plan is None:
            return
        if not self.desk.read_only:
            self.add.setVisible(not plan.frozen)
            self.empty_add.setVisible(not plan.frozen)
        self.title.say(shown.title(plan))
        self._say_state(plan)
        if self._serial != self.place.serial:
            self._serial, self.beside = self.place.serial, None
            self.search.setVisible(len(self.place.commitments) > MANY or bool(self.search.text()))
            self.show_rows(self.search.text())
            self.desk.read(beside, then=self.on_beside, plan_id=plan.id, today=clock.today())
        if self.place.commitment_id is not None:
            self.list.choose(self.place.commitment_id)
        self._say_meta(plan)
        self._show_burn()

    def show_rows(self, typed: str) -> None:
        """List the commitments of the plan, those that answer what was typed."""
        rows = self.place.commitments
        if typed.strip():
            rows = [one for one in rows if matches(typed, f"{one.code} {one.title} {one.title_en}")]
        self.list.model().show(rows)

    def _say_state(self, plan) -> None:
        if plan.closed_on is not None:
            self.state.say(
                C_("action plan", "Closed {day:full}"), "neu", "check", day=plan.closed_on
            )
        elif plan.submitted_on is not None:
            self.state.say(
                C_("action plan", "Submitted {day:full}"), "ok", "lock", day=plan.submitted_on
            )
        else:
            self.state.say(C_("action plan", "Draft"), "info", "pencil")

    def _say_meta(self, plan) -> None:
        leads = self.beside.leads if self.beside else ()
        said = [plan.code, span(plan.starts, plan.ends)]
        if leads:
            names = ", ".join(named(one.name, one.name_en) for one in leads)
            said.append(say(C_("action plan", "Lead: {names}"), names=names))
        words = NN_("{n} commitment", "{n} commitments")
        said.append(say(words, n=len(self.place.commitments)))
        self.meta.say(" · ".join(filter(None, said)))

    def on_beside(self, found: Beside) -> None:
        """Show deadlines, what is lacking and the burn-up."""
        self.beside = found
        plan = self.place.plan
        if plan is None:
            return
        self._say_meta(plan)
        self.due.model().show([Due(n, one) for n, one in enumerate(found.due[:NEAR])])
        self.due.setVisible(bool(found.due))
        self.no_due.setVisible(not found.due)
        for n, line in enumerate(self.lacks):
            line.setVisible(n < len(found.lacks))
            if n < len(found.lacks):
                line.say(str(found.lacks[n].what))
        self.lack_title.setVisible(bool(found.lacks))
        self.more.setVisible(bool(found.lacks))
        self.more.say(N_("All {n} with the plan"), n=len(found.lacks))
        self._show_burn()

    def _show_burn(self) -> None:
        plan, one = self.place.plan, self.place.commitment
        if self.beside is None or plan is None:
            return
        whole = self.whose.current() == WHOLE or one is None
        held = self.beside.milestones
        if not whole:
            held = [step for step in held if step.commitment_id == one.id]
        of = plan if whole else one
        self.burn.show_course(course_of(held, of.starts, of.ends, clock.today()))
        empty = not self.burn.course.points
        self.burn.setVisible(not empty)
        self.copy.setVisible(not empty)
        self.save.setVisible(not empty)
        if empty:
            self.burn_name.say(N_("No milestones to weigh yet."))
        else:
            self.burn_name.say(f"{of.code} {shown.title(of)}")

    # --- what a person does
    def on_row(self, id) -> None:
        """Put the chosen commitment in front of all panes."""
        if id != self.place.commitment_id:
            self.place.show_commitment(id)
        if self.isVisible():
            self.moved.emit(id, "commitment")

    def on_opened(self, id) -> None:
        """Go to the page of a commitment."""
        self.go("commitments", id, "commitment")

    def on_find(self) -> None:
        """Look for a commitment by its number or words of its name."""
        self.search.show()
        self.search.setFocus()
        self.search.selectAll()

    def on_typing(self, typed: str) -> None:
        self.show_rows(typed)
        self.list.choose_first()

    def on_whose(self, _n: int) -> None:
        self._show_burn()

    def on_due(self, n) -> None:
        """Go to the record a deadline is about."""
        one = self.beside.due[n]
        self.go("commitments", one.row_id, one.table)

    def on_lacks(self) -> None:
        """Show all that is lacking in the plan."""
        self.go("commitments", self.place.plan_id, "action_plan")

    def on_add_commitment(self) -> None:
        """Add a commitment to the plan in front."""
        plan = self.place.plan
        if plan is not None and not plan.frozen and not self.desk.read_only:
            dialog = CommitmentDialog(self.window(), self.desk, self.place.plan_id)
            dialog.accepted.connect(self.on_added)
            dialog.open()

    def on_added(self) -> None:
        """Show the commitment that was added."""
        added = self.sender().value
        if added is not None:
            self.go("commitments", added, "commitment")

    def on_new(self) -> None:
        """Ask for an action plan."""
        self.window().shell.act("commitments.plan")

    def on_documents(self) -> None:
        """Show the papers of the plan in front."""
        from ui.documents.dialog import DocumentsDialog

        if self.place.plan is not None:
            DocumentsDialog(self.window(), self.desk, "progress-report", self.place.plan_id).open()

    # --- the picture
    def picture(self):
        """Return the burn-up as a picture, and its title."""
        from ui.commitments.burnup import Drawing

        title = say(N_("Burn-up of {name}"), name=self.burn_name.text())
        return Drawing(self.burn.course, 640.0), title

    def cells(self) -> list[list[str]]:
        """Return the points of the burn-up with their titles."""
        head = [C_("burn-up", "Day"), C_("burn-up", "Planned"), C_("burn-up", "Done")]
        return [
            [say(one) for one in head],
            *(
                [f"{day}", f"{planned:.3f}", "" if done is None else f"{done:.3f}"]
                for day, planned, done in self.burn.course.points
            ),
        ]

    # --- events
    def fold(self) -> None:
        super().fold()
        self.peek.setVisible(self.narrow)
        self.fold_away.setVisible(self.narrow)

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and hasattr(self, "stack"):
            self._serial = -1
            self.on_place()
        elif event.type() == event.Type.StyleChange and hasattr(self, "stack"):
            self.dress()


PANE = OverviewPage
