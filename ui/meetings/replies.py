"""Who says they come: typed down the list by number keys, or pasted from a messenger."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from db.vocab import Deputies, MeetingState, Reply
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import pasting, replies, sheet
from gwangju_desktop.meetings.words import REPLIES
from ui import alerts
from ui.meetings.seats import REPLY_TONES, SheetList, affiliation, capacity, holder
from ui.models.rows import Cell, Column, RowTable, Table
from ui.receiving import receive
from ui.text import C_, N_, NN_, day, say
from ui.widgets.forms import Dialog, Field, Labelled, Lines
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, frame, row

# What the number keys say, as on the paper list of the office.
KEYS = {1: Reply.COMING, 2: Reply.NOT_COMING, 3: Reply.SUBSTITUTE, 0: Reply.NONE}
CALLS_SHOWN = 4


def answer(seat) -> Cell:
    """Show the reply; a substitute without a letter of authority is marked."""
    tone = REPLY_TONES[Reply(seat.reply)]
    icon = ""
    if seat.reply == Reply.SUBSTITUTE and seat.letter is None:
        icon = "triangle-alert"
    return Cell(chip=say(REPLIES[seat.reply]), tone=tone, icon=icon)


def letter(seat) -> Cell:
    """Show the letter of authority of a substitute."""
    if seat.reply != Reply.SUBSTITUTE:
        return Cell("")
    if seat.letter is None:
        return Cell(say(N_("No letter")), ink="warn")
    return Cell(seat.letter, icon="paperclip")


REPLY_SHEET = Table(
    columns=(
        Column("name", N_("Name · affiliation"), cell=holder),
        Column("capacity", N_("Capacity"), 96, cell=capacity),
        Column("letter", N_("Letter of authority"), 120, cell=letter, wide=True),
        Column(
            "replied_at",
            N_("Replied on"),
            84,
            cell=lambda s: Cell(day(s.replied_at) if s.replied_at else ""),
            wide=True,
        ),
        Column("reply", N_("Reply"), 118, cell=answer),
    )
)


def lately(callee) -> Cell:
    """Say how often somebody came of late, and when last."""
    if not callee.held:
        return Cell(say(N_("no meeting before")), ink="text3")
    words = say(N_("{came} of the last {held}"), came=callee.came, held=callee.held)
    if callee.last:
        last = say(N_("last on {day:short}"), day=callee.last)
        words = f"{words} · {last}"
    return Cell(words, ink="text2")


class Call:
    """One line of whom to call: the seat with what is known of the last meetings."""

    __slots__ = ("callee", "id", "seat")

    def __init__(self, callee, seat) -> None:
        self.id, self.callee, self.seat = callee.id, callee, seat


CALLS = Table(
    columns=(
        Column(
            "name",
            C_("calls", "Name"),
            cell=lambda c: Cell(f"{c.seat.name} · {affiliation(c.seat)}", role="secb"),
        ),
        Column("lately", C_("calls", "Came lately"), 240, cell=lambda c: lately(c.callee)),
        Column(
            "reply",
            N_("Reply"),
            104,
            cell=lambda c: Cell(
                chip=say(REPLIES[c.callee.reply]), tone=REPLY_TONES[Reply(c.callee.reply)]
            ),
        ),
    )
)


def _everything(read, *, meeting_id: int):
    return (
        sheet.seats(read, meeting_id=meeting_id),
        replies.forecast(read, meeting_id=meeting_id),
        sheet.room(read, meeting_id=meeting_id).deputies,
    )


def file_letter(work, *, id: int, path: Path) -> None:
    """Take a letter of authority into the office and file it with its seat."""
    facts = receive(work, path)
    work.run(
        replies.file_letter,
        id=id,
        sha256=facts.sha256,
        name=facts.name,
        bytes=facts.bytes,
        clean=facts.clean,
        pages=facts.pages,
        trouble=facts.trouble,
        facts=facts.facts,
    )


class RepliesTab(QWidget):
    """The replies, what they promise, and whom to call for the quorum."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.meeting = view, None
        self.seats: dict[int, object] = {}
        self.deputies = Deputies.NONE
        self.list = SheetList(RowTable(REPLY_SHEET), N_("Replies"), height=48, multi=True)
        self.sums, self.verdict = Label("", "cap", elide=True), Chip()
        self.buttons = {
            Reply.COMING: Button(N_("1 Coming"), slot=self.on_button),
            Reply.NOT_COMING: Button(N_("2 Not coming"), slot=self.on_button),
            Reply.SUBSTITUTE: Button(N_("3 Substitute"), slot=self.on_button),
            Reply.NONE: Button(N_("0 Clear"), slot=self.on_button),
        }
        self.who = Button(N_("Name the substitute"), "ghost", slot=self.on_substitute)
        self.letter = Button(N_("File the letter"), "ghost", "paperclip", slot=self.on_letter)
        self.paste = Button(C_("replies", "Paste"), icon="copy", slot=self.on_paste)
        self.remind = Button(N_("Copy reminder"), "ghost", slot=self.on_remind)
        self.tools = row(*self.buttons.values(), self.who, self.letter, gap=6)
        view.writing(self.tools, self.paste)
        self.call_words = Label("", "strong")
        self.calls = RowList(RowTable(CALLS), N_("Whom to call"), height=30, header=False, fit=True)
        self.more = Label("", "cap")
        self.box = frame("inset")
        column(
            self.call_words, self.calls, self.more, margins=(14, 10, 8, 10), gap=4, into=self.box
        )
        self.box_row = row((self.box, 1), margins=(28, 6, 16, 2))
        empty = State(
            "users",
            N_("Nobody is in office on that day"),
            N_("Add members to the body; they appear here by themselves."),
        )
        self.hollow = Hollow(self.list, empty)
        column(
            row(
                Label(N_("Replies"), "h2"),
                self.verdict,
                (self.sums, 1),
                margins=(28, 12, 16, 0),
            ),
            self.box_row,
            row(self.tools, None, self.remind, self.paste, margins=(28, 4, 16, 2), gap=6),
            (row(self.hollow, margins=(20, 0, 8, 8)), 1),
            gap=4,
            into=self,
        )
        self.list.digit.connect(self.on_digit)
        self.list.pasted.connect(self.on_pasted)
        self.list.opened.connect(self.on_opened)
        self.list.previewed.connect(self.on_current)
        self.calls.opened.connect(self.on_call)

    def panes(self) -> list:
        """Return the stops of F6."""
        return [self.list, self.calls]

    @property
    def writes(self) -> bool:
        """Say whether replies can be written now."""
        if self.meeting is None or self.view.desk.read_only:
            return False
        state = MeetingState(self.meeting.state)
        return state.ahead or state == MeetingState.OPENED

    # --- what is shown
    def show_meeting(self, meeting) -> None:
        """Show a MeetingDetail's replies."""
        if self.meeting is None or self.meeting.id != meeting.id:
            self.list.clearSelection()
        self.meeting = meeting
        self.tools.setVisible(self.writes)
        self.paste.setVisible(self.writes)
        self.remind.setVisible(MeetingState(meeting.state).ahead)
        self.view.desk.read(_everything, then=self.on_read, meeting_id=meeting.id)

    def on_read(self, everything) -> None:
        seats, held, deputies = everything
        self.seats = {seat.id: seat for seat in seats}
        self.deputies = Deputies(deputies)
        self.list.show_rows(seats)
        self.buttons[Reply.SUBSTITUTE].setVisible(self.deputies != Deputies.NONE)
        self._show_forecast(held)
        self.on_current()

    def _show_forecast(self, held) -> None:
        message = N_("{enrolled} enrolled · {coming} coming · {no} not · {silent} silent")
        self.sums.say(
            message,
            enrolled=held.enrolled,
            coming=held.coming,
            no=held.not_coming,
            silent=held.silent,
        )
        ahead = MeetingState(self.meeting.state).ahead
        self.box_row.setVisible(ahead and held.short > 0)
        if held.short <= 0:
            values = {"n": held.coming, "needed": held.required}
            self.verdict.say(N_("Quorum secured {n}/{needed}"), "ok", "check", **values)
            return
        self.verdict.say(N_("{n} short so far"), "warn", "triangle-alert", n=held.short)
        if held.beyond:
            self.call_words.ink("bad").say(
                N_("Even if all are won over, {n} are missing for the quorum"), n=held.beyond
            )
        else:
            self.call_words.ink("text").say(
                NN_("Whom to call: {n} yes secures the quorum", "Whom to call: {n} yes secure it"),
                n=len(held.calls),
            )
        shown = held.calls[:CALLS_SHOWN]
        self.calls.model().show([Call(call, self.seats[call.id]) for call in shown])
        rest = len(held.calls) - len(shown)
        self.more.say(N_("and {n} more") if rest else "", n=rest)
        self.more.setVisible(bool(rest))

    def on_current(self, _id=None) -> None:
        """Offer what fits the current seat."""
        seat = self.seats.get(self.list.current())
        sends = self.writes and seat is not None and seat.reply == Reply.SUBSTITUTE
        self.who.setVisible(bool(sends))
        self.letter.setVisible(bool(sends))

    # --- what a person does
    def on_replies(self) -> None:
        """Bring the list in front."""
        self.list.setFocus()

    def on_digit(self, n: int) -> None:
        if n in KEYS:
            self._set(self.list.chosen(), KEYS[n])

    def on_button(self) -> None:
        pressed = self.sender()
        reply = next(reply for reply, button in self.buttons.items() if button is pressed)
        self._set(self.list.chosen(), reply)
        self.list.setFocus()

    def _set(self, ids, reply: Reply) -> None:
        if not ids or not self.writes:
            return
        if reply == Reply.SUBSTITUTE and self.deputies == Deputies.NONE:
            alerts.tell(UserError(replies.NO_DEPUTIES, hint=replies.DEPUTIES_HINT))
            return
        self.view.desk.do(replies.set_reply, ids=ids, reply=reply.value)
        self.list.choose_after(ids)

    def on_opened(self, id) -> None:
        """Enter names the substitute of who sends one."""
        if self.writes and self.seats[id].reply == Reply.SUBSTITUTE:
            self.on_substitute()

    def on_call(self, id) -> None:
        self.list.choose(id)
        self.list.setFocus()

    def on_substitute(self) -> None:
        seat = self.seats.get(self.list.current())
        if seat is not None and self.writes:
            SubstituteDialog(self.window(), self.view.desk, seat).open()

    def on_letter(self) -> None:
        id = self.list.current()
        if id is None or not self.writes:
            return
        title = say(N_("File the letter"))
        chosen, _filter = QFileDialog.getOpenFileName(self.window(), title, "", "PDF (*.pdf)")
        if chosen:
            self.take_letter(id, Path(chosen))

    def take_letter(self, id: int, path: Path) -> None:
        """File a letter of authority with a seat."""
        self.view.desk.work(
            file_letter,
            title=N_("Filing the letter of authority"),
            then=self.on_filed,
            id=id,
            path=path,
        )

    def on_filed(self, _value) -> None:
        self.show_meeting(self.meeting)

    def on_paste(self) -> None:
        self.on_pasted(QGuiApplication.clipboard().text())

    def on_pasted(self, text: str) -> None:
        if self.writes:
            PasteDialog(self.window(), self, text).open()

    def on_remind(self) -> None:
        if self.meeting is not None:
            self.view.desk.read(replies.reminder, then=self.on_reminder, meeting_id=self.meeting.id)

    def on_reminder(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        silent = sum(seat.reply == Reply.NONE for seat in self.seats.values())
        message = NN_(
            "The reminder is copied; {n} has not answered.",
            "The reminder is copied; {n} have not answered.",
        )
        self.view.page.toast(message, n=silent)


class SubstituteDialog(Dialog):
    """Name who comes in a member's place."""

    def __init__(self, parent, desk, seat) -> None:
        self.desk, self.id = desk, seat.id
        self.name = Labelled(N_("Name of the substitute"), Field())
        self.post = Labelled(N_("Post of the substitute"), Field())
        self.name.field.setText(seat.substitute)
        self.post.field.setText(seat.substitute_post)
        super().__init__(parent, N_("Substitute for {name}"), self.name, self.post, name=seat.name)

    def confirm(self) -> None:
        self.desk.do(
            replies.set_substitute,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.id,
            name=self.name.value(),
            post=self.post.value(),
        )


class PasteDialog(Dialog):
    """Replies copied from a messenger: what is understood, and what is left to do by hand."""

    def __init__(self, parent, tab: RepliesTab, text: str) -> None:
        self.tab = tab
        self.text = Labelled(
            N_("Text of the messenger"),
            Lines(N_("Text of the messenger"), "", 150),
            N_("A line each: name and 참석, 불참 or 대리."),
        )
        self.found = Label("", "strong", wrap=True)
        self.left = Label("", "sec", "warn", wrap=True)
        super().__init__(
            parent,
            N_("Paste replies"),
            self.text,
            self.found,
            self.left,
            button=N_("Record replies"),
            width=560,
        )
        self.text.field.textChanged.connect(self.on_text)
        self.text.field.setPlainText(text.strip())
        self.on_text()
        if text.strip():
            self.button.setFocus()

    def read(self) -> tuple[dict[int, str], list[str]]:
        """Return the replies understood and the lines left over."""
        seats = [
            pasting.Seat(seat.id, seat.name, seat.organisation_ko)
            for seat in self.tab.seats.values()
        ]
        held = pasting.read_replies(self.text.field.toPlainText(), seats)
        taken = dict(held.replies)
        left = [*held.ambiguous, *held.unread]
        if self.tab.deputies == Deputies.NONE:
            refused = [id for id, reply in taken.items() if reply == Reply.SUBSTITUTE]
            left += [held.lines[id] for id in refused]
            for id in refused:
                del taken[id]
        return taken, left

    def on_text(self) -> None:
        """Say what is understood while it is typed."""
        taken, left = self.read()
        counts = [sum(value == reply for value in taken.values()) for reply in list(Reply)[1:]]
        self.found.say(
            N_("Understood: {coming} coming, {no} not coming, {sent} send a substitute"),
            coming=counts[0],
            no=counts[1],
            sent=counts[2],
        )
        self.left.say(
            N_("Not understood, to be entered by hand:\n{lines}") if left else "",
            lines="\n".join(left),
        )
        self.left.setVisible(bool(left))
        self.button.setEnabled(bool(taken))
        self.adjustSize()

    def confirm(self) -> None:
        taken, self.rest = self.read()
        self.tab.view.desk.do(
            replies.take_replies,
            then=self.on_accepted,
            otherwise=self.on_refused,
            replies=taken,
        )

    def on_accepted(self, value: object) -> None:
        """Close; what was not understood stays in the field until it is dealt with."""
        if not self.rest:
            super().on_accepted(value)
            return
        self.value = value
        self.text.field.setPlainText("\n".join(self.rest))


TAB = RepliesTab
