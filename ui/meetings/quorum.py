"""Who comes before the opening, who is there after it, against what opening needs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import MeetingState
from ui.text import C_, N_
from ui.widgets.meters import Quorum
from ui.widgets.painted import Chip, Swatch
from ui.widgets.parts import Label, column, row


class QuorumBlock(QWidget):
    """Who comes before the opening, who is there after it, against what opening needs."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view = view
        self.verdict, self.meter = Chip(), Quorum()
        self.shares = [
            (Swatch(ink), Label("", "cap", "text2"), Label("", "secb"))
            for ink in ("acc", "accLine", "track")
        ]
        self.left = Label("", "cap", "text2")
        self.majority = Label("", "cap")
        legend = [part for share in self.shares for part in (*share, 8)]
        self.rule = Label("", "cap", elide=True)
        column(
            row(Label(N_("Attendance and quorum"), "h3"), self.verdict, None),
            self.meter,
            row(*legend, self.left, None, self.majority, gap=5),
            self.rule,
            gap=8,
            into=self,
        )

    def show_meeting(self, meeting) -> None:
        """Show a MeetingDetail."""
        quorum = meeting.quorum
        self.rule.say(quorum.rule)
        if MeetingState(meeting.state).ahead:
            self._forecast(meeting, quorum)
        else:
            self._live(meeting, quorum)

    def _words(self, *shares) -> None:
        for (_swatch, words, number), (message, n) in zip(self.shares, shares, strict=True):
            words.say(message)
            number.say(str(n))

    def _forecast(self, meeting, quorum) -> None:
        self.meter.show_counts(quorum.expected, meeting.silent, quorum.enrolled, quorum.required)
        short = quorum.required - quorum.expected
        if short <= 0:
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

    def _live(self, meeting, quorum) -> None:
        unmarked = quorum.enrolled - quorum.present - meeting.left - meeting.absent
        self.meter.show_counts(quorum.present, unmarked, quorum.enrolled, quorum.required)
        values = {"n": quorum.present, "needed": quorum.required}
        if quorum.met:
            self.verdict.say(N_("Quorate {n}/{needed}"), "ok", "check", **values)
        else:
            short = quorum.required - quorum.present
            self.verdict.say(N_("{n} short of the quorum"), "bad", "circle-alert", n=short)
        self._words(
            (N_("Present"), quorum.present),
            (N_("Not marked"), unmarked),
            (N_("Absent"), meeting.absent),
        )
        self.left.say(N_("Left early {n}") if meeting.left else "", n=meeting.left)
        # Nothing is carried before there is a quorum.
        self.majority.say(N_("Carried by {n} or more") if quorum.met else "", n=meeting.majority)

    def show_item(self, item, meeting) -> None:
        """Show nothing more: the meter is the meeting's."""


BLOCK = QuorumBlock
