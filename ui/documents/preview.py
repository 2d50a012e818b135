"""The pages of a made document, or why there is none; drawn by child processes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.packs.pictures import Workshop
from ui.text import N_
from ui.widgets.page import State
from ui.widgets.pages_view import PagesView
from ui.widgets.parts import Button, Label, column, row


class Preview(QWidget):
    """Pages with what turns and sizes them below; a sentence in their place where there are none.

    `workshop` is the folder files are made in; it goes when this widget goes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.workshop, self.file = Workshop(), None
        self.view, self.told = PagesView(), Label("", "cap", elide=True)
        self.trouble = State("circle-alert", N_("The document could not be made"), "", ink="bad")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.trouble)
        self.page = Label("", "cap")
        self.back = Button("", "ghost", "chevron-left", name=N_("Previous page"), slot=self.on_back)
        self.next = Button("", "ghost", "chevron-right", name=N_("Next page"), slot=self.on_next)
        self.smaller = Button("", "ghost", "zoom-out", name=N_("Zoom out"), slot=self.on_smaller)
        self.fit = Button("", "ghost", "maximize-2", name=N_("Fit page"), slot=self.on_fit)
        self.larger = Button("", "ghost", "zoom-in", name=N_("Zoom in"), slot=self.on_larger)
        turning = (self.back, self.page, self.next)
        self.sizing = (self.smaller, self.fit, self.larger)
        for button in (self.back, self.next, *self.sizing):
            button.setAutoDefault(False)
        self.extra = row(gap=4)
        self.tools = row((self.told, 1), self.extra, 8, *turning, 8, *self.sizing, gap=2)
        column((self.stack, 1), self.tools, gap=6, into=self)
        self.destroyed.connect(self.workshop.close)
        self.workshop.drawn.connect(self.on_drawn)
        self.view.wanted.connect(self.on_wanted)
        self.view.turned.connect(self.on_turned)
        self.on_turned(1)

    # --- what it shows
    def show_file(self, file: Path, pages: int) -> None:
        """Show a made file of so many pages; the one before it goes."""
        if self.file is not None and self.file != file:
            self.workshop.drop(self.file)
        self.file = file
        self.stack.setCurrentWidget(self.view)
        self.view.show_document(pages)
        self.on_turned(self.view.front)

    def show_trouble(self, sentence: str) -> None:
        """Say why there are no pages."""
        self.trouble.hint.say(sentence)
        self.stack.setCurrentWidget(self.trouble)
        self.told.say("")
        self.on_turned(1)

    @property
    def settled(self) -> bool:
        """Say whether every page in view is drawn."""
        return not self.view.settle.isActive() and self.workshop.idle

    # --- pages
    def on_wanted(self, wishes: list) -> None:
        if self.file is not None:
            self.workshop.want(self.file, wishes)

    def on_drawn(self, drawn) -> None:
        if drawn.file == self.file:
            self.view.put(drawn.page, drawn.picture)

    def on_turned(self, page: int) -> None:
        count = self.view.count if self.stack.currentWidget() is self.view else 0
        self.page.say(N_("{page} / {count} pages"), page=page, count=count)
        many = count > 1
        for part in (self.back, self.page, self.next):
            part.setVisible(many)
        for part in self.sizing:
            part.setVisible(count > 0)
        self.back.setEnabled(page > 1)
        self.next.setEnabled(page < count)

    def on_back(self) -> None:
        self.view.step(-1)

    def on_next(self) -> None:
        self.view.step(1)

    def on_smaller(self) -> None:
        self.view.zoom_by(-1)

    def on_larger(self) -> None:
        self.view.zoom_by(1)

    def on_fit(self) -> None:
        self.view.fit()
