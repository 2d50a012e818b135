"""The front sheet of the item in front: what the body is asked, why, what it is about."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import MeetingState
from gwangju_desktop.meetings.words import ITEM_KINDS, LISTINGS
from ui.text import N_, say
from ui.widgets.painted import Chip
from ui.widgets.parts import Align, Button, Label, column, row

ITEM_TONES = {
    "procedure": "neu",
    "report": "neu",
    "deliberation": "acc",
    "discussion": "info",
    "advice": "info",
    "other": "neu",
    "heading": "neu",
}
FOLDED = ("reason", "contents", "basis", "budget", "asked", "reference")


class FrontSheet(QWidget):
    """The current item: what the body is asked, why, what it is about."""

    SECTIONS = (
        ("request", N_("What the body is asked to decide")),
        ("reason", N_("Reason for the proposal")),
        ("contents", N_("Main contents")),
        ("basis", N_("Basis in law or plan")),
        ("budget", N_("Cost")),
        ("asked", N_("Agreement and opinions")),
        ("reference", N_("For reference")),
    )

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.item, self.unfolded = view, None, False
        self.meeting = None
        self.number, self.title = Label("", "h2", "acc"), Label("", "h2", wrap=True)
        self.kind, self.meta = Chip(), Label("", "cap", elide=True)
        self.edit = view.writing(Button(N_("Edit"), icon="pencil", slot=view.on_edit_item))
        up = Button("", "ghost", "chevron-up", name=N_("Previous agenda item"))
        down = Button("", "ghost", "chevron-down", name=N_("Next agenda item"))
        up.clicked.connect(view.on_previous)
        down.clicked.connect(view.on_next)
        self.more = Button(N_("Reason and contents"), "link", slot=self.on_more)
        self.texts = {}
        self.marks, self.told = Label("", "cap", wrap=True), Label("", "sec", "text", wrap=True)
        parts = [self.marks, self.told]
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
            row(self.kind, (self.meta, 1), self.more, gap=8),
            *parts,
            self.empty,
            gap=10,
            into=self,
        )
        self.hide()

    def show_item(self, item, meeting) -> None:
        """Show an ItemDetail, or nothing."""
        if self.item is None or item is None or item.id != self.item.id:
            self.unfolded = False
        self.item, self.meeting = item, meeting
        self.setVisible(item is not None)
        if item is None:
            return
        self.number.say(str(item.number) if item.number else "")
        self.number.setVisible(bool(item.number))
        self.title.say(item.title)
        self.kind.say(ITEM_KINDS[item.kind], ITEM_TONES[item.kind])
        message = N_("{presenter} · {n} min") if item.presenter else N_("{n} min")
        self.meta.say(message, presenter=item.presenter, n=item.minutes)
        state = MeetingState(meeting.state)
        still = state.ahead or state == MeetingState.OPENED
        self.edit.setVisible(still and not self.view.desk.read_only)
        self._show_marks(item)
        # In session what is decided stands below: the rest of the sheet makes room for it.
        folded = state == MeetingState.OPENED and not self.unfolded
        self.more.setVisible(folded and any(getattr(item, key) for key in FOLDED))
        for key, (box, said) in self.texts.items():
            text = getattr(item, key)
            box.setVisible(bool(text) and not (folded and key in FOLDED))
            said.say(text)
        written = item.told or any(getattr(item, key) for key in self.texts)
        self.empty.setVisible(not written)

    def on_more(self) -> None:
        """Show the whole front sheet of the item in session."""
        self.unfolded = True
        self.show_item(self.item, self.meeting)

    def _show_marks(self, item) -> None:
        """Say where the item comes from, why it is late or closed, and what the program tells."""
        marks = [item.item_number] if item.item_number else []
        if item.carried_from:
            marks.append(say(N_("Carried over from {meeting}"), meeting=item.carried_from))
        if item.listing_reason:
            words = {"how": say(LISTINGS[item.listing]), "why": item.listing_reason}
            marks.append(say(N_("{how}: {why}"), **words))
        if item.restricted:
            words = {"ground": item.restricted_ground, "title": item.open_title}
            marks.append(say(N_("Restricted ({ground}), in public: {title}"), **words))
        if item.remark:
            marks.append(item.remark)
        self.marks.say(" · ".join(marks))
        self.marks.setVisible(bool(marks))
        self.told.say("\n".join(item.told))
        self.told.setVisible(bool(item.told))


BLOCK = FrontSheet
