"""The seat map of a body: the order of precedence, seen round the table."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer

from db.vocab import Layout
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import precedence, queries, usecases
from gwangju_desktop.members.rules import named
from ui.documents.dialog import DocumentsDialog
from ui.members.seatmap import SeatMap
from ui.text import C_, N_
from ui.widgets.forms import Choice, DateField
from ui.widgets.page import Page, State, header
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, row, rule, scrolled

LAYOUTS = {
    Layout.U_SHAPE.value: C_("layout", "U"),
    Layout.ROWS.value: C_("layout", "Rows"),
    Layout.OVAL.value: C_("layout", "Oval"),
}
WATCHED = ("body", "membership", "person", "organisation", "post", "term")


def seated(read, *, body_id: int, on):
    """Return a body, its seats on a day in the order of precedence, that order, its layout."""
    return (
        queries.body(read, id=body_id, on=on),
        precedence.ordered(read, body_id, on),
        precedence.preset_of(read, body_id),
        precedence.layout_of(read, body_id),
    )


class SeatsPage(Page):
    """The map in the middle; above it the body, the day, the room and the order."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.body_id: int | None = None
        self.on = clock.today()
        self.map = SeatMap(may_move=not desk.read_only)
        self.room_pane = scrolled(self.map)
        self.room_pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.body = Choice((), N_("Body"), width=220)
        self.day = DateField(N_("Seats on"), self.on, 116)
        self.rooms = Segment(list(LAYOUTS.values()), 0, N_("Layout of the room"))
        self.order = Choice(precedence.PRESETS.items(), N_("Order of precedence"))
        self.name = Label("", "h2", elide=True)
        self.line = Label("", "sec", elide=True)
        self.hint = Label(N_("Drag a seat onto another, or Alt+arrows · Enter opens"), "cap")
        plan = Button(N_("Seating plan…"), icon="users", slot=self.on_plan)
        plates = Button(N_("Name plates…"), icon="printer", slot=self.on_plates)
        self.no_day = Label("", "cap", "bad")
        self.no_day.hide()
        self.empty = State(
            "users", N_("Nobody sits here on that day"), N_("Choose another body or day.")
        )
        self.writing(self.hint)
        for control in (self.rooms, self.order):
            control.setEnabled(not desk.read_only)
        column(
            header(self.name, self.line, plates, plan, margins=(28, 12, 24, 8)),
            row(
                self.body,
                4,
                Label(N_("Seats on"), "cap"),
                self.day,
                self.no_day,
                None,
                self.order,
                self.rooms,
                margins=(28, 0, 24, 10),
            ),
            rule(),
            (self.room_pane, 1),
            (self.empty, 1),
            row(None, self.hint, margins=(28, 4, 24, 8)),
            gap=0,
            into=self,
        )
        self.empty.hide()
        self.body.currentIndexChanged.connect(self.on_body)
        self.day.editingFinished.connect(self.on_day)
        self.rooms.chosen.connect(self.on_layout)
        self.order.activated.connect(self.on_order)
        self.map.chosen.connect(self.on_chosen)
        self.map.opened.connect(self.on_opened)
        self.map.moved.connect(self.on_moved)
        desk.changed.connect(self.on_changed)
        self.ask()

    def panes(self) -> list:
        return [self.map, self.body]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show the seats of a body."""
        if id is not None:
            self.body_id = id
            self.look()

    def ask(self) -> None:
        """Ask for the bodies, then for the seats of the one chosen."""
        self.desk.read(queries.bodies, then=self.on_bodies, on=self.on)

    def on_bodies(self, bodies) -> None:
        """Offer the bodies; the first one with members is shown."""
        sitting = [body for body in bodies if body.members]
        if self.body_id is None:
            self.body_id = (sitting or bodies)[0].id if bodies else None
        options = [(body.id, named(body.short_ko, body.short_en)) for body in bodies]
        self.body.show_options(options, self.body_id)
        for part in (self.body, self.order, self.rooms):
            part.setVisible(bool(bodies))
        if bodies:
            self.empty.title.say(N_("Nobody sits here on that day"))
            self.empty.hint.say(N_("Choose another body or day."))
        else:
            self.empty.title.say(N_("No bodies yet"))
            self.empty.hint.say(N_("Add the first body, then its members."))
        self.look()

    def look(self) -> None:
        """Ask for the seats of the body and day chosen."""
        if self.body_id is None:
            self.show_nobody()
            return
        self.desk.read(seated, then=self.on_seated, body_id=self.body_id, on=self.on)

    def show_nobody(self) -> None:
        """Show that nobody sits."""
        self.map.show_seats([], Layout.U_SHAPE.value)
        self.room_pane.hide()
        self.empty.show()
        self.line.say("")

    def on_seated(self, found) -> None:
        body, seats, preset, layout = found
        self.name.say(named(body.name_ko, body.name_en))
        self.room_pane.setVisible(bool(seats))
        self.empty.setVisible(not seats)
        self.rooms.choose(list(LAYOUTS).index(layout))
        self.order.choose(preset)
        self.map.show_seats(seats, layout)
        self.make_room()

    def on_changed(self, changes) -> None:
        if changes.touches("body"):
            self.ask()
        elif changes.touches(*WATCHED):
            self.look()

    def on_body(self, _index: int) -> None:
        if self.body.value() and self.body.value() != self.body_id:
            self.body_id = self.body.value()
            self.look()

    def on_day(self) -> None:
        try:
            chosen = self.day.value() or clock.today()
        except UserError as error:
            self.no_day.say(str(error))
            self.no_day.show()
            return
        self.no_day.hide()
        if chosen != self.on:
            self.on = chosen
            self.look()

    def on_chosen(self, at: int) -> None:
        self.line.say(self.map.line(at) if at >= 0 else "")
        if at >= 0:
            box = self.map.boxes()[at].toRect()
            self.room_pane.ensureVisible(box.center().x(), box.center().y(), 60, 40)

    def make_room(self) -> None:
        """Let the map be as high as its seats need; the pane scrolls."""
        self.map.make_room(self.room_pane.viewport().width())

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.make_room()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange:
            QTimer.singleShot(0, self, self.make_room)
        elif event.type() == event.Type.LanguageChange:
            self.ask()
            if not self.no_day.isHidden():
                self.on_day()

    def on_opened(self, person_id: int) -> None:
        self.go("members", person_id, "person")

    def on_moved(self, membership_id: int, to: int) -> None:
        self.desk.do(precedence.move_seat, id=membership_id, to=to, on=self.on)

    def on_layout(self, n: int) -> None:
        if self.body_id is not None:
            self.desk.do(usecases.edit_body, id=self.body_id, layout=list(LAYOUTS)[n])

    def on_order(self, _index: int) -> None:
        if self.body_id is not None:
            self.desk.do(precedence.set_precedence, body_id=self.body_id, preset=self.order.value())

    def on_plan(self) -> None:
        self._print("seating")

    def on_plates(self) -> None:
        self._print("plates")

    def _print(self, kind: str) -> None:
        if self.body_id is not None and self.map.seats:
            DocumentsDialog(self.window(), self.desk, kind, self.body_id, on=self.on).open()


PANE = SeatsPage
