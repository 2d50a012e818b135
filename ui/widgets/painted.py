"""Painted parts: chips, segments, meters' base. Each says what it shows in one sentence too."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QWidget

from ui import theme
from ui.text import say
from ui.widgets.parts import Align, Button, Policy, advance, row

# tone -> (background, text)
TONES = {
    "neu": ("neuBg", "text2"),
    "acc": ("accSoft", "acc"),
    "ok": ("okBg", "ok"),
    "warn": ("warnBg", "warn"),
    "bad": ("badBg", "bad"),
    "info": ("infoBg", "info"),
}


class Painted(QWidget):
    """A picture with a sentence: `draw` paints it, `sentence` is its accessible name.

    Lengths are logical px at 100 % text size; call `renew()` when the data changed.
    """

    def __init__(self, height: int, width: int = 0) -> None:
        super().__init__()
        self._height, self._width = height, width
        self.dress()

    def dress(self) -> None:
        self.setFixedHeight(theme.px(self._height))
        if self._width:
            self.setFixedWidth(theme.px(self._width))

    def sentence(self) -> str:
        """Return what the picture says, with its numbers."""
        return ""

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Paint; antialiasing is on."""
        raise NotImplementedError

    def renew(self) -> None:
        """Show and say the present data."""
        self.setAccessibleName(self.sentence())
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.dress()
        elif event.type() == QEvent.Type.LanguageChange:
            self.renew()
        super().changeEvent(event)

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, QRectF(self.rect()))


class Chip(Painted):
    """A short state, with an icon when it carries status; an empty message hides it."""

    def __init__(self, message: str = "", tone: str = "neu", icon: str = "", **values) -> None:
        self._message, self._values = message, values
        self.tone, self.icon = tone, icon
        super().__init__(22)
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        self.say(message, tone, icon, **values)

    def say(self, message: str, tone: str = "neu", icon: str = "", **values) -> Chip:
        """Show a state in a tone: neu, acc, ok, warn, bad or info."""
        self._message, self._values = message, values
        self.tone, self.icon = tone, icon
        # Showing a widget that has no parent yet would open it as a window.
        if not message or self.parentWidget():
            self.setVisible(bool(message))
        self.renew()
        return self

    def dress(self) -> None:
        super().dress()
        self.setFixedWidth(chip_width(self.sentence(), self.icon))

    def renew(self) -> None:
        super().renew()
        self.setFixedWidth(chip_width(self.sentence(), self.icon))

    def sentence(self) -> str:
        return say(self._message, **self._values)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        draw_chip(painter, area, self.sentence(), self.tone, self.icon)


def chip_width(text: str, icon: str = "") -> int:
    """Return the width of a chip."""
    return advance("capb", text) + theme.px(17) + (theme.px(16) if icon else 0)


def draw_chip(painter: QPainter, area: QRectF, text: str, tone: str, icon: str = "") -> None:
    """Paint a chip."""
    back, ink = TONES[tone]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(back))
    painter.drawRoundedRect(area, 4, 4)
    painter.setFont(theme.font("capb"))
    painter.setPen(theme.color(ink))
    if icon:
        corner = QPointF(area.x() + theme.px(7), area.center().y() - theme.px(13) / 2)
        painter.drawPixmap(corner, theme.pixmap(icon, ink, 13, 2))
        area = area.adjusted(theme.px(16), 0, 0, 0)
    painter.drawText(area, Align.AlignCenter, text)


class Segment(QFrame):
    """One of a few: the chosen part is raised and semibold. `chosen(n)` on a person's choice."""

    chosen = Signal(int)

    def __init__(self, messages, current: int = 0, name: str = "") -> None:
        super().__init__()
        self._name = name
        self.setObjectName("segment")
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        self.setAccessibleName(say(name))
        self.parts = [Button(m, "seg", on=n == current) for n, m in enumerate(messages)]
        row(*self.parts, margins=(2, 2, 2, 2), gap=0, into=self)
        for part in self.parts:
            # autoExclusive works among siblings only, which these are.
            part.setAutoExclusive(True)
            part.clicked.connect(self.on_clicked)

    def on_clicked(self) -> None:
        self.chosen.emit(self.parts.index(self.sender()))

    def current(self) -> int:
        """Return the number of the chosen part."""
        return next(n for n, part in enumerate(self.parts) if part.isChecked())

    def choose(self, n: int) -> None:
        """Choose a part without telling anyone."""
        self.parts[n].setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(say(self._name))
        super().changeEvent(event)


class Tabs(QWidget):
    """Tabs under a header: `chosen(n)` on a person's choice."""

    chosen = Signal(int)

    def __init__(self, messages, current: int = 0) -> None:
        super().__init__()
        self.parts = [Button(m, "tab", on=n == current) for n, m in enumerate(messages)]
        row(*self.parts, None, gap=20, into=self)
        for part in self.parts:
            part.setAutoExclusive(True)
            part.clicked.connect(self.on_clicked)

    def on_clicked(self) -> None:
        self.chosen.emit(self.parts.index(self.sender()))

    def choose(self, n: int) -> None:
        """Choose a tab without telling anyone."""
        self.parts[n].setChecked(True)


class Avatar(Painted):
    """The first letter of a name on a disc."""

    def __init__(self) -> None:
        self.letter = ""
        super().__init__(48, 48)

    def show_name(self, name: str) -> None:
        """Show the first letter of a name."""
        self.letter = name[:1]
        self.update()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accSoft"))
        painter.drawEllipse(area)
        painter.setFont(theme.font("figm"))
        painter.setPen(theme.color("acc"))
        painter.drawText(area, Align.AlignCenter, self.letter)


class Swatch(Painted):
    """A legend's square in an ink."""

    def __init__(self, ink: str) -> None:
        self.ink = ink
        super().__init__(12, 12)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self.ink))
        side = theme.px(10)
        painter.drawRoundedRect(QRectF(0, (area.height() - side) / 2, side, side), 2, 2)


def legend(*entries) -> QWidget:
    """Lay (ink, label of words, label of the number) side by side."""
    return row(*[row(Swatch(ink), *labels, gap=5) for ink, *labels in entries], None, gap=16)
