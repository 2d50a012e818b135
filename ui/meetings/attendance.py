"""The attendance sheet: who is there and since when; who presides, who else is in the room."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from db.vocab import MeetingState, Presence, Reply
from gwangju_desktop.meetings import movements, sheet
from gwangju_desktop.meetings.words import PRESENCES, REPLIES
from ui.meetings.others import OthersPane
from ui.meetings.seats import (
    PRESENCE_TONES,
    REPLY_TONES,
    SheetList,
    capacity,
    holder,
)
from ui.meetings.times import TimesDialog
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, say
from ui.widgets.page import Hollow, State
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, row

# What the number keys mark.
KEYS = {
    1: Presence.PRESENT,
    2: Presence.ABSENT,
    3: Presence.LEFT,
    0: Presence.UNMARKED,
}


def clock_time(moment) -> str:
    """Return a moment as the sheet shows it."""
    return f"{moment:%H:%M}" if moment else ""


def arrival(seat) -> Cell:
    """Show when somebody came; after the opening it is marked."""
    if seat.late:
        return Cell(clock_time(seat.came), ink="warn", icon="clock")
    return Cell(clock_time(seat.came))


ATTENDANCE = Table(
    columns=(
        Column("name", N_("Name · affiliation"), cell=holder),
        Column("capacity", N_("Capacity"), 96, cell=capacity, wide=True),
        Column(
            "reply",
            N_("Reply"),
            104,
            cell=lambda s: Cell(chip=say(REPLIES[s.reply]), tone=REPLY_TONES[Reply(s.reply)]),
            wide=True,
        ),
        Column("came", C_("sheet", "Came"), 72, cell=arrival),
        Column("left", C_("sheet", "Left"), 62, cell=lambda s: Cell(clock_time(s.left))),
        Column(
            "presence",
            C_("sheet", "Attendance"),
            104,
            cell=lambda s: Cell(
                chip=say(PRESENCES[s.presence]), tone=PRESENCE_TONES[Presence(s.presence)]
            ),
        ),
    )
)


class AttendanceTab(QWidget):
    """Two panes: the members with their marks and times, and everything else of the room."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.meeting = view, None
        self.seats: dict[int, object] = {}
        self.list = SheetList(RowTable(ATTENDANCE), N_("Attendance"), height=48, multi=True)
        self.sums = Label("", "cap", elide=True)
        self.parts = Segment((N_("Members"), N_("Chair, guests, breaks")), 0, N_("Part"))
        self.parts.chosen.connect(self.on_part)
        self.expected = Button(N_("As replied"), slot=self.on_expected)
        self.everybody = Button(N_("All present"), slot=self.on_everybody)
        self.marks = {
            Presence.PRESENT: Button(N_("1 Present"), slot=self.on_mark),
            Presence.ABSENT: Button(N_("2 Absent"), slot=self.on_mark),
            Presence.LEFT: Button(N_("3 Left"), slot=self.on_mark),
            Presence.UNMARKED: Button(C_("sheet", "0 Clear"), slot=self.on_mark),
        }
        self.in_person = Button(N_("Came in person"), "ghost", slot=self.on_in_person)
        self.times = Button(N_("Times"), "ghost", "clock", slot=self.on_times)
        self.at_once = row(self.expected, self.everybody, 8, gap=6)
        self.tools = row(
            self.at_once,
            *self.marks.values(),
            None,
            gap=6,
        )
        view.writing(self.tools, self.in_person, self.times)
        empty = State(
            "users",
            N_("Nobody is in office on that day"),
            N_("Add members to the body; they appear here by themselves."),
        )
        self.hollow = Hollow(self.list, empty)
        self.others = OthersPane(view)
        members = column(
            row((self.tools, 1), margins=(28, 4, 16, 4)),
            (row(self.hollow, margins=(20, 0, 8, 8)), 1),
            gap=2,
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(members)
        self.stack.addWidget(self.others)
        column(
            row(
                Label(N_("Attendance"), "h2"),
                (self.sums, 1),
                self.in_person,
                self.times,
                self.parts,
                margins=(28, 12, 16, 0),
            ),
            (self.stack, 1),
            gap=4,
            into=self,
        )
        self.list.digit.connect(self.on_digit)
        self.list.peeked.connect(self.on_space)
        self.list.opened.connect(self.on_opened)
        self.list.previewed.connect(self.on_current)

    def panes(self) -> list:
        """Return the stops of F6."""
        return [self.list] if self.stack.currentIndex() == 0 else [self.others]

    @property
    def writes(self) -> bool:
        """Say whether marks can be written now."""
        if self.meeting is None or self.view.desk.read_only:
            return False
        state = MeetingState(self.meeting.state)
        return state.ahead or state == MeetingState.OPENED

    @property
    def opened(self) -> bool:
        """Say whether the meeting is in session."""
        return self.meeting is not None and self.meeting.state == MeetingState.OPENED

    # --- what is shown
    def show_meeting(self, meeting) -> None:
        """Show a MeetingDetail's sheet."""
        if self.meeting is None or self.meeting.id != meeting.id:
            self.list.clearSelection()
        self.meeting = meeting
        self.tools.setVisible(self.writes)
        self.marks[Presence.LEFT].setVisible(self.opened)
        self.sums.say(
            N_("{n} enrolled · opens with {needed}"),
            n=meeting.quorum.enrolled,
            needed=meeting.quorum.required,
        )
        ahead = MeetingState(meeting.state).ahead
        for n in (3, 4):
            self.list.setColumnHidden(n, ahead)
        self.view.desk.read(sheet.seats, then=self.on_rows, meeting_id=meeting.id)
        self.others.show_meeting(meeting)

    def on_rows(self, rows) -> None:
        self.seats = {seat.id: seat for seat in rows}
        self.list.show_rows(rows)
        unmarked = any(seat.presence == Presence.UNMARKED for seat in rows)
        self.at_once.setVisible(unmarked)
        self.on_current()

    def on_current(self, _id=None) -> None:
        """Offer what fits the current seat."""
        members = self.stack.currentIndex() == 0
        seat = self.seats.get(self.list.current()) if members else None
        sent = seat is not None and seat.reply == Reply.SUBSTITUTE and not seat.inside
        self.in_person.setVisible(self.writes and sent)
        self.times.setVisible(self.opened and seat is not None and bool(seat.moves))

    def on_part(self, n: int) -> None:
        self.stack.setCurrentIndex(n)
        self.on_current()

    # --- what a person does
    def on_expected(self) -> None:
        """Mark all who are expected present in one step."""
        if self.writes:
            self.view.desk.do(movements.roll_call, meeting_id=self.meeting.id)
            self.list.setFocus()

    def on_everybody(self) -> None:
        """Mark all present but those who said no."""
        if self.writes:
            self.view.desk.do(movements.roll_call, meeting_id=self.meeting.id, everybody=True)
            self.list.setFocus()

    def on_digit(self, n: int) -> None:
        if n in KEYS and (KEYS[n] != Presence.LEFT or self.opened):
            self._mark(self.list.chosen(), KEYS[n])

    def on_mark(self) -> None:
        pressed = self.sender()
        presence = next(mark for mark, button in self.marks.items() if button is pressed)
        self._mark(self.list.chosen(), presence)
        self.list.setFocus()

    def on_space(self) -> None:
        """Turn the current member's mark: in the room or not."""
        seat = self.seats.get(self.list.current())
        if seat is not None and self.writes:
            self.view.desk.do(movements.move, id=seat.id, inside=not seat.inside)

    def _mark(self, ids, presence: Presence) -> None:
        if ids and self.writes:
            self.view.desk.do(movements.mark_presence, ids=ids, presence=presence.value)
            self.list.choose_after(ids)

    def on_in_person(self) -> None:
        if self.list.current() is not None and self.writes:
            self.view.desk.do(movements.came_in_person, id=self.list.current())

    def on_opened(self, _id) -> None:
        self.on_times()

    def on_times(self) -> None:
        """Correct the times of the current member."""
        seat = self.seats.get(self.list.current())
        if seat is not None and seat.moves and self.opened and not self.view.desk.read_only:
            TimesDialog(self.window(), self.view.desk, seat).open()


TAB = AttendanceTab
