"""The minutes box beside the agenda: live notes on the item in front, kept while they are typed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import MeetingState
from gwangju_desktop.meetings import notes, recording, sheet
from ui.meetings.editor import MarkdownEdit
from ui.meetings.listening import Player
from ui.meetings.writing import Verbs, Writing
from ui.text import C_, N_
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, row

HEIGHT = 230
HERE, LARGE = 0, 1
VERBS = Verbs(notes.keep, notes.record, notes.forget, notes.note)


def place(read, *, meeting_id: int, item_id: int | None):
    """Return the notes of a place, the sheet's seats, and the recording of the meeting."""
    return (
        notes.note(read, meeting_id=meeting_id, item_id=item_id),
        sheet.seats(read, meeting_id=meeting_id),
        recording.of_meeting(read, meeting_id=meeting_id),
    )


class NotesBlock(QWidget):
    """What is said on the item in front, with the time and the members at a key."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.meeting, self.item = view, None, None
        self.shown: tuple | None = None
        self.locked = False
        self.edit = MarkdownEdit(N_("Minutes"), HEIGHT)
        self.writing = Writing(self, view.desk, self.edit, VERBS)
        self.player = Player(self, view.desk)
        self.where = Segment(
            (C_("notes", "This item"), C_("notes", "Whole meeting")), HERE, N_("Notes on")
        )
        self.clock = view.writing(
            Button(N_("Insert the time"), "link", "clock", slot=self.on_stamp)
        )
        self.play = Button(N_("Play the recording"), "link", slot=self.on_play)
        self.play.hide()
        column(
            row(Label(N_("Minutes"), "h3"), (self.writing.saved, 1), self.clock, gap=8),
            row(self.where, None, self.play),
            self.writing.offer,
            (self.edit, 1),
            self.writing.wrong,
            gap=8,
            into=self,
        )
        self.where.chosen.connect(self.on_where)
        self.edit.cursorPositionChanged.connect(self.on_cursor)
        self.hide()

    @property
    def place(self) -> tuple | None:
        """Return the meeting and the item whose notes are wanted; no item: the whole meeting."""
        if self.meeting is None or self.item is None:
            return None
        return self.meeting.id, self.item.id if self.where.current() == HERE else None

    # --- what is shown
    def show_item(self, item, meeting) -> None:
        """Show the notes on an ItemDetail, from the opening of the meeting on."""
        before = self.meeting.state if self.meeting is not None else ""
        self.meeting, self.item = meeting, item
        state = MeetingState(meeting.state) if meeting is not None else None
        if item is None or state is None or state.ahead or state.dropped:
            self.writing.leave()
            self.shown = None
            self.hide()
            return
        self.show()
        if before != meeting.state:
            # A step of the meeting: what was typed before it is recorded.
            self.writing.record()
        self.ask()

    def ask(self) -> None:
        """Read the notes of the place that is chosen."""
        if self.shown != self.place:
            self.writing.leave()
            self.edit.setReadOnly(True)
            self.shown = None
        meeting_id, item_id = self.place
        self.view.desk.read(place, then=self.on_note, meeting_id=meeting_id, item_id=item_id)

    def on_note(self, found) -> None:
        note, seats, recorded = found
        if (note.meeting_id, note.item_id) != self.place:
            return
        self.edit.seats = seats
        self.play.setVisible(recorded is not None)
        fresh = self.shown != self.place or self.locked != note.locked
        if fresh or self.writing.may_follow(note.version):
            self.show_note(note)

    def show_note(self, note) -> None:
        """Show a NoteRow from its beginning."""
        self.shown, self.locked = self.place, note.locked
        writes = not self.view.desk.read_only and not note.locked
        where = {"meeting_id": note.meeting_id, "item_id": note.item_id}
        self.writing.show(note, where, writes)
        self.clock.setEnabled(writes)
        if note.locked:
            self.writing.saved.say(N_("Minutes confirmed: locked"))

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        self.writing.record()

    # --- what a person does
    def on_where(self, _n: int) -> None:
        if self.item is not None:
            self.ask()
            self.edit.setFocus()

    def on_cursor(self) -> None:
        """Keep the line that is written on in view, where the side shows half of the box."""
        if self.edit.hasFocus():
            pane, at = self.view.side.pane, self.edit.cursorRect()
            place = self.edit.viewport().mapTo(pane.widget(), at.center())
            pane.ensureVisible(place.x(), place.y(), 0, at.height() * 2)

    def on_stamp(self) -> None:
        """Write the time into the notes."""
        self.edit.stamp()

    def on_notes(self) -> None:
        """Go to the notes of the item in front."""
        self.view.side.pane.ensureWidgetVisible(self.edit)
        self.edit.setFocus()

    def on_play(self) -> None:
        """Play the recording from the time mark the cursor is at."""
        self.player.play(self.meeting.id, self.edit.mark_here())


BLOCK = NotesBlock
