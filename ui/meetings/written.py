"""The written resolution: its ground and deadline, the ballot sheets, replies by number keys."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.vocab import Choice, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import written
from gwangju_desktop.meetings.retelling import retold
from gwangju_desktop.meetings.words import CHOICES, WRITTEN_BASES
from ui.documents.dialog import DocumentsDialog
from ui.meetings.roll_call import KEYS, TONES
from ui.meetings.seats import affiliation
from ui.meetings.sitting_forms import TimeField
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, day, say, words
from ui.widgets.forms import Choice as Options
from ui.widgets.forms import DateField, Dialog, Field, Labelled, beside
from ui.widgets.lists import RowList
from ui.widgets.page import header
from ui.widgets.painted import Chip, Segment
from ui.widgets.parts import Button, KeyCap, Label, column, row, rule

LAST_MINUTE = dt.time(18)  # a deadline without a time is the end of office hours


@dataclass(frozen=True, slots=True)
class Line:
    """One member before the item in front; `id` is the seat's."""

    id: int
    name: str
    organisation_ko: str
    organisation_en: str
    post: str
    choice: str | None
    opinion: str
    recused: bool
    replied_on: dt.date | None


def choice_cell(line: Line) -> Cell:
    """Show what a member replied."""
    if line.recused:
        return Cell(say(N_("Recused")), ink="text3")
    if line.choice is None:
        return Cell(say(N_("No reply")), ink="text3")
    choice = Choice(line.choice)
    return Cell(chip=say(CHOICES[choice]), tone=TONES.get(choice, "neu"))


def day_cell(line: Line) -> Cell:
    """Show when a reply came."""
    return Cell(day(line.replied_on, "full") if line.replied_on else "", ink="text2")


LINES = Table(
    columns=(
        Column("name", C_("written", "Member"), 110, cell=lambda s: Cell(s.name, role="secb")),
        Column("of", C_("written", "Affiliation"), cell=lambda s: Cell(affiliation(s))),
        Column("choice", C_("written", "Reply"), 104, cell=choice_cell),
        Column("day", C_("written", "Replied on"), 108, cell=day_cell, wide=True),
        Column("opinion", C_("written", "Opinion"), 200, wide=True),
    )
)


class ReplyList(RowList):
    """The members; a number key records a reply and goes on to the next."""

    def __init__(self, tab) -> None:
        super().__init__(RowTable(LINES), N_("Replies in writing"), height=36, multi=True)
        self.tab = tab

    def keyPressEvent(self, event) -> None:
        key = Qt.Key(event.key())
        if key in KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.tab.on_choice(KEYS[key])
        else:
            super().keyPressEvent(event)


