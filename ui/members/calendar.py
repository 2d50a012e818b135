"""The calendar of terms: which bodies and members come to an end, and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget

from gwangju_desktop import clock
from gwangju_desktop.members import horizon
from gwangju_desktop.members.checks import TERM_WINDOWS
from gwangju_desktop.members.rules import named
from ui import theme
from ui.members.lanes import Lanes
from ui.members.lanes_paint import add_months
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.text import C_, N_, NN_, day, say
from ui.widgets.lists import RowList
from ui.widgets.page import Page, State
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, frame, row, rule, scrolled

WIDTH = 340
# months shown; months before today where the calendar begins
SPANS = ((6, 1), (12, 2), (36, 12), (72, 30))
SPAN = 1
FAR = 20 * 366  # days: terms that end later are nobody's concern


@dataclass(frozen=True, slots=True)
class Leaving:
    """One term of a member that ends."""

    id: int
    person_id: int
    name: str
    body: str
    ends_on: dt.date
    days: int


def when(row) -> Cell:
    """Show the last day and how far it is, amber within a month."""
    left = say(N_("D-{n}"), n=row.days)
    return Cell(day(row.ends_on, "full"), left, ink="warn" if row.days <= TERM_WINDOWS[0] else "")


LEAVING = Table(
    columns=(
        Column("name", N_("Member"), cell=lambda row: Cell(row.name, row.body, role="secb")),
        Column("ends_on", C_("calendar", "Last day"), 104, "right", cell=when),
    )
)


class CalendarPage(Page):
    """The lanes of all bodies, and beside them whose terms end."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.today = clock.today()
        self.lanes = Lanes()
        self.pane = scrolled(self.lanes)
        self.meta = Label("", "sec", elide=True)
        spans = (N_("6 months"), N_("1 year"), N_("3 years"), N_("6 years"))
        self.span = Segment(spans, SPAN, N_("Time shown"))
        earlier = Button("", "default", "chevron-left", name=N_("Earlier"), slot=self.on_earlier)
        later = Button("", "default", "chevron-right", name=N_("Coming months"), slot=self.on_later)
        now = Button(N_("Today"), slot=self.on_now)
        self.earlier, self.later, self.now = earlier, later, now
        self.empty = State(
            "calendar-days", N_("No bodies yet"), N_("Add a body and its terms stand here.")
        )
        self.hollow = QStackedWidget()
        self.hollow.addWidget(self.pane)
        self.hollow.addWidget(self.empty)
        tools = row(self.span, None, earlier, now, later, margins=(28, 0, 24, 10), gap=6)
        left = column(
            row(Label(N_("Term calendar"), "h2"), (self.meta, 1), margins=(28, 14, 24, 10), gap=12),
            tools,
            rule(),
            (row(self.hollow, margins=(20, 0, 16, 0)), 1),
            row(
                None,
                Label(N_("↑↓ bodies · ←→ days terms end · Enter opens the body"), "cap"),
                margins=(28, 6, 24, 8),
            ),
            gap=0,
        )
        row((left, 1), self.dock(self._side()), gap=0, into=self)
        self.dress()
        self.span.chosen.connect(self.on_span)
        self.lanes.chosen.connect(self.on_chosen)
        self.lanes.opened.connect(self.on_body)
        self.lanes.turned.connect(self.on_turned)
        self.lanes.peeked.connect(self.on_peek)
        self.list.opened.connect(self.on_person)
        self.list.peeked.connect(self.on_peek)
        desk.changed.connect(self.on_changed)
        self.on_now()
        self.ask()

    def _side(self):
        self.head, self.sub = Label("", "h3", wrap=True), Label("", "cap", wrap=True)
        self.all = Button(N_("Show all"), "link", slot=self.on_all)
        self.body = Button(N_("Open body"), icon="building-2", slot=self.on_open_body)
        self.model = self.table(RowTable(LEAVING))
        self.list = RowList(self.model, N_("Terms that end"), height=48, header=False)
        self.none = State("circle-check", N_("No term ends"), N_("None in the time ahead."))
        self.none.hint.setMinimumWidth(0)  # the side is narrower than a pane
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.none)
        self.side = frame("inspector")
        return column(
            column(
                row((self.head, 1), self.body, gap=8),
                row((self.sub, 1), self.all),
                margins=(20, 14, 20, 8),
                gap=4,
            ),
            rule(),
            (row(self.stack, margins=(12, 0, 12, 0)), 1),
            gap=0,
            into=self.side,
        )

    def dress(self) -> None:
        self.side.setFixedWidth(theme.px(WIDTH))

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.StyleChange and hasattr(self, "side"):
            self.dress()
        elif event.type() == event.Type.LanguageChange and hasattr(self, "side"):
            self.ask()
        super().changeEvent(event)

    def panes(self) -> list:
        return [self.lanes, self.list, self.span.parts[self.span.current()]]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Choose a body's lane."""
        if id is not None:
            self.lanes.choose(id)

    # --- what is shown
    def ask(self) -> None:
        """Ask for the lanes as they are today."""
        self.today = clock.today()
        self.desk.read(horizon.lanes, then=self.on_lanes, on=self.today, days=FAR)

    def on_changed(self, changes) -> None:
        if changes.touches("body", "membership", "term", "person"):
            self.ask()

    def on_lanes(self, lanes) -> None:
        self.lanes.show_lanes(lanes, self.today)
        self.hollow.setCurrentWidget(self.pane if lanes else self.empty)
        counts = {
            days: sum(end.days <= days for lane in lanes for end in lane.ends)
            for days in TERM_WINDOWS
        }
        first, second, third = counts.items()
        self.meta.say(
            N_("Terms end within {a} days {na} · {b} days {nb} · {c} days {nc}"),
            a=first[0],
            na=first[1],
            b=second[0],
            nb=second[1],
            c=third[0],
            nc=third[1],
        )
        self.on_chosen()

    def on_chosen(self) -> None:
        """List the terms of the chosen day, else all that end."""
        lanes, people = self.lanes.lanes, self.lanes.people()
        names = {lane.id: named(lane.name_ko, lane.name_en) for lane in lanes}
        chosen = names.get(self.lanes.body_id(), "")
        self.body.setVisible(bool(lanes))
        self.all.setVisible(bool(people))
        if people:
            self.head.say(chosen)
            self.sub.say(NN_("{n} term ends", "{n} terms end"), n=len(people))
            shown = [leaving(person, "") for person in people]
        else:
            self.head.say(N_("Terms that end"))
            self.sub.say(chosen)
            shown = grouped(lanes, names)
        self.model.show(shown)
        self.stack.setCurrentWidget(self.list if shown else self.none)
        lane_top = int(self.lanes.top(self.lanes.lane))
        self.pane.ensureVisible(0, lane_top + theme.px(26), 0, theme.px(40))

    # --- slots
    def on_span(self, _n) -> None:
        self.on_now()

    def on_now(self) -> None:
        months, before = SPANS[self.span.current()]
        self.lanes.show_span(add_months(self.today, -before), months)

    def on_turned(self, step: int) -> None:
        months = max(1, self.lanes.months // 2)
        self.lanes.show_span(add_months(self.lanes.start, step * months), self.lanes.months)

    def on_earlier(self) -> None:
        self.on_turned(-1)

    def on_later(self) -> None:
        self.on_turned(1)

    def on_all(self) -> None:
        if self.lanes.body_id() is not None:
            self.lanes.choose(self.lanes.body_id())

    def on_body(self, id) -> None:
        self.go("members", id, "body")

    def on_open_body(self) -> None:
        if self.lanes.body_id() is not None:
            self.on_body(self.lanes.body_id())

    def on_person(self, id) -> None:
        at = self.model.place(id)
        if at >= 0:
            self.go("members", self.model.row(at).person_id, "person")


def leaving(person, body: str) -> Leaving:
    """Return the row of a term that ends."""
    return Leaving(person.membership_id, person.id, person.name, body, person.ends_on, person.days)


def grouped(lanes, names) -> list:
    """Return all terms that end, the next first, under the windows they fall into."""
    rows = [leaving(person, names[lane.id]) for lane in lanes for person in lane.ends]
    rows.sort(key=lambda row: (row.ends_on, row.name))
    shown: list = []
    low = -1
    for high in (*TERM_WINDOWS, FAR):
        part = [found for found in rows if low < found.days <= high]
        if part:
            title = N_("Within {n} days") if high != FAR else C_("calendar", "Later")
            shown += [Group(say(title, n=high), len(part), "warn" if low < 0 else "text3"), *part]
        low = high
    return shown


PANE = CalendarPage
