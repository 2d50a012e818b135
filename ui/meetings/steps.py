"""The bar of steps of a meeting: where it stands, the next step, and what that misses."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from db.vocab import MeetingKind, MeetingState
from gwangju_desktop.meetings import conditions
from gwangju_desktop.meetings.words import STATES
from ui import theme
from ui.meetings.needs import first_missing
from ui.meetings.step_dialogs import DIALOGS, TakeBackDialog
from ui.text import C_, N_, say
from ui.widgets.forms import Dialog
from ui.widgets.painted import Painted
from ui.widgets.parts import Align, Button, Icon, Label, column, row

S = MeetingState
PATH = (
    S.PLANNED,
    S.NOTICED,
    S.DISTRIBUTED,
    S.OPENED,
    S.CLOSED,
    S.DRAFTED,
    S.CONFIRMED,
    S.PUBLISHED,
)
# A written resolution has neither papers sent apart nor a sitting.
WRITTEN_PATH = (S.PLANNED, S.NOTICED, S.CLOSED, S.DRAFTED, S.CONFIRMED, S.PUBLISHED)
VERBS = {
    S.NOTICED: C_("step", "Send the notice"),
    S.DISTRIBUTED: C_("step", "Send the papers"),
    S.OPENED: C_("step", "Open"),
    S.CLOSED: C_("step", "Close"),
    S.NO_QUORUM: C_("step", "No quorum"),
    S.POSTPONED: C_("step", "Postpone"),
    S.CANCELLED: C_("step", "Cancel"),
}
EDGE = 6.5  # px
# From here on the minutes lead.
MINUTES = (S.CLOSED, S.DRAFTED, S.CONFIRMED)
TAB_WORDS = {"minutes": C_("step", "Minutes"), "written": C_("tab", "Written resolution")}
TAKEN_BACK = (
    S.NOTICED,
    S.DISTRIBUTED,
    S.OPENED,
    S.CLOSED,
    S.NO_QUORUM,
    S.POSTPONED,
    S.CANCELLED,
)


class Path(Painted):
    """The states of a meeting as dots on a line, those behind it filled."""

    def __init__(self) -> None:
        self.states, self.state = PATH, S.PLANNED
        super().__init__(14, 132)

    def show_state(self, state: MeetingState, written: bool) -> None:
        """Show where a meeting stands."""
        self.states, self.state = WRITTEN_PATH if written else PATH, state
        self.setToolTip(self.sentence())
        self.renew()

    def sentence(self) -> str:
        at = self._at()
        if at < 0:
            return say(STATES[self.state])
        return say(
            N_("Step {n} of {all}: {state}"),
            n=at + 1,
            all=len(self.states),
            state=STATES[self.state],
        )

    def _at(self) -> int:
        if self.state in self.states:
            return self.states.index(self.state)
        # A state the path leaves out is the last one before it.
        before = PATH[: PATH.index(self.state) + 1] if self.state in PATH else ()
        return max((self.states.index(s) for s in before if s in self.states), default=-1)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        at, middle = self._at(), area.height() / 2
        # Room for the largest dot and half its pen at both ends.
        first, last = EDGE, area.width() - EDGE
        gap = (last - first) / (len(self.states) - 1)
        painter.setPen(QPen(theme.color("line2"), 2))
        painter.drawLine(QPointF(first, middle), QPointF(last, middle))
        if at > 0:
            painter.setPen(QPen(theme.color("acc"), 2))
            painter.drawLine(QPointF(first, middle), QPointF(first + gap * at, middle))
        for n in range(len(self.states)):
            reached = n <= at
            radius = 5.0 if n == at else 3.5
            painter.setPen(QPen(theme.color("acc" if reached else "line2"), 2))
            painter.setBrush(theme.color("acc" if reached else "page"))
            painter.drawEllipse(QPointF(first + gap * n, middle), radius, radius)


class StepsBar:
    """The parts of the bar: `path` stands beside the title, `next` and `more` among the buttons.

    What the next step misses is said where its button is pointed at, and in its form.
    """

    def __init__(self, view) -> None:
        self.view, self.meeting, self.ways = view, None, ()
        self.path = Path()
        self.next = Button(VERBS[S.NOTICED], "primary", slot=self.on_next)
        self.next.hide()
        self.more = Button("", "default", "ellipsis", name=N_("Other steps"), slot=self.on_more)
        view.writing(self.next, self.more)

    def show_meeting(self, meeting) -> None:
        """Show a MeetingDetail and ask what its next step misses."""
        self.meeting = meeting
        state = MeetingState(meeting.state)
        self.path.show_state(state, meeting.kind == MeetingKind.WRITTEN)
        self.view.desk.read(conditions.ways, then=self.on_ways, id=meeting.id)

    def on_ways(self, ways) -> None:
        """Show the next step; a read-only office has none."""
        self.ways = ways
        state = MeetingState(self.meeting.state)
        writing = not self.view.desk.read_only
        self.more.setVisible(writing and (len(ways) > 1 or state in TAKEN_BACK))
        tab = self.tab
        if tab:
            self.next.say(TAB_WORDS[tab])
        elif ways:
            self.next.say(VERBS[ways[0].after])
        # In session the decision leads: closing is a step taken once.
        self.next.as_kind("default" if state == S.OPENED else "primary")
        missing = first_missing(ways[0].conditions) if ways and not tab else ""
        self.next.setToolTip(missing)
        self.next.setAccessibleDescription(missing)
        self.fit()

    @property
    def tab(self) -> str:
        """Return the tab the next step is taken in, nothing where it has a form of its own."""
        if self.meeting is None:
            return ""
        if MeetingState(self.meeting.state) in MINUTES:
            return "minutes"
        return "written" if self.ways and self.meeting.kind == MeetingKind.WRITTEN else ""

    def fit(self) -> None:
        """Show the next step, but not beside the tab that has it."""
        there = self.view.built.get(self.tab)
        beside = there is not None and there is self.view.front
        writing = not self.view.desk.read_only
        self.next.setVisible(writing and bool(self.ways or self.tab) and not beside)

    def on_next(self) -> None:
        """Open the form of the usual step."""
        if self.meeting is None or self.view.desk.read_only:
            return
        if self.tab:
            self.view.show_tab(self.tab)
        elif self.ways:
            self.open(self.ways[0].after)

    def open(self, after: MeetingState) -> None:
        """Open the form of a step; sheets sent and counted have theirs in their tab."""
        if self.tab == "written" and after in (S.NOTICED, S.CLOSED):
            self.view.show_tab("written")
            return
        DIALOGS[after](self.view.window(), self.view.desk, self.meeting).open()

    def on_more(self) -> None:
        """Show every step that may follow."""
        if self.meeting is not None and not self.view.desk.read_only:
            WaysDialog(self.view.window(), self, self.meeting).open()


class WaysDialog(Dialog):
    """Every step that may follow, each with what it misses, and the way back."""

    def __init__(self, parent, bar: StepsBar, meeting) -> None:
        self.bar, self.meeting = bar, meeting
        self.chosen: MeetingState | None = None
        self.lines = {}
        parts = []
        for way in bar.ways:
            button = Button(VERBS[way.after])
            sentence = first_missing(way.conditions)
            ready = not sentence
            icon = Icon("check" if ready else "circle-alert", "ok" if ready else "warn")
            words = Label(sentence or N_("Nothing is missing."), "sec", wrap=True)
            self.lines[button] = way.after
            middle = Align.AlignVCenter
            parts.append(row((button, middle), (icon, middle), (words, 1), gap=10))
        self.back = Button(N_("Take the last step back"), "link", "undo-2", slot=self.on_back)
        self.rest = Button(N_("Recess or resume"), "link", "clock", slot=self.on_rest)
        self.rest.setVisible(meeting.state == S.OPENED)
        self.end = Button(N_("End the series from this meeting on"), "link", "x", slot=self.on_end)
        self.end.setVisible(meeting.series_id is not None)
        self.back.setVisible(MeetingState(meeting.state) in TAKEN_BACK)
        super().__init__(
            parent,
            N_("Steps of {meeting}"),
            column(*parts, gap=10) if parts else QWidget(),
            row(self.rest, self.back, self.end, None, gap=16),
            width=560,
            meeting=meeting.title,
        )
        widest = max((button.sizeHint().width() for button in self.lines), default=0)
        for button in self.lines:
            button.setMinimumWidth(widest)
            # Only what is connected now knows its sender.
            button.clicked.connect(self.on_way)
        # Each line has its own button: there is nothing to confirm.
        self.button.hide()
        self.cancel_button.say(N_("Close"))

    def on_way(self) -> None:
        after = self.lines[self.sender()]
        self.accept()
        self.bar.open(after)

    def on_rest(self) -> None:
        self.accept()
        self.bar.view.deed("on_recess")()

    def on_end(self) -> None:
        self.accept()
        self.bar.view.on_end_series()

    def on_back(self) -> None:
        self.accept()
        TakeBackDialog(self.bar.view.window(), self.bar.view.desk, self.meeting).open()
