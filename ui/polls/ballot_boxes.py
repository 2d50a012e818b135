"""Questions of a ballot as they are typed: options with their keys and marks."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from db.vocab import QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls.words import how_answered
from ui import theme
from ui.polls.condition_form import named
from ui.polls.keying import TYPED, Entry
from ui.text import C_, N_, say
from ui.widgets.forms import Field
from ui.widgets.painted import Painted
from ui.widgets.parts import Align, Label, column, row

LINE, CAP, COLUMN = 28, 30, 62


def draw_cap(painter: QPainter, area: QRectF, key: str, mark: str, on: bool) -> None:
    """Paint the key of an option, filled where the option is chosen."""
    painter.setPen(QPen(theme.color("acc" if on else "field"), 1))
    painter.setBrush(theme.color("acc" if on else "raised"))
    painter.drawRoundedRect(area, 4, 4)
    painter.setPen(theme.color("accOn" if on else "text2"))
    painter.setFont(theme.font("capb"))
    painter.drawText(area, Align.AlignCenter, mark if on and mark != "✓" else key)


class OptionLine(Painted):
    """One option: its key, filled when it is chosen, and its words."""

    clicked = Signal(str)

    def __init__(self, entry: Entry, n: int) -> None:
        self.entry, self.key = entry, entry.keys[n]
        self.option = entry.question.options[n]
        super().__init__(LINE)
        self.renew()

    def sentence(self) -> str:
        marked = self.entry.mark(self.option.code)
        words = f"{self.key}. {self.option.label}"
        return say(N_("{option}, marked"), option=words) if marked else words

    def draw(self, painter: QPainter, area: QRectF) -> None:
        mark = self.entry.mark(self.option.code)
        width, height = theme.px(CAP), theme.px(22)
        cap = QRectF(0.5, (area.height() - height) / 2, width, height)
        draw_cap(painter, cap, self.key, mark, bool(mark))
        painter.setFont(theme.font("secb" if mark else "sec"))
        painter.setPen(theme.color("text"))
        words = area.adjusted(theme.px(CAP + 10), 0, 0, 0)
        short = painter.fontMetrics().elidedText(
            self.option.label, Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, Align.AlignVCenter, short)

    def mousePressEvent(self, _event) -> None:
        self.clicked.emit(self.option.code)


class GridLine(Painted):
    """One row of a grid: its words, and a key for every option."""

    clicked = Signal(str, str)

    def __init__(self, entry: Entry, n: int) -> None:
        self.entry, self.n = entry, n
        self.part = entry.question.parts[n]
        super().__init__(LINE + 4)
        self.renew()

    def sentence(self) -> str:
        given = self.entry.given.get(self.part.code)
        labels = {one.code: one.label for one in self.entry.question.options}
        return f"{self.part.label}: {labels.get(given, '–')}"

    def caps(self, area: QRectF) -> list[QRectF]:
        """Return where the keys stand, at the right."""
        step, height = theme.px(COLUMN), theme.px(22)
        width, n = theme.px(CAP), len(self.entry.keys)
        top = (area.height() - height) / 2
        left = area.width() - n * step
        return [QRectF(left + i * step + (step - width) / 2, top, width, height) for i in range(n)]

    def draw(self, painter: QPainter, area: QRectF) -> None:
        current = self.entry.at == self.n
        if current:
            painter.fillRect(area, theme.color("accSoft"))
        caps = self.caps(area)
        painter.setFont(theme.font("secb" if current else "sec"))
        painter.setPen(theme.color("text"))
        words = QRectF(theme.px(6), 0, caps[0].x() - theme.px(20), area.height())
        short = painter.fontMetrics().elidedText(
            self.part.label, Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, Align.AlignVCenter, short)
        options = self.entry.question.options
        for cap, key, option in zip(caps, self.entry.keys, options, strict=True):
            mark = self.entry.mark(option.code, self.part.code)
            draw_cap(painter, cap, key, mark, bool(mark))

    def mousePressEvent(self, event) -> None:
        for cap, option in zip(
            self.caps(QRectF(self.rect())), self.entry.question.options, strict=True
        ):
            if cap.adjusted(-8, -4, 8, 4).contains(event.position()):
                self.clicked.emit(self.part.code, option.code)


class GridHead(Painted):
    """What the columns of a grid say."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        super().__init__(34)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(theme.font("cap"))
        painter.setPen(theme.color("text3"))
        step, n = theme.px(COLUMN), len(self.entry.question.options)
        for i, option in enumerate(self.entry.question.options):
            cell = QRectF(area.width() - (n - i) * step + 2, 0, step - 4, area.height())
            flags = Align.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(cell, int(flags), option.label)


