"""The texts of a commitment in the order of the template, Korean beside English."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QWidget

from gwangju_desktop.commitments import plans
from ui import theme
from ui.commitments.milestone_forms import ENGLISH, FROZEN, lines
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Dialog
from ui.widgets.parts import Align, Button, Label, column, row, rule

WIDTH = 860
NARROW = 620  # px under which the English stands below the Korean
KOREAN = C_("language", "In Korean")


class TextDialog(Dialog):
    """Write a section of the template in both languages; the characters are counted."""

    def __init__(self, parent, desk, whole, section, frozen: bool) -> None:
        self.desk, self.whole, self.section = desk, whole, section
        self.text = lines(KOREAN, section.text, 220)
        self.text_en = lines(ENGLISH, section.text_en, 220)
        self.counts = [Label("", "cap"), Label("", "cap")]
        sides = []
        for part, count in zip((self.text, self.text_en), self.counts, strict=True):
            part.field.textChanged.connect(self.on_typed)
            sides.append((column(part, count, gap=4), 1))
        super().__init__(
            parent,
            section.label,
            *([Label(section.hint, "sec", wrap=True)] if section.hint else []),
            row(*sides, gap=12),
            *([Label(FROZEN, "cap", wrap=True)] if frozen else []),
            width=WIDTH,
        )
        self.text.field.setReadOnly(frozen)
        self.on_typed()
        (self.text_en if frozen else self.text).field.setFocus()

    def on_typed(self) -> None:
        """Count the characters."""
        for part, count in zip((self.text, self.text_en), self.counts, strict=True):
            count.say(NN_("{n:,} character", "{n:,} characters"), n=len(part.field.value()))

    def confirm(self) -> None:
        self.desk.do(
            plans.set_text,
            then=self.on_accepted,
            otherwise=self.on_refused,
            plan_id=self.whole.row.plan_id,
            commitment_id=self.whole.row.id,
            section=self.section.section,
            text=self.text.value(),
            text_en=self.text_en.value(),
        )


class Section(QWidget):
    """One section: its name, the Korean and the English, and a pencil."""

    wanted = Signal(object)
    copied = Signal()

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.row = page, None
        self.name = Label("", "capb", wrap=True)
        self.korean = Label("", "body", wrap=True)
        self.english = Label("", "sec", wrap=True)
        self.edit = Button("", "ghost", "pencil", name=N_("Write this section"), slot=self.on_edit)
        self.copy = Button("", "ghost", "copy", name=N_("Copy the English"), slot=self.on_copy)
        page.writing(self.edit)
        for words in (self.korean, self.english):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sides = row((self.korean, 1), (self.english, 1), gap=24)
        self.sides.layout().setAlignment(self.korean, Align.AlignTop)
        self.sides.layout().setAlignment(self.english, Align.AlignTop)
        column(
            row((self.name, 1), self.copy, self.edit, gap=0),
            self.sides,
            rule(),
            gap=4,
            into=self,
        )

    def show_section(self, row_) -> None:
        """Show a TextRow."""
        self.row = row_
        self.name.say(row_.label)
        self.korean.say(row_.text or say(C_("section", "Nothing written yet")))
        self.korean.ink("text" if row_.text else "text3")
        missing = C_("section", "English is missing") if row_.text else ""
        self.english.say(row_.text_en or say(missing))
        self.english.ink("text2" if row_.text_en else "warn")
        self.copy.setVisible(bool(row_.text_en))

    def on_edit(self) -> None:
        self.wanted.emit(self.row)

    def on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.row.text_en)
        self.copied.emit()

    def fit(self, narrow: bool) -> None:
        """Lay the English below the Korean where there is no room beside it."""
        ways = QBoxLayout.Direction
        self.sides.layout().setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self.sides.layout().setSpacing(6 if narrow else 24)


class Texts(QWidget):
    """All sections of a commitment's template."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self.whole, self.frozen = None, True
        self.parts: list[Section] = []
        self.title = Label(N_("What was promised"), "h3")
        column(self.title, gap=8, into=self)

    def show_whole(self, whole, frozen: bool) -> None:
        """Show the sections of a commitment."""
        self.whole, self.frozen = whole, frozen
        while len(self.parts) < len(whole.texts):
            part = Section(self.page)
            part.wanted.connect(self.on_wanted)
            part.copied.connect(self.on_copied)
            self.parts.append(part)
            self.layout().addWidget(part)
        for n, part in enumerate(self.parts):
            part.setVisible(n < len(whole.texts))
            if n < len(whole.texts):
                part.show_section(whole.texts[n])
        self.fit()

    def on_wanted(self, section) -> None:
        """Write a section."""
        if not self.desk.read_only:
            TextDialog(self.window(), self.desk, self.whole, section, self.frozen).open()

    def on_copied(self) -> None:
        self.page.toast(N_("The English text has been copied."))

    def fit(self) -> None:
        """Lay both languages beside each other where there is room."""
        for part in self.parts:
            part.fit(self.width() < theme.px(NARROW))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fit()
