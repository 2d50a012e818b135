"""What stands beside the roll: a card that keeps showing one record."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QScrollArea

from ui import theme
from ui.text import say
from ui.widgets.parts import frame

WIDTH = 372
WATCHED = (
    "person",
    "membership",
    "attendance",
    "meeting",
    "body",
    "organisation",
    "body_rule",
    "term",
    "person_alias",
    "affiliation",
    "consent",
    "post",
    "post_holding",
)


class Card(QScrollArea):
    """A scrolling inspector that keeps showing one record."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self.id: int | None = None
        self.record = None
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.inside = frame("inspector")
        self.setWidget(self.inside)
        self.setAccessibleName(say(self.called))
        self.desk.changed.connect(self.on_changed)

    query = None
    called = ""  # what a screen reader calls the pane

    def open(self, id: int) -> None:
        """Show the record `id`."""
        self.id = id
        self.desk.read(type(self).query, then=self.on_record, id=id)

    def on_record(self, record) -> None:
        """Keep and show what was read."""
        if record.id == self.id:
            self.record = record
            self.renew()

    def renew(self) -> None:
        """Write the record into the labels."""

    def on_changed(self, changes) -> None:
        if self.id is not None and changes.touches(*WATCHED, "body_name"):
            self.desk.read(
                type(self).query, then=self.on_record, otherwise=self.on_gone, id=self.id
            )

    def on_gone(self, _error) -> None:
        """The record was taken back: show nothing of it."""
        self.id = self.record = None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(say(self.called))
        if event.type() == QEvent.Type.LanguageChange and self.record:
            # Names of bodies are data in two languages: they are chosen anew.
            QTimer.singleShot(0, self, self.renew)
        super().changeEvent(event)


def empty(box) -> None:
    """Take everything out of a box whose parts are made anew."""
    layout = box.layout()
    while layout.count():
        layout.takeAt(0).widget().deleteLater()


def width() -> int:
    """Return the inspector's width at the present text size."""
    return theme.px(WIDTH)
