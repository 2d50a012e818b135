"""Options and rows of a question, a line each: typed, pasted from a list, moved by Alt and arrows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from db.vocab import OptionRole
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls.words import ROLES
from ui.proposals.inputs import Growing
from ui.text import C_, N_, say
from ui.widgets.forms import Choice, Field
from ui.widgets.parts import Button, row

ROLE_WORDS = [(one.value, ROLES[one]) for one in OptionRole]


class WordsField(Field):
    """The words of a line: Enter begins the next line, a pasted list becomes lines."""

    entered = Signal()
    listed = Signal(list)  # lines that were pasted
    moved = Signal(int)  # places up or down

    def keyPressEvent(self, event) -> None:
        key = event.key()
        arrows = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        pasted = QGuiApplication.clipboard().text() if event.matches(QKeySequence.Paste) else ""
        lines = [line.strip() for line in pasted.splitlines() if line.strip()]
        if len(lines) > 1:
            self.listed.emit(lines)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        elif alt and key in arrows:
            self.moved.emit(arrows[key])
        else:
            super().keyPressEvent(event)


class Line(QWidget):
    """An option or a row: its code, its words, and of an option what choosing it says."""

    def __init__(self, box: Lines, one) -> None:
        super().__init__()
        self.box = box
        self.code = Field("", C_("poll form", "Code"), width=64)
        self.words = WordsField("", C_("poll form", "Words"))
        self.english = Field(N_("English"), C_("poll form", "Words in English"))
        self.role = Choice(ROLE_WORDS, C_("poll form", "What it says"), width=148)
        self.value_field = Field("", C_("poll form", "Point"), width=56)
        self.value_field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.remove = Button("", "ghost", "x", name=C_("poll form", "Remove"), slot=self.on_remove)
        self.remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.first = self.words
        if one:
            self.code.setText(one["code"])
            self.words.setText(one["label"])
            self.english.setText(one.get("label_en", ""))
            self.role.choose(one.get("role", OptionRole.NORMAL.value))
            value = one.get("value")
            self.value_field.setText("" if value is None else f"{value:g}")
        for field in (self.words, self.english):
            field.setCursorPosition(0)
        row(
            self.code,
            (self.words, 6),
            (self.english, 5),
            self.role,
            self.value_field,
            self.remove,
            gap=6,
            into=self,
        )
        self.words.entered.connect(self.on_entered)
        self.words.listed.connect(self.on_listed)
        self.words.moved.connect(self.on_moved)
        self.role.currentIndexChanged.connect(self.fit)
        self.fit()

    def fit(self, *_chosen) -> None:
        """Show the fields this kind of line has."""
        points = self.box.points and self.role.value() == OptionRole.NORMAL
        self.english.setVisible(self.box.english)
        self.role.setVisible(self.box.roles)
        self.value_field.setVisible(self.box.points)
        self.value_field.setEnabled(points)

    def value(self) -> dict:
        """Return the line as the use case takes it; raise UserError for a point that is none."""
        told = {"code": self.code.value(), "label": self.words.value()}
        told["label_en"] = self.english.value()
        if not self.box.roles:
            return told
        point = self.value_field.value() if self.value_field.isEnabled() else ""
        try:
            told["value"] = float(point) if point and self.box.points else None
        except ValueError as error:
            raise UserError(N_("A point is a number, not “{typed}”."), typed=point) from error
        return told | {"role": self.role.value()}

    def on_entered(self) -> None:
        self.box.after(self)

    def on_listed(self, lines: list[str]) -> None:
        self.box.paste(self, lines)

    def on_moved(self, by: int) -> None:
        self.box.shift(self, by)

    def on_remove(self) -> None:
        self.box.drop(self)


class Lines(Growing):
    """The options or the rows of a question."""

    def __init__(self, add: str, *more: QWidget, roles: bool) -> None:
        self.roles, self.points, self.english = roles, False, False
        super().__init__(add, *more)
        self.rows.layout().setSpacing(6)

    def make(self, one) -> Line:
        return Line(self, one or {"code": self.next_code(), "label": ""})

    def next_code(self) -> str:
        """Return the number after the highest code that is one."""
        codes = [line.code.value() for line in self.lines]
        return str(max((int(one) for one in codes if one.isdecimal()), default=0) + 1)

    def show_lines(self, lines) -> None:
        """Show these lines in the place of those there are."""
        self.clear()
        for one in lines:
            self.put(one)

    def show_more(self, *, points: bool | None = None, english: bool | None = None) -> None:
        """Show, or not, the points of a scale and the words in English."""
        self.points = self.points if points is None else points
        self.english = self.english if english is None else english
        for line in self.lines:
            line.fit()

    def after(self, line: Line) -> None:
        """Go to the next line; after the last one begin another."""
        n = self.lines.index(line) + 1
        if n == len(self.lines):
            if not line.words.value():
                return
            self.put()
            self.fit()
        self.lines[n].words.setFocus()

    def paste(self, line: Line, words: list[str]) -> None:
        """Put the lines of a list here and below."""
        n = self.lines.index(line)
        for each in words:
            if n == len(self.lines):
                self.put()
            self.lines[n].words.setText(each)
            n += 1
        self.lines[n - 1].words.setFocus()
        self.fit()

    def shift(self, line: Line, by: int) -> None:
        """Move a line up or down; its code goes with it."""
        n = self.lines.index(line)
        to = n + by
        if 0 <= to < len(self.lines):
            self.lines.insert(to, self.lines.pop(n))
            self.rows.layout().insertWidget(to, line)
            line.words.setFocus()

    def value(self) -> list[dict]:
        """Return the lines that hold words."""
        return [one for one in (line.value() for line in self.lines) if one["label"]]


def role_line(box: Lines, role: OptionRole, code: str) -> None:
    """Add an option that says don't know, no answer, none or other, unless there is one."""
    if any(line.role.value() == role.value for line in box.lines):
        return
    taken = {line.code.value() for line in box.lines}
    code = code if code not in taken else box.next_code()
    box.put({"code": code, "label": say(ROLES[role]), "role": role.value})
    box.fit()
