"""Who presides and writes, who may watch, who else is in the room, when the sitting rested."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import BreakKind, MeetingState
from gwangju_desktop.meetings import sheet, sitting
from gwangju_desktop.meetings.words import BREAKS, GUESTS
from ui.meetings.sitting_forms import (
    BreakDialog,
    GuestDialog,
    OpennessDialog,
    PresideDialog,
    SecretaryDialog,
)
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, say
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, column, row, rule, scrolled

GUEST_LIST = Table(
    columns=(
        Column(
            "name",
            N_("Name · affiliation"),
            cell=lambda g: Cell(
                g.name, " ".join(filter(None, (g.organisation, g.post))), role="secb"
            ),
        ),
        Column("kind", N_("Kind"), 96, cell=lambda g: Cell(say(GUESTS[g.kind]))),
    )
)
BREAK_LIST = Table(
    columns=(
        Column(
            "kind",
            N_("Kind"),
            110,
            cell=lambda b: Cell(
                chip=say(BREAKS[b.kind]), tone="info" if b.kind == BreakKind.TALK else "neu"
            ),
        ),
        Column("starts_at", C_("break", "From"), 70, cell=lambda b: Cell(f"{b.starts_at:%H:%M}")),
        Column(
            "ends_at",
            C_("break", "To"),
            70,
            cell=lambda b: Cell(f"{b.ends_at:%H:%M}" if b.ends_at else "–"),
        ),
        Column("reason", C_("break", "Reason"), cell=lambda b: Cell(b.reason)),
    )
)


class OthersPane(QWidget):
    """All that belongs to a sitting besides its members."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.meeting, self.room = view, None, None
        self.chair, self.ground = Label("", "strong"), Label("", "cap", elide=True)
        self.secretary = Label("", "strong")
        self.watch, self.watch_ground = Label("", "strong"), Label("", "cap", elide=True)
        self.guests = RowList(RowTable(GUEST_LIST), N_("Guests"), height=44, fit=True)
        self.no_guests = Label(N_("Nobody is noted yet."), "cap")
        self.breaks = RowList(RowTable(BREAK_LIST), N_("Breaks"), height=34, fit=True)
        self.no_breaks = Label(N_("The sitting has not rested."), "cap")
        self.edits = [
            Button(C_("button", "Change"), "link", slot=slot, name=name)
            for slot, name in (
                (self.on_preside, N_("Set who presides")),
                (self.on_secretary, N_("Set the secretary")),
                (self.on_openness, N_("Decide who may watch")),
            )
        ]
        self.add = Button(N_("Add guest"), icon="plus", slot=self.on_add_guest)
        self.remove = Button(N_("Remove guest"), "ghost", "trash-2", slot=self.on_remove_guest)
        view.writing(*self.edits, self.add, self.remove)
        inside = column(
            self._line(N_("Presided by"), self.chair, self.ground, self.edits[0]),
            self._line(N_("Secretary"), self.secretary, None, self.edits[1]),
            self._line(
                C_("sitting", "Open to spectators"), self.watch, self.watch_ground, self.edits[2]
            ),
            rule(),
            row(Label(N_("Others in the room"), "h3"), None, self.remove, self.add),
            self.guests,
            self.no_guests,
            rule(),
            Label(N_("Recesses and talks"), "h3"),
            self.breaks,
            self.no_breaks,
            None,
            margins=(28, 10, 16, 12),
            gap=8,
        )
        column((scrolled(inside), 1), gap=0, into=self)
        self.guests.opened.connect(self.on_edit_guest)
        self.breaks.opened.connect(self.on_edit_break)

    def _line(self, what, value: Label, ground: Label | None, button: Button) -> QWidget:
        words = row(value, (ground, 1), gap=8) if ground is not None else row(value, None)
        return row(Label(what, "sec").wide(130), (words, 1), button, gap=8)

    @property
    def writes(self) -> bool:
        """Say whether the room can still be changed."""
        if self.meeting is None or self.view.desk.read_only:
            return False
        state = MeetingState(self.meeting.state)
        return state.ahead or state == MeetingState.OPENED

    def show_meeting(self, meeting) -> None:
        """Show what else belongs to a MeetingDetail."""
        self.meeting = meeting
        for button in (*self.edits, self.add):
            button.setVisible(self.writes)
        self.view.desk.read(sheet.room, then=self.on_room, meeting_id=meeting.id)

    def on_room(self, room) -> None:
        self.room = room
        self.chair.say(room.presiding or N_("not set"))
        self.ground.say(room.presiding_ground)
        self.secretary.say(room.secretary or N_("not set"))
        self.watch.say(C_("sitting", "Open") if room.public else C_("sitting", "Not open"))
        self.watch_ground.say(room.closed_ground)
        self.guests.model().show(room.guests)
        self.guests.setVisible(bool(room.guests))
        self.no_guests.setVisible(not room.guests)
        self.remove.setVisible(self.writes and bool(room.guests))
        self.breaks.model().show(room.breaks)
        self.breaks.setVisible(bool(room.breaks))
        self.no_breaks.setVisible(not room.breaks)

    # --- what a person does
    def on_preside(self) -> None:
        if self.writes:
            PresideDialog(self.window(), self.view.desk, self.meeting.id).open()

    def on_secretary(self) -> None:
        if self.writes and self.room:
            SecretaryDialog(self.window(), self.view.desk, self.room).open()

    def on_openness(self) -> None:
        if self.writes and self.room:
            OpennessDialog(self.window(), self.view.desk, self.room).open()

    def on_add_guest(self) -> None:
        if self.writes and self.room:
            GuestDialog(self.window(), self.view.desk, self.room).open()

    def on_edit_guest(self, id) -> None:
        if self.writes:
            guest = next(guest for guest in self.room.guests if guest.id == id)
            GuestDialog(self.window(), self.view.desk, self.room, guest).open()

    def on_remove_guest(self) -> None:
        chosen = self.guests.current()
        if chosen is None and self.room.guests:
            self.guests.choose_first()
        elif self.writes and chosen is not None:
            self.view.desk.do(sitting.remove_guest, id=chosen)

    def on_edit_break(self, id) -> None:
        if self.writes and self.meeting.state == MeetingState.OPENED:
            rest = next(rest for rest in self.room.breaks if rest.id == id)
            BreakDialog(self.window(), self.view.desk, rest).open()
