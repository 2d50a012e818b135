"""The quorum beside the agenda: the forecast before the day, then live, for the item in front."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from db.vocab import BreakKind, MeetingState
from gwangju_desktop.meetings import presence, recusals, rules, sheet, sitting
from gwangju_desktop.meetings.presence import Standing
from gwangju_desktop.meetings.words import RECUSALS
from ui.meetings.bigview import BigView
from ui.meetings.comings import ComingsDialog
from ui.meetings.sitting_forms import PresideDialog, RecusalDialog, RestDialog
from ui.text import C_, N_
from ui.widgets.meters import Quorum
from ui.widgets.painted import Chip, Swatch
from ui.widgets.parts import Button, Label, column, row


class Live(NamedTuple):
    """What the block shows of a sitting: the meeting's standing and, of the item, its own."""

    meeting_id: int
    item_id: int | None
    standing: Standing
    resting: bool
    aside: list[recusals.RecusalRow]
    presiding: str
    instead: str
    ground: str


def live(read, *, meeting_id: int, item_id: int | None) -> Live:
    """Read how a meeting and its item in front stand now."""
    held = presence.standing(read, meeting_id=meeting_id, item_id=item_id)
    room = sheet.room(read, meeting_id=meeting_id)
    aside, instead, ground = [], "", ""
    if item_id is not None:
        aside = recusals.of_item(read, item_id=item_id)
        _id, instead, ground = sheet.presiding_over(read, item_id=item_id)
    return Live(
        meeting_id,
        item_id,
        held,
        room.resting is not None,
        aside,
        room.presiding,
        instead,
        ground,
    )


class Aside(QWidget):
    """One member who takes no part in the item, with the way back."""

    def __init__(self, block, recusal: recusals.RecusalRow, writes: bool) -> None:
        super().__init__()
        self.block, self.recusal = block, recusal
        words = Label(
            N_("{name} · {kind} · {ground} (voted down)")
            if recusal.lost
            else N_("{name} · {kind} · {ground}"),
            "cap",
            "text2",
            elide=True,
            name=recusal.name,
            kind=RECUSALS[recusal.kind],
            ground=recusal.ground,
        )
        back = Button("", "ghost", "x", name=N_("Take the recusal back"), slot=self.on_back)
        back.setVisible(writes and not recusal.voted)
        row((words, 1), back, gap=6, into=self)

    def on_back(self) -> None:
        self.block.view.desk.do(recusals.lift, id=self.recusal.id)


