"""A new term of a body: 연임, 교체 or 공석 for each appointed seat, candidates, one appointment."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from db.vocab import Decision
from gwangju_desktop import clock
from gwangju_desktop.members import candidates, preparation, queries, terms
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.words import DECISIONS
from ui import alerts, theme
from ui.members.newterm_dialogs import AppointDialog, CandidateDialog, FieldDialog, TermDialog
from ui.members.newterm_foot import Foot
from ui.members.newterm_rows import (
    CANDIDATES,
    ORDER,
    SEATS,
    TERM,
    SeatList,
    Ticks,
    grouped,
    prepared,
)
from ui.members.strip import RatioStrip
from ui.models.rows import RowTable
from ui.text import C_, N_, NN_, say, words
from ui.widgets.forms import Choice
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State, header
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, frame, row, rule

WATCHED = ("term", "seat_plan", "candidate", "membership", "person", "organisation", "body")
TITLE = 420  # px a title needs beside the buttons


class NewTermPage(Page):
    """Seats at the left, candidates at the right, the strip over both, the appointment below."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.body_id: int | None = None
        self.detail = self.latest = self.plan = None
        self._build_lists()
        self.body = Choice((), N_("Body"), width=170)
        self.name, self.meta = Label("", "h2", elide=True), Label("", "sec", elide=True)
        self.strip = RatioStrip(desk)
        self.edit_button = Button(N_("Edit term"), icon="pencil", slot=self.on_edit_term)
        self.drop_button = Button(N_("Remove preparation"), "danger", slot=self.on_drop)
        self.appoint_button = Button(N_("Appoint"), "primary", "check", slot=self.on_appoint)
        self.foot = Foot(self)
        self.writing(self.edit_button, self.drop_button, self.appoint_button)
        self.none = State("calendar-days", N_("No term yet"), "", self._starter())
        self.stack = QStackedWidget()
        self.stack.addWidget(self._work())
        self.stack.addWidget(column(self.none, None))
        self.actions = row(self.body, None, self.edit_button, self.drop_button, self.appoint_button)
        self.head = header(self.name, self.meta, self.actions, margins=(28, 12, 24, 8))
        column(
            self.head,
            rule(),
            (self.stack, 1),
            gap=0,
            into=self,
        )
        self.body.currentIndexChanged.connect(self.on_body)
        desk.changed.connect(self.on_changed)
        desk.read(queries.bodies, then=self.on_bodies, on=clock.today())

    # --- building
    def _build_lists(self) -> None:
        self.seats, self.people = RowTable(SEATS), RowTable(CANDIDATES)
        self.seat_list = SeatList(self.seats, N_("Seats of the new term"), height=44, multi=True)
        self.seat_list.decided.connect(self.on_decision)
        self.list = RowList(self.people, N_("Candidates"), height=44)
        self.ticks = Ticks(self)
        self.decision = Segment([DECISIONS[one] for one in ORDER], 0, N_("Decision"))
        self.decision.chosen.connect(self.on_decision)
        self.seat_list.previewed.connect(self.on_seat)
        self.list.previewed.connect(self.on_candidate)
        self.list.opened.connect(self.on_edit)
        self.list.ticked.connect(self.on_ticked)

    def _starter(self) -> Button:
        self.start = Button(N_("Open the new term"), "primary", "plus", slot=self.on_start)
        return self.writing(self.start)

    def _work(self) -> QWidget:
        add = Button(N_("Add candidate"), icon="user-plus", slot=self.on_add)
        away = Button("", icon="trash-2", name=N_("Remove candidate"), slot=self.on_remove)
        self.writing(add, away, self.decision)
        self.listing = (add, away)
        nobody = State(
            "users",
            N_("No candidates yet"),
            N_("Add people for the seats to be replaced; their papers are ticked here."),
        )
        fields = Button(N_("Field…"), slot=self.on_field)
        self.writing(fields)
        self.field_button = fields
        left_head = row(
            Label(C_("newterm", "Seats"), "h3"),
            None,
            fields,
            self.decision,
            margins=(28, 10, 12, 8),
        )
        right_head = row(Label(N_("Candidates"), "h3"), None, away, add, margins=(16, 10, 24, 8))
        left = column(
            (row(self.seat_list, margins=(20, 0, 8, 0)), 1),
            gap=0,
        )
        tray = frame("inset")
        column(self.ticks, margins=(14, 10, 14, 10), into=tray)
        self.tray = tray
        right = column(
            (row(Hollow(self.list, nobody), margins=(8, 0, 16, 0)), 1),
            row((tray, 1), margins=(16, 0, 24, 8)),
            gap=0,
        )
        judged = column(row((self.strip, 1), margins=(28, 8, 24, 8)), rule(), gap=0)
        judged.hide()
        self.strip.told.connect(judged.setVisible)
        return column(
            judged,
            row((left_head, 1), (right_head, 1), gap=0),
            rule(),
            (row((left, 1), (right, 1), gap=0), 1),
            self.foot,
            gap=0,
        )

    # --- what a page says of itself
    def panes(self) -> list:
        return [self.seat_list, self.list, self.body]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show the preparation of a term, or that of a body."""
        if id is None:
            return
        if table == "body":
            self.show_body(id)
        else:
            self.desk.read(terms.term, then=self.on_term, id=id)

    def on_term(self, found) -> None:
        self.show_body(found.body_id)

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() in (event.Type.LanguageChange, event.Type.StyleChange):
            # Not now: the words of the buttons change after this.
            QTimer.singleShot(0, self, self.fit)
        if event.type() == event.Type.LanguageChange:
            self.desk.read(queries.bodies, then=self.on_bodies, on=clock.today())

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Put the buttons below the title where both beside each other are too narrow."""
        needed = self.actions.sizeHint().width() + theme.px(TITLE)
        below = needed > self.width()
        way = QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight
        self.head.layout().setDirection(way)

    # --- what is shown
    def on_bodies(self, bodies) -> None:
        """Offer the bodies; the first is shown unless one is."""
        options = [(body.id, named(body.short_ko, body.short_en)) for body in bodies]
        if self.body_id not in dict(options):
            self.body_id = bodies[0].id if bodies else None
        self.body.show_options(options, self.body_id)
        self.body.setVisible(bool(bodies))
        if not bodies:
            self._show_no_body()
        self.look()

    def show_body(self, id: int) -> None:
        """Show the new term of a body."""
        self.body_id = id
        self.body.blockSignals(True)
        self.body.choose(id)
        self.body.blockSignals(False)
        self.look()

    def on_body(self, _index: int) -> None:
        if self.body.value() and self.body.value() != self.body_id:
            self.show_body(self.body.value())

    def look(self) -> None:
        """Ask for the preparation."""
        if self.body_id is not None:
            self.desk.read(
                prepared, then=self.on_prepared, otherwise=self.on_lost, body_id=self.body_id
            )

    def on_lost(self, _error) -> None:
        """The body was taken back: show another."""
        self.desk.read(queries.bodies, then=self.on_bodies, on=clock.today())

    def on_changed(self, changes) -> None:
        if changes.touches("body"):
            self.desk.read(queries.bodies, then=self.on_bodies, on=clock.today())
        elif changes.touches(*WATCHED):
            self.look()

    def on_prepared(self, found) -> None:
        self.detail, self.latest, self.plan = found
        name = named(self.detail.name_ko, self.detail.name_en)
        if self.plan is None:
            self._show_none(name)
            return
        plan = self.plan
        self.name.say(f"{say(TERM, n=plan.term.number)} · {name}")
        days = words().days(plan.term.starts_on, plan.term.ends_on)
        stay = say(N_("{n} ex officio stay"), n=self.detail.ex_officio)
        self.meta.say(f"{days} · {stay}")
        self.stack.setCurrentIndex(0)
        front = self.seat_list.current(), self.list.current()
        self.seats.show(grouped(plan.seats, lambda one: one.field))
        self.people.show(grouped(plan.candidates, lambda one: one.field))
        for rows, id in zip((self.seat_list, self.list), front, strict=True):
            if id is None:
                rows.choose_first()
            else:
                rows.choose(id)
        self.on_seat(self.seat_list.current())
        self.on_candidate(self.list.current())
        ahead = (plan.newcomers(), plan.replaced()) if not plan.term.done else ()
        self.strip.show_body(self.body_id, plan.term.starts_on, *ahead)
        self._say_foot(plan)

    def _show_no_body(self) -> None:
        """Show that there is no body whose term could begin."""
        self.detail = self.latest = self.plan = None
        self._show_start(say(C_("pane", "New term")))
        self.meta.say("")
        self.none.title.say(N_("No bodies yet"))
        self.none.hint.say(N_("Add the first body, then its members."))
        self.start.hide()

    def _show_start(self, name: str) -> None:
        self.name.say(name)
        for part in (self.edit_button, self.drop_button, self.appoint_button):
            part.hide()
        self.stack.setCurrentIndex(1)

    def _show_none(self, name: str) -> None:
        """Show that nothing is being prepared, and the way to begin."""
        self._show_start(name)
        self.start.setVisible(not self.desk.read_only)
        if self.latest is None:
            self.meta.say(N_("No term entered"))
            self.none.title.say(N_("No term yet"))
            self.none.hint.say(
                N_("Enter the term that runs now; its appointed members then belong to it.")
            )
            self.start.say(N_("Enter the present term"))
            return
        latest = self.latest
        days = words().days(latest.starts_on, latest.ends_on)
        self.meta.say(f"{say(TERM, n=latest.number)} · {days}")
        self.none.title.say(N_("Term {n} is running"), n=latest.number)
        self.none.hint.say(
            N_(
                "The next term is opened from it: those who sit by their post stay, each"
                " appointed seat is decided on, candidates are gathered, all are appointed in one"
                " step."
            )
        )
        self.start.say(N_("Open term {n}"), n=latest.number + 1)
        if not self.desk.read_only:
            self.edit_button.show()

    def _say_foot(self, plan) -> None:
        done = plan.term.done
        reasons = preparation.hindrances(plan)
        writes = not self.desk.read_only
        self.edit_button.setVisible(writes)
        self.drop_button.setVisible(writes and not done)
        self.appoint_button.setVisible(writes and not done)
        self.appoint_button.say(
            NN_("Appoint the {n} chosen", "Appoint the {n} chosen"), n=plan.appointing
        )
        first = say(reasons[0][0], **reasons[0][1]) if reasons else ""
        self.appoint_button.why_not(first)
        self.decision.setEnabled(not done)
        self.field_button.setEnabled(not done)
        for button in self.listing:
            button.setEnabled(not done and writes)
        self.foot.show_plan(plan, first)

    # --- seats
    def on_seat(self, id) -> None:
        """Show the decision on the seat in front."""
        seat = next((one for one in self.plan.seats if one.id == id), None) if self.plan else None
        chosen = Decision(seat.decision) if seat else Decision.OPEN
        self.decision.choose(ORDER.index(chosen))
        front = self._front() if seat else None
        if seat and (front is None or front.field != seat.field):
            same = [one.id for one in self.plan.candidates if one.field == seat.field]
            if same:
                self.list.choose(same[0])

    def _seats_chosen(self) -> list[int]:
        known = {one.id for one in self.plan.seats}
        return [id for id in self.seat_list.chosen() if id in known]

    def on_field(self) -> None:
        """Ask for the field of the chosen seats."""
        known = {one.field for one in (*self.plan.seats, *self.plan.candidates)} - {""}
        ids = self._seats_chosen()
        held = next((one.field for one in self.plan.seats if one.id in ids), "")
        if ids:
            FieldDialog(self.window(), self.desk, ids, held, sorted(known)).open()

    def on_decision(self, n: int) -> None:
        """Decide on the seats that are chosen."""
        if self.plan.term.done or self.desk.read_only:
            return
        ids = self._seats_chosen()
        if len(ids) > 1:
            self.desk.do(candidates.decide_all, ids=ids, decision=ORDER[n].value)
        elif ids:
            done = {"otherwise": self.on_undecided}
            self.desk.do(candidates.decide, id=ids[0], decision=ORDER[n].value, **done)

    def on_undecided(self, error) -> None:
        """Say why not, and show the decision that stands."""
        alerts.tell(error)
        self.on_seat(self.seat_list.current())

    # --- candidates
    def _front(self):
        id = self.list.current()
        return next((one for one in self.plan.candidates if one.id == id), None)

    def on_candidate(self, _id) -> None:
        one = self._front() if self.plan else None
        self.ticks.show_candidate(one)
        self.tray.setVisible(one is not None)

    def on_ticked(self, id) -> None:
        one = next(one for one in self.plan.candidates if one.id == id)
        if not self.plan.term.done and not self.desk.read_only:
            self.desk.do(candidates.choose, id=id, chosen=not one.chosen)

    def on_add(self) -> None:
        seat = next((one for one in self.plan.seats if one.id == self.seat_list.current()), None)
        field = seat.field if seat else ""
        CandidateDialog(self.window(), self.desk, self.plan.term.id, field=field).open()

    def on_edit(self, _id=None) -> None:
        one = self._front()
        if one is not None and not self.desk.read_only:
            CandidateDialog(self.window(), self.desk, self.plan.term.id, one).open()

    def on_remove(self) -> None:
        one = self._front()
        if one is not None:
            self.desk.do(candidates.remove_candidate, id=one.id)

    # --- the term
    def on_start(self) -> None:
        """Enter the first term, or open the next one."""
        if self.latest is None:
            first = self.detail.founded_on
            TermDialog(self.window(), self.desk, self.body_id, first=first).open()
        else:
            self.on_next()

    def on_next(self) -> None:
        """Open the term after the one that was appointed."""
        self.desk.do(terms.open_term, body_id=self.body_id)

    def on_edit_term(self) -> None:
        TermDialog(self.window(), self.desk, self.body_id, self.latest).open()

    def on_drop(self) -> None:
        self.desk.do(terms.remove_term, id=self.plan.term.id)

    def on_appoint(self) -> None:
        dialog = AppointDialog(self.window(), self.desk, self.plan, self.strip.found)
        dialog.open()


PANE = NewTermPage
