"""The sitting in big letters, for a second screen: item, time, quorum, result of the vote."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication, QPainter
from PySide6.QtWidgets import QWidget

from db.vocab import BreakKind, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.meetings import bigview
from gwangju_desktop.meetings.words import BREAKS, CHOICES, OUTCOMES, STATES, VERDICTS
from gwangju_desktop.members.rules import named
from ui import theme
from ui.text import N_, say
from ui.widgets.parts import Align

# Heights as shares of the window's.
EDGE, SMALL, MIDDLE, LARGE, CLOCK = 0.05, 0.038, 0.055, 0.085, 0.13
WATCHED = ("meeting", "agenda_item", "attendance", "movement", "sitting_break", "vote", "recusal")
WRAP = Qt.TextFlag.TextWordWrap.value


class BigView(QWidget):
    """A window of its own that follows the meeting and the item in front; Esc closes it."""

    closed = Signal()

    def __init__(self, desk, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # The keys stay with who writes.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.desk, self.seen = desk, None
        self.meeting_id: int | None = None
        self.item_id: int | None = None
        self.tick = QTimer(self)
        self.tick.setInterval(1_000)
        self.tick.timeout.connect(self.update)
        self.tick.start()
        desk.changed.connect(self.on_changed)
        self.retitle()
        self.resize(1280, 720)

    def retitle(self) -> None:
        """Say what the window is."""
        self.setWindowTitle(say(N_("Big letters for a second screen")))

    def present(self) -> None:
        """Fill the second screen; with one screen only, be a window to be dragged there."""
        here = self.parentWidget().screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not here]
        if others:
            self.setGeometry(others[0].geometry())
            self.showFullScreen()
        else:
            self.show()

    def show_meeting(self, meeting) -> None:
        """Follow a MeetingDetail."""
        self.meeting_id = meeting.id
        self.ask()

    def show_item(self, item_id: int | None) -> None:
        """Put an item in front."""
        self.item_id = item_id
        self.ask()

    def ask(self) -> None:
        """Read what is shown anew."""
        if self.meeting_id is not None:
            self.desk.read(
                bigview.seen,
                then=self.on_seen,
                meeting_id=self.meeting_id,
                item_id=self.item_id,
            )

    def on_changed(self, changes) -> None:
        if changes.touches(*WATCHED):
            self.ask()

    def on_seen(self, seen) -> None:
        self.seen = seen
        self.setAccessibleName("\n".join(words for words in self.sentences() if words))
        self.update()

    # --- what it says
    def sentences(self) -> tuple[str, str, str, str]:
        """Return item, state, quorum and vote as sentences."""
        seen = self.seen
        if seen is None:
            return "", "", "", ""
        return self._item(), self._state(), self._quorum(), self._vote()

    def _item(self) -> str:
        seen = self.seen
        if not seen.title:
            return say(seen.meeting)
        return f"{seen.label}. {seen.title}" if seen.label else seen.title

    def _state(self) -> str:
        seen = self.seen
        if seen.resting is not None:
            at = clock.local(seen.resting_from)
            return say(N_("{break_} since {at:time}"), break_=BREAKS[seen.resting], at=at)
        if seen.state != MeetingState.OPENED:
            return say(STATES[seen.state])
        return ""

    def _quorum(self) -> str:
        held = self.seen.standing
        values = {"n": held.attending, "enrolled": held.enrolled, "needed": held.quorum_required}
        if not held.quorum_met:
            return say(N_("Below the quorum {n}/{needed}"), **values)
        words = say(N_("Present {n} of {enrolled} · quorum {needed} reached"), **values)
        if held.recused:
            words += " · " + say(N_("recused {n}"), n=held.recused)
        return words

    def _vote(self) -> str:
        vote = self.seen.vote
        if vote is None:
            return say(OUTCOMES[self.seen.outcome]) if self.seen.outcome else ""
        if vote.names:
            return " · ".join(_stood(*one) for one in vote.names)
        words = " · ".join(
            f"{say(CHOICES[choice])} {count}" for choice, count in vote.counts if count
        )
        result = say(OUTCOMES[self.seen.outcome]) if self.seen.outcome else ""
        if not result and vote.result in VERDICTS:
            result = say(VERDICTS[vote.result])
        return "   ".join(filter(None, (words, result)))

    # --- painting
    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painter.fillRect(area, theme.color("raised"))
        if self.seen is None:
            return
        high, edge = area.height(), area.height() * EDGE
        inner = area.adjusted(edge, edge, -edge, -edge)
        self._head(painter, inner, high)
        item, state, quorum, vote = self.sentences()
        body = QRectF(inner.x(), inner.y() + high * 0.2, inner.width(), high * 0.36)
        self._text(painter, body, item, high * LARGE, "text", bold=True, wrap=True)
        line = QRectF(inner.x(), inner.y() + high * 0.57, inner.width(), high * 0.08)
        rests = self.seen.resting == BreakKind.RECESS
        self._text(painter, line, state, high * MIDDLE, "warn" if rests else "info", bold=True)
        met = self.seen.standing.quorum_met
        line = line.translated(0, high * 0.09)
        self._text(painter, line, quorum, high * MIDDLE, "text2" if met else "bad", bold=not met)
        self._bar(painter, QRectF(inner.x(), line.bottom() + 4, inner.width(), high * 0.03))
        line = QRectF(inner.x(), inner.bottom() - high * 0.1, inner.width(), high * 0.1)
        self._text(painter, line, vote, high * LARGE * 0.8, "acc", bold=True)

    def _head(self, painter: QPainter, inner: QRectF, high: float) -> None:
        seen = self.seen
        name = f"{named(seen.body_ko, seen.body_en)} · {seen.meeting}"
        head = QRectF(inner.x(), inner.y(), inner.width() * 0.68, high * 0.06)
        self._text(painter, head, name, high * SMALL, "text2")
        now = clock.local(clock.now())
        right = QRectF(inner.x(), inner.y() - high * 0.03, inner.width(), high * 0.15)
        self._text(painter, right, f"{now:%H:%M}", high * CLOCK, "text", bold=True, right=True)
        under = QRectF(inner.x(), inner.y() + high * 0.11, inner.width(), high * 0.06)
        words, late = self._running(now)
        self._text(painter, under, words, high * SMALL, "bad" if late else "text2", right=True)

    def _running(self, now) -> tuple[str, bool]:
        """Say how long the item has been going on against what was planned."""
        seen = self.seen
        if seen.begun_at is None or seen.ended_at is not None:
            return "", False
        gone = max(0, int((now - clock.local(seen.begun_at)).total_seconds()) // 60)
        late = gone > seen.minutes
        return say(N_("{gone} of {planned} min"), gone=gone, planned=seen.minutes), late

    def _bar(self, painter: QPainter, box: QRectF) -> None:
        held = self.seen.standing
        painter.fillRect(box, theme.color("track"))
        if not held.enrolled:
            return
        share = min(1.0, held.attending / held.enrolled)
        ink = "acc" if held.quorum_met else "bad"
        painter.fillRect(
            QRectF(box.x(), box.y(), box.width() * share, box.height()), theme.color(ink)
        )
        x = box.x() + box.width() * held.quorum_required / held.enrolled
        tick = QRectF(x - 2, box.y() - box.height() * 0.4, 4, box.height() * 1.8)
        painter.fillRect(tick, theme.color("text"))

    def _text(
        self,
        painter: QPainter,
        box: QRectF,
        words: str,
        size: float,
        ink: str,
        *,
        bold: bool = False,
        wrap: bool = False,
        right: bool = False,
    ) -> None:
        """Write words in a box, smaller where they would not fit."""
        if not words:
            return
        font = QFont(theme.font("h2" if bold else "body"))
        side = Align.AlignRight if right else Align.AlignLeft
        flags = (side | Align.AlignVCenter).value | (WRAP if wrap else 0)
        pixels = max(8, int(size))
        while True:
            font.setPixelSize(pixels)
            painter.setFont(font)
            needed = painter.boundingRect(box, flags, words)
            fits = needed.width() <= box.width() + 1 and needed.height() <= box.height() + 1
            if fits or pixels <= 12:
                break
            pixels = int(pixels * 0.92)
        painter.setPen(theme.color(ink))
        painter.drawText(box, flags, words)

    # --- events
    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_F11:
            self.showNormal() if self.isFullScreen() else self.showFullScreen()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange:
            self.retitle()
            self.update()
        elif event.type() == event.Type.StyleChange:
            self.update()
        super().changeEvent(event)

    def closeEvent(self, event) -> None:
        self.tick.stop()
        self.closed.emit()
        super().closeEvent(event)


def _stood(name: str, votes: int, elected: bool) -> str:
    """Say how many voted for somebody, and who is elected."""
    if elected:
        return say(N_("{name} {n} (elected)"), name=name, n=votes)
    return f"{name} {votes}"