class Bar(QWidget):
    """The mark at the left of the question that is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.on = False
        self.setFixedWidth(3)

    def paintEvent(self, _event) -> None:
        if self.on:
            QPainter(self).fillRect(self.rect(), theme.color("acc"))


class Box(QWidget):
    """One question of the ballot; the one that is typed stands out."""

    chosen = Signal(object)  # this box was clicked into
    refused = Signal(object)  # a UserError

    def __init__(self, n: int, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.bar = Bar()
        self.number = Label("", "secb", "acc")
        self.number.say(str(n))
        self.number.wide(26)
        self.title = Label("", "secb", wrap=True)
        self.title.say(entry.question.wording or named(entry.question))
        self.how = Label("", "cap")
        self.how.say(str(how_answered(entry.question)))
        self.skipped = Label(N_("Not asked after the answers above"), "cap", "text3")
        self.skipped.hide()
        self.lines: list[QWidget] = []
        self.field: Field | None = None
        self.body = column(*self._parts(), gap=2)
        column(
            row(
                self.bar,
                (self.number, Align.AlignTop),
                (column(self.title, self.how, self.skipped, self.body, gap=3), 1),
                margins=(10, 8, 12, 8),
                gap=8,
            ),
            gap=0,
            into=self,
        )
        self.show_at(False)

    def _parts(self) -> list[QWidget]:
        entry = self.entry
        if entry.kind in TYPED:
            width = 160 if entry.kind is QuestionKind.NUMBER else 0
            self.field = Field("", C_("poll form", "Answer"), width=width)
            self.field.setAccessibleName(named(entry.question))
            self.field.typing.connect(self.on_typing)
            return [row(self.field, None) if width else self.field]
        if entry.kind is QuestionKind.GRID:
            self.lines = [GridLine(entry, n) for n in range(len(entry.question.parts))]
            for line in self.lines:
                line.clicked.connect(self.on_cell)
            return [GridHead(entry), *self.lines]
        self.lines = [OptionLine(entry, n) for n in range(len(entry.question.options))]
        for line in self.lines:
            line.clicked.connect(self.on_option)
        return self.lines

    def show_at(self, here: bool) -> None:
        """Stand out while this question is typed."""
        self.bar.on = here
        self.bar.update()
        self.title.ink("text" if here else "text2")

    def show_asked(self, asked: bool) -> None:
        """Fold away where the answers above do not lead here."""
        self.body.setVisible(asked)
        self.how.setVisible(asked)
        self.skipped.setVisible(not asked)

    def renew(self) -> None:
        """Show the answer as it is now."""
        for line in self.lines:
            line.renew()
        if self.field is not None and self.field.text() != self.entry.given:
            self.field.setText(self.entry.given)

    # --- slots
    def on_typing(self, _typed: str) -> None:
        self.entry.given = self.field.text().strip()

    def on_option(self, code: str) -> None:
        self._choose(code, None)

    def on_cell(self, part: str, code: str) -> None:
        self._choose(code, part)

    def _choose(self, code: str, part: str | None) -> None:
        self.chosen.emit(self)
        try:
            self.entry.choose(code, part)
        except UserError as error:
            self.refused.emit(error)
        self.renew()

    def mousePressEvent(self, _event) -> None:
        self.chosen.emit(self)
