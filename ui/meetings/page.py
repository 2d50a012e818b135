"""Meetings: the list, and one meeting with its agenda, papers, attendance and live quorum."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from db.vocab import MeetingState
from gwangju_desktop import clock
from gwangju_desktop.meetings import papers, queries, usecases
from gwangju_desktop.meetings.words import STATES
from gwangju_desktop.members import queries as members
from gwangju_desktop.members.rules import named
from gwangju_desktop.packs.papers import take_in
from ui.meetings.actions import TAKES
from ui.meetings.dialogs import CloseDialog, ItemDialog, MeetingDialog, NoticeDialog
from ui.meetings.panes import AgendaPane, AttendancePane
from ui.meetings.side import Side
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.text import C_, N_, day, say
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State, header
from ui.widgets.painted import Chip, Tabs
from ui.widgets.parts import Button, Label, column, row, rule, scrolled

STATE_TONES = {
    MeetingState.PLANNED: "acc",
    MeetingState.OPENED: "ok",
    MeetingState.CLOSED: "neu",
}
WATCHED = ("meeting", "agenda_item", "attendance", "membership", "paper", "body", "body_rule")

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
            110,
            cell=lambda m: Cell(chip=say(STATES[m.state]), tone=STATE_TONES[MeetingState(m.state)]),
        ),
    )
)


def attach(work, *, item_id: int, paths: list[Path]) -> int:
    """Take files into the office and attach them, one after the other; return the last paper."""
    paper_id = 0
    for n, path in enumerate(paths):
        work.progress(n, len(paths), path.name)
        facts = take_in(work.store.papers, path, cancelled=work.cancelled)
        paper_id = work.run(
            papers.attach_paper,
            item_id=item_id,
            sha256=facts.sha256,
            name=facts.name,
            bytes=facts.bytes,
            clean=facts.clean,
            pages=facts.pages,
            trouble=facts.trouble,
            facts=facts.facts,
        ).value
    return paper_id


class MeetingsPage(Page):
    """All meetings, or one of them on a screen of its own."""

    takes = TAKES

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.meeting = None
        self.meeting_id: int | None = None
        self.item_id: int | None = None
        self._wanted_item: int | None = None
        self._chosen_by_hand = False
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(60)
        self.settle.timeout.connect(self.look)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._all())
        self.stack.addWidget(self._one())
        column((self.stack, 1), gap=0, into=self)
        self._connect()
        self.look_at_list()
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
            header(Label(N_("Meetings"), "title"), self.total, new),
            (scrolled(inside), 1),
            gap=0,
        )

    def _one(self) -> QWidget:
        self.title, self.meta = Label("", "title"), Label("", "sec", elide=True)
        self.state, self.left, self.notice = Chip(), Chip(), Chip()
        self.back = Button(
            "", "ghost", "chevron-left", name=N_("List of meetings"), slot=self.on_list
        )
        self.back.setFixedWidth(28)  # the title stands on the page's margin
        self.edit = Button(N_("Edit meeting"), slot=self.on_edit)
        self.note = Button(N_("Record the notice"), slot=self.on_notice)
        self.pack = Button(N_("Show the pack"), icon="book-open", slot=self.on_pack)
        self.start = Button(N_("Start the roll call"), "primary", slot=self.on_start)
        self.close_button = Button(N_("Close the meeting"), "primary", slot=self.on_close)
        self.writing(self.edit, self.note, self.start, self.close_button)
        self.tabs = Tabs((N_("Agenda"), C_("tab", "Attendance")))
        self.side = Side(self)
        self.agenda, self.attendance = AgendaPane(self), AttendancePane(self)
        self.panes_stack = QStackedWidget()
        self.panes_stack.addWidget(self.agenda)
        self.panes_stack.addWidget(self.attendance)
        top = header(
            self.title,
            self.meta,
            self.edit,
            self.note,
            self.pack,
            self.start,
            self.close_button,
            chips=(self.state,),
            margins=(0, 18, 24, 12),
        )
        return column(
            row(self.back, (top, 1), gap=0),
            row((self.tabs, 1), self.notice, self.left, margins=(28, 0, 24, 0), gap=8),
            rule(),
            (row((self.panes_stack, 1), self.dock(self.side), gap=0), 1),
            gap=0,
        )

    def _connect(self) -> None:
        self.list.opened.connect(self.on_opened)
        self.tabs.chosen.connect(self.on_tab)
        agenda = self.agenda
        agenda.list.previewed.connect(self.on_item_chosen)
        agenda.list.opened.connect(self.on_edit_item)
        agenda.list.peeked.connect(self.on_peek)
        agenda.model.arrived.connect(self.on_arrived)
        self.desk.changed.connect(self.on_changed)

    @property
    def settled(self) -> bool:
        return not self.settle.isActive()

    def panes(self) -> list:
        if self.stack.currentIndex() == 0:
            return [self.list]
        if self.panes_stack.currentIndex() == 1:
            return [self.attendance.list, self.side]
        return [self.agenda.list, self.agenda.papers, self.side]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a meeting, or the meeting of an agenda item."""
        if id is None:
            return
        self._chosen_by_hand = True
        if table == "agenda_item":
            self._wanted_item = id
            self.desk.read(queries.item, then=self.on_wanted_item, id=id)
        else:
            self.show_meeting(id)

    # --- what is shown
    def look_at_list(self) -> None:
        """Read the list of meetings anew."""
        self.desk.read(queries.meetings, then=self.on_meetings)

    def look(self) -> None:
        """Read the list, and the meeting in front, anew."""
        self.look_at_list()
        if self.meeting_id is not None:
            self.desk.read(
                self._whole, then=self.on_meeting, otherwise=self.on_gone, id=self.meeting_id
            )

    @staticmethod
    def _whole(read, *, id: int):
        return queries.meeting(read, id=id), queries.agenda(read, meeting_id=id)

    def show_meeting(self, id: int) -> None:
        """Put a meeting in front."""
        if id != self.meeting_id:
            self.meeting_id, self.item_id = id, None
            self.agenda.list.clearSelection()
            self.side.card.clear()
            self.agenda.model.ask(meeting_id=id)
            self.agenda.papers.model().show(())
        self.stack.setCurrentIndex(1)
        self.fold()
        self.look()
        self.moved.emit(id, "meeting")

    def fold(self) -> None:
        """The inspector belongs to one meeting: over the list of all there is none."""
        super().fold()
        if self.narrow and self.stack.currentIndex() == 0:
            self.side.hide()

    # --- answers
    def on_next_meeting(self, id) -> None:
        if id is not None and not self._chosen_by_hand:
            self.show_meeting(id)

    def on_wanted_item(self, item) -> None:
        self.show_meeting(item.meeting_id)
        self.on_arrived()

    def on_meetings(self, rows) -> None:
        ahead = [m for m in rows if m.state != MeetingState.CLOSED]
        over = [m for m in reversed(rows) if m.state == MeetingState.CLOSED]
        shown: list = []
        if ahead:
            shown += [Group(C_("meetings", "Ahead"), len(ahead)), *ahead]
        if over:
            shown += [Group(C_("meetings", "Over"), len(over)), *over]
        self.list.model().show(shown)
        self.hint.setVisible(bool(shown))
        self.total.say(N_("{n} ahead · {over} over"), n=len(ahead), over=len(over))
        self.list.choose_first()

    def on_meeting(self, whole) -> None:
        meeting, steps = whole
        if meeting.id != self.meeting_id:
            return
        self.meeting = meeting
        self.title.say(meeting.title)
        self.meta.say(
            N_("{body} · {starts:when}–{ends:time} · {place}"),
            body=named(meeting.body_ko, meeting.body_en),
            starts=meeting.starts_at,
            ends=meeting.ends_at,
            place=meeting.place or say(N_("place not set")),
        )
        self.state.say(STATES[meeting.state], STATE_TONES[MeetingState(meeting.state)])
        self._show_deadlines(meeting)
        planned = meeting.state == MeetingState.PLANNED
        writing = not self.desk.read_only
        self.edit.setVisible(writing and meeting.state != MeetingState.CLOSED)
        self.note.setVisible(writing and planned)
        self.start.setVisible(writing and planned)
        self.close_button.setVisible(writing and meeting.state == MeetingState.OPENED)
        self.side.quorum.show_meeting(meeting)
        self.agenda.show_meeting(meeting, steps)
        self.attendance.show_meeting(meeting)

    def _show_deadlines(self, meeting) -> None:
        left = (meeting.starts_at.date() - clock.today()).days
        planned = meeting.state == MeetingState.PLANNED
        self.left.say(N_("D-{n}") if planned and left >= 0 else "", "acc", n=left)
        if not planned:
            self.notice.say("")
        elif meeting.noticed_on:
            self.notice.say(N_("Notice sent {day:short}"), "ok", "check", day=meeting.noticed_on)
        else:
            late = meeting.notice_due < clock.today()
            tone = "bad" if late else "warn"
            self.notice.say(N_("Notice due {day:short}"), tone, "clock", day=meeting.notice_due)

    def on_gone(self, _error) -> None:
        """The meeting in front was deleted or taken back."""
        self.meeting = self.meeting_id = None
        self.on_list()

    def on_item(self, item) -> None:
        if item.id == self.item_id:
            self.agenda.show_item(item)

    def on_arrived(self) -> None:
        listed = self.agenda.list
        if self._wanted_item is not None and self.agenda.model.place(self._wanted_item) >= 0:
            listed.choose(self._wanted_item)
            self._wanted_item = None
        elif self._wanted_item is None:
            listed.choose_first()

    def on_changed(self, changes) -> None:
        if not changes.touches(*WATCHED):
            return
        self.settle.start()
        if self.item_id is not None and changes.touches("agenda_item", "paper", "stored_file"):
            self.side.card.open(self.item_id)

    # --- what a person does
    def on_opened(self, id) -> None:
        self.show_meeting(id)

    def on_list(self) -> None:
        self._chosen_by_hand = True
        self.stack.setCurrentIndex(0)
        self.fold()
        self.list.setFocus()

    def on_tab(self, n: int) -> None:
        self.panes_stack.setCurrentIndex(n)

    def on_attendance(self) -> None:
        self.tabs.choose(1)
        self.on_tab(1)
        self.attendance.list.setFocus()

    def on_item_chosen(self, id) -> None:
        self.item_id = id
        self.side.card.open(id)

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

    def on_edit(self) -> None:
        if self.meeting:
            options = [(self.meeting.body_id, named(self.meeting.body_ko, self.meeting.body_en))]
            MeetingDialog(self.window(), self.desk, options, self.meeting).open()

    def on_notice(self) -> None:
        if self.meeting:
            NoticeDialog(self.window(), self.desk, self.meeting).open()

    def on_start(self) -> None:
        self.desk.do(usecases.open_meeting, id=self.meeting_id)
        self.on_attendance()

    def on_close(self) -> None:
        if self.meeting:
            CloseDialog(self.window(), self.desk, self.meeting).open()

    def on_pack(self) -> None:
        if self.meeting_id is not None:
            self.go("packs", self.meeting_id, "meeting")

    def on_add_item(self) -> None:
        if self.meeting_id is None or self.desk.read_only:
            return
        dialog = ItemDialog(self.window(), self.desk, self.meeting_id)
        dialog.accepted.connect(self.on_item_made)
        dialog.open()

    def on_item_made(self) -> None:
        self._wanted_item = self.sender().value
        self.on_arrived()

    def on_edit_item(self, _id=None) -> None:
        item = self.side.card.item
        if item and not self.desk.read_only:
            ItemDialog(self.window(), self.desk, item.meeting_id, item).open()

    def on_delete(self) -> None:
        if self.desk.read_only:
            return
        if self.agenda.papers.hasFocus() and self.agenda.papers.current() is not None:
            self.desk.do(papers.remove_paper, id=self.agenda.papers.current())
        elif self.agenda.list.hasFocus() and self.agenda.list.current() is not None:
            self.desk.do(usecases.delete_item, id=self.agenda.list.current())
        elif self.list.hasFocus() and self.list.current() is not None:
            self.desk.do(usecases.delete_meeting, id=self.list.current())

    def on_attach(self) -> None:
        if self.item_id is None:
            return
        title = say(N_("Attach papers"))
        chosen, _filter = QFileDialog.getOpenFileNames(self.window(), title, "", "PDF (*.pdf)")
        self.take([Path(name) for name in chosen])

    def take(self, paths: list[Path]) -> None:
        """Attach files to the current item."""
        if paths and self.item_id is not None and not self.desk.read_only:
            self.desk.work(
                attach,
                title=N_("Attaching papers"),
                then=self.on_attached,
                item_id=self.item_id,
                paths=paths,
            )

    def on_attached(self, paper_id) -> None:
        self.agenda.papers.choose(paper_id)

    def on_next(self) -> None:
        self._step(1)

    def on_previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        n = self.agenda.list.currentIndex().row() + by
        if 0 <= n < self.agenda.model.rowCount():
            self.agenda.list.choose(self.agenda.model.order[n])

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange and hasattr(self, "settle"):
            # The rule's sentence and the bodies' names are read in the language shown.
            self.settle.start()
        super().changeEvent(event)


PAGE = MeetingsPage
