"""The minutes tab: the text and its preview, what the law asks, the members' answers, the steps."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QTextBrowser, QWidget

from db.vocab import MeetingState
from gwangju_desktop.meetings import (
    confirming,
    minutes,
    publishing,
    recording,
    reviews,
    sheet,
)
from ui.documents.dialog import DocumentsDialog
from ui.meetings.editor import MarkdownEdit
from ui.meetings.listening import Player
from ui.meetings.minutes_dialogs import (
    ConfirmDialog,
    PublishDialog,
    ReasonDialog,
    RecordingDialog,
    RedraftDialog,
    RemarkDialog,
    WithholdDialog,
)
from ui.meetings.minutes_preview import page
from ui.meetings.minutes_rows import CONTENTS, REVIEWERS, Member, Row, facts
from ui.meetings.seats import SheetList
from ui.meetings.writing import Verbs, Writing
from ui.models.rows import RowTable
from ui.text import C_, N_, say
from ui.widgets.lists import RowList
from ui.widgets.page import State
from ui.widgets.painted import Chip, Segment
from ui.widgets.parts import Button, Label, column, row

S = MeetingState
TEXT, PREVIEW, LAW, ANSWERS, NOTHING = range(5)
FACES = (
    C_("minutes", "Text"),
    C_("minutes", "Preview"),
    C_("minutes", "Required contents"),
    C_("minutes", "Review and signatures"),
)
VERBS = Verbs(minutes.keep, minutes.record, minutes.forget, minutes.detail)
# Number keys in the list of answers.
AGREES, REMARKS, SIGNS, TAKEN_BACK = 1, 2, 3, 0


def whole(read, *, meeting_id: int):
    """Return all the tab shows: the minutes, what the law asks, the answers, seats, recording."""
    found = minutes.detail(read, meeting_id=meeting_id)
    asked = minutes.legal(read, meeting_id=meeting_id) if found.id is not None else []
    waiting = found.state in (S.CLOSED, S.DRAFTED)
    ahead = minutes.ahead(read, meeting_id=meeting_id) if waiting else []
    return (
        found,
        asked,
        ahead,
        reviews.reviewers(read, meeting_id=meeting_id) if found.id is not None else [],
        sheet.seats(read, meeting_id=meeting_id),
        recording.of_meeting(read, meeting_id=meeting_id),
    )


def to_confirm(read, *, meeting_id: int):
    """Return what confirming needs and the meetings that may confirm."""
    return (
        confirming.to_confirm(read, meeting_id=meeting_id),
        confirming.confirming_meetings(read, meeting_id=meeting_id),
    )


class MinutesTab(QWidget):
    """The minutes of the meeting in front."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.desk = view, view.desk
        self.meeting = self.found = self.recorded = None
        self.confirming = False
        self.conditions: list = []
        self._head()
        self._faces()
        column(
            row(
                Label(N_("Minutes"), "h2"),
                self.mark,
                (self.facts, 1),
                self.confirm_button,
                self.publish_button,
                self.draft_button,
                margins=(28, 12, 16, 0),
            ),
            row(self.segment, (self.writing.saved, 1), margins=(28, 6, 16, 0), gap=12),
            row((self.warning, 1), margins=(28, 0, 16, 0)),
            row((self.writing.offer, 1), margins=(28, 4, 16, 0)),
            (row((self.stack, 1), margins=(28, 4, 16, 4)), 1),
            row((self.writing.wrong, 1), margins=(28, 0, 16, 0)),
            row(
                self.print_button,
                self.play,
                self.attach,
                None,
                self.again,
                self.early,
                self.withhold,
                self.release,
                self.reopen,
                self.back,
                margins=(28, 0, 16, 10),
                gap=6,
            ),
            gap=4,
            into=self,
        )
        self.writing.safe.connect(self.on_safe)
        self.segment.chosen.connect(self.on_face)
        self.people.digit.connect(self.on_digit)
        self.people.opened.connect(self.on_opened)

    def _head(self) -> None:
        self.mark, self.facts = Chip(), Label("", "cap", elide=True)
        self.warning = Label("", "cap", "warn", wrap=True)
        self.warning.hide()
        self.segment = Segment(FACES, TEXT, N_("What is shown of the minutes"))
        self.draft_button = Button(N_("Draft the minutes"), "primary", slot=self.on_draft_minutes)
        self.confirm_button = Button(N_("Confirm…"), "primary", slot=self.on_confirm_minutes)
        self.publish_button = Button(N_("Publish…"), "primary", slot=self.on_publish_minutes)
        self.print_button = Button(N_("Print…"), icon="printer", slot=self.on_print_minutes)
        self.again = Button(N_("Draft again…"), "ghost", slot=self.on_redraft)
        self.early = Button(N_("Publish early…"), "ghost", slot=self.on_publish_minutes)
        self.withhold = Button(N_("Withhold…"), "ghost", slot=self.on_withhold)
        self.release = Button(N_("Publish after all"), "ghost", slot=self.on_release)
        self.reopen = Button(N_("Reopen…"), "ghost", slot=self.on_reopen)
        self.back = Button(N_("Go back…"), "ghost", slot=self.on_back_minutes)
        self.attach = Button(N_("Recording…"), "ghost", slot=self.on_attach_recording)
        self.play = Button(N_("Play the recording"), "ghost", slot=self.on_play_recording)
        self.steps = (
            *(self.draft_button, self.confirm_button, self.publish_button, self.again, self.early),
            *(self.withhold, self.release, self.reopen, self.back, self.attach),
        )

    def _faces(self) -> None:
        self.edit = MarkdownEdit(N_("Text of the minutes"))
        self.writing = Writing(self, self.desk, self.edit, VERBS)
        self.player = Player(self, self.desk)
        self.preview = QTextBrowser()
        self.preview.setOpenLinks(False)
        self.preview.setAccessibleName(say(C_("minutes", "Preview")))
        self.law = RowList(RowTable(CONTENTS), FACES[LAW], height=44)
        self.people = SheetList(RowTable(REVIEWERS), N_("Review"), height=48, multi=True)
        self.keys = Label(N_("1 agrees · 2 remark · 3 signed · 0 takes it back"), "cap", elide=True)
        self.view.writing(self.keys)
        self.empty = State("file-text", N_("No minutes yet"), "")
        self.stack = QStackedWidget()
        for face in (
            self.edit,
            self.preview,
            self.law,
            column((self.people, 1), self.keys, gap=4),
            self.empty,
        ):
            self.stack.addWidget(face)

    def panes(self) -> list:
        """Return the stops of F6."""
        face = self.stack.currentIndex()
        return [{LAW: self.law, ANSWERS: self.people, PREVIEW: self.preview}.get(face, self.edit)]

    # --- what is shown
    def show_meeting(self, meeting) -> None:
        """Show the minutes of a MeetingDetail."""
        if self.meeting is None or self.meeting.id != meeting.id:
            self.writing.leave()
            self.found = None
            self.segment.choose(TEXT)
        self.meeting = meeting
        self.desk.read(whole, then=self.on_whole, meeting_id=meeting.id)

    def on_whole(self, everything) -> None:
        found, self.conditions, ahead, people, seats, self.recorded = everything
        if self.meeting is None or found.meeting_id != self.meeting.id:
            return
        before, self.found = self.found, found
        self.edit.seats = seats
        if before is None or self._differs(before, found):
            self.writing.show(found, {"meeting_id": found.meeting_id}, self.writes)
        self._show_head(found, ahead)
        self._show_buttons(found)
        self.law.model().show([Row(n, one) for n, one in enumerate(self.conditions, 1)])
        self.people.show_rows([Member(one) for one in people])
        self.on_face()

    def _differs(self, before, found) -> bool:
        """Say whether another text has to be shown than the one that is being typed."""
        if before.id != found.id or before.state != found.state:
            return True
        return self.writing.may_follow(found.version)

    @property
    def writes(self) -> bool:
        """Say whether the text can be edited now."""
        return not self.desk.read_only and self.found is not None and self.found.state == S.DRAFTED

    def _show_head(self, found, ahead) -> None:
        tone = "ok" if found.locked else "warn"
        self.mark.say(found.mark if found.id is not None else "", tone)
        message, values = facts(found)
        self.facts.say(message, **values)
        told = [one for one in ahead if not one.met and found.published_on is None]
        self.warning.setVisible(bool(told))
        if told:
            self.warning.say(told[0].message, **told[0].values)
        if found.state in (S.CLOSED, S.DRAFTED):
            self.empty.hint.say(
                N_("They are drafted from the agenda, notes, votes and actions, then edited here.")
            )
        else:
            self.empty.hint.say(N_("They are drafted when the meeting has been closed."))

    def _show_buttons(self, found) -> None:
        writes = not self.desk.read_only
        state, there = found.state, found.id is not None
        open_, shut = state == S.DRAFTED, bool(found.closed_ground)
        began = not S(state).ahead and not S(state).dropped
        shown = {
            self.draft_button: state == S.CLOSED,
            self.confirm_button: open_,
            self.publish_button: state == S.CONFIRMED and not shut,
            self.again: open_,
            self.early: open_ and not shut and found.published_on is None,
            self.withhold: there and not shut and found.published_on is None and state != S.CLOSED,
            self.release: shut and state != S.CLOSED,
            self.reopen: found.locked,
            self.back: open_ and found.published_on is None,
            self.attach: began and self.recorded is None,
        }
        for button, fits in shown.items():
            button.setVisible(writes and fits)
        self.keys.setVisible(self.writes)
        self.print_button.setVisible(there and state != S.CLOSED)
        self.play.setVisible(self.recorded is not None)
        self.segment.setVisible(there and state != S.CLOSED)

    def on_face(self, _n: int = 0) -> None:
        """Show the face that is chosen."""
        found = self.found
        if found is None:
            return
        if found.id is None or found.state == S.CLOSED:
            self.stack.setCurrentIndex(NOTHING)
            return
        n = self.segment.current()
        if n == PREVIEW:
            self.preview.setHtml(page(self.edit.toPlainText()))
        elif n != TEXT:
            # What is checked is what is recorded.
            self.writing.record()
        self.stack.setCurrentIndex(n)

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        self.writing.record()

    def on_stamp(self) -> None:
        """Write the time into the text."""
        if self.segment.current() == TEXT:
            self.edit.stamp()

    # --- the members' answers
    def on_digit(self, n: int) -> None:
        ids = self.people.chosen()
        if not ids or not self.writes or n not in (AGREES, REMARKS, SIGNS, TAKEN_BACK):
            return
        asked = {"meeting_id": self.found.meeting_id, "ids": ids}
        if n == REMARKS:
            self.on_opened(ids[0])
            return
        if n == SIGNS:
            self.desk.do(reviews.sign, **asked)
        else:
            self.desk.do(reviews.answer, agrees=True if n == AGREES else None, **asked)
            if n == TAKEN_BACK and any(self._member(id).signed_on for id in ids):
                self.desk.do(reviews.sign, signed=False, **asked)
        self.people.choose_after(ids)

    def _member(self, id: int):
        model = self.people.model()
        return model.row(model.place(id))

    def on_opened(self, id) -> None:
        """Enter writes down what a member remarks."""
        if self.writes:
            dialog = RemarkDialog(self.window(), self.desk, self.found.meeting_id, self._member(id))
            dialog.open()

    # --- the steps
    def on_minutes(self) -> None:
        """Bring the minutes in front."""
        self.panes()[0].setFocus()

    def on_draft_minutes(self) -> None:
        if self.meeting is not None and not self.desk.read_only:
            self.desk.do(minutes.draft, meeting_id=self.meeting.id)

    def on_redraft(self) -> None:
        if self.writes:
            self.writing.record()
            self.desk.read(minutes.compare, then=self.on_compared, meeting_id=self.found.meeting_id)

    def on_compared(self, made) -> None:
        if not made.lost and not made.gained:
            self.view.page.toast(N_("A new draft would say the same."))
            return
        RedraftDialog(self.window(), self.desk, self.found.meeting_id, made).open()

    def on_confirm_minutes(self) -> None:
        """Record what was typed, then say what confirming needs."""
        if not self.writes:
            return
        self.confirming = True
        if self.writing.unsaved:
            self.writing.record()
        else:
            self.on_safe()

    def on_safe(self) -> None:
        if self.confirming and self.writes:
            self.confirming = False
            self.desk.read(to_confirm, then=self.on_conditions, meeting_id=self.found.meeting_id)

    def on_conditions(self, asked) -> None:
        conditions, meetings = asked
        ConfirmDialog(self.window(), self.desk, self.found, conditions, meetings).open()

    def on_publish_minutes(self) -> None:
        fits = self.found is not None and self.found.state in (S.DRAFTED, S.CONFIRMED)
        if fits and not self.desk.read_only:
            PublishDialog(self.window(), self.desk, self.found).open()

    def on_withhold(self) -> None:
        WithholdDialog(self.window(), self.desk, self.found).open()

    def on_release(self) -> None:
        self.desk.do(publishing.release, meeting_id=self.found.meeting_id)

    def on_reopen(self) -> None:
        ReasonDialog(self.window(), self.desk, self.found, reopening=True).open()

    def on_back_minutes(self) -> None:
        ReasonDialog(self.window(), self.desk, self.found, reopening=False).open()

    def on_print_minutes(self) -> None:
        if self.found is not None and self.found.id is not None:
            self.writing.record()
            DocumentsDialog(self.window(), self.desk, "minutes", self.found.meeting_id).open()

    def on_attach_recording(self) -> None:
        if self.meeting is not None and not self.desk.read_only:
            RecordingDialog(self.window(), self.desk, self.meeting).open()

    def on_play_recording(self) -> None:
        """Play the recording from the time mark the cursor is at."""
        if self.recorded is not None:
            self.player.play(self.meeting.id, self.edit.mark_here())


TAB = MinutesTab
