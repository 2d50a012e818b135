"""The list of meetings, and the meeting in front of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.vocab import MeetingState
from gwangju_desktop import clock
from gwangju_desktop.meetings import queries, usecases
from gwangju_desktop.meetings.words import STATES
from gwangju_desktop.members import queries as members
from gwangju_desktop.members.rules import named
from ui.meetings.actions import TAKES
from ui.meetings.copying import Copies
from ui.meetings.dialogs import MeetingDialog
from ui.meetings.meeting import STATE_TONES, MeetingView
from ui.meetings.page import RUNS
from ui.meetings.registers import Registers
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.text import C_, N_, day, say
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State
from ui.widgets.parts import Button, Label, column, row, scrolled

MEETINGS = Table(
    columns=(
        Column(
            "title",
            N_("Meeting"),
            cell=lambda m: Cell(m.title, named(m.body_ko, m.body_en), role="secb"),
        ),
        Column(
            "starts_at", N_("Date and time"), 220, cell=lambda m: Cell(day(m.starts_at, "when"))
        ),
        Column("place", N_("Place"), 190, wide=True),
        Column("items", N_("Items"), 70, "right", cell=lambda m: Cell(str(m.items))),
        Column("papers", N_("Papers"), 70, "right", cell=lambda m: Cell(str(m.papers))),
        Column(
            "state",
            C_("meeting", "State"),
            128,
            cell=lambda m: Cell(chip=say(STATES[m.state]), tone=STATE_TONES[MeetingState(m.state)]),
        ),
    )
)


# Where a link to a meeting may lead within it; the id is the meeting's.
TAB_OF = {"attendance": "replies", "minutes": "minutes"}


class MeetingsList(Registers, Copies, Page):
    """All meetings, or one of them with the room to itself."""

    takes = TAKES

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self._chosen_by_hand = False
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(60)
        self.settle.timeout.connect(self.look)
        self.view = MeetingView(self)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._all())
        self.stack.addWidget(self.view)
        column((self.stack, 1), gap=0, into=self)
        self.list.opened.connect(self.on_opened)
        desk.changed.connect(self.on_changed)
        self.look()
        desk.read(queries.next_meeting_id, then=self.on_next_meeting, today=clock.today())

    def _all(self) -> QWidget:
        self.list = RowList(RowTable(MEETINGS), N_("Meetings"), height=48, fit=True)
        self.total = Label("", "sec", elide=True)
        new = self.writing(Button(N_("New meeting"), "primary", "plus", slot=self.on_new))
        empty = State(
            "calendar-days",
            N_("No meetings yet"),
            N_("Plan the first one: its members, quorum and deadlines follow by themselves."),
            self.writing(Button(N_("New meeting"), icon="plus", slot=self.on_new)),
            self.writing(
                Button(
                    N_("Import a meeting register"),
                    icon="file-spreadsheet",
                    slot=self.on_import_register,
                )
            ),
        )
        self.hollow = Hollow(self.list, empty)
        self.hint = Label(N_("Enter opens a meeting"), "cap")
        inside = column(
            row(self.hollow, margins=(20, 0, 16, 4)),
            row(self.hint, None, margins=(28, 4, 24, 16)),
            None,
            gap=0,
        )
        return column(
            row((self.total, 1), new, margins=(28, 10, 24, 8)),
            (scrolled(inside), 1),
            gap=0,
        )

    def __getattr__(self, name: str):
        """Return the method of a command that the meeting in front or one of its parts has."""
        if name in RUNS:
            return self.view.deed(name)
        raise AttributeError(name)

    @property
    def alone(self) -> bool:
        """Say whether a meeting is in front."""
        return self.stack.currentWidget() is self.view

    @property
    def settled(self) -> bool:
        return not self.settle.isActive()

    def panes(self) -> list:
        return self.view.panes() if self.alone else [self.list]

    def inspects(self) -> bool:
        return self.alone

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a meeting, its replies or minutes, or the meeting of an agenda item."""
        if id is None:
            return
        self._chosen_by_hand = True
        if table == "agenda_item":
            self.view.want_item(id)
            self.desk.read(queries.item, then=self.on_wanted_item, id=id)
        else:
            self.show_meeting(id)
            if table in TAB_OF:
                self.view.show_tab(TAB_OF[table])

    # --- what is shown
    def look(self) -> None:
        """Read the list, and the meeting in front, anew."""
        self.desk.read(queries.meetings, then=self.on_meetings)
        self.view.look()

    def show_meeting(self, id: int) -> None:
        """Put a meeting in front."""
        self.stack.setCurrentWidget(self.view)
        self._bare()
        self.view.open(id)
        self.fold()
        self.moved.emit(id, "meeting")

    def _bare(self) -> None:
        room = getattr(self, "room", None)
        if room is not None and room.front is self:
            room.bare(self.alone)

    def fold(self) -> None:
        """The inspector belongs to one meeting: over the list of all there is none."""
        super().fold()
        if self.narrow and not self.alone and self.inspector is not None:
            self.inspector.hide()

    # --- answers
    def on_next_meeting(self, id) -> None:
        if id is not None and not self._chosen_by_hand:
            self.show_meeting(id)

    def on_wanted_item(self, item) -> None:
        self.show_meeting(item.meeting_id)

    def on_meetings(self, rows) -> None:
        over = [m for m in reversed(rows) if _is_past(m)]
        ahead = [m for m in rows if not _is_past(m)]
        shown: list = []
        if ahead:
            shown += [Group(C_("meetings", "Ahead"), len(ahead)), *ahead]
        if over:
            shown += [Group(C_("meetings", "Over"), len(over)), *over]
        self.list.model().show(shown)
        self.hint.setVisible(bool(shown))
        self.total.say(N_("{n} ahead · {over} over"), n=len(ahead), over=len(over))
        self.list.choose_first()

    def on_changed(self, changes) -> None:
        if self.view.concerned(changes):
            self.settle.start()

    # --- what a person does
    def on_opened(self, id) -> None:
        self.show_meeting(id)

    def on_list(self) -> None:
        """Go back to the list of all meetings."""
        self._chosen_by_hand = True
        self.stack.setCurrentIndex(0)
        self._bare()
        self.fold()
        self.list.setFocus()

    def copied_id(self) -> int | None:
        """Return the meeting in front, in the list the one the cursor is on."""
        return self.view.meeting_id if self.alone else self.list.current()

    def on_new(self) -> None:
        self.desk.read(members.bodies, then=self.on_bodies)

    def on_bodies(self, bodies) -> None:
        options = [(body.id, named(body.short_ko, body.short_en)) for body in bodies]
        if not options:
            self.go("members")
            return
        dialog = MeetingDialog(self.window(), self.desk, options)
        dialog.accepted.connect(self.on_made)
        dialog.open()

    def on_made(self) -> None:
        self.show_meeting(self.sender().value)

    def on_delete(self) -> None:
        """Delete what the cursor stands on: in the list a meeting, else what the meeting offers."""
        if self.desk.read_only:
            return
        if self.alone:
            self.view.on_delete()
        elif self.list.hasFocus() and self.list.current() is not None:
            self.desk.do(usecases.delete_meeting, id=self.list.current())

    def take(self, paths: list[Path]) -> None:
        """Attach files to the current item; a spreadsheet is a register of past meetings."""
        if not self.take_register(paths):
            self.view.take(paths)

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange and hasattr(self, "settle"):
            # The rule's sentence and the bodies' names are read in the language shown.
            self.settle.start()
        super().changeEvent(event)


def _is_past(meeting) -> bool:
    state = MeetingState(meeting.state)
    return state.over or state.dropped


PANE = MeetingsList
