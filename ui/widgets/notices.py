"""What the window says over its pages: banners, toasts, long work."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QPoint, QPropertyAnimation, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QFrame, QProgressBar, QWidget

from ui.text import N_, say
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Icon, Label, column, row

TOAST_MS, SLIDE_MS = 6_000, 160
WORK_AFTER_MS = 400  # work shorter than this shows no bar


class Banner(QFrame):
    """A line across the window: a fault, or what kind of office is open."""

    def __init__(self, icon: str = "triangle-alert", tone: str = "warn") -> None:
        super().__init__()
        self.setObjectName("banner")
        self.icon = Icon(icon, tone, 18)
        self.title = Label("", "strong", tone)
        self.words = Label("", "sec", "text", elide=True)
        self.chip = Chip()
        self.actions = row(gap=8)
        self.closes = None
        self.close_button = Button(N_("Close"), slot=self.on_close)
        parts = (self.icon, self.title, (self.words, 1), self.chip, self.actions)
        row(*parts, self.close_button, margins=(18, 5, 14, 5), gap=10, into=self)
        self.hide()

    def on_close(self) -> None:
        """Go away; with `closes`, do that instead."""
        if self.closes is not None:
            self.closes()
        else:
            self.hide()

    def tell(self, message: str, title: str = "", **values: object) -> None:
        """Show a sentence, after a few bold words if there are any."""
        self.title.say(title, **values)
        self.title.setVisible(bool(title))
        self.words.say(message, **values)
        self.show()
        spoken = f"{self.title.text()} {self.words.text()}".strip()
        self.setAccessibleName(spoken)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    def tone(self, tone: str, icon: str) -> None:
        """Turn amber (warn) or red (bad)."""
        self.setProperty("tone", tone)
        self.icon.show_icon(icon, tone)
        self.title.ink(tone)
        self.style().unpolish(self)
        self.style().polish(self)

    def offer(self, *buttons: Button) -> None:
        """Put buttons before the one that closes."""
        layout = self.actions.layout()
        while layout.count():
            old = layout.takeAt(0).widget()
            old.hide()  # until it is gone nobody is to press it
            old.deleteLater()
        for button in buttons:
            layout.addWidget(button)


class Over(QFrame):
    """Something at the bottom of the window, over the page, that slides in."""

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self.hide()
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setDuration(SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        window.installEventFilter(self)

    def _place(self) -> QPoint:
        area = self.parentWidget().rect()
        x = (area.width() - self.width()) // 2
        return QPoint(x, area.height() - self.height() - 24)

    def come(self) -> None:
        """Show at the bottom; without animation where the system turned it off."""
        self.adjustSize()
        self.setFixedWidth(min(self.sizeHint().width(), self.parentWidget().width() - 32))
        end = self._place()
        self.show()
        self.raise_()
        if not QApplication.isEffectEnabled(Qt.UIEffect.UI_General):
            self.move(end)
            return
        self._slide.stop()
        self._slide.setStartValue(end + QPoint(0, 12))
        self._slide.setEndValue(end)
        self._slide.start()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.isVisible():
            # Its words hear of the language after it does.
            QTimer.singleShot(0, self, self.fit)
        super().changeEvent(event)

    def fit(self) -> None:
        """Take the width of the words as they are now."""
        self._slide.stop()
        self.setMinimumWidth(0)
        self.setMaximumWidth(16_777_215)
        self.adjustSize()
        self.setFixedWidth(min(self.sizeHint().width(), self.parentWidget().width() - 32))
        self.move(self._place())

    def eventFilter(self, _watched, event) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._slide.stop()
            self.move(self._place())
        return False


class Toast(Over):
    """A sentence for six seconds, with the way back. Never for errors."""

    def __init__(self, window) -> None:
        super().__init__(window, "toast")
        self.words = Label("", "sec", "tipOn")
        self.back = Button(N_("Undo  Ctrl Z"), "toast", slot=window.on_undo)
        row(self.words, None, self.back, margins=(16, 6, 8, 6), gap=24, into=self)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(TOAST_MS)
        self.timer.timeout.connect(self.hide)

    def tell(self, message: str, *, undo: bool = True, **values: object) -> None:
        """Say what was done."""
        self.setMaximumWidth(16_777_215)
        self.setMinimumWidth(0)
        self.words.say(message, **values)
        self.back.setVisible(undo)
        self.come()
        self.timer.start()
        spoken = QAccessibleAnnouncementEvent(self, self.words.text())
        QAccessible.updateAccessibility(spoken)


class WorkStrip(Over):
    """A long piece of work: what it is, how far it is, and a way to stop it."""

    def __init__(self, window) -> None:
        super().__init__(window, "work")
        self.works: list[list] = []  # each Work that runs and how long it did (ms), oldest first
        self.work = None
        self.title, self.step = Label("", "secb"), Label("", "cap", elide=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(280)
        self.stop = Button(N_("Stop"), slot=self.on_stop)
        words = column(self.title, self.bar, self.step, gap=5)
        row((words, 1), self.stop, margins=(16, 10, 12, 10), gap=16, into=self)
        self.clock = QTimer(self)
        self.clock.setInterval(100)
        self.clock.timeout.connect(self.on_tick)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.work is not None:
            self.bar.setAccessibleName(say(self.work.title))
        super().changeEvent(event)

    def follow(self, work) -> None:
        """Show a Work until it is over, the ones that began before it first."""
        self.works.append([work, 0])
        self.clock.start()
        if self.work is None:
            self._show(work)

    def _show(self, work) -> None:
        self.work = work
        self.stop.setEnabled(not work.cancelled())
        self.title.say(work.title)
        self.bar.setAccessibleName(say(work.title))

    def on_tick(self) -> None:
        self.works = [entry for entry in self.works if not entry[0].over]
        for entry in self.works:
            entry[1] += self.clock.interval()
        if not self.works:
            self.clock.stop()
            self.work = None
            self.hide()
            return
        work, waited = self.works[0]
        if work is not self.work:
            self._show(work)
        if waited < WORK_AFTER_MS:
            self.hide()
        elif self.isHidden():
            self.come()
        self.bar.setRange(0, work.of)
        self.bar.setValue(work.done)
        self.step.say(work.message)

    def on_stop(self) -> None:
        if self.work is not None:
            self.stop.setEnabled(False)
            self.work.cancel()
