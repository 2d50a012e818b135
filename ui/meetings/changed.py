"""Two wordings in one: what goes is struck out, what comes is underlined."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QSize

from gwangju_desktop.meetings.amendments import changes
from ui import theme
from ui.text import N_
from ui.widgets.forms import Prose

LEADING = '<p style="line-height:130%;margin:0">'


class Changed(Prose):
    """The change from one wording to another, as high as its words."""

    def __init__(self) -> None:
        super().__init__(N_("The change"), read_only=True)
        self.original = self.text = ""
        self.document().setDocumentMargin(0)
        self.setFocusPolicy(self.focusPolicy().NoFocus)

    def show_change(self, original: str, text: str) -> None:
        """Show what a wording becomes."""
        self.original, self.text = original, text
        inks = {key: theme.color(ink).name() for key, ink in (("gone", "bad"), ("new", "acc"))}
        parts = []
        for kind, words in changes(original, text):
            bare = words.rstrip()
            said = escape(bare).replace("\n", "<br>")
            if kind == "gone":
                said = f'<s style="color:{inks["gone"]}">{said}</s>'
            elif kind == "new":
                said = f'<u style="color:{inks["new"]}">{said}</u>'
            parts.append(said + words[len(bare) :].replace("\n", "<br>"))
        self.setHtml(f"{LEADING}{''.join(parts)}</p>")
        self.fit()

    def fit(self) -> None:
        """Be as high as the words are at the present width."""
        width = max(self.viewport().width(), theme.px(120))
        self.document().setTextWidth(width)
        height = int(self.document().size().height()) + 2 * self.frameWidth() + 4
        self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.show_change(self.original, self.text)
