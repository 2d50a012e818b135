"""Today: the next meeting, what is due, and what changed last."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from gwangju_desktop import clock, today
from ui import theme
from ui.home.cards import ChangesCard, MeetingCard, RulesCard
from ui.home.commitments import CommitmentsCard
from ui.home.energy import EnergyCard
from ui.home.first_steps import FirstStepsCard
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.text import C_, N_, NN_, day, say
from ui.widgets.lists import RowList
from ui.widgets.page import RAIL_BELOW, Page, State, header
from ui.widgets.parts import Button, Label, column, row, scrolled

SETTLE_MS = 250  # several changes at once are one look
AFTER_ROWS_MS = 30  # a layout and a painting of the rows
ROOM_OF = {
    "meeting": "meetings",
    "minutes": "meetings",
    "attendance": "meetings",
    "pack": "packs",
    "action": "meetings",
    "person": "members",
    "body": "members",
    "proposal": "proposals",
    "proposal_opinion": "proposals",
    "proposal_check": "proposals",
    "poll": "polls",
    "poll_wave": "polls",
    "energy_source": "energy",
    "energy_result": "energy",
    "action_plan": "commitments",
    "commitment": "commitments",
    "milestone": "commitments",
    "evidence": "commitments",
    "review": "commitments",
    "snapshot": "snapshots",
    "snapshot_due": "snapshots",
}
WAITING = NN_("{n} document not dispatched yet", "{n} documents not dispatched yet")
WIDE_COLUMN, NARROW_COLUMN = 372, 250


def due(deadline) -> Cell:
    """Say by when, and how far away that is."""
    if deadline.days < 0:
        words = NN_("{due} ({n} day overdue)", "{due} ({n} days overdue)")
        return Cell(say(words, due=deadline.due, n=-deadline.days), ink="bad")
    ink = "warn" if deadline.days <= today.WEEK_DAYS else ""
    return Cell(f"{day(deadline.due)} D-{deadline.days}", ink=ink)


DEADLINES = Table(
    columns=(
        Column(
            "title",
            C_("deadlines", "To do"),
            cell=lambda d: Cell(say(d.title, **d.values), role="secb"),
        ),
        Column("kind", N_("Kind"), 96, cell=lambda d: Cell(say(d.kind)), wide=True),
        Column(
            "owner", C_("deadlines", "Responsible"), 110, cell=lambda d: Cell(d.owner), wide=True
        ),
        Column("due", C_("deadlines", "Due"), 176, "right", cell=due),
    )
)
GROUPS = (
    (C_("deadlines", "Overdue"), "bad", "overdue"),
    (C_("deadlines", "Within a week"), "text3", "week"),
    (C_("deadlines", "Later"), "text3", "later"),
)


class TodayPage(Page):
    """What the office has to do, the nearest first."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.date = Label("", "sec")
        self.new_meeting = Button(N_("New meeting"), icon="calendar-plus", slot=self.on_new)
        self.first = FirstStepsCard(self)
        self.meeting = MeetingCard(self)
        self.total = Label("", "cap")
        self.waiting = Button(WAITING, "link", "clock", slot=self.on_waiting, n=0)
        self.waiting.hide()
        self.first_waiting: int | None = None
        self.list = RowList(RowTable(DEADLINES), N_("Deadlines"), height=33, fit=True)
        self.list.opened.connect(self.on_opened)
        self.nothing = State(
            "circle-check",
            N_("Nothing is due"),
            N_("Deadlines of meetings and terms of members appear here by themselves."),
            ink="ok",
        )
        self.nothing.layout().setContentsMargins(0, 8, 0, 8)
        self.nothing.hide()
        self.energy = EnergyCard(self)
        self.commitments = CommitmentsCard(self)
        self.rules = RulesCard(self)
        self.changes = ChangesCard(self)
        self._lay_out()
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(SETTLE_MS)
        self.settle.timeout.connect(self.look)
        self.after = QTimer(self)
        self.after.setSingleShot(True)
        self.after.setInterval(AFTER_ROWS_MS)
        self.glanced = False  # the first rows wait for nothing they do not need
        self.missed = False  # something changed while another page was in front
        self.after.timeout.connect(self.on_after)
        desk.changed.connect(self.on_changed)
        self.look()

    def _lay_out(self) -> None:
        top = header(Label(N_("Today"), "title"), self.date, self.writing(self.new_meeting))
        head = row(Label(N_("Deadlines"), "h2"), self.total, None, self.waiting)
        # The table's text stands on the page's margin; its selection bleeds 8 px out.
        rows = row(self.list, margins=(0, 0, 0, 0))
        left = column(self.first, self.meeting, 6, head, rows, self.nothing, None, gap=8)
        right = column(self.energy, self.commitments, self.rules, self.changes, None, gap=14)
        self.right = right
        inside = row((left, 1), right, margins=(28, 6, 24, 16), gap=24)
        column(top, (scrolled(inside), 1), gap=0, into=self)

    def fold(self) -> None:
        """Give the right column less where there is less."""
        super().fold()
        narrow = self.window().width() < theme.px(RAIL_BELOW)
        self.right.setFixedWidth(theme.px(NARROW_COLUMN if narrow else WIDE_COLUMN))
        # The sidebar leads there too; the heading needs the room.
        self.energy.more.setVisible(not narrow)
        self.commitments.more.setVisible(not narrow)

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange and hasattr(self, "settle"):
            # Names of bodies are data in two languages: they are read anew.
            self.settle.start()
        super().changeEvent(event)

    @property
    def settled(self) -> bool:
        return not (self.settle.isActive() or self.after.isActive())

    def panes(self) -> list:
        return [self.list]

    def on_changed(self, _changes) -> None:
        self.settle.start()

    def look(self) -> None:
        """Ask what is due."""
        now = clock.today()
        self.date.say(N_("{today:words}"), today=now)
        wanted = today.overview if self.glanced else today.glance
        self.desk.read(wanted, then=self.on_overview, today=now)

    def on_after(self) -> None:
        """Go on to all that is due once the first rows are there, then to what stands round them.

        Behind another page only what the sidebar counts is asked for.
        """
        if not self.glanced:
            self.glanced = True
            self.look()
        elif self.isVisible():
            self.look_round()
        else:
            self.missed = True

    def look_round(self) -> None:
        """Ask for what stands round the rows."""
        self.missed = False
        self.look_outgoing()
        for card in (self.first, self.rules, self.energy, self.commitments):
            card.look()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self.missed:
            self.look_round()

    def on_overview(self, overview) -> None:
        self.meeting.show_meeting(overview.next_meeting)
        self.changes.show_changes(overview.changes, overview.today)
        rows: list = []
        for title, ink, name in GROUPS:
            here = getattr(overview.deadlines, name)
            if here:
                rows += [Group(title, len(here), ink), *here]
        self.list.model().show(rows)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.total.say(NN_("{n} in all", "{n} in all"), n=overview.deadlines.count)
        self._count(overview)
        # After the rows are painted: until then the reader would hold the interpreter.
        self.after.start()

    def _count(self, overview) -> None:
        """Tell the sidebar what needs doing now: overdue, or within a week."""
        counts: dict[str, int] = {}
        for deadline in (*overview.deadlines.overdue, *overview.deadlines.week):
            room = ROOM_OF[deadline.table]
            counts[room] = counts.get(room, 0) + 1
        self.counted.emit(counts)

    def on_opened(self, _id) -> None:
        deadline = self.list.model().row(self.list.currentIndex().row())
        self.go(ROOM_OF[deadline.table], deadline.id, deadline.table)

    def look_outgoing(self) -> None:
        """Ask which documents wait for their numbers, once the rows are there."""
        # Not on the way to the first rows.
        from gwangju_desktop.outgoing import queries

        self.desk.read(queries.waiting, then=self.on_outgoing, today=clock.today())

    def on_outgoing(self, rows) -> None:
        self.first_waiting = rows[0].id if rows else None
        self.waiting.say(WAITING, n=len(rows))
        self.waiting.setVisible(bool(rows))

    def on_waiting(self) -> None:
        """Go to the documents that wait for their numbers."""
        self.go("meetings", self.first_waiting, "outgoing")

    def on_new(self) -> None:
        self.window().shell.act("meetings.new")


PAGE = TodayPage