class WrittenTab(QWidget):
    """A written resolution from the ballot sheets to the count."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.desk, self.meeting = view, view.desk, None
        self.state: written.Sheet | None = None
        self.lines: list[Line] = []
        self.verdict = Chip()
        self.meta = Label("", "sec", "text3", elide=True)
        self.ground = Label("", "cap", "text2", elide=True)
        self.rule = Label("", "cap", elide=True)
        self.sheets = Button(N_("Ballot sheets"), icon="file-text", slot=self.on_sheets)
        self.send = Button(N_("Send the ballot sheets"), "primary", slot=self.on_send)
        self.deadline = Button(N_("Move the deadline"), slot=self.on_send)
        self.finish = Button(N_("Count and close"), "primary", slot=self.on_finish)
        view.writing(self.send, self.deadline, self.finish)
        self.item = Options([], N_("Item to reply to"))
        self.item.currentIndexChanged.connect(self.show_lines)
        self.sums = Label("", "secb")
        self.list = ReplyList(self)
        self.list.opened.connect(self.on_opinion)
        keys: list = []
        for cap, choice in (("1", Choice.YES), ("2", Choice.NO), ("3", Choice.ABSTAIN)):
            keys += [KeyCap(cap), Label(CHOICES[choice], "cap", "text2"), 6]
        self.keys = row(
            *keys,
            KeyCap("0"),
            Label(N_("Take back"), "cap", "text2"),
            6,
            KeyCap("Enter"),
            Label(C_("written", "Opinion"), "cap", "text2"),
            None,
            gap=5,
        )
        column(
            header(
                Label(N_("Written resolution"), "h2"),
                self.meta,
                self.sheets,
                self.deadline,
                self.send,
                self.finish,
                chips=(self.verdict,),
                margins=(28, 14, 24, 6),
            ),
            row((self.ground, 1), margins=(28, 0, 24, 2)),
            row((self.rule, 1), margins=(28, 0, 24, 6)),
            row((self.item, 1), self.sums, margins=(28, 0, 24, 6), gap=12),
            rule(),
            (row(self.list, margins=(20, 0, 16, 0)), 1),
            row(self.keys, margins=(28, 6, 24, 10)),
            gap=0,
            into=self,
        )

    def panes(self) -> list:
        """Return the stops of F6."""
        return [self.list, self.item]

    def show_meeting(self, meeting) -> None:
        """Show a MeetingDetail of this kind."""
        self.meeting = meeting
        if meeting.kind == "written":
            self.desk.read(written.state, then=self.on_state, meeting_id=meeting.id)

    @property
    def open_(self) -> bool:
        """Say whether replies can be written now."""
        ahead = self.meeting is not None and MeetingState(self.meeting.state).ahead
        return ahead and not self.desk.read_only and self.state is not None

    def on_state(self, state: written.Sheet) -> None:
        """Show how it stands."""
        if self.meeting is None or state.meeting_id != self.meeting.id:
            return
        self.state = state
        n, all_ = state.answered, len(state.members)
        if state.reply_by is None:
            self.meta.say(N_("{n} items for decision"), n=len(state.items))
        else:
            self.meta.say(
                N_("{n} of {all} replied · until {by:when}"), n=n, all=all_, by=state.reply_by
            )
        self.ground.say(N_("Ground: {ground}") if state.ground else "", ground=state.ground)
        self.ground.setVisible(bool(state.ground))
        self.rule.say(
            N_("Counts with {n} replies or more; the majority is of {base} · {source}"),
            n=state.required,
            base=WRITTEN_BASES[state.base],
            source=state.source,
        )
        self._show_verdict(state)
        self.sheets.setVisible(bool(state.items))
        self.send.setVisible(self.open_ and not state.out)
        self.deadline.setVisible(self.open_ and state.out)
        self.finish.setVisible(self.open_ and state.out)
        self.keys.setVisible(self.open_ and state.out)
        options = [
            (item.id, f"{item.label}. {item.title}" if item.label else item.title)
            for item in state.items
        ]
        self.item.show_options(options, self.item.value())
        self.item.setVisible(bool(options))
        self.show_lines()

    def _show_verdict(self, state: written.Sheet) -> None:
        missing = max(0, state.required - state.answered)
        if not state.out:
            self.verdict.say("")
        elif any(item.closed for item in state.items):
            self.verdict.say(N_("Counted"), "neu", "check")
        elif missing:
            self.verdict.say(N_("{n} replies short"), "warn", "triangle-alert", n=missing)
        else:
            self.verdict.say(N_("Enough replies"), "ok", "check")

    def item_row(self) -> written.ItemRow | None:
        """Return the item in front."""
        id = self.item.value()
        return next((item for item in self.state.items if item.id == id), None)

    def show_lines(self, _n: int = 0) -> None:
        """Show the replies on the item in front."""
        item = self.item_row()
        if item is None:
            self.sums.say("")
            self.lines = []
            self.list.model().show(())
            return
        self.lines = [
            Line(
                member.id,
                member.name,
                member.organisation_ko,
                member.organisation_en,
                member.post,
                member.choices.get(item.id),
                member.opinions.get(item.id, ""),
                item.id in member.recused,
                member.replied_on if item.id in member.choices else None,
            )
            for member in self.state.members
        ]
        self.list.model().show(self.lines)
        self.list.choose_first()
        if item.closed:
            self.sums.ink("text").say(retold(item.explanation, words()))
        else:
            self.sums.ink("text").say(
                N_("for {yes}, against {no}, abstained {abstain}"),
                yes=item.yes,
                no=item.no,
                abstain=item.abstain,
            )

    # --- what a person does
    def on_choice(self, choice: Choice | None) -> None:
        """Record the reply of the rows in front; of one alone, go on to the next."""
        item, chosen = self.item_row(), self.list.chosen()
        if not self.open_ or not self.state.out or item is None or not chosen:
            return
        self.desk.do(
            written.reply,
            item_id=item.id,
            attendance_ids=list(chosen),
            choice=None if choice is None else choice.value,
        )
        n = self.list.currentIndex().row()
        if len(chosen) == 1 and n + 1 < self.list.model().rowCount():
            self.list.setCurrentIndex(self.list.model().index(n + 1, 0))

    def on_opinion(self, id=None) -> None:
        """Write down the opinion on a reply, and when it came."""
        line = next((line for line in self.lines if line.id == self.list.current()), None)
        if self.open_ and self.state.out and line is not None and not line.recused:
            OpinionDialog(self.window(), self.desk, self.item_row(), line).open()

    def on_sheets(self) -> None:
        """Show the ballot sheets as they will be printed."""
        DocumentsDialog(self.window(), self.desk, "ballots", self.meeting.id).open()

    def on_send(self) -> None:
        """Send the sheets, or move the deadline once they are out."""
        if self.open_:
            SendDialog(self.window(), self.desk, self.state).open()

    def on_finish(self) -> None:
        """Count the replies and close."""
        if self.open_ and self.state.out:
            FinishDialog(self.window(), self.desk, self.state).open()


class SendDialog(Dialog):
    """The ground and the deadline; the sheets leave the office."""

    def __init__(self, parent, desk, state: written.Sheet) -> None:
        self.desk, self.state = desk, state
        by = state.reply_by
        self.ground = Labelled(
            C_("written", "Ground"),
            Field(N_("No time to convene, or a quorum cannot come together")),
            N_("Without a ground nothing may be resolved in writing."),
        )
        self.ground.field.setText(state.ground)
        self.ground.setVisible(not state.out)
        self.day = Labelled(
            C_("written", "Replies until"),
            DateField(C_("written", "Replies until"), by.date() if by else None, 0),
        )
        self.time = Labelled(
            C_("written", "Time"),
            TimeField(C_("written", "Time"), by.time() if by else LAST_MINUTE),
        )
        super().__init__(
            parent,
            N_("Move the deadline") if state.out else N_("Send the ballot sheets"),
            self.ground,
            beside(self.day, self.time),
            button=None if state.out else N_("Send: the resolution is called"),
        )
        (self.day if state.out else self.ground).field.setFocus()

    def confirm(self) -> None:
        on, time = self.day.value(), self.time.value()
        if on is None:
            raise UserError(N_("Enter until when replies are taken."))
        by = dt.datetime.combine(on, time or LAST_MINUTE, clock.KST)
        asked = {"meeting_id": self.state.meeting_id, "reply_by": by}
        usecase = written.set_deadline
        if not self.state.out:
            usecase, asked["ground"] = written.send, self.ground.value()
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **asked)


class OpinionDialog(Dialog):
    """What a member wrote on the sheet."""

    def __init__(self, parent, desk, item: written.ItemRow, line: Line) -> None:
        self.desk, self.item, self.line = desk, item, line
        options = [(choice.value, CHOICES[choice]) for choice in written.GIVEN]
        self.choice = Labelled(
            C_("written", "Reply"), Options(options, C_("written", "Reply"), line.choice)
        )
        self.day = Labelled(
            C_("written", "Replied on"),
            DateField(C_("written", "Replied on"), line.replied_on or clock.today(), 0),
        )
        self.opinion = Labelled(C_("written", "Opinion"), Field())
        self.opinion.field.setText(line.opinion)
        super().__init__(
            parent,
            N_("Reply of {name}"),
            beside(self.choice, self.day),
            self.opinion,
            name=line.name,
        )
        self.opinion.field.setFocus()

    def confirm(self) -> None:
        self.desk.do(
            written.reply,
            then=self.on_accepted,
            otherwise=self.on_refused,
            item_id=self.item.id,
            attendance_ids=[self.line.id],
            choice=self.choice.value(),
            opinion=self.opinion.value(),
            replied_on=self.day.value(),
        )


class FinishDialog(Dialog):
    """Count and close; what it comes to is said before."""

    def __init__(self, parent, desk, state: written.Sheet) -> None:
        self.desk, self.state = desk, state
        told = [self._line(item) for item in state.items]
        self.chair = Segment((N_("Chair in favour"), N_("Chair against")), 0, N_("Casting vote"))
        even = any(item.yes == item.no and item.yes for item in state.items)
        self.cast = row(Label(N_("Casting vote"), "sec", "text2"), self.chair, None, gap=8)
        self.cast.setVisible(even)
        short = state.answered < state.required
        self.note = Label(
            N_("Too few replies: nothing is decided, the items go on to the next meeting.")
            if short
            else N_("What is resolved is reported at the next meeting."),
            "sec",
            "warn" if short else "text2",
            wrap=True,
        )
        super().__init__(
            parent,
            N_("Count the written resolution"),
            *told,
            self.cast,
            self.note,
            button=N_("Count and close for good"),
            width=520,
        )

    def _line(self, item: written.ItemRow) -> QWidget:
        counts = Label(
            N_("for {yes}, against {no}, abstained {abstain}"),
            "sec",
            "text2",
            yes=item.yes,
            no=item.no,
            abstain=item.abstain,
        )
        return column(Label(item.title, "secb", wrap=True), counts, gap=2)

    def confirm(self) -> None:
        casting = self.chair.current() == 0 if self.cast.isVisibleTo(self) else None
        self.desk.do(
            written.finish,
            then=self.on_accepted,
            otherwise=self.on_refused,
            meeting_id=self.state.meeting_id,
            chair_in_favour=casting,
        )


TAB = WrittenTab
