"""How to begin: make an office, open one, or look round in the sample."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout

from gwangju_desktop import VERSION
from ui import theme
from ui.settings.dialog import LANGUAGES
from ui.text import N_, Msg, language, say
from ui.widgets.forms import Choice
from ui.widgets.painted import Painted
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row, scrolled

FIRST_YEAR, LAST_YEAR, BARS = 2018, 2045, 23
NOW_BAR = 3
TEXT_WIDTH, CHOICES_WIDTH, SIDE_WIDTH = 350, 600, 470


class PathToZero(Painted):
    """Emissions going down to zero, as the law has it; a drawing, no data."""

    def __init__(self) -> None:
        super().__init__(170)

    def sentence(self) -> str:
        return say(N_("A path from {first} down to net zero in {last}"), **self._years())

    def _years(self) -> dict[str, int]:
        return {"first": FIRST_YEAR, "last": LAST_YEAR}

    def draw(self, painter: QPainter, area: QRectF) -> None:
        foot = theme.px(24)
        ground = area.height() - foot
        step = area.width() / BARS
        painter.setPen(Qt.PenStyle.NoPen)
        for n in range(BARS):
            high = max(6.0, ground * (1 - n / (BARS - 0.6)))
            painter.setBrush(theme.color("acc" if n == NOW_BAR else "accLine"))
            bar = QRectF(n * step, ground - high, step * 0.66, high)
            painter.drawRoundedRect(bar, 2, 2)
        painter.setPen(QPen(theme.color("text3"), 1))
        painter.drawLine(QPointF(0, ground + 0.5), QPointF(area.width(), ground + 0.5))
        painter.setFont(theme.font("cap"))
        words = QRectF(0, ground + 4, area.width(), foot - 4)
        painter.drawText(words, Align.AlignLeft | Align.AlignVCenter, str(FIRST_YEAR))
        last = say(N_("Net zero {last}"), **self._years())
        painter.drawText(words, Align.AlignRight | Align.AlignVCenter, last)


class ChoiceButton(Button):
    """One way to begin: an icon, what it is, one sentence."""

    def __init__(self, icon: str, title: Msg, sentence: Msg, slot) -> None:
        self._sentence = sentence
        super().__init__("", "choice", name=title, slot=slot)
        self.setProperty("bare", False)
        self.setAutoDefault(True)
        named = Label(title, "strong")
        words = column(None, named, Label(sentence, "sec", elide=True), None, gap=6)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(18, 0, 16, 0)
        inside.setSpacing(16)
        inside.addWidget(Icon(icon, "acc", 24))
        inside.addWidget(words, 1)
        inside.addWidget(Icon("chevron-right", "text3", 16))
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)

    def named(self, message: str, **values: object) -> ChoiceButton:
        super().named(message, **values)
        self.setAccessibleDescription(say(self._sentence))
        self.setToolTip("")
        return self


class WelcomePage(QFrame):
    """The first screen; ↑↓ choose, Enter begins."""

    made, opened, sampled, looked = Signal(), Signal(), Signal(), Signal()
    spoken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.choices = [
            ChoiceButton(
                "file-plus",
                N_("Make a new office"),
                N_("Begin with the members' roll and the first meeting."),
                self.made,
            ),
            ChoiceButton(
                "folder-open",
                N_("Open an office"),
                N_("An office file on this PC or on a secured USB drive."),
                self.opened,
            ),
            ChoiceButton(
                "eye",
                N_("Look round in the sample"),
                N_("Made-up people, two past meetings and one to come."),
                self.sampled,
            ),
            ChoiceButton(
                "shield-check",
                N_("Open a review copy"),
                N_("For monitoring: read-only, without an office of one's own."),
                self.looked,
            ),
        ]
        self.tongue = Choice(LANGUAGES, N_("Language"), language(), 140)
        self.tongue.currentIndexChanged.connect(self.on_tongue)
        row(self._side(), (self._ask(), 1), gap=0, into=self)

    def _side(self) -> QFrame:
        side = frame("inset")
        self.side = side
        column(
            None,
            Label(N_("Gwangju Metropolitan City"), "sec"),
            Label(N_("Carbon-Neutral City Promotion Committee secretariat"), "display", wrap=True),
            4,
            Label(
                N_(
                    "From preparing a meeting to its decisions and the energy figures, on this "
                    "one PC. It works without the internet."
                ),
                "body",
                "text2",
                wrap=True,
            ),
            24,
            PathToZero(),
            None,
            Label(N_("Version {version} · records stay on this PC"), "cap", version=VERSION),
            margins=(64, 32, 56, 28),
            gap=8,
            into=side,
        )
        return side

    def _ask(self) -> QFrame:
        box = frame("page")
        box.setMaximumWidth(CHOICES_WIDTH + 120)
        keys = Label(N_("↑↓ choose · Enter begins"), "cap", align=Align.AlignRight)
        column(
            None,
            row(None, self.tongue),
            16,
            Label(N_("How would you like to begin?"), "title"),
            Label(N_("Everything can be changed later."), "sec"),
            12,
            *self.choices,
            6,
            keys,
            None,
            margins=(40, 20, 40, 20),
            gap=8,
            into=box,
        )
        # Of a low window the last choice is scrolled to.
        self.pane = scrolled(row(None, (box, 20), None, gap=0))
        return self.pane

    def first(self) -> Button:
        """Return the button that has the focus first."""
        return self.choices[0]

    def on_tongue(self, n: int) -> None:
        self.spoken.emit(LANGUAGES[n][0])

    def resizeEvent(self, event) -> None:
        wide = self.width() >= theme.px(1000)
        self.side.setVisible(wide)
        self.side.setFixedWidth(min(theme.px(SIDE_WIDTH), self.width() * 2 // 5))
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        focused = self.focusWidget()
        if event.key() in steps and focused in self.choices:
            n = self.choices.index(focused) + steps[Qt.Key(event.key())]
            choice = self.choices[n % len(self.choices)]
            choice.setFocus(Qt.FocusReason.TabFocusReason)
            self.pane.ensureWidgetVisible(choice)
        else:
            super().keyPressEvent(event)
