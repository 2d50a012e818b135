"""The coverage grid: published tables down, months across, one mark for each edition."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtWidgets import QToolTip

from gwangju_desktop.energy import calendars
from gwangju_desktop.energy.coverage import Cell, Grid
from gwangju_desktop.energy.duties import Duty
from gwangju_desktop.energy.publishers import publisher_name
from ui import theme
from ui.text import C_, NN_, Msg, day, say
from ui.widgets.painted import Painted
from ui.widgets.parts import Align, advance

HEAD, LINE, MARK = 40, 42, 20  # px of the years' and months' words, of a table, of a mark
LABELS, NARROW_LABELS = 300, 200  # px of the tables' names, at most and at least
SHARE = 0.36  # of the width, between these
STATES: dict[str, Msg] = {
    "have": C_("coverage", "Held"),
    "provisional": C_("coverage", "Provisional"),
    "partial": C_("coverage", "In part"),
    "missing": C_("coverage", "Missing"),
    "not_due": C_("coverage", "Not due yet"),
    "none": C_("coverage", "Not asked for"),
}


def draw_mark(painter: QPainter, box: QRectF, state: str) -> None:
    """Paint how an edition is held: told apart by form, not by ink alone."""
    if state == "none":
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.drawLine(
            QPointF(box.center().x() - 2, box.center().y()),
            QPointF(box.center().x() + 2, box.center().y()),
        )
        return
    ink = "bad" if state == "missing" else "field" if state == "not_due" else "d1"
    pen = QPen(theme.color(ink), 1.2)
    if state in ("provisional", "not_due"):
        pen.setStyle(Qt.PenStyle.DashLine if state == "provisional" else Qt.PenStyle.DotLine)
    painter.setPen(pen)
    back = {"have": "d1", "missing": "badBg"}.get(state)
    painter.setBrush(theme.color(back) if back else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 2, 2)
    if state == "provisional":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(theme.color("d1"), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(box, 2, 2)
    elif state == "partial":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("d1"))
        painter.drawRect(box.adjusted(1, box.height() / 2, -1, -1))
    elif state == "missing":
        size = min(box.width(), box.height()) / 4
        at = box.center()
        for way in (1, -1):
            painter.drawLine(at + QPointF(-size, -size * way), at + QPointF(size, size * way))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def told(duty: Duty, cell: Cell) -> str:
    """Say an edition in one sentence."""
    words = f"{calendars.named(cell.period)} · {duty.title}: {say(STATES[cell.state])}"
    if cell.due_on is not None:
        words += " · " + say(C_("coverage", "due {day}"), day=day(cell.due_on, "full"))
    return words


class Key(Painted):
    """What the marks mean."""

    def __init__(self) -> None:
        super().__init__(20)

    def sentence(self) -> str:
        return " · ".join(say(words) for words in STATES.values())

    def draw(self, painter: QPainter, area: QRectF) -> None:
        x = area.x()
        painter.setFont(theme.font("cap"))
        for state, message in STATES.items():
            words = say(message)
            width = theme.px(22) + advance("cap", words)
            if x + width > area.right():
                break
            box = QRectF(x, area.center().y() - theme.px(6), theme.px(14), theme.px(12))
            draw_mark(painter, box, state)
            painter.setPen(theme.color("text2"))
            here = QRectF(x + theme.px(20), area.y(), width, area.height())
            painter.drawText(here, Align.AlignVCenter | Align.AlignLeft, words)
            x += width + theme.px(16)


class CoverageGrid(Painted):
    """Every edition as a mark; arrow keys go from mark to mark, Enter opens one."""

    chosen = Signal(object, object)  # the Duty and the Cell that became current
    opened = Signal(object, object)

    def __init__(self) -> None:
        self.grid: Grid | None = None
        self.rows: Sequence[Duty] = ()
        self.place: tuple[int, int] | None = None
        super().__init__(HEAD)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def show_grid(self, grid: Grid) -> None:
        """Show what is held; tables nothing was ever held or asked of come last."""
        current = self.current()
        here = (current[0].code, current[1].period) if current else None
        self.grid = grid
        known = [duty for duty in grid.sources if duty.start]
        self.rows = [*known, *(duty for duty in grid.sources if not duty.start)]
        self._height = HEAD + LINE * len(self.rows)
        self.place = None
        self.dress()
        self.renew()
        if here is not None:
            self.choose(*here)

    def choose(self, source: str, period: int | None = None) -> None:
        """Make an edition current; of a table alone the first that is missing, else its last."""
        row = next((n for n, duty in enumerate(self.rows) if duty.code == source), None)
        if row is None:
            return
        cells = self._cells(row)
        wanted = [n for n, cell in enumerate(cells) if cell.period == period]
        if period is None:
            wanted = [n for n, cell in enumerate(cells) if cell.state == "missing"]
        if cells and (wanted or period is None):
            self.go(row, wanted[0] if wanted else len(cells) - 1)

    def current(self) -> tuple[Duty, Cell] | None:
        """Return the current edition and its table."""
        if self.place is None or self.grid is None:
            return None
        row, column = self.place
        return self.rows[row], self._cells(row)[column]

    def go(self, row: int, column: int) -> None:
        """Make the edition at a place current."""
        if not self.rows:
            return
        row = min(max(row, 0), len(self.rows) - 1)
        cells = self._cells(row)
        if not cells:
            return
        self.place = (row, min(max(column, 0), len(cells) - 1))
        self.renew()
        self.chosen.emit(*self.current())

    # --- what it says
    def sentence(self) -> str:
        current = self.current()
        if current is not None:
            return told(*current)
        if self.grid is None:
            return ""
        words = NN_("{n} table, {missing} editions missing", "{n} tables, {missing} missing")
        return say(words, n=len(self.rows), missing=self.grid.missing)

    # --- drawing
    def draw(self, painter: QPainter, area: QRectF) -> None:
        if self.grid is None:
            return
        self._draw_months(painter, area)
        for n, duty in enumerate(self.rows):
            line = QRectF(0, theme.px(HEAD + n * LINE), area.width(), theme.px(LINE))
            if self.place is not None and self.place[0] == n:
                painter.fillRect(line, theme.color("sel" if self.hasFocus() else "selIn"))
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(line.bottomLeft(), line.bottomRight())
            self._draw_name(painter, line, duty)
            for column, cell in enumerate(self._cells(n)):
                box = self._box(n, column)
                draw_mark(painter, box, cell.state)
                if self.place == (n, column):
                    painter.setPen(QPen(theme.color("text"), 2))
                    painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 3, 3)

    def _draw_months(self, painter: QPainter, area: QRectF) -> None:
        half = theme.px(HEAD) / 2
        step = 1 if self._step() >= theme.px(18) else 3
        for n, month in enumerate(self.grid.periods):
            x = self._left() + n * self._step()
            year, number = divmod(month, 100)
            if number == 1:
                painter.setPen(QPen(theme.color("line2"), 1))
                painter.drawLine(QPointF(x - 1, theme.px(4)), QPointF(x - 1, area.height()))
                painter.setPen(theme.color("text"))
                painter.setFont(theme.font("capb"))
                words = QRectF(x + 3, 0, self._step() * 12, half)
                painter.drawText(words, Align.AlignVCenter, calendars.named(year * 100))
            if (number - 1) % step == 0:
                painter.setPen(theme.color("text3"))
                painter.setFont(theme.font("cap"))
                words = QRectF(x - self._step(), half, self._step() * 3, half)
                painter.drawText(words, Align.AlignCenter, str(number))

    def _draw_name(self, painter: QPainter, line: QRectF, duty: Duty) -> None:
        width = self._left() - theme.px(36)
        below = [publisher_name(duty.publisher)]
        sample = say(C_("energy", "sample"))
        if duty.sample and sample not in below[0]:
            below.append(sample)
        rule = rule_words(duty)
        if rule:
            below.append(rule)
        half = line.height() / 2
        for role, ink, words, y in (
            ("secb", "text" if duty.start else "text2", duty.title, line.y() + theme.px(3)),
            ("cap", "text3", " · ".join(below), line.y() + half - theme.px(1)),
        ):
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(ink))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(width))
            painter.drawText(QRectF(theme.px(28), y, width, half), Align.AlignVCenter, shown)

    # --- places
    def _cells(self, row: int) -> tuple[Cell, ...]:
        return self.grid.cells[self.rows[row].code] if self.grid else ()

    def _left(self) -> float:
        wanted = max(self.width() * SHARE, theme.px(NARROW_LABELS))
        return min(wanted, theme.px(LABELS)) + theme.px(8)

    def _step(self) -> float:
        room = self.width() - self._left() - theme.px(24)
        return room / max(len(self.grid.periods), 1)

    def _box(self, row: int, column: int) -> QRectF:
        """Return where a mark stands: over the months its edition is of."""
        shown = self.grid.periods
        months = [month for month in self._cells(row)[column].months if month in shown]
        first = shown.index(months[0])
        x = self._left() + first * self._step()
        y = theme.px(HEAD + row * LINE) + theme.px(LINE - MARK) / 2
        width = self._step() * len(months)
        return QRectF(x + 1.5, y, width - 3, theme.px(MARK))

    def _at(self, point: QPointF) -> tuple[int, int] | None:
        if self.grid is None or not self.grid.periods or point.x() < self._left():
            return None
        row = int((point.y() - theme.px(HEAD)) // theme.px(LINE))
        n = int((point.x() - self._left()) // self._step())
        if not 0 <= row < len(self.rows) or not 0 <= n < len(self.grid.periods):
            return None
        month = self.grid.periods[n]
        cells = self._cells(row)
        return row, next(c for c, cell in enumerate(cells) if month in cell.months)

    # --- events
    def keyPressEvent(self, event) -> None:
        """Go from mark to mark; Enter opens the edition."""
        row, column = self.place or (0, -1)
        keys = {
            Qt.Key.Key_Left: (row, column - 1),
            Qt.Key.Key_Right: (row, column + 1),
            Qt.Key.Key_Home: (row, 0),
            Qt.Key.Key_End: (row, 10_000),
        }
        key = event.key()
        if key in keys:
            self.go(*keys[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go_line(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current():
            self.opened.emit(*self.current())
        else:
            super().keyPressEvent(event)

    def _go_line(self, by: int) -> None:
        """Go to the edition of the next table that the same month lies in."""
        current = self.current()
        if current is None:
            self.go(0, 10_000)
            return
        row = min(max(self.place[0] + by, 0), len(self.rows) - 1)
        month = next(month for month in current[1].months if month in self.grid.periods)
        self.go(row, next(n for n, cell in enumerate(self._cells(row)) if month in cell.months))

    def mousePressEvent(self, event) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        here = self._at(event.position())
        if here is not None:
            self.go(*here)

    def mouseDoubleClickEvent(self, event) -> None:
        if self._at(event.position()) is not None and self.current():
            self.opened.emit(*self.current())

    def event(self, event) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            here = self._at(QPointF(event.pos()))
            words = told(self.rows[here[0]], self._cells(here[0])[here[1]]) if here else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.update()


MONTHLY = C_("coverage", "monthly, day {day}")
NEXT_MONTHS = C_("coverage", "monthly, day {day} after {n} months")
QUARTERLY = C_("coverage", "quarterly, day {day} after {n} months")
YEARLY = C_("coverage", "yearly, day {day} after {n} months")


def rule_words(duty: Duty) -> str:
    """Say when a table is due, "" where nothing is."""
    if not duty.frequency or not duty.due_day or duty.due_months is None:
        return ""
    message = {"quarter": QUARTERLY, "year": YEARLY}.get(duty.frequency, NEXT_MONTHS)
    if duty.frequency == "month" and duty.due_months == 1:
        message = MONTHLY
    return say(message, day=duty.due_day, n=duty.due_months)