class QuorumBlock(QWidget):
    """Who comes before the opening, who is there after it, against what opening needs."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.meeting, self.item = view, None, None
        self.big: BigView | None = None
        self.verdict, self.meter = Chip(), Quorum()
        self.shares = [
            (Swatch(ink), Label("", "cap", "text2"), Label("", "secb"))
            for ink in ("acc", "accLine", "track")
        ]
        self.left = Label("", "cap", "text2")
        self.majority = Label("", "secb")
        legend = [part for share in self.shares for part in (*share, 8)]
        self.rule = Label("", "cap", elide=True)
        self.chair = Label("", "cap", "text2", elide=True)
        self.chair_button = Button(C_("button", "Change"), "link", slot=self.on_preside)
        self.chair_row = row((self.chair, 1), self.chair_button, gap=8)
        self.aside = column(gap=0)
        self.comings = Button(N_("Comings and goings"), icon="log-out", slot=self.on_comings)
        self.recess = Button(C_("sitting", "Recess"), slot=self.on_recess)
        self.talk = Button(N_("Turn into a talk"), slot=self.on_talk)
        self.recuse = Button(N_("Recusal"), slot=self.on_recuse)
        self.screen_button = Button(
            "", "ghost", "maximize-2", name=N_("Big letters for a second screen"), slot=self.on_big
        )
        self.tools = row(self.comings, self.recuse, self.recess, self.talk, None, gap=6)
        view.writing(self.tools, self.chair_button)
        column(
            row(
                Label(N_("Attendance and quorum"), "h3"),
                self.verdict,
                None,
                self.screen_button,
            ),
            self.meter,
            row(*legend, self.left, None, gap=5),
            row((self.rule, 1), self.majority),
            self.chair_row,
            self.aside,
            self.tools,
            gap=8,
            into=self,
        )

    @property
    def opened(self) -> bool:
        """Say whether the meeting is in session."""
        return self.meeting is not None and self.meeting.state == MeetingState.OPENED

    # --- what is shown
    def show_meeting(self, meeting) -> None:
        """Show a MeetingDetail."""
        if self.meeting is None or self.meeting.id != meeting.id:
            self.item = None
        self.meeting = meeting
        quorum = meeting.quorum
        self.rule.say(quorum.rule)
        state = MeetingState(meeting.state)
        ahead = state.ahead
        self.tools.setVisible(self.opened and not self.view.desk.read_only)
        self.screen_button.setVisible(ahead or self.opened)
        self.chair_row.setVisible(not ahead)
        if ahead:
            self._forecast(meeting, quorum)
            self._show_aside([])
        else:
            self._live(meeting, quorum)
            self.ask()
        if self.big is not None:
            self.big.show_meeting(meeting)

    def show_item(self, item, meeting) -> None:
        """Show the standing of an ItemDetail, None for that of the meeting."""
        self.item = item
        if meeting is not None and meeting.id == getattr(self.meeting, "id", None):
            self.recuse.setVisible(item is not None)
            if not MeetingState(meeting.state).ahead:
                self.ask()
        if self.big is not None:
            self.big.show_item(item.id if item else None)

    def ask(self) -> None:
        """Read how it stands now."""
        item_id = self.item.id if self.item is not None else None
        self.view.desk.read(live, then=self.on_live, meeting_id=self.meeting.id, item_id=item_id)

    def on_live(self, found: Live) -> None:
        item_id = self.item.id if self.item is not None else None
        if self.meeting is None or (found.meeting_id, found.item_id) != (self.meeting.id, item_id):
            return
        held = found.standing
        self.majority.ink("text2" if held.quorum_met else "text3")
        if not held.quorum_met:
            self.majority.say("")
        elif held.recused:
            self.majority.say(
                N_("Without {aside} recused {present}: carried by {n} or more"),
                aside=held.recused,
                present=held.present,
                n=held.majority,
            )
        else:
            self.majority.say(N_("Carried by {n} or more"), n=held.majority)
        if found.instead:
            message = N_("For this item {name} presides · {ground}")
            self.chair.say(message, name=found.instead, ground=found.ground)
        elif found.presiding:
            self.chair.say(N_("{name} presides"), name=found.presiding)
        else:
            self.chair.say(N_("Who presides is not set"))
        self._show_aside(found.aside)
        self.recess.setVisible(not found.resting)
        self.talk.setVisible(not found.resting)

    def _show_aside(self, rows) -> None:
        layout = self.aside.layout()
        while layout.count():
            layout.takeAt(0).widget().deleteLater()
        writes = self.opened and not self.view.desk.read_only
        for recusal in rows:
            layout.addWidget(Aside(self, recusal, writes))
        self.aside.setVisible(bool(rows))

    def _words(self, *shares) -> None:
        for (_swatch, words, number), (message, n) in zip(self.shares, shares, strict=True):
            words.say(message)
            number.say(str(n))

    def _forecast(self, meeting, quorum) -> None:
        self.meter.show_counts(quorum.expected, meeting.silent, quorum.enrolled, quorum.required)
        short = quorum.required - quorum.expected
        if quorum.present:
            self._marked(quorum)
        elif short <= 0:
            self.verdict.say(C_("forecast", "Quorum likely"), "ok", "check")
        else:
            self.verdict.say(N_("{n} short so far"), "warn", "triangle-alert", n=short)
        self._words(
            (N_("Coming"), quorum.expected),
            (N_("No reply"), meeting.silent),
            (N_("Not coming"), meeting.not_coming),
        )
        self.left.say("")
        self.majority.say("")

    def _marked(self, quorum) -> None:
        """Say how many are marked present on the day, before the meeting opens."""
        values = {"n": quorum.present, "needed": quorum.required}
        tone, icon = ("ok", "check") if quorum.met else ("warn", "triangle-alert")
        self.verdict.say(N_("Here {n}/{needed}"), tone, icon, **values)

    def _live(self, meeting, quorum) -> None:
        unmarked = quorum.enrolled - quorum.present - meeting.left - meeting.absent
        self.meter.show_counts(quorum.present, unmarked, quorum.enrolled, quorum.required)
        values = {"n": quorum.present, "needed": quorum.required}
        if quorum.met:
            self.verdict.say(N_("Quorate {n}/{needed}"), "ok", "check", **values)
        else:
            self.verdict.say(N_("Below the quorum {n}/{needed}"), "bad", "circle-alert", **values)
        self._words(
            (N_("Present"), quorum.present),
            (N_("Not marked"), unmarked),
            (N_("Absent"), meeting.absent),
        )
        self.left.say(N_("Left early {n}") if meeting.left else "", n=meeting.left)

    # --- what a person does
    def on_comings(self) -> None:
        """Note who comes or goes without leaving the item."""
        if self.meeting is not None and not self.view.desk.read_only:
            state = MeetingState(self.meeting.state)
            if state.ahead or self.opened:
                ComingsDialog(self.window(), self.view, self.meeting).open()

    def on_recess(self) -> None:
        """Call a recess, or resume where the sitting rests."""
        if self.opened and not self.view.desk.read_only:
            self.view.desk.read(presence.resting, then=self.on_resting, meeting_id=self.meeting.id)

    def on_resting(self, kind) -> None:
        if kind is not None:
            self.view.desk.do(sitting.resume, meeting_id=self.meeting.id)
        else:
            RestDialog(self.window(), self.view.desk, self.meeting, BreakKind.RECESS).open()

    def on_talk(self) -> None:
        """Turn the sitting into a talk."""
        if self.opened and not self.view.desk.read_only:
            RestDialog(self.window(), self.view.desk, self.meeting, BreakKind.TALK).open()

    def on_recuse(self) -> None:
        """Note who takes no part in the item in front."""
        if self.opened and self.item is not None and not self.view.desk.read_only:
            RecusalDialog(self.window(), self.view.desk, self.item).open()

    def on_preside(self) -> None:
        """Say who presides, over the item in front where there is one of business."""
        if self.opened:
            item = self.item if self.item and rules.numbered(self.item.kind) else None
            PresideDialog(self.window(), self.view.desk, self.meeting.id, item).open()

    def on_big(self) -> None:
        """Show the sitting in big letters on the second screen."""
        if self.meeting is None:
            return
        if self.big is None:
            self.big = BigView(self.view.desk, self)
            self.big.closed.connect(self.on_big_closed)
        self.big.show_meeting(self.meeting)
        self.big.show_item(self.item.id if self.item else None)
        self.big.present()

    def on_big_closed(self) -> None:
        self.big = None


BLOCK = QuorumBlock
