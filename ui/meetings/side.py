"""What stands beside the agenda: the live quorum and the item's front sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import MeetingState
from gwangju_desktop.meetings import queries
from gwangju_desktop.meetings.words import ITEM_KINDS
from ui import theme
from ui.text import C_, N_
from ui.widgets.meters import Quorum
from ui.widgets.painted import Chip, Swatch
from ui.widgets.parts import Align, Button, Label, Pane, column, frame, row, rule

WIDTH = 520
ITEM_TONES = {
    "procedure": "neu",
    "report": "neu",
    "deliberation": "acc",
    "discussion": "info",
    "advice": "info",
}


class QuorumBlock(QWidget):
    """Who comes before the opening, who is there after it, against what opening needs."""

    def __init__(self) -> None:
        super().__init__()
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
        if meeting.state == MeetingState.PLANNED:
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


class ItemCard(QWidget):
    """The current item: what the body is asked, why, what it is about."""

    SECTIONS = (
        ("request", N_("What the body is asked to decide")),
        ("reason", N_("Reason for the proposal")),
        ("contents", N_("Main contents")),
        ("reference", N_("For reference")),
    )

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.item = page, None
        self.number, self.title = Label("", "h2", "acc"), Label("", "h2", wrap=True)
        self.kind, self.meta = Chip(), Label("", "cap", elide=True)
        self.edit = page.writing(Button(N_("Edit"), icon="pencil", slot=page.on_edit_item))
        up = Button("", "ghost", "chevron-up", name=N_("Previous agenda item"))
        down = Button("", "ghost", "chevron-down", name=N_("Next agenda item"))
        up.clicked.connect(page.on_previous)
        down.clicked.connect(page.on_next)
        self.texts = {}
        parts = []
        for key, message in self.SECTIONS:
            said = Label("", "body" if key == "request" else "sec", "text", wrap=True)
            box = column(Label(message, "capb"), said, gap=3)
            self.texts[key] = (box, said)
            parts.append(box)
        self.empty = Label(
            N_("Nothing is written on the front sheet yet. Edit the item to write it."),
            "sec",
            wrap=True,
        )
        column(
            row(
                self.number,
                (self.title, 1),
                (row(up, down, self.edit, gap=2), Align.AlignTop),
            ),
            row(self.kind, (self.meta, 1), gap=8),
            *parts,
            self.empty,
            gap=10,
            into=self,
        )
        self.hide()

    def open(self, id: int) -> None:
        """Show an item."""
        self.page.desk.read(queries.item, then=self.show_item, otherwise=self.clear, id=id)

    def show_item(self, item) -> None:
        """Show an ItemDetail."""
        self.item = item
        self.show()
        self.number.say(str(item.number) if item.number else "")
        self.number.setVisible(bool(item.number))
        self.title.say(item.title)
        self.kind.say(ITEM_KINDS[item.kind], ITEM_TONES[item.kind])
        message = N_("{presenter} · {n} min") if item.presenter else N_("{n} min")
        self.meta.say(message, presenter=item.presenter, n=item.minutes)
        for key, (box, said) in self.texts.items():
            text = getattr(item, key)
            box.setVisible(bool(text))
            said.say(text)
        self.empty.setVisible(not any(getattr(item, key) for key in self.texts))
        self.page.on_item(item)

    def clear(self, _error=None) -> None:
        """Show no item."""
        self.item = None
        self.hide()


class Side(Pane):
    """The inspector of the meeting: quorum above, item below."""

    def __init__(self, page) -> None:
        self.quorum, self.card = QuorumBlock(), ItemCard(page)
        inside = frame("inspector")
        column(
            self.quorum,
            rule(),
            self.card,
            None,
            margins=(20, 14, 20, 14),
            gap=12,
            into=inside,
        )
        super().__init__(inside)
        self.dress()

    def dress(self) -> None:
        """Take the width at the present text size."""
        self.setFixedWidth(theme.px(WIDTH))

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.StyleChange:
            self.dress()
        super().changeEvent(event)
