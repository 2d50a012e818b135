"""The attendance sheet of a meeting: who said they come, who is there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import Capacity, MeetingState, Presence, Reply, Role
from gwangju_desktop.meetings import movements, queries, replies
from gwangju_desktop.meetings.words import PRESENCES, REPLIES
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.words import CAPACITIES, ROLES
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, say
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State
from ui.widgets.parts import Button, Label, column, row

REPLY_TONES = {Reply.NONE: "neu", Reply.COMING: "acc", Reply.NOT_COMING: "warn"}
PRESENCE_TONES = {
    Presence.UNMARKED: "neu",
    Presence.PRESENT: "ok",
    Presence.LEFT: "warn",
    Presence.ABSENT: "bad",
}


def seat(row_) -> Cell:
    """Show the name over organisation and post; the mark is coming, later present."""
    organisation = named(row_.organisation_ko, row_.organisation_en)
    sub = " ".join(filter(None, (organisation, row_.post)))
    if row_.fictional:
        sub = f"{sub} · {say(N_('Made up'))}"
    return Cell(row_.name, sub, role="secb", avatar=True)


def capacity(row_) -> Cell:
    """Show the role where it is one, else the capacity."""
    if row_.role != Role.MEMBER:
        return Cell(say(ROLES[row_.role]))
    return Cell(say(CAPACITIES[Capacity(row_.capacity)]))


ATTENDANCE = Table(
    columns=(
        Column("name", N_("Name · affiliation"), cell=seat),
        Column("capacity", N_("Capacity"), 96, cell=capacity),
        Column(
            "reply",
            N_("Reply"),
            104,
            cell=lambda a: Cell(chip=say(REPLIES[a.reply]), tone=REPLY_TONES[Reply(a.reply)]),
        ),
        Column(
            "presence",
            C_("sheet", "Attendance"),
            110,
            cell=lambda a: Cell(
                chip=say(PRESENCES[a.presence]), tone=PRESENCE_TONES[Presence(a.presence)]
            ),
        ),
    )
)


class AttendanceTab(QWidget):
    """Who said they come and, once the roll call has begun, who is there."""

    REPLY_BUTTONS = (
        (Reply.COMING, N_("Coming")),
        (Reply.NOT_COMING, N_("Not coming")),
        (Reply.NONE, N_("No reply")),
    )
    PRESENCE_BUTTONS = (
        (Presence.PRESENT, N_("Present")),
        (Presence.LEFT, N_("Left early")),
        (Presence.ABSENT, N_("Absent")),
    )

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.meeting = view, None
        self.list = RowList(RowTable(ATTENDANCE), N_("Attendance"), height=48, multi=True)
        self.sums = Label("", "cap", elide=True)
        self.words = Label("", "sec")
        self.replies = {
            value: Button(message, slot=self.on_reply) for value, message in self.REPLY_BUTTONS
        }
        self.presences = {
            value: Button(message, slot=self.on_presence)
            for value, message in self.PRESENCE_BUTTONS
        }
        buttons = (*self.replies.values(), *self.presences.values())
        view.writing(self.words, *buttons)
        empty = State(
            "users",
            N_("Nobody is in office on that day"),
            N_("Add members to the body; they appear here by themselves."),
        )
        self.hollow = Hollow(self.list, empty)
        column(
            row(Label(N_("Attendance"), "h2"), (self.sums, 1), margins=(28, 12, 16, 0)),
            row(self.words, *buttons, None, margins=(28, 4, 16, 4), gap=6),
            (row(self.hollow, margins=(20, 0, 8, 8)), 1),
            gap=4,
            into=self,
        )
        self.list.peeked.connect(self.on_space)

    def show_meeting(self, meeting) -> None:
        """Offer what fits the meeting's state."""
        self.meeting = meeting
        planned = MeetingState(meeting.state).ahead
        opened = meeting.state == MeetingState.OPENED
        writing = not self.view.desk.read_only
        for buttons, fits in ((self.replies, planned), (self.presences, opened)):
            for button in buttons.values():
                button.setVisible(writing and fits)
        self.words.setVisible(writing and (planned or opened))
        self.words.say(N_("Chosen members:"))
        self.sums.say(
            N_("{n} enrolled · opens with {needed}"),
            n=meeting.quorum.enrolled,
            needed=meeting.quorum.required,
        )
        self.list.setColumnHidden(3, planned)
        self.ask()

    def ask(self) -> None:
        """Read the sheet anew."""
        self.view.desk.read(queries.attendance, then=self.on_rows, meeting_id=self.meeting.id)

    def on_rows(self, rows) -> None:
        chosen = self.list.current()
        self.list.model().show(rows)
        if chosen is not None and self.list.current() != chosen:
            self.list.choose(chosen)

    def on_reply(self) -> None:
        pressed = self.sender()
        value = next(key for key, button in self.replies.items() if button is pressed)
        self._set_replies(self.list.chosen(), value)

    def on_presence(self) -> None:
        pressed = self.sender()
        value = next(key for key, button in self.presences.items() if button is pressed)
        self._set_presences(self.list.chosen(), value)

    def on_space(self) -> None:
        """Turn the current member's mark: coming or not, present or not."""
        if self.view.desk.read_only or self.list.current() is None:
            return
        row_ = self.list.model().row(self.list.currentIndex().row())
        if MeetingState(self.meeting.state).ahead:
            coming = row_.reply == Reply.COMING
            self._set_replies([row_.id], Reply.NOT_COMING if coming else Reply.COMING)
        elif self.meeting.state == MeetingState.OPENED:
            there = row_.presence == Presence.PRESENT
            self._set_presences([row_.id], Presence.ABSENT if there else Presence.PRESENT)

    def _set_replies(self, ids, value) -> None:
        if ids:
            self.view.desk.do(replies.set_reply, ids=ids, reply=str(value))

    def _set_presences(self, ids, value) -> None:
        if ids:
            self.view.desk.do(movements.mark_presence, ids=ids, presence=str(value))

    def panes(self) -> list:
        """Return the stops of F6."""
        return [self.list]


TAB = AttendanceTab
