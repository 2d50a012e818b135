"""The front sheet of the item in front: what the body is asked, why, what it is about."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop.meetings.words import ITEM_KINDS
from ui.text import N_
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


class FrontSheet(QWidget):
    """The current item: what the body is asked, why, what it is about."""

    SECTIONS = (
        ("request", N_("What the body is asked to decide")),
        ("reason", N_("Reason for the proposal")),
        ("contents", N_("Main contents")),
        ("reference", N_("For reference")),
    )

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.item = view, None
        self.number, self.title = Label("", "h2", "acc"), Label("", "h2", wrap=True)
        self.kind, self.meta = Chip(), Label("", "cap", elide=True)
        self.edit = view.writing(Button(N_("Edit"), icon="pencil", slot=view.on_edit_item))
        up = Button("", "ghost", "chevron-up", name=N_("Previous agenda item"))
        down = Button("", "ghost", "chevron-down", name=N_("Next agenda item"))
        up.clicked.connect(view.on_previous)
        down.clicked.connect(view.on_next)
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

    def show_item(self, item, meeting) -> None:
        """Show an ItemDetail, or nothing."""
        self.item = item
        self.setVisible(item is not None)
        if item is None:
            return
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


BLOCK = FrontSheet
