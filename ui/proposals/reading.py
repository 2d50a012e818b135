"""The words of a proposal as they came: a few lines, all of them on demand, never as markup."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui import theme
from ui.text import C_, N_, NN_, say
from ui.widgets.parts import Button, Label, column, row

SHORT, LINES = 260, 4  # characters and lines that stand open
HEIGHT = 260  # px of the whole text
WHOLE = NN_("Whole text ({n:,} letter)", "Whole text ({n:,} letters)")


class Reading(QWidget):
    """The beginning of a text in lines that wrap; the rest in a box of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = ""
        self.begins = Label("", "sec", "text", wrap=True)
        self.all = QPlainTextEdit()
        self.all.setReadOnly(True)
        self.all.setTabChangesFocus(True)
        self.all.hide()
        self.more = Button(WHOLE, "link", slot=self.on_more, n=0)
        self.foot = row(self.more, None)
        column(self.begins, self.all, self.foot, gap=2, into=self)
        self.dress()

    def dress(self) -> None:
        self.all.setFont(theme.font("sec"))
        self.all.setFixedHeight(theme.px(HEIGHT))
        self.all.setAccessibleName(say(N_("Text")))

    def show_text(self, text: str) -> None:
        """Show another text from its beginning; the same one stays as it is."""
        if text == self.whole and text:
            return
        self.whole = text
        self.all.hide()
        self.all.clear()
        lines = text.strip().split("\n")
        short = "\n".join(lines[:LINES])
        cut = len(lines) > LINES or len(short) > SHORT
        if len(short) > SHORT:
            short = short[:SHORT].rsplit(" ", 1)[0]
        self.begins.say(f"{short} …" if cut else short)
        self.begins.setVisible(bool(text))
        self.foot.setVisible(cut)
        self._say_more()

    def _say_more(self) -> None:
        if self.all.isHidden():
            self.more.say(WHOLE, n=len(self.whole))
        else:
            self.more.say(C_("text", "Shorter"))

    def on_more(self) -> None:
        """Show the whole text in the place of its beginning, or fold it again."""
        opens = self.all.isHidden()
        if opens and not self.all.toPlainText():
            self.all.setPlainText(self.whole)
        self.all.setVisible(opens)
        self.begins.setVisible(not opens)
        self._say_more()

    def changeEvent(self, event) -> None:
        kinds = (event.Type.StyleChange, event.Type.LanguageChange)
        if event.type() in kinds and hasattr(self, "more"):
            self.dress()
        super().changeEvent(event)
